//! Places of a picture that are known again in another one of the same film, whatever part of it that shows: a cut, a
//! closer look, a turned or shifted one.
//!
//! Landmarks are blobs of any size, extrema of differences of blurred light (after Lowe, Int. J. Comput. Vision 60, 2004),
//! each with a pattern of comparisons around it, turned as its surroundings are (ORB: Rublee et al., ICCV 2011). Only where
//! a place is darker than another enters, not how dark it is. All is kept in whole numbers, so that a likeness which was
//! written and read again answers as before.

use image::RgbImage;
use serde::{Deserialize, Serialize};

use super::blur::Blur;

/// Longer side of the plane in which landmarks are sought, pixels.
const SIDE: usize = 400;
/// Landmarks kept of a picture: the strongest.
const MOST: usize = 256;
/// Blurs, each by this factor wider than the one before, and the first, in pixels of the plane.
const LEVELS: usize = 9;
const STEP: f32 = std::f32::consts::SQRT_2;
const FINEST: f32 = 1.6;
/// Steps of brightness that a blob stands out by at least.
const FAINTEST: f32 = 1.0;
/// 64 comparisons at a time.
const WORDS: usize = 4;
/// How far comparisons reach, in widths of the blob: over its neighbours.
const REACH: f32 = 6.0;
/// Whole numbers of a place, in longer sides, and of a full turn.
const PLACES: f32 = 65_535.0;
const TURNS: f32 = 256.0;
/// Bits by which the patterns of one place may differ in two pictures; in those of two places half of all do.
const ALIKE: u32 = 80;
/// The same for the first word, which parts most others at once.
const ALIKE_AT_FIRST: u32 = 30;
/// Bytes of a landmark as it is written.
const BYTES: usize = 6 + 8 * WORDS;

/// The landmarks of a picture, the strongest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Landmarks {
    /// Longer side of the plane in which they were found, pixels.
    side: u16,
    marks: Vec<Landmark>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Landmark {
    x: u16,
    y: u16,
    /// Number of the blur, and 128 for a dark blob.
    kind: u8,
    turn: u8,
    pattern: [u64; WORDS],
}

/// A landmark's place in shares of the picture's longer side, its width in the same, and its direction in radians.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) turn: f32,
}

impl Landmarks {
    /// Of a reduced picture, of which `in_view` shows film.
    pub(super) fn of(reduced: &RgbImage, in_view: &[bool]) -> Self {
        let (plane, seen) = Blur::shrunk(reduced, in_view, SIDE);
        let levels: Vec<Blur> = (0..=LEVELS).map(|level| plane.blurred(width_of(level))).collect();
        let differences: Vec<Vec<f32>> = levels.windows(2).map(|pair| pair[1].less(&pair[0])).collect();
        let mut found: Vec<(f32, usize, usize, usize)> = Vec::new();
        for level in 1..LEVELS - 1 {
            let margin = (1.5 * width_of(level)) as usize + 1;
            for y in margin..plane.height.saturating_sub(margin) {
                for x in margin..plane.width.saturating_sub(margin) {
                    let at = y * plane.width + x;
                    let value = differences[level][at];
                    if value.abs() >= FAINTEST && seen[at] && stands_out(&differences, level, at, plane.width)
                    {
                        found.push((value, level, y, x));
                    }
                }
            }
        }
        found.sort_by(|a, b| {
            b.0.abs().total_cmp(&a.0.abs()).then_with(|| (a.1, a.2, a.3).cmp(&(b.1, b.2, b.3)))
        });
        found.truncate(MOST);
        let pairs = comparisons();
        let longer = plane.width.max(plane.height) as f32;
        let scaled = |at: usize| (at as f32 / longer * PLACES).round() as u16;
        let landmark = |(value, level, y, x): (f32, usize, usize, usize)| {
            let (light, reach) = (&levels[level.saturating_sub(1)], REACH * width_of(level));
            let turn = (direction(light, x, y, reach) / std::f32::consts::TAU * TURNS).round() as i32;
            let turn = turn.rem_euclid(TURNS as i32) as u8;
            Landmark {
                x: scaled(x),
                y: scaled(y),
                kind: level as u8 | if value > 0.0 { 128 } else { 0 },
                turn,
                pattern: pattern(light, (x, y), reach, radians(turn), &pairs),
            }
        };
        Self { side: longer as u16, marks: found.into_iter().map(landmark).collect() }
    }

    /// Pairs of landmarks, of this picture and of the other, that are nearest to each other among all.
    pub(super) fn pairs_with(&self, other: &Self) -> Vec<(Placed, Placed)> {
        let pair = |(i, mark): (usize, &Landmark)| {
            let found = other.nearest(mark)?;
            let back = &other.marks[found];
            (self.nearest(back)? == i).then(|| (mark.placed(self.side), back.placed(other.side)))
        };
        self.marks.iter().enumerate().filter_map(pair).collect()
    }

