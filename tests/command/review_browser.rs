//! The review as a reader does it, in a real Chromium.

use serde_json::{Value, json};

use crate::support::browser::{Browser, eventually};
use crate::support::review::{Drawn, Serving, draw};

const SMALL: Drawn = Drawn { fields: 3, rings: 2, dirt: 2, white_cells: 4 };
const READY: &str = "return document.getElementById('app').dataset.ready || false";
const COUNT: &str = "return document.getElementById('count').textContent";
const IS_SIGNED: &str = "return document.getElementById('app').classList.contains('signed')";
const ALERT: &str = "const a = document.getElementById('alert'); return a.hidden ? false : a.textContent";

fn begun(browser: &Browser, serving: &Serving, language: &str) {
    browser.go(&format!("{}/{language}/", serving.address()));
    browser.until(READY);
    browser.until("return document.querySelector('#reader-name') !== null");
    browser.enter("Awa");
    reader_is(browser, "Awa");
}

fn reader_is(browser: &Browser, name: &str) {
    browser.until(&format!("return document.getElementById('reader').textContent === {}", json!(name)));
}

fn count_is(browser: &Browser, wanted: &str) {
    browser.until(&format!("{COUNT} === {}", json!(wanted)));
    browser.until("return document.querySelectorAll('.cell.pending').length === 0");
}

fn whole(serving: &Serving, reading: i64) -> Value {
    serving.get(&format!("/en/slide/p0/whole.json?reading={reading}")).json()
}

fn verdicts(serving: &Serving) -> Vec<String> {
    let told = whole(serving, 1);
    let marks = told["marks"].as_array().expect("marks").iter();
    let mut said: Vec<String> = marks.filter_map(|m| m["v"].as_str().map(str::to_owned)).collect();
    said.sort();
    said
}

/// The tool of the field viewer with this text.
fn tool(browser: &Browser, text: &str) {
    let find =
        "[...document.querySelectorAll('#field-tools button')].find((b) => b.textContent === arguments_text)";
    let find = find.replace("arguments_text", &json!(text).to_string());
    browser.until(&format!("return Boolean({find})"));
    browser.run(&format!("{find}.click()"));
}

