//! Which language a reader is addressed in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language that everything a person reads exists in.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
pub enum Language {
    /// Français.
    #[serde(rename = "fr")]
    #[strum(serialize = "fr")]
    French,
    /// English.
    #[serde(rename = "en")]
    #[strum(serialize = "en")]
    English,
}

impl Language {
    /// All languages.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// `fr` or `en`.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// From a tag such as `fr`, `fr_NE.UTF-8` or `en-GB`; `None` for other languages.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_', '.', '@']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "fr" => Some(Self::French),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The language of the user's session; English where the session names neither.
    pub fn of_session() -> Self {
        sys_locale::get_locales().find_map(|tag| Self::from_tag(&tag)).unwrap_or(Self::English)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_real_systems() {
        assert_eq!(Language::from_tag("fr_NE.UTF-8"), Some(Language::French));
        assert_eq!(Language::from_tag("EN-gb"), Some(Language::English));
        assert_eq!(Language::from_tag("ha_NE"), None);
        assert_eq!(Language::from_tag("C"), None);
    }
}
