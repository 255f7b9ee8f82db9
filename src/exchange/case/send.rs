//! Making a case: what goes into it, the best first, as far as it fits.

use std::collections::HashSet;

use rayon::prelude::*;

use super::bare::Bare;
use super::manifest::{CropEntry, FieldEntry, Kind, MAX_QUESTION, Manifest, RECORD, REPORT, pictures_of};
use super::pack::pack;
use super::pictures::{FIELD_PX, Part, crop, field, part_around};
use crate::intake::Limits;
use crate::locale::Catalogue;
use crate::record::{DetectionRecord, SlideRecord};
use crate::report::{Laboratory, Letter, ShelfKind, shelves};
use crate::review::{Decision, Entry, Mark, MarkId, ReadSlide, SAMPLE_ABOVE, SAMPLE_LEAST};
use crate::source::SlideSource;
use crate::terms::Film;
use crate::text::is_one_line;
use crate::{Error, ErrorKind, Result};

/// What an entry costs beside its bytes: its names in the ZIP file, its line and its digest in `case.json`.
const ENTRY: usize = 180;
/// Suspects of each film that go in before all others: whether there are parasites is seen on them.
const SUREST: usize = 12;
/// What a crop costs at least: more of them are not cut.
const LEAST_CROP: u64 = 1200;

/// What is asked, and how much may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseOptions {
    /// Most bytes of the file.
    pub max_bytes: u64,
    /// The question in words.
    pub question: Option<String>,
    /// Whether the patient's name and numbers, and the names of files, go along.
    pub identity: bool,
}

/// A case as it is sent.
#[derive(Debug)]
pub struct CaseFile {
    /// The file.
    pub bytes: Vec<u8>,
    /// Crops in it.
    pub crops: usize,
    /// Crops that did not fit.
    pub crops_left_out: usize,
    /// Reduced fields in it.
    pub fields: usize,
    /// Reduced fields that did not fit.
    pub fields_left_out: usize,
    /// Whether the page for the clinician is in it.
    pub report: bool,
    /// Why pictures could not be opened.
    pub missing: Vec<Error>,
}

impl CaseFile {
    /// Of a slide. `record_sha256` is the digest of the record's file; `source` tells where its pictures lie.
    ///
    /// In goes, in this order and as far as it fits: the record, the page for the clinician where it takes less than a third,
    /// crops of the most certain suspects, of those by whose sample the slide can be read where there are many (MCH-6), and of
    /// all others with the most certain first, reduced fields with those of most suspects first, and crops of what was nearly a
    /// suspect or lies in fields that are not counted.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where the record alone does not fit, or the question is none; why the first picture could not
    /// be opened, where none could.
    pub fn of(
        record: &SlideRecord,
        record_sha256: &str,
        source: &SlideSource,
        laboratory: &Laboratory,
        options: &CaseOptions,
        catalogue: &Catalogue,
    ) -> Result<Self> {
        let question = options.question.as_deref().map(str::trim).filter(|q| !q.is_empty());
        if question.is_some_and(|q| q.chars().count() > MAX_QUESTION || !q.lines().all(is_one_line)) {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("a question has at most {MAX_QUESTION} characters, and no control characters"),
            )
            .with_key("error-case-question")
            .with_arg("limit", MAX_QUESTION));
        }
        let bare = Bare::of(record, source, options.identity);
        let max_bytes = usize::try_from(options.max_bytes).unwrap_or(usize::MAX);
        let keys = pictures_of(record);
        let mut filled = Filled {
            manifest: Manifest::of(Kind::Case, &record.slide.id, record_sha256, keys),
            report: None,
            record: bare.record.to_json()?,
            crops: Vec::new(),
            fields: Vec::new(),
        };
        filled.manifest.question = question.map(str::to_owned);
        let least = filled.pack()?.len();
        if least > max_bytes {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("the record alone takes {least} bytes: allow more with --max-size"),
            )
            .with_key("error-case-too-small")
            .with_arg("kilobytes", least.div_ceil(1000)));
        }
        let limits = Limits::default();
        let mut left = max_bytes - least;
        let (letter, _) = Letter::of(&bare.record, Some(&bare.source), &limits, laboratory, catalogue);
        let report = letter.pdf()?;
        if report.len() + ENTRY <= left / 3 {
            left -= report.len() + ENTRY;
            filled.report = Some(report);
        }
        let wanted = Wanted::of(&bare.record, options.max_bytes / LEAST_CROP);
        let mut cut: Vec<Cut> = (0..bare.record.fields.len())
            .into_par_iter()
            .map(|at| Cut::of(&bare, at, &wanted, &limits))
            .collect();
        let missing: Vec<Error> = cut.iter_mut().filter_map(|cut| cut.refused.take()).collect();
        if cut.iter().all(|cut| !cut.opened) {
            return Err(missing.into_iter().next().unwrap_or_else(|| {
                Error::new(ErrorKind::Usage, "the slide has no picture").with_key("error-case-no-picture")
            }));
        }
        let mut crops: Vec<(usize, CropEntry, Vec<u8>)> = cut
            .iter_mut()
            .enumerate()
            .flat_map(|(field, cut)| {
                cut.crops.drain(..).map(move |(rank, part, jpeg)| (rank, entry(rank, field, part), jpeg))
            })
            .collect();
        crops.sort_by_key(|(rank, ..)| *rank);
        let after = crops.partition_point(|(rank, ..)| *rank < wanted.suspects);
        let rest = crops.split_off(after);
        let all_crops = wanted.all;
        filled.take_crops(crops, &mut left);
        let fields_left_out = filled.take_fields(&cut, &bare.record, &mut left);
        filled.take_crops(rest, &mut left);
        let mut bytes = filled.pack()?;
        let fields = filled.fields.len();
        // What an entry costs beside its bytes is an estimate.
        while bytes.len() > max_bytes && filled.drop_last() {
            bytes = filled.pack()?;
        }
        Ok(Self {
            crops: filled.crops.len(),
            crops_left_out: all_crops.saturating_sub(filled.crops.len()),
            fields: filled.fields.len(),
            fields_left_out: fields_left_out + fields - filled.fields.len(),
            report: filled.report.is_some(),
            bytes,
            missing,
        })
    }
}