fn signed(browser: &Browser) {
    browser.click("#tab-sign", 0, 0);
    browser.click("#sign-now", 0, 0);
    browser.until(IS_SIGNED);
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
    let wanted = ["asexual_parasite.ring", "doubtful", "gametocyte.gametocyte", "nothing"];
    assert_eq!(verdicts(&serving), wanted);
    // A parasite that the machine missed.
    browser.click("#tab-fields", 0, 0);
    browser.until("return document.querySelectorAll('#fields button').length === 3");
    tool(&browser, "+ anneau");
    browser.click("#viewer", 130, 95);
    browser.until("return /ajoutés\\s: 1/.test(document.querySelector('#side .film').textContent)");
    browser.press("l");
    browser.until("return document.querySelectorAll('#fields button')[0].textContent.startsWith('\u{2713}')");
    // Signed, and still so after the page is loaded again.
    signed(&browser);
    browser.reload();
    browser.until(READY);
    browser.until(IS_SIGNED);
    reader_is(&browser, "Awa");
    browser.press("a");
    browser.until(ALERT);
    let told = whole(&serving, 1);
    assert_eq!(told["signed"], true);
    let own: Vec<&Value> =
        told["marks"].as_array().expect("marks").iter().filter(|m| m["o"] == "own").collect();
    assert_eq!(own.len(), 1);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// The first two differ by more than the rule allows; the third settles it, and each sees that only after signing.
#[test]
fn three_readers_sign_one_slide_and_the_rule_speaks() {
    let Some(browser) = Browser::start(1024, 768) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", Drawn { fields: 3, rings: 4, dirt: 0, white_cells: 80 });
    let serving = Serving::start(dir.path());
    begun(&browser, &serving, "fr");
    let together = "const lines = document.querySelectorAll('#side .together li'); \
                    return lines.length === 0 ? false : [...lines].map((line) => line.textContent).join('|')";
    // As many of the twelve suspects are parasites to each; looked at in all fields.
    let read = |name: &str, parasites: usize| {
        if name != "Awa" {
            browser.click("#another-reader", 0, 0);
            browser.until("return document.querySelector('#reader-name') !== null");
            browser.run("document.getElementById('reader-name').value = ''");
            browser.enter(name);
            reader_is(&browser, name);
            let hidden = browser.until(together).to_string();
            assert!(hidden.contains("votre signature") && !hidden.contains("Awa"), "{hidden}");
        }
        browser.click("#tab-suspects", 0, 0);
        for at in 0..12 {
            count_is(&browser, &format!("{at} / 12"));
            browser.press(if at < parasites { "a" } else { "r" });
        }
        count_is(&browser, "12 / 12");
        browser.click("#tab-fields", 0, 0);
        browser.until("return document.querySelectorAll('#fields button').length === 3");
        for field in 0..3 {
            browser.run(&format!("document.querySelectorAll('#fields button')[{field}].click()"));
            browser.press("l");
            browser.until(&format!(
                "return document.querySelectorAll('#fields button')[{field}].textContent.startsWith('\u{2713}')"
            ));
        }
        signed(&browser);
    };
    read("Awa", 12);
    read("Issa", 4);
    let two = browser.until(together).to_string();
    assert!(two.contains("Awa") && two.contains("Issa") && two.contains("troisième lecture"), "{two}");
    read("Sani", 11);
    let three = browser.until(together).to_string();
    assert!(three.contains("les plus proches") && three.contains("384/µL"), "{three}");
    assert_eq!(browser.complaints(), Vec::<String>::new());
    drop(serving);
}

#[test]
fn marks_are_moved_and_removed_and_a_field_is_left_out_with_a_reason() {
    let Some(browser) = Browser::start(1024, 768) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    let serving = Serving::start(dir.path());
    begun(&browser, &serving, "en");
    browser.click("#tab-fields", 0, 0);
    tool(&browser, "+ ring");
    browser.click("#viewer", 130, 95);
    let own = |serving: &Serving| -> Vec<Value> {
        let told = whole(serving, 1);
        told["marks"].as_array().expect("marks").iter().filter(|m| m["o"] == "own").cloned().collect()
    };
    let added = "return /added: 1/.test(document.querySelector('#side .film').textContent)";
    browser.until(added);
    let before = own(&serving).remove(0);
    // The tool put away, the mark taken and drawn elsewhere.
    tool(&browser, "+ ring");
    browser.click("#viewer", 130, 95);
    browser.drag("#viewer", (130, 95), (60, 40));
    let moved = |serving: &Serving| own(serving).first().is_some_and(|mark| mark["x"] != before["x"]);
    eventually("the mark lies elsewhere", || moved(&serving));
    assert_eq!(own(&serving).len(), 1);
    // Taken away again: the first way by its button.
    tool(&browser, "remove");
    browser.until("return /added: 0/.test(document.querySelector('#side .film').textContent)");
    assert_eq!(own(&serving).len(), 0);
    // A field is left out, with a reason that stands beside it, and counted again.
    browser.press("e");
    browser.until("return document.querySelector('#exclude-reason') !== null");
    browser.enter("a thumb");
    browser.until("return /a thumb/.test(document.getElementById('field-note').textContent)");
    assert_eq!(whole(&serving, 1)["fields"][0]["excluded"], "a thumb");
    tool(&browser, "Count again");
    browser.until("return document.getElementById('field-note').hidden");
    assert_eq!(whole(&serving, 1)["fields"][0]["excluded"], Value::Null);
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
    reader_is(&browser, "Awa");
    browser.press("rr");
    count_is(&browser, "2 / 12");
    browser.look_at(&first);
    count_is(&browser, "2 / 12");
    // The program ends in the middle: the page shows as being written what nobody has kept, and says so.
    serving.kill();
    browser.press("a");
    browser.until("return document.querySelectorAll('.cell.pending').length === 1");
    browser.until(ALERT);
    assert_eq!(browser.run(COUNT), "2 / 12");
    assert_eq!(browser.run("return document.querySelectorAll('.cell.confirmed').length"), 0);
    // Begun again, all that was shown as done is there, and nothing else.
    let serving = Serving::start(dir.path());
    browser.go(&format!("{}/en/", serving.address()));
    browser.until(READY);
    browser.until("return document.querySelector('#reader-name') !== null");
    browser.enter("Awa");
    count_is(&browser, "2 / 12");
    assert_eq!(verdicts(&serving), ["nothing", "nothing"]);
}

#[test]
fn a_browser_that_dies_loses_nothing_that_it_showed_as_done() {
    let Some(browser) = Browser::start(1024, 768) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    let serving = Serving::start(dir.path());
    begun(&browser, &serving, "en");
    browser.press("ra");
    count_is(&browser, "2 / 12");
    drop(browser);
    let Some(browser) = Browser::start(1024, 768) else { return };
    begun(&browser, &serving, "en");
    count_is(&browser, "2 / 12");
}

/// The address is the key to the page; who has it and is another page still gets nothing.
#[test]
fn a_page_from_elsewhere_reads_and_changes_nothing() {
    let Some(browser) = Browser::start(1024, 768) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    let serving = Serving::start(dir.path());
    let other = elsewhere();
    browser.go(&format!("http://127.0.0.1:{other}/"));
    let address = serving.address();
    let told = browser.run(&format!(
        "const out = {{}};
         const send = (mode) => fetch('{address}/en/slide/p0/begin', {{ method: 'POST', mode,
           headers: {{ 'Content-Type': mode === 'no-cors' ? 'text/plain' : 'application/json' }},
           body: JSON.stringify({{ reader: 'X', blind: false }}) }});
         const read = () => fetch('{address}/en/slide/p0/whole.json').then((r) => r.text());
         const image = () => new Promise((done) => {{ const i = new Image(); i.onload = () => done('seen');
           i.onerror = () => done('refused'); i.src = '{address}/en/slide/p0/crop/0/small/100/100'; }});
         const of = (name, work) => work().then((v) => out[name] = String(v), () => out[name] = 'refused');
         return Promise.all([of('post', () => send('cors')), of('blind', () => send('no-cors').then((r) => r.type)),
           of('read', read), of('image', image)]).then(() => out)"
    ));
    assert_eq!(
        (&told["post"], &told["read"], &told["image"]),
        (&json!("refused"), &json!("refused"), &json!("refused")),
        "{told}"
    );
    assert!(!dir.path().join("hemozoin-result/review.sqlite").exists(), "nothing was begun: {told}");
    // Nor does it show the page in a frame of its own.
    browser.run(&format!(
        "const f = document.createElement('iframe'); f.src = '{address}/en/slide/p0'; f.onload = () => document.title = 'loaded';
         document.body.append(f)"
    ));
    browser.until("return document.title === 'loaded'");
    let framed = "try { return document.querySelector('iframe').contentWindow.document.body.innerText } catch { return 'refused' }";
    assert_eq!(browser.run(framed), "refused");
}

/// A page of another origin on this computer; its port.
fn elsewhere() -> u16 {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut stream = stream;
            let _ = stream.read(&mut [0_u8; 4096]);
            let page = "<!doctype html><title>x</title><body>elsewhere</body>";
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                page.len()
            );
            let _ = stream.write_all(format!("{head}{page}").as_bytes());
        }
    });
    port
}

