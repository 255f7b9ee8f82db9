//! A code that this program does not know.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest code kept, bytes.
const LONGEST: usize = 47;

/// A code that a newer program wrote into a record, kept as it was: 1 to 47 letters (ASCII), digits, `.`, `_` and `-`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OtherCode {
    bytes: [u8; LONGEST],
    length: u8,
}

impl OtherCode {
    /// `None` for what can be no code.
    pub fn new(code: &str) -> Option<Self> {
        let length = u8::try_from(code.len()).ok().filter(|length| *length > 0)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let mut bytes = [0; LONGEST];
        bytes.get_mut(..code.len())?.copy_from_slice(code.as_bytes());
        code.bytes().all(plain).then_some(Self { bytes, length })
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        let code = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(code).unwrap_or_default()
    }
}

impl fmt::Debug for OtherCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl From<OtherCode> for String {
    fn from(code: OtherCode) -> Self {
        code.as_str().to_owned()
    }
}

impl TryFrom<String> for OtherCode {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        Self::new(&code).ok_or_else(|| format!("{code:?} is no code"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_kept_and_other_text_is_none() {
        for code in ["later_reason", "a", &"x".repeat(LONGEST), "straddles_2.5pct"] {
            assert_eq!(OtherCode::new(code).expect(code).as_str(), code);
        }
        for text in ["", "two words", "é", "a\nb", &"x".repeat(LONGEST + 1), &"x".repeat(300)] {
            assert!(OtherCode::new(text).is_none(), "{text}");
        }
    }
}
