//! One row of a manifest, whatever file it stands in: names and texts become checked values.

use crate::archive::case::{Case, Sex, age, day, species};
use crate::error::{Error, ErrorKind, Result};
use crate::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use crate::record::SlideInfo;
use crate::terms::Film;
use crate::text::is_one_line;

/// The columns that every manifest has.
pub(super) const SLIDE: &str = "slide";
pub(super) const PICTURES: &str = "pictures";

/// A row, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    /// Line of the file, for messages.
    pub(super) line: usize,
    pub(super) info: SlideInfo,
    pub(super) film: Option<Film>,
    pub(super) pictures: Vec<String>,
    pub(super) wbc_per_ul: Option<WbcPerMicrolitre>,
    pub(super) rbc_per_ul: Option<RbcPerMicrolitre>,
    pub(super) um_per_px: Option<MicronsPerPixel>,
    pub(super) case: Case,
}

impl Row {
    /// From (column, text) pairs. Empty texts say nothing; columns without a meaning here are carried through.
    pub(super) fn of<'a>(line: usize, cells: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self> {
        let mut row = Self { line, ..Self::default() };
        for (column, text) in cells {
            let text = text.trim();
            if !text.is_empty() {
                row.put(column.trim(), text)?;
            }
        }
        // What is carried through may have several lines; the names of slides and sites are printed.
        row.info
            .check()
            .map_err(|e| not_one_line(line, e.args().first().map_or("", |(_, column)| column)))?;
        if row.case.site.as_deref().is_some_and(|site| !is_one_line(site)) {
            return Err(not_one_line(line, "site"));
        }
        if row.info.id.is_empty() {
            return Err(missing(line, SLIDE));
        }
        if row.pictures.is_empty() {
            return Err(missing(line, PICTURES));
        }
        Ok(row)
    }

    fn put(&mut self, column: &str, text: &str) -> Result<()> {
        let wrong = |expected: &str| wrong(self.line, column, text, expected);
        match meaning(column).as_str() {
            SLIDE => self.info.id = text.to_owned(),
            "film" => self.film = Some(film(text).ok_or_else(|| wrong("thick, thin"))?),
            PICTURES => {
                self.pictures = text
                    .split(['|', ';'])
                    .map(str::trim)
                    .filter(|p| !p.is_empty())
                    .map(str::to_owned)
                    .collect();
            }
            "wbc_per_ul" => {
                self.wbc_per_ul = Some(number(text, WbcPerMicrolitre::RANGE).map_err(|e| wrong(&e))?);
            }
            "rbc_per_ul" => {
                self.rbc_per_ul = Some(number(text, RbcPerMicrolitre::RANGE).map_err(|e| wrong(&e))?);
            }
            "um_per_px" => {
                self.um_per_px = Some(number(text, MicronsPerPixel::RANGE).map_err(|e| wrong(&e))?);
            }
            "date" => {
                self.case.date = Some(day(text).ok_or_else(|| wrong("2026-11-21"))?);
                self.info.blood_taken = Some(text.to_owned());
            }
            "site" => self.case.site = Some(text.to_owned()),
            "age" => self.case.age_years = Some(age(text).ok_or_else(|| wrong("4, 0.5, 18 m"))?),
            "sex" => self.case.sex = Some(Sex::from_text(text).ok_or_else(|| wrong("F, M"))?),
            "species" => {
                self.case.species =
                    species(text).ok_or_else(|| wrong("falciparum, vivax, malariae, ovale, knowlesi"))?;
            }
            "objective" => self.info.objective = Some(text.to_owned()),
            "stain" => self.info.stain = Some(text.to_owned()),
            "reader" => self.info.reader = Some(text.to_owned()),
            _ => {
                self.case.free.insert(column.to_owned(), text.to_owned());
            }
        }
        Ok(())
    }
}

/// What a column is called here, whatever name of it a manifest uses; one that means nothing here keeps its name.
pub(super) fn meaning(column: &str) -> String {
    let plain = column.to_lowercase().replace(['-', ' '], "_");
    match plain.as_str() {
        "slide_id" | "lame" => SLIDE,
        "images" => PICTURES,
        "wbc" => "wbc_per_ul",
        "rbc" => "rbc_per_ul",
        "blood_taken" => "date",
        "age_years" => "age",
        "sexe" => "sex",
        known @ (SLIDE | PICTURES | "film" | "wbc_per_ul" | "rbc_per_ul" | "um_per_px" | "date" | "site"
        | "age" | "sex" | "species" | "objective" | "stain" | "reader") => known,
        _ => column,
    }
    .to_owned()
}

/// `thick`, `thin`, or any name that a folder may have.
fn film(text: &str) -> Option<Film> {
    crate::intake::film_of_name(text)
}

/// A number of a type that takes those of `range`; what was expected, in no language, where it is none.
fn number<T: TryFrom<f64>>(text: &str, range: (f64, f64)) -> std::result::Result<T, String> {
    let value: Option<f64> = text.replace(',', ".").parse().ok();
    value.and_then(|value| T::try_from(value).ok()).ok_or_else(|| format!("{} - {}", range.0, range.1))
}

pub(super) fn wrong(line: usize, column: &str, value: &str, expected: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("line {line}: {column} cannot be \"{value}\"; expected: {expected}"))
        .with_key("error-manifest-value")
        .with_arg("line", line)
        .with_arg("column", column)
        .with_arg("value", value)
        .with_arg("expected", expected)
}

fn not_one_line(line: usize, column: &str) -> Error {
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

fn missing(line: usize, column: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("line {line}: nothing stands in the column {column}"))
        .with_key("error-manifest-missing")
        .with_arg("line", line)
        .with_arg("column", column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(&str, &str)]) -> Result<Row> {
        Row::of(7, cells.iter().copied())
    }

    #[test]
    fn a_whole_row() {
        let row = row(&[
            ("slide", "N-17"),
            ("film", "Goutte-Épaisse"),
            ("pictures", "a.jpg | b.jpg"),
            ("WBC per uL", ""),
            ("wbc_per_ul", "6200"),
            ("date", "2026-11-20"),
            ("age", "18 mois"),
            ("village", "Dosso"),
        ])
        .expect("a sound row");
        assert_eq!(row.film, Some(Film::Thick));
        assert_eq!(row.pictures, ["a.jpg", "b.jpg"]);
        assert_eq!(row.case.month(), Some("2026-11"));
        assert_eq!(row.case.free.get("village").map(String::as_str), Some("Dosso"));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (column, text) in [
            ("film", "medium"),
            ("wbc_per_ul", "0"),
            ("wbc_per_ul", "8 000"),
            ("date", "21/11"),
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
    }
}
