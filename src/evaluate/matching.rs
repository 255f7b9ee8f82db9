//! Which detection meets which label.

use crate::measure::PxRect;

/// When a detection meets a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rule {
    /// The centre of the detection lies in the label's box, grown to at least this half-width (pixels).
    InBox {
        /// Least half-width and half-height, pixels.
        least_half: f64,
    },
    /// The centres are within half of the label's mean side.
    HalfACell,
}

/// Pairs detections (box, score) with labels, one to one: the strongest detection first, each with the nearest
/// label that is still free. Among equal scores the upper, then the left one is first, so the order of the
/// input does not matter. The answer holds the label of each detection.
pub(super) fn pair(found: &[(PxRect, f32)], labels: &[PxRect], rule: Rule) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    let key = |i: usize| {
        let (bounds, score) = &found[i];
        let (x, y) = bounds.centre();
        (*score, y, x)
    };
    order.sort_by(|&a, &b| {
        let ((sa, ya, xa), (sb, yb, xb)) = (key(a), key(b));
        sb.total_cmp(&sa).then(ya.total_cmp(&yb)).then(xa.total_cmp(&xb))
    });
    let mut free = vec![true; labels.len()];
    let mut answer = vec![None; found.len()];
    for i in order {
        let (x, y) = found[i].0.centre();
        let nearest = labels
            .iter()
            .enumerate()
            .filter(|(j, label)| free[*j] && meets(x, y, label, rule))
            .map(|(j, label)| {
                let (cx, cy) = label.centre();
                ((cx - x).hypot(cy - y), j)
            })
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        if let Some((_, j)) = nearest {
            free[j] = false;
            answer[i] = Some(j);
        }
    }
    answer
}

fn meets(x: f64, y: f64, label: &PxRect, rule: Rule) -> bool {
    let (cx, cy) = label.centre();
    match rule {
        Rule::InBox { least_half } => {
            let half = |side: f64| (side / 2.0).max(least_half);
            (x - cx).abs() <= half(label.width()) && (y - cy).abs() <= half(label.height())
        }
        Rule::HalfACell => (x - cx).hypot(y - cy) <= (label.width() + label.height()) / 4.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64, w: f64, h: f64) -> PxRect {
        PxRect::around(x, y, w, h).expect("sound")
    }

    #[test]
    fn one_to_one_and_the_strongest_first() {
        let labels = [at(10.0, 20.0, 8.0, 4.0)];
        let found = [(at(11.0, 20.0, 5.0, 5.0), 0.6), (at(13.0, 21.0, 5.0, 5.0), 0.9)];
        assert_eq!(pair(&found, &labels, Rule::InBox { least_half: 1.0 }), [None, Some(0)]);
    }

    #[test]
    fn small_boxes_are_grown_and_axes_kept_apart() {
        let labels = [at(50.0, 50.0, 2.0, 30.0)];
        let near = |x, y| pair(&[(at(x, y, 4.0, 4.0), 0.5)], &labels, Rule::InBox { least_half: 6.0 })[0];
        assert_eq!(near(55.0, 64.0), Some(0));
        assert_eq!(near(57.0, 50.0), None, "beyond the grown half-width");
        assert_eq!(near(50.0, 66.0), None, "beyond the box");
    }

    #[test]
    fn half_a_cell_is_half_the_mean_side() {
        let labels = [at(0.0, 0.0, 60.0, 40.0)];
        let near = |x| pair(&[(at(x, 0.0, 50.0, 50.0), 0.5)], &labels, Rule::HalfACell)[0];
        assert_eq!((near(24.9), near(25.1)), (Some(0), None));
    }

    #[test]
    fn order_does_not_matter() {
        let labels = [at(0.0, 0.0, 10.0, 10.0), at(6.0, 0.0, 10.0, 10.0)];
        let mut found =
            vec![(at(2.0, 0.0, 4.0, 4.0), 0.5), (at(4.0, 1.0, 4.0, 4.0), 0.5), (at(3.0, 2.0, 4.0, 4.0), 0.9)];
        let hits = |found: &[(PxRect, f32)]| {
            let mut hit: Vec<_> = pair(found, &labels, Rule::HalfACell)
                .into_iter()
                .zip(found)
                .map(|(j, (r, _))| (format!("{r:?}"), j))
                .collect();
            hit.sort();
            hit
        };
        let first = hits(&found);
        found.reverse();
        assert_eq!(first, hits(&found));
    }
}
