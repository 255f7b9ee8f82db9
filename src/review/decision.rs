//! What a reader can decide. Each decision names its place itself, so that it holds for another run of the machine too.

use serde::{Deserialize, Serialize};

use crate::measure::PxRect;
use crate::record::{DetectionRecord, FieldRecord};
use crate::terms::{CellClass, Film, Stage};
use crate::text::is_one_line;
use crate::{Error, ErrorKind, Result};

/// Most characters of a reason or a name.
const MAX_TEXT: usize = 400;

/// A field by what it shows, not by what its file is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldKey {
    /// The film.
    pub film: Film,
    /// SHA-256 of the file's bytes.
    pub sha256: String,
    /// Page within the file, from 0.
    pub page: u32,
}

impl From<&FieldRecord> for FieldKey {
    fn from(field: &FieldRecord) -> Self {
        Self { film: field.film, sha256: field.sha256.clone(), page: field.page }
    }
}

/// A box in pixels of the upright picture, with one decimal as in the record.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Side along x.
    pub width: f64,
    /// Side along y.
    pub height: f64,
}

impl Bounds {
    /// Of what the machine found.
    pub fn of(found: &DetectionRecord) -> Self {
        Self { x: found.x, y: found.y, width: found.width, height: found.height }
    }

    /// Centre, x then y.
    pub fn centre(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The same as a checked box; `None` for one that is empty or not finite.
    pub fn rect(&self) -> Option<PxRect> {
        PxRect::new(self.x, self.y, self.width, self.height)
    }

    /// True where its centre lies in a picture of this size.
    pub fn lies_in(&self, width: u32, height: u32) -> bool {
        let (x, y) = self.centre();
        let inside = |v: f64, side: u32| v >= 0.0 && v < f64::from(side);
        self.rect().is_some() && inside(x, width) && inside(y, height)
    }

    /// Rounded as the record rounds.
    #[must_use]
    pub fn rounded(self) -> Self {
        let tenth = |v: f64| (v * 10.0).round() / 10.0;
        Self { x: tenth(self.x), y: tenth(self.y), width: tenth(self.width), height: tenth(self.height) }
    }
}

/// What a reader says of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    /// It is this.
    Seen {
        /// What it is.
        class: CellClass,
        /// Stage of a parasite, where the reader names it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage: Option<Stage>,
    },
    /// It is nothing that is counted: dirt, stain, a fold.
    Nothing,
    /// It cannot be told; it counts as not confirmed.
    Doubtful,
}

impl Verdict {
    /// The class and stage that it counts as; `None` where it does not count.
    pub fn counts_as(self) -> Option<(CellClass, Option<Stage>)> {
        match self {
            Self::Seen { class, stage } => Some((class, stage)),
            Self::Nothing | Self::Doubtful => None,
        }
    }
}

/// What the machine said of a thing when the reader judged it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// The field.
    pub field: FieldKey,
    /// Where.
    pub at: Bounds,
    /// What it was taken for.
    pub class: CellClass,
    /// Its stage, where one was given.
    pub stage: Option<Stage>,
    /// How sure the machine was.
    pub score: f32,
    /// Digest of the bundle that found it.
    pub bundle: String,
}

/// The thing that a decision is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Subject {
    /// Something that the machine found, known by its place.
    Machine(Machine),
    /// Something that a reader added, known by the number of that decision.
    Own {
        /// Number of the decision that added it.
        added: i64,
    },
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Decision {
    /// What a mark is.
    Judge {
        /// The mark.
        subject: Subject,
        /// What the reader says.
        verdict: Verdict,
    },
    /// Something that the machine missed.
    Add {
        /// The field.
        field: FieldKey,
        /// Where.
        at: Bounds,
        /// What it is.
        class: CellClass,
        /// Its stage, where named.
        stage: Option<Stage>,
    },
    /// A mark lies elsewhere.
    Move {
        /// The mark.
        subject: Subject,
        /// Where it lies.
        to: Bounds,
    },
    /// A mark that a reader added is taken away again.
    Remove {
        /// Number of the decision that added it.
        added: i64,
    },
    /// A field is left out of the count.
    Exclude {
        /// The field.
        field: FieldKey,
        /// Why.
        reason: String,
    },
    /// A field that was left out by a reader is counted again.
    Include {
        /// The field.
        field: FieldKey,
    },
    /// The reader looked at the whole field, or takes that back.
    Looked {
        /// The field.
        field: FieldKey,
        /// Whether it was looked at.
        whole: bool,
    },
    /// From here on the suspects of a film are read by a sample of this size, or one by one again where it is 0.
    Sample {
        /// The film.
        film: Film,
        /// Suspects drawn.
        size: u64,
    },
    /// Takes back what was decided together under this number.
    Undo {
        /// Number of the first decision taken back.
        batch: i64,
    },
}

impl Decision {
    /// Refuses what no page sends: a reason that is empty, too long or more than one line; a box that is none.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming it.
    pub fn check(&self) -> Result<()> {
        let refused = |what: &str| {
            Err(Error::new(ErrorKind::Usage, format!("this decision cannot be kept: {what}"))
                .with_key("error-review-decision")
                .with_arg("reason", what))
        };
        match self {
            Self::Exclude { reason, .. } if !is_plain(reason) => refused("the reason is empty or too long"),
            Self::Add { at, .. } | Self::Move { to: at, .. } if at.rect().is_none() => {
                refused("the place is no box")
            }
            Self::Add { class, stage: Some(_), .. } if !class.is_parasite() => {
                refused("only a parasite has a stage")
            }
            _ => Ok(()),
        }
    }
}

/// A text of one line, not empty and not endless.
pub(super) fn is_plain(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= MAX_TEXT && is_one_line(text)
}
