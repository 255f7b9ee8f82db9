//! The parts of an archive that several machines have read, put together to the archive that one would have made.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::folder::{Archive, INDEX, RECORDS};
use super::journal::{Begun, Journal, Listed};
use super::lock::at_work;
use super::shard::Shard;
use super::stamp::Stamp;
use crate::entry::Style;
use crate::files::{MAX_RECORD_BYTES, read_plain, write_whole};
use crate::intake::digest_of_bytes;
use crate::{Error, ErrorKind, Result};

/// One part, as it lies in its output folder.
struct Part<'a> {
    folder: &'a Path,
    journal: Journal,
    begun: Begun,
    shard: Shard,
    listed: Vec<Listed>,
}

/// Puts the output folders `parts` together in the new output folder `out`: the journal and the records, from which every
/// table and page follows. The readers' decisions of all parts come along. The parts are left as they are.
///
/// Before anything is written it is proved that every slide of the list is there once: all parts of one division, each of
/// them complete, begun with the same program, bundles, rules, facts and manifest, and all of one list of slides.
///
/// # Errors
/// [`ErrorKind::Usage`] naming what is missing, double, not complete, or from another build or list, and where `out` holds
/// an archive already; [`ErrorKind::Io`] where the system refuses; [`ErrorKind::Unreadable`] for a damaged journal.
pub fn join(out: &Path, parts: &[PathBuf]) -> Result<Archive> {
    let mut parts = parts.iter().map(|folder| Part::open(folder)).collect::<Result<Vec<_>>>()?;
    parts.sort_by_key(|part| part.shard.part());
    let Some(first) = parts.first() else { return Err(missing(&["1/1".to_owned()])) };
    all_are_there(&parts)?;
    for part in &parts {
        first.is_of_one_run_with(part)?;
    }
    let records = records_of(&parts)?;
    if Journal::exists(out) && Journal::read(out)?.is_planned()? {
        return Err(holds_an_archive(out));
    }
    let begun = Begun { shard: None, ..first.begun.clone() };
    let (mut archive, _) = Archive::open(out, begun)?;
    for (name, (folder, digest)) in &records {
        let bytes = sound_record(folder, name, digest)?;
        write_whole(&out.join(RECORDS).join(name), &bytes)?;
    }
    #[cfg(feature = "review")]
    take_decisions(out, &parts)?;
    // Last: until now nothing says that this is an archive.
    archive.journal.take_parts(&parts.iter().map(|part| &part.journal).collect::<Vec<_>>())?;
    Ok(archive)
}

impl<'a> Part<'a> {
    fn open(folder: &'a Path) -> Result<Self> {
        let journal = Journal::read(folder)?;
        let begun = journal.begun_before()?;
        let Some(shard) = begun.shard else { return Err(is_no_part(folder)) };
        if let Some(process) = at_work(folder) {
            return Err(unended(folder, shard)
                .with_key("error-join-at-work")
                .with_arg("process", process)
                .with_arg("shard", shard));
        }
        let standing = journal.standing()?;
        // Without the page, which is written last, what was drawn may be missing.
        if !journal.is_planned()? || !standing.is_complete() || !folder.join(INDEX).is_file() {
            return Err(unended(folder, shard));
        }
        let listed = journal.listed()?;
        Ok(Self { folder, journal, begun, shard, listed })
    }

    /// Refuses a part that was begun otherwise, or of another list of slides.
    fn is_of_one_run_with(&self, other: &Self) -> Result<()> {
        let mut differences = Stamp::differences(&self.begun.stamp, &other.begun.stamp);
        let locale = |begun: &Begun| if begun.french_tables { "fr" } else { "en" }.to_owned();
        let style = |begun: &Begun| if begun.style == Style::FRENCH { "fr" } else { "en" }.to_owned();
        let manifest = |journal: &Journal| journal.manifest_begun().map(Option::unwrap_or_default);
        for (what, ours, theirs) in [
            ("csv-locale", locale(&self.begun), locale(&other.begun)),
            ("lang", style(&self.begun), style(&other.begun)),
            ("manifest", manifest(&self.journal)?, manifest(&other.journal)?),
        ] {
            if ours != theirs {
                differences.push((what, ours, theirs));
            }
        }
        if let Some((what, ours, theirs)) = differences.into_iter().next() {
            return Err(Error::new(
                ErrorKind::Usage,
                format!(
                    "parts {} and {} were begun differently: {what} is {ours} and {theirs}; read one of them again \
                     with the program and the settings of the other",
                    self.shard, other.shard
                ),
            )
            .with_key("error-join-other")
            .with_arg("one", self.shard)
            .with_arg("other", other.shard)
            .with_arg("what", what)
            .with_arg("ours", ours)
            .with_arg("theirs", theirs)
            .with_path(other.folder));
        }
        let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) =
            (self.listed.iter().collect(), other.listed.iter().collect());
        let Some(Listed { id, files, .. }) = ours.symmetric_difference(&theirs).next() else { return Ok(()) };
        Err(Error::new(
            ErrorKind::Usage,
            format!(
                "parts {} and {} did not find the same slides: {id} with these {files} pictures was found by one of \
                 them alone; give both the same pictures, and read one of them again into another --out",
                self.shard, other.shard
            ),
        )
        .with_key("error-join-lists")
        .with_arg("one", self.shard)
        .with_arg("other", other.shard)
        .with_arg("slide", id)
        .with_arg("files", files)
        .with_path(other.folder))
    }
}

