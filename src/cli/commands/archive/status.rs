//! `hemozoin archive status`: how far an archive is, also while another process works on it.

use std::path::PathBuf;

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use crate::cli::shell::quoted;
use hemozoin::archive::{INDEX, Journal, Standing, at_work};
use hemozoin::locale::{integer, moment};

#[derive(Args)]
pub(super) struct Flags {
    #[arg(value_name = "DIR")]
    out: PathBuf,
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Json {
    #[serde(flatten)]
    standing: Standing,
    /// Whether a process is at work on it.
    running: bool,
    /// Whether its tables and pages were written; only then it is whole.
    written: bool,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let journal = Journal::read(&flags.out)?;
    let standing = journal.standing()?;
    let process = at_work(&flags.out);
    let written = flags.out.join(INDEX).is_file();
    if flags.json {
        let json = Json { standing, running: process.is_some(), written };
        session.print(&format!("{}\n", serde_json::to_string(&json)?))?;
        return Ok(Exit::Done);
    }
    let number = |n: u64| integer(n, session.language());
    let args = [
        (
            "begun",
            journal.begun_at()?.as_deref().map(|at| moment(at, session.language())).unwrap_or_default(),
        ),
        ("slides", number(standing.slides_done)),
        ("all_slides", number(standing.slides)),
        ("files", number(standing.files_done)),
        ("all_files", number(standing.files)),
        ("suspect", number(standing.suspect)),
        ("severe", number(standing.severe)),
        ("read", number(standing.signed)),
        ("in_part", number(standing.signed_in_part)),
        ("not_read", number(standing.unread())),
        ("slides_failed", number(standing.slides_failed)),
        ("files_failed", number(standing.files_failed)),
        ("unfit", number(standing.fields_unfit)),
        ("left_out", number(standing.left_out)),
    ];
    let words = session.catalogue();
    let mut text = words.say_with("archive-stands", &args);
    text.push('\n');
    if let Some(process) = process {
        text.push_str(&words.say_with("archive-at-work", &[("process", process)]));
        text.push('\n');
    } else if !standing.is_complete() || !written {
        text.push_str(&words.say_with("archive-go-on", &[("folder", quoted(&flags.out))]));
        text.push('\n');
    }
    session.print(&text)?;
    Ok(Exit::Done)
}
