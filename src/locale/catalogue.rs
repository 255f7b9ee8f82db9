//! The messages themselves, in Fluent files beside this one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use super::Language;
use super::number::{decimals, plural};
use super::typography::french;
use crate::Error;
use crate::text::one_line;

macro_rules! texts {
    ($($room:literal),+ $(,)?) => {
        /// Every message file: room, French text, English text.
        const TEXTS: &[(&str, &str, &str)] = &[
            $(($room, include_str!(concat!("fr/", $room, ".ftl")), include_str!(concat!("en/", $room, ".ftl")))),+
        ];
    };
}

texts!(
    "archive", "cli", "clinical", "errors", "evaluate", "pictures", "quiz", "report", "review", "service",
    "sheet", "standard"
);

/// What the name of a number's plural form adds to its own.
const PLURAL: &str = "_are";

/// Refusals of which `value` is a number that was understood, and no text that somebody wrote.
const NUMBERS_REFUSED: [&str; 3] = ["error-wbc-per-ul", "error-rbc-per-ul", "error-um-per-px"];

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
    ///
    /// Beside every variable `NAME` that is a number stands `NAME_are`: `one` or `other`, as the language counts.
    pub fn say_with(&self, key: &str, args: &[(&str, String)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        let mut fluent_args = FluentArgs::new();
        for (name, value) in args {
            // Names of files come as they are; a message is what its own text makes of it, line by line.
            fluent_args.set(Cow::Borrowed(*name), one_line(value));
            if let Some(form) = plural(value, self.language) {
                fluent_args.set(Cow::Owned(format!("{name}{PLURAL}")), form);
            }
        }
        let mut faults = Vec::new();
        self.bundle.format_pattern(pattern, Some(&fluent_args), &mut faults).into_owned()
    }

    /// An error in the reader's words, with its path and its line; what else is wrong stands on lines of its own.
    pub fn error(&self, error: &Error) -> String {
        let args = args_of(error);
        let mut text = self.refusal(error.key(), &args, error.kind().code(), error.message());
        if let Some(line) = error.line() {
            text = self.on_line(line, text);
        }
        if let Some(path) = error.path() {
            text = self.said_of(&path.display().to_string(), &text);
        }
        error.more().iter().fold(text, |text, more| format!("{text}\n{}", self.error(more)))
    }

    /// What to do about an error: the last clause of its message, as messages end; where it has but one, what goes for every
    /// error of its kind.
    pub fn remedy(&self, error: &Error) -> String {
        let args = args_of(error);
        let clause = error.key().filter(|key| self.has(key)).and_then(|key| {
            let text = self.say_with(key, &self.numbers_written(key, &args));
            text.rsplit_once(&self.say("between-clauses")).map(|(_, last)| last.to_owned())
        });
        clause.unwrap_or_else(|| self.say(&format!("remedy-{}", error.kind().code())))
    }

    /// The parts of an [`Error`] in the reader's words: the message `key`; where there is none, what its kind says,
    /// with the English text quoted.
    pub fn refusal(&self, key: Option<&str>, args: &[(&str, String)], kind: &str, message: &str) -> String {
        match key.filter(|key| self.has(key)) {
            Some(key) => self.say_with(key, &self.numbers_written(key, args)),
            None => self.say_with(&format!("error-kind-{kind}"), &[("reason", message.to_owned())]),
        }
    }

    /// The values of a refusal, its numbers with the decimal sign of the language. What a person wrote stays as it is,
    /// and so does what must be written into a profile, whose sign is the point.
    fn numbers_written<'a>(&self, key: &str, args: &[(&'a str, String)]) -> Vec<(&'a str, String)> {
        let written = |(name, value): &(&'a str, String)| {
            let is_number = match *name {
                "low" | "high" | "expected" => !key.starts_with("error-profile-"),
                "value" => NUMBERS_REFUSED.contains(&key),
                _ => false,
            };
            (*name, if is_number { decimals(value, self.language) } else { value.clone() })
        };
        args.iter().map(written).collect()
    }

    /// Why a slide or a file could not be read, in the reader's words.
    pub fn fault(&self, fault: &crate::record::Fault) -> String {
        let args: Vec<(&str, String)> = fault.values.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
        let mut text = self.refusal(fault.key.as_deref(), &args, &fault.kind, &fault.message);
        if let Some(line) = fault.line {
            text = self.on_line(line, text);
        }
        let more = fault.more.iter().map(|more| self.fault(more));
        self.clauses(&std::iter::once(text).chain(more).collect::<Vec<_>>())
    }

    fn on_line(&self, line: u64, text: String) -> String {
        self.say_with("error-on-line", &[("line", line.to_string()), ("reason", text)])
    }

    /// `place: text`, spaced as the language does; `place` in one line, `text` in as many as it has.
    pub fn said_of(&self, place: &str, text: &str) -> String {
        format!("{}{}{text}", one_line(place), self.say("between-place-and-text"))
    }

    /// `one; two; three`, spaced as the language does.
    pub fn clauses(&self, clauses: &[String]) -> String {
        clauses.join(&self.say("between-clauses"))
    }

    /// Every message file as (room, language, text), for tools that check the translations.
    pub fn sources() -> impl Iterator<Item = (&'static str, Language, &'static str)> {
        TEXTS
            .iter()
            .flat_map(|(room, fr, en)| [(*room, Language::French, *fr), (*room, Language::English, *en)])
    }
}

