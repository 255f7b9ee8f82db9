//! Intervals of a thick-film density (STA-1, STA-2).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::beta::{beta_quantile, normal_quantile};
use super::gamma::gamma_quantile;

/// How an interval was made.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum IntervalMethod {
    /// [`cp_ratio`], STA-1.
    CpRatio,
    /// [`garwood_fixed_w`], STA-2.
    GarwoodFixedW,
    /// [`log_normal`], STA-2.
    LogNormal,
    /// [`super::field_bootstrap`], STA-7.
    FieldBootstrap,
    /// [`super::clopper_pearson`], STA-3.
    ClopperPearson,
    /// The count's and the sample's limits drawn together, MCH-6.
    SampleMonteCarlo,
}

impl IntervalMethod {
    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// A two-sided interval: finite, ordered, never below 0. The unit is that of the value it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    lower: f64,
    upper: f64,
    level: f64,
    method: IntervalMethod,
}

impl Interval {
    /// `None` where a limit is not a finite number, is negative, or the limits are out of order.
    pub fn new(lower: f64, upper: f64, level: f64, method: IntervalMethod) -> Option<Self> {
        let sound = lower >= 0.0 && lower <= upper && upper.is_finite() && level > 0.0 && level < 1.0;
        sound.then_some(Self { lower, upper, level, method })
    }

    /// Lower limit.
    pub fn lower(&self) -> f64 {
        self.lower
    }

    /// Upper limit.
    pub fn upper(&self) -> f64 {
        self.upper
    }

    /// Confidence level, such as 0.95.
    pub fn level(&self) -> f64 {
        self.level
    }

    /// How it was made.
    pub fn method(&self) -> IntervalMethod {
        self.method
    }

    /// Whether `value` lies within, limits included.
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// The same interval in another unit; `None` where that leaves the finite numbers.
    pub fn scaled(&self, factor: f64) -> Option<Self> {
        Self::new(self.lower * factor, self.upper * factor, self.level, self.method)
    }
}

/// Exact interval of a density P·C/W, in parasites per µL (STA-1): Clopper–Pearson limits (l, u) for P successes
/// in P + W, turned into ratios l/(1 − l) and u/(1 − u). `None` for W = 0 (INV-7).
pub fn cp_ratio(parasites: u64, wbc: u64, wbc_per_ul: f64, level: f64) -> Option<Interval> {
    if wbc == 0 {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    let (p, w) = (parasites as f64, wbc as f64);
    let lower = if parasites == 0 { 0.0 } else { odds(p, w + 1.0, tail) };
    let upper = if parasites == 0 { (-tail.ln() / w).exp_m1() } else { odds(p + 1.0, w, 1.0 - tail) };
    Interval::new(lower * wbc_per_ul, upper * wbc_per_ul, level, IntervalMethod::CpRatio)
}

/// x/(1 − x) for the quantile x of Beta(a, b). With l ~ Beta(P, W + 1), 1 − l ~ Beta(W + 1, P): it is taken from the
/// quantile that is not near 1, so that no digit is lost when P is far above W.
fn odds(a: f64, b: f64, at: f64) -> f64 {
    if a <= b {
        let x = beta_quantile(a, b, at);
        x / (1.0 - x)
    } else {
        let y = beta_quantile(b, a, 1.0 - at);
        (1.0 - y) / y
    }
}

/// Lower limit of P/W as [`cp_ratio`] gives it, for a P that need not be whole (MCH-7): 0 for no parasite, `None`
/// for W = 0.
pub(crate) fn lower_density(parasites: f64, wbc: f64, level: f64) -> Option<f64> {
    if wbc <= 0.0 || parasites.is_nan() {
        return None;
    }
    Some(if parasites <= 0.0 { 0.0 } else { odds(parasites, wbc + 1.0, (1.0 - level) / 2.0) })
}

/// Exact Poisson interval of P with W taken as fixed, per µL (STA-2; Garwood, Biometrika 1936). Too narrow where
/// P is far above W. `None` for W = 0.
pub fn garwood_fixed_w(parasites: u64, wbc: u64, wbc_per_ul: f64, level: f64) -> Option<Interval> {
    if wbc == 0 {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    let p = parasites as f64;
    let scale = wbc_per_ul / wbc as f64;
    let lower = if parasites == 0 { 0.0 } else { gamma_quantile(p, tail) };
    let upper = gamma_quantile(p + 1.0, 1.0 - tail);
    Interval::new(lower * scale, upper * scale, level, IntervalMethod::GarwoodFixedW)
}

/// Quick interval D·exp(±z·√(1/P + 1/W)), per µL (STA-2). `None` for P = 0 or W = 0, where it has no meaning.
pub fn log_normal(parasites: u64, wbc: u64, wbc_per_ul: f64, level: f64) -> Option<Interval> {
    if parasites == 0 || wbc == 0 {
        return None;
    }
    let (p, w) = (parasites as f64, wbc as f64);
    let half_width = normal_quantile(0.5 + level / 2.0) * (1.0 / p + 1.0 / w).sqrt();
    let density = p * wbc_per_ul / w;
    Interval::new(density * (-half_width).exp(), density * half_width.exp(), level, IntervalMethod::LogNormal)
}
