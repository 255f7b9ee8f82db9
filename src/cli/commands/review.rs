//! `hemozoin review`: the page on which a reader decides, in the browser of this computer.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::Args;

use super::analyze::RunFlags;
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use crate::cli::stop::first;
use hemozoin::locale::Catalogue;
use hemozoin::record::Facts;
use hemozoin::serve::{Analysis, News, Server, Shelf};
use hemozoin::slide::Engine;

#[derive(Args)]
pub(crate) struct Flags {
    // What was analysed stays as it was: how to analyse is for the page that asks for a folder.
    #[arg(
        value_name = "PATH",
        conflicts_with_all = ["film", "um_per_px", "wbc_per_ul", "rbc_per_ul", "profile", "profile_file", "model", "floor", "site_threshold"]
    )]
    path: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pictures: Option<PathBuf>,
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    #[arg(long)]
    no_open: bool,
    #[command(flatten)]
    run: RunFlags,
}

/// The page without a slide: it asks for one.
pub(crate) fn empty(session: &Session) -> CommandResult {
    let analysis = Analysis::new(Engine::builder().build()?, Facts::default());
    serve(Server::bind(Shelf::empty(), analysis, session.language(), 0)?, true, session)
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let shelf = match &flags.path {
        Some(path) => Shelf::of(path, flags.pictures.as_deref())?,
        None => Shelf::empty(),
    };
    let analysis = Analysis::new(flags.run.engine()?, flags.run.facts()?);
    serve(Server::bind(shelf, analysis, session.language(), flags.port)?, !flags.no_open, session)
}

fn serve(server: Server, open: bool, session: &Session) -> CommandResult {
    let address = server.address();
    // The address is the key to the page, and data: another program may open it.
    session.print(&format!("{address}\n"))?;
    session.tell(&session.catalogue().say("cli-review-open"));
    if open && browser(&address).is_err() {
        session.tell(&session.catalogue().say("cli-review-by-hand"));
    }
    let words = Catalogue::new(session.language());
    server.listen(move |news| {
        let warn = |said: &str| eprintln!("{}", words.said_of(&words.say("warning-prefix"), said));
        match news {
            News::Refused(error) => {
                warn(&words.say_with("archive-not-caught-up", &[("reason", words.error(error))]));
            }
            News::NotReported(error) => {
                warn(&words.say_with("cli-review-not-reported", &[("reason", words.error(error))]));
            }
            News::Kept(files) => {
                for file in files {
                    warn(&words.say_with("cli-analyze-kept", &[("file", file.display().to_string())]));
                }
            }
        }
    });
    let upkeep = server.upkeep();
    first(move || upkeep.settle());
    server.run()?;
    Ok(Exit::Done)
}

/// Opens the browser of the system with an address.
fn browser(address: &str) -> std::io::Result<()> {
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map(drop)
}
