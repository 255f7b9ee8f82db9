//! An output folder: its lock, its journal, and the promise that it is continued as it was begun.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::journal::{Begun, Journal, RefusedPlan, SlideState, file_facts};
use super::lock::Lock;
use super::plan::{ArchivePlan, Claims};
use super::shard::Shard;
use super::share::Share;
use super::stamp::Stamp;
use crate::files::{clear_unfinished, make_folder};
use crate::intake::Limits;
use crate::source::SlideSource;
use crate::{Error, ErrorKind, Result};

/// Folder of the records inside the output.
pub(super) const RECORDS: &str = "records";
/// Folder of the pages of the slides inside the output.
pub const PAGES: &str = "slides";
/// Tables and page inside the output; the page is written last, and says that all the rest is there.
pub const OUTPUTS: [&str; 5] = ["slides.csv", "fields.csv", "slides.parquet", "fields.parquet", INDEX];
/// The page of all slides.
pub const INDEX: &str = "index.html";

/// Whether an archive is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Nothing was there.
    New,
    /// An earlier process began it.
    Continued,
}

/// A file that is not what an earlier process examined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFile {
    /// Id of its slide.
    pub slide: String,
    /// Where it is, or was.
    pub path: PathBuf,
    /// Whether it is gone, or the system does not show it any more.
    pub gone: bool,
    /// Whether its slide will be read again; else the earlier result stays.
    pub redone: bool,
}

/// An output folder, held by this process alone.
#[derive(Debug)]
pub struct Archive {
    folder: PathBuf,
    base: PathBuf,
    begun: Begun,
    pub(super) journal: Journal,
    _lock: Lock,
}

impl Archive {
    /// Takes hold of an output folder and begins an archive in it, or continues the one that is there. One
    /// whose slides were never listed is begun anew, with whatever is asked for now.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where another process holds it, or where it was begun and listed with anything
    /// that could make other records; [`ErrorKind::Io`] where the system refuses.
    pub fn open(folder: &Path, begun: Begun) -> Result<(Self, Opening)> {
        Self::take(folder, begun, false)
    }

