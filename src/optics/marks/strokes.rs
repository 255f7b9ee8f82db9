//! Long strokes, and boxes, of one flat colour with hard edges, whatever the colour: pens, stamps, plates.

use image::RgbImage;

use super::inks::{DARK, Inks};
use super::piece::Piece;
use crate::optics::blobs::Mask;

/// Length of a stroke, pixels of the reduced picture and share of its longer side, at least.
const LENGTH: (usize, f64) = (60, 0.055);
/// A stroke's area over that of the largest circle inside, at least: a circle drawn with a pen has far more, a nucleus far
/// less.
const SPREAD_OUT: f64 = 30.0;
/// Half the width of a stroke, pixels, at most.
const HALF_WIDTH: f64 = 8.0;
/// Difference in one channel that is still the same ink.
const SAME: u8 = 14;
/// Difference just outside a hard edge, and the share of the edge that has it.
const STEP: u8 = 45;
const HARD: f64 = 0.9;
/// Pixels of one colour, at least.
const FEWEST: usize = 60;
/// Colours looked at in one piece.
const COLOURS: usize = 3;
/// A share of the picture that no stroke's surroundings exceed.
const LARGEST: f64 = 0.25;

/// Strokes and boxes of one flat colour.
pub(super) fn flat(picture: &RgbImage, inks: &Inks) -> Vec<Piece> {
    let set = (0..inks.width * inks.height).map(|at| inks.is(DARK, at)).collect();
    let mask = Mask { width: inks.width, height: inks.height, set };
    let length = least_length(inks);
    let largest = LARGEST * mask.set.len() as f64;
    mask.pieces()
        .into_iter()
        .filter(|p| p.extent() >= length && p.area as f64 <= largest)
        .flat_map(|piece| in_piece(picture, &piece, length))
        .collect()
}

fn least_length(inks: &Inks) -> usize {
    LENGTH.0.max((LENGTH.1 * inks.width.max(inks.height) as f64) as usize)
}

/// The strokes of the commonest colour that has any.
fn in_piece(picture: &RgbImage, piece: &Piece, length: usize) -> Vec<Piece> {
    let pixels: &[[u8; 3]] = picture.as_raw().as_chunks::<3>().0;
    let width = picture.width() as usize;
    for colour in commonest(pixels, piece, width) {
        let like = |at: usize| pixels.get(at).is_some_and(|p| apart(*p, colour) <= SAME);
        let mut grid = Mask {
            width: piece.width(),
            height: piece.height(),
            set: vec![false; piece.width() * piece.height()],
        };
        for at in piece.places(width).filter(|at| like(*at)) {
            let (x, y) = (at % width - piece.left, at / width - piece.top);
            if let Some(set) = grid.set.get_mut(y * grid.width + x) {
                *set = true;
            }
        }
        let strokes: Vec<Piece> = grid
            .pieces()
            .into_iter()
            .filter(|p| p.extent() >= length && p.area >= 2 * FEWEST)
            .filter(|p| (p.inner_radius() <= HALF_WIDTH && p.spread_out() >= SPREAD_OUT) || p.is_box())
            .map(|p| p.moved(piece.left, piece.top))
            .filter(|p| has_hard_edges(picture, p, colour))
            .collect();
        if !strokes.is_empty() {
            return strokes;
        }
    }
    Vec::new()
}

/// Medians of the fullest bins of 16 levels a channel.
fn commonest(pixels: &[[u8; 3]], piece: &Piece, width: usize) -> Vec<[u8; 3]> {
    let bin = |p: [u8; 3]| p.into_iter().fold(0, |bin, v| bin << 4 | usize::from(v >> 4));
    let of_piece = || piece.places(width).filter_map(|at| pixels.get(at).copied());
    let mut counts = vec![0_usize; 1 << 12];
    for p in of_piece() {
        if let Some(count) = counts.get_mut(bin(p)) {
            *count += 1;
        }
    }
    let mut fullest: Vec<usize> = (0..counts.len()).filter(|b| counts[*b] >= FEWEST).collect();
    fullest.sort_by_key(|b| std::cmp::Reverse(counts[*b]));
    fullest.truncate(COLOURS);
    let median = |b: usize, channel: usize| {
        let mut values: Vec<u8> = of_piece().filter(|p| bin(*p) == b).map(|p| p[channel]).collect();
        let middle = values.len() / 2;
        *values.select_nth_unstable(middle).1
    };
    fullest.into_iter().map(|b| [median(b, 0), median(b, 1), median(b, 2)]).collect()
}

fn apart(a: [u8; 3], b: [u8; 3]) -> u8 {
    a.into_iter().zip(b).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)
}

/// Whether the picture is another colour three pixels outside, nearly all around.
fn has_hard_edges(picture: &RgbImage, piece: &Piece, colour: [u8; 3]) -> bool {
    const OUT: usize = 3;
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let (left, top) = (piece.left.saturating_sub(OUT), piece.top.saturating_sub(OUT));
    let (right, bottom) = ((piece.right + OUT).min(width), (piece.bottom + OUT).min(height));
    let mut mask =
        Mask { width: right - left, height: bottom - top, set: vec![false; (right - left) * (bottom - top)] };
    for at in piece.places(width) {
        let (x, y) = (at % width - left, at / width - top);
        if let Some(set) = mask.set.get_mut(y * mask.width + x) {
            *set = true;
        }
    }
    let (near, far) = (mask.grown(OUT - 1), mask.grown(OUT));
    let (mut other, mut all) = (0_usize, 0_usize);
    for (at, _) in far.set.iter().zip(&near.set).enumerate().filter(|(_, (far, near))| **far && !**near) {
        let (x, y) = (left + at % mask.width, top + at / mask.width);
        if let Some(p) = picture.get_pixel_checked(x as u32, y as u32) {
            all += 1;
            other += usize::from(apart(p.0, colour) > STEP);
        }
    }
    all > 0 && other as f64 >= HARD * all as f64
}
