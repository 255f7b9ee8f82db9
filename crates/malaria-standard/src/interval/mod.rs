//! Intervals, detection limits and what a film without parasites still allows (section 15).
//!
//! An interval covers counting error only. An assumed white or red cell count adds a systematic error that may
//! exceed it (FR-3); every printed interval says so.

mod beta;
mod bootstrap;
mod detection;
mod field;
mod gamma;
mod methods;
mod proportion;

pub use bootstrap::field_bootstrap;
pub use detection::{
    Volume, detection_limit, probability_missed, upper_limit_one_sided, upper_limit_two_sided,
};
pub use field::{PresenceEstimate, density_by_field_volume};
pub use methods::{Interval, IntervalMethod, cp_ratio, garwood_fixed_w, log_normal};
pub use proportion::{Proportion, cells_to_decide, clopper_pearson};

pub(crate) use beta::beta_reg;
pub(crate) use gamma::gamma_lower;
pub(crate) use methods::lower_density;
pub(crate) use proportion::lower_share;
