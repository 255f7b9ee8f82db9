//! `hemozoin models`: the bundles inside this build, and any others named.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use hemozoin::detect::{Detector, bundled, bundled_names};
use hemozoin::locale::Language;

#[derive(Args)]
pub(crate) struct Flags {
    /// Print the card of this bundle.
    #[arg(long, value_name = "NAME")]
    card: Option<String>,
    /// Folders of other bundles, checked as `--model` would.
    #[arg(value_name = "DIR")]
    dirs: Vec<PathBuf>,
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    if let Some(name) = &flags.card {
        let Some((_, _, card)) = bundled_names().find(|(n, ..)| n == name) else {
            let names: Vec<&str> = bundled_names().map(|(n, ..)| n).collect();
            let args = [("name", name.clone()), ("known", names.join(", "))];
            session.complain(&session.catalogue().say_with("cli-models-unknown", &args));
            return Ok(Exit::Usage);
        };
        session.print(match session.language() {
            Language::English => card.english,
            Language::French => card.french,
        })?;
        return Ok(Exit::Done);
    }
    let mut detectors = Vec::new();
    for (_, film, _) in bundled_names() {
        let (bundle, networks) = bundled(film)?;
        detectors.push(Detector::load(bundle, &networks)?);
    }
    let mut exit = Exit::Done;
    for dir in &flags.dirs {
        match Detector::open(dir) {
            Ok(detector) => detectors.push(detector),
            Err(error) => {
                session.complain(&session.catalogue().error(&error));
                exit = Exit::SomeFailed;
            }
        }
    }
    let mut out = String::new();
    for detector in &detectors {
        let bundle = detector.bundle();
        let film = session.catalogue().say(&format!("film-{}", bundle.film.code()));
        let _ = writeln!(
            out,
            "{} {}\t{film}\t{}\t{}",
            bundle.name,
            bundle.version,
            bundle.licence,
            detector.digest()
        );
    }
    session.print(&out)?;
    Ok(exit)
}
