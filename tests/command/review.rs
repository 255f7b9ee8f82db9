//! The server of the review, asked without a browser: who is answered, what is kept, what is refused.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::review::{Drawn, Serving, ask, draw, write};

const SMALL: Drawn = Drawn { fields: 3, rings: 2, dirt: 2, white_cells: 4 };
const SLIDE: &str = "/en/slide/p0";

fn begin(serving: &Serving, reader: &str) -> i64 {
    let reply = serving.post(&format!("{SLIDE}/begin"), &json!({ "reader": reader, "blind": false }));
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()["id"].as_i64().expect("a number")
}

fn whole(serving: &Serving, reading: i64) -> Value {
    serving.get(&format!("{SLIDE}/whole.json?reading={reading}")).json()
}

fn judge(reading: i64, key: &str, marks: &[&str], verdict: &Value) -> Value {
    let decisions: Vec<Value> =
        marks.iter().map(|mark| json!({ "do": "judge", "mark": mark, "verdict": verdict })).collect();
    json!({ "reading": reading, "key": key, "since": 0, "decisions": decisions })
}

fn verdict_of(whole: &Value, mark: &str) -> Value {
    let marks = whole["marks"].as_array().expect("marks");
    marks.iter().find(|m| m["id"] == mark).map(|m| m["v"].clone()).expect("a mark")
}

#[test]
fn only_the_page_of_this_start_is_answered() {
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    let serving = Serving::start(dir.path());
    let (host, root) = (serving.host(), serving.root.clone());
    let page = serving.get("/en/slide/p0");
    assert_eq!(page.status, 200);
    let head = page.head.to_lowercase();
    for wanted in [
        "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'",
        "frame-ancestors 'none'",
        "x-content-type-options: nosniff",
        "x-frame-options: deny",
        "referrer-policy: no-referrer",
    ] {
        assert!(head.contains(wanted), "{wanted}: {head}");
    }
    // No script and no style in the page itself, nothing from elsewhere.
    let text = page.text();
    let scripts = ["<script", "<script src=\"/", "<script type=\"module\" src=\"/"];
    assert_eq!(scripts.map(|script| text.matches(script).count()), [2, 1, 1], "{text}");
    assert!(!text.contains("style=") && !text.contains("//cdn"));
    assert!(!text.contains(" onclick=") && !text.contains("http://"), "{text}");
    let get = |path: &str, headers: &[(&str, &str)]| ask(serving.port, "GET", path, headers, "").status;
    let sound = format!("{root}/en/slide/p0/whole.json");
    let mut guessed = sound.clone().into_bytes();
    guessed[1] = if guessed[1] == b'0' { b'1' } else { b'0' };
    let guessed = String::from_utf8(guessed).expect("text");
    assert_eq!(get(&sound, &[("Host", &host)]), 200);
    for (path, headers) in [
        ("/", vec![("Host", host.as_str())]),
        ("/en/slide/p0", vec![("Host", &host)]),
        (guessed.as_str(), vec![("Host", &host)]),
        (&sound, vec![("Host", "evil.example")]),
        (&sound, vec![("Host", "127.0.0.1")]),
        (&sound, vec![("Host", &host), ("Origin", "http://evil.example")]),
        (&sound, vec![("Host", &host), ("Sec-Fetch-Site", "cross-site")]),
    ] {
        assert_eq!(get(path, &headers), 403, "{path} {headers:?}");
    }
    // What changes something needs the page's own origin.
    let body = json!({ "reader": "A", "blind": false }).to_string();
    let path = format!("{root}/en/slide/p0/begin");
    let json = ("Content-Type", "application/json");
    let own = format!("http://{host}");
    let post = |headers: &[(&str, &str)]| ask(serving.port, "POST", &path, headers, &body).status;
    assert_eq!(post(&[("Host", &host), json]), 403);
    assert_eq!(post(&[("Host", &host), json, ("Origin", "null")]), 403);
    assert_eq!(post(&[("Host", &host), json, ("Origin", "http://evil.example")]), 403);
    assert!(post(&[("Host", &host), ("Origin", &own), ("Content-Type", "text/plain")]) >= 400);
    assert!(!dir.path().join("hemozoin-result/review.sqlite").exists(), "nothing was begun");
    assert_eq!(post(&[("Host", &host), ("Origin", &own), json]), 200);
}

