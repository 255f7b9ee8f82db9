//! `hemozoin readers`: two or three readings of one slide.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::{Format, RuleFlags, count, json};
use crate::cli::session::Session;
use crate::cli::table::each_row;
use hemozoin::locale::{decimal, integer};
use hemozoin::standard::profile::{ReaderRule, Readers};
use hemozoin::standard::{Conclusion, Reading, conclude};

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "DENSITY", num_args = 2..=3, required_unless_present = "input", value_parser = count)]
    densities: Vec<u64>,
    #[arg(long, value_enum)]
    rule: Option<RuleFlag>,
    #[command(flatten)]
    rules: RuleFlags,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[arg(long, value_name = "FILE", conflicts_with = "densities")]
    input: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum RuleFlag {
    #[value(name = "who-tes-2009")]
    WhoTes2009,
    #[value(name = "research-25")]
    Research25,
    #[value(name = "tdr-obare")]
    TdrObare,
}

impl From<RuleFlag> for ReaderRule {
    fn from(flag: RuleFlag) -> Self {
        match flag {
            RuleFlag::WhoTes2009 => Self::WhoTes2009,
            RuleFlag::Research25 => Self::Research25,
            RuleFlag::TdrObare => Self::TdrObare,
        }
    }
}

#[derive(serde::Serialize)]
struct Line<'c> {
    id: String,
    #[serde(flatten)]
    conclusion: &'c Conclusion,
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let profile = flags.rules.profile()?;
    let mut rule: Readers = profile.values().readers.clone();
    if let Some(asked) = flags.rule {
        rule.rule = asked.into();
    }
    let Some(path) = &flags.input else {
        let [a, b, rest @ ..] = flags.densities.as_slice() else { return Ok(Exit::Usage) };
        let third = rest.first().copied().map(Reading::new);
        let conclusion = conclude(&Reading::new(*a), &Reading::new(*b), third.as_ref(), &rule);
        session.print(&match flags.format {
            Format::Json => json(&conclusion, false)?,
            Format::Text => format!("{}\n", sentences(&conclusion, session).join("\n")),
        })?;
        return Ok(Exit::Done);
    };
    each_row(path, session, |row| {
        row.takes(&["reader_a", "reader_b", "reader_c"]);
        let (a, b) = (row.needed_whole("reader_a")?, row.needed_whole("reader_b")?);
        let third = row.whole("reader_c")?.map(Reading::new);
        let conclusion = conclude(&Reading::new(a), &Reading::new(b), third.as_ref(), &rule);
        Ok(match flags.format {
            Format::Json => json(&Line { id: row.id(), conclusion: &conclusion }, true)?,
            Format::Text => format!("{}\t{}\n", row.shown_id(), sentences(&conclusion, session).join("\t")),
        })
    })
}

fn sentences(conclusion: &Conclusion, session: &Session) -> Vec<String> {
    let (catalogue, language) = (session.catalogue(), session.language());
    let seen = &conclusion.comparison;
    let rule = catalogue.say(&format!("final-rule-{}", conclusion.final_rule.code().replace('_', "-")));
    let whole = |value: f64| integer((value + 0.5).floor() as u64, language);
    let mut lines = vec![match conclusion.final_density {
        Some(density) => catalogue.say_with("readers-final", &[("density", whole(density)), ("rule", rule)]),
        None => catalogue.say_with("readers-none", &[("rule", rule)]),
    }];
    lines.push(catalogue.say_with(
        "readers-difference",
        &[
            ("percent", decimal(seen.percent_of_mean, 1, language)),
            ("mean", whole(seen.mean)),
            ("rule", conclusion.rule.code().to_owned()),
        ],
    ));
    if seen.presence_discordant {
        lines.push(catalogue.say("readers-presence-discordant"));
    }
    if seen.species_discordant {
        lines.push(catalogue.say("readers-species-discordant"));
    }
    lines
}
