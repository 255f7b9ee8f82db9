//! `slide.toml`: what the laboratory says about a slide.

mod near;
mod parse;

use std::path::{Path, PathBuf};

use crate::entry::{keyed, text_of_bytes};
use crate::files::read_plain;
use crate::intake::{Folder, Folders, Limits};
use crate::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use crate::record::{Facts, SiteFloor, SlideInfo};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};
pub(super) use near::is_meant;

/// Name of the file inside a slide's folder.
pub(super) const SHEET_NAME: &str = "slide.toml";

/// Most bytes taken: a sheet is a page of text.
const MAX_BYTES: u64 = 64 << 10;

/// Everything that `slide.toml` may say; every key may be left out. Flags win over it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlideSheet {
    /// The slide, the patient, the order and the specimen; without a number of the slide the id is empty. The
    /// patient's name goes no further than this sheet unless a person asks for it
    /// ([`SlideSource::with_identity`](super::SlideSource::with_identity)).
    pub info: SlideInfo,
    /// Film of all pictures in the folder.
    pub film: Option<Film>,
    /// The patient's white cells per µL, same day, same blood (THK-6).
    pub wbc_per_ul: Option<WbcPerMicrolitre>,
    /// The patient's red cells per µL (THN-2).
    pub rbc_per_ul: Option<RbcPerMicrolitre>,
    /// Scale of the pictures, µm per pixel.
    pub um_per_px: Option<MicronsPerPixel>,
    /// File of the site's false-positive floor, as `hemozoin calibrate` writes it, beside this sheet.
    pub floor: Option<PathBuf>,
    /// What that file holds.
    pub site_floors: Vec<SiteFloor>,
}

impl SlideSheet {
    /// Name of the file inside a slide's folder.
    pub const NAME: &str = SHEET_NAME;

    /// Every key that a sheet may have, in the order of a form.
    pub const KEYS: [&str; 19] = parse::KEYS;

    /// The value of a key as a sheet writes it; `None` where nothing is known, and for what is no key.
    pub fn value(&self, key: &str) -> Option<String> {
        let number = |value: f64| value.to_string();
        match key {
            "slide" => Some(self.info.id.clone()).filter(|id| !id.is_empty()),
            "film" => self.film.map(|film| film.code().to_owned()),
            "age" => self.info.age_years.map(number),
            "sex" => self.info.sex.map(|sex| sex.code().to_owned()),
            "wbc_per_ul" => self.wbc_per_ul.map(|count| number(count.get())),
            "rbc_per_ul" => self.rbc_per_ul.map(|count| number(count.get())),
            "um_per_px" => self.um_per_px.map(|scale| number(scale.get())),
            "floor" => self.floor.as_ref().map(|file| file.display().to_string()),
            text => self.info.clone().text_mut(text).and_then(Option::take),
        }
    }

    /// Reads the text of a sheet.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming the line of every unknown key, impossible value, and value with two meanings.
    pub fn parse(text: &str) -> Result<Self> {
        parse::parse(text)
    }

    /// Reads the sheet of a folder; an empty one where there is none.
    ///
    /// # Errors
    /// As [`Self::parse`], with the path; [`ErrorKind::Usage`] where a file has nearly the name of a sheet, or two
    /// could be it; [`ErrorKind::Io`] where the system refuses.
    pub fn read(dir: &Path) -> Result<Self> {
        Self::read_in(dir, &Folders::new(&Limits::default()))
    }

    /// As [`Self::read`], of folders that are looked into for other things too.
    pub(super) fn read_in(dir: &Path, folders: &Folders<'_>) -> Result<Self> {
        // The folder of a picture that is named without one.
        let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
        // A folder that cannot be listed is refused where its pictures are.
        let Ok(folder) = folders.open(dir) else { return Ok(Self::default()) };
        let Some(path) = near::sheet_in(&folder)? else { return Ok(Self::default()) };
        let bytes = read_plain(&path, MAX_BYTES)?;
        let text = text_of_bytes(&bytes).map_err(|_| {
            Error::new(ErrorKind::Usage, "this is neither UTF-8 nor Windows-1252 text; save it as UTF-8")
                .with_key("error-sheet-encoding")
                .with_path(&path)
        })?;
        let mut sheet = Self::parse(&text).map_err(|e| e.with_path(&path))?;
        if let Some(floor) = &sheet.floor {
            let file = dir.join(floor);
            sheet.site_floors = SiteFloor::read(&file).map_err(|e| match e.key() {
                Some("error-not-found") => no_floor(&text, &path, &file),
                _ => e,
            })?;
        }
        Ok(sheet)
    }