#[test]
fn nothing_outside_the_slide_is_served() {
    let dir = tempfile::tempdir().expect("a folder");
    let slide = dir.path().join("slide");
    std::fs::create_dir(&slide).expect("a folder");
    let mut record = draw(&slide, "S", SMALL);
    std::fs::copy(slide.join("thick/1.png"), dir.path().join("secret.png")).expect("copied");
    // A record from elsewhere cannot reach out of its folder; nor can an address.
    record.fields[0].image = "../secret.png".to_owned();
    record.fields[1].image = dir.path().join("secret.png").display().to_string();
    write(&slide, &record);
    let serving = Serving::start(&slide);
    for field in 0..2 {
        let reply = serving.get(&format!("{SLIDE}/crop/{field}/small/100/100"));
        assert_eq!(reply.status, 400, "{}", reply.text());
        assert_eq!(reply.json()["key"], "error-review-picture-gone");
    }
    let sound = serving.get(&format!("{SLIDE}/crop/2/small/100/100"));
    assert_eq!((sound.status, &sound.body[..3]), (200, &[0xff, 0xd8, 0xff][..]));
    for path in [
        "/assets/../../../etc/passwd",
        "/assets/..%2f..%2fetc%2fpasswd",
        "/en/slide/..%2f..%2f/whole.json",
        "/en/slide/p1/whole.json",
        "/en/slide/a1/whole.json",
        "/xx/slide/p0/whole.json",
        "/en/slide/p0/crop/99/small/1/1",
        "/en/slide/p0/tile/0/99/0/0",
        "/en/slide/p0/tile/2/0/900000/0",
        "/en/slide/p0/tile/2/4294967295/4294967295/4294967295",
    ] {
        let status = serving.get(path).status;
        assert!((400..500).contains(&status), "{path}: {status}");
    }
    for path in ["/crop/2/small/-999999999/999999999", "/crop/2/large/0/0", "/tile/2/0/1/0", "/tile/2/1/0/0"]
    {
        assert_eq!(serving.get(&format!("{SLIDE}{path}")).status, 200, "{path}");
    }
}

#[test]
fn another_picture_under_the_same_name_is_not_shown() {
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    std::fs::copy(dir.path().join("thick/2.png"), dir.path().join("thick/1.png")).expect("copied");
    let serving = Serving::start(dir.path());
    let reply = serving.get(&format!("{SLIDE}/crop/0/small/100/100"));
    assert_eq!(reply.json()["key"], "error-review-picture-changed");
}

#[test]
fn names_are_text_wherever_they_stand() {
    let hostile = "<script>alert(1)</script>\"'&";
    let dir = tempfile::tempdir().expect("a folder");
    let mut record = draw(dir.path(), hostile, SMALL);
    let name = "thick/<img src=x onerror=alert(1)>.png";
    std::fs::rename(dir.path().join(&record.fields[0].image), dir.path().join(name)).expect("renamed");
    record.fields[0].image = name.to_owned();
    write(dir.path(), &record);
    let serving = Serving::start(dir.path());
    let page = serving.get(SLIDE).text();
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"), "{page}");
    let reading = begin(&serving, "<b>A</b>");
    let told = serving.get(&format!("{SLIDE}/whole.json?reading={reading}"));
    assert!(told.head.to_lowercase().contains("content-type: application/json"));
    assert_eq!(told.json()["id"], hostile);
    assert_eq!(told.json()["fields"][0]["image"], name);
    assert_eq!(serving.get(&format!("{SLIDE}/crop/0/small/100/100")).status, 200);
}

