//! What a picture looks like, small: whether two pictures show the same field.
//!
//! A field that is photographed twice, sent again in another compression or saved in another format has other bytes and
//! the same cells; counted twice it would look like twice the film (THN-1: fields do not overlap). Light and colour do not
//! enter, only where a field is darker than its surroundings.

use image::RgbImage;
use serde::{Deserialize, Serialize};

use super::landmarks::Landmarks;
use super::overlap::{Overlap, Relief, overlap};

/// Squares along each side of the grid; one is about 5 µm of a whole field.
const SIDE: usize = 32;
/// Part of each side that the grid leaves out at either end, in hundredths: margins, captions and black bars stand there,
/// and are the same on every picture.
const LEFT_OUT: usize = 15;
/// Squares around one that its surroundings reach.
const AROUND: usize = 3;
/// A standard deviation of normal differences, in medians of their size.
const DEVIATION: f64 = 1.4826;
/// Steps of a square for one standard deviation, and the last step: what stands out more counts no more, so that a
/// pointer, dust or a scale bar, which are the same on every picture, weigh no more than the squares that they cover.
const STEPS: f64 = 3.5;
const LAST: i8 = 7;
/// Squares by which one picture may be shifted against the other, along either side.
const SHIFT: usize = 4;
/// Correlation from which on two pictures show the same field, in hundredths; `docs/quality-gates.md` shows where
/// different fields and the same ones lie.
const SAME: i64 = 50;
/// Share of the smaller of two pictures from which on they are one field, where one shows a part of the other: less is
/// what neighbouring fields of a scanning stage share.
const SAME_FILM: f64 = 0.3;

/// What a picture looks like: as a whole, and by landmarks that are found again in a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Likeness {
    whole: Grid,
    landmarks: Landmarks,
    relief: Relief,
}

/// The middle of a picture in 32 x 32 squares, each with how much darker or lighter than its surroundings it is; nothing
/// outside the view. Kept as a hexadecimal digit for each square.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct Grid {
    /// Row by row; none where the picture shows no detail.
    squares: Vec<i8>,
}

impl Likeness {
    /// Of a reduced picture, of which `in_view` shows film.
    pub(super) fn of(reduced: &RgbImage, in_view: &[bool]) -> Self {
        Self {
            whole: Grid::of(reduced, in_view),
            landmarks: Landmarks::of(reduced, in_view),
            relief: Relief::of(reduced, in_view),
        }
    }

    /// Whether the two show the same field: as a whole, shifted by some 9 % of the sides of their pictures at most, or
    /// turned or mirrored as a program does that saves it; or one shows [`SAME_FILM`] of the other or more, cut out, seen
    /// closer, turned by any angle or shifted.
    pub fn shows_the_field_of(&self, other: &Self) -> bool {
        self.common_with(other) == Some(Common::Field)
    }

    /// What the two have in common; `None` where nothing says that they show the same film.
    pub fn common_with(&self, other: &Self) -> Option<Common> {
        if self.whole.is_that_of(&other.whole) {
            return Some(Common::Field);
        }
        let overlap = overlap((&self.landmarks, &self.relief), (&other.landmarks, &other.relief))?;
        Some(if overlap.share() >= SAME_FILM { Common::Field } else { Common::Part(overlap) })
    }
}

/// What two pictures have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Common {
    /// They show one field.
    Field,
    /// They show neighbouring fields that overlap: how the first lies on the second.
    Part(Overlap),
}

impl Grid {
    fn of(reduced: &RgbImage, in_view: &[bool]) -> Self {
        let means = means(reduced, in_view);
        let differences: Vec<Option<f64>> =
            (0..SIDE * SIDE).map(|at| Some(means[at]? - surroundings(&means, at)?)).collect();
        // By the median, which what is the same on every picture does not move.
        let Some(spread) =
            median(differences.iter().flatten().map(|d| d.abs()).collect()).filter(|s| *s > 0.0)
        else {
            return Self::default();
        };
        let step = |d: f64| {
            (d / (DEVIATION * spread) * STEPS).round().clamp(-f64::from(LAST), f64::from(LAST)) as i8
        };
        Self { squares: differences.into_iter().map(|d| d.map_or(0, step)).collect() }
    }

