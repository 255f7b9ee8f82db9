//! The fonts of the report: DejaVu Sans Condensed, reduced to what names and sentences need (`fonts/LICENCE.txt`).

use ab_glyph::{Font, FontRef};

use crate::{Error, ErrorKind, Result};

/// Shown for a letter that the font lacks, so that a reader sees that one is missing.
const MISSING: char = '\u{25a1}';

/// One font.
pub(super) struct Face {
    /// The whole font file.
    pub(super) bytes: &'static [u8],
    /// Its PostScript name.
    pub(super) name: &'static str,
    font: FontRef<'static>,
}

/// A weight of the report's font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// Both weights.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
}

impl Faces {
    /// The fonts in this binary.
    pub(super) fn load() -> Result<Self> {
        let face = |bytes: &'static [u8], name: &'static str| {
            FontRef::try_from_slice(bytes)
                .map(|font| Face { bytes, name, font })
                .map_err(|e| Error::new(ErrorKind::Internal, format!("the font {name} cannot be used: {e}")))
        };
        Ok(Self {
            regular: face(include_bytes!("fonts/DejaVuSansCondensed.ttf"), "DejaVuSansCondensed")?,
            bold: face(include_bytes!("fonts/DejaVuSansCondensed-Bold.ttf"), "DejaVuSansCondensed-Bold")?,
        })
    }

    pub(super) fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Face {
    /// Number of the letter's picture in the font; of a box where the font lacks it.
    pub(super) fn glyph(&self, letter: char) -> u16 {
        let id = self.font.glyph_id(letter).0;
        if id == 0 { self.font.glyph_id(MISSING).0 } else { id }
    }

    /// Width of a glyph in thousandths of the size.
    pub(super) fn advance(&self, glyph: u16) -> f32 {
        1000.0 * self.font.h_advance_unscaled(ab_glyph::GlyphId(glyph)) / self.em()
    }

    /// Width of a text at a size, in the size's unit.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|letter| self.advance(self.glyph(letter))).sum::<f32>() * size / 1000.0
    }

    /// Height above and (negative) below the line, in thousandths of the size.
    pub(super) fn rise_and_fall(&self) -> (f32, f32) {
        let of = |unscaled: f32| 1000.0 * unscaled / self.em();
        (of(self.font.ascent_unscaled()), of(self.font.descent_unscaled()))
    }

    fn em(&self) -> f32 {
        self.font.units_per_em().unwrap_or(2048.0)
    }

    /// The text in lines of at most `width`, broken at plain spaces; a longer word is broken where it must be.
    pub(super) fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer, size) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if self.width(&line, size) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        lines.push(line);
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Catalogue, Language};

    #[test]
    fn every_letter_of_every_message_is_in_the_fonts() {
        let faces = Faces::load().expect("fonts");
        for &language in Language::ALL {
            let catalogue = Catalogue::new(language);
            for (_, _, text) in Catalogue::sources().filter(|(_, l, _)| *l == language) {
                let keys = text.lines().filter_map(|line| Some(line.split_once(" =")?.0));
                for letter in keys.flat_map(|key| catalogue.say(key).chars().collect::<Vec<_>>()) {
                    for weight in [Weight::Regular, Weight::Bold] {
                        let known = letter == '\n' || faces.of(weight).font.glyph_id(letter).0 != 0;
                        assert!(known, "{letter:?} ({:x}) is not in the font", u32::from(letter));
                    }
                }
            }
        }
        // Names of Niger: Hausa, Zarma, Fulfulde.
        assert!("ɓɗƙƴŋɲẽƁƊƘƳŊƝ".chars().all(|c| faces.of(Weight::Regular).font.glyph_id(c).0 != 0));
    }

    #[test]
    fn lines_fit_and_lose_nothing() {
        let faces = Faces::load().expect("fonts");
        let face = faces.of(Weight::Regular);
        let text = "Densité parasitaire : 24\u{202f}000 parasites asexués/µL et un-nom-de-fichier-sans-aucune-espace-du-tout.jpg";
        for width in [40.0, 90.0, 300.0] {
            let lines = face.lines(text, 9.0, width);
            assert!(lines.iter().all(|l| face.width(l, 9.0) <= width), "{lines:?}");
            let joined: String = lines.concat().chars().filter(|c| *c != ' ').collect();
            assert_eq!(joined, text.chars().filter(|c| *c != ' ').collect::<String>());
        }
    }
}
