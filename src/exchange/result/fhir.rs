//! A FHIR R4 bundle: a transaction, so that a server takes it as it is, and takes it again in the place of an earlier one.

use serde_json::{Map, Value as Json, json};

use super::codes::{Code, Codes};
use super::findings::{Finding, Value, findings};
use super::released::Released;
use crate::intake::digest_of_bytes;
use crate::locale::{Catalogue, outcome_words};
use crate::record::BundleProvenance;
use crate::report::together_lines;
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// The bundle of one slide.
pub(super) fn bundle(released: &Released, codes: &Codes, words: &Catalogue) -> Result<Vec<u8>> {
    let all = Writer { released, codes, words };
    let resources = all.resources()?;
    let entries: Vec<Json> = resources
        .into_iter()
        .map(|(role, resource)| {
            let kind = resource["resourceType"].as_str().unwrap_or_default().to_owned();
            let identifier = resource["identifier"].get(0).unwrap_or(&resource["identifier"]);
            let url = match (identifier["system"].as_str(), identifier["value"].as_str()) {
                (Some(system), Some(value)) => {
                    format!("{kind}?identifier={}%7C{}", encoded(system), encoded(value))
                }
                _ => kind,
            };
            // What has a number of its own takes the place of what the server has of that number.
            let method = if url.contains('?') { "PUT" } else { "POST" };
            json!({
                "fullUrl": all.urn(&role),
                "resource": resource,
                "request": { "method": method, "url": url },
            })
        })
        .collect();
    let bundle = json!({
        "resourceType": "Bundle",
        "language": words.language().code(),
        "type": "transaction",
        "entry": entries,
    });
    let mut bytes = serde_json::to_vec_pretty(&bundle)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("the bundle cannot be written: {e}")))?;
    bytes.push(b'\n');
    Ok(bytes)
}

struct Writer<'a> {
    released: &'a Released,
    codes: &'a Codes,
    words: &'a Catalogue,
}