/// What is in a case so far.
struct Filled {
    manifest: Manifest,
    record: Vec<u8>,
    report: Option<Vec<u8>>,
    crops: Vec<(CropEntry, Vec<u8>)>,
    fields: Vec<(FieldEntry, Vec<u8>)>,
}

impl Filled {
    fn pack(&self) -> Result<Vec<u8>> {
        let mut manifest = self.manifest.clone();
        manifest.crops = self.crops.iter().map(|(entry, _)| entry.clone()).collect();
        manifest.fields = self.fields.iter().map(|(entry, _)| entry.clone()).collect();
        let mut entries = vec![(RECORD.to_owned(), self.record.clone())];
        entries.extend(self.report.iter().map(|pdf| (REPORT.to_owned(), pdf.clone())));
        entries.extend(self.crops.iter().map(|(entry, jpeg)| (entry.name.clone(), jpeg.clone())));
        entries.extend(self.fields.iter().map(|(entry, jpeg)| (entry.name.clone(), jpeg.clone())));
        pack(manifest, &entries)
    }

    /// Takes crops until one does not fit.
    fn take_crops(&mut self, crops: Vec<(usize, CropEntry, Vec<u8>)>, left: &mut usize) {
        for (_, entry, jpeg) in crops {
            let cost = jpeg.len() + ENTRY;
            if cost > *left {
                *left = 0;
                return;
            }
            *left -= cost;
            self.crops.push((entry, jpeg));
        }
    }

    /// Takes every field in the larger size where all fit, else as many as fit in the smaller; returns how many did not.
    fn take_fields(&mut self, cut: &[Cut], record: &SlideRecord, left: &mut usize) -> usize {
        let suspects = |at: &usize| {
            let field = &record.fields[*at];
            let parasites = field.detections.iter().filter(|d| d.class.is_parasite()).count();
            (field.counted, if field.counted { parasites } else { 0 })
        };
        let mut order: Vec<usize> = (0..cut.len()).filter(|at| !cut[*at].reduced.is_empty()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(suspects(at)));
        let cost = |at: &usize, size: usize| cut[*at].reduced.get(size).map_or(0, |jpeg| jpeg.len() + ENTRY);
        let size = usize::from(order.iter().map(|at| cost(at, 0)).sum::<usize>() > *left);
        let mut left_out = 0;
        for at in order {
            let Some(jpeg) = cut[at].reduced.get(size).filter(|_| cost(&at, size) <= *left) else {
                left_out += 1;
                continue;
            };
            *left -= cost(&at, size);
            self.fields
                .push((FieldEntry { name: format!("fields/{:04}.jpg", at + 1), field: at }, jpeg.clone()));
        }
        left_out
    }

    /// Takes the last and least thing out again; `false` where there is none.
    fn drop_last(&mut self) -> bool {
        self.fields.pop().is_some() || self.crops.pop().is_some() || self.report.take().is_some()
    }
}

