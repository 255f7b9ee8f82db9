//! Numbers do not move unsaid: what the shipped bundles count on kept pictures stands in `tests/cases/pinned/counts.txt`,
//! and the digest of that file under **Results** of the changelog.
//!
//! A count that moves fails here. Where it is meant to, `BLESS=1` writes the file anew, still fails, and says what moved
//! and the line that belongs into the changelog.

use std::fmt::Write as _;
use std::path::PathBuf;

use hemozoin::intake::Picture;
use hemozoin::render::{Counts, FieldSpec, SlideSpec, Stain, render, slide_fields};
use hemozoin::slide::Parallel;
use hemozoin::{CellClass, Engine, Facts, Film, MicronsPerPixel, Silent, SlideRecord, Stage, analyze};
use image::RgbImage;
use image::imageops::{crop_imm, replace};
use sha2::{Digest, Sha256};

/// Scale of the cut-outs, µm per pixel, and their side in pixels.
const SCALE: f64 = 0.12;
const SIDE: u32 = 112;

/// Cut-outs in a row of a kept sheet, and in all of it.
const ACROSS: u32 = 5;
const CUT_OUTS: usize = 10;

fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// What each cut-out of a sheet has in its middle.
fn middles(film: Film) -> [(CellClass, Option<Stage>); CUT_OUTS] {
    let asexual = |stage| (CellClass::AsexualParasite, Some(stage));
    let (white, platelet) = ((CellClass::WhiteCell, None), (CellClass::Platelet, None));
    let gametocyte = (CellClass::Gametocyte, None);
    match film {
        Film::Thin => [
            asexual(Stage::Ring),
            asexual(Stage::Ring),
            asexual(Stage::Ring),
            asexual(Stage::Trophozoite),
            asexual(Stage::Trophozoite),
            asexual(Stage::Schizont),
            gametocyte,
            white,
            platelet,
            (CellClass::RedCell, None),
        ],
        Film::Thick => [
            asexual(Stage::Ring),
            asexual(Stage::Ring),
            asexual(Stage::Ring),
            asexual(Stage::Trophozoite),
            asexual(Stage::Schizont),
            gametocyte,
            gametocyte,
            white,
            white,
            platelet,
        ],
    }
}

/// Draws the sheet of a film: one field for each cut-out, each with another stain.
fn draw_sheet(film: Film) -> RgbImage {
    let mut sheet = RgbImage::new(ACROSS * SIDE, SIDE * (CUT_OUTS as u32).div_ceil(ACROSS));
    for (i, (class, stage)) in (0_u32..).zip(middles(film)) {
        let counts = Counts {
            red_cells: 40,
            rings: 5,
            trophozoites: 4,
            schizonts: 3,
            gametocytes: 3,
            white_cells: 4,
            platelets: 6,
            ..Counts::default()
        };
        let stain = Stain::ALL[i as usize % Stain::ALL.len()];
        let found = (0..).find_map(|seed| {
            let (width, height) = (480, 400);
            let seed = u64::from(i) * 1000 + seed;
            let spec = FieldSpec {
                film,
                um_per_px: SCALE,
                width,
                height,
                stain,
                counts,
                seed,
                noise: 1.0,
                ..FieldSpec::default()
            };
            let drawn = render(&spec).expect("a field");
            let (x, y) = drawn.truth.iter().find_map(|t| {
                let (x, y) =
                    (t.x + t.width / 2.0 - f64::from(SIDE / 2), t.y + t.height / 2.0 - f64::from(SIDE / 2));
                let wanted = t.class == class && stage.is_none_or(|stage| t.stage == Some(stage));
                let inside = x >= 0.0 && y >= 0.0 && x as u32 + SIDE <= width && y as u32 + SIDE <= height;
                (wanted && inside).then_some((x as u32, y as u32))
            })?;
            Some(crop_imm(&drawn.image, x, y, SIDE, SIDE).to_image())
        });
        let (column, row) = (i % ACROSS, i / ACROSS);
        replace(
            &mut sheet,
            &found.expect("seeds without an end"),
            i64::from(column * SIDE),
            i64::from(row * SIDE),
        );
    }
    sheet
}

/// The kept sheet of a film; drawn where it is missing and a blessing is asked for.
fn sheet(film: Film) -> RgbImage {
    let path = place(&format!("tests/cases/pinned/{}.png", film.code()));
    if blessing() && !path.exists() {
        draw_sheet(film).save(&path).expect("saved");
    }
    image::open(&path).expect("a kept sheet").into_rgb8()
}

