//! Which slides an archive holds: from a folder tree or from a manifest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::case::{Case, day};
use super::manifest::read_manifest;
use crate::error::{Error, ErrorKind, Result};
use crate::intake::{Limits, film_folders, film_of_name, list_folder};
use crate::record::Settings;
use crate::slide::SlideSource;

/// Folders deeper than this are not looked into.
const MAX_DEPTH: usize = 64;

/// A slide that will be read, or cannot be.
#[derive(Debug)]
pub struct PlannedSlide {
    /// Its id, unique within the archive.
    pub id: String,
    /// Who, when, where.
    pub case: Case,
    /// Its pictures, or why there are none.
    pub source: Result<SlideSource>,
}

/// Finds the slides of an archive, one after the other.
#[derive(Clone, Copy, Debug)]
pub struct ArchivePlan<'a> {
    root: &'a Path,
    settings: &'a Settings,
    limits: &'a Limits,
}

impl<'a> ArchivePlan<'a> {
    /// For a folder tree, or for a manifest where `root` is a file.
    pub fn new(root: &'a Path, settings: &'a Settings, limits: &'a Limits) -> Self {
        Self { root, settings, limits }
    }

    /// Hands every slide to `take`; returns how many there were.
    ///
    /// A folder that holds pictures is one slide; a folder with sub-folders named for the films is one slide with
    /// both films. Folders are looked into at any depth. A film that an outer folder is named for holds for the
    /// folders inside it.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where `root` cannot be read; [`ErrorKind::Usage`] for a faulty manifest, for an id that
    /// two folders claim, and where no slide is found; whatever `take` refuses.
    pub fn each(&self, take: &mut dyn FnMut(PlannedSlide) -> Result<()>) -> Result<u64> {
        let metadata = std::fs::metadata(self.root).map_err(|e| Error::io(self.root, "look at", e))?;
        let mut found = 0;
        if metadata.is_file() {
            for slide in read_manifest(self.root, self.settings, self.limits)? {
                take(slide)?;
                found += 1;
            }
        } else {
            let mut walk = Walk { plan: *self, ids: BTreeMap::new(), take };
            walk.folder(self.root, self.settings, 0)?;
            found = u64::try_from(walk.ids.len()).unwrap_or(u64::MAX);
        }
        if found == 0 {
            return Err(Error::new(
                ErrorKind::Usage,
                "no slide found; expected sub-folders with pictures, or a manifest (CSV or TOML)",
            )
            .with_key("error-archive-empty")
            .with_path(self.root));
        }
        Ok(found)
    }
}

struct Walk<'a, 'b> {
    plan: ArchivePlan<'a>,
    ids: BTreeMap<String, PathBuf>,
    take: &'b mut dyn FnMut(PlannedSlide) -> Result<()>,
}

impl Walk<'_, '_> {
    fn folder(&mut self, dir: &Path, settings: &Settings, depth: usize) -> Result<()> {
        if depth > MAX_DEPTH {
            return Ok(());
        }
        let films: Vec<PathBuf> = match film_folders(dir) {
            Ok(films) => films.into_iter().map(|(_, path)| path).filter(|path| path != dir).collect(),
            Err(refused) if depth == 0 => return Err(refused),
            Err(refused) => return self.slide(dir, Err(refused)),
        };
        let patient = !films.is_empty() && films.iter().all(|film| !holds_slides(film, self.plan.limits));
        if patient || list_folder(dir, self.plan.limits).is_ok() {
            self.slide(dir, SlideSource::find(dir, settings, self.plan.limits))?;
        }
        for child in sub_folders(dir) {
            if patient && films.contains(&child) {
                continue;
            }
            let name = child.file_name().and_then(|n| n.to_str()).and_then(film_of_name);
            let inside = match name {
                Some(film) if self.plan.settings.film.is_none() => {
                    &Settings { film: Some(film), ..settings.clone() }
                }
                _ => settings,
            };
            self.folder(&child, inside, depth + 1)?;
        }
        Ok(())
    }

    fn slide(&mut self, dir: &Path, source: Result<SlideSource>) -> Result<()> {
        let path = path_id(dir, self.plan.root);
        // The folder's name stands for a slide without a number; its whole path tells two such apart.
        let id = match &source {
            Ok(found) if found.info().id != folder_name(dir) => found.info().id.clone(),
            _ => path,
        };
        if let Some(other) = self.ids.insert(id.clone(), dir.to_path_buf()) {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("slide {id} also stands in {}; give one of them another number", other.display()),
            )
            .with_key("error-archive-id-twice")
            .with_arg("slide", &id)
            .with_arg("other", other.display())
            .with_path(dir));
        }
        let mut case = Case::default();
        let source = source.map(|found| {
            case.date = found.info().blood_taken.as_deref().and_then(day);
            let mut info = found.info().clone();
            info.id.clone_from(&id);
            found.with_info(info)
        });
        (self.take)(PlannedSlide { id, case, source })
    }
}

