//! How many may hold a line at once, and how long one who says nothing keeps his.

use std::future::{Future, ready};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use axum_server::accept::Accept;
use axum_server::{Handle, Server};
use tokio::net::TcpStream;

/// Longest time until the head of a request has come, the first or a further one.
const HEAD: Duration = Duration::from_secs(30);
/// Most lines at once: each holds a file or two of those that the system gives a process.
const MOST: usize = 256;

/// Accepts lines as `inner` does while there are not too many.
#[derive(Clone)]
pub(super) struct Bounded<A> {
    inner: A,
    handle: Handle<SocketAddr>,
}

impl<A, S> Accept<TcpStream, S> for Bounded<A>
where
    A: Accept<TcpStream, S>,
    A::Future: Send + 'static,
    A::Stream: Send + 'static,
    A::Service: Send + 'static,
{
    type Stream = A::Stream;
    type Service = A::Service;
    type Future = Pin<Box<dyn Future<Output = io::Result<(A::Stream, A::Service)>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        if self.handle.connection_count() > MOST {
            tracing::warn!(most = MOST, "a line was closed: too many are open");
            return Box::pin(ready(Err(io::Error::other("too many lines are open"))));
        }
        Box::pin(self.inner.accept(stream, service))
    }
}

/// The server with bounds on lines and on the time of those who say nothing.
pub(super) fn bounded<A>(
    server: Server<SocketAddr, A>,
    handle: &Handle<SocketAddr>,
) -> Server<SocketAddr, Bounded<A>> {
    // Nothing else is understood, so that no line waits until it is known what it speaks.
    let mut server = server.http1_only().handle(handle.clone());
    server.http_builder().http1().header_read_timeout(HEAD);
    server.map(|inner| Bounded { inner, handle: handle.clone() })
}
