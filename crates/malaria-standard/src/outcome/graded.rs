//! Everything that the standard says of one patient's films.

use std::collections::BTreeSet;

use super::judged::{FlatFilm, outcome_of, severe_alert};
use super::shape::Outcome;
use super::state::{Scope, State};
use crate::advice::advise;
use crate::counts::RbcUsed;
use crate::floor::Floor;
use crate::judged::{Alert, Judged, ReadingStatus, alert_of};
use crate::patient::{Films, Presence};
use crate::profile::Profile;
use crate::scales::{plus_grade, trape_class};
use crate::severity::severity_of_films;
use crate::thick::ThickOutcome;
use crate::thin::ThinOutcome;
use crate::{Film, Species};

/// What is known beside the counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// The patient's red cells per µL, for the percentage of a thick film; the profile's where none is given.
    pub rbc: Option<RbcUsed>,
    /// Species named on the thick film.
    pub species_on_thick: BTreeSet<Species>,
    /// Species named on the thin film.
    pub species_on_thin: BTreeSet<Species>,
    /// False-positive floor measured at this site for the bundle that marked the thick film (MCH-2). A bundle's own
    /// floor, or one of too few slides, decides nothing.
    pub thick_floor: Option<Floor>,
    /// The same for the thin film.
    pub thin_floor: Option<Floor>,
}

/// The films of one patient in flat form: each alone, and all together.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Graded {
    /// The thick film.
    pub thick: Option<Outcome>,
    /// The thin film.
    pub thin: Option<Outcome>,
    /// All films together (section 7).
    pub patient: Outcome,
}

impl Graded {
    /// Counts that a person made: puts scales, severity conditions, alerts and advice beside the counts of `films`.
    ///
    /// ```
    /// use malaria_standard::{Context, FieldCount, Films, Graded, Profile, State, WbcUsed, grade_fields};
    /// let profile = Profile::named("who-2016")?;
    /// let thick = grade_fields(&vec![FieldCount::new(0, 16); 100], WbcUsed::assumed(&profile), &profile);
    /// let graded = Graded::of(&Films::Thick(thick), &Context::default(), &profile);
    /// assert_eq!(graded.patient.state, State::NoParasitesSeen);
    /// # Ok::<(), malaria_standard::Error>(())
    /// ```
    pub fn of(films: &Films, context: &Context, profile: &Profile) -> Self {
        let rbc = context.rbc.unwrap_or_else(|| RbcUsed::assumed(profile));
        let finish = |mut out: Outcome, films: &Films, species: &BTreeSet<Species>| {
            out.severity = severity_of_films(films, rbc, species, profile);
            out.species_seen = species.clone();
            out.alerts = alerts_of(films, &out, rbc, species, profile);
            out.urgent = !out.alerts.is_empty();
            if let Some(thick) = films.thick() {
                put_scales(&mut out, thick, profile);
            }
            out.advice = advise(&out, profile);
            out
        };
        let thick = films.thick().map(|film| {
            finish(Outcome::of_thick(film), &Films::Thick(film.clone()), &context.species_on_thick)
        });
        let thin = films
            .thin()
            .map(|film| finish(Outcome::of_thin(film), &Films::Thin(film.clone()), &context.species_on_thin));
        let species = films.species(&context.species_on_thick, &context.species_on_thin);
        let patient = finish(Outcome::of_patient(films), films, &species);
        Self { thick, thin, patient }
    }

    /// Counts that a machine proposed and a reader has judged in none, some or all (section 9.1). `None` without a film.
    ///
    /// ```
    /// use malaria_standard::{Context, FieldCount, Graded, Judged, Presence, Profile, State, WbcUsed, grade_fields};
    /// let profile = Profile::named("who-2016")?;
    /// // Two fields without malaria, and 33 false marks beside 11 white cells.
    /// let marked = grade_fields(&[FieldCount::new(20, 6), FieldCount::new(13, 5)], WbcUsed::assumed(&profile), &profile);
    /// let graded = Graded::of_judged(Some(&Judged::machine(marked)), None, &Context::default(), &profile);
    /// let patient = graded.expect("a film").patient;
    /// assert_eq!((patient.state, patient.presence), (State::SuspectsToReview, Presence::Indeterminate));
    /// assert_eq!(patient.density_per_ul, None);
    /// assert_eq!(patient.if_confirmed.expect("an estimate").density_per_ul, Some(24_000));
    /// # Ok::<(), malaria_standard::Error>(())
    /// ```
    pub fn of_judged(
        thick: Option<&Judged<ThickOutcome>>,
        thin: Option<&Judged<ThinOutcome>>,
        context: &Context,
        profile: &Profile,
    ) -> Option<Self> {
        // Nobody has named a species of what nobody has judged.
        let unnamed = Context { rbc: context.rbc, ..Context::default() };
        let open = Films::new(thick.map(|j| j.open.clone()), thin.map(|j| j.open.clone()))?;
        let as_if = Self::of(&open, &unnamed, profile);
        let thick_out =
            film_outcome(thick, as_if.thick.as_ref(), context.thick_floor.as_ref(), context, profile);
        let thin_out = film_outcome(thin, as_if.thin.as_ref(), context.thin_floor.as_ref(), context, profile);
        let all_read = [thick_out.as_ref(), thin_out.as_ref()]
            .into_iter()
            .flatten()
            .all(|out| out.reading == ReadingStatus::Read && out.state != State::ReviewIncomplete);
        let mut patient = if all_read {
            let read = Films::new(thick.map(|j| j.confirmed.clone()), thin.map(|j| j.confirmed.clone()))?;
            let mut out = Self::of(&read, context, profile).patient;
            out.suspects = match out.reported_from {
                Some(Film::Thin) => thin_out.as_ref(),
                _ => thick_out.as_ref(),
            }
            .and_then(|o| o.suspects);
            out
        } else {
            together(thick_out.as_ref(), thin_out.as_ref(), &as_if.patient)?
        };
        patient.advice = advise(&patient, profile);
        Some(Self { thick: thick_out, thin: thin_out, patient })
    }
}

