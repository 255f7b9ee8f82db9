//! Which tile owns a coordinate. A point belongs to the tile whose half-open span holds it.

/// The span `[from, to)` that tile number `index` owns along one axis, for tiles that own `core` pixels each
/// and a grid that starts `origin` pixels before the picture.
pub fn owned_span(index: u32, core: u32, origin: u32) -> (i64, i64) {
    let from = i64::from(index) * i64::from(core) - i64::from(origin);
    (from, from + i64::from(core))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_follow_each_other_without_gap() {
        for origin in [0, 16, 240] {
            for i in 0..5 {
                assert_eq!(owned_span(i, 256, origin).1, owned_span(i + 1, 256, origin).0);
            }
        }
        assert_eq!(owned_span(0, 256, 16), (-16, 240));
    }
}
