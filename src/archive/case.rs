//! What an archive knows about a slide beyond the slide itself: for surveillance, never for the count.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::record::SlideInfo;
use crate::terms::{Sex, Species};

/// Who, when and where, as the manifest or the slide's sheet says; everything may be unknown.
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
    /// The laboratory's number of the patient.
    pub patient_id: Option<String>,
    /// Ward or service that asked for the examination.
    pub ward: Option<String>,
    /// Number of the order (the request).
    pub order: Option<String>,
    /// Number of the specimen.
    pub specimen: Option<String>,
    /// Whether she is pregnant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pregnant: Option<bool>,
    /// Species that a person named. Empty: nobody did.
    pub species: BTreeSet<Species>,
    /// Columns of the manifest that mean nothing here and are carried through.
    pub free: BTreeMap<String, String>,
}

impl Case {
    /// What was said about a slide, as far as surveillance asks for it.
    pub(super) fn of(info: &SlideInfo) -> Self {
        Self {
            date: info.blood_taken.as_deref().and_then(|taken| taken.get(..10)).map(str::to_owned),
            site: info.site.clone(),
            age_years: info.age_years,
            sex: info.sex,
            patient_id: info.patient_id.clone(),
            ward: info.ward.clone(),
            order: info.order.clone(),
            specimen: info.specimen.clone(),
            ..Self::default()
        }
    }

    /// `2026-11`, where there is a date.
    pub fn month(&self) -> Option<&str> {
        self.date.as_deref()?.get(..7)
    }

    /// `2026-W45`: the week of ISO 8601, where there is a date. The first days of January may belong to the year before.
    pub fn week(&self) -> Option<String> {
        let week = self.day()?.iso_week_date();
        Some(format!("{:04}-W{:02}", week.year(), week.week()))
    }

    /// `2026-Q4`, where there is a date.
    pub fn quarter(&self) -> Option<String> {
        let day = self.day()?;
        Some(format!("{:04}-Q{}", day.year(), (day.month() + 2) / 3))
    }

    fn day(&self) -> Option<jiff::civil::Date> {
        self.date.as_deref()?.get(..10)?.parse().ok()
    }
}

/// Species from `falciparum`, `P. falciparum`, `Pf`, or several joined by `+`, `/` or `,`. `None` where a name
/// is unknown.
pub(super) fn species(text: &str) -> Option<BTreeSet<Species>> {
    text.split(['+', '/', ',', ';']).map(|name| one_species(name.trim())).collect()
}

fn one_species(name: &str) -> Option<Species> {
    let lower = name.to_lowercase();
    let plain = lower.trim_start_matches("plasmodium").trim_start_matches("p.").trim();
    Species::ALL.iter().copied().find(|species| {
        let code = species.code();
        let short = code.get(..1).unwrap_or_default();
        plain == code || plain.strip_prefix('p').is_some_and(|rest| rest == short)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_and_quarters_of_days() {
        for (date, week, quarter) in [
            ("2026-11-29", "2026-W48", "2026-Q4"),
            ("2026-01-01", "2026-W01", "2026-Q1"),
            // A Friday: the week belongs to the year before.
            ("2027-01-01", "2026-W53", "2027-Q1"),
            ("2024-12-30", "2025-W01", "2024-Q4"),
            ("2026-06-30", "2026-W27", "2026-Q2"),
        ] {
            let case = Case { date: Some(date.to_owned()), ..Case::default() };
            assert_eq!((case.week().as_deref(), case.quarter().as_deref()), (Some(week), Some(quarter)));
        }
        assert_eq!((Case::default().week(), Case::default().quarter()), (None, None));
    }

    #[test]
    fn species_as_registers_write_them() {
        assert_eq!(species("Pf"), Some([Species::Falciparum].into()));
        assert_eq!(species("P. falciparum + pv"), Some([Species::Falciparum, Species::Vivax].into()));
        assert_eq!(species("Plasmodium ovale"), Some([Species::Ovale].into()));
        assert_eq!(species("toxoplasma"), None);
    }
}
