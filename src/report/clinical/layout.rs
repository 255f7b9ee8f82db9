//! The report set on A4: on one page, smaller where it must be; on more where even that is not enough, so that nothing is
//! lost.

use super::face::{Faces, Weight};
use super::flow::{Flow, Item, MARGIN, PAGE};
use super::letter::{Letter, Thumbnail};
use crate::Result;

/// Sizes tried, as shares of the first.
const SCALES: [f32; 6] = [1.0, 0.95, 0.9, 0.85, 0.8, 0.76];
/// Height kept for the lines to be signed, and for what made the report.
const FOOT: f32 = 92.0;
/// Size of type, points.
const TEXT: f32 = 9.5;
/// Side of a thumbnail, points (27 mm).
const THUMBNAIL: f32 = 76.5;

/// A report on its pages.
pub(super) struct Pages {
    pub(super) faces: Faces,
    pub(super) pages: Vec<Vec<Item>>,
}

/// Sets a report: at the first scale at which it fits on one page, else at the last.
pub(super) fn pages(letter: &Letter) -> Result<Pages> {
    let faces = Faces::load()?;
    let mut pages = Vec::new();
    for scale in SCALES {
        let mut flow = Flow::new(&faces, scale, PAGE.1 - MARGIN - FOOT);
        body(&mut flow, letter);
        foot(&mut flow, letter);
        pages = std::mem::take(&mut flow.pages);
        if pages.len() == 1 {
            break;
        }
    }
    Ok(Pages { faces, pages })
}

fn body(flow: &mut Flow<'_>, letter: &Letter) {
    let width = Flow::width();
    head(flow, letter);
    flow.paragraph(&letter.title, MARGIN, width, 14.0, Weight::Bold);
    flow.space(4.0);
    if !letter.alerts.is_empty() {
        boxed(flow, &letter.alerts, 11.5, 2.5);
    }
    boxed(flow, std::slice::from_ref(&letter.status), TEXT, 0.75);
    facts(flow, letter);
    heading(flow, &letter.result_heading);
    for (i, line) in letter.result.iter().enumerate() {
        let (size, weight) = if i == 0 { (11.5, Weight::Bold) } else { (TEXT, Weight::Regular) };
        flow.paragraph(line, MARGIN, width, size, weight);
        flow.space(2.0);
    }
    for (name, lines) in &letter.blocks {
        heading(flow, name);
        for line in lines {
            flow.need(TEXT * 1.25);
            flow.put(Item::Text {
                x: MARGIN,
                y: flow.y + TEXT * flow.scale,
                size: TEXT * flow.scale,
                weight: Weight::Regular,
                text: "\u{2013}".to_owned(),
            });
            flow.paragraph(line, MARGIN + 10.0, width - 10.0, TEXT, Weight::Regular);
        }
    }
    thumbnails(flow, letter);
}

/// Logo, name and address.
fn head(flow: &mut Flow<'_>, letter: &Letter) {
    let laboratory = &letter.laboratory;
    let mut left = MARGIN;
    let top = flow.y;
    let mut bottom = top;
    if let Some((_, width, height)) = &laboratory.logo {
        let (width, height) = (*width as f32, *height as f32);
        let factor = (130.0 / width).min(44.0 / height) * flow.scale;
        flow.put(Item::Picture {
            x: left,
            y: top,
            width: width * factor,
            height: height * factor,
            number: 0,
        });
        left += width * factor + 10.0;
        bottom = top + height * factor;
    }
    if let Some(name) = &laboratory.name {
        flow.paragraph(name, left, PAGE.0 - MARGIN - left, 12.0, Weight::Bold);
    }
    if !laboratory.lines.is_empty() {
        flow.paragraph(&laboratory.lines.join(" · "), left, PAGE.0 - MARGIN - left, 8.5, Weight::Regular);
    }
    if laboratory.name.is_none() && laboratory.lines.is_empty() && laboratory.logo.is_none() {
        // Room for a stamp.
        flow.space(34.0);
    }
    flow.y = flow.y.max(bottom) + 4.0;
    let y = flow.y;
    flow.put(Item::Line { from: (MARGIN, y), to: (PAGE.0 - MARGIN, y), width: 0.75 });
    flow.space(5.0);
}

/// Paragraphs in bold with a frame around them.
fn boxed(flow: &mut Flow<'_>, lines: &[String], size: f32, line: f32) {
    let (inner, width) = (6.0 * flow.scale, Flow::width());
    let text: f32 = lines.iter().map(|l| flow.height_of(l, width - 2.0 * inner, size, Weight::Bold)).sum();
    let height = text + 1.6 * inner;
    flow.need(height);
    let y = flow.y;
    flow.put(Item::Frame { x: MARGIN, y, width, height, line });
    flow.y += 0.6 * inner;
    for text in lines {
        flow.paragraph(text, MARGIN + inner, width - 2.0 * inner, size, Weight::Bold);
    }
    flow.y = y + height;
    flow.space(6.0);
}

