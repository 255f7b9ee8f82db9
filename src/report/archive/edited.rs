//! Tables that somebody has written into are put aside before new ones take their names.
//!
//! `tables.sha256` holds the digests of the tables as this program wrote them, as `sha256sum --check` reads them. While new
//! ones are put into place it holds those of both, so that a power cut in between makes no table look edited.

use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::Result;
use crate::files::write_whole;
use crate::intake::{digest_of_file, hex};
use crate::report::kept::put_aside;

const LIST: &str = "tables.sha256";

/// Hands bytes on and knows their digest.
pub(super) struct Digesting<W> {
    inner: W,
    digest: Sha256,
}

impl<W: Write> Digesting<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, digest: Sha256::new() }
    }

    /// What it wrote into, and the digest of what was written, in lower-case hexadecimal.
    pub(super) fn into_parts(self) -> (W, String) {
        (self.inner, hex(&self.digest.finalize()))
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

/// New tables that are to take the place of those in a folder.
pub(super) struct Replacing<'a> {
    folder: &'a Path,
    /// The list when all is in place.
    list: String,
    /// Edited tables under the names that they have now.
    pub(super) kept: Vec<PathBuf>,
}

impl<'a> Replacing<'a> {
    /// Puts aside the tables that are neither as they were written nor as `new` ones will be: name and digest.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) where the system refuses.
    pub(super) fn begin(folder: &'a Path, new: &[(&str, String)]) -> Result<Self> {
        let list: String = new.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect();
        let known = std::fs::read_to_string(folder.join(LIST)).unwrap_or_default();
        let both = format!("{known}{list}");
        let mut kept = Vec::new();
        for (name, _) in new {
            let path = folder.join(name);
            if !path.is_file() {
                continue;
            }
            let line = format!("{}  {name}", digest_of_file(&path)?);
            if !both.lines().any(|ours| ours == line) {
                kept.extend(put_aside(&path));
            }
        }
        write_whole(&folder.join(LIST), both.as_bytes())?;
        Ok(Self { folder, list, kept })
    }

    /// The new tables are in place.
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub(super) fn end(self) -> Result<Vec<PathBuf>> {
        write_whole(&self.folder.join(LIST), self.list.as_bytes())?;
        Ok(self.kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::digest_of_bytes;

    #[test]
    fn what_was_written_by_hand_is_put_aside_and_what_a_power_cut_left_is_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let table = dir.path().join("slides.csv");
        let put = |bytes: &str| {
            let new = [("slides.csv", digest_of_bytes(bytes.as_bytes()))];
            let replacing = Replacing::begin(dir.path(), &new).expect("begun");
            std::fs::write(&table, bytes).expect("written");
            replacing
        };
        assert!(put("one").end().expect("ended").is_empty());
        // The power goes before the end, twice.
        assert!(put("two").kept.is_empty() && put("three").kept.is_empty());
        assert!(put("four").end().expect("ended").is_empty());
        std::fs::write(&table, "four, and a remark").expect("written");
        let kept = put("five").end().expect("ended");
        assert_eq!(kept, [dir.path().join("slides.kept-1.csv")]);
        assert_eq!(std::fs::read_to_string(&kept[0]).expect("kept"), "four, and a remark");
        assert!(put("six").end().expect("ended").is_empty());
    }

    #[test]
    fn the_digest_is_that_of_the_bytes() {
        let mut out = Digesting::new(Vec::new());
        out.write_all(b"a;b\n1;2\n").expect("written");
        let (bytes, digest) = out.into_parts();
        assert_eq!(digest, digest_of_bytes(&bytes));
    }
}
