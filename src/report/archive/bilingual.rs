//! Text and markup in both languages; a style sheet shows one.

use maud::{Markup, Render, html};

use crate::locale::{Catalogue, Language, integer};

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Both {
    pub(super) fr: String,
    pub(super) en: String,
}

impl Both {
    /// As `say` says it in each.
    pub(super) fn of(say: impl Fn(Language) -> String) -> Self {
        Self { fr: say(Language::French), en: say(Language::English) }
    }

    /// A name, which is the same in both.
    pub(super) fn name(name: &str) -> Self {
        Self::of(|_| name.to_owned())
    }

    /// For text inside an SVG.
    pub(super) fn drawn(&self) -> Markup {
        if self.fr == self.en {
            return html! { (self.fr) };
        }
        html! { tspan.fr { (self.fr) } tspan.en { (self.en) } }
    }
}

impl Render for Both {
    fn render(&self) -> Markup {
        if self.fr == self.en {
            return html! { (self.fr) };
        }
        html! { span.fr { (self.fr) } span.en { (self.en) } }
    }
}

/// The catalogues of both languages.
pub(super) struct Words {
    pub(super) fr: Catalogue,
    pub(super) en: Catalogue,
}

impl Words {
    /// Both catalogues.
    pub(super) fn new() -> Self {
        Self { fr: Catalogue::new(Language::French), en: Catalogue::new(Language::English) }
    }

    /// What both say.
    pub(super) fn of(&self, say: impl Fn(&Catalogue) -> String) -> Both {
        Both { fr: say(&self.fr), en: say(&self.en) }
    }

    /// A message in both languages.
    pub(super) fn both(&self, key: &str) -> Both {
        self.of(|words| words.say(key))
    }

    /// Both languages with values in them.
    pub(super) fn with(&self, key: &str, args: &[(&str, String)]) -> Both {
        self.of(|words| words.say_with(key, args))
    }

    /// `place: text`.
    pub(super) fn said_of(&self, place: &impl Render, text: &impl Render) -> Markup {
        let colon = self.of(|words| words.said_of("", "").trim_end().to_owned());
        html! { (place) (colon) " " (text) }
    }
}

/// A whole number as each language writes it.
pub(super) fn whole(value: u64) -> Both {
    Both::of(|language| integer(value, language))
}
