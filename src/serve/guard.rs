//! Who may ask: a page of this very start, on this computer, and nobody else.

use crate::{Error, ErrorKind, Result};

/// Bytes of the token of a start: nobody guesses 128 bits.
const TOKEN_BYTES: usize = 16;

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Its address does not hold the token of this start.
    Token,
    /// It names another host: a name was bent to this computer (DNS rebinding).
    Host,
    /// It comes from the page of another site.
    Origin,
}

/// What a request must show.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    token: String,
    port: u16,
}

/// What a request shows of itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asking<'a> {
    /// Its path.
    pub(super) path: &'a str,
    /// `Host`.
    pub(super) host: Option<&'a str>,
    /// `Origin`.
    pub(super) origin: Option<&'a str>,
    /// `Sec-Fetch-Site`, from browsers that send it.
    pub(super) site: Option<&'a str>,
    /// Whether it may change something.
    pub(super) changes: bool,
}

impl Guard {
    /// For a start that listens on `port`, with a token of its own.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the system gives no random numbers.
    pub(super) fn new(port: u16) -> Result<Self> {
        let mut bytes = [0_u8; TOKEN_BYTES];
        getrandom::fill(&mut bytes)
            .map_err(|e| Error::new(ErrorKind::Io, format!("the system gives no random numbers: {e}")))?;
        let token = bytes.iter().map(|b| format!("{b:02x}")).collect();
        Ok(Self { token, port })
    }

    /// The address of the page, which is the key to it.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// The token.
    #[cfg(test)]
    fn token(&self) -> &str {
        &self.token
    }

    /// A path below the token.
    pub(super) fn path(&self, rest: &str) -> String {
        format!("/{}/{rest}", self.token)
    }

    /// Looks at a request.
    ///
    /// # Errors
    /// Why it is not answered.
    pub(super) fn check(&self, asking: &Asking<'_>) -> std::result::Result<(), Refusal> {
        let names = [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        if !asking.host.is_some_and(|host| names.iter().any(|name| name == host)) {
            return Err(Refusal::Host);
        }
        let first = asking.path.trim_start_matches('/').split('/').next().unwrap_or_default();
        if !same(first.as_bytes(), self.token.as_bytes()) {
            return Err(Refusal::Token);
        }
        let own = |origin: &str| names.iter().any(|name| origin.strip_prefix("http://") == Some(name));
        if asking.origin.is_some_and(|origin| !own(origin)) {
            return Err(Refusal::Origin);
        }
        // The address may be typed or opened from outside; what changes something comes from the page itself.
        let known_site = match asking.site {
            None => true,
            Some("same-origin") => true,
            Some("none") => !asking.changes,
            Some(_) => false,
        };
        let named = !asking.changes || asking.origin.is_some();
        if known_site && named { Ok(()) } else { Err(Refusal::Origin) }
    }
}

/// Compares without telling by the time it takes how far they agree.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_page_of_this_start_is_answered() {
        let guard = Guard::new(4567).expect("random numbers");
        let other = Guard::new(4567).expect("random numbers");
        assert_ne!(guard.token(), other.token());
        let path = format!("/{}/fr/", guard.token());
        let sound = Asking { path: &path, host: Some("127.0.0.1:4567"), ..Asking::default() };
        assert_eq!(guard.check(&sound), Ok(()));
        let page = Asking { changes: true, origin: Some("http://127.0.0.1:4567"), ..sound };
        assert_eq!(guard.check(&page), Ok(()));
        assert_eq!(guard.check(&Asking { site: Some("same-origin"), ..page }), Ok(()));
        let wrong = format!("/{}/fr/", other.token());
        for (asking, refusal) in [
            (Asking { path: "/", ..sound }, Refusal::Token),
            (Asking { path: &wrong, ..sound }, Refusal::Token),
            (Asking { host: None, ..sound }, Refusal::Host),
            (Asking { host: Some("evil.example:4567"), ..sound }, Refusal::Host),
            (Asking { host: Some("127.0.0.1:4568"), ..sound }, Refusal::Host),
            (Asking { origin: Some("http://evil.example"), ..sound }, Refusal::Origin),
            (Asking { origin: Some("null"), ..page }, Refusal::Origin),
            (Asking { origin: None, ..page }, Refusal::Origin),
            (Asking { site: Some("cross-site"), ..sound }, Refusal::Origin),
            (Asking { site: Some("same-site"), ..page }, Refusal::Origin),
        ] {
            assert_eq!(guard.check(&asking), Err(refusal), "{asking:?}");
        }
    }
}
