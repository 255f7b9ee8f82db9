//! One archive read by several machines that know nothing of each other.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Error, ErrorKind, Result};

/// One of the parts into which the slides of an archive are dealt out, each for a machine of its own: `3/8` is the third of
/// eight. Every machine lists all slides in the order of their ids, and reads every eighth of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shard {
    part: u32,
    of: u32,
}

impl Shard {
    /// Part `part`, counted from 1, of `of` parts.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where there is no such part.
    pub fn new(part: u32, of: u32) -> Result<Self> {
        if (1..=of).contains(&part) { Ok(Self { part, of }) } else { Err(no_shard(&format!("{part}/{of}"))) }
    }

    /// Which part, counted from 1.
    pub fn part(self) -> u32 {
        self.part
    }

    /// How many parts there are.
    pub fn of(self) -> u32 {
        self.of
    }

    /// Whether the slide at a place of the whole list, counted from 0, belongs to it.
    pub fn has(self, place: usize) -> bool {
        u32::try_from(place % self.of as usize) == Ok(self.part - 1)
    }
}

impl FromStr for Shard {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        let (part, of) = parts.ok_or_else(|| no_shard(text))?;
        Self::new(part, of)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.of)
    }
}

impl TryFrom<String> for Shard {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> Self {
        shard.to_string()
    }
}

fn no_shard(text: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!("{text} is no part of an archive; expected one such as 1/8, ... 8/8"),
    )
    .with_key("error-shard")
    .with_arg("value", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slide_belongs_to_one_part() {
        for of in 1..6 {
            let parts: Vec<Shard> = (1..=of).map(|part| Shard::new(part, of).expect("a part")).collect();
            for place in 0..20 {
                assert_eq!(parts.iter().filter(|part| part.has(place)).count(), 1, "{place} of {of}");
            }
        }
    }

    #[test]
    fn what_is_no_part_is_refused() {
        assert_eq!("3/8".parse::<Shard>().map(|s| s.to_string()).ok().as_deref(), Some("3/8"));
        for text in ["0/8", "9/8", "1/0", "0/0", "3", "3/8/2", "a/b", "-1/8", "1/4294967296", ""] {
            assert_eq!(text.parse::<Shard>().expect_err(text).key(), Some("error-shard"));
        }
    }
}
