//! The walk through a folder tree: which folders are slides, and what becomes of links and of what cannot be
//! read.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{ArchivePlan, Claims, PlannedSlide};
use crate::archive::case::Case;
use crate::intake::{Folders, film_of_name};
use crate::record::Facts;
use crate::source::{SlideSheet, SlideSource};
use crate::text::{is_one_line, one_line};
use crate::{Error, ErrorKind, Result};

/// Folders deeper than this are not looked into.
const MAX_DEPTH: usize = 64;

/// A folder to be looked into.
struct Step {
    dir: PathBuf,
    facts: Facts,
    depth: usize,
}

pub(super) struct Walk<'a, 'b> {
    plan: &'b ArchivePlan<'a>,
    pub(super) folders: Folders<'a>,
    /// The folder where a second walk begins.
    place: Option<&'b Path>,
    /// The root without links.
    root: PathBuf,
    claims: &'b mut Claims,
    take: &'b mut dyn FnMut(PlannedSlide) -> Result<()>,
    /// Links, which come after the folders of the tree itself: a folder is read under its own name.
    links: Vec<Step>,
    /// Folders outside the tree that links have led to.
    outside: Option<BTreeSet<PathBuf>>,
    skipped: Vec<PathBuf>,
}

impl<'a, 'b> Walk<'a, 'b> {
    pub(super) fn new(
        plan: &'b ArchivePlan<'a>,
        place: Option<&'b Path>,
        claims: &'b mut Claims,
        take: &'b mut dyn FnMut(PlannedSlide) -> Result<()>,
    ) -> Result<Self> {
        let root = plan.root.canonicalize().map_err(|e| Error::io(plan.root, "look at", e))?;
        Ok(Self {
            plan,
            folders: Folders::new(plan.limits),
            place,
            root,
            claims,
            take,
            links: Vec::new(),
            outside: None,
            skipped: Vec::new(),
        })
    }

    pub(super) fn all(mut self, dir: &Path) -> Result<Vec<PathBuf>> {
        let below = dir.strip_prefix(self.plan.root).unwrap_or(Path::new(""));
        let facts = below.iter().fold(self.plan.facts.clone(), |outer, name| self.inside(&outer, name));
        let first = Step { dir: dir.to_path_buf(), facts, depth: below.iter().count() };
        if self.place.is_some() && dir.is_symlink() {
            self.links.push(first);
        } else {
            self.folder(&first)?;
        }
        // Folders that links lead to may hold links too.
        while !self.links.is_empty() {
            for link in std::mem::take(&mut self.links) {
                self.link(&link)?;
            }
        }
        Ok(self.skipped)
    }

    /// The facts inside a folder of this name.
    fn inside(&self, outer: &Facts, name: &OsStr) -> Facts {
        match name.to_str().and_then(film_of_name) {
            Some(film) if self.plan.facts.film.is_none() => Facts { film: Some(film), ..outer.clone() },
            _ => outer.clone(),
        }
    }

    fn folder(&mut self, step: &Step) -> Result<()> {
        let Step { dir, facts, depth } = step;
        if *depth > MAX_DEPTH {
            return self.slide(dir, Err(too_deep(dir)));
        }
        if let Some(outside) = &mut self.outside {
            let target = match dir.canonicalize() {
                Ok(target) => target,
                Err(e) => return self.slide(dir, Err(Error::io(dir, "look at", e))),
            };
            if !outside.insert(target) {
                self.skipped.push(dir.clone());
                return Ok(());
            }
        }
        let looked = self
            .folders
            .open(dir)
            .and_then(|folder| Ok((SlideSource::parts_in(dir, &self.folders)?, folder)));
        let (parts, folder) = match looked {
            Ok(looked) => looked,
            Err(refused) => return self.slide(dir, Err(refused)),
        };
        if parts.is_some() {
            self.slide(dir, SlideSource::find_in(dir, facts, &self.folders))?;
        } else if SlideSheet::is_in(&folder) {
            self.slide(dir, Err(sheet_not_used(dir)))?;
        }
        for (child, trouble) in folder.sub_folders() {
            if parts.as_ref().is_some_and(|parts| parts.contains(&child)) {
                continue;
            }
            if let Some(trouble) = trouble {
                // A link to nothing beside pictures stands in their record.
                if parts.is_none() || trouble.key() != Some("error-not-found") {
                    self.slide(&child, Err(trouble))?;
                }
                continue;
            }
            let facts = self.inside(facts, child.file_name().unwrap_or_default());
            let is_link = child.is_symlink();
            let next = Step { dir: child, facts, depth: depth + 1 };
            if is_link {
                self.links.push(next);
            } else {
                self.folder(&next)?;
            }
        }
        self.folders.close(dir);
        Ok(())
    }

