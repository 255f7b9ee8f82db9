//! The false-positive floor that a site measured on its own slides.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::files::read_text;
use crate::measure::Probability;
use crate::standard::{Floor, FloorUnit, NegativeSlide};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// Name and version of the file.
const SCHEMA: &str = "hemozoin-floor/1";

/// Most bytes of the file.
const MAX_BYTES: u64 = 1 << 20;

/// A site's floor for one film. It holds for the bundle that it was measured with, and for no other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SiteFloor {
    /// The film.
    pub film: Film,
    /// Name of the bundle.
    pub bundle: String,
    /// Digest of everything in the bundle that can change a detection.
    pub bundle_digest: String,
    /// Version of the program.
    pub program_version: String,
    /// Mean and spread.
    pub floor: Floor,
    /// The slides behind it.
    pub slides: Vec<MeasuredSlide>,
    /// The score from which this site's counts are the nearest to its readers', where it was measured. It is used only
    /// where that is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<MeasuredThreshold>,
}

/// The score at which a site's false and missed asexual parasites balance, on slides that its readers signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct MeasuredThreshold {
    /// An asexual parasite is counted from this score on.
    pub score: Probability,
    /// Digest of the bundle that counts so.
    pub bundle_digest: String,
    /// The floor of such counts, on the slides of the bundle's own.
    pub floor: Floor,
    /// Slides read, with and without parasites.
    pub slides: u64,
    /// Asexual parasites that the readers confirmed or added on them.
    pub parasites: u64,
    /// Marks of at least this score that the readers rejected.
    pub false_parasites: u64,
    /// Parasites of a lower score, or without a mark.
    pub missed_parasites: u64,
}

/// The score from which an engine counts asexual parasites of a film, instead of its bundle's own threshold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SiteThreshold {
    /// The film.
    pub film: Film,
    /// The score.
    pub score: Probability,
}

/// One slide known to hold no parasite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct MeasuredSlide {
    /// Its id.
    pub id: String,
    /// False parasites (thick film) or red cells wrongly called infected (thin film).
    pub parasites: u64,
    /// White cells (thick film) or red cells (thin film).
    pub cells: u64,
}

impl From<&MeasuredSlide> for NegativeSlide {
    fn from(slide: &MeasuredSlide) -> Self {
        Self { parasites: slide.parasites, cells: slide.cells }
    }
}

/// The file as written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: String,
    #[serde(default)]
    site: Vec<SiteFloor>,
}

impl SiteFloor {
    /// Reads a file of floors: at most one per film.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::Limit`], or [`ErrorKind::Usage`] for what does not fit.
    pub fn read(path: &Path) -> Result<Vec<Self>> {
        let text = read_text(path, MAX_BYTES)?;
        Self::parse(&text).map_err(|e| e.with_path(path))
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for what does not fit.
    pub fn parse(text: &str) -> Result<Vec<Self>> {
        let wrong = |reason: String| {
            Error::new(
                ErrorKind::Usage,
                format!("the false-positive floor cannot be used: {reason}; write it again with hemozoin calibrate"),
            )
            .with_key("error-floor-file")
            .with_arg("reason", reason)
        };
        let written: Written = toml::from_str(text).map_err(|e: toml::de::Error| {
            let start = e.span().map_or(0, |span| span.start);
            let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
            wrong(e.message().trim().replace('\n', " ")).on_line(u64::try_from(line).unwrap_or(u64::MAX))
        })?;
        if written.schema != SCHEMA {
            return Err(wrong(format!("expected schema {SCHEMA}, found {}", written.schema)));
        }
        for (i, floor) in written.site.iter().enumerate() {
            let unit = unit_of(floor.film);
            if floor.floor.unit() != unit {
                return Err(wrong(format!("a {} film counts {}", floor.film.code(), unit.code())));
            }
            if written.site.iter().take(i).any(|other| other.film == floor.film) {
                return Err(wrong(format!("two floors for the {} film", floor.film.code())));
            }
        }
        Ok(written.site)
    }

    /// The text of a file of floors.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] where TOML cannot hold them.
    pub fn write(floors: &[Self]) -> Result<String> {
        toml::to_string(&Written { schema: SCHEMA.to_owned(), site: floors.to_vec() })
            .map_err(|e| Error::new(ErrorKind::Internal, format!("cannot write the floor: {e}")))
    }

    /// The site's threshold, where one was measured.
    pub fn site_threshold(&self) -> Option<SiteThreshold> {
        self.threshold.as_ref().map(|t| SiteThreshold { film: self.film, score: t.score })
    }

    /// The floor, where it was measured with the bundle of this digest: the bundle's own threshold, or the site's.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where it was measured with another.
    pub fn for_bundle(&self, digest: &str) -> Result<Floor> {
        if self.bundle_digest == digest {
            return Ok(self.floor);
        }
        if let Some(threshold) = self.threshold.as_ref().filter(|t| t.bundle_digest == digest) {
            return Ok(threshold.floor);
        }
        let (measured, used) = (short(&self.bundle_digest), short(digest));
        Err(Error::new(
            ErrorKind::Usage,
            format!(
                "the {} film's false-positive floor was measured with bundle {} (digest {measured}), this run uses digest \
                 {used}; run hemozoin calibrate again, or leave the floor out",
                self.film.code(),
                self.bundle
            ),
        )
        .with_key(match self.film {
            Film::Thick => "error-floor-bundle-thick",
            Film::Thin => "error-floor-bundle-thin",
        })
        .with_arg("bundle", &self.bundle)
        .with_arg("measured", measured)
        .with_arg("used", used))
    }
}

/// What false parasites are counted against on a film.
pub fn unit_of(film: Film) -> FloorUnit {
    match film {
        Film::Thick => FloorUnit::WhiteCell,
        Film::Thin => FloorUnit::RedCell,
    }
}

fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::FloorBasis;

