//! The record with the decisions of one reading laid over it.
//!
//! A decision finds its mark by place: the very box it was made on, else the nearest of its kind whose centre is not
//! further off than half a box. So a slide that is analysed again, with another model perhaps, keeps what was decided.
//! What the new run does not find is carried on as a mark of its own, and said ([`Disagreement`]).

use std::collections::{HashMap, HashSet};

use super::decision::{Bounds, Decision, FieldKey, Machine, Subject, Verdict};
use super::marks::{Mark, MarkId, MarkOrigin, ReadField};
use super::sample::SampleOf;
use super::store::Entry;
use crate::record::SlideRecord;
use crate::terms::{CellClass, Film};

/// Where a reader's decision and this run of the machine differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disagreement {
    /// A reader confirmed it, and this run does not find it. It stays counted.
    NotFoundAgain {
        /// The mark that is carried on.
        mark: MarkId,
        /// Field of the record.
        field: usize,
    },
    /// This run takes it for something else than the one that the reader judged.
    OtherClass {
        /// The mark.
        mark: MarkId,
        /// Field of the record.
        field: usize,
        /// What it was taken for.
        was: CellClass,
        /// What it is taken for now.
        now: CellClass,
    },
    /// Decisions about a picture that is no longer part of the slide; they count for nothing and are kept.
    FieldGone {
        /// How many.
        decisions: usize,
    },
}

/// A slide as one reader has read it so far.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadSlide {
    /// The fields in the order of the record.
    pub fields: Vec<ReadField>,
    /// Size of the sample of the thick film, and of the thin one; 0 where each suspect is judged.
    sample: [u64; 2],
    /// The order of drawing of each film.
    drawing: [SampleOf; 2],
    /// Where each field stands, by what it shows.
    by_key: HashMap<FieldKey, usize>,
    /// The machine's marks by their very boxes.
    exactly: HashMap<Exact, usize>,
    /// Which mark each stored place became.
    known: HashMap<Exact, MarkId>,
    taken: HashSet<MarkId>,
    other_class: Vec<Disagreement>,
    gone: usize,
}

fn slot(film: Film) -> usize {
    match film {
        Film::Thick => 0,
        Film::Thin => 1,
    }
}

impl ReadSlide {
    /// Lays the decisions of one reading, in the order of their numbers, over the record.
    pub fn replay(record: &SlideRecord, entries: &[Entry]) -> Self {
        let fields: Vec<ReadField> =
            record.fields.iter().enumerate().map(|(at, field)| ReadField::of(at, field)).collect();
        let drawing = [Film::Thick, Film::Thin].map(|film| SampleOf::new(record, film, units(&fields, film)));
        let mut by_key = HashMap::new();
        let mut exactly = HashMap::new();
        for (at, field) in fields.iter().enumerate() {
            if !field.copy {
                by_key.entry(field.key.clone()).or_insert(at);
            }
            for (number, mark) in field.marks.iter().enumerate() {
                exactly.entry(exact(at, &mark.at, mark.class)).or_insert(number);
            }
        }
        let mut slide = Self {
            fields,
            sample: [0, 0],
            drawing,
            by_key,
            exactly,
            known: HashMap::new(),
            taken: HashSet::new(),
            other_class: Vec::new(),
            gone: 0,
        };
        let undone: HashSet<i64> = entries
            .iter()
            .filter_map(|entry| match entry.decision {
                Decision::Undo { batch } => Some(batch),
                _ => None,
            })
            .collect();
        for entry in entries.iter().filter(|entry| !undone.contains(&entry.batch)) {
            slide.apply(entry);
        }
        slide
    }

