//! What a monitoring system asks for, in Prometheus' text form.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::desk::Desk;
use crate::archive::Journal;
use crate::{Error, ErrorKind, Result};

/// Upper bounds of the times in which requests are answered, seconds.
const SECONDS: [f64; 9] = [0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 30.0, 120.0, 600.0];

/// What is told apart of requests: never what was asked for.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub(super) struct Answered {
    pub(super) route: String,
    pub(super) status: u32,
}

/// The figures.
pub(super) struct Metrics {
    registry: Registry,
    pub(super) answered: Family<Answered, Counter>,
    pub(super) seconds: Histogram,
    pub(super) accepted: Counter,
    pub(super) turned_away: Counter,
    waiting: Gauge,
    slides: Gauge,
    failed: Gauge,
    suspect: Gauge,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("hemozoin");
        let new = Self {
            registry: Registry::default(),
            answered: Family::default(),
            seconds: Histogram::new(SECONDS),
            accepted: Counter::default(),
            turned_away: Counter::default(),
            waiting: Gauge::default(),
            slides: Gauge::default(),
            failed: Gauge::default(),
            suspect: Gauge::default(),
        };
        registry.register("requests", "Requests answered", new.answered.clone());
        registry.register("request_seconds", "Time in which requests are answered", new.seconds.clone());
        registry.register("slides_accepted", "Slides accepted since the start", new.accepted.clone());
        registry.register("slides_turned_away", "Slides that found the queue full", new.turned_away.clone());
        registry.register("slides_waiting", "Slides that have not ended", new.waiting.clone());
        registry.register("slides_ended", "Slides of the archive that have ended", new.slides.clone());
        registry.register("slides_failed", "Slides of which nothing could be read", new.failed.clone());
        registry.register("slides_suspect", "Slides with suspects", new.suspect.clone());
        Self { registry, ..new }
    }

    /// All of it as text.
    ///
    /// # Errors
    /// What the journal refuses.
    pub(super) fn text(&self, desk: &Desk) -> Result<String> {
        let standing = Journal::read(desk.out())?.standing()?;
        let set = |gauge: &Gauge, number: u64| {
            gauge.set(i64::try_from(number).unwrap_or(i64::MAX));
        };
        set(&self.waiting, desk.waiting());
        set(&self.slides, standing.slides_done);
        set(&self.failed, standing.slides_failed);
        set(&self.suspect, standing.suspect);
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &self.registry)
            .map_err(|e| Error::new(ErrorKind::Internal, format!("the figures cannot be written: {e}")))?;
        Ok(text)
    }
}
