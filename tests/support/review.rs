//! A drawn slide with a record of what is in it, the server on it, and a small HTTP client that says what it likes.

#![allow(dead_code)] // Each test uses a part of this.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use hemozoin::intake::{Limits, Picture, digest_of_file};
use hemozoin::measure::Probability;
use hemozoin::record::{DetectionRecord, SlideRecord, read_file};
use hemozoin::review::{
    Decision, MarkId, Progress, ReadCounts, ReadSlide, Signed, Store, Verdict, grade_reading,
};
use hemozoin::terms::{CellClass, Stage};
use image::{Rgb, RgbImage};
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

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;

fn disc(picture: &mut RgbImage, (cx, cy): (u32, u32), radius: u32, colour: Rgb<u8>) {
    for y in cy.saturating_sub(radius)..=(cy + radius).min(HEIGHT - 1) {
        for x in cx.saturating_sub(radius)..=(cx + radius).min(WIDTH - 1) {
            if x.abs_diff(cx).pow(2) + y.abs_diff(cy).pow(2) <= radius * radius {
                picture.put_pixel(x, y, colour);
            }
        }
    }
}

fn around((x, y): (u32, u32), radius: u32) -> [f64; 4] {
    let (x, y, radius) = (f64::from(x), f64::from(y), f64::from(radius));
    [x - radius, y - radius, 2.0 * radius, 2.0 * radius]
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
        // Plain discs: the renderer would be most of the time of these tests.
        let mut picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
            let shade = u8::try_from((x / 7 + y / 5 + i as u32) % 9).unwrap_or(0);
            Rgb([224 - shade, 200 - shade, 226 - shade])
        });
        let scored = |class, at, score: f32| {
            let mut found: DetectionRecord = detection(class, at);
            found.score = Probability::new(score).expect("a probability");
            found
        };
        let mut found = Vec::new();
        for n in 0..rings {
            let at = (60 + n * 58 % 560, 240);
            disc(&mut picture, at, 10, Rgb([104, 60, 140]));
            disc(&mut picture, at, 7, Rgb([222, 196, 224]));
            found.push(scored(CellClass::AsexualParasite, around(at, 10), 0.9 + 0.001 * (n % 90) as f32));
        }
        for n in 0..white_cells {
            let at = (60 + n * 61 % 560, 420);
            disc(&mut picture, at, 26, Rgb([70, 40, 120]));
            found.push(scored(CellClass::WhiteCell, around(at, 26), 0.95));
        }
        for n in 0..dirt {
            let at = (20 + n * 53 % 600, 20 + n * 97 % 180);
            disc(&mut picture, at, 4, Rgb([150, 110, 120]));
            found.push(scored(CellClass::AsexualParasite, around(at, 12), 0.5 + 0.001 * (n % 90) as f32));
        }
        field.image = format!("thick/{}.png", i + 1);
        let path = dir.join(&field.image);
        picture.save(&path).expect("a picture");
        field.sha256 = Picture::open(&path, 0, &Limits::default()).expect("a picture").sha256().to_owned();
        field.detections = found;
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

/// Reads a slide as `reader`, who confirms the suspects that `keep` takes and rejects all others; then signs. Decisions are
/// kept in `folder`.
pub fn read_and_sign(
    folder: &Path,
    file: &Path,
    reader: &str,
    mut keep: impl FnMut(&DetectionRecord) -> bool,
) {
    let record = read_file(file).expect("a record");
    let mut store = Store::open(folder).expect("opened");
    let reading = store.begin(&record.slide.id, reader, true).expect("begun");
    let machine = ReadSlide::replay(&record, &[]);
    for (at, field) in record.fields.iter().enumerate() {
        let mut decisions = Vec::new();
        for (n, found) in field.detections.iter().enumerate().filter(|(_, d)| d.class.is_parasite()) {
            let stage = (found.class == CellClass::AsexualParasite).then_some(Stage::Ring);
            let seen = Verdict::Seen { class: found.class, stage };
            let subject = machine.subject(MarkId::Machine(at, n), &record).expect("a mark");
            let verdict = if keep(found) { seen } else { Verdict::Nothing };
            decisions.push(Decision::Judge { subject, verdict });
        }
        if !decisions.is_empty() {
            store.append(reading.id, &format!("{reader}{at}"), &decisions).expect("kept");
        }
    }
    sign(&mut store, &record, &digest_of_file(file).expect("read"), reading.id);
}

/// Signs a reading as the page would.
pub fn sign(store: &mut Store, record: &SlideRecord, digest: &str, reading: i64) {
    let entries = store.entries(reading, 0).expect("entries");
    let slide = ReadSlide::replay(record, &entries);
    let counts = ReadCounts::of(record, &slide);
    let progress = Progress::of(record, &slide, &counts);
    let result = grade_reading(record, &slide, &counts).expect("graded");
    let signed = Signed { result, progress }.to_json().expect("JSON");
    let last = entries.last().map_or(0, |entry| entry.seq);
    store.sign(reading, last, digest, &signed).expect("signed");
}

/// A running `hemozoin review`; it ends with the value.
pub struct Serving {
    child: Child,
    pub port: u16,
    /// `/TOKEN`.
    pub root: String,
}

impl Serving {
    pub fn start(path: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
        command.args(["--lang", "en", "review", "--no-open"]).arg(path);
        Self::of(command)
    }

    /// Without a folder: the page asks for one, and keeps what is dropped in the home folder.
    pub fn first(home: &Path, flags: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
        command.args(["--lang", "en", "review", "--no-open"]).args(flags).env("HOME", home);
        Self::of(command)
    }

    pub fn of(command: Command) -> Self {
        Self::try_of(command).expect("it starts")
    }

    /// `None` where the command cannot be run.
    pub fn try_of(mut command: Command) -> Option<Self> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        out.read_line(&mut line).expect("the address");
        let rest = line.trim().strip_prefix("http://127.0.0.1:").expect("an address of this computer");
        let (port, token) = rest.trim_end_matches('/').split_once('/').expect("a token");
        Some(Self { port: port.parse().expect("a port"), root: format!("/{token}"), child })
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
        ask(self.port, "POST", &format!("{}{path}", self.root), &headers, body.to_string())
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
pub fn ask(port: u16, method: &str, path: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    let mut request =
        format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    // Whoever refuses may close the line before all of it came.
    let _ = stream.write_all(body);
    // As long as it says it is: a driver of browsers leaves the line open, whatever it is asked.
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(stream.read_line(&mut head).expect("a head") > 0, "the answer has no head: {head}");
    }
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<u64>().ok())?
    });
    let mut body = Vec::new();
    match length {
        Some(length) => stream.take(length).read_to_end(&mut body),
        None => stream.read_to_end(&mut body),
    }
    .expect("an answer");
    Reply { status, head, body }
}

/// A folder of pictures of real or drawn fields, where it is there.
pub fn folder(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    folder.is_dir().then_some(folder)
}
