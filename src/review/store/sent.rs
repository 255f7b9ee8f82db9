//! A reading as it goes to another laboratory and comes back: the rows of one reading, with the numbers that they have where
//! they were made.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::rows::Reading;
use super::tables::Store;
use crate::review::decision::{Decision, Subject, is_plain};
use crate::{Error, ErrorKind, Result};

/// Most decisions of one reading.
const MAX_DECISIONS: usize = 500_000;

/// One reading with everything that was decided, signed and corrected in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentReading {
    /// Who read.
    pub reader: String,
    /// Whether other readings were hidden from this reader.
    pub blind: bool,
    /// When it was begun (UTC, ISO 8601).
    pub begun_at: String,
    /// What was decided, in the order of the numbers.
    pub decisions: Vec<SentDecision>,
    /// Signatures, the earliest first.
    pub signatures: Vec<SentSignature>,
    /// Corrections, the earliest first.
    pub corrections: Vec<SentCorrection>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentDecision {
    /// Its number where it was made.
    pub seq: i64,
    /// Number of the first decision that was made together with it.
    pub batch: i64,
    /// Version of the reading that it belongs to, from 1.
    pub version: i64,
    /// When (UTC, ISO 8601).
    pub at: String,
    /// What was decided.
    pub decision: Decision,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentSignature {
    /// The version signed.
    pub version: i64,
    /// When (UTC, ISO 8601).
    pub at: String,
    /// Number of the last decision that it covers; 0 for none.
    pub upto: i64,
    /// SHA-256 of the record that was read.
    pub record_sha256: String,
    /// The result that was signed, as JSON.
    pub result: String,
}

/// The beginning of one more version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentCorrection {
    /// The version begun, from 2.
    pub version: i64,
    /// When (UTC, ISO 8601).
    pub at: String,
    /// Why.
    pub reason: String,
}

impl Store {
    /// A reading with everything in it.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn sent(&self, reading: &Reading) -> Result<SentReading> {
        let decisions = self.entries(reading.id, 0)?.into_iter().map(|entry| SentDecision {
            seq: entry.seq,
            batch: entry.batch,
            version: entry.version,
            at: entry.at,
            decision: entry.decision,
        });
        let signatures = reading.signatures.iter().map(|signature| SentSignature {
            version: signature.version,
            at: signature.at.clone(),
            upto: signature.upto,
            record_sha256: signature.record_sha256.clone(),
            result: signature.result.clone(),
        });
        let sql = "SELECT version, at, reason FROM correction WHERE reading = ?1 ORDER BY version";
        let mut query = self.db.prepare_cached(sql).map_err(|e| self.refused(e))?;
        let rows = query
            .query_map([reading.id], |r| {
                Ok(SentCorrection { version: r.get(0)?, at: r.get(1)?, reason: r.get(2)? })
            })
            .map_err(|e| self.refused(e))?;
        let corrections = rows.collect::<rusqlite::Result<_>>().map_err(|e| self.refused(e))?;
        Ok(SentReading {
            reader: reading.reader.clone(),
            blind: reading.blind,
            begun_at: reading.begun_at.clone(),
            decisions: decisions.collect(),
            signatures: signatures.collect(),
            corrections,
        })
    }
}

impl SentReading {
    /// Refuses what no program has written: rows that do not belong together.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] naming what does not fit; what [`Decision::check`] refuses.
    pub fn check(&self) -> Result<()> {
        let wrong = |what: &str| {
            Err(Error::new(ErrorKind::Unreadable, format!("this reading is damaged: {what}"))
                .with_key("error-case-reading")
                .with_arg("reason", what))
        };
        if !is_plain(&self.reader) || self.reader.trim() != self.reader {
            return wrong("the reader's name");
        }
        let mut moments = vec![&self.begun_at];
        let mut versions = 1;
        for correction in &self.corrections {
            versions += 1;
            let before_is_signed = self.signatures.iter().any(|s| s.version == versions - 1);
            if correction.version != versions || !is_plain(&correction.reason) || !before_is_signed {
                return wrong("a correction");
            }
            moments.push(&correction.at);
        }
        if self.decisions.len() > MAX_DECISIONS {
            return wrong("too many decisions");
        }
        let (mut seen, mut added) = (HashSet::new(), HashSet::new());
        let (mut last, mut version) = (0, 1);
        for one in &self.decisions {
            let ascends = one.seq > last && one.version >= version && one.version <= versions;
            if !ascends || !(one.batch == one.seq || seen.contains(&one.batch)) {
                return wrong("the order of the decisions");
            }
            one.decision.check()?;
            let refers_back = match &one.decision {
                Decision::Remove { added: at }
                | Decision::Judge { subject: Subject::Own { added: at }, .. }
                | Decision::Move { subject: Subject::Own { added: at }, .. } => added.contains(at),
                Decision::Undo { batch } => seen.contains(batch),
                _ => true,
            };
            if !refers_back {
                return wrong("a decision about nothing");
            }
            if matches!(one.decision, Decision::Add { .. }) {
                added.insert(one.seq);
            }
            seen.insert(one.seq);
            (last, version) = (one.seq, one.version);
            moments.push(&one.at);
        }
        let mut signed = 0;
        for signature in &self.signatures {
            let of_version = self.decisions.iter().rev().find(|d| d.version <= signature.version);
            let covers = signature.upto == of_version.map_or(0, |d| d.seq);
            if signature.version <= signed || signature.version > versions || !covers {
                return wrong("a signature");
            }
            signed = signature.version;
            moments.push(&signature.at);
        }
        if !moments.into_iter().all(|at| at.parse::<jiff::Timestamp>().is_ok()) {
            return wrong("a time");
        }
        Ok(())
    }
}

impl Decision {
    /// The same with the numbers of other decisions as `of` says.
    pub(super) fn renumbered(&self, of: &HashMap<i64, i64>) -> Self {
        let number = |at: i64| of.get(&at).copied().unwrap_or(at);
        let own = |subject: &Subject| match subject {
            Subject::Own { added } => Subject::Own { added: number(*added) },
            Subject::Machine(machine) => Subject::Machine(machine.clone()),
        };
        match self {
            Self::Judge { subject, verdict } => Self::Judge { subject: own(subject), verdict: *verdict },
            Self::Move { subject, to } => Self::Move { subject: own(subject), to: *to },
            Self::Remove { added } => Self::Remove { added: number(*added) },
            Self::Undo { batch } => Self::Undo { batch: number(*batch) },
            other => other.clone(),
        }
    }
}
