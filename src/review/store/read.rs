//! Rows as they were kept.

use std::collections::BTreeMap;

use super::rows::{Entry, Reading, Signature};
use super::tables::Store;
use crate::Result;

impl Store {
    /// The readings of a slide in the order in which they were begun.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn readings(&self, slide: &str) -> Result<Vec<Reading>> {
        self.readings_where("WHERE slide = ?1", [slide])
    }

    /// The readings of all slides, by slide.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn all_readings(&self) -> Result<BTreeMap<String, Vec<Reading>>> {
        let mut of: BTreeMap<String, Vec<Reading>> = BTreeMap::new();
        for reading in self.readings_where("", [])? {
            of.entry(reading.slide.clone()).or_default().push(reading);
        }
        Ok(of)
    }

    /// The decisions of a reading after number `after`, in the order of their numbers.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn entries(&self, reading: i64, after: i64) -> Result<Vec<Entry>> {
        let mut query = self
            .db
            .prepare_cached(
                "SELECT seq, batch, version, at, body FROM decision WHERE reading = ?1 AND seq > ?2 ORDER BY seq",
            )
            .map_err(|e| self.refused(e))?;
        let rows = query
            .query_map((reading, after), |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get::<_, String>(4)?))
            })
            .map_err(|e| self.refused(e))?;
        let mut entries = Vec::new();
        for row in rows {
            let (seq, batch, version, at, body) = row.map_err(|e| self.refused(e))?;
            let decision = serde_json::from_str(&body).map_err(|e| self.damaged(e))?;
            entries.push(Entry { seq, batch, version, at, decision });
        }
        Ok(entries)
    }

    /// Number of the last decision of a reading; 0 where there is none.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn last(&self, reading: i64) -> Result<i64> {
        let sql = "SELECT coalesce(max(seq), 0) FROM decision WHERE reading = ?1";
        self.db.query_row(sql, [reading], |r| r.get(0)).map_err(|e| self.refused(e))
    }

    /// Names of everybody who has read in this file, the latest first.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn readers(&self) -> Result<Vec<String>> {
        let mut query = self
            .db
            .prepare("SELECT reader FROM reading GROUP BY reader ORDER BY max(id) DESC")
            .map_err(|e| self.refused(e))?;
        let names = query.query_map([], |r| r.get(0)).map_err(|e| self.refused(e))?;
        names.collect::<rusqlite::Result<_>>().map_err(|e| self.refused(e))
    }

    fn readings_where(&self, clause: &str, values: impl rusqlite::Params) -> Result<Vec<Reading>> {
        let sql = format!(
            "SELECT id, slide, reader, blind, begun_at, \
             coalesce((SELECT max(version) FROM correction WHERE reading = reading.id), 1), \
             (SELECT reason FROM correction WHERE reading = reading.id ORDER BY version DESC LIMIT 1) \
             FROM reading {clause} ORDER BY id"
        );
        let mut query = self.db.prepare(&sql).map_err(|e| self.refused(e))?;
        let rows = query
            .query_map(values, |r| {
                Ok(Reading {
                    id: r.get(0)?,
                    slide: r.get(1)?,
                    reader: r.get(2)?,
                    blind: r.get(3)?,
                    begun_at: r.get(4)?,
                    version: r.get(5)?,
                    correction: r.get(6)?,
                    signatures: Vec::new(),
                })
            })
            .map_err(|e| self.refused(e))?;
        let mut readings = rows.collect::<rusqlite::Result<Vec<_>>>().map_err(|e| self.refused(e))?;
        for reading in &mut readings {
            reading.signatures = self.signatures(reading.id)?;
        }
        Ok(readings)
    }

    fn signatures(&self, reading: i64) -> Result<Vec<Signature>> {
        let mut query = self
            .db
            .prepare_cached(
                "SELECT version, at, upto, record_sha256, result FROM signature WHERE reading = ?1 ORDER BY version",
            )
            .map_err(|e| self.refused(e))?;
        let rows = query
            .query_map([reading], |r| {
                Ok(Signature {
                    version: r.get(0)?,
                    at: r.get(1)?,
                    upto: r.get(2)?,
                    record_sha256: r.get(3)?,
                    result: r.get(4)?,
                })
            })
            .map_err(|e| self.refused(e))?;
        rows.collect::<rusqlite::Result<_>>().map_err(|e| self.refused(e))
    }
}
