//! The counts of one group.

use std::collections::BTreeSet;

use super::bands::Bands;
use crate::archive::rows::SlideRow;
use crate::standard::{Presence, ReadingStatus, State};
use crate::terms::Species;

/// Where a positive film goes among the species.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhichSpecies {
    /// This one alone.
    One(Species),
    /// More than one.
    Mixed,
    /// Nobody named one: held back for review (falciparum standard, section 16).
    Unknown,
}

impl WhichSpecies {
    /// From the species that a person or the engine named.
    pub fn of(named: &BTreeSet<Species>) -> Self {
        let mut names = named.iter();
        match (names.next(), names.next()) {
            (Some(one), None) => Self::One(*one),
            (Some(_), Some(_)) => Self::Mixed,
            (None, _) => Self::Unknown,
        }
    }

    /// Of a slide: what a person named, else what its result names.
    pub fn of_slide(row: &SlideRow) -> Self {
        if !row.case.species.is_empty() {
            return Self::of(&row.case.species);
        }
        let found = row.outcome.iter().flat_map(|o| &o.species).filter(|s| s.parasites.unwrap_or(0) > 0);
        Self::of(&found.map(|s| s.species).collect())
    }
}

/// Whether there is nothing to read.
fn is_lost(state: State) -> bool {
    matches!(state, State::NotReadable | State::NotCalculable)
}

/// Counts of slides in one group. Every slide is in `slides`, which are `tested + unread + undecided`; tested ones are `positive + no_parasites_seen`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryLine {
    /// Slides of the group.
    pub slides: u64,
    /// Films that decide presence: any parasite seen, whatever the state of the count, or no parasites seen on a
    /// thick film examined in full (section 16).
    pub tested: u64,
    /// Of these, with any parasite.
    pub positive: u64,
    /// Of these, without.
    pub no_parasites_seen: u64,
    /// Slides that a machine has marked and no reader has read (MCH-9): part of no other count.
    pub unread: u64,
    /// Slides that decide nothing: not readable, not enough examined, to be read by a person, failed.
    pub undecided: u64,
    /// Positive films by species, in the order of [`Species::ALL`].
    pub species: [u64; 5],
    /// Positive films with more than one species.
    pub mixed: u64,
    /// Positive films without a species.
    pub species_unknown: u64,
    /// Positive films with gametocytes.
    pub gametocytes: u64,
    /// Films whose count ended (state `Positive`), by band of density.
    pub densities: Vec<u64>,
    /// Positive films without a final density: provisional, gametocytes only, not calculable.
    pub density_unknown: u64,
}

impl SummaryLine {
    /// Adds one slide.
    pub fn add(&mut self, row: &SlideRow, bands: &Bands) {
        self.densities.resize(bands.count(), 0);
        self.slides += 1;
        let Some(outcome) = &row.outcome else {
            self.undecided += 1;
            return;
        };
        if outcome.reading == ReadingStatus::Machine && !is_lost(outcome.state) {
            self.unread += 1;
            return;
        }
        match outcome.presence {
            Presence::Positive => {
                self.tested += 1;
                self.positive += 1;
            }
            Presence::NoParasitesSeen => {
                self.tested += 1;
                self.no_parasites_seen += 1;
                return;
            }
            Presence::Indeterminate => {
                self.undecided += 1;
                return;
            }
        }
        match WhichSpecies::of_slide(row) {
            WhichSpecies::One(species) => {
                let place = Species::ALL.iter().position(|s| *s == species);
                if let Some(count) = place.and_then(|p| self.species.get_mut(p)) {
                    *count += 1;
                }
            }
            WhichSpecies::Mixed => self.mixed += 1,
            WhichSpecies::Unknown => self.species_unknown += 1,
        }
        self.gametocytes += u64::from(outcome.gametocytes.unwrap_or(0) > 0);
        let reported = outcome.density_per_ul.filter(|_| outcome.state == State::Positive);
        match reported.and_then(|d| self.densities.get_mut(bands.of(d as f64))) {
            Some(count) => *count += 1,
            None => self.density_unknown += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::case::Case;
    use crate::archive::rows::Urgency;
    use crate::standard::{
        Context, FieldCount, Films, Graded, Judged, Outcome, Profile, Suspects, WbcUsed, grade_fields,
    };

    fn row(outcome: Outcome) -> SlideRow {
        SlideRow {
            id: "1".to_owned(),
            case: Case::default(),
            record: None,
            record_sha256: None,
            fault: None,
            outcome: Some(outcome),
            thick: None,
            thin: None,
            files: 1,
            files_unread: 0,
            fields: 1,
            fields_counted: 1,
            urgency: Urgency::Review,
            reader: None,
            signed_at: None,
        }
    }

    #[test]
    fn what_no_reader_has_read_stands_apart() {
        let profile = Profile::standard().expect("built in");
        let film = |parasites, fields| {
            let fields = vec![FieldCount::new(parasites, 16); fields];
            grade_fields(&fields, WbcUsed::assumed(&profile), &profile)
        };
        let judged = |film: &Judged<_>| {
            Graded::of_judged(Some(film), None, &Context::default(), &profile).expect("a film").patient
        };
        let read = |film| Graded::of(&Films::Thick(film), &Context::default(), &profile).patient;
        let partly = |confirmed| {
            let suspects = Suspects { asexual: 500, judged: 10, confirmed, ..Suspects::default() };
            let confirmed = film(u32::from(confirmed > 0), 50);
            judged(&Judged::partly(confirmed, film(10, 50), suspects).expect("sound"))
        };
        let mut line = SummaryLine::default();
        for outcome in [
            judged(&Judged::machine(film(10, 50))),
            judged(&Judged::machine(film(0, 100))),
            judged(&Judged::machine(film(0, 10))),
            // Nothing to read is nothing to wait for.
            judged(&Judged::machine(film(0, 0))),
            read(film(10, 50)),
            read(film(0, 100)),
            partly(3),
            partly(0),
        ] {
            line.add(&row(outcome), &Bands::densities());
        }
        assert_eq!((line.slides, line.unread, line.tested, line.undecided), (8, 3, 3, 2), "{line:?}");
        assert_eq!((line.positive, line.no_parasites_seen), (2, 1), "{line:?}");
        assert_eq!((line.densities.iter().sum::<u64>(), line.density_unknown), (1, 1), "{line:?}");
    }
}
