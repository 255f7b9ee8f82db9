//! One file becomes its field records.

use serde::{Deserialize, Serialize};

use super::engine::Engine;
use super::scale::ScaleTable;
use super::source::PictureFile;
use crate::detect::{Detection, DetectionTuning, Detector};
use crate::error::{Error, Result};
use crate::intake::{Limits, Pages, Picture};
use crate::optics::{Examination, Likeness, Measurements, ScaleBasis, Verdict, View, examine};
use crate::record::{
    BoxRecord, DetectionRecord, FieldRecord, Measure, QualityRecord, ReasonRecord, ScaleRecord, Settings, Unread,
    ViewRecord,
};
use crate::tally::{FieldTally, tally_field};
use crate::terms::Film;

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
        let unread = Unread {
            image: name.to_owned(),
            kind: error.kind().code().to_owned(),
            key: error.key().map(str::to_owned),
            values: error.args().iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            message: error.message().to_owned(),
        };
        Self { unread: Some(unread), ..Self::default() }
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
    pub(super) detector: &'a Detector,
    pub(super) settings: &'a Settings,
    pub(super) scales: &'a ScaleTable,
    pub(super) limits: &'a Limits,
    pub(super) tuning: DetectionTuning,
}

impl Examiner<'_> {
    /// Examines every page of a file. A failure ends the file, not the slide.
    pub(super) fn examine(&self, file: &PictureFile) -> (FileOutcome, Option<Error>) {
        let mut outcome = FileOutcome::default();
        let error = self.examine_pages(file, &mut outcome).err();
        if let Some(error) = &error {
            outcome.unread = FileOutcome::failed(&file.name, error).unread;
        }
        (outcome, error)
    }

    fn examine_pages(&self, file: &PictureFile, outcome: &mut FileOutcome) -> Result<()> {
        let mut pages = Engine::walled(|| Pages::open(&file.path, self.limits))?;
        let mut page = 0;
        loop {
            // What was found on earlier pages is kept, whatever happens on this one.
            let seen = Engine::walled(|| self.examine_page(file, &mut pages, page))?;
            outcome.fields.push(seen.field);
            outcome.likenesses.push(seen.likeness);
            page += 1;
            if page >= pages.count() {
                return Ok(());
            }
        }
    }

    fn examine_page(&self, file: &PictureFile, pages: &mut Pages, page: u32) -> Result<Examined> {
        let picture = pages.picture(page)?;
        let scale = self.scale_of(file, &picture);
        self.examine_picture(file.film, &file.name, page, &picture, scale)
    }

    /// Examines one picture at the scale known for it.
    pub(super) fn examine_picture(
        &self,
        film: Film,
        name: &str,
        page: u32,
        picture: &Picture,
        scale: Option<ScaleRecord>,
    ) -> Result<Examined> {
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
            Some(scale) => self.detector.detect(picture, &seen.view, scale.um_per_px, self.tuning)?,
            None => Vec::new(),
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
            notes: picture.notes().iter().map(|n| n.key().to_owned()).collect(),
            tally: tally_field(film, &found),
            detections: found.iter().map(DetectionRecord::from).collect(),
        };
        Ok(Examined { field, detections: found, likeness: seen.likeness })
    }

    /// Given, else as the slide's pictures tell.
    fn scale_of(&self, file: &PictureFile, picture: &Picture) -> Option<ScaleRecord> {
        let given = self.settings.um_per_px.map(|given| ScaleRecord::stated(given, ScaleBasis::Given));
        given.or_else(|| self.scales.of_picture(file.film, picture))
    }
}

/// Whether somebody, or the file, says so.
fn is_stated(scale: &ScaleRecord) -> bool {
    [ScaleBasis::Given, ScaleBasis::File].iter().any(|basis| scale.basis == basis.code())
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
        ("ground", Some(m.ground)),
        ("azure", Some(m.azure)),
        ("few_colours", Some(m.few_colours)),
        ("like_thin", Some(m.like_thin)),
        ("like_thick", Some(m.like_thick)),
    ];
    all.into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|v| v.is_finite())?)))
        .map(|(name, value)| Measure { name: name.to_owned(), value })
        .collect()
}
