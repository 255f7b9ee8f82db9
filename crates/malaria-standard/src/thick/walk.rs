//! The walk over fields in acquisition order (section 5, pseudo-code; INV-12).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::field::{FieldCount, ThickTotals};
use crate::Species;
use crate::counts::{Asexual, Gametocytes, WhiteCells};
use crate::profile;

/// Why the count ended where it did. It never ends the search (DET-13).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum StopReason {
    /// Enough parasites at the checkpoint (THK-2).
    Checkpoint,
    /// The extended number of white cells, with at least one parasite (THK-3).
    WbcLimit,
    /// The parasite limit (THK-5).
    ParasiteLimit,
    /// No rule ended it: every valid field counts.
    AllFields,
    /// Only totals are known.
    TotalsOnly,
}

impl StopReason {
    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Totals over all valid fields: the search (DET-13).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Search {
    /// Fields supplied, rejected ones included; `None` for totals without fields.
    pub fields_supplied: Option<u64>,
    /// Valid fields (n).
    pub fields_valid: Option<u64>,
    /// Asexual parasites in valid fields.
    pub asexual: Asexual,
    /// White cells in valid fields.
    pub wbc: WhiteCells,
    /// Gametocytes in valid fields.
    pub gametocytes: Gametocytes,
    /// Asexual candidates in rejected fields (X, DET-12); not counted anywhere.
    pub rejected_asexual: Asexual,
    /// Gametocyte candidates in rejected fields; not counted anywhere.
    pub rejected_gametocytes: Gametocytes,
    /// Asexual parasites by species in valid fields.
    pub species: BTreeMap<Species, Asexual>,
}

impl Search {
    /// Candidates of any stage in rejected fields (DET-12).
    pub fn rejected_candidates(&self) -> u64 {
        self.rejected_asexual.get().saturating_add(self.rejected_gametocytes.get())
    }
}

/// The fields that enter the density (P, W).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CountSet {
    /// Valid fields counted; `None` for totals without fields.
    pub fields: Option<u64>,
    /// Asexual parasites (P).
    pub asexual: Asexual,
    /// White cells (W).
    pub wbc: WhiteCells,
    /// Asexual parasites by species over the same W (INV-13).
    pub species: BTreeMap<Species, Asexual>,
    /// Why it ended.
    pub reason: StopReason,
}

/// Whether `parasites` ends the count early while `wbc` white cells were counted (THK-5, TES-8).
pub(super) fn parasite_limit_met(parasites: Asexual, wbc: WhiteCells, rule: &profile::Thick) -> bool {
    let limit = u64::from(rule.parasite_limit);
    let enough =
        if rule.parasite_limit_inclusive { parasites.get() >= limit } else { parasites.get() > limit };
    limit > 0 && enough && (1..u64::from(rule.parasite_limit_below_wbc)).contains(&wbc.get())
}

/// Search totals and count set of `fields`.
pub(super) fn walk(fields: &[FieldCount], rule: &profile::Thick) -> (Search, CountSet) {
    let mut search = Search { fields_supplied: Some(fields.len() as u64), ..Search::default() };
    let mut valid: u64 = 0;
    let mut counted = None;
    let (mut checkpoint_open, mut extend_open) = (rule.checkpoint_wbc > 0, rule.extend_wbc > 0);
    for field in fields {
        if !field.is_valid() {
            search.rejected_asexual += field.asexual();
            search.rejected_gametocytes += field.gametocytes();
            continue;
        }
        // A field counts whole: its last parasite and white cell belong to it (THK-4, INV-2).
        valid += 1;
        search.asexual += field.asexual();
        search.wbc += field.wbc();
        search.gametocytes += field.gametocytes();
        for (species, count) in field.species() {
            *search.species.entry(species).or_default() += count;
        }
        if counted.is_some() {
            continue;
        }
        let (p, w) = (search.asexual, search.wbc);
        let mut reason = parasite_limit_met(p, w, rule).then_some(StopReason::ParasiteLimit);
        // Each mark is tested once, at the first field that reaches it: a later lucky run does not end the count.
        if reason.is_none() && checkpoint_open && w.get() >= u64::from(rule.checkpoint_wbc) {
            checkpoint_open = false;
            reason = (p.get() >= u64::from(rule.checkpoint_parasites_min)).then_some(StopReason::Checkpoint);
        }
        if reason.is_none() && extend_open && w.get() >= u64::from(rule.extend_wbc) {
            extend_open = false;
            reason = (p.get() >= 1).then_some(StopReason::WbcLimit);
        }
        counted = reason.map(|reason| set(&search, Some(valid), reason));
    }
    search.fields_valid = Some(valid);
    let counted = counted.unwrap_or_else(|| set(&search, Some(valid), StopReason::AllFields));
    (search, counted)
}

/// Search totals and count set where the order of the fields is lost.
pub(super) fn of_totals(totals: &ThickTotals) -> (Search, CountSet) {
    let search = Search {
        fields_supplied: totals.fields(),
        fields_valid: totals.fields(),
        asexual: totals.asexual(),
        wbc: totals.wbc(),
        gametocytes: totals.gametocytes(),
        species: totals.species().collect(),
        ..Search::default()
    };
    let counted = set(&search, totals.fields(), StopReason::TotalsOnly);
    (search, counted)
}

fn set(so_far: &Search, fields: Option<u64>, reason: StopReason) -> CountSet {
    CountSet { fields, asexual: so_far.asexual, wbc: so_far.wbc, species: so_far.species.clone(), reason }
}
