//! The training corner as a trainee uses it, in a real Chromium: by keyboard, in both languages, readable by WCAG 2 AA.

use std::path::Path;
use std::process::Command;

use hemozoin::locale::Language;
use serde_json::Value;

use crate::review_screens::Foreign;
use crate::support::browser::Browser;
use crate::support::review::Serving;

const COURSE: &str = "name = \"who-55\"\nseed = 7\n\
    [[crops]]\nnumber = 1\nthings = [\"ring\"]\nfilm = \"thin\"\ncameras = [\"tube\"]\n\
    [[slides]]\nnumber = 1\nfields = 3\nask = \"both\"\nparasites_per_ul = 12000\ncameras = [\"tube\"]\n\
    [[slides]]\nnumber = 1\nfields = 2\nparasites_per_ul = 0\n";

fn serving(dir: &Path, language: Language) -> Serving {
    let course = dir.join("course.toml");
    std::fs::write(&course, COURSE).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
    command.args(["--lang", language.code(), "quiz", "--no-open", "--course"]).arg(course);
    command.arg("--results").arg(dir.join("results.jsonl"));
    Serving::of(command)
}

fn ready(browser: &Browser, what: &str) {
    browser.until(&format!("return document.getElementById('app').dataset.ready === '{what}'"));
}

/// The picture of a field is there.
fn drawn(browser: &Browser) {
    browser.until("return Boolean(document.getElementById('app').dataset.drawn)");
    // The tiles fade in.
    std::thread::sleep(std::time::Duration::from_millis(1500));
}

fn walk(language: Language, width: u32, height: u32) {
    let Some(browser) = Browser::start(width, height) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    let foreign = Foreign::to(language);
    let look = |name: &str| foreign.look(&browser, &format!("quiz-{name}-{width}"));
    let serving = serving(dir.path(), language);
    browser.go(&format!("{}/", serving.address()));
    ready(&browser, "home");
    look("home");
    browser.enter("Awa");
    ready(&browser, "0");
    browser.until("return document.getElementById('thing').naturalWidth === 420");
    look("thing");
    browser.press("6");
    browser.until("return document.querySelector('.wrong') !== null");
    look("thing-wrong");
    browser.press("\u{e007}");
    // One of the two slides first, as the seed has it.
    for number in ["1", "2"] {
        ready(&browser, number);
        drawn(&browser);
        let both =
            browser.run("return document.querySelectorAll('#field-tools')[0].textContent.includes('/ 3')");
        // Pointed at in the middle, typed, counted by key, taken back.
        browser.click("#viewer", 0, 0);
        browser.press("1555u");
        browser.until("return document.getElementById('tally-0').value === '2'");
        browser.until("return document.getElementById('tally-4').value === '2'");
        look(if both == Value::Bool(true) { "slide-both" } else { "slide" });
        // Nothing is lost when the page is loaded again.
        browser.reload();
        ready(&browser, number);
        browser.until("return document.getElementById('tally-0').value === '2'");
        browser.press("n");
        browser.until("return /2 \\//.test(document.getElementById('field-number').textContent)");
        browser.press("p\u{e007}");
        browser.until("return !document.getElementById('alert').hidden");
        look(if both == Value::Bool(true) { "say-both" } else { "say" });
        browser.press("a");
        browser.until("return document.getElementById('say-seen').getAttribute('aria-pressed') === 'true'");
        browser.press("\u{e007}");
        browser.until("return document.querySelector('.right, .wrong') !== null");
        drawn(&browser);
        look(if both == Value::Bool(true) { "missed" } else { "invented" });
        browser.press("\u{e007}");
    }
    ready(&browser, "end");
    look("end");
    assert!(browser.run("return document.querySelectorAll('#view-end .answers button').length") == 3);
    browser.click("#view-end .answers button", 0, 0);
    ready(&browser, "0");
    let severe: Vec<String> = browser
        .complaints()
        .into_iter()
        .filter(|line| !line.contains("the server responded with a status of 400"))
        .collect();
    assert_eq!(severe, Vec::<String>::new());
    let read = hemozoin::quiz::Read::of(&[dir.path().join("results.jsonl")]).expect("read");
    assert!(read.sittings.len() == 1 && read.sittings[0].is_complete());
}

#[test]
fn a_course_is_sat_by_keyboard_in_french() {
    walk(Language::French, 1024, 768);
}

#[test]
fn a_course_is_sat_by_keyboard_in_english() {
    walk(Language::English, 1366, 768);
}
