//! The page's own files, inside the binary.

/// Type and bytes of a file of this name.
pub(super) fn asset(name: &str) -> Option<(&'static str, &'static [u8])> {
    const SCRIPT: &str = "text/javascript; charset=utf-8";
    const STYLE: &str = "text/css; charset=utf-8";
    let (kind, text): (_, &'static str) = match name {
        "icon.svg" => ("image/svg+xml", include_str!("page/icon.svg")),
        "page.css" => (STYLE, include_str!("page/page.css")),
        // OpenSeadragon 5.0.1, as its makers build it; its licence goes with the binary.
        "openseadragon.min.js" => (SCRIPT, include_str!("page/openseadragon.min.js")),
        "openseadragon.LICENSE.txt" => {
            ("text/plain; charset=utf-8", include_str!("page/openseadragon.LICENSE.txt"))
        }
        "review.js" => (SCRIPT, include_str!("page/review.js")),
        "ask.js" => (SCRIPT, include_str!("page/ask.js")),
        "grid.js" => (SCRIPT, include_str!("page/grid.js")),
        "field.js" => (SCRIPT, include_str!("page/field.js")),
        "viewer.js" => (SCRIPT, include_str!("page/viewer.js")),
        "side.js" => (SCRIPT, include_str!("page/side.js")),
        "first.js" => (SCRIPT, include_str!("page/first.js")),
        "quiz.js" => (SCRIPT, include_str!("page/quiz.js")),
        "tally.js" => (SCRIPT, include_str!("page/tally.js")),
        "queue.js" => (SCRIPT, include_str!("page/queue.js")),
        _ => return None,
    };
    Some((kind, text.as_bytes()))
}
