//! From the rows of a manifest to planned slides: rows with one slide id are the films of one patient.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::row::{Row, Rows, wrong};
use super::{csv, toml};
use crate::archive::case::Case;
use crate::archive::describe::Said;
use crate::archive::plan::{PlannedSlide, some_of};
use crate::entry::{Style, look_alike, one_form, text_of_bytes};
use crate::files::read_plain;
use crate::intake::{Folders, Limits};
use crate::record::Facts;
use crate::source::{FilmPictures, SlideSource};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// A manifest of a million slides has about so many bytes.
const MAX_BYTES: u64 = 256 << 20;

/// The slides of a manifest, sorted by id. Paths in it are relative to its own folder.
///
/// What stands in the manifest about a slide wins over `facts`, which win over a `slide.toml`. A slide whose
/// pictures cannot be found is planned with its fault, and so is one whose rows are not the films of one patient, or
/// whose number looks like that of another; a faulty manifest is refused as a whole, with all its faults. What its own
/// cells do not say of how numbers and dates are written is read as `asked`.
///
/// # Errors
/// [`ErrorKind::Usage`] naming the line of every unknown film, impossible value or value with two meanings.
pub fn read_manifest(path: &Path, asked: Style, facts: &Facts, limits: &Limits) -> Result<Vec<PlannedSlide>> {
    let slides = slides_of(path, asked, true)?;
    let base = path.parent().unwrap_or(Path::new(""));
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in slides.keys() {
        seen.entry(look_alike(id)).or_default().push(id.clone());
    }
    let alike = |id: &str| {
        let same = seen.get(&look_alike(id)).into_iter().flatten();
        same.filter(|other| *other != id).cloned().collect::<Vec<String>>()
    };
    let planned = |(id, rows): (String, Vec<Row>)| {
        let others = alike(&id);
        planned(id, &rows, &others, base, facts, limits)
    };
    Ok(slides.into_iter().map(planned).collect())
}

/// The pictures and folders that a manifest names, as it names them, in the order of its lines.
///
/// # Errors
/// As [`read_manifest`].
pub fn pictures_named(path: &Path, asked: Style) -> Result<Vec<String>> {
    Ok(rows_of(path, asked, true)?.into_iter().flat_map(|row| row.pictures).collect())
}

/// What a manifest says of each slide, by its number, without the pictures that it may name; lines of one slide that
/// contradict each other are the fault of that slide.
///
/// # Errors
/// As [`read_manifest`].
pub(in crate::archive) fn described(path: &Path, asked: Style) -> Result<Vec<(String, Result<Said>)>> {
    let slides = slides_of(path, asked, false)?;
    let said = |rows: &[Row]| {
        one_patient(rows).map(|row| Said {
            films: rows.iter().filter_map(|row| row.film).collect(),
            info: row.info,
            case: row.case,
            um_per_px: row.um_per_px,
            wbc_per_ul: row.wbc_per_ul,
            rbc_per_ul: row.rbc_per_ul,
        })
    };
    Ok(slides.into_iter().map(|(id, rows)| (id, said(&rows))).collect())
}

/// The rows of each slide of a manifest. `with_pictures`: each has some.
fn slides_of(path: &Path, asked: Style, with_pictures: bool) -> Result<BTreeMap<String, Vec<Row>>> {
    let mut slides: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows_of(path, asked, with_pictures)? {
        slides.entry(row.info.id.clone()).or_default().push(row);
    }
    Ok(slides)
}

/// The rows of a manifest.
fn rows_of(path: &Path, asked: Style, with_pictures: bool) -> Result<Vec<Row>> {
    let bytes = read_plain(path, MAX_BYTES)?;
    let rows = if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml")) {
        let text = text_of_bytes(&bytes).map_err(|_| {
            Error::new(ErrorKind::Usage, "this is not UTF-8 text; save the manifest as UTF-8")
                .with_key("error-manifest-encoding")
                .with_path(path)
        })?;
        toml::rows(&text, with_pictures)
    } else {
        csv::rows(&bytes, asked, with_pictures)
    };
    rows.and_then(Rows::sound).map_err(|e| e.with_path(path))
}

