//! Colours that no film has, and writing in black, grey or white.
//!
//! Every channel is taken over the ground of the picture (the median of its brighter parts), so that a lamp's or a
//! camera's tint is out of the account. Haemoglobin, eosin and azure all take away green light most or nearly most, and
//! none takes away one channel alone: the limits below are beyond what any picture of the sets shows but for single
//! pixels (`docs/quality-gates.md`, burnt-in marks).

use image::RgbImage;

use super::piece::Piece;
use super::rows;
use crate::optics::blobs::Mask;
use crate::optics::plane::{luma, quantile};

/// Colours of ink, one bit each.
const GREEN: u16 = 1;
const YELLOW: u16 = 1 << 1;
const CYAN: u16 = 1 << 2;
const RED: u16 = 1 << 3;
const BLUE: u16 = 1 << 4;
const MAGENTA: u16 = 1 << 5;
pub(super) const BLACK: u16 = 1 << 6;
const GREY: u16 = 1 << 7;
const WHITE: u16 = 1 << 8;
/// Black as nothing on a film is, whatever its shape.
const PURE_BLACK: u16 = 1 << 9;
/// Much darker than the ground in some channel, whatever the colour.
pub(super) const DARK: u16 = 1 << 10;
/// Bluer than azure makes anything but single pixels; ink where it has the shape of writing.
const INK_BLUE: u16 = 1 << 11;

/// How far one hue stands out: green over red and blue, both red and green over blue and so on.
const FOREIGN: [(u16, f32); 6] =
    [(GREEN, 0.20), (YELLOW, 0.45), (CYAN, 0.45), (RED, 0.45), (BLUE, 0.85), (MAGENTA, 0.85)];
/// A mark's edge is paler: so much of the limit is enough beside ink.
const BESIDE: f32 = 0.5;
/// Pixels of full colour that a mark has at least, and their share of it. Nuclei that are overdrawn in one channel have
/// a few such pixels in much that is paler.
const FEWEST: usize = 8;
const FULL_SHARE: f64 = 0.3;
/// No mark covers a larger share of the picture.
const LARGEST: f64 = 0.1;
/// Written lines: area over that of the largest circle inside, and length in pixels.
const LINE: (f64, usize) = (8.0, 14);
/// White lines that are white throughout may be broader: the same, and the share that is surely white.
const WHITE_LINE: (f64, usize, f64) = (5.0, 40, 0.8);
/// Wedges and bars: longer over shorter axis, and length in pixels.
const LONG: (f64, usize) = (4.0, 20);
/// More white lines than this are the halos of something out of focus.
const WHITE_LINES: usize = 12;

/// The inks of a picture.
pub(super) struct Inks {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Per pixel the colours that it surely has, and those that it may have beside ink.
    strong: Vec<u16>,
    weak: Vec<u16>,
    /// Colours with enough pixels to be looked at.
    present: u16,
}

impl Inks {
    /// `None` where the picture has no ground.
    pub(super) fn of(picture: &RgbImage, in_view: &[bool]) -> Option<Self> {
        let ground = ground(picture, in_view)?;
        let (mut strong, mut weak) = (Vec::new(), Vec::new());
        strong.reserve_exact(in_view.len());
        weak.reserve_exact(in_view.len());
        let mut counts = [0_usize; 12];
        for (p, seen) in picture.pixels().zip(in_view) {
            let (s, w) = if *seen { colours(p.0, ground) } else { (0, 0) };
            for (bit, count) in counts.iter_mut().enumerate() {
                *count += usize::from(s >> bit & 1);
            }
            strong.push(s);
            weak.push(w);
        }
        let present = counts
            .iter()
            .enumerate()
            .filter(|(_, n)| **n >= FEWEST)
            .fold(0, |present, (bit, _)| present | 1_u16 << bit);
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        Some(Self { width, height, strong, weak, present })
    }