#[test]
fn decisions_are_kept_undone_signed_and_corrected() {
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    let serving = Serving::start(dir.path());
    let reading = begin(&serving, "A");
    let ring = json!({ "is": "seen", "class": "asexual_parasite", "stage": "ring" });
    let marks: Vec<String> = whole(&serving, reading)["marks"]
        .as_array()
        .expect("marks")
        .iter()
        .map(|m| m["id"].as_str().expect("a name").to_owned())
        .collect();
    assert_eq!(marks.len(), 12);
    let post = |path: &str, body: &Value| serving.post(&format!("{SLIDE}/{path}"), body);
    let kept = post("decide", &judge(reading, "1", &[&marks[0]], &ring));
    assert_eq!(kept.status, 200, "{}", kept.text());
    assert_eq!(kept.json()["marks"][0]["v"], "asexual_parasite.ring");
    assert!(kept.json()["summary"]["state"].as_str().is_some_and(|s| !s.is_empty()));
    let nothing = json!({ "is": "nothing" });
    post("decide", &judge(reading, "2", &[&marks[1], &marks[2]], &nothing));
    assert_eq!(verdict_of(&whole(&serving, reading), &marks[2]), "nothing");
    assert_eq!(post("undo", &json!({ "reading": reading, "key": "3" })).status, 200);
    let now = whole(&serving, reading);
    assert_eq!(verdict_of(&now, &marks[2]), Value::Null);
    assert_eq!(verdict_of(&now, &marks[0]), "asexual_parasite.ring");
    // A page that missed something cannot sign it.
    let stale = post("sign", &json!({ "reading": reading, "seen": 1 }));
    assert_eq!((stale.status, stale.json()["key"].as_str()), (409, Some("error-review-changed")));
    assert_eq!(post("sign", &json!({ "reading": reading, "seen": now["seq"] })).status, 200);
    assert_eq!(whole(&serving, reading)["signed"], true);
    let late = post("decide", &judge(reading, "4", &[&marks[3]], &ring));
    assert_eq!((late.status, late.json()["key"].as_str()), (409, Some("error-review-signed")));
    assert_eq!(post("correct", &json!({ "reading": reading, "reason": "again" })).status, 200);
    assert_eq!(post("decide", &judge(reading, "5", &[&marks[3]], &ring)).status, 200);
    let told = whole(&serving, reading);
    assert_eq!((told["signed"].as_bool(), told["reading"]["version"].as_i64()), (Some(false), Some(2)));
    // What no page sends is refused and not kept.
    for body in [
        judge(reading, "6", &["m9-9"], &ring),
        judge(reading, "7", &["<script>"], &ring),
        judge(999, "8", &[&marks[4]], &ring),
        json!({ "reading": reading, "key": "9", "since": 0, "decisions": [{ "do": "add", "field": 0, "x": 9000, "y": 1, "width": 20, "height": 20, "class": "red_cell", "stage": null }] }),
        json!({ "reading": reading }),
    ] {
        let status = post("decide", &body).status;
        assert!((400..500).contains(&status), "{body}: {status}");
    }
    assert_eq!(whole(&serving, reading)["seq"], told["seq"]);
}

#[test]
fn a_kill_loses_nothing_that_was_answered() {
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    let nothing = json!({ "is": "nothing" });
    let serving = Serving::start(dir.path());
    let reading = begin(&serving, "A");
    let path = format!("{SLIDE}/decide");
    for (key, mark) in [("1", "m0-6"), ("2", "m1-6")] {
        assert_eq!(serving.post(&path, &judge(reading, key, &[mark], &nothing)).status, 200);
    }
    serving.kill();
    let serving = Serving::start(dir.path());
    let before = whole(&serving, reading)["seq"].clone();
    // The page that did not hear the answer sends the same key again.
    assert_eq!(serving.post(&path, &judge(reading, "2", &["m1-6"], &nothing)).status, 200);
    let told = whole(&serving, reading);
    assert_eq!(told["seq"], before);
    let rejected = told["marks"].as_array().expect("marks").iter().filter(|m| m["v"] == "nothing").count();
    assert_eq!(rejected, 2);
}

