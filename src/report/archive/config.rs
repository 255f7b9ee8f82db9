//! Ids and bands of surveillance output: all of them configuration (falciparum standard, section 16).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::archive::{AgeBands, Bands, Sex};
use crate::{Error, ErrorKind, Result};

/// What `--config` may hold; the default is the file in this build.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveillanceConfig {
    pub(super) data_set: String,
    pub(super) attribute_option_combo: String,
    /// Bands of age.
    pub ages: AgeBands,
    /// Bands of density, parasites per µL.
    pub densities: Bands,
    pub(super) elements: Elements,
    #[serde(rename = "combo")]
    combos: Vec<Combo>,
    pub(super) org_units: BTreeMap<String, String>,
    pub(super) events: Events,
}

/// Data elements of the monthly report.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Elements {
    pub(super) tested: String,
    pub(super) positive: String,
    pub(super) falciparum: String,
    pub(super) vivax: String,
    pub(super) mixed: String,
    pub(super) other: String,
    pub(super) malariae: String,
    pub(super) ovale: String,
    pub(super) knowlesi: String,
}

/// Data elements of one confirmed case.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Events {
    pub(super) program: String,
    pub(super) date_of_diagnosis: String,
    pub(super) confirmed_by: String,
    pub(super) species: String,
    pub(super) density: String,
    pub(super) gametocytes: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Combo {
    band: usize,
    sex: Sex,
    #[serde(default)]
    pregnant: bool,
    id: String,
}

impl SurveillanceConfig {
    /// The text of the default file.
    pub const DEFAULT: &'static str = include_str!("surveillance.toml");

    /// Reads a file's text.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming an unknown or missing key, a wrong value, or a band of age without its combos.
    pub fn parse(text: &str) -> Result<Self> {
        let config: Self = toml::from_str(text).map_err(|e| wrong(text, &e))?;
        for band in 0..config.ages.count() {
            for sex in [Sex::Male, Sex::Female] {
                if config.combo(band, sex, false).is_none() {
                    return Err(without_combo(&config.ages.name(band, 0), sex));
                }
            }
        }
        Ok(config)
    }

    /// Id of the combination of a band of age and a sex; of pregnant women, where they have one of their own, else that of
    /// all women of that age.
    pub(super) fn combo(&self, band: usize, sex: Sex, pregnant: bool) -> Option<&str> {
        let of = |pregnant| {
            self.combos.iter().find(move |c| c.band == band && c.sex == sex && c.pregnant == pregnant)
        };
        of(pregnant).or_else(|| of(false)).map(|c| c.id.as_str())
    }

    /// Whether a site has an organisation unit here, or is named by the id of one (a letter and ten letters or digits).
    pub(super) fn knows(&self, site: &str) -> bool {
        let is_uid = site.len() == 11
            && site.starts_with(|c: char| c.is_ascii_alphabetic())
            && site.bytes().all(|b| b.is_ascii_alphanumeric());
        is_uid || self.org_units.contains_key(site) || self.org_units.values().any(|unit| unit == site)
    }

    /// Organisation unit of a site.
    pub(super) fn org_unit<'a>(&'a self, site: &'a str) -> &'a str {
        self.org_units.get(site).map_or(site, String::as_str)
    }
}

fn wrong(text: &str, error: &toml::de::Error) -> Error {
    let reason = error.message().trim().replace('\n', ", ");
    Error::new(ErrorKind::Usage, format!("the surveillance configuration cannot be used: {reason}"))
        .with_key("error-surveillance-config")
        .with_place(text, error.span().map_or(0, |span| span.start))
        .with_arg("reason", reason)
}

fn without_combo(ages: &str, sex: Sex) -> Error {
    let sex = sex.code();
    Error::new(
        ErrorKind::Usage,
        format!(
            "the surveillance configuration cannot be used: it has no [[combo]] for ages {ages} and sex {sex}"
        ),
    )
    .with_key("error-surveillance-combo")
    .with_arg("ages", ages)
    .with_arg("sex", sex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_sound() {
        let config = SurveillanceConfig::parse(SurveillanceConfig::DEFAULT).expect("sound");
        assert_eq!(config.combo(1, Sex::Female, true), Some("bWFxj7MF1qR"));
        assert_eq!(config.org_unit("Dosso"), "Dosso");
    }

    #[test]
    fn pregnant_women_have_a_line_of_their_own_in_the_example_for_niger() {
        let text = include_str!("../../../docs/examples/dhis2-niger.toml");
        let config = SurveillanceConfig::parse(text).expect("sound");
        assert_eq!(config.combo(1, Sex::Female, true), Some("A_REMPLACER_femmes_enceintes"));
        assert_eq!(config.combo(1, Sex::Female, false), config.combo(1, Sex::Male, false));
        assert_ne!(config.combo(0, Sex::Female, false), config.combo(1, Sex::Female, false));
    }

    #[test]
    fn a_band_without_its_combos_is_refused() {
        let text = SurveillanceConfig::DEFAULT.replace("ages = [5, 15]", "ages = [1, 5, 15]");
        assert!(SurveillanceConfig::parse(&text).expect_err("no combo").to_string().contains("15+"));
    }
}
