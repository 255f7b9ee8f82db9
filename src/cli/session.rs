//! What every command shares: the reader's language, the threads, and where words go.

use std::io::{IsTerminal, Write};

use super::flags::Common;
use super::json::JsonError;
use hemozoin::Error;
use hemozoin::locale::{Catalogue, Language};
use hemozoin::text::one_line;

/// One run of the program.
pub(crate) struct Session {
    catalogue: Catalogue,
    threads: usize,
    quiet: bool,
    json: bool,
}

impl Session {
    pub(crate) fn new(catalogue: Catalogue, common: &Common, json: bool) -> Self {
        let asked = common.lang.map(Language::from);
        let catalogue = match asked {
            Some(language) if language != catalogue.language() => Catalogue::new(language),
            _ => catalogue,
        };
        Self { catalogue, threads: common.threads.map_or(0, usize::from), quiet: common.quiet, json }
    }

    /// The messages in the reader's language.
    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The reader's language.
    pub(crate) fn language(&self) -> Language {
        self.catalogue.language()
    }

    /// Runs `work` in a pool of the asked number of threads (all cores where none was asked).
    pub(crate) fn in_pool<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match rayon::ThreadPoolBuilder::new().num_threads(self.threads).build() {
            Ok(pool) => pool.install(work),
            Err(_) => work(),
        }
    }

    /// The number of threads that was asked for; 0 for all cores.
    #[cfg(feature = "service")]
    pub(crate) fn threads(&self) -> usize {
        self.threads
    }

    /// True where silence was asked for.
    #[cfg(feature = "archive")]
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// True where a progress bar may be drawn.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// A sentence on stderr, unless silence was asked for.
    pub(crate) fn tell(&self, text: &str) {
        if !self.quiet {
            eprintln!("{}", shown(text));
        }
    }

    /// Something to mend, on stderr, always.
    pub(crate) fn warn(&self, text: &str) {
        eprintln!("{}", self.catalogue.said_of(&self.catalogue.say("warning-prefix"), &shown(text)));
    }

    /// Why a command could not do its work, on stderr, always.
    pub(crate) fn complain(&self, text: &str) {
        eprintln!("{}", self.catalogue.said_of(&self.catalogue.say("error-prefix"), &shown(text)));
    }

    /// Why a command could not do its work, on stderr, and as JSON on stdout where JSON was asked for.
    pub(crate) fn refuse(&self, error: &Error) {
        self.complain(&self.catalogue.error(error));
        if self.json {
            JsonError::of(error, &self.catalogue).print();
        }
    }

    /// The same of one line of a table: as JSON it stands in the place of that line's result.
    pub(crate) fn refuse_line(&self, id: Option<String>, error: &Error) {
        self.complain(&self.catalogue.error(error));
        if self.json {
            JsonError::of(error, &self.catalogue).print_of(id);
        }
    }

    /// Data on stdout. A reader that closed the pipe has had enough: that is success.
    pub(crate) fn print(&self, data: &str) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        match out.write_all(data.as_bytes()).and_then(|()| out.flush()) {
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => Ok(other?),
        }
    }
}

/// Words as a terminal may get them: in lines, without anything that controls it.
fn shown(text: &str) -> String {
    text.split('\n').map(one_line).collect::<Vec<_>>().join("\n")
}
