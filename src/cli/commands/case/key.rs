//! `hemozoin case key`: a secret key of one's own, and the public one that others encrypt to.

use std::path::PathBuf;

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use hemozoin::exchange::SecretKey;

#[derive(Args)]
pub(super) struct Flags {
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let key = SecretKey::make(&flags.out)?;
    // The public key is what others need: data, not talk.
    session.print(&format!("{}\n", key.public()))?;
    let values = [("file", flags.out.display().to_string())];
    session.tell(&session.catalogue().say_with("cli-case-key-made", &values));
    Ok(Exit::Done)
}
