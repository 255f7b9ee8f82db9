//! What to draw.

use serde::{Deserialize, Serialize};

use super::stain::Stain;
use crate::measure::MicronsPerPixel;
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// How many objects have their centre in view.
///
/// Thin films: `rings`, `trophozoites` and `schizonts` lie inside some of the `red_cells`, which number infected and
/// uninfected cells together; gametocytes come on top (R of the standard is `red_cells + gametocytes`).
/// Thick films have no red cells: `red_cells` is ignored there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Counts {
    /// Red cells, infected ones included.
    pub red_cells: u32,
    /// Ring forms.
    pub rings: u32,
    /// Late trophozoites.
    pub trophozoites: u32,
    /// Schizonts.
    pub schizonts: u32,
    /// Gametocytes.
    pub gametocytes: u32,
    /// White cells.
    pub white_cells: u32,
    /// Platelets.
    pub platelets: u32,
    /// Patches of stain precipitate (not in the truth).
    pub precipitate: u32,
    /// Dirt, threads, ghosts, spots (not in the truth).
    pub debris: u32,
}

impl Counts {
    /// Asexual parasites of all stages.
    pub fn asexual(&self) -> u32 {
        self.rings.saturating_add(self.trophozoites).saturating_add(self.schizonts)
    }

    fn each(&self) -> [u32; 9] {
        [
            self.red_cells,
            self.rings,
            self.trophozoites,
            self.schizonts,
            self.gametocytes,
            self.white_cells,
            self.platelets,
            self.precipitate,
            self.debris,
        ]
    }
}

/// The bright disc of an eyepiece on black.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disc {
    /// Diameter as a share of the picture's shorter side; above 1 the disc is cut by the picture.
    pub diameter: f64,
    /// Centre across, as a share of the width.
    pub cx: f64,
    /// Centre down, as a share of the height.
    pub cy: f64,
}

/// Everything that decides a picture, to the bit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FieldSpec {
    /// Thick or thin film.
    pub film: Film,
    /// Scale, µm per pixel.
    pub um_per_px: f64,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Colours.
    pub stain: Stain,
    /// How far the colours may stray from the stain's own, 0 to 1.
    pub stain_variation: f64,
    /// Eyepiece disc, or none for a camera on a tube.
    pub disc: Option<Disc>,
    /// Blur of the optics, µm (standard deviation); 0.1 is sharp, 0.3 soft, 1 out of focus.
    pub blur_um: f64,
    /// Camera noise, standard deviation in 8-bit levels.
    pub noise: f64,
    /// Softening after the noise, as phone cameras and strong JPEG compression do, 0 to 1.
    pub softness: f64,
    /// Uneven light: a gradient across the picture and darker corners, 0 to 1.
    pub unevenness: f64,
    /// Share of red cells that touch or overlap another by intent, 0 to 1.
    pub clumping: f64,
    /// Share of further ring forms that go into a cell already infected, 0 to 1 (thin films).
    pub multiple: f64,
    /// Mean depth of the red cells' central pallor, 0 to 1.
    pub pallor: f64,
    /// Variation of red-cell size and shape: 0 all alike, 1 marked aniso-poikilocytosis.
    pub poikilocytosis: f64,
    /// Unevenness of the background, 0 to 1: stroma, clouds and cracks of a thick film.
    pub texture: f64,
    /// Objects.
    pub counts: Counts,
    /// Seed of what the fields of one slide share: exact tint, habit of the red cells.
    pub look: u64,
    /// Seed of everything else that is random.
    pub seed: u64,
}

impl Default for FieldSpec {
    fn default() -> Self {
        Self {
            film: Film::Thin,
            um_per_px: 0.1,
            width: 640,
            height: 480,
            stain: Stain::Pink,
            stain_variation: 0.3,
            disc: None,
            blur_um: 0.12,
            noise: 1.5,
            softness: 0.3,
            unevenness: 0.2,
            clumping: 0.2,
            multiple: 0.15,
            pallor: 0.5,
            poikilocytosis: 0.3,
            texture: 0.4,
            counts: Counts::default(),
            look: 0,
            seed: 0,
        }
    }
}

