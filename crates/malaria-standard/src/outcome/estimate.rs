//! What a count would be if its suspects were confirmed (MCH-1): numbers without presence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::shape::Outcome;
use super::state::State;
use crate::Film;
use crate::flag::Flag;
use crate::interval::IntervalMethod;
use crate::scales::{OnScale, PlusGrade, TrapeClass};
use crate::severity::SeverityReport;
use crate::thick::StopReason;
use crate::thin::ReportedPercent;

/// The numbers of sections 5 to 8 for a count that no reader has confirmed. Keys mean what they mean in [`Outcome`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Estimate {
    /// State that the count would have.
    pub state: State,
    /// For a patient: the film whose count this would be.
    #[serde(default)]
    pub reported_from: Option<Film>,
    /// Asexual parasites of the count (P).
    #[serde(default)]
    pub parasites: Option<u64>,
    /// White cells of the count (W).
    #[serde(default)]
    pub wbc_counted: Option<u64>,
    /// Infected red cells (I).
    #[serde(default)]
    pub infected_rbc: Option<u64>,
    /// Red cells counted (R).
    #[serde(default)]
    pub rbc_counted: Option<u64>,
    /// Density per µL, whole.
    #[serde(default)]
    pub density_per_ul: Option<u64>,
    /// Density per µL, unrounded.
    #[serde(default)]
    pub density_raw: Option<f64>,
    /// Per cent of red cells infected; `None` with too few red cells (THN-8).
    #[serde(default)]
    pub parasitaemia_percent: Option<f64>,
    /// Per cent of red cells infected, unrounded.
    #[serde(default)]
    pub parasitaemia_percent_raw: Option<f64>,
    /// Decimals with which `parasitaemia_percent` is shown.
    #[serde(default)]
    pub parasitaemia_decimals: Option<u8>,
    /// Lower limit. Thick: parasites per µL. Thin: per cent of red cells.
    #[serde(default)]
    pub ci_low: Option<f64>,
    /// Upper limit, in the unit of `ci_low`.
    #[serde(default)]
    pub ci_high: Option<f64>,
    /// Lower limit per µL, for either film.
    #[serde(default)]
    pub ci_low_per_ul: Option<f64>,
    /// Upper limit per µL, for either film.
    #[serde(default)]
    pub ci_high_per_ul: Option<f64>,
    /// Confidence level of the interval.
    #[serde(default)]
    pub ci_level: Option<f64>,
    /// How the interval was made.
    #[serde(default)]
    pub ci_method: Option<IntervalMethod>,
    /// Valid fields that entered the count.
    #[serde(default)]
    pub fields_counted: Option<u64>,
    /// Why the count ended.
    #[serde(default)]
    pub count_reason: Option<StopReason>,
    /// Gametocytes, or red cells that hold one.
    #[serde(default)]
    pub gametocytes: Option<u64>,
    /// The film that `gametocytes` were marked on.
    #[serde(default)]
    pub gametocytes_on: Option<Film>,
    /// Gametocytes per µL (thick), whole.
    #[serde(default)]
    pub gametocyte_density_per_ul: Option<u64>,
    /// Density over all valid fields, unrounded.
    #[serde(default)]
    pub all_density_raw: Option<f64>,
    /// Plus grade, where the profile asks for it.
    #[serde(default)]
    pub plus_grade: Option<OnScale<PlusGrade>>,
    /// Trape class, where the profile asks for it.
    #[serde(default)]
    pub trape_class: Option<OnScale<TrapeClass>>,
    /// Limits that the count would cross (section 11).
    #[serde(default)]
    pub severity: Option<SeverityReport>,
    /// Remarks that such a count would have.
    #[serde(default)]
    pub flags: Vec<Flag>,
}

impl Estimate {
    /// The numbers of an outcome that was graded as if every suspect were a parasite.
    pub(super) fn of(graded: &Outcome) -> Self {
        let out = graded.clone();
        Self {
            state: out.state,
            reported_from: out.reported_from,
            parasites: out.parasites,
            wbc_counted: out.wbc_counted,
            infected_rbc: out.infected_rbc,
            rbc_counted: out.rbc_counted,
            density_per_ul: out.density_per_ul,
            density_raw: out.density_raw,
            parasitaemia_percent: out.parasitaemia_percent,
            parasitaemia_percent_raw: out.parasitaemia_percent_raw,
            parasitaemia_decimals: out.parasitaemia_decimals,
            ci_low: out.ci_low,
            ci_high: out.ci_high,
            ci_low_per_ul: out.ci_low_per_ul,
            ci_high_per_ul: out.ci_high_per_ul,
            ci_level: out.ci_level,
            ci_method: out.ci_method,
            fields_counted: out.fields_counted,
            count_reason: out.count_reason,
            gametocytes: out.gametocytes,
            gametocytes_on: out.gametocytes_on,
            gametocyte_density_per_ul: out.gametocyte_density_per_ul,
            all_density_raw: out.all_density_raw,
            plus_grade: out.plus_grade,
            trape_class: out.trape_class,
            severity: out.severity,
            flags: out.flags,
        }
    }

    /// Per cent of red cells infected, with its decimals.
    pub fn parasitaemia_shown(&self) -> Option<ReportedPercent> {
        let (value, decimals) = (self.parasitaemia_percent?, self.parasitaemia_decimals?);
        Some(ReportedPercent { value, decimals })
    }
}
