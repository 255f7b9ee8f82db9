//! What made a record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::terms::Film;

/// Program, bundles and their digests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
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
}
