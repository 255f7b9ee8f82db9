//! Rewrites `samples/` byte for byte, or writes a large annotated set for training.
//!
//! ```text
//! cargo run --release --example render_samples
//! cargo run --release --example render_samples -- --out DIR --film thin --count 400 --seed 7 [--width 640 --height 640]
//! ```
//! Both write COCO-style annotations: categories `parasite`, `rbc`, `rbc_infected`, `wbc`, `platelet`; boxes
//! `[x, y, width, height]` in pixels; `attributes.stage` for parasites.

use std::collections::BTreeMap;
use std::fs;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use hemozoin::render::{
    Counts, Disc, FieldSpec, Rendered, SlideSpec, Stain, TruthObject, render, slide_fields, varied,
};
use hemozoin::terms::{CellClass, Film};
use image::codecs::jpeg::JpegEncoder;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const JPEG_QUALITY: u8 = 90;

fn main() {
    let outcome = Options::parse(std::env::args().skip(1)).and_then(|options| match options.out {
        Some(ref out) => training_set(out, &options),
        None => samples(Path::new("samples")),
    });
    if let Err(e) = outcome {
        eprintln!("render_samples: {e}");
        std::process::exit(2);
    }
}

struct Options {
    out: Option<PathBuf>,
    film: Film,
    count: u32,
    seed: u64,
    width: u32,
    height: u32,
}

impl Options {
    fn parse(mut args: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut o = Self { out: None, film: Film::Thin, count: 100, seed: 1, width: 640, height: 640 };
        while let Some(flag) = args.next() {
            let value = args.next().ok_or_else(|| format!("{flag} needs a value"))?;
            match flag.as_str() {
                "--out" => o.out = Some(value.into()),
                "--film" if value == "thin" => o.film = Film::Thin,
                "--film" if value == "thick" => o.film = Film::Thick,
                "--film" => return Err(format!("--film {value}: give thick or thin").into()),
                "--count" => o.count = value.parse()?,
                "--seed" => o.seed = value.parse()?,
                "--width" => o.width = value.parse()?,
                "--height" => o.height = value.parse()?,
                _ => return Err(format!("unknown option {flag}").into()),
            }
        }
        Ok(o)
    }
}

/// One patient with both films; the numbers in `samples/README.md` follow from these values.
fn patient() -> [(&'static str, &'static str, SlideSpec); 2] {
    let common = FieldSpec { width: 1600, height: 1200, noise: 0.7, softness: 0.6, ..FieldSpec::default() };
    let blood = SlideSpec {
        parasites_per_ul: 24_000.0,
        gametocytes_per_ul: 300.0,
        wbc_per_ul: 8_000.0,
        rbc_per_ul: 4_200_000.0,
        dirt_per_1000_um2: 0.15,
        ..SlideSpec::default()
    };
    let thick = FieldSpec {
        film: Film::Thick,
        um_per_px: 0.125,
        stain: Stain::Purple,
        unevenness: 0.4,
        texture: 0.35,
        blur_um: 0.16,
        ..common.clone()
    };
    let thin = FieldSpec { film: Film::Thin, um_per_px: 0.1, stain: Stain::Pink, unevenness: 0.3, ..common };
    [
        (
            "goutte-epaisse",
            "patient-1-thick",
            SlideSpec { field: thick, fields: 14, seed: 20_260, ..blood.clone() },
        ),
        ("frottis", "patient-1-thin", SlideSpec { field: thin, fields: 8, seed: 20_261, ..blood }),
    ]
}

fn samples(root: &Path) -> Outcome<()> {
    let mut coco = Coco::default();
    for (folder, slide, spec) in patient() {
        let dir = root.join("patient-1").join(folder);
        fs::create_dir_all(&dir)?;
        for (i, mut field) in slide_fields(&spec)?.into_iter().enumerate() {
            // Every third thick field as a phone on the eyepiece sees it.
            if field.film == Film::Thick && i % 3 == 2 {
                field.disc = Some(Disc { diameter: 1.04, cx: 0.49, cy: 0.51 });
            }
            let name = format!("{:02}.jpg", i + 1);
            let drawn = render(&field)?;
            write_jpeg(&dir.join(&name), &drawn)?;
            coco.add(&format!("patient-1/{folder}/{name}"), slide, &field, &drawn);
        }
    }
    for (name, field) in references() {
        let drawn = render(&field)?;
        drawn.image.save(root.join(format!("{name}.png")))?;
        fs::write(root.join(format!("{name}.json")), serde_json::to_string_pretty(&field)? + "\n")?;
        coco.add(&format!("{name}.png"), name, &field, &drawn);
    }
    coco.write(&root.join("truth.json"))
}

