//! Reads what was accepted, batch after batch, into the archive.

use rayon::ThreadPool;

use super::desk::Desk;
use crate::Result;
use crate::archive::{Archive, Ended, run};
use crate::report::archive::write_outputs;
use crate::slide::Engine;

/// Works until the service ends: reads on the threads of `pool`, and waits on its own, so that who asks for a slide while
/// nothing waits has them all; a machine with one core has but one.
///
/// # Errors
/// What the journal or the disk refuses: nothing is read any more then.
pub(super) fn work(archive: &mut Archive, engine: &Engine, desk: &Desk, pool: &ThreadPool) -> Result<()> {
    while let Some(waiting) = desk.next() {
        let folders: Vec<_> = waiting.iter().map(|id| desk.folder(id)).collect();
        archive.add(&folders, engine.limits())?;
        let tracker = desk.begin();
        match pool.install(|| run(archive, engine, &tracker))? {
            Ended::Complete => {}
            Ended::Stopped(None) => break,
            Ended::Stopped(Some(why)) => return Err(why),
        }
        // Of a long queue the tables are written once.
        if !desk.has_waiting() {
            let read = &mut *archive;
            pool.install(move || write_outputs(read.journal(), read.folder()))?;
        }
    }
    Ok(())
}
