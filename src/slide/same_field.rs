//! The same film on several pictures of a slide: copies of a file, fields photographed twice, fields that overlap.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::detect::{Detection, place_in_red_cells};
use crate::measure::PxRect;
use crate::optics::{Common, Likeness, Overlap};
use crate::record::{DetectionRecord, FieldRecord, SharedRecord, ViewRecord};
use crate::tally::tally_field;
use crate::terms::{CellClass, Film};

/// The same picture twice is one field: the later copy is never counted.
pub(super) fn leave_out_copies(fields: &mut [FieldRecord]) {
    let mut first: HashMap<(Film, String, u32), String> = HashMap::new();
    for field in fields {
        let key = (field.film, field.sha256.clone(), field.page);
        match first.get(&key) {
            Some(original) => {
                field.copy_of = Some(original.clone());
                field.counted = false;
            }
            None => {
                first.insert(key, field.image.clone());
            }
        }
    }
}

/// A field that was photographed twice is one field (THN-1: fields do not overlap), and what two fields share is counted
/// once. Of those that are fit to be counted, one that is not drawn on stays, then the picture with more pixels of film, of equal
/// ones the sharper, of equally sharp ones the earlier; what was found in them has no say (INV-2). What is seen in the others
/// is not lost: they are rejected fields (DET-12).
pub(super) fn count_once(fields: &mut [FieldRecord], likenesses: &[Likeness]) {
    let counted: Vec<usize> =
        (0..fields.len().min(likenesses.len())).filter(|at| fields[*at].counted).collect();
    // Asked of every pair beforehand, by all threads: which of them are kept does not change the answer.
    let common: BTreeMap<(usize, usize), Common> = counted
        .par_iter()
        .enumerate()
        .flat_map_iter(|(n, later)| {
            let of_film = |earlier: &&usize| fields[**earlier].film == fields[*later].film;
            counted[..n].iter().filter(of_film).filter_map(|earlier| {
                let common = likenesses[*later].common_with(&likenesses[*earlier])?;
                Some(((*earlier, *later), common))
            })
        })
        .collect();
    leave_out_repeats(fields, counted, &common);
    for ((earlier, later), common) in common {
        if let Common::Part(overlap) = common
            && fields[earlier].counted
            && fields[later].counted
        {
            count_overlap_once(fields, (earlier, later), &overlap);
        }
    }
}

/// From the best to the worst, each is kept that shows no field of one that is kept.
fn leave_out_repeats(
    fields: &mut [FieldRecord],
    mut counted: Vec<usize>,
    common: &BTreeMap<(usize, usize), Common>,
) {
    let is_one = |a: usize, b: usize| common.get(&(a.min(b), a.max(b))) == Some(&Common::Field);
    counted.sort_by(|a, b| {
        let worth = |at: usize| (fields[at].marks.is_empty(), pixels(&fields[at]));
        let sharpness = |at: usize| sharpness(&fields[at]);
        worth(*b).cmp(&worth(*a)).then(sharpness(*b).total_cmp(&sharpness(*a))).then(a.cmp(b))
    });
    let mut kept: Vec<usize> = Vec::new();
    for at in counted {
        match kept.iter().find(|other| is_one(at, **other)) {
            Some(stays) => {
                fields[at].repeat_of = Some(fields[*stays].image.clone());
                fields[at].counted = false;
            }
            None => kept.push(at),
        }
    }
}

/// Pixels that show film: of a picture and of the same with everything around a disc blackened the first shows more.
fn pixels(field: &FieldRecord) -> u64 {
    let all = u64::from(field.width) * u64::from(field.height);
    match field.view {
        ViewRecord::Disc { radius, .. } => all.min((std::f64::consts::PI * radius * radius) as u64),
        _ => all,
    }
}

fn sharpness(field: &FieldRecord) -> f64 {
    field.quality.measurements.iter().find(|m| m.name == "sharpness").map_or(0.0, |m| m.value)
}

