//! From the rows of a manifest to planned slides: rows with one slide id are the films of one patient.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::row::{Row, wrong};
use super::{csv, toml};
use crate::archive::case::Case;
use crate::archive::plan::{PlannedSlide, some_of};
use crate::error::{Error, ErrorKind, Result};
use crate::intake::{Limits, list_folder};
use crate::record::Facts;
use crate::source::{FilmPictures, SlideSource};
use crate::terms::Film;

/// A manifest of a million slides has about so many bytes.
const MAX_BYTES: u64 = 256 << 20;

/// The slides of a manifest, sorted by id. Paths in it are relative to its own folder.
///
/// What stands in the manifest about a slide wins over `settings`, which win over a `slide.toml`. A slide whose
/// pictures cannot be found is planned with its fault, and so is one whose rows are not the films of one patient;
/// a faulty manifest is refused as a whole.
///
/// # Errors
/// [`ErrorKind::Usage`] naming the line of an unknown film or an impossible value.
pub fn read_manifest(path: &Path, settings: &Facts, limits: &Limits) -> Result<Vec<PlannedSlide>> {
    let io = |e| Error::io(path, "read the manifest", e);
    let length = std::fs::metadata(path).map_err(io)?.len();
    if length > MAX_BYTES {
        return Err(Error::new(ErrorKind::Limit, format!("{length} bytes, more than the {MAX_BYTES} taken"))
            .with_key("error-manifest-size")
            .with_arg("bytes", length)
            .with_arg("limit", MAX_BYTES)
            .with_path(path));
    }
    let text = String::from_utf8(std::fs::read(path).map_err(io)?).map_err(|_| {
        Error::new(ErrorKind::Usage, "this is not UTF-8 text; save the manifest as UTF-8")
            .with_key("error-manifest-encoding")
            .with_path(path)
    })?;
    let is_toml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    let rows = if is_toml { toml::rows(&text) } else { csv::rows(&text) }.map_err(|e| e.with_path(path))?;
    let mut slides: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows {
        slides.entry(row.info.id.clone()).or_default().push(row);
    }
    let base = path.parent().unwrap_or(Path::new(""));
    Ok(slides.into_iter().map(|(id, rows)| planned(id, &rows, base, settings, limits)).collect())
}

fn planned(id: String, rows: &[Row], base: &Path, settings: &Facts, limits: &Limits) -> PlannedSlide {
    let (case, source) = match one_patient(rows) {
        Ok(merged) => {
            let source = sound(rows, &merged, base, settings, limits);
            (merged.case, source)
        }
        // Nobody knows which of the rows is this slide's.
        Err(fault) => (Case::default(), Err(fault)),
    };
    PlannedSlide { id, case, source, folder: None, disputed: None, instead_of: None }
}

/// The rows of one slide as one row.
fn one_patient(rows: &[Row]) -> Result<Row> {
    let films: BTreeSet<Option<Film>> = rows.iter().map(|row| row.film).collect();
    if rows.len() > 1 && (films.len() < rows.len() || films.contains(&None)) {
        return Err(twice(rows));
    }
    let mut rows = rows.iter();
    let mut merged = rows.next().cloned().unwrap_or_default();
    for row in rows {
        merge(&mut merged, row)?;
    }
    Ok(merged)
}

fn sound(rows: &[Row], merged: &Row, base: &Path, settings: &Facts, limits: &Limits) -> Result<SlideSource> {
    let settings = Facts {
        film: if rows.len() == 1 { merged.film.or(settings.film) } else { None },
        um_per_px: merged.um_per_px.or(settings.um_per_px),
        wbc_per_ul: merged.wbc_per_ul.or(settings.wbc_per_ul),
        rbc_per_ul: merged.rbc_per_ul.or(settings.rbc_per_ul),
        ..settings.clone()
    };
    source(rows, merged, base, settings, limits)
}

