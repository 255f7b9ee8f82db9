//! One field: what was found against what is labelled.
//!
//! An unmatched detection whose centre lies in an `ignore` box is neither right nor wrong. For annotations there
//! are two readings, [`IgnoreRule`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::matching::{Rule, pair};
use super::subject::Subject;
use super::truth::{Label, LabelledPicture};
use crate::detect::Detection;
use crate::measure::{MicronsPerPixel, PxRect};
use crate::record::{FieldRecord, ScaleRecord};
use crate::terms::{CellClass, Film, LabelKind};

/// A parasite's box is grown to at least this half-width, µm.
const LEAST_HALF_UM: f64 = 1.0;

/// What an `ignore` box does to an annotation whose centre lies in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IgnoreRule {
    /// Nothing: somebody labelled it, so it is decided. Sets whose altered strips lie over or beside sound labels
    /// need this; otherwise most of their parasites would drop out.
    #[default]
    KeepLabels,
    /// It is neither found nor missed, and a detection that meets it is neither right nor wrong.
    DropLabels,
}

/// What became of one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldJudgement {
    /// The picture.
    pub image: String,
    /// Its slide; empty: unknown.
    pub slide: String,
    /// Codes of the reasons against it; none where it is fit.
    pub unfit: Vec<String>,
    /// The scale that the engine worked at.
    pub scale: Option<ScaleRecord>,
    /// The scale that the set states, or that its labelled red cells imply.
    pub true_um_per_px: Option<MicronsPerPixel>,
    /// Every row that the film can show.
    pub subjects: Vec<SubjectJudgement>,
}

/// One row of one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubjectJudgement {
    /// The row.
    pub subject: Subject,
    /// Whether it is labelled exhaustively here: only then are `found - hits` false.
    pub complete: bool,
    /// Labelled objects that count.
    pub labelled: u64,
    /// Detections that count.
    pub found: u64,
    /// Pairs of both.
    pub hits: u64,
    /// Red cells found without a label that the edge of the view cuts: the engine does not count them, so that they
    /// are neither right nor wrong and no part of `found`.
    pub cut: u64,
    /// Score of each of these detections and whether it was right, strongest first.
    pub scored: Vec<(f32, bool)>,
}

/// Compares the detections of one field with its labels.
pub fn judge_field(
    film: Film,
    picture: &LabelledPicture,
    stages_known: bool,
    ignore: IgnoreRule,
    field: &FieldRecord,
    detections: &[Detection],
) -> FieldJudgement {
    let true_um_per_px = picture.um_per_px.or_else(|| picture.scale_of_labels());
    let um = true_um_per_px.or(field.scale.as_ref().map(|s| s.um_per_px));
    let least_half = um.map_or(0.0, |um| um.px(LEAST_HALF_UM));
    let ignored: Vec<PxRect> =
        picture.labels.iter().filter(|l| l.kind == LabelKind::Ignore).map(|l| l.bounds).collect();
    let subjects = Subject::ALL
        .iter()
        .copied()
        .filter(|s| s.is_on(film))
        .filter(|s| stages_known || !matches!(s, Subject::AsexualParasite | Subject::Gametocyte))
        .map(|subject| {
            let labels: Vec<PxRect> =
                picture.labels.iter().filter(|l| is_labelled(subject, l)).map(|l| l.bounds).collect();
            // The engine counts no red cell that the edge of the view cuts: labelled it is a hit, else nothing.
            let is_cell = matches!(subject, Subject::RedCell | Subject::InfectedRedCell);
            let of_subject: Vec<&Detection> = detections.iter().filter(|d| is_found(subject, d)).collect();
            let found: Vec<(PxRect, f32)> = of_subject.iter().map(|d| (d.bounds, d.score.get())).collect();
            let rule = match subject {
                Subject::InfectedRedCell | Subject::RedCell | Subject::WhiteCell => Rule::HalfACell,
                _ => Rule::InBox { least_half },
            };
            let complete = picture.complete.contains(&subject.complete_by());
            let void = |label: &PxRect| ignore == IgnoreRule::DropLabels && is_in(label, &ignored);
            let void: Vec<bool> = labels.iter().map(void).collect();
            let pairs = pair(&found, &labels, rule);
            let (mut scored, mut cut) = (Vec::new(), 0);
            for (d, met) in of_subject.into_iter().zip(pairs) {
                match met {
                    Some(j) if void[j] => {}
                    Some(_) => scored.push((d.score.get(), true)),
                    None if is_in(&d.bounds, &ignored) => {}
                    None if is_cell && d.cut => cut += 1,
                    None => scored.push((d.score.get(), false)),
                }
            }
            let labelled = void.iter().filter(|v| !**v).count() as u64;
            judgement(subject, complete, labelled, cut, scored)
        })
        .collect();
    FieldJudgement {
        image: picture.name.clone(),
        slide: picture.slide.clone(),
        unfit: field.quality.reasons.iter().map(|r| r.code.code().to_owned()).collect(),
        scale: field.scale.clone(),
        true_um_per_px,
        subjects,
    }
}

fn judgement(
    subject: Subject,
    complete: bool,
    labelled: u64,
    cut: u64,
    mut scored: Vec<(f32, bool)>,
) -> SubjectJudgement {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    SubjectJudgement {
        subject,
        complete,
        labelled,
        found: scored.len() as u64,
        hits: scored.iter().filter(|(_, right)| *right).count() as u64,
        cut,
        scored,
    }
}

/// True where the centre of `bounds` lies in one of `boxes`.
fn is_in(bounds: &PxRect, boxes: &[PxRect]) -> bool {
    let (x, y) = bounds.centre();
    boxes.iter().any(|b| b.contains(x, y))
}

fn is_labelled(subject: Subject, label: &Label) -> bool {
    let kind = label.kind;
    let gametocyte = label.gametocyte == Some(true);
    match subject {
        Subject::Parasite => kind == LabelKind::Parasite,
        Subject::AsexualParasite => kind == LabelKind::Parasite && !gametocyte,
        Subject::Gametocyte => kind == LabelKind::Parasite && gametocyte,
        Subject::InfectedRedCell => kind == LabelKind::InfectedRedCell,
        Subject::RedCell => matches!(kind, LabelKind::RedCell | LabelKind::InfectedRedCell),
        Subject::WhiteCell => kind == LabelKind::WhiteCell,
        Subject::Platelet => kind == LabelKind::Platelet,
    }
}

/// Whether a detection is one of `subject`. A parasite without a red cell around it implies one, as in the
/// tally, and of several such parasites near each other each implies its own.
fn is_found(subject: Subject, d: &Detection) -> bool {
    let implies = d.class.is_parasite() && d.in_red_cell == Some(false);
    match subject {
        Subject::Parasite => d.class.is_parasite(),
        Subject::AsexualParasite => d.class == CellClass::AsexualParasite,
        Subject::Gametocyte => d.class == CellClass::Gametocyte,
        Subject::InfectedRedCell => {
            implies
                || d.parasites_inside.is_some_and(|n| n > 0)
                || d.gametocytes_inside.is_some_and(|n| n > 0)
        }
        Subject::RedCell => implies || d.class == CellClass::RedCell,
        Subject::WhiteCell => d.class == CellClass::WhiteCell,
        Subject::Platelet => d.class == CellClass::Platelet,
    }
}
