//! How far the 8 x 8 blocks of a JPEG stand out, which tells how much of the detail inside them was thrown away.

use image::RgbImage;

use crate::Result;
use crate::intake::Picture;

/// Side of the part that is looked at, pixels.
const SIDE: u32 = 768;
/// Side of a block.
const BLOCK: usize = 8;

/// The middle of a picture at full resolution, in step with the blocks.
///
/// # Errors
/// Those of [`Picture::read`].
pub(super) fn middle(picture: &Picture) -> Result<RgbImage> {
    let size = picture.size();
    let from = |side: u32| side.saturating_sub(SIDE) / 2 / BLOCK as u32 * BLOCK as u32;
    let (x, y) = (from(size.width), from(size.height));
    picture.read(x, y, SIDE.min(size.width - x), SIDE.min(size.height - y))
}

/// Mean difference of neighbours across block borders over that inside blocks, in green light: the geometric mean of
/// across and down, wherever the blocks begin (a picture may have been cut since). 1 where nothing differs.
pub(super) fn blocks(picture: &RgbImage) -> f64 {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let green: Vec<i32> = picture.pixels().map(|p| i32::from(p.0[1])).collect();
    // Sums and counts by the place within a block, across and down.
    let (mut across, mut down) = ([(0_u64, 0_u64); BLOCK], [(0_u64, 0_u64); BLOCK]);
    let add = |sums: &mut [(u64, u64); BLOCK], at: usize, a: i32, b: i32| {
        if let Some((sum, n)) = sums.get_mut(at % BLOCK) {
            *sum += u64::from(a.abs_diff(b));
            *n += 1;
        }
    };
    for y in 0..height {
        let row = green.get(y * width..(y + 1) * width).unwrap_or_default();
        for (x, pair) in row.windows(2).enumerate() {
            if let [a, b] = pair {
                add(&mut across, x, *a, *b);
            }
        }
        let below = green.get((y + 1) * width..(y + 2) * width).unwrap_or_default();
        for (a, b) in row.iter().zip(below) {
            add(&mut down, y, *a, *b);
        }
    }
    let ratio = |sums: [(u64, u64); BLOCK]| {
        let (all, pairs) = sums.iter().fold((0, 0), |(s, n), (sum, count)| (s + sum, n + count));
        let at = |(border, borders): (u64, u64)| {
            let mean = |sum: u64, n: u64| sum as f64 / n.max(1) as f64;
            if borders == 0 || border == 0 {
                return 1.0;
            }
            mean(border, borders) / mean(all - border, pairs - borders).max(1e-3)
        };
        sums.into_iter().map(at).fold(1.0, f64::max)
    };
    (ratio(across) * ratio(down)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::jpeg::JpegEncoder;

    #[test]
    fn blocks_stand_out_the_more_the_less_is_kept() {
        let picture = RgbImage::from_fn(256, 192, |x, y| {
            let wave = (f64::from(x) / 9.0).sin() * (f64::from(y) / 13.0).cos() * 30.0;
            let grain = f64::from((x * 7919 + y * 104_729) % 11);
            image::Rgb([(170.0 + wave + grain) as u8; 3])
        });
        let stored = |quality| {
            let mut bytes = Vec::new();
            JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&picture).expect("a JPEG");
            image::load_from_memory(&bytes).expect("read again").to_rgb8()
        };
        let kept = |quality| blocks(&stored(quality));
        assert!((0.9..1.2).contains(&blocks(&picture)), "{}", blocks(&picture));
        let [good, poor, worst] = [kept(92), kept(25), kept(6)];
        assert!(good < 1.4 && good < poor && poor < worst && worst > 2.0, "{good} {poor} {worst}");
        assert_eq!(blocks(&RgbImage::new(1, 1)), 1.0);
        // Cut at another place than a block's edge and stored again.
        let cut = image::imageops::crop_imm(&stored(6), 3, 5, 240, 180).to_image();
        assert!(blocks(&cut) > 0.9 * worst, "{}", blocks(&cut));
    }
}
