//! What lies behind each quality gate: the distribution of every measure over sets of pictures, in Markdown.
//!
//! `cargo run --release --example quality_distribution -- DATA [--raw] [--every N | --draw N] [--as-they-are]`, where
//! `DATA/SET/annotations.json` names each picture's film. `--raw` prints one line per picture instead, `--every N` takes
//! every Nth picture of each set, `--draw N` N of each, drawn with a fixed seed. Every twentieth picture of a set is also
//! spoilt on purpose (blurred, darkened, washed out), to show that the gates close, but for `--as-they-are`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use hemozoin::intake::{Limits, Picture};
use hemozoin::measure::{MicronsPerPixel, PxRect};
use hemozoin::optics::{
    Examination, Measurements, QualityThresholds, ReasonCode, Verdict, examine, pool_scales,
};
use hemozoin::terms::Film;
use image::{Rgb, RgbImage};
use rand::SeedableRng;
use rayon::prelude::*;

struct Row {
    set: String,
    kind: &'static str,
    file: String,
    slide: String,
    known: Option<f64>,
    film: Film,
    width: u32,
    seen: Examination,
    /// Labelled objects, and how many of them lie on marks.
    objects: (usize, usize),
    /// Whether it is named where it is given as the other film.
    named_as_other: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().ok_or("give the folder that holds the sets")?;
    let rest: Vec<String> = arguments.collect();
    let raw = rest.iter().any(|a| a == "--raw");
    let as_they_are = rest.iter().any(|a| a == "--as-they-are");
    let after = |flag: &str| rest.iter().skip_while(|a| *a != flag).nth(1).map(|n| n.parse::<usize>());
    let every = after("--every").transpose()?.unwrap_or(1).max(1);
    let draw = after("--draw").transpose()?;
    let mut jobs = Vec::new();
    let mut sets: Vec<_> = std::fs::read_dir(&data)?.filter_map(|e| Some(e.ok()?.path())).collect();
    sets.sort();
    for set in sets {
        let Ok(text) = std::fs::read_to_string(set.join("annotations.json")) else { continue };
        let annotations: serde_json::Value = serde_json::from_str(&text)?;
        let mut objects = objects_of(&annotations);
        let images = annotations["images"].as_array().cloned().unwrap_or_default();
        for i in taken(images.len(), every, draw) {
            let image = &images[i];
            let film = if image["film"] == "thick" { Film::Thick } else { Film::Thin };
            let name = image["file_name"].as_str().unwrap_or_default().to_owned();
            let slide = image["slide"].as_str().unwrap_or_default().to_owned();
            let boxes = image["id"].as_u64().and_then(|id| objects.remove(&id)).unwrap_or_default();
            jobs.push((
                set.clone(),
                name,
                slide,
                film,
                image["um_per_px"].as_f64(),
                i % 20 == 0 && !as_they_are,
                boxes,
            ));
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    for batch in jobs.chunks(32) {
        let seen: Vec<Row> = batch.par_iter().flat_map_iter(|job| rows_of(job).unwrap_or_default()).collect();
        if raw {
            print_raw(&seen);
        } else {
            rows.extend(seen);
        }
    }
    if !raw {
        print_markdown(&rows);
    }
    Ok(())
}

/// The pictures of a set that are looked at: every so many, or so many that are drawn, always the same ones.
fn taken(pictures: usize, every: usize, draw: Option<usize>) -> Vec<usize> {
    match draw {
        None => (0..pictures).step_by(every).collect(),
        Some(n) => {
            let mut dice = rand_chacha::ChaCha8Rng::seed_from_u64(25);
            let mut drawn = rand::seq::index::sample(&mut dice, pictures, n.min(pictures)).into_vec();
            drawn.sort_unstable();
            drawn
        }
    }
}

type Job = (std::path::PathBuf, String, String, Film, Option<f64>, bool, Vec<PxRect>);

/// The labelled objects of each picture, but for what is to be ignored.
fn objects_of(annotations: &serde_json::Value) -> HashMap<u64, Vec<PxRect>> {
    let list = |name: &str| annotations[name].as_array().cloned().unwrap_or_default();
    let ignored: Vec<u64> = list("categories")
        .iter()
        .filter(|c| c["name"] == "ignore")
        .filter_map(|c| c["id"].as_u64())
        .collect();
    let mut objects: HashMap<u64, Vec<PxRect>> = HashMap::new();
    for label in list("annotations") {
        let side = |i: usize| label["bbox"][i].as_f64().unwrap_or(0.0);
        let bounds = PxRect::new(side(0), side(1), side(2), side(3));
        let (Some(image), Some(bounds)) = (label["image_id"].as_u64(), bounds) else { continue };
        if !label["category_id"].as_u64().is_some_and(|c| ignored.contains(&c)) {
            objects.entry(image).or_default().push(bounds);
        }
    }
    objects
}

fn rows_of((set, name, slide, film, known, spoil, boxes): &Job) -> Option<Vec<Row>> {
    let mut path = set.join("images").join(name);
    if !path.exists() {
        path = set.join(name);
    }
    let picture = Picture::open(&path, 0, &Limits::default()).ok()?;
    let row = |kind, picture: &Picture| -> Option<Row> {
        let mut seen = examine(picture, *film, None).ok()?;
        if let Some(listed) = known.and_then(MicronsPerPixel::new) {
            seen.hold_scale(listed);
        }
        Some(Row {
            objects: (boxes.len(), boxes.iter().filter(|b| seen.view.is_drawn_on(b)).count()),
            named_as_other: is_named_as_other(&seen.measurements, *film),
            set: set.file_name()?.to_string_lossy().into_owned(),
            kind,
            file: Path::new(name).file_name()?.to_string_lossy().into_owned(),
            slide: slide.clone(),
            known: *known,
            film: *film,
            width: picture.size().width,
            seen,
        })
    };
    let mut rows = vec![row("as it is", &picture)?];
    if *spoil {
        let size = picture.size();
        let pixels = picture.read(0, 0, size.width, size.height).ok()?;
        // Defocus, as the standard deviation of a Gaussian on the film.
        let um = known.unwrap_or(0.1);
        for (kind, microns) in [("blurred 0.5 µm", 0.5), ("blurred 1 µm", 1.0)] {
            let blurred = image::imageops::fast_blur(&pixels, (microns / um) as f32);
            rows.push(row(kind, &Picture::from_pixels(blurred))?);
        }
        let spoilt = |change: &dyn Fn(u8) -> f32| -> RgbImage {
            let mut out = pixels.clone();
            out.pixels_mut().for_each(|p| *p = Rgb(p.0.map(|v| change(v).clamp(0.0, 255.0) as u8)));
            out
        };
        let dark = spoilt(&|v| f32::from(v) * 0.12);
        rows.push(row("darkened", &Picture::from_pixels(dark))?);
        let washed = spoilt(&|v| f32::from(v) * 2.0 + 140.0);
        rows.push(row("washed out", &Picture::from_pixels(washed))?);
        let faint = spoilt(&|v| 200.0 + (f32::from(v) - 200.0) * 0.05);
        rows.push(row("stain gone", &Picture::from_pixels(faint))?);
        let recoloured = |change: &dyn Fn([f32; 3]) -> [f32; 3]| -> RgbImage {
            let mut out = pixels.clone();
            out.pixels_mut()
                .for_each(|p| *p = Rgb(change(p.0.map(f32::from)).map(|v| v.clamp(0.0, 255.0) as u8)));
            out
        };
        let grey = |[r, g, b]: [f32; 3]| 0.299 * r + 0.587 * g + 0.114 * b;
        type Change<'a> = &'a dyn Fn([f32; 3]) -> [f32; 3];
        let changes: [(&'static str, Change<'_>); 6] = [
            ("grey", &|p| [grey(p); 3]),
            ("nearly grey", &|p| p.map(|v| 0.88 * grey(p) + 0.12 * v)),
            ("toned", &|p| [1.07, 0.95, 0.75].map(|c| c * grey(p))),
            ("negative", &|p| p.map(|v| 255.0 - v)),
            ("red and blue swapped", &|[r, g, b]| [b, g, r]),
            ("sixteen colours", &|p| p.map(|v| (v / 86.0).floor() * 86.0 + 43.0)),
        ];
        for (kind, change) in changes {
            rows.push(row(kind, &Picture::from_pixels(recoloured(change)))?);
        }
        // Empty glass with a camera's noise.
        let mut seed = 0x2545_f491_u32;
        let mut noise = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8 % 13
        };
        let glass = RgbImage::from_fn(size.width, size.height, |_, _| {
            Rgb([204 + noise(), 200 + noise(), 198 + noise()])
        });
        rows.push(row("empty glass", &Picture::from_pixels(glass))?);
    }
    Some(rows)
}

/// Whether a picture of a `film` is named where it is given as the other one; what it is like does not depend on that.
fn is_named_as_other(m: &Measurements, film: Film) -> bool {
    let t = QualityThresholds::default();
    match film {
        Film::Thin => m.like_thin > t.max_like_thin && m.like_thin > t.min_thin_over_thick * m.like_thick,
        Film::Thick => m.like_thick > t.max_like_thick,
    }
}

fn measures(row: &Row) -> Vec<(&'static str, f64)> {
    let m = &row.seen.measurements;
    let mut all = vec![
        ("side_px", m.side_px),
        ("light", m.light),
        ("dark", m.dark),
        ("burnt", m.burnt),
        ("detail", m.detail),
        ("sharpness", m.sharpness),
        ("sharpness_inside", m.sharpness_inside),
        ("stain", m.stain),
        ("tint", m.tint),
        ("colour", m.colour),
        ("negative", m.negative),
        ("azure", m.azure),
        ("upright", m.upright),
        ("red_kept", m.red_kept),
        ("blue_kept", m.blue_kept),
        ("few_colours", m.few_colours),
        ("blocks", m.blocks),
        ("period", m.period),
        ("parts", m.parts),
        ("drawn", m.drawn),
        ("like_thin", m.like_thin),
        ("like_thick", m.like_thick),
    ];
    all.extend(m.covered.map(|v| ("covered", v)));
    all.extend(m.parted.map(|v| ("parted", v)));
    all
}

fn print_raw(rows: &[Row]) {
    for row in rows {
        let values: Vec<String> = measures(row).iter().map(|(n, v)| format!("{n}={v:.4}")).collect();
        let reasons: Vec<&str> = row.seen.quality.reasons.iter().map(|r| r.code.code()).collect();
        let disc =
            row.seen.view.disc().map_or("-".to_owned(), |d| format!("{:.0},{:.0},{:.0}", d.x, d.y, d.radius));
        let diameters: Vec<String> =
            row.seen.evidence.diameters_px.iter().map(|d| format!("{d:.1}")).collect();
        let scale = row.seen.scale.map_or("-".to_owned(), |s| {
            format!("{:.4}/{}/{:.2}/{}", s.um_per_px.get(), s.cells, s.spread, s.basis.code())
        });
        println!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\tdisc={disc}\tscale={scale}\t{}\t{}\t{}\tmarks={}\ton={}/{}",
            row.set,
            row.kind,
            row.file,
            row.slide,
            row.film.code(),
            row.width,
            row.known.map_or("-".to_owned(), |k| k.to_string()),
            values.join(" "),
            reasons.join(","),
            diameters.join(" "),
            row.seen.view.marks().len(),
            row.objects.1,
            row.objects.0,
        );
    }
}

