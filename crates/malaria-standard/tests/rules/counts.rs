//! Rows of the counting vectors: thick totals, thick field series, thin films (falciparum standard, section 20).
//!
//! Every row of every file is run; all failing rows are reported at once, and the number of rows may not fall.

use crate::vectors::{Row, Rows};
use malaria_standard::{
    Outcome, Profile, RbcUsed, ThickTotals, ThinCount, WbcUsed, grade_fields, grade_thin, grade_totals,
    parse_fields,
};

/// The profile of a row, with the interval method that an id ending in g or n asks for (section 20).
fn profile_of(row: &Row) -> Profile {
    let profile = Profile::named(row.text("profile")).unwrap();
    match row.optional("method") {
        Some(method @ ("garwood_fixed_w" | "log_normal")) => profile
            .with_overrides(&format!("[statistics]\nthick_interval = \"{method}\"\n"), "vector")
            .unwrap(),
        _ => profile,
    }
}

fn wbc_of(row: &Row, profile: &Profile) -> WbcUsed {
    let assumed = WbcUsed::assumed(profile);
    match row.optional("wbc_basis") {
        Some("default") => {
            assert_eq!(assumed.per_ul(), row.number("wbc_per_ul"), "{}: default of the profile", row.id());
            assumed
        }
        // The series file names no basis: a number that differs from the default was measured.
        None if assumed.per_ul() == row.number("wbc_per_ul") => assumed,
        _ => WbcUsed::measured_from(row.number("wbc_per_ul")).unwrap(),
    }
}

/// Compares what the counting files have in common.
fn check_common(row: &mut Row, out: &Outcome) {
    row.same("state", out.state.code());
    row.same_flags(&out.flags.iter().map(|f| f.code().into_owned()).collect::<Vec<_>>());
    row.close("density_raw", out.density_raw);
    row.close("density_reported", out.density_per_ul.map(|d| d as f64));
}

#[test]
fn thick_density() {
    let mut rows = Rows::read("thick_density.csv", 41);
    rows.each(|row| {
        let profile = profile_of(row);
        let mut totals = ThickTotals::new(row.whole("parasites"), row.whole("wbc_counted"));
        if let Some(fields) = row.optional_whole("fields_valid") {
            totals = totals.with_fields(fields).unwrap();
        }
        let wbc = wbc_of(row, &profile);
        let out = Outcome::of_thick(&grade_totals(&totals, wbc, &profile));
        check_common(row, &out);
        row.close("need_wbc", out.need_wbc.map(|n| n as f64));
        row.close("need_fields", out.need_fields.map(|n| n as f64));
        row.close("ci_low", out.ci_low);
        row.close("ci_high", out.ci_high);
        row.same("method", out.ci_method.map_or("", |m| m.code()));
    });
}

#[test]
fn thick_stopping() {
    let mut rows = Rows::read("thick_stopping.csv", 48);
    rows.each(|row| {
        let profile = profile_of(row);
        let fields = parse_fields(row.text("fields")).unwrap();
        let wbc = wbc_of(row, &profile);
        let out = Outcome::of_thick(&grade_fields(&fields, wbc, &profile));
        check_common(row, &out);
        row.same("count_reason", out.count_reason.map_or("", |r| r.code()));
        for (column, value) in [
            ("fields_supplied", out.fields_supplied),
            ("fields_valid", out.fields_valid),
            ("count_fields", out.fields_counted),
            ("count_parasites", out.parasites),
            ("count_wbc", out.wbc_counted),
            ("all_parasites", out.all_parasites),
            ("all_wbc", out.all_wbc),
            ("all_gametocytes", out.gametocytes),
        ] {
            row.close(column, value.map(|n| n as f64));
        }
        // The series file leaves a need of 0 empty in some rows and writes it in others: what counts is the number.
        row.close_or_zero("need_wbc", out.need_wbc.map(|n| n as f64));
        row.close_or_zero("need_fields", out.need_fields.map(|n| n as f64));
    });
}

#[test]
fn thin_density() {
    let mut rows = Rows::read("thin_density.csv", 24);
    rows.each(|row| {
        let profile = profile_of(row);
        let mut count = ThinCount::new(row.whole("infected_rbc"), row.whole("rbc_counted")).unwrap();
        if let Some(parasites) = row.optional_whole("parasites_in_rbc") {
            count = count.with_parasites(parasites).unwrap();
        }
        if let Some(cells) = row.optional_whole("gametocyte_rbc") {
            count = count.with_gametocyte_cells(cells).unwrap();
        }
        let rbc = match row.text("rbc_basis") {
            "default" => RbcUsed::assumed(&profile),
            _ => RbcUsed::measured_from(row.number("rbc_per_ul")).unwrap(),
        };
        assert_eq!(rbc.per_ul(), row.number("rbc_per_ul"), "{}", row.id());
        let out = Outcome::of_thin(&grade_thin(&count, rbc, &profile));
        check_common(row, &out);
        row.close("percent_raw", out.parasitaemia_percent_raw);
        let shown = out
            .parasitaemia_percent
            .map(|p| format!("{p:.*}", usize::from(out.parasitaemia_decimals.unwrap_or_default())));
        row.same("percent_reported", shown.as_deref().unwrap_or(""));
        row.close("need_rbc", out.need_rbc.map(|n| n as f64));
        row.close("ci_low_pct", out.ci_low);
        row.close("ci_high_pct", out.ci_high);
        row.close("ci_low_per_ul", out.ci_low_per_ul);
        row.close("ci_high_per_ul", out.ci_high_per_ul);
        row.same("method", out.ci_method.map_or("", |m| m.code()));
    });
}
