//! Exact intervals of a proportion (STA-3).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::beta::{beta_quantile, normal_quantile};
use super::methods::{Interval, IntervalMethod};

/// `hits` of `of`, with the interval; `of` is at least 1 and at least `hits`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Proportion {
    hits: u64,
    of: u64,
    percent: f64,
    percent_low: f64,
    percent_high: f64,
}

impl Proportion {
    /// `None` where `of` is 0 or less than `hits`.
    pub fn new(hits: u64, of: u64, level: f64) -> Option<Self> {
        let interval = clopper_pearson(hits, of, level)?;
        Some(Self {
            hits,
            of,
            percent: 100.0 * hits as f64 / of as f64,
            percent_low: 100.0 * interval.lower(),
            percent_high: 100.0 * interval.upper(),
        })
    }

    /// How many had the property.
    pub fn hits(&self) -> u64 {
        self.hits
    }

    /// Of how many.
    pub fn of(&self) -> u64 {
        self.of
    }

    /// The proportion in per cent.
    pub fn percent(&self) -> f64 {
        self.percent
    }

    /// Lower Clopper–Pearson limit, per cent.
    pub fn percent_low(&self) -> f64 {
        self.percent_low
    }

    /// Upper Clopper–Pearson limit, per cent.
    pub fn percent_high(&self) -> f64 {
        self.percent_high
    }
}

/// Clopper–Pearson interval of `hits` in `of` as a fraction within 0 to 1 (STA-3; Biometrika 1934).
/// `None` where `of` is 0 or less than `hits`.
pub fn clopper_pearson(hits: u64, of: u64, level: f64) -> Option<Interval> {
    let rest = of.checked_sub(hits)?;
    if of == 0 {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    let (h, r, n) = (hits as f64, rest as f64, of as f64);
    // With all or none hit the exact limits have a closed form.
    let lower = match (hits, rest) {
        (0, _) => 0.0,
        (_, 0) => (tail.ln() / n).exp(),
        _ => beta_quantile(h, r + 1.0, tail),
    };
    let upper = match (hits, rest) {
        (_, 0) => 1.0,
        (0, _) => -(tail.ln() / n).exp_m1(),
        _ => beta_quantile(h + 1.0, r, 1.0 - tail),
    };
    Interval::new(lower, upper, level, IntervalMethod::ClopperPearson)
}

/// Lower Clopper-Pearson limit of a share whose hits need not be whole, as where expected false ones were taken off
/// (MCH-7): 0 for no hit.
pub(crate) fn lower_share(hits: f64, of: f64, level: f64) -> f64 {
    let tail = (1.0 - level) / 2.0;
    if hits.is_nan() || hits <= 0.0 || of <= 0.0 {
        0.0
    } else if hits >= of {
        (tail.ln() / of).exp()
    } else {
        beta_quantile(hits, of - hits + 1.0, tail)
    }
}

/// Red cells after which a count at proportion `p` would stand clear of the limit `t`: z²·p(1 − p)/(p − t)²
/// (section 11.2). `None` where the two are equal or not proportions.
pub fn cells_to_decide(p: f64, t: f64, level: f64) -> Option<u64> {
    if !(0.0..=1.0).contains(&p) || !(0.0..=1.0).contains(&t) {
        return None;
    }
    let z = normal_quantile(0.5 + level / 2.0);
    let cells = (z * z * p * (1.0 - p) / ((p - t) * (p - t))).ceil();
    (cells.is_finite() && cells < 1e15).then_some(cells as u64)
}