impl FieldSpec {
    /// Most pixels drawn: about 1 GB of working memory.
    pub const MAX_PIXELS: u64 = 40_000_000;
    /// Most objects of one kind.
    pub const MAX_OBJECTS: u32 = 20_000;

    /// An error that names the first impossible value: a scale outside [`MicronsPerPixel::RANGE`], an empty or too
    /// large picture, a share outside 0 to 1, more parasites than red cells, too many objects.
    pub fn check(&self) -> Result<()> {
        let usage = |text: String| Err(Error::new(ErrorKind::Usage, text));
        if MicronsPerPixel::new(self.um_per_px).is_none() {
            return usage(format!("um_per_px is {}: give 0.005 to 10", self.um_per_px));
        }
        if self.width == 0 || self.height == 0 {
            return usage(format!("a picture of {} x {} pixels is empty", self.width, self.height));
        }
        if u64::from(self.width) * u64::from(self.height) > Self::MAX_PIXELS {
            return Err(Error::new(
                ErrorKind::Limit,
                format!("{} x {} pixels: at most {} are drawn", self.width, self.height, Self::MAX_PIXELS),
            ));
        }
        let shares = [
            ("stain_variation", self.stain_variation, 1.0),
            ("blur_um", self.blur_um, 100.0),
            ("noise", self.noise, 100.0),
            ("softness", self.softness, 1.0),
            ("unevenness", self.unevenness, 1.0),
            ("clumping", self.clumping, 1.0),
            ("multiple", self.multiple, 1.0),
            ("pallor", self.pallor, 1.0),
            ("poikilocytosis", self.poikilocytosis, 1.0),
            ("texture", self.texture, 1.0),
        ];
        if let Some((name, value, most)) = shares.iter().find(|(_, v, most)| !(0.0..=*most).contains(v)) {
            return usage(format!("{name} is {value}: give 0 to {most}"));
        }
        if let Some(d) = self.disc {
            let sound = (0.01..=10.0).contains(&d.diameter)
                && (0.0..=1.0).contains(&d.cx)
                && (0.0..=1.0).contains(&d.cy);
            if !sound {
                return usage("disc: diameter must be 0.01 to 10, cx and cy 0 to 1".to_owned());
            }
        }
        if let Some(n) = self.counts.each().into_iter().find(|n| *n > Self::MAX_OBJECTS) {
            let text = format!("{n} objects of one kind: at most {} are drawn", Self::MAX_OBJECTS);
            return Err(Error::new(ErrorKind::Limit, text));
        }
        if self.film == Film::Thin && self.counts.asexual() > self.counts.red_cells {
            let text = format!("{} parasites in {} red cells", self.counts.asexual(), self.counts.red_cells);
            return usage(format!("{text}: a thin film needs at least one red cell for each"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_values_are_named() {
        let ok = FieldSpec::default();
        assert!(ok.check().is_ok());
        let bad = [
            (FieldSpec { um_per_px: f64::NAN, ..ok.clone() }, "um_per_px"),
            (FieldSpec { width: 0, ..ok.clone() }, "empty"),
            (FieldSpec { width: 60_000, height: 60_000, ..ok.clone() }, "at most"),
            (FieldSpec { noise: -1.0, ..ok.clone() }, "noise"),
            (FieldSpec { disc: Some(Disc { diameter: 0.0, cx: 0.5, cy: 0.5 }), ..ok.clone() }, "disc"),
            (FieldSpec { counts: Counts { rings: 1, ..Counts::default() }, ..ok.clone() }, "red cell"),
            (
                FieldSpec { counts: Counts { platelets: u32::MAX, ..Counts::default() }, ..ok.clone() },
                "at most",
            ),
        ];
        for (spec, word) in bad {
            let e = spec.check().expect_err(word).to_string();
            assert!(e.contains(word), "{e}");
        }
    }
}
