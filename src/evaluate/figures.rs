//! Judgements of many fields become precision, recall and the rest.
//!
//! Precision rests on the fields where a class is labelled exhaustively, recall on every labelled object, F1
//! on both. Intervals draw whole slides again; a picture whose slide is unknown is drawn by itself.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bootstrap::{Range, interval};
use super::calibration::Calibration;
use super::judge::{FieldJudgement, SubjectJudgement};
use super::rates::{CountError, FalseRate};
use super::scales::ScaleError;
use super::subject::Subject;
use super::sweep::Sweep;
use crate::terms::Film;

/// Everything measured on a set, or on several pooled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// The film.
    pub film: Film,
    /// Pictures judged.
    pub pictures: u64,
    /// Slides known among them.
    pub slides: u64,
    /// Pictures whose slide is unknown.
    pub pictures_without_slide: u64,
    /// One row per class that is labelled anywhere or exhaustively.
    pub subjects: Vec<SubjectFigures>,
    /// False parasites over the fields whose parasites are labelled exhaustively.
    pub false_parasites: Option<FalseRate>,
    /// The same over those fields without any parasite.
    pub false_parasites_on_free_fields: Option<FalseRate>,
    /// Pictures without anything against their quality.
    pub fit: u64,
    /// Pictures with each reason against it.
    pub unfit: Vec<VerdictCount>,
    /// How far the engine's own scale is off, where it had to find it.
    pub scale_error: Option<ScaleError>,
}

/// How many pictures have one reason against them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VerdictCount {
    /// Code of the reason.
    pub reason: String,
    /// Pictures.
    pub pictures: u64,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SubjectFigures {
    /// What.
    pub subject: Subject,
    /// Labelled objects.
    pub labelled: u64,
    /// Of these, found.
    pub hits: u64,
    /// Detections where the class is labelled exhaustively.
    pub found_where_complete: u64,
    /// Of these, right.
    pub hits_where_complete: u64,
    /// Right detections over all, where the class is labelled exhaustively.
    pub precision: Option<f64>,
    /// Its interval.
    pub precision_range: Option<Range>,
    /// Labelled objects found.
    pub recall: Option<f64>,
    /// Its interval.
    pub recall_range: Option<Range>,
    /// Harmonic mean of both.
    pub f1: Option<f64>,
    /// Its interval.
    pub f1_range: Option<Range>,
    /// Error of the count.
    pub count_error: Option<CountError>,
    /// Calibration of the scores, where the class is labelled exhaustively.
    pub calibration: Option<Calibration>,
    /// Other thresholds, where the class is labelled exhaustively.
    pub sweep: Option<Sweep>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    labelled: u64,
    hits: u64,
    found: u64,
    right: u64,
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.labelled += other.labelled;
        self.hits += other.hits;
        self.found += other.found;
        self.right += other.right;
    }
}

impl Sums {
    fn of(s: &SubjectJudgement) -> Self {
        let (found, right) = if s.complete { (s.found, s.hits) } else { (0, 0) };
        Self { labelled: s.labelled, hits: s.hits, found, right }
    }

    fn precision(&self) -> Option<f64> {
        (self.found > 0).then(|| self.right as f64 / self.found as f64)
    }

    fn recall(&self) -> Option<f64> {
        (self.labelled > 0).then(|| self.hits as f64 / self.labelled as f64)
    }

    fn f1(&self) -> Option<f64> {
        let (p, r) = (self.precision()?, self.recall()?);
        Some(if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }
}

impl FieldJudgement {
    /// The row of a subject.
    pub(super) fn subject(&self, subject: Subject) -> Option<&SubjectJudgement> {
        self.subjects.iter().find(|s| s.subject == subject)
    }
}

impl Figures {
    /// Pools judged fields; their order does not matter.
    pub fn over(film: Film, fields: &[FieldJudgement]) -> Self {
        let mut unfit = BTreeMap::<&str, u64>::new();
        for reason in fields.iter().flat_map(|f| &f.unfit) {
            *unfit.entry(reason).or_default() += 1;
        }
        let slides: std::collections::BTreeSet<&str> =
            fields.iter().map(|f| f.slide.as_str()).filter(|s| !s.is_empty()).collect();
        Self {
            film,
            pictures: fields.len() as u64,
            slides: slides.len() as u64,
            pictures_without_slide: fields.iter().filter(|f| f.slide.is_empty()).count() as u64,
            subjects: Subject::ALL.iter().filter_map(|&s| SubjectFigures::over(fields, s)).collect(),
            false_parasites: FalseRate::over(film, fields.iter(), false),
            false_parasites_on_free_fields: FalseRate::over(film, fields.iter(), true),
            fit: fields.iter().filter(|f| f.unfit.is_empty()).count() as u64,
            unfit: unfit
                .into_iter()
                .map(|(reason, pictures)| VerdictCount { reason: reason.to_owned(), pictures })
                .collect(),
            scale_error: ScaleError::over(fields.iter()),
        }
    }

    /// The row of a subject, where it could be judged.
    pub fn subject(&self, subject: Subject) -> Option<&SubjectFigures> {
        self.subjects.iter().find(|s| s.subject == subject)
    }
}

impl SubjectFigures {
    fn over(fields: &[FieldJudgement], subject: Subject) -> Option<Self> {
        let mut total = Sums::default();
        let mut units: BTreeMap<(&str, &str), Sums> = BTreeMap::new();
        for field in fields {
            let Some(s) = field.subject(subject) else { continue };
            let sums = Sums::of(s);
            total += sums;
            let alone = if field.slide.is_empty() { field.image.as_str() } else { "" };
            *units.entry((&field.slide, alone)).or_default() += sums;
        }
        if total.labelled == 0 && total.found == 0 {
            return None;
        }
        let units: Vec<Sums> = units.into_values().collect();
        let complete = || fields.iter().filter_map(|f| f.subject(subject)).filter(|s| s.complete);
        let scored = || complete().flat_map(|s| s.scored.iter().copied());
        Some(Self {
            subject,
            labelled: total.labelled,
            hits: total.hits,
            found_where_complete: total.found,
            hits_where_complete: total.right,
            precision: total.precision(),
            precision_range: total.precision().and_then(|_| interval(&units, Sums::precision)),
            recall: total.recall(),
            recall_range: total.recall().and_then(|_| interval(&units, Sums::recall)),
            f1: total.f1(),
            f1_range: total.f1().and_then(|_| interval(&units, Sums::f1)),
            count_error: CountError::over(fields.iter(), subject),
            calibration: Calibration::over(scored()),
            sweep: Sweep::over(scored(), complete().map(|s| s.labelled).sum()),
        })
    }
}
