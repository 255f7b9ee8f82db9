//! Flags of every command that works on numbers alone: which rules, and in which form the result is given.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use hemozoin::files::read_text;
use hemozoin::standard::Profile;
use hemozoin::terms::Species;
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

/// A number as a person writes it: a French keyboard types a comma.
pub(crate) fn number(text: &str) -> hemozoin::Result<f64> {
    text.replace(',', ".").parse().map_err(|_| {
        Error::new(ErrorKind::Usage, format!("\"{text}\" is not a number"))
            .with_key("error-not-a-number")
            .with_arg("value", text)
    })
}

/// A species by its code.
pub(crate) fn species(text: &str) -> hemozoin::Result<Species> {
    Species::ALL.into_iter().find(|s| s.code() == text).ok_or_else(|| {
        let known = Species::ALL.map(Species::code).join(", ");
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
