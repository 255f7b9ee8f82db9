//! The text of a sheet becomes checked values.

use std::path::PathBuf;

use super::SlideSheet;
use crate::entry::{
    Keyed, Misread, Style, Written, age_years, keyed, moment, one_form, quantity, real_within,
};
use crate::intake::film_of_name;
use crate::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use crate::terms::Sex;
use crate::{Error, ErrorKind, Result};

/// Every key of a sheet, in the order of a form.
pub(super) const KEYS: [&str; 19] = [
    "slide",
    "film",
    "patient_id",
    "patient_name",
    "age",
    "sex",
    "ward",
    "order",
    "specimen",
    "site",
    "blood_taken",
    "read_on",
    "reader",
    "wbc_per_ul",
    "rbc_per_ul",
    "um_per_px",
    "objective",
    "stain",
    "floor",
];

/// Keys under which a person may give a haematocrit, from which the standard lets no red-cell count be made (THN-2).
const HAEMATOCRIT: [&str; 4] = ["haematocrit", "hematocrit", "hematocrite", "hct"];

/// One `key = value` of a sheet.
struct Entry<'t> {
    key: &'t str,
    value: &'t str,
    line: u64,
    /// The line as it was written.
    shown: &'t str,
}

/// Reads the text of a sheet; all that is wrong is named at once.
pub(super) fn parse(text: &str) -> Result<SlideSheet> {
    let mut sheet = SlideSheet::default();
    let mut faults = Vec::new();
    let entries = keyed(text)?;
    for Keyed { key, value, line, shown } in &entries {
        let (line, value) = (*line, value);
        let entry = |value| Entry { key, value, line, shown };
        let put = match value {
            Written::Text(text) => put(&mut sheet, &entry(text)),
            Written::List(_) | Written::Other => Err(entry("").no_text()),
        };
        faults.extend(put.err());
    }
    match Error::all(faults) {
        Some(faults) => Err(faults),
        None => {
            sheet.info.check()?;
            let line = entries.iter().find(|entry| entry.key == "read_on").map_or(1, |entry| entry.line);
            sheet.info.check_order().map_err(|e| e.on_line(line))?;
            Ok(sheet)
        }
    }
}

fn put(sheet: &mut SlideSheet, entry: &Entry<'_>) -> Result<()> {
    let style = Style::default();
    if HAEMATOCRIT.contains(&entry.key) {
        return Err(entry.haematocrit());
    }
    // An empty text says nothing, as an empty cell does.
    if entry.value.is_empty() {
        return if KEYS.contains(&entry.key) { Ok(()) } else { Err(entry.unknown()) };
    }
    match entry.key {
        "slide" => sheet.info.id = one_form(entry.value),
        "film" => sheet.film = Some(film_of_name(entry.value).ok_or_else(|| entry.no_film())?),
        "age" => {
            sheet.info.age_years =
                Some(age_years(entry.value, style).map_err(|m| entry.refuse(m, Entry::no_age))?)
        }
        "sex" => sheet.info.sex = Some(Sex::from_text(entry.value).ok_or_else(|| entry.no_sex())?),
        "blood_taken" => {
            sheet.info.blood_taken =
                Some(moment(entry.value, style).map_err(|m| entry.refuse(m, Entry::no_date))?);
        }
        "read_on" => {
            sheet.info.read_on =
                Some(moment(entry.value, style).map_err(|m| entry.refuse(m, Entry::no_date))?);
        }
        "wbc_per_ul" => sheet.wbc_per_ul = Some(entry.number(quantity, WbcPerMicrolitre::RANGE)?),
        "rbc_per_ul" => sheet.rbc_per_ul = Some(entry.number(quantity, RbcPerMicrolitre::RANGE)?),
        "um_per_px" => {
            sheet.um_per_px = Some(entry.number(
                |text, style| real_within(text, style, MicronsPerPixel::RANGE),
                MicronsPerPixel::RANGE,
            )?)
        }
        "floor" => sheet.floor = Some(PathBuf::from(entry.value)),
        other => *sheet.info.text_mut(other).ok_or_else(|| entry.unknown())? = Some(entry.value.to_owned()),
    }
    Ok(())
}

