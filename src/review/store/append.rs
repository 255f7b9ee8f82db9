//! Adding rows.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior};

use super::rows::Reading;
use super::tables::Store;
use crate::review::decision::{Decision, is_plain};
use crate::{Error, ErrorKind, Result};

/// Most decisions at once: a row of suspects that is rejected together, with room.
const MAX_TOGETHER: usize = 20_000;

/// Most characters of the key of a sending.
const MAX_KEY: usize = 64;

impl Store {
    /// The reading of a slide by this reader; begins it where there is none. Whether it is blind is decided once.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a name that is empty, too long or more than one line; [`ErrorKind::Io`] where it cannot
    /// be written.
    pub fn begin(&mut self, slide: &str, reader: &str, blind: bool) -> Result<Reading> {
        let reader = reader.trim();
        if !is_plain(reader) {
            return Err(Error::new(
                ErrorKind::Usage,
                "the reader's name is empty, too long or more than one line",
            )
            .with_key("error-review-reader"));
        }
        let now = now();
        self.together(|db| {
            db.execute(
                "INSERT INTO reading (slide, reader, blind, begun_at) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (slide, reader) DO NOTHING",
                (slide, reader, blind, &now),
            )
        })?;
        let of_slide = self.readings(slide)?;
        of_slide.into_iter().find(|r| r.reader == reader).ok_or_else(|| self.damaged("a reading is missing"))
    }

    /// Adds decisions that were made together; when this returns they are on the disk. The same `key` again adds
    /// nothing: the page did not hear that it was done. Returns the number of the last decision.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a decision that is none, for a reading that is not there or is signed;
    /// [`ErrorKind::Io`] where it cannot be written: then nothing is kept of it.
    pub fn append(&mut self, reading: i64, key: &str, decisions: &[Decision]) -> Result<i64> {
        if decisions.is_empty() || decisions.len() > MAX_TOGETHER || key.is_empty() || key.len() > MAX_KEY {
            return Err(Error::new(ErrorKind::Usage, "no decisions, too many at once, or no key for them")
                .with_key("error-review-decision")
                .with_arg("reason", decisions.len()));
        }
        decisions.iter().try_for_each(Decision::check)?;
        let bodies: Vec<String> = decisions
            .iter()
            .map(|decision| serde_json::to_string(decision).map_err(|e| self.damaged(e)))
            .collect::<Result<_>>()?;
        self.open_version(reading, |db, version| match done_before(db, reading, key)? {
            Some(last) => Ok(last),
            None => put(db, reading, version, key, &bodies),
        })
    }

