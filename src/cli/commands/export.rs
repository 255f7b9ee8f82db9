//! `hemozoin export`: what readers decided, as labels for training and measuring, and results for other systems.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::archive::{figures, surveillance_config};
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::read_slides::{Found, each, each_result};
use crate::cli::session::Session;
use hemozoin::archive::{Journal, Period};
use hemozoin::exchange::{Codes, LabelForm, LabelSet, ResultForm, Standing};
use hemozoin::files::{make_folder, write_whole};
use hemozoin::locale::integer;
use hemozoin::report::archive::data_values;
use hemozoin::text::plain_name;
use hemozoin::{Error, ErrorKind};

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[arg(long = "as", value_parser = form())]
    form: Form,
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    #[arg(long)]
    attach: bool,
    #[arg(long, value_name = "FILE")]
    codes: Option<PathBuf>,
}

/// A form that is written.
#[derive(Clone, Copy)]
enum Form {
    Labels(LabelForm),
    Result(ResultForm),
    /// The figures of an archive, month by month.
    Dhis2,
}

/// The forms by their codes.
fn form() -> impl TypedValueParser<Value = Form> {
    let labels = LabelForm::ALL.iter().map(|form| (form.code(), Form::Labels(*form)));
    let results = ResultForm::ALL.iter().map(|form| (form.code(), Form::Result(*form)));
    let all: Vec<(&'static str, Form)> = labels.chain(results).chain([("dhis2", Form::Dhis2)]).collect();
    PossibleValuesParser::new(all.iter().map(|(code, _)| *code).collect::<Vec<_>>()).try_map(move |code| {
        all.iter().find(|(known, _)| *known == code).map(|(_, form)| *form).ok_or("no form")
    })
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    match flags.form {
        Form::Labels(form) => labels(form, flags, session),
        Form::Result(form) => results(form, flags, session),
        Form::Dhis2 => dhis2(flags, session),
    }
}

/// One file: the values of every month, as `archive summary` prints them.
fn dhis2(flags: &Flags, session: &Session) -> CommandResult {
    let [archive] = flags.paths.as_slice() else {
        return Err(Error::new(
            ErrorKind::Usage,
            "figures are those of one archive: give its output folder alone",
        )
        .with_key("error-export-one-archive")
        .into());
    };
    let config = surveillance_config(flags.codes.as_deref())?;
    let journal = Journal::read(archive)?;
    let (found, exit) = figures(&journal, session, |journal| data_values(journal, &config, Period::Month))?;
    let out = flags.out.clone().unwrap_or_else(|| "dhis2.json".into());
    write_whole(&out, format!("{}\n", serde_json::to_string_pretty(&found.payload)?).as_bytes())?;
    let values = [("file", out.display().to_string())];
    session.tell(&session.catalogue().say_with("cli-export-figures", &values));
    Ok(exit)
}

/// A file for each slide, signed or not.
fn results(form: ResultForm, flags: &Flags, session: &Session) -> CommandResult {
    let words = session.catalogue();
    let codes = match &flags.codes {
        Some(file) => Codes::read(file)?,
        None => Codes::built_in()?,
    };
    let out = flags.out.clone().unwrap_or_else(|| form.code().into());
    make_folder(&out)?;
    let moment = jiff::Timestamp::now().to_string();
    let mut exit = Exit::Done;
    let (mut names, mut preliminary) = (HashSet::new(), 0_u64);
    for path in &flags.paths {
        each_result(path, |found| {
            if let Some(reader) = &found.signed_before {
                let values = [("slide", found.released.slide().to_owned()), ("reader", reader.clone())];
                session.warn(&words.say_with("cli-export-earlier", &values));
                exit = Exit::SomeFailed;
            }
            let released = if flags.attach { found.attached()? } else { found.released };
            preliminary += u64::from(released.standing() == Standing::Preliminary);
            let bytes = form.write(&released, &codes, &moment, words)?;
            let plain = plain_name(released.slide());
            let name = (1..).map(|n| if n == 1 { plain.clone() } else { format!("{plain}-{n}") });
            let name = name.into_iter().find(|name| names.insert(name.clone())).unwrap_or(plain);
            Ok(write_whole(&out.join(format!("{name}.{}", form.ending())), &bytes)?)
        })?;
    }
    let number = |n: u64| integer(n, session.language());
    let values = [
        ("file", out.display().to_string()),
        ("slides", number(names.len() as u64)),
        ("preliminary", number(preliminary)),
    ];
    session.tell(&words.say_with("cli-export-results", &values));
    Ok(exit)
}

fn labels(form: LabelForm, flags: &Flags, session: &Session) -> CommandResult {
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
