//! Which limits a count has crossed, by authority, and how certainly (section 11.2).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Species;
use crate::counts::{Basis, InfectedCells, RbcUsed, RedCells};
use crate::density::Density;
use crate::interval::{Interval, cells_to_decide, clopper_pearson};
use crate::patient::Films;
use crate::profile::{Authority, Limit, LimitRole, Profile, limits};
use crate::thick::ThickOutcome;
use crate::thin::{Parasitaemia, ReportedPercent, ThinOutcome, ThinState};

/// Whether the interval leaves the answer open.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Certainty {
    /// The interval lies on one side of the limit.
    Clear,
    /// The interval contains the limit: indeterminate at this count.
    Straddles,
}

impl Certainty {
    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// What the percentage was taken from.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SeverityBasis {
    /// A thin film counted to the end.
    Thin,
    /// A thin film whose count is short: provisional.
    ThinProvisional,
    /// A thick film with a measured red cell count.
    ThickMeasuredRbc,
    /// A thick film with an assumed red cell count: "would be x %" only, SEV-1 is not set from it.
    ThickAssumedRbc,
}

impl SeverityBasis {
    /// Whether it is a thin film's own percentage.
    pub fn is_thin(self) -> bool {
        matches!(self, Self::Thin | Self::ThinProvisional)
    }

    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// One limit and the count. The answer follows the point estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct LimitCheck {
    /// The limit.
    pub limit: Limit,
    /// Whether the count crosses it.
    pub crossed: bool,
    /// Whether the interval leaves that open.
    pub certainty: Certainty,
    /// Red cells after which a count of this percentage would stand clear of the limit; `None` where it does, or
    /// where the two are equal.
    #[serde(default)]
    pub rbc_to_decide: Option<u64>,
}

/// Parasite conditions of one patient's count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct SeverityReport {
    /// What the percentage was taken from.
    pub basis: SeverityBasis,
    /// Per cent of red cells, unrounded.
    pub percent: f64,
    /// Per cent of red cells, as shown.
    pub percent_shown: f64,
    /// Decimals with which `percent_shown` is shown.
    pub percent_decimals: u8,
    /// Red cells per µL that it was taken with.
    pub rbc_per_ul: f64,
    /// Whether the profile's limit is crossed, and may be set from this basis (SEV-1).
    pub hyperparasitaemia: bool,
    /// The profile's limit.
    pub shown: LimitCheck,
    /// Every limit of the profile's list, by authority.
    pub limits: Vec<LimitCheck>,
    /// Density above the limit that goes with jaundice (SEV-2, SEV-12).
    pub jaundice_density: bool,
    /// Density above the limit that goes with severe anaemia (SEV-3).
    pub anaemia_density: bool,
    /// Limit of *P. knowlesi*, per µL (SEV-12).
    pub knowlesi_limit_per_ul: f64,
    /// *P. knowlesi* above its own limit (SEV-12); `None` for other species.
    #[serde(default)]
    pub knowlesi_hyperparasitaemia: Option<bool>,
    /// The count lies in the severe range of the profile's authority, whatever the basis: tell the clinician now.
    pub urgent: bool,
}

/// Holds a count of red cells against one limit.
pub fn check_limit(limit: &Limit, infected: InfectedCells, of: RedCells, level: f64) -> Option<LimitCheck> {
    let parasitaemia = Parasitaemia::new(infected, of)?;
    let interval = clopper_pearson(infected.get(), of.get(), level).and_then(|f| f.scaled(100.0));
    let crossed = parasitaemia.crosses(limit.percent, limit.inclusive);
    Some(judged(limit, crossed, parasitaemia.raw(), interval, level))
}

impl SeverityReport {
    /// Per cent of red cells, with its decimals.
    pub fn shown_percent(&self) -> ReportedPercent {
        ReportedPercent { value: self.percent_shown, decimals: self.percent_decimals }
    }
}

