//! What stands above a result: the patient, the order, the specimen and the slide, as the laboratory said them.

use super::words::Words;
use crate::record::SlideInfo;

/// Ages below this many years are told in months where they are whole months.
const MONTHS_BELOW: f64 = 3.0;

/// One line for each thing that is known; a number of the patient is never made of a folder's name.
pub(super) fn said_of(slide: &SlideInfo, words: Words<'_>) -> Vec<String> {
    let text = |value: &Option<String>| value.clone();
    let moment = |value: &Option<String>| value.as_deref().map(|at| words.moment(at));
    let known = [
        ("report-patient-id", text(&slide.patient_id)),
        ("report-patient-name", text(&slide.patient_name)),
        ("report-age", slide.age_years.map(|years| age(years, words))),
        ("report-sex", slide.sex.map(|sex| words.say(&format!("sex-{}", sex.code())))),
        ("report-ward", text(&slide.ward)),
        ("report-order", text(&slide.order)),
        ("report-specimen", text(&slide.specimen)),
        ("report-site", text(&slide.site)),
        ("report-blood-taken", moment(&slide.blood_taken)),
        ("report-read-on", moment(&slide.read_on)),
        ("report-reader", text(&slide.reader)),
        ("report-stain", text(&slide.stain)),
        ("report-objective", text(&slide.objective)),
    ];
    known.into_iter().filter_map(|(key, value)| Some(words.with(key, &[("value", value?)]))).collect()
}

/// An age as people say it.
pub(super) fn age(years: f64, words: Words<'_>) -> String {
    let months = (years * 12.0).round();
    if years < MONTHS_BELOW && years.fract() != 0.0 && (months - years * 12.0).abs() < 1e-6 {
        return words.with("age-in-months", &[("value", words.decimal(months, 0))]);
    }
    let decimals = usize::from(years.fract() != 0.0);
    words.with("age-in-years", &[("value", words.decimal(years, decimals))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Catalogue, Language};
    use crate::terms::Sex;

    #[test]
    fn the_patient_is_told_in_both_languages() {
        let slide = SlideInfo {
            id: "N-17".to_owned(),
            patient_id: Some("P-42".to_owned()),
            age_years: Some(1.5),
            sex: Some(Sex::Female),
            ward: Some("Pédiatrie".to_owned()),
            blood_taken: Some("2026-11-20T07:15".to_owned()),
            ..SlideInfo::default()
        };
        for (language, wanted) in [
            (
                Language::English,
                [
                    "Patient no.: P-42",
                    "Age: 18 months",
                    "Sex: female",
                    "Ward: Pédiatrie",
                    "Blood taken: 2026-11-20 07:15",
                ],
            ),
            (
                Language::French,
                [
                    "N° du patient\u{a0}: P-42",
                    "Âge\u{a0}: 18 mois",
                    "Sexe\u{a0}: féminin",
                    "Service\u{a0}: Pédiatrie",
                    "Prélèvement\u{a0}: 20/11/2026 07:15",
                ],
            ),
        ] {
            let catalogue = Catalogue::new(language);
            assert_eq!(said_of(&slide, Words::new(&catalogue)), wanted);
        }
        let catalogue = Catalogue::new(Language::English);
        let words = Words::new(&catalogue);
        assert_eq!(
            [4.0, 1.0, 0.5, 4.5].map(|years| age(years, words)),
            ["4 years", "1 year", "6 months", "4.5 years"]
        );
        assert_eq!(
            said_of(&SlideInfo { id: "P-1".to_owned(), ..SlideInfo::default() }, words),
            Vec::<String>::new()
        );
    }
}
