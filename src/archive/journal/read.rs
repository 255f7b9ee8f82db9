//! What stands in the journal, slide by slide: nothing here holds more than one slide.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

use super::open::{Journal, damaged};
use crate::Result;
use crate::archive::rows::SlideRow;
use crate::intake::PassedOverReason;
use crate::record::Fault;
use crate::record::FieldRow;

/// What slides were meant to show and what was left out; the parameter is [`losses`].
const LOSSES: &str = "FROM slide, json_each(slide.plan, '$.passed_over') AS over \
                      WHERE json_extract(over.value, '$.reason') IN (SELECT value FROM json_each(?1))";

/// Reading order: what is severe first, read or not.
const URGENCY: &str = "urgency, density IS NULL, density DESC, id";

/// How far an archive is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Slides of the plan.
    pub slides: u64,
    /// Slides that ended.
    pub slides_done: u64,
    /// Files of the plan.
    pub files: u64,
    /// Files whose outcome is known.
    pub files_done: u64,
    /// Slides with suspects that wait for a reader.
    pub suspect: u64,
    /// Slides that open with an alert: to be read, or told to the clinician, now.
    pub severe: u64,
    /// Slides that a reader has read and signed.
    #[serde(default)]
    pub signed: u64,
    /// Slides that a reader has signed without judging every suspect.
    #[serde(default)]
    pub signed_in_part: u64,
    /// Slides that nothing could be read of.
    pub slides_failed: u64,
    /// Files that could not be read.
    pub files_failed: u64,
    /// Readable fields that are not fit to be counted.
    pub fields_unfit: u64,
    /// Pictures and film folders that a slide was meant to show and that were left out
    /// ([`PassedOverReason::LOSSES`]).
    pub left_out: u64,
}

impl Standing {
    /// Whether every slide has ended.
    pub fn is_complete(&self) -> bool {
        self.slides_done == self.slides
    }

    /// Slides that no reader has signed, of those that can be read.
    pub fn unread(&self) -> u64 {
        self.slides_done.saturating_sub(self.slides_failed + self.signed + self.signed_in_part)
    }

    /// Whether something failed, was unfit or was left out.
    pub fn has_failures(&self) -> bool {
        self.slides_failed + self.files_failed + self.fields_unfit + self.left_out > 0
    }
}

/// State of one slide of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlideState {
    /// Its number.
    pub number: i64,
    /// Its id.
    pub id: String,
    /// Whether it has ended.
    pub ended: bool,
}

