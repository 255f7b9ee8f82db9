//! The page of one slide: the result as `analyze` prints it, marked fields, crops of what was counted.

use std::borrow::Cow;
use std::path::Path;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::bilingual::{Both, Words};
use super::drawing::offset;
use super::page::{head_of, language_button};
use super::shown::{Places, Shown, marked_name};
use crate::archive::SlideReading;
use crate::files::read_plain;
use crate::locale::{Catalogue, Language, decimal, integer, outcome_words};
use crate::record::SlideRecord;
use crate::report::clinical::Signature;
use crate::report::crops::CropScale;
use crate::report::marked::mark_number;
use crate::report::pictures::shown_name;
use crate::report::result::{Piece, said};
use crate::report::sheet::{Shelf, ShelfEntry, ShelfKind};

/// Larger ones are none of ours.
const MAX_PAGE_BYTES: u64 = 16 << 20;

/// Whether a file is such a page: it holds the style of ours.
pub(super) fn is_page(path: &Path) -> bool {
    let style = include_str!("slide.css").lines().nth(1).unwrap_or_default();
    read_plain(path, MAX_PAGE_BYTES).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(style))
}

/// The page as one HTML file beside the folder of its pictures. `drawn` says whether all of those are there.
pub(super) fn slide_page(
    record: &SlideRecord,
    reading: Option<&SlideReading>,
    places: &Places,
    drawn: bool,
    language: Language,
    w: &Words,
) -> String {
    let shown = Shown::of(record);
    let signed = reading.map(|r| Signature {
        reader: r.reader.clone(),
        at: r.signed_at.clone(),
        together: Vec::new(),
    });
    let read = match reading {
        Some(reading) => Cow::Owned(SlideRecord { result: reading.result.clone(), ..record.clone() }),
        None => Cow::Borrowed(record),
    };
    html! {
        (DOCTYPE)
        html lang=(language.code()) {
            (head_of(&record.slide.id, "", include_str!("slide.css")))
            body {
                nav { a href="../index.html" { (w.both("archive-slide-back")) } " " (language_button()) }
                @for words in [&w.fr, &w.en] {
                    @let said = said(&read, signed.as_ref(), words);
                    section class=(words.language().code()) {
                        (pieces(&said.pieces))
                        @if reading.is_some() { (machine(record, words)) }
                        details {
                            summary { (words.say("report-heading-basis")) }
                            (pieces(said.basis.get(1..).unwrap_or_default()))
                        }
                    }
                }
                @if !drawn { p.missing { (w.both("archive-slide-not-drawn")) } }
                (marked(record, &shown, places, w))
                (crops(record, &shown, places, w))
                p.data { a href={ "../records/" (places.name) ".json" } { (w.both("archive-slide-record")) } }
                script { (PreEscaped(include_str!("language.js"))) }
            }
        }
    }
    .into_string()
}

/// The machine's proposal beside a reader's result (MCH-4).
fn machine(record: &SlideRecord, words: &Catalogue) -> Markup {
    let said = outcome_words(&record.result.patient, words);
    html! {
        h2 { (words.say("archive-slide-machine")) }
        div.machine { @for line in [&said.state].into_iter().chain(&said.estimate) { p { (line) } } }
    }
}

/// The pieces of a result as markup.
fn pieces(pieces: &[Piece]) -> Markup {
    html! {
        @for (at, run) in pieces.chunk_by(|a, b| is_item(a) && is_item(b)).enumerate() {
            @match run {
                [Piece::Item(_), ..] => ul { @for item in run { li { (item.text()) } } },
                [Piece::Plain(text)] if at == 0 => h1 { (text) },
                [Piece::Alert(text)] => p.alert role="alert" { (text) },
                [Piece::Heading(text)] => h2 { (text) },
                [piece, ..] => p { (piece.text()) },
                [] => {},
            }
        }
    }
}

fn is_item(piece: &Piece) -> bool {
    matches!(piece, Piece::Item(_))
}

fn marked(record: &SlideRecord, shown: &Shown<'_>, places: &Places, w: &Words) -> Markup {
    let count = |n: usize, language| integer(u64::try_from(n).unwrap_or(u64::MAX), language);
    let there: Vec<usize> =
        shown.marked.iter().copied().filter(|field| places.marked(*field).is_file()).collect();
    if there.is_empty() {
        return Markup::default();
    }
    let about = w.of(|words| {
        let language = words.language();
        let args = [("shown", count(there.len(), language)), ("all", count(record.fields.len(), language))];
        words.say_with("archive-slide-marked-about", &args)
    });
    html! {
        h2 { (w.both("archive-slide-marked")) }
        p { (about) }
        @for (number, field) in there.iter().filter_map(|at| Some((*at, record.fields.get(*at)?))) {
            @let address = format!("{}/{}", places.name, marked_name(number));
            figure.marked { a href=(address) { img src=(address) alt=(shown_name(field)) loading="lazy"; } }
        }
    }
}

fn crops(record: &SlideRecord, shown: &Shown<'_>, places: &Places, w: &Words) -> Markup {
    if !places.crops().is_file() {
        return Markup::default();
    }
    let scale = CropScale::SHEET;
    let bar =
        w.of(|words| words.say_with("sheet-scale", &[("um", decimal(scale.bar_um(), 0, words.language()))]));
    let mut numbers = 0..;
    html! {
        h2 { (w.both("archive-slide-crops")) }
        p.bar { i style={ "width:" ((scale.bar_um() * scale.px_per_um()).round()) "px" } {} (bar) }
        @for shelf in &shown.shelves {
            h3 { (w.of(|words| heading(shelf, words))) }
            div class={ "crops " (shelf.kind.code()) } {
                @for (entry, number) in shelf.entries.iter().zip(&mut numbers) {
                    (figure(record, entry, number, shelf.kind, places, w))
                }
            }
        }
    }
}

fn heading(shelf: &Shelf<'_>, words: &Catalogue) -> String {
    let count = |n: usize| integer(u64::try_from(n).unwrap_or(u64::MAX), words.language());
    let whole = shelf.entries.len() == shelf.all;
    let args = [
        ("name", words.say(&format!("sheet-{}", shelf.kind.code()))),
        ("shown", count(shelf.entries.len())),
        ("all", count(shelf.all)),
    ];
    words.say_with(if whole { "sheet-heading" } else { "sheet-heading-sample" }, &args)
}

/// A crop out of the picture of all, by its place there.
fn figure(
    record: &SlideRecord,
    entry: &ShelfEntry<'_>,
    number: usize,
    kind: ShelfKind,
    places: &Places,
    w: &Words,
) -> Markup {
    let Some(field) = record.fields.get(entry.field) else { return Markup::default() };
    let name = shown_name(field);
    let score = f64::from(entry.detection.score.get());
    let (x, y) = offset(number);
    html! {
        figure title=(name) {
            img src={ (places.name) "/crops.jpg" } alt=(kind.code()) style={ "object-position:-" (x) "px -" (y) "px" };
            figcaption {
                b { (Both::of(|language| decimal(score, 2, language))) } " "
                @if let Some(n) = mark_number(field, entry.detection) {
                    (w.with("sheet-number", &[("number", n.to_string())]))
                }
                br;
                (name.rsplit('/').next().unwrap_or(&name))
            }
        }
    }
}
