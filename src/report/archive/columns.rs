//! The columns of `slides` and `fields`, once for CSV and Parquet.

use crate::archive::SlideRow;
use crate::record::Fault;
use crate::report::cell::{Cell, Column, Kind, number};
use crate::standard::{Basis, Estimate, Outcome, State};

const SLIDE: [(&str, Kind); 65] = [
    ("slide", Kind::Text),
    ("date", Kind::Text),
    ("site", Kind::Text),
    ("age_years", Kind::Real),
    ("sex", Kind::Text),
    ("patient_id", Kind::Text),
    ("ward", Kind::Text),
    ("order", Kind::Text),
    ("specimen", Kind::Text),
    ("species_named", Kind::Text),
    ("state", Kind::Text),
    ("alert", Kind::Text),
    ("reading", Kind::Text),
    ("reader", Kind::Text),
    ("signed_at", Kind::Text),
    ("presence", Kind::Text),
    ("reported_from", Kind::Text),
    ("thick_state", Kind::Text),
    ("thin_state", Kind::Text),
    ("parasites", Kind::Whole),
    ("wbc_counted", Kind::Whole),
    ("infected_rbc", Kind::Whole),
    ("rbc_counted", Kind::Whole),
    ("density_per_ul", Kind::Whole),
    ("density_raw", Kind::Real),
    ("parasitaemia_percent", Kind::Real),
    ("ci_low", Kind::Real),
    ("ci_high", Kind::Real),
    ("ci_low_per_ul", Kind::Real),
    ("ci_high_per_ul", Kind::Real),
    ("ci_method", Kind::Text),
    ("gametocytes", Kind::Whole),
    ("gametocyte_density_per_ul", Kind::Whole),
    ("suspects", Kind::Whole),
    ("suspects_judged", Kind::Whole),
    ("suspects_confirmed", Kind::Whole),
    ("at_least_per_ul", Kind::Whole),
    ("machine_parasites", Kind::Whole),
    ("machine_infected_rbc", Kind::Whole),
    ("machine_gametocytes", Kind::Whole),
    ("machine_density_per_ul", Kind::Whole),
    ("machine_density_raw", Kind::Real),
    ("machine_parasitaemia_percent", Kind::Real),
    ("machine_ci_low", Kind::Real),
    ("machine_ci_high", Kind::Real),
    ("machine_ci_low_per_ul", Kind::Real),
    ("machine_ci_high_per_ul", Kind::Real),
    ("wbc_per_ul", Kind::Real),
    ("wbc_basis", Kind::Text),
    ("rbc_per_ul", Kind::Real),
    ("rbc_basis", Kind::Text),
    ("volume_ul", Kind::Real),
    ("rejected_candidates", Kind::Whole),
    ("need_fields", Kind::Whole),
    ("need_wbc", Kind::Whole),
    ("need_rbc", Kind::Whole),
    ("flags", Kind::Text),
    ("files", Kind::Whole),
    ("files_unread", Kind::Whole),
    ("fields", Kind::Whole),
    ("fields_counted", Kind::Whole),
    ("profile", Kind::Text),
    ("fault", Kind::Text),
    ("record", Kind::Text),
    ("record_sha256", Kind::Text),
];

/// Columns of `slides`; the manifest's free columns come last, and one that has a name of ours is called
/// `manifest_NAME`.
pub(super) fn slide_columns(free: &[String]) -> Vec<Column> {
    let ours = SLIDE.iter().map(|(name, kind)| ((*name).to_owned(), *kind));
    let theirs = free.iter().map(|name| {
        let taken = SLIDE.iter().any(|(ours, _)| ours.eq_ignore_ascii_case(name));
        (if taken { format!("manifest_{name}") } else { name.clone() }, Kind::Text)
    });
    ours.chain(theirs).collect()
}

