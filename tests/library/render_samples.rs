//! The committed samples are what the renderer draws, to the pixel, and their truth is what it says.

use std::fs;
use std::path::PathBuf;

use hemozoin::render::{FieldSpec, Rendered, render};
use hemozoin::terms::CellClass;
use serde_json::Value;

fn samples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples")
}

fn reference(name: &str) -> Rendered {
    let text = fs::read_to_string(samples().join(format!("{name}.json"))).expect("specification");
    let spec: FieldSpec = serde_json::from_str(&text).expect("a field specification");
    render(&spec).expect("a sound specification")
}

#[test]
fn references_are_redrawn_to_the_pixel() {
    for name in ["reference-thin", "reference-thick"] {
        let path = samples().join(format!("{name}.png"));
        let kept = image::open(&path).expect("reference").to_rgb8();
        let drawn = reference(name).image;
        if kept != drawn {
            let actual = std::env::temp_dir().join(format!("{name}-actual.png"));
            drawn.save(&actual).expect("room for the actual picture");
            panic!("{} differs from what is drawn now: see {}", path.display(), actual.display());
        }
    }
}

#[test]
fn truth_matches_what_is_drawn() {
    let truth: Value =
        serde_json::from_str(&fs::read_to_string(samples().join("truth.json")).expect("truth"))
            .expect("JSON");
    let images = truth["images"].as_array().expect("images");
    let annotations = truth["annotations"].as_array().expect("annotations");
    for image in images {
        let path = samples().join(image["file_name"].as_str().expect("a name"));
        let size = image::image_dimensions(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(
            (image["width"].as_u64(), image["height"].as_u64()),
            (Some(size.0.into()), Some(size.1.into()))
        );
    }
    for name in ["reference-thin", "reference-thick"] {
        let id = images.iter().find(|i| i["slide"] == *name).expect("listed")["id"].clone();
        let boxes: Vec<Value> =
            annotations.iter().filter(|a| a["image_id"] == id).map(|a| a["bbox"].clone()).collect();
        let drawn = reference(name);
        let expected: Vec<Value> =
            drawn.truth.iter().map(|t| serde_json::json!([t.x, t.y, t.width, t.height])).collect();
        assert_eq!(boxes, expected, "{name}");
        assert!(drawn.count(CellClass::AsexualParasite) >= 7, "{name}");
    }
}

#[test]
fn every_sample_picture_is_listed() {
    let truth: Value =
        serde_json::from_str(&fs::read_to_string(samples().join("truth.json")).expect("truth"))
            .expect("JSON");
    let listed = truth["images"].as_array().expect("images").len();
    let folders = ["patient-1/goutte-epaisse", "patient-1/frottis"];
    let files: usize = folders.iter().map(|f| fs::read_dir(samples().join(f)).expect("folder").count()).sum();
    assert_eq!(listed, files + 2);
}
