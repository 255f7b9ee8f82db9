//! `slide.toml`: what the laboratory says about a slide.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use crate::record::{Facts, SiteFloor, SlideInfo};
use crate::terms::Film;

/// Name of the file inside a slide's folder.
pub(super) const SHEET_NAME: &str = "slide.toml";

/// Most bytes taken: a sheet is a page of text.
const MAX_BYTES: u64 = 64 << 10;

/// Everything that `slide.toml` may say; every key may be left out. Flags win over it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SlideSheet {
    /// Slide number or name.
    pub slide: Option<String>,
    /// Film of all pictures in the folder.
    pub film: Option<Film>,
    /// The patient's white cells per µL, same day, same blood (THK-6).
    pub wbc_per_ul: Option<WbcPerMicrolitre>,
    /// The patient's red cells per µL (THN-2).
    pub rbc_per_ul: Option<RbcPerMicrolitre>,
    /// Scale of the pictures, µm per pixel.
    pub um_per_px: Option<MicronsPerPixel>,
    /// Objective, such as `100x/1.25 oil`.
    pub objective: Option<String>,
    /// Stain, such as `Giemsa 10 %`.
    pub stain: Option<String>,
    /// When the blood was taken, `2026-11-21` or `2026-11-21T08:30`.
    pub blood_taken: Option<String>,
    /// Who reads the slide.
    pub reader: Option<String>,
    /// File of the site's false-positive floor, as `hemozoin calibrate` writes it, beside this sheet.
    pub floor: Option<PathBuf>,
    /// What that file holds.
    #[serde(skip)]
    pub site_floors: Vec<SiteFloor>,
}

impl SlideSheet {
    /// Reads the text of a sheet.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming the line of an unknown key or an impossible value.
    pub fn parse(text: &str) -> Result<Self> {
        if let Some(line) = haematocrit_line(text) {
            return Err(Error::new(
                ErrorKind::Usage,
                format!(
                    "slide.toml line {line}: the standard has no rule from a haematocrit to red cells per µL (THN-2); give rbc_per_ul as measured, or leave it out"
                ),
            )
            .with_key("error-sheet-haematocrit")
            .with_arg("line", line));
        }
        let sheet: Self = toml::from_str(text).map_err(|e| refusal(text, &e))?;
        if let Some(taken) = &sheet.blood_taken
            && !is_date(taken)
        {
            let line =
                text.lines().position(|l| l.trim_start().starts_with("blood_taken")).map_or(1, |n| n + 1);
            return Err(Error::new(
                ErrorKind::Usage,
                format!("slide.toml line {line}: blood_taken = \"{taken}\" is no date; write 2026-11-21 or 2026-11-21T08:30"),
            )
            .with_key("error-sheet-date")
            .with_arg("line", line)
            .with_arg("value", taken));
        }
        sheet.info(String::new()).check()?;
        Ok(sheet)
    }

