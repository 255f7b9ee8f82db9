//! The bundles inside the binary.

use std::borrow::Cow;

use crate::detect::{Bundle, Networks};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

struct Files {
    name: &'static str,
    film: Film,
    toml: &'static str,
    model: &'static [u8],
    second: &'static [u8],
    third: &'static [u8],
    card: BundleCard,
}

/// What a bundle is for, how it was measured and what it has never seen, in Markdown.
#[derive(Clone, Copy, Debug)]
pub struct BundleCard {
    /// `CARD.md`: everything.
    pub english: &'static str,
    /// `CARTE.md`: what a reader needs; the commands and sources stand in the English one.
    pub french: &'static str,
}

macro_rules! files {
    ($name:literal, $film:expr) => {
        Files {
            name: $name,
            film: $film,
            toml: include_str!(concat!("../models/", $name, "/bundle.toml")),
            model: include_bytes!(concat!("../models/", $name, "/model.onnx")),
            second: include_bytes!(concat!("../models/", $name, "/second.onnx")),
            third: include_bytes!(concat!("../models/", $name, "/third.onnx")),
            card: BundleCard {
                english: include_str!(concat!("../models/", $name, "/CARD.md")),
                french: include_str!(concat!("../models/", $name, "/CARTE.md")),
            },
        }
    };
}

const BUNDLED: [Files; 2] = [files!("thick-falciparum", Film::Thick), files!("thin-falciparum", Film::Thin)];

/// Names of the bundles inside the binary, with the film of each and its card.
pub fn bundled_names() -> impl Iterator<Item = (&'static str, Film, BundleCard)> {
    BUNDLED.iter().map(|b| (b.name, b.film, b.card))
}

/// The bundle for a film that is used unless another is named, with its networks.
///
/// # Errors
/// [`ErrorKind::Internal`] where this build carries a bundle that does not fit.
pub fn bundled(film: Film) -> Result<(Bundle, Networks<'static>)> {
    let files = BUNDLED
        .iter()
        .find(|b| b.film == film)
        .ok_or_else(|| Error::new(ErrorKind::Internal, "no bundle for this film is built in"))?;
    let networks = Networks {
        model: Cow::Borrowed(files.model),
        second: Some(Cow::Borrowed(files.second)),
        third: Some(Cow::Borrowed(files.third)),
    };
    Ok((Bundle::parse(files.toml)?, networks))
}
