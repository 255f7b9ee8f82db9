//! Results as other systems take them: FHIR R4 and HL7 v2.5.1.

#![cfg(feature = "review")]

use std::path::{Path, PathBuf};
use std::process::Command;

use hemozoin::exchange::{Codes, Released, ResultForm, Standing};
use hemozoin::record::SlideRecord;
use hemozoin::review::{Reading, Signature};
use hemozoin::standard::ReadingStatus;
use hemozoin::{Catalogue, Language};
use serde_json::Value;

use crate::support::golden;

const DIGEST: &str = "902fc07a3e53afaab24b41e0613f8abd4518ccd3baba48273483c96a54917c86";
const MOMENT: &str = "2026-11-30T08:00:00Z";

/// A kept case of reports, with the numbers that a laboratory gives.
fn record(case: &str) -> SlideRecord {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    with_numbers(golden::record(&root.join("tests/cases/report").join(case)))
}

fn with_numbers(mut record: SlideRecord) -> SlideRecord {
    record.slide.patient_name = Some("Moussa Ibrahim".to_owned());
    record.slide.patient_id = Some("P|47^11".to_owned());
    record.slide.order = Some("Q-0815".to_owned());
    record.slide.specimen = Some("S-1".to_owned());
    record.slide.site = Some("CSI Boukoki & Cie".to_owned());
    record.slide.blood_taken = Some("2026-11-28T07:15".to_owned());
    record
}

fn signed(record: &SlideRecord, version: i64) -> Released {
    let signature = Signature {
        version,
        at: "2026-11-29T15:59:10Z".to_owned(),
        upto: 0,
        record_sha256: DIGEST.to_owned(),
        result: String::new(),
    };
    let reading = Reading {
        id: 1,
        slide: record.slide.id.clone(),
        reader: "Dr Issa".to_owned(),
        blind: false,
        begun_at: "2026-11-29T15:00:00Z".to_owned(),
        version,
        correction: None,
        signatures: vec![signature.clone()],
    };
    Released::signed(record.clone(), DIGEST, &reading, &signature)
}

fn write(form: ResultForm, released: &Released, language: Language) -> String {
    let codes = Codes::built_in().expect("sound");
    let bytes = form.write(released, &codes, MOMENT, &Catalogue::new(language)).expect("written");
    String::from_utf8(bytes).expect("text")
}

fn resources(bundle: &str, kind: &str) -> Vec<Value> {
    let bundle: Value = serde_json::from_str(bundle).expect("JSON");
    let entries = bundle["entry"].as_array().expect("entries").iter();
    entries.map(|e| e["resource"].clone()).filter(|r| r["resourceType"] == kind).collect()
}

/// The observation of a code.
fn observation(bundle: &str, code: &str) -> Option<Value> {
    resources(bundle, "Observation").into_iter().find(|o| o["code"]["coding"][0]["code"] == code)
}

fn is_read(record: &SlideRecord) -> bool {
    record.result.patient.reading.is_read()
}

#[test]
fn a_result_is_preliminary_until_signed_and_corrected_after() {
    let mut seen = 0;
    for case in golden::cases() {
        let record = with_numbers(golden::record(&case));
        let unsigned = Released::unsigned(record.clone(), DIGEST);
        for (released, status, letter) in [
            (unsigned, "preliminary", "P"),
            (signed(&record, 1), if is_read(&record) { "final" } else { "preliminary" }, "F"),
            (signed(&record, 2), if is_read(&record) { "corrected" } else { "preliminary" }, "C"),
        ] {
            let letter = if status == "preliminary" { "P" } else { letter };
            let fhir = write(ResultForm::Fhir, &released, Language::English);
            let reports = resources(&fhir, "DiagnosticReport");
            assert_eq!(
                (reports.len(), &reports[0]["status"]),
                (1, &Value::from(status)),
                "{}",
                case.display()
            );
            assert!(resources(&fhir, "Observation").iter().all(|o| o["status"] == status));
            let hl7 = write(ResultForm::Hl7, &released, Language::English);
            let request = hl7.split('\r').find(|s| s.starts_with("OBR")).expect("OBR");
            assert_eq!(request.split('|').nth(25), Some(letter), "{request}");
            // Nobody's name in either; and no presence, density or percentage that no reader has made (MCH-1).
            for text in [&fhir, &hl7] {
                assert!(!text.contains("Moussa"), "{text}");
            }
            if !is_read(&record) {
                for code in ["51587-4", "32206-5", "53556-7", "asexual-density", "gametocytes"] {
                    assert!(observation(&fhir, code).is_none(), "{code} in {}", case.display());
                    assert!(!hl7.contains(&format!("|{code}^")), "{code} in {}", case.display());
                }
            }
            seen += 1;
        }
    }
    assert!(seen >= 24, "{seen}");
}

