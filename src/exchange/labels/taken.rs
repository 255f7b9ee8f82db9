//! Labels that were made elsewhere, as decisions of a reader.

use std::path::{Path, PathBuf};

use crate::evaluate::{Found, Label, LabelFile, LabelledPicture, Whereabouts, best};
use crate::intake::digest_of_bytes;
use crate::measure::{PxRect, PxSize};
use crate::record::{FieldRecord, SlideRecord};
use crate::review::{Bounds, Decision, FieldKey, Mark, MarkOrigin, ReadSlide, Store, Verdict};
use crate::terms::{CellClass, LabelKind, Stage};
use crate::{Error, ErrorKind, Result};

/// What labels became.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelsTaken {
    /// Pictures of the slide that have labels.
    pub pictures: usize,
    /// Marks of the machine that were judged.
    pub judged: usize,
    /// Labels that the machine has no mark for.
    pub added: usize,
}

/// Takes labels in COCO, YOLO or Pascal VOC form in as the decisions of a reader, who has still to sign them. Pictures of other
/// slides are passed over. The same labels again add nothing.
///
/// A label judges the machine's mark of its kind around whose middle it lies, or adds one. What is rejected in our own COCO
/// form is rejected; in a picture that is complete for parasites, or in all where `complete` says so, every suspect without
/// a label is rejected too, and the picture was looked at as a whole.
///
/// # Errors
/// What reading the labels refuses; [`ErrorKind::Usage`] where no picture of the slide has labels, or one of another size;
/// what [`Store::append`] refuses.
pub fn take_labels(
    labels: &Path,
    record: &SlideRecord,
    reader: &str,
    complete: bool,
    store: &mut Store,
) -> Result<LabelsTaken> {
    let names = record.fields.iter().map(name_of).collect();
    let read = LabelFile::of(labels)?.read(None, &InRecord { record, names })?;
    let machine = ReadSlide::replay(record, &[]);
    let mut taken = LabelsTaken::default();
    let mut all = Vec::new();
    for picture in &read {
        let Some(at) = picture.path.to_str().and_then(|at| at.parse::<usize>().ok()) else { continue };
        let field = &record.fields[at];
        let size = PxSize { width: field.width, height: field.height };
        if picture.size.is_some_and(|other| other != size) {
            return Err(Error::new(ErrorKind::Usage, "these labels are of a picture of another size")
                .with_key("error-labels-size")
                .with_path(&picture.name));
        }
        let decisions = decisions(picture, complete, &machine, at, record, &mut taken);
        taken.pictures += 1;
        all.push((at, decisions));
    }
    if all.is_empty() {
        return Err(Error::new(ErrorKind::Usage, "no picture of this slide has labels here")
            .with_key("error-labels-other-slide")
            .with_path(labels));
    }
    let reading = store.begin(&record.slide.id, reader, false)?;
    for (at, decisions) in all.into_iter().filter(|(_, decisions)| !decisions.is_empty()) {
        let body = serde_json::to_vec(&decisions)
            .map_err(|e| Error::new(ErrorKind::Internal, format!("decisions cannot be written: {e}")))?;
        let digest = digest_of_bytes(&body);
        let key = format!("labels-{at}-{}", digest.get(..32).unwrap_or_default());
        store.append(reading.id, &key, &decisions)?;
    }
    Ok(taken)
}

/// The pictures of a record, by the names that they have in it.
struct InRecord<'a> {
    record: &'a SlideRecord,
    names: Vec<String>,
}

impl Whereabouts for InRecord<'_> {
    fn find(&self, name: &str) -> Result<Option<Found>> {
        let own = self.record.fields.iter().zip(&self.names).filter(|(field, _)| field.copy_of.is_none());
        let found = best(name, own.map(|(_, name)| name.as_str()))?;
        // A picture of another slide has labels too: it is passed over by a path that is no number.
        let Some(found) = found else {
            let size = Some(PxSize { width: 1, height: 1 });
            return Ok(Some(Found { name: name.to_owned(), path: PathBuf::from("-"), size }));
        };
        let at = self.names.iter().position(|name| name == found);
        let field = at.and_then(|at| self.record.fields.get(at));
        Ok(at.zip(field).map(|(at, field)| Found {
            name: found.to_owned(),
            path: PathBuf::from(at.to_string()),
            size: Some(PxSize { width: field.width, height: field.height }),
        }))
    }
}