impl Journal {
    /// How far the archive is.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn standing(&self) -> Result<Standing> {
        let mut found = Standing::default();
        self.db
            .query_row(
                "SELECT COUNT(*), COALESCE(SUM(ended), 0), COALESCE(SUM(suspect), 0), COALESCE(SUM(unfit), 0), \
                 COALESCE(SUM(ended AND (row IS NULL OR json_extract(row, '$.fault') IS NOT NULL \
                 OR json_extract(row, '$.fields') = 0)), 0), \
                 COALESCE(SUM(urgency = 0), 0) FROM slide",
                [],
                |r| {
                    found.slides = count(r, 0)?;
                    found.slides_done = count(r, 1)?;
                    found.suspect = count(r, 2)?;
                    found.fields_unfit = count(r, 3)?;
                    found.slides_failed = count(r, 4)?;
                    found.severe = count(r, 5)?;
                    Ok(())
                },
            )
            .map_err(|e| self.refused(e))?;
        self.db
            .query_row(
                "SELECT COUNT(*), COALESCE(SUM(done), 0), COALESCE(SUM(fault IS NOT NULL), 0) FROM file",
                [],
                |r| {
                    found.files = count(r, 0)?;
                    found.files_done = count(r, 1)?;
                    found.files_failed = count(r, 2)?;
                    Ok(())
                },
            )
            .map_err(|e| self.refused(e))?;
        let sql = "SELECT COALESCE(SUM(whole), 0), COUNT(*) FROM (SELECT json_extract(body, '$.result.patient.reading') \
                   IN ('read', 'read_by_sample') AS whole FROM reading AS of_slide \
                   WHERE version = (SELECT MAX(version) FROM reading WHERE slide = of_slide.slide))";
        self.db
            .query_row(sql, [], |r| {
                found.signed = count(r, 0)?;
                found.signed_in_part = count(r, 1)?.saturating_sub(found.signed);
                Ok(())
            })
            .map_err(|e| self.refused(e))?;
        let sql = format!("SELECT COUNT(*) {LOSSES}");
        self.db
            .query_row(&sql, [losses()], |r| {
                found.left_out = count(r, 0)?;
                Ok(())
            })
            .map_err(|e| self.refused(e))?;
        Ok(found)
    }

    /// Hands the row of every ended slide to `take`, in the order of ids, with the rows of its fields.
    ///
    /// # Errors
    /// As [`Self::read`]; whatever `take` refuses.
    pub fn each_slide(&self, take: impl FnMut(SlideRow, Vec<FieldRow>) -> Result<()>) -> Result<()> {
        self.with_fields("ended = 1 ORDER BY id", take)
    }

    fn with_fields(
        &self,
        which: &str,
        mut take: impl FnMut(SlideRow, Vec<FieldRow>) -> Result<()>,
    ) -> Result<()> {
        self.rows("fields", which, |row, body| {
            let fields = match body {
                Some(body) => self.unpacked(body)?,
                None => Vec::new(),
            };
            take(row, fields)
        })
    }

    /// Hands the row of every ended slide to `take`, in the order of ids.
    ///
    /// # Errors
    /// As [`Self::each_slide`].
    pub fn each_row(&self, mut take: impl FnMut(SlideRow) -> Result<()>) -> Result<()> {
        self.rows("NULL", "ended = 1 ORDER BY id", |row, _| take(row))
    }

    /// Hands the row of every ended slide to `take` in reading order: see
    /// [`Urgency`](crate::archive::Urgency); then the highest density, then the id.
    ///
    /// # Errors
    /// As [`Self::each_slide`].
    pub fn each_row_by_urgency(&self, mut take: impl FnMut(SlideRow) -> Result<()>) -> Result<()> {
        self.rows("NULL", &format!("ended = 1 ORDER BY {URGENCY}"), |row, _| take(row))
    }

    /// Hands every file that could not be read to `take`: slide id, file name, why. Slides without any readable
    /// file come with an empty file name.
    ///
    /// # Errors
    /// As [`Self::each_slide`].
    pub fn each_fault(&self, mut take: impl FnMut(&str, &str, Fault) -> Result<()>) -> Result<()> {
        let sql = "SELECT slide.id AS id, '', json_extract(row, '$.fault'), -1 AS f FROM slide \
                   WHERE ended = 1 AND json_extract(row, '$.fault') IS NOT NULL \
                   UNION ALL SELECT slide.id, file.name, file.fault, file.number FROM file \
                   JOIN slide ON slide.number = file.slide WHERE file.fault IS NOT NULL ORDER BY id, f";
        let mut query = self.db.prepare(sql).map_err(|e| self.refused(e))?;
        let mut rows = query.query([]).map_err(|e| self.refused(e))?;
        while let Some(row) = rows.next().map_err(|e| self.refused(e))? {
            let (id, name, fault): (String, String, String) =
                (|| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))().map_err(|e| self.refused(e))?;
            take(&id, &name, serde_json::from_str(&fault).map_err(|e| damaged(&self.path, &e))?)?;
        }
        Ok(())
    }

    /// Hands everything that a slide was meant to show and that was left out ([`PassedOverReason::LOSSES`]) to
    /// `take`, in the order of ids: slide id, picture or folder, key of the reason.
    ///
    /// # Errors
    /// As [`Self::read`]; whatever `take` refuses.
    pub fn each_loss(&self, mut take: impl FnMut(&str, &str, &str) -> Result<()>) -> Result<()> {
        let sql = format!(
            "SELECT slide.id, json_extract(over.value, '$.image'), json_extract(over.value, '$.reason') {LOSSES} \
             ORDER BY slide.id, over.key"
        );
        let mut query = self.db.prepare(&sql).map_err(|e| self.refused(e))?;
        let mut rows = query.query([losses()]).map_err(|e| self.refused(e))?;
        while let Some(row) = rows.next().map_err(|e| self.refused(e))? {
            let (id, name, reason): (String, String, String) =
                (|| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))().map_err(|e| self.refused(e))?;
            take(&id, &name, &reason)?;
        }
        Ok(())
    }

    /// Hands every ended slide with fields that were not counted to `take`, in reading order (see
    /// [`Self::each_row_by_urgency`]), with the rows of all of its fields.
    ///
    /// # Errors
    /// As [`Self::each_slide`].
    pub fn each_unfit(&self, take: impl FnMut(SlideRow, Vec<FieldRow>) -> Result<()>) -> Result<()> {
        self.with_fields(&format!("ended = 1 AND unfit > 0 ORDER BY {URGENCY}"), take)
    }

    /// Names of the manifest's free columns, sorted.
    ///
    /// # Errors
    /// As [`Self::each_slide`].
    pub fn free_columns(&self) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT json_each.key FROM slide, json_each(slide.plan, '$.case.free') ORDER BY 1";
        let mut query = self.db.prepare(sql).map_err(|e| self.refused(e))?;
        let names = query.query_map([], |r| r.get(0)).map_err(|e| self.refused(e))?;
        names.collect::<rusqlite::Result<_>>().map_err(|e| self.refused(e))
    }

    /// Every slide of the plan, in the order of ids.
    ///
    /// # Errors
    /// As [`Self::each_slide`].
    pub fn slides(&self, mut take: impl FnMut(SlideState) -> Result<()>) -> Result<()> {
        let mut query = self
            .db
            .prepare("SELECT number, id, ended FROM slide ORDER BY id")
            .map_err(|e| self.refused(e))?;
        let mut rows = query.query([]).map_err(|e| self.refused(e))?;
        while let Some(row) = rows.next().map_err(|e| self.refused(e))? {
            let state = (|| Ok(SlideState { number: row.get(0)?, id: row.get(1)?, ended: row.get(2)? }))()
                .map_err(|e| self.refused(e))?;
            take(state)?;
        }
        Ok(())
    }

    /// Every slide of the plan by its folder below the root.
    ///
    /// # Errors
    /// As [`Self::each_slide`].
    pub fn places(&self) -> Result<BTreeMap<String, SlideState>> {
        let sql = "SELECT coalesce(json_extract(plan, '$.place'), id), number, id, ended FROM slide";
        let mut query = self.db.prepare(sql).map_err(|e| self.refused(e))?;
        let placed = query.query_map([], |row| {
            Ok((row.get(0)?, SlideState { number: row.get(1)?, id: row.get(2)?, ended: row.get(3)? }))
        });
        placed.map_err(|e| self.refused(e))?.collect::<rusqlite::Result<_>>().map_err(|e| self.refused(e))
    }

    /// Number of a slide by its id.
    pub(in crate::archive) fn number(&self, slide: &str) -> Result<Option<i64>> {
        let sql = "SELECT number FROM slide WHERE id = ?1";
        self.db.query_row(sql, [slide], |r| r.get(0)).optional().map_err(|e| self.refused(e))
    }

    /// The row of one slide by its id; `None` where it has not ended.
    ///
    /// # Errors
    /// As [`Self::each_slide`].
    pub fn row_of(&self, slide: &str) -> Result<Option<SlideRow>> {
        self.number(slide)?.map_or(Ok(None), |number| self.row(number))
    }

    /// The row of one slide; `None` where it has not ended.
    pub(in crate::archive) fn row(&self, number: i64) -> Result<Option<SlideRow>> {
        let mut found = None;
        self.rows("NULL", &format!("ended = 1 AND number = {number}"), |row, _| {
            found = Some(row);
            Ok(())
        })?;
        Ok(found)
    }

    /// Rows with what their last reader made of them.
    fn rows(
        &self,
        column: &str,
        which: &str,
        mut take: impl FnMut(SlideRow, Option<&[u8]>) -> Result<()>,
    ) -> Result<()> {
        let reading =
            "SELECT body FROM reading WHERE reading.slide = slide.number ORDER BY version DESC LIMIT 1";
        let sql = format!("SELECT row, {column}, ({reading}) FROM slide WHERE {which}");
        let mut query = self.db.prepare(&sql).map_err(|e| self.refused(e))?;
        let mut rows = query.query([]).map_err(|e| self.refused(e))?;
        while let Some(row) = rows.next().map_err(|e| self.refused(e))? {
            let text: String = row.get(0).map_err(|e| self.refused(e))?;
            let body = row.get_ref(1).map_err(|e| self.refused(e))?;
            let parsed = serde_json::from_str(&text).map_err(|e| damaged(&self.path, &e))?;
            let reading = row.get(2).map_err(|e| self.refused(e))?;
            take(self.overlaid(parsed, reading)?, body.as_blob_or_null().ok().flatten())?;
        }
        Ok(())
    }
}

/// Keys of the reasons that leave out what a slide was meant to show.
fn losses() -> String {
    serde_json::json!(PassedOverReason::LOSSES).to_string()
}

/// A count, which SQLite keeps as a signed number.
fn count(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}