fn film_outcome<F: FlatFilm>(
    judged: Option<&Judged<F>>,
    as_if: Option<&Outcome>,
    floor: Option<&Floor>,
    context: &Context,
    profile: &Profile,
) -> Option<Outcome> {
    let mut out = outcome_of(judged?, as_if?, floor, context, profile)?;
    out.advice = advise(&out, profile);
    Some(out)
}

/// The patient's result from films of which some are not read: what a reader has found first, then what is open.
fn together(thick: Option<&Outcome>, thin: Option<&Outcome>, as_if: &Outcome) -> Option<Outcome> {
    let films = [thick, thin].into_iter().flatten();
    let first = |wanted: &dyn Fn(&Outcome) -> bool| {
        let mut found = films.clone().filter(|out| wanted(out));
        let (one, other) = (found.next(), found.next());
        // Of two the one that would be reported from (section 7).
        if as_if.reported_from == Some(Film::Thin) { other.or(one) } else { one }
    };
    let is_positive = |out: &Outcome| out.presence == Presence::Positive;
    let chosen = first(&|out| is_positive(out) && out.reading.is_read()).or_else(|| first(&is_positive));
    let chosen = chosen.or_else(|| {
        let pressing = films.clone().map(|out| pressing(out.state)).min()?;
        first(&|out| self::pressing(out.state) == pressing)
    })?;
    let mut out = chosen.clone();
    out.reported_from = Some(if chosen.film == Scope::Thin { Film::Thin } else { Film::Thick });
    out.film = Scope::Patient;
    if films.clone().any(|film| film.reading != out.reading) {
        out.reading = ReadingStatus::PartlyRead;
    }
    // No parasites seen on one film says nothing while another has suspects (DET-12).
    let open =
        films.clone().any(|film| film.suspects.is_some_and(|s| s.left() > 0) || !film.reading.is_read());
    if out.presence == Presence::NoParasitesSeen && open {
        out.presence = Presence::Indeterminate;
        out.state = State::ReviewIncomplete;
    }
    let mut alerts: Vec<Alert> = films.clone().flat_map(|film| film.alerts.iter().copied()).collect();
    alerts.sort_by_key(|alert| (alert.code, alert.film));
    out.alerts = alerts;
    out.urgent = !out.alerts.is_empty();
    if out.if_confirmed.is_some() {
        out.if_confirmed = Some(Box::new(super::estimate::Estimate::of(as_if)));
    }
    out.rejected_candidates = Some(films.clone().filter_map(|film| film.rejected_candidates).sum());
    out.flags =
        films.flat_map(|film| film.flags.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect();
    Some(out)
}

/// Which of two open films speaks for the patient: the lower number.
fn pressing(state: State) -> u8 {
    match state {
        State::ParasitesLikely => 0,
        State::SuspectsToReview => 1,
        State::ReviewIncomplete => 2,
        State::ReviewRequired => 3,
        State::InsufficientFields => 4,
        State::NoSuspectFound => 5,
        State::NoParasitesSeen => 6,
        State::NoParasiteInExaminedRbc => 7,
        State::Positive
        | State::ProvisionalCount
        | State::GametocytesOnly
        | State::ShortCount
        | State::TooFewRbc => 8,
        State::NotCalculable => 9,
        State::NotReadable => 10,
    }
}

/// What a person's counts open with: the lower limits of either film (MCH-7), and the point estimate (SEV-1).
fn alerts_of(
    films: &Films,
    out: &Outcome,
    rbc: RbcUsed,
    species: &BTreeSet<Species>,
    profile: &Profile,
) -> Vec<Alert> {
    // Other species have no limit of the percentage (SEV-11).
    let falciparum = species.is_empty() || species.contains(&Species::Falciparum);
    let limits = falciparum.then(|| {
        let thick = films.thick().and_then(|film| alert_of(film, rbc, profile));
        let thin = films.thin().and_then(|film| alert_of(film, rbc, profile));
        [thick, thin].into_iter().flatten()
    });
    let mut alerts: Vec<Alert> = limits.into_iter().flatten().collect();
    if alerts.is_empty() {
        let film = match out.severity.as_ref().map(|s| s.basis) {
            Some(basis) if basis.is_thin() => Film::Thin,
            _ => Film::Thick,
        };
        alerts.extend(severe_alert(out, film));
    }
    alerts
}

fn put_scales(out: &mut Outcome, film: &ThickOutcome, profile: &Profile) {
    let Some(fields) = film.search.fields_valid else { return };
    let values = profile.values();
    let search = &film.search;
    if values.plus.enabled {
        out.plus_grade = Some(plus_grade(search.asexual, fields, &values.plus));
    }
    if values.trape.enabled {
        out.trape_class = Some(trape_class(search.asexual, search.wbc, film.wbc, fields, &values.trape));
    }
}
