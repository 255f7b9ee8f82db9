//! Surveillance figures, each recomputed from `slides.csv` and compared (needs `cli` and `archive`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::archive::{code, hemozoin, read_by_a_person, run_archive, words};
use hemozoin::render::{Counts, FieldSpec, render};
use serde_json::{Map, Value, json};

/// Counts that end after one field, so that its density is final and a film without parasites is decided.
const SHORT_RULES: &str = "[profile]\nname = \"short\"\nversion = 1\n\
    [thin]\nrbc_target = 10\nrbc_report_min = 10\n\
    [thick]\ncheckpoint_wbc = 0\nextend_wbc = 1\n\
    [negative]\nmin_fields = 1\nmin_volume_ul = 0.0\n";

/// P: parasites; N: none; U: nothing to be read. What is missing is missing on purpose.
const SLIDES: &str = "slide,film,pictures,um_per_px,wbc_per_ul,date,site,age,sex,species\n\
    N-1,thick,clean-1.png,0.14,,2026-10-05,Dosso,3,F,\n\
    N-2,thick,clean-2.png,0.14,,2026-10-06,,5,F,\n\
    P-1,thin,thin.png,0.1,,2026-10-03,Dosso,4,F,Pf\n\
    P-2,thick,thick.png,0.14,200,2026-10-05,Dosso,30,M,P. falciparum\n\
    P-3,thick,thick.png,0.14,2000,2026-10-06,Dosso,31,M,Pf+Pv\n\
    P-4,thick,thick.png,0.14,,2026-11-01,Gaya,7,F,Pv\n\
    P-5,thin,thin.png,0.1,,2026-11-02,Gaya,18 m,M,Pm\n\
    P-6,thick,thick.png,0.14,,2026-11-02,Gaya,40,F,\n\
    P-7,thick,thick.png,0.14,,,Gaya,12,M,Pf\n\
    P-8,thick,thick.png,0.14,,2026-10-09,Dosso,,,Po\n\
    P-9,thick,thick.png,0.14,,2026-11-03,Gaya,1,M,Pk\n\
    U-1,thick,dark.png,0.14,,2026-11-05,Gaya,20,F,\n\
    U-2,thick,text.jpg,0.14,,,,,,\n";

// Ids of the DHIS2 packages MAL-BR 1.2.0 and MAL-CS, written down here a second time on purpose.
const DATA_SET: &str = "O34y2Kyxx6P";
const DEFAULT_COMBO: &str = "HllvX50cXC0";
const TESTED: &str = "DPNsg3wjxGm";
const POSITIVE: &str = "enVf9I39FRZ";
const FALCIPARUM: &str = "jvjJ901K56K";
const VIVAX: &str = "yHS1RqIFeD7";
const MIXED: &str = "lgDGha7OO9o";
const OTHER: &str = "jtyuEfbNbkb";
const MALARIAE: &str = "WNcIBqTodHr";
const OVALE: &str = "iMcQ1MedqGo";
const KNOWLESI: &str = "QJUcVI1zY5y";
const DATE_OF_DIAGNOSIS: &str = "hYyB7FUS5eR";
const CONFIRMED_BY: &str = "qdjVZojEK8S";
const SPECIES: &str = "vGxpKVMkmaW";
const DENSITY: &str = "Wwu7UAt7bZW";
const GAMETOCYTES: &str = "LCxi1dciA1C";

/// Columns of counts of a summary, in their order.
const COUNTS: [&str; 19] = [
    "slides",
    "unread",
    "tested",
    "positive",
    "no_parasites_seen",
    "undecided",
    "falciparum",
    "vivax",
    "malariae",
    "ovale",
    "knowlesi",
    "mixed",
    "species_unknown",
    "gametocytes",
    "density_1-999",
    "density_1000-9999",
    "density_10000-99999",
    "density_100000+",
    "density_unknown",
];

/// A row of `slides.csv` by the names of its columns.
type Slide = BTreeMap<String, String>;

