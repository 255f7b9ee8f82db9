//! One row of a manifest, whatever file it stands in: names and texts become checked values.

use crate::archive::case::{Case, species};
use crate::entry::{
    Misread, Style, age_years, canonical, is_identity, moment, one_form, plain, quantity, real_within,
    yes_or_no,
};
use crate::intake::film_of_name;
use crate::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use crate::record::SlideInfo;
use crate::terms::{Film, Sex};
use crate::{Error, ErrorKind, Result};

/// The columns that every manifest has.
pub(super) const SLIDE: &str = "slide";
pub(super) const PICTURES: &str = "pictures";

/// Names of columns in a manifest alone, where nothing is counted: blood counts without a unit are per µL.
pub(super) const ALSO: [(&str, &str); 2] = [("wbc", "wbc_per_ul"), ("rbc", "rbc_per_ul")];

/// Key of a refusal that names its line itself.
const VALUE: &str = "error-manifest-value";

/// So many faults of one manifest are named.
const MAX_FAULTS: usize = 50;

/// A row, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    /// Line of the file, for messages.
    pub(super) line: u64,
    pub(super) info: SlideInfo,
    pub(super) film: Option<Film>,
    pub(super) pictures: Vec<String>,
    pub(super) wbc_per_ul: Option<WbcPerMicrolitre>,
    pub(super) rbc_per_ul: Option<RbcPerMicrolitre>,
    pub(super) um_per_px: Option<MicronsPerPixel>,
    /// What a person named, and columns that mean nothing here.
    pub(super) case: Case,
}

/// The rows of a manifest, and what is wrong with the others.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    pub(super) faults: Vec<Error>,
}

impl Rows {
    pub(super) fn add(&mut self, row: std::result::Result<Row, Vec<Error>>) {
        match row {
            Ok(row) => self.rows.push(row),
            Err(faults) => self.faults.extend(faults),
        }
    }

    /// The rows, where none has a fault.
    pub(super) fn sound(mut self) -> Result<Vec<Row>> {
        let more = self.faults.len().saturating_sub(MAX_FAULTS);
        if more > 0 {
            self.faults.truncate(MAX_FAULTS);
            self.faults.push(more_faults(more));
        }
        match Error::all(self.faults) {
            Some(faults) => Err(faults),
            None => Ok(self.rows),
        }
    }
}

impl Row {
    /// From (column, text) pairs. Empty texts say nothing; columns without a meaning here are carried through, and
    /// those that say who the patient is are left behind. All that is wrong is named.
    pub(super) fn of<'a>(
        line: u64,
        cells: impl Iterator<Item = (&'a str, &'a str)>,
        style: Style,
        with_pictures: bool,
    ) -> std::result::Result<Self, Vec<Error>> {
        let mut row = Self { line, ..Self::default() };
        let mut faults = Vec::new();
        for (column, text) in cells {
            let text = text.trim();
            if !text.is_empty() && !is_identity(column) {
                faults.extend(row.put(column.trim(), text, style).err());
            }
        }
        // What is carried through may have several lines; the names of slides and sites are printed.
        let odd = row.info.check().err();
        faults.extend(odd.map(|e| not_one_line(line, e.args().first().map_or("", |(_, column)| column))));
        faults.extend(row.info.check_order().err().map(|e| e.on_line(line)));
        if row.info.id.is_empty() {
            faults.push(missing(line, SLIDE));
        }
        if with_pictures && row.pictures.is_empty() {
            faults.push(missing(line, PICTURES));
        }
        if faults.is_empty() { Ok(row) } else { Err(faults) }
    }

    fn put(&mut self, column: &str, text: &str, style: Style) -> Result<()> {
        let line = self.line;
        let wrong = |expected: &str| wrong(line, column, text, expected);
        let refuse = |misread: Misread, expected: &str| {
            let refused = misread.refuse(&format!("{column} = {text}"), || wrong(expected));
            if refused.key() == Some(VALUE) { refused } else { refused.on_line(line) }
        };
        match meaning(column).as_str() {
            SLIDE => self.info.id = one_form(text),
            "film" => {
                self.film = Some(
                    film_of_name(text)
                        .ok_or_else(|| wrong("thick (goutte-épaisse, ge), thin (frottis, fm)"))?,
                )
            }
            PICTURES => {
                self.pictures = text
                    .split(['|', ';'])
                    .map(str::trim)
                    .filter(|p| !p.is_empty())
                    .map(str::to_owned)
                    .collect();
            }
            "wbc_per_ul" => {
                self.wbc_per_ul = Some(in_range(quantity(text, style), WbcPerMicrolitre::RANGE, refuse)?)
            }
            "rbc_per_ul" => {
                self.rbc_per_ul = Some(in_range(quantity(text, style), RbcPerMicrolitre::RANGE, refuse)?)
            }
            "um_per_px" => {
                self.um_per_px = Some(in_range(
                    real_within(text, style, MicronsPerPixel::RANGE),
                    MicronsPerPixel::RANGE,
                    refuse,
                )?)
            }
            "date" => {
                self.info.blood_taken =
                    Some(moment(text, style).map_err(|m| refuse(m, "2026-11-21, 21/11/2026"))?)
            }
            "read_on" => {
                self.info.read_on =
                    Some(moment(text, style).map_err(|m| refuse(m, "2026-11-21, 21/11/2026"))?)
            }
            "age" => {
                self.info.age_years = Some(age_years(text, style).map_err(|m| refuse(m, "4; 0.5; 18 m"))?)
            }
            "sex" => self.info.sex = Some(Sex::from_text(text).ok_or_else(|| wrong("F, M"))?),
            // Carried through as it was written, too: tables have no column of their own for it.
            "pregnant" => {
                self.case.pregnant = Some(yes_or_no(text).ok_or_else(|| wrong("yes, no (oui, non)"))?);
                self.case.free.insert(column.to_owned(), text.to_owned());
            }
            "species" => {
                self.case.species =
                    species(text).ok_or_else(|| wrong("falciparum, vivax, malariae, ovale, knowlesi"))?;
            }
            // A number or a name: nobody could say which, and a name must not enter a table.
            "patient" => return Err(number_or_name(line)),
            other => match self.info.text_mut(other) {
                Some(known) => *known = Some(text.to_owned()),
                None => {
                    self.case.free.insert(column.to_owned(), text.to_owned());
                }
            },
        }
        Ok(())
    }
}

