//! Reads what was accepted, batch after batch, into the archive.

use super::desk::Desk;
use crate::Result;
use crate::archive::{Archive, Ended, run};
use crate::report::archive::write_outputs;
use crate::slide::Engine;

/// Works until the service ends, in the caller's rayon pool.
///
/// # Errors
/// What the journal or the disk refuses: nothing is read any more then.
pub(super) fn work(archive: &mut Archive, engine: &Engine, desk: &Desk) -> Result<()> {
    while let Some(waiting) = desk.next() {
        let folders: Vec<_> = waiting.iter().map(|id| desk.folder(id)).collect();
        archive.add(&folders, engine.limits())?;
        let tracker = desk.begin();
        match run(archive, engine, &tracker)? {
            Ended::Complete => {}
            Ended::Stopped(None) => break,
            Ended::Stopped(Some(why)) => return Err(why),
        }
        // Of a long queue the tables are written once.
        if !desk.has_waiting() {
            write_outputs(archive.journal(), archive.folder())?;
        }
    }
    Ok(())
}
