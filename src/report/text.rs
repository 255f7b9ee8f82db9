//! The result as a page of text.

use super::words::Words;
use super::{basis, film, pictures};
use crate::locale::{Catalogue, OutcomeWords, outcome_words};
use crate::record::{FieldRecord, FilmTally, SlideRecord};
use crate::standard::Outcome;
use crate::terms::Film;

/// Characters on a line, at most, unless a single word is longer.
const WIDTH: usize = 80;
const BLOOD_TAKEN: &str = "report-blood-taken";
/// Indentation of everything below a heading.
const INDENT: &str = "  ";

/// The result in the reader's language, for a terminal or a file: what was found, what to do, the count. Lines end with
/// `\n`.
///
/// It says what stands in the record and computes nothing. It is preliminary until a reader signs.
pub fn text(record: &SlideRecord, catalogue: &Catalogue) -> String {
    page(record, catalogue, false)
}

/// As [`text`], with what stands behind it: intervals by method, scales, models, digests and rules.
pub fn full_text(record: &SlideRecord, catalogue: &Catalogue) -> String {
    page(record, catalogue, true)
}

fn page(record: &SlideRecord, catalogue: &Catalogue, full: bool) -> String {
    let words = Words::new(catalogue);
    let mut page = Page::default();
    head(&mut page, record, words);

    let patient = &record.result.patient;
    let said = outcome_words(patient, catalogue);
    page.heading(&words.say("report-heading-result"));
    page.outcome(&said);
    page.lines(&sentences(&said.details));
    let films: Vec<(Film, &Outcome)> =
        [(Film::Thick, &record.result.thick), (Film::Thin, &record.result.thin)]
            .into_iter()
            .filter_map(|(film, outcome)| Some((film, outcome.as_ref()?)))
            .collect();
    if let (true, Some(from)) = (films.len() > 1, patient.reported_from) {
        page.line(&words.say(&format!("report-from-{}", from.code())));
    }
    page.section(&words.say("report-heading-next"), &sentences(&next_steps(record, &said, words)));
    for (film, outcome) in &films {
        let details = sentences(&film::details(outcome, &tally_of(record, *film), *film, words));
        // What the result above says is not said again; of the other film it is.
        let other = films.len() > 1 && patient.reported_from != Some(*film);
        if details.is_empty() && !other {
            continue;
        }
        let key = if films.len() > 1 {
            format!("report-heading-{}", film.code())
        } else {
            "report-heading-count".to_owned()
        };
        page.heading(&words.say(&key));
        if other {
            let said = outcome_words(outcome, catalogue);
            page.lines(&sentences(std::slice::from_ref(&said.state)));
            page.lines(&sentences(&said.estimate));
        }
        page.lines(&details);
    }
    page.section(&words.say("report-heading-remarks"), &sentences(&said.flags));
    page.section(&words.say("report-heading-pictures"), &pictures::pictures(record, words));
    if full {
        let mut basis = said.background.clone();
        basis.extend(said.caveat.clone());
        for (film, outcome) in &films {
            basis.extend(film::examined(outcome, *film, words));
        }
        basis.extend(basis::basis(record, words));
        basis.push(said.profile);
        page.section(&words.say("report-heading-basis"), &sentences(&basis));
    } else {
        page.blank();
        page.plain(&words.say("report-full-hint"));
    }
    page.blank();
    page.plain(&words.say("report-reader-line"));
    page.text
}

/// The slide, and that nothing of it is signed.
fn head(page: &mut Page, record: &SlideRecord, words: Words<'_>) {
    page.plain(&words.with("report-title", &[("slide", record.slide.id.clone())]));
    for (key, value) in [
        (BLOOD_TAKEN, &record.slide.blood_taken),
        ("report-reader", &record.slide.reader),
        ("report-stain", &record.slide.stain),
        ("report-objective", &record.slide.objective),
    ] {
        if let Some(value) = value {
            // A date and time are written with a space between them.
            let value = if key == BLOOD_TAKEN { value.replacen('T', " ", 1) } else { value.clone() };
            page.plain(&words.with(key, &[("value", value)]));
        }
    }
    page.plain(&words.say("report-preliminary"));
}

/// What the standard advises, then what the pictures ask for.
fn next_steps(record: &SlideRecord, said: &OutcomeWords, words: Words<'_>) -> Vec<String> {
    let mut steps = said.advice.clone();
    if record.fields.iter().any(FieldRecord::is_unfit) {
        steps.push(words.say("report-next-retake"));
    }
    if !record.unread.is_empty() {
        steps.push(words.say("report-next-recopy"));
    }
    steps.push(words.say("report-next-sign"));
    steps
}

fn tally_of(record: &SlideRecord, film: Film) -> FilmTally {
    let tally = match film {
        Film::Thick => record.tally.thick,
        Film::Thin => record.tally.thin,
    };
    tally.unwrap_or_default()
}

fn sentences(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| sentence(text)).collect()
}

/// The text with a full stop where it has none.
fn sentence(text: &str) -> String {
    let open = text.ends_with(|c: char| c.is_alphanumeric() || c == ')' || c == '%');
    if open { format!("{text}.") } else { text.to_owned() }
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn plain(&mut self, line: &str) {
        self.wrapped(line, "", "");
    }

    fn heading(&mut self, heading: &str) {
        self.blank();
        self.plain(heading);
    }

    fn line(&mut self, line: &str) {
        self.wrapped(line, INDENT, INDENT);
    }

    fn lines(&mut self, lines: &[String]) {
        for line in lines {
            self.line(line);
        }
    }

    /// What a result says, the alerts first, the estimate after it.
    fn outcome(&mut self, said: &OutcomeWords) {
        for line in said.alerts.iter().chain([&said.state]).chain(&said.estimate) {
            self.line(&sentence(line));
        }
    }

    /// A heading with a list below it; nothing where the list is empty.
    fn section(&mut self, heading: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        self.heading(heading);
        for item in items {
            self.wrapped(item, &format!("{INDENT}- "), &format!("{INDENT}  "));
        }
    }

    /// Breaks only at plain spaces, so that a no-break space holds.
    fn wrapped(&mut self, line: &str, first: &str, rest: &str) {
        let mut used = first.chars().count();
        self.text.push_str(first);
        for (i, word) in line.split(' ').enumerate() {
            let length = word.chars().count();
            if i > 0 && used + 1 + length > WIDTH {
                self.text.push('\n');
                self.text.push_str(rest);
                used = rest.chars().count();
            } else if i > 0 {
                self.text.push(' ');
                used += 1;
            }
            self.text.push_str(word);
            used += length;
        }
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_plain_spaces_only() {
        let mut page = Page::default();
        let long = "word ".repeat(24);
        page.line(&format!("{long}no\u{a0}break\u{202f}%"));
        let lines: Vec<&str> = page.text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|l| l.starts_with(INDENT) && l.chars().count() <= WIDTH), "{lines:?}");
        assert!(lines[1].ends_with("no\u{a0}break\u{202f}%"));
    }
}
