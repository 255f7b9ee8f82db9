//! One file becomes its field records.

use serde::{Deserialize, Serialize};

use super::control::{Control, go_on};
use super::engine::Engine;
use super::input::{Opened, PictureInput};
use super::scale::ScaleTable;
use crate::detect::{Detection, DetectionTuning, Detector, Found};
use crate::intake::{Limits, Picture};
use crate::measure::MicronsPerPixel;
use crate::optics::{Examination, Likeness, Measurements, ScaleBasis, Verdict, View, examine};
use crate::record::{
    BoxRecord, DetectionRecord, Fault, FieldRecord, Measure, QualityRecord, ReasonRecord, ScaleRecord,
    Unread, ViewRecord,
};
use crate::tally::{FieldTally, tally_field};
use crate::terms::Film;
use crate::{Error, Result};

/// What became of one file: its fields (one, or one per page) and, where it ended early, why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileOutcome {
    /// The fields in the order of the pages.
    pub fields: Vec<FieldRecord>,
    /// What the fields look like, in the same order, so that a field that was photographed twice is known again; empty
    /// where nobody looked.
    #[serde(default)]
    pub likenesses: Vec<Likeness>,
    /// Why the file, or the rest of it, could not be read.
    pub unread: Option<Unread>,
}

impl FileOutcome {
    /// A file that could not be read at all.
    pub fn failed(name: &str, error: &Error) -> Self {
        let unread = Unread { image: name.to_owned(), fault: Fault::from(error) };
        Self { unread: Some(unread), ..Self::default() }
    }

    /// One more field of the file.
    fn take(&mut self, seen: Examined) {
        self.fields.push(seen.field);
        self.likenesses.push(seen.likeness);
    }

    /// The counted fields together.
    pub fn counted(&self) -> FieldTally {
        self.fields.iter().filter(|f| f.counted).map(|f| f.tally).sum()
    }
}

/// One examined picture: its record, and the detections before they were rounded for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Examined {
    /// The record of the field.
    pub field: FieldRecord,
    /// What was found.
    pub detections: Vec<Detection>,
    /// What it looks like.
    pub likeness: Likeness,
}

/// Everything that examining a file needs.
pub(super) struct Examiner<'a> {
    pub(super) film: Film,
    pub(super) detector: &'a Detector,
    /// The scale that is stated for it.
    pub(super) um_per_px: Option<MicronsPerPixel>,
    pub(super) scales: &'a ScaleTable,
    pub(super) limits: &'a Limits,
    pub(super) tuning: DetectionTuning,
}

