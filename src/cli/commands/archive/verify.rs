//! `hemozoin archive verify`: reads slides again and compares digests.

use std::path::PathBuf;

use clap::Args;

use super::continued;
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use hemozoin::archive::{ArchiveReader, Journal, sample, verify};

#[derive(Args)]
pub(super) struct Flags {
    #[arg(value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "N", default_value_t = 10)]
    sample: usize,
    #[arg(long, conflicts_with = "sample")]
    all: bool,
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    #[arg(long, value_name = "ROOT")]
    root: Option<PathBuf>,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let journal = Journal::read(&flags.out)?;
    let (begun, engine) = continued(&journal, flags.root.as_ref())?;
    let archive = ArchiveReader::open(journal, &begun)?;
    let words = session.catalogue();
    let numbers = sample(&archive, (!flags.all).then_some(flags.sample), flags.seed)?;
    let mut different = 0;
    for number in &numbers {
        let verified = verify(&archive, &engine, *number)?;
        if verified.differences.is_empty() {
            continue;
        }
        different += 1;
        for difference in &verified.differences {
            let what = words.say(&format!("archive-differs-{}", difference.code()));
            session.warn(&words.said_of(&verified.id, &what));
        }
    }
    let args = [("slides", numbers.len().to_string()), ("different", different.to_string())];
    session.print(&format!("{}\n", words.say_with("archive-verified", &args)))?;
    Ok(if different == 0 { Exit::Done } else { Exit::SomeFailed })
}
