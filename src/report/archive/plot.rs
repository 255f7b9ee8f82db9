//! Bar charts as SVG inside the page: one colour with enough contrast, numbers beside every bar.

use maud::{Markup, html};

use super::bilingual::Both;

/// One bar.
pub(super) struct Bar {
    /// What it stands for.
    pub(super) label: Both,
    /// Length, 0 to 1.
    pub(super) share: f64,
    /// What stands at its end.
    pub(super) value: Both,
}

const ROW: f64 = 22.0;
const LABEL: f64 = 210.0;
const LENGTH: f64 = 320.0;
const WIDTH: f64 = 640.0;

/// Horizontal bars, from top to bottom.
pub(super) fn bars(bars: &[Bar]) -> Markup {
    let height = ROW * bars.len() as f64 + 4.0;
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) role="img" {
            @for (i, bar) in bars.iter().enumerate() {
                @let y = ROW * i as f64 + 2.0;
                @let length = (bar.share.clamp(0.0, 1.0) * LENGTH * 10.0).round() / 10.0;
                text x=(LABEL - 6.0) y=(y + 15.0) text-anchor="end" { (bar.label.drawn()) }
                rect x=(LABEL) y=(y) width=(length) height="18" {}
                text x=(format!("{:.1}", LABEL + length + 6.0)) y=(y + 15.0) { (bar.value.drawn()) }
            }
        }
    }
}
