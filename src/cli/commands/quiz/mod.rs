//! `hemozoin quiz`: the training corner, in the browser of this computer.

mod results;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::RuleFlags;
use crate::cli::session::Session;
use hemozoin::quiz::{Course, ResultsFile, SignedSlides, is_within};
use hemozoin::serve::{QuizServer, Training};
use hemozoin::system::show;
use hemozoin::{Error, ErrorKind};

/// Folder in the user's own where answers are kept, and the file in it.
const KEPT: (&str, &str) = ("hemozoin-quiz", "results.jsonl");

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Flags {
    #[command(subcommand)]
    command: Option<Command>,
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    course: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    results: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    trainee: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    #[arg(long)]
    no_open: bool,
    #[command(flatten)]
    rules: RuleFlags,
}

#[derive(Subcommand)]
enum Command {
    Results(results::Flags),
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    if let Some(Command::Results(flags)) = &flags.command {
        return results::run(flags, session);
    }
    let results = match &flags.results {
        Some(file) => file.clone(),
        None => kept()?,
    };
    if let Some(path) = &flags.path
        && is_within(&results, path)?
    {
        let text = "the results may not lie where patients' records do; choose another place with --results";
        return Err(Error::new(ErrorKind::Usage, text)
            .with_key("error-quiz-results-inside")
            .with_path(&results)
            .into());
    }
    let signed = flags.path.as_deref().map(SignedSlides::of).transpose()?;
    if let Some(left_out) = signed.as_ref().map(SignedSlides::left_out).filter(|n| *n > 0) {
        session.tell(&session.catalogue().say_with("cli-quiz-left-out", &[("slides", left_out.to_string())]));
    }
    let training = Training {
        courses: courses(flags.course.as_deref(), signed.as_ref())?,
        signed,
        results: ResultsFile::at(&results),
        trainee: flags.trainee.as_deref().unwrap_or_default().trim().to_owned(),
        profile: flags.rules.profile()?,
    };
    let server = QuizServer::bind(training, session.language(), flags.port)?;
    let address = server.address();
    // The address is the key to the page, and data: another program may open it.
    session.print(&format!("{address}\n"))?;
    session.tell(&session.catalogue().say("cli-review-open"));
    if !flags.no_open && show(&address).is_err() {
        session.tell(&session.catalogue().say("cli-review-by-hand"));
    }
    server.run()?;
    Ok(Exit::Done)
}

/// The course that is asked for, by the name of one in this program or by its file; else all that can be offered.
fn courses(asked: Option<&Path>, signed: Option<&SignedSlides>) -> hemozoin::Result<Vec<Course>> {
    let built_in = Course::built_in()?;
    let Some(asked) = asked else {
        return Ok(match signed {
            Some(signed) => vec![Course::of_signed(signed)],
            None => built_in,
        });
    };
    if let Some(course) = built_in.iter().find(|course| asked.as_os_str() == course.name.as_str()) {
        return Ok(vec![course.clone()]);
    }
    if !asked.exists() && asked.extension().is_none() {
        let known = built_in.iter().map(|course| course.name.as_str()).collect::<Vec<_>>().join(", ");
        let text = format!("no course is called {}; there are {known}, and files", asked.display());
        return Err(Error::new(ErrorKind::Usage, text)
            .with_key("error-quiz-unknown-course")
            .with_arg("name", asked.display())
            .with_arg("known", known));
    }
    Course::read(asked).map(|course| vec![course])
}

/// Where answers are kept if nobody says.
fn kept() -> hemozoin::Result<PathBuf> {
    let home = ["HOME", "USERPROFILE"].iter().find_map(std::env::var_os).filter(|home| !home.is_empty());
    home.map(|home| Path::new(&home).join(KEPT.0).join(KEPT.1)).ok_or_else(|| {
        Error::new(
            ErrorKind::Usage,
            "the system names no folder of yours: say with --results where answers are kept",
        )
        .with_key("error-quiz-no-home")
    })
}
