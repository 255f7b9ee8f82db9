//! `hemozoin manual`: the pages of `man`, and what shells complete, made from the command line itself.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::{Shell, generate_to};

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::flags::command;
use crate::cli::session::Session;
use crate::cli::words::localised;
use hemozoin::Error;
use hemozoin::files::make_folder;
use hemozoin::locale::Language;

/// Shells whose completions are written.
const SHELLS: [Shell; 3] = [Shell::Bash, Shell::Zsh, Shell::Fish];

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    // Pages of another language stand beside the English ones, where `man` looks for them.
    let pages = match session.language() {
        Language::English => flags.out.join("man/man1"),
        other => flags.out.join("man").join(other.code()).join("man1"),
    };
    let described = || localised(command(), session.catalogue());
    make_folder(&pages)?;
    let pages_written = |e| Error::io(&pages, "write", e);
    clap_mangen::generate_to(described(), &pages).map_err(pages_written)?;
    for shell in SHELLS {
        let name = shell.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        let folder = flags.out.join("completions").join(name);
        make_folder(&folder)?;
        generate_to(shell, &mut described(), "hemozoin", &folder)
            .map_err(|e| Error::io(&folder, "write", e))?;
    }
    session.tell(
        &session.catalogue().say_with("cli-manual-written", &[("dir", flags.out.display().to_string())]),
    );
    Ok(Exit::Done)
}
