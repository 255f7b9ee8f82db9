//! Where the letter and score of a mark stand: beside it, over as little else as possible.

use image::RgbImage;
use imageproc::drawing::draw_filled_rect_mut;
use imageproc::rect::Rect;

use super::lettering::{Size, write};
use super::style::{BLACK, WHITE};

/// A box of whole pixels on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Place {
    fn overlap(&self, other: &Self) -> f64 {
        let along = |a: f64, la: f64, b: f64, lb: f64| ((a + la).min(b + lb) - a.max(b)).max(0.0);
        along(self.x, self.width, other.x, other.width) * along(self.y, self.height, other.y, other.height)
    }

    fn inside(&self, frame: &Self) -> bool {
        let most = self.width * self.height;
        self.overlap(frame) >= most - 0.5
    }
}

/// The best of four places beside `mark`: inside the frame, then over as little of `taken` as can be.
pub(super) fn best_place(mark: &Place, width: f64, height: f64, frame: &Place, taken: &[Place]) -> Place {
    const GAP: f64 = 2.0;
    let (across, down) = (mark.x + (mark.width - width) / 2.0, mark.y + (mark.height - height) / 2.0);
    let places = [
        (across, mark.y - height - GAP),
        (across, mark.y + mark.height + GAP),
        (mark.x + mark.width + GAP, down),
        (mark.x - width - GAP, down),
    ]
    .map(|(x, y)| Place { x: x.round(), y: y.round(), width, height });
    let cost = |p: &Place| {
        let outside = if p.inside(frame) { 0.0 } else { width * height };
        outside + taken.iter().map(|t| p.overlap(t)).sum::<f64>()
    };
    let [first, ..] = places;
    places.into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or(first)
}

/// Writes white on black, moved into the frame where it would stick out.
pub(super) fn draw(page: &mut RgbImage, text: &str, place: &Place, frame: &Place, size: Size) {
    let into =
        |at: f64, length: f64, start: f64, side: f64| at.min(start + side - length).max(start).max(0.0);
    let x = into(place.x, place.width, frame.x, frame.width) as u32;
    let y = into(place.y, place.height, frame.y, frame.height) as u32;
    let corner = |v: u32| i32::try_from(v).unwrap_or(0);
    let (width, height) = ((place.width as u32).max(1), (place.height as u32).max(1));
    draw_filled_rect_mut(page, Rect::at(corner(x), corner(y)).of_size(width, height), BLACK);
    write(page, text, x + 2, y, size, WHITE);
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Place = Place { x: 0.0, y: 0.0, width: 300.0, height: 200.0 };

    #[test]
    fn a_label_goes_where_there_is_room() {
        let mark = Place { x: 100.0, y: 100.0, width: 30.0, height: 20.0 };
        let above = best_place(&mark, 60.0, 16.0, &FRAME, &[]);
        assert_eq!((above.x, above.y), (85.0, 82.0));
        let below = best_place(&mark, 60.0, 16.0, &FRAME, &[above]);
        assert_eq!((below.x, below.y), (85.0, 122.0));
        let at_the_top = Place { y: 3.0, ..mark };
        assert_eq!(best_place(&at_the_top, 60.0, 16.0, &FRAME, &[]).y, 25.0);
    }
}
