//! States of all films under one name, for records.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::thick::ThickState;
use crate::thin::ThinState;

/// What an [`super::Outcome`] speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One thick film.
    Thick,
    /// One thin film.
    Thin,
    /// One patient: all films together (section 7).
    Patient,
}

/// State of a film or a patient, spelled as in the falciparum standard.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
pub enum State {
    /// Parasites seen and counted to the end of the rule.
    Positive,
    /// No malaria parasites seen; thick film only (INV-5).
    NoParasitesSeen,
    /// No parasite so far, and not enough examined.
    InsufficientFields,
    /// Parasites seen, count not finished.
    ProvisionalCount,
    /// Gametocytes and no asexual parasite.
    GametocytesOnly,
    /// Candidates in rejected fields only.
    ReviewRequired,
    /// A count without its denominator.
    NotCalculable,
    /// No valid field.
    NotReadable,
    /// Thin film: more red cells to count.
    ShortCount,
    /// Thin film: too few red cells for a percentage.
    TooFewRbc,
    /// Thin film: no parasite in the red cells examined.
    NoParasiteInExaminedRbc,
    /// A machine marked suspects that no reader has judged (MCH-1).
    SuspectsToReview,
    /// They are more than the false ones measured in this laboratory; still no presence (MCH-2).
    ParasitesLikely,
    /// A machine marked nothing: a reader has to look at the fields (MCH-3).
    NoSuspectFound,
    /// A reader has judged some of the suspects, or none of the fields (MCH-5).
    ReviewIncomplete,
}

impl State {
    /// All states.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Spelling of the standard, as in records and vectors.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl From<ThickState> for State {
    fn from(state: ThickState) -> Self {
        match state {
            ThickState::NotReadable => Self::NotReadable,
            ThickState::GametocytesOnly => Self::GametocytesOnly,
            ThickState::ReviewRequired => Self::ReviewRequired,
            ThickState::InsufficientFields => Self::InsufficientFields,
            ThickState::NoParasitesSeen => Self::NoParasitesSeen,
            ThickState::NotCalculable => Self::NotCalculable,
            ThickState::Positive => Self::Positive,
            ThickState::ProvisionalCount => Self::ProvisionalCount,
        }
    }
}

impl From<ThinState> for State {
    fn from(state: ThinState) -> Self {
        match state {
            ThinState::NotCalculable => Self::NotCalculable,
            ThinState::GametocytesOnly => Self::GametocytesOnly,
            ThinState::ReviewRequired => Self::ReviewRequired,
            ThinState::NoParasiteInExaminedRbc => Self::NoParasiteInExaminedRbc,
            ThinState::TooFewRbc => Self::TooFewRbc,
            ThinState::ShortCount => Self::ShortCount,
            ThinState::Positive => Self::Positive,
        }
    }
}