    fn is_that_of(&self, other: &Self) -> bool {
        let power = |of: &Self| of.squares.iter().map(|s| i64::from(*s).pow(2)).sum::<i64>();
        let both = power(self) * power(other);
        let enough = |product: i64| product > 0 && 100 * 100 * product * product >= SAME * SAME * both;
        let shifts = || 0..=2 * SHIFT;
        both > 0
            && (shifts().any(|down| shifts().any(|across| enough(self.product(other, down, across))))
                || (1..8).any(|turn| enough(self.product(&other.turned(turn), SHIFT, SHIFT))))
    }

    /// Mirrored for an odd `turn`, then by a quarter for every further two.
    fn turned(&self, turn: usize) -> Self {
        let last = SIDE - 1;
        let from = |x: usize, y: usize| {
            let x = if turn % 2 == 1 { last - x } else { x };
            match turn / 2 {
                0 => (x, y),
                1 => (y, last - x),
                2 => (last - x, last - y),
                _ => (last - y, x),
            }
        };
        let squares =
            (0..SIDE * SIDE).map(|at| from(at % SIDE, at / SIDE)).map(|(x, y)| self.squares[y * SIDE + x]);
        Self { squares: squares.collect() }
    }

    /// Sum of the products of squares that lie on each other where `other` is shifted by `down` and `across` less
    /// [`SHIFT`].
    fn product(&self, other: &Self, down: usize, across: usize) -> i64 {
        let span = |shift: usize| {
            let (here, there) = (shift.saturating_sub(SHIFT), SHIFT.saturating_sub(shift));
            (here, there, SIDE - here - there)
        };
        let ((y, other_y, rows), (x, other_x, columns)) = (span(down), span(across));
        (0..rows)
            .map(|row| {
                let from = (y + row) * SIDE + x;
                let other_from = (other_y + row) * SIDE + other_x;
                let (a, b) =
                    (&self.squares[from..from + columns], &other.squares[other_from..other_from + columns]);
                i64::from(a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum::<i32>())
            })
            .sum()
    }
}

/// Mean of green light in each square; none where less than half of it is in view.
fn means(reduced: &RgbImage, in_view: &[bool]) -> Vec<Option<f64>> {
    let (width, height) = (reduced.width() as usize, reduced.height() as usize);
    let mut squares = vec![(0_u64, 0_u64, 0_u64); SIDE * SIDE];
    let square_of = |at: usize, side: usize| {
        let from = side * LEFT_OUT / 100;
        at.checked_sub(from).map(|at| at * SIDE / (side - 2 * from).max(1)).filter(|square| *square < SIDE)
    };
    for (at, (pixel, seen)) in reduced.pixels().zip(in_view).enumerate() {
        let (x, y) = (at % width.max(1), at / width.max(1));
        let (Some(column), Some(row)) = (square_of(x, width), square_of(y, height)) else { continue };
        let square = &mut squares[row * SIDE + column];
        square.0 += 1;
        if *seen {
            square.1 += 1;
            square.2 += u64::from(pixel.0[1]);
        }
    }
    squares
        .into_iter()
        .map(|(all, seen, sum)| (2 * seen >= all && seen > 0).then(|| sum as f64 / seen as f64))
        .collect()
}