/// What a column is called here, whatever name of it a manifest uses; one that means nothing here keeps its name.
fn meaning(column: &str) -> String {
    let plain = plain(column);
    if plain == "patient" {
        return plain;
    }
    let also = ALSO.iter().find(|(name, _)| *name == plain).map(|(_, name)| *name);
    also.or_else(|| canonical(column).map(|(name, _)| name)).unwrap_or(column).to_owned()
}

/// A number of a type that takes those of `range`; what was expected, in no language, where it is none.
fn in_range<T: TryFrom<f64>>(
    read: std::result::Result<f64, Misread>,
    (low, high): (f64, f64),
    refuse: impl Fn(Misread, &str) -> Error,
) -> Result<T> {
    let expected = format!("{low} - {high}");
    let value = read.map_err(|misread| refuse(misread, &expected))?;
    T::try_from(value).map_err(|_| refuse(Misread::Nothing, &expected))
}

pub(super) fn wrong(line: u64, column: &str, value: &str, expected: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("line {line}: {column} cannot be \"{value}\"; expected: {expected}"))
        .with_key(VALUE)
        .with_arg("line", line)
        .with_arg("column", column)
        .with_arg("value", value)
        .with_arg("expected", expected)
}

fn not_one_line(line: u64, column: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "line {line}: {column} holds a line break or a control character; write it as one line of text"
        ),
    )
    .with_key("error-manifest-one-line")
    .with_arg("line", line)
    .with_arg("column", column)
}

fn number_or_name(line: u64) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "line {line}: the column patient can be a number or a name; call it patient_id or patient_name (a name is \
             not kept)"
        ),
    )
    .with_key("error-manifest-patient")
    .with_arg("line", line)
}

fn more_faults(more: usize) -> Error {
    Error::new(ErrorKind::Usage, format!("{more} more faults are not named"))
        .with_key("error-manifest-more")
        .with_arg("more", more)
}

fn missing(line: u64, column: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("line {line}: nothing stands in the column {column}"))
        .with_key("error-manifest-missing")
        .with_arg("line", line)
        .with_arg("column", column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(&str, &str)]) -> Result<Row> {
        Row::of(7, cells.iter().copied(), Style::default(), true)
            .map_err(|faults| Error::all(faults).expect("a fault"))
    }

    #[test]
    fn a_whole_row() {
        let row = row(&[
            ("slide", "N-17"),
            ("film", "Goutte-Épaisse"),
            ("pictures", "a.jpg | b.jpg"),
            ("WBC per uL", ""),
            ("wbc_per_ul", "6 200"),
            ("date", "20/11/2026"),
            ("age", "18 mois"),
            ("Service", "Pédiatrie"),
            ("Nom et prénom", "A. M."),
            ("village", "Dosso"),
            ("Enceinte", "non"),
        ])
        .expect("a sound row");
        assert_eq!(row.case.pregnant, Some(false));
        assert_eq!(row.film, Some(Film::Thick));
        assert_eq!(row.pictures, ["a.jpg", "b.jpg"]);
        assert_eq!(row.wbc_per_ul.map(WbcPerMicrolitre::get), Some(6200.0));
        assert_eq!(row.info.blood_taken.as_deref(), Some("2026-11-20"));
        assert_eq!((row.info.age_years, row.info.ward.as_deref()), (Some(1.5), Some("Pédiatrie")));
        assert_eq!(row.info.patient_name, None, "a name goes nowhere");
        assert_eq!(
            row.case.free.into_iter().collect::<Vec<_>>(),
            [("Enceinte".to_owned(), "non".to_owned()), ("village".to_owned(), "Dosso".to_owned())]
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (column, text) in [
            ("film", "medium"),
            ("wbc_per_ul", "0"),
            ("wbc_per_ul", "6.200"),
            ("wbc", "120,000"),
            ("date", "21/11"),
            ("date", "03/04/2026"),
            ("age", "-2"),
        ] {
            let cells = [("slide", "N-17"), ("pictures", "x"), (column, text)];
            let error = row(&cells).expect_err(text).to_string();
            assert!(["line 7", column, text].iter().all(|n| error.contains(n)), "{error}");
        }
        for column in ["lame", "site", "reader"] {
            let cells = [("slide", "N-17"), ("pictures", "x"), (column, "a\nb\u{1b}[2J")];
            let error = row(&cells).expect_err("two lines");
            assert_eq!(error.key(), Some("error-manifest-one-line"), "{error}");
            assert!(error.message().starts_with("line 7: "), "{error}");
        }
        assert!(row(&[("slide", "N-17"), ("pictures", "x"), ("remarks", "a\nb")]).is_ok());
        assert!(row(&[("slide", "N-17")]).expect_err("no pictures").to_string().contains("pictures"));
        let unclear = row(&[("slide", "N-17"), ("pictures", "x"), ("Patient", "12")]).expect_err("which?");
        assert_eq!(unclear.key(), Some("error-manifest-patient"));
    }
}
