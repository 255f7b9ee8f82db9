//! `hemozoin competence`: a reader scored on a panel of slides.

use std::path::PathBuf;

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::{Format, RuleFlags, json, species_of};
use crate::cli::session::Session;
use crate::cli::table::{self, Row};
use hemozoin::locale::share_sentence;
use hemozoin::standard::interval::Proportion;
use hemozoin::standard::{PanelScore, PanelSlide, SlideCall, score_panel};
use hemozoin::{Error, ErrorKind};

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "FILE")]
    input: PathBuf,
    #[command(flatten)]
    rules: RuleFlags,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let profile = flags.rules.profile()?;
    // A panel with a slide left out has another score: one bad line ends it, and all of them are named.
    let mut slides = Vec::new();
    let mut faults = Vec::new();
    let rows = table::rows(&flags.input)?;
    for row in rows.each() {
        match row.and_then(|row| slide(&row).map_err(|error| row.place(error))) {
            Ok(slide) => slides.push(slide),
            Err(error) => faults.push(error),
        }
    }
    if let Some(faults) = Error::all(faults) {
        return Err(faults.into());
    }
    rows.say_unused(session);
    let score = score_panel(&slides, &profile).ok_or_else(|| {
        Error::new(ErrorKind::Usage, "the panel holds no slide: give one a line below the heading")
            .with_key("error-competence-empty")
            .with_path(&flags.input)
    })?;
    session.print(&match flags.format {
        Format::Json => json(&score, false)?,
        Format::Text => format!("{}\n", sentences(&score, session).join("\n")),
    })?;
    Ok(Exit::Done)
}

fn slide(row: &Row) -> hemozoin::Result<PanelSlide> {
    let call = |positive, species, density| -> hemozoin::Result<SlideCall> {
        Ok(SlideCall {
            positive: row.needed_answer(positive)?,
            species: species_of(row.text(species).unwrap_or_default())?,
            density: row.whole(density)?,
        })
    };
    Ok(PanelSlide {
        truth: call("true_positive", "true_species", "true_density")?,
        reader: call("reader_positive", "reader_species", "reader_density")?,
    })
}

fn sentences(score: &PanelScore, session: &Session) -> Vec<String> {
    let catalogue = session.catalogue();
    let say = |key: &str, share: &Proportion, level| share_sentence(key, share, level, catalogue);
    let levels = &score.levels;
    let mut lines = vec![say("competence-detection", &score.detection, Some(levels.detection))];
    lines.extend(score.species.iter().map(|r| say("competence-species", r, levels.species)));
    lines.extend(score.count.iter().map(|r| say("competence-count", r, levels.count)));
    lines.extend(score.agreement.false_positive.iter().map(|r| say("competence-false-positive", r, None)));
    lines.extend(score.agreement.false_negative.iter().map(|r| say("competence-false-negative", r, None)));
    lines.push(catalogue.say_with("competence-overall", &[("level", levels.overall.get().to_string())]));
    lines
}
