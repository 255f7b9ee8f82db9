//! What other thresholds would give, from the scores alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Thresholds chosen after the fact, over the fields where the class is labelled exhaustively. Says something
/// about thresholds below the bundle's only where the engine reported down to them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sweep {
    /// The best F1 of any threshold.
    pub best_f1: f64,
    /// The lowest score kept there.
    pub best_threshold: f64,
    /// F1 where false and missed objects are nearest in number.
    pub balanced_f1: f64,
    /// The lowest score kept there.
    pub balanced_threshold: f64,
}

impl Sweep {
    /// Over scored detections and the number of labelled objects; `None` without either.
    pub(super) fn over(scored: impl Iterator<Item = (f32, bool)>, labelled: u64) -> Option<Self> {
        let mut scored: Vec<(f32, bool)> = scored.collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        if labelled == 0 {
            return None;
        }
        let (mut hits, mut best, mut balanced) = (0_u64, None::<(f64, f32)>, None::<(u64, f64, f32)>);
        for (i, (score, right)) in scored.iter().enumerate() {
            hits += u64::from(*right);
            if scored.get(i + 1).is_some_and(|next| next.0 == *score) {
                continue;
            }
            let found = i as u64 + 1;
            let f1 = 2.0 * hits as f64 / (found + labelled) as f64;
            if best.is_none_or(|(b, _)| f1 > b) {
                best = Some((f1, *score));
            }
            let apart = (found - hits).abs_diff(labelled - hits.min(labelled));
            if balanced.is_none_or(|(b, ..)| apart < b) {
                balanced = Some((apart, f1, *score));
            }
        }
        let ((best_f1, best_threshold), (_, balanced_f1, balanced_threshold)) = (best?, balanced?);
        Some(Self {
            best_f1,
            best_threshold: f64::from(best_threshold),
            balanced_f1,
            balanced_threshold: f64::from(balanced_threshold),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_answer() {
        let scored = [(0.9, true), (0.8, true), (0.7, false), (0.6, true), (0.2, false), (0.1, false)];
        let sweep = Sweep::over(scored.into_iter(), 4).expect("four labelled");
        // Four kept, three right, four labelled: 6/8. Two kept, two right: 4/6.
        assert!(
            (sweep.best_f1 - 0.75).abs() < 1e-9 && (sweep.best_threshold - 0.6).abs() < 1e-6,
            "{sweep:?}"
        );
        assert!((sweep.balanced_threshold - 0.6).abs() < 1e-6, "one false, one missed: {sweep:?}");
    }
}
