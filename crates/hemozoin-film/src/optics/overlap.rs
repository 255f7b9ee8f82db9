//! Lays a picture on another: whether both show the same film, and how much of it.
//!
//! Landmarks that are alike vote for a shift, turn and zoom between the two. Where enough agree, small planes of both are
//! laid on each other, and only what then correlates is the same film: captions, bars and pointers are the same on every
//! picture of a camera and agree, too.

use image::RgbImage;
use serde::{Deserialize, Serialize};

use super::blur::Blur;
use super::landmarks::{Landmarks, Placed};

/// Longer side of the plane that is laid on another, and the blur that its surroundings are, in its pixels.
const SIDE: usize = 100;
const AROUND: f32 = 4.0;
/// As for the likeness as a whole: steps for one standard deviation, the last step, and the margin of a picture, where
/// captions stand, in hundredths.
const STEPS: f32 = 3.5;
const DEVIATION: f32 = 1.4826;
const LAST: i8 = 7;
const LEFT_OUT: f32 = 0.15;
/// Landmarks that must agree; of two fields chance brings four together.
const AGREEING: usize = 8;
/// How far a landmark may lie from where it should, in longer sides: for a guess by one landmark, and then closer.
const GUESS: f32 = 0.05;
/// How far landmarks that agree must lie from the line that they lie along, by standard deviation, in longer sides: a pointer
/// or a hair is the same on every picture, and where nothing else is seen all landmarks lie on it.
const OFF_A_LINE: f32 = 0.025;
const CLOSER: [f32; 3] = [0.03, 0.02, 0.02];
/// Shift, turn and zoom, less than which is none: in longer sides, radians and parts of one.
const IN_PLACE: f32 = 0.02;
/// Correlation from which on it is the same film.
const SAME: f64 = 0.5;
/// Pixels of the planes that must lie on each other to be asked.
const FEWEST: u32 = 150;
/// Neighbouring fields of one camera share no more than a strip along their edges: the margin that is left out there, and
/// the correlation from which on it is the same film.
const AT_EDGE: f32 = 0.04;
const SAME_AT_EDGE: f64 = 0.6;
/// A strip is narrower than this share; wider ones show in the middle of a picture.
const STRIP: f64 = 0.4;
/// Turn and zoom, less than which is none between two fields of one camera, in radians and parts of one.
const UNTURNED: f32 = 0.03;

/// A small picture of how much darker or lighter than its surroundings each place is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Relief {
    width: usize,
    height: usize,
    /// None outside the view.
    steps: Vec<Option<i8>>,
}

/// From shares of one picture's longer side to shares of the other's.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Motion {
    a: f32,
    b: f32,
    x: f32,
    y: f32,
}

/// How a picture lies on another that shows some of the same film.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    share: f64,
    motion: Motion,
}

impl Overlap {
    /// Share of the smaller of the two that the other shows too, 0 to 1.
    pub fn share(&self) -> f64 {
        self.share
    }

    /// Where a place of the first picture lies on the second, each in shares of its picture's longer side.
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let (x, y) = self.motion.apply(x as f32, y as f32);
        (f64::from(x), f64::from(y))
    }

    /// Sides on the second picture over those on the first, both as shares of the longer side.
    pub fn zoom(&self) -> f64 {
        f64::from(self.motion.a.hypot(self.motion.b))
    }
}

/// `None` where nothing says that the two overlap.
pub(super) fn overlap(one: (&Landmarks, &Relief), other: (&Landmarks, &Relief)) -> Option<Overlap> {
    let pairs = one.0.pairs_with(other.0);
    let motion = motion_of(&pairs).filter(|motion| !motion.leaves_in_place())?;
    let strip = || {
        let share = one.1.share_on(other.1, &motion, AT_EDGE, SAME_AT_EDGE)?;
        (motion.is_shift() && share < STRIP).then_some(share)
    };
    let share = one.1.share_on(other.1, &motion, LEFT_OUT, SAME).or_else(strip)?;
    Some(Overlap { share, motion })
}

/// The motion that most landmarks agree on.
fn motion_of(pairs: &[(Placed, Placed)]) -> Option<Motion> {
    let agreeing = |motion: &Motion, near: f32| -> Vec<(Placed, Placed)> {
        let agrees = |(one, other): &&(Placed, Placed)| {
            let (x, y) = motion.apply(one.x, one.y);
            (x - other.x).hypot(y - other.y) < near
        };
        pairs.iter().filter(agrees).copied().collect()
    };
    let mut best = Vec::new();
    for (one, other) in pairs {
        let agree = agreeing(&Motion::of_one(one, other), GUESS);
        if agree.len() > best.len() {
            best = agree;
        }
    }
    for near in CLOSER {
        if best.len() < AGREEING {
            return None;
        }
        best = agreeing(&Motion::of_all(&best)?, near);
    }
    (best.len() >= AGREEING && off_a_line(&best) >= OFF_A_LINE).then(|| Motion::of_all(&best))?
}

