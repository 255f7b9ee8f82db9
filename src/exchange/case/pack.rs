//! The file itself: a ZIP with a chain of digests from its last bytes to every entry.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use serde::Deserialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::manifest::{Digest, MANIFEST, Manifest, SCHEMA};
use crate::intake::digest_of_bytes;
use crate::{Error, ErrorKind, Result};

/// Most bytes of a case, and of all that comes out of one.
pub(super) const MAX_BYTES: u64 = 512 << 20;
/// Most bytes of `case.json`.
const MAX_MANIFEST_BYTES: u64 = 64 << 20;
/// Most entries.
const MAX_ENTRIES: usize = 50_000;
/// What stands before the digest in the comment of the file, in every version of the form.
const COMMENT: &str = "hemozoin case.json sha256 ";

/// Entries of a case by their names.
pub(super) type Entries = BTreeMap<String, Vec<u8>>;

/// The bytes of a file with these entries, in their order; what is written of them into `manifest` is put in.
pub(super) fn pack(mut manifest: Manifest, entries: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let digest = |(name, bytes): &(String, Vec<u8>)| Digest {
        name: name.clone(),
        bytes: bytes.len() as u64,
        sha256: digest_of_bytes(bytes),
    };
    manifest.entries = entries.iter().map(digest).collect();
    let json = serde_json::to_vec(&manifest).map_err(|e| internal(&e))?;
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| -> zip::result::ZipResult<()> {
        // Pictures are as small as they get.
        let method = match name.ends_with(".json") {
            true => CompressionMethod::Deflated,
            false => CompressionMethod::Stored,
        };
        let level = (method == CompressionMethod::Deflated).then_some(9);
        // Without a time: the same case has the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level(level)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644);
        file.start_file(name, options)?;
        file.write_all(bytes)?;
        Ok(())
    };
    put(MANIFEST, &json).map_err(|e| internal(&e))?;
    for (name, bytes) in entries {
        put(name, bytes).map_err(|e| internal(&e))?;
    }
    file.set_comment(format!("{COMMENT}{}", digest_of_bytes(&json))).map_err(|e| internal(&e))?;
    Ok(file.finish().map_err(|e| internal(&e))?.into_inner())
}

/// What a file holds, all of it as it was sent.
///
/// # Errors
/// [`ErrorKind::Unreadable`] for a file that is cut off, none of ours, or changed on the way; [`ErrorKind::Unsupported`] for
/// one of a newer program.
pub(super) fn unpack(bytes: &[u8]) -> Result<(Manifest, Entries)> {
    let mut file = ZipArchive::new(Cursor::new(bytes)).map_err(|e| {
        unreadable("error-case-cut", "this file is cut off or no case; have it sent again".to_owned())
            .with_arg("reason", e)
    })?;
    if file.len() > MAX_ENTRIES {
        return Err(changed(MANIFEST));
    }
    let json = entry(&mut file, MANIFEST, MAX_MANIFEST_BYTES)?.ok_or_else(|| {
        unreadable("error-case-none", "this is a ZIP file, and no case of hemozoin".to_owned())
    })?;
    if file.comment() != format!("{COMMENT}{}", digest_of_bytes(&json)).as_bytes() {
        return Err(changed(MANIFEST));
    }
    #[derive(Deserialize)]
    struct Head {
        schema: String,
    }
    let Head { schema } = serde_json::from_slice(&json).map_err(|_| changed(MANIFEST))?;
    if schema != SCHEMA {
        return Err(Error::new(
            ErrorKind::Unsupported,
            format!("this case is {schema}; this program reads {SCHEMA}: take a newer program"),
        )
        .with_key("error-case-version")
        .with_arg("found", schema)
        .with_arg("read", SCHEMA));
    }
    let manifest: Manifest = serde_json::from_slice(&json).map_err(|_| changed(MANIFEST))?;
    let said: BTreeSet<&str> = manifest.entries.iter().map(|e| e.name.as_str()).collect();
    if let Some(other) = file.file_names().find(|name| *name != MANIFEST && !said.contains(name)) {
        return Err(changed(other));
    }
    let total = manifest.entries.iter().try_fold(0_u64, |sum, e| sum.checked_add(e.bytes));
    if total.is_none_or(|total| total > MAX_BYTES) {
        return Err(changed(MANIFEST));
    }
    let mut entries = Entries::new();
    for one in &manifest.entries {
        let bytes = entry(&mut file, &one.name, one.bytes)?.filter(|b| digest_of_bytes(b) == one.sha256);
        entries.insert(one.name.clone(), bytes.ok_or_else(|| changed(&one.name))?);
    }
    Ok((manifest, entries))
}

/// The bytes of an entry, at most `most`; `None` where there is no such entry.
fn entry(file: &mut ZipArchive<Cursor<&[u8]>>, name: &str, most: u64) -> Result<Option<Vec<u8>>> {
    let found = match file.by_name(name) {
        Ok(found) => found,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(_) => return Err(changed(name)),
    };
    let mut bytes = Vec::new();
    let read = found.take(most.saturating_add(1)).read_to_end(&mut bytes);
    if read.is_err() || bytes.len() as u64 > most {
        return Err(changed(name));
    }
    Ok(Some(bytes))
}

/// An entry that is not what was sent.
pub(super) fn changed(name: &str) -> Error {
    unreadable(
        "error-case-changed",
        format!("{name} is not what was sent: the file was changed on the way; have it sent again"),
    )
    .with_arg("entry", name)
}

fn unreadable(key: &'static str, message: String) -> Error {
    Error::new(ErrorKind::Unreadable, message).with_key(key)
}

fn internal(reason: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Internal, format!("the case cannot be written: {reason}"))
}
