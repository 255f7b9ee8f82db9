//! `hemozoin archive run`: begins an archive, or goes on with the one in the output folder.

use std::path::PathBuf;

use clap::Args;

use super::finish::{go_on, work_and_finish};
use super::language_of_tables;
use super::watch::WatchFlags;
use crate::cli::CommandResult;
use crate::cli::commands::analyze::RunFlags;
use crate::cli::flags::Lang;
use crate::cli::rules::asked_style;
use crate::cli::session::Session;
use hemozoin::Error;
use hemozoin::archive::{Archive, Begun, Opening, Shard, Stamp};
use hemozoin::locale::Language;

#[derive(Args)]
pub(super) struct Flags {
    #[arg(value_name = "ROOT")]
    root: PathBuf,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "K/N")]
    shard: Option<Shard>,
    #[arg(long, value_enum)]
    csv_locale: Option<Lang>,
    #[command(flatten)]
    run: RunFlags,
    #[command(flatten)]
    watch: WatchFlags,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let (engine, facts) = (flags.run.engine()?, flags.run.facts()?);
    let absolute = |path: &PathBuf| std::path::absolute(path).map_err(|e| Error::io(path, "look at", e));
    let root = absolute(&flags.root)?;
    // Before an output folder is made for it.
    std::fs::metadata(&root).map_err(|e| Error::io(&flags.root, "look at", e))?;
    let begun = Begun {
        stamp: Stamp::of(&engine, &facts)?,
        root,
        models: flags.run.models().iter().map(absolute).collect::<Result<_, _>>()?,
        french_tables: language_of_tables(flags.csv_locale, session) == Language::French,
        french_page: session.language() == Language::French,
        style: asked_style(),
        shard: flags.shard,
    };
    let (mut archive, opening) = Archive::open(&flags.out, begun)?;
    if opening == Opening::Continued {
        archive.journal().check_here()?;
        session.tell(&session.catalogue().say("archive-continued"));
        return go_on(&mut archive, &engine, false, flags.watch, session);
    }
    archive.plan(engine.limits())?;
    work_and_finish(&mut archive, &engine, flags.watch, session)
}
