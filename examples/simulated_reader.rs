//! What a review buys: a reader who knows the labels judges the suspects of each slide, in order of doubt.
//!
//! `cargo run --release --example simulated_reader FILM ANNOTATIONS [IMAGES]`, for the drawn samples
//! `cargo run --release --example simulated_reader thick samples/truth.json samples`. One line for each slide: parasites
//! labelled, suspects shown, keys pressed (one each; what is left of a row of six goes with one key where all of it is
//! dirt), and parasites counted by the machine and after the review, in the fields that pass the quality gates. Parasites
//! that the machine missed stay missed: nobody looks at the fields here. Below, how far the counts lie from the labels,
//! over all slides: the sum of the differences of each slide, as a share of the labelled parasites.

use std::collections::BTreeMap;
use std::path::Path;

use hemozoin::evaluate::{Label, LabelledPicture, Truth};
use hemozoin::record::{Facts, SlideInfo, SlideRecord};
use hemozoin::review::{Decision, Mark, Progress, ReadCounts, ReadSlide, Store, Verdict};
use hemozoin::slide::{Engine, Silent};
use hemozoin::source::{FilmPictures, SlideSource};
use hemozoin::terms::{Film, LabelKind};

/// Crops in a row of the page at 1024 pixels.
const ROW: usize = 6;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let film = match arguments.next().as_deref() {
        Some("thick") => Film::Thick,
        Some("thin") => Film::Thin,
        _ => {
            return Err(
                "say thick or thin, then the annotations, then perhaps the folder of the pictures".into()
            );
        }
    };
    let annotations = arguments.next().ok_or("say where the annotations are")?;
    let images = arguments.next();
    let truth = Truth::read(Path::new(&annotations), images.as_deref().map(Path::new), film)?;
    let mut slides: BTreeMap<&str, Vec<&LabelledPicture>> = BTreeMap::new();
    for picture in truth.pictures.iter().filter(|p| p.complete.contains(&LabelKind::Parasite)) {
        slides.entry(&picture.slide).or_default().push(picture);
    }
    println!(
        "{:<28} {:>8} {:>8} {:>6} {:>8} {:>8}",
        "slide", "labelled", "suspects", "keys", "machine", "review"
    );
    let (mut sums, mut off) = ([0_u64; 5], [0_u64; 2]);
    for (id, pictures) in slides {
        let record = analyse(id, film, &pictures)?;
        let row = review(&record, film, &pictures)?;
        println!("{id:<28} {:>8} {:>8} {:>6} {:>8} {:>8}", row[0], row[1], row[2], row[3], row[4]);
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += value;
        }
        off[0] += row[0].abs_diff(row[3]);
        off[1] += row[0].abs_diff(row[4]);
    }
    println!("{:<28} {:>8} {:>8} {:>6} {:>8} {:>8}", "all", sums[0], sums[1], sums[2], sums[3], sums[4]);
    println!("{:<28} {:>41} {:>8}", "off by", off[0], off[1]);
    match sums[0] {
        0 => println!("no parasite is labelled: what is left is false"),
        labelled => {
            let share = |off: u64| 100.0 * off as f64 / labelled as f64;
            println!("{:<28} {:>39.0} % {:>6.0} %", "of the labelled", share(off[0]), share(off[1]));
        }
    }
    Ok(())
}

fn analyse(id: &str, film: Film, pictures: &[&LabelledPicture]) -> hemozoin::Result<SlideRecord> {
    let info = SlideInfo::named(id);
    let um_per_px = pictures.first().and_then(|p| p.um_per_px);
    let mut facts = Facts::of(film);
    facts.um_per_px = um_per_px;
    let paths = pictures.iter().map(|p| p.path.clone()).collect();
    let source = SlideSource::of_files(info, facts, Path::new("/"), vec![FilmPictures { film, paths }]);
    source.slide(&Engine::builder().build()?).run(&Silent)
}

/// Labelled parasites, suspects, keys, and the machine's and the reader's count, in the counted fields.
fn review(
    record: &SlideRecord,
    film: Film,
    pictures: &[&LabelledPicture],
) -> Result<[u64; 5], Box<dyn std::error::Error>> {
    let labels = |field: usize| -> &[Label] {
        let image = record.fields.get(field).map(|f| f.image.as_str()).unwrap_or_default();
        let of = pictures.iter().find(|p| p.path.to_string_lossy().ends_with(image));
        of.map(|p| p.labels.as_slice()).unwrap_or_default()
    };
    let folder = tempfile::tempdir()?;
    let mut store = Store::open(folder.path())?;
    let reading = store.begin(&record.slide.id, "labels", false)?.id;
    let slide = ReadSlide::replay(record, &[]);
    let counted: Vec<usize> = (0..slide.fields.len()).filter(|at| slide.fields[*at].counts()).collect();
    let parasites = |field: usize| labels(field).iter().filter(|l| l.kind == LabelKind::Parasite);
    let mut suspects: Vec<(&Mark, Verdict)> = Vec::new();
    for (at, field) in slide.fields.iter().enumerate() {
        let mut open: Vec<&Label> = parasites(at).collect();
        for mark in field.suspects() {
            let (x, y) = mark.at.centre();
            let near = |label: &&Label| {
                let (lx, ly) = label.bounds.centre();
                let reach = mark.at.width.max(mark.at.height).max(label.bounds.width()) / 2.0;
                (lx - x).hypot(ly - y) <= reach
            };
            let seen = open.iter().position(near).map(|found| open.swap_remove(found));
            let verdict = match seen {
                Some(_) => Verdict::Seen { class: mark.class, stage: mark.stage },
                None => Verdict::Nothing,
            };
            suspects.push((mark, verdict));
        }
    }
    suspects.sort_by(|a, b| a.0.score.unwrap_or(1.0).total_cmp(&b.0.score.unwrap_or(1.0)));
    let mut keys = 0_u64;
    for row in suspects.chunks(ROW) {
        let dirt_from = row.iter().rposition(|(_, v)| *v != Verdict::Nothing).map_or(0, |last| last + 1);
        keys += dirt_from as u64 + u64::from(dirt_from < row.len());
    }
    let decisions: Vec<Decision> = suspects
        .iter()
        .filter_map(|(mark, verdict)| {
            Some(Decision::Judge { subject: slide.subject(mark.id, record)?, verdict: *verdict })
        })
        .collect();
    if !decisions.is_empty() {
        store.append(reading, "all", &decisions)?;
    }
    let read = ReadSlide::replay(record, &store.entries(reading, 0)?);
    let progress = Progress::of(record, &read, &ReadCounts::of(record, &read));
    let of_film = progress.films.iter().find(|f| f.film == film).ok_or("no film")?;
    let labelled: usize = counted.iter().map(|at| parasites(*at).count()).sum();
    let all = |t: &hemozoin::tally::FieldTally| t.asexual_parasites + t.gametocytes;
    Ok([labelled as u64, of_film.suspects, keys, all(&of_film.machine), all(&of_film.read)])
}
