//! What a page is told of a slide: marks, fields, and the result in words. It computes nothing from it.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand::seq::index;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::slide::State;
use super::words::{Summary, summary};
use crate::locale::{Catalogue, moment};
use crate::record::{FieldRecord, SlideRecord};
use crate::review::{Decision, Mark, MarkId, MarkOrigin, ReadField, Reading, Verdict};
use crate::terms::{CellClass, Film};

/// Cells of a film that are shown so that a reader sees whether they are counted well.
const CELLS: usize = 60;

/// Everything about a slide, when a page opens it.
#[derive(Debug, Serialize)]
pub(super) struct Whole {
    pub(super) id: String,
    pub(super) reading: Option<ShownReading>,
    pub(super) readings: Vec<ShownReading>,
    pub(super) readers: Vec<String>,
    pub(super) films: Vec<Film>,
    /// Whether something can be decided.
    pub(super) writable: bool,
    pub(super) marks: Vec<ShownMark>,
    pub(super) cells: BTreeMap<&'static str, Vec<ShownMark>>,
    #[serde(flatten)]
    pub(super) changing: Changing,
}

/// What changes with every decision.
#[derive(Debug, Serialize)]
pub(super) struct Changing {
    pub(super) seq: i64,
    /// Changes where a reading was signed or corrected, which no decision tells.
    pub(super) stamp: String,
    pub(super) signed: bool,
    /// Whether it was signed on an earlier analysis of the slide.
    pub(super) earlier: bool,
    pub(super) fields: Vec<ShownField>,
    pub(super) drawn: BTreeMap<&'static str, Vec<MarkId>>,
    pub(super) summary: Summary,
}

/// What is new since a page last asked.
#[derive(Debug, Serialize)]
pub(super) struct News {
    /// Marks that something was decided about, as they are now.
    pub(super) marks: Vec<ShownMark>,
    /// Marks that are gone.
    pub(super) gone: Vec<MarkId>,
    #[serde(flatten)]
    pub(super) changing: Changing,
}

/// A reading as others see it.
#[derive(Debug, Serialize)]
pub(super) struct ShownReading {
    id: i64,
    reader: String,
    blind: bool,
    version: i64,
    correction: Option<String>,
    signed: bool,
    signed_at: Option<String>,
    signatures: usize,
}

impl ShownReading {
    pub(super) fn of(reading: &Reading, words: &Catalogue) -> Self {
        Self {
            id: reading.id,
            reader: reading.reader.clone(),
            blind: reading.blind,
            version: reading.version,
            correction: reading.correction.clone(),
            signed: reading.signed().is_some(),
            signed_at: reading.signed().map(|signature| moment(&signature.at, words.language())),
            signatures: reading.signatures.len(),
        }
    }
}

/// One mark; short names, for a slide has thousands.
#[derive(Debug, Serialize)]
pub(super) struct ShownMark {
    id: MarkId,
    /// Field.
    f: usize,
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    /// What it was taken for.
    c: CellClass,
    /// Its stage.
    s: Option<&'static str>,
    /// Score.
    p: Option<f32>,
    /// Where it comes from.
    o: &'static str,
    /// What the reader says: `nothing`, `doubtful`, or a class with its stage.
    v: Option<String>,
}

impl ShownMark {
    fn of(field: usize, mark: &Mark) -> Self {
        Self {
            id: mark.id,
            f: field,
            x: mark.at.x,
            y: mark.at.y,
            w: mark.at.width,
            h: mark.at.height,
            c: mark.class,
            s: mark.stage.map(|stage| stage.code()),
            p: mark.score,
            o: mark.origin.code(),
            v: mark.verdict.map(verdict_code),
        }
    }
}

fn verdict_code(verdict: Verdict) -> String {
    match verdict {
        Verdict::Nothing => "nothing".to_owned(),
        Verdict::Doubtful => "doubtful".to_owned(),
        Verdict::Seen { class, stage: Some(stage) } => format!("{}.{}", class.code(), stage.code()),
        Verdict::Seen { class, stage: None } => class.code().to_owned(),
    }
}

/// One field.
#[derive(Debug, Serialize)]
pub(super) struct ShownField {
    film: Film,
    image: String,
    page: u32,
    width: u32,
    height: u32,
    um: Option<f64>,
    counted: bool,
    copy: bool,
    /// Why it is not counted, in words.
    why: Vec<String>,
    excluded: Option<String>,
    looked: bool,
    suspects: usize,
    open: usize,
}

impl ShownField {
    fn of(field: &FieldRecord, read: &ReadField, words: &Catalogue) -> Self {
        Self {
            film: field.film,
            image: field.image.clone(),
            page: field.page,
            width: field.width,
            height: field.height,
            um: field.scale.as_ref().map(|s| s.um_per_px.get()),
            counted: field.counted,
            copy: read.copy,
            why: why_not_counted(field, words),
            excluded: read.excluded.clone(),
            looked: read.looked,
            suspects: read.suspects().count(),
            open: read.suspects().filter(|mark| mark.verdict.is_none()).count(),
        }
    }
}

