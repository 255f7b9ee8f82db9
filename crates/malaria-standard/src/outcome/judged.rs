//! One film's count and how far it was judged, in flat form (section 9.1).

use super::estimate::Estimate;
use super::graded::{Context, Graded};
use super::shape::Outcome;
use super::state::State;
use crate::Film;
use crate::counts::{Basis, RbcUsed};
use crate::density::reported_of;
use crate::flag::Flag;
use crate::floor::Floor;
use crate::interval::Interval;
use crate::judged::{
    Against, Alert, AlertCode, Alerting, CountedFilm, Judged, ReadingStatus, Sampled, alert_of,
    alert_of_machine,
};
use crate::patient::{Films, Presence};
use crate::profile::Profile;
use crate::thick::{ThickOutcome, ThickTotals, grade_totals};
use crate::thin::{ReportedPercent, ThinCount, ThinOutcome, grade_thin};

/// Remarks on the count as it is; the others are remarks on what it would be, and stand with the estimate.
const OF_ANY_COUNT: [Flag; 4] =
    [Flag::LowWbcPerField, Flag::RejectedCandidates, Flag::FieldsUnknown, Flag::ShortCount];

/// What the two films do differently.
pub(super) trait FlatFilm: CountedFilm + Alerting {
    fn alone(&self) -> Films;
    /// This film's outcome out of its patient's.
    fn of(graded: Graded) -> Option<Outcome>;
    /// Graded by what a sample lets expect; where that cannot be, by itself.
    fn estimated(&self, sample: &Sampled, gametocytes: u64, profile: &Profile) -> Self;
    fn against(&self) -> Against;
    /// Puts density, percentage and interval of a sample in place of those of whole counts.
    fn put_sample(&self, out: &mut Outcome, per_cell: f64, interval: Option<Interval>);
}

impl FlatFilm for ThickOutcome {
    fn alone(&self) -> Films {
        Films::Thick(self.clone())
    }

    fn of(graded: Graded) -> Option<Outcome> {
        graded.thick
    }

    fn estimated(&self, sample: &Sampled, gametocytes: u64, profile: &Profile) -> Self {
        let search = &self.search;
        let totals = ThickTotals::new(sample.expected().round() as u64, search.wbc.get())
            .with_gametocytes(gametocytes);
        let totals = match search.fields_valid {
            Some(fields) => totals.clone().with_fields(fields).unwrap_or(totals),
            None => totals,
        };
        let mut film = grade_totals(&totals, self.wbc, profile);
        film.search.fields_supplied = search.fields_supplied;
        film
    }

    fn against(&self) -> Against {
        Against::WhiteCells(self.search.wbc.get())
    }

    fn put_sample(&self, out: &mut Outcome, per_cell: f64, interval: Option<Interval>) {
        let c = self.wbc.per_ul();
        put_density(out, per_cell * c, interval.and_then(|i| i.scaled(c)));
        (out.ci_low, out.ci_high) = (out.ci_low_per_ul, out.ci_high_per_ul);
    }
}

impl FlatFilm for ThinOutcome {
    fn alone(&self) -> Films {
        Films::Thin(self.clone())
    }

    fn of(graded: Graded) -> Option<Outcome> {
        graded.thin
    }

    fn estimated(&self, sample: &Sampled, gametocytes: u64, profile: &Profile) -> Self {
        let cells = self.count.red_cells().get();
        let infected = (sample.expected().round() as u64).min(cells);
        ThinCount::new(infected, cells)
            .and_then(|count| count.with_gametocyte_cells(gametocytes.min(cells - infected)))
            .map(|count| self.count.fields().map_or(count, |fields| count.with_fields(fields)))
            .map_or_else(|_| self.clone(), |count| grade_thin(&count, self.rbc, profile))
    }

    fn against(&self) -> Against {
        Against::RedCells(self.count.red_cells().get())
    }

