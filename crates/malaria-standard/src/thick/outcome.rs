//! The result of a thick film.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::walk::{CountSet, Search};
use crate::Species;
use crate::counts::WbcUsed;
use crate::density::{Density, GametocyteDensity};
use crate::flag::Flag;
use crate::interval::{Interval, Volume};
use crate::need::Need;
use crate::profile::ProfileId;

/// State of a thick film (section 5). Only a thick film can reach [`ThickState::NoParasitesSeen`] (INV-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum ThickState {
    /// No valid field.
    NotReadable,
    /// Gametocytes and no asexual parasite (THK-8).
    GametocytesOnly,
    /// No parasite in valid fields, but candidates in rejected ones (DET-12).
    ReviewRequired,
    /// No parasite so far, and not enough examined (DET-1, DET-11).
    InsufficientFields,
    /// No malaria parasites seen (DET-1, DET-4): never "negative for malaria".
    NoParasitesSeen,
    /// Parasites seen, no white cell counted (THK-7).
    NotCalculable,
    /// Parasites seen and counted to the end of the rule.
    Positive,
    /// Parasites seen, count not finished.
    ProvisionalCount,
}

/// Asexual parasites of one species (INV-13, THK-9).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SpeciesCount {
    /// Which.
    pub species: Species,
    /// In the count set.
    pub density: Option<Density>,
    /// Interval of that density, per µL.
    pub interval: Option<Interval>,
    /// Over all valid fields.
    pub all_density: Option<Density>,
}

/// The result of a thick film with everything that INV-9 asks for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ThickOutcome {
    /// State of the film.
    pub state: ThickState,
    /// Totals over all valid fields.
    pub search: Search,
    /// What entered the density.
    pub count: CountSet,
    /// White cells per µL used, with basis.
    pub wbc: WbcUsed,
    /// Density of the count set; `None` where no asexual parasite or no white cell was counted.
    pub density: Option<Density>,
    /// Its interval, per µL; where no parasite was seen, from 0 to the upper limit of the film.
    pub interval: Option<Interval>,
    /// Density over all valid fields: information beside the reported value, without stopping bias (STA-6).
    pub all_density: Option<Density>,
    /// Gametocytes per µL over all valid fields (THK-8); `None` where none was seen.
    pub gametocyte_density: Option<GametocyteDensity>,
    /// One entry per species named.
    pub species: Vec<SpeciesCount>,
    /// Blood examined over all valid fields, W/C.
    pub volume: Option<Volume>,
    /// What is still to be counted.
    pub need: Need,
    /// Remarks, in the order of their definition.
    pub flags: Vec<Flag>,
    /// The rules used.
    pub profile: ProfileId,
}

impl ThickOutcome {
    /// Whether an asexual parasite was seen: presence does not wait for the count (INV-6).
    pub fn has_asexual(&self) -> bool {
        self.search.asexual.get() > 0
    }

    /// Whether a gametocyte was seen.
    pub fn has_gametocytes(&self) -> bool {
        self.search.gametocytes.get() > 0
    }

    /// Whether this remark was made.
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }

    /// Fields that the missing white cells would take at this film's mean, rounded up; `None` where nothing is
    /// missing or the mean is not known.
    pub fn fields_for_missing_wbc(&self) -> Option<u64> {
        let missing = self.need.wbc.filter(|n| *n > 0)?;
        let fields = self.search.fields_valid.filter(|n| *n > 0)?;
        let wbc = self.search.wbc.get();
        (wbc > 0)
            .then(|| (u128::from(missing) * u128::from(fields)).div_ceil(u128::from(wbc)))
            .and_then(|n| u64::try_from(n).ok())
    }
}