    /// Lays one more decision over it; returns the field that it is about. What a [`Decision::Undo`] takes back is known
    /// to [`Self::replay`] alone; here it changes nothing.
    pub fn apply(&mut self, entry: &Entry) -> Option<usize> {
        let (seq, field) = (entry.seq, self.field_of(&entry.decision));
        match &entry.decision {
            Decision::Judge { subject, verdict } => {
                let (field, at) = self.find(subject, seq)?;
                let mark = &mut self.fields[field].marks[at];
                mark.verdict = Some(*verdict);
                mark.decided = Some(seq);
                return Some(field);
            }
            Decision::Move { subject, to } => {
                let (field, at) = self.find(subject, seq)?;
                let mark = &mut self.fields[field].marks[at];
                mark.at = *to;
                mark.decided = Some(seq);
                return Some(field);
            }
            Decision::Add { at, class, stage, .. } => self.fields[field?].marks.push(Mark {
                id: MarkId::Own(seq),
                origin: MarkOrigin::Own,
                at: *at,
                class: *class,
                stage: *stage,
                score: None,
                cut: false,
                verdict: None,
                decided: Some(seq),
            }),
            Decision::Remove { added } => {
                let id = MarkId::Own(*added);
                let at = self.mark(id)?.0;
                self.fields[at].marks.retain(|mark| mark.id != id);
                return Some(at);
            }
            Decision::Exclude { reason, .. } => self.fields[field?].excluded = Some(reason.clone()),
            Decision::Include { .. } => self.fields[field?].excluded = None,
            Decision::Looked { whole, .. } => self.fields[field?].looked = *whole,
            Decision::Sample { film, size } => self.sample[slot(*film)] = *size,
            Decision::Undo { .. } => {}
        }
        field
    }

    /// Where reader and this run of the machine differ.
    pub fn disagreements(&self) -> Vec<Disagreement> {
        let mut found = self.other_class.clone();
        for (at, field) in self.fields.iter().enumerate() {
            for mark in field.marks.iter().filter(|m| m.origin == MarkOrigin::Carried) {
                if matches!(mark.verdict, Some(Verdict::Seen { .. })) {
                    found.push(Disagreement::NotFoundAgain { mark: mark.id, field: at });
                }
            }
        }
        if self.gone > 0 {
            found.push(Disagreement::FieldGone { decisions: self.gone });
        }
        found
    }

    /// The mark of this name, with its field.
    pub fn mark(&self, id: MarkId) -> Option<(usize, &Mark)> {
        let in_field = |at: usize| {
            let field = self.fields.get(at)?;
            field.marks.iter().find(|mark| mark.id == id).map(|mark| (at, mark))
        };
        match id {
            MarkId::Machine(field, _) | MarkId::NearMiss(field, _) => in_field(field),
            MarkId::Own(_) | MarkId::Carried(_) => (0..self.fields.len()).find_map(in_field),
        }
    }

    /// What a decision about this mark is about, as it is stored; `None` where there is no such mark.
    pub fn subject(&self, id: MarkId, record: &SlideRecord) -> Option<Subject> {
        if let MarkId::Own(added) = id {
            return self.mark(id).map(|_| Subject::Own { added });
        }
        let (at, mark) = self.mark(id)?;
        let key = self.fields.get(at)?.key.clone();
        let found = match id {
            MarkId::Machine(field, number) => {
                record.fields.get(field)?.detections.get(number).map(Bounds::of)
            }
            MarkId::NearMiss(field, number) => {
                record.fields.get(field)?.near_misses.get(number).map(Bounds::of)
            }
            _ => None,
        };
        let bundle = record.provenance.bundles.iter().find(|b| b.film == key.film);
        Some(Subject::Machine(Machine {
            field: key,
            at: found.unwrap_or(mark.at),
            class: mark.class,
            stage: mark.stage,
            score: mark.score.unwrap_or_default(),
            bundle: bundle.map(|b| b.digest.clone()).unwrap_or_default(),
        }))
    }

    /// Size of the sample by which a film is read; `None` where each suspect is judged.
    pub fn sample(&self, film: Film) -> Option<u64> {
        Some(self.sample[slot(film)]).filter(|size| *size > 0)
    }

    /// The seed of what is drawn for a film, by the digest of its pictures.
    pub fn seed(&self, film: Film) -> u64 {
        self.drawing[slot(film)].seed()
    }

    /// The suspects of a film in the order of the record.
    pub fn suspects(&self, film: Film) -> impl Iterator<Item = &Mark> {
        self.fields.iter().filter(move |f| f.key.film == film).flat_map(ReadField::suspects)
    }

    /// The suspects of a film's sample, in the order of drawing.
    pub fn drawn(&self, film: Film) -> Vec<&Mark> {
        let suspects: Vec<&Mark> = self.suspects(film).collect();
        let drawn = self.drawing[slot(film)].drawn(self.sample[slot(film)]);
        drawn.filter_map(|at| suspects.get(at).copied()).collect()
    }
}

