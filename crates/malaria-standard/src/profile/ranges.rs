//! What each value may be.

use super::demand::Demand;
use super::values::Values;
use crate::{RbcPerMicrolitre, WbcPerMicrolitre};

/// A value that cannot stand.
#[derive(Debug)]
pub(super) struct Fault {
    /// `section.key`.
    pub(super) key: &'static str,
    /// What is demanded of it.
    pub(super) demand: Demand,
}

/// The first value out of its range, in the order of the file.
pub(super) fn first_fault(v: &Values) -> Option<Fault> {
    let percent = |x: f64| (0.0..=100.0).contains(&x);
    let falling = |bands: &[f64; 3]| bands.iter().all(|x| percent(*x)) && bands.is_sorted_by(|a, b| a > b);
    let positive = |x: f64, most: f64| x > 0.0 && x <= most;
    let t = &v.thick;
    let s = &v.severity;
    let checks = [
        (
            WbcPerMicrolitre::new(f64::from(t.wbc_per_ul_default)).is_some(),
            "thick.wbc_per_ul_default",
            Demand::Within("100", "1000000"),
        ),
        (t.checkpoint_wbc <= 1_000_000, "thick.checkpoint_wbc", Demand::AtMost("1000000")),
        (
            (1..=1_000_000).contains(&t.checkpoint_parasites_min),
            "thick.checkpoint_parasites_min",
            Demand::Within("1", "1000000"),
        ),
        (
            t.extend_wbc == 0 || (t.extend_wbc > t.checkpoint_wbc && t.extend_wbc <= 1_000_000),
            "thick.extend_wbc",
            Demand::Extension("1000000"),
        ),
        (t.parasite_limit <= 1_000_000, "thick.parasite_limit", Demand::AtMost("1000000")),
        (
            t.parasite_limit_below_wbc <= 1_000_000,
            "thick.parasite_limit_below_wbc",
            Demand::AtMost("1000000"),
        ),
        (v.negative.min_fields <= 100_000, "negative.min_fields", Demand::AtMost("100000")),
        (
            (0.0..=100.0).contains(&v.negative.min_volume_ul),
            "negative.min_volume_ul",
            Demand::Within("0", "100"),
        ),
        (v.negative.min_wbc <= 1_000_000, "negative.min_wbc", Demand::AtMost("1000000")),
        (
            v.negative.min_fields > 0 || v.negative.min_wbc > 0 || v.negative.min_volume_ul > 0.0,
            "negative.min_fields",
            Demand::SomeBlood,
        ),
        (
            RbcPerMicrolitre::new(f64::from(v.thin.rbc_per_ul_default)).is_some(),
            "thin.rbc_per_ul_default",
            Demand::Within("100000", "10000000"),
        ),
        ((1..=10_000_000).contains(&v.thin.rbc_target), "thin.rbc_target", Demand::Within("1", "10000000")),
        (
            v.thin.rbc_report_min <= v.thin.rbc_target,
            "thin.rbc_report_min",
            Demand::AtMost("thin.rbc_target"),
        ),
        (percent(v.thin.extend_below_percent), "thin.extend_below_percent", Demand::Within("0", "100")),
        (v.thin.extend_rbc <= 10_000_000, "thin.extend_rbc", Demand::AtMost("10000000")),
        (
            v.switch_to_thin.mean_per_field_gt <= 1_000_000,
            "switch_to_thin.mean_per_field_gt",
            Demand::AtMost("1000000"),
        ),
        (
            v.switch_to_thin.density_per_ul_gt <= 10_000_000,
            "switch_to_thin.density_per_ul_gt",
            Demand::AtMost("10000000"),
        ),
        (v.quality.wbc_per_field_min <= 10_000, "quality.wbc_per_field_min", Demand::AtMost("10000")),
        (
            v.quality.mixed_infection_extra_fields <= 100_000,
            "quality.mixed_infection_extra_fields",
            Demand::AtMost("100000"),
        ),
        (v.plus.min_fields <= 100_000, "plus.min_fields", Demand::AtMost("100000")),
        (v.trape.min_fields <= 100_000, "trape.min_fields", Demand::AtMost("100000")),
        (v.trape.class_limits_per_ul.is_sorted_by(|a, b| a < b), "trape.class_limits_per_ul", Demand::Rising),
        ((2..=10_000).contains(&v.floor.min_slides), "floor.min_slides", Demand::Within("2", "10000")),
        (v.quality.repeat_films <= 100, "quality.repeat_films", Demand::AtMost("100")),
        (
            positive(s.hyperparasitaemia_percent, 100.0),
            "severity.hyperparasitaemia_percent",
            Demand::AboveZero("100"),
        ),
        (
            s.report_limits_percent.len() <= 16
                && s.report_limits_percent.iter().all(|x| positive(*x, 100.0)),
            "severity.report_limits_percent",
            Demand::ShortList,
        ),
        (
            positive(s.jaundice_bilirubin_umol_gt, 10_000.0),
            "severity.jaundice_bilirubin_umol_gt",
            Demand::AboveZero("10000"),
        ),
        (s.adult_from_years <= 150, "severity.adult_from_years", Demand::AtMost("150")),
        (positive(s.child_hb_g_dl_max, 30.0), "severity.child_hb_g_dl_max", Demand::AboveZero("30")),
        (
            positive(s.child_hct_percent_max, 100.0),
            "severity.child_hct_percent_max",
            Demand::AboveZero("100"),
        ),
        (positive(s.adult_hb_g_dl_below, 30.0), "severity.adult_hb_g_dl_below", Demand::AboveZero("30")),
        (
            positive(s.adult_hct_percent_below, 100.0),
            "severity.adult_hct_percent_below",
            Demand::AboveZero("100"),
        ),
        (
            positive(v.readers.max_difference_percent, 200.0),
            "readers.max_difference_percent",
            Demand::AboveZero("200"),
        ),
        (
            positive(v.readers.research_difference_percent, 200.0),
            "readers.research_difference_percent",
            Demand::AboveZero("200"),
        ),
        (positive(v.readers.obare_k, 1000.0), "readers.obare_k", Demand::AboveZero("1000")),
        (falling(&v.competence.detection_percent), "competence.detection_percent", Demand::Falling),
        (falling(&v.competence.species_percent), "competence.species_percent", Demand::Falling),
        (falling(&v.competence.count_percent), "competence.count_percent", Demand::Falling),
        (
            percent(v.competence.count_tolerance_percent),
            "competence.count_tolerance_percent",
            Demand::Within("0", "100"),
        ),
        (positive(v.response.fever_celsius, 45.0), "response.fever_celsius", Demand::AboveZero("45")),
        (
            percent(v.response.day3_fraction_percent),
            "response.day3_fraction_percent",
            Demand::Within("0", "100"),
        ),
        ((0.5..=0.9999).contains(&v.statistics.level), "statistics.level", Demand::Within("0.5", "0.9999")),
        (positive(v.statistics.field_volume_ul, 1.0), "statistics.field_volume_ul", Demand::AboveZero("1")),
        (
            (100..=100_000).contains(&v.statistics.bootstrap_resamples),
            "statistics.bootstrap_resamples",
            Demand::Within("100", "100000"),
        ),
        (v.machine.alert_rbc_min <= 10_000, "machine.alert_rbc_min", Demand::AtMost("10000")),
        (v.machine.alert_density_gt <= 10_000_000, "machine.alert_density_gt", Demand::AtMost("10000000")),
        (v.machine.sample_above <= 1_000_000, "machine.sample_above", Demand::AtMost("1000000")),
        (
            (1..=1_000_000).contains(&v.machine.sample_min),
            "machine.sample_min",
            Demand::Within("1", "1000000"),
        ),
        (
            (1000..=1_000_000).contains(&v.machine.sample_draws),
            "machine.sample_draws",
            Demand::Within("1000", "1000000"),
        ),
        (
            (2..=10_000).contains(&v.machine.site_floor_slides_min),
            "machine.site_floor_slides_min",
            Demand::Within("2", "10000"),
        ),
        (
            v.machine.site_floor_wbc_min <= 10_000_000,
            "machine.site_floor_wbc_min",
            Demand::AtMost("10000000"),
        ),
        (
            v.machine.site_floor_rbc_min <= 10_000_000,
            "machine.site_floor_rbc_min",
            Demand::AtMost("10000000"),
        ),
        ((1e-6..=0.5).contains(&v.floor.alpha), "floor.alpha", Demand::Within("0.000001", "0.5")),
        (
            !v.report.languages.is_empty() && v.report.languages.iter().all(|l| l == "fr" || l == "en"),
            "report.languages",
            Demand::Languages,
        ),
    ];
    checks.into_iter().find(|(sound, ..)| !sound).map(|(_, key, demand)| Fault { key, demand })
}
