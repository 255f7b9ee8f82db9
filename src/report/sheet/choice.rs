//! What the contact sheet shows, and in which order.

use crate::record::{DetectionRecord, FieldRecord, SlideRecord};
use crate::terms::{CellClass, Film};

/// Suspects of one kind, at most; the doubtful ones are shown, the text says how many more there are.
const MOST: usize = 3000;
/// Near misses, at most.
const MOST_NEAR_MISSES: usize = 600;
/// White or red cells of a sample.
const SAMPLE: usize = 60;

/// What stands together on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum ShelfKind {
    /// Counted as asexual parasites; the least certain first.
    Parasites,
    /// Counted as gametocytes; the least certain first.
    Gametocytes,
    /// Parasites of both kinds in fields that are not counted; the least certain first.
    LeftOut,
    /// Not counted, for the score misses the threshold; the likeliest first.
    NearMisses,
    /// A sample of the counted white cells of a thick film; the least certain first.
    WhiteCells,
    /// A sample of the counted red cells of a thin film; the least certain first.
    RedCells,
}

impl ShelfKind {
    /// All kinds in the order of the sheet.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code, the end of its keys in the catalogue.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// What of a field stands here.
    fn of(self, field: &FieldRecord) -> Vec<&DetectionRecord> {
        let counted = field.counted;
        let class = |class: CellClass| field.detections.iter().filter(move |d| d.class == class).collect();
        match self {
            Self::Parasites if counted => class(CellClass::AsexualParasite),
            Self::Gametocytes if counted => class(CellClass::Gametocyte),
            Self::LeftOut if !counted && field.copy_of.is_none() => {
                field.detections.iter().filter(|d| d.class.is_parasite()).collect()
            }
            Self::NearMisses if counted => field.near_misses.iter().collect(),
            Self::WhiteCells if counted && field.film == Film::Thick => class(CellClass::WhiteCell),
            Self::RedCells if counted && field.film == Film::Thin => {
                field.detections.iter().filter(|d| d.class == CellClass::RedCell && !d.cut).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// One crop of the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShelfEntry<'a> {
    /// Position of its field in `record.fields`.
    pub field: usize,
    /// What is shown.
    pub detection: &'a DetectionRecord,
}

/// One part of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf<'a> {
    /// What stands here.
    pub kind: ShelfKind,
    /// What is shown, in order.
    pub entries: Vec<ShelfEntry<'a>>,
    /// How many there are, shown or not.
    pub all: usize,
}

/// The parts of the sheet that are not empty.
///
/// Order within a part: by doubt, equal scores by field and place, so that the same record gives the same sheet.
pub fn shelves(record: &SlideRecord) -> Vec<Shelf<'_>> {
    ShelfKind::ALL.iter().map(|&kind| shelf(record, kind)).filter(|s| !s.entries.is_empty()).collect()
}

fn shelf(record: &SlideRecord, kind: ShelfKind) -> Shelf<'_> {
    let mut entries: Vec<ShelfEntry<'_>> = record
        .fields
        .iter()
        .enumerate()
        // Without a scale there is no crop at the sheet's.
        .filter(|(_, field)| field.scale.is_some())
        .flat_map(|(i, field)| {
            kind.of(field).into_iter().map(move |detection| ShelfEntry { field: i, detection })
        })
        .collect();
    let all = entries.len();
    if matches!(kind, ShelfKind::WhiteCells | ShelfKind::RedCells) {
        entries = sample(&entries);
    }
    let score = |e: &ShelfEntry<'_>| e.detection.score.get();
    match kind {
        ShelfKind::NearMisses => entries.sort_by(|a, b| score(b).total_cmp(&score(a))),
        _ => entries.sort_by(|a, b| score(a).total_cmp(&score(b))),
    }
    entries.truncate(if kind == ShelfKind::NearMisses { MOST_NEAR_MISSES } else { MOST });
    Shelf { kind, entries, all }
}

/// Evenly spread over the slide, in the order of fields and places.
fn sample<'a>(entries: &[ShelfEntry<'a>]) -> Vec<ShelfEntry<'a>> {
    evenly(entries, SAMPLE)
}

/// At most `most` of them, evenly spread, in their order.
pub(in crate::report) fn evenly<T: Copy>(entries: &[T], most: usize) -> Vec<T> {
    let wanted = entries.len().min(most);
    (0..wanted).filter_map(|i| entries.get((2 * i + 1) * entries.len() / (2 * wanted)).copied()).collect()
}
