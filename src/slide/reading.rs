//! One slide on its way through an engine: pictures are added, looked at as they come or all at once, and concluded.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use rayon::prelude::*;

use super::control::{Control, Event};
use super::engine::{Engine, Parallel};
use super::examine::FileOutcome;
use super::input::{Content, PictureInput, SlideInput};
use super::scale::ScaleTable;
use crate::optics::ScaleBasis;
use crate::record::{FieldRecord, Results, SlideInfo, SlideRecord, Tallies, Unread};
use crate::{Error, ErrorKind, Result};

/// A slide that an engine reads: all of it with [`run`](Self::run), or field by field with [`look`](Self::look).
///
/// ```
/// use hemozoin::{Engine, Facts, Film, MicronsPerPixel, Silent, SlideInfo};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let counts = hemozoin::render::Counts { red_cells: 30, rings: 2, ..Default::default() };
/// # let spec = hemozoin::render::FieldSpec { width: 400, height: 300, counts, ..Default::default() };
/// # let scale = spec.um_per_px;
/// # let mut png = std::io::Cursor::new(Vec::new());
/// # hemozoin::render::render(&spec)?.image.write_to(&mut png, image::ImageFormat::Png)?;
/// # let png = png.into_inner();
/// let engine = Engine::builder().profile("who-2016").build()?;
/// let facts = Facts::of(Film::Thin).um_per_px(MicronsPerPixel::try_from(scale)?);
/// let mut slide = engine.slide(facts).with_info(SlideInfo::named("N-17"));
/// slide.add("01.png", png); // the bytes of a file, a `Picture`, an `RgbImage`
/// let so_far = slide.look(&Silent)?; // while the technician is still at the microscope
/// assert_eq!(so_far.fields.len(), 1);
/// let record = slide.run(&Silent)?; // when the last picture is there
/// assert_eq!(record.slide.id, "N-17");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Slide<'e> {
    engine: &'e Engine,
    input: SlideInput,
    /// Of each picture, where it was examined.
    done: Vec<Option<FileOutcome>>,
    /// The scales of the slide, and of how many pictures they were estimated.
    scales: Option<(usize, ScaleTable)>,
}

/// How a slide stands after the pictures so far. It is no result: scales that nobody states may yet change with the
/// pictures that come.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Standing {
    /// The fields that were looked at since the last time, in the order of their pictures.
    pub fields: Vec<FieldRecord>,
    /// Those of the new pictures that could not be read.
    pub unread: Vec<Unread>,
    /// What was counted so far, per film.
    pub tally: Tallies,
    /// What the standard would make of it; its `need` says how much is still to be counted.
    pub result: Results,
}

impl<'e> Slide<'e> {
    pub(super) fn new(engine: &'e Engine, input: SlideInput) -> Self {
        let done = input.pictures.iter().map(|_| None).collect();
        Self { engine, input, done, scales: None }
    }

    /// The same slide with its number or name, and whatever else the laboratory says about it.
    #[must_use]
    pub fn with_info(mut self, info: SlideInfo) -> Self {
        self.input.info = info;
        self
    }

    /// Adds a picture under the name that it shall have in the record; what the answer is told is known of it alone.
    pub fn add(&mut self, name: impl Into<String>, content: impl Into<Content>) -> &mut PictureInput {
        self.done.push(None);
        self.input.pictures.push(PictureInput::new(name, content));
        let last = self.input.pictures.len() - 1;
        &mut self.input.pictures[last]
    }

    /// What it was given so far.
    pub fn input(&self) -> &SlideInput {
        &self.input
    }

    /// Looks at the pictures that were added since the last time, and says how the slide stands.
    ///
    /// A picture whose scale nobody states (neither the facts nor its file) is looked at with the scale that its own
    /// cells tell, and once more by [`run`](Self::run), with the scale of the whole slide; until then it is held in
    /// memory.
    ///
    /// # Errors
    /// As [`run`](Self::run), but for pictures of the other film: their fields say so, and only a whole slide is refused for
    /// them.
    pub fn look(&mut self, control: &dyn Control) -> Result<Standing> {
        self.engine.check(&self.input)?;
        let fresh: Vec<usize> = self.open();
        let scales = self.scales.as_ref().map(|(_, scales)| scales.clone()).unwrap_or_default();
        self.examine(&scales, control)?;
        let outcomes = || fresh.iter().filter_map(|at| self.done.get(*at)?.as_ref());
        let unread = outcomes().filter_map(|outcome| outcome.unread.clone()).collect();
        let looked_at: Vec<&FieldRecord> = outcomes().flat_map(|outcome| &outcome.fields).collect();
        let SlideRecord { mut fields, tally, result, .. } =
            self.engine.conclude_so_far(&self.input, self.outcomes()?)?;
        // Those of the record say whether they are copies.
        fields.retain(|f| looked_at.iter().any(|l| (l.film, l.page, &l.image) == (f.film, f.page, &f.image)));
        Ok(Standing { fields, unread, tally, result })
    }