    /// As [`Self::open`], where the folder of the slides or the manifest may lie elsewhere now.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_moved(folder: &Path, begun: Begun) -> Result<(Self, Opening)> {
        Self::take(folder, begun, true)
    }

    fn take(folder: &Path, begun: Begun, moved: bool) -> Result<(Self, Opening)> {
        check_free(folder, &begun)?;
        make_folder(&folder.join(RECORDS))?;
        let lock = Lock::take(folder)?;
        clear_unfinished(folder);
        clear_unfinished(&folder.join(RECORDS));
        let mut journal = Journal::open(folder)?;
        let opening = match journal.begun()? {
            Some(earlier) if journal.is_planned()? => {
                check(&journal, &earlier, &begun, moved)?;
                Opening::Continued
            }
            // Nothing binds before the slides are listed: the first attempt may have named a wrong folder.
            _ => {
                journal.begin(&begun)?;
                Opening::New
            }
        };
        let base = base_of(&journal, &begun)?;
        Ok((Self { folder: folder.to_path_buf(), base, begun, journal, _lock: lock }, opening))
    }

    /// Finds the slides, unless an earlier process has.
    ///
    /// # Errors
    /// What [`ArchivePlan::each`] refuses; [`ErrorKind::Io`] where the folder went away, and
    /// [`ErrorKind::Usage`] where the manifest changed, while the slides were listed: then nothing is kept of
    /// the list.
    pub fn plan(&mut self, limits: &Limits) -> Result<()> {
        if self.journal.is_planned()? {
            return Ok(());
        }
        let begun = &self.begun;
        let base = self.base.clone();
        let share = Share::look(&base)?;
        let manifest = self.journal.manifest_begun()?;
        self.journal.plan(&base, begun.shard, |take| {
            let plan = ArchivePlan::new(&begun.root, &begun.stamp.facts, limits).written_as(begun.style);
            let found = plan.each(take);
            share.check()?;
            begun.check_manifest(manifest.as_deref())?;
            found
        })?;
        Ok(())
    }

    /// Lists nothing yet, unless an earlier process has: the slides come one after the other ([`Self::add`]).
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the journal refuses.
    pub fn plan_none(&mut self) -> Result<()> {
        if !self.journal.is_planned()? {
            self.journal.plan(&self.base, None, |_| Ok((0, Vec::new())))?;
        }
        Ok(())
    }

    /// Adds the slides of folders below the root that came after the list was made; returns how many there are. One that
    /// claims the id of a slide that is listed is listed with that fault, and so is the other.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the journal refuses, or a folder went away.
    pub fn add(&mut self, folders: &[PathBuf], limits: &Limits) -> Result<usize> {
        if folders.is_empty() {
            return Ok(0);
        }
        let share = Share::look(&self.base)?;
        let (mut claims, records) = self.journal.claims()?;
        self.list(&[], folders, (&mut claims, &records), &share, limits)
    }

    /// Takes the slides of these folders below the root out of the archive, with their records: nothing was found in them,
    /// and others came in their place.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the journal or the system refuses.
    pub fn take_out(&mut self, places: &[String]) -> Result<()> {
        if places.is_empty() {
            return Ok(());
        }
        let mut listed = self.journal.places()?;
        let gone: Vec<SlideState> = places.iter().filter_map(|place| listed.remove(place)).collect();
        for slide in &gone {
            // Before the journal forgets it: a record that the journal knows of is written again.
            if let Some(record) = self.journal.row(slide.number)?.and_then(|row| row.record) {
                remove(&self.folder.join(RECORDS).join(record))?;
            }
        }
        self.journal.take_out(&gone)
    }

    /// What tables and pages would show now, where they show something else; `None` where they are up to date.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the journal refuses.
    pub fn tables_behind(&self) -> Result<Option<String>> {
        let mark = self.journal.mark()?;
        Ok(if self.journal.mark_written()?.as_ref() == Some(&mark) { None } else { Some(mark) })
    }

    /// Keeps that tables and pages show what [`Self::tables_behind`] said before they were written.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the journal refuses.
    pub fn tables_show(&mut self, mark: &str) -> Result<()> {
        self.journal.put_mark(mark)
    }

    /// Files examined by an earlier process that are others now, or not there any more.
    ///
    /// Size and time of change are compared first; where they differ, or with `redo`, the bytes decide. With `redo` a slide
    /// with other files is read again, unless one of its files is gone: what was read of it stays, for it cannot be
    /// read again. A slide that was not finished, and of which pictures changed before their turn came, is read again in any
    /// case: its scale came from what lay there before.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the journal refuses, or where the folder of the slides went away.
    pub fn changed_files(&mut self, redo: bool) -> Result<Vec<ChangedFile>> {
        let share = Share::look(&self.base)?;
        let mut changed: Vec<(i64, ChangedFile)> = Vec::new();
        let mut at = (i64::MIN, 0);
        while let Some(entry) = self.journal.next_done(at.0, at.1, &self.base)? {
            at = (entry.slide, entry.number);
            let now = file_facts(&entry.path);
            // Nothing was read of a file without a digest.
            if now == (entry.bytes, entry.modified_ns) && (!redo || entry.sha256.is_none()) {
                continue;
            }
            let gone = now.0.is_none();
            match &entry.sha256 {
                // One that was read and cannot be read now is not known to be another.
                Some(known)
                    if !gone
                        && crate::intake::digest_of_file(&entry.path)
                            .map_or(true, |digest| digest == *known) =>
                {
                    continue;
                }
                // Nothing was read of it.
                None if gone => continue,
                // A file that could not be read has no digest: one of another size or time may be its sound copy.
                _ => {}
            }
            let slide = self.journal.slide(entry.slide, &self.base)?.source.info().id.clone();
            let path = entry.path;
            changed.push((entry.slide, ChangedFile { slide, path, gone, redone: false }));
        }
        share.check()?;
        let mut waiting = self.changed_before_their_turn()?;
        // What was read of a picture that is gone stays: it cannot be read again.
        waiting.retain(|(slide, _)| !changed.iter().any(|(of, file)| of == slide && file.gone));
        for slide in waiting.iter().map(|(slide, _)| *slide).collect::<BTreeSet<_>>() {
            self.journal.forget_slide(slide, &self.base)?;
        }
        changed.extend(waiting);
        if redo {
            let kept: BTreeSet<i64> =
                changed.iter().filter(|(_, f)| f.gone).map(|(slide, _)| *slide).collect();
            let mut again = BTreeSet::new();
            for (slide, file) in changed.iter_mut().filter(|(_, file)| !file.redone) {
                file.redone = !kept.contains(slide);
                if file.redone && again.insert(*slide) {
                    self.journal.forget_slide(*slide, &self.base)?;
                }
            }
        }
        Ok(changed.into_iter().map(|(_, file)| file).collect())
    }

    /// Slides that were begun and not finished, and whose files are others now before they were read.
    fn changed_before_their_turn(&self) -> Result<Vec<(i64, ChangedFile)>> {
        let mut files = Vec::new();
        for entry in self.journal.waiting_of_begun(&self.base)? {
            let now = file_facts(&entry.path);
            if now.0.is_none() || now == (entry.bytes, entry.modified_ns) {
                continue;
            }
            let slide = self.journal.slide(entry.slide, &self.base)?.source.info().id.clone();
            files.push((entry.slide, ChangedFile { slide, path: entry.path, gone: false, redone: true }));
        }
        Ok(files)
    }

    /// Gives another try to what the system refused: slides that could not be listed, and slides with a file
    /// that could not be read, as a whole, for a slide's scale comes from all of its pictures. Returns how
    /// many there are.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the journal refuses, or where the folder of the slides went away.
    pub fn retry_refused(&mut self, limits: &Limits) -> Result<usize> {
        let listed = self.list_again(limits)?;
        let slides = self.journal.refused_slides()?;
        for slide in &slides {
            self.journal.forget_slide(*slide, &self.base)?;
        }
        Ok(listed + slides.len())
    }

    /// Looks again into the folders that the system refused while the slides were listed; returns how many
    /// slides are found there. What is still refused stays as it is.
    fn list_again(&mut self, limits: &Limits) -> Result<usize> {
        let refused = self.journal.refused_plans(&self.base)?;
        if refused.is_empty() || std::fs::metadata(&self.begun.root).is_err() {
            return Ok(0);
        }
        let share = Share::look(&self.base)?;
        if self.begun.root.is_file() {
            self.lines_again(&refused, limits, &share)
        } else {
            self.folders_again(refused, limits, &share)
        }
    }

    /// The slides of a manifest: lines of it whose pictures can be listed now.
    fn lines_again(&mut self, refused: &[RefusedPlan], limits: &Limits, share: &Share) -> Result<usize> {
        let plan = plan_again(&self.begun, limits);
        let mut gone = Vec::new();
        let mut mended = Vec::new();
        plan.each(&mut |slide| {
            if let Some(before) = refused.iter().find(|before| before.id == slide.id)
                && !slide.is_refused()
            {
                gone.push((before.number, before.id.clone()));
                mended.push(slide);
            }
            Ok(())
        })?;
        if gone.is_empty() {
            return Ok(0);
        }
        self.journal.replan(&self.base, &gone, |take| {
            mended.into_iter().try_for_each(take)?;
            share.check().map(|()| Vec::new())
        })
    }

    /// The slides of folders: below a refused one there may be any number of them.
    fn folders_again(&mut self, refused: Vec<RefusedPlan>, limits: &Limits, share: &Share) -> Result<usize> {
        let plan = plan_again(&self.begun, limits);
        let (mut claims, records) = self.journal.claims()?;
        // Looked at first, so that an archive stays as it is where nothing was mended.
        let mut gone = Vec::new();
        let mut places = Vec::new();
        for RefusedPlan { number, id, folder: place } in refused {
            let (mut slides, mut same) = (0, false);
            plan.again(std::slice::from_ref(&place), &mut Claims::default(), &mut |slide| {
                slides += 1;
                same = slide.folder.as_ref() == Some(&place) && slide.is_refused();
                Ok(())
            })?;
            if slides != 1 || !same {
                claims.forget(&id);
                gone.push((number, id));
                places.push(place);
            }
        }
        if places.is_empty() {
            return Ok(0);
        }
        self.list(&gone, &places, (&mut claims, &records), share, limits)
    }

    /// Puts what is found in folders in the place of the slides `gone`.
    fn list(
        &mut self,
        gone: &[(i64, String)],
        places: &[PathBuf],
        (claims, records): (&mut Claims, &BTreeMap<String, String>),
        share: &Share,
        limits: &Limits,
    ) -> Result<usize> {
        let plan = plan_again(&self.begun, limits);
        let folder = self.folder.join(RECORDS);
        self.journal.replan(&self.base, gone, |take| {
            let links = plan.again(places, claims, &mut |slide| {
                // Before the journal forgets it: a record that the journal knows of is written again.
                if let Some(record) = slide.instead_of.as_ref().and_then(|earlier| records.get(earlier)) {
                    remove(&folder.join(record))?;
                }
                take(slide)
            })?;
            share.check().map(|()| links)
        })
    }

    /// The output folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The journal, for reading.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What it was begun with.
    pub fn begun(&self) -> &Begun {
        &self.begun
    }

    /// Where the pictures of a slide lie, by its id.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a slide that is not part of the archive; else as [`Journal::read`].
    pub fn source_of(&self, slide: &str) -> Result<SlideSource> {
        let number = self.journal.number(slide)?.ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("no slide {slide} is part of this archive"))
                .with_key("error-reading-slide")
                .with_arg("slide", slide)
                .with_path(&self.folder)
        })?;
        Ok(self.journal.slide(number, &self.base)?.source)
    }

    /// The folder that file names in the journal are relative to.
    pub(super) fn base(&self) -> &Path {
        &self.base
    }
}

fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io(path, "remove", e)),
        _ => Ok(()),
    }
}

/// The folder that file names in the journal are relative to.
pub(super) fn base_of(journal: &Journal, begun: &Begun) -> Result<PathBuf> {
    let root = &begun.root;
    // A manifest that is gone now was one when the archive was begun.
    let is_manifest = root.is_file() || journal.manifest_begun()?.is_some();
    Ok(if is_manifest && !root.is_dir() {
        root.parent().unwrap_or(Path::new("")).to_path_buf()
    } else {
        root.clone()
    })
}

/// Refuses to continue with anything that could make other records or tables, another manifest included.
pub(super) fn check(journal: &Journal, earlier: &Begun, now: &Begun, moved: bool) -> Result<()> {
    let mut differences = Stamp::differences(&earlier.stamp, &now.stamp);
    if !moved && !is_same_place(&earlier.root, &now.root) {
        differences.push(("ROOT", earlier.root.display().to_string(), now.root.display().to_string()));
    }
    if earlier.french_tables != now.french_tables {
        let locale = |french: bool| if french { "fr" } else { "en" }.to_owned();
        differences.push(("csv-locale", locale(earlier.french_tables), locale(now.french_tables)));
    }
    if earlier.shard != now.shard {
        let shown = |shard: Option<Shard>| shard.map_or_else(|| "–".to_owned(), |shard| shard.to_string());
        differences.push(("shard", shown(earlier.shard), shown(now.shard)));
    }
    let Some((what, begun, asked)) = differences.into_iter().next() else {
        return now.check_manifest(journal.manifest_begun()?.as_deref());
    };
    Err(Error::new(
        ErrorKind::Usage,
        format!(
            "this archive was begun with {what} = {begun}, now it is {asked}; go on with: hemozoin archive resume \
             DIR, or choose another --out"
        ),
    )
    .with_key("error-archive-other-settings")
    .with_arg("what", what)
    .with_arg("begun", begun)
    .with_arg("asked", asked)
    .with_path(journal.folder()))
}

