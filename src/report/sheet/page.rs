//! The sheet as one HTML file.

use super::choice::{Shelf, ShelfEntry, ShelfKind};
use crate::locale::Catalogue;
use crate::record::SlideRecord;
use crate::report::crops::CropScale;
use crate::report::html::{POLICY, data_uri, escaped};
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
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">{POLICY}\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{}</title>\n<style>\n{}</style></head>\n\
         <body>\n<header><h1>{}</h1><p>{}</p><p class=\"bar\"><i style=\"width:{}px\"></i>{}</p></header>\n",
        words.language().code(),
        escaped(&title),
        include_str!("page.css"),
        escaped(&title),
        escaped(&words.say("sheet-about")),
        (scale.bar_um() * scale.px_per_um()).round(),
        escaped(&bar),
    );
    if shelves.is_empty() {
        page.push_str(&format!("<p>{}</p>\n", escaped(&words.say("sheet-nothing"))));
    } else {
        page.push_str(&contents(shelves, words));
    }
    let none = Vec::new();
    for (i, shelf) in shelves.iter().enumerate() {
        page.push_str(&part(record, shelf, crops.get(i).unwrap_or(&none), words));
    }
    page.push_str("</body></html>\n");
    page
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

fn contents(shelves: &[Shelf<'_>], words: Words<'_>) -> String {
    let links: String = shelves
        .iter()
        .map(|s| format!("<a href=\"#{}\">{}</a>", s.kind.code(), escaped(&heading(s, words))))
        .collect();
    format!("<nav>{links}</nav>\n")
}

fn part(record: &SlideRecord, shelf: &Shelf<'_>, crops: &[Option<Vec<u8>>], words: Words<'_>) -> String {
    let code = shelf.kind.code();
    let mut out = format!(
        "<section><h2 id=\"{code}\">{}</h2><p>{}</p>\n",
        escaped(&heading(shelf, words)),
        escaped(&words.say(&format!("sheet-{code}-about"))),
    );
    let mut crops = crops.iter();
    for together in shelf.entries.chunks(TOGETHER) {
        let rows = together.len().div_ceil(8);
        out.push_str(&format!("<div class=\"{code}\" style=\"--rows:{rows}\">\n"));
        for entry in together {
            let crop = crops.next().and_then(Option::as_deref);
            out.push_str(&figure(record, entry, crop, words));
        }
        out.push_str("</div>\n");
    }
    out.push_str("</section>\n");
    out
}

fn figure(record: &SlideRecord, entry: &ShelfEntry<'_>, crop: Option<&[u8]>, words: Words<'_>) -> String {
    let d = entry.detection;
    let Some(field) = record.fields.get(entry.field) else { return String::new() };
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
    let image = match crop {
        Some(jpeg) => format!(
            "<img loading=\"lazy\" decoding=\"async\" width=\"{side}\" height=\"{side}\" alt=\"{}\" src=\"{}\">",
            escaped(&format!("{kind} {score}")),
            data_uri("image/jpeg", jpeg)
        ),
        None => format!("<span class=\"none\">{}</span>", escaped(&words.say("sheet-no-picture"))),
    };
    format!(
        "<figure title=\"{}\">{image}<figcaption><b>{score}</b> {}<br>{}<br><small>{}</small></figcaption></figure>\n",
        escaped(&format!("{name} · {kind}")),
        escaped(&number.unwrap_or_default()),
        escaped(short),
        escaped(&words.with("sheet-place", &place)),
    )
}