/// Standard deviation of the landmarks of the first picture across the line that they lie along.
fn off_a_line(pairs: &[(Placed, Placed)]) -> f32 {
    let mean =
        |of: &dyn Fn(&Placed) -> f32| pairs.iter().map(|(one, _)| of(one)).sum::<f32>() / pairs.len() as f32;
    let (x, y) = (mean(&|p| p.x), mean(&|p| p.y));
    let (xx, yy) = (mean(&|p| (p.x - x).powi(2)), mean(&|p| (p.y - y).powi(2)));
    let xy = mean(&|p| (p.x - x) * (p.y - y));
    // The smaller eigenvalue of the covariance.
    let across = (xx + yy) / 2.0 - ((xx - yy) / 2.0).hypot(xy);
    across.max(0.0).sqrt()
}

impl Motion {
    /// That brings one landmark onto another, its width and direction too.
    fn of_one(one: &Placed, other: &Placed) -> Self {
        let (zoom, turn) = (other.width / one.width, other.turn - one.turn);
        let (a, b) = (zoom * turn.cos(), zoom * turn.sin());
        Self { a, b, x: other.x - (a * one.x - b * one.y), y: other.y - (b * one.x + a * one.y) }
    }

    /// That brings many onto many, by least squares.
    fn of_all(pairs: &[(Placed, Placed)]) -> Option<Self> {
        let mean = |of: fn(&(Placed, Placed)) -> f32| pairs.iter().map(of).sum::<f32>() / pairs.len() as f32;
        let (ax, ay, bx, by) = (mean(|p| p.0.x), mean(|p| p.0.y), mean(|p| p.1.x), mean(|p| p.1.y));
        let (mut dot, mut cross, mut power) = (0.0, 0.0, 0.0);
        for (one, other) in pairs {
            let (ux, uy, vx, vy) = (one.x - ax, one.y - ay, other.x - bx, other.y - by);
            dot += ux * vx + uy * vy;
            cross += ux * vy - uy * vx;
            power += ux * ux + uy * uy;
        }
        let (a, b) = (dot / power, cross / power);
        (power > 0.0).then_some(Self { a, b, x: bx - (a * ax - b * ay), y: by - (b * ax + a * ay) })
    }

    /// What lies over every picture of a camera lies at one place in all of them, and agrees on no motion at all. A field
    /// that has not moved is known as a whole, by the likeness's own grid.
    fn leaves_in_place(&self) -> bool {
        let off = [self.a - 1.0, self.b, self.x, self.y];
        off.into_iter().all(|off| off.abs() < IN_PLACE)
    }

    fn is_shift(&self) -> bool {
        (self.a - 1.0).abs() < UNTURNED && self.b.abs() < UNTURNED
    }

    fn apply(&self, x: f32, y: f32) -> (f32, f32) {
        (self.a * x - self.b * y + self.x, self.b * x + self.a * y + self.y)
    }
}

impl Relief {
    /// Of a reduced picture, of which `in_view` shows film.
    pub(super) fn of(reduced: &RgbImage, in_view: &[bool]) -> Self {
        let (plane, seen) = Blur::shrunk(reduced, in_view, SIDE);
        let differences = less_their_lines(plane.less(&plane.blurred(AROUND)), &seen, plane.width);
        let mut sizes: Vec<f32> =
            differences.iter().zip(&seen).filter(|(_, seen)| **seen).map(|(d, _)| d.abs()).collect();
        let middle = sizes.len() / 2;
        if sizes.is_empty() {
            return Self::default();
        }
        // By the median, which what is the same on every picture does not move.
        let spread = *sizes.select_nth_unstable_by(middle, f32::total_cmp).1;
        if spread <= 0.0 {
            return Self::default();
        }
        let last = f32::from(LAST);
        let step = |d: f32| (d / (DEVIATION * spread) * STEPS).round().clamp(-last, last) as i8;
        let steps = differences.into_iter().zip(seen).map(|(d, seen)| seen.then(|| step(d))).collect();
        Self { width: plane.width, height: plane.height, steps }
    }

