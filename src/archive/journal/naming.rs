//! How the journal keeps paths and tells files apart, and what it calls the records.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rusqlite::types::Value;
use sha2::{Digest, Sha256};

use crate::system::{self, bytes_of};
use crate::text::is_name_of_a_device;

/// Longest file name of a record without its ending; every file system takes 255 bytes.
const LONGEST_NAME: usize = 120;

/// Size and time of change (ns), as far as the system tells them.
pub(in crate::archive) fn file_facts(path: &Path) -> (Option<i64>, Option<i64>) {
    let Ok(metadata) = std::fs::metadata(path) else { return (None, None) };
    let modified = metadata
        .modified()
        .ok()
        .and_then(|t| t.duration_since(UNIX_EPOCH).ok())
        .and_then(|d| i64::try_from(d.as_nanos()).ok());
    (i64::try_from(metadata.len()).ok(), modified)
}

/// A file name that every system takes: other characters than letters, digits, `.`, `-`, `_` become `_`, and a
/// digest tells apart what that made alike.
pub(super) fn record_name(id: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let safe: String = id.chars().map(|c| if plain(c) { c } else { '_' }).take(LONGEST_NAME).collect();
    let odd = safe != id || safe.starts_with('.') || is_name_of_a_device(&safe);
    if odd {
        format!("{}-{}.json", safe.trim_start_matches('.'), short_digest(id))
    } else {
        format!("{safe}.json")
    }
}

pub(super) fn short_digest(id: &str) -> String {
    Sha256::digest(id.as_bytes()).iter().take(4).map(|b| format!("{b:02x}")).collect()
}

/// Bytes where the system's paths are bytes, else text.
pub(super) fn path_value(path: &Path) -> Value {
    match bytes_of(path) {
        Some(bytes) => Value::Blob(bytes.to_vec()),
        None => Value::Text(path.to_string_lossy().into_owned()),
    }
}

pub(super) fn path_of(value: &Value) -> Option<PathBuf> {
    match value {
        Value::Blob(bytes) => system::path_of(bytes),
        Value::Text(text) => Some(PathBuf::from(text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_records_are_safe_and_distinct() {
        assert_eq!(record_name("N-17"), "N-17.json");
        let odd = ["2026/a", "2026_a", "..", "con", "é", "a b", &"x".repeat(400)].map(record_name);
        let distinct: std::collections::BTreeSet<&String> = odd.iter().collect();
        assert_eq!(distinct.len(), odd.len());
        assert!(odd.iter().all(|n| n.len() < 160 && !n.starts_with('.') && !n.contains('/')), "{odd:?}");
    }
}
