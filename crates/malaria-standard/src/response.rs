//! Response to treatment (section 12; WHO 2005/2009). Gametocytes alone are not parasitaemia here (D-high).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::interval::Proportion;
use super::profile;
use crate::{Error, ErrorKind, Result};

/// Class of a patient's response.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
pub enum ResponseClass {
    /// Early treatment failure (TES-1).
    #[serde(rename = "ETF")]
    #[strum(serialize = "ETF")]
    EarlyTreatmentFailure,
    /// Late clinical failure (TES-2).
    #[serde(rename = "LCF")]
    #[strum(serialize = "LCF")]
    LateClinicalFailure,
    /// Late parasitological failure (TES-3).
    #[serde(rename = "LPF")]
    #[strum(serialize = "LPF")]
    LateParasitologicalFailure,
    /// Adequate clinical and parasitological response (TES-4).
    #[serde(rename = "ACPR")]
    #[strum(serialize = "ACPR")]
    AdequateResponse,
    /// None of them: the patient was lost before the last day (TES-4).
    #[strum(serialize = "Unclassified")]
    Unclassified,
}

impl ResponseClass {
    /// All classes.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// As written in protocols: `ETF`, `LCF`, `LPF`, `ACPR`, `Unclassified`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Why a visit decided.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ResponseReason {
    /// Danger signs or severe malaria with parasitaemia, days 1 to 3.
    EarlyDanger,
    /// Day-2 density above day 0.
    Day2AboveDay0,
    /// Day-3 parasitaemia with fever.
    Day3Fever,
    /// Day-3 density at or above the fraction of day 0.
    Day3Fraction,
    /// Danger signs with parasitaemia from day 4.
    LateDanger,
    /// Fever with parasitaemia from day 4.
    LateFever,
    /// Parasitaemia without fever from day 7.
    LateParasitaemia,
    /// No parasitaemia on the last day.
    ClearOnLastDay,
    /// No visit on the last day.
    Lost,
}

impl ResponseReason {
    /// All reasons.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// One visit after day 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Visit {
    /// Day after the start of treatment, from 1.
    pub day: u32,
    /// Asexual density per µL; 0 where none was seen.
    pub density: u64,
    /// Axillary temperature, °C.
    pub temperature: f64,
    /// Danger signs or severe malaria, as the clinician found them.
    pub danger: bool,
}

impl Visit {
    /// Reads `day:density:temperature:danger`, danger being 0 or 1, as in `3:0:36.5:0`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for another form.
    pub fn parse(text: &str) -> Result<Self> {
        let danger = |text: &str| match text {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        };
        let density = |text: &str| text.parse().ok().map(Ok);
        Self::parse_with(text, density, |text| text.parse().ok().map(Ok), danger)
    }

    /// The same form, with a density, a temperature and an answer as the program around it takes them from people, such as
    /// `10 000`, `36,5` and `non`. `None`: it is nothing of the kind.
    ///
    /// # Errors
    /// As [`Self::parse`], or what one of the readers says, as of a number that has two meanings.
    pub fn parse_with(
        text: &str,
        density: impl FnOnce(&str) -> Option<Result<u64>>,
        temperature: impl FnOnce(&str) -> Option<Result<f64>>,
        danger: impl FnOnce(&str) -> Option<bool>,
    ) -> Result<Self> {
        let read = || {
            let mut parts = text.split(':');
            let day = parts.next()?.parse().ok()?;
            let density = density(parts.next()?)?;
            let temperature = temperature(parts.next()?)?;
            let danger = danger(parts.next()?)?;
            let whole = parts.next().is_none();
            whole.then(|| Ok(Self { day, density: density?, temperature: temperature?, danger }))
        };
        read().unwrap_or_else(|| {
            Err(Error::new(
                ErrorKind::Usage,
                format!("{text} is not a visit; write day:density:temperature:danger, such as 3:0:36.5:0"),
            )
            .with_key("error-visit")
            .with_arg("text", text))
        })
    }
}

/// A patient's response, with the visit that decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Response {
    /// Class.
    pub class: ResponseClass,
    /// Day that decided; `None` where no visit did.
    #[serde(default)]
    pub day: Option<u32>,
    /// Why.
    pub reason: ResponseReason,
}

/// Lowest and highest axillary temperature taken as one, °C.
const TEMPERATURES: std::ops::RangeInclusive<f64> = 25.0..=45.0;