/// The pictures that the manifests here name.
fn pictures(root: &Path) {
    std::fs::create_dir_all(root).expect("a folder");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for film in ["thin", "thick"] {
        let sample = samples.join(format!("reference-{film}.png"));
        std::fs::copy(sample, root.join(format!("{film}.png"))).expect("a sample");
    }
    let text = std::fs::read_to_string(samples.join("reference-thick.json")).expect("its specification");
    let spec: FieldSpec = serde_json::from_str(&text).expect("a specification");
    for (number, white_cells) in [(1, 4), (2, 5)] {
        let counts = Counts { white_cells, ..Counts::default() };
        let clean = FieldSpec { counts, seed: number, ..spec.clone() };
        let drawn = render(&clean).expect("a sound specification").image;
        drawn.save(root.join(format!("clean-{number}.png"))).expect("a picture");
    }
    let dark = image::RgbImage::from_pixel(300, 300, image::Rgb([12; 3]));
    dark.save(root.join("dark.png")).expect("a picture");
    std::fs::write(root.join("text.jpg"), b"not a picture at all").expect("written");
}

/// An archive of these slides in `dir`, read by the short rules; its output folder and the rows of its table.
fn surveyed(dir: &Path, manifest: &str) -> (PathBuf, Vec<Slide>) {
    let (root, out) = (dir.join("in"), dir.join("out"));
    pictures(&root);
    let (list, rules) = (root.join("list.csv"), root.join("rules.toml"));
    std::fs::write(&list, manifest).expect("written");
    std::fs::write(&rules, SHORT_RULES).expect("written");
    let done = run_archive(&list, &out, &["--profile-file", rules.to_str().expect("a name")]);
    assert!(code(&done) <= 1, "{}", words(&done));
    // Nothing that no reader has read is counted or sent (MCH-9).
    let slides = rows(&out);
    assert!(slides.iter().all(|slide| slide["presence"] != "positive" && !is_tested(slide)), "{slides:#?}");
    assert_eq!(
        told(&summary(&out, &[]), &["month", "site"]),
        recomputed(&slides, &|slide| { vec![month(slide), slide["site"].clone()] })
    );
    let unsent = summary(&out, &["--format", "dhis2"]);
    assert_eq!(payload(&unsent)["dataValues"], json!([]), "{}", words(&unsent));
    read_by_a_person(&out);
    let slides = rows(&out);
    assert_eq!(slides.len(), manifest.lines().count() - 1);
    for slide in &slides {
        let dense = slide["slide"].starts_with("P-");
        assert_eq!(slide["presence"] == "positive", dense, "the reference fields hold many: {slide:?}");
    }
    (out, slides)
}

fn rows(out: &Path) -> Vec<Slide> {
    let mut reader = csv::Reader::from_path(out.join("slides.csv")).expect("a table");
    let heading = reader.headers().expect("a heading").clone();
    let named = |row: csv::StringRecord| {
        heading.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect::<Slide>()
    };
    let mut rows: Vec<Slide> = reader.records().map(|row| named(row.expect("a row"))).collect();
    // The table has the urgent first; what is sent is in the order of the names.
    rows.sort_by(|a, b| a["slide"].cmp(&b["slide"]));
    rows
}

fn summary(out: &Path, flags: &[&str]) -> Output {
    hemozoin().args(["archive", "summary"]).arg(out).args(flags).output().expect("runs")
}

fn is_positive(slide: &Slide) -> bool {
    slide["presence"] == "positive"
}

fn is_tested(slide: &Slide) -> bool {
    is_positive(slide) || slide["presence"] == "no_parasites_seen"
}

fn species(slide: &Slide) -> Vec<&str> {
    slide["species_named"].split_whitespace().collect()
}

fn age(slide: &Slide) -> Option<f64> {
    slide["age_years"].parse().ok()
}

fn month(slide: &Slide) -> String {
    slide["date"].chars().take(7).collect()
}

fn has_gametocytes(slide: &Slide) -> bool {
    slide["gametocytes"].parse().is_ok_and(|n: u64| n > 0)
}

/// The density, where the count has ended.
fn final_density(slide: &Slide) -> Option<u64> {
    if slide["state"] == "Positive" { slide["density_per_ul"].parse().ok() } else { None }
}

/// The columns of a summary in which a slide counts.
fn columns_of(slide: &Slide) -> Vec<&'static str> {
    if slide["reading"] == "machine" && !["NotReadable", "NotCalculable"].contains(&slide["state"].as_str()) {
        return vec!["slides", "unread"];
    }
    if !is_tested(slide) {
        return vec!["slides", "undecided"];
    }
    if !is_positive(slide) {
        return vec!["slides", "tested", "no_parasites_seen"];
    }
    let mut columns = vec!["slides", "tested", "positive"];
    columns.push(match species(slide).as_slice() {
        [] => "species_unknown",
        ["falciparum"] => "falciparum",
        ["vivax"] => "vivax",
        ["malariae"] => "malariae",
        ["ovale"] => "ovale",
        ["knowlesi"] => "knowlesi",
        _ => "mixed",
    });
    if has_gametocytes(slide) {
        columns.push("gametocytes");
    }
    columns.push(match final_density(slide) {
        Some(0..1_000) => "density_1-999",
        Some(1_000..10_000) => "density_1000-9999",
        Some(10_000..100_000) => "density_10000-99999",
        Some(100_000..) => "density_100000+",
        None => "density_unknown",
    });
    columns
}

