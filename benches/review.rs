//! How quick the review is: `cargo bench --bench review`.
//!
//! A drawn slide with 3,000 suspects on ten fields, the server in a process of its own, a real Chromium without a window.
//! Printed: the server's answer to a decision, which is sent when the decision is on the disk; the page's first paint; and
//! for each of 100 keys how long it takes until the next crop is shown, and until the page shows the last one as done.

use std::time::Instant;

use serde_json::json;

#[path = "../tests/support"]
mod support {
    #![allow(dead_code)] // A bench uses a part of it.

    pub mod browser;
    pub mod review;
    pub mod slides;
}

use support::browser::Browser;
use support::review::{Drawn, Serving, draw};

const KEYS: usize = 100;
const SLIDE: Drawn = Drawn { fields: 10, rings: 10, dirt: 290, white_cells: 8 };
const READY: &str = "return document.getElementById('app').dataset.ready || false";

fn main() {
    // `cargo test --all-targets` starts benches too: only `cargo bench` asks for the work.
    if !std::env::args().any(|a| a == "--bench") {
        return;
    }
    println!("| what | in the middle | 95 % within | at most |\n|---|---|---|---|");
    server();
    page();
}

fn row(what: &str, mut values: Vec<f64>) {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    println!("| {what}, ms | {:.1} | {:.1} | {:.1} |", at(0.5), at(0.95), at(1.0));
}

fn server() {
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SLIDE);
    let serving = Serving::start(dir.path());
    let path = "/en/slide/p0";
    let begun = serving.post(&format!("{path}/begin"), &json!({ "reader": "A", "blind": false }));
    let reading = begun.json()["id"].clone();
    let mut since = 0;
    let answers = (0..KEYS).map(|i| {
        let mark = format!("m{}-{}", i % 10, 20 + i / 10);
        let body = json!({
            "reading": reading, "key": i.to_string(), "since": since,
            "decisions": [{ "do": "judge", "mark": mark, "verdict": { "is": "nothing" } }],
        });
        let begun = Instant::now();
        let reply = serving.post(&format!("{path}/decide"), &body);
        let took = begun.elapsed().as_secs_f64() * 1e3;
        assert_eq!(reply.status, 200, "{}", reply.text());
        since = reply.json()["seq"].as_i64().expect("a number");
        took
    });
    row("the server's answer to a decision, on the disk", answers.collect());
}

fn page() {
    let Some(browser) = Browser::start(1366, 768) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SLIDE);
    let serving = Serving::start(dir.path());
    browser.go(&format!("{}/en/", serving.address()));
    browser.until(READY);
    browser.until("return document.querySelector('#reader-name') !== null");
    browser.enter("Awa");
    browser.until("return document.getElementById('reader').textContent === 'Awa'");
    let number = |script: &str| -> f64 {
        let value = browser.until(script);
        value.as_f64().or_else(|| value.as_str()?.parse().ok()).expect("a number")
    };
    let (mut painted, mut ready) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        browser.reload();
        ready.push(number(READY));
        painted.push(number(
            "const p = performance.getEntriesByName('first-contentful-paint')[0]; return p ? p.startTime : false",
        ));
        browser.until("return document.getElementById('reader').textContent === 'Awa'");
    }
    row("first paint of 3,000 crops", painted);
    row("the same until keys are heard", ready);
    let (mut seen, mut kept) = (Vec::new(), Vec::new());
    for i in 0..KEYS {
        browser.run("const d = document.getElementById('app').dataset; delete d.key; delete d.kept");
        browser.press(if i % 2 == 0 { "r" } else { "a" });
        seen.push(number("return document.getElementById('app').dataset.key || false"));
        kept.push(number("return document.getElementById('app').dataset.kept || false"));
    }
    row("a key until the next crop is shown", seen);
    row("a key until its decision is on the disk", kept);
}
