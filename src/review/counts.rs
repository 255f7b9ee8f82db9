//! From a reader's marks to whole numbers, by the same hands that count what the machine found.

use std::collections::HashSet;

use super::marks::{Mark, MarkId, MarkOrigin, ReadField};
use super::replay::ReadSlide;
use crate::detect::{Detection, place_in_red_cells};
use crate::measure::Probability;
use crate::record::{FieldRecord, SlideRecord};
use crate::tally::{FieldTally, tally_field};
use crate::terms::{CellClass, Film, Stage};

/// Counts of every field of a reading, in the order of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadCounts {
    of_fields: Vec<FieldCounts>,
}

/// Counts of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FieldCounts {
    /// What the reader counts.
    pub(super) read: FieldTally,
    /// The same with all that is open.
    pub(super) open: FieldTally,
    /// The reader's cells with every suspect of the machine, and nothing that the reader added.
    marked: FieldTally,
}

/// Which parasites are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// Those that the reader confirmed or added.
    Read,
    /// These and all that is open.
    Open,
    /// Every suspect of the machine.
    Marked,
}

impl ReadCounts {
    /// Counts a slide as it is read so far.
    pub fn of(record: &SlideRecord, slide: &ReadSlide) -> Self {
        let both = record.fields.iter().zip(&slide.fields);
        Self { of_fields: both.map(|(field, read)| FieldCounts::of(field, read)).collect() }
    }

    /// Counts one field again, after a decision about it.
    pub fn recount(&mut self, record: &SlideRecord, slide: &ReadSlide, field: usize) {
        if let (Some(counts), Some(record), Some(read)) =
            (self.of_fields.get_mut(field), record.fields.get(field), slide.fields.get(field))
        {
            *counts = FieldCounts::of(record, read);
        }
    }

    /// Counts of one field: what the reader counts, or all that may be there where the field does not count.
    pub(super) fn of_field(&self, field: usize, counts: bool) -> Option<FieldTally> {
        self.of_fields.get(field).map(|of| of.of_kind(Counted::Read, counts))
    }

    /// Counts of one field as the machine counts that takes asexual parasites from this score on: near misses among
    /// them, where it is lower than its own.
    pub(super) fn from_score(field: &FieldRecord, read: &ReadField, score: f32) -> FieldTally {
        tally(field, read, |mark| {
            let reaches = mark.score.is_some_and(|of_mark| of_mark >= score);
            let counts = match (mark.origin, mark.class) {
                (MarkOrigin::Machine | MarkOrigin::NearMiss, CellClass::AsexualParasite) => reaches,
                (MarkOrigin::Machine, _) => true,
                _ => false,
            };
            counts.then_some((mark.class, mark.stage))
        })
    }

    /// Counts of a film's fields by what was confirmed of a sample alone: whether each counts, and its counts.
    pub(super) fn sampled(
        &self,
        record: &SlideRecord,
        slide: &ReadSlide,
        film: Film,
        drawn: &HashSet<MarkId>,
    ) -> Vec<(bool, FieldTally)> {
        let both = record.fields.iter().zip(&slide.fields).zip(&self.of_fields);
        both.filter(|((_, read), _)| read.key.film == film && !read.copy)
            .map(|((field, read), counts)| {
                let of_sample = |mark: &Mark| match mark.is_suspect() {
                    true => mark.counts_as().filter(|_| drawn.contains(&mark.id)),
                    false => machine_cell(mark),
                };
                let counted = read.counts();
                (counted, if counted { tally(field, read, of_sample) } else { counts.open })
            })
            .collect()
    }

    /// The fields of a film, copies left out, with their counts.
    pub(super) fn of_film<'a>(
        &'a self,
        slide: &'a ReadSlide,
        film: Film,
    ) -> impl Iterator<Item = (&'a ReadField, FieldCounts)> + Clone + 'a {
        let both = slide.fields.iter().zip(self.of_fields.iter().copied());
        both.filter(move |(read, _)| read.key.film == film && !read.copy)
    }
}

impl FieldCounts {
    fn of(field: &FieldRecord, read: &ReadField) -> Self {
        Self {
            read: tally(field, read, Mark::counts_as),
            open: open_tally(field, read),
            marked: tally(field, read, |mark| {
                if mark.is_suspect() { Some((mark.class, mark.stage)) } else { machine_cell(mark) }
            }),
        }
    }

    /// The count that is asked for; in a field that does not count, all that may be there (DET-12).
    pub(super) fn of_kind(&self, kind: Counted, counts: bool) -> FieldTally {
        match kind {
            _ if !counts => self.open,
            Counted::Read => self.read,
            Counted::Open => self.open,
            Counted::Marked => self.marked,
        }
    }
}

/// What a mark of the machine counts as where it is a cell and no parasite.
fn machine_cell(mark: &Mark) -> Option<(CellClass, Option<Stage>)> {
    let machine = matches!(mark.origin, MarkOrigin::Machine);
    mark.counts_as().filter(|(class, _)| machine && !class.is_parasite())
}

/// What a reader counts with every suspect that nobody has judged, or could not tell.
fn open_tally(field: &FieldRecord, read: &ReadField) -> FieldTally {
    tally(field, read, |mark| {
        let open = mark.may_be_parasite() && mark.counts_as().is_none();
        if open { Some((mark.class, mark.stage)) } else { mark.counts_as() }
    })
}

fn tally(
    field: &FieldRecord,
    read: &ReadField,
    what: impl Fn(&Mark) -> Option<(CellClass, Option<Stage>)>,
) -> FieldTally {
    let mut found: Vec<Detection> =
        read.marks.iter().filter_map(|mark| detection(mark, what(mark)?)).collect();
    if field.film == Film::Thin
        && let Some(scale) = &field.scale
    {
        place_in_red_cells(&mut found, &field.examined(), scale.um_per_px);
    }
    tally_field(field.film, &found)
}

fn detection(mark: &Mark, (class, stage): (CellClass, Option<Stage>)) -> Option<Detection> {
    Some(Detection {
        class,
        stage,
        score: mark.score.and_then(Probability::new).or_else(|| Probability::new(1.0))?,
        bounds: mark.at.rect()?,
        parasites_inside: None,
        gametocytes_inside: None,
        in_red_cell: None,
        cut: class == CellClass::RedCell && mark.cut,
    })
}