/// Classifies the visits of one patient; the first match in day order decides, and visits after
/// `follow_up_days` (28 or 42) do not count (TES-1 to TES-4). Afebrile parasitaemia on days 4 to 6 matches no
/// class: the follow-up goes on.
///
/// # Errors
/// [`ErrorKind::Usage`] for a day 0 without parasites, two visits on one day, a visit on day 0, a temperature that
/// no living patient has, or a follow-up shorter than 7 days.
pub fn classify_response(
    day0_density: u64,
    visits: &[Visit],
    follow_up_days: u32,
    rule: &profile::Response,
) -> Result<Response> {
    let visits = checked(day0_density, visits, follow_up_days)?;
    let decided = |class, visit: &Visit, reason| Ok(Response { class, day: Some(visit.day), reason });
    let fraction_met =
        |density: u64| 100.0 * density as f64 >= rule.day3_fraction_percent * day0_density as f64;
    for visit in visits.iter().filter(|v| v.day <= follow_up_days && v.density > 0) {
        let fever = visit.temperature >= rule.fever_celsius;
        let early = ResponseClass::EarlyTreatmentFailure;
        let (class, reason) = match visit.day {
            1..=3 if visit.danger => (early, ResponseReason::EarlyDanger),
            2 if visit.density > day0_density => (early, ResponseReason::Day2AboveDay0),
            3 if fever => (early, ResponseReason::Day3Fever),
            3 if fraction_met(visit.density) => (early, ResponseReason::Day3Fraction),
            4.. if visit.danger => (ResponseClass::LateClinicalFailure, ResponseReason::LateDanger),
            4.. if fever => (ResponseClass::LateClinicalFailure, ResponseReason::LateFever),
            7.. => (ResponseClass::LateParasitologicalFailure, ResponseReason::LateParasitaemia),
            _ => continue,
        };
        return decided(class, visit, reason);
    }
    match visits.iter().find(|v| v.day == follow_up_days) {
        Some(last) => decided(ResponseClass::AdequateResponse, last, ResponseReason::ClearOnLastDay),
        None => Ok(Response { class: ResponseClass::Unclassified, day: None, reason: ResponseReason::Lost }),
    }
}

/// Day-3 positivity of a population (TES-5): patients with asexual parasites at 72 h, of those seen then, with the
/// interval. At 10 % and above partial artemisinin resistance is suspected. `None` where nobody was seen.
pub fn day3_positivity(day3_densities: impl IntoIterator<Item = u64>, level: f64) -> Option<Proportion> {
    let (positive, all) = day3_densities.into_iter().fold((0, 0), |(p, n), d| (p + u64::from(d > 0), n + 1));
    Proportion::new(positive, all, level)
}

/// Day of the first of two consecutive visits without parasites (TES-6); `None` where there are no two.
pub fn clearance_day(visits: &[Visit]) -> Option<u32> {
    let mut visits = visits.to_vec();
    visits.sort_by_key(|v| v.day);
    visits.windows(2).find_map(|pair| match pair {
        [first, second] if first.density == 0 && second.density == 0 => Some(first.day),
        _ => None,
    })
}

fn checked(day0_density: u64, visits: &[Visit], follow_up_days: u32) -> Result<Vec<Visit>> {
    let refuse = |text: String, key| Err(Error::new(ErrorKind::Usage, text).with_key(key));
    if day0_density == 0 {
        return refuse(
            "day 0 shows no asexual parasites, so there is no response to class".to_owned(),
            "error-day0",
        );
    }
    if follow_up_days < 7 {
        return refuse(
            format!("a follow-up of {follow_up_days} days is too short; give 28 or 42"),
            "error-follow-up",
        );
    }
    let mut visits = visits.to_vec();
    visits.sort_by_key(|v| v.day);
    if visits.first().is_some_and(|v| v.day == 0) {
        return refuse(
            "day 0 stands among the visits; give it as the day-0 density".to_owned(),
            "error-visit-day0",
        );
    }
    if visits.iter().zip(visits.iter().skip(1)).any(|(a, b)| a.day == b.day) {
        return refuse("two visits stand on one day; leave one".to_owned(), "error-visit-twice");
    }
    if let Some(visit) = visits.iter().find(|v| !TEMPERATURES.contains(&v.temperature)) {
        return refuse(
            format!("a temperature of {} °C cannot be; give 25 to 45", visit.temperature),
            "error-visit-temperature",
        );
    }
    Ok(visits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_are_read_and_refused() {
        let visit = Visit::parse("14:400:38.0:1").unwrap();
        assert_eq!((visit.day, visit.density, visit.danger), (14, 400, true));
        let answer = |text: &str| (text == "non").then_some(false);
        let count = |t: &str| t.replace(' ', "").parse().ok().map(Ok);
        let degrees = |t: &str| t.replace(',', ".").parse().ok().map(Ok);
        let french = Visit::parse_with("3:1 000:36,5:non", count, degrees, answer).unwrap();
        assert_eq!((french.density, french.temperature, french.danger), (1000, 36.5, false));
        let unclear = |_: &str| Some(Err(Error::new(ErrorKind::Usage, "two meanings".to_owned())));
        let refused = Visit::parse_with("3:1.250:36,5:non", unclear, degrees, answer).unwrap_err();
        assert_eq!(refused.message(), "two meanings");
        for text in
            ["", "1:2:36.5.5:0", "1:2:NaN:maybe", "1:2:3", "1:2:36.5:2", "1:2:36.5:0:0", "1:-2:36.5:0"]
        {
            assert!(Visit::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn clearance_needs_two_clear_visits() {
        let visits = |texts: &[&str]| texts.iter().map(|t| Visit::parse(t).unwrap()).collect::<Vec<_>>();
        assert_eq!(clearance_day(&visits(&["3:0:36.5:0", "2:0:36.5:0", "1:50:36.5:0"])), Some(2));
        assert_eq!(clearance_day(&visits(&["1:0:36.5:0", "2:50:36.5:0", "3:0:36.5:0"])), None);
    }

    #[test]
    fn population_positivity() {
        let share = day3_positivity([0, 0, 40, 0], 0.95).unwrap();
        assert_eq!((share.hits(), share.of()), (1, 4));
    }
}
