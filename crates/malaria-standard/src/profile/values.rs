//! The numbers of a profile, as written in its file.
//!
//! The meaning, clause and confidence of each number stand beside it in `profiles/who-2016.toml`; here are
//! only names, units and ranges. Nothing in this room holds a rule's number in code.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Authority, Denominator, MultiplyInfected, ReaderRule, Rounding, ThickMethod, ThinMethod};

/// Thick-film count (section 5).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Thick {
    /// White cells per µL assumed where none were measured (THK-6).
    pub wbc_per_ul_default: u32,
    /// White cells at which the parasite number is tested once (THK-2); 0 = no checkpoint.
    pub checkpoint_wbc: u32,
    /// Parasites that end the count at the checkpoint, inclusive (THK-2).
    pub checkpoint_parasites_min: u32,
    /// White cells that end the count after the checkpoint (THK-3); 0 = all fields are counted.
    pub extend_wbc: u32,
    /// Parasites that end the count early (THK-5); 0 = no limit.
    pub parasite_limit: u32,
    /// Whether the limit itself ends the count (true) or only a number above it (TES-8).
    pub parasite_limit_inclusive: bool,
    /// The parasite limit applies while fewer white cells than this were counted (THK-5).
    pub parasite_limit_below_wbc: u32,
}

/// What must be examined before no parasites may be reported (section 4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Negative {
    /// Valid thick-film fields (DET-1).
    pub min_fields: u32,
    /// Blood volume W/C in µL (DET-11).
    pub min_volume_ul: f64,
    /// White cells (DET-7).
    pub min_wbc: u32,
}

/// Thin-film count (section 6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Thin {
    /// Red cells per µL assumed where none were measured (THN-2).
    pub rbc_per_ul_default: u32,
    /// Red cells that make a count complete (THN-1).
    pub rbc_target: u32,
    /// Red cells below which no percentage is reported (THN-8).
    pub rbc_report_min: u32,
    /// Percentage below which the count goes on to `extend_rbc` (US-1); 0 = never.
    pub extend_below_percent: f64,
    /// Red cells to go on to (US-1); 0 = never.
    pub extend_rbc: u32,
    /// How a cell with several parasites counts (THN-3).
    pub multiply_infected: MultiplyInfected,
}

/// When a thin film is recommended (THN-5, THN-6, THN-9).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SwitchToThin {
    /// Mean parasites per counted field, strict; 0 = off.
    pub mean_per_field_gt: u32,
    /// Density per µL, strict; 0 = off.
    pub density_per_ul_gt: u32,
}

/// Film quality and advice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Mean white cells per counted field below which the film is flagged (DET-10).
    pub wbc_per_field_min: u32,
    /// Further fields advised after a positive, for a second species (DET-2).
    pub mixed_infection_extra_fields: u32,
    /// Films advised where none showed a parasite and malaria stays suspected (DET-9).
    pub repeat_films: u32,
}

/// Plus grade (section 8.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plus {
    /// Whether the grade is given beside the density.
    pub enabled: bool,
    /// Fields that + and ++ need.
    pub min_fields: u32,
}

/// Trape classes (section 8.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trape {
    /// Whether the class is given beside the density.
    pub enabled: bool,
    /// Fields that every class needs.
    pub min_fields: u32,
    /// Lower limits of classes 2, 3, 4 and 5, per µL, inclusive.
    pub class_limits_per_ul: [u32; 4],
}

/// Parasite conditions of severity criteria (section 11).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Severity {
    /// Whose limit is shown.
    pub authority: Authority,
    /// The limit shown, % of red cells (SEV-1).
    pub hyperparasitaemia_percent: f64,
    /// Whether the limit itself counts.
    pub inclusive: bool,
    /// The limits listed beside it, % of red cells (section 11.2).
    pub report_limits_percent: Vec<f64>,
    /// Bilirubin above which jaundice counts, µmol/L (SEV-2).
    pub jaundice_bilirubin_umol_gt: f64,
    /// Density that must go with jaundice, per µL, strict (SEV-2).
    pub jaundice_density_gt: u32,
    /// Density that must go with severe anaemia, per µL, strict (SEV-3).
    pub anaemia_density_gt: u32,
    /// Age in years from which the adult limits hold (SEV-3).
    pub adult_from_years: u32,
    /// Haemoglobin of a child, g/dL, inclusive (SEV-3).
    pub child_hb_g_dl_max: f64,
    /// Haematocrit of a child, %, inclusive (SEV-3).
    pub child_hct_percent_max: f64,
    /// Haemoglobin of an adult, g/dL, strict (SEV-3).
    pub adult_hb_g_dl_below: f64,
    /// Haematocrit of an adult, %, strict (SEV-3).
    pub adult_hct_percent_below: f64,
    /// Hyperparasitaemia of *P. knowlesi*, per µL, strict (SEV-12).
    pub knowlesi_density_gt: u32,
    /// Density of *P. knowlesi* that must go with jaundice, per µL, strict (SEV-12).
    pub knowlesi_jaundice_density_gt: u32,
}

