//! The folder of what a FHIR server has to get: a file for each slide, with what became of it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::line::{Answer, Line, is_for_now};
use crate::files::{make_folder, read_plain, write_whole};
use crate::intake::digest_of_bytes;
use crate::text::plain_name;
use crate::{Error, ErrorKind, Result};

/// Form of a file.
const SCHEMA: &str = "hemozoin-parcel/1";
/// Most bytes of one.
const MAX_BYTES: u64 = 64 << 20;
/// What FHIR calls its JSON.
const FHIR_JSON: &str = "application/fhir+json";
/// Most characters of what a server said that are kept.
const MOST_SAID: usize = 500;

/// How far a parcel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelState {
    /// The server has not answered yet, or not for good.
    Waiting,
    /// The server has all of it.
    Accepted,
    /// The server does not take it: a person has to look why. It is tried again all the same.
    Refused,
}

/// One slide's result on its way to one server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Parcel {
    schema: String,
    /// Address of the server.
    pub to: String,
    /// Number of the slide.
    pub slide: String,
    /// How far it is.
    pub state: ParcelState,
    /// Runs in which it was sent.
    pub runs: u32,
    /// What the server said last, or why it was not reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// SHA-256 of the bundle.
    pub sha256: String,
    /// The bundle; not kept once it is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bundle: Option<Json>,
}

/// What became of everything that was waiting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Accepted in this run.
    pub accepted: u64,
    /// Refused for good.
    pub refused: u64,
    /// Still waiting: the server was not reached, or said that it cannot take it now.
    pub waiting: u64,
}

/// A folder of parcels.
#[derive(Debug)]
pub struct Outbox {
    folder: PathBuf,
}

impl Outbox {
    /// Opens the folder; makes it where it is not there.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the system refuses.
    pub fn open(folder: &Path) -> Result<Self> {
        make_folder(folder)?;
        Ok(Self { folder: folder.to_path_buf() })
    }

    /// Puts the bundle of a slide into it, in the place of an earlier one for the same server. False where the server has
    /// these very bytes already.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] for a bundle that is no JSON; [`ErrorKind::Unreadable`] for a file that is no parcel;
    /// [`ErrorKind::Io`] where it cannot be written.
    pub fn put(&self, line: &Line, slide: &str, bundle: &[u8]) -> Result<bool> {
        let path = self.place(line.address(), slide);
        let sha256 = digest_of_bytes(bundle);
        if path.exists() {
            let known = read(&path)?;
            if known.sha256 == sha256 && known.state == ParcelState::Accepted {
                return Ok(false);
            }
        }
        let bundle = serde_json::from_slice(bundle)
            .map_err(|e| Error::new(ErrorKind::Internal, format!("the bundle is no JSON: {e}")))?;
        let parcel = Parcel {
            schema: SCHEMA.to_owned(),
            to: line.address().to_owned(),
            slide: slide.to_owned(),
            state: ParcelState::Waiting,
            runs: 0,
            said: None,
            sha256,
            bundle: Some(bundle),
        };
        write(&path, &parcel)?;
        Ok(true)
    }

    /// Every parcel in the order of their files.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the folder cannot be read; [`ErrorKind::Unreadable`] for a file that is no parcel.
    pub fn parcels(&self) -> Result<Vec<Parcel>> {
        self.files()?.iter().map(|file| read(file)).collect()
    }

    /// Sends what this server has not accepted, and keeps what it says; `news` hears of each parcel. After one that did not
    /// reach the server nothing more is tried: the others wait with it.
    ///
    /// # Errors
    /// As [`Self::parcels`]; [`ErrorKind::Io`] where an answer cannot be kept.
    pub fn deliver(&self, line: &Line, mut news: impl FnMut(&Parcel)) -> Result<Delivered> {
        let mut done = Delivered::default();
        let mut reached = true;
        for file in self.files()? {
            let mut parcel = read(&file)?;
            if parcel.to != line.address() || parcel.state == ParcelState::Accepted {
                continue;
            }
            let Some(bundle) = parcel.bundle.as_ref() else { return Err(no_parcel(&file)) };
            if !reached {
                done.waiting += 1;
                continue;
            }
            let body = serde_json::to_vec(bundle)
                .map_err(|e| Error::new(ErrorKind::Internal, format!("the bundle cannot be written: {e}")))?;
            let entries = bundle["entry"].as_array().map_or(0, Vec::len);
            let (state, said) = match line.post("", FHIR_JSON, &body) {
                Ok(answer) => judged(&answer, entries),
                Err(why) => {
                    reached = false;
                    (ParcelState::Waiting, why)
                }
            };
            parcel.runs = parcel.runs.saturating_add(1);
            parcel.state = state;
            parcel.said = Some(said);
            match state {
                ParcelState::Accepted => {
                    parcel.bundle = None;
                    done.accepted += 1;
                }
                ParcelState::Refused => done.refused += 1,
                ParcelState::Waiting => done.waiting += 1,
            }
            write(&file, &parcel)?;
            news(&parcel);
        }
        Ok(done)
    }

