//! The counting and grading rules of malaria blood films, on numbers alone: no picture, no file, no network, no words.
//!
//! For laboratory software that has a reader's counts, or a machine's, and wants what the standards make of them: the
//! density or parasitaemia with its interval, the state of the count, what is still to be counted, the flags and alerts,
//! severity, agreement of two readers, competence of a reader, response to treatment. Rules are data (`who-2016`, `cdc`,
//! `bsh`, `france`, ...), each number with its source; results carry the counts that they came from. What a machine counted
//! and nobody judged is a suspect, and no type lets it be a positive.
//!
//! ```
//! use malaria_standard::{FieldCount, Profile, ThickState, WbcUsed, grade_fields};
//!
//! let profile = Profile::named("who-2016")?;
//! let wbc = WbcUsed::assumed(&profile); // 8,000 per µL, and the result says that it is assumed
//! // 10 parasites and 16 white cells in every field: over after 13 fields, 130 x 8,000 / 208.
//! let film = grade_fields(&vec![FieldCount::new(10, 16); 120], wbc, &profile);
//! assert_eq!(film.state, ThickState::Positive);
//! assert_eq!(film.density.map(|d| d.reported()), Some(5000));
//!
//! // Five fields are a provisional count, and the result says what to do next.
//! let short = grade_fields(&vec![FieldCount::new(1, 16); 5], wbc, &profile);
//! assert_eq!(short.state, ThickState::ProvisionalCount);
//! assert!(short.need.wbc.is_some());
//! # Ok::<(), malaria_standard::Error>(())
//! ```
//!
//! | to | start with |
//! |---|---|
//! | choose or change the rules | [`Profile::named`], [`Profile::with_overrides`] |
//! | grade a thick film | [`grade_fields`], [`grade_totals`] |
//! | grade a thin film | [`grade_thin`] |
//! | put both films of a patient together | [`Films`], [`severity_of_films`] |
//! | have one flat, serialisable result | [`Outcome`] by [`Graded`] |
//! | say what a machine's count allows | [`Judged`], [`Floor`] |
//! | compare two or three readers | [`compare`], [`conclude`] |
//! | score a reader on a panel | [`score_panel`] |
//! | class a response to treatment | [`classify_response`] |
//! | compute an interval alone | [`interval`] |
//!
//! Rule ids in the documentation (THK-2, INV-5, MCH-3, ...) are those of the falciparum standard; `CHECKLIST.md` beside
//! this crate maps each to its test. Nothing here panics on input, reads a clock or draws a number that its arguments
//! do not fix.
#![forbid(unsafe_code)]
#![deny(missing_docs, unreachable_pub)]
#![warn(missing_debug_implementations)]

mod advice;
mod blood;
mod competence;
mod counts;
mod density;
mod error;
mod film;
mod flag;
mod floor;
pub mod interval;
mod judged;
mod need;
mod notation;
mod other;
mod outcome;
mod patient;
pub mod profile;
mod readers;
mod response;
mod scales;
mod severity;
mod species;
mod text;
mod thick;
mod thin;

pub use advice::Advice;
pub use blood::{RbcPerMicrolitre, WbcPerMicrolitre};
pub use competence::{
    Agreement, Level, Levels, PanelScore, PanelSlide, SlideCall, score_panel, within_tolerance,
};
pub use counts::{Asexual, Basis, Gametocytes, InfectedCells, RbcUsed, RedCells, WbcUsed, WhiteCells};
pub use density::{Density, GametocyteDensity};
pub use error::{Error, ErrorKind, Result};
pub use film::Film;
pub use flag::Flag;
pub use floor::{Floor, FloorBasis, FloorCheck, FloorUnit, NegativeSlide};
pub use interval::{Interval, IntervalMethod};
pub use judged::{Alert, AlertCode, CountedFilm, Judged, ReadingStatus, Suspects};
pub use need::Need;
pub use notation::{MAX_FIELDS, parse_fields};
pub use other::OtherCode;
pub use outcome::{Context, Estimate, Graded, Outcome, Scope, SpeciesOutcome, State};
pub use patient::{Films, Presence};
pub use profile::{Authority, Profile, ProfileId};
pub use readers::{Comparison, Conclusion, FinalRule, Reading, compare, conclude, needs_third};
pub use response::{
    Response, ResponseClass, ResponseReason, Visit, classify_response, clearance_day, day3_positivity,
};
pub use scales::{OnScale, PlusGrade, TrapeClass, plus_grade, trape_class};
pub use severity::{
    Anaemia, Certainty, LimitCheck, SeverityBasis, SeverityReport, check_limit, hyperparasitaemia_knowlesi,
    jaundice_condition, severe_anaemia_condition, severity_of_films,
};
pub use species::Species;
pub use text::{is_one_line, one_line};
pub use thick::{
    CountSet, FieldCount, Search, SpeciesCount, StopReason, ThickOutcome, ThickState, ThickTotals,
    grade_fields, grade_totals,
};
pub use thin::{Parasitaemia, ReportedPercent, ThinCount, ThinOutcome, ThinState, grade_thin};
