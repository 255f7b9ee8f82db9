//! Whether a score of 0.8 is right eight times in ten.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Bins of equal width over 0 to 1.
const BINS: usize = 10;

/// How well scores fit what came true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Calibration {
    /// Mean over the detections of |mean score - share right| of their bin (Naeini 2015).
    pub expected_error: f64,
    /// The bins that hold detections.
    pub bins: Vec<ReliabilityBin>,
}

/// Detections of about one score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReliabilityBin {
    /// Lower edge; the bin is a tenth wide.
    pub from: f64,
    /// Detections in it.
    pub detections: u64,
    /// Their mean score.
    pub mean_score: f64,
    /// The share of them that was right.
    pub right: f64,
}

impl Calibration {
    /// Over scored detections; `None` where there are none.
    pub fn over(scored: impl Iterator<Item = (f32, bool)>) -> Option<Self> {
        let mut sums = [(0_u64, 0.0_f64, 0_u64); BINS];
        for (score, right) in scored {
            let bin = ((f64::from(score) * BINS as f64) as usize).min(BINS - 1);
            if let Some((n, sum, hits)) = sums.get_mut(bin) {
                *n += 1;
                *sum += f64::from(score);
                *hits += u64::from(right);
            }
        }
        let total: u64 = sums.iter().map(|s| s.0).sum();
        if total == 0 {
            return None;
        }
        let bins: Vec<ReliabilityBin> = sums
            .iter()
            .enumerate()
            .filter(|(_, s)| s.0 > 0)
            .map(|(i, &(n, sum, hits))| ReliabilityBin {
                from: i as f64 / BINS as f64,
                detections: n,
                mean_score: sum / n as f64,
                right: hits as f64 / n as f64,
            })
            .collect();
        let expected_error =
            bins.iter().map(|b| (b.mean_score - b.right).abs() * b.detections as f64 / total as f64).sum();
        Some(Self { expected_error, bins })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_answer() {
        // Ten at 0.75, of which five right: off by 0.25. Ten at 0.95, all right: off by 0.05.
        let scored = (0..20).map(|i| if i < 10 { (0.75, i < 5) } else { (0.95, true) });
        let c = Calibration::over(scored).expect("twenty");
        assert!((c.expected_error - 0.15).abs() < 1e-6, "{c:?}");
        assert_eq!(c.bins.len(), 2);
        assert_eq!(Calibration::over(std::iter::empty()), None);
    }
}
