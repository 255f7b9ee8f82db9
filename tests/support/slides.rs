//! Records built from counts, as a case file states them.

#![allow(dead_code)] // Each test binary uses a part of this.

use hemozoin::measure::{RbcPerMicrolitre, WbcPerMicrolitre};
use hemozoin::record::{
    DetectionRecord, FieldRecord, FilmTally, SCHEMA, ScaleRecord, Settings, SlideInfo, SlideRecord,
};
use hemozoin::standard::{
    Context, CountedFilm, FieldCount, Graded, Judged, Profile, RbcUsed, ThinCount, WbcUsed, grade_fields,
    grade_thin, parse_fields,
};
use hemozoin::tally::FieldTally;
use hemozoin::terms::{CellClass, Film};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A part of a record as it is read from a file: such parts grow, and nobody but the engine makes one.
pub fn made<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a part of a record")
}

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
        let mut settings = Settings::default();
        settings.wbc_per_ul = self.wbc_per_ul.and_then(WbcPerMicrolitre::new);
        settings.rbc_per_ul = self.rbc_per_ul.and_then(RbcPerMicrolitre::new);
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
        let tally = json!({
            "thick": thick.is_some().then(|| tally_of(Film::Thick)),
            "thin": thin.is_some().then(|| tally_of(Film::Thin)),
        });
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
        let mut info = SlideInfo::named(self.slide.clone());
        info.blood_taken.clone_from(&self.blood_taken);
        info.reader.clone_from(&self.reader);
        let unread = |name: &String| {
            json!({
                "image": name, "kind": "unreadable", "key": "error-picture-truncated", "values": {},
                "message": "the file ends before the picture does"
            })
        };
        let passed_over = |name: &String| json!({"image": name, "reason": if name.starts_with('.') { "passed-over-hidden" } else { "passed-over-foreign" }});
        let only_thin = counts.is_empty();
        let bundle = json!({
            "film": if only_thin { Film::Thin } else { Film::Thick },
            "name": "test-bundle", "version": "1.2.3", "digest": "fedcba9876543210", "weights_sha256": "",
            "false_marks": {
                "mean": 7.5, "of_cells": if only_thin { 1000 } else { 200 }, "cells": 12_000,
                "measured_on": "drawn films without a parasite"
            }
        });
        made(json!({
            "schema": SCHEMA,
            "slide": info,
            "settings": settings,
            "fields": fields,
            "unread": self.unread.iter().map(unread).collect::<Vec<_>>(),
            "passed_over": self.passed_over.iter().map(passed_over).collect::<Vec<_>>(),
            "tally": tally,
            "result": {"thick": graded.thick, "thin": graded.thin, "patient": graded.patient},
            "provenance": {"program": "hemozoin", "version": "0.0.0", "bundles": [bundle]},
        }))
    }

    fn judged<F: CountedFilm>(&self, film: F) -> Judged<F> {
        if self.read { Judged::counted(film) } else { Judged::machine(film) }
    }

    fn field(&self, film: Film, i: usize, tally: FieldTally, valid: bool) -> FieldRecord {
        let reasons = match valid {
            true => json!([]),
            false => json!([{"code": "out_of_focus", "measured": 0.1, "limit": 0.3}]),
        };
        let mut field = field(640, 480, Vec::new());
        field.film = film;
        field.image = format!("{}/{}.jpg", film.code(), i + 1);
        field.sha256 = format!("{i:064x}");
        field.scale.clone_from(&self.scale);
        field.quality = made(json!({
            "verdict": if valid { "fit" } else { "unfit" }, "reasons": reasons, "measurements": []
        }));
        field.counted = valid && self.scale.is_some();
        field.tally = tally;
        field
    }
}

/// A detection with its left, top, width and height.
pub fn detection(class: CellClass, [x, y, width, height]: [f64; 4]) -> DetectionRecord {
    let (red, asexual) = (class == CellClass::RedCell, class == CellClass::AsexualParasite);
    made(json!({
        "class": class,
        "stage": asexual.then_some("ring"),
        "score": 0.93,
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "infected": red.then_some(false),
        "parasites_inside": red.then_some(0),
        "cut": false,
    }))
}

/// A counted thin-film field of the given size with these detections, 0.1 µm per pixel.
pub fn field(width: u32, height: u32, detections: Vec<DetectionRecord>) -> FieldRecord {
    made(json!({
        "film": "thin",
        "image": "é 1.jpg",
        "page": 0,
        "sha256": "0".repeat(64),
        "width": width,
        "height": height,
        "scale": {"um_per_px": 0.1, "basis": "given", "cells": null, "spread": null},
        "view": {"shape": "whole"},
        "quality": {"verdict": "fit", "reasons": [], "measurements": []},
        "counted": true,
        "copy_of": null,
        "repeat_of": null,
        "notes": [],
        "tally": FieldTally::default(),
        "detections": detections,
    }))
}
