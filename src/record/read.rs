//! A record that is read again: one of this program, of an earlier one, or of a later one with the same major version.
//!
//! What keeps a record readable for years: within a major version keys are only added, each with a value that stands for
//! "an earlier program did not say", and a reader ignores keys that it does not know. Codes may be added where a list can
//! grow: reasons against a picture ([`ReasonCode::Other`](crate::optics::ReasonCode::Other)), remarks
//! ([`Flag::Other`](crate::standard::Flag::Other)) and advice ([`Advice::Other`](crate::standard::Advice::Other)) keep
//! the text; notes, reasons to pass over, kinds of faults and the basis of a scale are text anyway. A new state, film,
//! class or stage takes a new major version: who does not know it must not go on as if it were another. What this program writes stays
//! strict: it is valid under `schema/record.schema.json`, which knows no other keys.

use std::path::Path;

use serde::Deserialize;

use super::slide::{SCHEMA, SlideRecord};
use crate::files::{MAX_RECORD_BYTES, read_plain};
use crate::{Error, ErrorKind, Result};

/// Reads the record in a file; see [`read()`].
///
/// # Errors
/// What [`read()`] and the system refuse, with the path; [`ErrorKind::Limit`] where the file is larger than any record.
pub fn read_file(path: &Path) -> Result<SlideRecord> {
    read(&read_plain(path, MAX_RECORD_BYTES)?).map_err(|e| e.with_path(path))
}

/// Reads a record as [`SlideRecord::to_json`] writes it, of any minor version of the major version in [`SCHEMA`].
///
/// # Errors
/// [`ErrorKind::Unsupported`] naming the version, where it is of another major one; [`ErrorKind::Unreadable`] for what is
/// no record, or a damaged one.
pub fn read(json: &[u8]) -> Result<SlideRecord> {
    #[derive(Deserialize)]
    struct Head {
        schema: String,
    }
    let Head { schema } = serde_json::from_slice(json).map_err(|e| damaged(&e))?;
    if major(&schema).is_none_or(|found| Some(found) != major(SCHEMA)) {
        return Err(Error::new(
            ErrorKind::Unsupported,
            format!("this record is {schema}; this program reads {SCHEMA} and its minor versions: take a newer program"),
        )
        .with_key("error-record-version")
        .with_arg("found", schema)
        .with_arg("read", SCHEMA));
    }
    serde_json::from_slice(json).map_err(|e| damaged(&e))
}

/// Name and major version of `hemozoin-record/MAJOR` or `hemozoin-record/MAJOR.MINOR`.
fn major(schema: &str) -> Option<(&str, u32)> {
    let (name, version) = schema.split_once('/')?;
    let (major, minor) = version.split_once('.').unwrap_or((version, "0"));
    minor.parse::<u32>().ok()?;
    Some((name, major.parse().ok()?))
}

fn damaged(reason: &serde_json::Error) -> Error {
    Error::new(ErrorKind::Unreadable, format!("this is no record of a slide, or a damaged one ({reason})"))
        .with_key("error-record")
        .with_arg("reason", reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minor_versions_are_read_and_other_majors_named() {
        for (schema, expected) in [
            ("hemozoin-record/1", Some(1)),
            ("hemozoin-record/1.7", Some(1)),
            ("hemozoin-record/12.0", Some(12)),
            ("hemozoin-record/1.x", None),
            ("hemozoin-record", None),
        ] {
            assert_eq!(major(schema).map(|(_, number)| number), expected, "{schema}");
        }
        for other in ["hemozoin-record/99", "other/1", "hemozoin-record/1-draft"] {
            let error = read(format!("{{\"schema\": \"{other}\"}}").as_bytes()).expect_err(other);
            assert_eq!((error.kind(), error.key()), (ErrorKind::Unsupported, Some("error-record-version")));
            assert!(error.message().contains(other), "{error}");
        }
        for broken in ["", "{}", "[]", "{\"schema\": 1}"] {
            assert_eq!(read(broken.as_bytes()).expect_err(broken).kind(), ErrorKind::Unreadable);
        }
    }
}
