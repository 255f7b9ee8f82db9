//! The marks of a field: what the machine found, what it nearly found, and what a reader added.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::decision::{Bounds, FieldKey, Verdict};
use crate::detect::{Detection, red_cells_around};
use crate::record::{DetectionRecord, FieldRecord};
use crate::terms::{CellClass, Film, Stage};

/// Where a mark comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum MarkOrigin {
    /// The machine found it.
    Machine,
    /// The machine found it and was not sure enough; it counts only where a reader confirms it.
    NearMiss,
    /// A reader added it.
    Own,
    /// A reader judged it in an earlier run of the machine, and this run does not find it.
    Carried,
}

impl MarkOrigin {
    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Name of a mark while a slide is open; what is stored is its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkId {
    /// Of the record: field and number of the detection.
    Machine(usize, usize),
    /// Of the record: field and number of the near miss.
    NearMiss(usize, usize),
    /// Number of the decision that added it.
    Own(i64),
    /// Number of the decision that first judged it.
    Carried(i64),
}

impl fmt::Display for MarkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Machine(field, at) => write!(f, "m{field}-{at}"),
            Self::NearMiss(field, at) => write!(f, "n{field}-{at}"),
            Self::Own(seq) => write!(f, "o{seq}"),
            Self::Carried(seq) => write!(f, "c{seq}"),
        }
    }
}

impl FromStr for MarkId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let rest = text.get(1..).ok_or(())?;
        let two = || -> Result<(usize, usize), ()> {
            let (field, at) = rest.split_once('-').ok_or(())?;
            Ok((field.parse().map_err(drop)?, at.parse().map_err(drop)?))
        };
        let one = || rest.parse::<i64>().map_err(drop);
        match text.get(..1) {
            Some("m") => two().map(|(field, at)| Self::Machine(field, at)),
            Some("n") => two().map(|(field, at)| Self::NearMiss(field, at)),
            Some("o") => one().map(Self::Own),
            Some("c") => one().map(Self::Carried),
            _ => Err(()),
        }
    }
}

impl Serialize for MarkId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One mark with what a reader said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its name.
    pub id: MarkId,
    /// Where it comes from.
    pub origin: MarkOrigin,
    /// Where it lies now.
    pub at: Bounds,
    /// What it was taken for by whoever made it.
    pub class: CellClass,
    /// Its stage, where one was named.
    pub stage: Option<Stage>,
    /// How sure the machine was; `None` for a reader's own.
    pub score: Option<f32>,
    /// Thin films: whether the edge of the view cuts this red cell.
    pub cut: bool,
    /// What the reader says; `None` where nothing yet.
    pub verdict: Option<Verdict>,
    /// Number of the decision that says so.
    pub decided: Option<i64>,
}

impl Mark {
    pub(super) fn found(id: MarkId, origin: MarkOrigin, found: &DetectionRecord) -> Self {
        Self {
            id,
            origin,
            at: Bounds::of(found),
            class: found.class,
            stage: found.stage,
            score: Some(found.score.get()),
            cut: found.cut,
            verdict: None,
            decided: None,
        }
    }

    /// Whether a reader must judge it before the count is a read one: a parasite that the machine counts.
    pub fn is_suspect(&self) -> bool {
        self.origin == MarkOrigin::Machine && self.class.is_parasite()
    }

    /// What it counts as in a reader's count. A cell that the machine found counts until a reader says otherwise; a
    /// parasite counts only where a reader says so.
    pub fn counts_as(&self) -> Option<(CellClass, Option<Stage>)> {
        match (self.verdict, self.origin) {
            (Some(verdict), _) => verdict.counts_as(),
            (None, MarkOrigin::Own) => Some((self.class, self.stage)),
            (None, MarkOrigin::Machine) if !self.class.is_parasite() => Some((self.class, self.stage)),
            (None, _) => None,
        }
    }

    /// Whether it is a parasite, or may be one for all that the reader said.
    pub(super) fn may_be_parasite(&self) -> bool {
        let open = self.is_suspect() && matches!(self.verdict, None | Some(Verdict::Doubtful));
        open || self.counts_as().is_some_and(|(class, _)| class.is_parasite())
    }
}

/// One field as a reader sees it; they stand in the order of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadField {
    /// What it is known by.
    pub key: FieldKey,
    /// Whether the machine counts it.
    pub counted: bool,
    /// Whether another picture of the slide has the same bytes: nothing is judged in it.
    pub copy: bool,
    /// Why a reader leaves it out of the count.
    pub excluded: Option<String>,
    /// Whether a reader looked at the whole of it.
    pub looked: bool,
    /// Its marks: the machine's in the order of the record, its near misses, then the reader's.
    pub marks: Vec<Mark>,
    /// For each suspect what it stands for: suspects of one number count as one ([`units`]).
    pub(super) units: Vec<usize>,
}

impl ReadField {
    pub(super) fn of(index: usize, field: &FieldRecord) -> Self {
        let machine = field.detections.iter().enumerate();
        let near = field.near_misses.iter().enumerate();
        let copy = field.copy_of.is_some();
        let units = if copy { Vec::new() } else { units(field) };
        Self {
            units,
            key: FieldKey::from(field),
            counted: field.counted,
            copy,
            excluded: None,
            looked: false,
            marks: machine
                .map(|(at, found)| Mark::found(MarkId::Machine(index, at), MarkOrigin::Machine, found))
                .chain(
                    near.map(|(at, found)| {
                        Mark::found(MarkId::NearMiss(index, at), MarkOrigin::NearMiss, found)
                    }),
                )
                .collect(),
        }
    }

    /// Whether it is part of a reader's count.
    pub fn counts(&self) -> bool {
        self.counted && self.excluded.is_none()
    }

    /// The suspects by what they stand for, in the order of the record: on a thick film each alone, on a thin film those
    /// of one red cell together.
    pub(super) fn suspect_units(&self) -> Vec<Vec<&Mark>> {
        let mut found: Vec<Vec<&Mark>> = Vec::new();
        let mut place: HashMap<usize, usize> = HashMap::new();
        for (mark, unit) in self.suspects().zip(&self.units) {
            let at = *place.entry(*unit).or_insert_with(|| {
                found.push(Vec::new());
                found.len() - 1
            });
            found[at].push(mark);
        }
        found
    }

    /// The suspects that a reader must judge; none in a copy.
    pub fn suspects(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(|mark| !self.copy && mark.is_suspect())
    }
}

/// What each suspect of a field stands for. A red cell with several parasites is one infected cell (THN-3), and a parasite
/// that no red cell was found around stands for one.
fn units(field: &FieldRecord) -> Vec<usize> {
    let suspects = || field.detections.iter().enumerate().filter(|(_, d)| d.class.is_parasite());
    let found: Option<Vec<Detection>> = field.detections.iter().map(detection_of).collect();
    match (field.film, found) {
        (Film::Thin, Some(found)) => {
            let cells = red_cells_around(&found);
            suspects().map(|(at, _)| cells.get(at).copied().flatten().unwrap_or(at)).collect()
        }
        _ => suspects().map(|(at, _)| at).collect(),
    }
}

fn detection_of(found: &DetectionRecord) -> Option<Detection> {
    Some(Detection {
        class: found.class,
        stage: found.stage,
        score: found.score,
        bounds: Bounds::of(found).rect()?,
        parasites_inside: None,
        gametocytes_inside: None,
        in_red_cell: None,
        cut: found.cut,
    })
}