#[test]
fn two_pages_see_each_other() {
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    // Two processes on one slide, as two windows may be.
    let (one, two) = (Serving::start(dir.path()), Serving::start(dir.path()));
    let reading = begin(&one, "A");
    assert_eq!(begin(&two, "A"), reading);
    let since =
        |seq: i64| two.get(&format!("{SLIDE}/since.json?reading={reading}&since={seq}&stamp=1.0")).json();
    assert_eq!(since(0)["same"], true);
    let reply =
        one.post(&format!("{SLIDE}/decide"), &judge(reading, "1", &["m0-6"], &json!({ "is": "nothing" })));
    assert_eq!(reply.status, 200);
    let news = since(0);
    assert_eq!(
        (news["marks"][0]["id"].as_str(), news["marks"][0]["v"].as_str()),
        (Some("m0-6"), Some("nothing"))
    );
    let seq = news["seq"].as_i64().expect("a number");
    assert_eq!(since(seq)["same"], true);
    one.post(&format!("{SLIDE}/undo"), &json!({ "reading": reading, "key": "2" }));
    assert_eq!(since(seq)["again"], true);
}

#[test]
fn a_folder_without_a_result_says_what_to_do() {
    let dir = tempfile::tempdir().expect("a folder");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_hemozoin"))
        .args(["--lang", "fr", "review", "--no-open"])
        .arg(Path::new(dir.path()))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("hemozoin analyze"), "{said}");
}

/// The page offers the report once a reading is signed: with the reader's result and name, and nothing that was rejected.
#[test]
fn a_signed_reading_has_a_report() {
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    std::fs::write(dir.path().join("laboratory.toml"), "name = \"CSI Madarounfa\"\n").expect("written");
    let serving = Serving::start(dir.path());
    let reading = begin(&serving, "Awa <b>");
    let report = |form: &str| serving.get(&format!("{SLIDE}/report.{form}?reading={reading}"));
    assert_eq!(report("html").json()["key"], "error-review-not-signed");
    let told = whole(&serving, reading);
    let marks: Vec<&str> =
        told["marks"].as_array().expect("marks").iter().map(|m| m["id"].as_str().expect("a name")).collect();
    let nothing = json!({ "is": "nothing" });
    let ring = json!({ "is": "seen", "class": "asexual_parasite", "stage": "ring" });
    let post = |path: &str, body: &Value| serving.post(&format!("{SLIDE}/{path}"), body);
    assert_eq!(post("decide", &judge(reading, "1", &marks[1..], &nothing)).status, 200);
    assert_eq!(post("decide", &judge(reading, "2", &marks[..1], &ring)).status, 200);
    let seq = whole(&serving, reading)["seq"].clone();
    assert_eq!(post("sign", &json!({ "reading": reading, "seen": seq })).status, 200);
    let page = report("html");
    assert_eq!(page.status, 200);
    let head = page.head.to_lowercase();
    assert!(
        head.contains(
            "content-security-policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        )
    );
    let text = page.text();
    assert!(text.contains("Awa &lt;b&gt;") && text.contains("CSI Madarounfa"), "{text}");
    assert_eq!(text.matches("<figure>").count(), 1, "one was confirmed: {text}");
    // The report beside the result becomes that of the reading, and another run leaves it so.
    let beside = dir.path().join("hemozoin-result/report.html");
    let on_disk = || std::fs::read_to_string(&beside).unwrap_or_default();
    let patience = std::time::Instant::now();
    while !on_disk().contains("Awa &lt;b&gt;") {
        assert!(patience.elapsed().as_secs() < 60, "the report beside the result stayed preliminary");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(on_disk(), text);
    let pdf = report("pdf");
    assert!(pdf.status == 200 && pdf.body.starts_with(b"%PDF-1.7"));
    assert!(pdf.head.to_lowercase().contains("content-disposition: attachment"), "{}", pdf.head);
    assert_eq!(serving.get(&format!("{SLIDE}/report.exe?reading={reading}")).status, 404);
    assert!(serving.get(&format!("{SLIDE}/report.html?reading=77")).status >= 400);
}

/// On a disk that takes no writing the page is for looking, and says so. Rights bind everybody but the administrator: so
/// the program runs as another user here.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_writing_is_for_looking() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    let serving = Serving::start(dir.path());
    let reading = begin(&serving, "A");
    let kept = judge(reading, "1", &["m0-6"], &json!({ "is": "nothing" }));
    assert_eq!(serving.post(&format!("{SLIDE}/decide"), &kept).status, 200);
    assert_eq!(whole(&serving, reading)["writable"], true);
    drop(serving);
    let folder = dir.path().join("hemozoin-result");
    let allow = |mode| {
        for place in [dir.path(), folder.as_path()] {
            std::fs::set_permissions(place, std::fs::Permissions::from_mode(mode)).expect("rights");
        }
    };
    allow(0o555);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hemozoin"));
    command.args(["--lang", "en", "review", "--no-open"]).arg(dir.path());
    if std::fs::write(folder.join("probe"), "x").is_ok() {
        std::fs::remove_file(folder.join("probe")).expect("removed");
        command.uid(65_534).gid(65_534);
    }
    let Some(serving) = Serving::try_of(command) else {
        allow(0o755);
        eprintln!("skipped: the program cannot be run as another user");
        return;
    };
    let told = whole(&serving, reading);
    assert_eq!((&told["writable"], &told["readings"][0]["reader"]), (&json!(false), &json!("A")));
    assert_eq!(verdict_of(&told, "m0-6"), "nothing");
    let refused = serving
        .post(&format!("{SLIDE}/decide"), &judge(reading, "2", &["m0-7"], &json!({ "is": "nothing" })));
    allow(0o755);
    assert_eq!((refused.status, &refused.json()["key"]), (500, &json!("error-review-permission")));
    assert_eq!(whole(&serving, reading)["seq"], told["seq"]);
}

/// A full disk: what could not be written is said not to be, and is not kept; with room again it is.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_keeps_nothing_that_was_not_answered() {
    let dir = tempfile::tempdir().expect("a folder");
    let small = dir.path().join("small");
    std::fs::create_dir(&small).expect("a folder");
    let mount = |args: &[&str]| std::process::Command::new(args[0]).args(&args[1..]).arg(&small).status();
    if !mount(&["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs"]).is_ok_and(|status| status.success()) {
        eprintln!("skipped: no small disk can be made here");
        return;
    }
    let ended = std::panic::catch_unwind(|| on_a_full_disk(&small));
    let _ = mount(&["umount", "-l"]);
    ended.expect("held");
}