/// As exports name a picture.
fn name_of(field: &FieldRecord) -> String {
    match field.page {
        0 => field.image.clone(),
        page => {
            let stem = field.image.rsplit_once('.').map_or(field.image.as_str(), |(stem, _)| stem);
            format!("{stem}.page-{}", u64::from(page) + 1)
        }
    }
}

fn decisions(
    picture: &LabelledPicture,
    complete: bool,
    machine: &ReadSlide,
    at: usize,
    record: &SlideRecord,
    taken: &mut LabelsTaken,
) -> Vec<Decision> {
    let field = &record.fields[at];
    let marks = &machine.fields[at].marks;
    let mut free: Vec<bool> = vec![true; marks.len()];
    let mut decisions = Vec::new();
    let mut judge = |number: usize, verdict: Verdict, decisions: &mut Vec<Decision>| {
        if let Some(subject) = machine.subject(marks[number].id, record) {
            decisions.push(Decision::Judge { subject, verdict });
            taken.judged += 1;
        }
    };
    let mut added = Vec::new();
    for label in &picture.labels {
        let found = nearest(marks, &free, &label.bounds, kinds_of(label.kind));
        if let Some(number) = found {
            free[number] = false;
        }
        match (class_of(label), found) {
            (Some((class, stage)), Some(number)) => {
                judge(number, Verdict::Seen { class, stage }, &mut decisions);
            }
            (Some((class, stage)), None) => {
                let at = bounds_of(&label.bounds);
                added.push(Decision::Add { field: FieldKey::from(field), at, class, stage });
            }
            (None, Some(number)) if label.kind == LabelKind::Ignore => {
                judge(number, Verdict::Doubtful, &mut decisions);
            }
            (None, _) => {}
        }
    }
    for rejected in &picture.rejected {
        if let Some(number) = nearest(marks, &free, rejected, kinds_of(LabelKind::Ignore)) {
            free[number] = false;
            judge(number, Verdict::Nothing, &mut decisions);
        }
    }
    let whole = picture.complete.contains(&LabelKind::Parasite) || complete;
    if whole {
        for number in 0..marks.len() {
            if free[number] && marks[number].is_suspect() {
                judge(number, Verdict::Nothing, &mut decisions);
            }
        }
        decisions.push(Decision::Looked { field: FieldKey::from(field), whole: true });
    }
    taken.added += added.len();
    decisions.extend(added);
    decisions
}

/// What a label counts as; an infected red cell says where a parasite is and not what it looks like.
fn class_of(label: &Label) -> Option<(CellClass, Option<Stage>)> {
    match label.kind {
        LabelKind::Parasite if label.gametocyte == Some(true) => {
            Some((CellClass::Gametocyte, Some(Stage::Gametocyte)))
        }
        LabelKind::Parasite => Some((CellClass::AsexualParasite, label.stage)),
        LabelKind::WhiteCell => Some((CellClass::WhiteCell, None)),
        LabelKind::RedCell => Some((CellClass::RedCell, None)),
        LabelKind::Platelet => Some((CellClass::Platelet, None)),
        LabelKind::InfectedRedCell | LabelKind::Ignore => None,
    }
}

/// The classes of marks that a label may be about.
fn kinds_of(kind: LabelKind) -> &'static [CellClass] {
    match kind {
        LabelKind::Parasite | LabelKind::Ignore => &[CellClass::AsexualParasite, CellClass::Gametocyte],
        LabelKind::WhiteCell => &[CellClass::WhiteCell],
        LabelKind::RedCell => &[CellClass::RedCell],
        LabelKind::Platelet => &[CellClass::Platelet],
        LabelKind::InfectedRedCell => &[],
    }
}

/// The free mark of these classes whose middle is the nearest, at most half the larger box away. Near misses come after what
/// the machine counts.
fn nearest(marks: &[Mark], free: &[bool], at: &PxRect, classes: &[CellClass]) -> Option<usize> {
    let (x, y) = at.centre();
    let near = |number: usize| {
        let mark = &marks[number];
        let (mx, my) = mark.at.centre();
        let far = (mx - x).hypot(my - y);
        let reach =
            [at.width(), at.height(), mark.at.width, mark.at.height].into_iter().fold(0.0, f64::max) / 2.0;
        let fits = free[number] && classes.contains(&mark.class) && far <= reach;
        fits.then_some((mark.origin == MarkOrigin::NearMiss, far, number))
    };
    let found = (0..marks.len()).filter_map(near);
    found.min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))).map(|(.., number)| number)
}

fn bounds_of(at: &PxRect) -> Bounds {
    Bounds { x: at.x(), y: at.y(), width: at.width(), height: at.height() }.rounded()
}
