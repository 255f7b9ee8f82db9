//! Names of files beside pictures that are read as something else.

use super::sheet::is_meant;
use crate::entry::one_form;

/// Name of the laboratory's own sheet, which stands at the top of reports.
pub const LABORATORY: &str = "laboratory.toml";

/// Whether a file of this name beside pictures is read as something else than a picture: as the sheet of the slide, as a
/// file that may have been meant for it, or as the laboratory's own. Who takes pictures from outside takes none that is
/// called so: it would say whose slide it is, and which files of this computer are read with it.
pub fn is_no_pictures_name(name: &str) -> bool {
    is_meant(name) || one_form(name).eq_ignore_ascii_case(LABORATORY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_beside_pictures_is_no_name_of_one() {
        for name in [
            "slide.toml",
            "Slide.TOML",
            "slide.toml.txt",
            "slides.toml",
            "lame.toml",
            "slide.txt",
            "Laboratory.toml",
        ] {
            assert!(is_no_pictures_name(name), "{name}");
        }
        for name in ["slide.jpg", "slide", "lame.png", "laboratory.jpg", "1.jpg"] {
            assert!(!is_no_pictures_name(name), "{name}");
        }
    }
}
