//! A request in parts: what it names, what it wants to know, and what it brings.

use serde::de::DeserializeOwned;

use crate::{Error, ErrorKind, Result};

/// A request that was let in.
#[derive(Debug)]
pub(super) struct Asked {
    /// Parts of the path after the token, decoded.
    parts: Vec<String>,
    query: Vec<(String, String)>,
    /// Whether it may change something.
    pub(super) changes: bool,
    json: bool,
    pub(super) body: Vec<u8>,
}

impl Asked {
    /// `None` for an address that is no text.
    pub(super) fn of(url: &str, changes: bool, json: bool) -> Option<Self> {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let mut parts = path.split('/').skip(2).map(decoded).collect::<Option<Vec<_>>>()?;
        if parts.last().is_some_and(String::is_empty) {
            parts.pop();
        }
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let query = pairs
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                Some((decoded(name)?, decoded(value)?))
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Self { parts, query, changes, json, body: Vec::new() })
    }

    /// The parts of the path.
    pub(super) fn parts(&self) -> Vec<&str> {
        self.parts.iter().map(String::as_str).collect()
    }

    /// A value of the query; empty where it is not there.
    pub(super) fn value(&self, name: &str) -> &str {
        self.query.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// A whole number of the query; 0 where it is not there.
    pub(super) fn number(&self, name: &str) -> i64 {
        self.value(name).parse().unwrap_or(0)
    }

    /// Whether it brings a picture, which may be large.
    pub(super) fn brings_picture(&self) -> bool {
        self.parts.get(1).is_some_and(|part| part == "drop")
    }

    /// What it brings. Only what says that it is JSON is taken: a form of another page cannot say so.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for anything else.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T> {
        let refused = |reason: String| {
            Error::new(ErrorKind::Usage, format!("this decision cannot be kept: {reason}"))
                .with_key("error-review-decision")
                .with_arg("reason", reason)
        };
        if !self.json {
            return Err(refused("not JSON".to_owned()));
        }
        serde_json::from_slice(&self.body).map_err(|e| refused(e.to_string()))
    }
}

/// A part of an address with `%20` and the like as the letters that they stand for.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| (byte? as char).to_digit(16);
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        let asked = Asked::of("/token/fr/drop/N%C2%B0%2017/..%2Fx?reading=3&stamp=1.0-2.1", true, false);
        let asked = asked.expect("an address");
        assert_eq!(asked.parts(), ["fr", "drop", "N° 17", "../x"]);
        assert_eq!((asked.number("reading"), asked.value("stamp"), asked.number("since")), (3, "1.0-2.1", 0));
        assert!(asked.brings_picture() && asked.read::<u8>().is_err());
        assert_eq!(Asked::of("/token/", false, false).expect("an address").parts(), [""; 0]);
        for odd in ["/token/%", "/token/%zz", "/token/%ff", "/token/a?b=%f"] {
            assert!(Asked::of(odd, false, false).is_none(), "{odd}");
        }
    }
}
