//! The keys of a flat result.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::estimate::Estimate;
use super::state::{Scope, State};
use crate::advice::Advice;
use crate::counts::Basis;
use crate::flag::Flag;
use crate::floor::FloorCheck;
use crate::interval::IntervalMethod;
use crate::judged::{Alert, ReadingStatus, Suspects};
use crate::patient::Presence;
use crate::profile::ProfileId;
use crate::scales::{OnScale, PlusGrade, TrapeClass};
use crate::severity::SeverityReport;
use crate::thick::StopReason;
use crate::thin::ReportedPercent;
use crate::{Film, Species};

/// Result of one film, or of one patient, with everything that INV-9 asks for. A value that does not apply is
/// `None`, never 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// What it speaks of.
    pub film: Scope,
    /// State of the count.
    pub state: State,
    /// How far a reader has judged what was marked (section 9.1): presence, density and percentage are a reader's alone.
    #[serde(default)]
    pub reading: ReadingStatus,
    /// Whether parasites are there.
    pub presence: Presence,
    /// What the result opens with (MCH-7), the most pressing first.
    #[serde(default)]
    pub alerts: Vec<Alert>,
    /// What was marked over all valid fields, and what became of it; `None` for a person's own count.
    #[serde(default)]
    pub suspects: Option<Suspects>,
    /// What the count would be if every suspect that nobody has rejected were a parasite (MCH-1); `None` for a read
    /// count.
    #[serde(default)]
    pub if_confirmed: Option<Box<Estimate>>,
    /// Judged in part: the density of what was confirmed alone, per µL; the true one is at least that (MCH-5).
    #[serde(default)]
    pub at_least_per_ul: Option<u64>,
    /// For a patient: the film whose count stands here (section 7).
    #[serde(default)]
    pub reported_from: Option<Film>,

    /// Thick: asexual parasites of the count (P). Thin: parasites inside the infected cells, where counted.
    #[serde(default)]
    pub parasites: Option<u64>,
    /// White cells of the count (W).
    #[serde(default)]
    pub wbc_counted: Option<u64>,
    /// Infected red cells (I).
    #[serde(default)]
    pub infected_rbc: Option<u64>,
    /// Red cells counted (R).
    #[serde(default)]
    pub rbc_counted: Option<u64>,
    /// Density per µL as reported: whole, at least 1 on a positive film (THK-10). `None` where none is reported.
    #[serde(default)]
    pub density_per_ul: Option<u64>,
    /// Density per µL, unrounded; also where it is withheld from a report.
    #[serde(default)]
    pub density_raw: Option<f64>,
    /// Per cent of red cells infected, as reported.
    #[serde(default)]
    pub parasitaemia_percent: Option<f64>,
    /// Per cent of red cells infected, unrounded; also where it is withheld from a report.
    #[serde(default)]
    pub parasitaemia_percent_raw: Option<f64>,
    /// Decimals with which `parasitaemia_percent` is shown.
    #[serde(default)]
    pub parasitaemia_decimals: Option<u8>,
    /// Lower limit. Thick: parasites per µL. Thin: per cent of red cells.
    #[serde(default)]
    pub ci_low: Option<f64>,
    /// Upper limit, in the unit of `ci_low`.
    #[serde(default)]
    pub ci_high: Option<f64>,
    /// Lower limit per µL, for either film.
    #[serde(default)]
    pub ci_low_per_ul: Option<f64>,
    /// Upper limit per µL, for either film.
    #[serde(default)]
    pub ci_high_per_ul: Option<f64>,
    /// Confidence level of the interval.
    #[serde(default)]
    pub ci_level: Option<f64>,
    /// How the interval was made. It covers counting error only (section 15).
    #[serde(default)]
    pub ci_method: Option<IntervalMethod>,

    /// White cells per µL used (C).
    #[serde(default)]
    pub wbc_per_ul: Option<f64>,
    /// Where C came from.
    #[serde(default)]
    pub wbc_basis: Option<Basis>,
    /// Red cells per µL used (B).
    #[serde(default)]
    pub rbc_per_ul: Option<f64>,
    /// Where B came from.
    #[serde(default)]
    pub rbc_basis: Option<Basis>,
    /// Fields supplied, rejected ones included.
    #[serde(default)]
    pub fields_supplied: Option<u64>,
    /// Valid fields examined (n).
    #[serde(default)]
    pub fields_valid: Option<u64>,
    /// Valid fields that entered the count.
    #[serde(default)]
    pub fields_counted: Option<u64>,
    /// Why the count ended.
    #[serde(default)]
    pub count_reason: Option<StopReason>,
    /// Blood examined (V), µL.
    #[serde(default)]
    pub volume_ul: Option<f64>,
    /// Density that would have been met with 95 % probability in that blood, per µL (STA-4).
    #[serde(default)]
    pub detection_limit_95_per_ul: Option<f64>,

    /// More valid fields needed.
    #[serde(default)]
    pub need_fields: Option<u64>,
    /// More white cells needed.
    #[serde(default)]
    pub need_wbc: Option<u64>,
    /// More red cells needed.
    #[serde(default)]
    pub need_rbc: Option<u64>,
    /// Fields that the missing white cells would take at this film's mean.
    #[serde(default)]
    pub need_fields_estimate: Option<u64>,

    /// Gametocytes over all valid fields, or red cells that hold one (thin). For a patient those of the film
    /// reported from; where that shows none, those of the other film (THK-8). Never the sum of both.
    #[serde(default)]
    pub gametocytes: Option<u64>,
    /// The film that `gametocytes` were counted on.
    #[serde(default)]
    pub gametocytes_on: Option<Film>,
    /// Gametocytes per µL (thick), whole.
    #[serde(default)]
    pub gametocyte_density_per_ul: Option<u64>,
    /// Candidates of any stage in rejected fields, counted nowhere (DET-12); for a patient those of all films.
    #[serde(default)]
    pub rejected_candidates: Option<u64>,
    /// Asexual parasites over all valid fields.
    #[serde(default)]
    pub all_parasites: Option<u64>,
    /// White cells over all valid fields.
    #[serde(default)]
    pub all_wbc: Option<u64>,
    /// Density over all valid fields, unrounded: information, never the reported value (STA-6).
    #[serde(default)]
    pub all_density_raw: Option<f64>,
    /// Each species over the same denominator (INV-13).
    #[serde(default)]
    pub species: Vec<SpeciesOutcome>,

    /// Species named, on the film that decides (DET-3).
    #[serde(default)]
    pub species_seen: BTreeSet<Species>,
    /// Plus grade, where the profile asks for it; never alone (section 8.1, INV-11).
    #[serde(default)]
    pub plus_grade: Option<OnScale<PlusGrade>>,
    /// Trape class, where the profile asks for it (section 8.2).
    #[serde(default)]
    pub trape_class: Option<OnScale<TrapeClass>>,
    /// The suspects held against the false ones measured at this site (MCH-2); `None` without such a measurement, and
    /// for a read count.
    #[serde(default)]
    pub floor: Option<FloorCheck>,
    /// Parasite conditions of severity criteria; never a verdict (INV-10).
    #[serde(default)]
    pub severity: Option<SeverityReport>,
    /// Whether it opens with an alert: tell the clinician, or read the film, now.
    #[serde(default)]
    pub urgent: bool,

    /// Remarks.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// What to do next, the most pressing first.
    #[serde(default)]
    pub advice: Vec<Advice>,
    /// The rules used.
    pub profile: ProfileId,
}

