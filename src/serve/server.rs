//! Listening, and which address leads where.

use std::net::{Ipv4Addr, TcpListener};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::{get, post};

use super::answers::{Answer, nothing, refused};
use super::app::App;
use super::guard::{Asking, Guard};
use super::shelf::Shelf;
use super::opening::{MAX_PICTURE, drop_picture};
use super::{api, html, opening, queue};
use crate::error::{Error, Result};
use crate::locale::Language;

/// Most bytes of a request: some thousand decisions at once.
const MAX_BODY: usize = 4 << 20;

/// A server that listens and does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    app: App,
}

impl Server {
    /// Listens on 127.0.0.1, on a free port where `port` is 0.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) where the port is taken, or the system gives no random numbers.
    pub fn bind(shelf: Shelf, language: Language, port: u16) -> Result<Self> {
        let io = |e| Error::io("127.0.0.1", "listen", e);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(io)?;
        listener.set_nonblocking(true).map_err(io)?;
        let guard = Guard::new(listener.local_addr().map_err(io)?.port())?;
        Ok(Self { listener, app: App::new(guard, shelf, language) })
    }

    /// The address of the page, which is the key to it.
    pub fn address(&self) -> String {
        self.app.inner.guard.address()
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) where the system stops it.
    pub fn run(self) -> Result<()> {
        let io = |e| Error::io("127.0.0.1", "listen", e);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().map_err(io)?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener).map_err(io)?;
            axum::serve(listener, routes(self.app)).await.map_err(io)
        })
    }
}

fn routes(app: App) -> Router {
    Router::new()
        .route("/{token}/", get(html::start))
        .route("/{token}/assets/{name}", get(html::asset))
        .route("/{token}/{lang}/", get(queue::home))
        .route("/{token}/{lang}/slide/{key}", get(html::slide))
        .route("/{token}/{lang}/words.json", get(api::words))
        .route("/{token}/{lang}/queue.json", get(queue::list))
        .route("/{token}/{lang}/open", post(opening::open))
        .route("/{token}/{lang}/job.json", get(opening::progress))
        .route(
            "/{token}/{lang}/drop/{slide}/{film}/{name}",
            post(drop_picture).layer(DefaultBodyLimit::max(MAX_PICTURE)),
        )
        .route("/{token}/{lang}/slide/{key}/whole.json", get(api::whole))
        .route("/{token}/{lang}/slide/{key}/since.json", get(api::since))
        .route("/{token}/{lang}/slide/{key}/field/{field}", get(api::field))
        .route("/{token}/{lang}/slide/{key}/begin", post(api::begin))
        .route("/{token}/{lang}/slide/{key}/decide", post(api::decide))
        .route("/{token}/{lang}/slide/{key}/undo", post(api::undo))
        .route("/{token}/{lang}/slide/{key}/sign", post(api::sign))
        .route("/{token}/{lang}/slide/{key}/correct", post(api::correct))
        .route("/{token}/{lang}/slide/{key}/crop/{field}/{size}/{x}/{y}", get(api::crop))
        .route("/{token}/{lang}/slide/{key}/tile/{field}/{level}/{column}/{row}", get(api::tile))
        .fallback(|| async { nothing() })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(app.clone(), guarded))
        .with_state(app)
}

/// Lets in what the guard lets in.
async fn guarded(State(app): State<App>, request: Request, next: Next) -> Answer {
    let text = |name: header::HeaderName| request.headers().get(name).and_then(|v| v.to_str().ok());
    let asking = Asking {
        path: request.uri().path(),
        host: text(header::HOST),
        origin: text(header::ORIGIN),
        site: text(header::HeaderName::from_static("sec-fetch-site")),
        changes: request.method() != Method::GET && request.method() != Method::HEAD,
    };
    match app.inner.guard.check(&asking) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refused(refusal),
    }
}
