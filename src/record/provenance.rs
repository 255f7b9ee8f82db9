//! What made a record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::terms::Film;

/// Program, bundles and their digests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct Provenance {
    /// Always `hemozoin`.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The bundles that ran.
    pub bundles: Vec<BundleProvenance>,
}

impl Provenance {
    /// Of this build, with the given bundles.
    pub fn of_this_build(bundles: Vec<BundleProvenance>) -> Self {
        Self {
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            bundles,
        }
    }
}

/// One bundle that ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct BundleProvenance {
    /// The film that it read.
    pub film: Film,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over everything in it that can change a detection.
    pub digest: String,
    /// SHA-256 of its weights.
    pub weights_sha256: String,
    /// What it marks on films without malaria, as its card says; `None` where nobody has measured it. It says how many
    /// false suspects a reader has to expect, and never that a suspect is false (MCH-2).
    #[serde(default)]
    pub false_marks: Option<FalseMarks>,
}

/// Marks on films without malaria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct FalseMarks {
    /// Mean number of marks on `of_cells` cells.
    pub mean: f64,
    /// White cells (thick film) or red cells (thin film) that the mean is given for.
    pub of_cells: u64,
    /// Cells that it was measured on.
    pub cells: u64,
    /// The films that it was measured on.
    pub measured_on: String,
}