#[cfg(target_os = "linux")]
fn on_a_full_disk(small: &Path) {
    draw(small, "S", SMALL);
    let serving = Serving::start(small);
    let reading = begin(&serving, "A");
    let decide = |key: &str, mark: &str| {
        serving.post(&format!("{SLIDE}/decide"), &judge(reading, key, &[mark], &json!({ "is": "nothing" })))
    };
    assert_eq!(decide("1", "m0-6").status, 200);
    let filler = small.join("filler");
    // Whatever is left, to the last byte.
    let mut file = std::fs::File::create(&filler).expect("a file");
    while std::io::Write::write(&mut file, &[0; 512]).is_ok_and(|n| n > 0) {}
    let (mut kept, mut refused) = (1, None);
    for n in 0..400 {
        let reply = decide(&format!("k{n}"), ["m0-7", "m1-6"][n % 2]);
        match reply.status {
            200 => kept += 1,
            _ => {
                refused = Some(reply.json());
                break;
            }
        }
    }
    let refused = refused.expect("the disk is full");
    assert_eq!(refused["key"], "error-review-full", "{refused}");
    assert!(refused["error"].as_str().is_some_and(|said| said.contains("full")), "{refused}");
    assert_eq!(whole(&serving, reading)["seq"], kept);
    drop(file);
    std::fs::remove_file(&filler).expect("removed");
    assert_eq!(decide("again", "m1-7").status, 200);
    assert_eq!(whole(&serving, reading)["seq"], kept + 1);
}