/// Two small lossless fields with their specifications: a test draws them again and compares pixel by pixel.
fn references() -> [(&'static str, FieldSpec); 2] {
    let small =
        FieldSpec { width: 480, height: 360, noise: 0.4, softness: 0.6, seed: 11, ..FieldSpec::default() };
    let counts = Counts {
        red_cells: 30,
        rings: 5,
        trophozoites: 1,
        schizonts: 1,
        gametocytes: 1,
        white_cells: 1,
        platelets: 4,
        precipitate: 1,
        debris: 3,
    };
    let disc = Some(Disc { diameter: 1.1, cx: 0.48, cy: 0.52 });
    let thick = FieldSpec { film: Film::Thick, um_per_px: 0.14, stain: Stain::Blue, disc, ..small.clone() };
    [
        ("reference-thin", FieldSpec { counts, ..small }),
        ("reference-thick", FieldSpec { counts: Counts { rings: 12, white_cells: 4, ..counts }, ..thick }),
    ]
}

fn training_set(out: &Path, options: &Options) -> Outcome<()> {
    let images = out.join("images");
    fs::create_dir_all(&images)?;
    let mut coco = Coco::default();
    for i in 0..options.count {
        let seed = options.seed.wrapping_mul(1_000_003).wrapping_add(u64::from(i));
        let field = varied(options.film, options.width, options.height, seed)?;
        let drawn = render(&field)?;
        let name = format!("{}-{i:05}.jpg", options.film.code());
        write_jpeg(&images.join(&name), &drawn)?;
        coco.add(&name, &format!("rendered-{seed}"), &field, &drawn);
    }
    coco.write(&out.join("annotations.json"))
}

fn write_jpeg(path: &Path, drawn: &Rendered) -> Outcome<()> {
    let file = BufWriter::new(fs::File::create(path)?);
    JpegEncoder::new_with_quality(file, JPEG_QUALITY).encode_image(&drawn.image)?;
    Ok(())
}

const CATEGORIES: [&str; 6] = ["parasite", "rbc", "rbc_infected", "wbc", "platelet", "ignore"];

#[derive(Default)]
struct Coco {
    images: Vec<Value>,
    annotations: Vec<Value>,
}

impl Coco {
    fn add(&mut self, name: &str, slide: &str, spec: &FieldSpec, drawn: &Rendered) {
        let image = self.images.len() + 1;
        let complete: &[&str] = match spec.film {
            Film::Thin => &["parasite", "rbc", "rbc_infected", "wbc", "platelet"],
            Film::Thick => &["parasite", "wbc", "platelet"],
        };
        self.images.push(json!({
            "id": image,
            "file_name": name,
            "width": spec.width,
            "height": spec.height,
            "slide": slide,
            "film": spec.film,
            "species": "falciparum",
            "um_per_px": spec.um_per_px,
            "complete": complete,
            "stain": spec.stain,
        }));
        for t in &drawn.truth {
            let id = self.annotations.len() + 1;
            self.annotations.push(annotation(id, image, t));
        }
    }

    fn write(&self, path: &Path) -> Outcome<()> {
        let categories: Vec<Value> =
            CATEGORIES.iter().enumerate().map(|(i, name)| json!({ "id": i + 1, "name": name })).collect();
        // One object a line: small enough to keep, and a change shows in a diff.
        let lines = |values: &[Value]| values.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n");
        let info =
            json!({ "description": "Rendered blood films with exact truth; no photograph went into them." });
        let text = format!(
            "{{\"info\":{info},\n\"categories\":{},\n\"images\":[\n{}\n],\n\"annotations\":[\n{}\n]}}\n",
            Value::from(categories),
            lines(&self.images),
            lines(&self.annotations)
        );
        fs::write(path, text)?;
        Ok(())
    }
}

fn annotation(id: usize, image: usize, t: &TruthObject) -> Value {
    let category = match (t.class, t.infected) {
        (CellClass::AsexualParasite | CellClass::Gametocyte, _) => 1,
        (CellClass::RedCell, Some(true)) => 3,
        (CellClass::RedCell, _) => 2,
        (CellClass::WhiteCell, _) => 4,
        (CellClass::Platelet, _) => 5,
    };
    let mut attributes: BTreeMap<&str, Value> = BTreeMap::new();
    if let Some(stage) = t.stage {
        attributes.insert("stage", json!(stage));
        attributes.insert("species", json!("falciparum"));
    }
    if t.parasites_inside > 0 {
        attributes.insert("parasites_inside", json!(t.parasites_inside));
    }
    if t.cut {
        attributes.insert("cut", json!(true));
    }
    if !t.centre_in_view {
        attributes.insert("centre_in_view", json!(false));
    }
    json!({
        "id": id,
        "image_id": image,
        "category_id": category,
        "bbox": [t.x, t.y, t.width, t.height],
        "area": t.width * t.height,
        "iscrowd": 0,
        "attributes": attributes,
    })
}