/// Density of one species.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SpeciesOutcome {
    /// Which.
    pub species: Species,
    /// Asexual parasites of the count.
    #[serde(default)]
    pub parasites: Option<u64>,
    /// Density per µL as reported.
    #[serde(default)]
    pub density_per_ul: Option<u64>,
    /// Density per µL, unrounded.
    #[serde(default)]
    pub density_raw: Option<f64>,
    /// Lower limit per µL.
    #[serde(default)]
    pub ci_low: Option<f64>,
    /// Upper limit per µL.
    #[serde(default)]
    pub ci_high: Option<f64>,
    /// Density over all valid fields, unrounded.
    #[serde(default)]
    pub all_density_raw: Option<f64>,
}

impl Outcome {
    /// Per cent of red cells infected, with its decimals.
    pub fn parasitaemia_shown(&self) -> Option<ReportedPercent> {
        let (value, decimals) = (self.parasitaemia_percent?, self.parasitaemia_decimals?);
        Some(ReportedPercent { value, decimals })
    }

    /// An outcome without a value in it.
    pub(super) fn blank(film: Scope, state: State, presence: Presence, profile: ProfileId) -> Self {
        Self {
            film,
            state,
            reading: ReadingStatus::Read,
            presence,
            alerts: Vec::new(),
            suspects: None,
            if_confirmed: None,
            at_least_per_ul: None,
            reported_from: None,
            parasites: None,
            wbc_counted: None,
            infected_rbc: None,
            rbc_counted: None,
            density_per_ul: None,
            density_raw: None,
            parasitaemia_percent: None,
            parasitaemia_percent_raw: None,
            parasitaemia_decimals: None,
            ci_low: None,
            ci_high: None,
            ci_low_per_ul: None,
            ci_high_per_ul: None,
            ci_level: None,
            ci_method: None,
            wbc_per_ul: None,
            wbc_basis: None,
            rbc_per_ul: None,
            rbc_basis: None,
            fields_supplied: None,
            fields_valid: None,
            fields_counted: None,
            count_reason: None,
            volume_ul: None,
            detection_limit_95_per_ul: None,
            need_fields: None,
            need_wbc: None,
            need_rbc: None,
            need_fields_estimate: None,
            gametocytes: None,
            gametocytes_on: None,
            gametocyte_density_per_ul: None,
            rejected_candidates: None,
            all_parasites: None,
            all_wbc: None,
            all_density_raw: None,
            species: Vec::new(),
            species_seen: BTreeSet::new(),
            plus_grade: None,
            trape_class: None,
            floor: None,
            severity: None,
            urgent: false,
            flags: Vec::new(),
            advice: Vec::new(),
            profile,
        }
    }
}
