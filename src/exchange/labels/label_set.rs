//! The labels themselves, whatever form they are written in.

use crate::record::{FieldRecord, SlideRecord};
use crate::review::{Bounds, Mark, MarkOrigin, ReadField, ReadSlide, Verdict};
use crate::terms::{CellClass, Film, LabelKind, Stage};
use crate::text::plain_name;

/// One label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label {
    /// What it bounds.
    pub category: LabelKind,
    /// Stage of a parasite, where the reader named one.
    pub stage: Option<Stage>,
    /// Where it lies, pixels of the upright picture.
    pub at: Bounds,
}

/// A picture that a reader judged.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledField {
    /// Where the picture lies, as `add` was told.
    pub file: String,
    /// Its place within its slide's folder.
    pub image: String,
    /// Page of the file, from 0.
    pub page: u32,
    /// Digest of the file.
    pub sha256: String,
    /// Width and height, pixels.
    pub size: (u32, u32),
    /// Which film it shows.
    pub film: Film,
    /// Its slide.
    pub slide: String,
    /// Who read it.
    pub reader: String,
    /// Scale, where it is known.
    pub um_per_px: Option<f64>,
    /// Whether every parasite in it is labelled: the reader looked at the whole of it and judged every suspect.
    pub complete: bool,
    /// What the reader rejected.
    pub rejected: Vec<Bounds>,
    /// Its labels.
    pub labels: Vec<Label>,
}

/// Labels of any number of slides.
///
/// What a reader confirmed or added is a label; what could not be told, and what nobody judged, is `ignore`. A picture is
/// complete for parasites only where the reader looked at the whole of it and judged every suspect in it. Cells are labels
/// where a reader judged them, and never complete.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelSet {
    /// Pictures in the order in which they were added.
    pub fields: Vec<LabelledField>,
}

impl LabelSet {
    /// Adds a slide as it was read; `name` says where each of its pictures lies, from the folder of all.
    pub fn add(
        &mut self,
        record: &SlideRecord,
        slide: &ReadSlide,
        reader: &str,
        name: impl Fn(&str) -> String,
    ) {
        for (field, read) in record.fields.iter().zip(&slide.fields) {
            let judged = read.marks.iter().any(|mark| mark.decided.is_some());
            if !read.copy && read.excluded.is_none() && (judged || read.looked) {
                self.fields.push(labelled(record, field, read, reader, name(&field.image)));
            }
        }
    }
}

impl LabelledField {
    /// Path of a file beside the others that is this picture's own: the slide, then the picture's place in its folder,
    /// without its ending. Nothing in it leads out of the folder, whatever the names hold.
    pub(super) fn stem(&self) -> String {
        let image = match self.image.rsplit_once('.') {
            Some((stem, ending)) if !ending.contains(['/', '\\']) => stem,
            _ => &self.image,
        };
        let parts = std::iter::once(self.slide.as_str()).chain(image.split(['/', '\\']));
        let parts = parts.filter(|part| !part.trim_matches('.').is_empty()).map(plain_name);
        let mut stem = parts.collect::<Vec<_>>().join("/");
        if self.page > 0 {
            stem.push_str(&format!(".page-{}", self.page + 1));
        }
        stem
    }
}

fn labelled(
    record: &SlideRecord,
    field: &FieldRecord,
    read: &ReadField,
    reader: &str,
    file: String,
) -> LabelledField {
    let rejected = read.marks.iter().filter(|m| m.verdict == Some(Verdict::Nothing)).map(|m| m.at);
    LabelledField {
        file,
        image: field.image.clone(),
        page: field.page,
        sha256: field.sha256.clone(),
        size: (field.width, field.height),
        film: field.film,
        slide: record.slide.id.clone(),
        reader: reader.to_owned(),
        um_per_px: field.scale.as_ref().map(|s| s.um_per_px.get()),
        complete: read.looked && read.suspects().all(|mark| mark.verdict.is_some()),
        rejected: rejected.collect(),
        labels: read.marks.iter().filter_map(label).collect(),
    }
}

fn label(mark: &Mark) -> Option<Label> {
    let said = |category, stage| Some(Label { category, stage, at: mark.at });
    match mark.verdict {
        Some(Verdict::Doubtful) => said(LabelKind::Ignore, None),
        None if mark.is_suspect() => said(LabelKind::Ignore, None),
        None if mark.origin != MarkOrigin::Own => None,
        _ => match mark.counts_as()? {
            (CellClass::AsexualParasite, stage) => said(LabelKind::Parasite, stage),
            (CellClass::Gametocyte, _) => said(LabelKind::Parasite, Some(Stage::Gametocyte)),
            (CellClass::WhiteCell, stage) => said(LabelKind::WhiteCell, stage),
            (CellClass::RedCell, stage) => said(LabelKind::RedCell, stage),
            (CellClass::Platelet, stage) => said(LabelKind::Platelet, stage),
        },
    }
}