impl Writer<'_> {
    /// Every resource with its role in the bundle.
    fn resources(&self) -> Result<Vec<(String, Json)>> {
        let record = &self.released.record;
        let mut all = Vec::new();
        if let Some(number) = &record.slide.patient_id {
            // By identifier only: no name, no day of birth.
            let identifier = self.identifier("patient", number)?;
            all.push((
                "patient".to_owned(),
                json!({ "resourceType": "Patient", "identifier": [identifier] }),
            ));
        }
        for film in self.films() {
            all.push((role("specimen", film), self.specimen(film)?));
        }
        for made in &record.provenance.bundles {
            all.push((role("device", made.film), self.device(made)?));
        }
        let found = findings(self.released, self.words);
        let mut results = Vec::new();
        for (finding, number) in found.iter().zip(1..) {
            let name = format!("observation-{number}");
            results.push(json!({ "reference": self.urn(&name) }));
            all.push((name, self.observation(finding)?));
        }
        let mut media = Vec::new();
        for (picture, number) in self.released.attached.pictures(&self.words.say("exchange-picture")).zip(1..)
        {
            let name = format!("media-{number}");
            media.push(json!({ "link": self.reference(&name) }));
            all.push((name, self.picture(number, picture)?));
        }
        all.push(("report".to_owned(), self.report(&results, media)?));
        all.extend(self.provenance()?.map(|resource| ("provenance".to_owned(), resource)));
        Ok(all)
    }

    fn films(&self) -> Vec<Film> {
        let fields = &self.released.record.fields;
        [Film::Thick, Film::Thin].into_iter().filter(|film| fields.iter().any(|f| f.film == *film)).collect()
    }

    /// Address of a resource within the bundle: the same for the same slide.
    fn urn(&self, role: &str) -> String {
        let released = self.released;
        let digest =
            digest_of_bytes(format!("{}\n{}\n{role}", released.slide(), released.record_sha256).as_bytes());
        let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
        // Version 8 of RFC 9562: bits of our own.
        format!(
            "urn:uuid:{}-{}-8{}-8{}-{}",
            part(0, 8),
            part(8, 12),
            part(13, 16),
            part(17, 20),
            part(20, 32)
        )
    }

    fn reference(&self, role: &str) -> Json {
        json!({ "reference": self.urn(role) })
    }

    fn identifier(&self, system: &str, value: &str) -> Result<Json> {
        Ok(json!({ "system": self.codes.system(system)?, "value": value }))
    }

    /// A number of this slide's own for one of its resources.
    fn of_slide(&self, role: &str) -> Result<Json> {
        self.identifier("slide", &format!("{}/{role}", self.released.slide()))
    }

    fn concept(&self, name: &str) -> Result<Json> {
        Ok(concept(&self.codes.get(name)?))
    }

    fn specimen(&self, film: Film) -> Result<Json> {
        let slide = &self.released.record.slide;
        let mut resource = self.about(json!({
            "resourceType": "Specimen",
            "identifier": [self.of_slide(&role("specimen", film))?],
            "type": self.concept("blood")?,
        }));
        if let Some(number) = &slide.specimen {
            put(&mut resource, "accessionIdentifier", json!({ "value": number }));
        }
        if let Some(day) = self.released.day() {
            put(&mut resource, "collection", json!({ "collectedDateTime": day }));
        }
        let film = self.words.say(&format!("film-{}", film.code()));
        let mut processing = json!({ "procedure": { "text": film } });
        if let Some(stain) = &slide.stain {
            put(&mut processing, "description", json!(stain));
        }
        put(&mut resource, "processing", json!([processing]));
        Ok(resource)
    }

    fn device(&self, made: &BundleProvenance) -> Result<Json> {
        let program = &self.released.record.provenance;
        Ok(json!({
            "resourceType": "Device",
            "identifier": [self.identifier("bundle", &made.digest)?],
            "deviceName": [{ "name": made.name, "type": "model-name" }],
            "version": [
                { "type": { "text": "bundle" }, "value": made.version },
                { "type": { "text": program.program }, "value": program.version },
            ],
        }))
    }

    fn observation(&self, finding: &Finding) -> Result<Json> {
        let mut resource = self.about(json!({
            "resourceType": "Observation",
            "identifier": [self.of_slide(&format!("observation-{}{}", finding.code, suffix(finding)))?],
            "status": self.released.standing.fhir(),
            "category": [self.concept("laboratory")?],
            "code": self.concept(finding.code)?,
        }));
        self.signed_by(&mut resource);
        if let Some(film) = finding.film {
            put(&mut resource, "specimen", self.reference(&role("specimen", film)));
            if self.released.record.provenance.bundles.iter().any(|made| made.film == film) {
                put(&mut resource, "device", self.reference(&role("device", film)));
            }
        }
        self.value(&mut resource, &finding.value)?;
        if let Some(name) = finding.interpreted {
            put(&mut resource, "interpretation", json!([self.concept(name)?]));
        }
        let mut components = Vec::new();
        for (name, value) in &finding.parts {
            let mut component = json!({ "code": self.concept(name)? });
            self.value(&mut component, value)?;
            components.push(component);
        }
        if !components.is_empty() {
            put(&mut resource, "component", Json::Array(components));
        }
        Ok(resource)
    }

    fn value(&self, resource: &mut Json, value: &Value) -> Result<()> {
        let (key, value) = match value {
            Value::Coded("plasmodium") => {
                let mut species = self.concept("plasmodium")?;
                put(&mut species, "text", json!(self.words.say("exchange-species")));
                ("valueCodeableConcept", species)
            }
            Value::Coded(name) => ("valueCodeableConcept", self.concept(name)?),
            Value::Quantity(value, unit) => {
                let Code { system, code, .. } = self.codes.get(unit)?;
                // 13333, not 13333.0: a decimal's digits have a meaning here.
                let value = if value.fract() == 0.0 { json!(*value as i64) } else { json!(value) };
                ("valueQuantity", json!({ "value": value, "unit": code, "system": system, "code": code }))
            }
            Value::Count(count) => ("valueInteger", json!(count)),
            Value::Text(text) => ("valueString", json!(text)),
            Value::Open => {
                let system = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
                ("dataAbsentReason", json!({ "coding": [{ "system": system, "code": "unknown" }] }))
            }
        };
        put(resource, key, value);
        Ok(())
    }

    /// A marked field, as small as it is shown in a list.
    fn picture(&self, number: usize, content: Json) -> Result<Json> {
        let system = "http://terminology.hl7.org/CodeSystem/media-type";
        Ok(self.about(json!({
            "resourceType": "Media",
            "identifier": [self.of_slide(&format!("media-{number}"))?],
            "status": "completed",
            "type": { "coding": [{ "system": system, "code": "image" }] },
            "content": content,
        })))
    }

    fn report(&self, results: &[Json], media: Vec<Json>) -> Result<Json> {
        let record = &self.released.record;
        let mut resource = self.about(json!({
            "resourceType": "DiagnosticReport",
            "language": self.words.language().code(),
            "identifier": [self.of_slide("report")?],
            "status": self.released.standing.fhir(),
            "category": [self.concept("laboratory")?],
            "code": self.concept("report")?,
            "specimen": self.films().into_iter().map(|film| self.reference(&role("specimen", film))).collect::<Vec<_>>(),
            "result": results,
        }));
        if let Some(number) = &record.slide.order {
            let order = json!({ "type": "ServiceRequest", "identifier": self.identifier("order", number)? });
            put(&mut resource, "basedOn", json!([order]));
        }
        if let Some((reader, _)) = &self.released.signed {
            put(&mut resource, "resultsInterpreter", json!([{ "display": reader }]));
        }
        self.signed_by(&mut resource);
        let said = outcome_words(&record.result.patient, self.words);
        let lines = said.alerts.into_iter().chain([said.state]).chain(said.estimate);
        let lines = lines.chain(said.flags).chain(said.caveat);
        let all =
            self.released.together.as_ref().map(|all| together_lines(all, self.words)).unwrap_or_default();
        let lines: Vec<String> = lines.chain(all).collect();
        put(&mut resource, "conclusion", json!(lines.join("; ")));
        if !media.is_empty() {
            put(&mut resource, "media", Json::Array(media));
        }
        if let Some(pdf) = self.released.attached.report(&self.words.say("clinical-title")) {
            put(&mut resource, "presentedForm", json!([pdf]));
        }
        Ok(resource)
    }

    /// Who answers for the result; nobody before it is signed.
    fn provenance(&self) -> Result<Option<Json>> {
        let Some((reader, at)) = &self.released.signed else { return Ok(None) };
        let kind = |code: &str| {
            let system = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
            json!({ "coding": [{ "system": system, "code": code }] })
        };
        let mut agents = vec![json!({ "type": kind("verifier"), "who": { "display": reader } })];
        for made in &self.released.record.provenance.bundles {
            agents.push(
                json!({ "type": kind("assembler"), "who": self.reference(&role("device", made.film)) }),
            );
        }
        let record = self.identifier("record", &self.released.record_sha256)?;
        Ok(Some(json!({
            "resourceType": "Provenance",
            "target": [self.reference("report")],
            "recorded": at,
            "agent": agents,
            "entity": [{ "role": "source", "what": { "identifier": record } }],
        })))
    }

    /// With the patient that it is about, where one is known.
    fn about(&self, mut resource: Json) -> Json {
        if self.released.record.slide.patient_id.is_some() {
            put(&mut resource, "subject", self.reference("patient"));
        }
        resource
    }

    fn signed_by(&self, resource: &mut Json) {
        if let Some(day) = self.released.day() {
            put(resource, "effectiveDateTime", json!(day));
        }
        if let Some((reader, at)) = &self.released.signed {
            put(resource, "issued", json!(at));
            put(resource, "performer", json!([{ "display": reader }]));
        }
    }
}

/// Findings of one code are told apart by film or species.
fn suffix(finding: &Finding) -> String {
    match (finding.code, &finding.value, finding.film) {
        ("species" | "species-thin", Value::Coded(species), _) => format!("-{species}"),
        ("film-quality", _, Some(film)) => format!("-{}", film.code()),
        _ => String::new(),
    }
}

fn role(of: &str, film: Film) -> String {
    format!("{of}-{}", film.code())
}

fn concept(code: &Code) -> Json {
    json!({ "coding": [{ "system": code.system, "code": code.code, "display": code.display }] })
}

fn put(resource: &mut Json, key: &str, value: Json) {
    if let Json::Object(map) = resource {
        let map: &mut Map<String, Json> = map;
        map.insert(key.to_owned(), value);
    }
}

/// Percent-encoded for a query (RFC 3986).
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
