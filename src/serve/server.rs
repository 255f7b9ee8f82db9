//! Listening, and letting in what the guard lets in.

use std::net::{Ipv4Addr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::answers::{self, Answer, error, nothing, refused, see};
use super::app::App;
use super::asked::Asked;
use super::assets;
use super::dropped::MAX_PICTURE;
use super::guard::{Asking, Guard};
use super::line::{Body, Head, serve};
use super::opening::Analysis;
use super::routes::worded;
use super::shelf::Shelf;
use super::upkeep::{News, Upkeep};
use crate::locale::{Catalogue, Language};
use crate::{Error, Result};

/// Lines that are open at once; a browser opens six for each tab.
const LINES: usize = 200;

/// Lines refused by the system one after the other, each a while after the last, until the server gives up.
const MOST_REFUSED: u32 = 500;
const A_WHILE: Duration = Duration::from_millis(20);

/// Most bytes of a request that brings no picture: some thousand decisions at once.
const MAX_BODY: usize = 4 << 20;

/// What answers behind the door: the review, or the training corner.
pub(super) trait Site: Send + Sync + 'static {
    /// Who may ask.
    fn guard(&self) -> &Guard;
    /// The language of its first page.
    fn language(&self) -> Language;
    /// The words of `fr` or `en`; `None` for any other part of an address.
    fn words(&self, code: &str) -> Option<&Catalogue>;
    /// Answers what was asked in a language.
    fn worded(&self, asked: &Asked, parts: &[&str], words: &Catalogue) -> Result<Answer>;

    /// Answers what the guard let in.
    fn answer(&self, asked: &Asked) -> Answer {
        let parts = asked.parts();
        match (asked.changes, parts.as_slice()) {
            (false, []) => see(self.guard().path(&format!("{}/", self.language().code()))),
            (false, ["assets", name]) => {
                assets::asset(name).map_or_else(|| nothing(404), |(kind, bytes)| answers::asset(kind, bytes))
            }
            (_, [language, rest @ ..]) => match self.words(language) {
                Some(words) => self.worded(asked, rest, words).unwrap_or_else(|e| error(&e, words)),
                None => nothing(404),
            },
            _ => nothing(404),
        }
    }
}

/// A server that listens and does not answer yet.
pub struct Server {
    listener: TcpListener,
    app: App,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("shelf", &self.app.shelf).finish_non_exhaustive()
    }
}

impl Server {
    /// Listens on 127.0.0.1, on a free port where `port` is 0. `analysis` reads what the page is asked to open.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) where the port is taken, or the system gives no random numbers.
    pub fn bind(shelf: Shelf, analysis: Analysis, language: Language, port: u16) -> Result<Self> {
        let (listener, guard) = listen(port)?;
        Ok(Self { listener, app: App::new(guard, shelf, analysis, language) })
    }

    /// The address of the page, which is the key to it.
    pub fn address(&self) -> String {
        self.app.guard.address()
    }

    /// Who hears what becomes of reports, and of the tables and pages of an archive, after a signature.
    pub fn listen(&self, say: impl Fn(News<'_>) + Send + 'static) {
        *self.app.listener.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(say));
    }

    /// To wait, before the process ends, until what was signed stands in the reports, tables and pages.
    pub fn upkeep(&self) -> Upkeep {
        self.app.upkeep.clone()
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) where the system gives no more lines.
    pub fn run(self) -> Result<()> {
        serve_all(&self.listener, self.app)
    }
}

impl Site for App {
    fn guard(&self) -> &Guard {
        &self.guard
    }

    fn language(&self) -> Language {
        self.own_words().language()
    }

    fn words(&self, code: &str) -> Option<&Catalogue> {
        self.words(code)
    }

    fn worded(&self, asked: &Asked, parts: &[&str], words: &Catalogue) -> Result<Answer> {
        worded(self, asked, parts, words)
    }
}

/// Listens on 127.0.0.1, on a free port where `port` is 0.
pub(super) fn listen(port: u16) -> Result<(TcpListener, Guard)> {
    let io = |e| Error::io("127.0.0.1", "listen", e);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(io)?;
    let guard = Guard::new(listener.local_addr().map_err(io)?.port())?;
    Ok((listener, guard))
}

/// Lets a site answer until the process ends.
pub(super) fn serve_all(listener: &TcpListener, site: impl Site) -> Result<()> {
    let (site, open) = (Arc::new(site), Arc::new(AtomicUsize::new(0)));
    let mut refused = 0;
    loop {
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            Err(e) if refused >= MOST_REFUSED => return Err(Error::io("127.0.0.1", "listen", e)),
            Err(_) => {
                // A line that is gone already, or too many open files: the next may be sound.
                refused += 1;
                std::thread::sleep(A_WHILE);
                continue;
            }
        };
        refused = 0;
        if open.fetch_add(1, Ordering::Relaxed) >= LINES {
            open.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        let (site, of_line) = (Arc::clone(&site), Arc::clone(&open));
        let work = move || {
            // Who asked may be gone; that is no failure of the server.
            let _ = serve(stream, |head, body| guarded(&*site, head, body));
            of_line.fetch_sub(1, Ordering::Relaxed);
        };
        // Without a thread this line goes unanswered; the browser asks again.
        if std::thread::Builder::new().spawn(work).is_err() {
            open.fetch_sub(1, Ordering::Relaxed);
            std::thread::sleep(A_WHILE);
        }
    }
}

/// Answers what the guard lets in. A panic is an answer too, and takes nothing else with it.
fn guarded(site: &impl Site, head: &Head, body: Body<'_>) -> Answer {
    let changes = head.changes();
    let asking = Asking {
        path: &head.url,
        host: head.header("Host"),
        origin: head.header("Origin"),
        site: head.header("Sec-Fetch-Site"),
        changes,
    };
    if let Err(refusal) = site.guard().check(&asking) {
        return refused(refusal);
    }
    let json = head.header("Content-Type").is_some_and(|kind| kind.starts_with("application/json"));
    let Some(mut asked) = Asked::of(&head.url, changes, json) else {
        return nothing(400);
    };
    if !matches!(head.method.as_str(), "GET" | "HEAD" | "POST") {
        return nothing(405);
    }
    if changes {
        let most = if asked.brings_picture() { MAX_PICTURE } else { MAX_BODY };
        let Some(body) = body.read(most) else { return nothing(413) };
        asked.body = body;
    }
    catch_unwind(AssertUnwindSafe(|| site.answer(&asked))).unwrap_or_else(|_| nothing(500))
}
