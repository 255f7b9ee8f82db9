//! Flags that say what the laboratory knows about a slide: the same as the keys of `slide.toml`, and they go before it.

use clap::Args;

use super::rules::asked_style;
use hemozoin::entry::{age_years, moment};
use hemozoin::record::SlideInfo;
use hemozoin::terms::Sex;
use hemozoin::{Error, ErrorKind};

/// The slide, the patient, the order and the specimen. The patient's name is no flag of every command: it stays in the
/// laboratory's own sheet.
#[derive(Args, Clone, Default)]
pub(crate) struct SlideFlags {
    #[arg(long, value_name = "NUMBER")]
    slide: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    patient_id: Option<String>,
    #[arg(long, value_name = "AGE", value_parser = age)]
    age: Option<f64>,
    #[arg(long, value_name = "F|M", value_parser = sex)]
    sex: Option<Sex>,
    #[arg(long, value_name = "TEXT")]
    ward: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    order: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    specimen: Option<String>,
    #[arg(long, value_name = "TEXT")]
    site: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = date)]
    blood_taken: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = date)]
    read_on: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reader: Option<String>,
    #[arg(long, value_name = "TEXT")]
    objective: Option<String>,
    #[arg(long, value_name = "TEXT")]
    stain: Option<String>,
}

impl SlideFlags {
    /// What they say; without a number of the slide the id is empty.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a text that is not one line.
    pub(crate) fn info(&self) -> hemozoin::Result<SlideInfo> {
        let mut info = SlideInfo::named(self.slide.clone().unwrap_or_default());
        info.patient_id.clone_from(&self.patient_id);
        info.age_years = self.age;
        info.sex = self.sex;
        info.ward.clone_from(&self.ward);
        info.order.clone_from(&self.order);
        info.specimen.clone_from(&self.specimen);
        info.site.clone_from(&self.site);
        info.objective.clone_from(&self.objective);
        info.stain.clone_from(&self.stain);
        info.blood_taken.clone_from(&self.blood_taken);
        info.read_on.clone_from(&self.read_on);
        info.reader.clone_from(&self.reader);
        info.check().and_then(|()| info.check_order()).map(|()| info)
    }
}

fn age(text: &str) -> hemozoin::Result<f64> {
    let no_age =
        || wrong("error-not-an-age", format!("\"{text}\" is no age; write 4, 4.5 or 18 months"), text);
    age_years(text, asked_style()).map_err(|misread| misread.refuse(text, no_age))
}

fn date(text: &str) -> hemozoin::Result<String> {
    let no_date = || {
        wrong(
            "error-not-a-date",
            format!("\"{text}\" is no date; write 2026-11-21 or 2026-11-21T08:30"),
            text,
        )
    };
    moment(text, asked_style()).map_err(|misread| misread.refuse(text, no_date))
}

fn sex(text: &str) -> hemozoin::Result<Sex> {
    Sex::from_text(text).ok_or_else(|| wrong("error-not-a-sex", format!("\"{text}\" is not F or M"), text))
}

fn wrong(key: &'static str, message: String, text: &str) -> Error {
    Error::new(ErrorKind::Usage, message).with_key(key).with_arg("value", text)
}
