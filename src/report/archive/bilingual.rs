//! Markup that holds both languages; a style sheet shows one.

use crate::locale::{Catalogue, Language, integer};
use crate::report::html::escaped;

/// Both languages side by side; a style sheet shows one.
pub(super) struct Words {
    pub(super) fr: Catalogue,
    pub(super) en: Catalogue,
}

impl Words {
    /// Both catalogues.
    pub(super) fn new() -> Self {
        Self { fr: Catalogue::new(Language::French), en: Catalogue::new(Language::English) }
    }

    /// A message in both languages.
    pub(super) fn both(&self, key: &str) -> String {
        both(&self.fr.say(key), &self.en.say(key), "span")
    }

    /// Both languages with values in them.
    pub(super) fn with(&self, key: &str, args: &[(&str, String)]) -> String {
        both(&self.fr.say_with(key, args), &self.en.say_with(key, args), "span")
    }

    /// For text inside an SVG.
    pub(super) fn drawn(&self, key: &str) -> String {
        both(&self.fr.say(key), &self.en.say(key), "tspan")
    }
}

/// Markup that shows one text or the other.
pub(super) fn both(fr: &str, en: &str, element: &str) -> String {
    if fr == en {
        return escaped(fr);
    }
    format!(
        "<{element} class=\"fr\">{}</{element}><{element} class=\"en\">{}</{element}>",
        escaped(fr),
        escaped(en)
    )
}

/// `place: text` of markup in both languages.
pub(super) fn said_of(words: &Words, place: &str, text: &str) -> String {
    let colon = |w: &Catalogue| w.said_of("", "").trim_end().to_owned();
    format!("{place}{} {text}", both(&colon(&words.fr), &colon(&words.en), "span"))
}

/// A whole number as each language writes it.
pub(super) fn whole(value: u64) -> String {
    both(&integer(value, Language::French), &integer(value, Language::English), "span")
}
