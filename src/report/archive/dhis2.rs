//! Surveillance figures as DHIS2 takes them: monthly values (MAL-BR) and confirmed cases (MAL-CS).
//!
//! A film that misses what an element needs is held back and named: it is in no value, so that
//! *positive = falciparum + vivax + mixed + other* and *positive <= tested* always hold.

use serde_json::{Value, json};

use super::config::SurveillanceConfig;
use crate::archive::{
    Held, HeldReason, Journal, SlideRow, SummaryBy, SummaryLine, SummaryTable, WhichSpecies,
};
use crate::error::{Error, ErrorKind, Result};
use crate::standard::{Presence, State};
use crate::terms::Species;

const MONTHLY: [SummaryBy; 4] = [SummaryBy::Month, SummaryBy::Site, SummaryBy::AgeBand, SummaryBy::Sex];

/// The monthly report of every site as a `dataValueSets` payload, and the films held back.
///
/// # Errors
/// What the journal refuses.
pub fn data_values(journal: &Journal, config: &SurveillanceConfig) -> Result<(Value, Vec<Held>)> {
    let mut table = SummaryTable::new(&MONTHLY, config.ages.clone(), config.densities.clone());
    let mut held = Vec::new();
    journal.each_row(|row| {
        match Held::of(&row) {
            Some(film) => held.push(film),
            None => table.add(&row),
        }
        Ok(())
    })?;
    let mut values = Vec::new();
    for (group, line) in &table.groups {
        // Undecided films may lack any of the four; they are not tested and give no value.
        let (Some(month), Some(site), Some(band), Some(sex)) =
            (&group.month, &group.site, group.age_band, group.sex)
        else {
            continue;
        };
        let combo = config.combo(band, sex).unwrap_or_default();
        for (element, value) in elements(config, line) {
            values.push(json!({
                "dataElement": element,
                "period": month.replace('-', ""),
                "orgUnit": config.org_unit(site),
                "categoryOptionCombo": combo,
                "attributeOptionCombo": config.attribute_option_combo,
                "value": value.to_string(),
            }));
        }
    }
    Ok((json!({ "dataSet": config.data_set, "dataValues": values }), held))
}

/// Elements with their values; details of *other* only where there are any.
fn elements<'a>(config: &'a SurveillanceConfig, line: &SummaryLine) -> Vec<(&'a str, u64)> {
    let e = &config.elements;
    let [falciparum, vivax, malariae, ovale, knowlesi] = line.species;
    if line.tested == 0 {
        return Vec::new();
    }
    let always = [
        (e.tested.as_str(), line.tested),
        (e.positive.as_str(), line.positive),
        (e.falciparum.as_str(), falciparum),
        (e.vivax.as_str(), vivax),
        (e.mixed.as_str(), line.mixed),
        (e.other.as_str(), malariae + ovale + knowlesi),
    ];
    let details =
        [(e.malariae.as_str(), malariae), (e.ovale.as_str(), ovale), (e.knowlesi.as_str(), knowlesi)];
    always.into_iter().chain(details.into_iter().filter(|(_, n)| *n > 0)).collect()
}

/// Every confirmed case as a tracker event, and the cases held back. The program holds confirmed cases only: a
/// film without parasites is never sent, and severity is the clinician's.
///
/// # Errors
/// [`ErrorKind::Usage`] where the configuration names no program; what the journal refuses.
pub fn events(journal: &Journal, config: &SurveillanceConfig) -> Result<(Value, Vec<Held>)> {
    if config.events.program.is_empty() {
        return Err(Error::new(
            ErrorKind::Usage,
            "events.program is empty: put the id of your case surveillance program into the configuration",
        )
        .with_key("error-surveillance-program"));
    }
    let (mut list, mut held) = (Vec::new(), Vec::new());
    journal.each_row(|row| {
        if row.outcome.as_ref().is_none_or(|o| o.presence != Presence::Positive) {
            return Ok(());
        }
        let needed = |r: &HeldReason| matches!(r, HeldReason::Species | HeldReason::Date | HeldReason::Site);
        match Held::of(&row)
            .map(|film| Held { reasons: film.reasons.into_iter().filter(needed).collect(), ..film })
        {
            Some(film) if !film.reasons.is_empty() => held.push(film),
            _ => list.push(event(&row, config)),
        }
        Ok(())
    })?;
    Ok((json!({ "events": list }), held))
}

fn event(row: &SlideRow, config: &SurveillanceConfig) -> Value {
    let e = &config.events;
    let date = row.case.date.clone().unwrap_or_default();
    let species = match WhichSpecies::of_slide(row) {
        WhichSpecies::One(Species::Falciparum) => "PF",
        WhichSpecies::One(Species::Vivax) => "PV",
        WhichSpecies::One(Species::Malariae) => "PM",
        WhichSpecies::One(Species::Ovale) => "PO",
        WhichSpecies::One(Species::Knowlesi) => "PK",
        WhichSpecies::Mixed => "MIX",
        WhichSpecies::Unknown => "",
    };
    let outcome = row.outcome.as_ref();
    let gametocytes = outcome.and_then(|o| o.gametocytes).unwrap_or(0) > 0;
    let mut values = vec![
        json!({ "dataElement": e.date_of_diagnosis, "value": date }),
        json!({ "dataElement": e.confirmed_by, "value": "MICROSCOPY" }),
        json!({ "dataElement": e.species, "value": species }),
        json!({ "dataElement": e.gametocytes, "value": gametocytes.to_string() }),
    ];
    // The reported density, and only where the count has ended.
    let reported = outcome.filter(|o| o.state == State::Positive).and_then(|o| o.density_per_ul);
    if let Some(density) = reported {
        values.push(json!({ "dataElement": e.density, "value": density.to_string() }));
    }
    json!({
        "program": e.program,
        "orgUnit": config.org_unit(row.case.site.as_deref().unwrap_or_default()),
        "occurredAt": date,
        "status": "ACTIVE",
        "dataValues": values,
    })
}
