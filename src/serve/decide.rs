//! What a page asks to decide, made into decisions that name their places.

use serde::Deserialize;

use crate::record::SlideRecord;
use crate::review::{Bounds, Decision, FieldKey, MarkId, ReadSlide, Verdict};
use crate::terms::{CellClass, Film, Stage};
use crate::{Error, ErrorKind, Result};

/// Decisions that were made together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Together {
    /// The reading.
    pub(super) reading: i64,
    /// Chosen by the page: the same again is the same decisions.
    pub(super) key: String,
    /// The last decision that the page knows of.
    pub(super) since: i64,
    /// The decisions.
    pub(super) decisions: Vec<Wanted>,
}

/// One decision as a page names it.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Wanted {
    Judge { mark: String, verdict: Verdict },
    Add { field: usize, x: f64, y: f64, width: f64, height: f64, class: CellClass, stage: Option<Stage> },
    Move { mark: String, x: f64, y: f64 },
    Remove { mark: String },
    Exclude { field: usize, reason: String },
    Include { field: usize },
    Looked { field: usize, whole: bool },
    Sample { film: Film, size: u64 },
}

impl Wanted {
    /// The decision, which names its place itself.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a mark or field that is not there, or a place outside its picture.
    pub(super) fn decision(&self, record: &SlideRecord, slide: &ReadSlide) -> Result<Decision> {
        let id = |mark: &str| mark.parse::<MarkId>().map_err(|()| no_mark());
        let subject = |mark: &str| id(mark).and_then(|id| slide.subject(id, record).ok_or_else(no_mark));
        let key = |field: usize| record.fields.get(field).map(FieldKey::from).ok_or_else(no_mark);
        Ok(match self {
            Self::Judge { mark, verdict } => Decision::Judge { subject: subject(mark)?, verdict: *verdict },
            Self::Add { field, x, y, width, height, class, stage } => {
                let at = Bounds { x: *x, y: *y, width: *width, height: *height }.rounded();
                within(record, *field, &at)?;
                Decision::Add { field: key(*field)?, at, class: *class, stage: *stage }
            }
            Self::Move { mark, x, y } => {
                let (field, found) = slide.mark(id(mark)?).ok_or_else(no_mark)?;
                let to = Bounds { x: *x, y: *y, ..found.at }.rounded();
                within(record, field, &to)?;
                Decision::Move { subject: subject(mark)?, to }
            }
            Self::Remove { mark } => match id(mark)? {
                MarkId::Own(added) if slide.mark(MarkId::Own(added)).is_some() => Decision::Remove { added },
                _ => return Err(no_mark()),
            },
            Self::Exclude { field, reason } => {
                Decision::Exclude { field: key(*field)?, reason: reason.trim().to_owned() }
            }
            Self::Include { field } => Decision::Include { field: key(*field)? },
            Self::Looked { field, whole } => Decision::Looked { field: key(*field)?, whole: *whole },
            Self::Sample { film, size } => Decision::Sample { film: *film, size: *size },
        })
    }
}

fn no_mark() -> Error {
    Error::new(ErrorKind::Usage, "there is no such mark or field any more; open the slide again")
        .with_key("error-review-no-mark")
}

fn within(record: &SlideRecord, field: usize, at: &Bounds) -> Result<()> {
    let inside = record.fields.get(field).is_some_and(|f| at.lies_in(f.width, f.height));
    if inside { Ok(()) } else { Err(no_mark()) }
}
