//! What a summary is divided by.

use std::str::FromStr;

use super::bands::AgeBands;
use crate::archive::case::Case;
use crate::terms::Sex;
use crate::{Error, ErrorKind, Result};

/// One division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum SummaryBy {
    /// Month of the blood film.
    Month,
    /// Site.
    Site,
    /// Age band.
    AgeBand,
    /// Sex.
    Sex,
}

impl SummaryBy {
    /// `month`, `site`, `age-band`, `sex`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl FromStr for SummaryBy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        [Self::Month, Self::Site, Self::AgeBand, Self::Sex]
            .into_iter()
            .find(|by| by.code() == text)
            .ok_or_else(|| {
                let message =
                    format!("\"{text}\" is no division: give month, site, age-band, sex, with commas");
                Error::new(ErrorKind::Usage, message).with_key("error-summary-by")
            })
    }
}

/// One group of a summary. What it is not divided by, and what is not known, is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// `2026-11`.
    pub month: Option<String>,
    /// Site.
    pub site: Option<String>,
    /// Place of the age band.
    pub age_band: Option<usize>,
    /// Sex.
    pub sex: Option<Sex>,
}

impl Group {
    /// The group that a case belongs to.
    pub fn of(case: &Case, by: &[SummaryBy], ages: &AgeBands) -> Self {
        let wants = |what| by.contains(&what);
        Self {
            month: case.month().filter(|_| wants(SummaryBy::Month)).map(str::to_owned),
            site: case.site.clone().filter(|_| wants(SummaryBy::Site)),
            age_band: case.age_years.filter(|_| wants(SummaryBy::AgeBand)).map(|years| ages.of(years)),
            sex: case.sex.filter(|_| wants(SummaryBy::Sex)),
        }
    }
}
