//! The review as a reader does it, in a real Chromium.

use serde_json::{Value, json};

use crate::support::browser::Browser;
use crate::support::review::{Drawn, Serving, draw};

const SMALL: Drawn = Drawn { fields: 3, rings: 2, dirt: 2, white_cells: 4 };
const READY: &str = "return document.getElementById('app').dataset.ready || false";
const COUNT: &str = "return document.getElementById('count').textContent";

fn begun(browser: &Browser, serving: &Serving, language: &str) {
    browser.go(&format!("{}/{language}/", serving.address()));
    browser.until(READY);
    browser.until("return document.querySelector('#reader-name') !== null");
    browser.enter("Awa");
    browser.until("return document.getElementById('reader').textContent === 'Awa'");
}

fn count_is(browser: &Browser, wanted: &str) {
    browser.until(&format!("{COUNT} === {}", json!(wanted)));
    browser.until("return document.querySelectorAll('.cell.pending').length === 0");
}

fn whole(serving: &Serving, reading: i64) -> Value {
    serving.get(&format!("/en/slide/p0/whole.json?reading={reading}")).json()
}

#[test]
fn a_slide_is_read_by_keyboard_and_signed() {
    let Some(browser) = Browser::start(1024, 768) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "<b>S</b>", SMALL);
    let serving = Serving::start(dir.path());
    begun(&browser, &serving, "fr");
    assert_eq!(browser.run("return document.querySelector('h1').textContent"), "<b>S</b>");
    count_is(&browser, "0 / 12");
    browser.press("a");
    count_is(&browser, "1 / 12");
    browser.press("rd4");
    count_is(&browser, "4 / 12");
    // The rest of the row, and back again as one.
    browser.press("x");
    browser.until("return Number(document.getElementById('count').textContent.split(' ')[0]) >= 5");
    browser.press("u");
    count_is(&browser, "4 / 12");
    let verdicts = |serving: &Serving| -> Vec<String> {
        let told = whole(serving, 1);
        let marks = told["marks"].as_array().expect("marks").iter();
        let mut said: Vec<String> = marks.filter_map(|m| m["v"].as_str().map(str::to_owned)).collect();
        said.sort();
        said
    };
    let wanted = ["asexual_parasite.ring", "doubtful", "gametocyte.gametocyte", "nothing"];
    assert_eq!(verdicts(&serving), wanted);
    // A parasite that the machine missed.
    browser.click("#tab-fields", 0, 0);
    browser.until("return document.querySelectorAll('#fields button').length === 3");
    browser.until("return document.querySelectorAll('#field-tools button').length > 6");
    browser.run("[...document.querySelectorAll('#field-tools button')].find((b) => b.textContent === '+ anneau').click()");
    browser.click("#viewer", 130, 95);
    browser.until("return /ajoutés\\s: 1/.test(document.querySelector('#side .film').textContent)");
    browser.press("l");
    browser.until("return document.querySelectorAll('#fields button')[0].textContent.startsWith('\u{2713}')");
    // Signed, and still so after the page is loaded again.
    browser.click("#tab-sign", 0, 0);
    browser.click("#sign-now", 0, 0);
    browser.until("return document.getElementById('app').classList.contains('signed')");
    browser.reload();
    browser.until(READY);
    browser.until("return document.getElementById('app').classList.contains('signed')");
    assert_eq!(browser.run("return document.getElementById('reader').textContent"), "Awa");
    browser.press("a");
    browser.until("return !document.getElementById('alert').hidden");
    let told = whole(&serving, 1);
    assert_eq!(told["signed"], true);
    let own: Vec<&Value> =
        told["marks"].as_array().expect("marks").iter().filter(|m| m["o"] == "own").collect();
    assert_eq!(own.len(), 1);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn two_tabs_see_each_other_and_a_server_that_is_gone_is_said() {
    let Some(browser) = Browser::start(1024, 768) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    let serving = Serving::start(dir.path());
    begun(&browser, &serving, "en");
    let (first, _) = browser.tab();
    browser.go(&format!("{}/en/", serving.address()));
    browser.until(READY);
    browser.until("return document.getElementById('reader').textContent === 'Awa'");
    browser.press("rr");
    count_is(&browser, "2 / 12");
    browser.look_at(&first);
    count_is(&browser, "2 / 12");
    // The program ends: the page does not show as done what nobody kept.
    serving.kill();
    browser.press("a");
    browser.until("return document.querySelectorAll('.cell.pending').length === 1");
    browser.until("return !document.getElementById('alert').hidden");
    assert_eq!(browser.run(COUNT), "2 / 12");
}

#[test]
fn three_thousand_crops_stay_quick() {
    let Some(browser) = Browser::start(1366, 768) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", Drawn { fields: 10, rings: 10, dirt: 290, white_cells: 8 });
    let serving = Serving::start(dir.path());
    begun(&browser, &serving, "en");
    count_is(&browser, "0 / 3000");
    browser.reload();
    let ready: f64 = browser.until(READY).as_str().and_then(|ms| ms.parse().ok()).expect("a time");
    let painted =
        "const p = performance.getEntriesByName('first-contentful-paint')[0]; return p ? p.startTime : false";
    let painted = browser.until(painted).as_f64().expect("a time");
    browser.until("return document.getElementById('reader').textContent === 'Awa'");
    let mut keys: Vec<f64> = (0..40)
        .map(|i| {
            browser.run("delete document.getElementById('app').dataset.key");
            browser.press(if i % 2 == 0 { "r" } else { "a" });
            let took = browser.until("return document.getElementById('app').dataset.key || false");
            took.as_str().and_then(|ms| ms.parse().ok()).expect("a time")
        })
        .collect();
    count_is(&browser, "40 / 3000");
    keys.sort_by(f64::total_cmp);
    let (middle, last) = (keys[20], keys[38]);
    println!(
        "3,000 crops: first paint {painted:.0} ms, ready {ready:.0} ms, a key {middle:.1} ms in the middle, {last:.1} ms at most of 95 %"
    );
    let shown = browser.run("return document.querySelectorAll('.cell').length").as_f64().expect("a number");
    assert!(shown < 150.0, "{shown} crops are in the page at once");
    // Loose: other tests run at the same time. What is printed is what counts.
    assert!(painted < 4000.0 && middle < 200.0, "first paint {painted} ms, a key {middle} ms");
}
