//! What is said about a slide, as JSON with the keys of `slide.toml`.

use serde_json::{Map, Value};

use crate::source::SlideSheet;
use crate::{Error, ErrorKind, Result};

/// Most bytes of it.
pub(super) const MAX_BYTES: usize = 64 << 10;

/// Names a file of this computer, which nobody may ask for from outside.
const NOT_FROM_OUTSIDE: &str = "floor";
/// What the parts say.
const OF_PARTS: &str = "film";
/// A sheet's refusal of a key that it does not have, and its list of those that it has.
const NO_KEY: (&str, &str) = ("error-sheet-key", "known");

/// The text of the sheet, and the number that it gives the slide.
///
/// # Errors
/// [`ErrorKind::Usage`] naming what does not fit.
pub(super) fn sheet_of(json: &[u8]) -> Result<(String, Option<String>)> {
    let said: Map<String, Value> = serde_json::from_slice(json).map_err(|e| no_facts(&e))?;
    if said.contains_key(NOT_FROM_OUTSIDE) {
        return Err(Error::new(
            ErrorKind::Usage,
            "floor names a file of the service's computer; it is given to the service (--floor), not in the part facts",
        )
        .with_key("error-service-floor"));
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
                return Err(Error::new(
                    ErrorKind::Usage,
                    format!(
                        "{key} in the part facts is neither a text nor a number; write it as one of them"
                    ),
                )
                .with_key("error-service-fact")
                .with_arg("name", key));
            }
        };
        let line = toml::to_string(&toml::Table::from_iter([(key, value)])).map_err(|e| no_facts(&e))?;
        text.push_str(&line);
    }
    let sheet = SlideSheet::parse(&text).map_err(|e| all_of_facts(&e))?;
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

/// What is wrong with the sheet that was made of the facts, as it is with them.
fn all_of_facts(fault: &Error) -> Error {
    let all = std::iter::once(fault).chain(fault.more()).map(of_facts);
    Error::all(all).unwrap_or_else(|| of_facts(fault))
}

/// One fault without its line, which the client did not write, and with the keys that are taken here alone.
fn of_facts(fault: &Error) -> Error {
    let (no_key, list) = NO_KEY;
    let Some(key) = fault.key() else { return Error::new(fault.kind(), fault.message()) };
    let taken = (key == no_key).then(|| {
        SlideSheet::KEYS
            .into_iter()
            .filter(|key| ![NOT_FROM_OUTSIDE, OF_PARTS].contains(key))
            .collect::<Vec<_>>()
            .join(", ")
    });
    let message = match &taken {
        Some(taken) => format!("the part facts has a key that is none; the keys are {taken}"),
        None => fault.message().to_owned(),
    };
    fault.args().iter().fold(Error::new(fault.kind(), message).with_key(key), |error, (name, value)| {
        let value = taken.as_ref().filter(|_| *name == list).unwrap_or(value);
        error.with_arg(name, value)
    })
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

    #[test]
    fn what_is_wrong_with_facts_names_no_line_and_no_key_that_is_refused() {
        let json = r#"{"slide": "17", "colour": "blue", "wbc_per_ul": 1, "floor": null}"#;
        assert!(sheet_of(json.as_bytes()).is_err(), "floor is refused, whatever it says");
        let error = sheet_of(json.replace(", \"floor\": null", "").as_bytes()).expect_err("two faults");
        let keys: Vec<_> = std::iter::once(&error).chain(error.more()).map(|e| (e.key(), e.line())).collect();
        assert_eq!(keys, [(Some("error-sheet-key"), None), (Some("error-sheet-number"), None)]);
        let known = error.args().iter().find(|(name, _)| *name == "known").map(|(_, known)| known.as_str());
        let known: Vec<&str> = known.expect("a list").split(", ").collect();
        assert!(known.contains(&"slide") && known.contains(&"stain"), "{known:?}");
        assert!(!known.contains(&"film") && !known.contains(&"floor"), "{known:?}");
        assert!(error.message().contains("stain") && !error.message().contains("floor"), "{error}");
        let order = br#"{"blood_taken": "2026-11-21", "read_on": "2026-11-20"}"#;
        let error = sheet_of(order).expect_err("read before it was taken");
        assert_eq!((error.key(), error.line()), (Some("error-dates-order"), None));
    }
}
