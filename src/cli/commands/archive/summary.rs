//! `hemozoin archive summary`: counts for surveillance.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::language_of_tables;
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::flags::Lang;
use crate::cli::rules::MAX_RULES_BYTES;
use crate::cli::session::Session;
use hemozoin::archive::{Held, Journal, Period, SummaryBy, SummaryTable};
use hemozoin::files::read_text;
use hemozoin::report::CsvStyle;
use hemozoin::report::archive::{Surveillance, SurveillanceConfig, data_values, events, summary_csv};

#[derive(Args)]
pub(super) struct Flags {
    #[arg(value_name = "DIR", required_unless_present = "print_config")]
    out: Option<PathBuf>,
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "month,site")]
    by: Vec<SummaryBy>,
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    #[arg(long, value_enum, default_value_t = PeriodFlag::Month)]
    period: PeriodFlag,
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(long, value_enum)]
    csv_locale: Option<Lang>,
    #[arg(long)]
    print_config: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Dhis2,
    Dhis2Events,
}

/// `--period`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PeriodFlag {
    Week,
    Month,
    Quarter,
}

impl From<PeriodFlag> for Period {
    fn from(flag: PeriodFlag) -> Self {
        match flag {
            PeriodFlag::Week => Self::Week,
            PeriodFlag::Month => Self::Month,
            PeriodFlag::Quarter => Self::Quarter,
        }
    }
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    if flags.print_config {
        session.print(SurveillanceConfig::DEFAULT)?;
        return Ok(Exit::Done);
    }
    let config = surveillance_config(flags.config.as_deref())?;
    let folder = flags.out.clone().unwrap_or_default();
    let journal = Journal::read(&folder)?;
    let (found, exit) = match flags.format {
        Format::Csv => {
            say_incomplete(&journal, session)?;
            let table = SummaryTable::of(&journal, &flags.by, config.ages.clone(), config.densities.clone())?;
            let style = CsvStyle::of(language_of_tables(flags.csv_locale, session));
            session.print(&summary_csv(&table, style)?)?;
            return Ok(Exit::Done);
        }
        Format::Dhis2 => {
            figures(&journal, session, |journal| data_values(journal, &config, flags.period.into()))?
        }
        Format::Dhis2Events => figures(&journal, session, |journal| events(journal, &config))?,
    };
    session.print(&format!("{}\n", serde_json::to_string_pretty(&found.payload)?))?;
    Ok(exit)
}

/// Data elements, units and bands: a file's, or those of this program.
pub(crate) fn surveillance_config(file: Option<&Path>) -> hemozoin::Result<SurveillanceConfig> {
    let Some(path) = file else { return SurveillanceConfig::parse(SurveillanceConfig::DEFAULT) };
    SurveillanceConfig::parse(&read_text(path, MAX_RULES_BYTES)?).map_err(|e| e.with_path(path))
}

/// The figures of an archive, with a word about every film that is held back and every site without a unit.
pub(crate) fn figures(
    journal: &Journal,
    session: &Session,
    of: impl FnOnce(&Journal) -> hemozoin::Result<Surveillance>,
) -> anyhow::Result<(Surveillance, Exit)> {
    say_incomplete(journal, session)?;
    let found = of(journal)?;
    say_held(&found.held, session);
    let words = session.catalogue();
    if found.is_empty() {
        session.warn(&words.say("archive-nothing-to-send"));
    }
    if !found.unknown_sites.is_empty() {
        let sites = found.unknown_sites.iter().cloned().collect::<Vec<_>>().join(", ");
        session.warn(&words.say_with("archive-sites-unknown", &[("sites", sites)]));
    }
    let exit = if found.held.is_empty() && !found.is_empty() { Exit::Done } else { Exit::SomeFailed };
    Ok((found, exit))
}

fn say_incomplete(journal: &Journal, session: &Session) -> hemozoin::Result<()> {
    let standing = journal.standing()?;
    if !standing.is_complete() {
        let args = [("done", standing.slides_done.to_string()), ("all", standing.slides.to_string())];
        session.warn(&session.catalogue().say_with("archive-summary-incomplete", &args));
    }
    Ok(())
}

fn say_held(held: &[Held], session: &Session) {
    let words = session.catalogue();
    for film in held {
        let reasons: Vec<String> =
            film.reasons.iter().map(|r| words.say(&format!("archive-held-{}", r.code()))).collect();
        let args = [("slide", film.id.clone()), ("reasons", reasons.join(", "))];
        session.warn(&words.say_with("archive-held", &args));
    }
}
