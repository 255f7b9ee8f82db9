//! Criteria that join a density with something measured elsewhere (SEV-2, SEV-3, SEV-12).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Species;
use crate::profile::Severity;

/// How anaemia was measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Anaemia {
    /// Haemoglobin, g/dL.
    Haemoglobin(f64),
    /// Haematocrit, %.
    Haematocrit(f64),
}

/// Hyperparasitaemia of *P. knowlesi*: above 100,000 per µL, strict (SEV-12).
pub fn hyperparasitaemia_knowlesi(density: f64, rule: &Severity) -> bool {
    density > f64::from(rule.knowlesi_density_gt)
}

/// Jaundice with enough parasites: bilirubin above 50 µmol/L and density above 100,000 per µL, or above 20,000 for
/// *P. knowlesi*, all strict (SEV-2, SEV-12). For *P. vivax* no density is asked for (SEV-11).
pub fn jaundice_condition(species: Species, density: f64, bilirubin_umol_l: f64, rule: &Severity) -> bool {
    let enough = match species {
        Species::Vivax => density > 0.0,
        Species::Knowlesi => density > f64::from(rule.knowlesi_jaundice_density_gt),
        Species::Falciparum | Species::Malariae | Species::Ovale => {
            density > f64::from(rule.jaundice_density_gt)
        }
    };
    enough && bilirubin_umol_l > rule.jaundice_bilirubin_umol_gt
}

/// Severe anaemia with enough parasites: density above 10,000 per µL, strict, and haemoglobin <= 5 g/dL or
/// haematocrit <= 15 % below 12 years, < 7 g/dL or < 20 % from the 12th birthday (SEV-3). For *P. vivax* no density
/// is asked for (SEV-11).
pub fn severe_anaemia_condition(
    species: Species,
    density: f64,
    anaemia: Anaemia,
    age_years: f64,
    rule: &Severity,
) -> bool {
    let enough = match species {
        Species::Vivax => density > 0.0,
        _ => density > f64::from(rule.anaemia_density_gt),
    };
    let adult = age_years >= f64::from(rule.adult_from_years);
    let anaemic = match (anaemia, adult) {
        (Anaemia::Haemoglobin(hb), false) => hb <= rule.child_hb_g_dl_max,
        (Anaemia::Haemoglobin(hb), true) => hb < rule.adult_hb_g_dl_below,
        (Anaemia::Haematocrit(hct), false) => hct <= rule.child_hct_percent_max,
        (Anaemia::Haematocrit(hct), true) => hct < rule.adult_hct_percent_below,
    };
    enough && anaemic
}
