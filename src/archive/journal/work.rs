//! Outcomes in, ended slides out.

use std::path::{Path, PathBuf};

use rusqlite::OptionalExtension;

use super::naming::{file_facts, path_of};
use super::open::{Journal, damaged};
use crate::archive::rows::SlideRow;
use crate::record::Fault;
use crate::record::FieldRow;
use crate::slide::{FileOutcome, ScaleTable};
use crate::{Error, ErrorKind, Result};

/// Level of compression: outcomes are lists of numbers, and the fastest level takes nine tenths away.
const LEVEL: i32 = 1;

/// Largest outcome taken back, bytes of JSON: a bound against damage, far above any field.
const MAX_UNPACKED: usize = 1 << 30;

/// A file whose outcome is known, for the comparison with what lies on the disk now.
#[derive(Debug)]
pub(in crate::archive) struct FileEntry {
    pub(in crate::archive) slide: i64,
    pub(in crate::archive) number: i64,
    pub(in crate::archive) path: PathBuf,
    pub(in crate::archive) bytes: Option<i64>,
    pub(in crate::archive) modified_ns: Option<i64>,
    pub(in crate::archive) sha256: Option<String>,
}

/// A slide that the system refused while it was planned.
#[derive(Debug)]
pub(in crate::archive) struct RefusedPlan {
    pub(in crate::archive) number: i64,
    pub(in crate::archive) id: String,
    /// The folder that was looked into; of a slide of a manifest the id alone counts.
    pub(in crate::archive) folder: PathBuf,
}

/// Compact form of an outcome, made on the thread that examined the file.
pub(in crate::archive) fn packed<T: serde::Serialize>(value: &T) -> Result<Vec<u8>> {
    let json = serde_json::to_vec(value)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("an outcome cannot be written: {e}")))?;
    zstd::bulk::compress(&json, LEVEL)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("an outcome cannot be packed: {e}")))
}

/// What [`packed`] made, or why it is not that.
pub(in crate::archive) fn unpacked<T: serde::de::DeserializeOwned>(
    body: &[u8],
) -> std::result::Result<T, String> {
    let size = zstd::zstd_safe::get_frame_content_size(body).ok().flatten().unwrap_or(0);
    let size = usize::try_from(size).unwrap_or(usize::MAX).min(MAX_UNPACKED);
    let json = zstd::bulk::decompress(body, size).map_err(|e| e.to_string())?;
    serde_json::from_slice(&json).map_err(|e| e.to_string())
}

impl Journal {
    pub(super) fn unpacked<T: serde::de::DeserializeOwned>(&self, body: &[u8]) -> Result<T> {
        unpacked(body).map_err(|why| damaged(&self.path, &why))
    }

    /// Keeps the scales of a slide.
    pub(in crate::archive) fn put_scales(&mut self, slide: i64, scales: &ScaleTable) -> Result<()> {
        let scales = serde_json::to_string(scales).map_err(|e| damaged(&self.path, &e))?;
        self.at_once(|db| {
            db.prepare_cached("UPDATE slide SET scales = ?2 WHERE number = ?1")?.execute((slide, scales))
        })?;
        Ok(())
    }