/// How long a key and a first paint take is printed by `cargo bench --bench review`.
#[test]
fn of_three_thousand_crops_only_those_in_sight_are_in_the_page() {
    let Some(browser) = Browser::start(1366, 768) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", Drawn { fields: 10, rings: 10, dirt: 290, white_cells: 8 });
    let serving = Serving::start(dir.path());
    begun(&browser, &serving, "en");
    count_is(&browser, "0 / 3000");
    browser.press("rara");
    count_is(&browser, "4 / 3000");
    let in_page = "return document.querySelectorAll('.cell').length";
    let few = |browser: &Browser| {
        let shown = browser.run(in_page).as_f64().expect("a number");
        assert!((10.0..150.0).contains(&shown), "{shown} crops are in the page at once");
    };
    few(&browser);
    // To the last of them and back, by keys.
    browser.press("\u{e010}");
    browser.until("const c = document.querySelector('.cell.chosen'); return c && c.dataset.at === '2999'");
    few(&browser);
    browser.until(
        "const i = document.querySelector('.cell.chosen img'); return i.complete && i.naturalWidth > 0",
    );
    browser.press("\u{e011}");
    browser.until("const c = document.querySelector('.cell.chosen'); return c && c.dataset.at === '0'");
    // Many suspects: a sample is offered, and drawn.
    browser.until("return document.querySelector('#side button.draw') !== null");
    browser.click("#side button.draw", 0, 0);
    browser.until("return document.querySelector('#side button.judge-all') !== null");
    browser.until("return document.querySelectorAll('.cell').length <= 100");
    assert_eq!(whole(&serving, 1)["drawn"]["thick"].as_array().map(Vec::len), Some(100));
}