    fn put_sample(&self, out: &mut Outcome, per_cell: f64, interval: Option<Interval>) {
        let percent = interval.and_then(|i| i.scaled(100.0));
        put_density(out, per_cell * self.rbc.per_ul(), interval.and_then(|i| i.scaled(self.rbc.per_ul())));
        out.ci_low = percent.map(|i| i.lower());
        out.ci_high = percent.map(|i| i.upper());
        out.parasitaemia_percent_raw = Some(100.0 * per_cell);
        if out.parasitaemia_percent.is_some() {
            let shown = ReportedPercent::of(100.0 * per_cell);
            out.parasitaemia_percent = Some(shown.value);
            out.parasitaemia_decimals = Some(shown.decimals);
        }
    }
}

/// As reported, where one is reported at all.
fn put_density(out: &mut Outcome, raw: f64, interval: Option<Interval>) {
    out.density_raw = Some(raw);
    out.density_per_ul = out.density_per_ul.map(|_| reported_of(raw));
    out.ci_low_per_ul = interval.map(|i| i.lower());
    out.ci_high_per_ul = interval.map(|i| i.upper());
    out.ci_level = interval.map(|i| i.level());
    out.ci_method = interval.map(|i| i.method());
}

/// The flat form of one film. `as_if`: this film's outcome as if every suspect that nobody rejected were a parasite.
pub(super) fn outcome_of<F: FlatFilm>(
    judged: &Judged<F>,
    as_if: &Outcome,
    floor: Option<&Floor>,
    context: &Context,
    profile: &Profile,
) -> Option<Outcome> {
    let rbc = context.rbc.unwrap_or_else(|| RbcUsed::assumed(profile));
    // What no reader has confirmed has no species.
    let graded = |film: &F| F::of(Graded::of(&film.alone(), context, profile));
    let mut out = match judged.status {
        ReadingStatus::Read => with_fields_seen(graded(&judged.confirmed)?, judged.fields_seen),
        ReadingStatus::ReadBySample => by_sample(judged, context, profile)?,
        ReadingStatus::PartlyRead => {
            let confirmed = graded(&judged.confirmed)?;
            let mut out = unread_form(as_if, judged);
            out.state = State::ReviewIncomplete;
            out.presence = match confirmed.presence {
                Presence::Positive => Presence::Positive,
                Presence::NoParasitesSeen | Presence::Indeterminate => Presence::Indeterminate,
            };
            out.at_least_per_ul = confirmed_density(&confirmed, judged.confirmed.asexual());
            out.alerts = alert_of(&judged.confirmed, rbc, profile)
                .or_else(|| alert_of_machine(&judged.open, None, rbc, profile))
                .into_iter()
                .collect();
            out
        }
        ReadingStatus::Machine => {
            let mut out = unread_form(as_if, judged);
            let site = floor.filter(|f| f.decides(profile));
            let check = site.map(|f| f.check(judged.suspects.asexual, cells_of(&out), profile));
            if out.state == State::SuspectsToReview && check.as_ref().is_some_and(|c| c.exceeds) {
                out.state = State::ParasitesLikely;
            }
            out.floor = check;
            let expected = site.map(Floor::mean);
            out.alerts = alert_of_machine(&judged.open, expected, rbc, profile).into_iter().collect();
            out
        }
    };
    out.reading = judged.status;
    out.suspects = Some(judged.suspects);
    out.urgent = !out.alerts.is_empty();
    Some(out)
}

/// At least that of what was confirmed (MCH-5); `None` where no asexual parasite was.
fn confirmed_density(confirmed: &Outcome, asexual: u64) -> Option<u64> {
    let raw = confirmed.density_raw.filter(|d| *d > 0.0 && asexual > 0)?;
    Some(reported_of(raw))
}

/// Where nothing was confirmed, a reader has to look at the fields before anything is said (MCH-3).
fn with_fields_seen(mut out: Outcome, seen: bool) -> Outcome {
    let concludes = matches!(out.state, State::NoParasitesSeen | State::NoParasiteInExaminedRbc);
    if concludes && !seen {
        out.state = State::ReviewIncomplete;
        out.presence = Presence::Indeterminate;
    }
    out
}

