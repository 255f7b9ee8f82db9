//! What is said about a slide, as JSON with the keys of `slide.toml`.

use serde_json::{Map, Value};

use crate::source::SlideSheet;
use crate::{Error, ErrorKind, Result};

/// Most bytes of it.
pub(super) const MAX_BYTES: usize = 64 << 10;

/// Names a file of this computer, which nobody may ask for from outside.
const NOT_FROM_OUTSIDE: &str = "floor";

/// The text of the sheet, and the number that it gives the slide.
///
/// # Errors
/// [`ErrorKind::Usage`] naming what does not fit.
pub(super) fn sheet_of(json: &[u8]) -> Result<(String, Option<String>)> {
    let said: Map<String, Value> = serde_json::from_slice(json).map_err(|e| no_facts(&e))?;
    if said.contains_key(NOT_FROM_OUTSIDE) {
        return Err(no_facts(&"floor names a file and is given to the service, not to a slide"));
    }
    let mut text = String::new();
    for (key, value) in said {
        let value = match value {
            Value::Null => continue,
            Value::String(value) => toml::Value::String(value),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => toml::Value::Integer(whole),
                (None, Some(real)) => toml::Value::Float(real),
                (None, None) => return Err(no_facts(&format!("{key} is no number"))),
            },
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Err(no_facts(&format!("{key} is neither a text nor a number")));
            }
        };
        let line = toml::to_string(&toml::Table::from_iter([(key, value)])).map_err(|e| no_facts(&e))?;
        text.push_str(&line);
    }
    let sheet = SlideSheet::parse(&text)?;
    // Where a film is stated the pictures of the other one would be kept, and never read or named.
    if sheet.film.is_some() {
        return Err(Error::new(
            ErrorKind::Usage,
            "film does not belong into the part facts: each picture is sent as a part thick or thin, which says it",
        )
        .with_key("error-service-film"));
    }
    let slide = Some(sheet.info.id).filter(|id| !id.is_empty());
    Ok((text, slide))
}

fn no_facts(why: &dyn std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!("the part facts is no JSON object with the keys of slide.toml: {why}"),
    )
    .with_key("error-service-facts")
    .with_arg("reason", why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_a_sheet_and_what_is_none_is_refused() {
        let json = br#"{"slide": "17", "wbc_per_ul": 6400, "um_per_px": 0.1, "ward": "a \"b\"\nc = 1", "sex": null}"#;
        assert!(sheet_of(json).is_err(), "a text of two lines is none of a sheet");
        let (text, slide) =
            sheet_of(br#"{"slide": "17", "wbc_per_ul": 6400, "um_per_px": 0.1, "ward": "a \"b\""}"#)
                .expect("facts");
        let sheet = SlideSheet::parse(&text).expect("a sheet");
        assert_eq!((slide.as_deref(), sheet.info.ward.as_deref()), (Some("17"), Some("a \"b\"")));
        for nothing in ["{}", "{\"film\": null}"] {
            assert_eq!(sheet_of(nothing.as_bytes()).expect("nothing said"), (String::new(), None));
        }
        for wrong in [
            "",
            "[]",
            "{\"slide\": [1]}",
            "{\"floor\": \"/etc/passwd\"}",
            "{\"film\": \"thick\"}",
            "{\"x\": 1}",
            "{\"wbc_per_ul\": true}",
        ] {
            assert!(sheet_of(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
