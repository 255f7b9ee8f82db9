//! What a reader made of a slide, beside what the machine marked on it: both stay (MCH-4).

use std::path::Path;

use rusqlite::OptionalExtension;
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
        let number = journal.number(slide)?;
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

    /// The last signed reading of a slide; `None` where nobody has signed one.
    ///
    /// # Errors
    /// As [`Self::read`](Journal::read).
    pub fn reading(&self, slide: &str) -> Result<Option<SlideReading>> {
        let sql = "SELECT body FROM reading JOIN slide ON slide.number = reading.slide WHERE slide.id = ?1 \
                   ORDER BY version DESC LIMIT 1";
        let body: Option<String> =
            self.db.query_row(sql, [slide], |r| r.get(0)).optional().map_err(|e| self.refused(e))?;
        body.map(|text| serde_json::from_str(&text).map_err(|e| damaged(&self.path, &e))).transpose()
    }

    /// Number of the last signed reading of any slide; 0 where nobody has signed one.
    ///
    /// # Errors
    /// As [`Self::read`](Journal::read).
    pub fn last_reading(&self) -> Result<i64> {
        let sql = "SELECT COALESCE(MAX(version), 0) FROM reading";
        self.db.query_row(sql, [], |r| r.get(0)).map_err(|e| self.refused(e))
    }

    /// Ids of the slides of which a reading was signed after that of this number, in the order of ids.
    ///
    /// # Errors
    /// As [`Self::read`](Journal::read).
    pub fn signed_after(&self, version: i64) -> Result<Vec<String>> {
        let sql = "SELECT id FROM slide WHERE number IN (SELECT slide FROM reading WHERE version > ?1) \
                   ORDER BY id";
        let mut query = self.db.prepare(sql).map_err(|e| self.refused(e))?;
        let ids = query.query_map([version], |r| r.get(0)).map_err(|e| self.refused(e))?;
        ids.collect::<rusqlite::Result<_>>().map_err(|e| self.refused(e))
    }

    /// Lays the last reading of a slide over its row.
    pub(super) fn overlaid(&self, mut row: SlideRow, reading: Option<String>) -> Result<SlideRow> {
        if let Some(text) = reading {
            row.take_reading(&serde_json::from_str(&text).map_err(|e| damaged(&self.path, &e))?);
        }
        Ok(row)
    }
}