/// The parasite conditions of a patient's films. `species` empty means not known, and is held against the limits
/// of *P. falciparum*. `None` where there is no density, and for species that have no density criterion (SEV-11).
///
/// The percentage comes from the thin film where it has one, else from the thick film through `rbc`. Either may
/// set a condition (SEV-1), so where the thick film alone is in the severe range the percentage is its own; but a
/// finished thin film counts what an assumed number of red cells only guesses at, and then that guess stays out.
/// Conditions of density alone (SEV-2, SEV-3, SEV-12) are met where either film meets them.
pub fn severity_of_films(
    films: &Films,
    rbc: RbcUsed,
    species: &BTreeSet<Species>,
    profile: &Profile,
) -> Option<SeverityReport> {
    let falciparum = species.is_empty() || species.contains(&Species::Falciparum);
    let knowlesi = species.contains(&Species::Knowlesi);
    if !falciparum && !knowlesi {
        return None;
    }
    let thin = films.thin().filter(|film| film.reports()).and_then(Count::of_thin);
    let thick = films.thick().and_then(|film| Count::of_thick(film, rbc));
    let density_above = |limit: u32| {
        [&thin, &thick].into_iter().flatten().any(|count| count.density.is_above(f64::from(limit)))
    };
    let rule = &profile.values().severity;
    let level = profile.values().statistics.level;
    let own = Limit {
        authority: rule.authority,
        rule: own_rule(rule.authority).to_owned(),
        percent: rule.hyperparasitaemia_percent,
        inclusive: rule.inclusive,
        role: LimitRole::Severe,
    };
    let finished = thin.as_ref().is_some_and(|count| count.basis == SeverityBasis::Thin);
    let guessed = |count: &Count| count.basis == SeverityBasis::ThickAssumedRbc;
    let counts = [&thin, &thick].map(|count| count.as_ref().filter(|count| !(finished && guessed(count))));
    let mut counts = counts.into_iter().flatten();
    let first = counts.next()?;
    let count = match counts.next() {
        Some(other) if !first.crosses(&own) && other.crosses(&own) => other,
        _ => first,
    };
    let check = |limit: &Limit| judged(limit, count.crosses(limit), count.percent, count.interval, level);
    let shown = check(&own);
    let listed = limits().iter().filter(|l| rule.report_limits_percent.contains(&l.percent));
    // Of two species the lower limit holds: the film does not tell which one the density is of.
    let jaundice = if knowlesi { rule.knowlesi_jaundice_density_gt } else { rule.jaundice_density_gt };
    let knowlesi = knowlesi.then(|| density_above(rule.knowlesi_density_gt));
    Some(SeverityReport {
        basis: count.basis,
        percent: count.percent,
        percent_shown: count.shown.value,
        percent_decimals: count.shown.decimals,
        rbc_per_ul: count.rbc_per_ul,
        knowlesi_limit_per_ul: f64::from(rule.knowlesi_density_gt),
        hyperparasitaemia: falciparum && !guessed(count) && shown.crossed,
        urgent: (falciparum && shown.crossed) || knowlesi == Some(true),
        limits: if falciparum { listed.map(check).collect() } else { Vec::new() },
        jaundice_density: density_above(jaundice),
        anaemia_density: density_above(rule.anaemia_density_gt),
        knowlesi_hyperparasitaemia: knowlesi,
        shown,
    })
}

/// Rule id of an authority's severe limit.
fn own_rule(authority: Authority) -> &'static str {
    limits()
        .iter()
        .find(|l| l.authority == authority && l.role == LimitRole::Severe)
        .map_or("own", |l| l.rule.as_str())
}

fn judged(limit: &Limit, crossed: bool, percent: f64, interval: Option<Interval>, level: f64) -> LimitCheck {
    let straddles = interval.is_some_and(|i| i.contains(limit.percent));
    LimitCheck {
        limit: limit.clone(),
        crossed,
        certainty: if straddles { Certainty::Straddles } else { Certainty::Clear },
        rbc_to_decide: straddles
            .then(|| cells_to_decide(percent / 100.0, limit.percent / 100.0, level))
            .flatten(),
    }
}

/// A percentage with what it was made from, so that it is compared before any rounding.
struct Count {
    basis: SeverityBasis,
    percent: f64,
    shown: ReportedPercent,
    rbc_per_ul: f64,
    interval: Option<Interval>,
    density: Density,
    /// Of a thin film.
    parasitaemia: Option<Parasitaemia>,
}

impl Count {
    fn of_thin(film: &ThinOutcome) -> Option<Self> {
        let (parasitaemia, density) = (film.parasitaemia?, film.density?);
        let short = film.state == ThinState::ShortCount;
        Some(Self {
            basis: if short { SeverityBasis::ThinProvisional } else { SeverityBasis::Thin },
            percent: parasitaemia.raw(),
            shown: parasitaemia.reported()?,
            rbc_per_ul: film.rbc.per_ul(),
            interval: film.interval_percent,
            density,
            parasitaemia: Some(parasitaemia),
        })
    }

    fn of_thick(film: &ThickOutcome, rbc: RbcUsed) -> Option<Self> {
        let density = film.density?;
        let b = rbc.per_ul();
        let measured = rbc.basis() == Basis::Measured;
        let percent = 100.0 * density.raw() / b;
        Some(Self {
            basis: if measured { SeverityBasis::ThickMeasuredRbc } else { SeverityBasis::ThickAssumedRbc },
            percent,
            shown: ReportedPercent::of(percent),
            rbc_per_ul: b,
            interval: film.interval.and_then(|i| i.scaled(100.0 / b)),
            density,
            parasitaemia: None,
        })
    }

    /// 100·I against T·R, or 100·D against T·B with D as a product (INV-4).
    fn crosses(&self, limit: &Limit) -> bool {
        if let Some(parasitaemia) = self.parasitaemia {
            return parasitaemia.crosses(limit.percent, limit.inclusive);
        }
        let density = limit.percent * self.rbc_per_ul / 100.0;
        if limit.inclusive { self.density.reaches(density) } else { self.density.is_above(density) }
    }
}