    fn nearest(&self, to: &Landmark) -> Option<usize> {
        let distance = |(i, mark): (usize, &Landmark)| {
            let differ = |word: usize| (mark.pattern[word] ^ to.pattern[word]).count_ones();
            let first = differ(0);
            if first > ALIKE_AT_FIRST || (mark.kind ^ to.kind) & 128 != 0 {
                return None;
            }
            let all = first + (1..WORDS).map(differ).sum::<u32>();
            (all <= ALIKE).then_some((all, i))
        };
        self.marks.iter().enumerate().filter_map(distance).min().map(|(_, i)| i)
    }
}

impl Landmark {
    fn placed(&self, side: u16) -> Placed {
        Placed {
            x: f32::from(self.x) / PLACES,
            y: f32::from(self.y) / PLACES,
            width: width_of(usize::from(self.kind & 127)) / f32::from(side.max(1)),
            turn: radians(self.turn),
        }
    }
}

fn width_of(level: usize) -> f32 {
    FINEST * STEP.powi(level as i32)
}

fn radians(turn: u8) -> f32 {
    f32::from(turn) / TURNS * std::f32::consts::TAU
}

/// Whether a place is an extremum among its 26 neighbours, on its level and on both sides of it.
fn stands_out(differences: &[Vec<f32>], level: usize, at: usize, width: usize) -> bool {
    let value = differences[level][at];
    (0..27).filter(|neighbour| *neighbour != 13).all(|neighbour| {
        let (l, y, x) = (neighbour / 9, neighbour / 3 % 3, neighbour % 3);
        let other = differences[level + l - 1][at + y * width + x - width - 1];
        if value > 0.0 { value > other } else { value < other }
    })
}

/// Pairs of places in a disc of radius 1, always the same.
fn comparisons() -> Vec<[(f32, f32); 2]> {
    let mut state = 0x9e37_79b9_u32;
    let mut draw = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    let mut place = || loop {
        let (x, y) = (draw(), draw());
        if x * x + y * y <= 1.0 {
            return (x, y);
        }
    };
    (0..64 * WORDS).map(|_| [place(), place()]).collect()
}

/// Which of each pair of places around a blob is the darker.
fn pattern(
    light: &Blur,
    (x, y): (usize, usize),
    reach: f32,
    turn: f32,
    pairs: &[[(f32, f32); 2]],
) -> [u64; WORDS] {
    let (sin, cos) = turn.sin_cos();
    let at = |(u, v): (f32, f32)| {
        let (dx, dy) = (reach * (u * cos - v * sin), reach * (u * sin + v * cos));
        light.at(x as f32 + dx, y as f32 + dy)
    };
    let mut pattern = [0; WORDS];
    for (bit, [one, other]) in pairs.iter().enumerate() {
        pattern[bit / 64] |= u64::from(at(*one) < at(*other)) << (bit % 64);
    }
    pattern
}

/// Towards the lighter side of the surroundings, radians.
fn direction(light: &Blur, x: usize, y: usize, reach: f32) -> f32 {
    const STEPS: i32 = 12;
    let (mut sum_x, mut sum_y) = (0.0, 0.0);
    for row in -STEPS..=STEPS {
        for column in (-STEPS..=STEPS).filter(|column| row * row + column * column <= STEPS * STEPS) {
            let (dx, dy) = (column as f32 * reach / STEPS as f32, row as f32 * reach / STEPS as f32);
            let seen = light.at(x as f32 + dx, y as f32 + dy);
            sum_x += dx * seen;
            sum_y += dy * seen;
        }
    }
    sum_y.atan2(sum_x)
}

impl From<Landmarks> for String {
    /// The side, then the landmarks in hexadecimal digits.
    fn from(landmarks: Landmarks) -> Self {
        let bytes = landmarks.marks.iter().flat_map(|mark| {
            let [x, y] = [mark.x, mark.y].map(u16::to_be_bytes);
            let pattern = mark.pattern.into_iter().flat_map(u64::to_be_bytes);
            [x[0], x[1], y[0], y[1], mark.kind, mark.turn].into_iter().chain(pattern)
        });
        let digits: String = bytes.map(|byte| format!("{byte:02x}")).collect();
        format!("{}:{digits}", landmarks.side)
    }
}

impl TryFrom<String> for Landmarks {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || "no landmarks of a picture".to_owned();
        let (side, text) = text.split_once(':').ok_or_else(wrong)?;
        let side = side.parse().map_err(|_| wrong())?;
        let digits: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
        let digits =
            digits.filter(|d| d.len() % (2 * BYTES) == 0 && d.len() <= 2 * BYTES * MOST).ok_or_else(wrong)?;
        let bytes: Vec<u8> = digits.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect();
        let marks = bytes.as_chunks::<BYTES>().0.iter().map(|[x1, x0, y1, y0, kind, turn, pattern @ ..]| {
            let words = pattern.as_chunks::<8>().0.iter().map(|word| u64::from_be_bytes(*word));
            let pattern: Vec<u64> = words.collect();
            Landmark {
                x: u16::from_be_bytes([*x1, *x0]),
                y: u16::from_be_bytes([*y1, *y0]),
                kind: *kind & 128 | (*kind & 127).min(LEVELS as u8),
                turn: *turn,
                pattern: pattern.try_into().unwrap_or_default(),
            }
        });
        Ok(Self { side, marks: marks.collect() })
    }
}
