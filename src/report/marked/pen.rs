//! Lines of any width, solid or dashed, with soft edges.

use image::{Rgb, RgbImage};

use super::style::{Shape, Style};
use crate::measure::PxRect;

/// Points of a page, joined by straight lines.
pub(super) type Path = Vec<(f64, f64)>;

/// The mark of a style around a box, its line `unit` times as wide as the style says.
pub(super) fn mark(page: &mut RgbImage, bounds: &PxRect, style: &Style, unit: f64) {
    let (cx, cy) = bounds.centre();
    let width = style.width * unit;
    let (rx, ry) = reach(bounds, style, width);
    let path = outline(style.shape, cx, cy, rx, ry);
    let dash = style.dash.map(|d| d * width);
    if let Some(edge) = style.edge {
        stroke(page, &path, width + 2.0 * unit, dash, edge);
    }
    stroke(page, &path, width, dash, style.colour);
}

/// Half sides of a mark: its line lies outside the box that it stands for, well clear of a small thing.
fn reach(bounds: &PxRect, style: &Style, width: f64) -> (f64, f64) {
    let reach = |side: f64| (side * style.room / 2.0).max(side / 2.0 + (style.room - 1.0) * 7.0 * width);
    (reach(bounds.width()), reach(bounds.height()))
}

/// The box that a mark takes, line and edge included.
pub(super) fn extent(bounds: &PxRect, style: &Style, unit: f64) -> PxRect {
    /// Corners of diamonds and triangles reach farther than their half sides.
    const CORNER: f64 = 1.2;
    let (cx, cy) = bounds.centre();
    let width = style.width * unit;
    let (rx, ry) = reach(bounds, style, width);
    let corner = if matches!(style.shape, Shape::Diamond | Shape::Triangle) { CORNER } else { 1.0 };
    let line = width + 2.0 * unit;
    PxRect::around(cx, cy, 2.0 * corner * rx + line, 2.0 * corner * ry + line).unwrap_or(*bounds)
}

/// A circle.
pub(super) fn circle(cx: f64, cy: f64, radius: f64) -> Path {
    outline(Shape::Ellipse, cx, cy, radius, radius)
}

/// A closed outline with half sides `rx` and `ry`.
fn outline(shape: Shape, cx: f64, cy: f64, rx: f64, ry: f64) -> Path {
    let corners: &[(f64, f64)] = match shape {
        Shape::Square => &[(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)],
        Shape::Diamond => &[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0), (0.0, -1.2)],
        Shape::Triangle => &[(0.0, -1.2), (1.2, 0.9), (-1.2, 0.9), (0.0, -1.2)],
        Shape::Ellipse => {
            let steps = ((rx.max(ry) * 2.0) as u32).clamp(24, 720);
            let angle = |i: u32| f64::from(i) / f64::from(steps) * std::f64::consts::TAU;
            return (0..=steps).map(|i| (cx + rx * angle(i).cos(), cy + ry * angle(i).sin())).collect();
        }
    };
    corners.iter().map(|(x, y)| (cx + x * rx, cy + y * ry)).collect()
}

/// Draws a path; with `dash`, dashes and gaps of that length.
pub(super) fn stroke(
    page: &mut RgbImage,
    path: &[(f64, f64)],
    width: f64,
    dash: Option<f64>,
    colour: Rgb<u8>,
) {
    let mut walked = 0.0;
    for pair in path.windows(2) {
        let &[from, to] = pair else { continue };
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        if length <= 0.0 || !length.is_finite() {
            continue;
        }
        let at = |t: f64| (from.0 + (to.0 - from.0) * t / length, from.1 + (to.1 - from.1) * t / length);
        match dash {
            None => segment(page, from, to, width, colour),
            Some(dash) => {
                let mut start = 0.0;
                while start < length {
                    let place = (walked + start) / dash;
                    // To the end of this dash or gap, and never without a step.
                    let end = (start + ((place.floor() + 1.0 - place) * dash).max(0.01)).min(length);
                    if place.floor() % 2.0 == 0.0 {
                        segment(page, at(start), at(end), width, colour);
                    }
                    start = end;
                }
            }
        }
        walked += length;
    }
}