    /// Takes back what was decided last in the present version of a reading and is not taken back yet; returns the
    /// number of the decision that does so, `None` where there is nothing to take back.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn undo(&mut self, reading: i64, key: &str) -> Result<Option<i64>> {
        self.open_version(reading, |db, version| {
            if let Some(last) = done_before(db, reading, key)? {
                return Ok(Some(last));
            }
            let undoing = "json_extract(body, '$.kind') = 'undo'";
            let sql = format!(
                "SELECT max(batch) FROM decision WHERE reading = ?1 AND version = ?2 AND NOT {undoing} AND batch NOT IN \
                 (SELECT json_extract(body, '$.batch') FROM decision WHERE reading = ?1 AND {undoing})"
            );
            let batch: Option<i64> = db.query_row(&sql, (reading, version), |r| r.get(0))?;
            let Some(batch) = batch else { return Ok(None) };
            let body = serde_json::json!({ "kind": "undo", "batch": batch }).to_string();
            put(db, reading, version, key, &[body]).map(Some)
        })
    }

    /// Signs the present version: `result` is what was shown when it was signed. From here on nothing can be added to
    /// this version; [`Self::correct`] begins the next.
    ///
    /// # Errors
    /// As [`Self::append`]; [`ErrorKind::Usage`] where `seen` is not the last decision: the reader signs what the page
    /// showed, and nothing that came meanwhile.
    pub fn sign(&mut self, reading: i64, seen: i64, record_sha256: &str, result: &str) -> Result<()> {
        let now = now();
        let signed = self.open_version(reading, |db, version| {
            let upto: Option<i64> =
                db.query_row("SELECT max(seq) FROM decision WHERE reading = ?1", [reading], |r| r.get(0))?;
            let upto = upto.unwrap_or(0);
            if upto != seen {
                return Ok(false);
            }
            db.execute(
                "INSERT INTO signature (reading, version, at, upto, record_sha256, result) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                (reading, version, &now, upto, record_sha256, result),
            )?;
            Ok(true)
        })?;
        if signed {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Usage,
            "something was decided on another page meanwhile; look at it, then sign",
        )
        .with_key("error-review-changed"))
    }

    /// Begins a new version of a signed reading. The signed one stays as it is.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a reading that is not signed, or a reason that is none; [`ErrorKind::Io`] where it
    /// cannot be written.
    pub fn correct(&mut self, reading: i64, reason: &str) -> Result<()> {
        let reason = reason.trim();
        if !is_plain(reason) {
            return Err(Error::new(ErrorKind::Usage, "a correction needs a reason, in one line")
                .with_key("error-review-correction"));
        }
        let now = now();
        let begun = self.together(|db| {
            let version = version_of(db, reading)?;
            if !is_signed(db, reading, version)? {
                return Ok(false);
            }
            db.execute(
                "INSERT INTO correction (reading, version, at, reason) VALUES (?1, ?2, ?3, ?4)",
                (reading, version + 1, &now, reason),
            )?;
            Ok(true)
        })?;
        if begun {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Usage, "this reading is not signed: decide in it as it is")
            .with_key("error-review-not-signed"))
    }

    /// Runs `work` on the present version of a reading, unless that is signed.
    fn open_version<T>(
        &mut self,
        reading: i64,
        work: impl FnOnce(&Transaction<'_>, i64) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let done = self.together(|db| {
            let there = db
                .query_row("SELECT 1 FROM reading WHERE id = ?1", [reading], |_| Ok(()))
                .optional()?
                .is_some();
            let version = version_of(db, reading)?;
            if !there || is_signed(db, reading, version)? {
                return Ok(Err(there));
            }
            work(db, version).map(Ok)
        })?;
        done.map_err(|there| {
            let (key, what) = if there {
                ("error-review-signed", "this reading is signed; begin a correction to decide more")
            } else {
                ("error-review-no-reading", "this reading is not there; open the slide again")
            };
            Error::new(ErrorKind::Usage, what).with_key(key)
        })
    }

    /// Runs `work` in one transaction that waits for others and has reached the disk when this returns.
    pub(super) fn together<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let done: rusqlite::Result<T> = (|| {
            let db = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&db)?;
            db.commit()?;
            Ok(value)
        })();
        done.map_err(|e| self.refused(e))
    }
}

fn put(
    db: &Transaction<'_>,
    reading: i64,
    version: i64,
    key: &str,
    bodies: &[String],
) -> rusqlite::Result<i64> {
    let now = now();
    let next: i64 = db.query_row(
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'decision'), 0) + 1",
        [],
        |r| r.get(0),
    )?;
    let mut insert = db.prepare_cached(
        "INSERT INTO decision (reading, version, batch, key, at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for body in bodies {
        insert.execute((reading, version, next, key, &now, body))?;
    }
    Ok(db.last_insert_rowid())
}

/// Number of the last decision that this key was sent with.
fn done_before(db: &Transaction<'_>, reading: i64, key: &str) -> rusqlite::Result<Option<i64>> {
    db.query_row("SELECT max(seq) FROM decision WHERE reading = ?1 AND key = ?2", (reading, key), |r| {
        r.get(0)
    })
}

fn version_of(db: &Transaction<'_>, reading: i64) -> rusqlite::Result<i64> {
    let sql = "SELECT coalesce(max(version), 1) FROM correction WHERE reading = ?1";
    db.query_row(sql, [reading], |r| r.get(0))
}

fn is_signed(db: &Transaction<'_>, reading: i64, version: i64) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM signature WHERE reading = ?1 AND version = ?2";
    db.query_row(sql, (reading, version), |_| Ok(())).optional().map(|found| found.is_some())
}

/// The clock in whole seconds, for a person; nothing depends on it.
fn now() -> String {
    jiff::Timestamp::from_second(jiff::Timestamp::now().as_second()).unwrap_or_default().to_string()
}
