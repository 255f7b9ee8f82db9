//! How the journal keeps paths and tells files apart, and what it calls the records.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rusqlite::types::Value;
use sha2::{Digest, Sha256};

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
    let odd = safe != id || safe.starts_with('.') || reserved(&safe);
    if odd {
        format!("{}-{}.json", safe.trim_start_matches('.'), short_digest(id))
    } else {
        format!("{safe}.json")
    }
}

/// Names that Windows keeps for devices.
fn reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (stem.len() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")))
}

pub(super) fn short_digest(id: &str) -> String {
    Sha256::digest(id.as_bytes()).iter().take(4).map(|b| format!("{b:02x}")).collect()
}

#[cfg(unix)]
pub(super) fn path_value(path: &Path) -> Value {
    use std::os::unix::ffi::OsStrExt;
    Value::Blob(path.as_os_str().as_bytes().to_vec())
}

#[cfg(not(unix))]
pub(super) fn path_value(path: &Path) -> Value {
    Value::Text(path.to_string_lossy().into_owned())
}

pub(super) fn path_of(value: &Value) -> Option<PathBuf> {
    match value {
        #[cfg(unix)]
        Value::Blob(bytes) => {
            use std::os::unix::ffi::OsStrExt;
            Some(PathBuf::from(std::ffi::OsStr::from_bytes(bytes)))
        }
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
