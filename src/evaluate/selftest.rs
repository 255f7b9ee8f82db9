//! Whether an installed build does what it did when it was released: drawn fields, exact truth, stated limits.
//!
//! The fields are drawn from fixed seeds, so a build that computes otherwise shows it. The limits are far below
//! what the bundles reach on these fields: they tell a broken build from a sound one, not a good model from a
//! better one; that is what the cards' figures are for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::drawn::labelled_field;
use super::figures::Figures;
use super::judge::{FieldJudgement, IgnoreRule, judge_field};
use super::subject::Subject;
use crate::detect::{Detector, bundled};
use crate::intake::{Picture, digest_of_bytes};
use crate::measure::MicronsPerPixel;
use crate::optics::ScaleBasis;
use crate::record::{FieldRecord, ScaleRecord};
use crate::render::{Counts, FieldSpec, Stain, render};
use crate::slide::{Engine, Parallel};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// Threads of the run that is compared with one thread.
const THREADS: usize = 4;

/// What a self-test looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Check {
    /// The bundle's weights have the declared digest, and the network loads with the declared shape.
    Bundle,
    /// The drawn pictures are those of the release, to the bit.
    Drawing,
    /// What was found on the drawn fields: F1 of one class.
    Found(Subject),
    /// One thread and several give the same record, to the byte.
    Threads,
}

impl Check {
    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// One thing looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SelfTestResult {
    /// What.
    pub check: Check,
    /// On which film.
    pub film: Film,
    /// Whether it holds.
    pub passed: bool,
    /// What was expected: a digest, or an F1 with a decimal point.
    pub expected: String,
    /// What was found, likewise; why, where the bundle cannot be loaded.
    pub found: String,
}

/// Looks at everything of one film's built-in bundle.
///
/// # Errors
/// Where a field cannot be drawn or examined at all; a bundle that cannot be loaded is a result, not an error.
pub fn self_test(film: Film) -> Result<Vec<SelfTestResult>> {
    let mut results = Vec::new();
    let (bundle, networks) = bundled(film)?;
    let expected = bundle.weights_sha256.clone();
    let detector = match Detector::load(bundle, &networks) {
        Ok(detector) => detector,
        Err(error) => {
            let found = error.message().to_owned();
            results.push(SelfTestResult { check: Check::Bundle, film, passed: false, expected, found });
            return Ok(results);
        }
    };
    let found = detector.bundle().weights_sha256.clone();
    results.push(SelfTestResult { check: Check::Bundle, film, passed: expected == found, expected, found });
    let engine = Engine::builder().detector(detector).build()?;
    let mut fields = Vec::new();
    let mut drawn = String::new();
    for (i, spec) in fields_of(film).iter().enumerate() {
        let rendered = render(spec)?;
        let um_per_px = MicronsPerPixel::new(spec.um_per_px);
        let labelled = labelled_field(&format!("drawn-{}", i + 1), &rendered, um_per_px);
        let picture = Picture::from_pixels(rendered.image);
        drawn.push_str(picture.sha256().get(..8).unwrap_or_default());
        fields.push((labelled, picture));
    }
    let expected = drawing(film).to_owned();
    results.push(SelfTestResult {
        check: Check::Drawing,
        film,
        passed: expected == drawn,
        expected,
        found: drawn,
    });
    let run = |threads: usize| -> Result<Vec<(FieldRecord, FieldJudgement)>> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|e| Error::new(ErrorKind::Internal, format!("no {threads} threads: {e}")))?;
        pool.install(|| {
            fields
                .iter()
                .map(|(labelled, picture)| {
                    let scale = labelled.um_per_px.map(|um_per_px| ScaleRecord {
                        um_per_px,
                        basis: ScaleBasis::Given,
                        cells: None,
                        spread: None,
                    });
                    let seen =
                        engine.examine_picture(film, &labelled.name, 0, picture, scale, Parallel::Tiles)?;
                    let judged = judge_field(
                        film,
                        labelled,
                        true,
                        IgnoreRule::DropLabels,
                        &seen.field,
                        &seen.detections,
                    );
                    Ok((seen.field, judged))
                })
                .collect()
        })
    };
    let (alone, together) = (run(1)?, run(THREADS)?);
    let judged: Vec<FieldJudgement> = alone.iter().map(|(_, j)| j.clone()).collect();
    let figures = Figures::over(film, &judged);
    for (subject, limit) in limits(film) {
        let f1 = figures.subject(*subject).and_then(|s| s.f1).unwrap_or(0.0);
        results.push(SelfTestResult {
            check: Check::Found(*subject),
            film,
            passed: f1 >= *limit,
            expected: format!("{limit:.2}"),
            found: format!("{f1:.2}"),
        });
    }
    let digest = |run: &[(FieldRecord, FieldJudgement)]| {
        let records: Vec<&FieldRecord> = run.iter().map(|(r, _)| r).collect();
        serde_json::to_vec(&records)
            .map(|bytes| digest_of_bytes(&bytes))
            .map_err(|e| Error::new(ErrorKind::Internal, format!("cannot write a record: {e}")))
    };
    let (expected, found) = (digest(&alone)?, digest(&together)?);
    results.push(SelfTestResult { check: Check::Threads, film, passed: expected == found, expected, found });
    Ok(results)
}

/// Smallest F1 over the drawn fields of a film.
fn limits(film: Film) -> &'static [(Subject, f64)] {
    match film {
        Film::Thick => &[(Subject::Parasite, 0.60), (Subject::WhiteCell, 0.75)],
        Film::Thin => &[(Subject::Parasite, 0.60), (Subject::RedCell, 0.85), (Subject::WhiteCell, 0.50)],
    }
}

/// First eight digits of the SHA-256 of each drawn field's pixels.
fn drawing(film: Film) -> &'static str {
    match film {
        Film::Thick => "50f2037098bf050788a53287",
        Film::Thin => "7d29698c831631ad6bdeeaf7",
    }
}

/// The fields drawn: three stains, one with an eyepiece disc would cost more time than it tells.
fn fields_of(film: Film) -> Vec<FieldSpec> {
    let base = match film {
        Film::Thick => FieldSpec {
            film,
            um_per_px: 0.15,
            width: 800,
            height: 600,
            counts: Counts {
                rings: 12,
                trophozoites: 2,
                white_cells: 9,
                platelets: 12,
                debris: 2,
                ..Counts::default()
            },
            ..FieldSpec::default()
        },
        Film::Thin => FieldSpec {
            film,
            um_per_px: 0.11,
            width: 800,
            height: 600,
            counts: Counts {
                red_cells: 80,
                rings: 8,
                trophozoites: 2,
                white_cells: 1,
                platelets: 4,
                ..Counts::default()
            },
            ..FieldSpec::default()
        },
    };
    [Stain::Pink, Stain::Blue, Stain::Purple]
        .into_iter()
        .zip(1..)
        .map(|(stain, seed)| FieldSpec { stain, seed, look: seed, ..base.clone() })
        .collect()
}
