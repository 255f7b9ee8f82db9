//! What is drawn on a page, and where: points (1/72 inch) from the top left corner.

use super::face::{Faces, Weight};

/// A4, points.
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
/// White around the page.
pub(super) const MARGIN: f32 = 40.0;

/// Something on a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    /// One line of text; `y` is its base line.
    Text { x: f32, y: f32, size: f32, weight: Weight, text: String },
    /// A straight line of a width.
    Line { from: (f32, f32), to: (f32, f32), width: f32 },
    /// An outline of a width.
    Frame { x: f32, y: f32, width: f32, height: f32, line: f32 },
    /// A picture of the document, by its number.
    Picture { x: f32, y: f32, width: f32, height: f32, number: usize },
}

/// Pages being filled from top to bottom.
pub(super) struct Flow<'a> {
    pub(super) faces: &'a Faces,
    /// Every size of type and every distance is multiplied by it.
    pub(super) scale: f32,
    pub(super) pages: Vec<Vec<Item>>,
    /// Where the next thing goes.
    pub(super) y: f32,
    /// Where a page ends.
    bottom: f32,
}

impl<'a> Flow<'a> {
    pub(super) fn new(faces: &'a Faces, scale: f32, bottom: f32) -> Self {
        Self { faces, scale, pages: vec![Vec::new()], y: MARGIN, bottom }
    }

    /// Width between the margins.
    pub(super) fn width() -> f32 {
        PAGE.0 - 2.0 * MARGIN
    }

    pub(super) fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }

    pub(super) fn space(&mut self, height: f32) {
        self.y += height * self.scale;
    }

    /// Begins another page where so much does not fit on this one.
    pub(super) fn need(&mut self, height: f32) {
        if self.y + height > self.bottom && self.y > MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    /// A paragraph between `x` and `x + width`, `size` before scaling.
    pub(super) fn paragraph(&mut self, text: &str, x: f32, width: f32, size: f32, weight: Weight) {
        let size = size * self.scale;
        for line in self.faces.of(weight).lines(text, size, width) {
            self.need(size * LEADING);
            self.y += size * LEADING;
            let y = self.y - size * (LEADING - 1.0);
            self.put(Item::Text { x, y, size, weight, text: line });
        }
    }

    /// Height that a paragraph takes.
    pub(super) fn height_of(&self, text: &str, width: f32, size: f32, weight: Weight) -> f32 {
        let size = size * self.scale;
        self.faces.of(weight).lines(text, size, width).len() as f32 * size * LEADING
    }
}

/// From one line to the next, in sizes.
const LEADING: f32 = 1.25;
