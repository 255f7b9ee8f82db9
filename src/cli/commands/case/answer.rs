//! `hemozoin case answer`: what an expert decided about a case, in a small file for those who asked.

use std::path::PathBuf;

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use hemozoin::exchange::{Case, Recipient, SecretKey, answer_of, sealed};
use hemozoin::files::write_whole;
use hemozoin::locale::integer;
use hemozoin::review::{Store, signed_reading};
use hemozoin::{Error, ErrorKind};

#[derive(Args)]
pub(super) struct Flags {
    #[arg(value_name = "CASE")]
    case: PathBuf,
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[arg(long = "recipient", value_name = "KEY")]
    recipients: Vec<Recipient>,
    #[arg(long, value_name = "NAME")]
    reader: Option<String>,
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let key = flags.key.as_deref().map(SecretKey::read).transpose()?;
    let case = Case::open(&flags.case, key.as_ref())?;
    let not_signed = || {
        Error::new(ErrorKind::Usage, "nobody has signed this case: hemozoin review opens it")
            .with_key("error-case-not-signed")
            .with_path(&flags.case)
    };
    let store = Store::read(&Case::folder(&flags.case))?.ok_or_else(not_signed)?;
    let readings = store.readings(&case.record().slide.id)?;
    let (reading, _) = signed_reading(&readings, flags.reader.as_deref())?.ok_or_else(not_signed)?;
    let bytes = sealed(answer_of(&case, &store, reading)?, &flags.recipients)?;
    write_whole(&flags.out, &bytes)?;
    let values = [
        ("file", flags.out.display().to_string()),
        ("reader", reading.reader.clone()),
        ("kilobytes", integer(bytes.len().div_ceil(1000) as u64, session.language())),
    ];
    session.tell(&session.catalogue().say_with("cli-case-answered", &values));
    Ok(Exit::Done)
}
