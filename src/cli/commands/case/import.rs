//! `hemozoin case import`: an expert's reading beside those that are here.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::one_slide::record_of;
use crate::cli::session::Session;
use hemozoin::archive::Journal;
use hemozoin::exchange::{Answer, SecretKey, tell_archive};
use hemozoin::intake::digest_of_file;
use hemozoin::locale::integer;
use hemozoin::record::read_file;
use hemozoin::report::archive::catch_up;
use hemozoin::report::together_lines;
use hemozoin::review::{Taken, Together};

#[derive(Args)]
pub(super) struct Flags {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "PATH")]
    to: PathBuf,
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    reader: Option<String>,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let words = session.catalogue();
    let key = flags.key.as_deref().map(SecretKey::read).transpose()?;
    let mut answer = Answer::open(&flags.file, key.as_ref())?;
    if let Some(reader) = &flags.reader {
        answer = answer.named(reader);
    }
    let archive = Journal::exists(&flags.to);
    let file = if archive { answer.record_in(&flags.to)? } else { record_of(&flags.to)? };
    let (record, digest) = (read_file(&file)?, digest_of_file(&file)?);
    let folder = if archive { &flags.to } else { file.parent().unwrap_or(Path::new(".")) };
    let taken = answer.take_in(&record, &digest, folder);
    let (taken, store) = taken.map_err(|e| e.with_path(&flags.file))?;
    if archive {
        tell_archive(folder, &record.slide.id, &store)?;
        // Another process that is at work on the archive writes them.
        catch_up(folder)?;
    }
    let (key, decisions) = match taken {
        Taken::New(decisions) => ("cli-case-new", decisions),
        Taken::More(decisions) => ("cli-case-more", decisions),
        Taken::Known => ("cli-case-known", 0),
    };
    let values = [
        ("reader", answer.reader().to_owned()),
        ("slide", record.slide.id.clone()),
        ("decisions", integer(decisions as u64, session.language())),
    ];
    session.tell(&words.say_with(key, &values));
    if !answer.is_of(&digest) {
        session.warn(&words.say_with("cli-case-earlier", &[("reader", answer.reader().to_owned())]));
    }
    let together = Together::of(&record, &store.readings(&record.slide.id)?);
    let lines = together_lines(&together, words);
    session.print(&lines.iter().map(|line| format!("{line}\n")).collect::<String>())?;
    Ok(Exit::Done)
}
