//! Long strokes, and boxes, of one flat colour with hard edges, whatever the colour: pens, stamps, plates; and what is
//! written beside them in the same ink.

use image::RgbImage;

use super::inks::{DARK, Inks};
use super::piece::Piece;
use crate::optics::blobs::Mask;

/// Length of a stroke, pixels of the reduced picture and share of its longer side, at least.
const LENGTH: (usize, f64) = (60, 0.055);
/// A stroke's area over that of the largest circle inside, at least: a circle drawn with a pen has far more, a nucleus far
/// less.
const SPREAD_OUT: f64 = 40.0;
/// Half the width of a stroke, pixels, at most.
const HALF_WIDTH: f64 = 8.0;
/// Difference in one channel that is still the same ink.
const SAME: u8 = 26;
/// Difference just outside a hard edge, and the share of the edge that has it. Where something dark lies outside, as a
/// nucleus that is crossed, there is no telling, but most of the edge tells: what lies inside a nucleus is no stroke.
const STEP: u8 = 45;
const HARD: f64 = 0.9;
const TELLING: f64 = 0.7;
/// Pixels of the largest hole that is only a speckle of another shade.
const SPECKLE: u32 = 60;
/// Pixels of one colour, at least.
const FEWEST: usize = 60;
/// Colours looked at in one piece.
const COLOURS: usize = 3;
/// A share of the picture that no stroke's surroundings exceed.
const LARGEST: f64 = 0.25;

/// Strokes and boxes of one flat colour, and the words beside them.
pub(super) fn flat(picture: &RgbImage, inks: &Inks) -> Vec<Piece> {
    let set = (0..inks.width * inks.height).map(|at| inks.is(DARK, at)).collect();
    let mask = Mask { width: inks.width, height: inks.height, set };
    let length = least_length(inks);
    let largest = LARGEST * mask.set.len() as f64;
    let pieces = mask.pieces();
    let mut found = Vec::new();
    for piece in pieces.iter().filter(|p| p.extent() >= length && p.area as f64 <= largest) {
        if let Some((strokes, colour)) = in_piece(picture, inks, piece, length) {
            for stroke in &strokes {
                let beside = pieces.iter().filter(|p| *p != piece && is_beside(stroke, p));
                found.extend(beside.filter(|p| is_written(picture, inks, p, colour)).map(Piece::boxed));
            }
            found.extend(strokes);
        }
    }
    found
}

/// Whether a piece lies no further from a stroke than words of a stamp from its frame, and is no longer than a word.
fn is_beside(stroke: &Piece, piece: &Piece) -> bool {
    /// Of the stroke's longer side.
    const REACH: f64 = 0.3;
    let reach = (REACH * stroke.extent() as f64) as usize;
    piece.left + reach >= stroke.left
        && piece.top + reach >= stroke.top
        && piece.right <= stroke.right + reach
        && piece.bottom <= stroke.bottom + reach
        && piece.extent() <= stroke.extent()
}

/// Whether a piece is spread out as letters are, and of a stroke's ink.
fn is_written(picture: &RgbImage, inks: &Inks, piece: &Piece, colour: [u8; 3]) -> bool {
    const LEAST: usize = 12;
    const LETTER: f64 = 2.5;
    const OF_INK: f64 = 0.6;
    let pixels: &[[u8; 3]] = picture.as_raw().as_chunks::<3>().0;
    let of_ink = piece.count(inks.width, |at| pixels.get(at).is_some_and(|p| apart(*p, colour) <= 2 * SAME));
    piece.area >= LEAST
        && piece.inner_radius() <= HALF_WIDTH
        && piece.spread_out() >= LETTER
        && of_ink as f64 >= OF_INK * piece.area as f64
}

fn least_length(inks: &Inks) -> usize {
    LENGTH.0.max((LENGTH.1 * inks.width.max(inks.height) as f64) as usize)
}

/// The strokes of the commonest colour that has any, and the colour: of the whole piece, or of its thin parts, where it
/// holds nuclei that have more pixels than the pen that crosses them.
fn in_piece(picture: &RgbImage, inks: &Inks, piece: &Piece, length: usize) -> Option<(Vec<Piece>, [u8; 3])> {
    let found = in_part(picture, inks, piece, length);
    if found.is_some() || piece.inner_radius() <= HALF_WIDTH {
        return found;
    }
    let thin = piece.thinner_than(HALF_WIDTH as f32);
    let parts = thin.iter().filter(|p| p.extent() >= length);
    parts.filter_map(|p| in_part(picture, inks, p, length)).reduce(|mut all, (strokes, _)| {
        all.0.extend(strokes);
        all
    })
}

fn in_part(picture: &RgbImage, inks: &Inks, piece: &Piece, length: usize) -> Option<(Vec<Piece>, [u8; 3])> {
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
        // Else the speckles of a nucleus would make a stroke of it.
        let everywhere = vec![true; grid.set.len()];
        grid.fill_holes(&everywhere, SPECKLE);
        let strokes: Vec<Piece> = grid
            .pieces()
            .into_iter()
            .filter(|p| p.extent() >= length && p.area >= 2 * FEWEST)
            .filter(|p| (p.inner_radius() <= HALF_WIDTH && p.spread_out() >= SPREAD_OUT) || p.is_box())
            .map(|p| p.moved(piece.left, piece.top))
            .filter(|p| has_hard_edges(picture, inks, p, colour))
            .collect();
        if !strokes.is_empty() {
            return Some((strokes, colour));
        }
    }
    None
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
fn has_hard_edges(picture: &RgbImage, inks: &Inks, piece: &Piece, colour: [u8; 3]) -> bool {
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
    let (mut other, mut telling, mut all) = (0_usize, 0_usize, 0_usize);
    for (at, _) in far.set.iter().zip(&near.set).enumerate().filter(|(_, (far, near))| **far && !**near) {
        let (x, y) = (left + at % mask.width, top + at / mask.width);
        if let Some(p) = picture.get_pixel_checked(x as u32, y as u32) {
            let tells = !inks.is(DARK, y * width + x);
            all += 1;
            telling += usize::from(tells);
            other += usize::from(tells && apart(p.0, colour) > STEP);
        }
    }
    telling > 0 && telling as f64 >= TELLING * all as f64 && other as f64 >= HARD * telling as f64
}
