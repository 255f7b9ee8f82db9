//! Flags of every command that works on numbers alone: which rules, and in which form the result is given.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;

use clap::{Args, ValueEnum};

use hemozoin::entry::{Style, quantity, real, real_within, whole};
use hemozoin::files::read_text;
use hemozoin::intake::film_of_name;
use hemozoin::locale::Language;
use hemozoin::standard::Profile;
use hemozoin::terms::{Film, Species};
use hemozoin::{Error, ErrorKind};

/// Most bytes of a file of rules, or of another file of settings.
pub(crate) const MAX_RULES_BYTES: u64 = 1 << 20;

/// Which rules.
#[derive(Args, Clone)]
pub(crate) struct RuleFlags {
    #[arg(long, value_name = "NAME", default_value = "who-2016")]
    profile: String,
    #[arg(long, value_name = "FILE")]
    profile_file: Option<PathBuf>,
}

impl RuleFlags {
    /// The profile asked for, with the user's own values over it.
    pub(crate) fn profile(&self) -> anyhow::Result<Profile> {
        self.over(&self.profile)
    }

    /// The same with another profile's name, as one line of many may ask.
    pub(crate) fn over(&self, name: &str) -> anyhow::Result<Profile> {
        let profile = Profile::named(name)?;
        let Some(path) = &self.profile_file else { return Ok(profile) };
        let text = read_text(path, MAX_RULES_BYTES)?;
        Ok(profile.with_overrides(&text, &path.display().to_string())?)
    }
}

/// In which form.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Sentences.
    Text,
    /// JSON: one object, or one object a line for many inputs.
    Json,
}

/// How the reader of this run writes numbers and dates: known before the flags are parsed, for their parsers see no
/// other flag.
static ASKED: OnceLock<Style> = OnceLock::new();

/// Settles what the language asked for settles.
pub(crate) fn write_as(language: Language) {
    // A process has one command line.
    let _ = ASKED.set(match language {
        Language::French => Style::FRENCH,
        Language::English => Style::ENGLISH,
    });
}

/// What `--lang` settles about numbers and dates; nothing where it was not given.
pub(crate) fn asked_style() -> Style {
    ASKED.get().copied().unwrap_or_default()
}

/// A number of a flag, with any decimals.
pub(crate) fn number(text: &str) -> hemozoin::Result<f64> {
    real(text, asked_style()).map_err(|misread| misread.refuse(text, || not_a_number(text)))
}

/// The same, of which a reading outside the range is none.
pub(crate) fn number_within(text: &str, range: (f64, f64)) -> hemozoin::Result<f64> {
    let read = real_within(text, asked_style(), range);
    read.map_err(|misread| misread.refuse(text, || not_a_number(text)))
}

/// Cells per µL in a flag.
pub(crate) fn cells(text: &str) -> hemozoin::Result<f64> {
    quantity(text, asked_style()).map_err(|misread| misread.refuse(text, || not_a_number(text)))
}

/// A count in a flag.
pub(crate) fn count(text: &str) -> hemozoin::Result<u64> {
    whole(text, asked_style()).map_err(|misread| {
        misread.refuse(text, || {
            Error::new(ErrorKind::Usage, "give a whole number from 0 up").with_key("cli-refused-whole")
        })
    })
}

/// A film in a flag or a cell, by any name that a folder of it may have.
pub(crate) fn film(text: &str) -> hemozoin::Result<Film> {
    film_of_name(text).ok_or_else(|| {
        Error::new(
            ErrorKind::Usage,
            format!("\"{text}\" is not a film; write thick (goutte-epaisse, ge) or thin (frottis, fm)"),
        )
        .with_key("error-not-a-film")
        .with_arg("value", text)
    })
}

fn not_a_number(text: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("\"{text}\" is not a number"))
        .with_key("error-not-a-number")
        .with_arg("value", text)
}

/// A species by its code.
pub(crate) fn species(text: &str) -> hemozoin::Result<Species> {
    Species::ALL.iter().copied().find(|s| s.code() == text).ok_or_else(|| {
        let known = Species::ALL.iter().map(|s| s.code()).collect::<Vec<_>>().join(", ");
        Error::new(ErrorKind::Usage, format!("\"{text}\" is not a species; the known ones are {known}"))
            .with_key("error-not-a-species")
            .with_arg("value", text)
            .with_arg("known", known)
    })
}

/// Species of one cell of a table, separated by `+`, `;` or blanks; none for an empty cell.
pub(crate) fn species_of(cell: &str) -> hemozoin::Result<BTreeSet<Species>> {
    cell.split(['+', ';', ' ']).filter(|name| !name.is_empty()).map(species).collect()
}

/// A value as JSON with a line end: spread out for one, on one line for one of many.
pub(crate) fn json(value: &impl serde::Serialize, one_of_many: bool) -> anyhow::Result<String> {
    let mut text =
        if one_of_many { serde_json::to_string(value)? } else { serde_json::to_string_pretty(value)? };
    text.push('\n');
    Ok(text)
}
