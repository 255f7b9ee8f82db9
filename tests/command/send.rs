//! Results and figures to the servers of other systems: what they refuse, drop or do not answer waits and is not lost.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::support::review::{Drawn, draw, read_and_sign};

/// `tests/exchange/server.py` on a port of its own.
struct Server {
    child: Child,
    address: String,
    log: PathBuf,
}

impl Server {
    /// `None` where there is no Python for it.
    fn start(dir: &Path, plan: &str) -> Option<Self> {
        let Some(python) = std::env::var_os("HEMOZOIN_LABELS_PYTHON") else {
            eprintln!("SKIPPED: no Python with fhir.resources; set HEMOZOIN_LABELS_PYTHON");
            return None;
        };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange/server.py");
        let log = dir.join("requests.jsonl");
        let mut child = Command::new(python)
            .arg(script)
            .arg(&log)
            .arg(plan)
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python runs");
        let mut port = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut port).expect("a port");
        let address = format!("http://127.0.0.1:{}", port.trim());
        Some(Self { child, address, log })
    }

    /// The requests so far.
    fn asked(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs `hemozoin send ...` in `dir`; its exit code and what it said.
fn send(dir: &Path, args: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_hemozoin"))
        .args(["--lang", "en", "send"])
        .args(args)
        .args(["--wait", "0"])
        .env("HEMOZOIN_AUTHORIZATION", "Bearer of-the-test")
        .current_dir(dir)
        .output()
        .expect("it runs");
    (output.status.code().expect("a code"), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn slide(dir: &Path, name: &str) -> String {
    let home = dir.join(name);
    let mut record = draw(&home, name, Drawn { fields: 2, rings: 3, dirt: 1, white_cells: 5 });
    record.slide.patient_id = Some(format!("P-{name}"));
    crate::support::review::write(&home, &record);
    home.to_str().expect("text").to_owned()
}

fn sign(home: &str) {
    let folder = Path::new(home).join("hemozoin-result");
    read_and_sign(&folder, &folder.join("record.json"), "A. Moussa", |found| found.score.get() > 0.8);
}

/// What waits: number of the slide, state and what the server said.
fn parcels(dir: &Path) -> Vec<(String, String, String)> {
    let mut found: Vec<_> = std::fs::read_dir(dir.join("hemozoin-outbox"))
        .expect("an outbox")
        .map(|entry| {
            let bytes = std::fs::read(entry.expect("an entry").path()).expect("read");
            let parcel: Value = serde_json::from_slice(&bytes).expect("JSON");
            assert_eq!(
                parcel["bundle"].is_null(),
                parcel["state"] == "accepted",
                "what is accepted is not kept"
            );
            let text = |key: &str| parcel[key].as_str().unwrap_or_default().to_owned();
            (text("slide"), text("state"), text("said"))
        })
        .collect();
    found.sort();
    found
}

#[test]
fn a_result_waits_until_a_fhir_server_has_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    let Some(server) = Server::start(dir, "503,drop,ok,page,ok") else { return };
    let (a, b) = (slide(dir, "A-1"), slide(dir, "B-2"));
    sign(&a);

    // Two faults of the line, then the first is taken; what answers for the second is no FHIR server.
    let (code, said) = send(dir, &["fhir", &server.address, &a, &b]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("B-2: the server refuses it") && said.contains("1 accepted"), "{said}");
    let states: Vec<_> = parcels(dir).into_iter().map(|(slide, state, _)| (slide, state)).collect();
    assert_eq!(states, [("A-1".into(), "accepted".into()), ("B-2".into(), "refused".into())]);

    // Without a path: what is not accepted yet, and only that.
    let (code, said) = send(dir, &["fhir", &server.address]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("1 accepted"), "{said}");
    assert_eq!(server.asked().len(), 5);
    assert!(server.asked().iter().all(|asked| asked["authorization"] == "Bearer of-the-test"));

    // What the server has is not sent again; what has changed is.
    let (code, said) = send(dir, &["fhir", &server.address, &a, &b]);
    assert!(code == 0 && said.contains("0 accepted, 2 there before"), "{said}");
    sign(&b);
    let (code, said) = send(dir, &["fhir", &server.address, &a, &b]);
    assert!(code == 0 && said.contains("1 accepted, 1 there before"), "{said}");
    let asked = server.asked();
    assert_eq!(asked.len(), 6);
    // With the report and marked pictures, of what is signed alone.
    let marked = Path::new(&a).join("hemozoin-result/marked");
    std::fs::create_dir_all(&marked).expect("made");
    std::fs::copy(Path::new(&a).join("thick/1.png"), marked.join("thick-1.jpg")).expect("copied");
    std::fs::write(Path::new(&a).join("hemozoin-result/report.pdf"), b"%PDF-1.7 a report").expect("written");
    let (code, said) = send(dir, &["fhir", &server.address, &a, "--attach"]);
    assert!(code == 0 && said.contains("1 accepted"), "{said}");
    let with = server.asked().pop().expect("a request").to_string();
    assert!(
        with.contains("presentedForm") && with.contains("\"Media\"") && with.contains("image/jpeg"),
        "{with}"
    );
    let status = |asked: &Value| {
        let all = asked["body"]["entry"].as_array().expect("entries").clone();
        let report = all.into_iter().find(|e| e["resource"]["resourceType"] == "DiagnosticReport");
        report.expect("a report")["resource"]["status"].clone()
    };
    assert_eq!((status(&asked[4]), status(&asked[5])), (json!("preliminary"), json!("final")));
}

#[test]
fn nothing_is_lost_where_the_server_is_away_and_no_unsigned_result_goes_that_should_not() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    let (a, b) = (slide(dir, "A-1"), slide(dir, "B-2"));
    // A port that nobody listens on.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number");
    let address = format!("http://{gone}");
    let (code, said) = send(dir, &["fhir", &address, &a, &b]);
    assert!(code == 1 && said.contains("0 accepted, 0 there before, 0 refused, 2 waiting"), "{said}");
    assert!(parcels(dir).iter().all(|(_, state, _)| state == "waiting"));

    std::fs::remove_dir_all(dir.join("hemozoin-outbox")).expect("removed");
    sign(&a);
    let (_, said) = send(dir, &["fhir", &address, &a, &b, "--signed-only", "--tries", "1"]);
    assert!(said.contains("1 not sent: no reader has signed"), "{said}");
    assert_eq!(parcels(dir).iter().map(|(slide, ..)| slide.as_str()).collect::<Vec<_>>(), ["A-1"]);

    for (address, key) in [("http://example.org/fhir", "readable by everybody"), ("nowhere", "no address")] {
        let (code, said) = send(dir, &["fhir", address, &a]);
        assert!(code == 2 && said.contains(key), "{said}");
    }
    let file = dir.join("hemozoin-outbox/odd.json");
    std::fs::write(&file, "{}").expect("written");
    let (code, said) = send(dir, &["fhir", &address]);
    assert!(code == 2 && said.contains("odd.json"), "{code}: {said}");
}

#[test]
fn figures_go_to_dhis2_after_it_has_said_what_it_would_make_of_them() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    let Some(server) = Server::start(dir, "") else { return };
    let (out, tested) = super::archive_surveillance::signed_archive(dir);
    let out = out.to_str().expect("text");
    let writes =
        || server.asked().iter().filter(|a| a["path"].as_str().is_some_and(|p| p.ends_with("false"))).count();

    // Films are held back: named, and 1 for it.
    let (code, said) = send(dir, &["dhis2", &server.address, out]);
    assert!(code == 1 && said.contains("nothing was sent; with --yes it is"), "{said}");
    assert!(said.contains("P-6 is held back"), "{said}");
    assert_eq!((server.asked().len(), writes()), (1, 0));

    let (_, said) = send(dir, &["dhis2", &server.address, out, "--yes"]);
    assert!(said.contains("has taken") && !said.contains("has taken new values: 0"), "{said}");
    assert_eq!(writes(), 1);
    // Once more: the same values in the place of the same.
    let (_, said) = send(dir, &["dhis2", &server.address, out, "--yes"]);
    assert!(said.contains("has taken new values: 0"), "{said}");

    // An id that the server does not know: nothing is sent.
    let config = dir.join("config.toml");
    let text = hemozoin::report::archive::SurveillanceConfig::DEFAULT.replace(&tested, "BADtested01");
    std::fs::write(&config, text).expect("written");
    let (code, said) =
        send(dir, &["dhis2", &server.address, out, "--yes", "--config", config.to_str().expect("text")]);
    assert!(code == 1 && said.contains("BADtested01: No such data element"), "{said}");
    assert!(said.contains("nothing was sent"), "{said}");
    assert_eq!(writes(), 2);

    let Some(page) = Server::start(dir, "page,page,401") else { return };
    let (code, said) = send(dir, &["dhis2", &page.address, out]);
    assert!(code == 2 && said.contains("no DHIS2 server"), "{code}: {said}");
    let (_, said) = send(dir, &["dhis2", &page.address, out]);
    assert!(said.contains("no DHIS2 server"), "{said}");
    let (code, said) = send(dir, &["dhis2", &page.address, out]);
    assert!(code == 2 && said.contains("status 401"), "{code}: {said}");
}
