//! The shapes that the service answers with.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::desk::Place;
use crate::locale::{Catalogue, Language};
use crate::record::Fault;
use crate::{Error, ErrorKind};

/// Seconds after which a full queue is worth another try.
const AGAIN_SECONDS: u32 = 15;

/// Media type of a [`Problem`].
pub(super) const PROBLEM: &str = "application/problem+json";

/// Where a slide is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum SlideState {
    /// Accepted, and not begun.
    Waiting,
    /// Being read.
    Reading,
    /// Read: the record says what was found, or that not enough was.
    Read,
    /// Nothing of it could be read.
    Failed,
}

/// A slide that was accepted.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(super) struct SlideStatus {
    /// Digest over its pictures and facts: the same slide sent again has the same.
    pub(super) id: String,
    /// Its number: that of its facts, else the id.
    pub(super) slide: String,
    /// Where it is.
    pub(super) state: SlideState,
    /// Address of its record, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) record: Option<String>,
    /// Address of its FHIR bundle, once there is a record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fhir: Option<String>,
    /// Why nothing could be read, and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fault: Option<String>,
}

impl SlideStatus {
    /// Of a slide at its place.
    pub(super) fn of(id: &str, slide: String, place: &Place, language: Language) -> Self {
        let (state, fault, has_record) = match place {
            Place::Waiting => (SlideState::Waiting, None, false),
            Place::Reading => (SlideState::Reading, None, false),
            Place::Ended(row) if row.is_unread() => {
                let words = Catalogue::new(language);
                let fault = match &row.fault {
                    None => words.say("error-service-unread"),
                    Some(fault) if fault.key.as_deref() == Some("error-no-pictures") => {
                        words.say("error-service-no-picture")
                    }
                    Some(fault) => words.fault(fault),
                };
                let fault = words.clauses(&[fault, words.say("error-service-again")]);
                (SlideState::Failed, Some(fault), row.record.is_some())
            }
            Place::Ended(row) => (SlideState::Read, None, row.record.is_some()),
        };
        let address = |what: &str| has_record.then(|| format!("/v1/slides/{id}/{what}"));
        Self { id: id.to_owned(), slide, state, record: address("record"), fhir: address("fhir"), fault }
    }
}

/// Why a request was not answered (RFC 9457).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(super) struct Problem {
    /// What is wrong, in the language of `Accept-Language`.
    pub(super) title: String,
    /// The status.
    pub(super) status: u16,
    /// Stable code of what is wrong, as in records.
    pub(super) code: String,
}

impl Problem {
    /// An error of the engine, without a place of this computer: whoever asks gave it none.
    pub(super) fn of(error: &Error, language: Language) -> Self {
        let status = match error.kind() {
            ErrorKind::Usage | ErrorKind::Unreadable | ErrorKind::Unsupported => StatusCode::BAD_REQUEST,
            ErrorKind::Limit => StatusCode::PAYLOAD_TOO_LARGE,
            // What the system refuses, such as a full disk, may be mended.
            ErrorKind::Stopped | ErrorKind::Io => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let fault = Fault::from(error);
        Self { title: Catalogue::new(language).fault(&fault), status: status.as_u16(), code: fault.code() }
    }

    /// One with words of the catalogue.
    pub(super) fn said(status: StatusCode, key: &str, language: Language) -> Self {
        let code = key.trim_start_matches("error-").replace('-', "_");
        Self { title: Catalogue::new(language).say(key), status: status.as_u16(), code }
    }

    /// With another status.
    pub(super) fn with_status(self, status: StatusCode) -> Self {
        Self { status: status.as_u16(), ..self }
    }
}

/// A refusal as a problem, whoever gave it: what the library around the handlers says is no text for a person, or none.
pub(super) fn as_problem(answer: Response, language: Language) -> Response {
    let status = answer.status();
    let is_refusal = status.is_client_error() || status.is_server_error();
    if !is_refusal || answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == PROBLEM) {
        return answer;
    }
    let key = match status {
        StatusCode::NOT_FOUND => "error-service-nowhere",
        StatusCode::METHOD_NOT_ALLOWED => "error-service-method",
        StatusCode::REQUEST_TIMEOUT => "error-service-late",
        StatusCode::PAYLOAD_TOO_LARGE => "error-service-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "error-service-no-form",
        _ if status.is_client_error() => "error-service-request",
        _ => "error-service-internal",
    };
    let mut problem = Problem::said(status, key, language).into_response();
    if let Some(allowed) = answer.headers().get(header::ALLOW) {
        problem.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    problem
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut answer = (status, Json(&self)).into_response();
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(AGAIN_SECONDS));
        }
        if status == StatusCode::UNAUTHORIZED {
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        answer
    }
}

