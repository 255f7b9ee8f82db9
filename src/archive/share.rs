//! Whether the folder of the pictures is still there: a disk or share that went away must not be taken for slides
//! without pictures.

use std::path::{Path, PathBuf};

use crate::system::device_of;
use crate::{Error, ErrorKind, Result};

/// The folder of the pictures, as it was before it was looked through or read.
pub(super) struct Share {
    base: PathBuf,
    device: Option<u64>,
}

impl Share {
    /// Remembers the folder as it is.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it cannot be read.
    pub(super) fn look(base: &Path) -> Result<Self> {
        let base = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base.to_path_buf() };
        std::fs::read_dir(&base).map_err(|e| Error::io(&base, "read the pictures' folder", e))?;
        Ok(Self { device: device_of(&base), base })
    }

    /// An error where the folder is gone, or where only the empty place of a share is left of it.
    pub(super) fn check(&self) -> Result<()> {
        let reason = match std::fs::read_dir(&self.base) {
            Err(e) => e.to_string(),
            Ok(_) if device_of(&self.base) != self.device => "another file system is there now".to_owned(),
            Ok(_) => return Ok(()),
        };
        Err(Error::new(
            ErrorKind::Io,
            format!(
                "the folder of the pictures went away ({reason}); connect the disk or share, then resume"
            ),
        )
        .with_key("error-archive-share")
        .with_path(&self.base))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_goes_away_is_noticed() {
        let dir = tempfile::tempdir().expect("a folder");
        let share = dir.path().join("share");
        std::fs::create_dir(&share).expect("made");
        let look = Share::look(&share).expect("there");
        look.check().expect("still there");
        std::fs::remove_dir(&share).expect("gone");
        assert_eq!(look.check().expect_err("gone").key(), Some("error-archive-share"));
    }
}
