//! The falciparum standard on numbers alone (no picture, no words): rules are data, results carry their counts.
//!
//! [`Profile`] holds the numbers, each with its source in a TOML file. [`grade_fields`] walks a thick film field
//! by field, [`grade_thin`] takes a thin film, [`Films`] puts both together, and [`Outcome`] is the flat form of
//! each result. Rule ids (THK-2, INV-5, ...) are those of the falciparum standard; `CHECKLIST.md` beside this
//! file maps each to its test.

mod advice;
mod competence;
mod counts;
mod density;
mod flag;
mod floor;
pub mod interval;
mod judged;
mod need;
mod notation;
mod outcome;
mod patient;
pub mod profile;
mod readers;
mod response;
mod scales;
mod severity;
mod thick;
mod thin;

pub use advice::Advice;
pub use competence::{
    Agreement, Level, Levels, PanelScore, PanelSlide, SlideCall, score_panel, within_tolerance,
};
pub use counts::{Asexual, Basis, Gametocytes, InfectedCells, RbcUsed, RedCells, WbcUsed, WhiteCells};
pub use density::{Density, GametocyteDensity};
pub use flag::Flag;
pub use floor::{Floor, FloorBasis, FloorCheck, FloorUnit, NegativeSlide};
pub use interval::{Interval, IntervalMethod};
pub use judged::{Alert, AlertCode, CountedFilm, Judged, ReadingStatus, Suspects};
pub use need::Need;
pub use notation::{MAX_FIELDS, parse_fields};
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
pub use thick::{
    CountSet, FieldCount, Search, SpeciesCount, StopReason, ThickOutcome, ThickState, ThickTotals,
    grade_fields, grade_totals,
};
pub use thin::{Parasitaemia, ReportedPercent, ThinCount, ThinOutcome, ThinState, grade_thin};
