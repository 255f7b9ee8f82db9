//! The one error type: whose fault, where, and what to do.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::text::one_line;

/// Key of a full disk, whoever met it.
const DISK_FULL: &str = "error-disk-full";

/// Result of everything in this crate that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// Whose fault a failure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[non_exhaustive]
#[strum(serialize_all = "snake_case")]
pub enum ErrorKind {
    /// The bytes of a file cannot be understood: truncated, corrupt, or not what its name says.
    Unreadable,
    /// A limit on size or number would be passed.
    Limit,
    /// A sound file in a form that this program does not handle.
    Unsupported,
    /// A model bundle that does not fit its description or this engine.
    Model,
    /// A rule profile with an unknown name, key or value.
    Profile,
    /// A wrong option, an impossible value, a missing statement by the user.
    Usage,
    /// The system refused: permissions, a full disk, a vanished folder.
    Io,
    /// A fault of this program.
    Internal,
    /// Whoever asked for the work stopped it: there is no result, and nothing is wrong.
    Stopped,
}

impl ErrorKind {
    /// All kinds.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code, as written in records and used as the key of its words.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// What went wrong ([`kind`](Self::kind)), where ([`path`](Self::path)), and why.
///
/// The text is English and names the remedy; a front end that speaks another language uses
/// [`kind`](Self::kind) and [`key`](Self::key) with [`args`](Self::args). Context holds file names
/// and slide identifiers, never a patient's name.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    key: Option<&'static str>,
    args: Vec<(&'static str, String)>,
    message: String,
    path: Option<PathBuf>,
    line: Option<u64>,
    more: Vec<Error>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error with a complete sentence: what is wrong and what to do about it.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            key: None,
            args: Vec::new(),
            message: message.into(),
            path: None,
            line: None,
            more: Vec::new(),
            source: None,
        }))
    }

    /// Names the catalogue message that says the same in the reader's language.
    #[must_use]
    pub fn with_key(mut self, key: &'static str) -> Self {
        self.0.key = Some(key);
        self
    }

    /// A value that the catalogue message shows.
    #[must_use]
    pub fn with_arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.0.args.push((name, value.to_string()));
        self
    }

    /// Where in `text` it is, as `line` and `column` from 1; `at` is a place in bytes.
    #[must_use]
    pub fn with_place(self, text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        self.with_arg("line", before.matches('\n').count() + 1).with_arg("column", line.chars().count() + 1)
    }

    /// The file or folder concerned; the innermost path given stays, and an empty one is none.
    #[must_use]
    pub fn with_path(mut self, path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        if self.0.path.is_none() && !path.as_os_str().is_empty() {
            self.0.path = Some(path.to_path_buf());
        }
        self
    }

    /// The line of a text file, from 1; the innermost line given stays.
    #[must_use]
    pub fn on_line(mut self, line: u64) -> Self {
        self.0.line.get_or_insert(line);
        self
    }

    /// All of `errors` as one: the first, with the others behind it. `None` where there is none.
    pub fn all(errors: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut errors = errors.into_iter();
        let mut first = errors.next()?;
        first.0.more.extend(errors);
        Some(first)
    }

    /// The failure underneath.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// A refusal of the operating system while `doing` something with `path`.
    pub fn io(path: impl AsRef<Path>, doing: &'static str, source: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, format!("cannot {doing}: {source}"))
            .with_key(match source.kind() {
                std::io::ErrorKind::NotFound => "error-not-found",
                std::io::ErrorKind::PermissionDenied => "error-permission",
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => DISK_FULL,
                _ => "error-io",
            })
            .with_arg("reason", &source)
            .with_path(path)
            .with_source(source)
    }

    /// Whether a full disk is the cause: free some space, and do the same again.
    pub fn is_disk_full(&self) -> bool {
        self.key() == Some(DISK_FULL)
    }

    /// Whose fault it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Key of the catalogue message that says the same, where there is one.
    pub fn key(&self) -> Option<&'static str> {
        self.0.key
    }

    /// Values for the catalogue message.
    pub fn args(&self) -> &[(&'static str, String)] {
        &self.0.args
    }

    /// The English sentence without the path.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The line concerned, from 1.
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }

    /// What else is wrong with the same input.
    pub fn more(&self) -> &[Self] {
        &self.0.more
    }

    /// The file or folder concerned.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.0.path {
            write!(f, "{}: ", one_line(&path.display().to_string()))?;
        }
        if let Some(line) = self.0.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&one_line(&self.0.message))?;
        self.0.more.iter().try_for_each(|error| write!(f, "; {error}"))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|s| s as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_counted_in_characters() {
        let error = Error::new(ErrorKind::Usage, "wrong").with_place("a = 1\né = x", 10);
        assert_eq!(error.args(), [("line", "2".to_owned()), ("column", "4".to_owned())]);
    }

    #[test]
    fn several_are_one_with_each_named() {
        let error = |message: &str, line| Error::new(ErrorKind::Usage, message).on_line(line);
        assert!(Error::all([]).is_none());
        let all = Error::all([error("a", 2), error("b", 3).with_path("x.csv")]).expect("two");
        assert_eq!(all.with_path("list.csv").to_string(), "list.csv: line 2: a; x.csv: line 3: b");
    }

    #[test]
    fn the_innermost_path_stays() {
        let e = Error::new(ErrorKind::Unreadable, "truncated").with_path("a.jpg").with_path("folder");
        assert_eq!(e.to_string(), "a.jpg: truncated");
    }

    #[test]
    fn a_name_cannot_forge_a_line() {
        let e = Error::new(ErrorKind::Unreadable, "truncated").with_path("a\nerror: b\u{1b}[2J.jpg");
        assert_eq!(e.to_string(), "a\\nerror: b\\u{1b}[2J.jpg: truncated");
    }
}
