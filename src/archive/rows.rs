//! One slide and one field as flat rows: what tables, plots and summaries are made of.

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::journal::SlideReading;
use crate::record::{Fault, SlideRecord};
use crate::standard::{Outcome, Presence, State};

/// Order in which a person looks at slides: what is severe first, read or not; then parasites, then suspects, then what
/// must be done again, then films without a suspect. A reading order, not a clinical verdict (INV-10).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Urgency {
    /// Opens with an alert (MCH-7); by density among themselves, as the next two.
    Severe,
    /// Parasites that a reader has confirmed.
    Parasites,
    /// More suspects than this laboratory's false ones (MCH-2).
    Likely,
    /// A person must judge suspects, or candidates in rejected fields.
    Review,
    /// Nothing could be read.
    Unread,
    /// Not enough was examined.
    Incomplete,
    /// Nothing was marked, and no reader has looked at the fields yet (MCH-3).
    NoSuspect,
    /// Nothing seen by a reader, examined in full.
    Clear,
}

impl Urgency {
    /// Every urgency, the first first.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Of a result.
    fn of(outcome: &Outcome) -> Self {
        if outcome.urgent {
            return Self::Severe;
        }
        if outcome.presence == Presence::Positive {
            return Self::Parasites;
        }
        match outcome.state {
            State::ParasitesLikely => Self::Likely,
            State::SuspectsToReview | State::ReviewIncomplete | State::ReviewRequired => Self::Review,
            // A thin film without a red cell is as good as not read.
            State::NotReadable | State::NotCalculable => Self::Unread,
            State::NoSuspectFound => Self::NoSuspect,
            State::NoParasitesSeen => Self::Clear,
            State::InsufficientFields
            | State::NoParasiteInExaminedRbc
            | State::Positive
            | State::ProvisionalCount
            | State::GametocytesOnly
            | State::ShortCount
            | State::TooFewRbc => Self::Incomplete,
        }
    }

    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// 0 comes first.
    pub fn rank(self) -> i64 {
        self as i64
    }
}

/// How far readers are with a slide; every slide has one of these.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr, strum::VariantArray,
)]
pub enum ReadBy {
    /// No reader has signed it.
    #[strum(serialize = "unread")]
    Nobody,
    /// A reader has signed it, and has not judged every suspect (MCH-5).
    #[strum(serialize = "in_part")]
    InPart,
    /// A reader has read it and signed.
    #[strum(serialize = "signed")]
    Signed,
    /// There is nothing to read: no picture of it could be.
    #[strum(serialize = "failed")]
    Failed,
}

impl ReadBy {
    /// All of them.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// One slide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlideRow {
    /// Slide id.
    pub id: String,
    /// Who, when, where.
    pub case: Case,
    /// File name of the record below `records/`; `None` where there is none.
    pub record: Option<String>,
    /// SHA-256 of that file.
    pub record_sha256: Option<String>,
    /// Why nothing could be read at all.
    pub fault: Option<Fault>,
    /// The patient's result.
    pub outcome: Option<Outcome>,
    /// State of the thick film.
    pub thick: Option<State>,
    /// State of the thin film.
    pub thin: Option<State>,
    /// Files of the slide.
    pub files: u64,
    /// Files, or rests of files, that could not be read.
    pub files_unread: u64,
    /// Readable fields.
    pub fields: u64,
    /// Fields that were counted.
    pub fields_counted: u64,
    /// Reading order.
    pub urgency: Urgency,
    /// Who has signed the result; `None` where it is the machine's.
    #[serde(default)]
    pub reader: Option<String>,
    /// When it was signed (ISO 8601).
    #[serde(default)]
    pub signed_at: Option<String>,
}

impl SlideRow {
    /// From a record.
    pub(super) fn of(record: &SlideRecord, case: Case, files: u64, file: String, sha256: String) -> Self {
        let patient = record.result.patient.clone();
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        Self {
            id: record.slide.id.clone(),
            case,
            record: Some(file),
            record_sha256: Some(sha256),
            fault: None,
            thick: record.result.thick.as_ref().map(|o| o.state),
            thin: record.result.thin.as_ref().map(|o| o.state),
            files,
            files_unread: count(record.unread.len()),
            fields: count(record.fields.len()),
            fields_counted: count(record.fields.iter().filter(|f| f.counted).count()),
            urgency: Urgency::of(&patient),
            outcome: Some(patient),
            reader: None,
            signed_at: None,
        }
    }