fn why_not_counted(field: &FieldRecord, words: &Catalogue) -> Vec<String> {
    let mut why: Vec<String> = field.quality.reasons.iter().map(|r| words.say(&r.code.key())).collect();
    let named =
        |key: &str, of: &Option<String>| of.as_ref().map(|of| words.say_with(key, &[("of", of.clone())]));
    why.extend(named("report-mark-copy", &field.copy_of));
    why.extend(named("report-mark-repeat", &field.repeat_of));
    if field.scale.is_none() {
        why.push(words.say("report-mark-no-scale"));
    }
    why
}

/// The marks of a list: suspects, near misses, and what a reader added or took for a parasite. Cells are shown by their
/// field.
fn listed(mark: &Mark) -> bool {
    match mark.origin {
        MarkOrigin::Machine => {
            mark.class.is_parasite() || mark.counts_as().is_some_and(|(class, _)| class.is_parasite())
        }
        MarkOrigin::NearMiss | MarkOrigin::Own => true,
        MarkOrigin::Carried => matches!(mark.verdict, Some(Verdict::Seen { .. } | Verdict::Doubtful)),
    }
}

fn all_marks(state: &State) -> impl Iterator<Item = (usize, &Mark)> {
    let fields = state.slide.fields.iter().enumerate().filter(|(_, field)| !field.copy);
    fields.flat_map(|(at, field)| field.marks.iter().map(move |mark| (at, mark)))
}

/// The marks that a page lists.
pub(super) fn marks(state: &State) -> Vec<ShownMark> {
    let listed = all_marks(state).filter(|(_, mark)| listed(mark));
    listed.map(|(at, mark)| ShownMark::of(at, mark)).collect()
}

/// Every mark of one field.
pub(super) fn marks_of_field(state: &State, at: usize) -> Vec<ShownMark> {
    let field = state.slide.fields.get(at);
    field.into_iter().flat_map(|field| &field.marks).map(|mark| ShownMark::of(at, mark)).collect()
}

/// Cells of each film drawn at random from the counted fields, the same for every reader of the slide.
pub(super) fn cells(state: &State) -> BTreeMap<&'static str, Vec<ShownMark>> {
    let mut drawn = BTreeMap::new();
    for (film, class) in [(Film::Thick, CellClass::WhiteCell), (Film::Thin, CellClass::RedCell)] {
        let of_film: Vec<(usize, &Mark)> = all_marks(state)
            .filter(|(at, mark)| {
                let field = state.slide.fields.get(*at);
                let counted = field.is_some_and(|f| f.key.film == film && f.counted);
                counted && mark.class == class && mark.origin == MarkOrigin::Machine
            })
            .collect();
        let seed = state.slide.fields.iter().map(|f| f.marks.len() as u64).sum();
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let take = CELLS.min(of_film.len());
        let mut places = index::sample(&mut random, of_film.len(), take).into_vec();
        places.sort_unstable();
        let shown = places.into_iter().filter_map(|at| of_film.get(at));
        drawn.insert(film.code(), shown.map(|(at, mark)| ShownMark::of(*at, mark)).collect());
    }
    drawn
}

/// The readings of a slide as the page of one reader sees them.
#[derive(Debug)]
pub(super) struct SeenReadings<'a> {
    /// This reader's.
    pub(super) own: Option<&'a Reading>,
    /// Those of others.
    pub(super) others: Vec<&'a Reading>,
    /// Whether this reader signed on another record: the slide was analysed again since.
    pub(super) earlier: bool,
}

/// How often the readings of a slide were signed and corrected.
pub(super) fn stamp(readings: &SeenReadings<'_>) -> String {
    let of = |reading: &Reading| format!("{}.{}", reading.version, reading.signatures.len());
    readings.own.into_iter().chain(readings.others.iter().copied()).map(of).collect::<Vec<_>>().join("-")
}

/// What changes with every decision.
pub(super) fn changing(
    record: &SlideRecord,
    state: &State,
    readings: &SeenReadings<'_>,
    words: &Catalogue,
) -> Changing {
    let both = record.fields.iter().zip(&state.slide.fields);
    let drawn = [Film::Thick, Film::Thin]
        .into_iter()
        .filter(|film| state.slide.sample(*film).is_some())
        .map(|film| (film.code(), state.slide.drawn(film).iter().map(|mark| mark.id).collect()));
    Changing {
        seq: state.seq(),
        stamp: stamp(readings),
        signed: readings.own.is_some_and(|r| r.signed().is_some()),
        earlier: readings.earlier,
        fields: both.map(|(field, read)| ShownField::of(field, read, words)).collect(),
        drawn: drawn.collect(),
        summary: summary(record, state, readings, words),
    }
}

/// What is new after decision `since`; `None` where a page must ask for everything, for something was taken back.
pub(super) fn news(
    record: &SlideRecord,
    state: &State,
    since: i64,
    readings: &SeenReadings<'_>,
    words: &Catalogue,
) -> Option<News> {
    let new = state.entries.iter().rev().take_while(|entry| entry.seq > since);
    let mut gone = Vec::new();
    for entry in new {
        match entry.decision {
            Decision::Undo { .. } => return None,
            Decision::Remove { added } => gone.push(MarkId::Own(added)),
            _ => {}
        }
    }
    let decided = all_marks(state).filter(|(_, mark)| mark.decided.is_some_and(|seq| seq > since));
    Some(News {
        marks: decided.map(|(at, mark)| ShownMark::of(at, mark)).collect(),
        gone,
        changing: changing(record, state, readings, words),
    })
}
