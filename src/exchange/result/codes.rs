//! Which code stands for what: a file of settings, with how sure each is.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::files::read_text;
use crate::{Error, ErrorKind, Result};

/// Most bytes of a file of codes.
const MAX_BYTES: u64 = 1 << 20;
/// In the place of a code system: the laboratory's own.
const LOCAL: &str = "local";

/// Codes by what they stand for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    #[serde(default)]
    pub(super) systems: BTreeMap<String, String>,
    #[serde(default)]
    code: BTreeMap<String, Code>,
}

/// One code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Code {
    /// Address of the code system.
    pub(super) system: String,
    /// The code.
    pub(super) code: String,
    /// Its name in that system.
    pub(super) display: String,
    /// How sure it is: for whoever reads the file.
    #[expect(dead_code, reason = "a person reads it")]
    confidence: String,
}

impl Codes {
    /// Those of the standard.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] where this program's own file is damaged, which a test excludes.
    pub fn built_in() -> Result<Self> {
        Self::parse(include_str!("codes.toml")).map_err(|e| Error::new(ErrorKind::Internal, e.message()))
    }

    /// Those of the standard, with a laboratory's own file laid over them.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming what does not fit.
    pub fn read(path: &Path) -> Result<Self> {
        let mut codes = Self::built_in()?;
        let own = Self::parse(&read_text(path, MAX_BYTES)?).map_err(|e| e.with_path(path))?;
        let unknown = own.systems.keys().find(|name| !codes.systems.contains_key(*name));
        let unknown = unknown.or_else(|| own.code.keys().find(|name| !codes.code.contains_key(*name)));
        if let Some(name) = unknown {
            return Err(refused(&format!("nothing is called \"{name}\"")).with_path(path));
        }
        codes.systems.extend(own.systems);
        codes.code.extend(own.code);
        Ok(codes)
    }

    fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|e| refused(&e.message()))
    }

    /// The code of this name, with the address of the laboratory's own system where it is local.
    pub(super) fn get(&self, name: &str) -> Result<Code> {
        let mut code = self.code.get(name).cloned().ok_or_else(|| missing(name))?;
        if code.system == LOCAL {
            code.system = self.system(LOCAL)?.to_owned();
        }
        Ok(code)
    }

    /// The address of a system of numbers.
    pub(super) fn system(&self, name: &str) -> Result<&str> {
        self.systems.get(name).map(String::as_str).ok_or_else(|| missing(name))
    }
}

fn refused(reason: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Usage, format!("this file of codes does not fit: {reason}"))
        .with_key("error-exchange-codes")
        .with_arg("reason", reason)
}

fn missing(name: &str) -> Error {
    Error::new(ErrorKind::Internal, format!("there is no code for {name}"))
}