/// What a summary divided by `group` must hold.
fn recomputed(slides: &[Slide], group: &dyn Fn(&Slide) -> Vec<String>) -> BTreeMap<Vec<String>, Vec<u64>> {
    let mut groups: BTreeMap<Vec<String>, Vec<u64>> = BTreeMap::new();
    for slide in slides {
        let line = groups.entry(group(slide)).or_insert_with(|| vec![0; COUNTS.len()]);
        for column in columns_of(slide) {
            let at = COUNTS.iter().position(|count| *count == column).expect(column);
            line[at] += 1;
        }
    }
    groups
}

/// What a summary holds: counts by group, the first `by` columns.
fn told(output: &Output, by: &[&str]) -> BTreeMap<Vec<String>, Vec<u64>> {
    assert_eq!(code(output), 0, "{}", words(output));
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let heading: Vec<String> = reader.headers().expect("a heading").iter().map(str::to_owned).collect();
    assert_eq!(heading, [by, &COUNTS[..]].concat());
    let mut groups = BTreeMap::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let group: Vec<String> = row.iter().take(by.len()).map(str::to_owned).collect();
        let line: Vec<u64> = row.iter().skip(by.len()).map(|cell| cell.parse().expect("a count")).collect();
        assert!(groups.insert(group.clone(), line).is_none(), "{group:?} stands there twice");
    }
    groups
}

#[test]
fn summaries_are_what_the_slides_say() {
    let dir = tempfile::tempdir().expect("a folder");
    let (out, slides) = surveyed(dir.path(), SLIDES);
    let band = |slide: &Slide| {
        let name = match age(slide) {
            None => "",
            Some(years) if years < 5.0 => "0-4",
            Some(years) if years < 15.0 => "5-14",
            Some(_) => "15+",
        };
        name.to_owned()
    };
    let months = told(&summary(&out, &["--by", "month,site"]), &["month", "site"]);
    assert_eq!(months, recomputed(&slides, &|slide| vec![month(slide), slide["site"].clone()]));
    let ages = told(&summary(&out, &["--by", "age-band"]), &["age_band"]);
    assert_eq!(ages, recomputed(&slides, &|slide| vec![band(slide)]));
    let sexes = told(&summary(&out, &["--by", "sex"]), &["sex"]);
    assert_eq!(sexes, recomputed(&slides, &|slide| vec![slide["sex"].clone()]));

    // That the comparison had something to compare.
    let whole = recomputed(&slides, &|_| Vec::new());
    let total = |column: &str| {
        let at = COUNTS.iter().position(|count| *count == column).expect(column);
        whole.values().map(|line| line[at]).sum::<u64>()
    };
    assert_eq!((total("slides"), total("positive")), (13, 9), "{whole:?}");
    for column in ["no_parasites_seen", "undecided", "mixed", "species_unknown", "gametocytes"] {
        assert!(total(column) > 0, "no slide counts as {column}: {slides:#?}");
    }
    for column in ["falciparum", "vivax", "malariae", "ovale", "knowlesi"] {
        assert!(total(column) > 0, "no slide counts as {column}: {slides:#?}");
    }
    for column in ["density_1-999", "density_1000-9999", "density_10000-99999", "density_100000+"] {
        assert!(total(column) > 0, "no slide counts as {column}: {slides:#?}");
    }
    assert_eq!(total("density_unknown"), 0, "every count has ended by the short rules");
    assert_eq!(ages.keys().map(|group| group[0].as_str()).collect::<Vec<_>>(), ["", "0-4", "15+", "5-14"]);
    assert_eq!(sexes.len(), 3, "both, and unknown: {sexes:?}");
}

/// What a film lacks for the monthly report; nothing is asked of one that decides nothing.
fn missing(slide: &Slide) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if !is_tested(slide) {
        return missing;
    }
    if is_positive(slide) && species(slide).is_empty() {
        missing.push("species");
    }
    for (column, name) in [("date", "date"), ("site", "site"), ("age_years", "age"), ("sex", "sex")] {
        if slide[column].is_empty() {
            missing.push(name);
        }
    }
    missing
}

