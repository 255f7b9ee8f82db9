//! What each value may be.

use super::values::Values;
use crate::measure::{RbcPerMicrolitre, WbcPerMicrolitre};

/// A value that cannot stand.
#[derive(Debug)]
pub(super) struct Fault {
    /// `section.key`.
    pub(super) key: &'static str,
    /// What is demanded of it.
    pub(super) demand: &'static str,
}

/// The first value out of its range, in the order of the file.
pub(super) fn first_fault(v: &Values) -> Option<Fault> {
    let percent = |x: f64| (0.0..=100.0).contains(&x);
    let falling = |bands: &[f64; 3]| bands.iter().all(|x| percent(*x)) && bands.is_sorted_by(|a, b| a > b);
    let positive = |x: f64, most: f64| x > 0.0 && x <= most;
    let t = &v.thick;
    let s = &v.severity;
    let checks: &[(bool, &'static str, &'static str)] = &[
        (
            WbcPerMicrolitre::new(f64::from(t.wbc_per_ul_default)).is_some(),
            "thick.wbc_per_ul_default",
            "must lie between 100 and 1000000",
        ),
        (t.checkpoint_wbc <= 1_000_000, "thick.checkpoint_wbc", "must not be above 1000000"),
        (
            (1..=1_000_000).contains(&t.checkpoint_parasites_min),
            "thick.checkpoint_parasites_min",
            "must lie between 1 and 1000000",
        ),
        (
            t.extend_wbc == 0 || (t.extend_wbc > t.checkpoint_wbc && t.extend_wbc <= 1_000_000),
            "thick.extend_wbc",
            "must be 0, or above thick.checkpoint_wbc and not above 1000000",
        ),
        (t.parasite_limit <= 1_000_000, "thick.parasite_limit", "must not be above 1000000"),
        (
            t.parasite_limit_below_wbc <= 1_000_000,
            "thick.parasite_limit_below_wbc",
            "must not be above 1000000",
        ),
        (v.negative.min_fields <= 100_000, "negative.min_fields", "must not be above 100000"),
        (
            (0.0..=100.0).contains(&v.negative.min_volume_ul),
            "negative.min_volume_ul",
            "must lie between 0 and 100",
        ),
        (v.negative.min_wbc <= 1_000_000, "negative.min_wbc", "must not be above 1000000"),
        (
            v.negative.min_fields > 0 || v.negative.min_wbc > 0 || v.negative.min_volume_ul > 0.0,
            "negative.min_fields",
            "must not be 0 where min_volume_ul and min_wbc are 0 too: some blood must be examined",
        ),
        (
            RbcPerMicrolitre::new(f64::from(v.thin.rbc_per_ul_default)).is_some(),
            "thin.rbc_per_ul_default",
            "must lie between 100000 and 10000000",
        ),
        ((1..=10_000_000).contains(&v.thin.rbc_target), "thin.rbc_target", "must lie between 1 and 10000000"),
        (
            v.thin.rbc_report_min <= v.thin.rbc_target,
            "thin.rbc_report_min",
            "must not be above thin.rbc_target",
        ),
        (percent(v.thin.extend_below_percent), "thin.extend_below_percent", "must lie between 0 and 100"),
        (v.thin.extend_rbc <= 10_000_000, "thin.extend_rbc", "must not be above 10000000"),
        (
            v.switch_to_thin.mean_per_field_gt <= 1_000_000,
            "switch_to_thin.mean_per_field_gt",
            "must not be above 1000000",
        ),
        (
            v.switch_to_thin.density_per_ul_gt <= 10_000_000,
            "switch_to_thin.density_per_ul_gt",
            "must not be above 10000000",
        ),
        (v.quality.wbc_per_field_min <= 10_000, "quality.wbc_per_field_min", "must not be above 10000"),
        (
            v.quality.mixed_infection_extra_fields <= 100_000,
            "quality.mixed_infection_extra_fields",
            "must not be above 100000",
        ),
        (v.plus.min_fields <= 100_000, "plus.min_fields", "must not be above 100000"),
        (v.trape.min_fields <= 100_000, "trape.min_fields", "must not be above 100000"),
        (
            v.trape.class_limits_per_ul.is_sorted_by(|a, b| a < b),
            "trape.class_limits_per_ul",
            "must rise from class to class",
        ),
        ((2..=10_000).contains(&v.floor.min_slides), "floor.min_slides", "must lie between 2 and 10000"),
        (v.quality.repeat_films <= 100, "quality.repeat_films", "must not be above 100"),
        (
            positive(s.hyperparasitaemia_percent, 100.0),
            "severity.hyperparasitaemia_percent",
            "must be above 0 and not above 100",
        ),
        (
            s.report_limits_percent.len() <= 16
                && s.report_limits_percent.iter().all(|x| positive(*x, 100.0)),
            "severity.report_limits_percent",
            "must hold at most 16 values, each above 0 and not above 100",
        ),
        (
            positive(s.jaundice_bilirubin_umol_gt, 10_000.0),
            "severity.jaundice_bilirubin_umol_gt",
            "must be above 0 and not above 10000",
        ),
        (s.adult_from_years <= 150, "severity.adult_from_years", "must not be above 150"),
        (
            positive(s.child_hb_g_dl_max, 30.0),
            "severity.child_hb_g_dl_max",
            "must be above 0 and not above 30",
        ),
        (
            positive(s.child_hct_percent_max, 100.0),
            "severity.child_hct_percent_max",
            "must be above 0 and not above 100",
        ),
        (
            positive(s.adult_hb_g_dl_below, 30.0),
            "severity.adult_hb_g_dl_below",
            "must be above 0 and not above 30",
        ),
        (
            positive(s.adult_hct_percent_below, 100.0),
            "severity.adult_hct_percent_below",
            "must be above 0 and not above 100",
        ),
        (
            positive(v.readers.max_difference_percent, 200.0),
            "readers.max_difference_percent",
            "must be above 0 and not above 200",
        ),
        (
            positive(v.readers.research_difference_percent, 200.0),
            "readers.research_difference_percent",
            "must be above 0 and not above 200",
        ),
        (positive(v.readers.obare_k, 1000.0), "readers.obare_k", "must be above 0 and not above 1000"),
        (
            falling(&v.competence.detection_percent),
            "competence.detection_percent",
            "must fall from level to level, within 0 to 100",
        ),
        (
            falling(&v.competence.species_percent),
            "competence.species_percent",
            "must fall from level to level, within 0 to 100",
        ),
        (
            falling(&v.competence.count_percent),
            "competence.count_percent",
            "must fall from level to level, within 0 to 100",
        ),
        (
            percent(v.competence.count_tolerance_percent),
            "competence.count_tolerance_percent",
            "must lie between 0 and 100",
        ),
        (
            positive(v.response.fever_celsius, 45.0),
            "response.fever_celsius",
            "must be above 0 and not above 45",
        ),
        (
            percent(v.response.day3_fraction_percent),
            "response.day3_fraction_percent",
            "must lie between 0 and 100",
        ),
        ((0.5..=0.9999).contains(&v.statistics.level), "statistics.level", "must lie between 0.5 and 0.9999"),
        (
            positive(v.statistics.field_volume_ul, 1.0),
            "statistics.field_volume_ul",
            "must be above 0 and not above 1",
        ),
        (
            (100..=100_000).contains(&v.statistics.bootstrap_resamples),
            "statistics.bootstrap_resamples",
            "must lie between 100 and 100000",
        ),
        ((1e-6..=0.5).contains(&v.floor.alpha), "floor.alpha", "must lie between 0.000001 and 0.5"),
        (
            !v.report.languages.is_empty() && v.report.languages.iter().all(|l| l == "fr" || l == "en"),
            "report.languages",
            "must name fr, en or both",
        ),
    ];
    checks.iter().find(|(sound, ..)| !sound).map(|(_, key, demand)| Fault { key, demand })
}