/// A folder named for a film that holds one folder per slide, instead of the pictures of one patient.
fn holds_slides(film: &Path, limits: &Limits) -> bool {
    if list_folder(film, limits).is_ok() {
        return false;
    }
    let inside = sub_folders(film);
    // One folder further down is where cameras put the pictures of one film.
    inside.len() != 1 || inside.iter().any(|dir| list_folder(dir, limits).is_err())
}

/// The folders inside, hidden ones left out; none where the system refuses (the caller has looked before).
fn sub_folders(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut folders: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| !path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')))
        .filter(|path| path.is_dir() && !leads_back(path, dir))
        .collect();
    folders.sort();
    folders
}

/// A link to a folder that holds it: following it would never end.
fn leads_back(path: &Path, dir: &Path) -> bool {
    path.is_symlink()
        && match (path.canonicalize(), dir.canonicalize()) {
            (Ok(target), Ok(dir)) => dir.starts_with(target),
            _ => false,
        }
}

fn folder_name(dir: &Path) -> String {
    let resolved = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    resolved.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The folder's path below the root with `/` between folders; the root's own name for the root.
fn path_id(dir: &Path, root: &Path) -> String {
    let parts: Vec<String> = dir
        .strip_prefix(root)
        .unwrap_or(dir)
        .components()
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    if parts.is_empty() { folder_name(dir) } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Film;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, b"x").expect("written");
        }
        dir
    }

    fn found(dir: &Path, settings: &Settings) -> Vec<(String, Vec<Film>)> {
        let mut list = Vec::new();
        let limits = Limits::default();
        ArchivePlan::new(dir, settings, &limits)
            .each(&mut |slide| {
                let films = slide.source.iter().flat_map(|s| s.files()).map(|f| f.film).collect();
                list.push((slide.id, films));
                Ok(())
            })
            .expect("slides");
        list.sort();
        list
    }

    #[test]
    fn folders_at_any_depth_and_both_films_of_a_patient() {
        let dir =
            tree(&["2026/a/1.jpg", "2026/a/2.jpg", "2026/p/thick/1.jpg", "2026/p/thin/1.jpg", "b/x/y/1.png"]);
        let all = Settings { film: Some(Film::Thin), ..Settings::default() };
        assert_eq!(
            found(dir.path(), &all).into_iter().map(|(id, _)| id).collect::<Vec<_>>(),
            ["2026/a", "2026/p", "b/x/y"]
        );
        let stated = tree(&["p/ge/1.jpg", "p/frottis/1.jpg"]);
        assert_eq!(
            found(stated.path(), &Settings::default()),
            [("p".to_owned(), vec![Film::Thick, Film::Thin])]
        );
    }

    #[test]
    fn a_film_folder_full_of_slides_states_their_film() {
        let dir = tree(&["thick/s1/1.jpg", "thick/s2/1.jpg", "thin/s1/1.jpg", "thin/s3/1.jpg"]);
        assert_eq!(
            found(dir.path(), &Settings::default()),
            [
                ("thick/s1".to_owned(), vec![Film::Thick]),
                ("thick/s2".to_owned(), vec![Film::Thick]),
                ("thin/s1".to_owned(), vec![Film::Thin]),
                ("thin/s3".to_owned(), vec![Film::Thin]),
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_back_is_not_followed() {
        let dir = tree(&["thick/s1/1.jpg"]);
        std::os::unix::fs::symlink(dir.path(), dir.path().join("thick/loop")).expect("a link");
        assert_eq!(found(dir.path(), &Settings::default()).len(), 1);
    }

    #[test]
    fn a_slide_without_a_stated_film_is_planned_with_its_fault() {
        let dir = tree(&["a/1.jpg", "thin/1.jpg"]);
        let limits = Limits::default();
        let settings = Settings::default();
        let mut faults = Vec::new();
        let all = ArchivePlan::new(dir.path(), &settings, &limits)
            .each(&mut |slide| {
                faults.extend(slide.source.err().map(|e| (slide.id, e.to_string())));
                Ok(())
            })
            .expect("slides");
        assert_eq!(all, 2);
        assert!(matches!(&faults[..], [(id, why)] if id == "a" && why.contains("--film")), "{faults:?}");
    }
}
