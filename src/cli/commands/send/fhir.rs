//! `hemozoin send fhir`: the bundle of each slide to a FHIR server, kept on the disk until it is accepted.

use std::path::PathBuf;

use clap::Args;

use super::LineFlags;
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::read_slides::each_result;
use crate::cli::session::Session;
use hemozoin::exchange::{Codes, Outbox, ParcelState, ResultForm, Standing};
use hemozoin::locale::integer;

#[derive(Args)]
pub(super) struct Flags {
    #[command(flatten)]
    line: LineFlags,
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "DIR", default_value = "hemozoin-outbox")]
    outbox: PathBuf,
    #[arg(long)]
    signed_only: bool,
    #[arg(long)]
    attach: bool,
    #[arg(long, value_name = "FILE")]
    codes: Option<PathBuf>,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let words = session.catalogue();
    let line = flags.line.line()?;
    let codes = flags.codes.as_deref().map_or_else(Codes::built_in, Codes::read)?;
    let outbox = Outbox::open(&flags.outbox)?;
    let mut exit = Exit::Done;
    let (mut known, mut left_out) = (0_u64, 0_u64);
    for path in &flags.paths {
        each_result(path, |found| {
            let slide = found.released.slide().to_owned();
            if let Some(reader) = &found.signed_before {
                let values = [("slide", slide.clone()), ("reader", reader.clone())];
                session.warn(&words.say_with("cli-export-earlier", &values));
                exit = Exit::SomeFailed;
            }
            if flags.signed_only && found.released.standing() == Standing::Preliminary {
                left_out += 1;
                return Ok(());
            }
            // A FHIR bundle holds no moment of its making.
            let released = if flags.attach { found.attached()? } else { found.released };
            let bundle = ResultForm::Fhir.write(&released, &codes, "", words)?;
            known += u64::from(!outbox.put(&line, &slide, &bundle)?);
            Ok(())
        })?;
    }
    let done = outbox.deliver(&line, |parcel| {
        let key = match parcel.state {
            ParcelState::Accepted => return,
            ParcelState::Refused => "cli-send-refused",
            ParcelState::Waiting => "cli-send-waiting",
        };
        let said = parcel.said.clone().unwrap_or_default();
        session.warn(&words.say_with(key, &[("slide", parcel.slide.clone()), ("said", said)]));
    })?;
    let number = |n: u64| integer(n, session.language());
    let values = [
        ("server", line.address().to_owned()),
        ("accepted", number(done.accepted)),
        ("known", number(known)),
        ("refused", number(done.refused)),
        ("waiting", number(done.waiting)),
        ("outbox", flags.outbox.display().to_string()),
    ];
    session.tell(&words.say_with("cli-send-done", &values));
    if left_out > 0 {
        session.tell(&words.say_with("cli-send-not-signed", &[("slides", number(left_out))]));
    }
    let all = done.refused + done.waiting == 0;
    Ok(if all { exit } else { Exit::SomeFailed })
}
