//! How far the engine's own scale is off.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::judge::FieldJudgement;
use super::rates::median;
use crate::optics::ScaleBasis;

/// Estimated over true scale, over the pictures whose scale is known and was not given to the engine.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScaleError {
    /// Pictures.
    pub pictures: u64,
    /// Pictures for which no scale could be estimated.
    pub without: u64,
    /// Median ratio.
    pub median_ratio: Option<f64>,
    /// Share of the pictures whose estimate is within 15 % of the truth.
    pub within_15_percent: f64,
    /// Smallest ratio.
    pub lowest_ratio: Option<f64>,
    /// Largest ratio.
    pub highest_ratio: Option<f64>,
}

impl ScaleError {
    /// `None` where no picture has a known scale that was not given.
    pub(super) fn over<'a>(fields: impl Iterator<Item = &'a FieldJudgement>) -> Option<Self> {
        let (mut ratios, mut without) = (Vec::new(), 0);
        for field in fields {
            let Some(known) = field.true_um_per_px else { continue };
            match &field.scale {
                Some(scale) if scale.basis == ScaleBasis::Given => {}
                Some(scale) => ratios.push(scale.um_per_px.get() / known.get()),
                None => without += 1,
            }
        }
        let pictures = ratios.len() as u64 + without;
        if pictures == 0 {
            return None;
        }
        ratios.sort_by(f64::total_cmp);
        let close = ratios.iter().filter(|r| (1.0 / 1.15..=1.15).contains(*r)).count();
        Some(Self {
            pictures,
            without,
            median_ratio: median(&ratios),
            within_15_percent: close as f64 / pictures as f64,
            lowest_ratio: ratios.first().copied(),
            highest_ratio: ratios.last().copied(),
        })
    }
}