/// Two readings of one slide (section 10.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Readers {
    /// When a third reading is needed.
    pub rule: ReaderRule,
    /// Largest difference accepted by `who-tes-2009`, %, strict.
    pub max_difference_percent: f64,
    /// Largest difference accepted by `research-25`, %, strict.
    pub research_difference_percent: f64,
    /// What the difference is divided by.
    pub denominator: Denominator,
    /// Factor of the closed form of `tdr-obare`.
    pub obare_k: f64,
    /// `tdr-obare` tests only where a reading is above this, per µL, strict.
    pub obare_above_per_ul: u32,
}

/// Lower limits of levels 1, 2 and 3 (section 10.1), inclusive; below the last is level 4.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Competence {
    /// Parasite detection, %.
    pub detection_percent: [f64; 3],
    /// Species identification, %.
    pub species_percent: [f64; 3],
    /// Counts within the tolerance, %.
    pub count_percent: [f64; 3],
    /// Tolerance of a count around the true density, %, inclusive.
    pub count_tolerance_percent: f64,
}

/// Treatment response (section 12).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// Axillary temperature that counts as fever, °C, inclusive.
    pub fever_celsius: f64,
    /// Day-3 density that is a failure, % of day 0, inclusive.
    pub day3_fraction_percent: f64,
}

/// Intervals (section 15).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statistics {
    /// Two-sided confidence level.
    pub level: f64,
    /// Method for the thick film (STA-1, STA-2, STA-7).
    pub thick_interval: ThickMethod,
    /// Method for the thin film (STA-3).
    pub thin_interval: ThinMethod,
    /// Blood volume of one oil-immersion field, µL, where only fields are known.
    pub field_volume_ul: f64,
    /// Resamples of the field bootstrap (STA-7).
    pub bootstrap_resamples: u32,
}

/// The test against a false-positive floor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FloorTest {
    /// One-sided level of the test.
    pub alpha: f64,
    /// Known-negative slides below which no floor is measured.
    pub min_slides: u32,
}

/// What a count that no reader has judged may say (section 9.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// Red cells from which an alert may be given (MCH-7).
    pub alert_rbc_min: u32,
    /// An assumed red cell count alerts where the lower limit of the density is above this, per µL, strict (MCH-7).
    pub alert_density_gt: u32,
    /// More suspects than this may be judged by a random sample (MCH-6).
    pub sample_above: u32,
    /// Judged suspects of a sample below which it says no more than what was confirmed (MCH-6).
    pub sample_min: u32,
    /// Draws of the Monte Carlo interval of a sample (MCH-6).
    pub sample_draws: u32,
    /// Malaria-free slides that a site floor needs (section 9.1).
    pub site_floor_slides_min: u32,
    /// White cells that a thick film's site floor needs in all (section 9.1).
    pub site_floor_wbc_min: u32,
    /// Red cells that a thin film's site floor needs in all (section 9.1).
    pub site_floor_rbc_min: u32,
}

/// How numbers are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Rounding of a density (THK-10).
    pub rounding: Rounding,
    /// Languages of a report, in order.
    pub languages: Vec<String>,
}

/// Every number of a profile. Built only by [`super::Profile`], which checks the ranges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Values {
    /// Thick-film count.
    pub thick: Thick,
    /// Film without parasites.
    pub negative: Negative,
    /// Thin-film count.
    pub thin: Thin,
    /// Advice to read the thin film.
    pub switch_to_thin: SwitchToThin,
    /// Quality and advice.
    pub quality: Quality,
    /// Plus grade (section 8.1).
    pub plus: Plus,
    /// Trape classes (section 8.2).
    pub trape: Trape,
    /// Severity conditions.
    pub severity: Severity,
    /// Two readings.
    pub readers: Readers,
    /// Competence levels.
    pub competence: Competence,
    /// Treatment response.
    pub response: Response,
    /// Intervals.
    pub statistics: Statistics,
    /// False-positive floor.
    pub floor: FloorTest,
    /// Counts that no reader has judged.
    pub machine: Machine,
    /// Writing.
    pub report: Report,
}
