//! A drawn slide with a record of what is in it, the server on it, and a small HTTP client that says what it likes.

#![allow(dead_code)] // Each test uses a part of this.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use hemozoin::intake::{Limits, Picture};
use hemozoin::measure::Probability;
use hemozoin::record::{DetectionRecord, SlideRecord};
use hemozoin::render::{Counts, FieldSpec, render};
use hemozoin::terms::{CellClass, Film};
use serde_json::{Value, json};

use super::slides::{Case, detection};

/// What is drawn.
#[derive(Clone, Copy)]
pub struct Drawn {
    pub fields: u32,
    /// Rings in each field.
    pub rings: u32,
    /// Places without a parasite that the machine takes for one, in each field.
    pub dirt: u32,
    /// White cells in each field.
    pub white_cells: u32,
}

/// Draws a thick film and writes the record of it as an analysis would: every ring is found, and some dirt with it.
pub fn draw(dir: &Path, id: &str, drawn: Drawn) -> SlideRecord {
    let Drawn { fields, rings, dirt, white_cells } = drawn;
    let case = format!(
        "slide = {}\nthick = \"{fields}x{}:{white_cells}\"\n[scale]\num_per_px = 0.1\nbasis = \"given\"",
        json!(id),
        rings + dirt
    );
    let case: Case = toml::from_str(&case).expect("a case");
    let mut record = case.record();
    std::fs::create_dir_all(dir.join("thick")).expect("a folder");
    for (i, field) in record.fields.iter_mut().enumerate() {
        let counts = Counts { rings, white_cells, precipitate: 3, ..Counts::default() };
        let seed = 40 + i as u64;
        let spec = FieldSpec {
            film: Film::Thick,
            width: 640,
            height: 480,
            counts,
            seed,
            disc: None,
            ..FieldSpec::default()
        };
        let seen = render(&spec).expect("a sound specification");
        field.image = format!("thick/{}.png", i + 1);
        let path = dir.join(&field.image);
        seen.image.save(&path).expect("a picture");
        field.sha256 = Picture::open(&path, 0, &Limits::default()).expect("a picture").sha256().to_owned();
        let scored = |class, at, score: f32| DetectionRecord {
            score: Probability::new(score).expect("a probability"),
            ..detection(class, at)
        };
        let wanted = |class| matches!(class, CellClass::AsexualParasite | CellClass::WhiteCell);
        let truth = seen.truth.iter().filter(|object| wanted(object.class));
        field.detections = truth
            .enumerate()
            .map(|(n, o)| scored(o.class, [o.x, o.y, o.width, o.height], 0.9 + 0.001 * (n % 90) as f32))
            .collect();
        field.detections.extend((0..dirt).map(|n| {
            let (x, y) = (20.0 + f64::from(n * 53 % 600), 20.0 + f64::from(n * 97 % 440));
            scored(CellClass::AsexualParasite, [x, y, 25.0, 25.0], 0.5 + 0.001 * (n % 90) as f32)
        }));
    }
    write(dir, &record);
    record
}

/// Writes a record where an analysis of `dir` would.
pub fn write(dir: &Path, record: &SlideRecord) {
    let folder = dir.join("hemozoin-result");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("record.json"), record.to_json().expect("JSON")).expect("written");
}

/// A running `hemozoin review`; it ends with the value.
pub struct Serving {
    child: Child,
    pub port: u16,
    /// `/TOKEN/`.
    pub root: String,
}

impl Serving {
    pub fn start(path: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
        command.args(["--lang", "en", "review", "--no-open"]).arg(path);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        out.read_line(&mut line).expect("the address");
        let rest = line.trim().strip_prefix("http://127.0.0.1:").expect("an address of this computer");
        let (port, token) = rest.split_once('/').expect("a token");
        Self { port: port.parse().expect("a port"), root: format!("/{token}"), child }
    }

    /// As a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.root)
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// A request as the page makes it.
    pub fn get(&self, path: &str) -> Reply {
        ask(self.port, "GET", &format!("{}{path}", self.root), &[("Host", &self.host())], "")
    }

    pub fn post(&self, path: &str, body: &Value) -> Reply {
        let origin = format!("http://{}", self.host());
        let headers =
            [("Host", self.host()), ("Origin", origin), ("Content-Type", "application/json".to_owned())];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
        ask(self.port, "POST", &format!("{}{path}", self.root), &headers, &body.to_string())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came back.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
}

/// Any request, however odd.
pub fn ask(port: u16, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    let mut request =
        format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    request.push_str(body);
    stream.write_all(request.as_bytes()).expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a head") + 4;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    Reply { status, head, body: bytes[end..].to_vec() }
}

/// A folder of pictures of real or drawn fields, where it is there.
pub fn folder(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    folder.is_dir().then_some(folder)
}
