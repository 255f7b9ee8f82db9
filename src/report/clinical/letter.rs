//! What the report says, before it is set on a page.

use super::laboratory::Laboratory;
use crate::intake::Limits;
use crate::locale::{Catalogue, Language, outcome_words};
use crate::record::{FieldRecord, SlideRecord};
use crate::report::again::{self, Order};
use crate::report::crops::CropScale;
use crate::report::film;
use crate::report::head::age;
use crate::report::marked::mark_number;
use crate::report::pictures::{shown_name, summary};
use crate::report::result::sentence;
use crate::report::sheet::ShelfEntry;
use crate::report::words::Words;
use crate::source::SlideSource;
use crate::standard::{Outcome, ReadingStatus};
use crate::terms::Film;
use crate::{Error, Result};

/// Thumbnails of the most certain parasites.
const THUMBNAILS: usize = 6;

/// Who signed a reading, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The reader.
    pub reader: String,
    /// When, as a moment is stored: `2026-11-29T15:59:10Z`.
    pub at: String,
    /// What all signed readings give together, in words; empty where one reader has signed.
    pub together: Vec<String>,
}

/// One report: all its words, and its pictures. See [`html`](Self::html) and [`pdf`](Self::pdf).
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    pub(super) language: Language,
    pub(super) laboratory: Laboratory,
    pub(super) title: String,
    pub(super) alerts: Vec<String>,
    pub(super) status: String,
    /// Name of a fact, and the fact where it is known.
    pub(super) facts: Vec<(String, Option<String>)>,
    pub(super) result_heading: String,
    /// The sentence that says it all, then what belongs to it.
    pub(super) result: Vec<String>,
    /// Headings with the lines below them.
    pub(super) blocks: Vec<(String, Vec<String>)>,
    pub(super) thumbnails_heading: String,
    pub(super) thumbnails: Vec<Thumbnail>,
    pub(super) thumbnails_note: String,
    pub(super) no_picture: String,
    pub(super) made: Vec<String>,
    /// Names of the lines to be filled in, with what stands there already.
    pub(super) signature: Vec<(String, Option<String>)>,
    pub(super) page: String,
}

/// A suspect as a reader may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thumbnail {
    /// A JPEG at [`CropScale::PRINT`](crate::report::CropScale::PRINT); `None` where the picture is not at hand.
    pub(super) jpeg: Option<Vec<u8>>,
    pub(super) caption: String,
}

/// The parasites whose thumbnails a report shows: the most certain of the counted fields.
pub(in crate::report) fn surest(record: &SlideRecord) -> Vec<ShelfEntry<'_>> {
    let mut found: Vec<ShelfEntry<'_>> = record
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.counted)
        .flat_map(|(i, field)| {
            let parasites = field.detections.iter().filter(|d| d.class.is_parasite());
            parasites.map(move |detection| ShelfEntry { field: i, detection })
        })
        .collect();
    found.sort_by(|a, b| b.detection.score.get().total_cmp(&a.detection.score.get()));
    found.truncate(THUMBNAILS);
    found
}

impl Letter {
    /// The report on a record, with thumbnails out of the pictures of `source`, and what was refused where one of those
    /// could not be opened; its place in the report says so.
    pub fn of(
        record: &SlideRecord,
        source: Option<&SlideSource>,
        limits: &Limits,
        laboratory: &Laboratory,
        catalogue: &Catalogue,
    ) -> (Self, Vec<Error>) {
        let surest = surest(record);
        let mut order = Order::of(record.fields.len());
        for entry in &surest {
            order.add(entry.field, entry.detection, CropScale::PRINT, true);
        }
        let mut crops = vec![None; order.len()];
        let mut refused = Vec::new();
        for (at, field) in record.fields.iter().enumerate().filter(|(at, _)| order.has(*at)) {
            let Some(source) = source else { break };
            match again::open(field, source, limits).and_then(|picture| order.cut(at, field, &picture)) {
                Ok(cut) => {
                    for (number, jpeg) in cut {
                        if let Some(place) = crops.get_mut(number) {
                            *place = Some(jpeg);
                        }
                    }
                }
                Err(error) => refused.push(error),
            }
        }
        (Self::new(record, &surest, crops, laboratory, catalogue), refused)
    }

