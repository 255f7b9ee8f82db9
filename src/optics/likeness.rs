//! What a picture looks like, small: whether two pictures show the same field.
//!
//! A field that is photographed twice, sent again in another compression or saved in another format has other bytes and
//! the same cells; counted twice it would look like twice the film (THN-1: fields do not overlap). Light and colour do not
//! enter, only where a field is darker than its surroundings.

use image::RgbImage;
use serde::{Deserialize, Serialize};

/// Squares along each side of the grid; one is about 5 µm of a whole field.
const SIDE: usize = 48;
/// Squares around one that its surroundings reach.
const AROUND: usize = 3;
/// Steps of a square for one standard deviation, and the last step.
const STEPS: f64 = 2.3;
const LAST: i8 = 7;
/// Squares by which one picture may be shifted against the other, along either side.
const SHIFT: usize = 7;
/// Correlation from which on two pictures show the same field, in hundredths; `docs/quality-gates.md` shows where
/// different fields and the same ones lie.
const SAME: i64 = 60;

/// A picture of [`SIDE`] x [`SIDE`] squares, each with how much darker or lighter than its surroundings it is; nothing
/// outside the view. Kept as a hexadecimal digit for each square.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Likeness {
    /// Row by row; none where the picture shows no detail.
    squares: Vec<i8>,
}

impl Likeness {
    /// Of a reduced picture, of which `in_view` shows film.
    pub(super) fn of(reduced: &RgbImage, in_view: &[bool]) -> Self {
        let means = means(reduced, in_view);
        let differences: Vec<Option<f64>> =
            (0..SIDE * SIDE).map(|at| Some(means[at]? - surroundings(&means, at)?)).collect();
        let seen = || differences.iter().flatten();
        let spread = (seen().map(|d| d * d).sum::<f64>() / seen().count().max(1) as f64).sqrt();
        if spread <= 0.0 {
            return Self::default();
        }
        let step = |d: f64| (d / spread * STEPS).round().clamp(-f64::from(LAST), f64::from(LAST)) as i8;
        Self { squares: differences.into_iter().map(|d| d.map_or(0, step)).collect() }
    }

    /// Whether the two show the same field, shifted by a seventh of its side at most.
    pub fn shows_the_field_of(&self, other: &Self) -> bool {
        let power = |of: &Self| of.squares.iter().map(|s| i64::from(*s).pow(2)).sum::<i64>();
        let both = power(self) * power(other);
        let shifts = 0..=2 * SHIFT;
        both > 0
            && shifts.clone().any(|down| {
                shifts.clone().any(|across| {
                    let product = self.product(other, down, across);
                    product > 0 && 100 * 100 * product * product >= SAME * SAME * both
                })
            })
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
    for (at, (pixel, seen)) in reduced.pixels().zip(in_view).enumerate() {
        let (x, y) = (at % width.max(1), at / width.max(1));
        let square = &mut squares[y * SIDE / height.max(1) * SIDE + x * SIDE / width.max(1)];
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

/// Mean of the squares in view around a square, itself among them.
fn surroundings(means: &[Option<f64>], at: usize) -> Option<f64> {
    let (x, y) = (at % SIDE, at / SIDE);
    let reach = |v: usize| v.saturating_sub(AROUND)..(v + AROUND + 1).min(SIDE);
    let (mut sum, mut count) = (0.0, 0_u32);
    for row in reach(y) {
        for mean in means[row * SIDE..][reach(x)].iter().flatten() {
            sum += mean;
            count += 1;
        }
    }
    (count > 0).then(|| sum / f64::from(count))
}

impl From<Likeness> for String {
    fn from(likeness: Likeness) -> Self {
        likeness
            .squares
            .iter()
            .map(|s| char::from_digit(u32::try_from(s + LAST).unwrap_or(0), 16).unwrap_or('0'))
            .collect()
    }
}

impl TryFrom<String> for Likeness {
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

    /// Dark discs at places that depend on `seed`, seen from `(left, top)`.
    fn field(seed: u64, left: i32, top: i32, light: f64) -> Likeness {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let mut place = |from: i32| dice.random_range(-80..720) - from;
        let discs: Vec<(i32, i32)> = (0..150).map(|_| (place(left), place(top))).collect();
        let picture = RgbImage::from_fn(640, 480, |x, y| {
            let near = discs.iter().any(|(a, b)| (a - x as i32).pow(2) + (b - y as i32).pow(2) < 12 * 12);
            Rgb([0, (light * if near { 120.0 } else { 220.0 }) as u8, 0])
        });
        Likeness::of(&picture, &vec![true; 640 * 480])
    }

    #[test]
    fn a_field_is_known_again_in_other_light_and_a_little_shifted() {
        let first = field(1, 0, 0, 1.0);
        assert!(first.shows_the_field_of(&first));
        assert!(first.shows_the_field_of(&field(1, 0, 0, 0.6)));
        assert!(first.shows_the_field_of(&field(1, 40, 20, 0.9)));
        assert!(field(1, 40, 20, 0.9).shows_the_field_of(&first));
    }

    #[test]
    fn other_fields_and_empty_ones_are_not_the_same() {
        let first = field(1, 0, 0, 1.0);
        assert!((2..30).all(|seed| !first.shows_the_field_of(&field(seed, 0, 0, 1.0))));
        assert!(!first.shows_the_field_of(&field(1, 300, 200, 1.0)), "another part of the film");
        let empty = Likeness::of(&RgbImage::from_pixel(64, 64, Rgb([200; 3])), &[true; 64 * 64]);
        assert!(!empty.shows_the_field_of(&empty), "glass looks like glass");
        assert!(!Likeness::default().shows_the_field_of(&first));
    }

    #[test]
    fn it_comes_back_from_its_digits() {
        let likeness = field(3, 0, 0, 1.0);
        let text = serde_json::to_string(&likeness).expect("digits");
        assert_eq!(serde_json::from_str::<Likeness>(&text).expect("a likeness"), likeness);
        for wrong in ["\"0\"", "\"f\"", "\"x\""] {
            assert!(serde_json::from_str::<Likeness>(wrong).is_err(), "{wrong}");
        }
    }
}
