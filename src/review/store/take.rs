//! Taking in a reading that was made elsewhere: rows are added, as ever, and none twice.

use std::collections::HashMap;

use rusqlite::Transaction;

use super::sent::SentReading;
use super::tables::Store;
use crate::{Error, ErrorKind, Result};

/// What became of a reading that was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is new here, with so many decisions.
    New(usize),
    /// An earlier state of it was here; so many decisions came to it.
    More(usize),
    /// All of it was here.
    Known,
}

/// Why nothing was taken in.
enum Kept {
    Taken(Taken),
    /// Somebody of this name reads the slide here, and not what was sent.
    OtherReader,
}

impl Store {
    /// Adds a reading that was made elsewhere to those of a slide, as this reader's own. What is here of it already stays,
    /// and only what came later is added.
    ///
    /// # Errors
    /// What [`SentReading::check`] refuses; [`ErrorKind::Usage`] where somebody of this name has decided something else
    /// about the slide here; [`ErrorKind::Io`] where it cannot be written: then nothing is kept of it.
    pub fn take(&mut self, slide: &str, sent: &SentReading) -> Result<Taken> {
        sent.check()?;
        let known = self.readings(slide)?.into_iter().find(|reading| reading.reader == sent.reader);
        let (here, of) = match &known {
            None => (None, HashMap::new()),
            Some(reading) => {
                let here = self.sent(reading)?;
                let pairs = sent.decisions.iter().zip(&here.decisions);
                let of = pairs.map(|(theirs, ours)| (theirs.seq, ours.seq)).collect();
                (Some(here), of)
            }
        };
        let kept = self.together(|db| match (&known, &here) {
            (Some(reading), Some(here)) => {
                // Between looking and adding another program may have decided something.
                let sql = "SELECT count(*) FROM decision WHERE reading = ?1";
                let now: i64 = db.query_row(sql, [reading.id], |r| r.get(0))?;
                if usize::try_from(now) != Ok(here.decisions.len()) || !begins_alike(sent, here, &of) {
                    return Ok(Kept::OtherReader);
                }
                let before = Rows::of(here);
                let all = Rows::of(sent);
                if before.holds(&all) {
                    return Ok(Kept::Taken(Taken::Known));
                }
                if !all.holds(&before) {
                    return Ok(Kept::OtherReader);
                }
                add(db, reading.id, sent, &before, of.clone())?;
                Ok(Kept::Taken(Taken::More(all.decisions - before.decisions)))
            }
            _ => {
                db.execute(
                    "INSERT INTO reading (slide, reader, blind, begun_at) VALUES (?1, ?2, ?3, ?4)",
                    (slide, &sent.reader, sent.blind, &sent.begun_at),
                )?;
                add(db, db.last_insert_rowid(), sent, &Rows::default(), HashMap::new())?;
                Ok(Kept::Taken(Taken::New(sent.decisions.len())))
            }
        })?;
        match kept {
            Kept::Taken(taken) => Ok(taken),
            Kept::OtherReader => Err(other_reader(&sent.reader)),
        }
    }
}

/// How many rows of each kind there are.
#[derive(Clone, Copy, Default)]
struct Rows {
    decisions: usize,
    signatures: usize,
    corrections: usize,
}

impl Rows {
    fn of(reading: &SentReading) -> Self {
        Self {
            decisions: reading.decisions.len(),
            signatures: reading.signatures.len(),
            corrections: reading.corrections.len(),
        }
    }

    fn holds(&self, other: &Self) -> bool {
        self.decisions >= other.decisions
            && self.signatures >= other.signatures
            && self.corrections >= other.corrections
    }
}

/// Whether what both have is the same; `of` are the numbers here by those there.
fn begins_alike(sent: &SentReading, here: &SentReading, of: &HashMap<i64, i64>) -> bool {
    let number = |at: &i64| of.get(at).copied();
    let begun = sent.begun_at == here.begun_at && sent.blind == here.blind;
    let decided = sent.decisions.iter().zip(&here.decisions).all(|(theirs, ours)| {
        number(&theirs.batch) == Some(ours.batch)
            && (theirs.version, &theirs.at) == (ours.version, &ours.at)
            && theirs.decision.renumbered(of) == ours.decision
    });
    let signed = sent.signatures.iter().zip(&here.signatures).all(|(theirs, ours)| {
        let upto = if theirs.upto == 0 { Some(0) } else { number(&theirs.upto) };
        upto == Some(ours.upto)
            && (theirs.version, &theirs.at, &theirs.record_sha256, &theirs.result)
                == (ours.version, &ours.at, &ours.record_sha256, &ours.result)
    });
    begun && decided && signed && sent.corrections.iter().zip(&here.corrections).all(|(a, b)| a == b)
}

/// Adds what comes after the rows that are here.
fn add(
    db: &Transaction<'_>,
    reading: i64,
    sent: &SentReading,
    here: &Rows,
    mut of: HashMap<i64, i64>,
) -> rusqlite::Result<()> {
    let sql = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'decision'), 0)";
    let mut last: i64 = db.query_row(sql, [], |r| r.get(0))?;
    let mut insert = db.prepare_cached(
        "INSERT INTO decision (seq, reading, version, batch, key, at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for one in sent.decisions.iter().skip(here.decisions) {
        last += 1;
        of.insert(one.seq, last);
        let batch = of.get(&one.batch).copied().unwrap_or(last);
        let body = serde_json::to_string(&one.decision.renumbered(&of))
            .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        insert.execute((last, reading, one.version, batch, format!("sent-{}", one.seq), &one.at, body))?;
    }
    for one in sent.corrections.iter().skip(here.corrections) {
        db.execute(
            "INSERT INTO correction (reading, version, at, reason) VALUES (?1, ?2, ?3, ?4)",
            (reading, one.version, &one.at, &one.reason),
        )?;
    }
    for one in sent.signatures.iter().skip(here.signatures) {
        let upto = of.get(&one.upto).copied().unwrap_or(0);
        db.execute(
            "INSERT INTO signature (reading, version, at, upto, record_sha256, result) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (reading, one.version, &one.at, upto, &one.record_sha256, &one.result),
        )?;
    }
    Ok(())
}

fn other_reader(reader: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "{reader} has read this slide here, and not what was sent: give the other's reading another name"
        ),
    )
    .with_key("error-case-reader")
    .with_arg("reader", reader)
}