/// Refuses parts of two divisions, a part twice, and a part that is not there.
fn all_are_there(parts: &[Part<'_>]) -> Result<()> {
    let of = parts.first().map_or(0, |part| part.shard.of());
    for pair in parts.windows(2) {
        let [one, other] = pair else { continue };
        if one.shard == other.shard || one.shard.of() != other.shard.of() {
            let (ours, theirs) = (one.folder.display().to_string(), other.folder.display().to_string());
            return Err(Error::new(
                ErrorKind::Usage,
                format!(
                    "{ours} is part {} and {theirs} is part {}; give each part of one division once",
                    one.shard, other.shard
                ),
            )
            .with_key("error-join-double")
            .with_arg("folder", ours)
            .with_arg("other_folder", theirs)
            .with_arg("one", one.shard)
            .with_arg("other", other.shard));
        }
    }
    let there: BTreeSet<u32> = parts.iter().map(|part| part.shard.part()).collect();
    let gone: Vec<String> =
        (1..=of).filter(|part| !there.contains(part)).map(|part| format!("{part}/{of}")).collect();
    if gone.is_empty() { Ok(()) } else { Err(missing(&gone)) }
}

/// The records of all slides, with their folders and digests; refuses a slide that no part has, that two have, or whose
/// record is not the one that was written.
fn records_of<'a>(parts: &[Part<'a>]) -> Result<BTreeMap<String, (&'a Path, String)>> {
    let mut holders: BTreeMap<String, &Path> = BTreeMap::new();
    let mut records = BTreeMap::new();
    for part in parts {
        part.journal.slides(|state| match holders.insert(state.id.clone(), part.folder) {
            Some(earlier) => Err(twice(&state.id, earlier, part.folder)),
            None => Ok(()),
        })?;
        let replanned = part.journal.replanned()?;
        let own = part.listed.iter().enumerate().filter(|(place, _)| part.shard.has(*place));
        for (_, Listed { id, .. }) in own {
            if holders.get(id) != Some(&part.folder) && !replanned.contains(id) {
                return Err(lost(id, part.folder));
            }
        }
        part.journal.each_row(|row| {
            let (Some(name), Some(digest)) = (row.record, row.record_sha256) else { return Ok(()) };
            sound_record(part.folder, &name, &digest)?;
            match records.insert(name, (part.folder, digest)) {
                Some((earlier, _)) => Err(twice(&row.id, earlier, part.folder)),
                None => Ok(()),
            }
        })?;
    }
    Ok(records)
}

fn sound_record(folder: &Path, name: &str, digest: &str) -> Result<Vec<u8>> {
    let path = folder.join(RECORDS).join(name);
    match read_plain(&path, MAX_RECORD_BYTES) {
        Ok(bytes) if digest_of_bytes(&bytes) == digest => Ok(bytes),
        Err(e) if e.kind() == ErrorKind::Io && path.exists() => Err(e),
        _ => Err(unsound_record(path)),
    }
}

/// A record that is not as it was written, and what to do.
pub(crate) fn unsound_record(path: PathBuf) -> Error {
    Error::new(
        ErrorKind::Usage,
        "the record is gone, or not as it was written; delete it, if it is there, and let hemozoin archive resume \
         write it again",
    )
    .with_key("error-join-record")
    .with_path(path)
}

/// The decisions of readers in all parts.
#[cfg(feature = "review")]
fn take_decisions(out: &Path, parts: &[Part<'_>]) -> Result<()> {
    use crate::review::Store;
    let mut all: Option<Store> = None;
    for part in parts {
        let Some(store) = Store::read(part.folder)? else { continue };
        for (slide, readings) in store.all_readings()? {
            for reading in readings {
                let into = match &mut all {
                    Some(into) => into,
                    None => all.insert(Store::open(out)?),
                };
                into.take(&slide, &store.sent(&reading)?)?;
            }
        }
    }
    Ok(())
}

fn is_no_part(folder: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        "this archive holds all of its slides; only parts that were begun with hemozoin archive run --shard are joined",
    )
    .with_key("error-join-whole")
    .with_path(folder)
}

fn unended(folder: &Path, shard: Shard) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!("part {shard} is not complete; go on with it first: hemozoin archive resume DIR"),
    )
    .with_key("error-join-unended")
    .with_arg("shard", shard)
    .with_path(folder)
}

fn missing(shards: &[String]) -> Error {
    let shards = shards.join(", ");
    Error::new(
        ErrorKind::Usage,
        format!("these parts are missing: {shards}; give the output folders of all parts"),
    )
    .with_key("error-join-missing")
    .with_arg("shards", shards)
}

fn twice(slide: &str, folder: &Path, other: &Path) -> Error {
    let folder = folder.display();
    Error::new(
        ErrorKind::Usage,
        format!("slide {slide} stands here and in {folder}; give the two slides different numbers and read both again"),
    )
    .with_key("error-join-twice")
    .with_arg("slide", slide)
    .with_arg("folder", folder)
    .with_path(other)
}

fn lost(slide: &str, folder: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "slide {slide} belongs to this part and is not in it; read the part again into another --out"
        ),
    )
    .with_key("error-join-lost")
    .with_arg("slide", slide)
    .with_path(folder)
}

fn holds_an_archive(out: &Path) -> Error {
    Error::new(ErrorKind::Usage, "an archive lies here already; choose another --out")
        .with_key("error-join-out")
        .with_path(out)
}