/// Median of the squares in view around a square, itself among them: a dark mark casts no bright ring.
fn surroundings(means: &[Option<f64>], at: usize) -> Option<f64> {
    let (x, y) = (at % SIDE, at / SIDE);
    let reach = |v: usize| v.saturating_sub(AROUND)..(v + AROUND + 1).min(SIDE);
    median(reach(y).flat_map(|row| &means[row * SIDE..][reach(x)]).flatten().copied().collect())
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

impl From<Grid> for String {
    fn from(likeness: Grid) -> Self {
        likeness
            .squares
            .iter()
            .map(|s| char::from_digit(u32::try_from(s + LAST).unwrap_or(0), 16).unwrap_or('0'))
            .collect()
    }
}

impl TryFrom<String> for Grid {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let square =
            |c: char| c.to_digit(16).and_then(|d| Some(i8::try_from(d).ok()? - LAST)).filter(|s| *s <= LAST);
        let squares: Option<Vec<i8>> = text.chars().map(square).collect();
        squares
            .filter(|s| s.is_empty() || s.len() == SIDE * SIDE)
            .map(|squares| Self { squares })
            .ok_or_else(|| "no likeness of a picture".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use image::Rgb;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// What lies over the film at a place, where anything does.
    type Over = fn(u32, u32) -> Option<u8>;

    /// What is drawn: dark discs at places that depend on the seed, seen from a corner, in some light.
    #[derive(Clone, Copy)]
    struct Drawn {
        seed: u64,
        discs: usize,
        corner: (i32, i32),
        light: f64,
        over: Over,
    }

    const FIELD: Drawn = Drawn { seed: 1, discs: 150, corner: (0, 0), light: 1.0, over: |_, _| None };

    impl Drawn {
        fn likeness(self) -> Likeness {
            Likeness::of(&self.picture(), &vec![true; 640 * 480])
        }

        fn picture(self) -> RgbImage {
            let mut dice = ChaCha8Rng::seed_from_u64(self.seed);
            let mut place = |from: i32| dice.random_range(-80..720) - from;
            let (left, top) = self.corner;
            let discs: Vec<(i32, i32)> = (0..self.discs).map(|_| (place(left), place(top))).collect();
            RgbImage::from_fn(640, 480, |x, y| {
                let near = discs.iter().any(|(a, b)| (a - x as i32).pow(2) + (b - y as i32).pow(2) < 12 * 12);
                let film = if near { 120.0 } else { 220.0 };
                let noise = dice.random_range(-8.0..8.0);
                let seen = (self.light * film + noise) as u8;
                Rgb([0, (self.over)(x, y).unwrap_or(seen), 0])
            })
        }
    }

    #[test]
    fn a_field_is_known_again_in_other_light_and_a_little_shifted() {
        let first = FIELD.likeness();
        assert!(first.shows_the_field_of(&first));
        assert!(first.shows_the_field_of(&Drawn { light: 0.6, ..FIELD }.likeness()));
        let shifted = Drawn { corner: (40, 20), light: 0.9, ..FIELD }.likeness();
        assert!(first.shows_the_field_of(&shifted) && shifted.shows_the_field_of(&first));
        let drawn = FIELD.picture();
        use image::imageops::{flip_horizontal, rotate90, rotate180, rotate270};
        for turned in
            [rotate90(&drawn), rotate180(&drawn), rotate270(&drawn), flip_horizontal(&rotate90(&drawn))]
        {
            assert!(first.shows_the_field_of(&Likeness::of(&turned, &vec![true; 640 * 480])));
        }
    }

    /// A part of a field, a closer look at it and a turned one, each the other way round too.
    #[test]
    fn a_part_of_a_field_is_that_field() {
        use image::imageops::{FilterType, crop_imm, resize};
        let whole = FIELD.picture();
        let first = FIELD.likeness();
        let cut = |x, y, width, height| crop_imm(&whole, x, y, width, height).to_image();
        let turned = |degrees: f64| {
            let (sin, cos) = degrees.to_radians().sin_cos();
            RgbImage::from_fn(640, 480, |x, y| {
                let (dx, dy) = (f64::from(x) - 320.0, f64::from(y) - 240.0);
                let (u, v) = (320.0 + cos * dx - sin * dy, 240.0 + sin * dx + cos * dy);
                let inside = (0.0..639.5).contains(&u) && (0.0..479.5).contains(&v);
                if inside { *whole.get_pixel(u as u32, v as u32) } else { Rgb([0, 200, 0]) }
            })
        };
        let seen = |picture: &RgbImage| {
            let size = (picture.width() * picture.height()) as usize;
            Likeness::of(picture, &vec![true; size])
        };
        for (what, picture) in [
            ("the middle", cut(160, 120, 320, 240)),
            ("a corner", cut(300, 200, 320, 260)),
            ("a closer look", resize(&cut(100, 60, 400, 300), 640, 480, FilterType::Triangle)),
            ("turned by 5 degrees", turned(5.0)),
            ("turned by 40 degrees", turned(40.0)),
            ("shifted by a fifth", Drawn { corner: (128, 96), ..FIELD }.picture()),
        ] {
            let part = seen(&picture);
            assert!(first.shows_the_field_of(&part) && part.shows_the_field_of(&first), "{what}");
            let other = Drawn { seed: 2, ..FIELD }.likeness();
            assert!(!other.shows_the_field_of(&part), "{what} of another field");
        }
    }

    #[test]
    fn other_fields_and_empty_ones_are_not_the_same() {
        let first = FIELD.likeness();
        let other = |seed| Drawn { seed, ..FIELD }.likeness();
        assert!((2..30).all(|seed| !first.shows_the_field_of(&other(seed))));
        assert!(!first.shows_the_field_of(&Drawn { corner: (470, 340), ..FIELD }.likeness()), "elsewhere");
        let empty = Likeness::of(&RgbImage::from_pixel(64, 64, Rgb([200; 3])), &[true; 64 * 64]);
        assert!(!empty.shows_the_field_of(&empty), "glass looks like glass");
        assert!(!Likeness::default().shows_the_field_of(&first));
    }

    /// What every picture of a microscope or a telephone shows makes no two fields one, however little film there is.
    #[test]
    fn what_lies_over_every_picture_is_no_field() {
        let overlays: [(&str, Over); 5] = [
            ("a pointer", |x, y| (x > 320 && y.abs_diff(x / 2 + 80) < 8).then_some(10)),
            ("a margin", |x, y| (!(32..608).contains(&x) || !(24..456).contains(&y)).then_some(255)),
            ("pillars", |x, _| (!(80..560).contains(&x)).then_some(0)),
            ("wide bars", |_, y| (!(130..350).contains(&y)).then_some(0)),
            ("a caption", |x, y| (y > 446).then_some(if x / 5 % 3 == 0 && y % 20 < 12 { 255 } else { 0 })),
        ];
        for (what, over) in overlays {
            for discs in [0, 3, 12, 40, 150] {
                let seen: Vec<Likeness> =
                    (0..7).map(|seed| Drawn { seed, discs, over, ..FIELD }.likeness()).collect();
                for (i, one) in seen.iter().enumerate() {
                    assert!(
                        seen[..i].iter().all(|other| !one.shows_the_field_of(other)),
                        "{what}, {discs} discs"
                    );
                }
            }
        }
    }

    #[test]
    fn it_comes_back_from_its_digits() {
        let likeness = FIELD.likeness();
        let text = serde_json::to_string(&likeness).expect("digits");
        assert_eq!(serde_json::from_str::<Likeness>(&text).expect("a likeness"), likeness);
        for (part, wrongs) in [
            ("whole", ["0", "f", "x"]),
            ("landmarks", ["", "400:0", "400:xy"]),
            ("relief", ["", "99:0", "1:x"]),
        ] {
            for wrong in wrongs {
                let mut value = serde_json::to_value(&likeness).expect("a likeness");
                value[part] = wrong.into();
                assert!(serde_json::from_value::<Likeness>(value).is_err(), "{part} {wrong}");
            }
        }
    }
}
