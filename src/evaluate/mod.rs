//! The shipped engine measured on pictures whose contents are known.
//!
//! [`Truth`] is a labelled folder, [`run_over`] takes its pictures through the same corridor as an analysis,
//! [`judge_field`] compares what was found with what is labelled, and [`Figures`] pools the comparisons.
//! Quality verdicts are noted, but detections are judged in every field, fit or not.

mod bootstrap;
mod calibration;
mod distort;
mod drawn;
mod figures;
mod judge;
mod labels;
mod matching;
mod rates;
mod run;
mod scales;
mod selftest;
mod subject;
mod sweep;
mod truth;

pub use bootstrap::Range;
pub use calibration::{Calibration, ReliabilityBin};
pub use distort::{Distortion, Tint};
pub use drawn::labelled_field;
pub use figures::{Figures, SubjectFigures, VerdictCount};
pub use judge::{FieldJudgement, IgnoreRule, SubjectJudgement, judge_field};
pub use labels::{Found, LabelFile, Whereabouts, best};
pub use rates::{CountError, FalseRate};
pub use run::{Plan, ScaleMode, run_over};
pub use scales::ScaleError;
pub use selftest::{Check, SelfTestResult, self_test};
pub use subject::Subject;
pub use sweep::Sweep;
pub use truth::{Label, LabelledPicture, Truth};
