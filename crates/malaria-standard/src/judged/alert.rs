//! Urgency does not wait for a reader (MCH-7, MCH-10).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Film;
use crate::counts::{Basis, RbcUsed};
use crate::interval::{lower_density, lower_share};
use crate::profile::Profile;
use crate::thick::ThickOutcome;
use crate::thin::ThinOutcome;

/// What a result opens with.
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
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AlertCode {
    /// A reader's count lies in the severe range (SEV-1): tell the clinician now.
    Severe,
    /// A machine count would, if confirmed: to be read now (MCH-7).
    UrgentReview,
}

impl AlertCode {
    /// Every code, the most pressing first.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// One alert with the lower limit that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Alert {
    /// What it asks for.
    pub code: AlertCode,
    /// The film whose count gave it.
    pub film: Film,
    /// Lower limit of the percentage of red cells infected: "at least x %" (MCH-10). `None` for a thick film with an
    /// assumed red cell count, where no percentage is known.
    #[serde(default)]
    pub at_least_percent: Option<f64>,
    /// Lower limit of the density, per µL.
    pub at_least_per_ul: f64,
    /// The profile's limit, per cent.
    #[serde(default)]
    pub limit_percent: Option<f64>,
    /// The limit of the density, per µL, where it is a density that was held against one.
    #[serde(default)]
    pub limit_per_ul: Option<f64>,
}

/// A film that can give an alert.
pub(crate) trait Alerting {
    /// The alert of a lower limit after `expected` false parasites are taken off.
    fn alert(&self, code: AlertCode, expected: f64, rbc: RbcUsed, profile: &Profile) -> Option<Alert>;
    /// Cells that false parasites are expected on.
    fn cells(&self) -> u64;
}

impl Alerting for ThinOutcome {
    /// From the profile's least number of red cells on, also where no percentage is reported (MCH-10).
    fn alert(&self, code: AlertCode, expected: f64, _: RbcUsed, profile: &Profile) -> Option<Alert> {
        let red_cells = self.count.red_cells().get();
        if red_cells < u64::from(profile.values().machine.alert_rbc_min) {
            return None;
        }
        let infected = self.count.infected().get() as f64 - expected;
        let share = lower_share(infected, red_cells as f64, profile.values().statistics.level);
        let rule = &profile.values().severity;
        passes(100.0 * share, rule.hyperparasitaemia_percent, rule.inclusive).then(|| Alert {
            code,
            film: Film::Thin,
            at_least_percent: Some(100.0 * share),
            at_least_per_ul: share * self.rbc.per_ul(),
            limit_percent: Some(rule.hyperparasitaemia_percent),
            limit_per_ul: None,
        })
    }

    fn cells(&self) -> u64 {
        self.count.red_cells().get()
    }
}

impl Alerting for ThickOutcome {
    /// By percentage with a measured red cell count, by density with an assumed one.
    fn alert(&self, code: AlertCode, expected: f64, rbc: RbcUsed, profile: &Profile) -> Option<Alert> {
        let (p, w) = (self.count.asexual.get() as f64 - expected, self.count.wbc.get());
        let density = lower_density(p, w as f64, profile.values().statistics.level)? * self.wbc.per_ul();
        let rule = &profile.values().severity;
        let measured = rbc.basis() == Basis::Measured;
        let percent = 100.0 * density / rbc.per_ul();
        let limit = f64::from(profile.values().machine.alert_density_gt);
        let alerts = if measured {
            passes(percent, rule.hyperparasitaemia_percent, rule.inclusive)
        } else {
            density > limit
        };
        alerts.then(|| Alert {
            code,
            film: Film::Thick,
            at_least_percent: measured.then_some(percent),
            at_least_per_ul: density,
            limit_percent: measured.then_some(rule.hyperparasitaemia_percent),
            limit_per_ul: (!measured).then_some(limit),
        })
    }

    fn cells(&self) -> u64 {
        self.count.wbc.get()
    }
}

/// The alert of a reader's count (MCH-7, SEV-1).
pub(crate) fn alert_of(film: &impl Alerting, rbc: RbcUsed, profile: &Profile) -> Option<Alert> {
    film.alert(AlertCode::Severe, 0.0, rbc, profile)
}

/// The alert of what nobody has judged; `false_per_cell`: what a site floor lets expect (MCH-7).
pub(crate) fn alert_of_machine(
    film: &impl Alerting,
    false_per_cell: Option<f64>,
    rbc: RbcUsed,
    profile: &Profile,
) -> Option<Alert> {
    let expected = false_per_cell.unwrap_or(0.0) * film.cells() as f64;
    film.alert(AlertCode::UrgentReview, expected, rbc, profile)
}

fn passes(value: f64, limit: f64, inclusive: bool) -> bool {
    if inclusive { value >= limit } else { value > limit }
}