    /// Whether `dir` has a sheet, sound or not, or a file that may have been meant for one.
    pub fn exists_in(dir: &Path) -> bool {
        Folder::open(dir, &Limits::default()).is_ok_and(|folder| Self::is_in(&folder))
    }

    /// As [`Self::exists_in`], of a folder that is open.
    pub(crate) fn is_in(folder: &Folder) -> bool {
        !matches!(near::sheet_in(folder), Ok(None))
    }

    /// This sheet and those of the folders that the slide's pictures lie in, as one; `parts` has every such
    /// folder, with an empty sheet where it has none. What `facts` hold goes before all of them.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where two contradict each other, and where only some of the folders give a scale: one
    /// scale holds for a whole slide, and pictures of another magnification must not be read with it.
    pub(super) fn join(mut self, parts: &[(PathBuf, Self)], facts: &Facts) -> Result<Self> {
        fn unite<T: Clone + PartialEq>(ours: &mut Option<T>, theirs: &Option<T>) -> bool {
            if ours.is_none() {
                ours.clone_from(theirs);
            }
            theirs.is_none() || ours == theirs
        }
        let whole_scale = self.um_per_px;
        let first_scale = parts.first().and_then(|(_, part)| part.um_per_px);
        for (dir, part) in parts {
            self.info.unite(&part.info).map_err(|name| contradicts(name, dir))?;
            let scale = match whole_scale {
                Some(_) => part.um_per_px.is_none() || part.um_per_px == whole_scale,
                None => part.um_per_px == first_scale,
            };
            let agree = [
                ("um_per_px", facts.um_per_px.is_some() || scale),
                ("wbc_per_ul", facts.wbc_per_ul.is_some() || unite(&mut self.wbc_per_ul, &part.wbc_per_ul)),
                ("rbc_per_ul", facts.rbc_per_ul.is_some() || unite(&mut self.rbc_per_ul, &part.rbc_per_ul)),
                ("floor", !facts.site_floors.is_empty() || self.unite_floors(part)),
            ];
            if let Some((name, _)) = agree.into_iter().find(|(_, same)| !same) {
                return Err(contradicts(name, dir));
            }
        }
        self.um_per_px = whole_scale.or(first_scale);
        self.info.check_order()?;
        Ok(self)
    }

    /// False where both know the floor of one film and it is not the same.
    fn unite_floors(&mut self, other: &Self) -> bool {
        other.site_floors.iter().all(|floor| {
            match self.site_floors.iter().find(|ours| ours.film == floor.film) {
                Some(ours) => ours == floor,
                None => {
                    self.site_floors.push(floor.clone());
                    true
                }
            }
        })
    }

    /// The facts stated for a run with what the sheet adds: a value that is stated already stays.
    pub(super) fn complete(&self, facts: &Facts) -> Facts {
        let mut facts = facts.clone();
        facts.film = facts.film.or(self.film);
        facts.um_per_px = facts.um_per_px.or(self.um_per_px);
        facts.wbc_per_ul = facts.wbc_per_ul.or(self.wbc_per_ul);
        facts.rbc_per_ul = facts.rbc_per_ul.or(self.rbc_per_ul);
        if facts.site_floors.is_empty() {
            facts.site_floors.clone_from(&self.site_floors);
        }
        facts
    }

    /// What goes into the record about the slide itself, without the patient's name; `name` where the sheet gives no
    /// number.
    pub(super) fn info(&self, name: String) -> SlideInfo {
        let id = if self.info.id.is_empty() { name } else { self.info.id.clone() };
        SlideInfo { id, patient_name: None, ..self.info.clone() }
    }
}

/// The sheet of `dir` and those of the slide's other folders say different things.
pub(super) fn contradicts(name: &str, dir: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "the folders of this slide do not agree on {name}; write the same value into the slide.toml of each of \
             them"
        ),
    )
    .with_key("error-sheet-contradicts")
    .with_arg("name", name)
    .with_path(dir.join(SHEET_NAME))
}

