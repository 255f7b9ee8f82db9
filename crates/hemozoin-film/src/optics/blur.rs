//! A plane of green light, shrunk and blurred.

use image::RgbImage;

/// A plane of light, row by row.
#[derive(Clone, Debug)]
pub(super) struct Blur {
    pub(super) width: usize,
    pub(super) height: usize,
    data: Vec<f32>,
}

impl Blur {
    /// A picture averaged down until its longer side has at most `side` pixels, and which of them show film; what does
    /// not is as light as the film is in the mean.
    pub(super) fn shrunk(picture: &RgbImage, in_view: &[bool], side: usize) -> (Self, Vec<bool>) {
        let (from_width, from_height) = (picture.width() as usize, picture.height() as usize);
        let longer = from_width.max(from_height).max(1);
        let side = side.min(longer);
        let shrink = |length: usize| (length * side / longer).max(1);
        let (width, height) = (shrink(from_width), shrink(from_height));
        let mut sums = vec![(0_u64, 0_u64, 0_u64); width * height];
        for (at, (pixel, seen)) in picture.pixels().zip(in_view).enumerate() {
            let (x, y) = (at % from_width * width / from_width, at / from_width * height / from_height);
            let sum = &mut sums[y * width + x];
            sum.0 += 1;
            if *seen {
                sum.1 += 1;
                sum.2 += u64::from(pixel.0[1]);
            }
        }
        let seen: Vec<bool> = sums.iter().map(|(all, seen, _)| 2 * seen >= *all && *seen > 0).collect();
        let inside = || sums.iter().zip(&seen).filter(|(_, seen)| **seen).map(|(sum, _)| sum);
        let (count, light) = inside().fold((0, 0), |(count, light), sum| (count + sum.1, light + sum.2));
        let mean = light as f32 / count.max(1) as f32;
        let of =
            |(sum, seen): (&(u64, u64, u64), &bool)| if *seen { sum.2 as f32 / sum.1 as f32 } else { mean };
        (Self { width, height, data: sums.iter().zip(&seen).map(of).collect() }, seen)
    }

    /// Light at a place; beyond an edge, that of the edge.
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        let within = |at: f32, length: usize| (at.round().max(0.0) as usize).min(length - 1);
        self.data[within(y, self.height) * self.width + within(x, self.width)]
    }

    /// Another plane of the same size, taken away.
    pub(super) fn less(&self, other: &Self) -> Vec<f32> {
        self.data.iter().zip(&other.data).map(|(a, b)| a - b).collect()
    }

    /// Blurred by nearly a bell of standard deviation `sigma`: three boxes, one after the other.
    pub(super) fn blurred(&self, sigma: f32) -> Self {
        let radius = (((4.0 * sigma * sigma + 1.0).sqrt() - 1.0) / 2.0).round().max(1.0) as usize;
        let mut plane = self.clone();
        for _ in 0..3 {
            plane = plane.boxed(radius);
        }
        plane
    }

    fn boxed(&self, radius: usize) -> Self {
        let (width, height) = (self.width, self.height);
        let share = 1.0 / (2 * radius + 1) as f32;
        let mut across = vec![0.0; width * height];
        for (row, out) in self.data.chunks_exact(width).zip(across.chunks_exact_mut(width)) {
            let at = |x: usize| row[x.saturating_sub(radius).min(width - 1)];
            let mut sum: f32 = (0..=2 * radius).map(at).sum();
            for (x, value) in out.iter_mut().enumerate() {
                *value = sum * share;
                sum += at(x + 2 * radius + 1) - at(x);
            }
        }
        let row = |y: usize| &across[y.saturating_sub(radius).min(height - 1) * width..][..width];
        let mut data = Vec::with_capacity(width * height);
        let mut sums = vec![0.0_f32; width];
        for y in 0..=2 * radius {
            sums.iter_mut().zip(row(y)).for_each(|(sum, value)| *sum += value);
        }
        for y in 0..height {
            data.extend(sums.iter().map(|sum| sum * share));
            for ((sum, new), old) in sums.iter_mut().zip(row(y + 2 * radius + 1)).zip(row(y)) {
                *sum += new - old;
            }
        }
        Self { width, height, data }
    }
}