/// What is found in each cut-out, by class and stage.
fn cut_outs(engine: &Engine, film: Film, lines: &mut String) {
    let sheet = sheet(film);
    for i in 0..CUT_OUTS as u32 {
        let cut = crop_imm(&sheet, i % ACROSS * SIDE, i / ACROSS * SIDE, SIDE, SIDE).to_image();
        let scale = hemozoin::record::ScaleRecord::stated(
            MicronsPerPixel::new(SCALE).expect("a scale"),
            hemozoin::optics::ScaleBasis::Given,
        );
        let picture = Picture::from_pixels(cut);
        let seen = engine
            .examine_picture(film, "cut-out", 0, &picture, Some(scale), Parallel::Tiles)
            .expect("it can be examined");
        let mut found: Vec<String> = seen
            .detections
            .iter()
            .map(|d| match d.stage {
                Some(stage) => format!("{}/{}", d.class.code(), stage.code()),
                None => d.class.code().to_owned(),
            })
            .collect();
        found.sort();
        writeln!(lines, "cut-out {} {:02}: {}", film.code(), i + 1, found.join(" ")).expect("written");
    }
}

/// What was counted on each film of a record.
fn tallies(name: &str, record: &SlideRecord, lines: &mut String) {
    assert!(record.unread.is_empty(), "{:?}", record.unread);
    for (film, tally) in [("thick", &record.tally.thick), ("thin", &record.tally.thin)] {
        if let Some(tally) = tally {
            let tally = serde_json::to_string(tally).expect("JSON");
            writeln!(lines, "{name} {film}: {tally}").expect("written");
        }
    }
}

/// A drawn slide of one film, four fields.
fn drawn_slide(engine: &Engine, film: Film) -> SlideRecord {
    let um_per_px = 0.11;
    let field = FieldSpec { film, um_per_px, width: 640, height: 480, ..FieldSpec::default() };
    let spec = SlideSpec {
        field,
        fields: 4,
        parasites_per_ul: if film == Film::Thick { 30_000.0 } else { 90_000.0 },
        gametocytes_per_ul: 2_000.0,
        seed: 2026,
        ..SlideSpec::default()
    };
    let mut slide =
        engine.slide(Facts::of(film).um_per_px(MicronsPerPixel::new(um_per_px).expect("a scale")));
    for (i, field) in slide_fields(&spec).expect("fields").iter().enumerate() {
        slide.add(format!("{i}"), render(field).expect("a field").image);
    }
    slide.run(&Silent).expect("a record")
}

fn counted_now() -> String {
    let engine = Engine::builder().build().expect("an engine");
    let mut lines = String::new();
    let patient = analyze(&engine, place("samples/patient-1"), &Facts::default()).expect("a record");
    tallies("samples/patient-1", &patient, &mut lines);
    for film in [Film::Thick, Film::Thin] {
        tallies("drawn slide", &drawn_slide(&engine, film), &mut lines);
        cut_outs(&engine, film, &mut lines);
    }
    lines
}

/// What the changelog says of a file of counts.
fn mark(counts: &str) -> String {
    let digest: String =
        Sha256::digest(counts.as_bytes()).iter().take(6).map(|b| format!("{b:02x}")).collect();
    format!("Pinned counts `{digest}`")
}

#[test]
fn no_count_moves_unsaid() {
    let path = place("tests/cases/pinned/counts.txt");
    let pinned = std::fs::read_to_string(&path).unwrap_or_default();
    let now = counted_now();
    let moved: Vec<String> = now
        .lines()
        .filter(|line| !pinned.lines().any(|known| known == *line))
        .map(|line| {
            let name = line.split(": ").next().unwrap_or_default();
            let before =
                pinned.lines().find(|known| known.split(": ").next() == Some(name)).unwrap_or("(nothing)");
            format!("- {before}\n+ {line}")
        })
        .collect();
    if blessing() {
        std::fs::write(&path, &now).expect("written");
        panic!(
            "a blessing run never passes; under Results of the changelog: {}\n{}",
            mark(&now),
            moved.join("\n")
        );
    }
    assert!(
        now == pinned,
        "counts moved; BLESS=1 writes {} anew, and the changelog says why:\n{}",
        path.display(),
        moved.join("\n")
    );
}

#[test]
fn the_pinned_counts_stand_under_results() {
    let pinned = std::fs::read_to_string(place("tests/cases/pinned/counts.txt")).expect("pinned counts");
    let changelog = std::fs::read_to_string(place("CHANGELOG.md")).expect("a changelog");
    let newest =
        changelog.split("\n## ").find(|part| part.contains("### Results")).expect("a version with results");
    let results = newest.split("\n### ").find(|part| part.starts_with("Results")).expect("results");
    let mark = mark(&pinned);
    assert!(results.contains(&mark), "say under Results what moved, with the words: {mark}");
}
