//! A labelled folder: what is labelled in which picture, whatever form the labels came in.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::labels::{Below, InFolder, LabelFile, coco};
use crate::measure::{MicronsPerPixel, PxRect, PxSize};
use crate::terms::{Film, LabelKind, Stage};
use crate::{Error, ErrorKind, Result};

/// Red cells needed for a scale from labels.
const RED_CELLS_NEEDED: usize = 4;

/// Two boxes of one kind that share this much are one object, labelled twice.
const SAME_BOX: f64 = 0.9;

/// Mean side of a labelled red cell, µm (falciparum.md section 14: 7.2-7.5).
const RED_CELL_UM: f64 = 7.4;

/// One labelled object.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// What it is.
    pub kind: LabelKind,
    /// Its box in pixels of the picture.
    pub bounds: PxRect,
    /// Whether a parasite is a gametocyte, where its stage is labelled.
    pub gametocyte: Option<bool>,
    /// Its stage, where that is labelled.
    pub stage: Option<Stage>,
}

/// One labelled picture.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledPicture {
    /// Name relative to the folder of pictures.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Slide, patient or session; empty: unknown.
    pub slide: String,
    /// Its scale, where known.
    pub um_per_px: Option<MicronsPerPixel>,
    /// Categories labelled exhaustively.
    pub complete: BTreeSet<LabelKind>,
    /// What is labelled.
    pub labels: Vec<Label>,
    /// What somebody looked at and rejected, where the labels say so.
    pub rejected: Vec<PxRect>,
    /// Its size, where the labels say it.
    pub size: Option<PxSize>,
}

impl LabelledPicture {
    /// The scale that labelled red cells imply (mean side 7.4 µm), where there are at least four.
    pub fn scale_of_labels(&self) -> Option<MicronsPerPixel> {
        let mut sides: Vec<f64> = self
            .labels
            .iter()
            .filter(|l| l.kind == LabelKind::RedCell)
            .map(|l| (l.bounds.width() * l.bounds.height()).sqrt())
            .collect();
        if sides.len() < RED_CELLS_NEEDED {
            return None;
        }
        sides.sort_by(f64::total_cmp);
        MicronsPerPixel::new(RED_CELL_UM / sides.get(sides.len() / 2)?)
    }

    /// The same picture at `factor` times its width and height: its labels and its scale, not its file.
    #[must_use]
    pub fn resized(&self, factor: f64) -> Self {
        let labels = self
            .labels
            .iter()
            .filter_map(|l| Some(Label { bounds: l.bounds.scaled(factor)?, ..l.clone() }))
            .collect();
        let um_per_px = self.um_per_px.and_then(|s| MicronsPerPixel::new(s.get() / factor));
        let rejected = self.rejected.iter().filter_map(|at| at.scaled(factor)).collect();
        Self { labels, um_per_px, rejected, size: None, ..self.clone() }
    }

    /// True where the name of a group means this picture: its slide, its file, `*`, or, where the slide is
    /// unknown, the part of its file name before the first `_`.
    fn is_of(&self, group: &str) -> bool {
        group == "*"
            || group == self.slide
            || group == self.name
            || (self.slide.is_empty() && self.name.split_once('_').is_some_and(|(head, _)| head == group))
    }
}

/// A labelled folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// Name of the folder that holds the annotations.
    pub set: String,
    /// Its pictures of one film, in the order of the file.
    pub pictures: Vec<LabelledPicture>,
    /// True where at least one parasite is labelled and every one has its stage.
    pub stages_known: bool,
}

impl Truth {
    /// Reads labels: an annotations file in the COCO style, a folder or `data.yaml` of YOLO, a folder or file of Pascal VOC.
    /// The pictures lie in `images`, or in the folder `images` beside the labels, or beside the labels themselves. Pictures
    /// that are said to show the other film are left out.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::Limit`] or [`ErrorKind::Usage`], naming the file and what does not fit.
    pub fn read(labels: &Path, images: Option<&Path>, film: Film) -> Result<Self> {
        let form = LabelFile::of(labels)?;
        let folder = form.folder();
        let beside = folder.join("images");
        let images = images.map_or_else(
            || if form.is_coco() || beside.is_dir() { beside } else { folder.to_path_buf() },
            Path::to_path_buf,
        );
        let resolved = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        let set = resolved.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let read = match form.is_coco() {
            // Its names are paths below the folder.
            true => form.read(Some(film), &Below(&images)),
            false => form.read(Some(film), &InFolder::of(&images)?),
        };
        read.and_then(|pictures| Self::of(pictures, set, film)).map_err(|e| e.with_path(labels))
    }

