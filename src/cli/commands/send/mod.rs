//! `hemozoin send`: results and figures to the servers of other systems.

mod dhis2;
mod fhir;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use crate::cli::CommandResult;
use crate::cli::session::Session;
use hemozoin::exchange::{Line, LineOptions};
use hemozoin::files::{read_plain, read_text};
use hemozoin::{Error, ErrorKind};

/// Most bytes of a file of certificates, or of an authorization.
const MAX_BYTES: u64 = 1 << 20;
/// Where the authorization stands unless a file is named.
const VARIABLE: &str = "HEMOZOIN_AUTHORIZATION";

#[derive(Args)]
pub(crate) struct Flags {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Fhir(fhir::Flags),
    Dhis2(dhis2::Flags),
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    match &flags.command {
        Command::Fhir(flags) => fhir::run(flags, session),
        Command::Dhis2(flags) => dhis2::run(flags, session),
    }
}

/// How the server is reached.
#[derive(Args)]
struct LineFlags {
    #[arg(value_name = "URL")]
    address: String,
    #[arg(long, value_name = "FILE")]
    authorization: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
    #[arg(long)]
    unencrypted: bool,
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=20))]
    tries: u32,
    #[arg(long, value_name = "SECONDS", default_value_t = 1, value_parser = clap::value_parser!(u64).range(0..=60))]
    wait: u64,
}

impl LineFlags {
    fn line(&self) -> hemozoin::Result<Line> {
        // Not a flag: every user of the computer sees the flags of a program.
        let authorization = match &self.authorization {
            Some(file) => Some(read_text(file, MAX_BYTES)?),
            None => std::env::var(VARIABLE).ok(),
        };
        let authorization = authorization.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        if authorization.as_ref().is_some_and(|text| text.contains(|c: char| c.is_control() || !c.is_ascii()))
        {
            return Err(Error::new(
                ErrorKind::Usage,
                "the authorization is not one line such as: Bearer eyJhbGciOi..., or Basic dXNlcjpwYXNz",
            )
            .with_key("error-send-authorization"));
        }
        Line::to(
            &self.address,
            LineOptions {
                authorization,
                authorities: self.authority.as_ref().map(|file| read_plain(file, MAX_BYTES)).transpose()?,
                unencrypted: self.unencrypted,
                tries: self.tries,
                wait: Duration::from_secs(self.wait),
            },
        )
    }
}