    /// Examines every picture that is not examined yet and applies the rules: the whole corridor. A slide that was
    /// stopped keeps what is done, and goes on from there when it is run again. More pictures may come afterwards.
    ///
    /// # Errors
    /// [`ErrorKind::Stopped`] where `control` said so; [`ErrorKind::Usage`] where the slide has no picture, one whose
    /// film is not stated, a name of several lines, or a floor that was measured with another bundle;
    /// [`ErrorKind::Model`] where a bundle cannot be loaded or run. A single picture that cannot be read is part of the
    /// record, not an error.
    pub fn run(&mut self, control: &dyn Control) -> Result<SlideRecord> {
        // Else it would be refused when every picture has been read.
        self.input.info.check()?;
        let pictures = self.input.pictures.len();
        if !matches!(&self.scales, Some((known, _)) if *known == pictures) {
            let scales = self.engine.estimate_scales(&self.input, control)?;
            if self.scales.as_ref().is_none_or(|(_, known)| *known != scales) {
                self.done.iter_mut().for_each(|done| *done = done.take().filter(is_final));
            }
            self.scales = Some((pictures, scales));
        }
        control.on(&Event::Started { files: self.open().len() });
        self.engine.check(&self.input)?;
        let scales = self.scales.as_ref().map(|(_, scales)| scales.clone()).unwrap_or_default();
        self.examine(&scales, control)?;
        self.engine.conclude(&self.input, self.outcomes()?)
    }

    /// Places of the pictures that are not examined.
    fn open(&self) -> Vec<usize> {
        self.done.iter().enumerate().filter(|(_, done)| done.is_none()).map(|(at, _)| at).collect()
    }

    fn examine(&mut self, scales: &ScaleTable, control: &dyn Control) -> Result<()> {
        let open = self.open();
        let halted = AtomicBool::new(false);
        let (engine, input) = (self.engine, &self.input);
        let examine = |at: &usize, parallel: Parallel| -> Option<Result<(usize, FileOutcome)>> {
            if halted.load(Relaxed) {
                return None;
            }
            let examined = engine.examine(input, scales, *at, parallel, control);
            if examined.is_err() {
                halted.store(true, Relaxed);
            }
            Some(examined.map(|(outcome, failure)| {
                tell(input, *at, &outcome, failure.as_ref(), control);
                (*at, outcome)
            }))
        };
        // Threads at one level only: over the files where there are enough of them, else over the tiles.
        let outcomes: Vec<_> = if open.len() >= 2 * rayon::current_num_threads() {
            open.par_iter().with_max_len(1).filter_map(|at| examine(at, Parallel::Files)).collect()
        } else {
            open.iter().filter_map(|at| examine(at, Parallel::Tiles)).collect()
        };
        let mut refused = None;
        for outcome in outcomes {
            match outcome {
                Ok((at, outcome)) => self.keep(at, outcome),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        refused.map_or(Ok(()), Err)
    }

    fn keep(&mut self, at: usize, outcome: FileOutcome) {
        if is_final(&outcome)
            && let Some(picture) = self.input.pictures.get_mut(at)
        {
            picture.let_go();
        }
        if let Some(done) = self.done.get_mut(at) {
            *done = Some(outcome);
        }
    }

    /// What was found in each picture.
    fn outcomes(&self) -> Result<Vec<FileOutcome>> {
        let outcomes: Option<Vec<FileOutcome>> = self.done.iter().cloned().collect();
        outcomes.ok_or_else(|| Error::new(ErrorKind::Internal, "a picture was not examined"))
    }
}

/// Whether the scale of the slide's other pictures has no say in it.
fn is_final(outcome: &FileOutcome) -> bool {
    let stated = [ScaleBasis::Given, ScaleBasis::File];
    let is_stated = |field: &FieldRecord| field.scale.as_ref().is_some_and(|s| stated.contains(&s.basis));
    outcome.unread.is_none() && outcome.fields.iter().all(is_stated)
}

fn tell(
    input: &SlideInput,
    at: usize,
    outcome: &FileOutcome,
    failure: Option<&Error>,
    control: &dyn Control,
) {
    let Some(picture) = input.pictures.get(at) else { return };
    let Ok(film) = input.film_of(picture) else { return };
    if let Some(error) = failure {
        control.on(&Event::Unread { name: picture.name(), error });
    }
    control.on(&Event::File { film, counted: outcome.counted() });
}