#[test]
fn what_a_reader_found_is_said_once_in_each_form() {
    let mut record = record("thick_positive.toml");
    assert_eq!(record.result.patient.reading, ReadingStatus::Read);
    let patient = record.result.patient.clone();
    let density = patient.density_per_ul.expect("a density");
    let fhir = write(ResultForm::Fhir, &signed(&record, 1), Language::English);
    let presence = observation(&fhir, "51587-4").expect("presence");
    assert_eq!(presence["valueCodeableConcept"]["coding"][0]["code"], "10828004");
    assert_eq!(presence["interpretation"][0]["coding"][0]["code"], "POS");
    let species = observation(&fhir, "32206-5").expect("species");
    assert_eq!(species["valueCodeableConcept"]["text"], "Plasmodium, species not determined");
    let found = observation(&fhir, "asexual-density").expect("density");
    assert_eq!(found["valueQuantity"]["value"].as_f64(), Some(density as f64));
    assert_eq!(found["valueQuantity"]["code"], "/uL");
    let part = |code: &str| {
        let parts = found["component"].as_array().expect("components").iter();
        parts
            .clone()
            .find(|c| c["code"]["coding"][0]["code"] == code)
            .unwrap_or_else(|| panic!("{code}"))
            .clone()
    };
    assert_eq!(part("wbc-counted")["valueInteger"].as_u64(), patient.wbc_counted);
    let low = part("ci-low")["valueQuantity"]["value"].as_f64().expect("a limit");
    assert!((low - patient.ci_low_per_ul.expect("a limit")).abs() < 0.06);
    let device = &resources(&fhir, "Device")[0];
    assert_eq!(device["identifier"][0]["value"], record.provenance.bundles[0].digest.as_str());
    assert_eq!(resources(&fhir, "Patient")[0]["identifier"][0]["value"], "P|47^11");
    assert_eq!(
        resources(&fhir, "Patient")[0].as_object().expect("keys").len(),
        2,
        "an identifier and nothing else"
    );
    let provenance = &resources(&fhir, "Provenance")[0];
    assert_eq!(provenance["agent"][0]["who"]["display"], "Dr Issa");
    assert_eq!(provenance["entity"][0]["what"]["identifier"]["value"], DIGEST);

    let hl7 = write(ResultForm::Hl7, &signed(&record, 1), Language::French);
    let of = |code: &str| {
        let found = hl7.split('\r').find(|s| s.starts_with("OBX") && s.contains(&format!("|{code}^")));
        found.unwrap_or_else(|| panic!("{code}")).split('|').map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        (of("asexual-density")[5].as_str(), of("asexual-density")[2].as_str()),
        (&*density.to_string(), "NM")
    );
    assert!(of("51587-4")[5].starts_with("10828004^Positive"));
    assert!(hl7.contains("|P\\F\\47\\S\\11|") && hl7.contains("Boukoki \\T\\ Cie"), "{hl7}");
    assert!(hl7.contains("espèce non déterminée"));

    // Nobody's number, no patient.
    record.slide.patient_id = None;
    let unknown = signed(&record, 1);
    let fhir = write(ResultForm::Fhir, &unknown, Language::English);
    assert!(resources(&fhir, "Patient").is_empty() && !fhir.contains("\"subject\""));
    assert!(!write(ResultForm::Hl7, &unknown, Language::English).contains("PID|"));
    assert_eq!(unknown.standing(), Standing::Final);
}