/// The language that a request asks for; English where it asks for none that is known.
pub(super) fn language_of(headers: &axum::http::HeaderMap) -> Language {
    let values = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    let mut best = (0.0, Language::English);
    for part in values.flat_map(|value| value.split(',')) {
        let (tag, weight) = part.split_once(';').unwrap_or((part, ""));
        let Some(language) = Language::from_tag(tag.trim()) else { continue };
        let weight = weight_of(weight);
        // Of two that are wanted alike the first.
        if weight > best.0 {
            best = (weight, language);
        }
    }
    best.1
}

/// The weight that `q=0.8` states (RFC 9110, section 12.4.2); 1 where none is stated.
fn weight_of(parameter: &str) -> f32 {
    let stated = parameter.split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    let weight = stated.and_then(|(_, weight)| weight.trim().parse().ok());
    weight.filter(|weight| (0.0..=1.0).contains(weight)).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_that_is_wanted_most() {
        for (asked, language) in [
            ("", Language::English),
            ("de", Language::English),
            ("fr-NE, fr;q=0.9", Language::French),
            ("en, fr", Language::English),
            ("de, en;q=0.1, fr;q=0.9", Language::French),
            ("en;q=0, fr", Language::French),
            ("en ; Q = 0.2 , fr ; q=0.3", Language::French),
            ("fr;q=0", Language::English),
            ("fr;q=nan, en", Language::French),
        ] {
            let value = HeaderValue::from_static(asked);
            let headers = [(header::ACCEPT_LANGUAGE, value)].into_iter().collect();
            assert_eq!(language_of(&headers), language, "{asked}");
        }
        let two = ["en;q=0.5", "fr"].map(|value| (header::ACCEPT_LANGUAGE, HeaderValue::from_static(value)));
        assert_eq!(language_of(&two.into_iter().collect()), Language::French);
    }

    #[test]
    fn what_the_system_refuses_may_be_mended_and_names_no_place() {
        let full = Error::io("/srv/out/incoming/.tmpx", "write", std::io::ErrorKind::StorageFull.into());
        for language in [Language::English, Language::French] {
            let problem = Problem::of(&full, language);
            assert_eq!((problem.status, problem.code.as_str()), (503, "disk_full"));
            assert!(!problem.title.contains("/srv"), "{}", problem.title);
            assert!(problem.into_response().headers().contains_key(header::RETRY_AFTER));
        }
    }

    #[test]
    fn every_refusal_is_a_problem_and_says_what_it_said() {
        for (status, code) in [
            (StatusCode::BAD_REQUEST, "service_request"),
            (StatusCode::NOT_FOUND, "service_nowhere"),
            (StatusCode::METHOD_NOT_ALLOWED, "service_method"),
            (StatusCode::REQUEST_TIMEOUT, "service_late"),
            (StatusCode::EXPECTATION_FAILED, "service_request"),
            (StatusCode::INTERNAL_SERVER_ERROR, "service_internal"),
        ] {
            let plain = (status, [(header::ALLOW, "GET")], "Service panicked").into_response();
            let answer = as_problem(plain, Language::French);
            assert_eq!(
                (answer.status(), &answer.headers()[header::ALLOW]),
                (status, &HeaderValue::from_static("GET"))
            );
            assert_eq!(answer.headers()[header::CONTENT_TYPE], PROBLEM);
            assert_eq!(
                Problem::said(status, &format!("error-{}", code.replace('_', "-")), Language::French).code,
                code
            );
        }
        let own =
            Problem::said(StatusCode::CONFLICT, "error-service-begun", Language::English).into_response();
        assert_eq!(as_problem(own, Language::French).status(), StatusCode::CONFLICT);
        let sound = (StatusCode::OK, "text").into_response();
        assert!(as_problem(sound, Language::French).headers()[header::CONTENT_TYPE] != PROBLEM);
    }
}