impl Entry<'_> {
    fn number<T: TryFrom<f64>>(
        &self,
        read: fn(&str, Style) -> std::result::Result<f64, Misread>,
        (low, high): (f64, f64),
    ) -> Result<T> {
        let outside = |entry: &Self| {
            entry
                .fault("error-sheet-number", format!("write a number from {low} to {high}"))
                .with_arg("low", low)
                .with_arg("high", high)
        };
        // TOML parts thousands with `_`.
        let value =
            read(&self.value.replace('_', ""), Style::default()).map_err(|m| self.refuse(m, outside))?;
        T::try_from(value).map_err(|_| outside(self))
    }

    fn refuse(&self, misread: Misread, nothing: impl FnOnce(&Self) -> Error) -> Error {
        misread.refuse(&format!("{} = {}", self.key, self.value), || nothing(self)).on_line(self.line)
    }

    fn fault(&self, key: &'static str, what: String) -> Error {
        Error::new(ErrorKind::Usage, format!("{}: {what}", self.shown))
            .with_key(key)
            .with_arg("shown", self.shown)
            .on_line(self.line)
    }

    fn no_text(&self) -> Error {
        self.fault("error-sheet-text", "write one text between quotation marks".to_owned())
    }

    fn no_film(&self) -> Error {
        self.fault("error-sheet-film", "write film = \"thick\" or film = \"thin\"".to_owned())
    }

    fn no_age(&self) -> Error {
        self.fault("error-sheet-age", "write an age such as 4, 4.5 or 18 months".to_owned())
    }

    fn no_sex(&self) -> Error {
        self.fault("error-sheet-sex", "write F or M".to_owned())
    }

    fn no_date(&self) -> Error {
        self.fault("error-sheet-date", "this is no date; write 2026-11-21 or 2026-11-21T08:30".to_owned())
    }

    fn unknown(&self) -> Error {
        let known = KEYS.join(", ");
        self.fault("error-sheet-key", format!("there is no key {}; the keys are {known}", self.key))
            .with_arg("name", self.key)
            .with_arg("known", known)
    }

    fn haematocrit(&self) -> Error {
        self.fault(
            "error-sheet-haematocrit",
            "the standard has no rule from a haematocrit to red cells per µL (THN-2); give rbc_per_ul as measured, or \
             leave it out"
                .to_owned(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Film;

    fn sheet(text: &str) -> SlideSheet {
        parse(text).unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    #[test]
    fn a_whole_sheet() {
        let sheet = sheet(
            "slide = \"N-17\"\nfilm = \"thick\"\npatient_id = P-42\nage = 18 mois\nsex = F\nward = Pédiatrie # tel. 12\n\
             order = 2026-118\nspecimen = 0042\nwbc_per_ul = 6 200\nrbc_per_ul = 4_500_000\num_per_px = 0,104\n\
             blood_taken = 20/11/2026 07:15\nread_on = 2026-11-21\nreader = “Aïssa M.”\nstain = \"\"\n",
        );
        assert_eq!((sheet.info.id.as_str(), sheet.film), ("N-17", Some(Film::Thick)));
        assert_eq!(sheet.info.patient_id.as_deref(), Some("P-42"));
        assert_eq!((sheet.info.age_years, sheet.info.sex), (Some(1.5), Some(Sex::Female)));
        assert_eq!(sheet.info.ward.as_deref(), Some("Pédiatrie"));
        assert_eq!(sheet.info.specimen.as_deref(), Some("0042"), "a number of a specimen is a text");
        assert_eq!(sheet.wbc_per_ul.map(WbcPerMicrolitre::get), Some(6200.0));
        assert_eq!(sheet.rbc_per_ul.map(RbcPerMicrolitre::get), Some(4.5e6));
        assert_eq!(sheet.um_per_px.map(MicronsPerPixel::get), Some(0.104));
        assert_eq!(sheet.info.blood_taken.as_deref(), Some("2026-11-20T07:15"));
        assert_eq!(sheet.info.read_on.as_deref(), Some("2026-11-21"));
        assert_eq!((sheet.info.reader.as_deref(), &sheet.info.stain), (Some("Aïssa M."), &None));
    }

    #[test]
    fn the_same_with_and_without_quotation_marks() {
        for (bare, quoted) in [
            ("wbc_per_ul = 6200", "wbc_per_ul = \"6 200\""),
            ("film = goutte-epaisse", "film = \"thick\""),
            ("film = frottis", "film = 'thin'"),
            ("slide = 17", "slide = \"17\""),
            ("stain = Giemsa \"10 %\"\r", "stain = 'Giemsa \"10 %\"'"),
            ("blood_taken = 2026-11-21T08:30", "blood_taken = \"21/11/2026 8h30\""),
            ("um_per_px = 1,234", "um_per_px = \"1.2340\""),
            ("age = 4.500", "age = \"4,5\""),
        ] {
            assert_eq!(sheet(bare), sheet(quoted), "{bare}");
        }
    }

    #[test]
    fn a_name_cannot_forge_a_line_of_the_result() {
        for text in ["reader = \"J\\nP. falciparum\"", "slide = \"N\\u001b[31m\"", "stain = \"\"\"a\nb\"\"\""]
        {
            let error = parse(text).expect_err(text);
            assert_eq!((error.kind(), error.key()), (ErrorKind::Usage, Some("error-not-one-line")));
        }
        assert!(parse("reader = \"Aïssa M.\"").is_ok());
    }

    /// The catalogue says these in the reader's language; the arguments are all that it may show.
    #[test]
    fn what_is_wrong_is_named_with_its_line_and_has_its_own_words() {
        for (text, line, named, key) in [
            ("film = \"thick\"\nwbc_per_ul = 0\n", 2, "100", "error-sheet-number"),
            ("wbc_per_ul = -1\n", 1, "-1", "error-sheet-number"),
            ("\n\nwbc_per_ul = \"viele\"\n", 3, "viele", "error-sheet-number"),
            ("wbc_per_ul = 120,000\n", 1, "120000", "error-two-numbers"),
            ("wbc_per_ul = 120.000\n", 1, "120.0", "error-two-numbers"),
            ("wbc_per_ul = \"6.200\"\n", 1, "6.2", "error-two-numbers"),
            ("blood_taken = 03/04/2026\n", 1, "2026-03-04", "error-two-days"),
            ("blood_taken = 0026-11-21\n", 1, "0026", "error-sheet-date"),
            ("read_on = 2026-11-20\nblood_taken = 2026-11-21\n", 1, "2026-11-21", "error-dates-order"),
            ("um_per_px = 12,345\n", 1, "0.005", "error-sheet-number"),
            ("film = \"medium\"\n", 1, "medium", "error-sheet-film"),
            ("film = 3\n", 1, "3", "error-sheet-film"),
            ("slide = \"a\"\nwhite_cells = 8000\n", 2, "white_cells", "error-sheet-key"),
            ("slide = \"a\"\nhaematocrit = 0.41\n", 2, "rbc_per_ul", "error-sheet-haematocrit"),
            ("slide = \"a\"\nhct = 41 %\n", 2, "rbc_per_ul", "error-sheet-haematocrit"),
            ("blood_taken = \"yesterday\"\n", 1, "yesterday", "error-sheet-date"),
            ("film = \"thin\"\nprofile = \"cdc\"\n", 2, "profile", "error-sheet-key"),
            ("um_per_px = 0.0\n", 1, "0.005", "error-sheet-number"),
            ("age = old\n", 1, "old", "error-sheet-age"),
            ("sex = x\n", 1, "F or M", "error-sheet-sex"),
            ("slide = [\"a\"]\n", 1, "slide", "error-sheet-text"),
            ("film = \"thin\"\nfilm = \"thick\"\n", 2, "lines 1 and 2", "error-sheet-twice"),
            ("[slide]\nfilm = thin\n", 1, "no sections", "error-sheet-section"),
            ("slide = \n", 1, "slide", "error-sheet"),
            ("slide\n", 1, "slide", "error-sheet"),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!((error.key(), error.line()), (Some(key), Some(line)), "{text}: {error}");
            assert!(error.to_string().contains(named), "{text}: {error}");
        }
    }

    #[test]
    fn all_that_is_wrong_is_named_at_once() {
        let error = parse("wbc_per_ul = 6,200\n\nfilm = medium\nage = 4\nsexe = F\n").expect_err("three");
        let lines: Vec<Option<u64>> = std::iter::once(&error).chain(error.more()).map(Error::line).collect();
        assert_eq!(lines, [Some(1), Some(3), Some(5)]);
    }
}
