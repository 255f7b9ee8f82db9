//! What the signed readings of a slide give together (section 10.2 of the standard).

use super::signed::Signed;
use super::store::Reading;
use crate::record::SlideRecord;
use crate::standard::{Conclusion, Reading as Read, conclude};

/// The signed readings of a slide, and what the rules for two and three readers make of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// Who signed which density per µL, in the order in which they signed first; 0 where no parasite was seen.
    pub read: Vec<(String, u64)>,
    /// Of the first two, or three; `None` for fewer, or where the rules of the record are not known to this program.
    pub conclusion: Option<Conclusion>,
}

impl Together {
    /// Of these readings, in whichever order they were begun here or came from elsewhere.
    pub fn of<'a>(record: &SlideRecord, readings: impl IntoIterator<Item = &'a Reading>) -> Self {
        let mut signed: Vec<(&Reading, u64)> =
            readings.into_iter().filter_map(|reading| Some((reading, density_of(reading)?))).collect();
        signed.sort_by(|(a, _), (b, _)| (first_signed(a), &a.reader).cmp(&(first_signed(b), &b.reader)));
        let read = |at: usize| signed.get(at).map(|(_, density)| Read::new(*density));
        let rules = || Some(record.settings.rules().to_profile().ok()?.values().readers.clone());
        let conclusion = match (read(0), read(1)) {
            (Some(first), Some(second)) => {
                rules().map(|rules| conclude(&first, &second, read(2).as_ref(), &rules))
            }
            _ => None,
        };
        let read = signed.iter().map(|(reading, density)| (reading.reader.clone(), *density)).collect();
        Self { read, conclusion }
    }
}

fn first_signed(reading: &Reading) -> Option<&str> {
    reading.signatures.first().map(|signature| signature.at.as_str())
}

/// The density that a reader signed; 0 where no parasite was seen, `None` where none could be formed.
fn density_of(reading: &Reading) -> Option<u64> {
    let patient = Signed::of(reading.signed()?).ok()?.result.result.patient;
    patient.density_per_ul.or((patient.parasites == Some(0)).then_some(0))
}
