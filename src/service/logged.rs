//! One line of the log for each request, and the guard before it. Neither names, numbers nor addresses of slides stand in it.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answers::{Problem, as_problem, language_of};
use super::metrics::Answered;
use super::routes::{App, OPEN};

/// Answers a request, or says why not, and keeps what it was.
pub(super) async fn logged(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let open = OPEN.contains(&request.uri().path());
    let language = language_of(request.headers());
    let refused = if open { Ok(()) } else { app.guard.check(request.headers()) };
    let answer = match refused {
        Ok(()) => as_problem(next.run(request).await, language),
        Err((status, key)) => {
            let (head, body) = request.into_parts();
            app.patience.hear_out(&head.headers, body).await;
            Problem::said(status, key, language).into_response()
        }
    };
    let seconds = began.elapsed().as_secs_f64();
    let status = answer.status().as_u16();
    app.metrics.seconds.observe(seconds);
    app.metrics.answered.get_or_create(&Answered { route: route.clone(), status: status.into() }).inc();
    if status == 500 {
        tracing::error!(%method, route, status, seconds, "could not be answered");
    } else {
        tracing::info!(%method, route, status, seconds, "answered");
    }
    answer
}
