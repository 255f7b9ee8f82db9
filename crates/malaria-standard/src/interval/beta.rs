//! The regularised incomplete beta function and its inverse, for counts of any size.
//!
//! `statrs` stops its continued fraction after 140 terms, too early for counts above some ten thousand, so the
//! fraction stands here (DLMF 8.17.22, modified Lentz). Where even its own number of terms would grow without
//! bound, above [`LARGE`], a gamma or a normal form takes over; the error of those is far below the width of any
//! interval there. Small arguments are compared with `statrs` in the tests.

use statrs::function::erf;
use statrs::function::gamma::ln_gamma;

use super::gamma::{gamma_lower, gamma_quantile};

/// Both parameters above this: normal form.
const LARGE: f64 = 1e6;

/// One parameter above this, and [`FAR_APART`] times the other: gamma form.
const VERY_LARGE: f64 = 1e9;

/// Ratio of the parameters from which the smaller side is gamma distributed to within 1e-6 of its width.
const FAR_APART: f64 = 1e3;

/// I_x(a, b) for a, b > 0 and 0 <= x <= 1.
pub(crate) fn beta_reg(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    match form(a, b) {
        Form::Exact => exact(a, b, x),
        // The smaller side of Beta(a, b) with huge b is gamma distributed: b·X -> Gamma(a).
        Form::GammaLow => gamma_lower(a, -(-x).ln_1p() * (b + (a - 1.0) / 2.0)),
        Form::GammaHigh => 1.0 - gamma_lower(b, -x.ln() * (a + (b - 1.0) / 2.0)),
        Form::Normal => normal_cdf(cube_root_z(a, b, x)),
    }
}

/// The x with I_x(a, b) = p, for 0 < p < 1.
pub(crate) fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    match form(a, b) {
        Form::GammaLow => -(-gamma_quantile(a, p) / (b + (a - 1.0) / 2.0)).exp_m1(),
        Form::GammaHigh => (-gamma_quantile(b, 1.0 - p) / (a + (b - 1.0) / 2.0)).exp(),
        // The logarithms behind the slope have lost their digits here, so the bracket is only halved.
        Form::Normal => {
            let (mut low, mut high) = (0.0_f64, 1.0_f64);
            for _ in 0..100 {
                let x = 0.5 * (low + high);
                if beta_reg(a, b, x) > p { high = x } else { low = x }
            }
            0.5 * (low + high)
        }
        Form::Exact => {
            let (mut low, mut high) = (0.0_f64, 1.0_f64);
            let mut x = a / (a + b);
            // Newton steps kept inside a shrinking bracket; halving where a step would leave it.
            for _ in 0..200 {
                let miss = beta_reg(a, b, x) - p;
                if miss > 0.0 {
                    high = x
                } else {
                    low = x
                }
                let slope = ((a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - ln_beta(a, b)).exp();
                let step = x - miss / slope;
                let next = if step > low && step < high { step } else { 0.5 * (low + high) };
                if (next - x).abs() <= 1e-15 * x.abs() || high - low <= f64::MIN_POSITIVE {
                    return next;
                }
                x = next;
            }
            x
        }
    }
}

enum Form {
    Exact,
    GammaLow,
    GammaHigh,
    Normal,
}

fn form(a: f64, b: f64) -> Form {
    if b > VERY_LARGE && b > FAR_APART * a {
        Form::GammaLow
    } else if a > VERY_LARGE && a > FAR_APART * b {
        Form::GammaHigh
    } else if a > LARGE && b > LARGE {
        Form::Normal
    } else {
        Form::Exact
    }
}

fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

fn exact(a: f64, b: f64, x: f64) -> f64 {
    let front = (a * x.ln() + b * (-x).ln_1p() - ln_beta(a, b)).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(a, b, x) / a
    } else {
        1.0 - front * fraction(b, a, 1.0 - x) / b
    }
}

/// Continued fraction DLMF 8.17.22 by modified Lentz. Terms needed grow as the root of the larger parameter,
/// which [`form`] bounds.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..100_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let change = d * c;
        h *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

/// Paulson's cube-root normal form of the beta distribution (Biometrics 1942), for two large parameters.
fn cube_root_z(a: f64, b: f64, x: f64) -> f64 {
    let (u, v) = ((b * x).cbrt(), (a * (1.0 - x)).cbrt());
    3.0 * (u * (1.0 - 1.0 / (9.0 * b)) - v * (1.0 - 1.0 / (9.0 * a))) / (u * u / b + v * v / a).sqrt()
}

/// Standard normal distribution function.
pub(crate) fn normal_cdf(z: f64) -> f64 {
    0.5 * erf::erfc(-z / std::f64::consts::SQRT_2)
}

/// Standard normal quantile.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erf::erfc_inv(2.0 * p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_statrs_where_statrs_holds() {
        for (a, b) in [(0.5, 0.5), (1.0, 500.0), (17.0, 500.0), (351.0, 204.0), (3.0, 2.0), (50.0, 4951.0)] {
            for x in [1e-6, 0.01, 0.1, 0.4, 0.63, 0.9, 0.999] {
                let theirs = statrs::function::beta::beta_reg(a, b, x);
                let ours = beta_reg(a, b, x);
                assert!((ours - theirs).abs() <= 1e-11 + 1e-9 * theirs, "{a} {b} {x}: {ours} {theirs}");
            }
        }
    }

    #[test]
    fn the_inverse_inverts() {
        for a in [1.0, 2.0, 40.0, 5e3, 9e5, 2e6, 5e9] {
            for b in [1.0, 3.0, 200.0, 1e4, 9e5, 3e6, 7e9, 1e15] {
                for p in [0.025, 0.5, 0.975] {
                    let x = beta_quantile(a, b, p);
                    assert!(x > 0.0 && x <= 1.0, "{a} {b} {p}: {x}");
                    let back = beta_reg(a, b, x);
                    assert!((back - p).abs() < 1e-6, "{a} {b} {p}: {x} {back}");
                }
            }
        }
    }

    #[test]
    fn the_forms_meet() {
        // Just below and just above each border the quantiles must agree to a small part of their distance.
        for (a, b, c, d) in [(0.99e6, 0.99e6, 1.01e6, 1.01e6), (3.0, 0.999e9, 3.0, 1.001e9)] {
            for p in [0.025, 0.975] {
                let below = beta_quantile(a, b, p) / (a / (a + b)) - 1.0;
                let above = beta_quantile(c, d, p) / (c / (c + d)) - 1.0;
                assert!((below / above - 1.0).abs() < 0.02, "{a} {b} {p}: {below} {above}");
            }
        }
    }
}
