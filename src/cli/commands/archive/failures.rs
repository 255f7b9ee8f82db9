//! The list at the end of an archive: what could not be read, what was not counted, and what to do.

use std::collections::BTreeMap;

use crate::cli::session::Session;
use hemozoin::archive::Journal;
use hemozoin::locale::{Catalogue, integer};
use hemozoin::optics::ReasonCode;
use hemozoin::record::FieldRow;
use hemozoin::report::archive::shared_in_words;
use hemozoin::text::one_line;

/// So many lines are said; `fields.csv` and `slides.csv` have all.
pub(super) const LISTED: usize = 20;

/// Names the links that were not followed, the slides that have pictures in common, the files and slides that could not be read, the pictures whose
/// film is not stated, then the slides with fields that were not counted.
pub(super) fn say_failures(journal: &Journal, session: &Session) -> hemozoin::Result<()> {
    let words = session.catalogue();
    let links = journal.skipped_links()?;
    if !links.is_empty() {
        let shown: Vec<&str> = links.iter().take(LISTED).map(String::as_str).collect();
        let args = [
            ("count", integer(u64::try_from(links.len()).unwrap_or(u64::MAX), session.language())),
            ("links", shown.join(", ")),
        ];
        session.warn(&words.say_with("archive-links-skipped", &args));
    }
    for shared in journal.shared_pictures()?.iter().take(LISTED) {
        session.warn(&shared_in_words(shared, words));
    }
    let mut count = 0;
    let mut say = |line: &dyn Fn() -> String| {
        count += 1;
        if count <= LISTED {
            session.warn(&line());
        }
    };
    journal.each_fault(|slide, file, fault| {
        let slide = one_line(slide);
        let place = if file.is_empty() { slide.into_owned() } else { words.said_of(&slide, &one_line(file)) };
        say(&|| words.said_of(&place, &words.fault(&fault)));
        Ok(())
    })?;
    journal.each_loss(|slide, name, reason| {
        say(&|| words.said_of(&words.said_of(slide, &one_line(name)), &words.say(reason)));
        Ok(())
    })?;
    journal.each_unfit(|slide, fields| {
        say(&|| {
            let args = [
                ("slide", slide.id.clone()),
                ("uncounted", integer(slide.fields.saturating_sub(slide.fields_counted), session.language())),
                ("fields", integer(slide.fields, session.language())),
                ("reason", commonest(&fields, words)),
            ];
            words.say_with("archive-unfit", &args)
        });
        Ok(())
    })?;
    if count > LISTED {
        let more = integer(u64::try_from(count - LISTED).unwrap_or(u64::MAX), session.language());
        session.warn(&words.say_with("archive-more-failures", &[("more", more)]));
    }
    Ok(())
}

/// The commonest reason why fields of a slide were not counted, with its remedy.
fn commonest(fields: &[FieldRow], words: &Catalogue) -> String {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for field in fields.iter().filter(|f| f.is_unfit()) {
        *reasons.entry(why(field, words)).or_default() += 1;
    }
    let most = reasons.values().copied().max();
    reasons.into_iter().find(|(_, n)| Some(*n) == most).map(|(reason, _)| reason).unwrap_or_default()
}

fn why(field: &FieldRow, words: &Catalogue) -> String {
    let known = |code: &String| ReasonCode::all().find(|known| known.code() == code.as_str());
    match field.reasons.iter().find_map(known) {
        Some(code) => {
            format!("{} ({})", words.say(&code.key()), words.say(&format!("{}-remedy", code.key())))
        }
        None => words.say("report-left-out-scale"),
    }
}
