//! A small settings file that a person writes: `key = value`, a line each. What stands without quotation marks is taken
//! as if it stood between them: `film = goutte-epaisse`, `wbc_per_ul = 6 200`.

use toml::de::{DeTable, DeValue};

use crate::{Error, ErrorKind, Result};

/// One `key = value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyed {
    /// Its key.
    pub key: String,
    /// What stands behind it.
    pub value: Written,
    /// Its line, from 1.
    pub line: u64,
    /// That line as it was written.
    pub shown: String,
}

/// What stands behind a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// A text, without blanks around it.
    Text(String),
    /// Several, between brackets.
    List(Vec<String>),
    /// Something else.
    Other,
}

/// The keys of a text with their values, in the order of its lines.
///
/// # Errors
/// [`ErrorKind::Usage`] naming the line of what is not TOML, of a key that stands twice, and of a section.
pub fn keyed(text: &str) -> Result<Vec<Keyed>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let quoted = quote_bare_values(&text);
    if let Some(section) = section(&text) {
        return Err(section);
    }
    let table = DeTable::parse(&quoted).map_err(|e| match twice(&text, &quoted, &e) {
        Some(twice) => twice,
        None => no_toml(&text, &quoted, &e),
    })?;
    let mut found: Vec<Keyed> = Vec::new();
    for (key, value) in table.get_ref() {
        let line = quoted.get(..key.span().start).unwrap_or_default().matches('\n').count();
        let text_of = |value: &DeValue<'_>| match value {
            DeValue::String(text) => Some(text.trim().to_owned()),
            _ => None,
        };
        let value = match value.get_ref() {
            DeValue::Array(list) => {
                let texts: Option<Vec<String>> = list.iter().map(|item| text_of(item.get_ref())).collect();
                texts.map_or(Written::Other, Written::List)
            }
            other => text_of(other).map_or(Written::Other, Written::Text),
        };
        found.push(Keyed {
            key: key.get_ref().to_string(),
            value,
            line: number(line),
            shown: shown(&text, line).to_owned(),
        });
    }
    found.sort_by_key(|entry| entry.line);
    Ok(found)
}

/// The number of a line that is counted from 0.
fn number(line: usize) -> u64 {
    u64::try_from(line).unwrap_or(u64::MAX).saturating_add(1)
}

fn shown(text: &str, line: usize) -> &str {
    text.lines().nth(line).unwrap_or_default().trim()
}

/// `[slide]` on a line of its own: what stands below it would belong to it.
fn section(text: &str) -> Option<Error> {
    let is_section = |line: &str| {
        let line = line.split('#').next().unwrap_or_default().trim();
        let name = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        name.is_some_and(|name| {
            let name = name.trim_matches(['[', ']', ' ', '"', '\'']);
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c))
        })
    };
    let at = text.lines().position(is_section)?;
    // Inside a list such a line is an item of it.
    let before: String = text.lines().take(at).collect();
    if before.matches('[').count() != before.matches(']').count() {
        return None;
    }
    let shown = shown(text, at);
    Some(
        Error::new(
            ErrorKind::Usage,
            format!("{shown}: this file has no sections; take the line out and leave the lines below it"),
        )
        .with_key("error-sheet-section")
        .with_arg("shown", shown)
        .on_line(number(at)),
    )
}

/// A key that stands on two lines.
fn twice(text: &str, quoted: &str, error: &toml::de::Error) -> Option<Error> {
    if !error.message().contains("duplicate key") {
        return None;
    }
    let key_of = |line: &str| {
        let (key, _) = line.split_once('=')?;
        Some(key.trim().trim_matches(['"', '\'']).to_owned()).filter(|key| !key.is_empty())
    };
    let line = quoted.get(..error.span()?.start)?.matches('\n').count();
    let key = key_of(text.lines().nth(line)?)?;
    let first = text.lines().take(line).position(|line| key_of(line).as_ref() == Some(&key))?;
    let (first, second) = (number(first), number(line));
    Some(
        Error::new(
            ErrorKind::Usage,
            format!("{key} stands twice, on the lines {first} and {second}; leave one of them"),
        )
        .with_key("error-sheet-twice")
        .with_arg("name", key)
        .with_arg("first", first)
        .with_arg("second", second)
        .on_line(second),
    )
}

/// The text with quotation marks around the values that have none; lines stay where they are.
fn quote_bare_values(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        match bare_value(line) {
            Some((key, value)) => {
                quoted.push_str(key);
                quoted.push_str(" = \"");
                quoted.push_str(&value.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', " "));
                quoted.push('"');
            }
            None => quoted.push_str(line),
        }
        quoted.push('\n');
    }
    quoted
}

/// Key and value of a line whose value stands without quotation marks, or between those of a text processor.
fn bare_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    let name = key.trim();
    let bare =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let value = value.split('#').next().unwrap_or_default().trim();
    if !bare || value.is_empty() || value.starts_with(['"', '\'', '[', '{']) {
        return None;
    }
    const CURLY: [char; 8] = ['“', '”', '„', '«', '»', '‘', '’', '\u{a0}'];
    let inside = value.trim_matches(CURLY).trim();
    (!inside.is_empty()).then_some((key.trim_end(), inside))
}

/// Text that is no TOML, by the parser's words.
fn no_toml(text: &str, quoted: &str, error: &toml::de::Error) -> Error {
    let start = error.span().map_or(0, |span| span.start);
    let line = quoted.get(..start).unwrap_or_default().matches('\n').count();
    let shown = text.lines().nth(line).unwrap_or_default().trim();
    let message = error.message().trim().replace('\n', ", ");
    Error::new(ErrorKind::Usage, format!("this is not TOML: {message} ({shown})"))
        .with_key("error-sheet")
        .with_arg("shown", shown)
        .with_arg("reason", message)
        .on_line(u64::try_from(line).unwrap_or(u64::MAX).saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Written {
        Written::Text(value.to_owned())
    }

    #[test]
    fn keys_with_their_lines() {
        let found =
            keyed("# whose\r\nname = Hôpital de Say\r\naddress = [\"BP 1\",\r\n  \"Say\"]\r\nn = [1]\r\n")
                .expect("sound");
        let said: Vec<_> = found.into_iter().map(|entry| (entry.key, entry.value, entry.line)).collect();
        let list = Written::List(vec!["BP 1".to_owned(), "Say".to_owned()]);
        assert_eq!(
            said,
            [
                ("name".to_owned(), text("Hôpital de Say"), 2),
                ("address".to_owned(), list, 3),
                ("n".to_owned(), Written::Other, 5),
            ]
        );
    }

    #[test]
    fn a_key_that_stands_twice_and_a_section_are_named() {
        let twice = keyed("film = thin\n\nage = 4\n \"film\" = \"thick\"\n").expect_err("twice");
        assert_eq!((twice.key(), twice.line()), (Some("error-sheet-twice"), Some(4)));
        assert!(twice.message().contains("film stands twice, on the lines 1 and 4"), "{twice}");
        for section in ["[slide]", "[[slide]]", " [ slide ] # N-1", "[ma_lame]"] {
            let error = keyed(&format!("\n{section}\nfilm = thin\n")).expect_err(section);
            assert_eq!((error.key(), error.line()), (Some("error-sheet-section"), Some(2)), "{section}");
        }
        assert!(keyed("address = [\n[\"a\"]\n]\n").is_ok());
    }
}
