//! The messages themselves, in Fluent files beside this one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use super::Language;
use super::typography::french;
use crate::error::Error;
use crate::text::one_line;

macro_rules! texts {
    ($($room:literal),+ $(,)?) => {
        /// Every message file: room, French text, English text.
        const TEXTS: &[(&str, &str, &str)] = &[
            $(($room, include_str!(concat!("fr/", $room, ".ftl")), include_str!(concat!("en/", $room, ".ftl")))),+
        ];
    };
}

texts!("archive", "cli", "errors", "evaluate", "pictures", "report", "standard");

/// All messages in one language.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Catalogue {
    /// The messages of `language`.
    pub fn new(language: Language) -> Self {
        let tag: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // The isolation marks are invisible characters that a terminal or a CSV cell would keep.
        bundle.set_use_isolating(false);
        for (_, fr, en) in TEXTS {
            let text = match language {
                Language::French => french(fr),
                Language::English => (*en).to_owned(),
            };
            // A resource with a fault keeps its sound messages; `every_message_is_sound` finds the others.
            let resource = FluentResource::try_new(text).unwrap_or_else(|(sound, _)| sound);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// The language spoken.
    pub fn language(&self) -> Language {
        self.language
    }

    /// True where the message exists.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|m| m.value().is_some())
    }

    /// The message `key` without variables; the key itself where there is no such message.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// The message `key` with its variables, already formatted for the reader.
    pub fn say_with(&self, key: &str, args: &[(&str, String)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        let mut fluent_args = FluentArgs::new();
        for (name, value) in args {
            // Names of files come as they are; a message is what its own text makes of it, line by line.
            fluent_args.set(Cow::Borrowed(*name), one_line(value));
        }
        let mut faults = Vec::new();
        self.bundle.format_pattern(pattern, Some(&fluent_args), &mut faults).into_owned()
    }

    /// An error in the reader's words, with its path; the English text where no message says the same.
    pub fn error(&self, error: &Error) -> String {
        let text = match error.key() {
            Some(key) if self.has(key) => {
                let args: Vec<(&str, String)> = error.args().iter().map(|(n, v)| (*n, v.clone())).collect();
                self.say_with(key, &args)
            }
            _ => one_line(error.message()).into_owned(),
        };
        match error.path() {
            Some(path) => format!("{}: {text}", one_line(&path.display().to_string())),
            None => text,
        }
    }

    /// Every message file as (room, language, text), for tools that check the translations.
    pub fn sources() -> impl Iterator<Item = (&'static str, Language, &'static str)> {
        TEXTS
            .iter()
            .flat_map(|(room, fr, en)| [(*room, Language::French, *fr), (*room, Language::English, *en)])
    }
}

/// Names of the messages in a Fluent text with the variables that each one uses.
#[cfg_attr(not(test), allow(dead_code))]
fn messages(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in text.lines() {
        if let Some((name, _)) = line.split_once(" =")
            && !line.starts_with([' ', '#', '.', '-'])
        {
            current = Some(name.to_owned());
            found.insert(name.to_owned(), Vec::new());
        }
        let Some(variables) = current.as_ref().and_then(|c| found.get_mut(c)) else { continue };
        for part in line.split("{ $").skip(1).chain(line.split("{$").skip(1)) {
            let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !variables.contains(&name) {
                variables.push(name);
            }
        }
        variables.sort();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_sound() {
        for (room, language, text) in Catalogue::sources() {
            if let Err((_, faults)) = FluentResource::try_new(text.to_owned()) {
                panic!("{room} in {language:?}: {faults:?}");
            }
        }
    }

    #[test]
    fn both_languages_say_the_same_things() {
        for (room, french, english) in TEXTS {
            assert_eq!(messages(french), messages(english), "messages or variables of {room} differ");
        }
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut seen = BTreeMap::new();
        for (room, french, _) in TEXTS {
            for name in messages(french).into_keys() {
                if let Some(other) = seen.insert(name.clone(), room) {
                    panic!("{name} stands in {other} and in {room}");
                }
            }
        }
    }

    #[test]
    fn a_variable_stays_in_its_line() {
        let said = Catalogue::new(Language::English)
            .say_with("error-not-found", &[("reason", "x\nerror: y\u{1b}[2J".to_owned())]);
        assert!(said.contains("x\\nerror: y\\u{1b}[2J") && said.lines().count() == 1, "{said}");
    }

    #[test]
    fn a_variable_is_filled_in() {
        let said =
            Catalogue::new(Language::French).say_with("error-not-found", &[("reason", "x".to_owned())]);
        assert!(said.contains("introuvable"), "{said}");
    }
}
