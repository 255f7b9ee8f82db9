//! The service as a whole: opened, listening, stopped.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use rayon::{ThreadPool, ThreadPoolBuilder};
use rustls::ServerConfig;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::sync::Semaphore;

use super::connections::bounded;
use super::desk::{Desk, RECEIVED, begun_here};
use super::guard::Guard;
use super::hear::Patience;
use super::metrics::Metrics;
use super::receive::Most;
use super::routes::{App, router};
use super::worker::work;
use crate::archive::{Archive, Begun, Stamp};
use crate::entry::Style;
use crate::files::{make_folder, read_text};
use crate::record::Facts;
use crate::slide::Engine;
use crate::{Error, ErrorKind, Result};

/// Least letters of a token: fewer can be guessed.
const LEAST_TOKEN: usize = 16;
/// Most bytes of a file that holds a token.
const MAX_TOKEN_BYTES: u64 = 4096;
/// Bytes of a slide that is too large which are heard at least, before it is said.
const HEARD: u64 = 64 << 20;
/// How long answers may take after the service was asked to stop.
const LAST: Duration = Duration::from_secs(20);

/// How a service is opened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServiceOptions {
    /// Where it listens.
    pub listen: SocketAddr,
    /// File with the token that is asked for.
    pub token: Option<PathBuf>,
    /// Files (PEM) with the certificate and its key.
    pub certificate: Option<(PathBuf, PathBuf)>,
    /// Whether anybody in the network may send and read without a token, or unencrypted.
    pub open_to_anyone: bool,
    /// Most slides that have not ended.
    pub queue: usize,
    /// Most pictures of a slide.
    pub most_pictures: usize,
    /// Most bytes of a slide.
    pub most_bytes: usize,
    /// Longest time of a request.
    pub within: Duration,
    /// Threads that read; all cores for 0.
    pub threads: usize,
    /// What holds of every slide that does not say otherwise.
    pub facts: Facts,
    /// Folders of the bundles used instead of those in the build.
    pub models: Vec<PathBuf>,
    /// Whether the tables of an archive that is begun are written for a French spreadsheet, and its page opens in French.
    pub french: bool,
}

impl ServiceOptions {
    /// On this computer alone, at `port`.
    pub fn on_this_computer(port: u16) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], port)),
            token: None,
            certificate: None,
            open_to_anyone: false,
            queue: 64,
            most_pictures: 400,
            most_bytes: 1 << 30,
            within: Duration::from_secs(900),
            threads: 0,
            facts: Facts::default(),
            models: Vec::new(),
            french: false,
        }
    }
}

/// A service that listens already.
pub struct Service {
    archive: Archive,
    app: Arc<App>,
    options: ServiceOptions,
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<Arc<ServerConfig>>,
    handle: Handle<SocketAddr>,
}

/// Stops a service, from any thread.
#[derive(Clone)]
pub struct Stopper {
    desk: Arc<Desk>,
    handle: Handle<SocketAddr>,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("address", &self.address).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Stopper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stopper").finish_non_exhaustive()
    }
}

impl Stopper {
    /// Accepts nothing more; what is being read ends with the fields in flight, and goes on at the next start.
    pub fn stop(&self) {
        self.desk.stop();
        self.handle.graceful_shutdown(Some(LAST));
    }
}

impl Service {
    /// Opens the output folder, begins an archive in it or goes on with the one that is there, and listens.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where it would be open to the network without a token or unencrypted and that was not asked for,
    /// for a token that can be guessed, a certificate that is none, an archive that was begun with other rules or by no
    /// service, or folders of somebody else under the names of a service's own; [`ErrorKind::Io`] where the system refuses.
    pub fn open(out: &Path, engine: Engine, options: ServiceOptions) -> Result<Self> {
        // Of a slide that is sent with both films one would be kept, and never read or named.
        if options.facts.film.is_some() {
            let text = "--film is not for the service: each picture is sent as a part thick or thin, which says its film";
            return Err(Error::new(ErrorKind::Usage, text).with_key("error-service-film-flag"));
        }
        let guard = guard_of(&options)?;
        let tls = options.certificate.as_ref().map(|(chain, key)| tls_of(chain, key)).transpose()?;
        let out = std::path::absolute(out).map_err(|e| Error::io(out, "look at", e))?;
        let earlier = begun_here(&out)?;
        let root = out.join(RECEIVED);
        make_folder(&root)?;
        // In whatever language it is started: the tables of an archive keep the form that they have.
        let (french_tables, french_page, style) = earlier.map_or_else(
            || (options.french, options.french, Style::default()),
            |earlier| (earlier.french_tables, earlier.french_page, earlier.style),
        );
        let begun = Begun {
            stamp: Stamp::of(&engine, &options.facts)?,
            root,
            models: options.models.clone(),
            french_tables,
            french_page,
            style,
            shard: None,
        };
        let (mut archive, _) = Archive::open_moved(&out, begun)?;
        archive.plan_none()?;
        archive.retry_refused(engine.limits())?;
        let desk = Arc::new(Desk::open(&out, options.queue, archive.journal())?);
        let listening = |e| no_listening(options.listen, e);
        let listener = TcpListener::bind(options.listen).map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        let guard = guard.unwrap_or_else(|| Guard::own_computer(address, tls.is_some()));
        let bytes = options.most_bytes as u64;
        let app = App {
            desk,
            engine: Arc::new(engine),
            pool: Arc::new(pool_of(options.threads)?),
            facts: options.facts.clone(),
            guard,
            metrics: Metrics::new(),
            most: Most { pictures: options.most_pictures, bytes },
            patience: Patience { bytes: bytes.saturating_add(bytes.max(HEARD)), time: options.within / 2 },
            turn: Arc::new(Semaphore::new(1)),
        };
        Ok(Self { archive, app: Arc::new(app), options, listener, address, tls, handle: Handle::new() })
    }

