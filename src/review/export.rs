//! What readers decided as labels for training and measuring: COCO, as `evaluate` and the training read it.

use serde_json::{Value, json};

use super::decision::{Bounds, Verdict};
use super::marks::{Mark, MarkOrigin, ReadField};
use super::replay::ReadSlide;
use crate::record::{FieldRecord, SlideRecord};
use crate::terms::{CellClass, Stage};

/// Categories in the order of their numbers, from 1.
const CATEGORIES: [&str; 6] = ["parasite", "rbc", "rbc_infected", "wbc", "platelet", "ignore"];

/// Labels of any number of slides.
///
/// What a reader confirmed or added is a label; what could not be told, and what nobody judged, is `ignore`; what was
/// rejected stands as `rejected` beside its picture. A picture is `complete` for parasites only where the reader looked
/// at the whole of it and judged every suspect in it. Cells are labels where a reader judged them, and never complete.
#[derive(Debug, Default)]
pub struct Coco {
    images: Vec<Value>,
    annotations: Vec<Value>,
}

impl Coco {
    /// Adds a slide as it was read; `name` says where each of its pictures lies, from the folder of all.
    pub fn add(
        &mut self,
        record: &SlideRecord,
        slide: &ReadSlide,
        reader: &str,
        name: impl Fn(&str) -> String,
    ) {
        for (field, read) in record.fields.iter().zip(&slide.fields) {
            let judged = read.marks.iter().any(|mark| mark.decided.is_some());
            if !read.copy && read.excluded.is_none() && (judged || read.looked) {
                self.add_field(record, field, read, reader, &name(&field.image));
            }
        }
    }

    /// How many pictures there are.
    pub fn pictures(&self) -> usize {
        self.images.len()
    }

    /// The annotations file.
    pub fn to_json(&self) -> Value {
        let categories: Vec<Value> =
            CATEGORIES.iter().zip(1..).map(|(name, id)| json!({ "id": id, "name": name })).collect();
        json!({
            "info": { "description": "Labels of readers, from hemozoin review." },
            "categories": categories,
            "images": self.images,
            "annotations": self.annotations,
        })
    }

    fn add_field(
        &mut self,
        record: &SlideRecord,
        field: &FieldRecord,
        read: &ReadField,
        reader: &str,
        name: &str,
    ) {
        let image = self.images.len() + 1;
        let whole = read.looked && read.suspects().all(|mark| mark.verdict.is_some());
        let complete: &[&str] = if whole { &["parasite"] } else { &[] };
        let rejected: Vec<Value> =
            read.marks.iter().filter(|m| m.verdict == Some(Verdict::Nothing)).map(|m| bbox(&m.at)).collect();
        self.images.push(json!({
            "id": image,
            "file_name": name,
            "page": field.page,
            "sha256": field.sha256,
            "width": field.width,
            "height": field.height,
            "film": field.film,
            "slide": record.slide.id,
            "reader": reader,
            "um_per_px": field.scale.as_ref().map(|s| s.um_per_px),
            "complete": complete,
            "rejected": rejected,
        }));
        for mark in &read.marks {
            let Some((category, stage)) = label(mark) else { continue };
            let id = CATEGORIES.iter().position(|c| *c == category).map_or(0, |at| at + 1);
            let attributes = stage.map_or_else(|| json!({}), |stage| json!({ "stage": stage.code() }));
            self.annotations.push(json!({
                "id": self.annotations.len() + 1,
                "image_id": image,
                "category_id": id,
                "bbox": bbox(&mark.at),
                "area": mark.at.width * mark.at.height,
                "iscrowd": 0,
                "attributes": attributes,
            }));
        }
    }
}

fn bbox(at: &Bounds) -> Value {
    json!([at.x, at.y, at.width, at.height])
}

fn label(mark: &Mark) -> Option<(&'static str, Option<Stage>)> {
    let own = mark.origin == MarkOrigin::Own;
    match mark.verdict {
        Some(Verdict::Doubtful) => Some(("ignore", None)),
        None if mark.is_suspect() => Some(("ignore", None)),
        None if !own => None,
        _ => {
            let (class, stage) = mark.counts_as()?;
            let category = match class {
                CellClass::AsexualParasite | CellClass::Gametocyte => "parasite",
                CellClass::WhiteCell => "wbc",
                CellClass::RedCell => "rbc",
                CellClass::Platelet => "platelet",
            };
            let stage = if class == CellClass::Gametocyte { Some(Stage::Gametocyte) } else { stage };
            Some((category, stage))
        }
    }
}
