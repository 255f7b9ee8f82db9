//! Reads what was accepted, batch after batch, into the archive.

use std::time::Duration;

use rayon::ThreadPool;

use super::desk::{Desk, Next};
use crate::archive::{Archive, Ended, run};
use crate::report::archive::{write_new_slides, write_outputs};
use crate::slide::Engine;
use crate::{ErrorKind, Result};

/// First pause before what the system refused is tried again, and the longest: each is twice as long as the one before.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// How long to wait before another try.
#[derive(Debug, Default)]
struct Pause(Option<Duration>);

impl Pause {
    /// The pause after one more failure.
    fn longer(&mut self) -> Duration {
        let (first, longest) = PAUSES;
        let next = self.0.map_or(first, |last| (2 * last).min(longest));
        self.0 = Some(next);
        next
    }
}

/// The tables and pages of the archive.
#[derive(Debug)]
struct Tables {
    /// Whether the archive is ahead of them.
    behind: bool,
    pause: Pause,
}

/// Works until the service ends: reads on the threads of `pool`, and waits on its own, so that who asks for a slide while
/// nothing waits has them all; a machine with one core has but one. What the system refuses, such as a full disk, is tried
/// again after a pause that grows, and the desk says so meanwhile.
///
/// # Errors
/// What no waiting mends: nothing is read any more then.
pub(super) fn work(archive: &mut Archive, engine: &Engine, desk: &Desk, pool: &ThreadPool) -> Result<()> {
    let mut pause = Pause::default();
    // An earlier start may have been killed between a record and the tables.
    let mut tables = Tables { behind: true, pause: Pause::default() };
    loop {
        let mut refused = match read_on(archive, engine, desk, pool, &mut pause, &mut tables) {
            Ok(()) => return Ok(()),
            Err(why) => why,
        };
        loop {
            if refused.kind() != ErrorKind::Io {
                return Err(refused);
            }
            let again = pause.longer();
            tracing::error!(
                why = refused.message(),
                seconds = again.as_secs(),
                "nothing is read for now; it is tried again"
            );
            desk.fail(&refused);
            match desk.pause(again, archive.journal()) {
                Ok(true) => break,
                Ok(false) => return Ok(()),
                Err(why) => refused = why,
            }
        }
    }
}

fn read_on(
    archive: &mut Archive,
    engine: &Engine,
    desk: &Desk,
    pool: &ThreadPool,
    pause: &mut Pause,
    tables: &mut Tables,
) -> Result<()> {
    loop {
        let patience = tables.behind.then(|| tables.pause.0.unwrap_or_default());
        match desk.next(patience) {
            Next::End => return Ok(()),
            Next::Nothing => {}
            Next::Slides { gone, waiting } => {
                archive.take_out(&gone)?;
                desk.are_out(&gone);
                let folders: Vec<_> = waiting.iter().map(|id| desk.folder(id)).collect();
                archive.add(&folders, engine.limits())?;
                desk.are_listed(archive.journal())?;
                let tracker = desk.begin();
                match pool.install(|| run(archive, engine, &tracker))? {
                    Ended::Complete => {}
                    Ended::Stopped(None) => return Ok(()),
                    Ended::Stopped(Some(why)) => return Err(why),
                }
                desk.mend();
                *pause = Pause::default();
                tables.behind = true;
            }
        }
        // Of a long queue the tables are written once.
        if tables.behind && !desk.has_waiting() {
            tables.write(archive, pool);
        }
    }
}

impl Tables {
    /// Writes them. A table that somebody holds open stops no reading: it is tried again.
    fn write(&mut self, archive: &mut Archive, pool: &ThreadPool) {
        match written(archive, pool) {
            Ok(()) => *self = Self { behind: false, pause: Pause::default() },
            Err(why) => {
                let again = self.pause.longer();
                tracing::error!(
                    why = why.message(),
                    seconds = again.as_secs(),
                    "tables or pages cannot be written; it is tried again"
                );
            }
        }
    }
}

fn written(archive: &mut Archive, pool: &ThreadPool) -> Result<()> {
    let Some(mark) = archive.tables_behind()? else { return Ok(()) };
    let read = &mut *archive;
    pool.install(move || {
        let pages = write_new_slides(read.journal(), read.folder());
        // The tables come last: they say that all the rest is there. A page that cannot be written keeps none of them back.
        write_outputs(read.journal(), read.folder()).and(pages)
    })?;
    archive.tables_show(&mark)
}