/// The floor that a sheet names is not there.
fn no_floor(text: &str, sheet: &Path, file: &Path) -> Error {
    let entries = keyed(text).unwrap_or_default();
    let named = entries.iter().find(|entry| entry.key == "floor");
    let shown = named.map_or("floor", |entry| entry.shown.as_str());
    let file = file.display();
    let missing =
        Error::new(ErrorKind::Usage, format!("{shown}: there is no file {file}; write its path from here"))
            .with_key("error-sheet-no-floor")
            .with_arg("shown", shown)
            .with_arg("file", file)
            .with_path(sheet);
    named.map(|entry| entry.line).into_iter().fold(missing, Error::on_line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_of_one_slide_complete_each_other_and_do_not_contradict() {
        let sheet = |text: &str| SlideSheet::parse(text).expect("sound");
        let parts =
            |a: &str, b: &str| [(PathBuf::from("thick"), sheet(a)), (PathBuf::from("thin"), sheet(b))];
        let join = |whole: &str, a: &str, b: &str| sheet(whole).join(&parts(a, b), &Facts::default());
        let joined = join("slide = \"N-1\"", "wbc_per_ul = 3000", "rbc_per_ul = 4e6").expect("they agree");
        assert_eq!(joined.wbc_per_ul.map(WbcPerMicrolitre::get), Some(3000.0));
        assert_eq!(joined.rbc_per_ul.map(RbcPerMicrolitre::get), Some(4e6));
        for (whole, a, b, name) in [
            ("", "wbc_per_ul = 3000", "wbc_per_ul = 4000", "wbc_per_ul"),
            ("slide = \"N-1\"", "", "slide = \"N-2\"", "slide"),
            ("", "um_per_px = 0.1", "", "um_per_px"),
            ("um_per_px = 0.1", "", "um_per_px = 0.2", "um_per_px"),
        ] {
            let error = join(whole, a, b).expect_err(name);
            assert_eq!(error.key(), Some("error-sheet-contradicts"));
            assert!(error.message().contains(name), "{error}");
        }
        let same = join("", "um_per_px = 0.1", "um_per_px = 0.1").expect("they agree");
        assert_eq!(same.um_per_px, MicronsPerPixel::new(0.1));
        let given = Facts { wbc_per_ul: WbcPerMicrolitre::new(9000.0), ..Facts::default() };
        let parts = parts("wbc_per_ul = 3000", "wbc_per_ul = 4000");
        let over = SlideSheet::default().join(&parts, &given).expect("the flag goes before both");
        assert_eq!(over.complete(&given).wbc_per_ul, given.wbc_per_ul);
    }

    #[test]
    fn a_floor_that_is_not_there_is_named_with_the_sheet_and_its_line() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("slide.toml");
        std::fs::write(&path, "film = thin\nfloor = bruit.toml\n").expect("written");
        let error = SlideSheet::read(dir.path()).expect_err("no floor");
        assert_eq!((error.key(), error.line()), (Some("error-sheet-no-floor"), Some(2)));
        assert_eq!(error.path(), Some(path.as_path()));
        assert!(error.message().contains("bruit.toml"), "{error}");
    }

    #[test]
    fn a_sheet_is_read_as_windows_saves_it() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("slide.toml.txt");
        for bytes in [
            &b"\xef\xbb\xbfward = P\xc3\xa9diatrie\r\nwbc_per_ul = 6 200\r\n"[..],
            b"ward = P\xe9diatrie\r\nwbc_per_ul = 6\xa0200\r\n",
        ] {
            std::fs::write(&path, bytes).expect("written");
            let sheet = SlideSheet::read(dir.path()).expect("a sound sheet");
            assert_eq!(sheet.info.ward.as_deref(), Some("Pédiatrie"));
            assert_eq!(sheet.wbc_per_ul.map(WbcPerMicrolitre::get), Some(6200.0));
        }
        std::fs::write(&path, b"ward = P\x82diatrie").expect("written");
        assert_eq!(SlideSheet::read(dir.path()).expect_err("DOS").key(), Some("error-sheet-encoding"));
    }
}