    /// Share of the smaller that lies on the other, where the two correlate there by `same`; `left_out` of the sides of
    /// both at either end are not asked.
    fn share_on(&self, other: &Self, motion: &Motion, left_out: f32, same: f64) -> Option<f64> {
        let (here, there) = (self.longer(), other.longer());
        let (mut shared, mut compared) = (0_u32, 0_u32);
        let (mut own, mut others, mut both) = (0.0, 0.0, 0.0);
        for (at, step) in self.steps.iter().enumerate() {
            let Some(step) = step else { continue };
            let (x, y) = ((at % self.width) as f32 + 0.5, (at / self.width) as f32 + 0.5);
            let (u, v) = motion.apply(x / here, y / here);
            let Some(seen) = other.between(u * there, v * there) else { continue };
            shared += 1;
            if self.is_inner(x, y, left_out) && other.is_inner(u * there, v * there, left_out) {
                compared += 1;
                let (a, b) = (f64::from(*step), f64::from(seen));
                own += a * a;
                others += b * b;
                both += a * b;
            }
        }
        let alike = both > 0.0 && both * both >= same * same * own * others;
        if compared < FEWEST || !alike {
            return None;
        }
        let zoom = f64::from(motion.a.hypot(motion.b) * there / here);
        let (film, others_film) = (self.film(), other.film() / (zoom * zoom).max(f64::MIN_POSITIVE));
        Some((f64::from(shared) / film.min(others_film).max(1.0)).min(1.0))
    }

    fn longer(&self) -> f32 {
        self.width.max(self.height) as f32
    }

    fn film(&self) -> f64 {
        self.steps.iter().flatten().count() as f64
    }

    fn is_inner(&self, x: f32, y: f32, left_out: f32) -> bool {
        let inner = |at: f32, length: usize| {
            let length = length as f32;
            (left_out * length..=(1.0 - left_out) * length).contains(&at)
        };
        inner(x, self.width) && inner(y, self.height)
    }

    /// The steps around a place, weighed by their distance; none beyond the view.
    fn between(&self, x: f32, y: f32) -> Option<f32> {
        let (x, y) = (x - 0.5, y - 0.5);
        if x < 0.0 || y < 0.0 {
            return None;
        }
        let (column, row) = (x as usize, y as usize);
        if column + 1 >= self.width || row + 1 >= self.height {
            return None;
        }
        let at = |dx: usize, dy: usize| {
            Some(f32::from((*self.steps.get((row + dy) * self.width + column + dx)?)?))
        };
        let (right, down) = (x.fract(), y.fract());
        let upper = at(0, 0)? * (1.0 - right) + at(1, 0)? * right;
        let lower = at(0, 1)? * (1.0 - right) + at(1, 1)? * right;
        Some(upper * (1.0 - down) + lower * down)
    }
}

/// Differences less the median of their column, then of their row: what runs along a side of the picture, as the edge of a
/// black bar does, is the same on every picture of a camera. Film has no such lines.
fn less_their_lines(mut differences: Vec<f32>, seen: &[bool], width: usize) -> Vec<f32> {
    let height = differences.len().checked_div(width).unwrap_or(0);
    let columns = (0..width).map(|x| (x, width, height));
    let rows = (0..height).map(|y| (y * width, 1, width));
    for (from, step, length) in columns.chain(rows) {
        let places = || (0..length).map(|n| from + n * step).filter(|at| seen[*at]);
        let mut line: Vec<f32> = places().map(|at| differences[at]).collect();
        let middle = line.len() / 2;
        if !line.is_empty() {
            let median = *line.select_nth_unstable_by(middle, f32::total_cmp).1;
            places().for_each(|at| differences[at] -= median);
        }
    }
    differences
}

impl From<Relief> for String {
    /// Its width and, for each pixel, a hexadecimal digit, or `f` outside the view.
    fn from(relief: Relief) -> Self {
        let digit = |step: &Option<i8>| match step {
            Some(step) => char::from_digit(u32::try_from(step + LAST).unwrap_or(0), 16).unwrap_or('0'),
            None => 'f',
        };
        format!("{}:{}", relief.width, relief.steps.iter().map(digit).collect::<String>())
    }
}

impl TryFrom<String> for Relief {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let read = || {
            let (width, digits) = text.split_once(':')?;
            let width: usize = width.parse().ok()?;
            let step = |c: char| match c.to_digit(16)? {
                15 => Some(None),
                digit => Some(Some(i8::try_from(digit).ok()? - LAST)),
            };
            let steps: Vec<Option<i8>> = digits.chars().map(step).collect::<Option<_>>()?;
            let height = steps.len() / width.max(1);
            let sound = width <= SIDE && height <= SIDE && width * height == steps.len();
            sound.then_some(Self { width, height, steps })
        };
        read().ok_or_else(|| "no relief of a picture".to_owned())
    }
}
