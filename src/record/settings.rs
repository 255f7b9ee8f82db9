//! Everything a user can decide about a run: rules belong to the engine, facts to the slide, and a record keeps both.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::site_floor::{SiteFloor, SiteThreshold};
use crate::Result;
use crate::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use crate::standard::Profile;
use crate::terms::Film;

/// Decisions that act on a result, as a record keeps them: the [`Rules`] of the engine and the [`Facts`] about the
/// slide that were used. They act in this order: film, scale, bundle, profile, blood counts, floor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
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
    /// False-positive floors measured at the site, at most one per film; a bundle's own decides nothing (MCH-2).
    pub site_floors: Vec<SiteFloor>,
    /// Scores of this site from which asexual parasites were counted, instead of a bundle's own threshold; at most one
    /// per film, none where it was not asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub site_thresholds: Vec<SiteThreshold>,
}

impl Settings {
    /// What was used on a slide.
    pub fn of(rules: &Rules, facts: &Facts) -> Self {
        let (Rules { profile, overrides, thresholds }, facts) = (rules.clone(), facts.clone());
        let Facts { film, um_per_px, wbc_per_ul, rbc_per_ul, site_floors } = facts;
        Self {
            film,
            um_per_px,
            profile,
            profile_overrides: overrides,
            wbc_per_ul,
            rbc_per_ul,
            site_floors,
            site_thresholds: thresholds,
        }
    }

    /// What was stated about the slide.
    pub fn facts(&self) -> Facts {
        let Self { film, um_per_px, wbc_per_ul, rbc_per_ul, site_floors, .. } = self.clone();
        Facts { film, um_per_px, wbc_per_ul, rbc_per_ul, site_floors }
    }

    /// The rules that were used.
    pub fn rules(&self) -> Rules {
        Rules {
            profile: self.profile.clone(),
            overrides: self.profile_overrides.clone(),
            thresholds: self.site_thresholds.clone(),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::of(&Rules::default(), &Facts::default())
    }
}

/// What an engine decides by, the same for all of its slides. Its bundles stand in the record's provenance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rules {
    /// Name of the rule profile.
    pub profile: String,
    /// TOML text with the user's own values laid over the profile.
    pub overrides: Option<String>,
    /// Scores of this site from which asexual parasites are counted, instead of a bundle's own threshold; at most one
    /// per film.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<SiteThreshold>,
}

impl Rules {
    /// Those of a profile, with the user's own values (TOML text) laid over them, where there are some.
    pub fn of(profile: impl Into<String>, overrides: Option<String>) -> Self {
        Self { profile: profile.into(), overrides, thresholds: Vec::new() }
    }

    /// The same, counting asexual parasites from these scores on.
    #[must_use]
    pub fn counting_from(mut self, thresholds: Vec<SiteThreshold>) -> Self {
        self.thresholds = thresholds;
        self
    }

    /// The profile that they make.
    ///
    /// # Errors
    /// [`ErrorKind::Profile`](crate::ErrorKind::Profile) for an unknown profile or a wrong value laid over it.
    pub fn to_profile(&self) -> Result<Profile> {
        let named = Profile::named(&self.profile)?;
        match &self.overrides {
            Some(text) => named.with_overrides(text, "profile"),
            None => Ok(named),
        }
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::of("who-2016", None)
    }
}

/// What is known about one slide and acts on its result; what nobody states is found out or assumed, and the record
/// says which.
///
/// ```
/// use hemozoin::{Facts, Film, WbcPerMicrolitre};
///
/// # fn main() -> Result<(), String> {
/// let facts = Facts::of(Film::Thick).wbc_per_ul(WbcPerMicrolitre::try_from(6_400.0)?);
/// assert_eq!(facts.um_per_px, None); // read from the pictures, or estimated
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Facts {
    /// All pictures are of this film; `None`: each picture's own is stated.
    pub film: Option<Film>,
    /// Scale of every picture; `None`: read from the files or estimated from the cells.
    pub um_per_px: Option<MicronsPerPixel>,
    /// The patient's own white cell count, same day, same blood (THK-6); `None`: the profile's default.
    pub wbc_per_ul: Option<WbcPerMicrolitre>,
    /// The patient's own red cell count (THN-2); `None`: the profile's default.
    pub rbc_per_ul: Option<RbcPerMicrolitre>,
    /// False-positive floors measured at the site, at most one per film; a bundle's own decides nothing (MCH-2).
    pub site_floors: Vec<SiteFloor>,
}

impl Facts {
    /// Of a slide whose pictures all show this film.
    pub fn of(film: Film) -> Self {
        Self { film: Some(film), ..Self::default() }
    }

    /// Scale of every picture.
    #[must_use]
    pub fn um_per_px(mut self, um_per_px: MicronsPerPixel) -> Self {
        self.um_per_px = Some(um_per_px);
        self
    }

    /// The patient's own white cell count, same day, same blood (THK-6).
    #[must_use]
    pub fn wbc_per_ul(mut self, count: WbcPerMicrolitre) -> Self {
        self.wbc_per_ul = Some(count);
        self
    }

    /// The patient's own red cell count (THN-2).
    #[must_use]
    pub fn rbc_per_ul(mut self, count: RbcPerMicrolitre) -> Self {
        self.rbc_per_ul = Some(count);
        self
    }

    /// False-positive floors measured at the site, as [`SiteFloor::read`] gives them: at most one per film.
    #[must_use]
    pub fn site_floors(mut self, floors: Vec<SiteFloor>) -> Self {
        self.site_floors = floors;
        self
    }
}
