//! `hemozoin archive join`: the parts that several machines have read become one archive.

use std::path::PathBuf;

use clap::Args;

use super::finish::finish;
use crate::cli::CommandResult;
use crate::cli::session::Session;
use hemozoin::archive::join;
use hemozoin::report::archive::take_drawn;

#[derive(Args)]
pub(super) struct Flags {
    #[arg(value_name = "DIR", required = true)]
    parts: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let archive = join(&flags.out, &flags.parts)?;
    for part in &flags.parts {
        take_drawn(part, &flags.out)?;
    }
    finish(&archive, None, session)
}
