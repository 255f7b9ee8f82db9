//! Finds the bright disc of a photograph taken through an eyepiece.
//!
//! The dark region that hangs together with the picture's edge is followed; a circle is fitted to where it
//! meets the light, nuclei and dirt at the edge notwithstanding. If that is no circle, the whole picture is the view: a dark corner
//! or a black object at the edge must not cut a field down.

use super::blobs::Mask;
use super::plane::{Plane, luma, quantile};
use super::view::{Disc, View};
use crate::measure::PxSize;
use image::RgbImage;

/// Black is darker than this share of the bright parts, as far as a circle fits: around a phone's disc stray light falls ...
const DARK_SHARES: [f32; 3] = [0.25, 0.35, 0.45];
/// ... and a picture whose bright parts are darker than this has no disc to be told from.
const MIN_LIGHT: f32 = 30.0;
/// A smaller share of black around the edge is a shadow, not the outside of a disc.
const MIN_OUTSIDE: f64 = 0.015;
/// Share of the boundary that must lie on the circle; the rest is nuclei and dirt that touch the edge.
const MIN_ON_CIRCLE: f64 = 0.6;
/// Distance from the circle that still is on it, in radii.
const ON_CIRCLE: f64 = 0.02;
/// Share of what lies outside the circle that must be black, and of what lies inside that must not.
const MIN_RIGHT_SIDE: f64 = 0.93;
/// Radii that an eyepiece disc can have, in shorter sides of the picture.
const RADII: (f64, f64) = (0.2, 2.0);
/// Circles tried, and how often the best is fitted to all points on it.
const DRAWS: usize = 200;
const REFINEMENTS: usize = 3;
/// The rim is blurred and coloured: this share of the radius is left out.
const RIM: f64 = 0.01;

/// The view of a reduced picture, in the pixels of a full picture of `full` size.
pub(super) fn find_view(reduced: &RgbImage, full: PxSize) -> View {
    let plane = Plane::of(reduced, luma).box_blur(1);
    let small = PxSize { width: reduced.width(), height: reduced.height() };
    match DARK_SHARES.into_iter().find_map(|share| find_disc(&plane, share)) {
        Some(disc) => View::within(small, disc).resized(full),
        None => View::whole(full),
    }
}

fn find_disc(plane: &Plane, dark_share: f32) -> Option<Disc> {
    let light = quantile(&mut plane.data.clone(), 0.9)?;
    let dark: Vec<bool> = plane.data.iter().map(|v| *v < dark_share * light).collect();
    if light < MIN_LIGHT {
        return None;
    }
    let outside = flood_from_edge(&dark, plane.width, plane.height);
    let area = plane.data.len() as f64;
    if (outside.iter().filter(|o| **o).count() as f64) < MIN_OUTSIDE * area {
        return None;
    }
    let disc = circle_around(&boundary(&outside, plane.width, plane.height))?;
    let shorter = plane.width.min(plane.height) as f64;
    let sized = (RADII.0 * shorter..=RADII.1 * shorter).contains(&disc.radius);
    if !sized || !sides_agree(plane, &outside, &disc, tolerance(&disc)) {
        return None;
    }
    Some(Disc { radius: disc.radius * (1.0 - RIM), ..disc })
}

/// How many round bright parts lie apart on black: two, where pictures through two eyepieces are in one.
pub(super) fn discs(reduced: &RgbImage) -> usize {
    let plane = Plane::of(reduced, luma).box_blur(1);
    let light = quantile(&mut plane.data.clone(), 0.9).unwrap_or(0.0);
    if light < MIN_LIGHT {
        return 1;
    }
    DARK_SHARES.into_iter().map(|share| discs_on(&plane, share * light)).max().unwrap_or(1)
}

/// On what is darker than `black`.
fn discs_on(plane: &Plane, black: f32) -> usize {
    /// Share of the picture that each has, at least, and of its own circle: nuclei bite into it where they touch its edge.
    const LEAST: f64 = 0.05;
    const FILLED: f64 = 0.75;
    let dark: Vec<bool> = plane.data.iter().map(|v| *v < black).collect();
    let outside = flood_from_edge(&dark, plane.width, plane.height);
    let bright = Mask { width: plane.width, height: plane.height, set: outside.iter().map(|o| !o).collect() };
    let least = LEAST * plane.data.len() as f64;
    let regions = bright.regions(&vec![true; plane.data.len()]);
    let mut found: Vec<Disc> = Vec::new();
    for (number, _) in (1_u32..).zip(&regions.blobs).filter(|(_, b)| f64::from(b.area) >= least) {
        let others: Vec<bool> = regions.labels.iter().map(|label| *label != number).collect();
        let Some(disc) = circle_around(&boundary(&others, plane.width, plane.height)) else { continue };
        let (mut within, mut bright) = (0_u32, 0_u32);
        for (i, other) in others.iter().enumerate() {
            let (x, y) = ((i % plane.width) as f64 + 0.5, (i / plane.width) as f64 + 0.5);
            if (x - disc.x).hypot(y - disc.y) <= disc.radius {
                within += 1;
                bright += u32::from(!other);
            }
        }
        // A pointer parts one disc into halves of the same circle.
        let is_new = found.iter().all(|d| (d.x - disc.x).hypot(d.y - disc.y) > disc.radius);
        if is_new && f64::from(bright) >= FILLED * f64::from(within) {
            found.push(disc);
        }
    }
    found.len().max(1)
}

