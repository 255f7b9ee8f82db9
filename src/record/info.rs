//! What the laboratory says about a slide: whose blood it is, who asked, who took it and who reads it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::entry::{Style, is_before, moment};
use crate::terms::Sex;
use crate::text::is_one_line;
use crate::{Error, ErrorKind, Result};

/// What the laboratory said about a slide: `slide.toml`, a manifest and flags.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct SlideInfo {
    /// Slide number or name; the folder's name where none was given.
    pub id: String,
    /// The laboratory's number of the patient. A folder's name is none.
    pub patient_id: Option<String>,
    /// The patient's name. It stays in the laboratory's own sheet, and stands here only where a person asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patient_name: Option<String>,
    /// Age in years; months are twelfths.
    pub age_years: Option<f64>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Ward or service that asked for the examination.
    pub ward: Option<String>,
    /// Number of the order (the request).
    pub order: Option<String>,
    /// Number of the specimen.
    pub specimen: Option<String>,
    /// Health facility or village.
    pub site: Option<String>,
    /// Objective, as written by the laboratory.
    pub objective: Option<String>,
    /// Stain, as written by the laboratory.
    pub stain: Option<String>,
    /// When the blood was taken: a date, with or without time (ISO 8601).
    pub blood_taken: Option<String>,
    /// When the slide was read by a person: a date, with or without time (ISO 8601).
    pub read_on: Option<String>,
    /// Who reads the slide.
    pub reader: Option<String>,
}

impl SlideInfo {
    /// Of a slide of which only the number or name is known.
    pub fn named(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// The texts by the names of their keys.
    fn texts(&mut self) -> [(&'static str, &mut Option<String>); 11] {
        [
            ("patient_id", &mut self.patient_id),
            ("patient_name", &mut self.patient_name),
            ("ward", &mut self.ward),
            ("order", &mut self.order),
            ("specimen", &mut self.specimen),
            ("site", &mut self.site),
            ("objective", &mut self.objective),
            ("stain", &mut self.stain),
            ("blood_taken", &mut self.blood_taken),
            ("read_on", &mut self.read_on),
            ("reader", &mut self.reader),
        ]
    }

    /// The text of the key `name`; `None` where no text has that name. The number of the slide is no such text.
    pub fn text_mut(&mut self, name: &str) -> Option<&mut Option<String>> {
        self.texts().into_iter().find(|(known, _)| *known == name).map(|(_, text)| text)
    }

    /// Refuses a text that is not one line (see [`is_one_line`]): it could look like a line of the result. Refuses a date
    /// that other systems would not take for one.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming it.
    pub fn check(&self) -> Result<()> {
        let mut all = self.clone();
        let id = Some(all.id.clone()).filter(|id| !is_one_line(id)).map(|_| "slide");
        let odd =
            all.texts().into_iter().find(|(_, text)| text.as_deref().is_some_and(|text| !is_one_line(text)));
        let Some(name) = id.or(odd.map(|(name, _)| name)) else { return self.check_dates() };
        Err(Error::new(
            ErrorKind::Usage,
            format!("{name} holds a line break or a control character; write it as one line of text"),
        )
        .with_key("error-not-one-line")
        .with_arg("column", name))
    }

    fn check_dates(&self) -> Result<()> {
        let dates = [("blood_taken", &self.blood_taken), ("read_on", &self.read_on)];
        let odd =
            dates.into_iter().find_map(|(name, at)| Some((name, at.as_ref().filter(|at| !is_iso(at))?)));
        let Some((name, value)) = odd else { return Ok(()) };
        Err(Error::new(
            ErrorKind::Usage,
            format!(
                "{name} cannot be \"{value}\"; write it as 2026-11-21 or 2026-11-21T08:30 (years 1900 to 2100)"
            ),
        )
        .with_key("error-date-form")
        .with_arg("column", name)
        .with_arg("value", value))
    }

    /// Refuses a reading before the blood was taken: one of the two dates is a slip.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming both.
    pub fn check_order(&self) -> Result<()> {
        let (Some(taken), Some(read)) = (&self.blood_taken, &self.read_on) else { return Ok(()) };
        if !is_before(read, taken) {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Usage,
            format!("the slide cannot be read on {read}, before the blood is taken on {taken}; correct one of the dates"),
        )
        .with_key("error-dates-order")
        .with_arg("read", read)
        .with_arg("taken", taken))
    }

    /// Takes from `other` what is not known here.
    ///
    /// # Errors
    /// The name of what both know and is not the same; all that can be taken is taken all the same.
    pub fn unite(&mut self, other: &Self) -> std::result::Result<(), &'static str> {
        fn one<T: Clone + PartialEq>(ours: &mut Option<T>, theirs: &Option<T>) -> bool {
            if ours.is_none() {
                ours.clone_from(theirs);
            }
            theirs.is_none() || ours == theirs
        }
        let mut differs = None;
        let mut note = |name, same: bool| {
            if !same {
                differs.get_or_insert(name);
            }
        };
        if self.id.is_empty() {
            self.id.clone_from(&other.id);
        }
        note("slide", other.id.is_empty() || self.id == other.id);
        note("age", one(&mut self.age_years, &other.age_years));
        note("sex", one(&mut self.sex, &other.sex));
        let mut other = other.clone();
        for ((name, ours), (_, theirs)) in self.texts().into_iter().zip(other.texts()) {
            note(name, one(ours, theirs));
        }
        differs.map_or(Ok(()), Err)
    }

