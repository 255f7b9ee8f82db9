//! Why a picture or a slide could not be read, kept so that it can be said in any language later.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Error, ErrorKind};

/// An [`Error`] as plain data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Fault {
    /// Whose fault: the code of an [`ErrorKind`].
    pub kind: String,
    /// Key of the catalogue message that says what is wrong in the reader's language, where there is one.
    pub key: Option<String>,
    /// Values for that message.
    pub values: BTreeMap<String, String>,
    /// What is wrong, in English.
    pub message: String,
    /// The line of a text file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What else is wrong with the same file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Self>,
}

impl Fault {
    /// Stable code for tables, such as `film_not_stated`; the kind where the error has no name of its own.
    pub fn code(&self) -> String {
        let name = self.key.as_deref().and_then(|key| key.strip_prefix("error-"));
        name.unwrap_or(&self.kind).replace('-', "_")
    }

    /// True where the system refused, or something else than a file stood in its place: worth another try when the
    /// archive is resumed.
    pub fn may_mend(&self) -> bool {
        self.kind == ErrorKind::Io.code() || self.key.as_deref() == Some("error-not-a-plain-file")
    }
}

impl From<&Error> for Fault {
    fn from(error: &Error) -> Self {
        Self {
            kind: error.kind().code().to_owned(),
            key: error.key().map(str::to_owned),
            values: error.args().iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            message: error.message().to_owned(),
            line: error.line(),
            more: error.more().iter().map(Self::from).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_in_no_language() {
        let error = Error::new(ErrorKind::Usage, "thick or thin film?");
        assert_eq!(Fault::from(&error).code(), "usage");
        assert_eq!(Fault::from(&error.with_key("error-film-not-stated")).code(), "film_not_stated");
    }
}
