//! What a summary is divided by.

use std::str::FromStr;

use super::bands::AgeBands;
use crate::archive::case::Case;
use crate::terms::Sex;
use crate::{Error, ErrorKind, Result};

/// One division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum SummaryBy {
    /// Week of the blood film (ISO 8601).
    Week,
    /// Month of the blood film.
    Month,
    /// Quarter of the blood film.
    Quarter,
    /// Site.
    Site,
    /// Age band.
    AgeBand,
    /// Sex.
    Sex,
    /// Pregnancy.
    Pregnancy,
}

impl SummaryBy {
    /// `week`, `month`, `quarter`, `site`, `age-band`, `sex`, `pregnancy`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl FromStr for SummaryBy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        <Self as strum::VariantArray>::VARIANTS
            .iter()
            .copied()
            .find(|by| by.code() == text)
            .ok_or_else(|| {
                let message = format!(
                    "\"{text}\" is no division: give week, month, quarter, site, age-band, sex, pregnancy, with commas"
                );
                Error::new(ErrorKind::Usage, message).with_key("error-summary-by")
            })
    }
}

/// How often a report is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// Weeks of ISO 8601.
    Week,
    /// Months.
    #[default]
    Month,
    /// Quarters.
    Quarter,
}

impl Period {
    /// The division that it is.
    pub fn by(self) -> SummaryBy {
        match self {
            Self::Week => SummaryBy::Week,
            Self::Month => SummaryBy::Month,
            Self::Quarter => SummaryBy::Quarter,
        }
    }

    /// The period of a group as DHIS2 names it: `2026W48`, `202611`, `2026Q4`; `None` where it has no date.
    pub fn dhis2(self, group: &Group) -> Option<String> {
        match self {
            // Week 5 is W5 there.
            Self::Week => Some(group.week.as_ref()?.replace("-W0", "W").replace('-', "")),
            Self::Month => Some(group.month.as_ref()?.replace('-', "")),
            Self::Quarter => Some(group.quarter.as_ref()?.replace('-', "")),
        }
    }
}

/// One group of a summary. What it is not divided by, and what is not known, is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// `2026-W48`.
    pub week: Option<String>,
    /// `2026-11`.
    pub month: Option<String>,
    /// `2026-Q4`.
    pub quarter: Option<String>,
    /// Site.
    pub site: Option<String>,
    /// Place of the age band.
    pub age_band: Option<usize>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Whether she is pregnant.
    pub pregnant: Option<bool>,
}

impl Group {
    /// The group that a case belongs to.
    pub fn of(case: &Case, by: &[SummaryBy], ages: &AgeBands) -> Self {
        let wants = |what| by.contains(&what);
        Self {
            week: case.week().filter(|_| wants(SummaryBy::Week)),
            quarter: case.quarter().filter(|_| wants(SummaryBy::Quarter)),
            month: case.month().filter(|_| wants(SummaryBy::Month)).map(str::to_owned),
            site: case.site.clone().filter(|_| wants(SummaryBy::Site)),
            age_band: case.age_years.filter(|_| wants(SummaryBy::AgeBand)).map(|years| ages.of(years)),
            sex: case.sex.filter(|_| wants(SummaryBy::Sex)),
            pregnant: case.pregnant.filter(|_| wants(SummaryBy::Pregnancy)),
        }
    }
}
