//! Reads some slides again and compares digests: the same pictures must give the same bytes.

use sha2::{Digest, Sha256};

use super::folder::RECORDS;
use super::reader::ArchiveReader;
use crate::Result;
use crate::files::{MAX_RECORD_BYTES, read_plain};
use crate::intake::digest_of_bytes;
use crate::slide::{Engine, Silent};

/// How a slide differs from what the journal knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Difference {
    /// Its pictures are others now, or the program answers otherwise: the record made now has another digest.
    Record,
    /// The record in the output folder was changed.
    File,
    /// The record in the output folder is gone.
    Missing,
    /// It cannot be read again.
    Unreadable,
    /// A picture of it is gone.
    Gone,
}

impl Difference {
    /// Stable code, the end of the key of its words.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// What came of one slide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Its id.
    pub id: String,
    /// Every way in which it differs; empty where it is the same.
    pub differences: Vec<Difference>,
}

/// Numbers of `size` ended slides with a record (all of them for `None`), chosen by `seed` and nothing else.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where the journal refuses.
pub fn sample(archive: &ArchiveReader, size: Option<usize>, seed: u64) -> Result<Vec<i64>> {
    let mut ranked: Vec<([u8; 8], i64)> = Vec::new();
    archive.journal().slides(|state| {
        if state.ended && archive.journal().row(state.number)?.is_some_and(|row| row.record.is_some()) {
            let hash = Sha256::digest(format!("{seed}/{}", state.id).as_bytes());
            let mut rank = [0; 8];
            rank.iter_mut().zip(hash.iter()).for_each(|(to, from)| *to = *from);
            ranked.push((rank, state.number));
        }
        Ok(())
    })?;
    ranked.sort_unstable();
    let mut chosen: Vec<i64> =
        ranked.into_iter().take(size.unwrap_or(usize::MAX)).map(|(_, number)| number).collect();
    chosen.sort_unstable();
    Ok(chosen)
}

/// Reads one slide again.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where the journal refuses.
pub fn verify(archive: &ArchiveReader, engine: &Engine, number: i64) -> Result<Verified> {
    let slide = archive.journal().slide(number, archive.base())?;
    let known = archive.journal().row(number)?.and_then(|row| row.record_sha256);
    let mut differences = Vec::new();
    let gone = slide.source.files().iter().any(|file| std::fs::metadata(&file.path).is_err());
    match slide.source.slide(engine).run(&Silent).and_then(|record| record.to_json()) {
        Ok(bytes) if Some(digest_of_bytes(&bytes)) != known => {
            differences.push(if gone { Difference::Gone } else { Difference::Record });
        }
        Ok(_) => {}
        Err(_) => differences.push(Difference::Unreadable),
    }
    match read_plain(&archive.folder().join(RECORDS).join(&slide.record_name), MAX_RECORD_BYTES) {
        Ok(bytes) if Some(digest_of_bytes(&bytes)) != known => differences.push(Difference::File),
        Ok(_) => {}
        Err(_) => differences.push(Difference::Missing),
    }
    Ok(Verified { id: slide.source.info().id.clone(), differences })
}
