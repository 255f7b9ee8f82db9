//! The two pages of the training corner: who sits which course, and the questions.

use maud::{Markup, html};

use super::app::QuizApp;
use crate::locale::{Catalogue, integer};
use crate::quiz::{Course, What, course_name};
use crate::serve::answers::{Answer, page};
use crate::serve::html::{frame, language_link};

/// Who sits which course.
pub(super) fn home(app: &QuizApp, words: &Catalogue) -> Answer {
    let say = |key: &str| words.say(key);
    let body = html! {
        div #app data-base=(base(app, words, "")) data-words=(base(app, words, "words.json")) data-page="home" {
            header.bar { h1 { (say("quiz-title")) } span.spread {} (language_link(words, &app.guard, "")) }
            p #alert.alert role="alert" hidden {}
            main.first {
                section {
                    p { (say("quiz-about")) }
                    form #begin {
                        p {
                            label for="trainee" { (say("quiz-trainee")) } " "
                            input #trainee type="text" required maxlength="80" autocomplete="off"
                                value=(app.training.trainee);
                        }
                        fieldset {
                            legend { (say("quiz-course")) }
                            @for (number, course) in app.training.courses.iter().enumerate() {
                                p { label {
                                    input type="radio" name="course" value=(number) checked[number == 0];
                                    " " (about(course, words))
                                } }
                            }
                        }
                        p { button.main type="submit" { (say("quiz-begin")) } }
                    }
                    p { (say("quiz-kept")) " " code { (app.training.results.path().display()) } }
                }
            }
        }
        noscript { p.alert { (say("review-needs-script")) } }
    };
    page(frame(&say("quiz-title"), Some("quiz.js"), &app.guard, words, &body))
}

fn about(course: &Course, words: &Catalogue) -> String {
    let number = |n: u32| integer(u64::from(n), words.language());
    let slides = course.slides.iter().map(|group| group.number).sum();
    let things = course.crops.iter().map(|group| group.number).sum();
    let when = words.say(if course.shows_each() { "quiz-shown-each" } else { "quiz-shown-end" });
    let args = [
        ("name", course_name(&course.name, words)),
        ("slides", number(slides)),
        ("things", number(things)),
        ("when", when),
    ];
    words.say_with("quiz-course-line", &args)
}

/// The questions of a sitting.
pub(super) fn sitting(app: &QuizApp, id: &str, words: &Catalogue) -> Answer {
    let say = |key: &str| words.say(key);
    let title = say("quiz-title");
    if let Err(refused) = app.sitting(id) {
        // A page of an earlier start: the way on is the first page, where the name finds what was begun.
        let body = html! {
            p.alert role="alert" { (words.error(&refused)) }
            p.first { a href=(base(app, words, "")) { (title) } }
        };
        return page(frame(&title, None, &app.guard, words, &body));
    }
    let here = base(app, words, &format!("sitting/{id}/"));
    let body = html! {
        div #app data-base=(here) data-words=(base(app, words, "words.json")) data-page="sitting" {
            header.bar {
                h1 #course {}
                span #number.count aria-live="polite" {}
                span.spread {}
                span #trainee.reader {}
                (language_link(words, &app.guard, &format!("sitting/{id}")))
            }
            p #alert.alert role="alert" hidden {}
            div.work {
                main {
                    section #view-slide hidden aria-label=(say("quiz-slide")) {
                        div.tools #field-tools {}
                        div.stage { div #viewer tabindex="0" {} p #field-note.note hidden {} }
                        div.keys { (keys(words)) }
                    }
                    section #view-thing hidden aria-label=(say("quiz-thing")) {
                        div.thing { img #thing width="420" height="420" alt=(say("quiz-thing")); span.marker {} }
                    }
                    section #view-end hidden aria-label=(say("quiz-sheet-result")) {}
                }
                aside #side tabindex="0" aria-label=(say("quiz-question")) {}
            }
        }
        noscript { p.alert { (say("review-needs-script")) } }
    };
    page(frame(&title, Some("quiz.js"), &app.guard, words, &body))
}

/// What each key does over a field.
fn keys(words: &Catalogue) -> Markup {
    let tallied = What::TALLIED.iter().zip(1..).map(|(thing, key): (_, u32)| {
        (key.to_string(), words.say(&format!("quiz-page-{}", thing.code().replace('_', "-"))))
    });
    let others = [
        ("U", "undo"),
        ("N", "next"),
        ("P", "previous"),
        ("A", "seen"),
        ("R", "none"),
        ("\u{21b5}", "hand-in"),
    ];
    let others = others.map(|(key, name)| (key.to_owned(), words.say(&format!("quiz-key-{name}"))));
    html! {
        @for (key, name) in tallied.chain(others) { span.key-word { kbd { (key) } " " (name) } }
    }
}

/// A path below this language.
fn base(app: &QuizApp, words: &Catalogue, rest: &str) -> String {
    app.guard.path(&format!("{}/{rest}", words.language().code()))
}
