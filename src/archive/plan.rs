//! Which slides an archive holds: from a folder tree or from a manifest.

mod claims;
mod walk;

use std::path::{Path, PathBuf};

use super::case::Case;
use super::manifest::read_manifest;
use crate::entry::Style;
use crate::intake::Limits;
use crate::record::Facts;
use crate::source::SlideSource;
use crate::{Error, ErrorKind, Result};
pub(super) use claims::{Claims, some_of};
use walk::Walk;
pub(super) use walk::place_of;

/// A slide that will be read, or cannot be.
#[derive(Debug)]
pub struct PlannedSlide {
    /// Its id, unique within the archive.
    pub id: String,
    /// Who, when, where.
    pub case: Case,
    /// Its pictures, or why there are none.
    pub source: Result<SlideSource>,
    /// The folder that was looked into; `None` for a slide of a manifest, and for one whose id is disputed.
    pub folder: Option<PathBuf>,
    /// The id that it asks for and does not get, for another slide asks for it too.
    pub disputed: Option<Disputed>,
    /// The id of an earlier [`PlannedSlide`] that this one takes the place of: it was sound until another slide with
    /// its id was found.
    pub instead_of: Option<String>,
}

/// An id that several slides claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disputed {
    /// The id.
    pub id: String,
    /// The folder of the slide below the root, with `/` between folders.
    pub place: String,
}

impl PlannedSlide {
    /// Whether the system refused its folder: worth another try.
    pub(super) fn is_refused(&self) -> bool {
        self.source.as_ref().is_err_and(|e| e.kind() == ErrorKind::Io)
    }
}

/// Finds the slides of an archive, one after the other.
#[derive(Clone, Copy, Debug)]
pub struct ArchivePlan<'a> {
    root: &'a Path,
    facts: &'a Facts,
    limits: &'a Limits,
    style: Style,
}

impl<'a> ArchivePlan<'a> {
    /// For a folder tree, or for a manifest where `root` is a file.
    pub fn new(root: &'a Path, facts: &'a Facts, limits: &'a Limits) -> Self {
        Self { root, facts, limits, style: Style::default() }
    }

    /// The same where numbers and dates of the manifest are written as `style`, as far as its own cells do not say it.
    #[must_use]
    pub fn written_as(self, style: Style) -> Self {
        Self { style, ..self }
    }

    /// Hands every slide to `take`; returns how many there were, and the links that were not followed.
    ///
    /// A folder that holds pictures is one slide; a folder with sub-folders named for the films is one slide
    /// with both films; [`SlideSource::parts`] says which folders are slides. Folders are looked into at any
    /// depth. A film that an outer folder is named for holds for the folders inside it. A folder that the
    /// system refuses, and one whose `slide.toml` is no slide's, are handed over as slides with that fault. A
    /// link to a folder of this tree, or to a folder around it, is not followed: what it leads to is a slide
    /// already. All slides that claim one id are handed over with that fault, each with the path of its folder
    /// for an id; one that was handed over before its id was disputed comes again
    /// ([`instead_of`](PlannedSlide::instead_of)).
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where `root` cannot be read; [`ErrorKind::Usage`] for a faulty manifest, and where no slide
    /// is found; whatever `take` refuses.
    pub fn each(&self, take: &mut dyn FnMut(PlannedSlide) -> Result<()>) -> Result<(u64, Vec<PathBuf>)> {
        let metadata = std::fs::metadata(self.root).map_err(|e| Error::io(self.root, "look at", e))?;
        let mut found = 0;
        let mut skipped = Vec::new();
        if metadata.is_file() {
            for slide in read_manifest(self.root, self.style, self.facts, self.limits)? {
                take(slide)?;
                found += 1;
            }
        } else {
            let mut claims = Claims::default();
            let walk = Walk::new(self, None, &mut claims, take)?;
            // Nothing can be planned where the root itself cannot be read.
            walk.folders.open(self.root)?;
            skipped = walk.all(self.root)?;
            claims.settle(take)?;
            found = claims.count();
        }
        if found == 0 {
            return Err(Error::new(
                ErrorKind::Usage,
                "no slide found; expected sub-folders with pictures, or a manifest (CSV or TOML)",
            )
            .with_key("error-archive-empty")
            .with_path(self.root));
        }
        Ok((found, skipped))
    }

