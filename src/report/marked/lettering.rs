//! Text in pictures: a bitmap of Noto Sans Mono, so that every machine draws the same pixels.

use image::{Rgb, RgbImage};
use noto_sans_mono_bitmap::{FontWeight, RasterHeight, get_raster, get_raster_width};

use super::pen::blend;

/// Height of the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// 16 pixels.
    Small,
    /// 20 pixels.
    Medium,
    /// 24 pixels.
    Large,
}

impl Size {
    fn raster(self) -> RasterHeight {
        match self {
            Self::Small => RasterHeight::Size16,
            Self::Medium => RasterHeight::Size20,
            Self::Large => RasterHeight::Size24,
        }
    }

    /// Pixels from one line to the next.
    pub(super) fn height(self) -> u32 {
        // 16, 20 or 24.
        self.raster().val() as u32
    }

    /// Pixels of one letter across.
    pub(super) fn letter(self) -> u32 {
        u32::try_from(get_raster_width(FontWeight::Regular, self.raster())).unwrap_or(0)
    }

    /// Pixels of a text across.
    pub(super) fn width(self, text: &str) -> u32 {
        u32::try_from(text.chars().count()).unwrap_or(u32::MAX).saturating_mul(self.letter())
    }

    /// The text, cut with an ellipsis where it is wider than `width`.
    pub(super) fn fitted(self, text: &str, width: u32) -> String {
        let fits = (width / self.letter().max(1)) as usize;
        if text.chars().count() <= fits {
            return text.to_owned();
        }
        let mut cut: String = text.chars().take(fits.saturating_sub(3)).collect();
        cut.push_str("...");
        cut
    }
}

/// Writes a line with its top left at `(x, y)`; what lies outside the page is not drawn.
pub(super) fn write(page: &mut RgbImage, text: &str, x: u32, y: u32, size: Size, colour: Rgb<u8>) {
    let mut left = x;
    for letter in text.chars() {
        let raster = get_raster(drawable(letter), FontWeight::Regular, size.raster())
            .or_else(|| get_raster('?', FontWeight::Regular, size.raster()));
        if let Some(raster) = raster {
            for (row, line) in (y..).zip(raster.rows()) {
                for (column, share) in (left..).zip(line.iter()) {
                    blend(page, column, row, colour, f64::from(*share) / 255.0);
                }
            }
        }
        left = left.saturating_add(size.letter());
    }
}

/// Signs of print that the font lacks, by their plain relatives.
fn drawable(letter: char) -> char {
    match letter {
        '\u{a0}' | '\u{202f}' => ' ',
        '\u{2019}' => '\'',
        '\u{2013}' | '\u{2212}' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Catalogue, Language};

    #[test]
    fn every_word_on_a_picture_can_be_drawn() {
        for language in Language::ALL {
            let catalogue = Catalogue::new(language);
            let keys = Catalogue::sources()
                .filter(|(room, l, _)| (*room == "report" || *room == "pictures") && *l == language)
                .flat_map(|(_, _, text)| text.lines())
                .filter_map(|line| Some(line.split_once(" =")?.0))
                .filter(|key| key.starts_with("report-mark-") || key.starts_with("quality-"));
            let mut count = 0;
            for key in keys {
                count += 1;
                for letter in catalogue.say(key).chars() {
                    let drawn = get_raster(drawable(letter), FontWeight::Regular, RasterHeight::Size20);
                    assert!(drawn.is_some(), "{key}: {letter:?} is not in the font");
                }
            }
            assert!(count > 30, "{count} texts");
        }
    }

    #[test]
    fn long_names_are_cut() {
        let cut = Size::Medium.fitted("a-very-long-name.jpg", Size::Medium.width("12345678"));
        assert_eq!(cut, "a-ver...");
    }
}
