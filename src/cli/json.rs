//! What a program hears that runs this one: errors on stdout, progress on stderr, both as JSON.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;
use std::sync::Mutex;
use std::sync::PoisonError;

use serde::Serialize;

use hemozoin::Error;
use hemozoin::locale::Catalogue;
use hemozoin::slide::{Event, Progress};
use hemozoin::tally::FieldTally;
use hemozoin::terms::Film;

/// Why something could not be done; `message` is in the reader's language, the rest in none.
#[derive(Serialize)]
pub(crate) struct JsonError {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'static str>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    values: BTreeMap<&'static str, String>,
    /// What else is wrong with the same input.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    more: Vec<Self>,
}

#[derive(Serialize)]
struct Failure {
    error: JsonError,
}

impl JsonError {
    pub(crate) fn of(error: &Error, catalogue: &Catalogue) -> Self {
        let args: Vec<(&str, String)> = error.args().iter().map(|(n, v)| (*n, v.clone())).collect();
        Self {
            kind: error.kind().code(),
            key: error.key(),
            message: catalogue.refusal(error.key(), &args, error.kind().code(), error.message()),
            path: error.path().map(|path| path.display().to_string()),
            line: error.line(),
            values: error.args().iter().map(|(name, value)| (*name, value.clone())).collect(),
            more: error.more().iter().map(|more| Self::of(more, catalogue)).collect(),
        }
    }

    /// A refusal of the command line.
    pub(crate) fn of_usage(message: String) -> Self {
        let (values, more) = (BTreeMap::new(), Vec::new());
        Self { kind: "usage", key: None, message, path: None, line: None, values, more }
    }

    /// Prints it as the one object on stdout. A reader that has gone needs no word.
    pub(crate) fn print(self) {
        if let Ok(text) = serde_json::to_string(&Failure { error: self }) {
            let _ = writeln!(std::io::stdout().lock(), "{text}");
        }
    }
}

/// Whether JSON was asked for on stdout, before anything is parsed, so that a refusal is JSON too.
pub(crate) fn is_asked_for(arguments: &[OsString]) -> bool {
    let words: Vec<&str> = arguments.iter().map_while(|a| a.to_str().filter(|a| *a != "--")).collect();
    words.contains(&"--format=json") || words.windows(2).any(|pair| pair == ["--format", "json"])
}

/// Tells of the pictures of a slide in lines of JSON on stderr.
pub(crate) struct JsonProgress<'a> {
    catalogue: &'a Catalogue,
    done: Mutex<u64>,
}

/// One line.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Told {
    Scale { pictures: usize },
    Started { files: usize },
    File { done: u64, film: Film, counted: FieldTally },
    Unread { image: String, error: JsonError },
}

impl<'a> JsonProgress<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue) -> Self {
        Self { catalogue, done: Mutex::default() }
    }
}

impl Progress for JsonProgress<'_> {
    fn on(&self, event: &Event<'_>) {
        // Held until the line is out, so that the numbers come in order.
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let told = match event {
            Event::Scale { pictures } => Told::Scale { pictures: *pictures },
            Event::Started { files } => Told::Started { files: *files },
            Event::File { film, counted } => {
                *done += 1;
                Told::File { done: *done, film: *film, counted: *counted }
            }
            Event::Unread { path, error } => Told::Unread {
                image: path.display().to_string(),
                error: JsonError::of(error, self.catalogue),
            },
            _ => return,
        };
        if let Ok(line) = serde_json::to_string(&told) {
            // Whoever watches may have gone; the work goes on.
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_known_before_parsing() {
        let args = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert!(is_asked_for(&args("hemozoin analyze x --format json")));
        assert!(is_asked_for(&args("hemozoin grade --format=json")));
        assert!(!is_asked_for(&args("hemozoin analyze json --format text")));
        assert!(!is_asked_for(&args("hemozoin analyze -- --format json")));
    }
}
