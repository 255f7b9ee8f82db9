//! Rules, bundles and threads: made once, used by many slides.

use std::path::PathBuf;
use std::sync::Arc;

use hemozoin::slide::Threads;
use hemozoin::{Detector, Result, SlideInput, SlideSource};
use pyo3::prelude::*;

use crate::error::{call, detached};
use crate::given::{Stated, info};
use crate::slide::Slide;

/// An engine with its own threads.
#[pyclass(frozen, from_py_object, module = "hemozoin._engine")]
#[derive(Clone)]
pub(crate) struct Engine(Arc<Inner>);

struct Inner {
    engine: Arc<hemozoin::Engine>,
    models: Vec<PathBuf>,
    threads: Threads,
}

impl Engine {
    pub(crate) fn engine(&self) -> &Arc<hemozoin::Engine> {
        &self.0.engine
    }

    /// Folders of the bundles used instead of those inside.
    pub(crate) fn models(&self) -> &[PathBuf] {
        &self.0.models
    }

    /// Works on the threads of this engine.
    pub(crate) fn install<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        self.0.threads.install(work)
    }
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (profile, overrides, models, threads))]
    fn new(
        py: Python<'_>,
        profile: &str,
        overrides: Option<String>,
        models: Vec<PathBuf>,
        threads: usize,
    ) -> PyResult<Self> {
        detached(py, || {
            let mut builder = hemozoin::Engine::builder().profile(profile);
            if let Some(overrides) = overrides {
                builder = builder.overrides(overrides);
            }
            for folder in &models {
                builder = builder.detector(Detector::open(folder)?);
            }
            let engine = Arc::new(builder.build()?);
            Ok(Self(Arc::new(Inner { engine, models, threads: Threads::new(threads) })))
        })
    }

    /// Name of the rule profile.
    #[getter]
    fn profile(&self) -> &str {
        &self.engine().rules().profile
    }

    /// A slide without pictures; `about` is the JSON of what is said about it.
    fn slide(&self, py: Python<'_>, stated: Stated, about: &str) -> PyResult<Slide> {
        let input = call(py, || {
            let mut slide = SlideInput::default();
            (slide.info, slide.facts) = (info(about)?, stated.facts()?);
            Ok(slide)
        })?;
        Ok(Slide::new(self.clone(), input))
    }

    /// The slide in a folder, as `hemozoin analyze` finds it.
    fn find(&self, py: Python<'_>, path: PathBuf, stated: Stated, about: &str) -> PyResult<Slide> {
        let input = detached(py, || {
            let source = SlideSource::find(&path, &stated.facts()?, self.engine().limits())?;
            Ok(source.with_info(info(about)?).input())
        })?;
        Ok(Slide::new(self.clone(), input))
    }
}