    /// This, with what it leaves open taken from `other`.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        // What both know stays as it is here.
        let _ = self.unite(other);
        self
    }
}

/// Whether a text is a date, or a date with its time, as [`moment`] writes them; seconds may stand there in any case.
fn is_iso(text: &str) -> bool {
    let form: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let is_form = matches!(form.as_str(), "0000-00-00" | "0000-00-00T00:00" | "0000-00-00T00:00:00");
    is_form && moment(text, Style::default()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(ward: &str, age: Option<f64>) -> SlideInfo {
        let ward = Some(ward.to_owned()).filter(|ward| !ward.is_empty());
        SlideInfo { id: "N-1".to_owned(), ward, age_years: age, ..SlideInfo::default() }
    }

    #[test]
    fn two_complete_each_other_or_name_what_differs() {
        let mut a = info("P", None);
        assert_eq!(a.unite(&info("", Some(4.0))), Ok(()));
        assert_eq!(a, info("P", Some(4.0)));
        assert_eq!(a.unite(&info("Q", Some(4.0))), Err("ward"));
        assert_eq!(a.unite(&info("", Some(5.0))), Err("age"));
        assert_eq!(a.unite(&SlideInfo { id: "N-2".to_owned(), ..SlideInfo::default() }), Err("slide"));
        assert_eq!(a.clone().or(&info("Q", Some(5.0))), a);
    }

    #[test]
    fn no_slide_is_read_before_its_blood_is_taken() {
        let order = |taken: &str, read: &str| {
            let (blood_taken, read_on) = (Some(taken.to_owned()), Some(read.to_owned()));
            SlideInfo { blood_taken, read_on, ..SlideInfo::default() }.check_order().map_err(|e| e.key())
        };
        assert_eq!(order("2026-11-21", "2026-11-20"), Err(Some("error-dates-order")));
        assert_eq!(order("2026-11-21T08:30", "2026-11-21"), Ok(()));
        assert_eq!(order("2026-11-20", "2026-11-21"), Ok(()));
        assert_eq!(SlideInfo::named("N-1").check_order().map_err(|e| e.key()), Ok(()));
    }

    #[test]
    fn a_date_is_one_that_every_system_takes() {
        let check = |text: &str, read: bool| {
            let at = Some(text.to_owned());
            let (blood_taken, read_on) = if read { (None, at) } else { (at, None) };
            SlideInfo { blood_taken, read_on, ..SlideInfo::named("N-1") }.check()
        };
        for text in ["2026-11-21", "2026-11-21T08:30", "2026-11-21T08:30:00", "2024-02-29T23:59:59"] {
            assert!(check(text, false).is_ok() && check(text, true).is_ok(), "{text}");
        }
        for text in [
            "",
            "03/04/2026",
            "21/11/2026",
            "yesterday",
            "2026-11-21 08:30",
            " 2026-11-21",
            "2026-02-30",
            "2026-11-21T25:00",
            "2026-11-21T08:30Z",
            "2026-11",
            "0026-11-21",
            "٢٠٢٦-١١-٢١",
        ] {
            for read in [false, true] {
                let error = check(text, read).expect_err(text);
                assert_eq!(
                    (error.kind(), error.key()),
                    (ErrorKind::Usage, Some("error-date-form")),
                    "{text}"
                );
                assert!(error.message().starts_with(if read { "read_on" } else { "blood_taken" }), "{error}");
            }
        }
    }

    #[test]
    fn a_name_that_nobody_asked_for_is_not_even_empty() {
        let json = serde_json::to_string(&info("P", None)).expect("JSON");
        assert!(!json.contains("patient_name") && json.contains("patient_id"), "{json}");
    }
}