/// The lines on stderr about films that are held back.
fn held(output: &Output) -> Vec<String> {
    let said = words(output);
    said.lines().filter(|line| line.contains(" is held back; missing: ")).map(str::to_owned).collect()
}

fn held_line(slide: &Slide, reasons: &[&str]) -> String {
    format!("warning: {} is held back; missing: {}", slide["slide"], reasons.join(", "))
}

/// Id of a band of age and a sex.
fn combo(years: f64, sex: &str) -> &'static str {
    match (years < 5.0, years < 15.0, sex) {
        (true, _, "male") => "b449dBrOSFK",
        (true, _, _) => "t5FrQ0GTvGf",
        (_, true, "male") => "j21YQgQ9GzP",
        (_, true, _) => "bWFxj7MF1qR",
        (_, _, "male") => "AroSt3y4ir0",
        _ => "kQBGXKMwoqR",
    }
}

/// Where a value stands: element, period, organisation unit, combination.
type Cell = [String; 4];

/// The monthly values that these slides make; a site is its own organisation unit.
fn monthly(slides: &[Slide]) -> BTreeMap<Cell, u64> {
    let mut values = BTreeMap::new();
    for slide in slides.iter().filter(|slide| is_tested(slide) && missing(slide).is_empty()) {
        let years = age(slide).expect("an age");
        let period = month(slide).replace('-', "");
        let at = |element: &str| {
            let place: [&str; 4] = [element, &period, &slide["site"], combo(years, &slide["sex"])];
            place.map(str::to_owned)
        };
        // These are sent as 0 too: a missing value must not stand for one.
        for element in [TESTED, POSITIVE, FALCIPARUM, VIVAX, MIXED, OTHER] {
            values.entry(at(element)).or_insert(0);
        }
        let of_species = match species(slide).as_slice() {
            [] => vec![],
            ["falciparum"] => vec![FALCIPARUM],
            ["vivax"] => vec![VIVAX],
            ["malariae"] => vec![OTHER, MALARIAE],
            ["ovale"] => vec![OTHER, OVALE],
            ["knowlesi"] => vec![OTHER, KNOWLESI],
            _ => vec![MIXED],
        };
        *values.entry(at(TESTED)).or_insert(0) += 1;
        if is_positive(slide) {
            *values.entry(at(POSITIVE)).or_insert(0) += 1;
            for element in of_species {
                *values.entry(at(element)).or_insert(0) += 1;
            }
        }
    }
    values
}

