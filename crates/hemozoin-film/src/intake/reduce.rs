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

/// So many rows of bytes add up in 16 bits without carrying over.
const ROWS_IN_U16: u64 = 257;

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
        let mut lines = rgb.chunks_exact(width * 3).zip(y as usize..).peekable();
        let mut sums = vec![0_u16; width * 3];
        // Rows that share a target row are added up whole, which a processor does many pixels at a time, and only
        // their sum is dealt out to the columns.
        while let Some((line, at)) = lines.next() {
            let row = |at: usize| scaled(at, self.source.height, self.target.height);
            let target_row = row(at);
            sums.iter_mut().zip(line).for_each(|(sum, value)| *sum = u16::from(*value));
            let mut rows = 1;
            while let Some((line, _)) = lines.next_if(|(_, at)| rows < ROWS_IN_U16 && row(*at) == target_row)
            {
                sums.iter_mut().zip(line).for_each(|(sum, value)| *sum += u16::from(*value));
                rows += 1;
            }
            self.deal(target_row, &columns, &sums, rows);
        }
    }

    /// Adds the sums of `rows` source rows to their target row.
    fn deal(&mut self, target_row: usize, columns: &[usize], sums: &[u16], rows: u64) {
        let across = self.target.width as usize;
        let Some(targets) = self.sums.get_mut(target_row * across..(target_row + 1) * across) else { return };
        for (sum, &column) in sums.as_chunks::<3>().0.iter().zip(columns) {
            if let Some(target) = targets.get_mut(column) {
                for (channel, value) in target.iter_mut().zip(sum) {
                    *channel += u64::from(*value);
                }
                target[3] += rows;
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

    /// More rows in one target row than 16 bits hold, all white, in parts that cut pixels of the target.
    #[test]
    fn many_rows_do_not_carry_over() {
        let (source, target) = (PxSize { width: 3, height: 1400 }, PxSize { width: 2, height: 2 });
        let mut reducer = Reducer::new(source, target);
        for (x, width) in [(2, 1), (0, 2)] {
            for (y, rows) in [(0, 600_usize), (600, 800)] {
                let part: Vec<u8> = (0..rows * width as usize * 3)
                    .map(|i| if y as usize + i / (3 * width as usize) < 700 { 255 } else { 7 })
                    .collect();
                reducer.add(x, y, width, &part);
            }
        }
        assert_eq!(reducer.finish().into_raw(), [[255; 6], [7; 6]].concat());
    }

    #[test]
    fn keeps_the_shape() {
        let size = PxSize { width: 4000, height: 3000 };
        assert_eq!(reduced_size(size, 1000), PxSize { width: 1000, height: 750 });
        assert_eq!(reduced_size(size, 9000), size);
        assert_eq!(reduced_size(PxSize { width: 9000, height: 1 }, 10), PxSize { width: 10, height: 1 });
    }
}
