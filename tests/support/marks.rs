//! Marks as microscopes' programs, cameras, phones and people put them into pictures, drawn into any picture.

use image::RgbImage;
use noto_sans_mono_bitmap::{FontWeight, RasterHeight, get_raster};

pub const BLACK: [u8; 3] = [0, 0, 0];
pub const WHITE: [u8; 3] = [255, 255, 255];
pub const GREEN: [u8; 3] = [0, 255, 0];
pub const YELLOW: [u8; 3] = [255, 255, 0];
pub const RED: [u8; 3] = [255, 0, 0];
pub const BLUE: [u8; 3] = [0, 0, 255];
const ORANGE: [u8; 3] = [255, 150, 0];
const BLUE_PEN: [u8; 3] = [30, 40, 140];
const PURPLE_PEN: [u8; 3] = [110, 40, 150];
const RED_PEN: [u8; 3] = [150, 20, 30];
const GREEN_PEN: [u8; 3] = [20, 110, 40];

/// Draws into a picture: lengths are in thousandths of its longer side, places in shares of its sides.
pub struct Pen<'a> {
    picture: &'a mut RgbImage,
    unit: f64,
}

impl Pen<'_> {
    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x * f64::from(self.picture.width()), y * f64::from(self.picture.height()))
    }

    /// Lays ink where the distance (pixels) from the shape is 0 or less; edges are smoothed over a pixel. `within` is a
    /// box around the shape: left, top, right, bottom.
    fn lay(&mut self, colour: [u8; 3], opacity: f64, within: [f64; 4], distance: impl Fn(f64, f64) -> f64) {
        let [left, top, right, bottom] = within;
        let (width, height) = self.picture.dimensions();
        for y in (top - 2.0).max(0.0) as u32..((bottom + 3.0).max(0.0) as u32).min(height) {
            for x in (left - 2.0).max(0.0) as u32..((right + 3.0).max(0.0) as u32).min(width) {
                let far = distance(f64::from(x) + 0.5, f64::from(y) + 0.5);
                let cover = (0.5 - far).clamp(0.0, 1.0) * opacity;
                for (to, ink) in self.picture.get_pixel_mut(x, y).0.iter_mut().zip(colour) {
                    *to = (f64::from(*to) * (1.0 - cover) + f64::from(ink) * cover).round() as u8;
                }
            }
        }
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, colour: [u8; 3]) {
        let (a, b) = (self.at(from), self.at(to));
        self.stroke(&[a, b], width, colour, 1.0);
    }

    /// Through points in pixels.
    fn stroke(&mut self, points: &[(f64, f64)], width: f64, colour: [u8; 3], opacity: f64) {
        let half = (width * self.unit / 2.0).max(0.5);
        for p in points.windows(2) {
            let (a, b) = (p[0], p[1]);
            let within = [a.0.min(b.0) - half, a.1.min(b.1) - half, a.0.max(b.0) + half, a.1.max(b.1) + half];
            self.lay(colour, opacity, within, |x, y| to_segment((x, y), a, b) - half);
        }
    }

    pub fn plate(&mut self, at: (f64, f64), width: f64, height: f64, colour: [u8; 3]) {
        let ((x0, y0), u) = (self.at(at), self.unit);
        self.lay(colour, 1.0, [x0, y0, x0 + width * u, y0 + height * u], |x, y| {
            (x0 - x).max(x - x0 - width * u).max(y0 - y).max(y - y0 - height * u)
        });
    }

    pub fn frame(&mut self, at: (f64, f64), width: f64, height: f64, line: f64, colour: [u8; 3]) {
        let ((x, y), w, h) = (self.at(at), width * self.unit, height * self.unit);
        self.stroke(&[(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], line, colour, 1.0);
    }

    pub fn ring(&mut self, at: (f64, f64), radii: (f64, f64), line: f64, colour: [u8; 3], opacity: f64) {
        let ((cx, cy), u) = (self.at(at), self.unit);
        let around = |i: u32| f64::from(i) / 72.0 * std::f64::consts::TAU;
        let points: Vec<(f64, f64)> = (0..=72)
            .map(|i| (cx + radii.0 * u * around(i).cos(), cy + radii.1 * u * around(i).sin()))
            .collect();
        self.stroke(&points, line, colour, opacity);
    }

    pub fn dot(&mut self, at: (f64, f64), radius: f64, colour: [u8; 3]) {
        let ((cx, cy), r) = (self.at(at), radius * self.unit);
        self.lay(colour, 1.0, [cx - r, cy - r, cx + r, cy + r], |x, y| (x - cx).hypot(y - cy) - r);
    }

    /// A shaft and two barbs.
    pub fn arrow(&mut self, at: (f64, f64), angle: f64, length: f64, line: f64, colour: [u8; 3]) {
        let (tip, u) = (self.at(at), self.unit);
        let end = |a: f64, l: f64| (tip.0 - a.cos() * l * u, tip.1 - a.sin() * l * u);
        self.stroke(&[end(angle, length), tip], line, colour, 1.0);
        let barb = length * 0.35;
        self.stroke(&[end(angle + 0.5, barb), tip, end(angle - 0.5, barb)], line, colour, 1.0);
    }

    /// A wedge from the lower edge of the picture, as a pointer in the eyepiece shows.
    pub fn pointer(&mut self, tip: (f64, f64), width: f64) {
        let ((tx, ty), height) = (self.at(tip), f64::from(self.picture.height()));
        let half = width * self.unit / 2.0;
        self.lay([10, 9, 11], 1.0, [tx - half, ty, tx + half, height], |x, y| {
            (ty - y).max((x - tx).abs() - half * ((y - ty) / (height - ty)).clamp(0.0, 1.0))
        });
    }

    /// Writing whose capitals are about `height` high, from the lower left corner `at`.
    pub fn text(&mut self, at: (f64, f64), height: f64, text: &str, colour: [u8; 3]) {
        let ((mut x, y), scale) = (self.at(at), height * self.unit / 15.0);
        for letter in text.chars() {
            let Some(raster) = get_raster(letter, FontWeight::Regular, RasterHeight::Size24) else {
                continue;
            };
            let rows: Vec<&[u8]> = raster.rows().collect();
            let (across, down) = (raster.width() as f64 * scale, rows.len() as f64 * scale);
            for py in (y - down).max(0.0) as u32..(y.max(0.0) as u32).min(self.picture.height()) {
                for px in x.max(0.0) as u32..((x + across).max(0.0) as u32).min(self.picture.width()) {
                    let row = ((f64::from(py) + 0.5 - y + down) / scale) as usize;
                    let column = ((f64::from(px) + 0.5 - x) / scale) as usize;
                    let cover =
                        rows.get(row).and_then(|r| r.get(column)).map_or(0.0, |v| f64::from(*v) / 255.0);
                    let pixel = self.picture.get_pixel_mut(px, py);
                    for (to, ink) in pixel.0.iter_mut().zip(colour) {
                        *to = (f64::from(*to) * (1.0 - cover) + f64::from(ink) * cover).round() as u8;
                    }
                }
            }
            x += across;
        }
    }

    /// A freehand curve around a place.
    fn scrawl(&mut self, at: (f64, f64), colour: [u8; 3]) {
        let ((cx, cy), u) = (self.at(at), self.unit);
        let points: Vec<(f64, f64)> = (0..40)
            .map(f64::from)
            .map(|i| (i * 0.22, (60.0 + i * 0.8) * u, (45.0 + i * 0.6) * u))
            .map(|(a, rx, ry)| (cx + rx * a.cos(), cy + ry * a.sin()))
            .collect();
        self.stroke(&points, 7.0, colour, 1.0);
    }
}

