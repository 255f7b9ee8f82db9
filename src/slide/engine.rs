//! The engine: bundles, rules and settings, ready for any number of slides.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::conclude::{conclude, floor_of};
use super::examine::{Examined, Examiner, FileOutcome};
use super::progress::{Event, Progress, Silent};
use super::scale::ScaleTable;
use super::source::{PictureFile, SlideSource};
use crate::detect::{DetectionTuning, Detector, bundled};
use crate::error::{Error, ErrorKind, Result};
use crate::intake::{Limits, Picture};
use crate::record::{ScaleRecord, Settings, SlideRecord};
use crate::standard::Profile;
use crate::terms::Film;

/// What runs in parallel: threads work at one level only. The result does not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parallel {
    /// Several files at once, each on one thread: the caller shares out the files.
    Files,
    /// One file at a time, its tiles on all threads of the pool.
    Tiles,
}

/// Reads slides. One engine serves many slides and many threads.
#[derive(Debug)]
pub struct Engine {
    settings: Settings,
    profile: Profile,
    limits: Limits,
    thick: OnceLock<Detector>,
    thin: OnceLock<Detector>,
}

impl Engine {
    /// An engine with the bundles of this build, which are loaded when first needed.
    ///
    /// # Errors
    /// [`ErrorKind::Profile`] for an unknown profile or a wrong value laid over it.
    pub fn new(settings: Settings) -> Result<Self> {
        let profile = match &settings.profile_overrides {
            Some(text) => Profile::named(&settings.profile)?.with_overrides(text, "profile")?,
            None => Profile::named(&settings.profile)?,
        };
        Ok(Self {
            settings,
            profile,
            limits: Limits::default(),
            thick: OnceLock::new(),
            thin: OnceLock::new(),
        })
    }

    /// Uses this detector for its film instead of the one in the build.
    #[must_use]
    pub fn with_detector(mut self, detector: Detector) -> Self {
        match detector.bundle().film {
            Film::Thick => self.thick = OnceLock::from(detector),
            Film::Thin => self.thin = OnceLock::from(detector),
        }
        self
    }

    /// Other limits on what is read.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The settings that it was made with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The rules that it follows.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The limits on what it reads.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The detector for a film.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where the bundle of this build cannot be loaded.
    pub fn detector(&self, film: Film) -> Result<&Detector> {
        let slot = match film {
            Film::Thick => &self.thick,
            Film::Thin => &self.thin,
        };
        if let Some(detector) = slot.get() {
            return Ok(detector);
        }
        let (bundle, networks) = bundled(film)?;
        let loaded = Detector::load(bundle, &networks)?;
        Ok(slot.get_or_init(|| loaded))
    }

    /// Finds the pictures at `path`, examines them and applies the rules: the whole corridor.
    ///
    /// # Errors
    /// Where nothing can be examined: see [`SlideSource::find`]. A single unreadable picture is part of the
    /// record, not an error.
    pub fn analyze(&self, path: impl AsRef<Path>) -> Result<SlideRecord> {
        let source = SlideSource::find(path.as_ref(), &self.settings, &self.limits)?;
        self.analyze_source(&source, &Silent)
    }

    /// As [`Self::analyze`], for a slide already found, telling `progress`.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where a bundle cannot be loaded.
    pub fn analyze_source(&self, source: &SlideSource, progress: &dyn Progress) -> Result<SlideRecord> {
        // Else it would be refused when every picture has been read.
        source.info().check()?;
        let scales = self.estimate_scales(source, progress);
        let files = source.files();
        progress.on(&Event::Started { files: files.len() });
        for film in [Film::Thick, Film::Thin] {
            if files.iter().any(|f| f.film == film) {
                self.detector(film)?;
                // A floor of another bundle is refused before any picture is read.
                floor_of(self, source.settings(), film)?;
            }
        }
        // Threads at one level only: over the files where there are enough of them, else over the tiles.
        let outcomes = if files.len() >= 2 * rayon::current_num_threads() {
            files
                .par_iter()
                .with_max_len(1)
                .map(|file| self.examine(source, &scales, file, Parallel::Files, progress))
                .collect::<Result<Vec<_>>>()?
        } else {
            files
                .iter()
                .map(|file| self.examine(source, &scales, file, Parallel::Tiles, progress))
                .collect::<Result<Vec<_>>>()?
        };
        self.conclude(source, outcomes)
    }

