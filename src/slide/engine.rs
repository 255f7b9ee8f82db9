//! The engine: bundles, rules and limits, ready for any number of slides.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use super::conclude::{conclude, floor_of, refuse_the_wrong_film};
use super::control::{Control, Event, go_on};
use super::examine::{Examined, Examiner, FileOutcome};
use super::input::{PictureInput, SlideInput};
use super::reading::Slide;
use super::scale::ScaleTable;
use crate::detect::{DetectionTuning, Detector, bundled};
use crate::intake::{Limits, Picture};
use crate::measure::MicronsPerPixel;
use crate::record::{Facts, Rules, ScaleRecord, SlideRecord};
use crate::standard::Profile;
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

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
    rules: Rules,
    profile: Profile,
    limits: Limits,
    thick: OnceLock<Detector>,
    thin: OnceLock<Detector>,
}

/// What an engine is made of; see [`Engine::builder`].
#[derive(Clone, Debug, Default)]
pub struct EngineBuilder {
    rules: Rules,
    limits: Limits,
    detectors: Vec<Detector>,
}

impl EngineBuilder {
    /// The rule profile, by its name; `who-2016` where none is named.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.rules.profile = name.into();
        self
    }

    /// The user's own values laid over the profile, as TOML text.
    #[must_use]
    pub fn overrides(mut self, text: impl Into<String>) -> Self {
        self.rules.overrides = Some(text.into());
        self
    }

    /// Profile and overrides at once, as an earlier engine had them.
    #[must_use]
    pub fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// This detector for its film instead of the bundle in this build; of two for one film the later.
    #[must_use]
    pub fn detector(mut self, detector: Detector) -> Self {
        self.detectors.push(detector);
        self
    }

    /// Other limits on what is read.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The engine. Bundles of this build are loaded when first needed.
    ///
    /// # Errors
    /// [`ErrorKind::Profile`] for an unknown profile or a wrong value laid over it; [`ErrorKind::Usage`] for a threshold
    /// that is none.
    pub fn build(self) -> Result<Engine> {
        let Self { rules, limits, detectors } = self;
        let profile = rules.to_profile()?;
        let (mut thick, mut thin) = (OnceLock::new(), OnceLock::new());
        for detector in detectors {
            let detector = of_site(detector, &rules)?;
            match detector.bundle().film {
                Film::Thick => thick = OnceLock::from(detector),
                Film::Thin => thin = OnceLock::from(detector),
            }
        }
        Ok(Engine { rules, profile, limits, thick, thin })
    }
}

