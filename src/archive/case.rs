//! What an archive knows about a slide beyond the slide itself: for surveillance, never for the count.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::terms::Species;

/// Sex as surveillance tables divide by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// `female` or `male`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// From `F`, `female`, `femme`, `M`, `male`, `homme` (or `H`), in any case.
    pub fn from_text(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "f" | "female" | "femme" | "féminin" => Some(Self::Female),
            "m" | "h" | "male" | "homme" | "masculin" => Some(Self::Male),
            _ => None,
        }
    }
}

/// Who, when and where, as the manifest says; everything may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Case {
    /// Day, `2026-11-21`.
    pub date: Option<String>,
    /// Health facility or village.
    pub site: Option<String>,
    /// Age in years; months are twelfths.
    pub age_years: Option<f64>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Species that a person named. Empty: nobody did.
    pub species: BTreeSet<Species>,
    /// Columns of the manifest that mean nothing here and are carried through.
    pub free: BTreeMap<String, String>,
}

impl Case {
    /// `2026-11`, where there is a date.
    pub fn month(&self) -> Option<&str> {
        self.date.as_deref()?.get(..7)
    }
}

/// A day from `2026-11-21` or `2026-11-21T08:30`.
pub(super) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let date = text
        .parse::<jiff::civil::Date>()
        .ok()
        .or_else(|| text.parse::<jiff::civil::DateTime>().ok().map(|d| d.date()))?;
    Some(date.to_string())
}

/// Age in years from `4`, `4,5`, `18m`, `18 mois`, `18 months`; 0 to 130.
pub(super) fn age(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase().replace(',', ".");
    let digits = text.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace() || c == '.');
    let unit = text.get(digits.len()..)?.trim().trim_end_matches('.');
    let per_year = match unit {
        "" | "y" | "a" | "an" | "ans" | "year" | "years" => 1.0,
        "m" | "mo" | "mois" | "month" | "months" => 12.0,
        _ => return None,
    };
    let years = digits.parse::<f64>().ok()? / per_year;
    (0.0..=130.0).contains(&years).then_some(years)
}

/// Species from `falciparum`, `P. falciparum`, `Pf`, or several joined by `+`, `/` or `,`. `None` where a name
/// is unknown.
pub(super) fn species(text: &str) -> Option<BTreeSet<Species>> {
    text.split(['+', '/', ',', ';']).map(|name| one_species(name.trim())).collect()
}

fn one_species(name: &str) -> Option<Species> {
    let lower = name.to_lowercase();
    let plain = lower.trim_start_matches("plasmodium").trim_start_matches("p.").trim();
    Species::ALL.into_iter().find(|species| {
        let code = species.code();
        let short = code.get(..1).unwrap_or_default();
        plain == code || plain.strip_prefix('p').is_some_and(|rest| rest == short)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_as_registers_write_them() {
        assert_eq!(age("4"), Some(4.0));
        assert_eq!(age("4,5 ans"), Some(4.5));
        assert_eq!(age("18 mois"), Some(1.5));
        assert_eq!(age("6m"), Some(0.5));
        for wrong in ["", "-1", "200", "four", "3 weeks"] {
            assert_eq!(age(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn species_as_registers_write_them() {
        assert_eq!(species("Pf"), Some([Species::Falciparum].into()));
        assert_eq!(species("P. falciparum + pv"), Some([Species::Falciparum, Species::Vivax].into()));
        assert_eq!(species("Plasmodium ovale"), Some([Species::Ovale].into()));
        assert_eq!(species("toxoplasma"), None);
    }

    #[test]
    fn a_day_with_or_without_time() {
        assert_eq!(day("2026-11-21T08:30").as_deref(), Some("2026-11-21"));
        assert_eq!(day("21/11/2026"), None);
    }
}
