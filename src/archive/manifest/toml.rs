//! A manifest as TOML: one `[[slide]]` table per slide or film, with the same names as the CSV columns
//! (`id` stands for `slide`; `pictures` may be a list).

use serde::Deserialize;

use super::row::{Row, Rows};
use crate::entry::Style;
use crate::{Error, ErrorKind, Result};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    slide: Vec<toml::Spanned<toml::Table>>,
}

/// The rows of a TOML text. `with_pictures`: each has some.
pub(super) fn rows(text: &str, with_pictures: bool) -> Result<Rows> {
    let line_of = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let file: File = toml::from_str(text).map_err(|e| {
        let at = e.span().map_or(0, |span| span.start);
        let line = line_of(at);
        let reason = e.message().trim().replace('\n', ", ");
        Error::new(ErrorKind::Usage, format!("line {line}: {reason}"))
            .with_key("error-manifest-toml")
            .with_place(text, at)
            .with_arg("reason", reason)
    })?;
    let mut rows = Rows::default();
    for table in file.slide {
        let line = u64::try_from(line_of(table.span().start)).unwrap_or(u64::MAX);
        let cells: Vec<(String, String)> = table.into_inner().into_iter().map(cell).collect();
        let cells = cells.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        rows.add(Row::of(line, cells, Style::default(), with_pictures));
    }
    Ok(rows)
}

fn cell((name, value): (String, toml::Value)) -> (String, String) {
    let name = if name == "id" { "slide".to_owned() } else { name };
    (name, plain(&value))
}

fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Vec<Row>> {
        super::rows(text, true)?.sound()
    }

    #[test]
    fn tables_are_rows() {
        let text = "[[slide]]\nid = \"A\"\nfilm = \"thick\"\npictures = [\"a.jpg\", \"b.jpg\"]\ndate = 2026-11-21\n\n\
                    [[slide]]\nid = \"B\"\nfilm = \"thin\"\npictures = \"b\"\nwbc_per_ul = 6000\n";
        let rows = rows(text).expect("sound");
        assert_eq!(rows[0].pictures, ["a.jpg", "b.jpg"]);
        assert_eq!(rows[0].info.blood_taken.as_deref(), Some("2026-11-21"));
        assert_eq!(rows[1].line, 7);
    }

    #[test]
    fn an_unknown_film_is_named_with_its_line() {
        let text = "[[slide]]\nid = \"A\"\npictures = \"a\"\n\n[[slide]]\nid = \"B\"\nfilm = \"medium\"\npictures = \"b\"\n";
        let error = rows(text).expect_err("medium").to_string();
        assert!(error.contains("line 5") && error.contains("medium"), "{error}");
    }
}
