//! Both films of one patient (section 7, C decision). Both counts stay; they are never averaged.

use std::collections::BTreeSet;

use super::flag::Flag;
use super::thick::{ThickOutcome, ThickState};
use super::thin::{ThinOutcome, ThinState};
use crate::{Film, Species};

/// Whether malaria parasites are there, as far as the films tell (section 16).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Presence {
    /// A parasite of any stage was seen, whatever the state of the count (INV-6).
    Positive,
    /// No malaria parasites seen, on a thick film examined in full (DET-1).
    NoParasitesSeen,
    /// Neither can be said.
    Indeterminate,
}

impl Presence {
    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Presence by the thick film alone.
    pub fn of_thick(film: &ThickOutcome) -> Self {
        if film.has_asexual() || film.has_gametocytes() {
            Self::Positive
        } else if film.state == ThickState::NoParasitesSeen {
            Self::NoParasitesSeen
        } else {
            Self::Indeterminate
        }
    }

    /// Presence by the thin film alone, which never concludes that there are none (INV-5).
    pub fn of_thin(film: &ThinOutcome) -> Self {
        if film.has_asexual() || film.has_gametocytes() { Self::Positive } else { Self::Indeterminate }
    }
}

/// The films of one patient: at least one.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one per patient, never held in bulk")]
pub enum Films {
    /// Thick film only.
    Thick(ThickOutcome),
    /// Thin film only.
    Thin(ThinOutcome),
    /// Both.
    Both(ThickOutcome, ThinOutcome),
}

impl Films {
    /// `None` where there is no film.
    pub fn new(thick: Option<ThickOutcome>, thin: Option<ThinOutcome>) -> Option<Self> {
        match (thick, thin) {
            (Some(thick), Some(thin)) => Some(Self::Both(thick, thin)),
            (Some(thick), None) => Some(Self::Thick(thick)),
            (None, Some(thin)) => Some(Self::Thin(thin)),
            (None, None) => None,
        }
    }

    /// The thick film.
    pub fn thick(&self) -> Option<&ThickOutcome> {
        match self {
            Self::Thick(thick) | Self::Both(thick, _) => Some(thick),
            Self::Thin(_) => None,
        }
    }

    /// The thin film.
    pub fn thin(&self) -> Option<&ThinOutcome> {
        match self {
            Self::Thin(thin) | Self::Both(_, thin) => Some(thin),
            Self::Thick(_) => None,
        }
    }

    /// Presence: positive if any valid field of any film shows a parasite (section 7); none seen only where no
    /// film has candidates to be judged (DET-12).
    pub fn presence(&self) -> Presence {
        if self.shows_parasite() {
            Presence::Positive
        } else if self.needs_review() {
            Presence::Indeterminate
        } else {
            self.thick().map_or(Presence::Indeterminate, Presence::of_thick)
        }
    }

    /// Whether candidates in rejected fields of any film are all that there is of parasites: a person must
    /// judge them, and the state is `ReviewRequired` (DET-12).
    ///
    /// Not where no film has anything valid: then the films are to be made again (section 5, n = 0; INV-7,
    /// R = 0).
    pub fn needs_review(&self) -> bool {
        let readable = self.thick().is_some_and(|film| film.state != ThickState::NotReadable)
            || self.thin().is_some_and(|film| film.state != ThinState::NotCalculable);
        readable && !self.shows_parasite() && self.flags().contains(&Flag::RejectedCandidates)
    }

    /// Candidates of any stage in rejected fields of all films, counted nowhere (DET-12).
    pub fn rejected_candidates(&self) -> u64 {
        let thick = self.thick().map_or(0, |film| film.search.rejected_candidates());
        thick.saturating_add(self.thin().map_or(0, |film| film.count.rejected_candidates()))
    }

    /// Whether a valid field of any film shows a parasite of any stage.
    fn shows_parasite(&self) -> bool {
        self.thick().is_some_and(|film| film.has_asexual() || film.has_gametocytes())
            || self.thin().is_some_and(|film| film.has_asexual() || film.has_gametocytes())
    }

    /// The film whose count is reported: the thick film, unless the thin film is recommended and complete
    /// (section 7), or the thick film has less to say.
    pub fn reported_from(&self) -> Film {
        let (thick, thin) = match self {
            Self::Thick(_) => return Film::Thick,
            Self::Thin(_) => return Film::Thin,
            Self::Both(thick, thin) => (thick, thin),
        };
        let from_thin = match (thick.has_asexual(), thin.has_asexual()) {
            (true, true) => {
                (thick.has(Flag::RecommendThin) && thin.state == ThinState::Positive)
                    || (thick.state == ThickState::NotCalculable && thin.reports())
            }
            (true, false) => false,
            (false, true) => true,
            (false, false) => {
                !thick.has_gametocytes() && (thin.has_gametocytes() || thick.state == ThickState::NotReadable)
            }
        };
        if from_thin { Film::Thin } else { Film::Thick }
    }

    /// Remarks on either film, each once.
    pub fn flags(&self) -> Vec<Flag> {
        let thick = self.thick().into_iter().flat_map(|film| &film.flags);
        let thin = self.thin().into_iter().flat_map(|film| &film.flags);
        thick.chain(thin).copied().collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Species: those of the thin film where it shows parasites, else those of the thick film (DET-3).
    pub fn species(&self, on_thick: &BTreeSet<Species>, on_thin: &BTreeSet<Species>) -> BTreeSet<Species> {
        let thin_shows = self.thin().is_some_and(|film| film.has_asexual() || film.has_gametocytes());
        if thin_shows && !on_thin.is_empty() { on_thin.clone() } else { on_thick.clone() }
    }
}