    /// The report on a record; `crops` are those of [`surest`], in their order.
    pub(in crate::report) fn new(
        record: &SlideRecord,
        surest: &[ShelfEntry<'_>],
        crops: Vec<Option<Vec<u8>>>,
        laboratory: &Laboratory,
        catalogue: &Catalogue,
    ) -> Self {
        let words = Words::new(catalogue);
        let said = outcome_words(&record.result.patient, catalogue);
        let mut result = vec![sentence(&said.state)];
        result.extend(said.estimate.iter().chain(&said.details).map(|line| sentence(line)));
        if let (true, Some(from)) = (films(record).count() > 1, record.result.patient.reported_from) {
            result.push(words.say(&format!("report-from-{}", from.code())));
        }
        let blocks = [
            (words.say("clinical-heading-next"), said.advice.iter().map(|line| sentence(line)).collect()),
            (words.say("clinical-heading-counted"), counted(record, catalogue)),
            (
                words.say("report-heading-remarks"),
                said.flags.iter().chain(&said.caveat).map(|line| sentence(line)).collect(),
            ),
            (words.say("clinical-heading-quality"), quality(record, words)),
        ];
        let thumbnails = surest
            .iter()
            .zip(crops.into_iter().chain(std::iter::repeat(None)))
            .map(|(entry, jpeg)| Thumbnail { jpeg, caption: caption(record, entry, words) })
            .collect();
        Self {
            language: catalogue.language(),
            laboratory: laboratory.clone(),
            title: words.say("clinical-title"),
            alerts: said.alerts.iter().map(|line| sentence(line)).collect(),
            status: words.say(match record.result.patient.reading.is_read() {
                true => "clinical-preliminary-read",
                false => "clinical-preliminary",
            }),
            facts: facts(record, words),
            result_heading: words.say("clinical-heading-result"),
            result,
            blocks: blocks.into_iter().filter(|(_, lines)| !lines.is_empty()).collect(),
            thumbnails_heading: words.say(match is_judged(record) {
                true => "clinical-heading-thumbnails-read",
                false => "clinical-heading-thumbnails",
            }),
            thumbnails,
            thumbnails_note: words.say(match is_judged(record) {
                true => "clinical-thumbnails-note-read",
                false => "clinical-thumbnails-note",
            }),
            no_picture: words.say("sheet-no-picture"),
            made: made(record, words),
            signature: ["clinical-sign-reader", "clinical-sign-date", "clinical-sign-signature"]
                .map(|key| (words.say(key), None))
                .to_vec(),
            page: words.with("clinical-page", &[("slide", record.slide.id.clone())]),
        }
    }

    /// The same report, read and signed.
    pub fn signed(mut self, by: &Signature, catalogue: &Catalogue) -> Self {
        let words = Words::new(catalogue);
        let at = words.moment(&by.at);
        let args = [("reader", by.reader.clone()), ("signed", at.clone())];
        self.status = words.with("clinical-signed", &args);
        if !by.together.is_empty() {
            let lines = by.together.iter().map(|line| sentence(line)).collect();
            self.blocks.insert(0, (words.say("clinical-heading-readers"), lines));
        }
        for (line, value) in self.signature.iter_mut().zip([&by.reader, &at]) {
            line.1 = Some(value.clone());
        }
        self
    }

    /// The page as PDF/A-2b (ISO 19005-2): fonts inside, text that can be searched, colours defined. The same report
    /// gives the same bytes.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`](crate::ErrorKind::Internal) where this program's own fonts do not fit.
    pub fn pdf(&self) -> Result<Vec<u8>> {
        super::pdf::write(&super::layout::pages(self)?, self)
    }

    /// The page as one HTML file that needs nothing else and prints on A4.
    pub fn html(&self) -> String {
        super::html::write(self)
    }
}

/// What is known of patient and specimen, and an empty line for what is not.
fn facts(record: &SlideRecord, words: Words<'_>) -> Vec<(String, Option<String>)> {
    let slide = &record.slide;
    let films: Vec<String> =
        films(record).map(|(film, _)| words.say(&format!("film-{}", film.code()))).collect();
    let age = slide.age_years.map(|years| age(years, words));
    let sex = slide.sex.map(|sex| words.say(&format!("sex-{}", sex.code())));
    let age_and_sex: Vec<String> = age.into_iter().chain(sex).collect();
    [
        ("clinical-patient-name", slide.patient_name.clone()),
        ("clinical-slide", Some(slide.id.clone())),
        ("clinical-patient-id", slide.patient_id.clone()),
        ("clinical-order", slide.order.clone()),
        ("clinical-age-sex", Some(age_and_sex.join(", "))),
        ("clinical-specimen", slide.specimen.clone()),
        ("clinical-ward", slide.ward.clone()),
        ("clinical-blood-taken", slide.blood_taken.as_deref().map(|at| words.moment(at))),
        ("clinical-site", slide.site.clone()),
        ("clinical-film", Some(films.join(", "))),
        ("clinical-stain", slide.stain.clone()),
        ("clinical-objective", slide.objective.clone()),
    ]
    .into_iter()
    .map(|(key, value)| (words.say(key), value.filter(|text| !text.trim().is_empty())))
    .collect()
}

fn films(record: &SlideRecord) -> impl Iterator<Item = (Film, &Outcome)> {
    [(Film::Thick, &record.result.thick), (Film::Thin, &record.result.thin)]
        .into_iter()
        .filter_map(|(film, outcome)| Some((film, outcome.as_ref()?)))
}

/// How it was counted, film by film; of the film that the result is not taken from, what it says too.
fn counted(record: &SlideRecord, catalogue: &Catalogue) -> Vec<String> {
    let words = Words::new(catalogue);
    let mut lines = Vec::new();
    for (film, outcome) in films(record) {
        let tally = match film {
            Film::Thick => record.tally.thick,
            Film::Thin => record.tally.thin,
        };
        let details = film::details(outcome, &tally.unwrap_or_default(), film, words);
        let mut said = Vec::new();
        if films(record).count() > 1 && record.result.patient.reported_from != Some(film) {
            let other = outcome_words(outcome, catalogue);
            said.push(other.state);
            said.extend(other.estimate);
        }
        said.extend(details);
        if !said.is_empty() {
            let name = words.say(&format!("clinical-film-{}", film.code()));
            let text: Vec<String> = said.iter().map(|line| sentence(line)).collect();
            lines.push(words.with("clinical-of-film", &[("film", name), ("text", text.join(" "))]));
        }
    }
    lines
}

/// How good the pictures are: how many were counted, and for which reasons others were not.
fn quality(record: &SlideRecord, words: Words<'_>) -> Vec<String> {
    let mut reasons: Vec<(String, u64)> = Vec::new();
    let mut add = |reason: String| match reasons.iter_mut().find(|(known, _)| *known == reason) {
        Some((_, n)) => *n += 1,
        None => reasons.push((reason, 1)),
    };
    for field in record.fields.iter().filter(|f| !f.counted) {
        if field.is_shown_elsewhere() {
            add(words.say("clinical-repeated"));
        }
        field.quality.reasons.iter().for_each(|r| add(words.say(&r.code.key())));
        if field.scale.is_none() {
            add(words.say("report-mark-no-scale"));
        }
    }
    let mut lines = vec![summary(record, words)];
    if !reasons.is_empty() {
        let named = reasons.iter().map(|(reason, n)| {
            let args = [("reason", reason.clone()), ("count", words.integer(*n))];
            words.with("clinical-reason", &args)
        });
        lines.push(words.with("clinical-left-out", &[("list", named.collect::<Vec<_>>().join(", "))]));
    }
    if record.fields.iter().any(FieldRecord::is_unfit) {
        lines.push(words.say("clinical-retake"));
    }
    lines
}

/// Whether the marks of a record are what a reader made of them.
fn is_judged(record: &SlideRecord) -> bool {
    record.result.patient.reading != ReadingStatus::Machine
}

fn caption(record: &SlideRecord, entry: &ShelfEntry<'_>, words: Words<'_>) -> String {
    let Some(field) = record.fields.get(entry.field) else { return String::new() };
    let name = shown_name(field);
    let short = name.rsplit('/').next().unwrap_or(&name).to_owned();
    if is_judged(record) {
        return short;
    }
    let number = mark_number(field, entry.detection).unwrap_or(0);
    let args = [
        ("score", words.decimal(f64::from(entry.detection.score.get()), 2)),
        ("name", short),
        ("number", number.to_string()),
    ];
    words.with("clinical-thumbnail", &args)
}

/// What made the count; digests stand in the record.
fn made(record: &SlideRecord, words: Words<'_>) -> Vec<String> {
    let made = &record.provenance;
    let mut parts = vec![
        words.with("clinical-program", &[("name", made.program.clone()), ("version", made.version.clone())]),
    ];
    for bundle in &made.bundles {
        let args = [
            ("film", words.say(&format!("film-{}", bundle.film.code()))),
            ("name", bundle.name.clone()),
            ("version", bundle.version.clone()),
        ];
        parts.push(words.with("clinical-bundle", &args));
    }
    for site in &record.settings.site_thresholds {
        let film = words.say(&format!("film-{}", site.film.code()));
        let score = words.decimal(f64::from(site.score.get()), 3);
        parts.push(words.with("report-site-threshold", &[("film", film), ("score", score)]));
    }
    parts.push(words.with("clinical-rules", &[("name", record.settings.profile.clone())]));
    if record.settings.profile_overrides.is_some() {
        parts.push(words.say("report-profile-own"));
    }
    vec![parts.join(" "), words.say("clinical-species")]
}