fn print_markdown(rows: &[Row]) {
    let t = QualityThresholds::default();
    let gate = |measure: &str| match measure {
        "side_px" => format!("at least {}", t.min_side_px),
        "light" => format!("at least {}", t.min_light),
        "dark" => format!("at most {}", t.max_dark),
        "burnt" => format!("at most {}", t.max_burnt),
        "drawn" => format!("at most {}", t.max_drawn),
        "detail" => format!("at least {}", t.min_detail),
        "sharpness" => {
            format!("at least {} on thin, {} on thick films", t.min_sharpness_thin, t.min_sharpness_thick)
        }
        "sharpness_inside" => format!("at most {}", t.max_sharpness_inside),
        "stain" => format!("at least {} on thin, {} on thick films", t.min_stain_thin, t.min_stain_thick),
        "tint" => format!("at least {}", t.min_tint),
        "negative" => format!("at most {} where light is below {}", t.max_negative, t.negative_below),
        "azure" => format!("at least {} on thin, {} on thick films", t.min_azure_thin, t.min_azure_thick),
        "upright" => format!("at least {} on thick films", t.min_upright_thick),
        "red_kept" => format!("at least {}", t.min_red_kept),
        "blue_kept" => format!("at least {}", t.min_blue_kept),
        "blocks" => format!("at most {} on thin, {} on thick films", t.max_blocks_thin, t.max_blocks_thick),
        "period" => format!("at most {}", t.max_period),
        "parts" => "at most 1".to_owned(),
        "few_colours" => format!("at most {}", t.max_few_colours),
        "like_thin" => format!("at most {} on thick films", t.max_like_thin),
        "like_thick" => format!("at most {} on thin films", t.max_like_thick),
        "covered" => format!("{} to {}", t.min_covered, t.max_covered),
        _ => "shown only".to_owned(),
    };
    let mut tables: BTreeMap<&str, BTreeMap<(String, &str), Vec<f64>>> = BTreeMap::new();
    let mut verdicts: BTreeMap<(String, &str), (usize, usize)> = BTreeMap::new();
    for row in rows {
        let group = if row.kind == "as it is" { row.set.clone() } else { format!("all {}", row.film.code()) };
        for (measure, value) in measures(row) {
            tables.entry(measure).or_default().entry((group.clone(), row.kind)).or_default().push(value);
        }
        let (fit, all) = verdicts.entry((group, row.kind)).or_default();
        *fit += usize::from(row.seen.quality.verdict == Verdict::Fit);
        *all += 1;
    }
    println!("### Verdicts\n\n| pictures | state | fit | of |\n|---|---|---|---|");
    for ((group, kind), (fit, all)) in &verdicts {
        println!("| {group} | {kind} | {fit} | {all} |");
    }
    print_refused(rows);
    print_films(rows);
    print_marks(rows);
    print_scales(rows);
    for (measure, groups) in tables {
        println!("\n### `{measure}`: {}\n", gate(measure));
        println!("| pictures | state | 5 % | 25 % | 50 % | 75 % | 95 % |\n|---|---|---|---|---|---|---|");
        for ((group, kind), mut values) in groups {
            values.sort_by(f64::total_cmp);
            let at = |share: f64| {
                let i = ((values.len() - 1) as f64 * share).round() as usize;
                values
                    .get(i)
                    .map_or(String::new(), |v| if *v >= 10.0 { format!("{v:.0}") } else { format!("{v:.3}") })
            };
            let cells: Vec<String> = [0.05, 0.25, 0.5, 0.75, 0.95].into_iter().map(at).collect();
            println!("| {group} | {kind} | {} |", cells.join(" | "));
        }
    }
}