fn entry(rank: usize, field: usize, part: Part) -> CropEntry {
    let Part { x, y, width, height } = part;
    CropEntry { name: format!("crops/{:05}.jpg", rank + 1), field, x, y, width, height }
}

/// The crops that are worth sending, by field, each with its rank among all.
struct Wanted<'a> {
    of_field: Vec<Vec<(usize, &'a DetectionRecord)>>,
    /// How many there are.
    all: usize,
    /// How many of them are suspects of counted fields.
    suspects: usize,
}

impl<'a> Wanted<'a> {
    fn of(record: &'a SlideRecord, most: u64) -> Self {
        let (mut suspects, mut others) = (Vec::new(), Vec::new());
        for shelf in shelves(record) {
            let entries = shelf.entries.into_iter().map(|entry| (entry.field, entry.detection));
            match shelf.kind {
                ShelfKind::Parasites | ShelfKind::Gametocytes => suspects.extend(entries),
                ShelfKind::NearMisses | ShelfKind::LeftOut => others.extend(entries),
                ShelfKind::WhiteCells | ShelfKind::RedCells => {}
            }
        }
        let surer = |a: &(usize, &DetectionRecord), b: &(usize, &DetectionRecord)| {
            b.1.score.get().total_cmp(&a.1.score.get())
        };
        suspects.sort_by(surer);
        others.sort_by(surer);
        let mut first: Vec<(usize, &DetectionRecord)> = Vec::new();
        for film in [Film::Thick, Film::Thin] {
            let of_film = suspects.iter().filter(|(field, _)| record.fields[*field].film == film);
            first.extend(of_film.take(SUREST));
        }
        for film in [Film::Thick, Film::Thin] {
            first.extend(drawn(record, film));
        }
        let mut ranked: Vec<(usize, &DetectionRecord)> = Vec::new();
        let mut seen = HashSet::new();
        for one in first.into_iter().chain(suspects.iter().copied()) {
            if seen.insert(std::ptr::from_ref(one.1)) {
                ranked.push(one);
            }
        }
        let suspects = ranked.len();
        ranked.extend(others.into_iter().filter(|one| seen.insert(std::ptr::from_ref(one.1))));
        let all = ranked.len();
        ranked.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        let mut of_field: Vec<Vec<_>> = (0..record.fields.len()).map(|_| Vec::new()).collect();
        for (rank, (field, found)) in ranked.into_iter().enumerate() {
            of_field[field].push((rank, found));
        }
        Self { of_field, all, suspects }
    }
}

/// The suspects of a film by whose sample a reader may read it, where there are so many (MCH-6): the same for every reader,
/// so that a case which cannot hold them all can still be read.
fn drawn(record: &SlideRecord, film: Film) -> Vec<(usize, &DetectionRecord)> {
    let mut slide = ReadSlide::replay(record, &[]);
    if slide.suspects(film).count() <= SAMPLE_ABOVE {
        return Vec::new();
    }
    let sample = Decision::Sample { film, size: SAMPLE_LEAST };
    slide.apply(&Entry { seq: 1, batch: 1, version: 1, at: String::new(), decision: sample });
    let found = |mark: &Mark| match mark.id {
        MarkId::Machine(field, at) => Some((field, record.fields.get(field)?.detections.get(at)?)),
        _ => None,
    };
    slide.drawn(film).into_iter().filter_map(found).collect()
}

/// What was cut of one field.
#[derive(Default)]
struct Cut {
    opened: bool,
    crops: Vec<(usize, Part, Vec<u8>)>,
    /// The whole field at the sizes of [`FIELD_PX`].
    reduced: Vec<Vec<u8>>,
    refused: Option<Error>,
}

impl Cut {
    fn of(bare: &Bare, at: usize, wanted: &Wanted<'_>, limits: &Limits) -> Self {
        let record = &bare.record.fields[at];
        if record.copy_of.is_some() {
            return Self::default();
        }
        let mut cut = Self::default();
        let mut look = || -> Result<()> {
            let picture = crate::report::reopened(record, &bare.source, limits)?;
            cut.opened = true;
            for (rank, found) in &wanted.of_field[at] {
                let Some(scale) = &record.scale else { continue };
                let Some(part) = part_around(picture.size(), scale.um_per_px, found) else { continue };
                cut.crops.push((*rank, part, crop(&picture, part)?));
            }
            for longest in FIELD_PX {
                cut.reduced.push(field(&picture, longest)?);
            }
            Ok(())
        };
        cut.refused = look().err();
        cut
    }
}
