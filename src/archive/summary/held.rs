//! Films that no reporting element fits: named for a person, never sent and never counted as anything else.

use super::line::WhichSpecies;
use crate::archive::rows::SlideRow;
use crate::standard::Presence;

/// Why a film is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum HeldReason {
    /// Parasites, and nobody named the species.
    Species,
    /// No date.
    Date,
    /// No site.
    Site,
    /// No age.
    Age,
    /// No sex.
    Sex,
}

impl HeldReason {
    /// Stable code, the end of the key of its words.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// A film held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Slide id.
    pub id: String,
    /// Everything that is missing.
    pub reasons: Vec<HeldReason>,
}

impl Held {
    /// `None` for a film that can be sent, or that decides nothing and is not sent anyway.
    pub fn of(row: &SlideRow) -> Option<Self> {
        let presence = row.outcome.as_ref().map(|o| o.presence)?;
        if presence == Presence::Indeterminate {
            return None;
        }
        let unknown = presence == Presence::Positive && WhichSpecies::of_slide(row) == WhichSpecies::Unknown;
        let missing = [
            (HeldReason::Species, unknown),
            (HeldReason::Date, row.case.date.is_none()),
            (HeldReason::Site, row.case.site.is_none()),
            (HeldReason::Age, row.case.age_years.is_none()),
            (HeldReason::Sex, row.case.sex.is_none()),
        ];
        let reasons: Vec<HeldReason> = missing.into_iter().filter(|(_, m)| *m).map(|(r, _)| r).collect();
        (!reasons.is_empty()).then(|| Self { id: row.id.clone(), reasons })
    }
}
