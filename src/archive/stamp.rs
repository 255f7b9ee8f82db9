//! What a run was begun with: a resume with anything else would mix two results.

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::record::{Facts, Rules};
use crate::slide::Engine;
use crate::standard::ProfileId;
use crate::terms::Film;

/// Everything that can change a record, apart from the pictures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// Version of this program.
    pub version: String,
    /// What this build is made of: a digest of its sources, for a version stands for many of them.
    #[serde(default)]
    pub build: String,
    /// What was stated for all slides, before slides and manifest complete it.
    pub facts: Facts,
    /// The rules as they were given.
    pub rules: Rules,
    /// The rules themselves.
    pub profile: ProfileId,
    /// The bundle of each film.
    pub bundles: Vec<BundleStamp>,
}

/// One bundle by its digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleStamp {
    /// The film that it reads.
    pub film: Film,
    /// Its name and version.
    pub name: String,
    /// SHA-256 over everything in it that can change a detection.
    pub digest: String,
}

impl Stamp {
    /// The stamp of an engine that reads slides of which `facts` are stated; loads both bundles.
    ///
    /// # Errors
    /// [`ErrorKind::Model`](crate::ErrorKind::Model) where a bundle cannot be loaded.
    pub fn of(engine: &Engine, facts: &Facts) -> Result<Self> {
        let bundles = [Film::Thick, Film::Thin]
            .into_iter()
            .map(|film| {
                let detector = engine.detector(film)?;
                let bundle = detector.bundle();
                Ok(BundleStamp {
                    film,
                    name: format!("{} {}", bundle.name, bundle.version),
                    digest: detector.digest().to_owned(),
                })
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            build: env!("HEMOZOIN_MADE_OF").to_owned(),
            facts: facts.clone(),
            rules: engine.rules().clone(),
            profile: engine.profile().id().clone(),
            bundles,
        })
    }

    /// What differs, as (name, here, there); empty where nothing does.
    pub fn differences(&self, other: &Self) -> Vec<(&'static str, String, String)> {
        let mut found = Vec::new();
        let mut compare = |name, ours: String, theirs: String| {
            if ours != theirs {
                found.push((name, ours, theirs));
            }
        };
        compare("version", self.version.clone(), other.version.clone());
        compare("build", self.build.clone(), other.build.clone());
        let (a, b) = (&self.facts, &other.facts);
        compare("film", typed(&a.film), typed(&b.film));
        compare("um_per_px", typed(&a.um_per_px), typed(&b.um_per_px));
        compare("wbc_per_ul", typed(&a.wbc_per_ul), typed(&b.wbc_per_ul));
        compare("rbc_per_ul", typed(&a.rbc_per_ul), typed(&b.rbc_per_ul));
        compare("profile", profile(&self.profile), profile(&other.profile));
        for film in [Film::Thick, Film::Thin] {
            let of = |stamp: &Self| {
                let bundle = stamp.bundles.iter().find(|b| b.film == film);
                bundle.map(|b| format!("{} {}", b.name, b.digest.get(..12).unwrap_or_default()))
            };
            let name = match film {
                Film::Thick => "model (thick)",
                Film::Thin => "model (thin)",
            };
            compare(name, of(self).unwrap_or_default(), of(other).unwrap_or_default());
        }
        if found.is_empty() && self != other {
            found.push(("settings", typed(a), typed(b)));
        }
        found
    }
}

fn profile(id: &ProfileId) -> String {
    format!("{} v{} {}", id.name, id.version, id.digest.get(..12).unwrap_or_default())
}

/// A setting as it is typed; a dash where none was given.
fn typed(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(serde_json::Value::Null) | Err(_) => "–".to_owned(),
        Ok(other) => other.to_string(),
    }
}
