//! The rows as values.

use crate::review::decision::Decision;

/// One decision as it was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number: later ones are higher, over all slides and readers of the file.
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

/// One reader's reading of one slide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its number.
    pub id: i64,
    /// Id of the slide.
    pub slide: String,
    /// Who reads.
    pub reader: String,
    /// Whether the other readings are hidden from this reader.
    pub blind: bool,
    /// When it was begun (UTC, ISO 8601).
    pub begun_at: String,
    /// Version that decisions go into now, from 1; each correction after a signature begins the next.
    pub version: i64,
    /// Why the present version was begun, where it is a correction.
    pub correction: Option<String>,
    /// Signatures, one a version at most, the earliest first.
    pub signatures: Vec<Signature>,
}

impl Reading {
    /// The signature of the present version; with one, nothing more can be decided in it.
    pub fn signed(&self) -> Option<&Signature> {
        self.signatures.iter().find(|signature| signature.version == self.version)
    }
}

/// A reader's signature under one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
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
