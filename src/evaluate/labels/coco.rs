//! `annotations.json` in the COCO style.
//!
//! Beyond COCO, an image may say `slide` (empty: unknown), `film`, `um_per_px` (null: unknown), `complete` (the categories
//! labelled exhaustively there; elsewhere an unlabelled spot is no negative) and `rejected` (boxes that a reader looked at and
//! found to be nothing). A parasite's `attributes.stage` is `ring`, `trophozoite`, `schizont`, `asexual` (any of these) or
//! `gametocyte`. Keys that are not read here are passed over, as COCO files carry many.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::category::{category, is_gametocyte, stage_of};
use super::find::{Whereabouts, no_picture};
use crate::evaluate::truth::{Label, LabelledPicture};
use crate::measure::{MicronsPerPixel, PxRect, PxSize};
use crate::terms::{Film, LabelKind, Stage};
use crate::{Error, ErrorKind, Result};

#[derive(Deserialize)]
struct Coco {
    images: Vec<CocoImage>,
    annotations: Vec<CocoAnnotation>,
    categories: Vec<CocoCategory>,
}

#[derive(Deserialize)]
struct CocoImage {
    id: u64,
    file_name: String,
    #[serde(default)]
    slide: String,
    film: Option<Film>,
    um_per_px: Option<MicronsPerPixel>,
    #[serde(default)]
    complete: Vec<String>,
    #[serde(default)]
    rejected: Vec<[f64; 4]>,
    width: Option<f64>,
    height: Option<f64>,
}

#[derive(Deserialize)]
struct CocoAnnotation {
    id: u64,
    image_id: u64,
    category_id: u64,
    bbox: [f64; 4],
    #[serde(default)]
    attributes: Option<CocoAttributes>,
}

#[derive(Deserialize)]
struct CocoAttributes {
    stage: Option<String>,
}

#[derive(Deserialize)]
struct CocoCategory {
    id: u64,
    name: String,
}

/// The pictures of an annotations file, in its order.
pub(in crate::evaluate) fn parse(
    text: &str,
    film: Option<Film>,
    pictures: &dyn Whereabouts,
) -> Result<Vec<LabelledPicture>> {
    let wrong = |key, what: String| Error::new(ErrorKind::Usage, what).with_key(key);
    let coco: Coco = serde_json::from_str(text).map_err(|e| {
        wrong("error-truth-json", format!("annotations do not fit: {e}"))
            .with_arg("line", e.line())
            .with_arg("column", e.column())
            .with_arg("reason", e)
    })?;
    let mut kinds = BTreeMap::new();
    for of in &coco.categories {
        kinds.insert(of.id, category(&of.name)?);
    }
    let mut labels: BTreeMap<u64, Vec<Label>> = BTreeMap::new();
    for note in &coco.annotations {
        let kind = *kinds.get(&note.category_id).ok_or_else(|| {
            let what = format!("annotation {}: category {} is not declared", note.id, note.category_id);
            wrong("error-truth-undeclared", what)
                .with_arg("annotation", note.id)
                .with_arg("category", note.category_id)
        })?;
        let [x, y, width, height] = note.bbox;
        let bounds = PxRect::new(x, y, width, height).ok_or_else(|| {
            let what = format!("annotation {}: {:?} is no box of x, y, width, height", note.id, note.bbox);
            wrong("error-truth-box", what)
                .with_arg("annotation", note.id)
                .with_arg("box", format!("{:?}", note.bbox))
        })?;
        labels.entry(note.image_id).or_default().push(label(kind, bounds, note));
    }
    let mut found = Vec::new();
    for image in coco.images {
        let labels = labels.remove(&image.id).unwrap_or_default();
        if film.is_some_and(|film| image.film.is_some_and(|other| other != film)) {
            continue;
        }
        let complete = image
            .complete
            .iter()
            .map(|name| {
                LabelKind::of_code(name).ok_or_else(|| {
                    let what = format!("image {}: category \"{name}\" is unknown", image.file_name);
                    wrong("error-truth-complete", what)
                        .with_arg("image", &image.file_name)
                        .with_arg("category", name)
                })
            })
            .collect::<Result<_>>()?;
        let rejected = image.rejected.iter().filter_map(|[x, y, w, h]| PxRect::new(*x, *y, *w, *h)).collect();
        let place = pictures.find(&image.file_name)?.ok_or_else(|| no_picture(&image.file_name))?;
        found.push(LabelledPicture {
            path: place.path,
            name: place.name,
            slide: image.slide,
            um_per_px: image.um_per_px,
            complete,
            labels,
            rejected,
            size: image.width.zip(image.height).and_then(size_of),
        });
    }
    if let Some(image) = labels.keys().next() {
        let what = format!("annotations name image {image}, which is not listed");
        return Err(wrong("error-truth-unlisted", what).with_arg("image", image));
    }
    Ok(found)
}

fn size_of((width, height): (f64, f64)) -> Option<PxSize> {
    let side = |v: f64| (1.0..=f64::from(u32::MAX)).contains(&v).then_some(v as u32);
    Some(PxSize { width: side(width)?, height: side(height)? })
}

fn label((kind, named): (LabelKind, Option<Stage>), bounds: PxRect, note: &CocoAnnotation) -> Label {
    let said = note.attributes.as_ref().and_then(|a| a.stage.as_deref());
    let stage = named.or_else(|| said.and_then(stage_of));
    let gametocyte = stage.map(|stage| stage == Stage::Gametocyte).or_else(|| said.and_then(is_gametocyte));
    Label { kind, bounds, gametocyte, stage }
}
