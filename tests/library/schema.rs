//! The published JSON Schema is the one of the types, and it tells a record from something else.

use std::path::Path;

use hemozoin::record::json_schema;
use hemozoin::report::record_json;

/// `BLESS=1` writes the file anew and still fails.
#[test]
fn the_file_is_the_schema_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/record.schema.json");
    let mut generated = serde_json::to_string_pretty(&json_schema()).expect("JSON");
    generated.push('\n');
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &generated).expect("written");
        panic!("a blessing run never passes");
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(stored == generated, "{} is out of date; BLESS=1 writes it anew", path.display());
}

#[test]
fn records_are_valid_and_broken_ones_are_not() {
    let root = json_schema();
    let faults = |value: &serde_json::Value| crate::support::schema::faults(&root, &root, value, "");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/report");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        seen += 1;
        let case: crate::support::slides::Case =
            toml::from_str(&std::fs::read_to_string(&path).expect("a case")).expect("a sound case");
        let mut slide = case.record();
        slide.fields[0].detections = vec![crate::support::slides::detection(
            hemozoin::terms::CellClass::RedCell,
            [1.0, 2.0, 3.0, 4.0],
        )];
        let json: serde_json::Value =
            serde_json::from_str(&record_json(&slide).expect("JSON")).expect("JSON");
        let found = faults(&json);
        assert!(
            found.is_empty(),
            "{}: {}",
            path.display(),
            found.join(
                "
"
            )
        );
        let back: hemozoin::record::SlideRecord = serde_json::from_value(json.clone()).expect("read back");
        assert_eq!(back, slide);

        let mut wrong = json.clone();
        wrong["fields"][0]["detections"][0]["score"] = serde_json::json!(1.5);
        assert!(!faults(&wrong).is_empty(), "a score above 1");
        let mut wrong = json;
        wrong.as_object_mut().expect("an object").remove("tally");
        assert!(!faults(&wrong).is_empty(), "a record without counts");
    }
    assert!(seen >= 8, "only {seen} cases were found");
}