    /// Reads the text of an annotations file in the COCO style.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming what does not fit.
    pub fn parse(text: &str, set: String, images: &Path, film: Film) -> Result<Self> {
        Self::of(coco::parse(text, Some(film), &Below(images))?, set, film)
    }

    fn of(mut pictures: Vec<LabelledPicture>, set: String, film: Film) -> Result<Self> {
        if pictures.is_empty() {
            let key = match film {
                Film::Thick => "error-truth-none-thick",
                Film::Thin => "error-truth-none-thin",
            };
            let what = format!("no picture of a {} film is listed", film.code());
            return Err(Error::new(ErrorKind::Usage, what).with_key(key));
        }
        for picture in &mut pictures {
            picture.labels = without_doubles(std::mem::take(&mut picture.labels));
        }
        let mut truth = Self { set, pictures, stages_known: false };
        truth.look_for_stages();
        Ok(truth)
    }

    /// The same, with these categories labelled exhaustively wherever the labels do not say which are.
    #[must_use]
    pub fn complete_for(mut self, kinds: &BTreeSet<LabelKind>) -> Self {
        for picture in self.pictures.iter_mut().filter(|picture| picture.complete.is_empty()) {
            picture.complete.clone_from(kinds);
        }
        self
    }

    /// Keeps the pictures of the named groups only: slides, files, `*`, or, where the slide is unknown, the
    /// part of the file name before the first `_`.
    #[must_use]
    pub fn only<S: AsRef<str>>(mut self, groups: &[S]) -> Self {
        self.pictures.retain(|p| groups.iter().any(|g| p.is_of(g.as_ref())));
        self
    }

    fn look_for_stages(&mut self) {
        let mut parasites =
            self.pictures.iter().flat_map(|p| &p.labels).filter(|l| l.kind == LabelKind::Parasite).peekable();
        self.stages_known = parasites.peek().is_some() && parasites.all(|l| l.gametocyte.is_some());
    }
}

/// Leaves out what repeats an earlier label of its kind.
fn without_doubles(labels: Vec<Label>) -> Vec<Label> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|&i, &j| labels[i].bounds.x().total_cmp(&labels[j].bounds.x()).then(i.cmp(&j)));
    let mut double = vec![false; labels.len()];
    for (k, &i) in order.iter().enumerate() {
        let a = &labels[i];
        // Boxes whose left edges lie further apart share too little.
        let reach = a.bounds.x() + (1.0 - SAME_BOX) * a.bounds.width();
        for &j in order[k + 1..].iter().take_while(|&&j| labels[j].bounds.x() <= reach) {
            let b = &labels[j];
            if a.kind == b.kind && shared(&a.bounds, &b.bounds) >= SAME_BOX {
                double[i.max(j)] = true;
            }
        }
    }
    labels.into_iter().zip(double).filter(|(_, double)| !double).map(|(label, _)| label).collect()
}

