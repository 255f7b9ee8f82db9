//! Who may ask.

use std::net::SocketAddr;

use axum::http::{HeaderMap, StatusCode, header};
use sha2::{Digest, Sha256};

/// What a request must show.
#[derive(Clone, Debug)]
pub(super) enum Guard {
    /// This token, of which the digest is kept.
    Token([u8; 32]),
    /// Nothing, on this computer: but no page of a browser may ask, whatever name it calls this computer by.
    OwnComputer { hosts: Vec<String> },
    /// Nothing at all.
    Anybody,
}

/// Why a request is not answered: the status and the key of its words.
type Refusal = (StatusCode, &'static str);

impl Guard {
    /// A guard that asks for a token.
    pub(super) fn token(token: &str) -> Self {
        Self::Token(Sha256::digest(token.as_bytes()).into())
    }

    /// A guard for who asks on this computer at this address. At the port that `http` or `https` has anyway a client names
    /// none.
    pub(super) fn own_computer(at: SocketAddr, encrypted: bool) -> Self {
        let own = SocketAddr::new(at.ip(), at.port()).to_string();
        let own = own.rsplit_once(':').map_or(own.as_str(), |(name, _)| name);
        let mut hosts = Vec::new();
        for name in ["127.0.0.1", "localhost", "[::1]", own] {
            hosts.push(format!("{name}:{}", at.port()));
            if at.port() == if encrypted { 443 } else { 80 } {
                hosts.push(name.to_owned());
            }
        }
        Self::OwnComputer { hosts }
    }

    /// Looks at the head of a request.
    ///
    /// # Errors
    /// Why it is not answered.
    pub(super) fn check(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        match self {
            Self::Anybody => Ok(()),
            Self::Token(known) => {
                let shown = text(header::AUTHORIZATION)
                    .and_then(|value| value.split_once(' '))
                    .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
                    .map(|(_, shown)| shown);
                // Digests are compared: how long it takes tells nothing of the token.
                let same =
                    shown.is_some_and(|shown| Sha256::digest(shown.trim().as_bytes())[..] == known[..]);
                if same { Ok(()) } else { Err((StatusCode::UNAUTHORIZED, "error-service-token")) }
            }
            Self::OwnComputer { hosts } => {
                let own = text(header::HOST)
                    .is_some_and(|host| hosts.iter().any(|known| known.eq_ignore_ascii_case(host)));
                let page = headers.contains_key(header::ORIGIN);
                if own && !page { Ok(()) } else { Err((StatusCode::FORBIDDEN, "error-service-page")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_who_may_is_answered() {
        let with = |list: &[(header::HeaderName, &'static str)]| {
            let pairs = list.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
            pairs.collect::<HeaderMap>()
        };
        let at = |address: &str, encrypted| {
            Guard::own_computer(address.parse::<SocketAddr>().expect("an address"), encrypted)
        };
        for (guard, host) in [
            (at("127.0.0.2:8080", false), "127.0.0.2:8080"),
            (at("127.0.0.2:8080", false), "LocalHost:8080"),
            (at("[::1]:8080", false), "[::1]:8080"),
            (at("127.0.0.1:80", false), "localhost"),
            (at("127.0.0.1:80", false), "127.0.0.1:80"),
            (at("127.0.0.1:443", true), "127.0.0.1"),
        ] {
            assert_eq!(guard.check(&with(&[(header::HOST, host)])), Ok(()), "{guard:?}: {host}");
        }
        for (guard, host) in [
            (at("127.0.0.1:8080", false), "127.0.0.2:8080"),
            (at("127.0.0.1:8080", false), "localhost"),
            (at("127.0.0.1:443", false), "localhost"),
            (at("127.0.0.1:80", true), "localhost"),
        ] {
            assert!(guard.check(&with(&[(header::HOST, host)])).is_err(), "{guard:?}: {host}");
        }
        let own = at("127.0.0.1:8080", false);
        assert_eq!(own.check(&with(&[(header::HOST, "127.0.0.1:8080")])), Ok(()));
        for wrong in [
            with(&[]),
            with(&[(header::HOST, "evil.example:8080")]),
            with(&[(header::HOST, "127.0.0.1:8081")]),
            with(&[(header::HOST, "localhost:8080"), (header::ORIGIN, "http://evil.example")]),
            with(&[(header::HOST, "localhost:8080"), (header::ORIGIN, "null")]),
        ] {
            assert_eq!(own.check(&wrong), Err((StatusCode::FORBIDDEN, "error-service-page")), "{wrong:?}");
        }
        let token = Guard::token("open sesame");
        for right in ["Bearer open sesame", "bearer open sesame", "BEARER  open sesame"] {
            assert_eq!(token.check(&with(&[(header::AUTHORIZATION, right)])), Ok(()), "{right}");
        }
        for wrong in [
            with(&[]),
            with(&[(header::AUTHORIZATION, "Bearer open")]),
            with(&[(header::AUTHORIZATION, "open sesame")]),
            with(&[(header::AUTHORIZATION, "Basic open sesame")]),
        ] {
            assert_eq!(
                token.check(&wrong),
                Err((StatusCode::UNAUTHORIZED, "error-service-token")),
                "{wrong:?}"
            );
        }
    }
}
