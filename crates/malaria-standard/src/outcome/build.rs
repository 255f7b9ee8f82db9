//! From a typed result to its flat form.

use super::shape::{Outcome, SpeciesOutcome};
use super::state::{Scope, State};
use crate::Film;
use crate::interval::{Interval, detection_limit};
use crate::need::Need;
use crate::patient::{Films, Presence};
use crate::thick::ThickOutcome;
use crate::thin::ThinOutcome;

/// Detection probability of `detection_limit_95_per_ul`.
const DETECTED: f64 = 0.95;

impl Outcome {
    /// The flat form of a thick film.
    pub fn of_thick(film: &ThickOutcome) -> Self {
        let mut out =
            Self::blank(Scope::Thick, film.state.into(), Presence::of_thick(film), film.profile.clone());
        let search = &film.search;
        out.parasites = Some(film.count.asexual.get());
        out.wbc_counted = Some(film.count.wbc.get());
        out.density_per_ul = film.density.map(|d| d.reported());
        out.density_raw = film.density.map(|d| d.raw());
        out.ci_low = film.interval.map(|i| i.lower());
        out.ci_high = film.interval.map(|i| i.upper());
        out.put_interval_per_ul(film.interval);
        out.wbc_per_ul = Some(film.wbc.per_ul());
        out.wbc_basis = Some(film.wbc.basis());
        out.fields_supplied = search.fields_supplied;
        out.fields_valid = search.fields_valid;
        out.fields_counted = film.count.fields;
        out.count_reason = Some(film.count.reason);
        out.volume_ul = film.volume.map(|v| v.get());
        out.detection_limit_95_per_ul = film.volume.and_then(|v| detection_limit(DETECTED, v));
        out.put_need(film.need);
        out.need_fields_estimate = film.fields_for_missing_wbc();
        out.gametocytes = Some(search.gametocytes.get());
        out.gametocytes_on = Some(Film::Thick);
        out.gametocyte_density_per_ul = film.gametocyte_density.map(|d| d.reported());
        out.rejected_candidates = Some(search.rejected_candidates());
        out.all_parasites = Some(search.asexual.get());
        out.all_wbc = Some(search.wbc.get());
        out.all_density_raw = film.all_density.map(|d| d.raw());
        out.species = film
            .species
            .iter()
            .map(|one| SpeciesOutcome {
                species: one.species,
                parasites: film.count.species.get(&one.species).map(|n| n.get()),
                density_per_ul: one.density.map(|d| d.reported()),
                density_raw: one.density.map(|d| d.raw()),
                ci_low: one.interval.map(|i| i.lower()),
                ci_high: one.interval.map(|i| i.upper()),
                all_density_raw: one.all_density.map(|d| d.raw()),
            })
            .collect();
        out.flags = film.flags.clone();
        out
    }

    /// The flat form of a thin film.
    pub fn of_thin(film: &ThinOutcome) -> Self {
        let mut out =
            Self::blank(Scope::Thin, film.state.into(), Presence::of_thin(film), film.profile.clone());
        let shown = film.parasitaemia.filter(|_| film.reports()).and_then(|p| p.reported());
        out.parasites = film.count.parasites();
        out.fields_valid = film.count.fields();
        out.infected_rbc = Some(film.count.infected().get());
        out.rbc_counted = Some(film.count.red_cells().get());
        out.density_per_ul = film.density.filter(|_| film.reports()).map(|d| d.reported());
        out.density_raw = film.density.map(|d| d.raw());
        out.parasitaemia_percent = shown.map(|p| p.value);
        out.parasitaemia_decimals = shown.map(|p| p.decimals);
        out.parasitaemia_percent_raw = film.parasitaemia.map(|p| p.raw());
        out.ci_low = film.interval_percent.map(|i| i.lower());
        out.ci_high = film.interval_percent.map(|i| i.upper());
        out.put_interval_per_ul(film.interval_per_ul);
        out.rbc_per_ul = Some(film.rbc.per_ul());
        out.rbc_basis = Some(film.rbc.basis());
        out.volume_ul = film.volume.map(|v| v.get());
        out.detection_limit_95_per_ul = film.volume.and_then(|v| detection_limit(DETECTED, v));
        out.put_need(film.need);
        out.gametocytes = Some(film.count.gametocyte_cells().get());
        out.gametocytes_on = Some(Film::Thin);
        out.rejected_candidates = Some(film.count.rejected_candidates());
        out.flags = film.flags.clone();
        out
    }

    /// The flat form of a patient's films: the values of the film reported from, presence and remarks of all
    /// (section 7), and the state of review where candidates of any film ask for it (DET-12).
    pub fn of_patient(films: &Films) -> Self {
        let from = films.reported_from();
        let chosen = match from {
            Film::Thick => films.thick().map(Self::of_thick),
            Film::Thin => films.thin().map(Self::of_thin),
        };
        let mut out = match (chosen, films) {
            (Some(out), _) => out,
            (None, Films::Thick(film) | Films::Both(film, _)) => Self::of_thick(film),
            (None, Films::Thin(film)) => Self::of_thin(film),
        };
        out.film = Scope::Patient;
        out.reported_from = Some(from);
        if films.needs_review() {
            out.state = State::ReviewRequired;
        }
        out.presence = films.presence();
        out.rejected_candidates = Some(films.rejected_candidates());
        if out.gametocytes == Some(0) {
            out.take_gametocytes(films);
        }
        out.flags = films.flags();
        out
    }

    /// Those of the film that shows them: a film reported from for its count does not hide what the other shows.
    fn take_gametocytes(&mut self, films: &Films) {
        let thick = films.thick().filter(|film| film.has_gametocytes()).map(Self::of_thick);
        let thin = films.thin().filter(|film| film.has_gametocytes()).map(Self::of_thin);
        if let Some(film) = thick.or(thin) {
            self.gametocytes = film.gametocytes;
            self.gametocytes_on = film.gametocytes_on;
            self.gametocyte_density_per_ul = film.gametocyte_density_per_ul;
        }
    }

    fn put_interval_per_ul(&mut self, interval: Option<Interval>) {
        self.ci_low_per_ul = interval.map(|i| i.lower());
        self.ci_high_per_ul = interval.map(|i| i.upper());
        self.ci_level = interval.map(|i| i.level());
        self.ci_method = interval.map(|i| i.method());
    }

    fn put_need(&mut self, need: Need) {
        self.need_fields = need.fields;
        self.need_wbc = need.wbc;
        self.need_rbc = need.rbc;
    }
}
