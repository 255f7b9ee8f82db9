//! Functions that the system's mathematics library computes differently from machine to machine, as polynomials.
//!
//! Only IEEE 754 `+ - * /` and integer operations are used, which every platform rounds alike. Accuracy is a few
//! parts in a million: enough for light, not meant for statistics.

/// e to the power `x`; 0 below about -87, saturating above 88.
pub(super) fn exp(x: f32) -> f32 {
    const LOG2_E: f32 = std::f32::consts::LOG2_E;
    let t = (x * LOG2_E).clamp(-126.0, 127.0);
    // Round to nearest by truncation of a positive number: no library call, same result everywhere.
    let whole = (t + 127.5) as i32 - 127;
    let f = (t - whole as f32) * std::f32::consts::LN_2;
    let p = 1.0 + f * (1.0 + f * (0.5 + f * (1.0 / 6.0 + f * (1.0 / 24.0 + f * (1.0 / 120.0)))));
    p * f32::from_bits(((whole + 127) as u32) << 23)
}

/// Natural logarithm of a positive normal number; values below 1e-6 count as 1e-6.
pub(super) fn ln(x: f32) -> f32 {
    let bits = x.max(1e-6).to_bits();
    let mut exponent = (bits >> 23) as i32 - 127;
    let mut m = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000);
    if m > std::f32::consts::SQRT_2 {
        m *= 0.5;
        exponent += 1;
    }
    // ln m = 2 artanh((m - 1) / (m + 1)).
    let s = (m - 1.0) / (m + 1.0);
    let q = s * s;
    let series = 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0)))));
    exponent as f32 * std::f32::consts::LN_2 + series
}

/// 0 below `a`, 1 above `b`, smooth between (cubic).
pub(super) fn smoothstep(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// From `a` to `b` as `t` goes from 0 to 1.
pub(super) fn mix(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_to_the_library() {
        for i in -400..=400 {
            let x = i as f32 * 0.02;
            assert!((exp(x) / x.exp() - 1.0).abs() < 2e-5, "exp {x}");
        }
        for i in 1..400 {
            let x = i as f32 * 0.0173;
            assert!((ln(x) - x.ln()).abs() < 2e-5, "ln {x}");
        }
        assert!(exp(-1000.0) < 1e-30 && exp(f32::MAX).is_finite() && ln(0.0).is_finite());
    }
}
