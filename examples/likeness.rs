//! Where the same field and different ones lie, for the rule that a field which was photographed twice counts once; in
//! Markdown.
//!
//! `cargo run --release --example likeness -- DATA [--every N] [--pairs]`, where `DATA/SET/annotations.json` names each picture's
//! film. Every pair of a set is compared, and each picture with itself as it comes back from a messenger, darker, blurred,
//! shifted, cut, seen closer and turned, and as two neighbouring fields that share a strip; with `--pairs` the pairs alone.

use std::path::Path;

use hemozoin::intake::{Limits, Picture};
use hemozoin::optics::{Common, Likeness, examine};
use hemozoin::terms::Film;
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, blur, brighten, crop_imm, resize};
use rayon::prelude::*;

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let data = arguments.first().ok_or("give the folder that holds the sets")?;
    let every =
        arguments.iter().skip_while(|a| *a != "--every").nth(1).map_or(Ok(1), |n| n.parse::<usize>())?.max(1);
    let mut sets: Vec<_> = std::fs::read_dir(data)?.filter_map(|e| Some(e.ok()?.path())).collect();
    sets.sort();
    let pairs_alone = arguments.iter().any(|a| a == "--pairs");
    let all_changes = [
        "half the sides, JPEG 30",
        "darker",
        "blurred",
        "shifted by 3 %",
        "shifted by 7 %",
        "shifted by 15 %",
        "its middle half",
        "a corner, closer",
        "turned by 12 degrees",
        "halves that share 0.28",
        "halves that share 0.18",
        "halves that share 0.11",
    ];
    let changes = if pairs_alone { &all_changes[..0] } else { &all_changes[..] };
    println!(
        "| set | pictures | pairs taken for one field | pairs said to overlap in part | {} |",
        changes.join(" | ")
    );
    println!("|---|---|---|---|{}", "---|".repeat(changes.len()));
    for set in sets {
        let Ok(text) = std::fs::read_to_string(set.join("annotations.json")) else { continue };
        let annotations: serde_json::Value = serde_json::from_str(&text)?;
        let images: Vec<(String, Film)> = annotations["images"]
            .as_array()
            .into_iter()
            .flatten()
            .step_by(every)
            .map(|image| {
                let film = if image["film"] == "thick" { Film::Thick } else { Film::Thin };
                (image["file_name"].as_str().unwrap_or_default().to_owned(), film)
            })
            .collect();
        let seen: Vec<(Likeness, Vec<bool>)> = images
            .par_iter()
            .map(|(name, film)| of_picture(&set, name, *film, pairs_alone))
            .collect::<Result<_, _>>()?;
        let pairs: Vec<(usize, usize)> = (0..seen.len()).flat_map(|b| (0..b).map(move |a| (a, b))).collect();
        let common: Vec<(usize, usize, Common)> = pairs
            .par_iter()
            .filter_map(|(a, b)| Some((*a, *b, seen[*a].0.common_with(&seen[*b].0)?)))
            .collect();
        for (a, b, common) in &common {
            let how = match common {
                Common::Field => "one field".to_owned(),
                Common::Part(overlap) => format!("share {:.2}", overlap.share()),
            };
            eprintln!("{}: {} and {}: {how}", set.display(), images[*a].0, images[*b].0);
        }
        let same = common.iter().filter(|(.., common)| *common == Common::Field).count();
        let parts = common.len() - same;
        let known: Vec<String> = (0..changes.len())
            .map(|k| seen.iter().filter(|(_, known)| known[k]).count().to_string())
            .collect();
        let name = set.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!("| {name} | {} | {same} of {} | {parts} | {} |", seen.len(), pairs.len(), known.join(" | "));
    }
    Ok(())
}

/// What a picture looks like, and whether each change of it is known again, unless it is `alone`.
fn of_picture(set: &Path, name: &str, film: Film, alone: bool) -> Result<(Likeness, Vec<bool>), Failure> {
    let named = set.join("images").join(name);
    let path = if named.exists() { named } else { set.join(name) };
    let picture = Picture::open(path, 0, &Limits::default())?;
    let whole = picture.read(0, 0, picture.size().width, picture.size().height)?;
    let likeness = of_pixels(whole.clone(), film)?;
    if alone {
        return Ok((likeness, Vec::new()));
    }
    let (width, height) = whole.dimensions();
    let part = |per_mille: u32| {
        crop_imm(
            &whole,
            width * per_mille / 1000,
            height * per_mille / 1000,
            width * 85 / 100,
            height * 85 / 100,
        )
        .to_image()
    };
    let mut sent = Vec::new();
    JpegEncoder::new_with_quality(&mut sent, 30).encode_image(&resize(
        &whole,
        width / 2,
        height / 2,
        FilterType::Triangle,
    ))?;
    let first = of_pixels(part(0), film)?;
    let mut known = Vec::new();
    for changed in [
        image::load_from_memory(&sent)?.into_rgb8(),
        brighten(&whole, -50),
        blur(&whole, width as f32 / 600.0),
    ] {
        known.push(likeness.shows_the_field_of(&of_pixels(changed, film)?));
    }
    for per_mille in [30, 70, 150] {
        known.push(first.shows_the_field_of(&of_pixels(part(per_mille), film)?));
    }
    let middle = crop_imm(&whole, width / 4, height / 4, width / 2, height / 2).to_image();
    let corner =
        crop_imm(&whole, width * 35 / 100, height * 35 / 100, width * 6 / 10, height * 6 / 10).to_image();
    for changed in [middle, resize(&corner, width, height, FilterType::Triangle), turned(&whole, 12.0)] {
        known.push(likeness.shows_the_field_of(&of_pixels(changed, film)?));
    }
    // Neighbouring fields of a stage that share a strip.
    for per_cent in [58, 55, 53] {
        let side = width * per_cent / 100;
        let half = |left: u32| of_pixels(crop_imm(&whole, left, 0, side, height).to_image(), film);
        let common = half(width - side)?.common_with(&half(0)?);
        known.push(matches!(common, Some(Common::Part(_))));
    }
    Ok((likeness, known))
}

/// Turned about its middle; what lay outside is black.
fn turned(picture: &RgbImage, degrees: f64) -> RgbImage {
    let (x0, y0) = (f64::from(picture.width()) / 2.0, f64::from(picture.height()) / 2.0);
    let (sin, cos) = degrees.to_radians().sin_cos();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let (dx, dy) = (f64::from(x) - x0, f64::from(y) - y0);
        let (u, v) = (x0 + cos * dx - sin * dy, y0 + sin * dx + cos * dy);
        let inside = u >= 0.0 && v >= 0.0;
        let pixel = inside.then(|| picture.get_pixel_checked(u as u32, v as u32)).flatten();
        pixel.copied().unwrap_or(image::Rgb([0; 3]))
    })
}

fn of_pixels(pixels: RgbImage, film: Film) -> Result<Likeness, Failure> {
    Ok(examine(&Picture::from_pixels(pixels), film, None)?.likeness)
}
