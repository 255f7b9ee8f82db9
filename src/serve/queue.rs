//! The slides of an archive as threads of work: the most pressing first, and how many are left.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde::Serialize;

use super::answers::{Answer, json, page, see};
use super::app::App;
use super::html::{frame, language_link};
use crate::Result;
use crate::archive::{SlideRow, Urgency};
use crate::locale::{Catalogue, outcome_words};
use crate::review::{Reading, Store};

const STANDINGS: [&str; 3] = ["open", "begun", "signed"];

/// One slide of the queue.
#[derive(Debug, Serialize)]
struct Waiting {
    id: String,
    /// Key of its page; `None` where nothing was read.
    key: Option<String>,
    group: String,
    state: String,
    suspects: u64,
    standing: &'static str,
    readers: String,
    /// Whether group and state are what a reader signed: hidden until they are asked for, so that a second reader can be
    /// blind to the first.
    read: bool,
}

/// The queue of an archive, or the only slide, or the page that asks for one.
pub(super) fn home(app: &App, words: &Catalogue) -> Answer {
    if let Some(key) = app.shelf.only() {
        return see(app.path(&format!("{}/slide/{key}", words.language().code())));
    }
    let (title, script, body) = match app.shelf.is_archive() {
        true => ("review-queue-title", "queue.js", queue_body(app, words)),
        false => ("review-first-title", "first.js", first_body(app, words)),
    };
    page(frame(&words.say(title), Some(script), &app.guard, words, &body))
}

/// Every slide with where it stands.
pub(super) fn list(app: &App, words: &Catalogue) -> Result<Answer> {
    slides(app, words).map(|slides| json(&slides))
}

fn slides(app: &App, words: &Catalogue) -> Result<Vec<Waiting>> {
    let numbers = app.shelf.numbers()?;
    let readings = match app.shelf.archive_folder() {
        Some(folder) => match Store::read(&folder)? {
            Some(store) => store.all_readings()?,
            None => BTreeMap::new(),
        },
        None => BTreeMap::new(),
    };
    let rows = app.shelf.rows()?.into_iter();
    let waiting = rows.map(|row| {
        let key = row.record.as_ref().and_then(|_| numbers.get(&row.id)).map(|n| format!("a{n}"));
        let of = readings.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        waiting_slide(row, key, of, words)
    });
    Ok(waiting.collect())
}

fn waiting_slide(row: SlideRow, key: Option<String>, readings: &[Reading], words: &Catalogue) -> Waiting {
    let outcome = row.outcome.as_ref();
    let signed = readings.iter().filter(|r| r.signed().is_some()).count();
    Waiting {
        state: match (outcome, &row.fault) {
            (Some(outcome), _) => outcome_words(outcome, words).state,
            (None, Some(fault)) => words.fault(fault),
            (None, None) => String::new(),
        },
        suspects: outcome.and_then(|o| o.suspects).map_or(0, |s| s.total()),
        standing: match (readings.len(), signed) {
            (0, _) => "open",
            (all, signed) if signed == all => "signed",
            _ => "begun",
        },
        readers: readings.iter().map(|r| r.reader.as_str()).collect::<Vec<_>>().join(", "),
        group: row.urgency.code().replace('_', "-"),
        read: row.reader.is_some(),
        id: row.id,
        key,
    }
}

/// A page with a title and a place for refusals around `inside`.
fn around(title: &str, inside: &Markup, app: &App, words: &Catalogue) -> Markup {
    let code = words.language().code();
    html! {
        div #queue data-base=(app.path(&format!("{code}/"))) data-list=(app.path(&format!("{code}/queue.json")))
            data-words=(app.path(&format!("{code}/words.json"))) {
            header.bar {
                h1 { (words.say(title)) }
                span.spread {}
                (language_link(words, &app.guard, ""))
            }
            p #alert.alert role="alert" hidden {}
            (inside)
        }
        noscript { p.alert { (words.say("review-needs-script")) } }
    }
}

fn queue_body(app: &App, words: &Catalogue) -> Markup {
    let say = |key: &str| words.say(key);
    let inside = html! {
        div.tools {
            label { (say("review-queue-group")) " " select #group {
                option value="all" { (say("review-queue-all")) }
                @for name in Urgency::ALL.iter().map(|urgency| urgency.code().replace('_', "-")) {
                    option value=(name) { (words.say(&format!("review-page-group-{name}"))) }
                }
            } }
            label { (say("review-queue-standing")) " " select #standing {
                option value="all" { (say("review-queue-all")) }
                @for name in STANDINGS { option value=(name) { (words.say(&format!("review-page-standing-{name}"))) } }
            } }
            label { (say("review-queue-name")) " " input #name type="search"; }
            label { input #results type="checkbox"; " " (say("review-queue-results")) }
            span { (say("review-queue-left")) " " b #left {} }
            a #next.main hidden href="" { (say("review-queue-next")) }
        }
        div.scroll {
            table.queue {
                thead { tr {
                    @for name in ["slide", "group", "state", "suspects", "standing"] {
                        th scope="col" { (words.say(&format!("review-queue-{name}"))) }
                    }
                } }
                tbody #slides {}
            }
            p #more hidden { (say("review-queue-more")) }
        }
    };
    around("review-queue-title", &inside, app, words)
}

fn first_body(app: &App, words: &Catalogue) -> Markup {
    let say = |key: &str| words.say(key);
    let inside = html! {
        div.first {
            section {
                h2 { (say("review-first-folder")) }
                p { (say("review-first-folder-about")) }
                form #open {
                    input #path type="text" required aria-label=(say("review-first-folder"));
                    select #film-of-folder aria-label=(say("review-film")) {
                        option value="" { (say("review-first-by-name")) }
                        @for film in ["thick", "thin"] { option value=(film) { (words.say(&format!("film-{film}"))) } }
                    }
                    button.main type="submit" { (say("review-first-open")) }
                }
            }
            section {
                h2 { (say("review-first-drop")) }
                p { label { (say("review-first-slide")) " " input #slide-name type="text"; } }
                div.drops {
                    @for film in ["thick", "thin"] {
                        div.drop id=(format!("drop-{film}")) {
                            h3 { (words.say(&format!("film-{film}"))) }
                            p { (say("review-first-drop-here")) }
                            input type="file" multiple id=(format!("choose-{film}")) aria-label=(words.say(&format!("film-{film}")));
                            ul id=(format!("list-{film}")) {}
                        }
                    }
                }
                p { button.main #read-dropped type="button" disabled { (say("review-first-read")) } }
            }
            section #progress hidden {
                p #progress-text aria-live="polite" {}
                progress #bar value="0" max="1" {}
            }
        }
    };
    around("review-first-title", &inside, app, words)
}
