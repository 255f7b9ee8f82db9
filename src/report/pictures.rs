//! What became of the pictures: counted, left out and why, not read, passed over.

use super::words::Words;
use crate::locale::Catalogue;
use crate::record::{FieldRecord, ReasonRecord, SlideRecord, Unread};
use crate::terms::Film;

/// What became of the pictures, in the reader's language: how many were counted, every one left out or not read with the
/// reason and the remedy, every file passed over. One line each.
pub fn picture_lines(record: &SlideRecord, catalogue: &Catalogue) -> Vec<String> {
    pictures(record, Words::new(catalogue))
}

pub(super) fn pictures(record: &SlideRecord, words: Words<'_>) -> Vec<String> {
    let mut lines = vec![summary(record, words)];
    let left_out = record.fields.iter().filter(|f| !f.counted);
    for (reason, names) in grouped(left_out.map(|f| (why_left_out(f, words), shown_name(f)))) {
        lines.push(words.with("report-left-out", &[("reason", reason), ("names", names)]));
    }
    for unread in &record.unread {
        let reason = why_unread(unread, words);
        lines.push(words.with("report-unread", &[("name", unread.image.clone()), ("reason", reason)]));
    }
    let noted = record.fields.iter().flat_map(|f| f.notes.iter().map(move |n| (n, f)));
    for (note, names) in grouped(noted.map(|(note, field)| (words.say(note), shown_name(field)))) {
        lines.push(words.with("report-picture-note", &[("note", note), ("names", names)]));
    }
    if !record.passed_over.is_empty() {
        let list: Vec<String> = record
            .passed_over
            .iter()
            .map(|p| format!("{} ({})", p.image, words.say(p.reason.key())))
            .collect();
        lines.push(words.with("report-passed-over", &[("list", list.join(", "))]));
    }
    lines.extend(overlaps(record, words));
    lines
}

/// Which counted pictures show a part of the same film and, once, how little of it cannot be told; nothing where no film has
/// two counted pictures.
fn overlaps(record: &SlideRecord, words: Words<'_>) -> Vec<String> {
    let pictures = |film: Film| record.fields.iter().filter(|f| f.film == film && f.counted).count();
    if [Film::Thick, Film::Thin].into_iter().all(|film| pictures(film) < 2) {
        return Vec::new();
    }
    let shared = || record.fields.iter().flat_map(|f| f.shared.iter().map(move |s| (f, s)));
    let mut lines = Vec::new();
    let pairs: Vec<String> = shared()
        .map(|(field, with)| {
            let share = words.decimal(with.share * 100.0, 0);
            let values =
                [("name", shown_name(field)), ("with", named(&with.image, with.page)), ("share", share)];
            words.with("report-overlap-pair", &values)
        })
        .collect();
    if !pairs.is_empty() {
        let cells = words.integer(shared().map(|(_, with)| with.seen_in_both).sum());
        lines.push(words.with("report-overlap", &[("pairs", pairs.join(", ")), ("cells", cells)]));
    }
    lines.push(words.say("report-overlap-untold"));
    lines
}

/// Every reason why a field is not counted, short, without remedies.
pub(super) fn short_reasons(field: &FieldRecord, words: Words<'_>) -> Vec<String> {
    let mut reasons: Vec<String> = field.quality.reasons.iter().map(|r| words.say(&r.code.key())).collect();
    if let Some(original) = &field.copy_of {
        reasons.push(words.with("report-mark-copy", &[("of", original.clone())]));
    }
    if let Some(counted) = &field.repeat_of {
        reasons.push(words.with("report-mark-repeat", &[("of", counted.clone())]));
    }
    if field.scale.is_none() {
        reasons.push(words.say("report-mark-no-scale"));
    }
    reasons
}

/// The file's name; for a page after the first with its number.
pub(super) fn shown_name(field: &FieldRecord) -> String {
    named(&field.image, field.page)
}

fn named(image: &str, page: u32) -> String {
    match page {
        0 => image.to_owned(),
        page => format!("{image} [{}]", u64::from(page) + 1),
    }
}

pub(super) fn summary(record: &SlideRecord, words: Words<'_>) -> String {
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let all = count(record.fields.len() + record.unread.len());
    let counted = count(record.fields.iter().filter(|f| f.counted).count());
    let left_out = count(record.fields.iter().filter(|f| !f.counted).count());
    let unread = count(record.unread.len());
    let all_shown = ("all", words.integer(all));
    if counted == all && all > 0 {
        return words.with("report-pictures-all", &[all_shown]);
    }
    words.with(
        "report-pictures",
        &[
            all_shown,
            ("counted", words.integer(counted)),
            ("left_out", words.integer(left_out)),
            ("unread", words.integer(unread)),
        ],
    )
}

/// Every reason with its remedy.
fn why_left_out(field: &FieldRecord, words: Words<'_>) -> String {
    let mut reasons: Vec<String> = field
        .quality
        .reasons
        .iter()
        .map(|r| format!("{} ({})", words.say(&r.code.key()), remedy(r, words)))
        .collect();
    if let Some(original) = &field.copy_of {
        reasons.push(words.with("report-left-out-copy", &[("of", original.clone())]));
    }
    if let Some(counted) = &field.repeat_of {
        reasons.push(words.with("report-left-out-repeat", &[("of", counted.clone())]));
    }
    if field.scale.is_none() {
        reasons.push(words.say("report-left-out-scale"));
    }
    reasons.join(", ")
}

/// What to do, with what was measured and its limit where the words ask for them.
fn remedy(reason: &ReasonRecord, words: Words<'_>) -> String {
    let measured = reason.measured.map_or_else(|| "\u{2013}".to_owned(), |m| words.decimal(m, 2));
    let values = [("measured", measured), ("limit", words.short(reason.limit))];
    words.with(&format!("{}-remedy", reason.code.key()), &values)
}

/// What the error said, in the reader's language; by whose fault it was where no message says the same.
fn why_unread(unread: &Unread, words: Words<'_>) -> String {
    let kind = format!("unread-{}", unread.fault.kind);
    match &unread.fault.key {
        Some(key) if words.has(key) => {
            let values: Vec<(&str, String)> =
                unread.fault.values.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
            words.with(key, &values)
        }
        _ if words.has(&kind) => words.say(&kind),
        _ => unread.fault.message.clone(),
    }
}

/// The names of each reason, joined, in the order in which the reasons first appear.
fn grouped(items: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for (reason, name) in items {
        match groups.iter_mut().find(|(r, _)| *r == reason) {
            Some((_, names)) => {
                names.push_str(", ");
                names.push_str(&name);
            }
            None => groups.push((reason, name)),
        }
    }
    groups
}
