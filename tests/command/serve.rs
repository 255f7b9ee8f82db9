//! The engine as a service: slides in, results out, and nothing that was accepted is lost.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use hemozoin::terms::Film;
use serde_json::Value;

use crate::support::archive::{code, field, hemozoin, run_archive};
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
        Self::of(command)
    }

    fn of(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
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
    std::fs::create_dir_all(dir.path().join("incoming/half/thick")).expect("a folder");
    let served = Served::start(dir.path(), &["--queue", "3"]);
    for id in &ids {
        assert_eq!(served.ended(id)["state"], "read");
    }
    assert!(!dir.path().join("incoming/half").exists());
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
        (vec![part("thick", "1.jpg"), part("thick", "1.jpg")], 400, "service_twice"),
        (vec![part("other", "1.jpg")], 400, "service_part"),
        (
            vec![part("thick", "1.jpg"), part("thick", "2.jpg"), part("thin", "3.jpg")],
            413,
            "service_pictures",
        ),
        (vec![("thick", Some("1.jpg".to_owned()), vec![0; 1_100_000])], 413, "service_large"),
        (with_facts(vec![part("thick", "1.jpg")], "[1]"), 400, "service_facts"),
        (with_facts(vec![part("thick", "1.jpg")], r#"{"floor": "/etc/passwd"}"#), 400, "service_facts"),
        (with_facts(with_facts(vec![part("thick", "1.jpg")], "{}"), "{}"), 400, "service_part"),
    ] {
        for path in ["/v1/slides", "/v1/examine"] {
            let reply = served.send(path, &parts);
            assert_eq!(
                (reply.status, reply.json()["code"].as_str()),
                (status, Some(code)),
                "{}",
                reply.text()
            );
            assert!(
                reply.head.to_lowercase().contains("content-type: application/problem+json"),
                "{}",
                reply.head
            );
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
    assert_eq!(served.ask("POST", "/v1/slides", &[("Content-Type", "application/json")], "{}").status, 415);
    assert_eq!(served.ask("PUT", "/v1/slides", &[], "").status, 405);
    for nowhere in
        ["/", "/v1", "/v1/slides/none", "/v1/slides/none/record", "/v1/slides/..%2f..%2fetc/record"]
    {
        assert_eq!(served.get(nowhere).status, 404, "{nowhere}");
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
    ] {
        let (exit, said) = started(&flags);
        assert!(exit == 2 && said.contains(word), "{flags:?}: {exit}, {said}");
    }
    std::fs::write(&token, "a-token-of-some-length\n").expect("written");
    let mut served = Served::start(&dir.path().join("out"), &["--token-file", &token]);
    assert_eq!((served.get("/health").status, served.get("/metrics").status), (204, 401));
    served.token = Some("a-token-of-another-one".to_owned());
    assert_eq!(served.get("/metrics").status, 401);
    served.token = Some("a-token-of-some-length".to_owned());
    assert_eq!(served.get("/metrics").status, 200);
    // One at a time, as with every archive.
    let (exit, _) = started(&["--token-file", &token]);
    assert_eq!(exit, 2);
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
    // Kept beside the page that explains it, so that a change is seen.
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/service.json");
    let text = format!("{}\n", serde_json::to_string_pretty(&described).expect("JSON"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&kept, &text).expect("written");
    }
    assert_eq!(std::fs::read_to_string(&kept).expect("schema/service.json; BLESS=1 writes it"), text);
}
