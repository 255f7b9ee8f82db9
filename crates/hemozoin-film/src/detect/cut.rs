//! Which red cells the edge of the view cuts.

use crate::measure::PxRect;
use crate::optics::View;

/// Diameter of a red cell, µm, where a parasite's own was not found.
pub(super) const RED_CELL_UM: f64 = 7.4;
/// A cell is whole where its outline, drawn in by this factor, lies in view: boxes are not exact to a pixel.
const TOLERANCE: f64 = 0.85;

/// Whether the edge of the view cuts a red cell that fills `bounds` (pixels of the upright picture, not clipped).
///
/// Of a cut cell a part is out of sight that may hold a parasite, so that it cannot be called uninfected.
pub(super) fn is_cut(view: &View, bounds: &PxRect) -> bool {
    let (x, y) = bounds.centre();
    let (across, down) = (bounds.width() / 2.0 * TOLERANCE, bounds.height() / 2.0 * TOLERANCE);
    let (width, height) = (f64::from(view.size().width), f64::from(view.size().height));
    let in_picture = x - across >= 0.0 && y - down >= 0.0 && x + across <= width && y + down <= height;
    let in_disc =
        view.disc().is_none_or(|d| (x - d.x).hypot(y - d.y) + f64::midpoint(across, down) <= d.radius);
    !(in_picture && in_disc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::PxSize;
    use crate::optics::Disc;

    fn cell(x: f64, y: f64) -> PxRect {
        PxRect::around(x, y, 40.0, 40.0).expect("a box")
    }

    #[test]
    fn the_edge_of_the_picture_and_of_the_disc_cut() {
        let size = PxSize { width: 400, height: 300 };
        let whole = View::whole(size);
        assert!(!is_cut(&whole, &cell(20.0, 150.0)) && !is_cut(&whole, &cell(18.0, 150.0)));
        assert!(is_cut(&whole, &cell(14.0, 150.0)) && is_cut(&whole, &cell(200.0, 290.0)));
        let disc = View::within(size, Disc { x: 200.0, y: 150.0, radius: 100.0 });
        assert!(!is_cut(&disc, &cell(280.0, 150.0)) && !is_cut(&disc, &cell(200.0, 70.0)));
        assert!(is_cut(&disc, &cell(290.0, 150.0)) && is_cut(&disc, &cell(265.0, 215.0)));
    }
}