/// Whether two names are of one place; one that is not there is what its name says.
fn is_same_place(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Where the slides of a begun archive are looked for.
fn plan_again<'a>(begun: &'a Begun, limits: &'a Limits) -> ArchivePlan<'a> {
    ArchivePlan::new(&begun.root, &begun.stamp.facts, limits).written_as(begun.style)
}

/// Refuses a folder in which other things lie where those of an archive will lie: what is of no slide is cleared away
/// there. And a manifest that is called as one of the tables.
fn check_free(folder: &Path, begun: &Begun) -> Result<()> {
    if Journal::exists(folder) {
        return Ok(());
    }
    let filled =
        |name: &&str| std::fs::read_dir(folder.join(name)).is_ok_and(|mut found| found.next().is_some());
    if let Some(name) = [RECORDS, PAGES].into_iter().find(filled) {
        return Err(Error::new(
            ErrorKind::Usage,
            format!(
                "a folder that is not empty and is of no archive lies here already: {name}; choose another --out, best a \
                 new folder"
            ),
        )
        .with_key("error-archive-out-taken")
        .with_arg("name", name)
        .with_path(folder));
    }
    let named = begun.root.file_name().and_then(|name| name.to_str());
    if let Some(name) = OUTPUTS.iter().find(|name| named == Some(**name))
        && begun.root.is_file()
        && begun.root.parent().is_some_and(|parent| is_same_place(parent, folder))
    {
        return Err(Error::new(
            ErrorKind::Usage,
            format!("the list is called {name}, as a table of the result will be; choose another --out, or rename the list"),
        )
        .with_key("error-archive-out-list")
        .with_arg("name", name)
        .with_path(&begun.root));
    }
    Ok(())
}