/// The part of two boxes together that they share, 0 to 1.
fn shared(a: &PxRect, b: &PxRect) -> f64 {
    let along =
        |from: [f64; 2], side: [f64; 2]| (from[0] + side[0]).min(from[1] + side[1]) - from[0].max(from[1]);
    let wide = along([a.x(), b.x()], [a.width(), b.width()]).max(0.0);
    let high = along([a.y(), b.y()], [a.height(), b.height()]).max(0.0);
    let common = wide * high;
    common / (a.width() * a.height() + b.width() * b.height() - common)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#"{"categories":[{"id":1,"name":"parasite"},{"id":2,"name":"wbc"}],"#;

    fn parse(rest: &str) -> Result<Truth> {
        Truth::parse(&format!("{HEAD}{rest}"), "made-up".to_owned(), Path::new("images"), Film::Thick)
    }

    #[test]
    fn a_small_set() {
        let truth = parse(
            r#""images":[{"id":7,"file_name":"pm_1.jpg","film":"thick","um_per_px":0.2,"complete":["wbc"]},
                {"id":8,"file_name":"b.jpg","film":"thin"},{"id":9,"file_name":"c.jpg","slide":"S"}],
                "annotations":[{"id":1,"image_id":7,"category_id":1,"bbox":[1,2,3,4],"attributes":{"stage":"ring"}}]}"#,
        )
        .expect("sound");
        assert_eq!(truth.pictures.len(), 2, "the thin picture is left out");
        assert!(truth.stages_known);
        assert!(truth.pictures[0].complete.contains(&LabelKind::WhiteCell));
        assert_eq!(truth.clone().only(&["pm"]).pictures.len(), 1);
        assert_eq!(truth.clone().only(&["S"]).pictures[0].name, "c.jpg");
        assert_eq!(truth.only(&["none"]).pictures.len(), 0);
    }

    #[test]
    fn one_object_labelled_twice_is_one() {
        let truth = parse(
            r#""images":[{"id":1,"file_name":"a"}],"annotations":[
                {"id":1,"image_id":1,"category_id":2,"bbox":[10,10,40,40]},
                {"id":2,"image_id":1,"category_id":2,"bbox":[10,11,40,40]},
                {"id":3,"image_id":1,"category_id":1,"bbox":[10,10,40,40]},
                {"id":4,"image_id":1,"category_id":2,"bbox":[10,14,40,40]},
                {"id":5,"image_id":1,"category_id":2,"bbox":[90,10,40,40]}]}"#,
        )
        .expect("sound");
        let tops: Vec<f64> = truth.pictures[0].labels.iter().map(|l| l.bounds.y()).collect();
        assert_eq!(tops, [10.0, 10.0, 14.0, 10.0], "39 of 41 rows shared is one object, 36 of 44 are two");
    }

    #[test]
    fn gametocytes_are_told_apart_where_every_parasite_has_a_stage() {
        let known = |first: &str, second: &str| {
            let note = |id: u32, stage: &str| {
                format!(
                    r#"{{"id":{id},"image_id":1,"category_id":1,"bbox":[{},1,3,3],"attributes":{{"stage":"{stage}"}}}}"#,
                    10 * id
                )
            };
            let notes = [note(1, first), note(2, second)].join(",");
            let truth = parse(&format!(r#""images":[{{"id":1,"file_name":"a"}}],"annotations":[{notes}]}}"#));
            let truth = truth.expect("sound");
            (truth.stages_known, truth.pictures[0].labels[1].gametocyte)
        };
        assert_eq!(known("asexual", "gametocyte"), (true, Some(true)));
        assert_eq!(known("schizont", "asexual"), (true, Some(false)));
        assert_eq!(known("ring", "unclear"), (false, None));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (rest, named) in [
            (
                r#""images":[{"id":1,"file_name":"a"}],"annotations":[{"id":5,"image_id":1,"category_id":9,"bbox":[0,0,1,1]}]}"#,
                "annotation 5",
            ),
            (
                r#""images":[{"id":1,"file_name":"a"}],"annotations":[{"id":6,"image_id":1,"category_id":1,"bbox":[0,0,0,1]}]}"#,
                "annotation 6",
            ),
            (
                r#""images":[{"id":1,"file_name":"a"}],"annotations":[{"id":6,"image_id":3,"category_id":1,"bbox":[0,0,1,1]}]}"#,
                "image 3",
            ),
            (r#""images":[],"annotations":[]}"#, "no picture"),
            (r#""images":[{"id":1,"file_name":"a","complete":["cells"]}],"annotations":[]}"#, "cells"),
        ] {
            let error = parse(rest).expect_err(rest).to_string();
            assert!(error.contains(named), "{rest}: {error}");
        }
    }
}
