//! Pascal VOC: an XML file for each picture; the first pixel is 1, and the last one of a box belongs to it.

use std::collections::BTreeSet;
use std::path::Path;

use roxmltree::{Document, Node};

use super::category::{category, stage_of};
use super::find::{Whereabouts, files_below, no_picture};
use crate::evaluate::truth::{Label, LabelledPicture};
use crate::files::read_text;
use crate::measure::{PxRect, PxSize};
use crate::terms::{LabelKind, Stage};
use crate::{Error, ErrorKind, Result};

/// Most bytes of the labels of one picture.
const MAX_BYTES: u64 = 64 << 20;

/// The pictures of a file, or of all files of a folder.
pub(super) fn read(path: &Path, pictures: &dyn Whereabouts) -> Result<Vec<LabelledPicture>> {
    if !path.is_dir() {
        return Ok(vec![one(path, pictures)?]);
    }
    let files = files_below(path)?;
    files.iter().filter(|f| f.extension().is_some_and(|e| e == "xml")).map(|f| one(f, pictures)).collect()
}

fn one(path: &Path, pictures: &dyn Whereabouts) -> Result<LabelledPicture> {
    let text = read_text(path, MAX_BYTES)?;
    parse(&text, pictures).map_err(|e| e.with_path(path))
}

fn parse(text: &str, pictures: &dyn Whereabouts) -> Result<LabelledPicture> {
    let wrong = |reason: &dyn std::fmt::Display| {
        Error::new(ErrorKind::Usage, format!("these are no labels of Pascal VOC ({reason})"))
            .with_key("error-labels-voc")
            .with_arg("reason", reason)
    };
    let tree = Document::parse(text).map_err(|e| wrong(&e))?;
    let root = tree.root_element();
    let named = ["path", "filename"].into_iter().filter_map(|name| inner(root, name));
    let names: Vec<&str> = named.filter(|name| !name.is_empty()).collect();
    let mut found = None;
    for name in &names {
        if let Some(picture) = pictures.find(name)? {
            found = Some(picture);
            break;
        }
    }
    let place = found.ok_or_else(|| no_picture(names.last().unwrap_or(&"?")))?;
    let side = |name: &str| {
        let size = root.children().find(|node| node.has_tag_name("size"))?;
        inner(size, name)?.parse::<u32>().ok().filter(|side| *side > 0)
    };
    let size = side("width").zip(side("height")).map(|(width, height)| PxSize { width, height });
    let mut labels = Vec::new();
    for object in root.children().filter(|node| node.has_tag_name("object")) {
        let name = inner(object, "name").unwrap_or_default();
        let (kind, named) = category(name)?;
        let edges = object.children().find(|node| node.has_tag_name("bndbox"));
        let edge = |name: &str| inner(edges?, name)?.parse::<f64>().ok();
        let edges = (|| Some((edge("xmin")?, edge("ymin")?, edge("xmax")?, edge("ymax")?)))();
        let bounds = edges.and_then(|(left, top, right, bottom)| {
            PxRect::new(left - 1.0, top - 1.0, right - left + 1.0, bottom - top + 1.0)
        });
        let bounds = bounds.ok_or_else(|| wrong(&format!("{name} has no box")))?;
        // What VOC's own measure passes over.
        let kind = if inner(object, "difficult") == Some("1") { LabelKind::Ignore } else { kind };
        let stage = named.or_else(|| inner(object, "pose").and_then(stage_of));
        let stage = stage.filter(|_| kind == LabelKind::Parasite);
        labels.push(Label { kind, bounds, gametocyte: stage.map(|s| s == Stage::Gametocyte), stage });
    }
    Ok(LabelledPicture {
        name: place.name,
        path: place.path,
        slide: String::new(),
        um_per_px: None,
        complete: BTreeSet::new(),
        labels,
        rejected: Vec::new(),
        size,
    })
}

/// The text of the first child of this name.
fn inner<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.children()
        .find(|child| child.has_tag_name(name))
        .map(|child| child.text().unwrap_or_default().trim())
}
