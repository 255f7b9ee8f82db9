//! The pages: a frame with words, which the page's own script fills.

use std::sync::Arc;

use maud::{DOCTYPE, Markup, html};

use super::answers::{Answer, page};
use super::app::App;
use super::guard::Guard;
use crate::Result;
use crate::exchange::Case;
use crate::locale::Catalogue;

/// The page of one slide.
pub(super) fn slide(app: &App, key: &str, words: &Catalogue) -> Result<Answer> {
    let slide = match app.shelf.slide(key) {
        Ok(slide) => slide,
        // Whoever opens an address wants to read why, not a line of JSON.
        Err(refused) => {
            let said = words.error(&refused);
            let body = html! { p.alert role="alert" { (said) } };
            return Ok(page(frame(key, None, &app.guard, words, &body)));
        }
    };
    let id = &slide.record.slide.id;
    let body = slide_body(id, key, slide.place.case().map(Arc::as_ref), app, words);
    Ok(page(frame(id, Some("review.js"), &app.guard, words, &body)))
}

/// A whole page around `body`, with its script.
pub(super) fn frame(
    title: &str,
    script: Option<&str>,
    guard: &Guard,
    words: &Catalogue,
    body: &Markup,
) -> String {
    let asset = |name: &str| guard.path(&format!("assets/{name}"));
    html! {
        (DOCTYPE)
        html lang=(words.language().code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " \u{2013} Hemozoin" }
                link rel="icon" type="image/svg+xml" href=(asset("icon.svg"));
                link rel="stylesheet" href=(asset("page.css"));
                @if let Some(script) = script {
                    @if matches!(script, "review.js" | "quiz.js") { script src=(asset("openseadragon.min.js")) {} }
                    script type="module" src=(asset(script)) {}
                }
            }
            body { (body) }
        }
    }
    .into_string()
}

fn slide_body(id: &str, key: &str, case: Option<&Case>, app: &App, words: &Catalogue) -> Markup {
    let say = |key: &str| words.say(key);
    let base = app.path(&format!("{}/slide/{key}/", words.language().code()));
    let tab = |name: &str| words.say(&format!("review-tab-{name}"));
    html! {
        div #app data-base=(base) data-words=(app.path(&format!("{}/words.json", words.language().code()))) {
            header.bar {
                @if app.shelf.is_archive() {
                    a.back href=(app.path(&format!("{}/", words.language().code()))) { (say("review-to-queue")) }
                }
                h1 title=(id) { (id) }
                nav.tabs role="tablist" aria-label=(say("review-tabs")) {
                    @for name in ["suspects", "cells", "fields", "sign"] {
                        button type="button" role="tab" id=(format!("tab-{name}")) data-tab=(name)
                            aria-controls=(format!("view-{name}")) { (tab(name)) }
                    }
                }
                span #reader.reader {}
                (language_link(words, &app.guard, &format!("slide/{key}")))
            }
            p #alert.alert role="alert" hidden {}
            @if let Some(case) = case { p.case { (asked(case, words)) } }
            div.work {
                main {
                    section #view-suspects role="tabpanel" aria-labelledby="tab-suspects" {
                        div.tools {
                            label { (say("review-film")) " " select #film {} }
                            label { (say("review-show")) " " select #show {
                                @for name in ["open", "all", "confirmed", "doubtful", "rejected", "near"] {
                                    option value=(name) { (words.say(&format!("review-show-{name}"))) }
                                }
                            } }
                            label { (say("review-order")) " " select #order {
                                @for name in ["doubt", "sure", "field"] {
                                    option value=(name) { (words.say(&format!("review-order-{name}"))) }
                                }
                            } }
                            button #undo type="button" { (say("review-undo")) }
                            span #count.count aria-live="polite" {}
                        }
                        div #grid.grid tabindex="0" role="listbox" aria-label=(tab("suspects")) {}
                        div.keys { (keys(words)) }
                    }
                    section #view-cells role="tabpanel" aria-labelledby="tab-cells" hidden {
                        p { (say("review-cells-about")) }
                        div #cells {}
                    }
                    section #view-fields role="tabpanel" aria-labelledby="tab-fields" hidden {
                        div.fields {
                            ol #fields {}
                            div.viewing {
                                div.tools #field-tools {}
                                div.stage { div #viewer tabindex="0" {} p #field-note.note {} }
                            }
                        }
                    }
                    section #view-sign role="tabpanel" aria-labelledby="tab-sign" hidden {
                        div #sign {}
                    }
                }
                aside #side tabindex="0" aria-label=(say("review-result")) {}
            }
        }
        noscript { p.alert { (say("review-needs-script")) } }
    }
}

/// What another laboratory asks, and that what it sent is not all.
fn asked(case: &Case, words: &Catalogue) -> Markup {
    html! {
        @if let Some(question) = case.question() {
            b { (words.say("review-case-question")) } " "
            @for line in question.lines() { (line) br; }
        }
        (words.say("review-case-sent"))
    }
}

/// The same page in the other language.
pub(super) fn language_link(words: &Catalogue, guard: &Guard, rest: &str) -> Markup {
    let (code, name) = match words.language().code() {
        "fr" => ("en", "English"),
        _ => ("fr", "Fran\u{e7}ais"),
    };
    html! { a.language lang=(code) hreflang=(code) href=(guard.path(&format!("{code}/{rest}"))) { (name) } }
}

/// What each key does.
fn keys(words: &Catalogue) -> Markup {
    let pairs = [
        ("A", "accept"),
        ("R", "reject"),
        ("D", "doubtful"),
        ("1", "ring"),
        ("2", "trophozoite"),
        ("3", "schizont"),
        ("4", "gametocyte"),
        ("5", "white-cell"),
        ("6", "platelet"),
        ("X", "row"),
        ("U", "undo"),
        ("N", "next"),
        ("\u{21b5}", "open"),
    ];
    html! {
        @for (key, name) in pairs {
            span.key-word { kbd { (key) } " " (words.say(&format!("review-key-{name}"))) }
        }
    }
}
