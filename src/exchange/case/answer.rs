//! An expert's reading of a case, sent back and taken in as another reader's.

use std::collections::BTreeSet;
use std::path::Path;

use super::manifest::{Kind, Manifest, READING};
use super::open::{Case, unpacked};
use super::pack::{changed, pack};
use super::seal::SecretKey;
use crate::record::SlideRecord;
use crate::review::{
    Entry, FieldKey, Progress, ReadCounts, ReadSlide, Reading, SentReading, Signature, Signed, Store, Taken,
    grade_reading,
};
use crate::{Error, ErrorKind, Result};

/// A signed reading of a case as a file that goes back: decisions only.
///
/// # Errors
/// [`ErrorKind::Usage`] where the reading is not signed, or of something else; as [`Store::entries`].
pub fn answer_of(case: &Case, store: &Store, reading: &Reading) -> Result<Vec<u8>> {
    let mut sent = store.sent(reading)?;
    for signature in &mut sent.signatures {
        if signature.record_sha256 != case.record_sha256() {
            return Err(Error::new(
                ErrorKind::Usage,
                "this reading was signed on another result of the slide",
            )
            .with_key("error-report-other-record")
            .with_arg("reader", &reading.reader));
        }
        // What was sent is the laboratory's own record, less a name.
        signature.record_sha256.clone_from(&case.manifest().record_sha256);
    }
    if reading.signed().is_none() {
        return Err(
            Error::new(ErrorKind::Usage, "this reading is not signed").with_key("error-review-not-signed")
        );
    }
    let of = case.manifest();
    let manifest = Manifest::of(Kind::Answer, &of.slide, &of.record_sha256, of.pictures.clone());
    let json = serde_json::to_vec(&sent)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("the reading cannot be written: {e}")))?;
    pack(manifest, &[(READING.to_owned(), json)])
}

/// An expert's reading that came back.
#[derive(Debug)]
pub struct Answer {
    manifest: Manifest,
    reading: SentReading,
}

impl Answer {
    /// Opens an answer.
    ///
    /// # Errors
    /// As [`Case::open`]; [`ErrorKind::Usage`] for a case that is no answer.
    pub fn open(path: &Path, key: Option<&SecretKey>) -> Result<Self> {
        let (manifest, entries) = unpacked(path, Kind::Answer, key)?;
        let json = entries.get(READING).ok_or_else(|| changed(READING).with_path(path))?;
        let reading: SentReading =
            serde_json::from_slice(json).map_err(|_| changed(READING).with_path(path))?;
        reading.check().map_err(|e| e.with_path(path))?;
        Ok(Self { manifest, reading })
    }

    /// Who read.
    pub fn reader(&self) -> &str {
        &self.reading.reader
    }

    /// Number or name of the slide that it is about.
    pub fn slide(&self) -> &str {
        &self.manifest.slide
    }

    /// The same as the reading of somebody of another name, where two readers have the same.
    #[must_use]
    pub fn named(mut self, reader: &str) -> Self {
        reader.trim().clone_into(&mut self.reading.reader);
        self
    }

    /// Whether the record that the expert read is the one that is here.
    pub fn is_of(&self, record_sha256: &str) -> bool {
        self.manifest.record_sha256 == record_sha256
    }

    /// Adds the reading to those of a slide, as another reader's; `folder` holds the decisions about it, and has no file of
    /// them where nothing is added to it.
    ///
    /// It belongs to the slide that shows the same pictures, whatever the slide is called here. Where it is of the very record
    /// that is here, what was signed must be what its decisions give here; a slide that was analysed again since keeps it as
    /// signed on the earlier analysis.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for the answer to another slide, or one that another program would have signed otherwise; what
    /// [`Store::take`] refuses.
    pub fn take_in(
        &self,
        record: &SlideRecord,
        record_sha256: &str,
        folder: &Path,
    ) -> Result<(Taken, Store)> {
        let here: BTreeSet<FieldKey> = record.fields.iter().map(FieldKey::from).collect();
        let sent = &self.manifest.pictures;
        if sent.is_empty() || !sent.iter().all(|key| here.contains(key)) {
            return Err(Error::new(
                ErrorKind::Usage,
                format!(
                    "this answer is about another slide ({}): its pictures are not those of this one",
                    self.manifest.slide
                ),
            )
            .with_key("error-case-other-slide")
            .with_arg("slide", &self.manifest.slide));
        }
        if self.is_of(record_sha256) {
            self.check_results(record)?;
        }
        let mut store = Store::open(folder)?;
        let taken = store.take(&record.slide.id, &self.reading)?;
        Ok((taken, store))
    }

    /// Refuses a result that the decisions do not give.
    fn check_results(&self, record: &SlideRecord) -> Result<()> {
        let entries: Vec<Entry> = self
            .reading
            .decisions
            .iter()
            .map(|one| Entry {
                seq: one.seq,
                batch: one.batch,
                version: one.version,
                at: one.at.clone(),
                decision: one.decision.clone(),
            })
            .collect();
        for signature in &self.reading.signatures {
            let upto = entries.partition_point(|entry| entry.seq <= signature.upto);
            let slide = ReadSlide::replay(record, entries.get(..upto).unwrap_or_default());
            let counts = ReadCounts::of(record, &slide);
            let progress = Progress::of(record, &slide, &counts);
            let given = Signed { result: grade_reading(record, &slide, &counts)?, progress };
            let said = Signed::of(&Signature {
                version: signature.version,
                at: signature.at.clone(),
                upto: signature.upto,
                record_sha256: signature.record_sha256.clone(),
                result: signature.result.clone(),
            })?;
            if said != given {
                return Err(Error::new(
                    ErrorKind::Usage,
                    format!(
                        "what was signed is not what its decisions give here; it was read with version {} of hemozoin: use the same",
                        self.manifest.version
                    ),
                )
                .with_key("error-case-other-result")
                .with_arg("version", &self.manifest.version));
            }
        }
        Ok(())
    }
}
