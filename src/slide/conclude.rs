//! From the outcomes of all files to the record: counts, then rules.

use std::collections::HashSet;

use super::engine::Engine;
use super::examine::FileOutcome;
use super::grade::{grade_thick_fields, grade_thin_fields};
use super::input::SlideInput;
use super::same_field::{count_once, leave_out_copies};
use crate::detect::Bundle;
use crate::optics::{Likeness, ReasonCode};
use crate::record::{
    BundleProvenance, Facts, FalseMarks, FieldRecord, FilmTally, Provenance, Results, SCHEMA, Settings,
    SlideRecord, Tallies, Unread,
};
use crate::standard::{Context, Floor, Graded, Judged, RbcUsed};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// The record of a slide whose films are all stated, as far as it was examined; `outcomes` are those of its pictures, one
/// each.
pub(super) fn conclude(
    engine: &Engine,
    slide: &SlideInput,
    outcomes: Vec<FileOutcome>,
) -> Result<SlideRecord> {
    let mut outcomes: Vec<(Film, FileOutcome)> = slide.films()?.into_iter().zip(outcomes).collect();
    // Acquisition order within a film is kept.
    outcomes.sort_by_key(|(film, _)| *film);
    let films: Vec<Film> = [Film::Thick, Film::Thin]
        .into_iter()
        .filter(|film| outcomes.iter().any(|(of, _)| of == film))
        .collect();
    let mut fields: Vec<FieldRecord> = Vec::new();
    let mut likenesses: Vec<Likeness> = Vec::new();
    let mut unread: Vec<Unread> = Vec::new();
    for (_, outcome) in outcomes {
        fields.extend(outcome.fields);
        likenesses.extend(outcome.likenesses);
        likenesses.resize_with(fields.len(), Likeness::default);
        unread.extend(outcome.unread);
    }
    leave_out_copies(&mut fields);
    name_files_of_both_films(&mut fields);
    count_once(&mut fields, &likenesses);
    let of = |film: Film| films.contains(&film).then(|| fields.iter().filter(move |f| f.film == film));
    let facts = &slide.facts;
    let once = |film: Film| {
        let fields_of_film = of(film)?.filter(|field| field.copy_of.is_none());
        Some(fields_of_film.map(|field| (field.counted, field.not_counted_elsewhere(&fields))))
    };
    let profile = engine.profile();
    let thick = once(Film::Thick).map(|fields| grade_thick_fields(fields, facts.wbc_per_ul, profile));
    let thin =
        once(Film::Thin).map(|fields| grade_thin_fields(fields, facts.rbc_per_ul, profile)).transpose()?;
    let tally = |film: Film| films.contains(&film).then(|| FilmTally::of(film, &fields));
    let tally = Tallies { thick: tally(Film::Thick), thin: tally(Film::Thin) };
    let floor = |film: Film| {
        if films.contains(&film) { floor_of(engine, facts, film) } else { Ok(None) }
    };
    let context = Context {
        rbc: facts.rbc_per_ul.map(RbcUsed::measured),
        thick_floor: floor(Film::Thick)?,
        thin_floor: floor(Film::Thin)?,
        ..Context::default()
    };
    // Nobody has judged what the networks marked (MCH-1).
    let (thick, thin) = (thick.map(Judged::machine), thin.map(Judged::machine));
    let graded = Graded::of_judged(thick.as_ref(), thin.as_ref(), &context, profile).ok_or_else(|| {
        Error::new(ErrorKind::Usage, "the slide has no pictures; add one at least before it is read")
            .with_key("error-slide-empty")
    })?;
    let bundles = films.iter().map(|film| engine.provenance(*film)).collect::<Result<Vec<_>>>()?;
    Ok(SlideRecord {
        schema: SCHEMA.to_owned(),
        slide: slide.info.clone(),
        settings: Settings::of(engine.rules(), facts),
        fields,
        unread,
        passed_over: slide.passed_over.clone(),
        tally,
        result: Results { thick: graded.thick, thin: graded.thin, patient: graded.patient },
        provenance: Provenance::of_this_build(bundles),
    })
}

