//! The line to one server: what is sent there, and what it answers.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::http::Uri;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use crate::{Error, ErrorKind, Result};

/// Longest that a server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(120);
/// Most bytes of an answer.
const MAX_ANSWER_BYTES: u64 = 8 << 20;
/// Longest wait between two tries, whatever a server asks for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How a server is reached.
#[derive(Clone, Debug)]
pub struct LineOptions {
    /// What stands in the header `Authorization`: `Bearer ...`, `Basic ...`, `ApiToken ...`.
    pub authorization: Option<String>,
    /// The certificates (PEM) of the only authorities to trust; `None` for those of the web.
    pub authorities: Option<Vec<u8>>,
    /// Whether results may go to another computer without encryption.
    pub unencrypted: bool,
    /// How often one thing is sent before it is left for another day; at least once.
    pub tries: u32,
    /// The first wait between two tries; each further one takes twice as long.
    pub wait: Duration,
}

impl Default for LineOptions {
    fn default() -> Self {
        Self {
            authorization: None,
            authorities: None,
            unencrypted: false,
            tries: 4,
            wait: Duration::from_secs(1),
        }
    }
}

/// What a server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// The status of HTTP.
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// A server that can be written to.
#[derive(Debug)]
pub struct Line {
    agent: Agent,
    base: String,
    options: LineOptions,
}

impl Line {
    /// The line to the server at `address`, such as `https://fhir.example.org/r4`. Nothing is sent yet.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for an address that is none of the web's, one with a password in it, one of another computer
    /// without encryption that nobody allowed, and for certificates that are none.
    pub fn to(address: &str, options: LineOptions) -> Result<Self> {
        let bad = || {
            Error::new(
                ErrorKind::Usage,
                format!("{address} is no address of a server; expected one such as https://example.org/fhir"),
            )
            .with_key("error-send-address")
            .with_arg("address", address)
        };
        let uri: Uri = address.parse().map_err(|_| bad())?;
        let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(bad)?;
        let has_user = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
        if has_user || uri.query().is_some() {
            return Err(bad());
        }
        match uri.scheme_str() {
            Some("https") => {}
            Some("http") if options.unencrypted || is_this_computer(host) => {}
            Some("http") => {
                return Err(Error::new(
                    ErrorKind::Usage,
                    format!(
                        "results would go to {host} readable by everybody on the way; give an address that begins with \
                         https://, or allow it with --unencrypted"
                    ),
                )
                .with_key("error-send-unencrypted")
                .with_arg("host", host));
            }
            _ => return Err(bad()),
        }
        let mut tls = TlsConfig::builder();
        if let Some(pem) = &options.authorities {
            tls = tls.root_certs(authorities(pem)?);
        }
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(Duration::from_secs(20)))
            .http_status_as_error(false)
            // What is meant for one server goes to no other.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("hemozoin/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls.build())
            .build();
        let base = address.trim_end_matches('/').to_owned();
        Ok(Self { agent: config.into(), base, options })
    }

    /// Its address.
    pub fn address(&self) -> &str {
        &self.base
    }

    /// Sends `body` to a path below the address, as often as it takes or is allowed; the last answer, or why there is none.
    pub(super) fn post(&self, path: &str, kind: &str, body: &[u8]) -> std::result::Result<Answer, String> {
        let mut wait = self.options.wait;
        let mut left = self.options.tries;
        loop {
            let (said, asked) = match self.post_once(path, kind, body) {
                Ok((answer, asked)) if is_for_now(answer.status) => (Ok(answer), asked),
                Ok((answer, _)) => return Ok(answer),
                Err(why) => (Err(why), None),
            };
            left = left.saturating_sub(1);
            if left == 0 {
                return said;
            }
            std::thread::sleep(asked.unwrap_or(wait).min(LONGEST_WAIT));
            wait = wait.saturating_mul(2);
        }
    }

    fn post_once(
        &self,
        path: &str,
        kind: &str,
        body: &[u8],
    ) -> std::result::Result<(Answer, Option<Duration>), String> {
        let address = if path.is_empty() { self.base.clone() } else { format!("{}/{path}", self.base) };
        let mut request = self.agent.post(&address).header("Content-Type", kind).header("Accept", kind);
        if let Some(authorization) = &self.options.authorization {
            request = request.header("Authorization", authorization);
        }
        let mut response = request.send(body).map_err(|e| e.to_string())?;
        let asked = response.headers().get("Retry-After").and_then(|value| value.to_str().ok());
        let asked = asked.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(MAX_ANSWER_BYTES).read_to_vec();
        Ok((Answer { status, body: body.map_err(|e| e.to_string())? }, asked))
    }
}

/// Statuses that say nothing about what was sent: the same may be accepted later (RFC 9110, RFC 6585).
pub(super) fn is_for_now(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500..=599)
}

fn is_this_computer(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn authorities(pem: &[u8]) -> Result<RootCerts> {
    let none = || {
        Error::new(
            ErrorKind::Usage,
            "no certificate stands in this file; expected PEM: -----BEGIN CERTIFICATE-----",
        )
        .with_key("error-send-authority")
    };
    let mut found: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|_| none())? {
            found.push(certificate);
        }
    }
    if found.is_empty() { Err(none()) } else { Ok(RootCerts::Specific(Arc::new(found))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_go_where_nobody_reads_them_on_the_way() {
        let key = |address: &str, unencrypted: bool| {
            Line::to(address, LineOptions { unencrypted, ..LineOptions::default() })
                .err()
                .and_then(|e| e.key())
        };
        for sound in
            ["https://example.org/fhir", "http://127.0.0.1:8080", "http://localhost/x", "http://[::1]:1/"]
        {
            assert_eq!(key(sound, false), None, "{sound}");
        }
        assert_eq!(key("http://example.org/fhir", false), Some("error-send-unencrypted"));
        assert_eq!(key("http://127.0.0.1.example.org/", false), Some("error-send-unencrypted"));
        assert_eq!(key("http://example.org/fhir", true), None);
        for bad in
            ["", "example.org", "ftp://example.org", "https://", "https://a:b@example.org", "https://x?y=1"]
        {
            assert_eq!(key(bad, true), Some("error-send-address"), "{bad}");
        }
        let options = LineOptions { authorities: Some(b"nothing".to_vec()), ..LineOptions::default() };
        let refused = Line::to("https://example.org", options).expect_err("no certificate");
        assert_eq!(refused.key(), Some("error-send-authority"));
    }
}