    fn place(&self, to: &str, slide: &str) -> PathBuf {
        let digest = digest_of_bytes(format!("{to}\n{slide}").as_bytes());
        self.folder.join(format!("{}-{}.json", plain_name(slide), digest.get(..12).unwrap_or_default()))
    }

    fn files(&self) -> Result<Vec<PathBuf>> {
        let io = |e| Error::io(&self.folder, "read the folder", e);
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(io)? {
            let path = entry.map_err(io)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // What is being written begins with a dot.
            if name.ends_with(".json") && !name.starts_with('.') {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }
}

/// What an answer means for a transaction of so many entries: it is accepted where the server answers for every entry, and
/// never because something else on the way says 200.
fn judged(answer: &Answer, entries: usize) -> (ParcelState, String) {
    let json: Option<Json> = serde_json::from_slice(&answer.body).ok();
    let said = |what: &str| format!("{} {what}", answer.status).trim().to_owned();
    if is_for_now(answer.status) {
        return (ParcelState::Waiting, said(&told(json.as_ref())));
    }
    if !(200..300).contains(&answer.status) {
        return (ParcelState::Refused, said(&told(json.as_ref())));
    }
    let answered = json.as_ref().filter(|json| json["type"] == "transaction-response");
    let Some(all) = answered.and_then(|json| json["entry"].as_array()) else {
        return (ParcelState::Refused, said("(no answer of a FHIR server to a transaction)"));
    };
    let status = |entry: &Json| entry["response"]["status"].as_str().unwrap_or_default().to_owned();
    match all.iter().map(status).find(|status| !status.starts_with('2')) {
        Some(refused) => (ParcelState::Refused, said(&format!("(an entry: {refused})"))),
        None if all.len() != entries => (ParcelState::Refused, said("(not every entry was answered)")),
        None => (ParcelState::Accepted, said("")),
    }
}

/// The words of an OperationOutcome.
fn told(json: Option<&Json>) -> String {
    let issues = json.and_then(|json| json["issue"].as_array()).map(Vec::as_slice).unwrap_or_default();
    let words = issues.iter().filter_map(|issue| {
        issue["diagnostics"].as_str().or_else(|| issue["details"]["text"].as_str()).map(str::to_owned)
    });
    words.collect::<Vec<_>>().join("; ").chars().take(MOST_SAID).collect()
}

fn write(path: &Path, parcel: &Parcel) -> Result<()> {
    let mut bytes = serde_json::to_vec_pretty(parcel)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("a parcel cannot be written: {e}")))?;
    bytes.push(b'\n');
    write_whole(path, &bytes)
}

fn read(path: &Path) -> Result<Parcel> {
    let parcel: Parcel =
        serde_json::from_slice(&read_plain(path, MAX_BYTES)?).map_err(|_| no_parcel(path))?;
    if parcel.schema == SCHEMA { Ok(parcel) } else { Err(no_parcel(path)) }
}

fn no_parcel(path: &Path) -> Error {
    Error::new(
        ErrorKind::Unreadable,
        "this file is no result that waits to be sent; move it elsewhere and send the slide again",
    )
    .with_key("error-send-parcel")
    .with_path(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn only_a_servers_word_for_every_entry_is_acceptance() {
        let entries = |statuses: &[&str]| {
            let all: Vec<Json> =
                statuses.iter().map(|s| serde_json::json!({ "response": { "status": s } })).collect();
            serde_json::json!({ "resourceType": "Bundle", "type": "transaction-response", "entry": all })
                .to_string()
        };
        let state = |status, body: &str| judged(&answer(status, body), 2).0;
        assert_eq!(state(200, &entries(&["201 Created", "200"])), ParcelState::Accepted);
        assert_eq!(state(200, &entries(&["201", "412 Precondition Failed"])), ParcelState::Refused);
        assert_eq!(state(200, &entries(&["201"])), ParcelState::Refused);
        assert_eq!(state(200, "<html>log in</html>"), ParcelState::Refused);
        assert_eq!(state(302, ""), ParcelState::Refused);
        assert_eq!(state(503, ""), ParcelState::Waiting);
        assert_eq!(state(429, ""), ParcelState::Waiting);
        let outcome = r#"{"resourceType":"OperationOutcome","issue":[{"diagnostics":"no such code"}]}"#;
        assert_eq!(judged(&answer(422, outcome), 2), (ParcelState::Refused, "422 no such code".to_owned()));
    }
}
