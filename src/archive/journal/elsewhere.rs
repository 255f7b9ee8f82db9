//! That the pictures of an archive do not lie on this disk.

use rusqlite::types::Value;

use super::open::Journal;
use crate::{Error, ErrorKind, Result};

impl Journal {
    /// Keeps where the pictures lie: an address, for a person.
    pub(in crate::archive) fn put_elsewhere(&mut self, address: &str) -> Result<()> {
        self.durably(|db| {
            db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('elsewhere', ?1)", [address])
        })?;
        Ok(())
    }

    /// Refuses an archive whose pictures do not lie on this disk: below its root are only their names.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming the address; else as [`Self::read`].
    pub fn check_here(&self) -> Result<()> {
        let Some(Value::Text(address)) = self.meta("elsewhere")? else { return Ok(()) };
        Err(Error::new(
            ErrorKind::Usage,
            format!(
                "the pictures of this archive lie at {address}, not on this disk; go on with the program that reads them \
                 from there, or give a copy on this disk with --root"
            ),
        )
        .with_key("error-archive-elsewhere")
        .with_arg("address", address)
        .with_path(self.folder()))
    }
}