/// The circle that most of the points lie on.
fn circle_around(points: &[(f64, f64)]) -> Option<Disc> {
    let mut disc = likeliest_circle(points)?;
    for _ in 0..REFINEMENTS {
        let near: Vec<_> =
            points.iter().copied().filter(|p| residual(*p, &disc) <= tolerance(&disc)).collect();
        disc = fit_circle(&near)?;
    }
    let on = points.iter().filter(|p| residual(**p, &disc) <= tolerance(&disc)).count() as f64;
    (on >= MIN_ON_CIRCLE * points.len() as f64).then_some(disc)
}

/// Cells that hang together with the edge of the grid through dark ones.
fn flood_from_edge(dark: &[bool], width: usize, height: usize) -> Vec<bool> {
    let mut outside = vec![false; dark.len()];
    let mut open: Vec<usize> = Vec::new();
    let edge = (0..width)
        .flat_map(|x| [(x, 0), (x, height - 1)])
        .chain((0..height).flat_map(|y| [(0, y), (width - 1, y)]));
    for (x, y) in edge {
        open.push(y * width + x);
    }
    while let Some(at) = open.pop() {
        let (Some(true), Some(seen)) = (dark.get(at), outside.get_mut(at)) else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        let (x, y) = (at % width, at / width);
        if x > 0 {
            open.push(at - 1);
        }
        if x + 1 < width {
            open.push(at + 1);
        }
        if y > 0 {
            open.push(at - width);
        }
        if y + 1 < height {
            open.push(at + width);
        }
    }
    outside
}

/// Midpoints between neighbours of which one is outside and the other not.
fn boundary(outside: &[bool], width: usize, height: usize) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    let at = |x: usize, y: usize| outside.get(y * width + x).copied().unwrap_or(false);
    for y in 0..height {
        for x in 0..width {
            let here = at(x, y);
            if x + 1 < width && here != at(x + 1, y) {
                points.push((x as f64 + 1.0, y as f64 + 0.5));
            }
            if y + 1 < height && here != at(x, y + 1) {
                points.push((x as f64 + 0.5, y as f64 + 1.0));
            }
        }
    }
    points
}

fn residual(point: (f64, f64), disc: &Disc) -> f64 {
    ((point.0 - disc.x).hypot(point.1 - disc.y) - disc.radius).abs()
}

fn tolerance(disc: &Disc) -> f64 {
    (ON_CIRCLE * disc.radius).max(1.5)
}

/// Of circles through three points each, the one with most points on it (RANSAC, Fischler and Bolles 1981, with a
/// fixed sequence of draws, so that the same picture always gives the same disc).
fn likeliest_circle(points: &[(f64, f64)]) -> Option<Disc> {
    let mut state = 0x9e37_79b9_u32;
    let mut draw = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        points.get((state >> 8) as usize % points.len().max(1)).copied()
    };
    let mut best: Option<(usize, Disc)> = None;
    for _ in 0..DRAWS {
        let Some(disc) = circle_through(draw()?, draw()?, draw()?) else { continue };
        let on = points.iter().filter(|p| residual(**p, &disc) <= 1.5).count();
        if best.is_none_or(|(most, _)| on > most) {
            best = Some((on, disc));
        }
    }
    best.map(|(_, disc)| disc)
}

fn circle_through(a: (f64, f64), b: (f64, f64), c: (f64, f64)) -> Option<Disc> {
    let (bx, by, cx, cy) = (b.0 - a.0, b.1 - a.1, c.0 - a.0, c.1 - a.1);
    let twice = 2.0 * (bx * cy - by * cx);
    if twice.abs() < 1.0 {
        return None;
    }
    let (bb, cc) = (bx * bx + by * by, cx * cx + cy * cy);
    let (x, y) = ((cy * bb - by * cc) / twice, (bx * cc - cx * bb) / twice);
    Some(Disc { x: a.0 + x, y: a.1 + y, radius: x.hypot(y) })
}