    /// Where it is.
    pub fn address(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}/", self.address)
    }

    /// What stops it.
    pub fn stopper(&self) -> Stopper {
        Stopper { desk: Arc::clone(&self.app.desk), handle: self.handle.clone() }
    }

    /// Answers until it is stopped.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the system gives no thread or no connection; why nothing was read any more.
    pub fn run(self) -> Result<()> {
        let Self { mut archive, app, options, listener, tls, handle, .. } = self;
        let system = |e| Error::io("", "start the service", e);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(system)?;
        let worker = std::thread::Builder::new().name("reader".to_owned()).spawn({
            let app = Arc::clone(&app);
            move || {
                let done = work(&mut archive, &app.engine, &app.desk, &app.pool);
                if let Err(why) = &done {
                    tracing::error!(why = why.message(), "nothing is read any more");
                    app.desk.fail(why);
                }
                done
            }
        });
        let worker = worker.map_err(system)?;
        let service = router(Arc::clone(&app), options.within).into_make_service();
        let served = runtime.block_on(async {
            match tls {
                Some(config) => {
                    let server = axum_server::from_tcp_rustls(listener, RustlsConfig::from_config(config))?;
                    bounded(server, &handle).serve(service).await
                }
                None => bounded(axum_server::from_tcp(listener)?, &handle).serve(service).await,
            }
        });
        app.desk.stop();
        let read =
            worker.join().unwrap_or_else(|_| Err(Error::new(ErrorKind::Internal, "the reader broke off")));
        served.map_err(system)?;
        read
    }
}

/// The guard that these options ask for; `None` for that of this computer, whose port may not be known yet.
fn guard_of(options: &ServiceOptions) -> Result<Option<Guard>> {
    let alone = options.listen.ip().is_loopback();
    let closed = options.token.is_some() && options.certificate.is_some();
    if !(alone || closed || options.open_to_anyone) {
        let text = "other computers would send and read patients' results here: give --token-file and --certificate with \
                    --key, or say --open-to-anyone-on-this-network";
        return Err(Error::new(ErrorKind::Usage, text).with_key("error-service-open"));
    }
    match &options.token {
        Some(file) => {
            let token = read_text(file, MAX_TOKEN_BYTES)?;
            let token = token.trim();
            if token.len() < LEAST_TOKEN || !token.bytes().all(|b| b.is_ascii_graphic()) {
                let text =
                    format!("a token is one word of at least {LEAST_TOKEN} letters and digits (ASCII)");
                return Err(Error::new(ErrorKind::Usage, text)
                    .with_key("error-service-short-token")
                    .with_arg("least", LEAST_TOKEN)
                    .with_path(file));
            }
            Ok(Some(Guard::token(token)))
        }
        None if alone => Ok(None),
        None => Ok(Some(Guard::Anybody)),
    }
}

/// Why nothing can listen there, and what to do: the system has but a word for it.
fn no_listening(at: SocketAddr, error: io::Error) -> Error {
    let (key, text) = match error.kind() {
        io::ErrorKind::AddrInUse => (
            "error-service-address-taken",
            format!("another program listens at {at}; stop it, or give another --listen"),
        ),
        io::ErrorKind::AddrNotAvailable => (
            "error-service-address-none",
            format!(
                "{at} is no address of this computer; give --listen one that it has, such as 127.0.0.1:8765"
            ),
        ),
        io::ErrorKind::PermissionDenied => (
            "error-service-address-denied",
            format!("the system lets this program not listen at {at}; give --listen a port from 1024 on"),
        ),
        _ => return Error::io(at.to_string(), "listen at", error),
    };
    Error::new(ErrorKind::Io, text).with_key(key).with_arg("address", at).with_source(error)
}

fn tls_of(chain: &Path, key: &Path) -> Result<Arc<ServerConfig>> {
    let refused = |file: &Path, why: &dyn std::fmt::Display| {
        Error::new(ErrorKind::Usage, format!("no certificate with its key in PEM form: {why}"))
            .with_key("error-service-certificate")
            .with_arg("reason", why)
            .with_path(file)
    };
    let unread = |file: &Path, why: pem::Error| match why {
        pem::Error::Io(e) => Error::io(file, "read", e),
        why => refused(file, &why),
    };
    let certificates = CertificateDer::pem_file_iter(chain)
        .and_then(Iterator::collect::<std::result::Result<Vec<_>, _>>)
        .map_err(|e| unread(chain, e))?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|e| unread(key, e))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(certificates, secret))
        .map_err(|e| refused(chain, &e))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn pool_of(threads: usize) -> Result<ThreadPool> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|e| Error::new(ErrorKind::Io, format!("the system gives no threads: {e}")))
}
