//! Slides: sent, asked after, taken back, and their results.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, HttpBody};
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa::ToSchema;

use super::answers::{Problem, SlideStatus, language_of};
use super::desk::{Accepted, Place};
use super::receive::{Received, receive, too_large};
use super::routes::App;
use crate::exchange::{Codes, Released, ResultForm};
use crate::files::{MAX_RECORD_BYTES, read_plain};
use crate::locale::{Catalogue, Language};
use crate::record::read;
use crate::{Error, ErrorKind, Result};

/// A slide as it is sent.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form alone")]
pub(super) struct SlideForm {
    /// Pictures of the thick film, a part each.
    #[schema(value_type = Option<Vec<String>>, format = Binary)]
    thick: Vec<u8>,
    /// Pictures of the thin film, a part each. Of both films together there is at least one picture.
    #[schema(value_type = Option<Vec<String>>, format = Binary)]
    thin: Vec<u8>,
    /// What is known about the slide: a JSON object with the keys of `slide.toml`, such as `wbc_per_ul`.
    facts: Option<String>,
}

/// Bytes of a form beside those of its parts, at most: names and lines between them.
const AROUND: u64 = 1 << 20;

/// Receives a slide whole; `refused` says why none is taken now. Whoever is refused is heard out first.
pub(super) async fn received(
    app: &App,
    request: Request,
    refused: Option<Problem>,
    language: Language,
) -> std::result::Result<Received, Problem> {
    let no_form = || Problem::said(StatusCode::UNSUPPORTED_MEDIA_TYPE, "error-service-no-form", language);
    let (head, body) = request.into_parts();
    let without_body = Request::from_parts(head.clone(), Body::empty());
    let refused = match refused {
        Some(refused) => Some(refused),
        None if Multipart::from_request(without_body, &()).await.is_err() => Some(no_form()),
        None if length_of(&head.headers, &body) > app.most.bytes.saturating_add(AROUND) => {
            Some(Problem::of(&too_large(), language))
        }
        None => None,
    };
    if let Some(refused) = refused {
        app.patience.hear_out(&head.headers, body).await;
        return Err(refused);
    }
    let mut form =
        Multipart::from_request(Request::from_parts(head, body), &()).await.map_err(|_| no_form())?;
    let slide = receive(&mut form, &app.desk.incoming(), app.most).await;
    if slide.is_err() {
        app.patience.hear_form(&mut form).await;
    }
    slide.map_err(|e| refusal(&e, language))
}

/// How long a body is at least. What watches its silence hides the length that its head states.
fn length_of(headers: &HeaderMap, body: &Body) -> u64 {
    let stated = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    body.size_hint().lower().max(stated.unwrap_or_default())
}

/// An error as whoever asks is told it; what the system refused is said in the log, too.
fn refusal(error: &Error, language: Language) -> Problem {
    if error.kind() == ErrorKind::Io {
        tracing::error!(why = error.message(), "the system refused");
    }
    Problem::of(error, language)
}

/// Work that waits for the disk or computes, away from the threads that answer.
pub(super) async fn aside<T: Send + 'static>(
    language: Language,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> std::result::Result<T, Problem> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|e| refusal(&e, language)),
        Err(_) => Err(Problem::said(StatusCode::INTERNAL_SERVER_ERROR, "error-service-internal", language)),
    }
}