    /// Keeps the outcome of a file.
    pub(in crate::archive) fn put_outcome(
        &mut self,
        slide: i64,
        number: usize,
        body: &[u8],
        sha256: Option<&str>,
        fault: Option<&Fault>,
    ) -> Result<()> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let fault = fault.map(serde_json::to_string).transpose().map_err(|e| damaged(&self.path, &e))?;
        self.at_once(|db| {
            db.prepare_cached("INSERT OR REPLACE INTO outcome (slide, number, body) VALUES (?1, ?2, ?3)")?
                .execute((slide, number, body))?;
            db.prepare_cached(
                "UPDATE file SET done = 1, sha256 = ?3, fault = ?4 WHERE slide = ?1 AND number = ?2",
            )?
            .execute((slide, number, sha256, fault))?;
            Ok(())
        })
    }

    /// How many files of a slide have no outcome yet.
    pub(in crate::archive) fn missing(&self, slide: i64) -> Result<i64> {
        self.db
            .prepare_cached("SELECT COUNT(*) FROM file WHERE slide = ?1 AND done = 0")
            .and_then(|mut q| q.query_row([slide], |r| r.get(0)))
            .map_err(|e| self.refused(e))
    }

    /// The outcomes of a slide in the order of its files.
    pub(in crate::archive) fn outcomes(&self, slide: i64) -> Result<Vec<FileOutcome>> {
        let mut query = self
            .db
            .prepare_cached("SELECT body FROM outcome WHERE slide = ?1 ORDER BY number")
            .map_err(|e| self.refused(e))?;
        let mut rows = query.query([slide]).map_err(|e| self.refused(e))?;
        let mut outcomes = Vec::new();
        while let Some(row) = rows.next().map_err(|e| self.refused(e))? {
            let body = row.get_ref(0).map_err(|e| self.refused(e))?;
            outcomes.push(self.unpacked(body.as_blob().unwrap_or_default())?);
        }
        Ok(outcomes)
    }

    /// Ends a slide; when this returns, that is on the disk.
    pub(in crate::archive) fn end_slide(
        &mut self,
        slide: i64,
        row: &SlideRow,
        fields: &[FieldRow],
    ) -> Result<()> {
        let text = serde_json::to_string(row).map_err(|e| damaged(&self.path, &e))?;
        let unfit = i64::try_from(fields.iter().filter(|f| f.is_unfit()).count()).unwrap_or(i64::MAX);
        let fields = packed(&fields)?;
        let (suspect, urgency, density) = (row.has_suspects(), row.urgency.rank(), row.density_for_order());
        let now = jiff::Timestamp::now().to_string();
        self.durably(|db| {
            db.prepare_cached(
                "UPDATE slide SET ended = 1, suspect = ?2, unfit = ?3, urgency = ?4, density = ?5, row = ?6, \
                 fields = ?7, ended_at = ?8 WHERE number = ?1",
            )?
            .execute((slide, suspect, unfit, urgency, density, text, fields, now))?;
            Ok(())
        })
    }

    /// Slides that the system refused while they were planned.
    pub(in crate::archive) fn refused_plans(&self, base: &Path) -> Result<Vec<RefusedPlan>> {
        self.db
            .prepare(
                "SELECT slide.number, slide.id, meta.value FROM slide \
                 LEFT JOIN meta ON meta.name = 'refused:' || slide.id \
                 WHERE ended = 1 AND files = 0 AND (json_extract(row, '$.fault.kind') = ?1 \
                 OR json_extract(row, '$.fault.key') = 'error-not-a-plain-file') ORDER BY slide.id",
            )
            .and_then(|mut q| {
                q.query_map([ErrorKind::Io.code()], |r| {
                    let id: String = r.get(1)?;
                    let folder = path_of(&r.get(2)?).unwrap_or_else(|| PathBuf::from(&id));
                    Ok(RefusedPlan { number: r.get(0)?, id, folder: base.join(folder) })
                })?
                .collect()
            })
            .map_err(|e| self.refused(e))
    }

    /// Slides with a file that the system refused: the cause may be mended.
    pub(in crate::archive) fn refused_slides(&self) -> Result<Vec<i64>> {
        self.db
            .prepare("SELECT DISTINCT slide FROM file WHERE fault IS NOT NULL AND json_extract(fault, '$.kind') = ?1")
            .and_then(|mut q| q.query_map([ErrorKind::Io.code()], |r| r.get(0))?.collect())
            .map_err(|e| self.refused(e))
    }

    /// Takes back a slide as a whole: its scale came from all of its pictures.
    pub(in crate::archive) fn forget_slide(&mut self, slide: i64, base: &Path) -> Result<()> {
        let files: Vec<(i64, PathBuf)> = {
            let stored = self.slide(slide, base)?;
            (0_i64..).zip(stored.source.files().iter().map(|f| f.path.clone())).collect()
        };
        self.durably(|db| {
            db.execute(
                "UPDATE slide SET ended = 0, scales = NULL, suspect = NULL, unfit = NULL, urgency = NULL, \
                 density = NULL, row = NULL, fields = NULL, ended_at = NULL WHERE number = ?1",
                [slide],
            )?;
            db.execute("DELETE FROM outcome WHERE slide = ?1", [slide])?;
            for (number, path) in &files {
                let (bytes, modified) = file_facts(path);
                db.execute(
                    "UPDATE file SET done = 0, sha256 = NULL, fault = NULL, bytes = ?3, modified_ns = ?4 \
                     WHERE slide = ?1 AND number = ?2",
                    (slide, number, bytes, modified),
                )?;
            }
            Ok(())
        })
    }

    /// Files without an outcome of slides that were begun: their scales are known.
    pub(in crate::archive) fn waiting_of_begun(&self, base: &Path) -> Result<Vec<FileEntry>> {
        self.db
            .prepare(
                "SELECT file.slide, file.number, path, bytes, modified_ns, sha256 FROM slide JOIN file \
                 ON file.slide = slide.number WHERE ended = 0 AND scales IS NOT NULL AND done = 0 ORDER BY 1, 2",
            )
            .and_then(|mut q| q.query_map([], |r| entry_of(r, base))?.collect())
            .map_err(|e| self.refused(e))
    }

    /// The file after `(slide, number)` whose outcome is known.
    pub(in crate::archive) fn next_done(
        &self,
        slide: i64,
        number: i64,
        base: &Path,
    ) -> Result<Option<FileEntry>> {
        self.db
            .prepare_cached(
                "SELECT slide, number, path, bytes, modified_ns, sha256 FROM file \
                 WHERE (slide, number) > (?1, ?2) AND done = 1 ORDER BY slide, number LIMIT 1",
            )
            .and_then(|mut q| q.query_row((slide, number), |r| entry_of(r, base)).optional())
            .map_err(|e| self.refused(e))
    }
}

fn entry_of(row: &rusqlite::Row<'_>, base: &Path) -> rusqlite::Result<FileEntry> {
    let path = path_of(&row.get(2)?).unwrap_or_default();
    Ok(FileEntry {
        slide: row.get(0)?,
        number: row.get(1)?,
        path: base.join(path),
        bytes: row.get(3)?,
        modified_ns: row.get(4)?,
        sha256: row.get(5)?,
    })
}
