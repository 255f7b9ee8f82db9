//! Records built from counts, as a case file states them.

#![allow(dead_code)] // Each test binary uses a part of this.

use hemozoin::intake::PassedOverReason;
use hemozoin::measure::{MicronsPerPixel, Probability, RbcPerMicrolitre, WbcPerMicrolitre};
use hemozoin::optics::{ReasonCode, ScaleBasis, Verdict};
use hemozoin::record::{
    BundleProvenance, DetectionRecord, FalseMarks, Fault, FieldRecord, FilmTally, PassedOver, Provenance,
    QualityRecord, ReasonRecord, Results, SCHEMA, ScaleRecord, Settings, SlideInfo, SlideRecord, Tallies,
    Unread, ViewRecord,
};
use hemozoin::standard::{
    Context, CountedFilm, FieldCount, Graded, Judged, Profile, RbcUsed, ThinCount, WbcUsed, grade_fields,
    grade_thin, parse_fields,
};
use hemozoin::tally::FieldTally;
use hemozoin::terms::{CellClass, Film, Stage};
use serde::Deserialize;

/// A slide in numbers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    slide: String,
    blood_taken: Option<String>,
    reader: Option<String>,
    /// Blocks `COUNTxP:W[:G]`; rejected fields are out of focus.
    #[serde(default)]
    thick: String,
    /// Infected cells, red cells, cells with gametocytes of each field.
    #[serde(default)]
    thin: Vec<[u64; 3]>,
    scale: Option<ScaleRecord>,
    wbc_per_ul: Option<f64>,
    rbc_per_ul: Option<f64>,
    /// Schizonts among the asexual parasites of the first field; the others are rings.
    #[serde(default)]
    schizonts: u64,
    #[serde(default)]
    unread: Vec<String>,
    #[serde(default)]
    passed_over: Vec<String>,
    /// Second copies of the first field.
    #[serde(default)]
    copies: u32,
    /// Notes on the first field.
    #[serde(default)]
    notes: Vec<String>,
    /// Whether a reader has confirmed all of it and looked at the fields; else a machine has marked it.
    #[serde(default)]
    read: bool,
}

impl Case {
    /// The record of this slide under the default profile.
    pub fn record(&self) -> SlideRecord {
        let profile = Profile::standard().expect("built in");
        let settings = Settings {
            wbc_per_ul: self.wbc_per_ul.and_then(WbcPerMicrolitre::new),
            rbc_per_ul: self.rbc_per_ul.and_then(RbcPerMicrolitre::new),
            ..Settings::default()
        };
        let counts: Vec<FieldCount> = parse_fields(&self.thick).expect("blocks of fields");
        let mut fields: Vec<FieldRecord> = Vec::new();
        for (i, count) in counts.iter().enumerate() {
            let tally = FieldTally {
                asexual_parasites: count.asexual().get(),
                rings: count.asexual().get(),
                gametocytes: count.gametocytes().get(),
                white_cells: count.wbc().get(),
                ..FieldTally::default()
            };
            fields.push(self.field(Film::Thick, i, tally, count.is_valid()));
        }
        for (i, [infected, red, gametocyte]) in self.thin.iter().enumerate() {
            let tally = FieldTally {
                asexual_parasites: *infected,
                rings: *infected,
                parasites_in_red_cells: *infected,
                red_cells: *red,
                infected_red_cells: *infected,
                gametocyte_red_cells: *gametocyte,
                gametocytes: *gametocyte,
                ..FieldTally::default()
            };
            fields.push(self.field(Film::Thin, i, tally, true));
        }
        if let Some(first) = fields.first_mut() {
            first.tally.rings -= self.schizonts;
            first.tally.schizonts = self.schizonts;
            first.notes = self.notes.clone();
        }
        let tally_of = |film: Film| {
            let mut total = FilmTally::default();
            for field in fields.iter().filter(|f| f.film == film) {
                if field.counted {
                    total.fields_counted += 1;
                    total.counted += field.tally;
                } else {
                    total.fields_rejected += 1;
                    total.rejected += field.tally;
                }
            }
            total
        };
        let thick = (!counts.is_empty()).then(|| {
            let used = WbcUsed::measured_or_assumed(settings.wbc_per_ul, &profile);
            grade_fields(&counts, used, &profile)
        });
        let thin = (!self.thin.is_empty()).then(|| {
            let counted = tally_of(Film::Thin).counted;
            let count = ThinCount::new(counted.infected_red_cells, counted.red_cells)
                .and_then(|c| c.with_gametocyte_cells(counted.gametocyte_red_cells))
                .and_then(|c| c.with_parasites(counted.parasites_in_red_cells))
                .expect("counts that go together")
                .with_fields(u64::try_from(self.thin.len()).expect("few fields"));
            grade_thin(&count, RbcUsed::measured_or_assumed(settings.rbc_per_ul, &profile), &profile)
        });
        let tally = Tallies {
            thick: thick.is_some().then(|| tally_of(Film::Thick)),
            thin: thin.is_some().then(|| tally_of(Film::Thin)),
        };
        let context = Context { rbc: settings.rbc_per_ul.map(RbcUsed::measured), ..Context::default() };
        let (thick, thin) = (thick.map(|f| self.judged(f)), thin.map(|f| self.judged(f)));
        let mut graded =
            Graded::of_judged(thick.as_ref(), thin.as_ref(), &context, &profile).expect("a film");
        // The words do not depend on a value of the profile that may change.
        for outcome in graded.thick.iter_mut().chain(graded.thin.iter_mut()).chain([&mut graded.patient]) {
            outcome.profile.digest = "0123456789abcdef".to_owned();
        }
        for _ in 0..self.copies {
            let mut copy = fields[0].clone();
            copy.copy_of = Some(fields[0].image.clone());
            copy.image = "copy of 1.jpg".to_owned();
            copy.counted = false;
            copy.notes.clear();
            fields.push(copy);
        }
        SlideRecord {
            schema: SCHEMA.to_owned(),
            slide: SlideInfo {
                id: self.slide.clone(),
                blood_taken: self.blood_taken.clone(),
                reader: self.reader.clone(),
                ..SlideInfo::default()
            },
            settings,
            fields,
            unread: self
                .unread
                .iter()
                .map(|name| Unread {
                    image: name.clone(),
                    fault: Fault {
                        kind: "unreadable".to_owned(),
                        key: Some("error-picture-truncated".to_owned()),
                        values: std::collections::BTreeMap::new(),
                        message: "the file ends before the picture does".to_owned(),
                        line: None,
                        more: Vec::new(),
                    },
                })
                .collect(),
            passed_over: self
                .passed_over
                .iter()
                .map(|name| PassedOver {
                    image: name.clone(),
                    reason: match name.starts_with('.') {
                        true => PassedOverReason::Hidden,
                        false => PassedOverReason::Foreign,
                    },
                })
                .collect(),
            tally,
            result: Results { thick: graded.thick, thin: graded.thin, patient: graded.patient },
            provenance: Provenance {
                program: "hemozoin".to_owned(),
                version: "0.0.0".to_owned(),
                bundles: vec![BundleProvenance {
                    film: if counts.is_empty() { Film::Thin } else { Film::Thick },
                    name: "test-bundle".to_owned(),
                    version: "1.2.3".to_owned(),
                    digest: "fedcba9876543210".to_owned(),
                    weights_sha256: String::new(),
                    false_marks: Some(FalseMarks {
                        mean: 7.5,
                        of_cells: if counts.is_empty() { 1000 } else { 200 },
                        cells: 12_000,
                        measured_on: "drawn films without a parasite".to_owned(),
                    }),
                }],
            },
        }
    }

