//! What to do next: one entry for each thing that a person can do about a result.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::counts::Basis;
use super::flag::Flag;
use super::judged::AlertCode;
use super::outcome::{Outcome, Scope, State};
use super::patient::Presence;
use super::profile::Profile;
use super::severity::SeverityBasis;
use crate::OtherCode;

/// One thing to do, with its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr)]
#[serde(tag = "code", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
pub enum Advice {
    /// The count lies in the severe range: tell the clinician now.
    TellClinicianNow,
    /// A machine count would be in the severe range if confirmed: read the film now (MCH-7).
    ReadNow,
    /// Candidates in rejected fields must be judged by a person (DET-12).
    ReadByPerson,
    /// Judge the suspects: which of them are parasites (MCH-1).
    JudgeSuspects {
        /// Suspects that nobody has judged.
        suspects: u64,
    },
    /// Look at the fields themselves: without a reader's eye on them nothing is said of a film without suspects (MCH-3).
    LookAtFields,
    /// Examine more thick-film fields and white cells before anything is concluded (DET-1, DET-11).
    ExamineMore {
        /// Fields still missing.
        fields: u64,
        /// White cells still missing.
        wbc: u64,
    },
    /// Count more white cells, with the parasites of the same fields (THK-1, THK-3).
    CountMoreWbc {
        /// White cells still missing.
        wbc: u64,
        /// Fields that takes at this film's mean, where known.
        fields: Option<u64>,
    },
    /// Count more fields (profiles that count a fixed number, FR-4).
    CountMoreFields {
        /// Fields still missing.
        fields: u64,
    },
    /// Count more red cells (THN-1, THN-8, US-1).
    CountMoreRbc {
        /// Red cells still missing.
        rbc: u64,
    },
    /// Count the white cells of the same fields: without them there is no density (THK-7).
    CountWbc,
    /// Count the red cells of the same fields: without them there is no percentage (INV-7).
    CountRbc,
    /// Give the number of fields examined (DET-1).
    GiveFields,
    /// Make and read the film again.
    RepeatFilm,
    /// Read the thin film: it gives the better count here (THN-5, THN-6, THN-9).
    ReadThinFilm,
    /// Read the thick film: a thin film alone does not rule malaria out (DET-3).
    ReadThickFilm,
    /// Repeat the films at 12 to 24 h if malaria stays suspected (DET-9).
    RepeatIfSuspected {
        /// Films in all.
        films: u64,
    },
    /// Look for a second species (DET-2).
    SearchSecondSpecies {
        /// Further fields.
        fields: u64,
    },
    /// Measure the patient's white cells: few were met per field (DET-10, THK-6).
    MeasureWbc,
    /// Measure the patient's red cells or read the thin film: with an assumed count the percentage is only a
    /// guess (SEV-1).
    MeasureRbc,
    /// Something that a newer program advises; this one never does.
    #[serde(untagged)]
    #[schemars(skip)]
    Other {
        /// What it is called there.
        code: OtherCode,
    },
}

impl Advice {
    /// Stable code, as in records and catalogue keys.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// One of each, for tests of the words.
    pub fn examples() -> [Self; 19] {
        [
            Self::TellClinicianNow,
            Self::ReadNow,
            Self::ReadByPerson,
            Self::JudgeSuspects { suspects: 2 },
            Self::LookAtFields,
            Self::ExamineMore { fields: 1, wbc: 1 },
            Self::CountMoreWbc { wbc: 1, fields: Some(1) },
            Self::CountMoreFields { fields: 1 },
            Self::CountMoreRbc { rbc: 1 },
            Self::CountWbc,
            Self::CountRbc,
            Self::GiveFields,
            Self::RepeatFilm,
            Self::ReadThinFilm,
            Self::ReadThickFilm,
            Self::RepeatIfSuspected { films: 3 },
            Self::SearchSecondSpecies { fields: 100 },
            Self::MeasureWbc,
            Self::MeasureRbc,
        ]
    }
}

/// White cells that a count begun on parasites still needs (THK-3).
fn more_wbc(outcome: &Outcome) -> Option<Advice> {
    let counted = outcome.suspects.is_none_or(|s| s.total() > 0);
    let wbc = outcome.need_wbc.filter(|wbc| *wbc > 0 && counted && outcome.need_fields.is_none())?;
    Some(Advice::CountMoreWbc { wbc, fields: outcome.need_fields_estimate })
}