impl Engine {
    /// What read a film: the bundle, its digest, and what its card says of its marks.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where the bundle cannot be loaded.
    pub fn provenance(&self, film: Film) -> Result<BundleProvenance> {
        let detector = self.detector(film)?;
        let bundle = detector.bundle();
        Ok(BundleProvenance {
            film,
            name: bundle.name.clone(),
            version: bundle.version.clone(),
            digest: detector.digest().to_owned(),
            weights_sha256: bundle.weights_sha256.clone(),
            false_marks: false_marks(bundle, film),
        })
    }
}

/// What the bundle's card says of its marks on films without malaria.
fn false_marks(bundle: &Bundle, film: Film) -> Option<FalseMarks> {
    let measured = bundle.false_positive_floor.as_ref()?;
    let (mean, of) = match film {
        Film::Thick => (measured.mean_per_200_white_cells?, 200),
        Film::Thin => (measured.mean_per_1000_red_cells?, 1000),
    };
    Some(FalseMarks { mean, of_cells: of, cells: measured.cells, measured_on: measured.measured_on.clone() })
}

/// The false-positive floor that this site measured with the film's bundle; a bundle's own decides nothing (MCH-2).
pub(super) fn floor_of(engine: &Engine, facts: &Facts, film: Film) -> Result<Option<Floor>> {
    let detector = engine.detector(film)?;
    let site = facts.site_floors.iter().find(|f| f.film == film);
    site.map(|site| site.for_bundle(detector.digest())).transpose()
}

/// A film most of whose pictures show the other one is no result but a wrong word about them.
pub(super) fn refuse_the_wrong_film(fields: &[FieldRecord]) -> Result<()> {
    for film in [Film::Thick, Film::Thin] {
        let of = || fields.iter().filter(|f| f.film == film);
        let says_other = |f: &&FieldRecord| f.quality.reasons.iter().any(|r| r.code == ReasonCode::OtherFilm);
        let (said, pictures) = (of().filter(says_other).count(), of().count());
        let others = if film == Film::Thin && has_no_red_cells(of()) { pictures } else { said };
        if 2 * others > pictures {
            let other = match film {
                Film::Thick => Film::Thin,
                Film::Thin => Film::Thick,
            };
            let (given, shown) = (film.code(), other.code());
            // A folder or a list that names the film is not overruled by a flag.
            let placed = of().any(|f| f.image.contains('/'));
            let (key, remedy) = match placed {
                true => (
                    "error-other-film-placed",
                    format!(
                        "name their folder for the {shown} film, delete them where they lie there already, or correct the \
                         film in the list"
                    ),
                ),
                false => ("error-other-film", format!("give --film {shown}")),
            };
            return Err(Error::new(
                ErrorKind::Usage,
                format!(
                    "{others} of {pictures} pictures that were given as a {given} film show a {shown} film; {remedy}"
                ),
            )
            .with_key(key)
            .with_arg("film", given)
            .with_arg("others", others.to_string())
            .with_arg("pictures", pictures.to_string()));
        }
    }
    Ok(())
}

/// A thick film that was given as a thin one, and of which single pictures pass: white cells in a number that stands against
/// that of the red cells as no blood has them, nuclei among what was taken for cells. Even 500 x 10^9 white cells per litre
/// beside 2.5 x 10^12 red ones are one to five, and pictures cut around a white cell are alone.
fn has_no_red_cells<'a>(fields: impl Iterator<Item = &'a FieldRecord>) -> bool {
    /// White cells that tell, at least, and red cells for each of them, at most.
    const WHITE: u64 = 20;
    const RED: u64 = 3;
    let (mut white, mut red) = (0, 0);
    for field in fields.filter(|field| field.counted) {
        white += field.tally.white_cells;
        red += field.tally.red_cells.saturating_sub(field.tally.implied_red_cells);
    }
    white >= WHITE && red < RED * white
}

/// A file shows one film: where it stands among the pictures of both, that is said of each.
fn name_files_of_both_films(fields: &mut [FieldRecord]) {
    const NOTE: &str = "note-in-both-films";
    let of = |film: Film| -> HashSet<(String, u32)> {
        fields.iter().filter(|f| f.film == film).map(|f| (f.sha256.clone(), f.page)).collect()
    };
    let (thick, thin) = (of(Film::Thick), of(Film::Thin));
    for field in fields {
        let key = (field.sha256.clone(), field.page);
        if thick.contains(&key) && thin.contains(&key) {
            field.notes.push(NOTE.to_owned());
        }
    }
}
