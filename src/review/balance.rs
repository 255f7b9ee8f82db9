//! What signed readings teach about scores: from which score a site's false and missed parasites balance.
//!
//! Only fields in which everything is known count: looked at as a whole, with every suspect judged. There what the
//! machine marked and the reader rejected is false; so is a near miss that the reader, who saw the field, did not confirm.
//! What the reader could not tell is neither. A threshold below the bundle's own can be told as far down as near misses
//! reach: a field keeps the 30 likeliest of them, so that one with 30 tells nothing below the least of these.
//!
//! Asexual parasites alone: gametocytes have a threshold of their own (MCH-8).

use super::counts::ReadCounts;
use super::decision::Verdict;
use super::marks::{Mark, MarkOrigin, ReadField};
use super::replay::ReadSlide;
use crate::record::{FieldRecord, SlideRecord};
use crate::tally::FieldTally;
use crate::terms::{CellClass, Film};

/// Fewest parasites of all slides together that a balance is taken from: with fewer, one more or less moves it far.
pub const LEAST_PARASITES: usize = 50;

/// Near misses of a field at which some may be left out.
const MOST_NEAR_MISSES: usize = 30;

/// What one reading of one film teaches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadScores {
    /// Scores of marks that are parasites.
    right: Vec<f32>,
    /// Scores of marks that are none.
    wrong: Vec<f32>,
    /// Parasites without a mark.
    unmarked: usize,
    /// Below this score not every mark is known.
    known_from: f32,
    /// Whether everything in every counted field of the film is known.
    whole: bool,
    /// Whether a parasite was seen, or may have been: a doubtful mark, a gametocyte.
    parasites: bool,
}

/// Where false and missed parasites are as many as each other, as nearly as these slides tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// The score.
    pub score: f32,
    /// Parasites of all slides.
    pub parasites: usize,
    /// Marks of at least this score that are none.
    pub false_parasites: usize,
    /// Parasites of a lower score, or without a mark.
    pub missed_parasites: usize,
}

impl ReadScores {
    /// Of one film of a slide as it was read; `None` where the slide has no counted field of it.
    pub fn of(record: &SlideRecord, slide: &ReadSlide, film: Film) -> Option<Self> {
        let mut found = Self { whole: true, ..Self::default() };
        let mut fields = counted(record, slide, film).peekable();
        fields.peek()?;
        for (field, read) in fields {
            if !read.looked || read.suspects().any(|mark| mark.verdict.is_none()) {
                found.whole = false;
                continue;
            }
            read.marks.iter().for_each(|mark| found.take(mark));
            if field.near_misses.len() >= MOST_NEAR_MISSES {
                let least = field.near_misses.iter().map(|near| near.score.get()).fold(1.0, f32::min);
                found.known_from = found.known_from.max(least);
            }
        }
        Some(found)
    }

    fn take(&mut self, mark: &Mark) {
        let seen = mark.counts_as().map(|(class, _)| class);
        let doubtful = mark.verdict == Some(Verdict::Doubtful);
        self.parasites |= doubtful || seen.is_some_and(CellClass::is_parasite);
        match mark.origin {
            MarkOrigin::Machine | MarkOrigin::NearMiss if mark.class == CellClass::AsexualParasite => {
                let Some(score) = mark.score else { return };
                match seen {
                    Some(CellClass::AsexualParasite) => self.right.push(score),
                    Some(CellClass::Gametocyte) => {}
                    _ if doubtful => {}
                    _ => self.wrong.push(score),
                }
            }
            MarkOrigin::Machine | MarkOrigin::NearMiss => {}
            MarkOrigin::Own | MarkOrigin::Carried => {
                self.unmarked += usize::from(seen == Some(CellClass::AsexualParasite));
            }
        }
    }

    /// Whether the reader looked at every counted field of the film as a whole and judged every suspect in it.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether the whole film was read and nothing in it was a parasite, or could have been one.
    pub fn is_malaria_free(&self) -> bool {
        self.whole && !self.parasites
    }
}

/// The counted fields of a film, copies left out.
fn counted<'a>(
    record: &'a SlideRecord,
    slide: &'a ReadSlide,
    film: Film,
) -> impl Iterator<Item = (&'a FieldRecord, &'a ReadField)> {
    let both = record.fields.iter().zip(&slide.fields);
    both.filter(move |(_, read)| read.key.film == film && read.counts() && !read.copy)
}

