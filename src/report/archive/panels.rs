//! Small plots of one kind beside each other, as one SVG file that needs nothing else: points over time with their intervals.

use std::fmt::Write as _;

use crate::locale::{Catalogue, decimal, integer};
use crate::report::html::escaped;

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
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n<title>{title}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <text x=\"12\" y=\"22\" font-size=\"15\" font-weight=\"bold\">{title}</text>\n",
        title = escaped(title)
    );
    for (n, panel) in panels.iter().enumerate() {
        let (x, y) = (WIDTH * (n % COLUMNS) as f64, HEAD + HEIGHT * (n / COLUMNS) as f64);
        let _ = writeln!(svg, "<g transform=\"translate({x} {y})\">{}</g>", drawn(panel, words));
    }
    svg.push_str("</svg>\n");
    svg
}

fn drawn(panel: &Panel, words: &Catalogue) -> String {
    let highest = panel.points.iter().map(|p| p.limits.map_or(p.value, |(_, high)| high)).fold(0.0, f64::max);
    let (top, marks) = axis(panel.scale, highest);
    let foot = HEIGHT - FOOT;
    let height_of = |value: f64| foot - (foot - TOP) * share(panel.scale, value, top);
    let mut out = format!("<text x=\"{LEFT}\" y=\"20\" font-weight=\"bold\">{}</text>", escaped(&panel.name));
    for mark in marks {
        let y = height_of(mark);
        let name = match panel.scale {
            Scale::Percent => format!("{} %", decimal(mark, usize::from(top < 5.0), words.language())),
            Scale::Density => integer(mark as u64, words.language()),
        };
        let _ = write!(
            out,
            "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#dddddd\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"{FRAME}\">{name}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            y + 4.0
        );
    }
    let step = (WIDTH - LEFT - RIGHT) / panel.points.len().max(1) as f64;
    let place = |n: usize| LEFT + step * (n as f64 + 0.5);
    let line: Vec<String> = panel
        .points
        .iter()
        .enumerate()
        .map(|(n, p)| format!("{:.1},{:.1}", place(n), height_of(p.value)))
        .collect();
    let _ = write!(
        out,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{INK}\" stroke-opacity=\"0.5\"/>",
        line.join(" ")
    );
    // As many names as there is room for, the last among them.
    let each = (panel.points.len() as f64 * 62.0 / (WIDTH - LEFT - RIGHT)).ceil().max(1.0) as usize;
    let last = panel.points.len().saturating_sub(1);
    for (n, point) in panel.points.iter().enumerate() {
        let x = place(n);
        if let Some((low, high)) = point.limits {
            let (low, high) = (height_of(low), height_of(high));
            let _ = write!(
                out,
                "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{low:.1}\" y2=\"{high:.1}\" stroke=\"{INK}\" stroke-width=\"2\"/>"
            );
        }
        let y = height_of(point.value);
        let said = escaped(&format!("{}: {}", point.at, point.said));
        let _ = write!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{INK}\"><title>{said}</title></circle>"
        );
        if (last - n).is_multiple_of(each) {
            let at = escaped(&point.at);
            let _ = write!(
                out,
                "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{FRAME}\" font-size=\"11\">{at}</text>",
                foot + 18.0
            );
        }
    }
    let _ = write!(
        out,
        "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{foot}\" y2=\"{foot}\" stroke=\"{FRAME}\"/>",
        WIDTH - RIGHT
    );
    out
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
