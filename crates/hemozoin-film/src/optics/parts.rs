//! How many pictures are in one: a contact sheet, a collage, a screenshot of two pictures, two eyepieces' discs.
//!
//! Pictures beside each other are parted by a straight line of one colour from edge to edge, at which both end at once. Glass
//! between cells is of one colour too, but the cells beside it do not end at one line; and what lies on either side of a
//! hair or a grid in the eyepiece is one film.

use image::RgbImage;

use super::plane::luma;

/// Difference in one channel that is still the colour of a line, and share of the line's pixels that have it.
const SAME: u8 = 9;
const WHOLE: f64 = 0.99;
/// Difference in one channel from which on a pixel beside the line is another colour, and share of them that are.
const OTHER: u8 = 12;
const ENDED: f64 = 0.5;
/// Lines beside it that are looked at: its edge is smoothed.
const BESIDE: usize = 4;
/// A line drawn over one film is no wider than this, and what lies on either side of it correlates by so much, less what is
/// coarser than a share of the line's length or finer than so many pixels.
const DRAWN: usize = 8;
const ONE_FILM: f64 = 0.5;
const COARSE: usize = 12;
const NOISE: usize = 3;
/// Share of the side that a picture takes, at least: less is a title or a row of buttons.
const LEAST: f64 = 0.12;

/// How many pictures stand beside or above each other; 1 where it is one.
pub(super) fn parts(picture: &RgbImage) -> usize {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixel = |x: usize, y: usize| picture.get_pixel(x as u32, y as u32).0;
    let above = stretches(height, width, |line, at| pixel(at, line));
    let beside = stretches(width, height, pixel);
    above.max(beside)
}

/// Of `lines` lines of `length` pixels.
fn stretches(lines: usize, length: usize, pixel: impl Fn(usize, usize) -> [u8; 3]) -> usize {
    let colours: Vec<Option<[u8; 3]>> =
        (0..lines).map(|line| colour_of((0..length).map(|at| pixel(line, at)))).collect();
    let ends_at = |line: Option<usize>, colour: [u8; 3]| {
        line.filter(|line| *line < lines).is_some_and(|line| {
            let other = (0..length).filter(|at| apart(pixel(line, *at), colour) > OTHER).count();
            other as f64 >= ENDED * length as f64
        })
    };
    let (mut found, mut from, mut line) = (0, 0, 0);
    let long = |from: usize, to: usize| to.saturating_sub(from) as f64 >= LEAST * lines as f64;
    while line < lines {
        let Some(colour) = colours[line] else {
            line += 1;
            continue;
        };
        let first = line;
        while colours.get(line).copied().flatten().is_some_and(|c| apart(c, colour) <= SAME) {
            line += 1;
        }
        let before = (1..=BESIDE).any(|n| ends_at(first.checked_sub(n), colour));
        let after = (0..BESIDE).any(|n| ends_at(Some(line + n), colour));
        let outermost = first == 0 || line == lines;
        let is_drawn = || {
            let sides = |n: usize| Some((first.checked_sub(n)?, line + n - 1)).filter(|(_, b)| *b < lines);
            let pair = |a: usize, b: usize, at: usize| {
                let (a, b) = (pixel(a, at), pixel(b, at));
                (apart(a, colour) > OTHER && apart(b, colour) > OTHER).then(|| (luma(a), luma(b)))
            };
            let alike = |(a, b)| correlation((0..length).filter_map(|at| pair(a, b, at)).unzip());
            line - first <= DRAWN && (2..=BESIDE).filter_map(sides).any(|pair| alike(pair) >= ONE_FILM)
        };
        if outermost || before && after && !is_drawn() {
            found += usize::from(long(from, first));
            from = line;
        }
    }
    (found + usize::from(long(from, lines))).max(1)
}

