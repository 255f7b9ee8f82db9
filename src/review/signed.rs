//! What stands under a signature, which signed reading speaks for a slide, and the slide as it was read.

use serde::{Deserialize, Serialize};

use super::counts::ReadCounts;
use super::grade::ReadResult;
use super::marks::{Mark, ReadField};
use super::replay::ReadSlide;
use super::store::{Reading, Signature, Store};
use super::summary::Progress;
use crate::measure::Probability;
use crate::record::{DetectionRecord, FilmTally, SlideRecord, Tallies};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// What a reader signs: the one form in which it is kept and read again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signed {
    /// What the standard made of the reading.
    pub result: ReadResult,
    /// How far it was.
    pub progress: Progress,
}

impl Signed {
    /// As it is kept.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] where it cannot be written as JSON.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string(self)
            .map_err(|e| Error::new(ErrorKind::Internal, format!("cannot write what is signed: {e}")))
    }

    /// What stood under a signature.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] for what no program of this version has written.
    pub fn of(signature: &Signature) -> Result<Self> {
        serde_json::from_str(&signature.result).map_err(|e| {
            Error::new(
                ErrorKind::Unreadable,
                format!("the readers' decisions are damaged; take a sound copy ({e})"),
            )
            .with_key("error-review-damaged")
            .with_arg("reason", e)
        })
    }
}

/// The signed reading that speaks for a slide: that of `reader`, or the only one where nobody is named; `None` where
/// nobody has signed.
///
/// # Errors
/// [`ErrorKind::Usage`] where nobody is named and several have signed, or where who is named has not; both name those who
/// have.
pub fn signed_reading<'a>(
    readings: &'a [Reading],
    reader: Option<&str>,
) -> Result<Option<(&'a Reading, &'a Signature)>> {
    let signed: Vec<(&Reading, &Signature)> =
        readings.iter().filter_map(|reading| Some((reading, reading.signed()?))).collect();
    let names = || signed.iter().map(|(reading, _)| reading.reader.as_str()).collect::<Vec<_>>().join(", ");
    let refused = |key: &'static str, what: &str| {
        Error::new(ErrorKind::Usage, format!("{what} ({})", names()))
            .with_key(key)
            .with_arg("readers", names())
    };
    match (reader, signed.as_slice()) {
        (Some(name), _) => {
            let own = signed.iter().find(|(reading, _)| reading.reader == name).copied();
            own.map(Some).ok_or_else(|| {
                refused("error-report-no-reader", "this reader has not signed this slide")
                    .with_arg("reader", name)
            })
        }
        (None, []) => Ok(None),
        (None, [only]) => Ok(Some(*only)),
        (None, _) => Err(refused("error-report-readers", "several readers have signed this slide")),
    }
}

/// The reading that was signed last: it speaks for a slide where no reader is named.
pub fn signed_last(readings: &[Reading]) -> Option<(&Reading, &Signature)> {
    let signed = readings.iter().filter_map(|reading| Some((reading, reading.signed()?)));
    signed.max_by(|(a, x), (b, y)| x.at.cmp(&y.at).then(a.id.cmp(&b.id)))
}

/// The slide as it was read when it was signed: what was decided after that is of a later version.
///
/// # Errors
/// As [`Store::entries`].
pub fn read_to_signature(
    record: &SlideRecord,
    reading: &Reading,
    signature: &Signature,
    store: &Store,
) -> Result<ReadSlide> {
    let mut entries = store.entries(reading.id, 0)?;
    entries.retain(|entry| entry.seq <= signature.upto);
    Ok(ReadSlide::replay(record, &entries))
}

/// The record as a reader signed it: the signed result instead of the machine's, the counts that it rests on, and the
/// marks that count, with nothing that was rejected, left open or doubtful.
///
/// # Errors
/// [`ErrorKind::Usage`] where what was signed is another record, by the digest of its file; else as [`Store::entries`].
pub fn as_signed(
    record: &SlideRecord,
    record_sha256: &str,
    reading: &Reading,
    signature: &Signature,
    store: &Store,
) -> Result<SlideRecord> {
    if signature.record_sha256 != record_sha256 {
        return Err(Error::new(ErrorKind::Usage, "this reading was signed on another result of the slide")
            .with_key("error-report-other-record")
            .with_arg("reader", &reading.reader));
    }
    let slide = read_to_signature(record, reading, signature, store)?;
    let counts = ReadCounts::of(record, &slide);
    let mut read = record.clone();
    read.result = Signed::of(signature)?.result.result;
    for (at, (field, seen)) in read.fields.iter_mut().zip(&slide.fields).enumerate() {
        field.counted = seen.counts();
        field.tally = counts.of_field(at, field.counted).unwrap_or(field.tally);
        field.detections = marks(seen);
        field.near_misses = Vec::new();
    }
    let fields = &read.fields;
    let of = |film: Film| fields.iter().any(|field| field.film == film).then(|| FilmTally::of(film, fields));
    read.tally = Tallies { thick: of(Film::Thick), thin: of(Film::Thin) };
    Ok(read)
}

/// The marks of a field that count; those of the reader's own hand are certain.
fn marks(field: &ReadField) -> Vec<DetectionRecord> {
    let of = |mark: &Mark| {
        let (class, stage) = mark.counts_as()?;
        Some(DetectionRecord {
            class,
            stage,
            score: mark.score.and_then(Probability::new).or_else(|| Probability::new(1.0))?,
            x: mark.at.x,
            y: mark.at.y,
            width: mark.at.width,
            height: mark.at.height,
            infected: None,
            parasites_inside: None,
            cut: mark.cut,
        })
    };
    field.marks.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(reader: &str, signed: bool) -> Reading {
        let signature = Signature {
            version: 1,
            at: "2026-11-29T15:59:10Z".to_owned(),
            upto: 0,
            record_sha256: String::new(),
            result: "{}".to_owned(),
        };
        Reading {
            id: 1,
            slide: "S".to_owned(),
            reader: reader.to_owned(),
            blind: false,
            begun_at: String::new(),
            version: 1,
            correction: None,
            signatures: if signed { vec![signature] } else { Vec::new() },
        }
    }

    #[test]
    fn who_has_not_signed_is_not_named_among_those_who_have() {
        let readings = [reading("Awa", true), reading("Moussa", false), reading("Issa", true)];
        let several = signed_reading(&readings, None).expect_err("two have signed");
        assert_eq!(several.key(), Some("error-report-readers"));
        assert!(several.message().ends_with("(Awa, Issa)"), "{several}");
        let not_yet = signed_reading(&readings, Some("Moussa")).expect_err("not signed");
        assert_eq!(not_yet.key(), Some("error-report-no-reader"));
        let own = signed_reading(&readings, Some("Issa")).expect("signed").expect("a reading");
        assert_eq!((own.0.reader.as_str(), own.1.at.as_str()), ("Issa", "2026-11-29T15:59:10Z"));
        let mut later = [reading("Awa", true), reading("Issa", true), reading("Moussa", false)];
        later[0].signatures[0].at = "2026-11-30T07:00:00Z".to_owned();
        assert_eq!(signed_last(&later).expect("signed").0.reader, "Awa");
        assert!(signed_last(&later[2..]).is_none());
        let one = signed_reading(&readings[..2], None).expect("one").expect("a reading");
        assert_eq!(one.0.reader, "Awa");
        assert!(signed_reading(&readings[1..2], None).expect("none").is_none());
        assert!(Signed::of(one.1).is_err());
    }
}
