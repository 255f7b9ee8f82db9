//! From a count to its state, density, interval and flags (section 5).

use super::field::{FieldCount, ThickTotals};
use super::outcome::{SpeciesCount, ThickOutcome, ThickState};
use super::walk::{self, CountSet, Search, StopReason};
use crate::counts::{Asexual, WbcUsed, WhiteCells};
use crate::density::{Density, GametocyteDensity};
use crate::flag::Flag;
use crate::interval::{Interval, Volume, cp_ratio, field_bootstrap, garwood_fixed_w, log_normal};
use crate::need::Need;
use crate::profile::{Profile, Statistics, ThickMethod};

/// Grades fields given in acquisition order (INV-12).
///
/// ```
/// use malaria_standard::{FieldCount, Profile, ThickState, WbcUsed, grade_fields};
/// let profile = Profile::named("who-2016")?;
/// let fields = vec![FieldCount::new(10, 16); 120];
/// let film = grade_fields(&fields, WbcUsed::assumed(&profile), &profile);
/// assert_eq!(film.state, ThickState::Positive); // 130 parasites at the first W >= 200 (THK-2, THK-4)
/// assert_eq!((film.count.asexual.get(), film.count.wbc.get()), (130, 208));
/// assert_eq!(film.density.map(|d| d.reported()), Some(5000));
/// # Ok::<(), malaria_standard::Error>(())
/// ```
pub fn grade_fields(fields: &[FieldCount], wbc: WbcUsed, profile: &Profile) -> ThickOutcome {
    let (search, count) = walk::walk(fields, &profile.values().thick);
    let counted = count.fields.unwrap_or_default();
    // The counted fields are the first valid ones.
    let pairs = || {
        let take = usize::try_from(counted).unwrap_or(usize::MAX);
        fields.iter().filter(|f| f.is_valid()).take(take).map(FieldCount::pair).collect::<Vec<_>>()
    };
    let statistics = &profile.values().statistics;
    let bootstrap = (statistics.thick_interval == ThickMethod::FieldBootstrap && count.asexual.get() > 0)
        .then(|| field_bootstrap(&pairs(), wbc.per_ul(), statistics.level, statistics.bootstrap_resamples))
        .flatten();
    finish(search, count, bootstrap, wbc, profile)
}

/// Grades a film of which only totals are known; the moment of the checkpoint is lost with the order.
pub fn grade_totals(totals: &ThickTotals, wbc: WbcUsed, profile: &Profile) -> ThickOutcome {
    let (search, count) = walk::of_totals(totals);
    finish(search, count, None, wbc, profile)
}

fn finish(
    search: Search,
    count: CountSet,
    bootstrap: Option<Interval>,
    wbc: WbcUsed,
    profile: &Profile,
) -> ThickOutcome {
    let statistics = &profile.values().statistics;
    let (state, need) = state_of(&search, &count, wbc, profile);
    let seen = count.asexual.get() > 0;
    let density = Density::thick(count.asexual, count.wbc, wbc).filter(|_| seen);
    let interval = bootstrap.or_else(|| interval_of(count.asexual, count.wbc, wbc, statistics));
    let flags = flags_of(&search, &count, state, density, need, profile);
    let species = search
        .species
        .iter()
        .map(|(species, all)| {
            let here = count.species.get(species).copied().unwrap_or_default();
            SpeciesCount {
                species: *species,
                density: Density::thick(here, count.wbc, wbc).filter(|d| d.counted() > 0),
                interval: interval_of(here, count.wbc, wbc, statistics),
                all_density: Density::thick(*all, search.wbc, wbc).filter(|d| d.counted() > 0),
            }
        })
        .collect();
    ThickOutcome {
        state,
        all_density: Density::thick(search.asexual, search.wbc, wbc).filter(|d| d.counted() > 0),
        gametocyte_density: GametocyteDensity::thick(search.gametocytes, search.wbc, wbc)
            .filter(|_| search.gametocytes.get() > 0),
        volume: Volume::of_cells(search.wbc.get(), wbc.per_ul()),
        density,
        interval,
        species,
        search,
        count,
        wbc,
        need,
        flags,
        profile: profile.id().clone(),
    }
}

/// The interval of the profile's method; the exact one where that method has no answer for this count.
fn interval_of(parasites: Asexual, cells: WhiteCells, wbc: WbcUsed, rule: &Statistics) -> Option<Interval> {
    let (p, w, c) = (parasites.get(), cells.get(), wbc.per_ul());
    let asked = match rule.thick_interval {
        ThickMethod::CpRatio | ThickMethod::FieldBootstrap => None,
        ThickMethod::GarwoodFixedW => garwood_fixed_w(p, w, c, rule.level),
        ThickMethod::LogNormal => log_normal(p, w, c, rule.level),
    };
    asked.or_else(|| cp_ratio(p, w, c, rule.level))
}

