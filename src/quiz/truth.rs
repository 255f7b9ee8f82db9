//! What is on a slide or a crop.

use serde::{Deserialize, Serialize};

use super::course::Ask;
use super::what::What;
use crate::standard::{Asexual, Density as Counted, FieldCount, Profile, WbcUsed, WhiteCells};
use crate::terms::Film;

/// What one field holds: asexual parasites, gametocytes, white cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u32, u32)", into = "(u32, u32, u32)")]
pub struct FieldTruth {
    /// Asexual parasites.
    pub asexual: u32,
    /// Gametocytes.
    pub gametocytes: u32,
    /// White cells.
    pub white_cells: u32,
}

impl From<(u32, u32, u32)> for FieldTruth {
    fn from((asexual, gametocytes, white_cells): (u32, u32, u32)) -> Self {
        Self { asexual, gametocytes, white_cells }
    }
}

impl From<FieldTruth> for (u32, u32, u32) {
    fn from(field: FieldTruth) -> Self {
        (field.asexual, field.gametocytes, field.white_cells)
    }
}

impl FieldTruth {
    /// Parasites of all stages.
    pub fn parasites(self) -> u32 {
        self.asexual.saturating_add(self.gametocytes)
    }

    pub(super) fn count(self) -> FieldCount {
        FieldCount::new(self.asexual, self.white_cells).with_gametocytes(self.gametocytes)
    }
}

/// What a question is about, as it is kept beside the answer: a sitting can be scored without its pictures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Truth {
    /// A slide.
    Slide {
        /// The film.
        film: Film,
        /// What was asked.
        ask: Ask,
        /// White cells per µL where they were measured; the profile's own are assumed else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wbc_per_ul: Option<f64>,
        /// What each of the fields that were shown holds.
        fields: Vec<FieldTruth>,
    },
    /// A crop.
    Crop {
        /// What lies in its middle.
        thing: What,
    },
}

impl Truth {
    /// Whether a slide holds a parasite of any stage; `None` for a crop.
    pub fn positive(&self) -> Option<bool> {
        match self {
            Self::Slide { fields, .. } => Some(fields.iter().any(|field| field.parasites() > 0)),
            Self::Crop { .. } => None,
        }
    }

    /// Asexual parasites per µL over all fields that were shown: what is on the slide, without stopping bias (STA-6).
    /// `None` for a crop, for a thin film, and where there is no parasite or no white cell.
    pub fn density(&self, profile: &Profile) -> Option<u64> {
        match self {
            Self::Slide { film: Film::Thick, wbc_per_ul, fields, .. } => {
                let (mut asexual, mut cells) = (Asexual(0), WhiteCells(0));
                for field in fields {
                    asexual += Asexual(u64::from(field.asexual));
                    cells += WhiteCells(u64::from(field.white_cells));
                }
                let density = Counted::thick(asexual, cells, wbc_used(*wbc_per_ul, profile))?;
                (density.counted() > 0).then(|| density.reported())
            }
            Self::Slide { .. } | Self::Crop { .. } => None,
        }
    }
}

/// White cells per µL as measured, or as the profile assumes them.
pub(super) fn wbc_used(measured: Option<f64>, profile: &Profile) -> WbcUsed {
    measured.and_then(|wbc| WbcUsed::measured_from(wbc).ok()).unwrap_or_else(|| WbcUsed::assumed(profile))
}

/// A thing in a field, pixels of its picture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Object {
    /// What it is; `None` for an asexual parasite whose stage nobody named.
    pub thing: Option<What>,
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Object {
    /// Its middle.
    pub fn centre(&self) -> (f64, f64) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }
}
