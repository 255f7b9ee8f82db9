//! Archives whose slides other processes read: what `hemozoin.ray` stands on.
//!
//! The rooms `archive` and `entry` are no part of what the crate promises; this package is built and numbered with it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hemozoin::archive::{Archive as Held, Begun, Ended, Opening, SlideJob, Stamp, Tracker, pictures_named};
use hemozoin::entry::Style;
use hemozoin::report::archive::{Again, write_outputs, write_slides};
use hemozoin::{Error, ErrorKind, Result};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::engine::Engine;
use crate::error::{call, detached, no_language, panicked, usage};
use crate::given::Stated;
use crate::watch::watched;

/// An output folder that this process holds: lists slides, takes back what was read of them, writes tables and pages.
#[pyclass(frozen, module = "hemozoin._engine")]
pub(crate) struct Archive {
    engine: Engine,
    /// None once it was let go.
    held: Mutex<Option<Held>>,
    elsewhere: bool,
}

fn style(language: &str) -> Result<Style> {
    match language {
        "en" => Ok(Style::ENGLISH),
        "fr" => Ok(Style::FRENCH),
        other => Err(no_language(other)),
    }
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|e| Error::io(path, "look at", e))
}

impl Archive {
    fn hold(&self) -> MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, work: impl FnOnce(&mut Held) -> Result<T>) -> Result<T> {
        let mut held = self.hold();
        work(
            held.as_mut()
                .ok_or_else(|| usage("error-call-archive-closed", "the archive was let go; open it again"))?,
        )
    }
}

#[pymethods]
impl Archive {
    /// Begins an archive in `out`, or goes on with the one that is there; lists its slides. `elsewhere` is the address of
    /// pictures of which only the names lie below `root`. What has changed since it was read is read again with
    /// `redo_changed`.
    #[new]
    #[pyo3(signature = (engine, out, root, stated, language, elsewhere, redo_changed))]
    #[expect(clippy::too_many_arguments, reason = "one for each keyword of Python")]
    fn new(
        py: Python<'_>,
        engine: Engine,
        out: PathBuf,
        root: PathBuf,
        stated: Stated,
        language: &str,
        elsewhere: Option<String>,
        redo_changed: bool,
    ) -> PyResult<Self> {
        detached(py, || {
            let facts = stated.facts()?;
            let begun = Begun {
                stamp: Stamp::of(engine.engine(), &facts)?,
                root: absolute(&root)?,
                models: engine.models().iter().map(|folder| absolute(folder)).collect::<Result<_>>()?,
                french_tables: language == "fr",
                french_page: language == "fr",
                style: style(language)?,
                shard: None,
            };
            let limits = engine.engine().limits();
            let (mut held, opening) = Held::open(&out, begun)?;
            if let Some(address) = &elsewhere {
                held.set_elsewhere(address)?;
            }
            held.plan(limits)?;
            if opening == Opening::Continued {
                held.retry_refused(limits)?;
                held.changed_files(redo_changed)?;
            }
            let elsewhere = elsewhere.is_some();
            Ok(Self { engine: engine.clone(), held: Mutex::new(Some(held)), elsewhere })
        })
    }

    /// The slides that have not ended: a job for `read_job`, and where its pictures lie below the root.
    fn jobs(&self, py: Python<'_>) -> PyResult<Vec<(String, Vec<String>)>> {
        detached(py, || {
            let of = |job: &SlideJob| {
                let json = serde_json::to_string(job);
                let json = json.map_err(|e| Error::new(ErrorKind::Internal, e.to_string()))?;
                Ok((json, job.paths().map(str::to_owned).collect()))
            };
            self.with(|held| held.jobs())?.iter().map(of).collect()
        })
    }

    /// Ends a slide that was read; it is on the disk when this returns.
    fn accept(&self, py: Python<'_>, answer: &[u8]) -> PyResult<()> {
        detached(py, || self.with(|held| held.accept(self.engine.engine(), answer)))
    }

    /// How far it is, as JSON.
    fn standing(&self, py: Python<'_>) -> PyResult<String> {
        call(py, || {
            let standing = self.with(|held| held.journal().standing())?;
            serde_json::to_string(&standing).map_err(|e| Error::new(ErrorKind::Internal, e.to_string()))
        })
    }

    /// The first slides that have not ended, at most `most` of them.
    fn open_slides(&self, py: Python<'_>, most: usize) -> PyResult<Vec<String>> {
        call(py, || {
            let mut open = Vec::new();
            self.with(|held| {
                held.journal().slides(|state| {
                    if !state.ended && open.len() < most {
                        open.push(state.id);
                    }
                    Ok(())
                })
            })?;
            Ok(open)
        })
    }

    /// Writes tables and pages of an archive whose slides have all ended; the pictures of pages are drawn where they lie on
    /// this disk.
    fn finish(&self, py: Python<'_>) -> PyResult<()> {
        watched(py, None, |control| {
            self.with(|held| {
                let standing = held.journal().standing()?;
                if !standing.is_complete() {
                    let open = standing.slides - standing.slides_done;
                    let why = format!("slides that have not ended: {open}; have them read first");
                    return Err(usage("error-call-archive-open", why).with_arg("open", open));
                }
                // Records that somebody has deleted are written again.
                let tracker = Tracker::default();
                self.engine.install(|| {
                    match hemozoin::archive::run(held, self.engine.engine(), &tracker)? {
                        Ended::Complete => Ok(()),
                        Ended::Stopped(why) => Err(why.unwrap_or_else(panicked)),
                    }
                })?;
                let stopped = || control.is_stopped();
                let again = Again { archive: held, limits: self.engine.engine().limits(), stopped: &stopped };
                let again = Some(&again).filter(|_| !self.elsewhere);
                let written = write_slides(held.journal(), held.folder(), again)?;
                if written.stopped {
                    return Err(Error::new(ErrorKind::Stopped, "stopped before the pages were written"));
                }
                write_outputs(held.journal(), held.folder()).map(drop)
            })
        })
    }

    /// Lets the output folder go, so that another process can hold it.
    fn close(&self) {
        drop(self.hold().take());
    }
}

/// Reads a slide for another process: a job of `Archive.jobs`, with its pictures below `base`; the answer for
/// `Archive.accept`.
#[pyfunction]
pub(crate) fn read_job<'py>(
    py: Python<'py>,
    engine: Engine,
    job: &str,
    base: PathBuf,
) -> PyResult<Bound<'py, PyBytes>> {
    let no_job = |why: serde_json::Error| {
        let text = format!("this is no job of this version ({why}); use the same version everywhere");
        usage("error-call-job", text).with_arg("reason", why)
    };
    let job: SlideJob = call(py, || serde_json::from_str(job).map_err(no_job))?;
    let answer = watched(py, None, |control| engine.install(|| job.read(engine.engine(), &base, control)))?;
    Ok(PyBytes::new(py, &answer))
}

/// The pictures and folders that a manifest names.
#[pyfunction]
pub(crate) fn manifest_pictures(py: Python<'_>, path: PathBuf, language: &str) -> PyResult<Vec<String>> {
    call(py, || pictures_named(&path, style(language)?))
}