fn by_sample<F: FlatFilm>(judged: &Judged<F>, context: &Context, profile: &Profile) -> Option<Outcome> {
    let sample = judged.sample?;
    let share = |n: u64| (n as f64 * sample.suspects as f64 / sample.judged as f64).round() as u64;
    let film = judged.open.estimated(&sample, share(judged.confirmed.gametocytes()), profile);
    let mut out = F::of(Graded::of(&film.alone(), context, profile))?;
    let against = judged.open.against();
    if let Some(per_cell) = sample.per_cell(against) {
        film.put_sample(&mut out, per_cell, sample.interval(against, profile));
    }
    out.flags.push(Flag::ReadBySample);
    // The lower limit of the sample is further off than that of the whole count that stands for it.
    let severe = out.severity.as_ref().is_some_and(|s| s.urgent);
    if !severe && !sample_passes(&out, context, profile) {
        out.alerts.clear();
    }
    Some(out)
}

fn sample_passes(out: &Outcome, context: &Context, profile: &Profile) -> bool {
    let rule = &profile.values().severity;
    let percent = match (out.rbc_counted, context.rbc) {
        (Some(_), _) => out.ci_low,
        (None, Some(rbc)) if rbc.basis() == Basis::Measured => {
            out.ci_low_per_ul.map(|d| 100.0 * d / rbc.per_ul())
        }
        _ => {
            let limit = f64::from(profile.values().machine.alert_density_gt);
            return out.ci_low_per_ul.is_some_and(|d| d > limit);
        }
    };
    percent.is_some_and(|p| {
        if rule.inclusive { p >= rule.hyperparasitaemia_percent } else { p > rule.hyperparasitaemia_percent }
    })
}

/// The film without any word on presence, density or percentage (MCH-1), the estimate apart.
fn unread_form<F: FlatFilm>(as_if: &Outcome, judged: &Judged<F>) -> Outcome {
    let suspects = judged.suspects;
    let state = match as_if.state {
        kept @ (State::NotReadable | State::ReviewRequired | State::InsufficientFields) => kept,
        State::NotCalculable if suspects.total() == 0 => State::NotCalculable,
        State::NoParasitesSeen | State::NoParasiteInExaminedRbc => State::NoSuspectFound,
        _ => State::SuspectsToReview,
    };
    let mut out = Outcome::blank(as_if.film, state, Presence::Indeterminate, as_if.profile.clone());
    out.wbc_counted = as_if.all_wbc;
    out.rbc_counted = as_if.rbc_counted;
    out.wbc_per_ul = as_if.wbc_per_ul;
    out.wbc_basis = as_if.wbc_basis;
    out.rbc_per_ul = as_if.rbc_per_ul;
    out.rbc_basis = as_if.rbc_basis;
    out.fields_supplied = as_if.fields_supplied;
    out.fields_valid = as_if.fields_valid;
    out.volume_ul = as_if.volume_ul;
    out.detection_limit_95_per_ul = as_if.detection_limit_95_per_ul;
    out.need_fields = as_if.need_fields;
    out.need_wbc = as_if.need_wbc;
    out.need_rbc = as_if.need_rbc;
    out.need_fields_estimate = as_if.need_fields_estimate;
    out.rejected_candidates = as_if.rejected_candidates;
    out.all_wbc = as_if.all_wbc;
    out.flags = as_if.flags.iter().copied().filter(|f| OF_ANY_COUNT.contains(f)).collect();
    out.if_confirmed = Some(Box::new(Estimate::of(as_if)));
    if state == State::NoSuspectFound {
        // The upper limit of what may be there although nothing was marked: the film's own, not a finding.
        out.ci_high = as_if.ci_high;
        out.ci_high_per_ul = as_if.ci_high_per_ul;
        out.ci_level = as_if.ci_level;
        out.ci_method = as_if.ci_method;
    }
    out
}

fn cells_of(out: &Outcome) -> u64 {
    out.rbc_counted.or(out.all_wbc).unwrap_or(0)
}

/// The alert of a count in the severe range by its point estimate (SEV-1), where its lower limit gives none.
pub(super) fn severe_alert(out: &Outcome, film: Film) -> Option<Alert> {
    let severity = out.severity.as_ref().filter(|s| s.urgent)?;
    Some(Alert {
        code: AlertCode::Severe,
        film,
        at_least_percent: out.ci_low.filter(|_| film == Film::Thin),
        at_least_per_ul: out.ci_low_per_ul.unwrap_or(0.0),
        limit_percent: Some(severity.shown.limit.percent),
        limit_per_ul: None,
    })
}