/// The cells of a slide, in the order of [`slide_columns`].
pub(super) fn slide_cells(row: &SlideRow, free: &[String]) -> Vec<Cell> {
    let o = row.outcome.as_ref();
    let counted = |of: fn(&Outcome) -> Option<u64>| Cell::Whole(row.counts().and_then(of));
    let text = |value: Option<&str>| Cell::Text(value.map(str::to_owned));
    let whole = |of: fn(&Outcome) -> Option<u64>| Cell::Whole(o.and_then(of));
    let real = |of: fn(&Outcome) -> Option<f64>| number(o.and_then(of));
    // What nobody has confirmed stands in columns of its own, never among the counts (MCH-1).
    let estimate = row.counts().and_then(|o| o.if_confirmed.as_deref());
    let machine = |of: fn(&Estimate) -> Option<u64>| Cell::Whole(estimate.and_then(of));
    let machine_real = |of: fn(&Estimate) -> Option<f64>| number(estimate.and_then(of));
    let species: Vec<&str> = row.case.species.iter().map(|s| s.code()).collect();
    let basis = |b: Option<Basis>| Cell::Text(b.map(|b| code_of(&b)));
    let mut cells = vec![
        Cell::text(&row.id),
        text(row.case.date.as_deref()),
        text(row.case.site.as_deref()),
        number(row.case.age_years),
        text(row.case.sex.map(|s| s.code())),
        text(row.case.patient_id.as_deref()),
        text(row.case.ward.as_deref()),
        text(row.case.order.as_deref()),
        text(row.case.specimen.as_deref()),
        Cell::Text((!species.is_empty()).then(|| species.join(" "))),
        text(o.map(|o| o.state.code())),
        Cell::Text(o.and_then(|o| o.alerts.first()).map(|a| a.code.code().to_owned())),
        text(o.map(|o| o.reading.code())),
        text(row.reader.as_deref()),
        text(row.signed_at.as_deref()),
        text(o.map(|o| o.presence.code())),
        text(o.and_then(|o| o.reported_from).map(|f| f.code())),
        text(row.thick.map(State::code)),
        text(row.thin.map(State::code)),
        counted(|o| o.parasites),
        counted(|o| o.wbc_counted),
        counted(|o| o.infected_rbc),
        counted(|o| o.rbc_counted),
        whole(|o| o.density_per_ul),
        real(|o| o.density_raw),
        real(|o| o.parasitaemia_percent),
        real(|o| o.ci_low),
        real(|o| o.ci_high),
        real(|o| o.ci_low_per_ul),
        real(|o| o.ci_high_per_ul),
        Cell::Text(o.and_then(|o| o.ci_method).map(|m| code_of(&m))),
        counted(|o| o.gametocytes),
        counted(|o| o.gametocyte_density_per_ul),
        counted(|o| o.suspects.map(|s| s.total())),
        counted(|o| o.suspects.map(|s| s.judged)),
        counted(|o| o.suspects.map(|s| s.confirmed)),
        counted(|o| o.at_least_per_ul),
        machine(|e| e.parasites),
        machine(|e| e.infected_rbc),
        machine(|e| e.gametocytes),
        machine(|e| e.density_per_ul),
        machine_real(|e| e.density_raw),
        machine_real(|e| e.parasitaemia_percent),
        machine_real(|e| e.ci_low),
        machine_real(|e| e.ci_high),
        machine_real(|e| e.ci_low_per_ul),
        machine_real(|e| e.ci_high_per_ul),
        real(|o| o.wbc_per_ul),
        basis(o.and_then(|o| o.wbc_basis)),
        real(|o| o.rbc_per_ul),
        basis(o.and_then(|o| o.rbc_basis)),
        real(|o| o.volume_ul),
        whole(|o| o.rejected_candidates),
        whole(|o| o.need_fields),
        whole(|o| o.need_wbc),
        whole(|o| o.need_rbc),
        Cell::Text(o.map(|o| o.flags.iter().map(|f| f.code().into_owned()).collect::<Vec<_>>().join(" "))),
        Cell::whole(row.files),
        Cell::whole(row.files_unread),
        Cell::whole(row.fields),
        Cell::whole(row.fields_counted),
        Cell::Text(o.map(|o| format!("{} v{}", o.profile.name, o.profile.version))),
        Cell::Text(row.fault.as_ref().map(Fault::code)),
        Cell::Text(row.record.as_ref().map(|name| format!("records/{name}"))),
        text(row.record_sha256.as_deref()),
    ];
    cells.extend(free.iter().map(|name| text(row.case.free.get(name).map(String::as_str))));
    cells
}

/// The code that a closed enum has in records.
fn code_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_under_their_columns() {
        let json = r#"{"id":"A","case":{"free":{"site":"x","shelf":"w"}},"record":null,"record_sha256":null,"fault":null,
            "outcome":null,"thick":null,"thin":null,"files":0,"files_unread":0,"fields":0,"fields_counted":0,
            "urgency":"unread"}"#;
        let row: SlideRow = serde_json::from_str(json).expect("a row");
        let free = vec!["Site".to_owned(), "shelf".to_owned()];
        let (columns, cells) = (slide_columns(&free), slide_cells(&row, &free));
        assert_eq!(columns.len(), cells.len());
        for ((name, kind), cell) in columns.iter().zip(&cells) {
            assert_eq!(*kind, cell.kind(), "{name}");
        }
        assert_eq!(columns.get(65).map(|c| c.0.as_str()), Some("manifest_Site"));

        // Nothing was counted, so no count is given; what the rejected fields may hold is still told.
        let mut row = row;
        let json = r#"{"film":"thick","state":"NotReadable","presence":"indeterminate","parasites":0,"gametocytes":0,
            "rejected_candidates":3,"profile":{"name":"p","version":1,"digest":""}}"#;
        row.outcome = Some(serde_json::from_str(json).expect("an outcome"));
        let cells = slide_cells(&row, &free);
        let cell =
            |name: &str| columns.iter().zip(&cells).find(|(c, _)| c.0 == name).map(|(_, cell)| cell.clone());
        assert_eq!(cell("parasites"), Some(Cell::Whole(None)));
        assert_eq!(cell("gametocytes"), Some(Cell::Whole(None)));
        assert_eq!(cell("rejected_candidates"), Some(Cell::Whole(Some(3))));
    }
}
