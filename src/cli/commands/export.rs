//! `hemozoin export`: what readers decided, as labels for training and measuring.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::read_slides::{Found, each};
use crate::cli::session::Session;
use hemozoin::files::write_whole;
use hemozoin::locale::integer;
use hemozoin::review::Coco;

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[arg(long = "as", value_enum)]
    form: Form,
    #[arg(long, value_name = "FILE", default_value = "annotations.json")]
    out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Coco,
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let Form::Coco = flags.form;
    let mut labels = Coco::default();
    let mut exit = Exit::Done;
    for path in &flags.paths {
        each(path, |found| {
            let left_out = match found {
                Found::Signed(signed) => {
                    let name = |image: &str| match &signed.pictures {
                        Some(folder) => folder.join(image).display().to_string(),
                        None => image.to_owned(),
                    };
                    labels.add(&signed.record, &signed.slide, &signed.reader, name);
                    return Ok(());
                }
                Found::NotSigned(slide) => ("cli-export-not-signed", slide),
                Found::NotRead(path) => ("cli-export-not-read", path.display().to_string()),
            };
            session.warn(&session.catalogue().say_with(left_out.0, &[("slide", left_out.1)]));
            exit = Exit::SomeFailed;
            Ok(())
        })?;
    }
    if labels.pictures() == 0 {
        session.complain(&session.catalogue().say("cli-export-nothing"));
        return Ok(Exit::Usage);
    }
    let text = serde_json::to_vec_pretty(&labels.to_json())?;
    write_whole(&flags.out, &text)?;
    let pictures = integer(labels.pictures() as u64, session.language());
    let values = [("file", flags.out.display().to_string()), ("pictures", pictures)];
    session.tell(&session.catalogue().say_with("cli-export-written", &values));
    Ok(exit)
}
