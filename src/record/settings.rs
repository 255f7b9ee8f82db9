//! Everything a user can decide about a run: the struct that is used is the struct that is kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::site_floor::SiteFloor;
use crate::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use crate::terms::Film;

/// Decisions that act on a result. They act in this order: film, scale, bundle, profile, blood counts, floor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// All pictures are of this film; `None`: folder names or `slide.toml` say so.
    pub film: Option<Film>,
    /// Scale of every picture; `None`: read from the files or estimated from the cells.
    pub um_per_px: Option<MicronsPerPixel>,
    /// Name of the rule profile.
    pub profile: String,
    /// TOML text with the user's own values laid over the profile.
    pub profile_overrides: Option<String>,
    /// The patient's own white cell count, same day, same blood (THK-6); `None`: the profile's default.
    pub wbc_per_ul: Option<WbcPerMicrolitre>,
    /// The patient's own red cell count (THN-2); `None`: the profile's default.
    pub rbc_per_ul: Option<RbcPerMicrolitre>,
    /// False-positive floors measured at the site, at most one per film; without one the bundle's own is used.
    pub site_floors: Vec<SiteFloor>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            film: None,
            um_per_px: None,
            profile: "who-2016".to_owned(),
            profile_overrides: None,
            wbc_per_ul: None,
            rbc_per_ul: None,
            site_floors: Vec::new(),
        }
    }
}
