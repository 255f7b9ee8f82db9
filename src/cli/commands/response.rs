//! `hemozoin response`: the class of a treatment response from a series of visits.

use std::path::PathBuf;

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::{Format, RuleFlags, count, json};
use crate::cli::session::Session;
use crate::cli::table::each_row;
use hemozoin::entry::{Misread, Style, real, whole, yes_or_no};
use hemozoin::standard::{Response, Visit, classify_response};
use hemozoin::{Error, ErrorKind};

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "VISIT", required_unless_present = "input")]
    visits: Vec<String>,
    #[arg(long, value_name = "D", required_unless_present = "input", value_parser = count)]
    day0: Option<u64>,
    #[arg(long, value_name = "DAYS", default_value_t = 28)]
    follow_up: u32,
    #[command(flatten)]
    rules: RuleFlags,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["day0", "visits"])]
    input: Option<PathBuf>,
}

#[derive(serde::Serialize)]
struct Line<'r> {
    id: String,
    #[serde(flatten)]
    response: &'r Response,
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let profile = flags.rules.profile()?;
    let rule = &profile.values().response;
    let Some(path) = &flags.input else {
        let visits = flags.visits.iter().flat_map(|v| v.split_whitespace());
        let visits = visits.map(|v| visit(v, Style::default()));
        let visits = visits.collect::<hemozoin::Result<Vec<_>>>()?;
        let response = classify_response(flags.day0.unwrap_or(0), &visits, flags.follow_up, rule)?;
        session.print(&match flags.format {
            Format::Json => json(&response, false)?,
            Format::Text => format!("{}\n", sentence(&response, session)),
        })?;
        return Ok(Exit::Done);
    };
    each_row(path, session, |row| {
        row.takes(&["visits", "followup_days", "d0_density"]);
        let visits = row.needed("visits")?.split_whitespace().map(|v| visit(v, row.style()));
        let visits = visits.collect::<hemozoin::Result<Vec<_>>>()?;
        let days = row.whole("followup_days")?.map_or(Some(flags.follow_up), |d| u32::try_from(d).ok());
        let response = classify_response(row.needed_whole("d0_density")?, &visits, days.unwrap_or(0), rule)?;
        Ok(match flags.format {
            Format::Json => json(&Line { id: row.id(), response: &response }, true)?,
            Format::Text => format!("{}\t{}\n", row.shown_id(), sentence(&response, session)),
        })
    })
}

/// A visit with its numbers and its answer in any form that has one meaning.
fn visit(text: &str, style: Style) -> hemozoin::Result<Visit> {
    fn told<T>(text: &str, read: Result<T, Misread>) -> Option<hemozoin::Result<T>> {
        match read {
            Ok(value) => Some(Ok(value)),
            Err(Misread::Nothing) => None,
            Err(two) => Some(Err(two.refuse(text, || Error::new(ErrorKind::Usage, text.to_owned())))),
        }
    }
    let density = |text: &str| told(text, whole(text, style));
    Visit::parse_with(text, density, |text| told(text, real(text, style)), yes_or_no)
}

fn sentence(response: &Response, session: &Session) -> String {
    let catalogue = session.catalogue();
    let code = response.class.code();
    let mut args = vec![
        ("code", code.to_owned()),
        ("class", catalogue.say(&format!("response-class-{code}"))),
        ("reason", catalogue.say(&format!("response-reason-{}", response.reason.code().replace('_', "-")))),
    ];
    match response.day {
        Some(day) => {
            args.push(("day", day.to_string()));
            catalogue.say_with("response-sentence", &args)
        }
        None => catalogue.say_with("response-sentence-lost", &args),
    }
}
