//! A manifest laid over an archive that has been read: patients, dates, sites and blood counts that were not known when
//! the pictures were. No picture is read again: results are made anew from the counts that the journal holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::case::Case;
use super::folder::Archive;
use super::journal::{Described as Laid, StoredSlide};
use super::manifest::described;
use super::run::{Tracker, end};
use crate::entry::{Style, look_alike};
use crate::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use crate::record::SlideInfo;
use crate::slide::Engine;
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// What a manifest says of one slide.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Said {
    /// With the number of the slide for an id.
    pub(super) info: SlideInfo,
    /// What a person named, and columns that are carried through.
    pub(super) case: Case,
    /// The films that its lines name.
    pub(super) films: BTreeSet<Film>,
    pub(super) um_per_px: Option<MicronsPerPixel>,
    pub(super) wbc_per_ul: Option<WbcPerMicrolitre>,
    pub(super) rbc_per_ul: Option<RbcPerMicrolitre>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Described {
    /// Slides of which something new is known.
    pub described: u64,
    /// Slides of which all that the manifest says was known.
    pub unchanged: u64,
    /// Why a line was not taken, by the number of its slide: a slide that is not in the archive, or something that the
    /// pictures would have to be read again for.
    pub refused: Vec<(String, Error)>,
}

/// Lays the manifest at `path` over the archive. Cells that are empty change nothing; the pictures that it names, if it
/// does, are not looked at. `asked` is how its numbers and dates are written where its own cells do not say it.
///
/// # Errors
/// [`ErrorKind::Usage`] for a faulty manifest, with all its faults: then nothing is changed; [`ErrorKind::Io`] where the
/// system refuses. What could not be done for one slide is in [`Described::refused`].
pub fn describe(archive: &mut Archive, engine: &Engine, path: &Path, asked: Style) -> Result<Described> {
    let mut ids = BTreeMap::new();
    archive.journal().slides(|state| {
        ids.insert(state.id, state.number);
        Ok(())
    })?;
    let mut done = Described::default();
    let mut facts = Vec::new();
    for (id, said) in described(path, asked)? {
        let found = said.and_then(|said| {
            let number = number_of(&id, &ids)?;
            let stored = archive.journal().slide(number, archive.base())?;
            laid_over(&stored, said)
        });
        match found {
            Ok(Some(fact)) => facts.push(fact),
            Ok(None) => done.unchanged += 1,
            Err(refused) => done.refused.push((id, refused.with_path(path))),
        }
    }
    done.described = u64::try_from(facts.len()).unwrap_or(u64::MAX);
    let opened = archive.journal.describe(&facts)?;
    let tracker = Tracker::default();
    for slide in opened {
        end(archive, engine, &tracker, slide)?;
    }
    Ok(done)
}

/// The number of the slide that a manifest calls `id`; on Windows the parts of a folder's path have `\` between them.
fn number_of(id: &str, ids: &BTreeMap<String, i64>) -> Result<i64> {
    if let Some(number) = ids.get(id).or_else(|| ids.get(&id.replace('\\', "/"))) {
        return Ok(*number);
    }
    let alike = ids.keys().find(|known| look_alike(known) == look_alike(id));
    Err(match alike {
        Some(known) => Error::new(
            ErrorKind::Usage,
            format!("there is no slide {id} in this archive; {known} is written with other characters and looks like it"),
        )
        .with_key("error-describe-alike")
        .with_arg("slide", id)
        .with_arg("known", known),
        None => Error::new(ErrorKind::Usage, format!("there is no slide {id} in this archive"))
            .with_key("error-describe-unknown")
            .with_arg("slide", id),
    })
}

/// The facts of a slide with those of the manifest over them; `None` where nothing is new.
fn laid_over(stored: &StoredSlide, said: Said) -> Result<Option<Laid>> {
    let known = stored.source.info();
    let mut facts = stored.source.facts().clone();
    let films: BTreeSet<Film> = stored.source.files().iter().map(|file| file.film).collect();
    if !films.is_empty() && !said.films.is_subset(&films) {
        return Err(needs_reading("film"));
    }
    if said.um_per_px.is_some() && said.um_per_px != facts.um_per_px {
        return Err(needs_reading("um_per_px"));
    }
    facts.wbc_per_ul = said.wbc_per_ul.or(facts.wbc_per_ul);
    facts.rbc_per_ul = said.rbc_per_ul.or(facts.rbc_per_ul);
    let info = SlideInfo { id: known.id.clone(), ..said.info }.or(known);
    let (now, before) = (Case::of(&info), &stored.case);
    let mut free = before.free.clone();
    free.extend(said.case.free);
    let case = Case {
        date: now.date.or_else(|| before.date.clone()),
        site: now.site.or_else(|| before.site.clone()),
        age_years: now.age_years.or(before.age_years),
        sex: now.sex.or(before.sex),
        patient_id: now.patient_id.or_else(|| before.patient_id.clone()),
        ward: now.ward.or_else(|| before.ward.clone()),
        order: now.order.or_else(|| before.order.clone()),
        specimen: now.specimen.or_else(|| before.specimen.clone()),
        pregnant: said.case.pregnant.or(before.pregnant),
        species: if said.case.species.is_empty() { before.species.clone() } else { said.case.species },
        free,
    };
    let is_known = info == *known && facts == *stored.source.facts() && case == *before;
    Ok((!is_known).then_some(Laid { slide: stored.number, info, facts, case }))
}

fn needs_reading(what: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "another {what} would count other things in the pictures; read this slide into another --out"
        ),
    )
    .with_key("error-describe-reading")
    .with_arg("what", what)
}
