//! Surveillance figures as DHIS2 takes them: values of weeks, months or quarters (MAL-BR) and confirmed cases (MAL-CS).
//!
//! A film that misses what an element needs is held back and named: it is in no value, so that
//! *positive = falciparum + vivax + mixed + other* and *positive <= tested* always hold.
//!
//! An import keeps one value of each element, period, organisation unit and combination: what several sites or
//! several groups of patients send to the same one is added up before.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::config::SurveillanceConfig;
use crate::archive::{
    Held, HeldReason, Journal, Period, SlideRow, SummaryBy, SummaryLine, SummaryTable, WhichSpecies,
};
use crate::standard::{Presence, State};
use crate::terms::Species;
use crate::{Error, ErrorKind, Result};

/// What is sent, and what a person must know about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Surveillance {
    /// The payload.
    pub payload: Value,
    /// The films held back.
    pub held: Vec<Held>,
    /// Sites in the payload that the configuration names no organisation unit for: their names stand for its id.
    pub unknown_sites: BTreeSet<String>,
}

impl Surveillance {
    /// Whether the payload holds no value and no event: there is nothing to send.
    pub fn is_empty(&self) -> bool {
        let lists = ["dataValues", "events"].map(|name| self.payload.get(name).and_then(Value::as_array));
        lists.into_iter().flatten().all(Vec::is_empty)
    }
}

/// The report of every site and period as a `dataValueSets` payload.
///
/// # Errors
/// What the journal refuses.
pub fn data_values(journal: &Journal, config: &SurveillanceConfig, period: Period) -> Result<Surveillance> {
    let mut report = Periodic::new(config, period);
    journal.each_row(|row| {
        report.add(row);
        Ok(())
    })?;
    let payload = report.payload();
    Ok(Surveillance { payload, held: report.held, unknown_sites: report.unknown_sites })
}

/// Data elements in the configuration's order: id and value.
type Elements<'a> = BTreeMap<usize, (&'a str, u64)>;

/// The report under construction.
struct Periodic<'c> {
    config: &'c SurveillanceConfig,
    period: Period,
    /// By organisation unit: the site of a group is the unit's id.
    table: SummaryTable,
    held: Vec<Held>,
    unknown_sites: BTreeSet<String>,
}

impl<'c> Periodic<'c> {
    fn new(config: &'c SurveillanceConfig, period: Period) -> Self {
        let by = [period.by(), SummaryBy::Site, SummaryBy::AgeBand, SummaryBy::Sex, SummaryBy::Pregnancy];
        let table = SummaryTable::new(&by, config.ages.clone(), config.densities.clone());
        Self { config, period, table, held: Vec::new(), unknown_sites: BTreeSet::new() }
    }

    fn add(&mut self, mut row: SlideRow) {
        if let Some(film) = Held::of(&row) {
            self.held.push(film);
            return;
        }
        let is_sent = row.outcome.as_ref().is_some_and(|o| o.presence != Presence::Indeterminate);
        if is_sent && let Some(site) = row.case.site.as_ref().filter(|site| !self.config.knows(site)) {
            self.unknown_sites.insert(site.clone());
        }
        row.case.site = row.case.site.map(|site| self.config.org_unit(&site).to_owned());
        self.table.add(&row);
    }

    fn payload(&self) -> Value {
        let config = self.config;
        // One entry a period, unit and combination: a laboratory may have one combination for several groups.
        let mut entries: BTreeMap<(String, &str, &str), Elements<'_>> = BTreeMap::new();
        for (group, line) in &self.table.groups {
            // Undecided films may lack any of the four; they are not tested and give no value.
            let (Some(period), Some(unit), Some(band), Some(sex)) =
                (self.period.dhis2(group), &group.site, group.age_band, group.sex)
            else {
                continue;
            };
            let combo = config.combo(band, sex, group.pregnant == Some(true)).unwrap_or_default();
            let entry = entries.entry((period, unit, combo)).or_default();
            for (place, element, value) in elements(config, line) {
                entry.entry(place).or_insert((element, 0)).1 += value;
            }
        }
        let values: Vec<Value> = entries
            .iter()
            .flat_map(|(key, entry)| entry.values().map(move |(element, value)| (key, element, value)))
            .map(|((period, unit, combo), element, value)| {
                json!({
                    "dataElement": element,
                    "period": period,
                    "orgUnit": unit,
                    "categoryOptionCombo": combo,
                    "attributeOptionCombo": config.attribute_option_combo,
                    "value": value.to_string(),
                })
            })
            .collect();
        json!({ "dataSet": config.data_set, "dataValues": values })
    }
}