/// Names of the messages in a Fluent text with the variables and messages that each one uses. A plural form is not told apart from
/// its number: one language may need it where the other does not.
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
        for part in line.split('{').skip(1) {
            let part = part.trim_start().trim_start_matches('$');
            let name: String =
                part.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
            let name = name.strip_suffix(PLURAL).map_or(name.clone(), str::to_owned);
            if !name.is_empty() && !variables.contains(&name) {
                variables.push(name);
            }
        }
        variables.sort();
    }
    found
}

fn args_of(error: &Error) -> Vec<(&str, String)> {
    error.args().iter().map(|(name, value)| (*name, value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    use crate::ErrorKind;

    #[test]
    fn every_error_has_a_remedy_in_each_language() {
        let full = Error::new(ErrorKind::Io, "x").with_key("error-disk-full").with_path("a; b");
        let said = |language, error: &Error| Catalogue::new(language).remedy(error);
        assert!(said(Language::English, &full).starts_with("free some space"));
        assert!(said(Language::French, &full).starts_with("libérez"), "{}", said(Language::French, &full));
        for kind in ErrorKind::ALL {
            let bare = Error::new(*kind, "one; two");
            let each = [Language::English, Language::French].map(|language| said(language, &bare));
            assert!(each[0] != each[1] && each.iter().all(|text| text.contains(' ')), "{each:?}");
        }
    }

    #[test]
    fn a_refused_number_has_the_decimal_sign_of_the_language() {
        let (french, english) = (Catalogue::new(Language::French), Catalogue::new(Language::English));
        let error = |key: &'static str, args: [(&'static str, &str); 3]| {
            args.into_iter()
                .fold(Error::new(ErrorKind::Usage, "x").with_key(key), |e, (n, v)| e.with_arg(n, v))
        };
        let few = error("error-wbc-per-ul", [("value", "6.2"), ("low", "100"), ("high", "500000")]);
        assert!(french.error(&few).starts_with("6,2 leucocytes par µL"), "{}", french.error(&few));
        assert!(english.error(&few).contains("6.2 white"), "{}", english.error(&few));
        let scale = error("error-um-per-px", [("value", "12.5"), ("low", "0.005"), ("high", "10")]);
        let said = french.error(&scale);
        assert!(said.starts_with("12,5 µm") && said.contains("0,005 à 10"), "{said}");
        let sheet =
            error("error-sheet-number", [("shown", "um_per_px = 12.5"), ("low", "0.005"), ("high", "10")]);
        let said = french.error(&sheet);
        assert!(said.contains("um_per_px = 12.5") && said.contains("0,005 à 10"), "{said}");
    }

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
            let (french, english) = (said(french, Language::French), said(english, Language::English));
            assert_eq!(french, english, "messages or variables of {room} differ");
        }
    }

    /// Words that end what a number counts, plurals that are none, and units of limits that are never 1.
    const ENDS: &str = "is was has stands belongs needs takes holds does cannot in and to without some des dans moins \
                        faux compris fois mois sex nucleus a est ne peut sont au plus pixels octets bytes times";

    #[test]
    fn one_is_followed_by_a_singular() {
        let is_end = |word: &str| ENDS.split(' ').any(|end| end == word);
        let mut wrong = Vec::new();
        for &language in Language::ALL {
            let catalogue = Catalogue::new(language);
            let texts = TEXTS.iter().map(|(_, fr, en)| if language == Language::French { *fr } else { *en });
            for (key, _) in texts.flat_map(messages) {
                let mut variables = Vec::new();
                expand(&key, language, &mut variables);
                let ones: Vec<(&str, String)> =
                    variables.iter().map(|v| (v.as_str(), "1".to_owned())).collect();
                let said = catalogue.say_with(&key, &ones);
                for counted in said.split("1 ").skip(1) {
                    let near = counted.split_whitespace().take(3);
                    let near = near.take_while(|w| w.chars().all(char::is_alphabetic) && !is_end(w));
                    for word in near.filter(|w| w.ends_with(['s', 'x'])) {
                        wrong.push(format!("{key} in {language:?}: {word} in \"{said}\""));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// The messages of a text with all variables that each one shows.
    fn said(text: &str, language: Language) -> BTreeMap<String, Vec<String>> {
        let of = |key: &String| {
            let mut variables = Vec::new();
            expand(key, language, &mut variables);
            variables.sort();
            variables
        };
        messages(text).into_keys().map(|key| (key.clone(), of(&key))).collect()
    }

    /// The variables of a message and of those that it refers to.
    fn expand(key: &str, language: Language, variables: &mut Vec<String>) {
        // Both languages are parsed once: each message asks for this.
        static ALL: LazyLock<BTreeMap<&str, BTreeMap<String, Vec<String>>>> = LazyLock::new(|| {
            let mut all: BTreeMap<&str, BTreeMap<_, _>> = BTreeMap::new();
            for (_, of, text) in Catalogue::sources() {
                all.entry(of.code()).or_default().extend(messages(text));
            }
            all
        });
        let all = &ALL[language.code()];
        let mut open = vec![key.to_owned()];
        while let Some(name) = open.pop() {
            match all.get(&name) {
                Some(inside) => open.extend(inside.iter().cloned()),
                None if !variables.contains(&name) => variables.push(name),
                None => {}
            }
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
            .say_with("error-io", &[("reason", "x\nerror: y\u{1b}[2J".to_owned())]);
        assert!(said.contains("x\\nerror: y\\u{1b}[2J") && said.lines().count() == 1, "{said}");
    }

    #[test]
    fn a_variable_is_filled_in() {
        let said = Catalogue::new(Language::French).say_with("error-io", &[("reason", "réseau".to_owned())]);
        assert!(said.contains("système") && said.contains("réseau"), "{said}");
    }

    #[test]
    fn every_error_is_said_in_french() {
        let catalogue = Catalogue::new(Language::French);
        for &kind in ErrorKind::ALL {
            let said = catalogue.error(&Error::new(kind, "no words").with_path("a.csv"));
            assert!(said.starts_with("a.csv\u{a0}: ") && said.ends_with("«\u{a0}no words\u{a0}»)"), "{said}");
        }
    }
}