fn by_set(rows: &[Row]) -> BTreeMap<&str, Vec<&Row>> {
    let mut sets: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|r| r.kind == "as it is") {
        sets.entry(&row.set).or_default().push(row);
    }
    sets
}

/// Every picture of the sets that is refused as it is, with what decided.
fn print_refused(rows: &[Row]) {
    println!(
        "\n### Refused as they are\n\n| set | picture | reason | measured | limit |\n|---|---|---|---|---|"
    );
    for row in rows.iter().filter(|r| r.kind == "as it is") {
        for reason in &row.seen.quality.reasons {
            let (code, value, limit) = (reason.code.code(), reason.value, reason.threshold);
            println!("| {} | {} | {code} | {value:.3} | {limit} |", row.set, row.file);
        }
    }
}

fn print_films(rows: &[Row]) {
    println!("\n### Which film a picture shows: `other_film`\n");
    println!("| pictures | of | named, given rightly | named, given as the other film |\n|---|---|---|---|");
    for (set, rows) in by_set(rows) {
        let named = |r: &&&Row| r.seen.quality.reasons.iter().any(|r| r.code == ReasonCode::OtherFilm);
        let (rightly, wrongly) =
            (rows.iter().filter(named).count(), rows.iter().filter(|r| r.named_as_other).count());
        println!("| {set} | {} | {rightly} | {wrongly} |", rows.len());
    }
}