    /// Whether a place surely has the colour.
    pub(super) fn is(&self, colour: u16, at: usize) -> bool {
        self.strong.get(at).is_some_and(|s| s & colour != 0)
    }

    /// Pieces of ink that hold at least one pixel that surely has the colour, with how many.
    fn pieces(&self, colour: u16) -> Vec<(Piece, usize)> {
        if self.present & colour == 0 {
            return Vec::new();
        }
        let set = self.weak.iter().map(|w| w & colour != 0).collect();
        let mask = Mask { width: self.width, height: self.height, set };
        let largest = LARGEST * self.weak.len() as f64;
        mask.pieces()
            .into_iter()
            .filter(|p| p.area as f64 <= largest)
            .map(|p| {
                let sure = p.count(self.width, |at| self.is(colour, at));
                (p, sure)
            })
            .filter(|(_, sure)| *sure > 0)
            .collect()
    }
}

/// Medians of the brightest quarter of what is seen.
fn ground(picture: &RgbImage, in_view: &[bool]) -> Option<[f32; 3]> {
    /// Every so many pixels are enough for a median.
    const STEP: usize = 5;
    let seen: Vec<[u8; 3]> =
        picture.pixels().zip(in_view).step_by(STEP).filter(|(_, v)| **v).map(|(p, _)| p.0).collect();
    let bright = quantile(&mut seen.iter().map(|p| luma(*p)).collect::<Vec<_>>(), 0.75)?;
    let mut medians = [0.0; 3];
    for (channel, median) in medians.iter_mut().enumerate() {
        let mut values: Vec<f32> =
            seen.iter().filter(|p| luma(**p) >= bright).map(|p| f32::from(p[channel])).collect();
        *median = quantile(&mut values, 0.5)?.max(40.0);
    }
    Some(medians)
}

/// The colours that a pixel surely has, and those that it may have beside ink.
fn colours(pixel: [u8; 3], ground: [f32; 3]) -> (u16, u16) {
    let [r, g, b] = [0, 1, 2].map(|c: usize| f32::from(pixel[c]) / ground[c]);
    let (low, high) = (r.min(g).min(b), r.max(g).max(b));
    let (mut strong, mut weak) = (0, 0);
    let foreign = [g - r.max(b), r.min(g) - b, g.min(b) - r, r - g.max(b), b - r.max(g), r.min(b) - g];
    for (value, (colour, limit)) in foreign.into_iter().zip(FOREIGN) {
        strong |= if value > limit { colour } else { 0 };
        weak |= if value > limit * BESIDE { colour } else { 0 };
    }
    let mut set = |colour, sure: bool, beside: bool| {
        strong |= if sure { colour } else { 0 };
        weak |= if beside { colour } else { 0 };
    };
    set(BLACK, high < 0.2, high < 0.4);
    set(PURE_BLACK, high < 0.05, false);
    let neutral = high - low < 0.08;
    set(GREY, neutral && high < 0.62, neutral && high < 0.7);
    let lightest = pixel.into_iter().min().unwrap_or(0);
    set(WHITE, low > 1.06 && lightest >= 240, low > 1.03 && lightest >= 228);
    set(DARK, low < 0.5, low < 0.5);
    let bluer = b - r.max(g);
    set(INK_BLUE, bluer > 0.40, bluer > 0.20);
    (strong, weak)
}

/// Marks of a colour that no film has.
pub(super) fn foreign(inks: &Inks) -> Vec<Piece> {
    /// A speck of refracted light is smaller.
    const SHORTEST: usize = 6;
    let of = |colour: u16| {
        inks.pieces(colour).into_iter().filter_map(|(piece, sure)| {
            let full = sure >= FEWEST && sure as f64 >= FULL_SHARE * piece.area as f64;
            (full && piece.extent() >= SHORTEST).then_some(piece)
        })
    };
    FOREIGN.into_iter().flat_map(|(colour, _)| of(colour)).collect()
}

