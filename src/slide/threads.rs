//! Threads of one engine, for programs in other languages.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::{Error, ErrorKind, Result};

/// Threads that are started when they are needed first, and once more in the child of a fork.
#[derive(Debug)]
pub struct Threads {
    threads: usize,
    /// The process that started them: a fork has none of them.
    pool: Mutex<Option<(u32, Arc<ThreadPool>)>>,
}

impl Threads {
    /// So many threads; 0: as many as there are cores.
    pub fn new(threads: usize) -> Self {
        Self { threads, pool: Mutex::new(None) }
    }

    /// Works on these threads.
    ///
    /// # Errors
    /// Those of `work`; [`ErrorKind::Io`] where the system starts no thread.
    pub fn install<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        self.pool()?.install(work)
    }

    fn pool(&self) -> Result<Arc<ThreadPool>> {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pool)) = pool.as_ref().filter(|(process, _)| *process == std::process::id()) {
            return Ok(Arc::clone(pool));
        }
        let fresh = ThreadPoolBuilder::new().num_threads(self.threads).build();
        let fresh =
            Arc::new(fresh.map_err(|e| Error::new(ErrorKind::Io, format!("cannot start a thread: {e}")))?);
        // That of the process that was forked would wait for its threads for ever.
        std::mem::forget(pool.replace((std::process::id(), Arc::clone(&fresh))));
        Ok(fresh)
    }
}