/// What to do about `outcome`, the most pressing first.
pub(super) fn advise(outcome: &Outcome, profile: &Profile) -> Vec<Advice> {
    let quality = &profile.values().quality;
    let has = |flag: Flag| outcome.flags.contains(&flag);
    let alerted = |code: AlertCode| outcome.alerts.iter().any(|alert| alert.code == code);
    let thin = outcome.rbc_counted.is_some();
    let (fields, wbc) = (outcome.need_fields.unwrap_or(0), outcome.need_wbc.unwrap_or(0));
    let search = (fields > 0 || wbc > 0).then_some(Advice::ExamineMore { fields, wbc });
    let more_rbc = outcome.need_rbc.filter(|n| *n > 0).map(|rbc| Advice::CountMoreRbc { rbc });
    let mut list: Vec<Option<Advice>> = vec![
        alerted(AlertCode::Severe).then_some(Advice::TellClinicianNow),
        alerted(AlertCode::UrgentReview).then_some(Advice::ReadNow),
        (outcome.state == State::ReviewRequired).then_some(Advice::ReadByPerson),
    ];
    match outcome.state {
        State::SuspectsToReview | State::ParasitesLikely | State::ReviewIncomplete => {
            let left = outcome.suspects.map_or(0, |s| s.left());
            list.push(Some(match left {
                0 => Advice::LookAtFields,
                suspects => Advice::JudgeSuspects { suspects },
            }));
            list.push(more_wbc(outcome).or(search).or(more_rbc));
        }
        State::NoSuspectFound => {
            list.push(Some(Advice::LookAtFields));
            list.extend([thin.then_some(Advice::ReadThickFilm), more_rbc]);
        }
        State::InsufficientFields | State::GametocytesOnly => list.extend([search, more_rbc]),
        State::ReviewRequired => {
            // A thin film under review rules malaria out as little as one without a candidate (DET-3).
            list.extend([thin.then_some(Advice::ReadThickFilm), search, more_rbc]);
        }
        State::ProvisionalCount if wbc > 0 => list.push(more_wbc(outcome)),
        State::ProvisionalCount => list.push((fields > 0).then_some(Advice::CountMoreFields { fields })),
        State::ShortCount | State::TooFewRbc => list.push(more_rbc),
        // Where nothing was found and nothing could be counted, another film is needed.
        State::NotCalculable if outcome.presence != Presence::Positive => {
            list.extend([Some(Advice::RepeatFilm), thin.then_some(Advice::ReadThickFilm)]);
        }
        State::NotCalculable => list.push(Some(if thin { Advice::CountRbc } else { Advice::CountWbc })),
        State::NotReadable => list.push(Some(Advice::RepeatFilm)),
        State::NoParasiteInExaminedRbc => {
            // For a patient whose thick film was not readable the advice is the same: a thick film decides.
            list.extend([Some(Advice::ReadThickFilm), more_rbc]);
        }
        State::NoParasitesSeen => {
            list.push(Some(Advice::RepeatIfSuspected { films: u64::from(quality.repeat_films) }));
        }
        State::Positive => {}
    }
    let would_be = outcome
        .severity
        .as_ref()
        .is_some_and(|s| s.basis == SeverityBasis::ThickAssumedRbc && s.limits.iter().any(|l| l.crossed));
    let asexual = matches!(outcome.state, State::Positive | State::ProvisionalCount | State::ShortCount);
    list.extend([
        has(Flag::FieldsUnknown).then_some(Advice::GiveFields),
        (has(Flag::RecommendThin) && !thin && outcome.film != Scope::Thin).then_some(Advice::ReadThinFilm),
        would_be.then_some(Advice::MeasureRbc),
        (has(Flag::LowWbcPerField) && outcome.wbc_basis == Some(Basis::Default))
            .then_some(Advice::MeasureWbc),
        (asexual
            && outcome.presence == Presence::Positive
            && !thin
            && quality.mixed_infection_extra_fields > 0)
            .then_some(Advice::SearchSecondSpecies {
                fields: u64::from(quality.mixed_infection_extra_fields),
            }),
    ]);
    list.into_iter().flatten().collect()
}