fn print_marks(rows: &[Row]) {
    println!(
        "\n### Marks\n\n| pictures | of | with marks | labelled objects | on marks |\n|---|---|---|---|---|"
    );
    for (set, rows) in by_set(rows) {
        let drawn = rows.iter().filter(|r| !r.seen.view.marks().is_empty()).count();
        let (all, on) = rows.iter().fold((0, 0), |(all, on), r| (all + r.objects.0, on + r.objects.1));
        println!("| {set} | {} | {drawn} | {all} | {on} |", rows.len());
    }
}

/// Scales estimated from the pictures alone, over the scales listed for the sets.
fn print_scales(rows: &[Row]) {
    println!("\n### Scale: estimated over listed\n");
    println!("| pictures | listed µm/px | by | 5 % | 25 % | 50 % | 75 % | 95 % | without |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut sets: BTreeMap<&str, BTreeMap<(&str, u32), Vec<&Row>>> = BTreeMap::new();
    for row in rows.iter().filter(|r| r.kind == "as it is") {
        sets.entry(&row.set).or_default().entry((&row.slide, row.width)).or_default().push(row);
    }
    for (set, slides) in sets {
        let Some(listed) = slides.values().flatten().find_map(|r| r.known) else { continue };
        let single: Vec<Option<f64>> =
            slides.values().flatten().map(|r| r.seen.scale.map(|s| s.um_per_px.get())).collect();
        let pooled: Vec<Option<f64>> = slides
            .values()
            .map(|rows| {
                let evidence: Vec<_> = rows.iter().map(|r| &r.seen.evidence).collect();
                pool_scales(&evidence).map(|s| s.um_per_px.get())
            })
            .collect();
        for (by, estimates) in [("picture", single), ("slide", pooled)] {
            let mut ratios: Vec<f64> = estimates.iter().flatten().map(|e| e / listed).collect();
            ratios.sort_by(f64::total_cmp);
            let cells = [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| {
                let i = (ratios.len().saturating_sub(1) as f64 * share).round() as usize;
                ratios.get(i).map_or("-".to_owned(), |r| format!("{r:.2}"))
            });
            let without = estimates.iter().filter(|e| e.is_none()).count();
            println!(
                "| {set} | {listed} | {by} | {} | {without} of {} |",
                cells.join(" | "),
                estimates.len()
            );
        }
    }
}
