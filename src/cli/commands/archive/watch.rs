//! What a person, or a program, sees while an archive is read.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::session::Session;
use hemozoin::archive::{Snapshot, Tracker};
use hemozoin::locale::{Catalogue, decimal, integer};

/// How often a terminal, or a program, hears of the progress.
const OFTEN: Duration = Duration::from_millis(500);

/// How often a log file does.
const SELDOM: Duration = Duration::from_secs(60);

#[derive(Args, Clone, Copy, Debug)]
pub(super) struct WatchFlags {
    #[arg(long)]
    json_progress: bool,
}

/// Tells of the progress until it is ended.
pub(super) struct Watcher {
    stop: Sender<()>,
    thread: Option<JoinHandle<()>>,
}

enum Manner {
    Bar,
    Lines,
    Json,
}

impl Watcher {
    pub(super) fn begin(tracker: &Arc<Tracker>, flags: WatchFlags, session: &Session) -> Self {
        let (stop, stopped) = channel();
        let manner = if flags.json_progress {
            Some(Manner::Json)
        } else if session.shows_progress() {
            Some(Manner::Bar)
        } else if session.is_quiet() || std::io::stderr().is_terminal() {
            None
        } else {
            Some(Manner::Lines)
        };
        let thread = manner.map(|manner| {
            let tracker = Arc::clone(tracker);
            let words = Catalogue::new(session.language());
            std::thread::spawn(move || {
                let mut teller = Teller::new(manner, words);
                while stopped.recv_timeout(OFTEN) == Err(RecvTimeoutError::Timeout) {
                    if let Some(snapshot) = tracker.snapshot() {
                        teller.tell(&snapshot, false);
                    }
                }
                if let Some(snapshot) = tracker.snapshot() {
                    teller.tell(&snapshot, true);
                }
            })
        });
        Self { stop, thread }
    }

    /// Tells the last of it.
    pub(super) fn end(self) {
        // A teller that is gone needs no word.
        let _ = self.stop.send(());
        if let Some(thread) = self.thread {
            let _ = thread.join();
        }
    }
}

struct Teller {
    manner: Manner,
    words: Catalogue,
    bar: Option<ProgressBar>,
    last: Instant,
    told: Option<hemozoin::archive::Standing>,
}

impl Teller {
    fn new(manner: Manner, words: Catalogue) -> Self {
        Self { manner, words, bar: None, last: Instant::now(), told: None }
    }

    fn tell(&mut self, snapshot: &Snapshot, last: bool) {
        match self.manner {
            Manner::Bar => self.draw(snapshot, last),
            Manner::Lines => {
                if last || self.last.elapsed() >= SELDOM {
                    self.last = Instant::now();
                    eprintln!("{}", self.sentence(snapshot));
                }
            }
            Manner::Json => {
                if (last || self.told != Some(snapshot.standing))
                    && let Ok(line) = serde_json::to_string(snapshot)
                {
                    self.told = Some(snapshot.standing);
                    // Whoever watches may have gone; the work goes on.
                    let _ = writeln!(std::io::stderr().lock(), "{line}");
                }
            }
        }
    }

    fn draw(&mut self, snapshot: &Snapshot, last: bool) {
        let sentence = self.sentence(snapshot);
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{bar:24} {wide_msg}");
            ProgressBar::new(snapshot.standing.files)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_position(snapshot.standing.files_done);
        bar.set_message(sentence);
        if last {
            bar.abandon();
        }
    }

    fn sentence(&self, snapshot: &Snapshot) -> String {
        let language = self.words.language();
        let s = &snapshot.standing;
        let number = |n: u64| integer(n, language);
        let unknown = || "\u{2013}".to_owned();
        self.words.say_with(
            "archive-so-far",
            &[
                ("slides", number(s.slides_done)),
                ("all_slides", number(s.slides)),
                ("files", number(s.files_done)),
                ("all_files", number(s.files)),
                ("rate", snapshot.files_per_second.map_or_else(unknown, |r| decimal(60.0 * r, 1, language))),
                ("left", snapshot.seconds_left.map_or_else(unknown, clock)),
                ("suspect", number(s.suspect)),
                ("severe", number(s.severe)),
                ("failed", number(s.slides_failed)),
                ("unread", number(s.files_failed)),
            ],
        )
    }
}

/// Hours, minutes and seconds, `7:05:09`.
fn clock(seconds: f64) -> String {
    // A rate near zero gives more seconds than a year has; nobody reads on beyond that.
    let whole = seconds.clamp(0.0, 1e9) as u64;
    format!("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn time_left() {
        assert_eq!(clock(25_509.4), "7:05:09");
        assert_eq!(clock(f64::INFINITY), "277777:46:40");
    }
}
