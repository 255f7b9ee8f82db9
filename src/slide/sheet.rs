//! `slide.toml`: what the laboratory says about a slide.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use crate::record::{Settings, SiteFloor, SlideInfo};
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
    /// Name of the rule profile.
    pub profile: Option<String>,
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
        let sheet: Self = toml::from_str(text).map_err(|e| {
            let reason = one_line(text, &e);
            Error::new(ErrorKind::Usage, format!("slide.toml cannot be used: {reason}"))
                .with_key("error-sheet")
                .with_arg("reason", reason)
        })?;
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
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) => return Err(Error::io(&path, "read", e)),
        };
        if length > MAX_BYTES {
            return Err(Error::new(
                ErrorKind::Limit,
                format!("slide.toml has {length} bytes; at most {MAX_BYTES} are taken"),
            )
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

    /// The settings of a run with what the sheet adds: a value that the settings already hold stays.
    pub(super) fn complete(&self, settings: &Settings) -> Settings {
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

/// Number of the line that gives a haematocrit, from which the standard lets no red-cell count be made.
fn haematocrit_line(text: &str) -> Option<usize> {
    const NAMES: [&str; 4] = ["haematocrit", "hematocrit", "hematocrite", "hct"];
    let named = |line: &str| line.split_once('=').is_some_and(|(key, _)| NAMES.contains(&key.trim()));
    text.lines().position(named).map(|n| n + 1)
}

fn is_date(text: &str) -> bool {
    text.parse::<jiff::civil::DateTime>().is_ok() || text.parse::<jiff::civil::Date>().is_ok()
}

/// The parser's message with its line number, on one line.
fn one_line(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map(|span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
    let message = error.message().trim().replace('\n', " ");
    match line {
        Some(line) => {
            let shown = text.lines().nth(line - 1).unwrap_or_default().trim();
            format!("line {line}: {message} ({shown})")
        }
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn what_is_wrong_is_named_with_its_line() {
        for (text, named) in [
            ("film = \"thick\"\nwbc_per_ul = 0\n", ["line 2", "100"]),
            ("wbc_per_ul = -1\n", ["line 1", "-1"]),
            ("\n\nwbc_per_ul = \"8 000\"\n", ["line 3", "8 000"]),
            ("film = \"medium\"\n", ["line 1", "medium"]),
            ("slide = \"a\"\nwhite_cells = 8000\n", ["line 2", "white_cells"]),
            ("slide = \"a\"\nhaematocrit = 0.41\n", ["line 2", "rbc_per_ul"]),
            ("blood_taken = \"yesterday\"\n", ["line 1", "yesterday"]),
            ("um_per_px = 0.0\n", ["line 1", "0.005"]),
        ] {
            let error = SlideSheet::parse(text).expect_err(text).to_string();
            assert!(named.iter().all(|n| error.contains(n)), "{text}: {error}");
        }
    }
}
