//! From a reader's marks to whole numbers, by the same hands that count what the machine found.

use super::marks::{Mark, ReadField};
use super::replay::ReadSlide;
use crate::detect::{Detection, place_in_red_cells};
use crate::measure::{Probability, PxSize};
use crate::optics::{Disc, View};
use crate::record::{FieldRecord, SlideRecord, ViewRecord};
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
        Self { read: read_tally(field, read), open: open_tally(field, read) }
    }
}

/// What a reader counts in a field: parasites that are confirmed or added, and cells that nobody rejected.
fn read_tally(field: &FieldRecord, read: &ReadField) -> FieldTally {
    tally(field, read, Mark::counts_as)
}

/// The same with every suspect that a reader has not judged, or could not tell.
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
        place_in_red_cells(&mut found, &view_of(field), scale.um_per_px);
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

/// The examined part of a field.
fn view_of(field: &FieldRecord) -> View {
    let size = PxSize { width: field.width, height: field.height };
    match field.view {
        ViewRecord::Whole => View::whole(size),
        ViewRecord::Disc { x, y, radius } => View::within(size, Disc { x, y, radius }),
    }
}
