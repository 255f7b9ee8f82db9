//! What stands below the result of one film: the count it rests on, the stages met, the blood examined.

use super::words::Words;
use crate::record::FilmTally;
use crate::standard::Outcome;
use crate::tally::FieldTally;
use crate::terms::Film;

/// The lines about one film.
pub(super) fn details(outcome: &Outcome, tally: &FilmTally, film: Film, words: Words<'_>) -> Vec<String> {
    if tally.fields_counted == 0 {
        return Vec::new();
    }
    let read = outcome.reading.is_read();
    let mut lines = vec![match (film, read) {
        (Film::Thick, true) => counted_thick(outcome, words),
        (Film::Thin, true) => counted_thin(outcome, tally, words),
        (_, false) => marked(outcome, film, words),
    }];
    lines.extend(stages(&tally.counted, read, words));
    if film == Film::Thin {
        lines.extend(thin_remarks(tally, words));
    }
    lines
}

/// The blood examined, and what would have been found in it.
pub(super) fn examined(outcome: &Outcome, film: Film, words: Words<'_>) -> Option<String> {
    let (volume, limit) = (outcome.volume_ul?, outcome.detection_limit_95_per_ul?);
    Some(words.with(
        &format!("report-examined-{}", film.code()),
        &[("volume", words.short(volume)), ("limit", words.decimal(limit, usize::from(limit < 10.0)))],
    ))
}

/// What was marked and nobody has confirmed yet.
fn marked(outcome: &Outcome, film: Film, words: Words<'_>) -> String {
    let suspects = outcome.suspects.unwrap_or_default();
    words.with(
        &format!("report-marked-{}", film.code()),
        &[
            ("asexual", words.integer(suspects.asexual)),
            ("gametocytes", words.integer(suspects.gametocytes)),
            ("wbc", words.integer(outcome.wbc_counted.unwrap_or(0))),
            ("rbc", words.integer(outcome.rbc_counted.unwrap_or(0))),
            ("fields", words.integer(outcome.fields_valid.unwrap_or(0))),
        ],
    )
}

/// The stages met in all counted fields; schizonts in the blood are always worth a word (section 14).
fn stages(seen: &FieldTally, read: bool, words: Words<'_>) -> Option<String> {
    let named: Vec<String> = [
        (seen.rings, "report-stage-rings"),
        (seen.trophozoites, "report-stage-trophozoites"),
        (seen.schizonts, "report-stage-schizonts"),
        (seen.gametocytes, "report-stage-gametocytes"),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, key)| format!("{} {}", words.say(key), words.integer(n)))
    .collect();
    (!named.is_empty()).then(|| {
        let key = if read { "report-stages" } else { "report-stages-marked" };
        words.with(key, &[("list", named.join(", "))])
    })
}

fn counted_thick(outcome: &Outcome, words: Words<'_>) -> String {
    let count = |n: Option<u64>| words.integer(n.unwrap_or(0));
    let reason = match outcome.count_reason {
        Some(reason) => words.say(&format!("report-reason-{}", reason.code().replace('_', "-"))),
        None => "–".to_owned(),
    };
    words.with(
        "report-counted-thick",
        &[
            ("parasites", count(outcome.parasites)),
            ("wbc", count(outcome.wbc_counted)),
            ("fields", count(outcome.fields_counted)),
            ("valid", count(outcome.fields_valid)),
            ("reason", reason),
        ],
    )
}

fn counted_thin(outcome: &Outcome, tally: &FilmTally, words: Words<'_>) -> String {
    words.with(
        "report-counted-thin",
        &[
            ("infected", words.integer(outcome.infected_rbc.unwrap_or(0))),
            ("rbc", words.integer(outcome.rbc_counted.unwrap_or(0))),
            ("fields", words.integer(tally.fields_counted)),
        ],
    )
}

fn thin_remarks(tally: &FilmTally, words: Words<'_>) -> Vec<String> {
    let counted = &tally.counted;
    let mut lines = Vec::new();
    if counted.parasites_in_red_cells > counted.infected_red_cells {
        lines.push(words.with(
            "report-multiply-infected",
            &[
                ("parasites", words.integer(counted.parasites_in_red_cells)),
                ("infected", words.integer(counted.infected_red_cells)),
            ],
        ));
    }
    if counted.implied_red_cells > 0 {
        lines.push(words.with("report-implied", &[("count", words.integer(counted.implied_red_cells))]));
    }
    let entered = counted.with_cut_cells_where_they_decide().red_cells - counted.red_cells;
    let left_out = counted.cut_red_cells.saturating_sub(entered);
    for (key, cut) in [("report-cut-counted", entered), ("report-cut", left_out)] {
        if cut > 0 {
            lines.push(words.with(key, &[("count", words.integer(cut))]));
        }
    }
    lines
}
