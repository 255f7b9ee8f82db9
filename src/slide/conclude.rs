//! From the outcomes of all files to the record: counts, then rules.

use std::collections::HashMap;

use super::engine::Engine;
use super::examine::FileOutcome;
use super::source::SlideSource;
use crate::error::{Error, ErrorKind, Result};
use crate::record::Settings;
use crate::record::{
    BundleProvenance, FieldRecord, FilmTally, Provenance, Results, SCHEMA, SlideRecord, Tallies, Unread,
};
use crate::standard::{
    FieldCount, Films, Outcome, Profile, RbcUsed, ThickOutcome, ThinCount, ThinOutcome, WbcUsed,
    grade_fields, grade_thin,
};
use crate::terms::Film;

pub(super) fn conclude(
    engine: &Engine,
    source: &SlideSource,
    outcomes: Vec<FileOutcome>,
) -> Result<SlideRecord> {
    let mut fields: Vec<FieldRecord> = Vec::new();
    let mut unread: Vec<Unread> = Vec::new();
    for outcome in outcomes {
        fields.extend(outcome.fields);
        unread.extend(outcome.unread);
    }
    leave_out_copies(&mut fields);
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
    let mut result_thick = thick.as_ref().map(Outcome::of_thick);
    let mut result_thin = thin.as_ref().map(Outcome::of_thin);
    let films_graded = Films::new(thick, thin)
        .ok_or_else(|| Error::new(ErrorKind::Usage, "a slide without pictures has no result"))?;
    let patient = Outcome::of_patient(&films_graded);
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
        result: Results { thick: result_thick.take(), thin: result_thin.take(), patient },
        provenance: Provenance::of_this_build(bundles),
    })
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
    let counted = film_tally(fields).counted;
    let count = ThinCount::new(counted.infected_red_cells, counted.red_cells)?
        .with_gametocyte_cells(counted.gametocyte_red_cells)?
        .with_parasites(counted.parasites_in_red_cells.max(counted.infected_red_cells))?;
    Ok(grade_thin(&count, RbcUsed::measured_or_assumed(settings.rbc_per_ul, profile), profile))
}

/// Counts of one field; a field of more than four thousand million cells does not exist.
fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
