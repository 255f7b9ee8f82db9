//! Answers of the server, each with the headers that keep everything from outside out.

use serde::Serialize;

use super::guard::Refusal;
use super::pictures::Jpeg;
use crate::locale::Catalogue;
use crate::{Error, ErrorKind};

/// Nothing but this server's own files; no script in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// A report is one file with its style and its pictures inside, and no script.
const POLICY_OF_REPORT: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; \
                                base-uri 'none'; frame-ancestors 'none'";

/// On every answer.
const HEADERS: [(&str, &str); 5] = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

/// Any answer.
#[derive(Debug)]
pub(super) struct Answer {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
    /// How long a browser may keep it.
    kept: &'static str,
    policy: &'static str,
    /// Where it leads, or what the browser does with it.
    more: Option<(&'static str, String)>,
}

impl Answer {
    fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, kind, body: body.into(), kept: "no-store", policy: POLICY, more: None }
    }

    /// As it is sent; without its body where only the head was asked for.
    pub(super) fn to_bytes(&self, head_only: bool) -> Vec<u8> {
        let length = self.body.len().to_string();
        let own = [
            ("Content-Type", self.kind),
            ("Content-Length", length.as_str()),
            ("Cache-Control", self.kept),
            ("Content-Security-Policy", self.policy),
            ("Connection", "close"),
        ];
        let more = self.more.as_ref().map(|(name, value)| (*name, value.as_str()));
        // The status says it all to a browser; the word behind it is for people.
        let mut head = format!("HTTP/1.1 {} Hemozoin\r\n", self.status);
        // A value that ends its line would be a header of its own; none of this program's does.
        let sound = |(_, value): &(&str, &str)| !value.contains(['\r', '\n']);
        for (name, value) in HEADERS.into_iter().chain(own).chain(more).filter(sound) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        if !head_only {
            bytes.extend_from_slice(&self.body);
        }
        bytes
    }
}

/// A page.
pub(super) fn page(html: String) -> Answer {
    Answer::new(200, "text/html; charset=utf-8", html)
}

/// A report to be read and printed.
pub(super) fn report_page(html: String) -> Answer {
    Answer { policy: POLICY_OF_REPORT, ..page(html) }
}

/// A report to be kept; the page names the file.
pub(super) fn report_pdf(pdf: Vec<u8>) -> Answer {
    let more = Some(("Content-Disposition", "attachment".to_owned()));
    Answer { more, ..Answer::new(200, "application/pdf", pdf) }
}

/// One of the page's own files.
pub(super) fn asset(kind: &'static str, body: &'static [u8]) -> Answer {
    Answer::new(200, kind, body)
}

/// A value.
pub(super) fn json(value: &impl Serialize) -> Answer {
    with_status(200, value)
}

fn with_status(status: u16, value: &impl Serialize) -> Answer {
    match serde_json::to_vec(value) {
        Ok(bytes) => Answer::new(status, JSON, bytes),
        Err(_) => Answer::new(500, JSON, "{}"),
    }
}

/// A crop or tile, which never changes under its address.
pub(super) fn jpeg(bytes: &Jpeg) -> Answer {
    Answer { kept: "private, max-age=86400, immutable", ..Answer::new(200, "image/jpeg", Vec::clone(bytes)) }
}

/// Elsewhere on this server.
pub(super) fn see(path: String) -> Answer {
    Answer { more: Some(("Location", path)), ..Answer::new(303, TEXT, "") }
}

/// Why something could not be done, in the reader's words.
pub(super) fn error(error: &Error, words: &Catalogue) -> Answer {
    let status = match (error.kind(), error.key()) {
        (
            _,
            Some(
                "error-review-signed"
                | "error-review-changed"
                | "error-review-not-signed"
                | "error-report-other-record",
            ),
        ) => 409,
        (_, Some("error-quiz-answered" | "error-quiz-not-yet")) => 409,
        (
            _,
            Some(
                "error-review-no-slide"
                | "error-review-no-picture"
                | "error-review-no-reading"
                | "error-quiz-no-question",
            ),
        ) => 404,
        (ErrorKind::Usage, _) => 400,
        _ => 500,
    };
    with_status(status, &serde_json::json!({ "error": words.error(error), "key": error.key() }))
}

/// A request that is not answered; who asks learns no more than that.
pub(super) fn refused(refusal: Refusal) -> Answer {
    let why = match refusal {
        Refusal::Token => {
            "This address is not that of the page.\nCette adresse n'est pas celle de la page.\n"
        }
        Refusal::Host => {
            "This host name is not that of the page.\nCe nom d'hôte n'est pas celui de la page.\n"
        }
        Refusal::Origin => "This comes from another page.\nCette demande vient d'une autre page.\n",
    };
    Answer::new(403, TEXT, why)
}

/// What is not there, or not asked for as it must be.
pub(super) fn nothing(status: u16) -> Answer {
    Answer::new(status, TEXT, format!("{status}\n"))
}