/// Of each pair of detections that show one cell in both pictures, one goes: that of the later picture, unless the edge cuts
/// the cell in the earlier one, or the parasite in it was seen in the later one alone.
fn count_overlap_once(fields: &mut [FieldRecord], (earlier, later): (usize, usize), overlap: &Overlap) {
    let pairs = seen_twice(&fields[later], &fields[earlier], overlap);
    let goes_earlier = |(d, e): &(usize, usize)| {
        let (new, old) = (&fields[later].detections[*d], &fields[earlier].detections[*e]);
        !new.cut && (old.cut || holds(new) && !holds(old))
    };
    let (of_earlier, of_later): (Vec<_>, Vec<_>) = pairs.into_iter().partition(goes_earlier);
    let cells = (of_earlier.len() + of_later.len()) as u64;
    remove(&mut fields[earlier], of_earlier.into_iter().map(|(_, e)| e).collect());
    remove(&mut fields[later], of_later.into_iter().map(|(d, _)| d).collect());
    let share = (overlap.share() * 100.0).round() / 100.0;
    let image = fields[earlier].image.clone();
    let page = fields[earlier].page;
    fields[later].shared.push(SharedRecord { image, page, share, seen_in_both: cells });
}

fn holds(found: &DetectionRecord) -> bool {
    found.parasites_inside.is_some_and(|n| n > 0)
}

/// Pairs of detections of one kind, the nearest first, that lie on each other; each is in one pair at most.
fn seen_twice(one: &FieldRecord, other: &FieldRecord, overlap: &Overlap) -> Vec<(usize, usize)> {
    let longer = |field: &FieldRecord| f64::from(field.width.max(field.height));
    let side = |found: &DetectionRecord| (found.width * found.height).sqrt();
    let zoom = overlap.zoom() * longer(other) / longer(one).max(1.0);
    let (mut dx, mut dy) = (0.0, 0.0);
    let mut pairs = Vec::new();
    // Once by the landmarks, then by the cells themselves, which lie more exactly.
    for _ in 0..2 {
        let mut near: Vec<(f64, f64, f64, usize, usize)> = Vec::new();
        for (d, new) in one.detections.iter().enumerate() {
            let (x, y) = centre(new);
            let (u, v) = overlap.place(x / longer(one), y / longer(one));
            let (u, v) = (u * longer(other) + dx, v * longer(other) + dy);
            for (e, old) in other.detections.iter().enumerate().filter(|(_, old)| kind(old) == kind(new)) {
                let (x, y) = centre(old);
                let reach = (side(old).max(side(new) * zoom) / 2.0).max(least_reach(other));
                let distance = (x - u).hypot(y - v);
                if distance <= reach {
                    near.push((distance, x - u, y - v, d, e));
                }
            }
        }
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.3, a.4).cmp(&(b.3, b.4))));
        let (mut taken, mut gone) = (vec![false; one.detections.len()], vec![false; other.detections.len()]);
        near.retain(|(.., d, e)| {
            let free = !taken[*d] && !gone[*e];
            taken[*d] |= free;
            gone[*e] |= free;
            free
        });
        let n = near.len().max(1) as f64;
        dx += near.iter().map(|pair| pair.1).sum::<f64>() / n;
        dy += near.iter().map(|pair| pair.2).sum::<f64>() / n;
        pairs = near.into_iter().map(|(.., d, e)| (d, e)).collect();
    }
    pairs
}

/// Parasites lie closer than their places are known: so far apart, in pixels, they may still be one.
fn least_reach(field: &FieldRecord) -> f64 {
    const UM: f64 = 1.5;
    field.scale.as_ref().map_or(0.0, |scale| scale.um_per_px.px(UM))
}

fn centre(found: &DetectionRecord) -> (f64, f64) {
    (found.x + found.width / 2.0, found.y + found.height / 2.0)
}

/// A parasite may be a gametocyte on one picture and none on the other.
fn kind(found: &DetectionRecord) -> CellClass {
    if found.class.is_parasite() { CellClass::AsexualParasite } else { found.class }
}

/// Takes detections out of a field and counts what is left.
fn remove(field: &mut FieldRecord, mut gone: Vec<usize>) {
    if gone.is_empty() {
        return;
    }
    gone.sort_unstable();
    let mut at = 0..;
    field.detections.retain(|_| at.next().is_none_or(|n| gone.binary_search(&n).is_err()));
    let mut left: Vec<Detection> = field.detections.iter().filter_map(as_found).collect();
    if let (Film::Thin, Some(scale)) = (field.film, &field.scale) {
        place_in_red_cells(&mut left, &field.examined(), scale.um_per_px);
    }
    field.tally = tally_field(field.film, &left);
}

fn as_found(found: &DetectionRecord) -> Option<Detection> {
    Some(Detection {
        class: found.class,
        stage: found.stage,
        score: found.score,
        bounds: PxRect::new(found.x, found.y, found.width, found.height)?,
        parasites_inside: None,
        gametocytes_inside: None,
        in_red_cell: None,
        cut: found.class == CellClass::RedCell && found.cut,
    })
}