    /// Follows a link to a folder that is not in the tree, nor around it, and that no other link has led to.
    fn link(&mut self, step: &Step) -> Result<()> {
        let target = match step.dir.canonicalize() {
            Ok(target) => target,
            Err(e) => return self.slide(&step.dir, Err(Error::io(&step.dir, "look at", e))),
        };
        let outside = self.outside.get_or_insert_default();
        let known = target.ancestors().any(|folder| outside.contains(folder));
        if known || target.starts_with(&self.root) || self.root.starts_with(&target) {
            self.skipped.push(step.dir.clone());
            return Ok(());
        }
        // What the first walk has found outside the tree is not known any more.
        if self.place.is_some_and(|place| place != step.dir.as_path()) {
            return self.slide(&step.dir, Err(late_link(&step.dir)));
        }
        self.folder(step)
    }

    fn slide(&mut self, dir: &Path, source: Result<SlideSource>) -> Result<()> {
        let place = place_of(dir, self.plan.root);
        let planned = |id: String, case, source| {
            let folder = Some(dir.to_path_buf());
            PlannedSlide { id, case, source, folder, disputed: None, instead_of: None }
        };
        let found = match source {
            Ok(found) => found,
            Err(fault) => {
                let slide = planned(place.clone(), Case::default(), Err(fault));
                self.claims.faulty(place, slide);
                return Ok(());
            }
        };
        let mut info = found.info().clone();
        // The folder's name stands for a slide without a number; its whole path tells two such apart.
        if info.id == SlideSource::name_of(dir) {
            info.id.clone_from(&place);
        }
        if !self.claims.claim(&info.id, &place) {
            return Ok(());
        }
        let case = Case::of(&info);
        (self.take)(planned(info.id.clone(), case, Ok(found.with_info(info))))
    }
}

fn sheet_not_used(dir: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        "this slide.toml belongs to no slide: no picture of one slide lies here; put it beside the pictures, or \
         into the folder around the film folders of one patient",
    )
    .with_key("error-archive-sheet-not-used")
    .with_path(dir)
}

fn late_link(dir: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        "a link found after the slides were listed is not followed; read the folder that it leads to into \
         another --out",
    )
    .with_key("error-archive-late-link")
    .with_path(dir)
}

fn too_deep(dir: &Path) -> Error {
    Error::new(
        ErrorKind::Limit,
        format!("folders more than {MAX_DEPTH} deep are not looked into; move them further up"),
    )
    .with_key("error-archive-depth")
    .with_arg("limit", MAX_DEPTH)
    .with_path(dir)
}

/// The folder's path below the root with `/` between folders; the root's own name for the root.
pub(in crate::archive) fn place_of(dir: &Path, root: &Path) -> String {
    let parts: Vec<String> = dir.strip_prefix(root).unwrap_or(dir).iter().map(shown).collect();
    if parts.is_empty() {
        let resolved = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
        return resolved.file_name().map(shown).unwrap_or_default();
    }
    parts.join("/")
}

/// A name as one line of text. Where it is none, a digest of its bytes tells it from others that look the same.
fn shown(name: &OsStr) -> String {
    match name.to_str() {
        Some(text) if is_one_line(text) => text.to_owned(),
        _ => {
            let digest = Sha256::digest(name.as_encoded_bytes());
            let short: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
            format!("{}-{short}", one_line(&name.to_string_lossy()))
        }
    }
}
