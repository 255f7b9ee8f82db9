//! `hemozoin export`: what readers decided, as labels for training and measuring.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::read_slides::{Found, each};
use crate::cli::session::Session;
use hemozoin::files::{make_folder, write_whole};
use hemozoin::locale::integer;
use hemozoin::review::{LabelForm, LabelSet};

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[arg(long = "as", value_parser = form())]
    form: LabelForm,
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

/// The forms by their codes.
fn form() -> impl TypedValueParser<Value = LabelForm> {
    PossibleValuesParser::new(LabelForm::ALL.map(LabelForm::code)).try_map(|code| {
        LabelForm::ALL.into_iter().find(|form| form.code() == code).ok_or("no form of labels")
    })
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let form = flags.form;
    let mut labels = LabelSet::default();
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
    if labels.fields.is_empty() {
        session.complain(&session.catalogue().say("cli-export-nothing"));
        return Ok(Exit::Usage);
    }
    let out = flags.out.clone().unwrap_or_else(|| form.usual_name().into());
    let files = form.files(&labels)?;
    for (within, content) in &files {
        if form.is_one_file() {
            write_whole(&out, content)?;
            continue;
        }
        let path = out.join(within);
        let folder = path.parent().unwrap_or(&out);
        make_folder(folder)?;
        write_whole(&path, content)?;
    }
    let pictures = integer(labels.fields.len() as u64, session.language());
    let values = [("file", out.display().to_string()), ("pictures", pictures)];
    session.tell(&session.catalogue().say_with("cli-export-written", &values));
    Ok(exit)
}
