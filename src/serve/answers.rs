//! Answers of the server, each with the headers that keep everything from outside out.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use super::guard::Refusal;
use super::pictures::Jpeg;
use crate::error::{Error, ErrorKind};
use crate::locale::Catalogue;

/// Nothing but this server's own files; no script in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// Any answer.
pub(super) type Answer = Response<Body>;

fn answer(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Answer {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    answer
}

/// A page.
pub(super) fn page(html: String) -> Answer {
    answer(StatusCode::OK, "text/html; charset=utf-8", html)
}

/// One of the page's own files.
pub(super) fn asset(kind: &'static str, body: &'static [u8]) -> Answer {
    answer(StatusCode::OK, kind, body)
}

/// A value.
pub(super) fn json(value: &impl Serialize) -> Answer {
    with_status(StatusCode::OK, value)
}

fn with_status(status: StatusCode, value: &impl Serialize) -> Answer {
    match serde_json::to_vec(value) {
        Ok(bytes) => answer(status, "application/json", bytes),
        Err(_) => answer(StatusCode::INTERNAL_SERVER_ERROR, "application/json", "{}"),
    }
}

/// A crop or tile, which never changes under its address.
pub(super) fn jpeg(bytes: &Jpeg) -> Answer {
    let mut answer = answer(StatusCode::OK, "image/jpeg", Vec::clone(bytes));
    let kept = HeaderValue::from_static("private, max-age=86400, immutable");
    answer.headers_mut().insert(header::CACHE_CONTROL, kept);
    answer
}

/// Elsewhere on this server.
pub(super) fn see(path: &str) -> Answer {
    let mut answer = answer(StatusCode::SEE_OTHER, "text/plain", "");
    if let Ok(path) = HeaderValue::from_str(path) {
        answer.headers_mut().insert(header::LOCATION, path);
    }
    answer
}

/// Why something could not be done, in the reader's words.
pub(super) fn error(error: &Error, words: &Catalogue) -> Answer {
    let status = match (error.kind(), error.key()) {
        (_, Some("error-review-signed" | "error-review-changed" | "error-review-not-signed")) => {
            StatusCode::CONFLICT
        }
        (_, Some("error-review-no-slide" | "error-review-no-picture" | "error-review-no-reading")) => {
            StatusCode::NOT_FOUND
        }
        (ErrorKind::Usage, _) => StatusCode::BAD_REQUEST,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
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
            "This host name is not that of the page.\nCe nom d'h\u{f4}te n'est pas celui de la page.\n"
        }
        Refusal::Origin => "This comes from another page.\nCette demande vient d'une autre page.\n",
    };
    answer(StatusCode::FORBIDDEN, "text/plain; charset=utf-8", why)
}

/// What is not there.
pub(super) fn nothing() -> Answer {
    answer(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "404\n")
}