    fn judged<F: CountedFilm>(&self, film: F) -> Judged<F> {
        if self.read { Judged::counted(film) } else { Judged::machine(film) }
    }

    fn field(&self, film: Film, i: usize, tally: FieldTally, valid: bool) -> FieldRecord {
        let reasons = match valid {
            true => Vec::new(),
            false => vec![ReasonRecord { code: ReasonCode::OutOfFocus, measured: Some(0.1), limit: 0.3 }],
        };
        FieldRecord {
            film,
            image: format!("{}/{}.jpg", film.code(), i + 1),
            page: 0,
            sha256: format!("{i:064x}"),
            width: 640,
            height: 480,
            scale: self.scale.clone(),
            view: ViewRecord::Whole,
            marks: Vec::new(),
            quality: QualityRecord {
                verdict: if valid { Verdict::Fit } else { Verdict::Unfit },
                reasons,
                measurements: Vec::new(),
            },
            counted: valid && self.scale.is_some(),
            copy_of: None,
            repeat_of: None,
            shared: Vec::new(),
            notes: Vec::new(),
            tally,
            detections: Vec::new(),
            near_misses: Vec::new(),
        }
    }
}

/// A detection with its left, top, width and height.
pub fn detection(class: CellClass, [x, y, width, height]: [f64; 4]) -> DetectionRecord {
    DetectionRecord {
        class,
        stage: (class == CellClass::AsexualParasite).then_some(Stage::Ring),
        score: Probability::new(0.93).expect("a probability"),
        x,
        y,
        width,
        height,
        infected: (class == CellClass::RedCell).then_some(false),
        parasites_inside: (class == CellClass::RedCell).then_some(0),
        cut: false,
    }
}

/// A counted thin-film field of the given size with these detections, 0.1 µm per pixel.
pub fn field(width: u32, height: u32, detections: Vec<DetectionRecord>) -> FieldRecord {
    FieldRecord {
        film: Film::Thin,
        image: "é 1.jpg".to_owned(),
        page: 0,
        sha256: "0".repeat(64),
        width,
        height,
        scale: MicronsPerPixel::new(0.1).map(|um_per_px| ScaleRecord {
            um_per_px,
            basis: ScaleBasis::Given,
            cells: None,
            spread: None,
        }),
        view: ViewRecord::Whole,
        marks: Vec::new(),
        quality: QualityRecord { verdict: Verdict::Fit, reasons: Vec::new(), measurements: Vec::new() },
        counted: true,
        copy_of: None,
        repeat_of: None,
        shared: Vec::new(),
        notes: Vec::new(),
        tally: FieldTally::default(),
        detections,
        near_misses: Vec::new(),
    }
}
