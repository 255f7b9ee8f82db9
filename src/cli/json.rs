//! What a program hears that runs this one: errors on stdout, progress on stderr, both as JSON.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;
use std::sync::Mutex;
use std::sync::PoisonError;

use serde::Serialize;

use hemozoin::locale::Catalogue;
use hemozoin::slide::{Control, Event};
use hemozoin::tally::FieldTally;
use hemozoin::terms::Film;
use hemozoin::{Error, ErrorKind};

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
    /// Of one line of a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
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
            line: error.line().or_else(|| args.iter().find(|(n, _)| *n == "line")?.1.parse().ok()),
            values: error.args().iter().map(|(name, value)| (*name, value.clone())).collect(),
            more: error.more().iter().map(|more| Self::of(more, catalogue)).collect(),
        }
    }

    /// A refusal of the command line.
    pub(crate) fn of_usage(message: String) -> Self {
        Self::plain(ErrorKind::Usage, message)
    }

    /// What Ctrl-C leaves.
    pub(crate) fn of_stop(message: String) -> Self {
        Self::plain(ErrorKind::Stopped, message)
    }

    fn plain(kind: ErrorKind, message: String) -> Self {
        let (values, more) = (BTreeMap::new(), Vec::new());
        Self { kind: kind.code(), key: None, message, path: None, line: None, values, more }
    }

    /// Prints it as the one object on stdout. A reader that has gone needs no word.
    pub(crate) fn print(self) {
        self.print_of(None);
    }

    /// The same, of one line of a table.
    pub(crate) fn print_of(self, id: Option<String>) {
        if let Ok(text) = serde_json::to_string(&Failure { id, error: self }) {
            let _ = writeln!(std::io::stdout().lock(), "{text}");
        }
    }
}

/// Whether JSON was asked for on stdout, before anything is parsed, so that a refusal is JSON too.
pub(crate) fn is_asked_for(arguments: &[OsString]) -> bool {
    let words: Vec<&str> =
        arguments.iter().take_while(|a| *a != "--").map(|a| a.to_str().unwrap_or_default()).collect();
    words.iter().any(|word| *word == "--json" || word.strip_prefix("--format=").is_some_and(is_json))
        || words.windows(2).any(|pair| pair[0] == "--format" && is_json(pair[1]))
}

/// Whether a form of `--format` is JSON.
fn is_json(form: &str) -> bool {
    matches!(form, "json" | "dhis2" | "dhis2-events")
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

impl Control for JsonProgress<'_> {
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
            Event::Unread { name, error } => {
                Told::Unread { image: (*name).to_owned(), error: JsonError::of(error, self.catalogue) }
            }
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
        assert!(is_asked_for(&args("hemozoin archive summary x --format dhis2")));
        assert!(is_asked_for(&args("hemozoin archive status x --json")));
        assert!(!is_asked_for(&args("hemozoin archive run x --json-progress")));
    }
}
