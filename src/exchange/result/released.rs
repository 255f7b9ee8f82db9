//! A result with who answers for it.

use super::attached::Attached;
use crate::record::SlideRecord;
use crate::review::{Reading, Signature, Together};
use crate::standard::Conclusion;

/// How far a result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has signed it, or not all of it was read.
    Preliminary,
    /// A reader has signed it.
    Final,
    /// A reader has signed it anew, after a correction.
    Corrected,
}

impl Standing {
    /// As FHIR writes it.
    pub(super) fn fhir(self) -> &'static str {
        match self {
            Self::Preliminary => "preliminary",
            Self::Final => "final",
            Self::Corrected => "corrected",
        }
    }

    /// As HL7 v2 writes it (tables 0085 and 0123).
    pub(super) fn hl7(self) -> &'static str {
        match self {
            Self::Preliminary => "P",
            Self::Final => "F",
            Self::Corrected => "C",
        }
    }
}

/// A result as it leaves the laboratory.
#[derive(Clone, Debug)]
pub struct Released {
    /// The record as it was signed, or as the machine wrote it.
    pub(super) record: SlideRecord,
    /// SHA-256 of the machine's record.
    pub(super) record_sha256: String,
    pub(super) standing: Standing,
    /// Who signed and when (UTC, ISO 8601).
    pub(super) signed: Option<(String, String)>,
    /// What all signed readings give together, where there are several.
    pub(super) together: Option<Together>,
    pub(super) attached: Attached,
}

impl Released {
    /// The machine's record, which nobody has signed.
    pub fn unsigned(record: SlideRecord, record_sha256: &str) -> Self {
        let record_sha256 = record_sha256.to_owned();
        Self {
            record,
            record_sha256,
            standing: Standing::Preliminary,
            signed: None,
            together: None,
            attached: Attached::default(),
        }
    }

    /// A record as it was signed ([`as_signed`](crate::review::as_signed)). Where not every suspect was judged it stays
    /// preliminary, though it is signed.
    pub fn signed(
        record: SlideRecord,
        record_sha256: &str,
        reading: &Reading,
        signature: &Signature,
    ) -> Self {
        let standing = match (record.result.patient.reading.is_read(), signature.version) {
            (false, _) => Standing::Preliminary,
            (true, 1) => Standing::Final,
            (true, _) => Standing::Corrected,
        };
        let signed = Some((reading.reader.clone(), signature.at.clone()));
        Self { standing, signed, ..Self::unsigned(record, record_sha256) }
    }

    /// The same with what all signed readings of the slide give together: where there are several, the density is the one
    /// that the rules for two and three readers make of theirs, and the result stays preliminary as long as they ask for a
    /// third (section 10.2).
    #[must_use]
    pub fn with_all(mut self, together: Together) -> Self {
        if together.read.len() > 1 {
            self.together = Some(together);
            if self.conclusion().is_some_and(|conclusion| conclusion.final_density.is_none()) {
                self.standing = Standing::Preliminary;
            }
        }
        self
    }

    /// The same with what goes along with it; nothing does with a result that nobody has signed.
    #[must_use]
    pub fn with_attached(mut self, attached: Attached) -> Self {
        if self.signed.is_some() {
            self.attached = attached;
        }
        self
    }

    /// What the rules for two and three readers make of them.
    pub(super) fn conclusion(&self) -> Option<&Conclusion> {
        self.together.as_ref()?.conclusion.as_ref()
    }

    /// How far it is.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// The record as it was signed, or as the machine wrote it.
    pub fn record(&self) -> &SlideRecord {
        &self.record
    }

    /// Number or name of the slide.
    pub fn slide(&self) -> &str {
        &self.record.slide.id
    }

    /// The day on which the blood was taken, where it is known: a time without a zone is none that another system takes.
    pub(super) fn day(&self) -> Option<&str> {
        self.record.slide.blood_taken.as_deref()?.get(..10)
    }
}