/// State and what is missing, in the order of the pseudo-code.
fn state_of(search: &Search, count: &CountSet, wbc: WbcUsed, profile: &Profile) -> (ThickState, Need) {
    let rule = &profile.values().thick;
    if search.fields_valid == Some(0) {
        return (ThickState::NotReadable, Need::NONE);
    }
    if search.asexual.get() == 0 {
        let missing = missing_search(search, wbc, profile);
        let partly = missing.filter(Need::is_some).unwrap_or(Need::NONE);
        return if search.gametocytes.get() > 0 {
            (ThickState::GametocytesOnly, partly)
        } else if search.rejected_candidates() > 0 {
            // DET-12 speaks of any parasite candidate, so a gametocyte candidate blocks the negative as well.
            (ThickState::ReviewRequired, partly)
        } else if let Some(need) = missing {
            (ThickState::InsufficientFields, need)
        } else {
            (ThickState::NoParasitesSeen, Need::NONE)
        };
    }
    let (p, w) = (count.asexual.get(), count.wbc.get());
    if w == 0 {
        return (ThickState::NotCalculable, Need::NONE);
    }
    let (checkpoint, extend) = (u64::from(rule.checkpoint_wbc), u64::from(rule.extend_wbc));
    let stopped = match count.reason {
        StopReason::Checkpoint | StopReason::WbcLimit | StopReason::ParasiteLimit => true,
        StopReason::AllFields => false,
        // Totals: the order is lost, so a passed checkpoint is accepted and flagged.
        StopReason::TotalsOnly => {
            walk::parasite_limit_met(count.asexual, count.wbc, rule)
                || (checkpoint > 0 && w >= checkpoint && p >= u64::from(rule.checkpoint_parasites_min))
        }
    };
    if stopped || (extend > 0 && w >= extend) {
        return (ThickState::Positive, Need::NONE);
    }
    if extend == 0 {
        // A profile without a white cell limit counts all of its minimum number of fields (FR-4).
        let missing = u64::from(profile.values().negative.min_fields)
            .saturating_sub(search.fields_valid.unwrap_or_default());
        return match missing {
            0 => (ThickState::Positive, Need::NONE),
            n => (ThickState::ProvisionalCount, Need::fields(n)),
        };
    }
    let target = if w < checkpoint { checkpoint } else { extend };
    (ThickState::ProvisionalCount, Need::wbc(target - w))
}

/// What the search lacks before no parasites may be reported (DET-1, DET-7, DET-11); `None` where it is complete.
fn missing_search(search: &Search, wbc: WbcUsed, profile: &Profile) -> Option<Need> {
    let rule = &profile.values().negative;
    let w = search.wbc.get();
    let fields = u64::from(rule.min_fields).saturating_sub(search.fields_valid.unwrap_or_default());
    // W/C >= V is compared as W >= V·C; a relative 1e-12 keeps decimal volumes such as 0.1 from rounding up.
    let for_volume = (rule.min_volume_ul * wbc.per_ul() * (1.0 - 1e-12)).ceil() as u64;
    let cells = for_volume.max(u64::from(rule.min_wbc)).saturating_sub(w);
    (fields > 0 || cells > 0).then_some(Need { fields: Some(fields), wbc: Some(cells), rbc: None })
}

fn flags_of(
    search: &Search,
    count: &CountSet,
    state: ThickState,
    density: Option<Density>,
    need: Need,
    profile: &Profile,
) -> Vec<Flag> {
    let values = profile.values();
    let rule = &values.thick;
    let (p, w) = (count.asexual.get(), count.wbc.get());
    let enough = p >= u64::from(rule.checkpoint_parasites_min);
    let past_checkpoint = rule.checkpoint_wbc > 0 && w >= u64::from(rule.checkpoint_wbc);
    let extended = rule.extend_wbc > 0 && w >= u64::from(rule.extend_wbc);
    let totals = count.reason == StopReason::TotalsOnly;
    let limit_stop = count.reason == StopReason::ParasiteLimit
        || (totals && walk::parasite_limit_met(count.asexual, count.wbc, rule));
    let mean_above = |limit: u32| {
        limit > 0 && count.fields.is_some_and(|n| n > 0 && u128::from(p) > u128::from(limit) * u128::from(n))
    };
    let density_above = |limit: u32| limit > 0 && density.is_some_and(|d| d.is_above(f64::from(limit)));
    let low_wbc = count.fields.is_some_and(|n| {
        w > 0 && u128::from(w) < u128::from(values.quality.wbc_per_field_min) * u128::from(n)
    });
    let fields_wanted = search.asexual.get() == 0 || rule.extend_wbc == 0;
    let switch = &values.switch_to_thin;
    [
        (
            Flag::CheckpointUnknown,
            totals && state == ThickState::Positive && past_checkpoint && !extended && !limit_stop,
        ),
        (
            Flag::CheckpointMissed,
            !totals && state == ThickState::ProvisionalCount && past_checkpoint && enough,
        ),
        (Flag::ParasiteLimitStop, limit_stop),
        (
            Flag::LatePositive,
            state == ThickState::Positive && count.reason == StopReason::AllFields && rule.extend_wbc > 0,
        ),
        (
            Flag::RecommendThin,
            p > 0 && (mean_above(switch.mean_per_field_gt) || density_above(switch.density_per_ul_gt)),
        ),
        (Flag::LowWbcPerField, low_wbc),
        (Flag::RejectedCandidates, search.rejected_candidates() > 0),
        (Flag::AsexualSearchIncomplete, state == ThickState::GametocytesOnly && need.is_some()),
        (
            Flag::FieldsUnknown,
            search.fields_valid.is_none() && fields_wanted && values.negative.min_fields > 0,
        ),
    ]
    .into_iter()
    .filter_map(|(flag, set)| set.then_some(flag))
    .collect()
}
