//! A real Chromium without a window, driven through the few WebDriver calls that a test needs.

#![allow(dead_code)] // Each test uses a part of this.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};

use super::review::ask;

/// How long a page may take to come to a state: no measurement, only the end of a test that hangs.
const PATIENCE: Duration = Duration::from_secs(180);

/// One browser at a time: each fills two cores.
static ONE: Mutex<()> = Mutex::new(());

const ENTER: char = '\u{e007}';

/// One browser window; it closes with the value.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: tempfile::TempDir,
    // The last to go.
    _only: MutexGuard<'static, ()>,
}

/// Waits until something is so that no page tells.
pub fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "never came to: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn program(names: &[&str]) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    let places: Vec<PathBuf> = std::env::split_paths(&paths).collect();
    names.iter().flat_map(|name| places.iter().map(move |place| place.join(name))).find(|path| path.is_file())
}

impl Browser {
    /// `None`, said in a plain word, where Chromium or its driver is not installed.
    pub fn start(width: u32, height: u32) -> Option<Self> {
        let chromium = program(&["chromium", "chromium-browser", "google-chrome"]);
        let (Some(chromium), Some(driver)) = (chromium, program(&["chromedriver"])) else {
            eprintln!(
                "skipped: chromium and chromedriver are not both installed (apt-get install chromium chromium-driver)"
            );
            return None;
        };
        let only = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut out = BufReader::new(driver.stdout.take().expect("its output")).lines().map_while(Result::ok);
        // It names the port that it was asked for (0) first, and then the one that it has.
        let named =
            |line: String| line.split("on port ").nth(1)?.trim_end_matches('.').trim().parse::<u16>().ok();
        let port = out.by_ref().filter_map(named).find(|port| *port != 0).expect("the driver names its port");
        // It ends where nobody reads what it says.
        std::thread::spawn(move || out.for_each(drop));
        let profile = tempfile::tempdir().expect("a folder");
        let arguments = [
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
            format!("--window-size={width},{height}"),
        ];
        let options = json!({ "binary": chromium, "args": arguments });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } } } });
        let mut browser = Self { driver, port, session: String::new(), _profile: profile, _only: only };
        let made = browser.call("POST", "/session", &wanted);
        browser.session =
            made["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {made}")).to_owned();
        Some(browser)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let host = format!("127.0.0.1:{}", self.port);
        let headers = [("Host", host.as_str()), ("Content-Type", "application/json")];
        let text = if method == "GET" { String::new() } else { body.to_string() };
        ask(self.port, method, path, &headers, &text).json()["value"].clone()
    }

    fn of_session(&self, method: &str, path: &str, body: &Value) -> Value {
        let value = self.call(method, &format!("/session/{}{path}", self.session), body);
        assert!(value.get("error").is_none(), "{path} {body}: {value}");
        value
    }

    pub fn go(&self, address: &str) {
        self.of_session("POST", "/url", &json!({ "url": address }));
    }

    /// What this JavaScript returns.
    pub fn run(&self, script: &str) -> Value {
        self.of_session("POST", "/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until this JavaScript returns something that is true; then that.
    pub fn until(&self, script: &str) -> Value {
        let begun = Instant::now();
        loop {
            let value = self.run(script);
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return value;
            }
            if begun.elapsed() > PATIENCE {
                let page = self.run("return document.body.innerText");
                panic!("never came to: {script}\n{page}");
            }
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Presses keys as a person does.
    pub fn press(&self, keys: &str) {
        let steps: Vec<Value> = keys
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))
            })
            .collect();
        let body = json!({ "actions": [{ "type": "key", "id": "keys", "actions": steps }] });
        self.of_session("POST", "/actions", &body);
    }

    /// Types a text and then Enter.
    pub fn enter(&self, text: &str) {
        self.press(&format!("{text}{ENTER}"));
    }

    /// Clicks in the middle of the element that this selector names, moved by so many pixels.
    pub fn click(&self, selector: &str, dx: i64, dy: i64) {
        let quoted = json!(selector);
        self.until(&format!(
            "const e = document.querySelector({quoted}); return e !== null && e.offsetParent !== null"
        ));
        let element =
            self.of_session("POST", "/element", &json!({ "using": "css selector", "value": selector }));
        let moved = json!({ "type": "pointerMove", "duration": 0, "x": dx, "y": dy, "origin": element });
        let press = |kind: &str| json!({ "type": kind, "button": 0 });
        let steps = [moved, press("pointerDown"), press("pointerUp")];
        let pointer = json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": steps });
        self.of_session("POST", "/actions", &json!({ "actions": [pointer] }));
    }

    /// Presses at one place of an element, counted from its middle, and lets go at another.
    pub fn drag(&self, selector: &str, from: (i64, i64), to: (i64, i64)) {
        let element =
            self.of_session("POST", "/element", &json!({ "using": "css selector", "value": selector }));
        let moved = |(x, y): (i64, i64)| json!({ "type": "pointerMove", "duration": 50, "x": x, "y": y, "origin": element });
        let press = |kind: &str| json!({ "type": kind, "button": 0 });
        let half = ((from.0 + to.0) / 2, (from.1 + to.1) / 2);
        let steps = [moved(from), press("pointerDown"), moved(half), moved(to), press("pointerUp")];
        let pointer = json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": steps });
        self.of_session("POST", "/actions", &json!({ "actions": [pointer] }));
    }

    /// Opens another tab and looks at it; returns this tab's name and the other's.
    pub fn tab(&self) -> (String, String) {
        let text = |value: &Value| value.as_str().expect("a name").to_owned();
        let this = text(&self.of_session("GET", "/window", &Value::Null));
        let other = text(&self.of_session("POST", "/window/new", &json!({ "type": "tab" }))["handle"]);
        self.look_at(&other);
        (this, other)
    }

    pub fn look_at(&self, tab: &str) {
        self.of_session("POST", "/window", &json!({ "handle": tab }));
    }

    pub fn reload(&self) {
        self.of_session("POST", "/refresh", &json!({}));
    }

    /// Every text of the page that a person sees or a screen reader says: what is hidden is not looked at.
    pub fn texts(&self) -> Vec<String> {
        let texts = self.run(
            "const found = [];
             for (const e of document.body.querySelectorAll('*')) {
               if (['SCRIPT', 'NOSCRIPT'].includes(e.tagName)) continue;
               if (e.tagName !== 'OPTION' && e.getClientRects().length === 0) continue;
               for (const n of e.childNodes) if (n.nodeType === 3) found.push(n.textContent);
               for (const a of ['title', 'aria-label', 'alt', 'placeholder']) found.push(e.getAttribute(a) || '');
             }
             return found.map((t) => t.trim()).filter((t) => t);",
        );
        let texts = texts.as_array().expect("a list").iter();
        texts.map(|text| text.as_str().expect("a text").to_owned()).collect()
    }

    /// What axe-core objects to on this page by WCAG 2 A and AA; `None`, said in a plain word, where axe-core is not
    /// there. `.ci/run` fetches it.
    pub fn objections(&self) -> Option<Vec<String>> {
        let place = std::env::var_os("HEMOZOIN_AXE").map(PathBuf::from).unwrap_or_else(|| {
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/axe-core/package/axe.min.js")
        });
        let Ok(axe) = std::fs::read_to_string(&place) else {
            eprintln!("skipped: no axe-core at {} (see .ci/run)", place.display());
            return None;
        };
        self.run(&format!("{axe}; return true"));
        let found = self.run(
            "return axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then((r) =>
               r.violations.flatMap((v) => v.nodes.map((n) => v.id + ' ' + n.target.join(' ') + ': ' + n.failureSummary)))",
        );
        let found = found.as_array().unwrap_or_else(|| panic!("no answer of axe-core: {found}")).iter();
        Some(found.map(|text| text.as_str().unwrap_or_default().to_owned()).collect())
    }

    /// Puts a picture of the screen, and of its pages in print, into the folder that `HEMOZOIN_SCREENS` names, where it
    /// names one: for a person to look at.
    pub fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("HEMOZOIN_SCREENS").map(PathBuf::from) else { return };
        for (path, method, end) in [("/screenshot", "GET", "png"), ("/print", "POST", "pdf")] {
            let coded = self.of_session(method, path, &json!({}));
            let bytes = base64::engine::general_purpose::STANDARD.decode(coded.as_str().expect("text"));
            std::fs::write(folder.join(format!("{name}.{end}")), bytes.expect("base64")).expect("written");
        }
    }

    /// What the page wrote to its console as an error.
    pub fn complaints(&self) -> Vec<String> {
        let log =
            self.call("POST", &format!("/session/{}/se/log", self.session), &json!({ "type": "browser" }));
        let lines = log.as_array().cloned().unwrap_or_default();
        let severe = lines.iter().filter(|line| line["level"] == "SEVERE");
        severe.map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            let _ = self.call("DELETE", &format!("/session/{}", self.session), &json!({}));
        } else {
            // The driver ends its browser where it is asked to end; a panic here would be the second.
            let _ = Command::new("kill").arg(self.driver.id().to_string()).status();
            std::thread::sleep(Duration::from_millis(500));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
