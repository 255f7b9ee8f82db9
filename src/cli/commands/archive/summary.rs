//! `hemozoin archive summary`: counts for surveillance.

use std::path::PathBuf;

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
enum PeriodFlag {
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
    let config = match &flags.config {
        Some(path) => {
            let text = read_text(path, MAX_RULES_BYTES)?;
            SurveillanceConfig::parse(&text).map_err(|e| e.with_path(path))?
        }
        None => SurveillanceConfig::parse(SurveillanceConfig::DEFAULT)?,
    };
    let folder = flags.out.clone().unwrap_or_default();
    let journal = Journal::read(&folder)?;
    let standing = journal.standing()?;
    if !standing.is_complete() {
        let args = [("done", standing.slides_done.to_string()), ("all", standing.slides.to_string())];
        session.warn(&session.catalogue().say_with("archive-summary-incomplete", &args));
    }
    let found = match flags.format {
        Format::Csv => {
            let table = SummaryTable::of(&journal, &flags.by, config.ages.clone(), config.densities.clone())?;
            let style = CsvStyle::of(language_of_tables(flags.csv_locale, session));
            session.print(&summary_csv(&table, style)?)?;
            return Ok(Exit::Done);
        }
        Format::Dhis2 => data_values(&journal, &config, flags.period.into())?,
        Format::Dhis2Events => events(&journal, &config)?,
    };
    let nothing = found.is_empty();
    let Surveillance { payload, held, unknown_sites } = found;
    session.print(&format!("{}\n", serde_json::to_string_pretty(&payload)?))?;
    say_held(&held, session);
    if nothing {
        session.warn(&session.catalogue().say("archive-nothing-to-send"));
    }
    if !unknown_sites.is_empty() {
        let sites = unknown_sites.into_iter().collect::<Vec<_>>().join(", ");
        session.warn(&session.catalogue().say_with("archive-sites-unknown", &[("sites", sites)]));
    }
    Ok(if held.is_empty() && !nothing { Exit::Done } else { Exit::SomeFailed })
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
