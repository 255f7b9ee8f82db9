//! The strip below a picture: what the marks mean, and how long a micrometre is.

use image::RgbImage;

use super::lettering::{self, HEIGHT, write};
use super::pen;
use super::style::{Kind, WHITE};
use crate::measure::PxRect;
use crate::record::{FieldRecord, ViewRecord};
use crate::report::words::Words;
use crate::terms::Film;

/// One thing that the legend explains.
pub(super) enum Entry {
    /// A mark.
    Mark(Kind, String),
    /// The edge of the examined disc.
    Disc(String),
    /// Words alone.
    Text(String),
    /// A bar of so many pixels, with its length in words.
    Bar(u32, String),
}

/// Lengths that a scale bar may have, µm.
const BARS: [f64; 9] = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0];
/// Pixels around and between entries.
const MARGIN: u32 = 10;

/// What a field's legend explains; `px_per_um` of the page, where the scale is known.
pub(super) fn entries(
    field: &FieldRecord,
    px_per_um: Option<f64>,
    width: u32,
    words: Words<'_>,
) -> Vec<Entry> {
    // What a film of this kind is counted by, and whatever else was found.
    let shown = |kind: &Kind| match (field.film, kind) {
        (_, Kind::Parasite | Kind::Gametocyte)
        | (Film::Thick, Kind::WhiteCell)
        | (Film::Thin, Kind::RedCell | Kind::InfectedCell) => true,
        _ => field.detections.iter().any(|d| Kind::of(d) == *kind),
    };
    let mut entries = Vec::new();
    if let Some(px_per_um) = px_per_um {
        let longest = f64::from(width) / 6.0;
        let length = BARS.into_iter().rev().find(|um| um * px_per_um <= longest).unwrap_or(BARS[0]);
        let pixels = (length * px_per_um).round().clamp(1.0, f64::from(width)) as u32;
        entries.push(Entry::Bar(pixels, format!("{} µm", words.decimal(length, usize::from(length < 1.0)))));
    }
    entries.extend(Kind::ALL.into_iter().filter(shown).map(|k| Entry::Mark(k, words.say(k.legend_key()))));
    if matches!(field.view, ViewRecord::Disc { .. }) {
        entries.push(Entry::Disc(words.say("report-mark-legend-disc")));
    }
    if field.detections.iter().any(|d| d.class.is_parasite()) {
        entries.push(Entry::Text(words.say("report-mark-legend-score")));
    }
    entries
}

impl Entry {
    fn text(&self) -> &str {
        match self {
            Self::Mark(_, text) | Self::Disc(text) | Self::Text(text) | Self::Bar(_, text) => text,
        }
    }

    /// Pixels that the drawing before the words takes.
    fn drawing(&self) -> u32 {
        match self {
            Self::Mark(..) | Self::Disc(_) => 2 * HEIGHT,
            Self::Text(_) => 0,
            Self::Bar(pixels, _) => pixels + MARGIN,
        }
    }

    fn width(&self) -> u32 {
        self.drawing() + lettering::width(self.text()) + 2 * MARGIN
    }
}

/// Height of one line of the legend.
const LINE: u32 = 2 * HEIGHT;

/// The left edge and the line of each entry.
fn layout(entries: &[Entry], width: u32) -> Vec<(u32, u32)> {
    let (mut x, mut line) = (MARGIN, 0);
    entries
        .iter()
        .map(|entry| {
            if x > MARGIN && x + entry.width() > width {
                x = MARGIN;
                line += 1;
            }
            let here = (x, line);
            x += entry.width();
            here
        })
        .collect()
}

/// Height of the strip.
pub(super) fn height(entries: &[Entry], width: u32) -> u32 {
    let lines = layout(entries, width).last().map_or(0, |(_, line)| line + 1);
    lines * LINE + MARGIN
}

/// Draws the legend with its top at `top`.
pub(super) fn draw(page: &mut RgbImage, entries: &[Entry], top: u32, unit: f64) {
    for (entry, (x, line)) in entries.iter().zip(layout(entries, page.width())) {
        let y = top + MARGIN / 2 + line * LINE;
        let middle = f64::from(y + LINE / 2);
        match entry {
            Entry::Mark(kind, _) => {
                let side = f64::from(HEIGHT) * 0.7;
                // A small outline needs shorter dashes.
                let dash = kind.style().dash.map(|d| d / 2.0);
                let style = super::style::Style { room: 1.0, dash, ..kind.style() };
                if let Some(bounds) = PxRect::around(f64::from(x + HEIGHT), middle, side, side) {
                    pen::mark(page, &bounds, &style, unit);
                }
            }
            Entry::Disc(_) => {
                let from = (f64::from(x), middle);
                let to = (f64::from(x) + 1.6 * f64::from(HEIGHT), middle);
                pen::stroke(page, &[from, to], unit, Some(4.0 * unit), WHITE);
            }
            Entry::Text(_) => {}
            Entry::Bar(pixels, _) => {
                let thick = (HEIGHT / 3).max(1);
                pen::fill(page, (x, y + LINE / 2 - thick / 2), (*pixels, thick), WHITE);
            }
        }
        let text_top = y + (LINE - HEIGHT) / 2;
        write(page, entry.text(), x + entry.drawing(), text_top, WHITE);
    }
}
