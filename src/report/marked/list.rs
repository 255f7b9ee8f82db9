//! The list below a picture: the number of each parasite with its score.

use image::RgbImage;

use super::choice::mark_number;
use super::lettering::{HEIGHT, fitted, letter_width, write};
use super::style::WHITE;
use crate::record::FieldRecord;
use crate::report::words::Words;

/// Pixels around it.
const MARGIN: u32 = 10;
/// Lines, at most: a field with more parasites says where their scores stand.
const MOST_LINES: usize = 6;

/// Numbers and scores in lines as wide as the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List {
    lines: Vec<String>,
    width: u32,
    any: bool,
}

impl List {
    /// Of a field, for a page of so many pixels.
    pub(super) fn of(field: &FieldRecord, width: u32, words: Words<'_>) -> Self {
        let items: Vec<String> = field
            .detections
            .iter()
            .filter_map(|d| {
                let score = words.decimal(f64::from(d.score.get()), 2);
                let number = mark_number(field, d)?.to_string();
                Some(words.with("report-mark-number", &[("number", number), ("score", score)]))
            })
            .collect();
        let room = (width.saturating_sub(2 * MARGIN) / letter_width().max(1)) as usize;
        let mut lines: Vec<String> = Vec::new();
        for item in &items {
            match lines.last_mut() {
                Some(line) if line.chars().count() + 3 + item.chars().count() <= room => {
                    line.push_str("   ");
                    line.push_str(item);
                }
                _ => lines.push(item.clone()),
            }
        }
        if lines.len() > MOST_LINES {
            lines = vec![words.say("report-mark-many")];
        }
        Self { lines, width, any: !items.is_empty() }
    }

    /// Pixels down; a line is kept for numbers that found no place.
    pub(super) fn height(&self) -> u32 {
        if !self.any {
            return 0;
        }
        let lines = u32::try_from(self.lines.len() + 1).unwrap_or(1);
        lines * Self::line() + MARGIN
    }

    fn line() -> u32 {
        HEIGHT * 5 / 4
    }

    /// Draws it with its top at `top`; says how many numbers could not be written on the film without covering something.
    pub(super) fn draw(&self, page: &mut RgbImage, top: u32, unnumbered: usize, words: Words<'_>) {
        let room = self.width.saturating_sub(2 * MARGIN);
        let without = (unnumbered > 0)
            .then(|| words.with("report-mark-unnumbered", &[("count", words.integer(unnumbered as u64))]));
        for (line, y) in self.lines.iter().chain(&without).zip((top..).step_by(Self::line() as usize)) {
            write(page, &fitted(line, room), MARGIN, y, WHITE);
        }
    }
}