/// Sends a slide.
///
/// When this answers, the slide lies on the disk and will be read, whatever happens to the service. The same pictures and
/// facts sent again are the same slide.
#[utoipa::path(
    post,
    path = "/v1/slides",
    request_body(content = SlideForm, content_type = "multipart/form-data"),
    responses(
        (status = 202, description = "Accepted", body = SlideStatus, headers(("Location" = String))),
        (status = 200, description = "Accepted before", body = SlideStatus),
        (status = 400, description = "No slide", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Its number is that of another slide, of which something could be read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Larger than is allowed", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "No form", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "The queue is full: Retry-After", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The service is being stopped, or the system refuses, such as a full disk: Retry-After", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn send(
    State(app): State<Arc<App>>,
    request: Request,
) -> std::result::Result<Response, Problem> {
    let language = language_of(request.headers());
    let unready = |e: Error| Problem::of(&e, language).with_status(StatusCode::SERVICE_UNAVAILABLE);
    let refused =
        app.desk.ready().err().map(unready).or_else(|| app.desk.is_full().then(|| app.full(language)));
    let slide = received(&app, request, refused, language).await?;
    let desk = Arc::clone(&app.desk);
    // Whoever sends slowly holds no place in the queue: it is taken when all of the slide is here.
    let (accepted, status) = aside(language, move || {
        let accepted = desk.accept(&slide)?;
        let (number, place) = desk.place(&slide.id)?.unwrap_or_else(|| (slide.id.clone(), Place::Waiting));
        Ok((accepted, SlideStatus::of(&slide.id, number, &place, language)))
    })
    .await
    .map_err(|p| if p.code == "service_number" { p.with_status(StatusCode::CONFLICT) } else { p })?;
    match accepted {
        Accepted::Before => return Ok(Json(status).into_response()),
        Accepted::Full => return Err(app.full(language)),
        Accepted::New => app.metrics.accepted.inc(),
    };
    let location = HeaderValue::from_str(&format!("/v1/slides/{}", status.id));
    let mut answer = (StatusCode::ACCEPTED, Json(status)).into_response();
    if let Ok(location) = location {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    Ok(answer)
}

/// Says where a slide is.
#[utoipa::path(
    get,
    path = "/v1/slides/{id}",
    params(("id" = String, Path, description = "Id of the slide")),
    responses(
        (status = 200, description = "Where it is", body = SlideStatus),
        (status = 404, description = "Never accepted", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn status(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> std::result::Result<Json<SlideStatus>, Problem> {
    let language = language_of(&headers);
    let (number, place) = place_of(&app, &id, language).await?;
    Ok(Json(SlideStatus::of(&id, number, &place, language)))
}

/// Takes back a slide that waits.
#[utoipa::path(
    delete,
    path = "/v1/slides/{id}",
    params(("id" = String, Path, description = "Id of the slide")),
    responses(
        (status = 204, description = "Taken back: nothing of it is left"),
        (status = 404, description = "Never accepted", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Being read, or read: results are kept", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn withdraw(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> std::result::Result<StatusCode, Problem> {
    let language = language_of(&headers);
    let desk = Arc::clone(&app.desk);
    match aside(language, move || desk.withdraw(&id)).await? {
        Some(true) => Ok(StatusCode::NO_CONTENT),
        Some(false) => Err(Problem::said(StatusCode::CONFLICT, "error-service-begun", language)),
        None => Err(unknown(language)),
    }
}

/// Gives the record of a slide.
#[utoipa::path(
    get,
    path = "/v1/slides/{id}/record",
    params(("id" = String, Path, description = "Id of the slide")),
    responses(
        (status = 200, description = "The record, as `hemozoin schema` describes it; what readers decided is not in it", content_type = "application/json", body = Object),
        (status = 404, description = "Never accepted, or no result yet", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn record(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> std::result::Result<Response, Problem> {
    let (json, _) = record_of(&app, &id, language_of(&headers)).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], json).into_response())
}

/// Gives a slide as a FHIR R4 bundle, preliminary: nobody has signed it here.
#[utoipa::path(
    get,
    path = "/v1/slides/{id}/fhir",
    params(("id" = String, Path, description = "Id of the slide")),
    responses(
        (status = 200, description = "The bundle", content_type = "application/fhir+json", body = Object),
        (status = 404, description = "Never accepted, or no result yet", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn fhir(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> std::result::Result<Response, Problem> {
    let language = language_of(&headers);
    let (json, sha256) = record_of(&app, &id, language).await?;
    let bundle = aside(language, move || {
        let released = Released::unsigned(read(&json)?, &sha256);
        ResultForm::Fhir.write(&released, &Codes::built_in()?, "", &Catalogue::new(language))
    })
    .await?;
    Ok(([(header::CONTENT_TYPE, "application/fhir+json")], bundle).into_response())
}

async fn place_of(app: &App, id: &str, language: Language) -> std::result::Result<(String, Place), Problem> {
    let (desk, id) = (Arc::clone(&app.desk), id.to_owned());
    aside(language, move || desk.place(&id)).await?.ok_or_else(|| unknown(language))
}

/// The record's bytes and their digest.
async fn record_of(
    app: &App,
    id: &str,
    language: Language,
) -> std::result::Result<(Vec<u8>, String), Problem> {
    let (_, place) = place_of(app, id, language).await?;
    let no_result = || Problem::said(StatusCode::NOT_FOUND, "error-service-no-result", language);
    let Place::Ended(row) = place else { return Err(no_result()) };
    let (Some(name), Some(sha256)) = (row.record, row.record_sha256) else { return Err(no_result()) };
    let path = app.desk.out().join("records").join(name);
    Ok((aside(language, move || read_plain(&path, MAX_RECORD_BYTES)).await?, sha256))
}

fn unknown(language: Language) -> Problem {
    Problem::said(StatusCode::NOT_FOUND, "error-service-unknown", language)
}
