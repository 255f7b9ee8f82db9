//! The page of one slide: the result as `analyze` prints it, marked fields, crops of what was counted.

use std::borrow::Cow;

use super::bilingual::{Words, both};
use super::drawing::offset;
use super::shown::{Places, Shown, marked_name};
use crate::archive::SlideReading;
use crate::locale::{Catalogue, Language, decimal, integer, outcome_words};
use crate::record::SlideRecord;
use crate::report::clinical::Signature;
use crate::report::crops::CropScale;
use crate::report::html::escaped;
use crate::report::marked::mark_number;
use crate::report::pictures::shown_name;
use crate::report::result::{Piece, said};
use crate::report::sheet::{Shelf, ShelfEntry, ShelfKind};

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
    let title = escaped(&record.slide.id);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\n<style>\n{}</style></head>\n<body>\n\
         <nav><a href=\"../index.html\">{}</a> <button id=\"lang\" type=\"button\"><span class=\"fr\">English</span>\
         <span class=\"en\">Français</span></button></nav>\n",
        language.code(),
        include_str!("slide.css"),
        w.both("archive-slide-back"),
    );
    let signed = reading.map(|r| Signature::at(&r.reader, &r.signed_at));
    let read = match reading {
        Some(reading) => Cow::Owned(SlideRecord { result: reading.result.clone(), ..record.clone() }),
        None => Cow::Borrowed(record),
    };
    for words in [&w.fr, &w.en] {
        let said = said(&read, signed.as_ref(), words);
        let machine = reading.map(|_| machine(record, words)).unwrap_or_default();
        page.push_str(&format!(
            "<section class=\"{}\">{}{machine}<details><summary>{}</summary>{}</details></section>\n",
            words.language().code(),
            pieces(&said.pieces),
            escaped(&words.say("report-heading-basis")),
            pieces(said.basis.get(1..).unwrap_or_default()),
        ));
    }
    if !drawn {
        page.push_str(&format!("<p class=\"missing\">{}</p>\n", w.both("archive-slide-not-drawn")));
    }
    page.push_str(&marked(record, &shown, places, w));
    page.push_str(&crops(record, &shown, places, w));
    page.push_str(&format!(
        "<p class=\"data\"><a href=\"../records/{0}.json\">{1}</a></p>\n<script>\n{2}</script></body></html>\n",
        escaped(&places.name),
        w.both("archive-slide-record"),
        include_str!("language.js"),
    ));
    page
}

/// The machine's proposal beside a reader's result (MCH-4).
fn machine(record: &SlideRecord, words: &Catalogue) -> String {
    let said = outcome_words(&record.result.patient, words);
    let lines: String =
        [&said.state].into_iter().chain(&said.estimate).map(|l| format!("<p>{}</p>", escaped(l))).collect();
    format!("<h2>{}</h2><div class=\"machine\">{lines}</div>", escaped(&words.say("archive-slide-machine")))
}

/// The pieces of a result as markup.
fn pieces(pieces: &[Piece]) -> String {
    let mut out = String::new();
    let mut list = false;
    for (at, piece) in pieces.iter().enumerate() {
        let item = matches!(piece, Piece::Item(_));
        if item != list {
            out.push_str(if item { "<ul>" } else { "</ul>" });
            list = item;
        }
        let (element, class, text) = match piece {
            Piece::Plain(text) if at == 0 => ("h1", "", text),
            Piece::Plain(text) | Piece::Line(text) | Piece::Apart(text) => ("p", "", text),
            Piece::Alert(text) => ("p", " class=\"alert\" role=\"alert\"", text),
            Piece::Heading(text) => ("h2", "", text),
            Piece::Item(text) => ("li", "", text),
        };
        out.push_str(&format!("<{element}{class}>{}</{element}>\n", escaped(text)));
    }
    if list {
        out.push_str("</ul>");
    }
    out
}

fn marked(record: &SlideRecord, shown: &Shown<'_>, places: &Places, w: &Words) -> String {
    let count = |n: usize, language| integer(u64::try_from(n).unwrap_or(u64::MAX), language);
    let there: Vec<usize> =
        shown.marked.iter().copied().filter(|field| places.marked(*field).is_file()).collect();
    if there.is_empty() {
        return String::new();
    }
    let of = |words: &Catalogue| {
        let language = words.language();
        let args = [("shown", count(there.len(), language)), ("all", count(record.fields.len(), language))];
        words.say_with("archive-slide-marked-about", &args)
    };
    let figures: String = there
        .iter()
        .filter_map(|field| Some((marked_name(*field), shown_name(record.fields.get(*field)?))))
        .map(|(file, name)| {
            let (address, name) = (format!("{}/{file}", escaped(&places.name)), escaped(&name));
            format!(
                "<figure class=\"marked\"><a href=\"{address}\"><img src=\"{address}\" alt=\"{name}\" loading=\"lazy\">\
                 </a></figure>\n"
            )
        })
        .collect();
    format!(
        "<h2>{}</h2><p>{}</p>\n{figures}",
        w.both("archive-slide-marked"),
        both(&of(&w.fr), &of(&w.en), "span")
    )
}

fn crops(record: &SlideRecord, shown: &Shown<'_>, places: &Places, w: &Words) -> String {
    if !places.crops().is_file() {
        return String::new();
    }
    let scale = CropScale::SHEET;
    let bar = |words: &Catalogue| {
        words.say_with("sheet-scale", &[("um", decimal(scale.bar_um(), 0, words.language()))])
    };
    let mut out = format!(
        "<h2>{}</h2><p class=\"bar\"><i style=\"width:{}px\"></i>{}</p>\n",
        w.both("archive-slide-crops"),
        (scale.bar_um() * scale.px_per_um()).round(),
        both(&bar(&w.fr), &bar(&w.en), "span")
    );
    let mut number = 0;
    for shelf in &shown.shelves {
        let heading = |words: &Catalogue| heading(shelf, words);
        out.push_str(&format!(
            "<h3>{}</h3>\n<div class=\"crops {}\">",
            both(&heading(&w.fr), &heading(&w.en), "span"),
            shelf.kind.code()
        ));
        for entry in &shelf.entries {
            out.push_str(&figure(record, entry, number, shelf.kind, places, w));
            number += 1;
        }
        out.push_str("</div>\n");
    }
    out
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
) -> String {
    let Some(field) = record.fields.get(entry.field) else { return String::new() };
    let name = shown_name(field);
    let score = f64::from(entry.detection.score.get());
    let score = both(&decimal(score, 2, Language::French), &decimal(score, 2, Language::English), "span");
    let mark = match mark_number(field, entry.detection) {
        Some(n) => w.with("sheet-number", &[("number", n.to_string())]),
        None => String::new(),
    };
    let (x, y) = offset(number);
    format!(
        "<figure title=\"{}\"><img src=\"{}/crops.jpg\" alt=\"{}\" style=\"object-position:-{x}px -{y}px\">\
         <figcaption><b>{score}</b> {mark}<br>{}</figcaption></figure>",
        escaped(&name),
        escaped(&places.name),
        kind.code(),
        escaped(name.rsplit('/').next().unwrap_or(&name)),
    )
}
