//! Listening, and letting in what the guard lets in.

use std::io::Read;
use std::net::{Ipv4Addr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::PoisonError;

use tiny_http::{Method, Request};

use super::answers::{Answer, nothing, refused};
use super::app::App;
use super::asked::Asked;
use super::guard::{Asking, Guard};
use super::opening::MAX_PICTURE;
use super::routes::answer;
use super::shelf::Shelf;
use super::upkeep::{News, Upkeep};
use crate::error::{Error, ErrorKind, Result};
use crate::locale::Language;

/// Requests that are answered at once: a page asks for six crops together.
const WORKERS: usize = 6;

/// Most bytes of a request that brings no picture: some thousand decisions at once.
const MAX_BODY: usize = 4 << 20;

/// A server that listens and does not answer yet.
pub struct Server {
    http: tiny_http::Server,
    app: App,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("shelf", &self.app.shelf).finish_non_exhaustive()
    }
}

impl Server {
    /// Listens on 127.0.0.1, on a free port where `port` is 0.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the port is taken, or the system gives no random numbers.
    pub fn bind(shelf: Shelf, language: Language, port: u16) -> Result<Self> {
        let io = |e| Error::io("127.0.0.1", "listen", e);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(io)?;
        let guard = Guard::new(listener.local_addr().map_err(io)?.port())?;
        let http = tiny_http::Server::from_listener(listener, None)
            .map_err(|e| Error::new(ErrorKind::Io, format!("cannot listen on 127.0.0.1: {e}")))?;
        Ok(Self { http, app: App::new(guard, shelf, language) })
    }

    /// The address of the page, which is the key to it.
    pub fn address(&self) -> String {
        self.app.guard.address()
    }

    /// Who hears what becomes of the tables and pages of an archive after a signature.
    pub fn listen(&self, say: impl Fn(News<'_>) + Send + 'static) {
        *self.app.listener.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(say));
    }

    /// To wait, before the process ends, until what was signed stands in the tables and pages of the archive.
    pub fn upkeep(&self) -> Upkeep {
        self.app.upkeep.clone()
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the system stops it.
    pub fn run(self) -> Result<()> {
        let Self { http, app } = &self;
        let answer_all = || -> std::io::Result<()> {
            loop {
                let mut request = http.recv()?;
                let answer = guarded(app, &mut request);
                // Who asked may be gone; that is no failure of the server.
                let _ = request.respond(answer.into_response());
            }
        };
        std::thread::scope(|scope| {
            // This thread answers, too, so that fewer workers than wanted are enough.
            let start = |_: usize| std::thread::Builder::new().spawn_scoped(scope, answer_all).ok();
            let workers: Vec<_> = (1..WORKERS).filter_map(start).collect();
            let here = answer_all();
            let ended = workers.into_iter().filter_map(|worker| worker.join().ok());
            let failed = std::iter::once(here).chain(ended).find_map(|end| end.err());
            failed.map_or(Ok(()), |e| Err(Error::io("127.0.0.1", "listen", e)))
        })
    }
}

/// Answers what the guard lets in. A panic is an answer too, and takes nothing else with it.
fn guarded(app: &App, request: &mut Request) -> Answer {
    let text = |name: &'static str| {
        let mut headers = request.headers().iter();
        headers.find(|header| header.field.equiv(name)).map(|header| header.value.as_str().to_owned())
    };
    let changes = !matches!(request.method(), Method::Get | Method::Head);
    let (host, origin, site) = (text("Host"), text("Origin"), text("Sec-Fetch-Site"));
    let kind = text("Content-Type").unwrap_or_default();
    let url = request.url().to_owned();
    let asking = Asking {
        path: &url,
        host: host.as_deref(),
        origin: origin.as_deref(),
        site: site.as_deref(),
        changes,
    };
    if let Err(refusal) = app.guard.check(&asking) {
        return refused(refusal);
    }
    let Some(mut asked) = Asked::of(&url, changes, kind.starts_with("application/json")) else {
        return nothing(400);
    };
    if !matches!(request.method(), Method::Get | Method::Head | Method::Post) {
        return nothing(405);
    }
    if changes {
        let most = if asked.brings_picture() { MAX_PICTURE } else { MAX_BODY };
        let mut body = Vec::new();
        // One byte more than may come tells that it is too much.
        let read = request.as_reader().take(most as u64 + 1).read_to_end(&mut body);
        if read.is_err() || body.len() > most {
            return nothing(413);
        }
        asked.body = body;
    }
    catch_unwind(AssertUnwindSafe(|| answer(app, &asked))).unwrap_or_else(|_| nothing(500))
}
