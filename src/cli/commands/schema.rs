//! `hemozoin schema`: the JSON Schema of the record.

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::json;
use crate::cli::session::Session;
use hemozoin::record::json_schema;

#[derive(Args)]
pub(crate) struct Flags {}

pub(crate) fn run(_flags: &Flags, session: &Session) -> CommandResult {
    session.print(&json(&json_schema(), false)?)?;
    Ok(Exit::Done)
}