/// What can be drawn of a film: positions of suspects, those of one red cell together. Suspects in red cells that the edge of
/// the view cuts stand beside no whole cell, so they are drawn only where there are no others.
fn units(fields: &[ReadField], film: Film) -> Vec<Vec<usize>> {
    let mut at = 0;
    let (mut whole, mut cut) = (Vec::new(), Vec::new());
    for field in fields.iter().filter(|f| f.key.film == film) {
        let positions: HashMap<MarkId, usize> =
            field.suspects().enumerate().map(|(n, mark)| (mark.id, at + n)).collect();
        at += positions.len();
        for unit in field.suspect_units() {
            let places = unit.iter().filter_map(|mark| positions.get(&mark.id).copied()).collect();
            if unit.iter().any(|mark| mark.cut) { cut.push(places) } else { whole.push(places) }
        }
    }
    if whole.is_empty() { cut } else { whole }
}

/// A box by its tenths of a pixel, and what was taken to be there.
type Exact = (usize, [i64; 4], CellClass);

fn exact(field: usize, at: &Bounds, class: CellClass) -> Exact {
    let tenths = |v: f64| (v * 10.0).round() as i64;
    (field, [tenths(at.x), tenths(at.y), tenths(at.width), tenths(at.height)], class)
}

impl ReadSlide {
    /// The field that a decision names itself.
    fn field_of(&mut self, decision: &Decision) -> Option<usize> {
        match decision {
            Decision::Add { field, .. }
            | Decision::Exclude { field, .. }
            | Decision::Include { field }
            | Decision::Looked { field, .. } => self.field(field),
            _ => None,
        }
    }

    fn field(&mut self, key: &FieldKey) -> Option<usize> {
        let found = self.by_key.get(key).copied();
        self.gone += usize::from(found.is_none());
        found
    }

    /// Field and number of the mark that a decision is about.
    fn find(&mut self, subject: &Subject, seq: i64) -> Option<(usize, usize)> {
        let machine = match subject {
            Subject::Machine(machine) => machine,
            Subject::Own { added } => {
                let id = MarkId::Own(*added);
                let in_field = |f: &ReadField| f.marks.iter().position(|m| m.id == id);
                return self.fields.iter().enumerate().find_map(|(at, f)| Some((at, in_field(f)?)));
            }
        };
        let field = self.field(&machine.field)?;
        let place = exact(field, &machine.at, machine.class);
        if let Some(known) = self.known.get(&place) {
            let at = self.fields[field].marks.iter().position(|mark| mark.id == *known)?;
            return Some((field, at));
        }
        let found = self.exactly.get(&place).copied().or_else(|| self.nearest(field, machine));
        let at = match found {
            Some(at) => at,
            None => {
                let marks = &mut self.fields[field].marks;
                marks.push(Mark {
                    id: MarkId::Carried(seq),
                    origin: MarkOrigin::Carried,
                    at: machine.at,
                    class: machine.class,
                    stage: machine.stage,
                    score: Some(machine.score),
                    cut: false,
                    verdict: None,
                    decided: None,
                });
                marks.len() - 1
            }
        };
        let mark = &self.fields[field].marks[at];
        self.taken.insert(mark.id);
        self.known.insert(place, mark.id);
        if found.is_some() && mark.class != machine.class {
            let (id, now) = (mark.id, mark.class);
            let other = Disagreement::OtherClass { mark: id, field, was: machine.class, now };
            self.other_class.push(other);
        }
        Some((field, at))
    }

    /// The nearest mark of the same kind that no other decision is about, else of another kind. A red cell is around
    /// what lies in it, so that it answers for a red cell alone.
    fn nearest(&self, field: usize, machine: &Machine) -> Option<usize> {
        let (x, y) = machine.at.centre();
        let kind = |class: CellClass| if class.is_parasite() { CellClass::AsexualParasite } else { class };
        let near = |same: bool| {
            self.fields[field]
                .marks
                .iter()
                .enumerate()
                .filter(|(_, mark)| {
                    let red = mark.class == CellClass::RedCell || machine.class == CellClass::RedCell;
                    let fits = (kind(mark.class) == kind(machine.class)) == same && (same || !red);
                    let found = matches!(mark.origin, MarkOrigin::Machine | MarkOrigin::NearMiss);
                    fits && found && !self.taken.contains(&mark.id)
                })
                .filter_map(|(at, mark)| {
                    let (mx, my) = mark.at.centre();
                    let distance = (mx - x).hypot(my - y);
                    let sides = [machine.at.width, machine.at.height, mark.at.width, mark.at.height];
                    let reach = sides.into_iter().fold(0.0, f64::max) / 2.0;
                    (distance <= reach).then_some((distance, at))
                })
                .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
                .map(|(_, at)| at)
        };
        near(true).or_else(|| near(false))
    }
}