/// One straight piece: each pixel takes as much colour as the line covers of it.
fn segment(page: &mut RgbImage, from: (f64, f64), to: (f64, f64), width: f64, colour: Rgb<u8>) {
    let half = width / 2.0;
    let range = |a: f64, b: f64, side: u32| {
        let low = (a.min(b) - half - 1.0).floor().max(0.0) as u32;
        let high = (a.max(b) + half + 1.0).ceil().clamp(0.0, f64::from(side)) as u32;
        low..high
    };
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let squared = dx * dx + dy * dy;
    for y in range(from.1, to.1, page.height()) {
        for x in range(from.0, to.0, page.width()) {
            let (px, py) = (f64::from(x) + 0.5 - from.0, f64::from(y) + 0.5 - from.1);
            let along = if squared > 0.0 { ((px * dx + py * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
            let distance = (px - along * dx).hypot(py - along * dy);
            blend(page, x, y, colour, (half + 0.5 - distance).clamp(0.0, 1.0));
        }
    }
}

/// Lays `share` of a colour over a pixel; outside the page nothing happens.
pub(super) fn blend(page: &mut RgbImage, x: u32, y: u32, colour: Rgb<u8>, share: f64) {
    if let Some(pixel) = page.get_pixel_mut_checked(x, y) {
        for (old, new) in pixel.0.iter_mut().zip(colour.0) {
            let mixed = f64::from(*old) * (1.0 - share) + f64::from(new) * share;
            *old = mixed.round().clamp(0.0, 255.0) as u8;
        }
    }
}

/// Fills the rectangle of a corner, a width and a height; outside the page nothing happens.
pub(super) fn fill(
    page: &mut RgbImage,
    (left, top): (u32, u32),
    (width, height): (u32, u32),
    colour: Rgb<u8>,
) {
    let right = left.saturating_add(width).min(page.width());
    let bottom = top.saturating_add(height).min(page.height());
    for y in top..bottom {
        for x in left..right {
            page.put_pixel(x, y, colour);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_part_ends_where_it_should_and_with_the_page() {
        let mut page = RgbImage::new(6, 5);
        fill(&mut page, (1, 2), (2, 1), Rgb([255; 3]));
        fill(&mut page, (5, 4), (u32::MAX, 9), Rgb([255; 3]));
        fill(&mut page, (9, 9), (2, 2), Rgb([255; 3]));
        let filled: Vec<_> = page.enumerate_pixels().filter(|(.., p)| p.0 == [255; 3]).collect();
        let filled: Vec<(u32, u32)> = filled.into_iter().map(|(x, y, _)| (x, y)).collect();
        assert_eq!(filled, [(1, 2), (2, 2), (5, 4)]);
    }

    #[test]
    fn dashes_leave_gaps_and_ends_are_kept() {
        let mut page = RgbImage::new(60, 20);
        stroke(&mut page, &[(5.0, 10.0), (55.0, 10.0)], 2.0, Some(10.0), Rgb([255, 0, 0]));
        let red = |x: u32| page.get_pixel(x, 10).0[0];
        assert_eq!((red(9), red(20), red(29), red(40)), (255, 0, 255, 0));
        assert_eq!(red(58), 0);
    }

    #[test]
    fn a_mark_lies_around_its_box_and_x_is_not_y() {
        let mut page = RgbImage::new(200, 100);
        let bounds = PxRect::new(120.0, 30.0, 40.0, 20.0).expect("a box");
        let style = super::super::style::Kind::Parasite.style();
        mark(&mut page, &bounds, &style, 2.0);
        let drawn: Vec<(u32, u32)> =
            page.enumerate_pixels().filter(|(_, _, p)| p.0 != [0, 0, 0]).map(|(x, y, _)| (x, y)).collect();
        let inside = |x: u32, y: u32| bounds.contains(f64::from(x) + 0.5, f64::from(y) + 0.5);
        assert!(drawn.iter().all(|(x, y)| !inside(*x, *y)), "the mark covers what it marks");
        let mean = |v: Vec<u32>| f64::from(v.iter().sum::<u32>()) / v.len() as f64;
        let (cx, cy) = (
            mean(drawn.iter().map(|d| d.0).collect()) + 0.5,
            mean(drawn.iter().map(|d| d.1).collect()) + 0.5,
        );
        assert!((cx - 140.0).abs() < 0.6 && (cy - 40.0).abs() < 0.6, "{cx} {cy}");
    }
}