/// The colour of a line that has but one.
fn colour_of(line: impl Iterator<Item = [u8; 3]> + Clone) -> Option<[u8; 3]> {
    let (mut sums, mut all) = ([0_u64; 3], 0_u64);
    for pixel in line.clone() {
        sums.iter_mut().zip(pixel).for_each(|(sum, v)| *sum += u64::from(v));
        all += 1;
    }
    let colour = sums.map(|sum| (sum / all.max(1)) as u8);
    let same = line.filter(|pixel| apart(*pixel, colour) <= SAME).count();
    (same as f64 >= WHOLE * all as f64).then_some(colour)
}

fn correlation((one, other): (Vec<f32>, Vec<f32>)) -> f64 {
    let (one, other) = (fine(&one), fine(&other));
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
    dot(&one, &other) / (dot(&one, &one) * dot(&other, &other)).sqrt().max(f64::MIN_POSITIVE)
}

/// What is neither the camera's noise nor as coarse as a share of the line.
fn fine(values: &[f32]) -> Vec<f32> {
    let around = |at: usize, reach: usize| {
        let part = &values[at.saturating_sub(reach)..(at + reach + 1).min(values.len())];
        part.iter().sum::<f32>() / part.len().max(1) as f32
    };
    let coarse = (values.len() / COARSE).max(NOISE + 1);
    (0..values.len()).map(|at| around(at, NOISE) - around(at, coarse)).collect()
}

fn apart(a: [u8; 3], b: [u8; 3]) -> u8 {
    a.into_iter().zip(b).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    /// A field of cells on glass.
    fn field(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            let (x, y) = (f64::from(x), f64::from(y));
            let near = ((x / 9.0).sin() + (y / 8.0 + (x / 60.0).sin()).cos()) > 0.9;
            if near { Rgb([190, 130, 140]) } else { Rgb([226, 220, 224]) }
        })
    }

    fn sheet(across: u32, down: u32, gap: u32, colour: [u8; 3]) -> RgbImage {
        let one = field(160, 120);
        let (width, height) = (across * (160 + gap) + gap, down * (120 + gap) + gap);
        let mut sheet = RgbImage::from_pixel(width, height, Rgb(colour));
        for (column, row) in (0..across).flat_map(|c| (0..down).map(move |r| (c, r))) {
            let (x, y) = (gap + column * (160 + gap), gap + row * (120 + gap));
            image::imageops::overlay(&mut sheet, &one, i64::from(x), i64::from(y));
        }
        sheet
    }

    #[test]
    fn pictures_beside_each_other_are_counted_and_one_is_one() {
        assert_eq!(parts(&field(640, 480)), 1);
        assert_eq!(parts(&RgbImage::from_pixel(640, 480, Rgb([230; 3]))), 1, "glass");
        for colour in [[255; 3], [0; 3], [40, 44, 52]] {
            assert_eq!(parts(&sheet(1, 1, 40, colour)), 1, "a margin");
            assert_eq!(parts(&sheet(3, 2, 6, colour)), 3);
            assert_eq!(parts(&sheet(1, 2, 12, colour)), 2);
        }
        // A band of glass between cells, whose edge is no line.
        let mut gap = field(640, 480);
        for (_, y, pixel) in gap.enumerate_pixels_mut() {
            if (200..260).contains(&y) {
                *pixel = Rgb([226, 220, 224]);
            }
        }
        assert_eq!(parts(&gap), 1, "glass between cells");
        // Hairs of an eyepiece over one film; the gap of two films is no wider.
        let mut hairs = field(640, 480);
        for (x, y, pixel) in hairs.enumerate_pixels_mut() {
            if x.abs_diff(320) < 2 || y.abs_diff(240) < 2 {
                *pixel = Rgb([10; 3]);
            }
        }
        assert_eq!(parts(&hairs), 1, "cross hairs");
        assert_eq!(parts(&sheet(2, 1, 4, [10; 3])), 2);
        // A line of text below a field.
        let mut titled = RgbImage::from_pixel(640, 540, Rgb([255; 3]));
        image::imageops::overlay(&mut titled, &field(640, 480), 0, 0);
        for (x, y, pixel) in titled.enumerate_pixels_mut() {
            if (500..520).contains(&y) && x / 5 % 3 == 0 {
                *pixel = Rgb([20; 3]);
            }
        }
        assert_eq!(parts(&titled), 1, "a title");
    }
}
