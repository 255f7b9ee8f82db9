//! Codes into words, in French and English. Domain rooms return codes; only `report` and `cli` speak.

mod catalogue;
mod competence;
mod date;
mod language;
mod number;
mod outcome;
mod typography;

pub use catalogue::Catalogue;
pub use competence::share_sentence;
pub use date::moment;
pub use language::Language;
pub use number::{decimal, integer, percent};
pub use outcome::{OutcomeWords, advice_sentence, flag_sentence, outcome_words};
