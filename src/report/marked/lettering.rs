//! Text in pictures: a bitmap of Noto Sans Mono, so that every machine draws the same pixels.

use image::{Rgb, RgbImage};
use noto_sans_mono_bitmap::{FontWeight, RasterHeight, get_raster, get_raster_width};

use super::pen::blend;

/// All letters on a page: large enough for a page that is seen whole on a small screen.
const RASTER: RasterHeight = RasterHeight::Size24;
/// Pixels from one line to the next.
pub(super) const HEIGHT: u32 = 24;

/// Pixels of one letter across.
pub(super) fn letter_width() -> u32 {
    u32::try_from(get_raster_width(FontWeight::Regular, RASTER)).unwrap_or(0)
}

/// Pixels of a text across.
pub(super) fn width(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX).saturating_mul(letter_width())
}

/// The text, cut with an ellipsis where it is wider than `width`.
pub(super) fn fitted(text: &str, width: u32) -> String {
    let fits = (width / letter_width().max(1)) as usize;
    if text.chars().count() <= fits {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(fits.saturating_sub(3)).collect();
    cut.push_str("...");
    cut
}

/// Writes a line with its top left at `(x, y)`; what lies outside the page is not drawn.
pub(super) fn write(page: &mut RgbImage, text: &str, x: u32, y: u32, colour: Rgb<u8>) {
    let mut left = x;
    for letter in text.chars() {
        let raster = get_raster(drawable(letter), FontWeight::Regular, RASTER)
            .or_else(|| get_raster('?', FontWeight::Regular, RASTER));
        if let Some(raster) = raster {
            for (row, line) in (y..).zip(raster.rows()) {
                for (column, share) in (left..).zip(line.iter()) {
                    blend(page, column, row, colour, f64::from(*share) / 255.0);
                }
            }
        }
        left = left.saturating_add(letter_width());
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
        for &language in Language::ALL {
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
                    let drawn = get_raster(drawable(letter), FontWeight::Regular, RASTER);
                    assert!(drawn.is_some(), "{key}: {letter:?} is not in the font");
                }
            }
            assert!(count > 30, "{count} texts");
        }
    }

    #[test]
    fn long_names_are_cut() {
        let cut = fitted("a-very-long-name.jpg", width("12345678"));
        assert_eq!(cut, "a-ver...");
    }
}