fn heading(flow: &mut Flow<'_>, name: &str) {
    flow.space(5.0);
    flow.need(3.0 * TEXT);
    flow.paragraph(name, MARGIN, Flow::width(), 10.0, Weight::Bold);
    let y = flow.y + 0.5;
    flow.put(Item::Line { from: (MARGIN, y), to: (PAGE.0 - MARGIN, y), width: 0.4 });
    flow.space(2.5);
}

/// Two columns of names with what is known, or a line to write on.
fn facts(flow: &mut Flow<'_>, letter: &Letter) {
    let column = Flow::width() / 2.0;
    for pair in letter.facts.chunks(2) {
        let top = flow.y;
        let mut bottom = top;
        for (i, (name, value)) in pair.iter().enumerate() {
            flow.y = top;
            let left = MARGIN + column * i as f32;
            let size = TEXT * flow.scale;
            let named = flow.faces.of(Weight::Regular).width(name, size) + 4.0;
            let (x, room) = (left + named, column - named - 8.0);
            flow.paragraph(name, left, column, TEXT, Weight::Regular);
            let after = flow.y;
            flow.y = top;
            match value {
                Some(value) => flow.paragraph(value, x, room, TEXT, Weight::Bold),
                None => {
                    let y = top + size * 1.15;
                    flow.put(Item::Line { from: (x, y), to: (x + room, y), width: 0.4 });
                }
            }
            bottom = bottom.max(flow.y).max(after);
        }
        flow.y = bottom;
        flow.space(2.5);
    }
}

fn thumbnails(flow: &mut Flow<'_>, letter: &Letter) {
    if letter.thumbnails.is_empty() {
        return;
    }
    let side = THUMBNAIL * flow.scale;
    let small = 7.5;
    flow.need(side + 60.0 * flow.scale);
    heading(flow, &letter.thumbnails_heading);
    flow.space(2.0);
    let top = flow.y;
    let step = (Flow::width() - side) / 5.0;
    let first = usize::from(letter.laboratory.logo.is_some());
    let mut bottom = top;
    let mut number = first;
    for (i, Thumbnail { jpeg, caption }) in letter.thumbnails.iter().enumerate() {
        let x = MARGIN + step * i as f32;
        if jpeg.is_some() {
            flow.put(Item::Picture { x, y: top, width: side, height: side, number });
            number += 1;
        } else {
            flow.put(Item::Frame { x, y: top, width: side, height: side, line: 0.5 });
            flow.y = top + side / 3.0;
            flow.paragraph(&letter.no_picture, x + 4.0, side - 8.0, small, Weight::Regular);
        }
        flow.y = top + side + 1.0;
        flow.paragraph(caption, x, step.max(side) - 3.0, small, Weight::Regular);
        bottom = bottom.max(flow.y);
    }
    flow.y = bottom + 2.0 * flow.scale;
    flow.paragraph(&letter.thumbnails_note, MARGIN, Flow::width(), 8.0, Weight::Regular);
}

/// The lines to be signed and what made the report, at the foot of the last page.
fn foot(flow: &mut Flow<'_>, letter: &Letter) {
    let top = PAGE.1 - MARGIN - FOOT + 12.0;
    let column = Flow::width() / letter.signature.len().max(1) as f32;
    for (i, (name, value)) in letter.signature.iter().enumerate() {
        let x = MARGIN + column * i as f32;
        let wide = column - 14.0;
        flow.put(Item::Text { x, y: top, size: 8.5, weight: Weight::Regular, text: name.clone() });
        if let Some(value) = value {
            let fits = flow.faces.of(Weight::Bold).lines(value, TEXT, wide);
            let text = fits.into_iter().next().unwrap_or_default();
            flow.put(Item::Text { x, y: top + 24.0, size: TEXT, weight: Weight::Bold, text });
        }
        flow.put(Item::Line { from: (x, top + 28.0), to: (x + wide, top + 28.0), width: 0.5 });
    }
    let size = 7.0;
    let mut y = top + 44.0;
    let face = flow.faces.of(Weight::Regular);
    let lines = letter.made.iter().chain([&letter.page]).flat_map(|l| face.lines(l, size, Flow::width()));
    for text in lines.take(5).collect::<Vec<_>>() {
        flow.put(Item::Text { x: MARGIN, y, size, weight: Weight::Regular, text });
        y += size * 1.25;
    }
}
