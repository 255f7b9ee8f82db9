//! Everything that the standard says of one patient's films.

use std::collections::BTreeSet;

use super::shape::Outcome;
use crate::standard::advice::advise;
use crate::standard::counts::RbcUsed;
use crate::standard::flag::Flag;
use crate::standard::floor::{Floor, FloorCheck};
use crate::standard::patient::{Films, Presence};
use crate::standard::profile::Profile;
use crate::standard::scales::{plus_grade, trape_class};
use crate::standard::severity::severity_of_films;
use crate::standard::thick::ThickOutcome;
use crate::standard::thin::ThinOutcome;
use crate::terms::{Film, Species};

/// What is known beside the counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// The patient's red cells per µL, for the percentage of a thick film; the profile's where none is given.
    pub rbc: Option<RbcUsed>,
    /// Species named on the thick film.
    pub species_on_thick: BTreeSet<Species>,
    /// Species named on the thin film.
    pub species_on_thin: BTreeSet<Species>,
    /// False-positive floor of the reader of the thick film; `None` for a human count.
    pub thick_floor: Option<Floor>,
    /// False-positive floor of the reader of the thin film; `None` for a human count.
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
    /// Puts scales, floor, severity conditions and advice beside the counts of `films`.
    ///
    /// ```
    /// use hemozoin::standard::{Context, FieldCount, Films, Graded, Profile, State, WbcUsed, grade_fields};
    /// let profile = Profile::named("who-2016")?;
    /// let thick = grade_fields(&vec![FieldCount::new(0, 16); 100], WbcUsed::assumed(&profile), &profile);
    /// let graded = Graded::of(&Films::Thick(thick), &Context::default(), &profile);
    /// assert_eq!(graded.patient.state, State::NoParasitesSeen);
    /// # Ok::<(), hemozoin::Error>(())
    /// ```
    pub fn of(films: &Films, context: &Context, profile: &Profile) -> Self {
        let rbc = context.rbc.unwrap_or_else(|| RbcUsed::assumed(profile));
        let thick_floor = films
            .thick()
            .zip(context.thick_floor.as_ref())
            .map(|(film, floor)| floor_of_thick(film, floor, profile));
        let thin_floor = films
            .thin()
            .zip(context.thin_floor.as_ref())
            .map(|(film, floor)| floor_of_thin(film, floor, profile));
        let finish =
            |mut out: Outcome, films: &Films, species: &BTreeSet<Species>, floor: Option<&FloorCheck>| {
                out.severity = severity_of_films(films, rbc, species, profile);
                out.urgent = out.severity.as_ref().is_some_and(|s| s.urgent);
                out.species_seen = species.clone();
                if let Some(thick) = films.thick() {
                    put_scales(&mut out, thick, profile);
                }
                if let Some(check) = floor {
                    put_floor(&mut out, check);
                }
                out
            };
        let mut thick = films.thick().map(|film| {
            let alone = Films::Thick(film.clone());
            finish(Outcome::of_thick(film), &alone, &context.species_on_thick, thick_floor.as_ref())
        });
        let mut thin = films.thin().map(|film| {
            let alone = Films::Thin(film.clone());
            finish(Outcome::of_thin(film), &alone, &context.species_on_thin, thin_floor.as_ref())
        });
        let species = films.species(&context.species_on_thick, &context.species_on_thin);
        let chosen = match films.reported_from() {
            Film::Thick => thick_floor.as_ref(),
            Film::Thin => thin_floor.as_ref(),
        };
        let mut patient = finish(Outcome::of_patient(films), films, &species, chosen);
        patient.presence = presence_of(thick.as_ref(), thin.as_ref(), films.needs_review());
        for out in thick.iter_mut().chain(&mut thin).chain([&mut patient]) {
            out.advice = advise(out, profile);
        }
        Self { thick, thin, patient }
    }
}

/// Presence once each film's floor is known; `review`: candidates in rejected fields are to be judged (DET-12).
fn presence_of(thick: Option<&Outcome>, thin: Option<&Outcome>, review: bool) -> Presence {
    let of = |film: Option<&Outcome>, wanted| film.is_some_and(|o| o.presence == wanted);
    let suspect = review || thin.is_some_and(|o| o.flags.contains(&Flag::WithinFalsePositiveFloor));
    if of(thick, Presence::Positive) || of(thin, Presence::Positive) {
        Presence::Positive
    } else if of(thick, Presence::NoParasitesSeen) && !suspect {
        Presence::NoParasitesSeen
    } else {
        Presence::Indeterminate
    }
}

/// The search totals are tested, not the count set: where the count ended depends on what was found.
fn floor_of_thick(film: &ThickOutcome, floor: &Floor, profile: &Profile) -> FloorCheck {
    floor.check(film.search.asexual.get(), film.search.wbc.get(), profile)
}

fn floor_of_thin(film: &ThinOutcome, floor: &Floor, profile: &Profile) -> FloorCheck {
    floor.check(film.count.infected().get(), film.count.red_cells().get(), profile)
}

/// A count within the floor leaves presence open; state, count and density stay as they are.
fn put_floor(out: &mut Outcome, check: &FloorCheck) {
    if check.count > 0 && !check.exceeds {
        out.flags.push(Flag::WithinFalsePositiveFloor);
        if out.presence == Presence::Positive && out.gametocytes.unwrap_or(0) == 0 {
            out.presence = Presence::Indeterminate;
        }
    }
    out.floor = Some(check.clone());
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
