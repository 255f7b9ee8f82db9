//! Remarks on the counts, and what to do next.

use super::words::Words;
use crate::record::{Results, SlideRecord};
use crate::standard::{Flag, Outcome, State};

/// The flags of all films in words.
pub(super) fn remarks(results: &Results, words: Words<'_>) -> Vec<String> {
    results.patient.flags.iter().map(|flag| remark(*flag, words)).collect()
}

fn remark(flag: Flag, words: Words<'_>) -> String {
    match flag.limit_percent() {
        Some(limit) => {
            let limit = words.decimal(limit, usize::from(limit.fract() != 0.0));
            words.with("report-flag-straddles", &[("limit", limit)])
        }
        None => words.say(&format!("report-flag-{}", flag.code().replace('_', "-"))),
    }
}

/// What to do next, the most useful first.
pub(super) fn next_steps(record: &SlideRecord, words: Words<'_>) -> Vec<String> {
    let results = &record.result;
    let mut steps = Vec::new();
    if let Some(thick) = &results.thick {
        steps.extend(more_fields(thick, words));
    }
    if let Some(rbc) = results.thin.as_ref().and_then(|o| o.need_rbc).filter(|n| *n > 0) {
        steps.push(
            words.with("report-next-rbc", &[("rbc", words.integer(rbc)), ("rbc_are", words.plural(rbc))]),
        );
    }
    if results.thin.is_none() && results.patient.flags.contains(&Flag::RecommendThin) {
        steps.push(words.say("report-next-thin"));
    }
    if results.thick.is_none() && results.patient.state == State::NoParasiteInExaminedRbc {
        steps.push(words.say("report-next-thick"));
    }
    if results.patient.state == State::ReviewRequired {
        steps.push(words.say("report-next-review"));
    }
    if results.patient.state == State::NoParasitesSeen {
        steps.push(words.say("report-next-repeat"));
    }
    if record.fields.iter().any(|f| !f.counted && f.copy_of.is_none()) || !record.unread.is_empty() {
        steps.push(words.say("report-next-retake"));
    }
    steps.push(words.say("report-next-sign"));
    steps
}

fn more_fields(thick: &Outcome, words: Words<'_>) -> Vec<String> {
    let mut steps = Vec::new();
    if let Some(fields) = thick.need_fields.filter(|n| *n > 0) {
        steps.push(words.with(
            "report-next-fields",
            &[("fields", words.integer(fields)), ("fields_are", words.plural(fields))],
        ));
    }
    if let Some(wbc) = thick.need_wbc.filter(|n| *n > 0) {
        let count = [("wbc", words.integer(wbc)), ("wbc_are", words.plural(wbc))];
        steps.push(match thick.need_fields_estimate {
            Some(fields) => {
                let [wbc, wbc_are] = count;
                words.with(
                    "report-next-wbc",
                    &[wbc, wbc_are, ("fields", words.integer(fields)), ("fields_are", words.plural(fields))],
                )
            }
            None => words.with("report-next-wbc-only", &count),
        });
    }
    steps
}
