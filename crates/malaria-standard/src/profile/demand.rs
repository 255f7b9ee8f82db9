//! What is demanded of a key or value of a profile, as a code with its values.

use crate::{Error, ErrorKind};

/// One demand; its sentence follows the name of the key.
#[derive(Clone, Debug)]
pub(super) enum Demand {
    /// From the first to the second.
    Within(&'static str, &'static str),
    /// Not above a number, or the value of another key.
    AtMost(&'static str),
    /// Above 0, and not above this.
    AboveZero(&'static str),
    /// 0, or above the checkpoint and not above this.
    Extension(&'static str),
    /// Some blood has to be examined.
    SomeBlood,
    /// Class limits rise.
    Rising,
    /// Level limits fall.
    Falling,
    /// At most 16 percentages.
    ShortList,
    /// `fr`, `en` or both.
    Languages,
    /// All keys together are a profile.
    Whole(String),
    /// Every value stands in a section.
    InSection,
    /// A key of a profile.
    Known,
    /// The type that the value before it has.
    Type { reason: String, before: String },
    /// A section.
    Section,
    /// A name.
    Name,
    /// A version.
    Version,
    /// A key of the head.
    Head(String),
}

impl Demand {
    /// The refusal of `place` (`section.key`), on `line` of the text where it stands there.
    pub(super) fn refuse(&self, place: &str, line: Option<usize>) -> Error {
        let (key, text, args) = self.said();
        let message = match line {
            Some(line) => format!("line {line}: {place} {text}"),
            None => format!("{place} {text}").trim().to_owned(),
        };
        let error = Error::new(ErrorKind::Profile, message)
            .with_key(key)
            .with_arg("line", line.map_or_else(|| "none".to_owned(), |line| line.to_string()))
            .with_arg("place", place);
        args.into_iter().fold(error, |error, (name, value)| error.with_arg(name, value))
    }

    /// Key of the catalogue message, the English text, and what both show.
    fn said(&self) -> (&'static str, String, Vec<(&'static str, String)>) {
        let plain = |key, text: &str| (key, text.to_owned(), Vec::new());
        match self {
            Self::Within(low, high) => (
                "error-profile-within",
                format!("must lie between {low} and {high}"),
                vec![("low", (*low).to_owned()), ("high", (*high).to_owned())],
            ),
            Self::AtMost(high) => (
                "error-profile-at-most",
                format!("must not be above {high}"),
                vec![("high", (*high).to_owned())],
            ),
            Self::AboveZero(high) => (
                "error-profile-above-zero",
                format!("must be above 0 and not above {high}"),
                vec![("high", (*high).to_owned())],
            ),
            Self::Extension(high) => (
                "error-profile-extend",
                format!("must be 0, or above thick.checkpoint_wbc and not above {high}"),
                vec![("high", (*high).to_owned())],
            ),
            Self::SomeBlood => plain(
                "error-profile-some-blood",
                "must not be 0 where min_volume_ul and min_wbc are 0 too: some blood must be examined",
            ),
            Self::Rising => plain("error-profile-rising", "must rise from class to class"),
            Self::Falling => plain("error-profile-falling", "must fall from level to level, within 0 to 100"),
            Self::ShortList => plain(
                "error-profile-short-list",
                "must hold at most 16 values, each above 0 and not above 100",
            ),
            Self::Languages => plain("error-profile-languages", "must name fr, en or both"),
            Self::Whole(reason) => (
                "error-profile-unfit",
                format!("does not form a profile with the rest: {reason}"),
                vec![("reason", reason.clone())],
            ),
            Self::InSection => plain("error-profile-outside", "is a value outside any section"),
            Self::Known => plain("error-profile-unknown-key", "is not a key of a profile"),
            Self::Type { reason, before } => (
                "error-profile-type",
                format!("cannot take this value ({reason}); it was {before}"),
                vec![("reason", reason.clone()), ("before", before.clone())],
            ),
            Self::Section => plain("error-profile-section", "must be a section"),
            Self::Name => plain("error-profile-name", "must be a word of 1 to 100 bytes"),
            Self::Version => plain("error-profile-version", "must be a whole number from 0 up"),
            Self::Head(key) => (
                "error-profile-head",
                format!("holds the unknown key {key}; it takes name and version"),
                vec![("key", key.clone())],
            ),
        }
    }
}