/// Elements with their place in the report and their values; details of *other* only where there are any.
fn elements<'a>(config: &'a SurveillanceConfig, line: &SummaryLine) -> Vec<(usize, &'a str, u64)> {
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
    let all = always.into_iter().chain(details).enumerate();
    all.filter(|(place, (_, n))| *place < always.len() || *n > 0)
        .map(|(place, (id, n))| (place, id, n))
        .collect()
}

/// Every confirmed case as a tracker event. The program holds confirmed cases only: a
/// film without parasites is never sent, and severity is the clinician's.
///
/// # Errors
/// [`ErrorKind::Usage`] where the configuration names no program; what the journal refuses.
pub fn events(journal: &Journal, config: &SurveillanceConfig) -> Result<Surveillance> {
    if config.events.program.is_empty() {
        return Err(Error::new(
            ErrorKind::Usage,
            "events.program is empty: put the id of your case surveillance program into the configuration",
        )
        .with_key("error-surveillance-program"));
    }
    let (mut list, mut held, mut unknown_sites) = (Vec::new(), Vec::new(), BTreeSet::new());
    journal.each_row(|row| {
        if row.outcome.as_ref().is_none_or(|o| o.presence != Presence::Positive) {
            return Ok(());
        }
        let needed = |r: &HeldReason| matches!(r, HeldReason::Species | HeldReason::Date | HeldReason::Site);
        match Held::of(&row)
            .map(|film| Held { reasons: film.reasons.into_iter().filter(needed).collect(), ..film })
        {
            Some(film) if !film.reasons.is_empty() => held.push(film),
            _ => {
                unknown_sites.extend(row.case.site.iter().filter(|site| !config.knows(site)).cloned());
                list.push(event(&row, config));
            }
        }
        Ok(())
    })?;
    Ok(Surveillance { payload: json!({ "events": list }), held, unknown_sites })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn film(site: &str, sex: &str, age: u32, parasites: u64) -> SlideRow {
        let (state, presence) =
            if parasites > 0 { ("Positive", "positive") } else { ("NoParasitesSeen", "no_parasites_seen") };
        let json = json!({
            "id": format!("{site}-{sex}-{age}"),
            "case": { "date": "2026-10-03", "site": site, "age_years": age, "sex": sex,
                "species": ["falciparum"], "free": {} },
            "record": null, "record_sha256": null, "fault": null, "thick": null, "thin": null,
            "outcome": { "film": "thick", "state": state, "reading": "read", "presence": presence, "parasites": parasites,
                "profile": { "name": "p", "version": 1, "digest": "" } },
            "files": 1, "files_unread": 0, "fields": 1, "fields_counted": 1, "urgency": "clear",
        });
        serde_json::from_value(json).expect("a row")
    }

    /// (element, period, unit, combination) and the value of each entry.
    fn entries(config: &SurveillanceConfig, films: Vec<SlideRow>) -> Vec<([String; 4], u64)> {
        of_period(config, films, Period::Month)
    }

    fn of_period(
        config: &SurveillanceConfig,
        films: Vec<SlideRow>,
        period: Period,
    ) -> Vec<([String; 4], u64)> {
        let mut month = Periodic::new(config, period);
        films.into_iter().for_each(|film| month.add(film));
        assert!(month.held.is_empty());
        let payload = month.payload();
        let values = payload["dataValues"].as_array().expect("a list");
        let text = |v: &Value, key: &str| v[key].as_str().expect("text").to_owned();
        let key = |v| ["dataElement", "period", "orgUnit", "categoryOptionCombo"].map(|k| text(v, k));
        values.iter().map(|v| (key(v), text(v, "value").parse().expect("a number"))).collect()
    }

    fn value(entries: &[([String; 4], u64)], element: &str) -> Vec<u64> {
        entries.iter().filter(|(key, _)| key[0] == element).map(|(_, n)| *n).collect()
    }

    /// An import keeps one of two values with the same key: the cases of the other site would be lost.
    #[test]
    fn two_spellings_of_one_site_are_added_up() {
        let text = SurveillanceConfig::DEFAULT
            .replace("[org_units]\n", "[org_units]\nDosso = \"OU1\"\n\"Dosso CSI\" = \"OU1\"\n");
        let config = SurveillanceConfig::parse(&text).expect("sound");
        let films = vec![
            film("Dosso", "female", 4, 12),
            film("Dosso CSI", "female", 3, 5),
            film("OU1", "female", 2, 0),
        ];
        let entries = entries(&config, films);
        let keys: std::collections::BTreeSet<_> = entries.iter().map(|(key, _)| key).collect();
        assert_eq!(keys.len(), entries.len(), "{entries:?}");
        assert_eq!(value(&entries, &config.elements.tested), [3]);
        assert_eq!(value(&entries, &config.elements.falciparum), [2]);
        assert!(entries.iter().all(|(key, _)| key[2] == "OU1" && key[1] == "202610"), "{entries:?}");
    }

    #[test]
    fn pregnant_women_are_counted_once_on_the_line_that_the_configuration_has_for_them() {
        let own =
            "\n[[combo]]\nband = 2\nsex = \"female\"\npregnant = true\nid = \"PREGNANT\"\n\n[org_units]\n";
        let text = SurveillanceConfig::DEFAULT.replace("\n[org_units]\n", own);
        let config = SurveillanceConfig::parse(&text).expect("sound");
        let women = [Some(true), Some(false), None].map(|pregnant| {
            let mut film = film("OU1", "female", 24, 12);
            film.case.pregnant = pregnant;
            film
        });
        let tested = |config: &SurveillanceConfig| -> Vec<(String, u64)> {
            let entries = entries(config, women.to_vec());
            let tested = entries.into_iter().filter(|(key, _)| key[0] == config.elements.tested);
            tested.map(|(key, n)| (key[3].clone(), n)).collect()
        };
        assert_eq!(tested(&config), [("PREGNANT".to_owned(), 1), ("kQBGXKMwoqR".to_owned(), 2)]);
        let default = SurveillanceConfig::parse(SurveillanceConfig::DEFAULT).expect("sound");
        assert_eq!(tested(&default), [("kQBGXKMwoqR".to_owned(), 3)]);
    }

    #[test]
    fn periods_are_named_as_dhis2_names_them() {
        let config = SurveillanceConfig::parse(SurveillanceConfig::DEFAULT).expect("sound");
        let dated = |date: &str| {
            let mut film = film("OU1", "female", 4, 12);
            film.case.date = Some(date.to_owned());
            film
        };
        for (period, wanted) in [
            (Period::Week, ["2026W1", "2026W6", "2026W7"].as_slice()),
            (Period::Month, ["202601", "202602"].as_slice()),
            (Period::Quarter, ["2026Q1"].as_slice()),
        ] {
            let films = ["2025-12-31", "2026-02-08", "2026-02-09"].map(dated).to_vec();
            let films = if period == Period::Week { films } else { films[1..].to_vec() };
            let mut films = films;
            films.push(dated("2026-01-01"));
            let entries = of_period(&config, films, period);
            let tested = entries.iter().filter(|(key, _)| key[0] == config.elements.tested);
            let periods: Vec<(&str, u64)> = tested.map(|(key, n)| (key[1].as_str(), *n)).collect();
            assert_eq!(periods.iter().map(|(name, _)| *name).collect::<Vec<_>>(), wanted, "{periods:?}");
            let all: u64 = periods.iter().map(|(_, n)| n).sum();
            assert_eq!(all, if period == Period::Week { 4 } else { 3 });
        }
    }

    #[test]
    fn a_site_that_is_sent_without_its_unit_is_named() {
        let text = SurveillanceConfig::DEFAULT.replace("[org_units]\n", "[org_units]\nDosso = \"OU1\"\n");
        let config = SurveillanceConfig::parse(&text).expect("sound");
        let mut month = Periodic::new(&config, Period::Month);
        for site in ["Dosso", "OU1", "Maradi"] {
            month.add(film(site, "female", 4, 12));
        }
        assert_eq!(month.unknown_sites, BTreeSet::from(["Maradi".to_owned()]));
    }

    #[test]
    fn one_combination_for_both_sexes_is_added_up() {
        let text = SurveillanceConfig::DEFAULT.replace("t5FrQ0GTvGf", "b449dBrOSFK");
        let config = SurveillanceConfig::parse(&text).expect("sound");
        let entries = entries(&config, vec![film("OU1", "female", 4, 12), film("OU1", "male", 4, 0)]);
        assert_eq!(value(&entries, &config.elements.tested), [2]);
        assert_eq!(value(&entries, &config.elements.positive), [1]);
        assert!(value(&entries, &config.elements.malariae).is_empty());
    }
}