impl Engine {
    /// Starts from the profile `who-2016`, the bundles of this build and the default limits.
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// A slide without pictures yet, about which `facts` are known.
    pub fn slide(&self, facts: Facts) -> Slide<'_> {
        Slide::new(self, SlideInput { facts, ..SlideInput::default() })
    }

    /// A slide that is there already, such as one found on a disk.
    pub fn slide_of(&self, input: SlideInput) -> Slide<'_> {
        Slide::new(self, input)
    }

    /// The rules as they were given.
    pub fn rules(&self) -> &Rules {
        &self.rules
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
        let loaded = of_site(Detector::load(bundle, &networks)?, &self.rules)?;
        Ok(slot.get_or_init(|| loaded))
    }

    /// Refuses what would be refused when every picture has been read: a film that nobody states, a name of several
    /// lines, a bundle that cannot be loaded, a floor of another bundle.
    pub(super) fn check(&self, slide: &SlideInput) -> Result<()> {
        slide.info.check()?;
        let films = slide.films()?;
        for film in [Film::Thick, Film::Thin] {
            if films.contains(&film) {
                self.detector(film)?;
                floor_of(self, &slide.facts, film)?;
            }
        }
        Ok(())
    }

    /// Estimates the scale of the slide's pictures, unless it is given.
    ///
    /// # Errors
    /// [`ErrorKind::Stopped`]; [`ErrorKind::Usage`] where a picture's film is not stated.
    pub fn estimate_scales(&self, slide: &SlideInput, control: &dyn Control) -> Result<ScaleTable> {
        let films = slide.films()?;
        if slide.facts.um_per_px.is_some() {
            return Ok(ScaleTable::default());
        }
        let of = |film: Film| {
            let pictures = slide.pictures.iter().zip(&films).filter(move |(_, other)| **other == film);
            pictures.map(|(picture, _)| picture).collect::<Vec<_>>()
        };
        let parts = [(Film::Thick, of(Film::Thick)), (Film::Thin, of(Film::Thin))];
        let pictures = parts.iter().map(|(_, files)| ScaleTable::sample(files.len()).count()).sum();
        control.on(&Event::Scale { pictures });
        let mut table = ScaleTable::default();
        for (film, files) in &parts {
            let open = |i: usize| {
                go_on(control)?;
                match files.get(i) {
                    // Its own scale is stated: it says nothing about the others.
                    Some(file) if file.um_per_px.is_some() => Err(not_asked(file)),
                    Some(file) => file.first(&self.limits),
                    None => Err(Error::new(ErrorKind::Internal, format!("the slide has no picture {i}"))),
                }
            };
            // None where that panics: its pictures name the cause when they are examined.
            let estimated = Self::without_panic(|| Ok(self.estimate_scales_of(*film, files.len(), &open)));
            table = table.with(estimated.unwrap_or_default());
        }
        go_on(control)?;
        Ok(table)
    }

    /// As [`Self::estimate_scales`], for `pictures` pictures of one film and one slide, which `open` gives by
    /// their number from 0.
    ///
    /// Red cells tell the scale of a thin film well enough; a thick one is looked at again through its network.
    pub fn estimate_scales_of(
        &self,
        film: Film,
        pictures: usize,
        open: &(dyn Fn(usize) -> Result<Arc<Picture>> + Sync),
    ) -> ScaleTable {
        let network = (film == Film::Thick && pictures > 0).then(|| self.detector(film).ok()).flatten();
        ScaleTable::estimate(film, pictures, open, network)
    }

    /// Examines one picture in memory. `scale` is the one known for it; without it the one that its file states is
    /// taken, else the one that its own cells tell.
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
        let examiner = self.examiner(film, None, &none, parallel)?;
        let scale = scale.or_else(|| none.of_picture(film, picture));
        Self::without_panic(|| examiner.examine_picture(name, page, picture, scale))
            .map_err(|e| e.with_path(name))
    }

    fn examiner<'a>(
        &'a self,
        film: Film,
        um_per_px: Option<MicronsPerPixel>,
        scales: &'a ScaleTable,
        parallel: Parallel,
    ) -> Result<Examiner<'a>> {
        let tuning =
            DetectionTuning { one_thread: parallel == Parallel::Files, ..DetectionTuning::default() };
        Ok(Examiner { film, detector: self.detector(film)?, um_per_px, scales, limits: &self.limits, tuning })
    }

    /// Runs `work`; its panic becomes an error, so that one picture takes nothing else with it.
    pub(super) fn without_panic<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
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

    /// Examines one picture file of a slide, by its place among [`SlideInput::pictures`]. A file that cannot be read,
    /// or that this program fails on, is an outcome like any other; then why is given beside it.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where the bundle cannot be loaded or run; [`ErrorKind::Stopped`];
    /// [`ErrorKind::Usage`] where its film is not stated.
    pub fn examine(
        &self,
        slide: &SlideInput,
        scales: &ScaleTable,
        picture: usize,
        parallel: Parallel,
        control: &dyn Control,
    ) -> Result<(FileOutcome, Option<Error>)> {
        let Some(file) = slide.pictures.get(picture) else {
            return Err(Error::new(ErrorKind::Internal, format!("the slide has no picture {picture}")));
        };
        let um_per_px = file.um_per_px.or(slide.facts.um_per_px);
        let examiner = self.examiner(slide.film_of(file)?, um_per_px, scales, parallel)?;
        let (outcome, failure) = examiner.examine(file, control);
        let failure = failure.map(|error| error.with_path(file.place()));
        match failure {
            Some(error) if matches!(error.kind(), ErrorKind::Model | ErrorKind::Stopped) => Err(error),
            failure => Ok((outcome, failure)),
        }
    }

    /// Applies the rules to the outcomes of all pictures, which are in the order of [`SlideInput::pictures`].
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] where the outcomes are not those of this slide, or where this program failed on them;
    /// [`ErrorKind::Usage`] where the slide has no picture or one whose film is not stated; what
    /// [`SlideInfo::check`](crate::record::SlideInfo::check) refuses; a film most of whose pictures show the other one.
    pub fn conclude(&self, slide: &SlideInput, outcomes: Vec<FileOutcome>) -> Result<SlideRecord> {
        let record = self.conclude_so_far(slide, outcomes)?;
        refuse_the_wrong_film(&record.fields)?;
        Ok(record)
    }

    /// The same of a slide to which pictures still come: one of the other film is named, and refuses nothing yet.
    pub(super) fn conclude_so_far(
        &self,
        slide: &SlideInput,
        outcomes: Vec<FileOutcome>,
    ) -> Result<SlideRecord> {
        if outcomes.len() != slide.pictures.len() {
            return Err(Error::new(
                ErrorKind::Internal,
                format!("{} outcomes for {} pictures", outcomes.len(), slide.pictures.len()),
            ));
        }
        slide.info.check()?;
        Self::without_panic(|| conclude(self, slide, outcomes))
    }
}

/// The detector with the site's threshold, where the rules have one for its film.
fn of_site(detector: Detector, rules: &Rules) -> Result<Detector> {
    match rules.thresholds.iter().find(|site| site.film == detector.bundle().film) {
        Some(site) => detector.counting_from(site.score),
        None => Ok(detector),
    }
}

fn not_asked(file: &PictureInput) -> Error {
    Error::new(ErrorKind::Usage, format!("the scale of {} is stated", file.name))
}
