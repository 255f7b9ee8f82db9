//! Every screen of the review in both languages: whole in its language, and readable by WCAG 2 AA.
//!
//! `HEMOZOIN_SCREENS=FOLDER` puts a picture of each screen there, and what it prints.

use std::collections::BTreeSet;
use std::path::Path;

use hemozoin::locale::{Catalogue, Language};

use crate::support::archive::{archive_of, code, run_archive, words};
use crate::support::browser::Browser;
use crate::support::review::{Drawn, Serving, draw};

const READY: &str =
    "return (document.getElementById('app') || document.getElementById('queue')).dataset.ready || false";
const SHEET: &str = "return document.querySelector('.sheet') !== null";
const NO_SHEET: &str = "return document.querySelector('.sheet') === null";
const ESCAPE: &str = "\u{e00c}";

/// Names of messages, and what is said in the other language and not in this one.
pub(crate) struct Foreign {
    code: &'static str,
    keys: BTreeSet<String>,
    phrases: BTreeSet<String>,
}

impl Foreign {
    pub(crate) fn to(language: Language) -> Self {
        let other = match language {
            Language::French => Language::English,
            Language::English => Language::French,
        };
        let keys = || {
            Catalogue::sources()
                .filter(|(_, of, _)| *of == Language::English)
                .flat_map(|(_, _, text)| text.lines())
                .filter(|line| line.contains(" =") && !line.contains('{') && !line.starts_with(' '))
                .filter_map(|line| line.split(" =").next())
                .map(str::to_owned)
        };
        let (own, foreign) = (Catalogue::new(language), Catalogue::new(other));
        let said: BTreeSet<String> = keys().map(|key| own.say(&key).to_lowercase()).collect();
        let phrases = keys().map(|key| foreign.say(&key).to_lowercase()).filter(|text| !said.contains(text));
        let of_a_page = |key: String| {
            ["review-page-", "quiz-page-"].iter().find_map(|start| key.strip_prefix(start).map(str::to_owned))
        };
        let ends = keys().filter_map(of_a_page);
        let of_page = ends.filter(|end| end.contains('-') && !said.contains(end));
        Self {
            code: language.code(),
            phrases: phrases.filter(|text| text.chars().count() > 2).collect(),
            keys: keys().chain(of_page).collect(),
        }
    }

    pub(crate) fn look(&self, browser: &Browser, name: &str) {
        let texts = browser.texts();
        assert!(texts.len() > 4, "{name}: nothing to read");
        for text in &texts {
            // The way to the other language is said in that.
            if ["English", "Français"].contains(&text.as_str()) {
                continue;
            }
            let small = text.to_lowercase();
            let long = |phrase: &&String| phrase.chars().count() > 14 && small.contains(phrase.as_str());
            let foreign = self.phrases.get(&small).or_else(|| self.phrases.iter().find(long));
            assert!(foreign.is_none(), "{} {name}: {text:?} holds {foreign:?}", self.code);
            let key = self.keys.iter().find(|key| text.split(' ').any(|word| word == key.as_str()));
            assert!(key.is_none(), "{} {name}: {text:?} holds the name {key:?}", self.code);
        }
        let objections = browser.objections().unwrap_or_default();
        assert!(objections.is_empty(), "{} {name}:\n{}", self.code, objections.join("\n"));
        browser.picture(&format!("{name}-{}", self.code));
    }
}