/// Marks in black, white or grey: lines, wedges, and rows of letters; rows alone in a blue that is hardly stain.
pub(super) fn written(inks: &Inks) -> Vec<Piece> {
    /// The sides and the least area of what may be a letter.
    const LETTER: usize = 45;
    const LEAST: usize = 4;
    let mut found = Vec::new();
    for colour in [BLACK, GREY, WHITE, INK_BLUE] {
        let (mut letters, mut lines, mut specks) = (Vec::new(), Vec::new(), Vec::new());
        for (piece, sure) in inks.pieces(colour) {
            if sure < LEAST {
                specks.push(piece);
                continue;
            }
            let spread_out = piece.spread_out();
            let may_be_letter = piece.extent() <= LETTER && spread_out >= 2.5;
            if may_be_letter {
                letters.push(piece.clone());
            } else if piece.extent() <= LETTER {
                specks.push(piece.clone());
            }
            if colour == INK_BLUE {
                // Lobed nuclei are lines; what is written stands in rows.
            } else if is_line(colour, &piece, sure, spread_out) {
                lines.push(piece);
            } else if (colour == BLACK && (is_long(&piece) || is_pure(inks, &piece)))
                || (colour == WHITE && piece.is_box())
            {
                found.push(piece);
            }
        }
        let (rows, strays) = rows::of_letters(letters, specks);
        found.extend(rows);
        // What belongs to a row is no halo.
        lines.retain(|line| line.extent() > LETTER || strays.contains(line));
        if colour != WHITE || lines.len() <= WHITE_LINES {
            found.append(&mut lines);
        }
    }
    found
}

fn is_line(colour: u16, piece: &Piece, sure: usize, spread_out: f64) -> bool {
    let white = colour != WHITE || 2 * sure >= piece.area;
    if colour == WHITE && piece.extent() >= WHITE_LINE.1 && sure as f64 >= WHITE_LINE.2 * piece.area as f64 {
        return spread_out >= WHITE_LINE.0;
    }
    colour != GREY && white && spread_out >= LINE.0 && piece.extent() >= LINE.1
}

fn is_long(piece: &Piece) -> bool {
    piece.extent() >= LONG.1 && piece.elongation() >= LONG.0
}

fn is_pure(inks: &Inks, piece: &Piece) -> bool {
    let pure = piece.count(inks.width, |at| inks.is(PURE_BLACK, at));
    pure >= 12 && pure as f64 >= 0.4 * piece.area as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Colours of films, over their ground: none of them is ink.
    #[test]
    fn stained_blood_has_no_colour_of_ink() {
        let ground = [225.0, 215.0, 220.0];
        for pixel in [
            [224, 214, 219],
            [196, 128, 132],
            [150, 130, 140],
            [52, 24, 110],
            [110, 40, 150],
            [90, 60, 40],
            [214, 190, 214],
            [180, 60, 140],
            [35, 25, 70],
        ] {
            let (strong, _) = colours(pixel, ground);
            let ink = GREEN | YELLOW | CYAN | RED | BLUE | MAGENTA | GREY | WHITE | PURE_BLACK | INK_BLUE;
            assert_eq!(strong & ink, 0, "{pixel:?}");
        }
        for (pixel, colour) in [
            ([0, 255, 0], GREEN),
            ([255, 255, 0], YELLOW),
            ([255, 140, 0], YELLOW),
            ([0, 255, 255], CYAN),
            ([255, 0, 0], RED),
            ([0, 0, 255], BLUE),
            ([255, 0, 255], MAGENTA),
            ([0, 0, 0], PURE_BLACK),
            ([120, 118, 120], GREY),
            ([255, 255, 255], WHITE),
            ([30, 50, 150], INK_BLUE),
            ([0, 0, 200], INK_BLUE),
        ] {
            assert_ne!(colours(pixel, ground).0 & colour, 0, "{pixel:?}");
        }
    }
}
