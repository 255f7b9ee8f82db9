//! From the outcomes of all files to the record: counts, then rules.

use std::collections::{HashMap, HashSet};

use super::engine::Engine;
use super::examine::FileOutcome;
use super::source::SlideSource;
use crate::error::{Error, ErrorKind, Result};
use crate::optics::{Likeness, ReasonCode};
use crate::record::{
    BundleProvenance, FieldRecord, FilmTally, Provenance, Results, SCHEMA, SlideRecord, Tallies, Unread,
};
use crate::record::{Settings, unit_of};
use crate::standard::{
    Asexual, Context, FieldCount, Films, Floor, FloorBasis, Gametocytes, Graded, Profile, RbcUsed,
    ThickOutcome, ThinCount, ThinOutcome, WbcUsed, grade_fields, grade_thin,
};
use crate::terms::Film;

pub(super) fn conclude(
    engine: &Engine,
    source: &SlideSource,
    outcomes: Vec<FileOutcome>,
) -> Result<SlideRecord> {
    let mut fields: Vec<FieldRecord> = Vec::new();
    let mut likenesses: Vec<Likeness> = Vec::new();
    let mut unread: Vec<Unread> = Vec::new();
    for outcome in outcomes {
        fields.extend(outcome.fields);
        likenesses.extend(outcome.likenesses);
        likenesses.resize_with(fields.len(), Likeness::default);
        unread.extend(outcome.unread);
    }
    refuse_the_wrong_film(&fields)?;
    leave_out_copies(&mut fields);
    name_files_of_both_films(&mut fields);
    leave_out_repeats(&mut fields, &likenesses);
    let films: Vec<Film> = [Film::Thick, Film::Thin]
        .into_iter()
        .filter(|film| source.files().iter().any(|f| f.film == *film))
        .collect();
    let of = |film: Film| films.contains(&film).then(|| fields.iter().filter(move |f| f.film == film));
    let settings = source.settings();
    let thick = of(Film::Thick).map(|fields| grade_thick_film(fields, settings, engine.profile()));
    let thin =
        of(Film::Thin).map(|fields| grade_thin_film(fields, settings, engine.profile())).transpose()?;
    let tally = Tallies { thick: of(Film::Thick).map(film_tally), thin: of(Film::Thin).map(film_tally) };
    let graded_films = Films::new(thick, thin)
        .ok_or_else(|| Error::new(ErrorKind::Usage, "a slide without pictures has no result"))?;
    let floor = |film: Film| {
        if films.contains(&film) { floor_of(engine, settings, film) } else { Ok(None) }
    };
    let context = Context {
        rbc: settings.rbc_per_ul.map(RbcUsed::measured),
        thick_floor: floor(Film::Thick)?,
        thin_floor: floor(Film::Thin)?,
        ..Context::default()
    };
    let graded = Graded::of(&graded_films, &context, engine.profile());
    let bundles = films
        .iter()
        .map(|film| {
            let detector = engine.detector(*film)?;
            let bundle = detector.bundle();
            Ok(BundleProvenance {
                film: *film,
                name: bundle.name.clone(),
                version: bundle.version.clone(),
                digest: detector.digest().to_owned(),
                weights_sha256: bundle.weights_sha256.clone(),
            })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(SlideRecord {
        schema: SCHEMA.to_owned(),
        slide: source.info().clone(),
        settings: settings.clone(),
        fields,
        unread,
        passed_over: source.passed_over().to_vec(),
        tally,
        result: Results { thick: graded.thick, thin: graded.thin, patient: graded.patient },
        provenance: Provenance::of_this_build(bundles),
    })
}

/// The false-positive floor of a film's reader: the site's own where it was measured, else its bundle's.
pub(super) fn floor_of(engine: &Engine, settings: &Settings, film: Film) -> Result<Option<Floor>> {
    let detector = engine.detector(film)?;
    if let Some(site) = settings.site_floors.iter().find(|f| f.film == film) {
        return site.for_bundle(detector.digest()).map(Some);
    }
    let Some(measured) = &detector.bundle().false_positive_floor else { return Ok(None) };
    let (mean, per) = match film {
        Film::Thick => (measured.mean_per_200_white_cells, 200.0),
        Film::Thin => (measured.mean_per_1000_red_cells, 1000.0),
    };
    let Some(mean) = mean else { return Ok(None) };
    let spread = measured.sd_between_slides / per;
    let (slides, cells) = (measured.slides, measured.cells);
    Floor::from_rates(unit_of(film), FloorBasis::Bundle, mean / per, spread, slides, cells).map(Some)
}

/// A film most of whose pictures show the other one is no result but a wrong word about them.
fn refuse_the_wrong_film(fields: &[FieldRecord]) -> Result<()> {
    for film in [Film::Thick, Film::Thin] {
        let of = || fields.iter().filter(|f| f.film == film);
        let says_other =
            |f: &&FieldRecord| f.quality.reasons.iter().any(|r| r.code == ReasonCode::OtherFilm);
        let (others, pictures) = (of().filter(says_other).count(), of().count());
        if 2 * others > pictures {
            let other = match film {
                Film::Thick => Film::Thin,
                Film::Thin => Film::Thick,
            };
            let (given, shown) = (film.code(), other.code());
            return Err(Error::new(
                ErrorKind::Usage,
                format!(
                    "{others} of {pictures} pictures that were given as a {given} film show a {shown} film; give --film {shown}, or move them to the folder of the {shown} film"
                ),
            )
            .with_key("error-other-film")
            .with_arg("film", given)
            .with_arg("others", others.to_string())
            .with_arg("pictures", pictures.to_string()));
        }
    }
    Ok(())
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

/// The same picture twice is one field: the later copy is never counted.
fn leave_out_copies(fields: &mut [FieldRecord]) {
    let mut first: HashMap<(Film, String, u32), String> = HashMap::new();
    for field in fields {
        let key = (field.film, field.sha256.clone(), field.page);
        match first.get(&key) {
            Some(original) => {
                field.copy_of = Some(original.clone());
                field.counted = false;
            }
            None => {
                first.insert(key, field.image.clone());
            }
        }
    }
}

/// A field that was photographed twice is one field (THN-1: fields do not overlap). Of those that are fit to be counted,
/// the picture with more pixels stays, of equal ones the sharper, of equally sharp ones the earlier; what was found in them
/// has no say (INV-2). What is seen in the others is not lost: they are rejected fields (DET-12).
fn leave_out_repeats(fields: &mut [FieldRecord], likenesses: &[Likeness]) {
    let mut kept: Vec<usize> = Vec::new();
    for at in 0..fields.len().min(likenesses.len()) {
        if !fields[at].counted {
            continue;
        }
        let same = |earlier: &&mut usize| {
            fields[**earlier].film == fields[at].film
                && likenesses[**earlier].shows_the_field_of(&likenesses[at])
        };
        let Some(earlier) = kept.iter_mut().find(same) else {
            kept.push(at);
            continue;
        };
        let (stays, goes) =
            if is_better(&fields[at], &fields[*earlier]) { (at, *earlier) } else { (*earlier, at) };
        fields[goes].repeat_of = Some(fields[stays].image.clone());
        fields[goes].counted = false;
        *earlier = stays;
    }
}

/// More pixels, or as many and sharper.
fn is_better(field: &FieldRecord, other: &FieldRecord) -> bool {
    let pixels = |f: &FieldRecord| u64::from(f.width) * u64::from(f.height);
    let sharpness = |f: &FieldRecord| {
        f.quality.measurements.iter().find(|m| m.name == "sharpness").map_or(0.0, |m| m.value)
    };
    pixels(field) > pixels(other) || pixels(field) == pixels(other) && sharpness(field) > sharpness(other)
}

fn film_tally<'a>(fields: impl Iterator<Item = &'a FieldRecord>) -> FilmTally {
    let mut total = FilmTally::default();
    for field in fields {
        if field.counted {
            total.fields_counted += 1;
            total.counted += field.tally;
        } else {
            total.fields_rejected += 1;
            if field.copy_of.is_none() {
                total.rejected += field.tally;
            }
        }
    }
    total
}

fn grade_thick_film<'a>(
    fields: impl Iterator<Item = &'a FieldRecord>,
    settings: &Settings,
    profile: &Profile,
) -> ThickOutcome {
    let counts: Vec<FieldCount> = fields
        .filter(|f| f.copy_of.is_none())
        .map(|field| {
            let count = FieldCount::new(small(field.tally.asexual_parasites), small(field.tally.white_cells))
                .with_gametocytes(small(field.tally.gametocytes));
            if field.counted { count } else { count.rejected() }
        })
        .collect();
    grade_fields(&counts, WbcUsed::measured_or_assumed(settings.wbc_per_ul, profile), profile)
}

fn grade_thin_film<'a>(
    fields: impl Iterator<Item = &'a FieldRecord>,
    settings: &Settings,
    profile: &Profile,
) -> Result<ThinOutcome> {
    let FilmTally { counted, rejected, .. } = film_tally(fields);
    let counted = counted.with_cut_cells_where_they_decide();
    let count = ThinCount::new(counted.infected_red_cells, counted.red_cells)?
        .with_gametocyte_cells(counted.gametocyte_red_cells)?
        .with_parasites(counted.parasites_in_red_cells.max(counted.infected_red_cells))?
        .with_rejected_candidates(Asexual(rejected.asexual_parasites), Gametocytes(rejected.gametocytes));
    Ok(grade_thin(&count, RbcUsed::measured_or_assumed(settings.rbc_per_ul, profile), profile))
}

/// Counts of one field; a field of more than four thousand million cells does not exist.
fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
