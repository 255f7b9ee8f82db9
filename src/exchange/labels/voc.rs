//! Pascal VOC: an XML file for each picture; the first pixel is 1, and the last one of a box belongs to it.

use std::path::PathBuf;

use xmlwriter::{Options, XmlWriter};

use super::label_set::{Label, LabelSet, LabelledField};
use super::xml::text;
use crate::terms::LabelKind;

pub(super) fn files(labels: &LabelSet) -> Vec<(PathBuf, Vec<u8>)> {
    let file = |field: &LabelledField| {
        (PathBuf::from(format!("{}.xml", field.stem())), annotation(field).into_bytes())
    };
    labels.fields.iter().map(file).collect()
}

fn annotation(field: &LabelledField) -> String {
    let mut xml = XmlWriter::new(Options::default());
    xml.start_element("annotation");
    let (folder, name) = field.file.rsplit_once(['/', '\\']).unwrap_or(("", &field.file));
    text(&mut xml, "folder", folder);
    text(&mut xml, "filename", name);
    text(&mut xml, "path", &field.file);
    xml.start_element("size");
    for (side, length) in [("width", field.size.0), ("height", field.size.1), ("depth", 3)] {
        text(&mut xml, side, &length.to_string());
    }
    xml.end_element();
    text(&mut xml, "segmented", "0");
    field.labels.iter().for_each(|label| object(&mut xml, label, field.size));
    xml.end_element();
    xml.end_document()
}

fn object(xml: &mut XmlWriter, label: &Label, (width, height): (u32, u32)) {
    xml.start_element("object");
    text(xml, "name", label.category.code());
    text(xml, "pose", label.stage.map_or("Unspecified", |stage| stage.code()));
    text(xml, "truncated", "0");
    // What VOC's own measure passes over.
    text(xml, "difficult", if label.category == LabelKind::Ignore { "1" } else { "0" });
    xml.start_element("bndbox");
    let at = &label.at;
    let first = |from: f64, side: u32| (from.round() + 1.0).clamp(1.0, f64::from(side));
    let last = |to: f64, side: u32| to.round().clamp(1.0, f64::from(side));
    for (name, value) in [
        ("xmin", first(at.x, width)),
        ("ymin", first(at.y, height)),
        ("xmax", last(at.x + at.width, width)),
        ("ymax", last(at.y + at.height, height)),
    ] {
        text(xml, name, &format!("{value:.0}"));
    }
    xml.end_element();
    xml.end_element();
}