/// A folder is looked into as `analyze` would; listed pictures are taken as listed, with the `slide.toml` beside them.
fn source(rows: &[Row], merged: &Row, base: &Path, settings: Facts, limits: &Limits) -> Result<SlideSource> {
    if let [row] = rows
        && let [only] = row.pictures.as_slice()
        && base.join(only).is_dir()
    {
        return Ok(SlideSource::find(&base.join(only), &settings, limits)?.with_info(merged.info.clone()));
    }
    let mut films = Vec::new();
    let mut whole = Vec::new();
    for row in rows {
        let film = row.film.or(settings.film).ok_or_else(|| {
            wrong(row.line, "film", "", "thick, thin").with_path(base.join(row.pictures.join("|")))
        })?;
        let mut paths: Vec<PathBuf> = Vec::new();
        for item in &row.pictures {
            let path = base.join(item);
            if path.is_dir() {
                let listed = list_folder(&path, limits)?;
                paths.extend(listed.pictures);
                whole.push((path, listed.passed_over));
            } else {
                paths.push(path);
            }
        }
        films.push(FilmPictures { film, paths });
    }
    films.sort_by_key(|f| match f.film {
        Film::Thick => 0,
        Film::Thin => 1,
    });
    whole.dedup_by(|(a, _), (b, _)| a == b);
    SlideSource::of_listed(merged.info.clone(), &settings, base, films, &whole)
}

/// Two rows of one slide may complete each other; they may not contradict each other.
fn merge(into: &mut Row, row: &Row) -> Result<()> {
    fn one<T: Clone + PartialEq>(into: &mut Option<T>, other: &Option<T>) -> bool {
        if into.is_none() {
            into.clone_from(other);
        }
        other.is_none() || into == other
    }
    let agree = [
        ("wbc_per_ul", one(&mut into.wbc_per_ul, &row.wbc_per_ul)),
        ("rbc_per_ul", one(&mut into.rbc_per_ul, &row.rbc_per_ul)),
        // One scale holds for a whole slide: pictures of another magnification must not be read with it.
        ("um_per_px", into.um_per_px == row.um_per_px),
        ("date", one(&mut into.case.date, &row.case.date)),
        ("site", one(&mut into.case.site, &row.case.site)),
        ("age", one(&mut into.case.age_years, &row.case.age_years)),
        ("sex", one(&mut into.case.sex, &row.case.sex)),
    ];
    if let Some((column, _)) = agree.into_iter().find(|(_, same)| !same) {
        return Err(differs(row, column));
    }
    into.case.species.extend(&row.case.species);
    for (column, text) in &row.case.free {
        into.case.free.entry(column.clone()).or_insert_with(|| text.clone());
    }
    one(&mut into.info.blood_taken, &row.info.blood_taken);
    one(&mut into.info.objective, &row.info.objective);
    one(&mut into.info.stain, &row.info.stain);
    one(&mut into.info.reader, &row.info.reader);
    Ok(())
}

fn differs(row: &Row, column: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "line {}: {column} is not that of the other line of slide {}; write the same value on both, and read the \
             manifest into another --out",
            row.line, row.info.id
        ),
    )
    .with_key("error-manifest-contradicts")
    .with_arg("line", row.line)
    .with_arg("column", column)
    .with_arg("slide", &row.info.id)
}

fn twice(rows: &[Row]) -> Error {
    let id = rows.first().map(|row| row.info.id.as_str()).unwrap_or_default();
    let lines = some_of(rows.iter().map(|row| row.line));
    Error::new(
        ErrorKind::Usage,
        format!(
            "lines {lines} of the manifest all have the slide number {id}; none of them is read, for nobody could say \
             whose result it is: give each slide its own number (two lines of one slide are its thick and its thin \
             film), and read the manifest into another --out"
        ),
    )
    .with_key("error-manifest-id-claimed")
    .with_arg("slide", id)
    .with_arg("lines", lines)
}
