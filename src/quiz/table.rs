//! The table of a class: one line for each sitting.

use super::results::Sitting;
use super::score::{Score, Scored};
use super::words::course_name;
use crate::locale::{Catalogue, decimal, integer, moment};
use crate::report::{CsvStyle, text_cell};
use crate::standard::interval::Proportion;
use crate::standard::{Level, Profile};
use crate::{Error, ErrorKind, Result};

/// The table as it is read on a screen.
pub fn class_text(sittings: &[Sitting], profile: &Profile, words: &Catalogue) -> String {
    let columns = ["trainee", "course", "began", "answered", "detection", "count", "things", "level"];
    let mut rows = vec![columns.map(|column| words.say(&format!("quiz-column-{column}")))];
    for sitting in sittings {
        let score = Score::of(sitting, profile);
        let share = |ratio: Option<Proportion>| match ratio {
            Some(ratio) => {
                let percent = decimal(ratio.percent(), 0, words.language());
                words.say_with(
                    "quiz-share",
                    &[
                        ("percent", percent),
                        ("hits", ratio.hits().to_string()),
                        ("of", ratio.of().to_string()),
                    ],
                )
            }
            None => "\u{2013}".to_owned(),
        };
        let number = |n: u32| integer(u64::from(n), words.language());
        rows.push([
            sitting.trainee.clone(),
            course_name(&sitting.course, words),
            moment(&sitting.began, words.language()),
            format!("{} / {}", number(score.answered), number(score.questions)),
            share(score.detection.map(|s| s.ratio)),
            share(score.count.map(|s| s.ratio)),
            share(score.things),
            score.level.map_or_else(|| "\u{2013}".to_owned(), |level| level.get().to_string()),
        ]);
    }
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |row: &[String; 8]| {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.chars().count()))));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

/// The table for a spreadsheet. Column names do not change with the language.
///
/// # Errors
/// [`ErrorKind::Internal`] where it cannot be written.
pub fn class_csv(sittings: &[Sitting], profile: &Profile, style: CsvStyle) -> Result<String> {
    let refused = |e: &dyn std::fmt::Display| {
        Error::new(ErrorKind::Internal, format!("a table cannot be written: {e}"))
    };
    let mut table = style.begin(Vec::new()).map_err(|e| refused(&e))?;
    let columns = [
        "trainee",
        "course",
        "seed",
        "began_at",
        "answered",
        "questions",
        "seconds",
        "detection_right",
        "detection_slides",
        "detection_level",
        "false_positives",
        "negative_slides",
        "false_negatives",
        "positive_slides",
        "counts_within",
        "counts",
        "count_level",
        "things_right",
        "things",
        "level",
    ];
    table.write_record(columns).map_err(|e| refused(&e))?;
    for sitting in sittings {
        let score = Score::of(sitting, profile);
        let mut row = vec![
            text_cell(&sitting.trainee),
            text_cell(&sitting.course),
            sitting.seed.to_string(),
            sitting.began.clone(),
            score.answered.to_string(),
            score.questions.to_string(),
            score.seconds.to_string(),
        ];
        let level = |level: Option<Level>| level.map(|l| l.get().to_string()).unwrap_or_default();
        let pair = |ratio: Option<Proportion>| {
            [ratio.map(|r| r.hits().to_string()), ratio.map(|r| r.of().to_string())]
                .map(Option::unwrap_or_default)
        };
        let scored = |scored: Option<Scored>| {
            let [hits, of] = pair(scored.map(|s| s.ratio));
            [hits, of, level(scored.map(|s| s.level))]
        };
        row.extend(scored(score.detection));
        row.extend(pair(score.false_positive));
        row.extend(pair(score.false_negative));
        row.extend(scored(score.count));
        row.extend(pair(score.things));
        row.push(level(score.level));
        table.write_record(row).map_err(|e| refused(&e))?;
    }
    let bytes = table.into_inner().map_err(|e| refused(&e))?;
    String::from_utf8(bytes).map_err(|e| refused(&e))
}
