//! The engine as a service: slides in, results out, and nothing that was accepted is lost.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use hemozoin::terms::Film;
use serde_json::Value;

use crate::support::archive::{archive_of, code, field, hemozoin, resume, run_archive, words};
use crate::support::review::{Reply, ask};

const EDGE: &str = "a-line-between-parts";

/// A part of a form: its name, the file's name, what is in it.
type Part = (&'static str, Option<String>, Vec<u8>);

/// A service on a free port.
struct Served {
    child: Child,
    port: u16,
    token: Option<String>,
}

impl Served {
    fn start(out: &Path, flags: &[&str]) -> Self {
        let mut command = hemozoin();
        command.args(["serve", "--quiet", "--listen", "127.0.0.1:0", "--out"]).arg(out).args(flags);
        Self::of(command, Stdio::null())
    }

    /// With its log in a file.
    fn logging(out: &Path, log: &Path) -> Self {
        let mut command = hemozoin();
        command.args(["serve", "--quiet", "--listen", "127.0.0.1:0", "--out"]).arg(out);
        Self::of(command, File::create(log).expect("a log").into())
    }

    fn of(mut command: Command, log: Stdio) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("the address");
        let rest = line.trim().strip_prefix("http://127.0.0.1:").expect("an address of this computer");
        let port = rest.trim_end_matches('/').parse().expect("a port");
        Self { child, port, token: None }
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
        let host = format!("127.0.0.1:{}", self.port);
        let mut all = vec![("Host", host.as_str())];
        let token = self.token.as_ref().map(|token| format!("Bearer {token}"));
        all.extend(token.as_deref().map(|token| ("Authorization", token)));
        all.extend(headers);
        ask(self.port, method, path, &all, body)
    }

    fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[], "")
    }

    fn send(&self, path: &str, parts: &[Part]) -> Reply {
        let kind = format!("multipart/form-data; boundary={EDGE}");
        self.ask("POST", path, &[("Content-Type", &kind)], form(parts))
    }

    /// The id of a slide that is accepted.
    fn accepted(&self, parts: &[Part]) -> String {
        let reply = self.send("/v1/slides", parts);
        assert_eq!(reply.status, 202, "{}", reply.text());
        reply.json()["id"].as_str().expect("an id").to_owned()
    }

    /// A figure of `/metrics`.
    fn figure(&self, name: &str) -> u64 {
        let figures = self.get("/metrics").text();
        let found = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok());
        found.unwrap_or_else(|| panic!("{name}: {figures}"))
    }

    /// A line on which the beginning of a form was sent, and no more.
    fn half(&self, path: &str, parts: &[Part]) -> TcpStream {
        let whole = form(parts);
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: multipart/form-data; boundary={EDGE}\r\n\
             Content-Length: {}\r\n\r\n",
            self.port,
            whole.len()
        );
        stream.write_all(head.as_bytes()).expect("sent");
        stream.write_all(&whole[..whole.len() / 2]).expect("sent");
        stream
    }

    /// The state of a slide, once it is neither waiting nor being read.
    fn ended(&self, id: &str) -> Value {
        let until = Instant::now() + Duration::from_secs(300);
        loop {
            let status = self.get(&format!("/v1/slides/{id}")).json();
            if status["state"] != "waiting" && status["state"] != "reading" {
                return status;
            }
            assert!(Instant::now() < until, "{status}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// As a power cut would.
    fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// As the system asks a program to end; its exit code.
    fn stop(mut self) -> i32 {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
        self.child.wait().expect("it ends").code().expect("an exit code")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn form(parts: &[Part]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in parts {
        let file = file.as_ref().map_or(String::new(), |file| format!("; filename=\"{file}\""));
        body.extend(
            format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{EDGE}--\r\n").bytes());
    body
}

/// `pictures` of a thick film; the same seed gives the same bytes.
fn thick(seed: u64, pictures: u64) -> Vec<Part> {
    let png = |at: u64| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        field(Film::Thick, 256, seed * 100 + at)
            .write_to(&mut bytes, image::ImageFormat::Png)
            .expect("a picture");
        bytes.into_inner()
    };
    (0..pictures).map(|at| ("thick", Some(format!("{at}.png")), png(at))).collect()
}

/// Waits until something holds.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let last = Instant::now() + Duration::from_secs(300);
    while !holds() {
        assert!(Instant::now() < last, "never: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn is_problem(reply: &Reply, status: u16, code: &str) {
    assert_eq!((reply.status, reply.json()["code"].as_str()), (status, Some(code)), "{}", reply.text());
    assert!(reply.head.to_lowercase().contains("content-type: application/problem+json"), "{}", reply.head);
    assert!(reply.json()["title"].as_str().is_some_and(|title| !title.is_empty()), "{}", reply.text());
}

fn with_facts(mut parts: Vec<Part>, facts: &str) -> Vec<Part> {
    parts.push(("facts", None, facts.as_bytes().to_vec()));
    parts
}

fn records(out: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = std::fs::read_dir(out.join("records")).expect("records");
    let mut found: Vec<(PathBuf, Vec<u8>)> = entries
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.file_name().expect("a name").into(), std::fs::read(&path).expect("a record")))
        .collect();
    found.sort();
    found
}

#[test]
fn what_is_sent_is_read_as_an_archive_is() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let served = Served::start(&out, &[]);
    assert_eq!(served.get("/health").status, 204);
    assert_eq!(served.get("/ready").status, 204);
    let first = with_facts(thick(1, 3), r#"{"slide": "17", "wbc_per_ul": 6400}"#);
    let accepted = served.send("/v1/slides", &first);
    assert_eq!(accepted.status, 202, "{}", accepted.text());
    let status = accepted.json();
    let id = status["id"].as_str().expect("an id").to_owned();
    assert!(accepted.head.contains(&format!("/v1/slides/{id}")), "{}", accepted.head);
    assert_eq!((status["slide"].as_str(), status["record"].as_str()), (Some("17"), None));
    // The same again is the same slide; another with its number is refused; one without facts is a slide as well.
    let again = served.send("/v1/slides", &first);
    assert_eq!((again.status, again.json()["id"].as_str()), (200, Some(id.as_str())));
    let other = served.send("/v1/slides", &with_facts(thick(2, 1), r#"{"slide": "17"}"#));
    assert_eq!(
        (other.status, other.json()["code"].as_str()),
        (409, Some("service_number")),
        "{}",
        other.text()
    );
    let plain = served.send("/v1/slides", &thick(3, 2)).json()["id"].as_str().expect("an id").to_owned();
    let broken = served.send("/v1/slides", &[("thin", Some("x.jpg".to_owned()), b"no picture".to_vec())]);
    let broken = broken.json()["id"].as_str().expect("an id").to_owned();
    let ended = served.ended(&id);
    assert_eq!(
        (ended["state"].as_str(), served.ended(&plain)["slide"].as_str()),
        (Some("read"), Some(plain.as_str()))
    );
    let failed = served.ended(&broken);
    assert!(
        failed["state"] == "failed" && failed["fault"].as_str().is_some_and(|f| !f.is_empty()),
        "{failed}"
    );
    let record = served.get(ended["record"].as_str().expect("an address"));
    assert_eq!(record.json()["slide"]["id"], "17");
    assert_eq!(record.json()["settings"]["wbc_per_ul"].as_f64(), Some(6400.0));
    let bundle = served.get(ended["fhir"].as_str().expect("an address")).json();
    let entries = bundle["entry"].as_array().expect("entries");
    let report =
        entries.iter().find(|e| e["resource"]["resourceType"] == "DiagnosticReport").expect("a report");
    assert_eq!(report["resource"]["status"], "preliminary");
    let figures = served.get("/metrics").text();
    for line in [
        "hemozoin_slides_accepted_total 3",
        "hemozoin_slides_waiting 0",
        "hemozoin_slides_ended 3",
        "hemozoin_slides_failed 1",
    ] {
        assert!(figures.lines().any(|l| l == line), "{line}: {figures}");
    }
    assert!(!figures.contains(&id), "figures name no slide");
    // What was read while the caller waited is the same record, and is not kept.
    let waited = served.send("/v1/examine", &first);
    assert_eq!((waited.status, waited.json()), (200, record.json()));
    assert_eq!(served.stop(), 3);
    assert!(out.join("slides.csv").is_file());
    // The same slides read from their folders by the command give the same bytes.
    let by_command = dir.path().join("by-command");
    assert_eq!(code(&run_archive(&out.join("received"), &by_command, &[])), 1, "one slide cannot be read");
    assert_eq!(records(&out), records(&by_command));
}

/// On a machine with one core the one thread must not wait for slides that nobody sends.
#[test]
fn one_thread_answers_who_waits_and_reads_what_is_sent() {
    let dir = tempfile::tempdir().expect("a folder");
    let served = Served::start(dir.path(), &["--threads", "1"]);
    let waited = served.send("/v1/examine", &thick(5, 1));
    assert_eq!(waited.status, 200, "{}", waited.text());
    let accepted = served.send("/v1/slides", &thick(6, 1));
    assert_eq!(accepted.status, 202, "{}", accepted.text());
    assert_eq!(served.send("/v1/examine", &thick(7, 1)).status, 200);
    assert_eq!(served.stop(), 3);
}

#[test]
fn what_was_accepted_outlives_a_kill_and_what_waits_can_be_taken_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let served = Served::start(dir.path(), &["--queue", "3"]);
    let mut ids = Vec::new();
    let mut full = 0;
    for seed in 10..16 {
        let reply = served.send("/v1/slides", &thick(seed, 2));
        match reply.status {
            202 => ids.push(reply.json()["id"].as_str().expect("an id").to_owned()),
            429 => {
                full += 1;
                assert!(reply.head.to_lowercase().contains("retry-after: "), "{}", reply.head);
                assert_eq!(reply.json()["code"], "service_full");
            }
            other => panic!("{other}: {}", reply.text()),
        }
    }
    assert!(ids.len() >= 3 && full > 0, "{} accepted, {full} turned away", ids.len());
    served.kill();
    // A slide that had only half come in was never acknowledged.
    for name in [".tmphalf/thick", "0123456789abcdef0123456789abcdef/thick", "letters/thick"] {
        std::fs::create_dir_all(dir.path().join("incoming").join(name)).expect("a folder");
    }
    let served = Served::start(dir.path(), &["--queue", "3"]);
    for id in &ids {
        assert_eq!(served.ended(id)["state"], "read");
    }
    // What bears another name is somebody else's.
    let left = std::fs::read_dir(dir.path().join("incoming")).expect("a folder");
    assert_eq!(left.map(|entry| entry.expect("an entry").file_name()).collect::<Vec<_>>(), ["letters"]);
    assert_eq!(records(dir.path()).len(), ids.len());
    // Read slides stay; a slide that waits behind another can be taken back, and is gone.
    let kept = served.ask("DELETE", &format!("/v1/slides/{}", ids[0]), &[], "");
    assert_eq!((kept.status, kept.json()["code"].as_str()), (409, Some("service_begun")));
    assert_eq!(served.ask("DELETE", "/v1/slides/none", &[], "").status, 404);
    let long = served.send("/v1/slides", &thick(20, 12)).json()["id"].as_str().expect("an id").to_owned();
    let until = Instant::now() + Duration::from_secs(60);
    while served.get(&format!("/v1/slides/{long}")).json()["state"] == "waiting" {
        assert!(Instant::now() < until, "it is never begun");
        std::thread::sleep(Duration::from_millis(10));
    }
    let short = served.send("/v1/slides", &thick(21, 1)).json()["id"].as_str().expect("an id").to_owned();
    let taken = served.ask("DELETE", &format!("/v1/slides/{short}"), &[], "");
    if taken.status == 204 {
        assert_eq!(served.get(&format!("/v1/slides/{short}")).status, 404);
        assert!(!dir.path().join("received").join(&short).exists());
    } else {
        assert_eq!(taken.status, 409, "the long one had ended by then");
    }
    assert_eq!(served.ended(&long)["state"], "read");
}

#[test]
fn what_is_no_slide_is_refused_in_the_callers_language() {
    let dir = tempfile::tempdir().expect("a folder");
    let served = Served::start(dir.path(), &["--most-pictures", "2", "--most-megabytes", "1"]);
    let part = |name, file: &str| (name, Some(file.to_owned()), b"x".to_vec());
    for (parts, status, code) in [
        (vec![], 400, "service_empty"),
        (vec![part("thick", "../1.jpg")], 400, "service_name"),
        (vec![part("thick", " ..")], 400, "service_name"),
        (vec![part("thin", " .1.jpg")], 400, "service_name"),
        (vec![part("thick", "slide.toml")], 400, "service_sheet"),
        (vec![part("thick", "1.jpg"), part("thin", " Slide.TOML ")], 400, "service_sheet"),
        (vec![part("thick", "slides.toml")], 400, "service_sheet"),
        (vec![part("thick", "lame.toml")], 400, "service_sheet"),
        (vec![part("thin", "slide.txt")], 400, "service_sheet"),
        (vec![part("thin", "laboratory.toml")], 400, "service_sheet"),
        (vec![part("thick", "1.jpg"), part("thick", "1.jpg")], 400, "service_twice"),
        (vec![part("other", "1.jpg")], 400, "service_part"),
        (
            vec![part("thick", "1.jpg"), part("thick", "2.jpg"), part("thin", "3.jpg")],
            413,
            "service_pictures",
        ),
        (vec![("thick", Some("1.jpg".to_owned()), vec![0; 1_100_000])], 413, "service_large"),
        (with_facts(vec![part("thick", "1.jpg")], "[1]"), 400, "service_facts"),
        (with_facts(vec![part("thick", "1.jpg")], r#"{"floor": "/etc/passwd"}"#), 400, "service_floor"),
        (with_facts(vec![part("thick", "1.jpg")], r#"{"ward": ["a"]}"#), 400, "service_fact"),
        (with_facts(vec![part("thick", "1.jpg")], r#"{"slide": "1", "colour": "blue"}"#), 400, "sheet_key"),
        (with_facts(vec![part("thick", "1.jpg")], r#"{"film": "thin"}"#), 400, "service_film"),
        (with_facts(with_facts(vec![part("thick", "1.jpg")], "{}"), "{}"), 400, "service_part"),
    ] {
        for path in ["/v1/slides", "/v1/examine"] {
            is_problem(&served.send(path, &parts), status, code);
        }
    }
    let kind = ("Content-Type", "multipart/form-data; boundary=x");
    let cut = served.ask(
        "POST",
        "/v1/slides",
        &[kind, ("Accept-Language", "fr-NE, fr;q=0.9")],
        "--x\r\nContent-Dis",
    );
    assert_eq!((cut.status, cut.json()["code"].as_str()), (400, Some("service_form")));
    assert!(
        cut.json()["title"].as_str().is_some_and(|t| t.contains("le formulaire est coupé")),
        "{}",
        cut.text()
    );
    let wrong =
        served.send("/v1/slides", &with_facts(vec![part("thick", "1.jpg")], r#"{"slide": "1", "x": 1}"#));
    let title = wrong.json()["title"].as_str().unwrap_or_default().to_owned();
    assert!(title.contains("stain") && !title.contains("line") && !title.contains("floor"), "{title}");
    let json = served.ask("POST", "/v1/slides", &[("Content-Type", "application/json")], "{}");
    is_problem(&json, 415, "service_no_form");
    let put = served.ask("PUT", "/v1/slides", &[], "");
    is_problem(&put, 405, "service_method");
    assert!(put.head.to_lowercase().contains("allow: post"), "{}", put.head);
    is_problem(&served.get("/v1/slides/%FF"), 400, "service_request");
    for nowhere in
        ["/", "/v1", "/v1/slides/none", "/v1/slides/none/record", "/v1/slides/..%2f..%2fetc/record"]
    {
        let reply = served.get(nowhere);
        assert_eq!(reply.status, 404, "{nowhere}");
        is_problem(&reply, 404, reply.json()["code"].as_str().expect("a code"));
    }
    // A page of a browser is not answered, nor is another name of this computer.
    assert_eq!(served.ask("GET", "/metrics", &[("Origin", "http://evil.example")], "").status, 403);
    assert_eq!(ask(served.port, "GET", "/metrics", &[("Host", "evil.example")], "").status, 403);
    assert_eq!(
        std::fs::read_dir(dir.path().join("received")).expect("a folder").count(),
        0,
        "nothing was accepted"
    );
    assert_eq!(
        std::fs::read_dir(dir.path().join("incoming")).expect("a folder").count(),
        0,
        "nothing is left"
    );
}

#[test]
fn other_computers_are_served_by_name_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let token = dir.path().join("token");
    std::fs::write(&token, "short\n").expect("written");
    let token = token.display().to_string();
    let started = |flags: &[&str]| {
        let out = hemozoin()
            .args(["serve", "--out"])
            .arg(dir.path().join("out"))
            .args(flags)
            .output()
            .expect("it runs");
        (code(&out), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    for (flags, word) in [
        (vec!["--listen", "0.0.0.0:0"], "--open-to-anyone-on-this-network"),
        (vec!["--listen", "0.0.0.0:0", "--token-file", &token], "--open-to-anyone-on-this-network"),
        (vec!["--token-file", &token], "16"),
        (vec!["--certificate", &token, "--key", &token], "PEM"),
        (vec!["--certificate", &token], "--key"),
        (vec!["--film", "thick"], "thick or thin"),
        (vec!["--listen", "9010"], "127.0.0.1:8765 or [::1]:8765"),
        (vec!["--listen", "::1:9010"], "127.0.0.1:8765 or [::1]:8765"),
        (
            vec!["--listen", "192.0.2.1:9010", "--open-to-anyone-on-this-network"],
            "no address of this computer",
        ),
        (
            vec!["--certificate", "/nowhere/chain.pem", "--key", &token],
            "/nowhere/chain.pem: not found; check",
        ),
        (vec!["--token-file", "/nowhere/token"], "/nowhere/token: not found; check"),
    ] {
        let (exit, said) = started(&flags);
        assert!(exit == 2 && said.contains(word), "{flags:?}: {exit}, {said}");
    }
    std::fs::write(&token, "a-token-of-some-length\n").expect("written");
    let mut served = Served::start(&dir.path().join("out"), &["--token-file", &token]);
    assert_eq!((served.get("/health").status, served.get("/metrics").status), (204, 401));
    served.token = Some("a-token-of-another-one".to_owned());
    assert_eq!(served.get("/metrics").status, 401);
    let small = ("Authorization", "bearer a-token-of-some-length");
    served.token = None;
    assert_eq!(served.ask("GET", "/metrics", &[small], "").status, 200);
    served.token = Some("a-token-of-some-length".to_owned());
    assert_eq!(served.get("/metrics").status, 200);
    // One at a time, as with every archive.
    let (exit, _) = started(&["--token-file", &token]);
    assert_eq!(exit, 2);
}

/// The exit code of a service that does not start, and what it says in each language.
fn refused_in(out: &Path, flags: &[&str]) -> (i32, [String; 2]) {
    let started = |language| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
        command.args(["--lang", language, "serve", "--out"]).arg(out).args(flags);
        command.output().expect("it runs")
    };
    let (english, french) = (started("en"), started("fr"));
    assert_eq!(code(&english), code(&french));
    (code(&english), [words(&english), words(&french)])
}

#[test]
fn a_port_that_is_taken_is_said_with_what_to_do() {
    let dir = tempfile::tempdir().expect("a folder");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = taken.local_addr().expect("an address");
    let by_name = format!("localhost:{}", at.port());
    for listen in [&at.to_string(), &by_name] {
        let (exit, [english, french]) = refused_in(dir.path(), &["--listen", listen]);
        assert_eq!(exit, 2);
        assert!(
            english.contains(&format!("another program listens at {at}; stop it, or give another --listen")),
            "{english}"
        );
        assert!(french.contains("un autre programme écoute"), "{french}");
    }
}

#[test]
fn what_is_somebody_elses_is_refused_and_left_as_it_is() {
    let dir = tempfile::tempdir().expect("a folder");
    for name in ["incoming", "received"] {
        let out = dir.path().join(format!("holds-{name}"));
        // Under names that a service gives, too.
        let letters = out.join(name).join(".tmpletters/to.txt");
        std::fs::create_dir_all(letters.parent().expect("a folder")).expect("a folder");
        std::fs::write(&letters, "to somebody").expect("written");
        let (exit, [english, french]) = refused_in(&out, &["--listen", "127.0.0.1:0"]);
        assert!(
            exit == 2 && english.contains(name) && english.contains("another folder with --out"),
            "{english}"
        );
        assert!(french.contains(name) && french.contains("un autre dossier avec --out"), "{french}");
        assert_eq!(std::fs::read_to_string(&letters).expect("it is there"), "to somebody");
        assert_eq!(std::fs::read_dir(&out).expect("a folder").count(), 1, "nothing was begun");
    }
    // An archive of a hospital's folder: its slides are elsewhere than a service would put them.
    let (slides, out) = (dir.path().join("slides"), dir.path().join("of-run"));
    archive_of(&slides, 2, 1, 256);
    let run = run_archive(&slides, &out, &[]);
    let before = records(&out);
    let (exit, [english, french]) = refused_in(&out, &["--listen", "127.0.0.1:0"]);
    assert!(exit == 2 && english.contains("begun by hemozoin archive run"), "{english}");
    assert!(french.contains("commencée par hemozoin archive run"), "{french}");
    assert!(!out.join("received").exists() && !out.join("incoming").exists());
    assert_eq!((code(&resume(&out, &[])), records(&out)), (code(&run), before));
    // So is one that a run has begun from what another service received.
    let (served_out, copy) = (dir.path().join("served"), dir.path().join("read-again"));
    let served = Served::start(&served_out, &[]);
    let id = served.accepted(&thick(35, 1));
    assert_eq!(served.ended(&id)["state"], "read");
    assert_eq!(served.stop(), 3);
    run_archive(&served_out.join("received"), &copy, &[]);
    let (exit, [english, _]) = refused_in(&copy, &["--listen", "127.0.0.1:0"]);
    assert!(exit == 2 && english.contains("begun by hemozoin archive run"), "{english}");
    // The folder of a service goes on wherever it is moved to.
    let moved = dir.path().join("moved");
    std::fs::rename(&served_out, &moved).expect("moved");
    let served = Served::start(&moved, &[]);
    assert_eq!(served.ended(&id)["state"], "read");
}

#[test]
fn an_archive_goes_on_in_whatever_language_it_is_started() {
    let dir = tempfile::tempdir().expect("a folder");
    let started = |language: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
        command.env("LC_ALL", language).args(["serve", "--quiet", "--listen", "127.0.0.1:0", "--out"]);
        command.arg(dir.path());
        Served::of(command, Stdio::null())
    };
    let heading = || {
        let table = std::fs::read_to_string(dir.path().join("slides.csv")).unwrap_or_default();
        table.lines().next().unwrap_or_default().to_owned()
    };
    let served = started("fr_FR.UTF-8");
    let first = served.accepted(&thick(36, 1));
    assert_eq!(served.ended(&first)["state"], "read");
    until("the table", || heading().contains(';'));
    assert_eq!(served.stop(), 3);
    std::fs::remove_file(dir.path().join("slides.csv")).expect("removed");
    let served = started("C");
    let second = served.accepted(&thick(37, 1));
    assert_eq!(served.ended(&second)["state"], "read");
    until("the table", || !heading().is_empty());
    assert!(heading().contains(';'), "{}", heading());
    assert_eq!(served.stop(), 3);
}

/// As a full disk does, but for this service alone: no file may be larger than some hundred kilobytes.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_is_said_without_its_places() {
    let dir = tempfile::tempdir().expect("a folder");
    let (out, log) = (dir.path().join("out"), dir.path().join("log"));
    let mut command = Command::new("sh");
    let limited =
        "trap '' XFSZ; ulimit -f 1024; exec \"$0\" --lang en serve --quiet --listen 127.0.0.1:0 --out \"$1\"";
    command.args(["-c", limited, env!("CARGO_BIN_EXE_hemozoin")]).arg(&out);
    let served = Served::of(command, File::create(&log).expect("a log").into());
    let large = vec![("thick", Some("1.jpg".to_owned()), vec![7; 3 << 20])];
    for path in ["/v1/slides", "/v1/examine"] {
        let reply = served.send(path, &large);
        assert_eq!(reply.status, 503, "{path}: {}", reply.text());
        assert!(reply.head.to_lowercase().contains("retry-after: "), "{}", reply.head);
        let title = reply.json()["title"].as_str().unwrap_or_default().to_owned();
        let place = dir.path().display().to_string();
        assert!(title.contains("refused") && !title.contains(&place) && !title.contains('/'), "{title}");
    }
    let said = std::fs::read_to_string(&log).expect("a log");
    assert!(said.contains("the system refused") && !said.contains("1.jpg"), "{said}");
    assert_eq!(std::fs::read_dir(out.join("incoming")).expect("a folder").count(), 0);
    let small = served.accepted(&thick(38, 1));
    assert_eq!(served.ended(&small)["state"], "read");
}

/// The head of an answer to a request of which the head alone is sent.
fn head_of(served: &Served, head: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", served.port)).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
    stream.write_all(head.as_bytes()).expect("sent");
    let mut stream = BufReader::new(stream);
    let mut answer = String::new();
    while !answer.ends_with("\r\n\r\n") {
        assert!(stream.read_line(&mut answer).expect("answered at once") > 0, "no head: {answer}");
    }
    answer
}

#[test]
fn who_asks_before_sending_is_told_at_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let served = Served::start(dir.path(), &["--most-megabytes", "1"]);
    for path in ["/v1/slides", "/v1/examine"] {
        let head = |length: u64| {
            format!(
                "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: multipart/form-data; boundary={EDGE}\r\n\
                 Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n",
                served.port
            )
        };
        let answer = head_of(&served, &head(9_000_000_000));
        assert!(answer.starts_with("HTTP/1.1 413"), "{path}: {answer}");
        let answer = head_of(&served, &head(1_000));
        assert!(answer.starts_with("HTTP/1.1 100"), "{path}: {answer}");
    }
    // Of too many headers nothing is read: neither is there a body that says so.
    let many: String = (0..200).map(|at| format!("X-{at}: a\r\n")).collect();
    let answer = head_of(&served, &format!("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n{many}\r\n"));
    assert!(
        answer.starts_with("HTTP/1.1 431") && answer.to_lowercase().contains("content-length: 0"),
        "{answer}"
    );
}

/// Of a slide that cannot be listed the archive has the folder's name, not its number.
#[test]
fn a_slide_that_is_none_fails_and_leaves_its_number_to_the_corrected_one() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let mut served = Served::start(&out, &[]);
    let parts = |name: &str, bytes: &[u8]| vec![("thick", Some(name.to_owned()), bytes.to_vec())];
    let first = served.accepted(&with_facts(parts("scan.dcm", b"no picture"), r#"{"slide": "17"}"#));
    let pdf = served.accepted(&with_facts(parts("lame.pdf", b"%PDF-1.7"), r#"{"slide": "18"}"#));
    for (id, number) in [(&first, "17"), (&pdf, "18")] {
        let failed = served.ended(id);
        assert_eq!((failed["state"].as_str(), failed["slide"].as_str()), (Some("failed"), Some(number)));
        let fault = failed["fault"].as_str().unwrap_or_default();
        assert!(fault.contains("JPEG") && fault.contains("corrected"), "{failed}");
    }
    // Neither a start nor the same slide again adds anything.
    for _ in 0..2 {
        assert_eq!(served.stop(), 3);
        served = Served::start(&out, &[]);
        assert_eq!(served.ended(&first)["state"], "failed");
        let again =
            served.send("/v1/slides", &with_facts(parts("lame.pdf", b"%PDF-1.7"), r#"{"slide": "18"}"#));
        assert_eq!((again.status, again.json()["id"].as_str()), (200, Some(pdf.as_str())));
        assert_eq!((served.figure("hemozoin_slides_ended"), served.figure("hemozoin_slides_failed")), (2, 2));
    }
    let corrected = served.accepted(&with_facts(thick(31, 1), r#"{"slide": "17"}"#));
    let read = served.ended(&corrected);
    assert_eq!((read["state"].as_str(), read["slide"].as_str()), (Some("read"), Some("17")));
    assert_eq!(served.get(&format!("/v1/slides/{corrected}/record")).json()["slide"]["id"], "17");
    assert_eq!(served.get(&format!("/v1/slides/{first}")).status, 404);
    assert!(out.join("replaced").join(&first).is_dir(), "what was sent is kept");
    // What was read has its number for good.
    let other = served.send("/v1/slides", &with_facts(thick(32, 1), r#"{"slide": "17"}"#));
    is_problem(&other, 409, "service_number");
    assert_eq!(served.stop(), 3);
    let served = Served::start(&out, &[]);
    assert_eq!(served.ended(&corrected)["state"], "read");
    assert_eq!((served.figure("hemozoin_slides_ended"), served.figure("hemozoin_slides_failed")), (2, 1));
    assert_eq!(served.stop(), 3);
    let by_command = dir.path().join("by-command");
    assert_eq!(code(&run_archive(&out.join("received"), &by_command, &[])), 1, "one slide cannot be read");
    assert_eq!(records(&out), records(&by_command));
}

#[test]
fn a_slide_of_broken_pictures_leaves_its_number_to_the_corrected_one() {
    let dir = tempfile::tempdir().expect("a folder");
    let served = Served::start(dir.path(), &[]);
    let broken = vec![("thick", Some("1.jpg".to_owned()), b"no picture".to_vec())];
    let first = served.accepted(&with_facts(broken, r#"{"slide": "19"}"#));
    let failed = served.ended(&first);
    assert_eq!(failed["state"], "failed", "{failed}");
    until("its page", || dir.path().join("slides/19.html").is_file());
    let corrected = served.accepted(&with_facts(thick(33, 1), r#"{"slide": "19"}"#));
    assert_eq!(served.ended(&corrected)["state"], "read");
    let record = served.get(&format!("/v1/slides/{corrected}/record")).json();
    assert_eq!(record["fields"].as_array().map(Vec::len), Some(1), "{record}");
    assert_eq!(records(dir.path()).len(), 1);
    assert_eq!((served.figure("hemozoin_slides_ended"), served.figure("hemozoin_slides_failed")), (1, 0));
    assert_eq!(served.get(&format!("/v1/slides/{first}")).status, 404);
    // Killed after the failed one was moved away and before the other came: nothing of it is left in the archive.
    let again = vec![("thick", Some("2.jpg".to_owned()), b"no picture".to_vec())];
    let second = served.accepted(&with_facts(again, r#"{"slide": "20"}"#));
    assert_eq!(served.ended(&second)["state"], "failed");
    served.kill();
    let place = |folder: &str| dir.path().join(folder).join(&second);
    std::fs::rename(place("received"), place("replaced")).expect("moved");
    let served = Served::start(dir.path(), &[]);
    until("it is out", || served.figure("hemozoin_slides_ended") == 1);
    assert_eq!(served.ended(&corrected)["state"], "read");
}

/// The links of the page of all slides to those of each.
fn linked(out: &Path) -> Vec<PathBuf> {
    let page = std::fs::read_to_string(out.join("index.html")).unwrap_or_default();
    page.split("href=\"slides/")
        .skip(1)
        .map(|rest| out.join("slides").join(rest.split('"').next().expect("an end")))
        .collect()
}

#[test]
fn pages_and_tables_are_written_whatever_comes_between() {
    let dir = tempfile::tempdir().expect("a folder");
    let (out, log) = (dir.path().join("out"), dir.path().join("log"));
    let served = Served::logging(&out, &log);
    let first = served.accepted(&thick(41, 1));
    assert_eq!(served.ended(&first)["state"], "read");
    until("the page", || linked(&out).len() == 1);
    assert!(linked(&out).iter().all(|page| page.is_file()), "{:?}", linked(&out));
    // A table that cannot be written stops no reading, and is said in the log.
    std::fs::remove_file(out.join("slides.parquet")).expect("removed");
    std::fs::create_dir_all(out.join("slides.parquet/held")).expect("a folder");
    let second = served.accepted(&thick(42, 1));
    assert_eq!(served.ended(&second)["state"], "read");
    until("it is said", || std::fs::read_to_string(&log).is_ok_and(|log| log.contains("tables")));
    assert_eq!(served.get("/ready").status, 204);
    served.kill();
    std::fs::remove_dir_all(out.join("slides.parquet")).expect("removed");
    // Killed between the record and the tables: the next start writes them, though nothing comes.
    let _served = Served::start(&out, &[]);
    until("both pages", || linked(&out).len() == 2 && out.join("slides.parquet").is_file());
    assert!(linked(&out).iter().all(|page| page.is_file()), "{:?}", linked(&out));
}

#[test]
fn what_the_system_refuses_is_tried_again_and_said() {
    let dir = tempfile::tempdir().expect("a folder");
    let (out, log) = (dir.path().join("out"), dir.path().join("log"));
    let served = Served::logging(&out, &log);
    std::fs::create_dir_all(out.join("records/17.json/held")).expect("a folder in its place");
    let id = served.accepted(&with_facts(thick(51, 1), r#"{"slide": "17"}"#));
    until("it is refused", || served.get("/ready").status == 503);
    let unready = served.get("/ready");
    assert!(unready.head.to_lowercase().contains("retry-after: "), "{}", unready.head);
    assert!(!unready.json()["title"].as_str().unwrap_or_default().is_empty(), "{}", unready.text());
    assert_eq!(served.send("/v1/slides", &thick(52, 1)).status, 503);
    let said = std::fs::read_to_string(&log).expect("a log");
    assert!(said.contains("nothing is read for now") && said.contains("\"seconds\":1"), "{said}");
    assert!(!said.contains("answered"), "quiet: {said}");
    std::fs::remove_dir_all(out.join("records/17.json")).expect("removed");
    assert_eq!(served.ended(&id)["state"], "read");
    until("it accepts", || served.get("/ready").status == 204);
    let next = served.accepted(&thick(52, 1));
    assert_eq!(served.ended(&next)["state"], "read");
    assert_eq!(served.figure("hemozoin_slides_ended"), 2);
}

/// A line that is closed with bytes on the way is broken for the sender, who never reads why.
#[test]
fn a_refusal_reaches_whoever_sends_much() {
    let dir = tempfile::tempdir().expect("a folder");
    let token = dir.path().join("token");
    std::fs::write(&token, "a-token-of-some-length").expect("written");
    let flags = ["--queue", "1", "--most-megabytes", "9", "--token-file", &token.display().to_string()];
    let mut served = Served::start(&dir.path().join("out"), &flags);
    let large = |megabytes: usize| vec![("thick", Some("1.jpg".to_owned()), vec![7; megabytes << 20])];
    is_problem(&served.send("/v1/slides", &large(8)), 401, "service_token");
    served.token = Some("a-token-of-some-length".to_owned());
    for path in ["/v1/slides", "/v1/examine"] {
        // Said beforehand or not, that it is too large: the parts together have more than the form says.
        is_problem(&served.send(path, &large(40)), 413, "service_large");
        is_problem(&served.send(path, &large(9)), 413, "service_large");
    }
    is_problem(&served.send("/v1/nothing", &large(8)), 404, "service_nowhere");
    let kind = format!("multipart/form-data; boundary={EDGE}");
    is_problem(
        &served.ask("PUT", "/v1/slides", &[("Content-Type", &kind)], form(&large(8))),
        405,
        "service_method",
    );
    is_problem(&served.ask("POST", "/v1/slides", &[], form(&large(8))), 415, "service_no_form");
    let mut wrong = vec![("other", None, b"x".to_vec())];
    wrong.extend(large(8));
    is_problem(&served.send("/v1/slides", &wrong), 400, "service_part");
    served.accepted(&thick(61, 24));
    let full = served.send("/v1/slides", &large(8));
    is_problem(&full, 429, "service_full");
    assert!(full.head.to_lowercase().contains("retry-after: 15"), "{}", full.head);
    assert_eq!(std::fs::read_dir(dir.path().join("out/incoming")).expect("a folder").count(), 0);
}

/// Neither the queue nor the turn is held by a slide of which the half has come.
#[test]
fn whoever_sends_slowly_keeps_nobody_waiting() {
    let dir = tempfile::tempdir().expect("a folder");
    let served = Served::start(dir.path(), &["--queue", "1"]);
    let _queue = served.half("/v1/slides", &thick(71, 2));
    let _turn = served.half("/v1/examine", &thick(72, 2));
    until("both come in", || {
        std::fs::read_dir(dir.path().join("incoming")).is_ok_and(|all| all.count() == 2)
    });
    let waited = served.send("/v1/examine", &thick(73, 1));
    assert_eq!(waited.status, 200, "{}", waited.text());
    let id = served.accepted(&thick(74, 1));
    assert_eq!(served.ended(&id)["state"], "read");
    // A line on which no request comes is closed.
    let mut silent = TcpStream::connect(("127.0.0.1", served.port)).expect("it listens");
    silent.write_all(b"GET /health HTTP/1.1\r\nHos").expect("sent");
    silent.set_read_timeout(Some(Duration::from_secs(50))).expect("set");
    let mut rest = Vec::new();
    silent.read_to_end(&mut rest).expect("closed before that");
}

/// How long a slide of two pictures takes, and a slide that takes thirty times as long at least, which is some seconds.
fn long(served: &Served, seed: u64) -> (Duration, Vec<Part>) {
    let began = Instant::now();
    assert_eq!(served.send("/v1/examine", &thick(seed, 2)).status, 200);
    let two = began.elapsed();
    (two, thick(seed + 1, if two < Duration::from_millis(100) { 240 } else { 60 }))
}

/// Whether a slide is being read for a caller: a form with nothing in it takes no turn.
fn is_taken(served: &Served) -> bool {
    let status = served.send("/v1/examine", &[]).status;
    assert!(status == 400 || status == 429, "{status}");
    status == 429
}

/// Well before the long slide would have been read.
fn is_free_soon(served: &Served, two: Duration) {
    let began = Instant::now();
    until("the turn is free", || !is_taken(served));
    assert!(began.elapsed() < 10 * two, "{:?}, and two pictures take {two:?}", began.elapsed());
}

#[test]
fn what_is_read_for_a_caller_who_went_is_not_read_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let served = Served::start(dir.path(), &[]);
    let (two, parts) = long(&served, 80);
    let whole = form(&parts);
    let mut stream = served.half("/v1/examine", &parts);
    stream.write_all(&whole[whole.len() / 2..]).expect("sent");
    until("it has the turn", || is_taken(&served));
    drop(stream);
    is_free_soon(&served, two);
    assert_eq!(
        std::fs::read_dir(dir.path().join("incoming")).expect("a folder").count(),
        0,
        "nothing is kept"
    );
}

#[test]
fn what_takes_too_long_is_said_and_not_read_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let quick = Served::start(&dir.path().join("quick"), &[]);
    let (two, parts) = long(&quick, 90);
    drop(quick);
    let within = (2 * two).as_secs() + 1;
    let served = Served::start(&dir.path().join("out"), &["--within", &within.to_string()]);
    is_problem(&served.send("/v1/examine", &parts), 408, "service_late");
    is_free_soon(&served, two);
}

#[cfg(target_os = "linux")]
#[test]
fn the_address_that_is_printed_is_answered() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut command = hemozoin();
    command.args(["serve", "--quiet", "--listen", "127.0.0.2:0", "--out"]).arg(dir.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("the address");
    let host = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut stream = TcpStream::connect(&host).expect("it listens");
    write!(stream, "GET /metrics HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert!(host.starts_with("127.0.0.2:") && answer.starts_with("HTTP/1.1 200"), "{host}: {answer}");
}

#[test]
fn the_interface_describes_itself() {
    let dir = tempfile::tempdir().expect("a folder");
    let served = Served::start(dir.path(), &[]);
    let described = served.get("/openapi.json").json();
    assert!(described["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{described}");
    let paths: Vec<&str> =
        described["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
    let known = [
        "/health",
        "/metrics",
        "/ready",
        "/v1/examine",
        "/v1/slides",
        "/v1/slides/{id}",
        "/v1/slides/{id}/fhir",
        "/v1/slides/{id}/record",
    ];
    assert_eq!(paths, known);
    assert_eq!(described["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    for (path, of) in described["paths"].as_object().expect("paths") {
        for (method, operation) in of.as_object().expect("methods") {
            let answers = operation["responses"].as_object().expect("answers");
            let open = ["/health", "/ready"].contains(&path.as_str());
            assert_eq!(answers.contains_key("401") && answers.contains_key("403"), !open, "{method} {path}");
            assert_eq!(operation["security"].is_array(), !open, "{method} {path}");
            for (status, answer) in answers {
                let refused = status.starts_with(['4', '5']);
                assert_eq!(
                    answer["content"]["application/problem+json"].is_object(),
                    refused,
                    "{method} {path} {status}"
                );
                let again = ["429", "503"].contains(&status.as_str());
                assert_eq!(answer["headers"]["Retry-After"].is_object(), again, "{method} {path} {status}");
            }
        }
    }
    // Kept beside the page that explains it, so that a change is seen.
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/service.json");
    let text = format!("{}\n", serde_json::to_string_pretty(&described).expect("JSON"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&kept, &text).expect("written");
    }
    assert_eq!(std::fs::read_to_string(&kept).expect("schema/service.json; BLESS=1 writes it"), text);
}
