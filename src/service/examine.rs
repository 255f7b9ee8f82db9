//! A slide read while the caller waits; nothing of it is kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::answers::{Problem, language_of};
use super::routes::App;
use super::slides::{SlideForm, aside, received};
use crate::slide::Control;
use crate::source::SlideSource;

/// Stops the work when the caller goes: then what holds this is dropped.
struct WhileHeard(Arc<AtomicBool>);

impl Drop for WhileHeard {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
    }
}

/// Whether nobody listens any more.
struct Gone(Arc<AtomicBool>);

impl Control for Gone {
    fn is_stopped(&self) -> bool {
        self.0.load(Relaxed)
    }
}

/// Reads a slide and answers with its record.
///
/// Nothing is kept, and the work ends when the caller goes. One slide at a time is read so.
#[utoipa::path(
    post,
    path = "/v1/examine",
    request_body(content = SlideForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The record, as `hemozoin schema` describes it", content_type = "application/json", body = Object),
        (status = 400, description = "No slide, or none that can be read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Larger than is allowed", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "No form", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Another is being read: Retry-After", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn examine(
    State(app): State<Arc<App>>,
    request: Request,
) -> std::result::Result<Response, Problem> {
    let language = language_of(request.headers());
    let refused = (app.turn.available_permits() == 0).then(|| app.full(language));
    let slide = received(&app, request, refused, language).await?;
    // Taken when all of the slide is here: whoever sends slowly keeps nobody waiting.
    let turn = Arc::clone(&app.turn).try_acquire_owned().map_err(|_| app.full(language))?;
    let gone = Arc::new(AtomicBool::new(false));
    let heard = WhileHeard(Arc::clone(&gone));
    let (engine, pool, facts) = (Arc::clone(&app.engine), Arc::clone(&app.pool), app.facts.clone());
    let json = aside(language, move || {
        // Held until the work has ended and nothing of the slide is left, which may be after the caller went.
        let _turn = turn;
        let slide = slide;
        let source = SlideSource::find(slide.folder.path(), &facts, engine.limits())?;
        let mut info = source.info().clone();
        if slide.slide.is_none() {
            info.id.clone_from(&slide.id);
        }
        let source = source.with_info(info);
        pool.install(|| source.slide(&engine).run(&Gone(gone)))?.to_json()
    })
    .await?;
    drop(heard);
    Ok(([(header::CONTENT_TYPE, "application/json")], json).into_response())
}