    /// Estimates the scale of the slide's pictures, unless it is given.
    pub fn estimate_scales(&self, source: &SlideSource, progress: &dyn Progress) -> ScaleTable {
        if source.settings().um_per_px.is_some() {
            return ScaleTable::default();
        }
        let of = |film: Film| source.files().iter().filter(move |f| f.film == film).collect::<Vec<_>>();
        let films = [(Film::Thick, of(Film::Thick)), (Film::Thin, of(Film::Thin))];
        let pictures = films.iter().map(|(_, files)| ScaleTable::sample(files.len()).count()).sum();
        progress.on(&Event::Scale { pictures });
        films.iter().fold(ScaleTable::default(), |table, (film, files)| {
            let open = |i: usize| match files.get(i) {
                Some(file) => Picture::open(&file.path, 0, &self.limits),
                None => Err(Error::new(ErrorKind::Internal, format!("the slide has no picture {i}"))),
            };
            // None where that panics: its pictures name the cause when they are examined.
            let estimated = Self::walled(|| Ok(self.estimate_scales_of(*film, files.len(), &open)));
            table.with(estimated.unwrap_or_default())
        })
    }

    /// As [`Self::estimate_scales`], for `pictures` pictures of one film and one slide, which `open` gives by
    /// their number from 0.
    ///
    /// Red cells tell the scale of a thin film well enough; a thick one is looked at again through its network.
    pub fn estimate_scales_of(
        &self,
        film: Film,
        pictures: usize,
        open: &(dyn Fn(usize) -> Result<Picture> + Sync),
    ) -> ScaleTable {
        let network = (film == Film::Thick && pictures > 0).then(|| self.detector(film).ok()).flatten();
        ScaleTable::estimate(film, pictures, open, network)
    }

    /// Examines one picture in memory at the scale known for it, as [`Self::examine`] does with a file.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where the bundle cannot be loaded or run; [`ErrorKind::Limit`] where the scale
    /// would make the picture far larger than it is; what [`Picture::read`] refuses; [`ErrorKind::Internal`]
    /// where this program failed on it. All name the picture.
    pub fn examine_picture(
        &self,
        film: Film,
        name: &str,
        page: u32,
        picture: &Picture,
        scale: Option<ScaleRecord>,
        parallel: Parallel,
    ) -> Result<Examined> {
        let none = ScaleTable::default();
        let examiner = self.examiner(film, &self.settings, &none, parallel)?;
        Self::walled(|| examiner.examine_picture(film, name, page, picture, scale))
            .map_err(|e| e.with_path(name))
    }

    fn examiner<'a>(
        &'a self,
        film: Film,
        settings: &'a Settings,
        scales: &'a ScaleTable,
        parallel: Parallel,
    ) -> Result<Examiner<'a>> {
        let tuning =
            DetectionTuning { one_thread: parallel == Parallel::Files, ..DetectionTuning::default() };
        Ok(Examiner { detector: self.detector(film)?, settings, scales, limits: &self.limits, tuning })
    }

    /// Runs `work`; its panic becomes an error, so that one picture takes nothing else with it.
    pub(super) fn walled<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(Self::panicked(panic.as_ref())))
    }

    /// A panic as an error of this program.
    fn panicked(panic: &(dyn Any + Send)) -> Error {
        let said = panic
            .downcast_ref::<&str>()
            .map(|s| (*s).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        Error::new(
            ErrorKind::Internal,
            format!(
                "the program failed on it ({said}); please report this, the other pictures are not concerned"
            ),
        )
        .with_key("error-archive-panic")
        .with_arg("reason", said)
    }

    /// Examines one file of a slide. A file that cannot be read, or that this program fails on, is part of
    /// the answer.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where the bundle cannot be loaded or run.
    pub fn examine(
        &self,
        source: &SlideSource,
        scales: &ScaleTable,
        file: &PictureFile,
        parallel: Parallel,
        progress: &dyn Progress,
    ) -> Result<FileOutcome> {
        let examiner = self.examiner(file.film, source.settings(), scales, parallel)?;
        let (outcome, failure) = examiner.examine(file);
        if let Some(error) = failure {
            if error.kind() == ErrorKind::Model {
                return Err(error.with_path(&file.path));
            }
            progress.on(&Event::Unread { path: &file.path, error: &error });
        }
        progress.on(&Event::File { film: file.film, counted: outcome.counted() });
        Ok(outcome)
    }

    /// Applies the rules to the outcomes of all files, which are in the order of [`SlideSource::files`].
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] where the outcomes are not those of this slide, or where this program failed on them;
    /// [`ErrorKind::Usage`] where the slide has no picture; what [`SlideInfo::check`](crate::record::SlideInfo::check)
    /// refuses.
    pub fn conclude(&self, source: &SlideSource, outcomes: Vec<FileOutcome>) -> Result<SlideRecord> {
        if outcomes.len() != source.files().len() {
            return Err(Error::new(
                ErrorKind::Internal,
                format!("{} outcomes for {} files", outcomes.len(), source.files().len()),
            ));
        }
        source.info().check()?;
        Self::walled(|| conclude(self, source, outcomes))
    }
}
