//! The first page of the review: a folder that is typed, pictures that are dropped, and what is analysed with which rules.

use std::path::Path;

use hemozoin::record::read_file;
use hemozoin::terms::Film;

use crate::support::archive::field;
use crate::support::browser::Browser;
use crate::support::review::Serving;

const READY: &str = "return document.getElementById('queue').dataset.ready || false";
const OPENED: &str = "const a = document.getElementById('app'); return a ? a.dataset.ready || false : false";
const ALERT: &str = "const a = document.getElementById('alert'); return a.hidden ? false : a.textContent";

/// A file of the browser's own, dropped onto an element.
fn drop_onto(browser: &Browser, selector: &str, files: &[(&str, &[u8])]) {
    use base64::Engine as _;
    let files: Vec<(&str, String)> = files
        .iter()
        .map(|(name, bytes)| (*name, base64::engine::general_purpose::STANDARD.encode(bytes)))
        .collect();
    let files = serde_json::json!(files);
    browser.run(&format!(
        "const transfer = new DataTransfer();
         for (const [name, text] of {files}) {{
           const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
           transfer.items.add(new File([bytes], name, {{ type: 'image/png', lastModified: bytes.length }}));
         }}
         const place = document.querySelector('{selector}');
         for (const type of ['dragover', 'drop'])
           place.dispatchEvent(new DragEvent(type, {{ bubbles: true, cancelable: true, dataTransfer: transfer }}));"
    ));
}

fn png(seed: u64) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    field(Film::Thick, 320, seed).write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

#[test]
fn dropped_pictures_become_a_slide_of_their_own() {
    let Some(browser) = Browser::start(1024, 768) else { return };
    let home = tempfile::tempdir().expect("a folder");
    let rules = ["--profile", "tes-2009", "--um-per-px", "0.1"];
    let serving = Serving::first(home.path(), &rules);
    browser.go(&format!("{}/en/", serving.address()));
    browser.until(READY);
    // Beside the films nothing is taken, and the page stays.
    drop_onto(&browser, "h1", &[("x.png", b"x")]);
    browser.until(ALERT);
    let (one, two) = (png(1), png(2));
    drop_onto(&browser, "#drop-thick", &[("1.png", &one), ("2.png", &two)]);
    let list = "return [...document.querySelectorAll('#list-thick li')].map((l) => l.textContent).join()";
    browser.until(&format!("{list} === '1.png,2.png'"));
    // The same once more is the same; another picture of that name is another.
    drop_onto(&browser, "#drop-thick", &[("1.png", &one)]);
    drop_onto(&browser, "#drop-thick", &[("1.png", &two)]);
    browser.until(&format!("{list} === '1.png,2.png,1 (2).png'"));
    browser.click("#slide-name", 0, 0);
    browser.press("N 17");
    browser.click("#read-dropped", 0, 0);
    browser.until(OPENED);
    let folder = home.path().join("hemozoin/N 17");
    let record = read_file(&folder.join("hemozoin-result/record.json")).expect("a record");
    assert_eq!(record.settings.profile, "tes-2009");
    assert_eq!(record.settings.um_per_px.map(|um| um.get()), Some(0.1));
    let names: Vec<&str> = record.fields.iter().map(|f| f.image.as_str()).collect();
    assert_eq!(names, ["goutte-epaisse/1 (2).png", "goutte-epaisse/1.png", "goutte-epaisse/2.png"]);
    // Another patient's pictures under that number are refused: they would become one slide.
    browser.go(&format!("{}/en/", serving.address()));
    if browser.run("return document.getElementById('queue') !== null") == true {
        browser.until(READY);
        drop_onto(&browser, "#drop-thick", &[("3.png", &two)]);
        browser.click("#slide-name", 0, 0);
        browser.press("N 17");
        browser.click("#read-dropped", 0, 0);
        let said = browser.until(ALERT);
        assert!(said.as_str().is_some_and(|said| said.contains("N 17")), "{said}");
    }
    assert_eq!(std::fs::read_dir(folder.join("goutte-epaisse")).expect("a folder").count(), 3);
}

#[test]
fn a_folder_is_typed_and_a_wrong_one_is_said() {
    let Some(browser) = Browser::start(1024, 768) else { return };
    let home = tempfile::tempdir().expect("a folder");
    let slide = home.path().join("lame 3");
    std::fs::create_dir(&slide).expect("a folder");
    std::fs::write(slide.join("1.png"), png(3)).expect("written");
    let serving = Serving::first(home.path(), &["--um-per-px", "0.1"]);
    browser.go(&format!("{}/fr/", serving.address()));
    browser.until(READY);
    let open = |path: &Path, film: &str| {
        let path = serde_json::json!(path);
        browser.run(&format!(
            "document.getElementById('alert').hidden = true;
             document.getElementById('path').value = {path};
             document.getElementById('film-of-folder').value = '{film}';
             document.querySelector('#open button').click()"
        ));
    };
    open(&home.path().join("nothing"), "");
    browser.until(ALERT);
    open(&slide, "");
    let said = browser.until(ALERT);
    assert!(said.as_str().is_some_and(|said| said.contains("film")), "{said}");
    open(&slide, "thick");
    browser.until(OPENED);
}
