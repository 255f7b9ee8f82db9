//! Which fields get a marked picture, and what it is called.

use std::collections::HashSet;

use crate::record::{DetectionRecord, FieldRecord, SlideRecord};
use crate::text::cut_to_bytes;

/// Which fields get a marked picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marks {
    /// None.
    None,
    /// Those that a reader wants to see first: fields with parasites (the most first) and fields left out, at most
    /// 20 together and at most 5 of them left out; on a slide without parasites the first 3 counted fields too.
    Found,
    /// As [`Self::Found`], for the page of one slide among thousands: at most 3, one of them left out.
    Few,
    /// All, so that a reader can check the whole count.
    #[default]
    All,
}

/// Marked pictures of [`Marks::Found`] and of [`Marks::Few`], at most.
const MOST: [usize; 2] = [20, 3];
/// Of these, fields that were left out.
const MOST_LEFT_OUT: [usize; 2] = [5, 1];
/// Counted fields shown where no parasite was found, so that a reader sees what was counted.
const WITHOUT_PARASITES: usize = 3;

/// Bytes of a picture's name that its marked one takes over; with a page, a number and an ending it stays within the 255
/// of common file systems.
const NAME_BYTES: usize = 180;

/// Positions in `record.fields` of the fields to be marked, in acquisition order.
pub fn chosen_fields(record: &SlideRecord, marks: Marks) -> Vec<usize> {
    let positions = 0..record.fields.len();
    match marks {
        Marks::None => Vec::new(),
        Marks::All => positions.collect(),
        Marks::Found => found(record, MOST[0], MOST_LEFT_OUT[0]),
        Marks::Few => found(record, MOST[1], MOST_LEFT_OUT[1]),
    }
}

fn found(record: &SlideRecord, most: usize, most_left_out: usize) -> Vec<usize> {
    let parasites = |f: &FieldRecord| f.tally.asexual_parasites + f.tally.gametocytes;
    let fields = || record.fields.iter().enumerate().filter(|(_, f)| f.copy_of.is_none());
    let left_out: Vec<usize> = fields().filter(|(_, f)| !f.counted).map(|(i, _)| i).collect();
    let mut with_parasites: Vec<(usize, u64)> =
        fields().filter(|(_, f)| f.counted && parasites(f) > 0).map(|(i, f)| (i, parasites(f))).collect();
    with_parasites.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut chosen: Vec<usize> = left_out.into_iter().take(most_left_out).collect();
    if with_parasites.is_empty() {
        let room = WITHOUT_PARASITES.min(most - chosen.len());
        chosen.extend(fields().filter(|(_, f)| f.counted).map(|(i, _)| i).take(room));
    } else {
        chosen.extend(with_parasites.into_iter().map(|(i, _)| i).take(most - chosen.len()));
    }
    chosen.sort_unstable();
    chosen
}

/// The number of a parasite within its field: from 1, from top to bottom, both kinds together, as the marked picture shows
/// it; `None` for what is no parasite, or not among the field's detections.
pub(in crate::report) fn mark_number(field: &FieldRecord, of: &DetectionRecord) -> Option<usize> {
    let mut parasites = field.detections.iter().filter(|d| d.class.is_parasite());
    parasites.position(|d| std::ptr::eq(d, of)).map(|at| at + 1)
}

/// A file name for the marked picture of each field, no two alike even where case does not count.
pub fn marked_names(record: &SlideRecord) -> Vec<String> {
    let mut taken = HashSet::new();
    record
        .fields
        .iter()
        .map(|field| {
            let stem = match field.image.rsplit_once('.') {
                Some((stem, _)) if !stem.is_empty() => stem,
                _ => &field.image,
            };
            let page = if field.page > 0 { format!("-{}", u64::from(field.page) + 1) } else { String::new() };
            let plain = format!("{}{page}", safe(stem));
            let whole = format!("{}{page}", safe(&field.image));
            let numbered = (2_u64..).map(|n| format!("{whole}-{n}"));
            let mut free = [plain, whole.clone()]
                .into_iter()
                .chain(numbered)
                .filter(|name| taken.insert(name.to_lowercase()));
            format!("{}.jpg", free.next().unwrap_or_default())
        })
        .collect()
}

/// The name without what a file system may refuse, and no longer than one takes; folders are joined with a dash.
fn safe(name: &str) -> String {
    cut_to_bytes(name, NAME_BYTES)
        .chars()
        .map(|c| match c {
            '/' | '\\' => '-',
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            c if c.is_control() => '_',
            c => c,
        })
        .collect()
}
