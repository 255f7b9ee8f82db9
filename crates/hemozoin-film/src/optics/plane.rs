//! One brightness per pixel, and the few filters that optics needs; integer or plain `f32`, in fixed order.

use image::RgbImage;

/// A grid of values.
#[derive(Clone, Debug)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) data: Vec<f32>,
}

impl Plane {
    /// One value per pixel of a picture.
    pub(super) fn of(picture: &RgbImage, value: impl Fn([u8; 3]) -> f32) -> Self {
        Self {
            width: picture.width() as usize,
            height: picture.height() as usize,
            data: picture.pixels().map(|p| value(p.0)).collect(),
        }
    }

    /// The same grid with other values.
    pub(super) fn with(&self, data: Vec<f32>) -> Self {
        Self { width: self.width, height: self.height, data }
    }

    /// The value at a point inside the grid, else 0.
    pub(super) fn at(&self, x: usize, y: usize) -> f32 {
        if x >= self.width {
            return 0.0;
        }
        self.data.get(y * self.width + x).copied().unwrap_or(0.0)
    }

    /// Mean over a square of `2 radius + 1` pixels; at the border over what there is.
    pub(super) fn box_blur(&self, radius: usize) -> Self {
        let mut rows = Vec::with_capacity(self.data.len());
        for line in self.data.chunks_exact(self.width.max(1)) {
            blur_line(line, radius, &mut rows);
        }
        self.with(blur_columns(&rows, self.width, radius))
    }
}

/// Appends the mean of `2 radius + 1` neighbours of each value. Sums are f64: in f32 they would drift along the line.
fn blur_line(line: &[f32], radius: usize, out: &mut Vec<f32>) {
    let mut sum: f64 = line.iter().take(radius).map(|v| f64::from(*v)).sum();
    let mut count = radius.min(line.len());
    let mut entering = line.iter().skip(radius);
    let mut leaving = line.iter();
    for i in 0..line.len() {
        if let Some(v) = entering.next() {
            sum += f64::from(*v);
            count += 1;
        }
        if i > radius
            && let Some(v) = leaving.next()
        {
            sum -= f64::from(*v);
            count -= 1;
        }
        out.push((sum / count.max(1) as f64) as f32);
    }
}

/// The same down the columns, a row at a time.
fn blur_columns(data: &[f32], width: usize, radius: usize) -> Vec<f32> {
    let width = width.max(1);
    let rows = || data.chunks_exact(width);
    let mut sums = vec![0.0_f64; width];
    for row in rows().take(radius) {
        sums.iter_mut().zip(row).for_each(|(sum, v)| *sum += f64::from(*v));
    }
    let mut count = rows().len().min(radius);
    let (mut entering, mut leaving) = (rows().skip(radius), rows());
    let mut out = Vec::with_capacity(data.len());
    for y in 0..rows().len() {
        if let Some(row) = entering.next() {
            sums.iter_mut().zip(row).for_each(|(sum, v)| *sum += f64::from(*v));
            count += 1;
        }
        if y > radius
            && let Some(row) = leaving.next()
        {
            sums.iter_mut().zip(row).for_each(|(sum, v)| *sum -= f64::from(*v));
            count -= 1;
        }
        let count = count.max(1) as f64;
        out.extend(sums.iter().map(|sum| (sum / count) as f32));
    }
    out
}

/// Brightness as the eye weighs it (ITU-R BT.601), 0 to 255.
pub(super) fn luma(p: [u8; 3]) -> f32 {
    0.299 * f32::from(p[0]) + 0.587 * f32::from(p[1]) + 0.114 * f32::from(p[2])
}

/// The value below which `share` (0 to 1) of the values lie; reorders them. `None` for no values.
pub(super) fn quantile(values: &mut [f32], share: f64) -> Option<f32> {
    if values.is_empty() {
        return None;
    }
    let at = ((values.len() - 1) as f64 * share.clamp(0.0, 1.0)).round() as usize;
    Some(*values.select_nth_unstable_by(at, f32::total_cmp).1)
}

/// Otsu's threshold (IEEE Trans. SMC 9, 1979): the cut of values between `low` and `high` into two groups
/// that lie furthest apart, and the share of the variance that the cut explains. `None` where all are alike.
pub(super) fn otsu(values: impl Iterator<Item = f32>, low: f32, high: f32) -> Option<(f32, f64)> {
    const BINS: usize = 256;
    let mut counts = [0_u32; BINS];
    let step = (high - low) / BINS as f32;
    for value in values {
        let bin = ((value - low) / step).clamp(0.0, (BINS - 1) as f32) as usize;
        if let Some(count) = counts.get_mut(bin) {
            *count += 1;
        }
    }
    let total: f64 = counts.iter().map(|c| f64::from(*c)).sum();
    let sum: f64 = counts.iter().enumerate().map(|(i, c)| i as f64 * f64::from(*c)).sum();
    let squares: f64 = counts.iter().enumerate().map(|(i, c)| (i * i) as f64 * f64::from(*c)).sum();
    let variance = squares / total - (sum / total).powi(2);
    let (mut below, mut sum_below, mut best) = (0.0, 0.0, (0.0, 0));
    for (i, count) in counts.iter().enumerate() {
        below += f64::from(*count);
        sum_below += i as f64 * f64::from(*count);
        let above = total - below;
        if below == 0.0 || above == 0.0 {
            continue;
        }
        let gap = sum_below / below - (sum - sum_below) / above;
        let between = below / total * (above / total) * gap * gap;
        if between > best.0 {
            best = (between, i + 1);
        }
    }
    (best.0 > 0.0 && variance > 0.0).then(|| (low + best.1 as f32 * step, best.0 / variance))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blur_keeps_the_mean_and_the_axes_apart() {
        let plane = Plane { width: 3, height: 2, data: vec![0.0, 3.0, 0.0, 0.0, 3.0, 6.0] };
        let blurred = plane.box_blur(1);
        assert_eq!(blurred.data, [1.5, 2.0, 3.0, 1.5, 2.0, 3.0]);
        assert_eq!(plane.box_blur(0).data, plane.data);
    }

    #[test]
    fn otsu_parts_two_groups() {
        let values = [10.0, 11.0, 12.0, 200.0, 201.0];
        let (cut, explained) = otsu(values.into_iter(), 0.0, 256.0).expect("two groups");
        assert!(cut > 12.0 && cut <= 200.0 && explained > 0.99, "{cut} {explained}");
        assert!(otsu([5.0; 4].into_iter(), 0.0, 256.0).is_none());
    }

    #[test]
    fn quantiles() {
        let mut values = [5.0, 1.0, 3.0, 2.0, 4.0];
        assert_eq!(quantile(&mut values, 0.5), Some(3.0));
        assert_eq!(quantile(&mut values, 1.0), Some(5.0));
        assert_eq!(quantile(&mut [], 0.5), None);
    }
}
