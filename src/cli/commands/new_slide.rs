//! `hemozoin new-slide`: a sheet to be filled in, beside the pictures of a slide.

use std::path::{Path, PathBuf};

use clap::Args;

use super::analyze::{rbc_per_ul, um_per_px, wbc_per_ul};
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::film;
use crate::cli::session::Session;
use crate::cli::slide_flags::SlideFlags;
use hemozoin::files::{make_folder, write_new};
use hemozoin::locale::Catalogue;
use hemozoin::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use hemozoin::source::SlideSheet;
use hemozoin::terms::Film;
use hemozoin::{Error, ErrorKind};

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    #[command(flatten)]
    slide: SlideFlags,
    #[arg(long, value_name = "TEXT")]
    patient_name: Option<String>,
    #[arg(long, value_parser = film)]
    film: Option<Film>,
    #[arg(long, value_name = "C", value_parser = wbc_per_ul)]
    wbc_per_ul: Option<WbcPerMicrolitre>,
    #[arg(long, value_name = "B", value_parser = rbc_per_ul)]
    rbc_per_ul: Option<RbcPerMicrolitre>,
    #[arg(long, value_name = "UM", value_parser = um_per_px)]
    um_per_px: Option<MicronsPerPixel>,
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let sheet = flags.sheet()?;
    make_folder(&flags.folder)?;
    if SlideSheet::exists_in(&flags.folder) {
        return Err(there(&flags.folder).into());
    }
    let path = flags.folder.join(SlideSheet::NAME);
    let text = sheet_text(&sheet, session.catalogue());
    write_new(&path, text.as_bytes()).map_err(|e| match e.key() {
        Some("error-file-exists") => there(&flags.folder),
        _ => e,
    })?;
    let file = [("file", path.display().to_string())];
    session.tell(&session.catalogue().say_with("cli-new-slide-written", &file));
    Ok(Exit::Done)
}

impl Flags {
    fn sheet(&self) -> hemozoin::Result<SlideSheet> {
        let mut info = self.slide.info()?;
        info.patient_name.clone_from(&self.patient_name);
        info.check()?;
        Ok(SlideSheet {
            info,
            film: self.film,
            wbc_per_ul: self.wbc_per_ul,
            rbc_per_ul: self.rbc_per_ul,
            um_per_px: self.um_per_px,
            ..SlideSheet::default()
        })
    }
}

fn there(folder: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        "this folder has a slide.toml already, or a file with nearly that name; nothing was written",
    )
    .with_key("error-sheet-there")
    .with_path(folder)
}

/// A sheet with what each key means, in the reader's language: what is known filled in, the rest as examples behind a
/// `#`.
fn sheet_text(sheet: &SlideSheet, catalogue: &Catalogue) -> String {
    let mut text = comment(&catalogue.say("slide-toml-title"));
    for key in SlideSheet::KEYS {
        let about = catalogue.say(&format!("slide-toml-{}", key.replace('_', "-")));
        text.push('\n');
        text.push_str(&comment(&about));
        match sheet.value(key) {
            Some(value) => text.push_str(&format!("{key} = {}\n", toml_text(&value))),
            None => {
                let example = catalogue.say(&format!("slide-toml-{}-example", key.replace('_', "-")));
                text.push_str(&format!("# {key} = {}\n", toml_text(&example)));
            }
        }
    }
    text
}

fn comment(text: &str) -> String {
    text.lines().map(|line| format!("# {line}\n")).collect()
}

/// A text as TOML writes it, always between double quotation marks.
fn toml_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hemozoin::locale::Language;

    #[test]
    fn every_example_is_a_value_that_the_key_takes() {
        for &language in Language::ALL {
            let text = sheet_text(&SlideSheet::default(), &Catalogue::new(language));
            assert_eq!(SlideSheet::parse(&text).expect("remarks only"), SlideSheet::default());
            let filled: String = text
                .lines()
                .map(|line| match line.strip_prefix("# ").filter(|rest| rest.contains(" = \"")) {
                    Some(example) => format!("{example}\n"),
                    None => format!("{line}\n"),
                })
                .collect();
            let sheet = SlideSheet::parse(&filled).expect("sound examples");
            for key in SlideSheet::KEYS {
                assert!(sheet.value(key).is_some(), "{key} in {filled}");
            }
        }
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let mut sheet = SlideSheet::parse(
            "slide = N-17\nfilm = ge\nage = 18 mois\nsex = F\nstain = 'Giemsa \"10 %\" \\ x'\nwbc_per_ul = 6 200\n\
             blood_taken = 20/11/2026 7:15\num_per_px = 0,104\npatient_name = Aïssa M.\n",
        )
        .expect("sound");
        let text = sheet_text(&sheet, &Catalogue::new(Language::French));
        assert_eq!(SlideSheet::parse(&text).expect("sound"), sheet, "{text}");
        sheet.info.ward = Some("Pédiatrie".to_owned());
        assert_ne!(SlideSheet::parse(&text).expect("sound"), sheet);
    }
}
