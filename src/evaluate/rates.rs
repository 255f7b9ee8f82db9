//! Errors as a laboratory feels them: counts per field and slide, false parasites per cells.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::judge::FieldJudgement;
use super::subject::Subject;
use crate::terms::Film;

/// Error of the count over the fields where a class is labelled exhaustively.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountError {
    /// Fields.
    pub fields: u64,
    /// Mean of |found - labelled| per field.
    pub mean_absolute_per_field: f64,
    /// Slides; pictures whose slide is unknown are left out.
    pub slides: u64,
    /// Median of |found - labelled| / labelled over the slides that have any, per cent.
    pub median_absolute_percent_per_slide: Option<f64>,
    /// (found - labelled) / labelled over everything, per cent.
    pub percent: Option<f64>,
}

impl CountError {
    /// `None` where no field is labelled exhaustively for `subject`.
    pub(super) fn over<'a>(
        fields: impl Iterator<Item = &'a FieldJudgement>,
        subject: Subject,
    ) -> Option<Self> {
        let (mut n, mut absolute, mut found, mut labelled) = (0_u64, 0_u64, 0_u64, 0_u64);
        let mut slides = std::collections::BTreeMap::<&str, (u64, u64)>::new();
        for field in fields {
            let Some(s) = field.subject(subject).filter(|s| s.complete) else { continue };
            n += 1;
            absolute += s.found.abs_diff(s.labelled);
            found += s.found;
            labelled += s.labelled;
            if !field.slide.is_empty() {
                let slide = slides.entry(&field.slide).or_default();
                slide.0 += s.found;
                slide.1 += s.labelled;
            }
        }
        if n == 0 {
            return None;
        }
        let mut errors: Vec<f64> = slides
            .values()
            .filter(|(_, l)| *l > 0)
            .map(|(f, l)| 100.0 * f.abs_diff(*l) as f64 / *l as f64)
            .collect();
        errors.sort_by(f64::total_cmp);
        Some(Self {
            fields: n,
            mean_absolute_per_field: absolute as f64 / n as f64,
            slides: slides.len() as u64,
            median_absolute_percent_per_slide: median(&errors),
            percent: (labelled > 0).then(|| 100.0 * (found as f64 - labelled as f64) / labelled as f64),
        })
    }
}

/// False parasites per cells.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FalseRate {
    /// Detections of parasites that are none.
    pub false_parasites: u64,
    /// Red cells (thin) or white cells (thick) in the same fields.
    pub cells: u64,
    /// Of these cells, those that were counted by the engine because the set does not label them all.
    pub cells_counted_by_engine: u64,
    /// Fields.
    pub fields: u64,
    /// False parasites per 1,000 red cells or per 200 white cells; `None` without cells.
    pub rate: Option<f64>,
}

impl FalseRate {
    /// Over the fields whose parasites are labelled exhaustively; with `free`, only those that have none.
    pub(super) fn over<'a>(
        film: Film,
        fields: impl Iterator<Item = &'a FieldJudgement>,
        free: bool,
    ) -> Option<Self> {
        let (cell, per) = match film {
            Film::Thin => (Subject::RedCell, 1000.0),
            Film::Thick => (Subject::WhiteCell, 200.0),
        };
        let mut sum =
            Self { false_parasites: 0, cells: 0, cells_counted_by_engine: 0, fields: 0, rate: None };
        for field in fields {
            let Some(p) = field.subject(Subject::Parasite).filter(|p| p.complete) else { continue };
            if free && p.labelled > 0 {
                continue;
            }
            let Some(cells) = field.subject(cell) else { continue };
            sum.fields += 1;
            sum.false_parasites += p.found - p.hits;
            if cells.complete {
                sum.cells += cells.labelled;
            } else {
                // A false parasite may lie in a cut cell as in any other.
                sum.cells += cells.found + cells.cut;
                sum.cells_counted_by_engine += cells.found + cells.cut;
            }
        }
        if sum.fields == 0 {
            return None;
        }
        sum.rate = (sum.cells > 0).then(|| per * sum.false_parasites as f64 / sum.cells as f64);
        Some(sum)
    }
}

/// Median of sorted values, the upper one of the middle two.
pub(super) fn median(sorted: &[f64]) -> Option<f64> {
    sorted.get(sorted.len() / 2).copied()
}
