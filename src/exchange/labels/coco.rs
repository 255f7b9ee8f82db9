//! COCO, as `evaluate` and the training read it.

use serde_json::{Value, json};

use super::form::pretty;
use super::label_set::LabelSet;
use crate::Result;
use crate::review::Bounds;
use crate::terms::LabelKind;

pub(super) fn annotations(labels: &LabelSet) -> Result<Vec<u8>> {
    let categories: Vec<Value> =
        LabelKind::ALL.iter().map(|c| json!({ "id": c.number() + 1, "name": c.code() })).collect();
    let mut annotations = Vec::new();
    let mut images = Vec::new();
    for (field, id) in labels.fields.iter().zip(1..) {
        images.push(json!({
            "id": id,
            "file_name": field.file,
            "page": field.page,
            "sha256": field.sha256,
            "width": field.size.0,
            "height": field.size.1,
            "film": field.film,
            "slide": field.slide,
            "reader": field.reader,
            "um_per_px": field.um_per_px,
            "complete": if field.complete { vec![LabelKind::Parasite.code()] } else { Vec::new() },
            "rejected": field.rejected.iter().map(bbox).collect::<Vec<_>>(),
        }));
        for label in &field.labels {
            let stage = label.stage.map_or_else(|| json!({}), |stage| json!({ "stage": stage.code() }));
            annotations.push(json!({
                "id": annotations.len() + 1,
                "image_id": id,
                "category_id": label.category.number() + 1,
                "bbox": bbox(&label.at),
                "area": label.at.width * label.at.height,
                "iscrowd": 0,
                "attributes": stage,
            }));
        }
    }
    pretty(&json!({
        "info": { "description": "Labels of readers, from hemozoin review." },
        "categories": categories,
        "images": images,
        "annotations": annotations,
    }))
}

fn bbox(at: &Bounds) -> Value {
    json!([at.x, at.y, at.width, at.height])
}