/// Goes through every screen; `look` looks at each.
fn screens(browser: &Browser, slide: &Path, archive: &Path, code: &str, look: &dyn Fn(&str)) {
    let serving = Serving::first(slide, &[]);
    browser.go(&format!("{}/{code}/", serving.address()));
    browser.until(READY);
    look("first");
    let serving = Serving::start(slide);
    browser.go(&format!("{}/{code}/", serving.address()));
    browser.until(READY);
    browser.until(SHEET);
    look("who-reads");
    browser.enter("Awa");
    browser.until("return document.getElementById('reader').textContent === 'Awa'");
    browser.until(NO_SHEET);
    browser.press("ardn4n6");
    browser.until("return document.getElementById('count').textContent.startsWith('5 ')");
    browser.until("return document.querySelectorAll('.cell.pending').length === 0");
    look("suspects");
    browser.click("#tab-cells", 0, 0);
    browser.until("return document.querySelectorAll('.cell-button').length > 0");
    browser.click(".cell-button", 0, 0);
    browser.until("return document.querySelectorAll('.cell-button.other').length === 1");
    look("cells");
    browser.click("#tab-fields", 0, 0);
    browser.until("return document.querySelectorAll('#field-tools button').length > 6");
    browser.click("#viewer", 0, 0);
    look("fields");
    browser.press("e");
    browser.until(SHEET);
    look("exclude");
    browser.enter("17");
    browser.until("return !document.getElementById('field-note').hidden");
    look("excluded");
    browser.click("#tab-sign", 0, 0);
    browser.until("return document.getElementById('sign-now') !== null");
    look("sign");
    browser.click("#sign-now", 0, 0);
    browser.until("return document.getElementById('app').classList.contains('signed')");
    browser.until("return document.getElementById('correct') !== null");
    look("signed");
    browser.click("#correct", 0, 0);
    browser.until(SHEET);
    look("correct");
    browser.press(ESCAPE);
    browser.until(NO_SHEET);
    // A name that is none is refused, and the refusal is said.
    browser.click("#another-reader", 0, 0);
    browser.until(SHEET);
    look("second-reader");
    browser.press(ESCAPE);
    let serving = Serving::start(archive);
    browser.go(&format!("{}/{code}/", serving.address()));
    browser.until(READY);
    browser.until("return document.querySelectorAll('#slides tr').length === 2");
    look("queue");
}

fn walk(language: Language, width: u32, height: u32) {
    let Some(browser) = Browser::start(width, height) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    let (slide, root, out) = (dir.path().join("slide"), dir.path().join("in"), dir.path().join("out"));
    std::fs::create_dir(&slide).expect("a folder");
    draw(&slide, "17", Drawn { fields: 3, rings: 4, dirt: 30, white_cells: 6 });
    archive_of(&root, 2, 1, 300);
    let run = run_archive(&root, &out, &[]);
    assert!(code(&run) <= 1, "{}", words(&run));
    let foreign = Foreign::to(language);
    screens(&browser, &slide, &out, language.code(), &|name| {
        foreign.look(&browser, &format!("{name}-{width}"));
    });
}

#[test]
fn every_screen_is_whole_and_readable_in_french() {
    walk(Language::French, 1024, 768);
}

#[test]
fn every_screen_is_whole_and_readable_in_english() {
    walk(Language::English, 1366, 768);
}

/// What the page's own scripts and the server's frames name whole is in the catalogues; names that are put together are
/// seen on the screens.
#[test]
fn every_word_of_the_page_is_in_the_catalogues() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/serve");
    let mut text = String::new();
    for place in [folder.join("page"), folder.join("quiz"), folder] {
        for entry in std::fs::read_dir(place).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|e| e == "js" || e == "rs") {
                text.push_str(&std::fs::read_to_string(path).expect("text"));
            }
        }
    }
    let english = Catalogue::new(Language::English);
    let said = regex_lite::Regex::new(r#"\bsay\("([a-z][a-z0-9-]*)"\)"#).expect("a pattern");
    let mut named = 0;
    for found in said.captures_iter(&text) {
        let whole = found[1].to_owned();
        let of_a_page = ["review", "quiz"].iter().any(|room| english.has(&format!("{room}-page-{whole}")));
        assert!(english.has(&whole) || of_a_page, "{whole} is said and is in no catalogue");
        named += 1;
    }
    assert!(named > 60, "only {named} words are named");
}
