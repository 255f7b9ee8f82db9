//! Bar charts as SVG inside the page: one colour with enough contrast, numbers beside every bar.

use std::fmt::Write as _;

/// One bar.
pub(super) struct Bar {
    /// What it stands for, already escaped markup in both languages.
    pub(super) label: String,
    /// Length, 0 to 1.
    pub(super) share: f64,
    /// What stands at its end, already escaped.
    pub(super) value: String,
}

const ROW: f64 = 22.0;
const LABEL: f64 = 210.0;
const LENGTH: f64 = 320.0;
const WIDTH: f64 = 640.0;

/// Horizontal bars, from top to bottom.
pub(super) fn bars(bars: &[Bar]) -> String {
    let height = ROW * bars.len() as f64 + 4.0;
    let mut svg = format!("<svg viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" role=\"img\">");
    for (i, bar) in bars.iter().enumerate() {
        let y = ROW * i as f64 + 2.0;
        let length = (bar.share.clamp(0.0, 1.0) * LENGTH * 10.0).round() / 10.0;
        let text = y + 15.0;
        let end = LABEL + length + 6.0;
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{text}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{LABEL}\" y=\"{y}\" width=\"{length}\" height=\"18\"/>\
             <text x=\"{end:.1}\" y=\"{text}\">{}</text>",
            LABEL - 6.0,
            bar.label,
            bar.value
        );
    }
    svg.push_str("</svg>");
    svg
}