/// What the machine would count on a film's fields from this score on.
pub fn counted_from(record: &SlideRecord, slide: &ReadSlide, film: Film, score: f32) -> FieldTally {
    counted(record, slide, film).map(|(field, read)| ReadCounts::from_score(field, read, score)).sum()
}

impl Balance {
    /// Of these readings of one film. `lowest` is the least score that the machine keeps. `None` with fewer than
    /// [`LEAST_PARASITES`] parasites, and where more are missed than are false at the least score that can be told.
    pub fn of(slides: &[ReadScores], lowest: f32) -> Option<Self> {
        let known_from = slides.iter().map(|slide| slide.known_from).fold(lowest, f32::max);
        let sorted = |of: fn(&ReadScores) -> &Vec<f32>| {
            let mut scores: Vec<f32> = slides.iter().flat_map(of).copied().collect();
            scores.sort_by(f32::total_cmp);
            scores
        };
        let (right, wrong) = (sorted(|s| &s.right), sorted(|s| &s.wrong));
        let unmarked: usize = slides.iter().map(|slide| slide.unmarked).sum();
        let parasites = right.len() + unmarked;
        if parasites < LEAST_PARASITES {
            return None;
        }
        let at = |score: f32| Self {
            score,
            parasites,
            false_parasites: wrong.len() - wrong.partition_point(|s| *s < score),
            missed_parasites: unmarked + right.partition_point(|s| *s < score),
        };
        let mut scores: Vec<f32> = right.iter().chain(&wrong).copied().filter(|s| *s > known_from).collect();
        scores.sort_by(f32::total_cmp);
        scores.dedup();
        // Half-way between two marks, for a record keeps four decimals of a score.
        let mut places = vec![known_from];
        places.extend(scores.windows(2).filter_map(|pair| Some((pair.first()? + pair.last()?) / 2.0)));
        places.extend(scores.last().map(|last| (last + 1.0) / 2.0));
        let first = at(known_from);
        if first.missed_parasites > first.false_parasites {
            return None;
        }
        places.into_iter().map(at).min_by_key(|here| {
            (
                here.false_parasites.abs_diff(here.missed_parasites),
                here.false_parasites + here.missed_parasites,
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slide(right: &[f32], wrong: &[f32], unmarked: usize) -> ReadScores {
        ReadScores {
            right: right.to_vec(),
            wrong: wrong.to_vec(),
            unmarked,
            whole: true,
            ..ReadScores::default()
        }
    }

    /// 61 parasites with scores of 0.40 to 1.00, 40 false marks with scores of 0.30 to 0.69.
    fn read() -> ReadScores {
        let right: Vec<f32> = (40..=100).map(|n| n as f32 / 100.0).collect();
        let wrong: Vec<f32> = (30..70).map(|n| n as f32 / 100.0).collect();
        slide(&right, &wrong, 0)
    }

    #[test]
    fn as_many_are_false_as_are_missed() {
        let balance = Balance::of(&[read()], 0.1).expect("a balance");
        assert_eq!((balance.false_parasites, balance.missed_parasites, balance.parasites), (15, 15, 61));
        assert!((0.54..0.55).contains(&balance.score), "{}", balance.score);
        // Parasites that nothing marked are missed at every score: the balance lies lower.
        let missed = Balance::of(&[read(), slide(&[], &[], 10)], 0.1).expect("a balance");
        assert_eq!((missed.false_parasites, missed.missed_parasites), (20, 20));
        assert!(missed.score < balance.score);
    }

    #[test]
    fn too_little_tells_no_balance() {
        let right = vec![0.9; LEAST_PARASITES - 1];
        assert_eq!(Balance::of(&[slide(&right, &[0.5; 60], 0)], 0.1), None);
        // More missed than false wherever it is looked.
        assert_eq!(Balance::of(&[slide(&[0.9; 60], &[0.5; 5], 20)], 0.1), None);
        // Below what is known nothing is said.
        let cut = ReadScores { known_from: 0.62, ..read() };
        assert_eq!(Balance::of(&[cut], 0.1), None);
    }
}
