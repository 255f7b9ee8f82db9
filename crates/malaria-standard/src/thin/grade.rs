//! State, percentage and density of a thin film (section 6).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::count::ThinCount;
use super::percent::Parasitaemia;
use crate::counts::RbcUsed;
use crate::density::Density;
use crate::flag::Flag;
use crate::interval::{Interval, Volume, clopper_pearson};
use crate::need::Need;
use crate::profile::{Profile, ProfileId};

/// State of a thin film. It has no "no parasites seen": a thin film alone does not conclude (INV-5, DET-3).
///
/// ```compile_fail
/// let wrong = malaria_standard::ThinState::NoParasitesSeen;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum ThinState {
    /// No red cell counted (INV-7).
    NotCalculable,
    /// Gametocytes and no asexual parasite (THN-4).
    GametocytesOnly,
    /// No parasite in valid fields, but candidates in rejected ones (DET-12).
    ReviewRequired,
    /// No parasite in the red cells examined; the upper limit goes with it (DET-3).
    NoParasiteInExaminedRbc,
    /// Parasites seen, too few red cells for a percentage (THN-8).
    TooFewRbc,
    /// Parasites seen, more red cells to count (THN-1, US-1).
    ShortCount,
    /// Parasites seen and counted to the end of the rule.
    Positive,
}

/// The result of a thin film with everything that INV-9 asks for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ThinOutcome {
    /// State of the film.
    pub state: ThinState,
    /// What was counted.
    pub count: ThinCount,
    /// Red cells per µL used, with basis.
    pub rbc: RbcUsed,
    /// 100·I/R; `None` for R = 0. Withheld from a report in [`ThinState::TooFewRbc`], see [`Self::reports`].
    pub parasitaemia: Option<Parasitaemia>,
    /// I·B/R; `None` for R = 0.
    pub density: Option<Density>,
    /// Interval of the percentage, % of red cells.
    pub interval_percent: Option<Interval>,
    /// Interval of the density, per µL.
    pub interval_per_ul: Option<Interval>,
    /// Blood examined, R/B.
    pub volume: Option<Volume>,
    /// What is still to be counted.
    pub need: Need,
    /// Remarks, in the order of their definition.
    pub flags: Vec<Flag>,
    /// The rules used.
    pub profile: ProfileId,
}

impl ThinOutcome {
    /// Whether an asexual parasite was seen (INV-6).
    pub fn has_asexual(&self) -> bool {
        self.count.infected().get() > 0
    }

    /// Whether a gametocyte was seen.
    pub fn has_gametocytes(&self) -> bool {
        self.count.gametocyte_cells().get() > 0
    }

    /// Whether a percentage and a density may be reported.
    pub fn reports(&self) -> bool {
        matches!(self.state, ThinState::Positive | ThinState::ShortCount)
    }
}

/// Grades a thin film.
///
/// ```
/// use malaria_standard::{Profile, RbcUsed, ThinCount, ThinState, grade_thin};
/// let profile = Profile::named("who-2016")?;
/// let film = grade_thin(&ThinCount::new(50, 5000)?, RbcUsed::assumed(&profile), &profile);
/// assert_eq!(film.state, ThinState::Positive);
/// assert_eq!(film.density.map(|d| d.reported()), Some(50_000)); // 1 % at 5,000,000 per µL
/// # Ok::<(), malaria_standard::Error>(())
/// ```
pub fn grade_thin(count: &ThinCount, rbc: RbcUsed, profile: &Profile) -> ThinOutcome {
    let (i, r) = (count.infected(), count.red_cells());
    let parasitaemia = Parasitaemia::new(i, r);
    let density = Density::thin(i, r, rbc);
    let (state, need) = state_of(count, parasitaemia, profile);
    let level = profile.values().statistics.level;
    let fraction = clopper_pearson(i.get(), r.get(), level);
    let interval_percent = fraction.and_then(|f| f.scaled(100.0));
    let interval_per_ul = fraction.and_then(|f| f.scaled(rbc.per_ul()));
    ThinOutcome {
        state,
        count: *count,
        rbc,
        parasitaemia,
        density,
        interval_percent,
        interval_per_ul,
        volume: Volume::of_cells(r.get(), rbc.per_ul()),
        need,
        flags: flags_of(count, state, interval_percent, profile),
        profile: profile.id().clone(),
    }
}

fn state_of(count: &ThinCount, parasitaemia: Option<Parasitaemia>, profile: &Profile) -> (ThinState, Need) {
    let rule = &profile.values().thin;
    let (i, r) = (count.infected().get(), count.red_cells().get());
    let target = u64::from(rule.rbc_target);
    let Some(parasitaemia) = parasitaemia else { return (ThinState::NotCalculable, Need::NONE) };
    let to_target = match target.saturating_sub(r) {
        0 => Need::NONE,
        missing => Need::rbc(missing),
    };
    if i == 0 {
        let state = if count.gametocyte_cells().get() > 0 {
            ThinState::GametocytesOnly
        } else if count.rejected_candidates() > 0 {
            ThinState::ReviewRequired
        } else {
            ThinState::NoParasiteInExaminedRbc
        };
        return (state, to_target);
    }
    if r < u64::from(rule.rbc_report_min) {
        return (ThinState::TooFewRbc, to_target);
    }
    if r < target {
        return (ThinState::ShortCount, to_target);
    }
    let extend = u64::from(rule.extend_rbc);
    if r < extend && !parasitaemia.crosses(rule.extend_below_percent, true) {
        return (ThinState::ShortCount, Need::rbc(extend - r));
    }
    (ThinState::Positive, Need::NONE)
}

fn flags_of(count: &ThinCount, state: ThinState, percent: Option<Interval>, profile: &Profile) -> Vec<Flag> {
    let values = profile.values();
    let none = ThinState::NoParasiteInExaminedRbc;
    let short = [none, ThinState::ReviewRequired, ThinState::GametocytesOnly].contains(&state)
        && count.red_cells().get() < u64::from(values.thin.rbc_target);
    let limits = &values.severity.report_limits_percent;
    let straddled = limits.iter().filter(|t| percent.is_some_and(|interval| interval.contains(**t)));
    let rejected = (count.rejected_candidates() > 0).then_some(Flag::RejectedCandidates);
    let short = short.then_some(Flag::ShortCount);
    rejected.into_iter().chain(short).chain(straddled.map(|t| Flag::straddles(*t))).collect()
}
