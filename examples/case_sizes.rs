//! What goes into a case for a far expert, of twenty real slides, under limits of 200 kB, 1 MB and 5 MB.
//!
//! `cargo run --release --example case_sizes DATA`, where `DATA` holds the annotated sets. The pictures of a slide are those
//! that a set calls one, at most [`PICTURES`] of them, with the scale that goes with them. The tables of `docs/exchange.md`
//! come from here. Slides have numbers here as names of some sets are those of patients.

use std::collections::BTreeMap;
use std::path::Path;

use hemozoin::evaluate::{LabelledPicture, Truth};
use hemozoin::exchange::{CaseFile, CaseOptions};
use hemozoin::intake::digest_of_file;
use hemozoin::locale::{Catalogue, Language};
use hemozoin::record::{Facts, SlideInfo};
use hemozoin::report::Laboratory;
use hemozoin::slide::{Engine, Silent};
use hemozoin::source::{FilmPictures, SlideSource};
use hemozoin::terms::Film;

/// Most pictures of a slide: what a technician takes in a quarter of an hour.
const PICTURES: usize = 40;
/// Bytes of a case.
const LIMITS: [u64; 3] = [200_000, 1_000_000, 5_000_000];
/// How many slides of which set, in the order of their names.
const SETS: [(&str, Film, usize); 7] = [
    ("thick-fiocruz", Film::Thick, 6),
    ("thick-lacuna", Film::Thick, 2),
    ("thick-nih-falciparum", Film::Thick, 2),
    ("thin-mpidb-falciparum", Film::Thin, 4),
    ("thin-md2019-falciparum", Film::Thin, 3),
    ("thin-nih-falciparum", Film::Thin, 2),
    ("thin-phone-uganda-black-uninfected", Film::Thin, 1),
];

/// A slide's case under one limit, where its record alone fits.
struct Row {
    bytes: usize,
    report: bool,
    crops: (usize, usize),
    fields: (usize, usize),
}

/// Suspects of a slide, and its case under each limit.
type Cases = (usize, Vec<Option<Row>>);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let data = std::env::args().nth(1).ok_or("say where the annotated sets are")?;
    let engine = Engine::builder().build()?;
    println!("| slide | film, pictures | suspects | 200 kB | 1 MB | 5 MB |\n|---|---|---|---|---|---|");
    let (mut number, mut sums) = (0, LIMITS.map(|_| [0_usize; 7]));
    for (set, film, slides) in SETS {
        let truth = Truth::read(&Path::new(&data).join(set).join("annotations.json"), None, film)?;
        let mut of_slide: BTreeMap<&str, Vec<&LabelledPicture>> = BTreeMap::new();
        for picture in &truth.pictures {
            of_slide.entry(&picture.slide).or_default().push(picture);
        }
        for pictures in of_slide.into_values().take(slides) {
            number += 1;
            let id = format!("{number:02}");
            let (suspects, rows) = cases(&id, film, &pictures, &engine)?;
            let cells: Vec<String> = rows.iter().map(cell).collect();
            println!(
                "| {id}, {set} | {}, {} | {suspects} | {} |",
                film.code(),
                pictures.len().min(PICTURES),
                cells.join(" | ")
            );
            for (sum, row) in sums.iter_mut().zip(&rows) {
                let Some(row) = row else { continue };
                let of = [
                    row.bytes,
                    usize::from(row.report),
                    row.crops.0,
                    row.crops.1,
                    row.fields.0,
                    row.fields.1,
                    1,
                ];
                for (total, part) in sum.iter_mut().zip(of) {
                    *total += part;
                }
            }
        }
    }
    let all = sums.map(|[bytes, reports, crops, crops_out, fields, fields_out, made]| {
        let share = |of: usize, out: usize| 100.0 * of as f64 / (of + out).max(1) as f64;
        format!(
            "{made} cases of {} kB on average, {reports} reports, {:.0} % of their crops, {:.0} % of their fields",
            bytes / 1000 / made.max(1),
            share(crops, crops_out),
            share(fields, fields_out)
        )
    });
    println!("| all {number} | | | {} |", all.join(" | "));
    Ok(())
}

fn cell(row: &Option<Row>) -> String {
    let Some(row) = row else { return "refused: the record alone is larger".to_owned() };
    let report = if row.report { ", report" } else { "" };
    format!(
        "{} kB: {} of {} crops, {} of {} fields{report}",
        row.bytes.div_ceil(1000),
        row.crops.0,
        row.crops.0 + row.crops.1,
        row.fields.0,
        row.fields.0 + row.fields.1
    )
}

/// Suspects of a slide, and its case under each limit.
fn cases(
    id: &str,
    film: Film,
    pictures: &[&LabelledPicture],
    engine: &Engine,
) -> Result<Cases, Box<dyn std::error::Error>> {
    let mut facts = Facts::of(film);
    facts.um_per_px = pictures.first().and_then(|picture| picture.um_per_px);
    let paths = pictures.iter().take(PICTURES).map(|picture| picture.path.clone()).collect();
    let film_pictures = vec![FilmPictures { film, paths }];
    let source = SlideSource::of_files(SlideInfo::named(id), facts, Path::new("/"), film_pictures);
    let record = source.slide(engine).run(&Silent)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("record.json");
    std::fs::write(&file, record.to_json()?)?;
    let digest = digest_of_file(&file)?;
    let words = Catalogue::new(Language::English);
    let suspects = record.fields.iter().flat_map(|field| &field.detections).filter(|d| d.class.is_parasite());
    let rows = LIMITS.map(|max_bytes| {
        let options = CaseOptions { max_bytes, question: None, identity: false };
        let case = match CaseFile::of(&record, &digest, &source, &Laboratory::default(), &options, &words) {
            Err(refused) if refused.key() == Some("error-case-too-small") => return Ok(None),
            made => made?,
        };
        Ok(Some(Row {
            bytes: case.bytes.len(),
            report: case.report,
            crops: (case.crops, case.crops_left_out),
            fields: (case.fields, case.fields_left_out),
        }))
    });
    Ok((suspects.count(), rows.into_iter().collect::<hemozoin::Result<_>>()?))
}
