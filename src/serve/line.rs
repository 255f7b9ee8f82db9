//! One connection: a request comes in, an answer goes out, and the line is closed.
//!
//! A browser holds some lines open as long as it is answered on them, and then waits on the others: with a line for each
//! request and a thread for each line none waits for another.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use super::answers::{Answer, nothing};

/// Most bytes of the head of a request.
const MAX_HEAD: u64 = 64 << 10;
const MAX_HEADERS: usize = 100;

/// How long a line may be silent: a browser opens some before it needs them.
const SILENCE: Duration = Duration::from_secs(60);

/// How long what was not asked for is listened to, so that the answer arrives before the line is cut.
const FAREWELL: Duration = Duration::from_secs(1);

/// The head of a request.
#[derive(Debug)]
pub(super) struct Head {
    /// `GET`, `POST` and the like.
    pub(super) method: String,
    /// Path and query.
    pub(super) url: String,
    headers: Vec<(String, String)>,
}

impl Head {
    /// A header by its name, in whatever case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Whether it may change something.
    pub(super) fn changes(&self) -> bool {
        !matches!(self.method.as_str(), "GET" | "HEAD")
    }

    /// `None` where nothing was asked, or nothing that can be read.
    fn read(line: &mut impl BufRead) -> Option<Self> {
        let mut bytes = Vec::new();
        let mut line = line.take(MAX_HEAD);
        while !bytes.ends_with(b"\r\n\r\n") {
            if line.read_until(b'\n', &mut bytes).ok()? == 0 {
                return None;
            }
        }
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        if !request.parse(&bytes).ok()?.is_complete() {
            return None;
        }
        let text = |value: &[u8]| std::str::from_utf8(value).map(str::to_owned).ok();
        Some(Self {
            method: request.method?.to_owned(),
            url: request.path?.to_owned(),
            headers: request
                .headers
                .iter()
                .map(|header| Some((header.name.to_owned(), text(header.value)?)))
                .collect::<Option<_>>()?,
        })
    }
}

/// What comes after the head.
pub(super) struct Body<'a> {
    line: &'a mut dyn Read,
    length: u64,
}

impl Body<'_> {
    /// All of it; `None` where it is more than `most` bytes, or less than was said.
    pub(super) fn read(self, most: usize) -> Option<Vec<u8>> {
        if self.length > most as u64 {
            return None;
        }
        let mut bytes = Vec::new();
        self.line.take(self.length).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 == self.length).then_some(bytes)
    }
}

/// Reads one request and sends what `answer` makes of it.
pub(super) fn serve(
    stream: TcpStream,
    answer: impl FnOnce(&Head, Body<'_>) -> Answer,
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(SILENCE))?;
    stream.set_nodelay(true)?;
    let mut line = BufReader::new(stream);
    let Some(head) = Head::read(&mut line) else { return Ok(()) };
    let length = head.header("Content-Length").map_or(Some(0), |length| length.trim().parse().ok());
    let sent = match length.filter(|_| head.header("Transfer-Encoding").is_none()) {
        Some(length) => answer(&head, Body { line: &mut line, length }),
        None => nothing(411),
    };
    let stream = line.get_mut();
    stream.write_all(&sent.to_bytes(head.method == "HEAD"))?;
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(FAREWELL))?;
    let mut rest = [0; 4096];
    while line.read(&mut rest)? > 0 {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &[u8]) -> Option<Head> {
        Head::read(&mut &text[..])
    }

    #[test]
    fn a_head_is_read_and_what_is_none_is_not() {
        let read =
            head(b"POST /a/b?c=d HTTP/1.1\r\nHost: x:1\r\nCONTENT-length: 3\r\n\r\nabc").expect("a head");
        assert_eq!((read.method.as_str(), read.url.as_str()), ("POST", "/a/b?c=d"));
        assert_eq!((read.header("content-length"), read.header("host")), (Some("3"), Some("x:1")));
        assert!(read.changes() && read.header("Origin").is_none());
        for none in [
            &b""[..],
            b"GET / HTTP/1.1\r\nHost: x",
            b"GET / HTTP/1.1\r\n: x\r\n\r\n",
            b"\x16\x03\x01\x00\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n",
        ] {
            assert!(head(none).is_none(), "{none:?}");
        }
        let endless = [b"GET /".to_vec(), vec![b'a'; 70 << 10], b" HTTP/1.1\r\n\r\n".to_vec()].concat();
        assert!(head(&endless).is_none());
    }

    #[test]
    fn a_body_is_as_long_as_it_says() {
        let read = |length: u64, most: usize| Body { line: &mut &b"abc"[..], length }.read(most);
        assert_eq!(read(3, 10), Some(b"abc".to_vec()));
        assert_eq!(read(2, 10), Some(b"ab".to_vec()));
        assert_eq!((read(4, 10), read(3, 2)), (None, None));
    }
}