    fn floor(film: Film) -> SiteFloor {
        SiteFloor {
            film,
            bundle: "b".to_owned(),
            bundle_digest: "d1".to_owned(),
            program_version: "0".to_owned(),
            floor: Floor::from_rates(unit_of(film), FloorBasis::Site, 0.002, 0.001, 6, 1200).expect("sound"),
            slides: vec![MeasuredSlide { id: "N1".to_owned(), parasites: 1, cells: 200 }],
            threshold: None,
        }
    }

    #[test]
    fn a_site_threshold_has_a_floor_of_its_own() {
        let at_it =
            Floor::from_rates(FloorUnit::WhiteCell, FloorBasis::Site, 0.001, 0.0, 6, 1200).expect("sound");
        let threshold = MeasuredThreshold {
            score: Probability::new(0.75).expect("a probability"),
            bundle_digest: "d1+".to_owned(),
            floor: at_it,
            slides: 9,
            parasites: 60,
            false_parasites: 7,
            missed_parasites: 7,
        };
        let floors = vec![SiteFloor { threshold: Some(threshold), ..floor(Film::Thick) }];
        let text = SiteFloor::write(&floors).expect("written");
        assert_eq!(SiteFloor::parse(&text).expect("read"), floors);
        let (own, site) =
            (floors[0].for_bundle("d1").expect("own"), floors[0].for_bundle("d1+").expect("site"));
        assert_eq!((own.mean(), site.mean()), (0.002, 0.001));
        assert!(floors[0].for_bundle("d2").is_err());
        assert_eq!(floors[0].site_threshold().map(|t| t.score.get()), Some(0.75));
    }

    #[test]
    fn what_is_written_is_read() {
        let floors = vec![floor(Film::Thick), floor(Film::Thin)];
        let text = SiteFloor::write(&floors).expect("written");
        assert_eq!(SiteFloor::parse(&text).expect("read"), floors);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let twice = SiteFloor::write(&[floor(Film::Thin), floor(Film::Thin)]).expect("written");
        assert!(SiteFloor::parse(&twice).expect_err("twice").to_string().contains("two floors"));
        let crossed =
            SiteFloor::write(&[floor(Film::Thick)]).expect("written").replace("white_cell", "red_cell");
        assert!(SiteFloor::parse(&crossed).expect_err("unit").to_string().contains("white_cell"));
        assert!(SiteFloor::parse("schema = \"hemozoin-floor/9\"").is_err());
        let unknown = SiteFloor::parse("schema = \"hemozoin-floor/1\"\nsites = 3").expect_err("unknown");
        assert_eq!(unknown.line(), Some(2));
        let error = floor(Film::Thick).for_bundle("d2").expect_err("another bundle").to_string();
        assert!(error.contains("d1") && error.contains("d2"), "{error}");
        assert!(floor(Film::Thick).for_bundle("d1").is_ok());
    }
}