#[test]
fn a_laboratory_lays_its_own_codes_over() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("codes.toml");
    let own = "[systems]\nslide = \"https://csi.example/slides\"\n[code.asexual-density]\nsystem = \"http://loinc.org\"\n\
               code = \"0-0\"\ndisplay = \"Density\"\nconfidence = \"B\"\n";
    std::fs::write(&file, own).expect("written");
    let codes = Codes::read(&file).expect("sound");
    let released = signed(&record("thick_positive.toml"), 1);
    let words = Catalogue::new(Language::English);
    let bytes = ResultForm::Fhir.write(&released, &codes, MOMENT, &words).expect("written");
    let text = String::from_utf8(bytes).expect("text");
    assert!(text.contains("https://csi.example/slides") && observation(&text, "0-0").is_some());
    for wrong in [
        "[systems]\nslid = \"x\"\n",
        "[code.other]\nsystem=\"a\"\ncode=\"b\"\ndisplay=\"c\"\nconfidence=\"A\"\n",
        "codes",
    ] {
        std::fs::write(&file, wrong).expect("written");
        assert_eq!(Codes::read(&file).expect_err(wrong).key(), Some("error-exchange-codes"));
    }
}

/// The built-in codes are those of the standards that the project keeps, where those are at hand.
#[test]
fn the_codes_are_those_of_the_standards() {
    let Some(data) = std::env::var_os("HEMOZOIN_DATA") else { return };
    let list = Path::new(&data).join("../standards/codes.csv");
    if !list.is_file() {
        eprintln!("SKIPPED: {} is not there", list.display());
        return;
    }
    let mut known = std::collections::BTreeMap::new();
    for line in csv::Reader::from_path(list).expect("a list").records() {
        let line = line.expect("a line");
        known.insert((line[0].to_owned(), line[1].to_owned()), (line[2].to_owned(), line[4].to_owned()));
    }
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/exchange/result/codes.toml");
    let own: toml::Table = toml::from_str(&std::fs::read_to_string(own).expect("codes")).expect("TOML");
    let codes = own["code"].as_table().expect("codes");
    assert!(codes.len() > 30, "{}", codes.len());
    for (name, code) in codes {
        let text = |key: &str| code[key].as_str().expect("text").to_owned();
        let found = known.get(&(text("system"), text("code")));
        assert_eq!(found, Some(&(text("display"), text("confidence"))), "{name}");
    }
}

/// The examples of the documentation; `BLESS=1` writes them anew and still fails.
#[test]
fn the_examples_in_docs_are_what_is_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples");
    let bless = std::env::var_os("BLESS").is_some();
    let mut faults = Vec::new();
    for (case, form, language) in [
        ("thick_positive.toml", ResultForm::Fhir, Language::English),
        ("thin_severe.toml", ResultForm::Fhir, Language::French),
        ("thick_positive.toml", ResultForm::Hl7, Language::English),
        ("thin_severe.toml", ResultForm::Hl7, Language::French),
    ] {
        let file = folder.join(format!("{}-{}.{}", form.code(), language.code(), form.ending()));
        let said = write(form, &signed(&record(case), 1), language);
        if std::fs::read_to_string(&file).unwrap_or_default() != said {
            faults.push(file.display().to_string());
            if bless {
                std::fs::create_dir_all(&folder).expect("a folder");
                std::fs::write(&file, &said).expect("written");
            }
        }
    }
    assert!(faults.is_empty(), "{faults:?} differ; BLESS=1 writes them anew");
    assert!(!bless, "a blessing run never passes");
}