impl Examiner<'_> {
    /// Examines every page of a file. A failure ends the file, not the slide.
    pub(super) fn examine(&self, file: &PictureInput, control: &dyn Control) -> (FileOutcome, Option<Error>) {
        let mut outcome = FileOutcome::default();
        let error = self.examine_pages(file, control, &mut outcome).err();
        if let Some(error) = &error {
            outcome.unread = FileOutcome::failed(&file.name, error).unread;
        }
        (outcome, error)
    }

    fn examine_pages(
        &self,
        file: &PictureInput,
        control: &dyn Control,
        outcome: &mut FileOutcome,
    ) -> Result<()> {
        go_on(control)?;
        let mut pages = match Engine::without_panic(|| file.open(self.limits))? {
            Opened::File(pages) => pages,
            Opened::Decoded(picture) => {
                let page = file.page.unwrap_or(0);
                let seen = Engine::without_panic(|| self.examine_known(file, page, &picture))?;
                outcome.take(seen);
                return Ok(());
            }
        };
        // A page that the file does not have is refused when it is read.
        let wanted = file.page.map_or(0..pages.count().max(1), |page| page..page.saturating_add(1));
        for page in wanted {
            go_on(control)?;
            // What was found on earlier pages is kept, whatever happens on this one.
            let seen = Engine::without_panic(|| {
                let picture = pages.picture(page)?;
                file.hold(&picture)?;
                self.examine_known(file, page, &picture)
            })?;
            outcome.take(seen);
        }
        Ok(())
    }

    /// At the scale that is stated, else as the slide's pictures tell.
    fn examine_known(&self, file: &PictureInput, page: u32, picture: &Picture) -> Result<Examined> {
        let given = self.um_per_px.map(|given| ScaleRecord::stated(given, ScaleBasis::Given));
        let scale = given.or_else(|| self.scales.of_picture(self.film, picture));
        self.examine_picture(&file.name, page, picture, scale)
    }

    /// Examines one picture at the scale known for it.
    pub(super) fn examine_picture(
        &self,
        name: &str,
        page: u32,
        picture: &Picture,
        scale: Option<ScaleRecord>,
    ) -> Result<Examined> {
        let film = self.film;
        if let Some(scale) = &scale {
            self.detector.check_scale(picture.size(), scale.um_per_px)?;
        }
        let mut seen = examine(picture, film, scale.as_ref().map(|s| s.um_per_px))?;
        if let Some(stated) = scale.as_ref().filter(|s| is_stated(s)) {
            seen.hold_scale(stated.um_per_px);
        }
        // No picture of its size was among those that the slide's scale was taken from: its own cells must do.
        let scale = scale.or_else(|| seen.scale.as_ref().map(ScaleRecord::estimated));
        let found = match &scale {
            Some(scale) => self.detector.look(picture, &seen.view, scale.um_per_px, self.tuning)?,
            None => Found::default(),
        };
        let size = picture.size();
        let field = FieldRecord {
            film,
            image: name.to_owned(),
            page,
            sha256: picture.sha256().to_owned(),
            width: size.width,
            height: size.height,
            counted: seen.quality.verdict == Verdict::Fit && scale.is_some(),
            scale,
            view: view_record(&seen.view),
            marks: seen.view.marks().iter().map(BoxRecord::from).collect(),
            quality: quality_record(&seen),
            copy_of: None,
            repeat_of: None,
            shared: Vec::new(),
            notes: picture.notes().iter().map(|n| n.key().to_owned()).collect(),
            tally: tally_field(film, &found.detections),
            detections: found.detections.iter().map(DetectionRecord::from).collect(),
            near_misses: found.near_misses.iter().map(DetectionRecord::from).collect(),
        };
        Ok(Examined { field, detections: found.detections, likeness: seen.likeness })
    }
}

/// Whether somebody, or the file, says so.
fn is_stated(scale: &ScaleRecord) -> bool {
    [ScaleBasis::Given, ScaleBasis::File].contains(&scale.basis)
}

fn view_record(view: &View) -> ViewRecord {
    let tenth = |v: f64| (v * 10.0).round() / 10.0;
    match view.disc() {
        Some(disc) => ViewRecord::Disc { x: tenth(disc.x), y: tenth(disc.y), radius: tenth(disc.radius) },
        None => ViewRecord::Whole,
    }
}

fn quality_record(seen: &Examination) -> QualityRecord {
    QualityRecord {
        verdict: seen.quality.verdict,
        reasons: seen
            .quality
            .reasons
            .iter()
            .map(|r| ReasonRecord {
                code: r.code,
                measured: Some(r.value).filter(|v| v.is_finite()),
                limit: r.threshold,
            })
            .collect(),
        measurements: measures(&seen.measurements),
    }
}

/// The finite measurements by name.
fn measures(m: &Measurements) -> Vec<Measure> {
    let all = [
        ("side_px", Some(m.side_px)),
        ("light", Some(m.light)),
        ("dark", Some(m.dark)),
        ("burnt", Some(m.burnt)),
        ("sharpness", Some(m.sharpness)),
        ("sharpness_inside", Some(m.sharpness_inside)),
        ("detail", Some(m.detail)),
        ("stain", Some(m.stain)),
        ("covered", m.covered),
        ("parted", m.parted),
        ("tint", Some(m.tint)),
        ("colour", Some(m.colour)),
        ("negative", Some(m.negative)),
        ("azure", Some(m.azure)),
        ("upright", Some(m.upright)),
        ("red_kept", Some(m.red_kept)),
        ("blue_kept", Some(m.blue_kept)),
        ("few_colours", Some(m.few_colours)),
        ("blocks", Some(m.blocks)),
        ("period", Some(m.period)),
        ("parts", Some(m.parts)),
        ("drawn", Some(m.drawn)),
        ("like_thin", Some(m.like_thin)),
        ("like_thick", Some(m.like_thick)),
    ];
    all.into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|v| v.is_finite())?)))
        .map(|(name, value)| Measure { name: name.to_owned(), value })
        .collect()
}