fn planned(
    id: String,
    rows: &[Row],
    alike: &[String],
    base: &Path,
    facts: &Facts,
    limits: &Limits,
) -> PlannedSlide {
    let merged = match alike {
        [] => one_patient(rows),
        others => Err(looks_like(rows, &id, others)),
    };
    let (case, source) = match merged {
        Ok(merged) => {
            let source = sound(rows, &merged, base, facts, limits);
            // What its cells leave open may stand in the slide's own sheet.
            let info = source.as_ref().map_or(&merged.info, SlideSource::info);
            (
                Case {
                    pregnant: merged.case.pregnant,
                    species: merged.case.species,
                    free: merged.case.free,
                    ..Case::of(info)
                },
                source,
            )
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

fn sound(rows: &[Row], merged: &Row, base: &Path, facts: &Facts, limits: &Limits) -> Result<SlideSource> {
    let facts = Facts {
        film: if rows.len() == 1 { merged.film.or(facts.film) } else { None },
        um_per_px: merged.um_per_px.or(facts.um_per_px),
        wbc_per_ul: merged.wbc_per_ul.or(facts.wbc_per_ul),
        rbc_per_ul: merged.rbc_per_ul.or(facts.rbc_per_ul),
        ..facts.clone()
    };
    source(rows, merged, base, facts, limits)
}

/// A folder is looked into as `analyze` would; listed pictures are taken as listed, with the `slide.toml` beside them.
fn source(rows: &[Row], merged: &Row, base: &Path, facts: Facts, limits: &Limits) -> Result<SlideSource> {
    let folders = Folders::new(limits);
    if let [row] = rows
        && let [only] = row.pictures.as_slice()
        && let folder = on_this_disk(base, only)
        && folder.is_dir()
    {
        return Ok(SlideSource::find_in(&folder, &facts, &folders)?.with_info(merged.info.clone()));
    }
    let mut films = Vec::new();
    let mut whole = Vec::new();
    for row in rows {
        let film = row.film.or(facts.film).ok_or_else(|| {
            wrong(row.line, "film", "", "thick, thin").with_path(base.join(row.pictures.join("|")))
        })?;
        let mut paths: Vec<PathBuf> = Vec::new();
        let mut gone = Vec::new();
        for item in &row.pictures {
            let path = on_this_disk(base, item);
            if path.is_dir() {
                let folder = folders.open(&path)?;
                let listed = folder.pictures()?;
                paths.extend(listed.pictures.iter().cloned());
                whole.push((path, listed.passed_over.clone()));
                continue;
            }
            // One picture of many that is gone is a picture that cannot be read; a folder, or all of them, is the film.
            match std::fs::metadata(&path) {
                Err(e) if !is_picture_name(item) => return Err(not_here(row.line, base, item, e)),
                Err(e) => gone.push(not_here(row.line, base, item, e)),
                Ok(_) => {}
            }
            paths.push(path);
        }
        if gone.len() == row.pictures.len()
            && let Some(first) = gone.into_iter().next()
        {
            return Err(first);
        }
        films.push(FilmPictures { film, paths });
    }
    films.sort_by_key(|f| match f.film {
        Film::Thick => 0,
        Film::Thin => 1,
    });
    whole.dedup_by(|(a, _), (b, _)| a == b);
    SlideSource::of_listed(merged.info.clone(), &facts, base, films, &whole, &folders)
}

/// Whether a name ends as names of pictures do, and not as those of folders.
fn is_picture_name(item: &str) -> bool {
    let name = item.rsplit(['/', '\\']).next().unwrap_or(item);
    name.rsplit_once('.').is_some_and(|(_, ending)| {
        (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// Where a path of a manifest leads: as written; with the backslashes of Windows as `/`; with accents composed or
/// decomposed as the names on this disk are. As written where it leads nowhere.
fn on_this_disk(base: &Path, item: &str) -> PathBuf {
    let written = base.join(item);
    if written.exists() {
        return written;
    }
    let mut found = base.to_path_buf();
    let turned = item.replace('\\', "/");
    for part in Path::new(&turned) {
        let next = found.join(part);
        if next.exists() {
            found = next;
            continue;
        }
        let wanted = part.to_str().map(one_form);
        let mut same = std::fs::read_dir(&found)
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| wanted.is_some() && entry.file_name().to_str().map(one_form) == wanted);
        match (same.next(), same.next()) {
            (Some(one), None) => found = one.path(),
            _ => return written,
        }
    }
    found
}

/// What a line names and the system does not give; where it is not there, with the name that differs in its case alone.
fn not_here(line: u64, base: &Path, item: &str, refused: std::io::Error) -> Error {
    let path = base.join(item);
    if refused.kind() != std::io::ErrorKind::NotFound {
        return Error::io(path, "look at", refused).on_line(line);
    }
    let (key, english, near) = match in_another_case(base, item) {
        Some(near) => {
            ("error-manifest-case", format!("; {near} is there: write capitals as it has them"), near)
        }
        None => (
            "error-manifest-not-found",
            "; check the name and that the disk is connected".to_owned(),
            String::new(),
        ),
    };
    let shown = path.display().to_string();
    Error::new(ErrorKind::Io, format!("line {line}: {shown} is not there{english}"))
        .with_key(key)
        .with_arg("line", line)
        .with_arg("file", shown)
        .with_arg("near", near)
        .with_path(path)
        .with_source(refused)
}

/// The one path below `base` that is `item` but for capitals, as it is written on the disk.
fn in_another_case(base: &Path, item: &str) -> Option<String> {
    let mut found = base.to_path_buf();
    let turned = item.replace('\\', "/");
    for part in Path::new(&turned) {
        let next = found.join(part);
        if next.exists() {
            found = next;
            continue;
        }
        let wanted = one_form(part.to_str()?).to_lowercase();
        let mut same = std::fs::read_dir(&found).ok()?.flatten().filter(|entry| {
            entry.file_name().to_str().is_some_and(|name| one_form(name).to_lowercase() == wanted)
        });
        match (same.next(), same.next()) {
            (Some(one), None) => found = one.path(),
            _ => return None,
        }
    }
    Some(found.strip_prefix(base).unwrap_or(&found).display().to_string())
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
        ("pregnant", one(&mut into.case.pregnant, &row.case.pregnant)),
        // One scale holds for a whole slide: pictures of another magnification must not be read with it.
        ("um_per_px", into.um_per_px == row.um_per_px),
    ];
    if let Some((column, _)) = agree.into_iter().find(|(_, same)| !same) {
        return Err(differs(row, column));
    }
    into.case.species.extend(&row.case.species);
    for (column, text) in &row.case.free {
        into.case.free.entry(column.clone()).or_insert_with(|| text.clone());
    }
    // The column that a sheet calls `blood_taken`.
    let column = |name| if name == "blood_taken" { "date" } else { name };
    into.info.unite(&row.info).map_err(|name| differs(row, column(name)))
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

fn looks_like(rows: &[Row], id: &str, others: &[String]) -> Error {
    let (line, others) = (rows.first().map_or(0, |row| row.line), some_of(others.iter()));
    Error::new(
        ErrorKind::Usage,
        format!(
            "line {line}: the slide numbers {id} and {others} look alike and are written with different characters; none of them \
             is read: write each in the same way, and read the manifest into another --out"
        ),
    )
    .with_key("error-manifest-alike")
    .with_arg("line", line)
    .with_arg("slide", id)
    .with_arg("others", others)
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
