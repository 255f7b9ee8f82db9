//! What changes over time in an archive: positivity, densities of a patient, agreement of readers, quality of pictures.
//!
//! Only what readers have read counts among results (MCH-9); quality needs no reader.

use std::collections::BTreeMap;
use std::path::Path;

use super::journal::Journal;
use crate::Result;
use crate::record::read_file;
use crate::review::{Store, Together};
use crate::standard::Presence;
use crate::standard::interval::Proportion;

/// Confidence level of the intervals.
const LEVEL: f64 = 0.95;

/// So many of so many, at one time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// How many had the property.
    pub hits: u64,
    /// Of how many.
    pub of: u64,
}

impl Part {
    fn add(&mut self, hit: bool) {
        self.hits += u64::from(hit);
        self.of += 1;
    }

    /// The share with its Clopper-Pearson interval (STA-3); `None` where there is nothing.
    pub fn share(&self) -> Option<Proportion> {
        Proportion::new(self.hits, self.of, LEVEL)
    }
}

/// Parts by month (`2026-11`).
pub type ByMonth = BTreeMap<String, Part>;

/// One slide of a patient.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PatientSlide {
    /// Day of the blood, `2026-11-21`.
    pub date: String,
    /// The slide.
    pub slide: String,
    /// Asexual parasites per µL as reported; 0 where none were seen.
    pub density_per_ul: u64,
}

/// What changes over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trends {
    /// Positive films among those that decide presence: by site and month; all sites under an empty name.
    pub positivity: BTreeMap<String, ByMonth>,
    /// Read slides with a density, of every patient with at least two, in the order of their days.
    pub patients: BTreeMap<String, Vec<PatientSlide>>,
    /// Slides that two readers have signed: how many need no third reading (section 10.2), by the month of the second
    /// signature.
    pub agreement: ByMonth,
    /// Fields that are left out among all, by reason and month; under an empty name those with any.
    pub quality: BTreeMap<String, ByMonth>,
    /// Slides without a date, which stand in none of this but the agreement of readers.
    pub undated: u64,
}

impl Trends {
    /// Of an archive, by its output folder.
    ///
    /// # Errors
    /// What journal, decisions and records refuse.
    pub fn of(folder: &Path) -> Result<Self> {
        let mut trends = Self::default();
        let mut fields_of_month: BTreeMap<String, u64> = BTreeMap::new();
        let mut left_out: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        let journal = Journal::read(folder)?;
        journal.each_slide(|row, fields| {
            let Some(month) = row.case.month().map(str::to_owned) else {
                trends.undated += 1;
                return Ok(());
            };
            *fields_of_month.entry(month.clone()).or_default() += fields.len() as u64;
            for field in fields.iter().filter(|field| !field.counted) {
                for reason in field.reasons.iter().map(String::as_str).chain([""]) {
                    *left_out.entry(reason.to_owned()).or_default().entry(month.clone()).or_default() += 1;
                }
            }
            let Some(outcome) = row.outcome.as_ref().filter(|outcome| outcome.reading.is_read()) else {
                return Ok(());
            };
            let positive = outcome.presence == Presence::Positive;
            if positive || outcome.presence == Presence::NoParasitesSeen {
                for site in [Some(String::new()), row.case.site.clone()].into_iter().flatten() {
                    let by_month = trends.positivity.entry(site).or_default();
                    by_month.entry(month.clone()).or_default().add(positive);
                }
            }
            let density = match outcome.presence {
                Presence::NoParasitesSeen => Some(0),
                _ => outcome.density_per_ul,
            };
            if let (Some(patient), Some(date), Some(density_per_ul)) =
                (&row.case.patient_id, &row.case.date, density)
            {
                let slide = PatientSlide { date: date.clone(), slide: row.id.clone(), density_per_ul };
                trends.patients.entry(patient.clone()).or_default().push(slide);
            }
            Ok(())
        })?;
        for (reason, by_month) in left_out {
            let part = |month: &String| fields_of_month.get(month).copied().unwrap_or(0);
            let of =
                by_month.iter().map(|(month, hits)| (month.clone(), Part { hits: *hits, of: part(month) }));
            trends.quality.insert(reason, of.collect());
        }
        // A month in which a reason kept nothing out is a point too.
        for by_month in trends.quality.values_mut() {
            for (month, of) in &fields_of_month {
                by_month.entry(month.clone()).or_insert(Part { hits: 0, of: *of });
            }
        }
        trends.patients.retain(|_, slides| slides.len() > 1);
        trends.patients.values_mut().for_each(|slides| slides.sort());
        trends.agreement = agreement(folder, &journal)?;
        Ok(trends)
    }
}

fn agreement(folder: &Path, journal: &Journal) -> Result<ByMonth> {
    let mut by_month = ByMonth::new();
    let Some(store) = Store::read(folder)? else { return Ok(by_month) };
    for (slide, readings) in store.all_readings()? {
        let mut signed: Vec<&str> =
            readings.iter().filter_map(|r| Some(r.signatures.first()?.at.as_str())).collect();
        signed.sort_unstable();
        let Some(month) = signed.get(1).and_then(|at| at.get(..7)) else { continue };
        let Some(record) = journal.row_of(&slide)?.and_then(|row| row.record) else { continue };
        let record = read_file(&folder.join("records").join(record))?;
        // A density that could not be formed is held against nobody.
        if let Some(conclusion) = Together::of(&record, &readings).conclusion {
            by_month.entry(month.to_owned()).or_default().add(!conclusion.third_reading);
        }
    }
    Ok(by_month)
}