    /// Hands the slides of folders of the tree to `take`, which the system refused when the slides were listed;
    /// `claims` are those of the other slides. Returns the links that were not followed.
    ///
    /// # Errors
    /// Whatever `take` refuses.
    pub(super) fn again(
        &self,
        places: &[PathBuf],
        claims: &mut Claims,
        take: &mut dyn FnMut(PlannedSlide) -> Result<()>,
    ) -> Result<Vec<PathBuf>> {
        let mut links = Vec::new();
        for place in places {
            links.extend(Walk::new(self, Some(place), claims, take)?.all(place)?);
        }
        claims.settle(take)?;
        Ok(links)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::folders_opened;
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

    fn found(dir: &Path, facts: &Facts) -> Vec<(String, Vec<Film>)> {
        let mut list = Vec::new();
        let limits = Limits::default();
        ArchivePlan::new(dir, facts, &limits)
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
        let all = Facts { film: Some(Film::Thin), ..Facts::default() };
        assert_eq!(
            found(dir.path(), &all).into_iter().map(|(id, _)| id).collect::<Vec<_>>(),
            ["2026/a", "2026/p", "b/x/y"]
        );
        let stated = tree(&["p/ge/1.jpg", "p/frottis/1.jpg"]);
        assert_eq!(
            found(stated.path(), &Facts::default()),
            [("p".to_owned(), vec![Film::Thick, Film::Thin])]
        );
    }

    #[test]
    fn a_film_folder_full_of_slides_states_their_film() {
        let dir = tree(&["thick/s1/1.jpg", "thick/s2/1.jpg", "thin/s1/1.jpg", "thin/s3/1.jpg"]);
        assert_eq!(
            found(dir.path(), &Facts::default()),
            [
                ("thick/s1".to_owned(), vec![Film::Thick]),
                ("thick/s2".to_owned(), vec![Film::Thick]),
                ("thin/s1".to_owned(), vec![Film::Thin]),
                ("thin/s3".to_owned(), vec![Film::Thin]),
            ]
        );
    }

    fn faults(dir: &Path) -> Vec<(String, Option<&'static str>)> {
        let (facts, limits) = (Facts::default(), Limits::default());
        let mut faults = Vec::new();
        ArchivePlan::new(dir, &facts, &limits)
            .each(&mut |slide| {
                faults.push((slide.id, slide.source.err().and_then(|e| e.key())));
                Ok(())
            })
            .expect("slides");
        faults.sort();
        faults
    }

    #[test]
    fn an_empty_film_folder_does_not_make_two_slides_of_a_patient() {
        let dir = tree(&["p/thick/1.jpg", "p/slide.toml"]);
        std::fs::create_dir(dir.path().join("p/thin")).expect("made");
        std::fs::write(dir.path().join("p/slide.toml"), "wbc_per_ul = 4000").expect("written");
        assert_eq!(faults(dir.path()), [("p".to_owned(), None)]);
        std::fs::remove_file(dir.path().join("p/thick/1.jpg")).expect("removed");
        assert_eq!(faults(dir.path()), [("p".to_owned(), Some("error-no-pictures"))]);
    }

    #[test]
    fn one_slide_in_each_film_folder_is_not_one_patient() {
        let dir = tree(&["day/thick/N-1/1.jpg", "day/thin/N-7/1.jpg"]);
        let sheet = |path: &str| std::fs::write(dir.path().join(path), "wbc_per_ul = 3000").expect("written");
        let ids = ["day/thick/N-1".to_owned(), "day/thin/N-7".to_owned()];
        let found = |dir: &Path| faults(dir).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!(found(dir.path()), ids);
        sheet("day/thick/N-1/slide.toml");
        assert_eq!(found(dir.path()), ids);
        std::fs::remove_dir_all(dir.path().join("day/thin")).expect("removed");
        assert_eq!(found(dir.path()), ids[..1]);
        for camera in [["DCIM", "100CANON"], ["pictures", "pictures"]] {
            let [thick, thin] = camera;
            let one = tree(&[&format!("p/thick/{thick}/1.jpg"), &format!("p/thin/{thin}/1.jpg")]);
            assert_eq!(faults(one.path()), [("p".to_owned(), None)]);
        }
        let two = tree(&["p/thick/12345678/1.jpg", "p/thin/12345679/1.jpg"]);
        assert_eq!(faults(two.path()).len(), 2, "numbers of slides are no camera's names");
    }

    #[test]
    fn a_sheet_that_no_slide_uses_is_named() {
        let dir = tree(&["site/a/thick/1.jpg", "site/b/thick/1.jpg", "c/thick/1.jpg"]);
        std::fs::write(dir.path().join("site/slide.toml"), "wbc_per_ul = 3000").expect("written");
        // This one is the patient's, though it lies beside the pictures of one film.
        std::fs::write(dir.path().join("c/thick/slide.toml"), "wbc_per_ul = 3000").expect("written");
        let unused = |id: &str| (id.to_owned(), Some("error-archive-sheet-not-used"));
        let sound = |id: &str| (id.to_owned(), None);
        assert_eq!(faults(dir.path()), [sound("c"), unused("site"), sound("site/a"), sound("site/b")]);
    }

    #[test]
    fn results_of_analyze_are_no_slides() {
        let dir =
            tree(&["p/thick/1.jpg", "p/hemozoin-result/marked/1.jpg", "p/thick/hemozoin-result-1/1.jpg"]);
        assert_eq!(faults(dir.path()), [("p".to_owned(), None)]);
    }

    #[cfg(unix)]
    mod links {
        use super::*;
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;

        fn walked(dir: &Path) -> (Vec<String>, Vec<String>) {
            let (facts, limits) = (Facts::default(), Limits::default());
            let mut ids = Vec::new();
            let (_, skipped) = ArchivePlan::new(dir, &facts, &limits)
                .each(&mut |slide| {
                    ids.push(slide.id);
                    Ok(())
                })
                .expect("slides");
            ids.sort();
            let names = skipped.iter().map(|p| p.strip_prefix(dir).unwrap_or(p).display().to_string());
            (ids, names.collect())
        }

        #[test]
        fn a_folder_is_read_once_and_its_links_are_named() {
            let dir = tree(&["in/thick/s1/1.jpg", "in/thick/s2/1.jpg", "other/thin/s3/1.jpg"]);
            let root = dir.path().join("in");
            symlink(&root, root.join("thick/loop")).expect("a link");
            symlink(root.join("thick/s1"), root.join("a-latest")).expect("a link");
            symlink(dir.path().join("other"), root.join("b")).expect("a link");
            symlink(dir.path().join("other/thin"), root.join("c")).expect("a link");
            let (ids, skipped) = walked(&root);
            assert_eq!(ids, ["b", "thick/s1", "thick/s2"]);
            assert_eq!(skipped, ["a-latest", "c", "thick/loop"]);
        }

        #[test]
        fn two_folders_that_link_to_each_other_end() {
            let dir = tree(&["in/a/1.jpg", "x/m/1.jpg", "y/n/1.jpg"]);
            symlink(dir.path().join("y"), dir.path().join("x/y")).expect("a link");
            symlink(dir.path().join("x"), dir.path().join("y/x")).expect("a link");
            symlink(dir.path().join("x"), dir.path().join("in/x")).expect("a link");
            assert_eq!(walked(&dir.path().join("in")).0, ["a", "x/m", "x/y/n"]);
        }

        #[test]
        fn a_link_to_nothing_is_named_as_a_slide_that_cannot_be_read() {
            let dir = tree(&["a/thick/1.jpg"]);
            symlink(dir.path().join("gone"), dir.path().join("site")).expect("a link");
            let expected = [("a".to_owned(), None), ("site".to_owned(), Some("error-not-found"))];
            assert_eq!(faults(dir.path()), expected);
        }

        #[test]
        fn names_that_are_no_text_are_told_apart() {
            let dir = tree(&["ok/thick/1.jpg"]);
            for name in [&b"pat_\xe9"[..], b"pat_\xe8"] {
                let film = dir.path().join(OsStr::from_bytes(name)).join("thick");
                std::fs::create_dir_all(&film).expect("made");
                std::fs::write(film.join("1.jpg"), b"x").expect("written");
            }
            let (ids, _) = walked(dir.path());
            assert_eq!(ids.len(), 3, "{ids:?}");
            assert_ne!(ids[1], ids[2]);
        }
    }

    #[test]
    fn a_slide_without_a_stated_film_is_planned_with_its_fault() {
        let dir = tree(&["a/1.jpg", "thin/1.jpg"]);
        let limits = Limits::default();
        let facts = Facts::default();
        let mut faults = Vec::new();
        let all = ArchivePlan::new(dir.path(), &facts, &limits)
            .each(&mut |slide| {
                faults.extend(slide.source.err().map(|e| (slide.id, e.to_string())));
                Ok(())
            })
            .expect("slides");
        assert_eq!(all.0, 2);
        assert!(matches!(&faults[..], [(id, why)] if id == "a" && why.contains("--film")), "{faults:?}");
    }

    #[test]
    fn a_folder_is_opened_once() {
        let dir = tree(&["p/ge/DCIM/100CANON/1.jpg", "p/frottis/1.jpg", "p/notes/read.me", "q/ge/1.jpg"]);
        std::fs::write(dir.path().join("p/frottis/slide.toml"), "").expect("written");
        let opened = || {
            let mut opened = folders_opened();
            opened.sort();
            opened
        };
        assert_eq!(folders_opened(), [] as [PathBuf; 0], "from here on");
        let patient = dir.path().join("p");
        let found = SlideSource::find(&patient, &Facts::default(), &Limits::default()).expect("found");
        assert_eq!(found.files().len(), 2);
        let below = |names: &[&str]| names.iter().map(|name| dir.path().join(name)).collect::<Vec<_>>();
        let of_patient = ["p", "p/frottis", "p/ge", "p/ge/DCIM", "p/ge/DCIM/100CANON", "p/notes"];
        assert_eq!(opened(), below(&of_patient));
        let (facts, limits) = (Facts::default(), Limits::default());
        let plan = ArchivePlan::new(dir.path(), &facts, &limits);
        assert_eq!(plan.each(&mut |slide| slide.source.map(drop)).expect("walked").0, 2);
        let mut all = below(&["", "q", "q/ge"]);
        all.extend(below(&of_patient));
        all.sort();
        assert_eq!(opened(), all);
    }
}