fn payload(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The values of a payload; a cell that stands there twice would overwrite itself in DHIS2.
fn values(payload: &Value) -> BTreeMap<Cell, u64> {
    let mut values = BTreeMap::new();
    for value in payload["dataValues"].as_array().expect("values") {
        assert_eq!(value["attributeOptionCombo"], DEFAULT_COMBO, "{value}");
        let cell = ["dataElement", "period", "orgUnit", "categoryOptionCombo"]
            .map(|name| value[name].as_str().expect(name).to_owned());
        let number = value["value"].as_str().expect("text").parse::<u64>().expect("a whole number");
        assert!(values.insert(cell, number).is_none(), "twice: {value}");
    }
    values
}

/// The default configuration with some of its text replaced.
fn configuration(dir: &Path, changes: &[(&str, &str)]) -> PathBuf {
    let printed = hemozoin().args(["archive", "summary", "--print-config"]).output().expect("runs");
    assert_eq!(code(&printed), 0, "{}", words(&printed));
    let mut text = String::from_utf8(printed.stdout).expect("text");
    for &(from, to) in changes {
        assert!(text.contains(from), "{from} in {text}");
        text = text.replace(from, to);
    }
    let path = dir.join("ours.toml");
    std::fs::write(&path, text).expect("written");
    path
}

#[test]
fn monthly_values_for_dhis2_hold_back_what_fits_no_element() {
    let dir = tempfile::tempdir().expect("a folder");
    let (out, slides) = surveyed(dir.path(), SLIDES);
    let sent = summary(&out, &["--format", "dhis2"]);
    assert_eq!(code(&sent), 1, "{}", words(&sent));
    let (data, expected) = (payload(&sent), monthly(&slides));
    assert_eq!(data["dataSet"], DATA_SET);
    let file = dir.path().join("dhis2.json");
    let exported = hemozoin().args(["export", "--as", "dhis2"]).arg(&out).arg("--out").arg(&file).output();
    assert_eq!(code(&exported.expect("it runs")), 1, "films are held back");
    assert_eq!(std::fs::read(&file).expect("written"), sent.stdout);
    assert_eq!(values(&data), expected);
    let sum =
        |element: &str| expected.iter().filter(|(cell, _)| cell[0] == element).map(|(_, n)| n).sum::<u64>();
    assert_eq!(sum(POSITIVE), sum(FALCIPARUM) + sum(VIVAX) + sum(MIXED) + sum(OTHER));
    assert_eq!(sum(OTHER), sum(MALARIAE) + sum(OVALE) + sum(KNOWLESI));
    assert!(sum(MALARIAE) == 1 && sum(KNOWLESI) == 1 && sum(OVALE) == 0, "{expected:?}");

    let wanted: Vec<String> = slides
        .iter()
        .map(|slide| (slide, missing(slide)))
        .filter(|(_, reasons)| !reasons.is_empty())
        .map(|(slide, reasons)| held_line(slide, &reasons))
        .collect();
    assert_eq!(held(&sent), wanted);
    for line in [
        "warning: P-6 is held back; missing: species",
        "warning: P-7 is held back; missing: date",
        "warning: P-8 is held back; missing: age, sex",
    ] {
        assert!(wanted.iter().any(|held| held == line), "{line}: {wanted:?}");
    }

    // An id that an instance has otherwise.
    let ours = configuration(
        dir.path(),
        &[(TESTED, "OurTested01"), ("# \"Dosso CSI\" = \"...\"", "\"Gaya\" = \"OurGaya0001\"")],
    );
    let ours = ours.to_str().expect("a name");
    let sent = summary(&out, &["--format", "dhis2", "--config", ours]);
    let renamed: BTreeMap<Cell, u64> = expected
        .into_iter()
        .map(|(cell, number)| {
            let text = |name: String| match name.as_str() {
                TESTED => "OurTested01".to_owned(),
                "Gaya" => "OurGaya0001".to_owned(),
                _ => name,
            };
            (cell.map(text), number)
        })
        .collect();
    assert_eq!(values(&payload(&sent)), renamed);

    let wrong = configuration(dir.path(), &[("attribute_option_combo =", "atribute_option_combo =")]);
    let refused = summary(&out, &["--format", "dhis2", "--config", wrong.to_str().expect("a name")]);
    assert_eq!(code(&refused), 2);
    let told: Value = serde_json::from_slice(&refused.stdout).expect("an error as JSON");
    assert!(told["error"].is_object() && told.get("dataValues").is_none(), "{told}");
    let said = words(&refused);
    assert!(said.contains("ours.toml") && said.contains("atribute_option_combo"), "{said}");
}

/// An event with its values by their ids.
fn flat(event: &Value) -> Value {
    let list = event["dataValues"].as_array().expect("values");
    let mut values = Map::new();
    for value in list {
        let element = value["dataElement"].as_str().expect("an id").to_owned();
        assert!(values.insert(element, value["value"].clone()).is_none(), "twice: {event}");
    }
    let mut event = event.clone();
    event["dataValues"] = Value::Object(values);
    event
}

/// The event of a confirmed case.
fn event(slide: &Slide, program: &str) -> Value {
    let which = match species(slide).as_slice() {
        ["falciparum"] => "PF",
        ["vivax"] => "PV",
        ["malariae"] => "PM",
        ["ovale"] => "PO",
        ["knowlesi"] => "PK",
        _ => "MIX",
    };
    let mut values = Map::new();
    let mut put = |id: &str, value: String| values.insert(id.to_owned(), Value::String(value));
    put(DATE_OF_DIAGNOSIS, slide["date"].clone());
    put(CONFIRMED_BY, "MICROSCOPY".to_owned());
    put(SPECIES, which.to_owned());
    put(GAMETOCYTES, has_gametocytes(slide).to_string());
    if let Some(density) = final_density(slide) {
        put(DENSITY, density.to_string());
    }
    json!({
        "program": program,
        "orgUnit": slide["site"],
        "occurredAt": slide["date"],
        "status": "ACTIVE",
        "dataValues": values,
    })
}

#[test]
fn events_for_dhis2_are_the_confirmed_cases() {
    let dir = tempfile::tempdir().expect("a folder");
    let (out, slides) = surveyed(dir.path(), SLIDES);
    let nobody = summary(&out, &["--format", "dhis2-events"]);
    assert_eq!(code(&nobody), 2, "every instance has its own program");
    let refused: Value = serde_json::from_slice(&nobody.stdout).expect("an error as JSON");
    assert!(refused["error"].is_object() && refused.get("events").is_none(), "{refused}");
    assert!(words(&nobody).contains("events.program"), "{}", words(&nobody));

    let ours = configuration(dir.path(), &[("program = \"\"", "program = \"OurProgram1\"")]);
    let sent = summary(&out, &["--format", "dhis2-events", "--config", ours.to_str().expect("a name")]);
    assert_eq!(code(&sent), 1, "{}", words(&sent));
    let data = payload(&sent);
    let sent_events: Vec<Value> = data["events"].as_array().expect("events").iter().map(flat).collect();
    let (mut wanted, mut lines) = (Vec::new(), Vec::new());
    for slide in slides.iter().filter(|slide| is_positive(slide)) {
        // A case has no element for age and sex.
        let needed: Vec<&str> = missing(slide)
            .into_iter()
            .filter(|reason| ["species", "date", "site"].contains(reason))
            .collect();
        if needed.is_empty() {
            wanted.push(event(slide, "OurProgram1"));
        } else {
            lines.push(held_line(slide, &needed));
        }
    }
    assert_eq!(sent_events, wanted);
    assert_eq!(wanted.len(), 7, "P-6 has no species, P-7 no date");
    assert_eq!(held(&sent), lines);
    let kinds: Vec<&Value> = sent_events.iter().map(|event| &event["dataValues"][SPECIES]).collect();
    for kind in ["PF", "PV", "PM", "PO", "PK", "MIX"] {
        assert!(kinds.iter().any(|found| *found == kind), "{kind}: {kinds:?}");
    }
    assert!(sent_events.iter().all(|event| event["dataValues"][DENSITY].is_string()), "{sent_events:?}");

    let other = [("program = \"\"", "program = \"OurProgram1\""), (DENSITY, "OurDensity1")];
    let ours = configuration(dir.path(), &other);
    let sent = summary(&out, &["--format", "dhis2-events", "--config", ours.to_str().expect("a name")]);
    let text = String::from_utf8_lossy(&sent.stdout).into_owned();
    assert!(text.contains("OurDensity1") && !text.contains(DENSITY), "{text}");
}

#[test]
fn a_count_that_has_not_ended_gives_no_density_and_nothing_held_is_no_failure() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    pictures(&root);
    let list = root.join("list.csv");
    std::fs::write(
        &list,
        "slide,film,pictures,um_per_px,date,site,age,sex,species\n\
         P-1,thin,thin.png,0.1,2026-10-03,Dosso,4,F,Pf\n\
         P-2,thick,thick.png,0.14,2026-10-03,Dosso,4,F,Pf\n",
    )
    .expect("written");
    // By the default rules one field is never enough.
    let done = run_archive(&list, &out, &[]);
    assert!(code(&done) <= 1, "{}", words(&done));
    read_by_a_person(&out);
    let slides = rows(&out);
    assert!(slides.iter().all(|slide| is_positive(slide) && slide["state"] != "Positive"), "{slides:#?}");
    let months = told(&summary(&out, &[]), &["month", "site"]);
    assert_eq!(months, recomputed(&slides, &|slide| vec![month(slide), slide["site"].clone()]));
    assert_eq!(months.len(), 1, "{months:?}");
    assert!(months.values().all(|line| line.last() == Some(&2)), "no final density: {months:?}");

    let ours = configuration(dir.path(), &[("program = \"\"", "program = \"OurProgram1\"")]);
    let ours = ours.to_str().expect("a name");
    let sent = summary(&out, &["--format", "dhis2-events", "--config", ours]);
    // Nothing is held back; the configuration has no unit for the one site.
    assert_eq!((code(&sent), words(&sent).lines().count()), (0, 1), "{}", words(&sent));
    assert!(words(&sent).contains("their names are given as ids: Dosso;"), "{}", words(&sent));
    let data = payload(&sent);
    let sent_events: Vec<Value> = data["events"].as_array().expect("events").iter().map(flat).collect();
    let wanted: Vec<Value> = slides.iter().map(|slide| event(slide, "OurProgram1")).collect();
    assert_eq!(sent_events, wanted);
    assert!(sent_events.iter().all(|event| event["dataValues"][DENSITY].is_null()), "{sent_events:?}");
    let sent = summary(&out, &["--format", "dhis2", "--config", ours]);
    // Nothing is held back; the configuration has no unit for the one site.
    assert_eq!((code(&sent), words(&sent).lines().count()), (0, 1), "{}", words(&sent));
    assert!(words(&sent).contains("their names are given as ids: Dosso;"), "{}", words(&sent));
    assert_eq!(values(&payload(&sent)), monthly(&slides));
}

