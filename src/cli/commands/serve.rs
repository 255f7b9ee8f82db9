//! `hemozoin serve`: the engine as a service of the hospital's network.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use tracing_subscriber::filter::LevelFilter;

use super::analyze::RunFlags;
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use crate::cli::stop::instead;
use hemozoin::locale::Language;
use hemozoin::service::{Service, ServiceOptions};
use hemozoin::{Error, ErrorKind};

#[derive(Args)]
#[command(mut_arg("film", |film| film.hide(true)))]
pub(crate) struct Flags {
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8765", value_parser = address)]
    listen: SocketAddr,
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "key")]
    certificate: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
    #[arg(long)]
    open_to_anyone_on_this_network: bool,
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    queue: u32,
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    most_pictures: u32,
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    most_megabytes: u32,
    #[arg(long, value_name = "SECONDS", default_value_t = 900, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    within: u32,
    #[command(flatten)]
    run: RunFlags,
}

/// An address with its port; `localhost` is that of this computer.
fn address(text: &str) -> hemozoin::Result<SocketAddr> {
    let of_localhost = || {
        let (name, port) = text.split_once(':')?;
        let port = port.parse().ok().filter(|_| name.eq_ignore_ascii_case("localhost"))?;
        Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
    };
    text.parse().ok().or_else(of_localhost).ok_or_else(|| {
        Error::new(ErrorKind::Usage, "write an address and a port, such as 127.0.0.1:8765 or [::1]:8765")
            .with_key("error-service-address")
    })
}

pub(crate) fn run(flags: Flags, session: &Session) -> CommandResult {
    let (engine, facts) = (flags.run.engine()?, flags.run.facts()?);
    let absolute = |path: &PathBuf| std::path::absolute(path).map_err(|e| Error::io(path, "look at", e));
    let mut options = ServiceOptions::on_this_computer(0);
    options.listen = flags.listen;
    options.models = flags.run.models().iter().map(absolute).collect::<Result<_, _>>()?;
    options.token = flags.token_file;
    options.certificate = flags.certificate.zip(flags.key);
    options.open_to_anyone = flags.open_to_anyone_on_this_network;
    options.queue = flags.queue as usize;
    options.most_pictures = flags.most_pictures as usize;
    options.most_bytes = flags.most_megabytes as usize * 1_000_000;
    options.within = Duration::from_secs(flags.within.into());
    options.threads = session.threads();
    options.facts = facts;
    options.french = session.language() == Language::French;
    let open = options.open_to_anyone && !options.listen.ip().is_loopback();
    let service = Service::open(&flags.out, engine, options)?;
    if open {
        session.warn(&session.catalogue().say("cli-serve-open"));
    }
    // The address is data: another program may ask there.
    session.print(&format!("{}\n", service.address()))?;
    let stopper = service.stopper();
    instead(move || stopper.stop());
    // What goes wrong is said in any case: nobody looks at a service that is quiet.
    let least = if session.is_quiet() { LevelFilter::WARN } else { LevelFilter::INFO };
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_target(false)
        .with_max_level(least)
        .with_writer(std::io::stderr)
        .init();
    service.run()?;
    session.tell(&session.catalogue().say("cli-serve-stopped"));
    Ok(Exit::Stopped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_port() {
        for (text, wanted) in [
            ("127.0.0.1:8765", "127.0.0.1:8765"),
            ("[::1]:8765", "[::1]:8765"),
            ("localhost:9010", "127.0.0.1:9010"),
            ("LocalHost:0", "127.0.0.1:0"),
        ] {
            assert_eq!(address(text).ok().map(|at| at.to_string()).as_deref(), Some(wanted), "{text}");
        }
        for text in
            ["", "9010", ":9010", "::1:9010", "localhost", "localhost:70000", "hospital:9010", "127.0.0.1"]
        {
            let error = address(text).expect_err(text);
            assert_eq!(error.key(), Some("error-service-address"), "{text}");
            assert!(error.message().contains("[::1]:8765"), "{text}: {error}");
        }
    }
}
