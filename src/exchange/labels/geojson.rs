//! GeoJSON as QuPath imports it: rectangles in pixels with a classification, one file for each picture.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::form::pretty;
use super::label_set::{Label, LabelSet};
use crate::Result;
use crate::terms::LabelKind;

pub(super) fn files(labels: &LabelSet) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let file = |field: &super::LabelledField| {
        let features: Vec<Value> = field.labels.iter().map(|label| feature(label, field.um_per_px)).collect();
        let collection = json!({ "type": "FeatureCollection", "features": features });
        Ok((PathBuf::from(format!("{}.geojson", field.stem())), pretty(&collection)?))
    };
    labels.fields.iter().map(file).collect()
}

fn feature(label: &Label, um_per_px: Option<f64>) -> Value {
    let (left, top) = (label.at.x, label.at.y);
    let (right, bottom) = (left + label.at.width, top + label.at.height);
    let around = json!([[[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]]);
    // A classification within another stands behind a colon.
    let name = match label.stage {
        Some(stage) => format!("{}: {}", label.category.code(), stage.code()),
        None => label.category.code().to_owned(),
    };
    let mut measurements = serde_json::Map::new();
    if let Some(scale) = um_per_px {
        measurements.insert("width µm".to_owned(), json!(label.at.width * scale));
        measurements.insert("height µm".to_owned(), json!(label.at.height * scale));
    }
    json!({
        "type": "Feature",
        "geometry": { "type": "Polygon", "coordinates": around },
        "properties": {
            "objectType": "annotation",
            "classification": { "name": name, "color": colour(label.category) },
            "isLocked": false,
            "measurements": measurements,
        },
    })
}

fn colour(category: LabelKind) -> [u8; 3] {
    match category {
        LabelKind::Parasite => [213, 94, 0],
        LabelKind::RedCell => [204, 121, 167],
        LabelKind::InfectedRedCell => [230, 159, 0],
        LabelKind::WhiteCell => [0, 114, 178],
        LabelKind::Platelet => [0, 158, 115],
        LabelKind::Ignore => [128, 128, 128],
    }
}