fn to_segment((x, y): (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let along = ((x - a.0) * dx + (y - a.1) * dy) / (dx * dx + dy * dy).max(1e-9);
    let t = along.clamp(0.0, 1.0);
    (x - a.0 - t * dx).hypot(y - a.1 - t * dy)
}

type Draw = fn(&mut Pen<'_>);

/// Marks of the kinds that stand in real pictures, with what they are.
pub const KINDS: [(&str, Draw); 36] = [
    ("a bar with its length", |p| {
        p.plate((0.7, 0.9), 140.0, 6.0, BLACK);
        p.text((0.73, 0.885), 18.0, "20 µm", BLACK);
    }),
    ("a bar with ends", |p| {
        p.line((0.6, 0.2), (0.75, 0.2), 3.0, BLACK);
        p.line((0.6, 0.18), (0.6, 0.22), 3.0, BLACK);
        p.line((0.75, 0.18), (0.75, 0.22), 3.0, BLACK);
    }),
    ("a white bar", |p| {
        p.plate((0.1, 0.88), 140.0, 7.0, WHITE);
        p.text((0.12, 0.865), 20.0, "10 µm", WHITE);
    }),
    ("a ruler", |p| {
        p.line((0.3, 0.8), (0.5, 0.8), 2.0, BLACK);
        for i in 0..=20 {
            let x = 0.3 + f64::from(i) * 0.01;
            p.line((x, if i % 5 == 0 { 0.785 } else { 0.792 }), (x, 0.8), 1.6, BLACK);
        }
    }),
    ("a bar on a plate", |p| {
        p.plate((0.84, 0.05), 110.0, 70.0, [252, 252, 252]);
        p.line((0.86, 0.12), (0.92, 0.12), 3.0, BLACK);
        p.text((0.85, 0.1), 18.0, "100 µm", BLACK);
    }),
    ("a green measuring line", |p| {
        p.line((0.7, 0.8), (0.85, 0.8), 1.6, GREEN);
        p.text((0.73, 0.79), 11.0, "20.00 µm", GREEN);
    }),
    ("a caption", |p| p.text((0.05, 0.95), 20.0, "P. falciparum x1000", BLACK)),
    ("a white caption", |p| p.text((0.05, 0.1), 22.0, "Slide 12 field 7", WHITE)),
    ("a caption on a plate", |p| {
        p.plate((0.4, 0.05), 220.0, 40.0, [0, 60, 150]);
        p.text((0.41, 0.1), 20.0, "GOUTTE 12", YELLOW);
    }),
    ("a red caption", |p| p.text((0.3, 0.5), 20.0, "WBC 12", RED)),
    ("a date", |p| p.text((0.65, 0.95), 24.0, "21.11.2026 14:05", ORANGE)),
    ("a green date", |p| p.text((0.05, 0.95), 24.0, "2026-11-21", GREEN)),
    ("a phone's watermark", |p| {
        p.ring((0.05, 0.92), (14.0, 14.0), 3.0, WHITE, 1.0);
        p.text((0.08, 0.93), 22.0, "SHOT ON MI 9T", WHITE);
    }),
    ("an arrow", |p| p.arrow((0.5, 0.4), 0.6, 70.0, 4.0, BLACK)),
    ("a yellow arrow", |p| p.arrow((0.3, 0.6), 2.2, 70.0, 4.0, YELLOW)),
    ("a white arrow", |p| p.arrow((0.4, 0.3), -0.4, 80.0, 6.0, WHITE)),
    ("a red arrow", |p| p.arrow((0.7, 0.3), 4.0, 60.0, 5.0, RED)),
    ("a pointer in the eyepiece", |p| p.pointer((0.55, 0.5), 40.0)),
    ("a red circle", |p| p.ring((0.4, 0.5), (40.0, 40.0), 3.0, RED, 1.0)),
    ("a black ellipse", |p| p.ring((0.6, 0.6), (60.0, 35.0), 3.0, BLACK, 1.0)),
    ("a green frame", |p| p.frame((0.5, 0.3), 70.0, 60.0, 2.5, GREEN)),
    ("a blue frame with its name", |p| {
        p.frame((0.2, 0.3), 60.0, 50.0, 2.5, BLUE);
        p.text((0.2, 0.295), 14.0, "ring 0.93", BLUE);
    }),
    ("a blue pen", |p| p.scrawl((0.5, 0.5), BLUE_PEN)),
    ("a purple pen", |p| p.scrawl((0.35, 0.4), PURPLE_PEN)),
    ("a red pen", |p| p.scrawl((0.6, 0.5), RED_PEN)),
    ("a green pen", |p| p.scrawl((0.6, 0.4), GREEN_PEN)),
    ("a stamp", |p| {
        p.ring((0.7, 0.5), (80.0, 80.0), 5.0, BLUE_PEN, 0.85);
        p.ring((0.7, 0.5), (62.0, 62.0), 4.0, BLUE_PEN, 0.85);
    }),
    ("a stamp with words", |p| {
        p.ring((0.3, 0.4), (90.0, 60.0), 5.0, [40, 50, 150], 0.8);
        p.text((0.26, 0.41), 24.0, "LABO CSI", [40, 50, 150]);
    }),
    ("a stamp with a frame", |p| {
        p.frame((0.3, 0.3), 180.0, 70.0, 5.0, [90, 50, 140]);
        p.text((0.32, 0.37), 26.0, "PALU +++", [90, 50, 140]);
    }),
    ("a black stamp", |p| {
        p.ring((0.6, 0.4), (70.0, 70.0), 5.0, [20; 3], 0.8);
        p.ring((0.6, 0.4), (55.0, 55.0), 3.0, [20; 3], 0.8);
    }),
    ("a small white caption", |p| p.text((0.5, 0.95), 13.0, "IMG_2026 x1000 oil", WHITE)),
    ("a white circle", |p| p.ring((0.5, 0.5), (50.0, 50.0), 4.0, WHITE, 1.0)),
    ("a black plate with words", |p| {
        p.plate((0.6, 0.9), 300.0, 60.0, BLACK);
        p.text((0.62, 0.95), 24.0, "20 µm x1000", WHITE);
    }),
    ("cross hairs", |p| {
        p.line((0.5, 0.0), (0.5, 1.0), 2.0, BLACK);
        p.line((0.0, 0.5), (1.0, 0.5), 2.0, BLACK);
    }),
    ("a counting grid", |p| {
        for i in 1..6 {
            let at = f64::from(i) / 6.0;
            p.line((at, 0.0), (at, 1.0), 1.8, BLACK);
            p.line((0.0, at), (1.0, at), 1.8, BLACK);
        }
    }),
    ("a red dot", |p| p.dot((0.45, 0.55), 9.0, RED)),
];

/// A copy with one kind of mark.
pub fn marked(picture: &RgbImage, draw: Draw) -> RgbImage {
    let mut out = picture.clone();
    let unit = f64::from(out.width().max(out.height())) / 1000.0;
    draw(&mut Pen { picture: &mut out, unit });
    out
}
