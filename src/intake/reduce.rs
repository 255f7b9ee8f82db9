//! Smaller pictures by exact averaging: integer sums, so the same pixels on every machine.

use image::RgbImage;

use crate::measure::PxSize;

/// The size with its longer side at most `max_side` (at least 1 x 1); never larger than it was.
pub fn reduced_size(size: PxSize, max_side: u32) -> PxSize {
    let longer = size.width.max(size.height).max(1);
    let max_side = max_side.max(1);
    if longer <= max_side {
        return size;
    }
    let shrink = |side: u32| {
        let exact = (u64::from(side) * u64::from(max_side) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(exact).unwrap_or(max_side).max(1)
    };
    PxSize { width: shrink(size.width), height: shrink(size.height) }
}

/// Averages a picture that arrives in parts; each source pixel counts in exactly one target pixel.
pub(super) struct Reducer {
    source: PxSize,
    target: PxSize,
    sums: Vec<[u64; 4]>,
}

impl Reducer {
    /// For a picture of `source` pixels, to be shown in `target` pixels.
    pub(super) fn new(source: PxSize, target: PxSize) -> Self {
        let cells = usize::try_from(target.area()).unwrap_or(0);
        Self { source, target, sums: vec![[0; 4]; cells] }
    }

    /// Adds the pixels `rgb` of a part `width` wide whose top left is at `(x, y)`.
    pub(super) fn add(&mut self, x: u32, y: u32, width: u32, rgb: &[u8]) {
        let width = width as usize;
        if width == 0 {
            return;
        }
        let columns: Vec<usize> =
            (0..width).map(|i| scaled(x as usize + i, self.source.width, self.target.width)).collect();
        for (row, line) in rgb.chunks_exact(width * 3).enumerate() {
            let target_row = scaled(y as usize + row, self.source.height, self.target.height);
            let start = target_row * self.target.width as usize;
            let Some(sums) = self.sums.get_mut(start..start + self.target.width as usize) else { break };
            for (pixel, &column) in line.chunks_exact(3).zip(&columns) {
                if let (Some(sum), &[r, g, b]) = (sums.get_mut(column), pixel) {
                    sum[0] += u64::from(r);
                    sum[1] += u64::from(g);
                    sum[2] += u64::from(b);
                    sum[3] += 1;
                }
            }
        }
    }

    /// The averages, rounded; a pixel that received nothing is black.
    pub(super) fn finish(self) -> RgbImage {
        let mut out = RgbImage::new(self.target.width, self.target.height);
        for (pixel, [r, g, b, n]) in out.pixels_mut().zip(self.sums) {
            if n > 0 {
                pixel.0 = [r, g, b].map(|sum| u8::try_from((sum + n / 2) / n).unwrap_or(u8::MAX));
            }
        }
        out
    }
}

fn scaled(at: usize, from: u32, to: u32) -> usize {
    at * to as usize / from.max(1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averages_exactly_and_in_any_order() {
        let (source, target) = (PxSize { width: 4, height: 2 }, PxSize { width: 2, height: 1 });
        let rows: [[u8; 12]; 2] =
            [[0, 0, 0, 4, 4, 4, 10, 0, 0, 10, 0, 0], [8, 8, 8, 12, 12, 12, 20, 0, 0, 20, 0, 0]];
        let mut reducer = Reducer::new(source, target);
        reducer.add(0, 1, 4, &rows[1]);
        reducer.add(0, 0, 4, &rows[0]);
        assert_eq!(reducer.finish().into_raw(), [6, 6, 6, 15, 0, 0]);
    }

    #[test]
    fn keeps_the_shape() {
        let size = PxSize { width: 4000, height: 3000 };
        assert_eq!(reduced_size(size, 1000), PxSize { width: 1000, height: 750 });
        assert_eq!(reduced_size(size, 9000), size);
        assert_eq!(reduced_size(PxSize { width: 9000, height: 1 }, 10), PxSize { width: 10, height: 1 });
    }
}