/// Judges every suspect of a reading, confirms the first `confirmed`, and signs.
fn read_and_sign(serving: &Serving, reading: i64, confirmed: usize) {
    let told = whole(serving, reading);
    let marks: Vec<&str> =
        told["marks"].as_array().expect("marks").iter().map(|m| m["id"].as_str().expect("a name")).collect();
    let ring = json!({ "is": "seen", "class": "asexual_parasite", "stage": "ring" });
    let post = |path: &str, body: &Value| serving.post(&format!("{SLIDE}/{path}"), body);
    assert_eq!(post("decide", &judge(reading, "1", &marks[..confirmed], &ring)).status, 200);
    let rest = judge(reading, "2", &marks[confirmed..], &json!({ "is": "nothing" }));
    assert_eq!(post("decide", &rest).status, 200);
    let seq = whole(serving, reading)["seq"].clone();
    let signed = post("sign", &json!({ "reading": reading, "seen": seq }));
    assert_eq!(signed.status, 200, "{}", signed.text());
}

/// A blind reader learns nothing of the first until both have signed; then the rules for two readers speak.
#[test]
fn a_second_reader_may_be_blind_to_the_first() {
    let dir = tempfile::tempdir().expect("a folder");
    draw(dir.path(), "S", SMALL);
    let serving = Serving::start(dir.path());
    let first = begin(&serving, "A");
    read_and_sign(&serving, first, 6);
    let body = json!({ "reader": "B", "blind": true });
    let second = serving.post(&format!("{SLIDE}/begin"), &body).json()["id"].as_i64().expect("a number");
    let told = whole(&serving, second);
    assert!(told["marks"].as_array().expect("marks").iter().all(|mark| mark["v"].is_null()));
    let together = |told: &Value| -> Vec<String> {
        let lines = told["summary"]["together"].as_array().expect("lines").iter();
        lines.map(|line| line.as_str().expect("text").to_owned()).collect()
    };
    assert_eq!(together(&told), ["The other readings stay hidden until you sign."]);
    read_and_sign(&serving, second, 5);
    let said = together(&whole(&serving, second));
    assert!(said.len() >= 3 && said[0].starts_with("A: ") && said[1].starts_with("B: "), "{said:?}");
}

/// A slide that is analysed again keeps its decisions, says where the analysis differs, and does not pass off what is
/// seen now as what was signed.
#[test]
fn another_analysis_keeps_what_was_decided_and_says_where_it_differs() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut record = draw(dir.path(), "S", SMALL);
    let serving = Serving::start(dir.path());
    let reading = begin(&serving, "A");
    read_and_sign(&serving, reading, 3);
    let standing = |serving: &Serving| whole(serving, reading)["summary"]["standing"].to_string();
    assert!(standing(&serving).contains("Signed by A") && !standing(&serving).contains("earlier"));
    drop(serving);
    // The new analysis does not find the first parasite, and takes the second for a white cell.
    let found = &mut record.fields[0].detections;
    let second = found.iter_mut().filter(|d| d.class.is_parasite()).nth(1).expect("a parasite");
    second.class = hemozoin::terms::CellClass::WhiteCell;
    found.remove(0);
    write(dir.path(), &record);
    let serving = Serving::start(dir.path());
    let told = whole(&serving, reading);
    assert!(standing(&serving).contains("earlier analysis"), "{}", standing(&serving));
    assert_eq!((&told["signed"], &told["earlier"]), (&json!(true), &json!(true)));
    let differing = told["summary"]["disagreements"].as_array().expect("a list");
    assert_eq!(differing.len(), 2, "{differing:?}");
    let confirmed = told["marks"].as_array().expect("marks").iter();
    assert_eq!(confirmed.filter(|m| m["v"] == "asexual_parasite.ring").count(), 3, "{told}");
    let report = serving.get(&format!("{SLIDE}/report.html?reading={reading}"));
    assert_eq!((report.status, &report.json()["key"]), (409, &json!("error-report-other-record")));
}