    /// Puts a reader's result in place of the machine's.
    pub(super) fn take_reading(&mut self, reading: &SlideReading) {
        let SlideReading { result, reader, signed_at } = reading;
        self.urgency = Urgency::of(&result.patient);
        self.thick = result.thick.as_ref().map(|o| o.state);
        self.thin = result.thin.as_ref().map(|o| o.state);
        self.outcome = Some(result.patient.clone());
        (self.reader, self.signed_at) = (Some(reader.clone()), Some(signed_at.clone()));
    }

    /// The result where a field was counted: none seen where nothing was looked at is no finding.
    pub fn counts(&self) -> Option<&Outcome> {
        self.outcome.as_ref().filter(|_| self.fields_counted > 0)
    }

    /// Of a slide that nothing could be read of.
    pub(super) fn failed(id: String, case: Case, files: u64, fault: Fault) -> Self {
        Self {
            id,
            case,
            record: None,
            record_sha256: None,
            fault: Some(fault),
            outcome: None,
            thick: None,
            thin: None,
            files,
            files_unread: files,
            fields: 0,
            fields_counted: 0,
            urgency: Urgency::Unread,
            reader: None,
            signed_at: None,
        }
    }

    /// Whether a reader has confirmed parasites.
    pub fn is_positive(&self) -> bool {
        self.outcome.as_ref().is_some_and(|o| o.presence == Presence::Positive)
    }

    /// Whether nothing of it could be read: no file, or no field of any file.
    pub fn is_unread(&self) -> bool {
        self.fault.is_some() || self.fields == 0
    }

    /// Whether suspects wait for a reader.
    pub fn has_suspects(&self) -> bool {
        self.outcome
            .as_ref()
            .is_some_and(|o| o.suspects.is_some_and(|s| s.left() > 0) && !o.reading.is_read())
    }

    /// How far readers are with it.
    pub fn read_by(&self) -> ReadBy {
        match (self.is_unread(), &self.reader) {
            (true, _) => ReadBy::Failed,
            (false, None) => ReadBy::Nobody,
            (false, Some(_)) if self.is_read() => ReadBy::Signed,
            (false, Some(_)) => ReadBy::InPart,
        }
    }

    /// Whether the count is a reader's (MCH-9).
    pub fn is_read(&self) -> bool {
        self.outcome.as_ref().is_some_and(|o| o.reading.is_read())
    }

    /// Parasites per µL before rounding, for the order of the list alone: a reader's, else what the suspects would give.
    pub fn density_for_order(&self) -> Option<f64> {
        let outcome = self.outcome.as_ref()?;
        let estimate = outcome.if_confirmed.as_ref().and_then(|e| e.density_raw);
        outcome.density_raw.or(estimate).filter(|d| d.is_finite())
    }

    /// Parasites per µL before rounding, as a reader counted them; also where a report withholds it.
    pub fn density(&self) -> Option<f64> {
        self.outcome.as_ref().and_then(|o| o.density_raw).filter(|d| d.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::{
        Context, Films, Floor, FloorBasis, FloorUnit, Graded, Judged, Profile, WbcUsed, grade_fields,
        parse_fields,
    };

    fn urgency(fields: &str, read: bool) -> Urgency {
        let profile = Profile::standard().expect("built in");
        let fields = parse_fields(fields).expect("blocks");
        let film = grade_fields(&fields, WbcUsed::assumed(&profile), &profile);
        let floor = Floor::from_rates(FloorUnit::WhiteCell, FloorBasis::Site, 0.005, 0.002, 50, 50_000);
        let context = Context { thick_floor: floor.ok(), ..Context::default() };
        let graded = match read {
            true => Graded::of(&Films::Thick(film), &context, &profile),
            false => {
                Graded::of_judged(Some(&Judged::machine(film)), None, &context, &profile).expect("a film")
            }
        };
        Urgency::of(&graded.patient)
    }

    #[test]
    fn the_severe_come_first_read_or_not() {
        use Urgency::{Clear, Incomplete, Likely, NoSuspect, Parasites, Review, Severe, Unread};
        let severe = "20x1000:16";
        let order = ["60x1:16 40x0:16", "8x1:16 92x0:16", "5x!0:16", "50x0:16", "100x0:16"];
        assert_eq!([severe, order[0], order[4]].map(|f| urgency(f, true)), [Severe, Parasites, Clear]);
        assert_eq!(urgency(severe, false), Severe);
        assert_eq!(order.map(|f| urgency(f, false)), [Likely, Review, Unread, Incomplete, NoSuspect]);
        // The same where the count is not finished, and where candidates stand in rejected fields alone.
        assert_eq!(["1x1:16 10x0:16", "100x0:16 1x!1:16"].map(|f| urgency(f, false)), [Review, Review]);
        assert!(Urgency::ALL.iter().map(|u| u.rank()).is_sorted());
    }
}
