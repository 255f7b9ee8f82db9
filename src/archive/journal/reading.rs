//! What a reader made of a slide, beside what the machine marked on it: both stay (MCH-4).

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::open::{Journal, damaged, nothing_begun};
use crate::archive::rows::SlideRow;
use crate::record::Results;
use crate::{Error, ErrorKind, Result};

/// A signed reading of one slide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlideReading {
    /// What the standard makes of what the reader confirmed.
    pub result: Results,
    /// Who read it.
    pub reader: String,
    /// When it was signed (ISO 8601).
    pub signed_at: String,
}

impl Journal {
    /// Puts a signed reading beside a slide of the archive in `folder`; a later one takes the place of an earlier in
    /// every table, and both stay. When this returns, that is on the disk. A run may be at work on the archive.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where nothing was begun there, or no slide of this id has ended; else as
    /// [`Self::read`](Journal::read).
    pub fn put_reading(folder: &Path, slide: &str, reading: &SlideReading) -> Result<()> {
        if !Self::exists(folder) {
            return Err(nothing_begun(folder));
        }
        let mut journal = Self::open(folder)?;
        let number: Option<i64> = journal
            .db
            .query_row("SELECT number FROM slide WHERE id = ?1 AND ended = 1", [slide], |r| r.get(0))
            .map(Some)
            .or_else(|e| if e == rusqlite::Error::QueryReturnedNoRows { Ok(None) } else { Err(e) })
            .map_err(|e| journal.refused(e))?;
        let row = number.map(|n| journal.row(n)).transpose()?.flatten();
        let (Some(number), Some(mut row)) = (number, row) else {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("no slide {slide} of this archive has been analysed: only such a slide can be read"),
            )
            .with_key("error-reading-slide")
            .with_arg("slide", slide)
            .with_path(folder));
        };
        row.take_reading(reading);
        let body = serde_json::to_string(reading).map_err(|e| damaged(&journal.path, &e))?;
        let (suspect, urgency, density) = (row.has_suspects(), row.urgency.rank(), row.density_for_order());
        journal.durably(|db| {
            db.execute("INSERT INTO reading (slide, body) VALUES (?1, ?2)", (number, body))?;
            db.execute(
                "UPDATE slide SET suspect = ?2, urgency = ?3, density = ?4 WHERE number = ?1",
                (number, suspect, urgency, density),
            )?;
            Ok(())
        })
    }

    /// Lays the last reading of a slide over its row.
    pub(super) fn overlaid(&self, mut row: SlideRow, reading: Option<String>) -> Result<SlideRow> {
        if let Some(text) = reading {
            row.take_reading(&serde_json::from_str(&text).map_err(|e| damaged(&self.path, &e))?);
        }
        Ok(row)
    }
}