/// The table of a trend by its first two columns; what follows them.
#[cfg(feature = "review")]
fn trend(path: &Path) -> BTreeMap<(String, String), Vec<String>> {
    let mut table = csv::Reader::from_path(path).expect("a table");
    let row = |row: csv::Result<csv::StringRecord>| {
        let row = row.expect("a row");
        ((row[0].to_owned(), row[1].to_owned()), row.iter().skip(2).map(str::to_owned).collect())
    };
    table.records().map(row).collect()
}

#[cfg(feature = "review")]
#[test]
fn trends_are_what_the_slides_say() {
    let dir = tempfile::tempdir().expect("a folder");
    // Two slides of one patient, and one of another.
    let patients = BTreeMap::from([("P-2", "K,1"), ("P-3", "K,1"), ("N-1", "L")]);
    let lines = SLIDES.lines().map(|line| {
        let (id, rest) = line.split_once(',').expect("columns");
        let patient = match id {
            "slide" => "patient_id".to_owned(),
            id => patients.get(id).map(|p| format!("\"{p}\"")).unwrap_or_default(),
        };
        format!("{id},{patient},{rest}\n")
    });
    let (out, slides) = surveyed(dir.path(), &lines.collect::<String>());
    // Two readers agree on one slide, and two others do not.
    let record = |slide: &str| {
        let of =
            std::fs::read_dir(out.join("records")).expect("records").map(|e| e.expect("an entry").path());
        let is = |path: &PathBuf| hemozoin::record::read_file(path).expect("a record").slide.id == slide;
        of.into_iter().find(is).expect("a record")
    };
    let read = |slide: &str, reader: &str, keep: bool| {
        crate::support::review::read_and_sign(&out, &record(slide), reader, |_| keep);
    };
    for reader in ["A", "B"] {
        read("P-2", reader, true);
        read("P-4", reader, reader == "A");
    }
    read("P-9", "A", true);

    // An expert's answer comes into the archive too, finds its slide, and speaks for it where it was signed last.
    let (case, back) = (dir.path().join("P-9.zip"), dir.path().join("back.zip"));
    let run = |args: &[&str], paths: &[&Path]| {
        let done = hemozoin().args(args).args(paths).output().expect("runs");
        assert_eq!(code(&done), 0, "{args:?}: {}", words(&done));
        String::from_utf8(done.stdout).expect("text")
    };
    run(&["case", "export", "--slide", "P-9", "--out"], &[&case, &out]);
    let far = hemozoin::exchange::Case::open(&case, None).expect("a case").lay_out(&case).expect("laid out");
    crate::support::review::read_and_sign(&far, &far.join("record.json"), "Far", |_| true);
    run(&["case", "answer", "--out"], &[&back, &case]);
    let said = run(&["case", "import", "--to"], &[&out, &back]);
    assert!(said.contains("A: ") && said.contains("Far: "), "{said}");
    let row = rows(&out).into_iter().find(|row| row["slide"] == "P-9").expect("a row");
    assert_eq!(row["reader"], "Far", "the table is written anew");
    let nowhere = hemozoin().args(["case", "export", "--out"]).args([&case, &out]).output().expect("runs");
    assert!(code(&nowhere) == 2 && words(&nowhere).contains("--slide"), "{}", words(&nowhere));

    // A bundle for each slide that has a record: final where a reader has signed it.
    let bundles = dir.path().join("fhir");
    run(&["export", "--as", "fhir", "--out"], &[&bundles, &out]);
    let recorded = std::fs::read_dir(out.join("records")).expect("records").count();
    assert_eq!(std::fs::read_dir(&bundles).expect("bundles").count(), recorded);
    let status = |slide: &str| {
        let text = std::fs::read_to_string(bundles.join(format!("{slide}.json"))).expect("a bundle");
        let bundle: Value = serde_json::from_str(&text).expect("JSON");
        let entries = bundle["entry"].as_array().expect("entries").iter();
        let report = entries.map(|e| &e["resource"]).find(|r| r["resourceType"] == "DiagnosticReport");
        report.expect("a report")["status"].clone()
    };
    assert_eq!([status("P-9"), status("P-1")], ["final", "preliminary"]);

    let run = hemozoin().args(["archive", "trends"]).arg(&out).output().expect("runs");
    assert_eq!(code(&run), 0, "{}", words(&run));
    assert!(words(&run).contains("2 slides have no date"), "{}", words(&run));
    let folder = out.join("trends");
    let mut wanted: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
    for slide in slides.iter().filter(|slide| is_tested(slide) && !slide["date"].is_empty()) {
        for site in [String::new(), slide["site"].clone()] {
            let part = wanted.entry((site, month(slide))).or_default();
            part.0 += u64::from(is_positive(slide));
            part.1 += 1;
        }
        if slide["site"].is_empty() {
            // Without a site it stands among all, once.
            wanted.get_mut(&(String::new(), month(slide))).expect("there").1 -= 1;
            if is_positive(slide) {
                wanted.get_mut(&(String::new(), month(slide))).expect("there").0 -= 1;
            }
        }
    }
    let positivity = trend(&folder.join("positivity.csv"));
    assert_eq!(positivity.len(), wanted.len());
    assert!(wanted.len() >= 4, "{wanted:?}");
    for (key, (hits, of)) in wanted {
        let row = &positivity[&key];
        assert_eq!((row[0].as_str(), row[1].as_str()), (&*hits.to_string(), &*of.to_string()), "{key:?}");
        let [percent, low, high] = [2, 3, 4].map(|n: usize| row[n].parse::<f64>().expect("a number"));
        let limits = hemozoin::standard::interval::clopper_pearson(hits, of, 0.95).expect("an interval");
        assert!((percent - 100.0 * hits as f64 / of as f64).abs() < 0.006, "{row:?}");
        assert!(
            (low - 100.0 * limits.lower()).abs() < 0.006 && (high - 100.0 * limits.upper()).abs() < 0.006
        );
    }
    let density = trend(&folder.join("density.csv"));
    let reported = |slide: &str| {
        let row = slides.iter().find(|row| row["slide"] == slide).expect("a slide");
        vec![slide.to_owned(), row["density_per_ul"].clone()]
    };
    let day = |day: &str| ("K,1".to_owned(), day.to_owned());
    assert_eq!(
        density,
        BTreeMap::from([(day("2026-10-05"), reported("P-2")), (day("2026-10-06"), reported("P-3"))]),
        "a patient with one slide has no course"
    );
    let agreement = trend(&folder.join("agreement.csv"));
    assert_eq!(agreement.len(), 1, "{agreement:?}");
    assert_eq!(agreement.values().next().expect("a month")[..2], ["2", "3"]);
    let quality = trend(&folder.join("quality.csv"));
    let november = |reason: &str| quality[&(reason.to_owned(), "2026-11".to_owned())][..2].to_vec();
    let dated = slides.iter().filter(|s| month(s) == "2026-11").count();
    assert_eq!(november(""), ["1".to_owned(), dated.to_string()], "the dark picture");
    assert!(quality.keys().any(|(reason, _)| !reason.is_empty()), "{quality:?}");
    for name in ["positivity", "density", "agreement", "quality"] {
        let svg = std::fs::read_to_string(folder.join(format!("{name}.svg"))).expect("drawn");
        let tree = roxmltree::Document::parse(&svg).expect("XML");
        let count = |tag: &str| tree.descendants().filter(|node| node.has_tag_name(tag)).count();
        let rows = trend(&folder.join(format!("{name}.csv"))).len();
        assert_eq!(count("circle"), rows, "{name}: a point for each row");
    }
    // The same archive, the same bytes.
    let again = out.join("again");
    let run =
        hemozoin().args(["archive", "trends"]).arg(&out).arg("--out").arg(&again).output().expect("runs");
    assert_eq!(code(&run), 0, "{}", words(&run));
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let name = entry.expect("an entry").file_name();
        assert_eq!(std::fs::read(folder.join(&name)).ok(), std::fs::read(again.join(&name)).ok(), "{name:?}");
    }
}

/// An archive that a person has read, and the id of the data element for tested persons.
#[cfg(feature = "send")]
pub(crate) fn signed_archive(dir: &Path) -> (PathBuf, String) {
    (surveyed(dir, SLIDES).0, TESTED.to_owned())
}
