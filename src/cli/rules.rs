//! Flags of every command that works on numbers alone: which rules, and in which form the result is given.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use hemozoin::standard::Profile;

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
        let text = std::fs::read_to_string(path).map_err(|e| hemozoin::Error::io(path, "read", e))?;
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

/// A value as JSON with a line end: spread out for one, on one line for one of many.
pub(crate) fn json(value: &impl serde::Serialize, one_of_many: bool) -> anyhow::Result<String> {
    let mut text =
        if one_of_many { serde_json::to_string(value)? } else { serde_json::to_string_pretty(value)? };
    text.push('\n');
    Ok(text)
}
