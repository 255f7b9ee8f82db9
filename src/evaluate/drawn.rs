//! Rendered fields as labelled pictures: their truth is exact.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::truth::{Label, LabelledPicture};
use crate::measure::{MicronsPerPixel, PxRect};
use crate::render::{Rendered, TruthObject};
use crate::terms::{CellClass, LabelKind};

/// The labels of a rendered field, all of them complete. What the edge cuts is neither right nor wrong: its
/// centre is no longer where a model would put it.
pub fn labelled_field(
    name: &str,
    rendered: &Rendered,
    um_per_px: Option<MicronsPerPixel>,
) -> LabelledPicture {
    let labels = rendered.truth.iter().filter_map(|object| {
        let bounds = PxRect::new(object.x, object.y, object.width, object.height)?;
        let gametocyte = object.class.is_parasite().then_some(object.class == CellClass::Gametocyte);
        Some(Label { kind: kind_of(object), bounds, gametocyte, stage: None })
    });
    LabelledPicture {
        name: name.to_owned(),
        path: PathBuf::new(),
        slide: name.to_owned(),
        um_per_px,
        complete: BTreeSet::from([
            LabelKind::Parasite,
            LabelKind::RedCell,
            LabelKind::InfectedRedCell,
            LabelKind::WhiteCell,
            LabelKind::Platelet,
        ]),
        labels: labels.collect(),
        rejected: Vec::new(),
        size: None,
    }
}

fn kind_of(object: &TruthObject) -> LabelKind {
    if object.cut || !object.centre_in_view {
        return LabelKind::Ignore;
    }
    match object.class {
        CellClass::AsexualParasite | CellClass::Gametocyte => LabelKind::Parasite,
        CellClass::RedCell if object.infected == Some(true) => LabelKind::InfectedRedCell,
        CellClass::RedCell => LabelKind::RedCell,
        CellClass::WhiteCell => LabelKind::WhiteCell,
        CellClass::Platelet => LabelKind::Platelet,
    }
}
