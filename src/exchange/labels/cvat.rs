//! CVAT for images 1.1, one XML file.

use xmlwriter::{Options, XmlWriter};

use super::label_set::LabelSet;
use super::xml::text;
use crate::terms::{LabelKind, Stage};

/// The stages that a label may name.
const STAGES: [Stage; 4] = [Stage::Ring, Stage::Trophozoite, Stage::Schizont, Stage::Gametocyte];

pub(super) fn annotations(labels: &LabelSet) -> Vec<u8> {
    let mut xml = XmlWriter::new(Options::default());
    xml.write_declaration();
    xml.start_element("annotations");
    text(&mut xml, "version", "1.1");
    xml.start_element("meta");
    xml.start_element("job");
    xml.start_element("labels");
    for &category in LabelKind::ALL {
        xml.start_element("label");
        text(&mut xml, "name", category.code());
        xml.start_element("attributes");
        if category == LabelKind::Parasite {
            stages(&mut xml);
        }
        xml.end_element();
        xml.end_element();
    }
    (0..3).for_each(|_| xml.end_element());
    for (field, id) in labels.fields.iter().zip(0..) {
        xml.start_element("image");
        xml.write_attribute_fmt("id", format_args!("{id}"));
        xml.write_attribute("name", &field.file);
        xml.write_attribute_fmt("width", format_args!("{}", field.size.0));
        xml.write_attribute_fmt("height", format_args!("{}", field.size.1));
        for label in &field.labels {
            let at = &label.at;
            xml.start_element("box");
            xml.write_attribute("label", label.category.code());
            xml.write_attribute("source", "manual");
            xml.write_attribute("occluded", "0");
            for (name, value) in
                [("xtl", at.x), ("ytl", at.y), ("xbr", at.x + at.width), ("ybr", at.y + at.height)]
            {
                xml.write_attribute_fmt(name, format_args!("{value:.2}"));
            }
            xml.write_attribute("z_order", "0");
            if let Some(stage) = label.stage {
                xml.start_element("attribute");
                xml.write_attribute("name", "stage");
                xml.set_preserve_whitespaces(true);
                xml.write_text(stage.code());
                xml.end_element();
                xml.set_preserve_whitespaces(false);
            }
            xml.end_element();
        }
        xml.end_element();
    }
    xml.end_element();
    xml.end_document().into_bytes()
}

fn stages(xml: &mut XmlWriter) {
    xml.start_element("attribute");
    text(xml, "name", "stage");
    text(xml, "mutable", "False");
    text(xml, "input_type", "select");
    text(xml, "default_value", "");
    let values: Vec<&str> = std::iter::once("").chain(STAGES.iter().map(|stage| stage.code())).collect();
    text(xml, "values", &values.join("\n"));
    xml.end_element();
}
