//! Which request is answered by what.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router, middleware};
use rayon::ThreadPool;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problem, language_of};
use super::described::described_whole;
use super::desk::Desk;
use super::guard::Guard;
use super::hear::Patience;
use super::logged::logged;
use super::metrics::Metrics;
use super::receive::Most;
use super::slides::aside;
use super::{examine, slides};
use crate::locale::Language;
use crate::record::Facts;
use crate::slide::Engine;

/// What anybody may ask.
pub(super) const OPEN: [&str; 2] = ["/health", "/ready"];

/// What the handlers share.
pub(super) struct App {
    pub(super) desk: Arc<Desk>,
    pub(super) engine: Arc<Engine>,
    pub(super) pool: Arc<ThreadPool>,
    /// What holds of every slide that does not say otherwise.
    pub(super) facts: Facts,
    pub(super) guard: Guard,
    pub(super) metrics: Metrics,
    pub(super) most: Most,
    /// How long those who are refused are heard.
    pub(super) patience: Patience,
    /// Held by the one slide that is read while its caller waits.
    pub(super) turn: Arc<Semaphore>,
}

impl App {
    /// Says that there is no room, and counts it.
    pub(super) fn full(&self, language: Language) -> Problem {
        self.metrics.turned_away.inc();
        Problem::said(StatusCode::TOO_MANY_REQUESTS, "error-service-full", language)
    }
}

#[derive(OpenApi)]
#[openapi(info(
    title = "hemozoin",
    description = "Malaria blood films: pictures in, counts out. A machine's count is a proposal; a person decides. \
                   Headers that are too many or too large are answered 431, without a body.",
    license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
))]
struct Described;

/// Longest time in which nothing comes of a body.
const SILENCE: Duration = Duration::from_secs(60);

/// Every route, with limits on size and time.
pub(super) fn router(app: Arc<App>, within: Duration) -> Router {
    let (router, described) = OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(slides::send))
        .routes(routes!(slides::status, slides::withdraw))
        .routes(routes!(slides::record))
        .routes(routes!(slides::fhir))
        .routes(routes!(examine::examine))
        .routes(routes!(health))
        .routes(routes!(ready))
        .routes(routes!(metrics))
        .split_for_parts();
    let described = described_whole(described);
    let hard = usize::try_from(app.patience.bytes).unwrap_or(usize::MAX);
    router
        .route("/openapi.json", get(async move || Json(described)))
        .fallback(nowhere)
        .method_not_allowed_fallback(wrong_method)
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, within))
        // A slide is measured as it comes in; this is what is heard of a larger one.
        .layer(DefaultBodyLimit::max(hard))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(Arc::clone(&app), logged))
        .layer(RequestBodyTimeoutLayer::new(SILENCE))
        .with_state(app)
}

/// Says that the process answers.
#[utoipa::path(get, path = "/health", responses((status = 204, description = "It does")))]
async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Says whether slides are accepted.
#[utoipa::path(get, path = "/ready", responses(
    (status = 204, description = "They are"),
    (status = 503, description = "Why not", body = Problem, content_type = "application/problem+json"),
))]
async fn ready(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<StatusCode, Problem> {
    let unready = |e| Problem::of(&e, language_of(&headers)).with_status(StatusCode::SERVICE_UNAVAILABLE);
    app.desk.ready().map_err(unready)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives figures for a monitoring system.
#[utoipa::path(get, path = "/metrics", responses(
    (status = 200, description = "Prometheus' text form", content_type = "application/openmetrics-text", body = String),
))]
async fn metrics(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let text = aside(language_of(&headers), move || app.metrics.text(&app.desk)).await?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

async fn nowhere(State(app): State<Arc<App>>, request: Request) -> Problem {
    refused(&app, request, StatusCode::NOT_FOUND, "error-service-nowhere").await
}

async fn wrong_method(State(app): State<Arc<App>>, request: Request) -> Problem {
    refused(&app, request, StatusCode::METHOD_NOT_ALLOWED, "error-service-method").await
}

async fn refused(app: &App, request: Request, status: StatusCode, key: &str) -> Problem {
    let (head, body) = request.into_parts();
    app.patience.hear_out(&head.headers, body).await;
    Problem::said(status, key, language_of(&head.headers))
}
