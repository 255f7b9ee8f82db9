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
    /// Its number in the archive: that of its facts, else the id.
    pub(super) slide: String,
    /// Where it is.
    pub(super) state: SlideState,
    /// Address of its record, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) record: Option<String>,
    /// Address of its FHIR bundle, once there is a record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fhir: Option<String>,
    /// Why nothing could be read.
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
                let fault = row
                    .fault
                    .as_ref()
                    .map_or_else(|| words.say("error-service-unread"), |fault| words.fault(fault));
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
    /// An error of the engine.
    pub(super) fn of(error: &Error, language: Language) -> Self {
        let status = match error.kind() {
            ErrorKind::Usage | ErrorKind::Unreadable | ErrorKind::Unsupported => StatusCode::BAD_REQUEST,
            ErrorKind::Limit => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorKind::Stopped => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let fault = Fault::from(error);
        Self { title: Catalogue::new(language).error(error), status: status.as_u16(), code: fault.code() }
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

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut answer = (status, Json(&self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        answer.headers_mut().insert(header::CONTENT_TYPE, kind);
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
    let asked =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    asked
        .split(',')
        .find_map(|part| Language::from_tag(part.split(';').next().unwrap_or_default().trim()))
        .unwrap_or(Language::English)
}
