//! `hemozoin review`: the page on which a reader decides, in the browser of this computer.

use std::path::{Path, PathBuf};

use clap::Args;

use super::analyze::RunFlags;
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::one_slide::record_of;
use crate::cli::session::Session;
use crate::cli::stop::first;
use hemozoin::exchange::{SecretKey, take_labels};
use hemozoin::locale::{Catalogue, integer};
use hemozoin::record::{Facts, read_file};
use hemozoin::review::Store;
use hemozoin::serve::{Analysis, News, Server, Shelf};
use hemozoin::slide::Engine;
use hemozoin::system::show;

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
    #[arg(long, value_name = "FILE", requires = "path")]
    key: Option<PathBuf>,
    #[arg(long, value_name = "PATH", requires_all = ["path", "reader"])]
    labels: Option<PathBuf>,
    #[arg(long, value_name = "NAME", requires = "labels")]
    reader: Option<String>,
    #[arg(long, requires = "labels")]
    labels_complete: bool,
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
        Some(path) => {
            let key = flags.key.as_deref().map(SecretKey::read).transpose()?;
            Shelf::of(path, flags.pictures.as_deref(), key.as_ref())?
        }
        None => Shelf::empty(),
    };
    if let (Some(path), Some(labels), Some(reader)) = (&flags.path, &flags.labels, &flags.reader) {
        take(labels, path, reader, flags.labels_complete, session)?;
    }
    let analysis = Analysis::new(flags.run.engine()?, flags.run.facts()?);
    serve(Server::bind(shelf, analysis, session.language(), flags.port)?, !flags.no_open, session)
}

/// Labels that were made elsewhere become decisions of a reader before the page opens.
fn take(labels: &Path, slide: &Path, reader: &str, complete: bool, session: &Session) -> anyhow::Result<()> {
    let file = record_of(slide)?;
    let record = read_file(&file)?;
    let mut store = Store::open(file.parent().unwrap_or(Path::new(".")))?;
    let taken = take_labels(labels, &record, reader, complete, &mut store)?;
    let number = |n: usize| integer(n as u64, session.language());
    let values = [
        ("pictures", number(taken.pictures)),
        ("judged", number(taken.judged)),
        ("added", number(taken.added)),
        ("reader", reader.to_owned()),
    ];
    session.tell(&session.catalogue().say_with("cli-review-labels", &values));
    Ok(())
}

fn serve(server: Server, open: bool, session: &Session) -> CommandResult {
    let address = server.address();
    // The address is the key to the page, and data: another program may open it.
    session.print(&format!("{address}\n"))?;
    session.tell(&session.catalogue().say("cli-review-open"));
    if open && show(&address).is_err() {
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
