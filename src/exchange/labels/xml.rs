//! What the XML forms share.

use xmlwriter::XmlWriter;

/// An element that holds a text and nothing else, as it is.
pub(super) fn text(xml: &mut XmlWriter, name: &str, value: &str) {
    xml.start_element(name);
    xml.set_preserve_whitespaces(true);
    xml.write_text(value);
    xml.end_element();
    xml.set_preserve_whitespaces(false);
}