#[test]
fn other_programs_libraries_take_every_result() {
    let Some(python) = std::env::var_os("HEMOZOIN_LABELS_PYTHON") else {
        eprintln!("SKIPPED: no Python with fhir.resources and hl7apy; set HEMOZOIN_LABELS_PYTHON");
        return;
    };
    let dir = tempfile::tempdir().expect("a folder");
    for form in ResultForm::ALL {
        let mut files: Vec<PathBuf> = Vec::new();
        for case in golden::cases() {
            let record = with_numbers(golden::record(&case));
            let stem = case.file_stem().expect("a name").to_string_lossy().into_owned();
            for (released, name) in [
                (Released::unsigned(record.clone(), DIGEST), "unsigned"),
                (signed(&record, 1), "signed"),
                (signed(&record, 2), "corrected"),
            ] {
                for &language in Language::ALL {
                    let file =
                        dir.path().join(format!("{stem}-{name}-{}.{}", language.code(), form.ending()));
                    std::fs::write(&file, write(*form, &released, language)).expect("written");
                    files.push(file);
                }
            }
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange/validate.py");
        let output =
            Command::new(&python).arg(script).arg(form.code()).args(&files).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(said.lines().count(), files.len(), "every file was looked at");
        println!("{}: {} files taken by its library", form.code(), files.len());
    }
}

#[test]
fn several_readers_give_one_result_and_none_before_they_agree() {
    use hemozoin::review::Together;
    use hemozoin::standard::{Profile, Reading as Read, conclude};

    let rules = Profile::named("who-2016").expect("a profile").values().readers.clone();
    let record = record("thick_positive.toml");
    let of = |densities: &[u64]| {
        let read = |at: usize| densities.get(at).map(|density| Read::new(*density));
        let names = ["Dr Issa", "Dr Amina", "Dr Sani"];
        let conclusion = read(0).zip(read(1)).map(|(a, b)| conclude(&a, &b, read(2).as_ref(), &rules));
        let read =
            names.iter().zip(densities).map(|(name, density)| ((*name).to_owned(), *density)).collect();
        signed(&record, 1).with_all(Together { read, conclusion })
    };
    let density =
        |bundle: &str| Some(observation(bundle, "asexual-density")?["valueQuantity"]["value"].clone());
    let alone = write(ResultForm::Fhir, &of(&[10_000]), Language::English);
    assert_eq!(alone, write(ResultForm::Fhir, &signed(&record, 1), Language::English));

    let agreed = of(&[10_000, 11_000]);
    assert_eq!(agreed.standing(), Standing::Final);
    let bundle = write(ResultForm::Fhir, &agreed, Language::English);
    assert_eq!(density(&bundle), Some(10_500.into()));
    let said = resources(&bundle, "DiagnosticReport")[0]["conclusion"].as_str().expect("words").to_owned();
    assert!(said.contains("Dr Issa") && said.contains("Dr Amina"), "{said}");
    let message = write(ResultForm::Hl7, &agreed, Language::English);
    assert!(message.contains("Dr Amina") && message.contains("|10500|"), "{message}");

    // They do not agree on the number, or not on whether there is any: a third has to read.
    for (densities, presence) in [([10_000, 90_000], true), ([10_000, 0], false)] {
        let open = of(&densities);
        assert_eq!(open.standing(), Standing::Preliminary, "{densities:?}");
        let bundle = write(ResultForm::Fhir, &open, Language::English);
        assert_eq!(density(&bundle), None, "{densities:?}");
        let seen = observation(&bundle, "51587-4").expect("presence is spoken of");
        assert_eq!(seen.get("valueCodeableConcept").is_some(), presence, "{seen}");
        assert!(resources(&bundle, "DiagnosticReport")[0]["status"] == "preliminary");
    }
    // Two of three saw none.
    let bundle = write(ResultForm::Fhir, &of(&[10_000, 0, 0]), Language::English);
    assert_eq!(density(&bundle), None);
    let seen = observation(&bundle, "51587-4").expect("presence");
    assert!(seen["interpretation"][0]["coding"][0]["code"] == "NEG", "{seen}");
}
