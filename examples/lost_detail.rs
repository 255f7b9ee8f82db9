//! How much of what is labelled is still found in pictures that are reduced or compressed step by step, and which gate
//! refuses them; in Markdown. The gates of resolution and compression are set where recall has fallen by 5 %.
//!
//! `cargo run --release --example lost_detail -- DATA --film thin|thick [--draw N] [--subject NAME] SET...`, with N
//! pictures of each set `DATA/SET`, drawn with a fixed seed (20 where nothing is said). Scales are the listed ones.

use std::path::Path;

use hemozoin::evaluate::{Distortion, Figures, IgnoreRule, Plan, ScaleMode, Subject, Truth, run_over};
use hemozoin::intake::{Limits, Picture};
use hemozoin::optics::examine;
use hemozoin::slide::Engine;
use hemozoin::terms::Film;
use rand::SeedableRng;

type Failure = Box<dyn std::error::Error>;

/// What is done to the pictures, in the order of the table.
const STEPS: [(&str, Option<f64>, Option<u8>); 16] = [
    ("as it is", None, None),
    ("sides x 0.8", Some(0.8), None),
    ("sides x 0.65", Some(0.65), None),
    ("sides x 0.5", Some(0.5), None),
    ("sides x 0.4", Some(0.4), None),
    ("sides x 0.33", Some(0.33), None),
    ("sides x 0.25", Some(0.25), None),
    ("JPEG 75", None, Some(75)),
    ("JPEG 50", None, Some(50)),
    ("JPEG 35", None, Some(35)),
    ("JPEG 25", None, Some(25)),
    ("JPEG 18", None, Some(18)),
    ("JPEG 12", None, Some(12)),
    ("JPEG 8", None, Some(8)),
    ("JPEG 5", None, Some(5)),
    ("sides x 0.5, JPEG 40", Some(0.5), Some(40)),
];

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |flag: &str| arguments.iter().skip_while(|a| *a != flag).nth(1);
    let data = arguments.first().ok_or("give the folder that holds the sets")?;
    let film: Film = if after("--film").is_some_and(|f| f == "thick") { Film::Thick } else { Film::Thin };
    let draw = after("--draw").map_or(Ok(20), |n| n.parse())?;
    let flags = ["--film", "--draw"];
    let is_set = |at: &usize| !arguments[*at].starts_with("--") && !flags.contains(&&*arguments[at - 1]);
    let engine = Engine::builder().build()?;
    println!(
        "| set | state | parasites found | of | recall over that as it is | µm/px | blocks | refused by |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for set in (1..arguments.len()).filter(is_set).map(|at| &arguments[at]) {
        let mut truth = Truth::read(&Path::new(data).join(set).join("annotations.json"), None, film)?;
        truth.pictures.retain(|p| p.labels.iter().any(|l| l.kind == hemozoin::terms::LabelKind::Parasite));
        let mut dice = rand_chacha::ChaCha8Rng::seed_from_u64(25);
        let all = truth.pictures.len();
        let mut drawn = rand::seq::index::sample(&mut dice, all, draw.min(all)).into_vec();
        drawn.sort_unstable();
        truth.pictures = drawn.into_iter().map(|at| truth.pictures[at].clone()).collect();
        let mut whole = None;
        for (state, resize, jpeg_quality) in STEPS {
            let distortion = Distortion { resize, jpeg_quality, ..Distortion::default() };
            let plan = Plan { film, scale: ScaleMode::Given, ignore: IgnoreRule::KeepLabels, distortion };
            let figures = Figures::over(film, &run_over(&engine, &truth, &plan, &|| ())?);
            let Some(row) = figures.subject(Subject::Parasite) else { continue };
            let recall = row.recall.unwrap_or(0.0);
            let first = *whole.get_or_insert(recall);
            let refused: Vec<String> =
                figures.unfit.iter().map(|u| format!("{} {}", u.reason, u.pictures)).collect();
            let (scale, blocks) = medians(&truth, film, &distortion)?;
            println!(
                "| {set} | {state} | {} | {} | {:.3} | {scale:.3} | {blocks:.2} | {} |",
                row.hits,
                row.labelled,
                recall / first.max(1e-9),
                if refused.is_empty() { "none".to_owned() } else { refused.join(", ") },
            );
        }
    }
    Ok(())
}

/// Medians of the scale and of how far blocks stand out.
fn medians(truth: &Truth, film: Film, distortion: &Distortion) -> Result<(f64, f64), Failure> {
    let (mut scales, mut blocks) = (Vec::new(), Vec::new());
    for labelled in &truth.pictures {
        let picture = Picture::open(&labelled.path, 0, &Limits::default())?;
        let pixels = picture.whole().ok_or("a picture that is held")?.clone();
        let picture = Picture::from_pixels(distortion.of(pixels, None)?);
        blocks.push(examine(&picture, film, None)?.measurements.blocks);
        if let Some(um) = labelled.um_per_px.or_else(|| labelled.scale_of_labels()) {
            scales.push(um.get() / distortion.resize.unwrap_or(1.0));
        }
    }
    let middle = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    Ok((middle(scales), middle(blocks)))
}
