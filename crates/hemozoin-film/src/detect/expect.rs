//! What a bundle says of itself: what to expect of its marks, and where its weights come from.

use serde::{Deserialize, Serialize};

/// False marks at the shipped thresholds, measured on material without parasites.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FalsePositiveFloor {
    /// Mean per 1,000 red cells (thin films).
    pub mean_per_1000_red_cells: Option<f64>,
    /// Mean per 200 white cells (thick films).
    pub mean_per_200_white_cells: Option<f64>,
    /// Standard deviation between slides, in the same unit.
    pub sd_between_slides: f64,
    /// Number of red or white cells that it was measured on.
    pub cells: u64,
    /// Number of slides or sets.
    pub slides: u64,
    /// What it was measured on, in a sentence.
    pub measured_on: String,
}

/// How many of the marks called asexual parasites are parasites, on films with malaria from cameras that the measured
/// networks had not seen. On films without malaria none is: there the floor says how many to expect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspects {
    /// Of ten marks, cameras pooled.
    pub true_in_ten: f64,
    /// Of ten marks, on the camera where they are the fewest.
    pub true_in_ten_worst: f64,
    /// Number of marks.
    pub marks: u64,
    /// Number of cameras.
    pub cameras: u64,
    /// What it was measured on, in a sentence.
    pub measured_on: String,
}

/// A data set that the weights were learnt from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// Name of the set.
    pub set: String,
    /// Who is to be thanked.
    pub credit: String,
    /// Its licence.
    pub licence: String,
}
