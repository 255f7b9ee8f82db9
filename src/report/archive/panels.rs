//! Small plots of one kind beside each other, as one SVG file that needs nothing else: points over time with their intervals.

use maud::{Markup, html};

use crate::locale::{Catalogue, decimal, integer};

/// One plot.
pub(super) struct Panel {
    /// What it is of.
    pub(super) name: String,
    pub(super) scale: Scale,
    /// In the order of time.
    pub(super) points: Vec<Point>,
}

/// One point.
pub(super) struct Point {
    /// Month or day.
    pub(super) at: String,
    pub(super) value: f64,
    /// Limits of its interval.
    pub(super) limits: Option<(f64, f64)>,
    /// What it rests on, for whoever points at it.
    pub(super) said: String,
}

/// What the height of a plot means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// Per cent, from 0 to the highest limit.
    Percent,
    /// Parasites per µL, by powers of ten; 0 lies at the foot.
    Density,
}

const WIDTH: f64 = 330.0;
const HEIGHT: f64 = 190.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 34.0;
const FOOT: f64 = 34.0;
const HEAD: f64 = 34.0;
const COLUMNS: usize = 3;
/// Colours that the colour-blind can tell apart (Okabe and Ito, 2008): one for points, one for what belongs to the frame.
const INK: &str = "#0072b2";
const FRAME: &str = "#555555";

/// The panels under a title, in rows.
pub(super) fn panels(title: &str, panels: &[Panel], words: &Catalogue) -> String {
    let rows = panels.len().div_ceil(COLUMNS);
    let (width, height) = (WIDTH * COLUMNS as f64, HEAD + HEIGHT * rows as f64);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height)
            role="img" font-family="sans-serif" font-size="12" {
            title { (title) }
            rect width="100%" height="100%" fill="#ffffff" {}
            text x="12" y="22" font-size="15" font-weight="bold" { (title) }
            @for (n, panel) in panels.iter().enumerate() {
                @let (x, y) = (WIDTH * (n % COLUMNS) as f64, HEAD + HEIGHT * (n / COLUMNS) as f64);
                g transform={ "translate(" (x) " " (y) ")" } { (drawn(panel, words)) }
            }
        }
    }
    .into_string()
}

fn drawn(panel: &Panel, words: &Catalogue) -> Markup {
    let highest = panel.points.iter().map(|p| p.limits.map_or(p.value, |(_, high)| high)).fold(0.0, f64::max);
    let (top, marks) = axis(panel.scale, highest);
    let foot = HEIGHT - FOOT;
    let height_of = |value: f64| foot - (foot - TOP) * share(panel.scale, value, top);
    let name_of = |mark: f64| match panel.scale {
        Scale::Percent => format!("{} %", decimal(mark, usize::from(top < 5.0), words.language())),
        Scale::Density => integer(mark as u64, words.language()),
    };
    let step = (WIDTH - LEFT - RIGHT) / panel.points.len().max(1) as f64;
    let place = |n: usize| LEFT + step * (n as f64 + 0.5);
    let tenth = |pixels: f64| format!("{pixels:.1}");
    let line: Vec<String> = panel
        .points
        .iter()
        .enumerate()
        .map(|(n, p)| format!("{:.1},{:.1}", place(n), height_of(p.value)))
        .collect();
    // As many names as there is room for, the last among them.
    let each = (panel.points.len() as f64 * 62.0 / (WIDTH - LEFT - RIGHT)).ceil().max(1.0) as usize;
    let last = panel.points.len().saturating_sub(1);
    let right = WIDTH - RIGHT;
    html! {
        text x=(LEFT) y="20" font-weight="bold" { (panel.name) }
        @for mark in marks {
            @let y = height_of(mark);
            line x1=(LEFT) x2=(right) y1=(tenth(y)) y2=(tenth(y)) stroke="#dddddd" {}
            text x=(LEFT - 6.0) y=(tenth(y + 4.0)) text-anchor="end" fill=(FRAME) { (name_of(mark)) }
        }
        polyline points=(line.join(" ")) fill="none" stroke=(INK) stroke-opacity="0.5" {}
        @for (n, point) in panel.points.iter().enumerate() {
            @let x = tenth(place(n));
            @if let Some((low, high)) = point.limits {
                line x1=(x) x2=(x) y1=(tenth(height_of(low))) y2=(tenth(height_of(high))) stroke=(INK) stroke-width="2" {}
            }
            circle cx=(x) cy=(tenth(height_of(point.value))) r="4" fill=(INK) {
                title { (point.at) ": " (point.said) }
            }
            @if (last - n).is_multiple_of(each) {
                text x=(x) y=(tenth(foot + 18.0)) text-anchor="middle" fill=(FRAME) font-size="11" { (point.at) }
            }
        }
        line x1=(LEFT) x2=(right) y1=(foot) y2=(foot) stroke=(FRAME) {}
    }
}

/// The top of a plot, and where its lines stand.
fn axis(scale: Scale, highest: f64) -> (f64, Vec<f64>) {
    match scale {
        Scale::Percent => {
            let tops = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];
            let top = tops.into_iter().find(|top| highest <= *top).unwrap_or(100.0);
            (top, vec![0.0, top / 2.0, top])
        }
        Scale::Density => {
            let powers = highest.max(10.0).log10().ceil() as i32;
            let marks = (1..=powers).map(|power| 10_f64.powi(power));
            (10_f64.powi(powers), std::iter::once(0.0).chain(marks).collect())
        }
    }
}

/// How high a value stands, 0 to 1.
fn share(scale: Scale, value: f64, top: f64) -> f64 {
    match scale {
        Scale::Percent => (value / top).clamp(0.0, 1.0),
        // One parasite per µL stands a little above none.
        Scale::Density => ((1.0 + value).log10() / (1.0 + top).log10()).clamp(0.0, 1.0),
    }
}
