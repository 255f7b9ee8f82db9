//! An HL7 v2.5.1 message ORU^R01 (unsolicited observation): segments end with a carriage return, text is UTF-8.

use super::codes::{Code, Codes};
use super::findings::{Value, findings};
use super::released::Released;
use crate::Result;
use crate::intake::digest_of_bytes;
use crate::locale::{Catalogue, outcome_words};
use crate::report::together_lines;
use crate::terms::Film;

/// The message of one slide; see `docs/exchange.md` for its segments.
pub(super) fn message(released: &Released, codes: &Codes, moment: &str, words: &Catalogue) -> Result<String> {
    let slide = &released.record.slide;
    let signed = released.signed.as_ref();
    let made = time(signed.map_or(moment, |(_, at)| at));
    let day = released.day().map(|day| day.replace('-', "")).unwrap_or_default();
    let standing = released.standing.hl7();
    let reader = signed.map(|(reader, _)| escaped(reader)).unwrap_or_default();
    // The same message has the same number, so that it is known when it comes again.
    let content = format!("{}{}{made}{standing}", released.record_sha256, slide.id);
    let number = digest_of_bytes(content.as_bytes());
    let number = number.get(..20).unwrap_or_default();
    let mut message = Segments::default();
    let site = slide.site.as_deref().map(escaped).unwrap_or_default();
    message.add(&[
        "MSH",
        "^~\\&",
        "HEMOZOIN",
        &site,
        "",
        "",
        &made,
        "",
        "ORU^R01^ORU_R01",
        number,
        "P",
        "2.5.1",
        "",
        "",
        "",
        "",
        "",
        "UNICODE UTF-8",
    ]);
    if let Some(patient) = &slide.patient_id {
        // By number only: U says that the name is not given.
        message.add(&["PID", "1", "", &escaped(patient), "", "^^^^^^U"]);
    }
    let order = slide.order.as_deref().map(escaped).unwrap_or_default();
    let filler = escaped(&slide.id);
    let wanted = concept(&codes.get("order")?);
    let mut request = vec!["OBR", "1", &order, &filler, &wanted, "", "", &day];
    request.extend([""; 14]);
    let reported = signed.map(|_| made.as_str()).unwrap_or_default();
    request.extend([reported, "", "", standing]);
    request.extend([""; 6]);
    let interpreter = signed.map(|_| format!("&{reader}")).unwrap_or_default();
    request.push(&interpreter);
    message.add(&request);
    let said = outcome_words(&released.record.result.patient, words);
    let lines = said.alerts.into_iter().chain([said.state]).chain(said.estimate);
    let all = released.together.as_ref().map(|all| together_lines(all, words)).unwrap_or_default();
    for (line, set) in lines.chain(said.flags).chain(said.caveat).chain(all).zip(1..) {
        message.add(&["NTE", &format!("{set}"), "L", &escaped(&line)]);
    }

    let mut row = 0_usize;
    let mut observe = |code: &str, group: &str, value: &Value, film: Option<Film>| -> Result<()> {
        row += 1;
        let of = codes.get(code)?;
        let (kind, value, unit) = written(value, codes, words)?;
        let made_by = released.record.provenance.bundles.iter().find(|made| Some(made.film) == film);
        let equipment = made_by.map(|made| format!("{} {}", escaped(&made.name), escaped(&made.version)));
        // A value that is not there has no type either.
        let standing = if kind.is_empty() { "X" } else { standing };
        message.add(&[
            "OBX",
            &row.to_string(),
            kind,
            &concept(&of),
            group,
            &value,
            &unit,
            "",
            "",
            "",
            "",
            standing,
            "",
            "",
            &day,
            "",
            &observer(&reader),
            "",
            &equipment.unwrap_or_default(),
        ]);
        Ok(())
    };
    for (finding, group) in findings(released, words).iter().zip(1..) {
        observe(finding.code, &group.to_string(), &finding.value, finding.film)?;
        for ((code, value), part) in finding.parts.iter().zip(1..) {
            observe(code, &format!("{group}.{part}"), value, finding.film)?;
        }
    }
    let specimen = slide.specimen.as_deref().map(escaped).unwrap_or_default();
    let blood = concept(&codes.get("blood")?);
    let mut spm = vec!["SPM", "1", &specimen, "", &blood];
    spm.extend([""; 12]);
    spm.push(&day);
    message.add(&spm);
    Ok(message.0)
}

/// The segments so far.
#[derive(Default)]
struct Segments(String);

impl Segments {
    /// One more; empty fields at its end are left out.
    fn add(&mut self, fields: &[&str]) {
        let used = fields.iter().rposition(|field| !field.is_empty()).map_or(0, |last| last + 1);
        self.0.push_str(&fields.get(..used).unwrap_or_default().join("|"));
        self.0.push('\r');
    }
}

/// Type, value and unit of an observation.
fn written(value: &Value, codes: &Codes, words: &Catalogue) -> Result<(&'static str, String, String)> {
    Ok(match value {
        Value::Coded(name) => {
            let mut coded = concept(&codes.get(name)?);
            if *name == "plasmodium" {
                // Original text.
                coded.push_str(&format!("^^^^^^{}", escaped(&words.say("exchange-species"))));
            }
            ("CWE", coded, String::new())
        }
        Value::Quantity(value, unit) => ("NM", value.to_string(), concept(&codes.get(unit)?)),
        Value::Count(count) => ("NM", count.to_string(), String::new()),
        Value::Text(text) => ("ST", escaped(text), String::new()),
        Value::Open => ("", String::new(), String::new()),
    })
}

/// Code, name and code system.
fn concept(code: &Code) -> String {
    let system = match code.system.as_str() {
        "http://loinc.org" => "LN",
        "http://snomed.info/sct" => "SCT",
        "http://unitsofmeasure.org" => "UCUM",
        _ => "L",
    };
    format!("{}^{}^{system}", escaped(&code.code), escaped(&code.display))
}

/// The responsible observer, by name.
fn observer(reader: &str) -> String {
    if reader.is_empty() { String::new() } else { format!("^{reader}") }
}

/// `2026-11-29T15:59:10Z` as `20261129155910+0000`.
fn time(moment: &str) -> String {
    let digits: String = moment.chars().filter(char::is_ascii_digit).take(14).collect();
    format!("{digits}+0000")
}

/// Text without what parts fields.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' => out.push_str("\\F\\"),
            '^' => out.push_str("\\S\\"),
            '~' => out.push_str("\\R\\"),
            '\\' => out.push_str("\\E\\"),
            '&' => out.push_str("\\T\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
