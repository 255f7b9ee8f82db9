//! The sheet as one HTML file.

use maud::{Markup, html};

use super::choice::{Shelf, ShelfEntry, ShelfKind};
use crate::locale::Catalogue;
use crate::record::SlideRecord;
use crate::report::crops::CropScale;
use crate::report::html::{data_uri, page};
use crate::report::marked::mark_number;
use crate::report::pictures::shown_name;
use crate::report::words::Words;

/// Crops that are laid out together.
const TOGETHER: usize = 64;

/// The contact sheet of a slide as one HTML file that needs nothing else.
///
/// `crops` holds, for each shelf and each of its entries, the JPEG of its crop at [`CropScale::SHEET`], or `None` where
/// the picture could not be opened again; the sheet then says so in its place.
pub fn contact_sheet(
    record: &SlideRecord,
    shelves: &[Shelf<'_>],
    crops: &[Vec<Option<Vec<u8>>>],
    catalogue: &Catalogue,
) -> String {
    let words = Words::new(catalogue);
    let title = words.with("sheet-title", &[("slide", record.slide.id.clone())]);
    let scale = CropScale::SHEET;
    let bar = words.with("sheet-scale", &[("um", words.decimal(scale.bar_um(), 0))]);
    let none = Vec::new();
    let body = html! {
        header {
            h1 { (title) }
            p { (words.say("sheet-about")) }
            p.bar { i style={ "width:" ((scale.bar_um() * scale.px_per_um()).round()) "px" } {} (bar) }
        }
        @if shelves.is_empty() {
            p { (words.say("sheet-nothing")) }
        } @else {
            nav { @for shelf in shelves { a href={ "#" (shelf.kind.code()) } { (heading(shelf, words)) } } }
        }
        @for (i, shelf) in shelves.iter().enumerate() {
            (part(record, shelf, crops.get(i).unwrap_or(&none), words))
        }
    };
    page(words.language(), &title, include_str!("page.css"), &body)
}

fn heading(shelf: &Shelf<'_>, words: Words<'_>) -> String {
    let count = |n: usize| words.integer(u64::try_from(n).unwrap_or(u64::MAX));
    let name = words.say(&format!("sheet-{}", shelf.kind.code()));
    let (shown, all) = (count(shelf.entries.len()), count(shelf.all));
    let key = match (shelf.entries.len() == shelf.all, shelf.kind) {
        (true, _) => "sheet-heading",
        (false, ShelfKind::WhiteCells | ShelfKind::RedCells) => "sheet-heading-sample",
        (false, _) => "sheet-heading-part",
    };
    words.with(key, &[("name", name), ("shown", shown), ("all", all)])
}

fn part(record: &SlideRecord, shelf: &Shelf<'_>, crops: &[Option<Vec<u8>>], words: Words<'_>) -> Markup {
    let code = shelf.kind.code();
    let mut crops = crops.iter();
    html! {
        section {
            h2 id=(code) { (heading(shelf, words)) }
            p { (words.say(&format!("sheet-{code}-about"))) }
            @for together in shelf.entries.chunks(TOGETHER) {
                div class=(code) style={ "--rows:" (together.len().div_ceil(8)) } {
                    @for entry in together {
                        (figure(record, entry, crops.next().and_then(Option::as_deref), words))
                    }
                }
            }
        }
    }
}

fn figure(record: &SlideRecord, entry: &ShelfEntry<'_>, crop: Option<&[u8]>, words: Words<'_>) -> Markup {
    let d = entry.detection;
    let Some(field) = record.fields.get(entry.field) else { return Markup::default() };
    let name = shown_name(field);
    let short = name.rsplit('/').next().unwrap_or(&name);
    let kind = match d.stage {
        Some(stage) => words.say(&format!("sheet-stage-{}", stage.code())),
        None => words.say(&format!("sheet-class-{}", d.class.code().replace('_', "-"))),
    };
    let score = words.decimal(f64::from(d.score.get()), 2);
    let (x, y) = ((d.x + d.width / 2.0).round(), (d.y + d.height / 2.0).round());
    let place = [("x", words.decimal(x, 0)), ("y", words.decimal(y, 0))];
    let number = mark_number(field, d).map(|n| words.with("sheet-number", &[("number", n.to_string())]));
    let side = CropScale::SHEET.side_px();
    html! {
        figure title={ (name) " · " (kind) } {
            @match crop {
                Some(jpeg) => img loading="lazy" decoding="async" width=(side) height=(side)
                    alt={ (kind) " " (score) } src=(data_uri("image/jpeg", jpeg));,
                None => span.none { (words.say("sheet-no-picture")) },
            }
            figcaption {
                b { (score) } " " (number.unwrap_or_default()) br;
                (short) br;
                small { (words.with("sheet-place", &place)) }
            }
        }
    }
}