    /// Reads the sheet of a folder; an empty one where there is none.
    ///
    /// # Errors
    /// As [`Self::parse`], with the path; [`ErrorKind::Io`] where the system refuses.
    pub fn read(dir: &Path) -> Result<Self> {
        let path = dir.join(SHEET_NAME);
        let length = match std::fs::metadata(&path) {
            Ok(metadata) => metadata.len(),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && !Self::stands_in(dir) => {
                return Ok(Self::default());
            }
            Err(e) => return Err(Error::io(&path, "read", e)),
        };
        if length > MAX_BYTES {
            return Err(Error::new(
                ErrorKind::Limit,
                format!("slide.toml has {length} bytes; at most {MAX_BYTES} are taken"),
            )
            .with_key("error-sheet-size")
            .with_arg("bytes", length)
            .with_arg("limit", MAX_BYTES)
            .with_path(&path));
        }
        let bytes = std::fs::read(&path).map_err(|e| Error::io(&path, "read", e))?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Error::new(ErrorKind::Usage, "slide.toml is not UTF-8 text; save it as UTF-8")
                .with_key("error-sheet-encoding")
                .with_path(&path)
        })?;
        let mut sheet = Self::parse(&text).map_err(|e| e.with_path(&path))?;
        if let Some(floor) = &sheet.floor {
            sheet.site_floors = SiteFloor::read(&dir.join(floor))?;
        }
        Ok(sheet)
    }

    /// Whether `dir` has a sheet, sound or not.
    pub fn stands_in(dir: &Path) -> bool {
        !matches!(
            std::fs::symlink_metadata(dir.join(SHEET_NAME)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound
        )
    }

    /// This sheet and those of the folders that the slide's pictures lie in, as one; `parts` has every such
    /// folder, with an empty sheet where it has none. What `settings` hold goes before all of them.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where two contradict each other, and where only some of the folders give a scale: one
    /// scale holds for a whole slide, and pictures of another magnification must not be read with it.
    pub(super) fn join(mut self, parts: &[(PathBuf, Self)], settings: &Facts) -> Result<Self> {
        fn unite<T: Clone + PartialEq>(ours: &mut Option<T>, theirs: &Option<T>) -> bool {
            if ours.is_none() {
                ours.clone_from(theirs);
            }
            theirs.is_none() || ours == theirs
        }
        let whole_scale = self.um_per_px;
        let first_scale = parts.first().and_then(|(_, part)| part.um_per_px);
        for (dir, part) in parts {
            let scale = match whole_scale {
                Some(_) => part.um_per_px.is_none() || part.um_per_px == whole_scale,
                None => part.um_per_px == first_scale,
            };
            let agree = [
                ("slide", unite(&mut self.slide, &part.slide)),
                ("um_per_px", settings.um_per_px.is_some() || scale),
                (
                    "wbc_per_ul",
                    settings.wbc_per_ul.is_some() || unite(&mut self.wbc_per_ul, &part.wbc_per_ul),
                ),
                (
                    "rbc_per_ul",
                    settings.rbc_per_ul.is_some() || unite(&mut self.rbc_per_ul, &part.rbc_per_ul),
                ),
                ("objective", unite(&mut self.objective, &part.objective)),
                ("stain", unite(&mut self.stain, &part.stain)),
                ("blood_taken", unite(&mut self.blood_taken, &part.blood_taken)),
                ("reader", unite(&mut self.reader, &part.reader)),
                ("floor", !settings.site_floors.is_empty() || self.unite_floors(part)),
            ];
            if let Some((name, _)) = agree.into_iter().find(|(_, same)| !same) {
                return Err(contradicts(name, dir));
            }
        }
        self.um_per_px = whole_scale.or(first_scale);
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

    /// The settings of a run with what the sheet adds: a value that the settings already hold stays.
    pub(super) fn complete(&self, settings: &Facts) -> Facts {
        let mut settings = settings.clone();
        settings.film = settings.film.or(self.film);
        settings.um_per_px = settings.um_per_px.or(self.um_per_px);
        settings.wbc_per_ul = settings.wbc_per_ul.or(self.wbc_per_ul);
        settings.rbc_per_ul = settings.rbc_per_ul.or(self.rbc_per_ul);
        if settings.site_floors.is_empty() {
            settings.site_floors.clone_from(&self.site_floors);
        }
        settings
    }

    /// What goes into the record about the slide itself; `name` where the sheet gives no number.
    pub(super) fn info(&self, name: String) -> SlideInfo {
        SlideInfo {
            id: self.slide.clone().unwrap_or(name),
            objective: self.objective.clone(),
            stain: self.stain.clone(),
            blood_taken: self.blood_taken.clone(),
            reader: self.reader.clone(),
        }
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

/// Number of the line that gives a haematocrit, from which the standard lets no red-cell count be made.
fn haematocrit_line(text: &str) -> Option<usize> {
    const NAMES: [&str; 4] = ["haematocrit", "hematocrit", "hematocrite", "hct"];
    let named = |line: &str| line.split_once('=').is_some_and(|(key, _)| NAMES.contains(&key.trim()));
    text.lines().position(named).map(|n| n + 1)
}

fn is_date(text: &str) -> bool {
    text.parse::<jiff::civil::DateTime>().is_ok() || text.parse::<jiff::civil::Date>().is_ok()
}

/// The parser's message with its line. What a laboratory gets wrong, a key or a value, has words of its own;
/// only for text that is no TOML are the parser's English words quoted.
fn refusal(text: &str, error: &toml::de::Error) -> Error {
    let start = error.span().map_or(0, |span| span.start);
    let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
    let shown = text.lines().nth(line - 1).unwrap_or_default().trim();
    let message = error.message().trim().replace('\n', ", ");
    let refused =
        Error::new(ErrorKind::Usage, format!("slide.toml cannot be used: line {line}: {message} ({shown})"))
            .with_place(text, start)
            .with_arg("shown", shown);
    if message.starts_with("unknown field") {
        let known = message.split_once("expected ").map_or("", |(_, known)| known);
        let known = known.trim_start_matches("one of ").replace('`', "");
        let key = shown.split_once('=').map_or(shown, |(key, _)| key.trim());
        return refused.with_key("error-sheet-key").with_arg("name", key).with_arg("known", known);
    }
    let said = ["invalid type", "unknown variant", "is outside", "wanted string"];
    let of_value = said.iter().any(|said| message.contains(said));
    let key = shown.split_once('=').map(|(key, _)| key.trim()).filter(|_| of_value);
    let range = match key {
        Some("film") => return refused.with_key("error-sheet-film"),
        Some("wbc_per_ul") => WbcPerMicrolitre::RANGE,
        Some("rbc_per_ul") => RbcPerMicrolitre::RANGE,
        Some("um_per_px") => MicronsPerPixel::RANGE,
        Some(_) => return refused.with_key("error-sheet-text"),
        None => return refused.with_key("error-sheet").with_arg("reason", message),
    };
    refused.with_key("error-sheet-number").with_arg("low", range.0).with_arg("high", range.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_forge_a_line_of_the_result() {
        for text in ["reader = \"J\\nP. falciparum\"", "slide = \"N\\u001b[31m\"", "stain = \"\"\"a\nb\"\"\""]
        {
            let error = SlideSheet::parse(text).expect_err(text);
            assert_eq!((error.kind(), error.key()), (ErrorKind::Usage, Some("error-not-one-line")));
        }
        assert!(SlideSheet::parse("reader = \"Aïssa M.\"").is_ok());
    }

    #[test]
    fn a_whole_sheet() {
        let sheet = SlideSheet::parse(
            "slide = \"N-17\"\nfilm = \"thick\"\nwbc_per_ul = 6200\nblood_taken = \"2026-11-20T07:15\"\n",
        )
        .expect("a sound sheet");
        assert_eq!(sheet.film, Some(Film::Thick));
        assert_eq!(sheet.wbc_per_ul.map(WbcPerMicrolitre::get), Some(6200.0));
    }

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
    fn what_is_wrong_is_named_with_its_line() {
        for (text, named) in [
            ("film = \"thick\"\nwbc_per_ul = 0\n", ["line 2", "100"]),
            ("wbc_per_ul = -1\n", ["line 1", "-1"]),
            ("\n\nwbc_per_ul = \"8 000\"\n", ["line 3", "8 000"]),
            ("film = \"medium\"\n", ["line 1", "medium"]),
            ("slide = \"a\"\nwhite_cells = 8000\n", ["line 2", "white_cells"]),
            ("slide = \"a\"\nhaematocrit = 0.41\n", ["line 2", "rbc_per_ul"]),
            ("blood_taken = \"yesterday\"\n", ["line 1", "yesterday"]),
            ("film = \"thin\"\nprofile = \"cdc\"\n", ["line 2", "profile"]),
            ("um_per_px = 0.0\n", ["line 1", "0.005"]),
        ] {
            let error = SlideSheet::parse(text).expect_err(text).to_string();
            assert!(named.iter().all(|n| error.contains(n)), "{text}: {error}");
        }
    }

    /// The catalogue says these in the reader's language; the arguments are all that it may show.
    #[test]
    fn what_is_wrong_has_its_own_words() {
        for (text, key) in [
            ("film = \"medium\"\n", "error-sheet-film"),
            ("film = 3\n", "error-sheet-film"),
            ("wbc_per_ul = 0\n", "error-sheet-number"),
            ("um_per_px = \"0,1\"\n", "error-sheet-number"),
            ("slide = 17\n", "error-sheet-text"),
            ("white_cells = 8000\n", "error-sheet-key"),
            ("film = \"thin\"\nfilm = \"thick\"\n", "error-sheet"),
            ("slide = \n", "error-sheet"),
        ] {
            let error = SlideSheet::parse(text).expect_err(text);
            assert_eq!(error.key(), Some(key), "{text}: {error}");
        }
    }
}