/// Algebraic least squares (Kåsa, IEEE Trans. Instrum. Meas. 25, 1976), about the centroid.
fn fit_circle(points: &[(f64, f64)]) -> Option<Disc> {
    let n = points.len() as f64;
    if points.len() < 8 {
        return None;
    }
    let (mx, my) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
    let (mut uu, mut uv, mut vv, mut uz, mut vz) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, y) in points {
        let (u, v) = (x - mx, y - my);
        let z = u * u + v * v;
        uu += u * u;
        uv += u * v;
        vv += v * v;
        uz += u * z;
        vz += v * z;
    }
    let determinant = uu * vv - uv * uv;
    if determinant.abs() < 1e-9 * (uu + vv).powi(2) {
        return None;
    }
    let (u, v) = ((uz * vv - vz * uv) / determinant / 2.0, (vz * uu - uz * uv) / determinant / 2.0);
    let radius = (u * u + v * v + (uu + vv) / n).sqrt();
    radius.is_finite().then_some(Disc { x: mx + u, y: my + v, radius })
}

/// True where nearly all that lies clearly outside the circle is black, and nearly nothing clearly inside.
fn sides_agree(plane: &Plane, outside: &[bool], disc: &Disc, tolerance: f64) -> bool {
    let (mut beyond, mut beyond_black, mut within, mut within_light) = (0_u32, 0_u32, 0_u32, 0_u32);
    for (i, black) in outside.iter().enumerate() {
        let (x, y) = ((i % plane.width) as f64 + 0.5, (i / plane.width) as f64 + 0.5);
        let distance = (x - disc.x).hypot(y - disc.y) - disc.radius;
        if distance > tolerance {
            beyond += 1;
            beyond_black += u32::from(*black);
        } else if distance < -tolerance {
            within += 1;
            within_light += u32::from(!*black);
        }
    }
    let share = |part: u32, all: u32| all == 0 || f64::from(part) >= MIN_RIGHT_SIDE * f64::from(all);
    within > 0 && share(beyond_black, beyond) && share(within_light, within)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    fn field(width: u32, height: u32, disc: Disc, vignette: f64) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            let d = (f64::from(x) + 0.5 - disc.x).hypot(f64::from(y) + 0.5 - disc.y) / disc.radius;
            let speck = (x / 7 + y / 5) % 6 == 0;
            let light = if d < 1.0 {
                (200.0 - 70.0 * f64::from(u8::from(speck))) * (1.0 - vignette * d * d)
            } else {
                6.0
            };
            Rgb([light as u8, (light * 0.8) as u8, (light * 0.9) as u8])
        })
    }

    #[test]
    fn whole_cut_off_centre_and_vignetted() {
        for (x, y, radius, vignette) in [
            (160.0, 120.0, 100.0, 0.0),
            (150.0, 118.0, 140.0, 0.4),
            (60.0, 200.0, 130.0, 0.0),
            (300.0, 20.0, 240.0, 0.3),
        ] {
            let truth = Disc { x, y, radius };
            let found = find_view(&field(320, 240, truth, vignette), PxSize { width: 3200, height: 2400 });
            let disc = found.disc().unwrap_or_else(|| panic!("no disc found for {truth:?}"));
            assert!((disc.x / 10.0 - x).abs() < 3.0 && (disc.y / 10.0 - y).abs() < 3.0, "{disc:?} {truth:?}");
            assert!((disc.radius / 10.0 / radius - 1.0).abs() < 0.03, "{disc:?} {truth:?}");
        }
    }

    #[test]
    fn two_discs_are_two() {
        let (left, right) =
            (Disc { x: 80.0, y: 120.0, radius: 70.0 }, Disc { x: 240.0, y: 118.0, radius: 70.0 });
        let (mut both, other) = (field(320, 240, left, 0.2), field(320, 240, right, 0.2));
        both.pixels_mut().zip(other.pixels()).for_each(|(p, o)| *p = if o.0[0] > p.0[0] { *o } else { *p });
        assert_eq!(discs(&both), 2);
        assert_eq!(discs(&other), 1);
        assert_eq!(discs(&field(320, 240, Disc { x: 160.0, y: 120.0, radius: 900.0 }, 0.5)), 1);
    }

    #[test]
    fn no_disc_where_there_is_none() {
        let size = PxSize { width: 320, height: 240 };
        let plain = field(320, 240, Disc { x: 160.0, y: 120.0, radius: 900.0 }, 0.5);
        assert_eq!(find_view(&plain, size).disc(), None);
        assert_eq!(find_view(&RgbImage::new(320, 240), size).disc(), None, "wholly black");
        let mut pointer = plain.clone();
        for (x, y, p) in pointer.enumerate_pixels_mut() {
            if x.abs_diff(y) < 12 && x < 150 {
                *p = Rgb([3, 3, 3]);
            }
        }
        assert_eq!(find_view(&pointer, size).disc(), None, "an eyepiece pointer");
        assert_eq!(find_view(&RgbImage::from_pixel(1, 1, Rgb([9, 9, 9])), size).disc(), None);
    }
}
