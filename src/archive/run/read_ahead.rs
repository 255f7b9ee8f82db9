//! Touches the files that come next, so that they lie in the system's memory when a thread opens them.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Of one file, at most so many bytes are touched: a larger one is read region by region anyway.
const MAX_BYTES: u64 = 64 << 20;

/// Sending end: what does not fit into the queue is not touched, for it comes too late.
pub(super) type ReadAhead = SyncSender<PathBuf>;

/// A queue of `length` files.
pub(super) fn queue(length: usize) -> (ReadAhead, Receiver<PathBuf>) {
    sync_channel(length.max(1))
}

/// Touches every file that comes, until the sender is gone. Refusals are left to the thread that opens the file.
pub(super) fn touch_all(files: &Receiver<PathBuf>) {
    let mut buffer = vec![0; 1 << 18];
    for path in files {
        // Opening a pipe would wait for ever.
        if !std::fs::metadata(&path).is_ok_and(|m| m.is_file()) {
            continue;
        }
        let Ok(file) = File::open(&path) else { continue };
        let mut rest = file.take(MAX_BYTES);
        while rest.read(&mut buffer).is_ok_and(|n| n > 0) {}
    }
}
