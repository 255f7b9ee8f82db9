//! Whether a mark holds ink: a nucleus is darker than the film around it, the plate of a burnt-in scale bar is not.

/// How much darker than the film around it a pixel of ink is, in the network's normalised units (0.25 of the range
/// from black to white is 1).
const DARKER: f32 = 0.2;

/// The film around a box reaches this many times the box's sides.
const AROUND: f64 = 1.6;

/// One tile's input: three normalised planes of `tile` x `tile` pixels, 0 in all three outside the picture.
pub(super) struct Input<'a> {
    pub(super) planes: &'a [f32],
    pub(super) tile: usize,
}

impl Input<'_> {
    /// True where at least `share` of the box around a point of the tile (pixels) is darker than the median of what
    /// lies around the box. What the tile does not hold is left out; a box with nothing around it is taken as dark.
    pub(super) fn is_dark(&self, (x, y): (f64, f64), (width, height): (f64, f64), share: f32) -> bool {
        let (mut inside, mut around) = (Vec::new(), Vec::new());
        let span = |middle: f64, side: f64| {
            let from = (middle - AROUND * side / 2.0).max(0.0) as usize;
            from..((middle + AROUND * side / 2.0).ceil().max(0.0) as usize).min(self.tile)
        };
        for row in span(y, height) {
            for column in span(x, width) {
                let Some(light) = self.light(row * self.tile + column) else { continue };
                let dx = (column as f64 + 0.5 - x).abs();
                let dy = (row as f64 + 0.5 - y).abs();
                let within = dx <= width / 2.0 && dy <= height / 2.0;
                if within { inside.push(light) } else { around.push(light) }
            }
        }
        let middle = around.len() / 2;
        if around.is_empty() || inside.is_empty() {
            return true;
        }
        let film = *around.select_nth_unstable_by(middle, f32::total_cmp).1;
        let dark = inside.iter().filter(|light| **light < film - DARKER).count();
        dark as f32 >= share * inside.len() as f32
    }

    /// Mean of the three planes; `None` outside the picture.
    fn light(&self, at: usize) -> Option<f32> {
        let area = self.tile * self.tile;
        let [r, g, b] = [0, 1, 2].map(|plane| self.planes.get(plane * area + at).copied().unwrap_or(0.0));
        (r != 0.0 || g != 0.0 || b != 0.0).then_some((r + g + b) / 3.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILE: usize = 128;

    /// Film of 1.2 with what `draw` puts on it, the same in all planes.
    fn input(draw: impl Fn(usize, usize) -> Option<f32>) -> Vec<f32> {
        let plane = (0..TILE * TILE).map(|i| draw(i % TILE, i / TILE).unwrap_or(1.2));
        let plane: Vec<f32> = plane.collect();
        [&plane[..], &plane[..], &plane[..]].concat()
    }

    #[test]
    fn a_nucleus_is_dark_and_a_plate_with_writing_is_not() {
        let lobes = |x: usize, y: usize| {
            let near = |cx: f64, cy: f64| (x as f64 - cx).hypot(y as f64 - cy) < 11.0;
            (near(54.0, 60.0) || near(72.0, 66.0)).then_some(-1.0)
        };
        let planes = input(lobes);
        assert!(Input { planes: &planes, tile: TILE }.is_dark((63.0, 63.0), (40.0, 34.0), 0.35));
        let plate = |x: usize, y: usize| {
            let on = (40..86).contains(&x) && (48..78).contains(&y);
            let writing = x % 8 < 2 && (52..74).contains(&y);
            on.then_some(if writing { -1.9 } else { 1.9 })
        };
        let planes = input(plate);
        assert!(!Input { planes: &planes, tile: TILE }.is_dark((63.0, 63.0), (46.0, 40.0), 0.35));
    }

    #[test]
    fn a_tile_that_holds_nothing_around_the_box_decides_nothing() {
        let planes = input(|_, _| None);
        assert!(Input { planes: &planes, tile: TILE }.is_dark((64.0, 64.0), (400.0, 400.0), 0.35));
        let outside = vec![0.0; 3 * TILE * TILE];
        assert!(Input { planes: &outside, tile: TILE }.is_dark((64.0, 64.0), (30.0, 30.0), 0.35));
    }
}
