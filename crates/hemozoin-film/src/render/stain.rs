//! The colours of a preparation.
//!
//! Palettes are typical 8-bit colours as cameras show them; they become optical densities against the background.
//! Light and 8-bit level are related by a square here (gamma 2): close to sRGB, and exact on every machine.

use serde::{Deserialize, Serialize};

use super::arith::ln;
use super::canvas::Ink;
use super::dice::Dice;
use crate::terms::Film;

/// A look of the staining and of the light, as met in routine slides.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Stain {
    /// Giemsa on the pink side (acid buffer), warm light.
    Pink,
    /// Giemsa on the blue side (pH 7.2), neutral or cool light: grey-pink cells.
    Blue,
    /// Deep purple, overstained.
    Purple,
    /// Faded or understained: everything pale.
    Faded,
    /// Yellow light or old mounting medium.
    Yellowish,
}

impl Stain {
    /// All stains.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;
}

/// Densities of everything that is drawn, and the light itself.
#[derive(Clone, Debug)]
pub(super) struct Inks {
    /// Linear light without any object, 0 to 1.
    pub(super) light: Ink,
    /// Haemoglobin of a full-thickness red cell.
    pub(super) cell: Ink,
    /// Parasite nuclei.
    pub(super) chromatin: Ink,
    /// Parasite cytoplasm.
    pub(super) cytoplasm: Ink,
    /// White-cell nuclei.
    pub(super) nucleus: Ink,
    /// White-cell cytoplasm.
    pub(super) pale: Ink,
    /// Platelets.
    pub(super) platelet: Ink,
    /// Malaria pigment (haemozoin) and dirt.
    pub(super) pigment: Ink,
    /// Stain precipitate.
    pub(super) precipitate: Ink,
    /// Second tone of a thick film's background.
    pub(super) stroma: Ink,
}

/// Background, red cell, chromatin, cytoplasm, nucleus, pale cytoplasm, platelet, pigment, precipitate, stroma.
type Palette = [[u8; 3]; 10];

const fn thin(stain: Stain) -> Palette {
    let (platelet, pigment, dirt) = ([150, 70, 140], [70, 50, 40], [80, 40, 110]);
    match stain {
        Stain::Pink => {
            let (bg, cell) = ([224, 190, 170], [200, 136, 136]);
            [
                bg,
                cell,
                [128, 22, 84],
                [164, 116, 146],
                [86, 30, 110],
                [206, 158, 172],
                [164, 60, 120],
                pigment,
                dirt,
                bg,
            ]
        }
        Stain::Blue => {
            let (bg, cell) = ([192, 196, 220], [156, 122, 160]);
            [
                bg,
                cell,
                [74, 28, 100],
                [92, 98, 150],
                [52, 28, 120],
                [170, 158, 196],
                [82, 66, 148],
                pigment,
                dirt,
                bg,
            ]
        }
        Stain::Purple => {
            let (bg, cell) = ([206, 226, 216], [168, 70, 142]);
            [
                bg,
                cell,
                [84, 10, 80],
                [128, 70, 140],
                [78, 8, 96],
                [186, 150, 190],
                platelet,
                pigment,
                dirt,
                bg,
            ]
        }
        Stain::Faded => {
            let (bg, cell) = ([216, 198, 178], [196, 162, 156]);
            [
                bg,
                cell,
                [138, 60, 104],
                [164, 140, 158],
                [112, 66, 124],
                [204, 180, 176],
                [170, 110, 146],
                pigment,
                dirt,
                bg,
            ]
        }
        Stain::Yellowish => {
            let (bg, cell) = ([206, 202, 140], [164, 118, 90]);
            [
                bg,
                cell,
                [66, 30, 66],
                [92, 98, 104],
                [52, 34, 96],
                [176, 160, 140],
                [96, 76, 116],
                pigment,
                dirt,
                bg,
            ]
        }
    }
}

const fn thick(stain: Stain) -> Palette {
    let pigment = [70, 52, 40];
    match stain {
        Stain::Pink => {
            let (bg, cell) = ([228, 192, 186], [206, 150, 160]);
            [
                bg,
                cell,
                [128, 30, 84],
                [168, 124, 150],
                [58, 22, 96],
                [204, 150, 168],
                [190, 100, 130],
                pigment,
                [96, 44, 104],
                [208, 148, 160],
            ]
        }
        Stain::Blue => {
            let (bg, cell) = ([188, 192, 184], [160, 156, 166]);
            [
                bg,
                cell,
                [98, 52, 118],
                [118, 120, 152],
                [52, 34, 96],
                [146, 136, 164],
                [150, 96, 146],
                pigment,
                [70, 52, 100],
                [148, 150, 160],
            ]
        }
        Stain::Purple => {
            let (bg, cell) = ([222, 208, 228], [190, 140, 206]);
            [
                bg,
                cell,
                [104, 20, 100],
                [136, 110, 180],
                [46, 12, 130],
                [180, 140, 206],
                [178, 88, 170],
                pigment,
                [80, 40, 140],
                [182, 132, 204],
            ]
        }
        Stain::Faded => {
            let (bg, cell) = ([232, 204, 182], [216, 178, 168]);
            [
                bg,
                cell,
                [132, 54, 92],
                [178, 150, 160],
                [88, 50, 104],
                [210, 172, 168],
                [196, 130, 146],
                pigment,
                [120, 80, 110],
                [218, 180, 170],
            ]
        }
        Stain::Yellowish => {
            let (bg, cell) = ([196, 184, 150], [170, 156, 136]);
            [
                bg,
                cell,
                [84, 52, 88],
                [112, 112, 122],
                [50, 44, 82],
                [150, 140, 134],
                [134, 100, 116],
                pigment,
                [72, 60, 80],
                [170, 154, 140],
            ]
        }
    }
}

impl Inks {
    /// The palette of `stain`, moved at random by up to about a fifth at `variation` 1.
    pub(super) fn new(film: Film, stain: Stain, variation: f32, dice: &mut Dice) -> Self {
        let palette = match film {
            Film::Thin => thin(stain),
            Film::Thick => thick(stain),
        };
        let linear = palette.map(|rgb| rgb.map(|v| (f32::from(v) / 255.0) * (f32::from(v) / 255.0)));
        let [background, objects @ ..] = linear;
        let warm = dice.range(-0.1, 0.1) * variation;
        let bright = 1.0 + dice.range(-0.14, 0.1) * variation;
        let tint = [bright + warm, bright + dice.range(-0.06, 0.06) * variation, bright - warm];
        let mut light = background;
        for (l, t) in light.iter_mut().zip(tint) {
            *l = (*l * t).min(0.98);
        }
        let mut ink = objects.map(|object| {
            let strength = 1.0 + dice.range(-0.22, 0.22) * variation;
            let mut ink = [0.0; 3];
            for ((i, o), b) in ink.iter_mut().zip(object).zip(background) {
                *i = ln(b / o) * strength * (1.0 + dice.range(-0.1, 0.1) * variation);
            }
            ink
        });
        // Dirt and pigment absorb whatever the stain did.
        if let Some(pigment) = ink.get_mut(6) {
            *pigment = pigment.map(|v| v.max(0.3));
        }
        let [cell, chromatin, cytoplasm, nucleus, pale, platelet, pigment, precipitate, stroma] = ink;
        Self { light, cell, chromatin, cytoplasm, nucleus, pale, platelet, pigment, precipitate, stroma }
    }
}
