//! The commands on numbers: grade, readers, competence, response (needs the feature `cli`).

use crate::support::command::hemozoin;
use serde_json::Value;

fn graded(args: &[&str]) -> Value {
    let mut all = vec!["grade", "--format", "json"];
    all.extend(args);
    let (code, out, err) = hemozoin(&all, "");
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn totals_of_a_thick_film() {
    let out = graded(&["--film", "thick", "--parasites", "350", "--wbc-counted", "204"]);
    assert_eq!(out["state"], "Positive");
    assert_eq!(out["density_per_ul"], 13725);
    assert_eq!(out["flags"], serde_json::json!(["checkpoint_unknown"]));
    assert_eq!(out["profile"]["name"], "who-2016");
    assert!((out["ci_low"].as_f64().unwrap() - 11516.2335).abs() < 1e-3);
    assert!(out["infected_rbc"].is_null());
}

#[test]
fn fields_of_a_thick_film_from_a_flag_and_from_standard_input() {
    let flag = graded(&["--fields", "120x10:16"]);
    assert_eq!((&flag["parasites"], &flag["wbc_counted"]), (&Value::from(130), &Value::from(208)));
    let (code, out, _) = hemozoin(&["grade", "--fields", "-", "--format", "json"], "120x10:16\n");
    assert_eq!(code, 0);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), flag);
}

#[test]
fn a_thin_film_never_says_that_there_are_none() {
    let out = graded(&["--film", "thin", "--infected-rbc", "0", "--rbc-counted", "5000"]);
    assert_eq!(out["state"], "NoParasiteInExaminedRbc");
    let out =
        graded(&["--film", "thin", "--infected-rbc", "250", "--rbc-counted", "5000", "--severity", "cdc"]);
    assert_eq!(out["parasitaemia_percent"], 5.0);
    assert_eq!(out["urgent"], true);
    let out = graded(&["--film", "thin", "--infected-rbc", "250", "--rbc-counted", "5000"]);
    assert_eq!(out["urgent"], false);
}

#[test]
fn words_are_in_the_reader_s_language() {
    let args = ["grade", "--parasites", "0", "--wbc-counted", "1600", "--fields", "100"];
    let (_, french, _) = hemozoin(&[&args[..], &["--lang", "fr"]].concat(), "");
    assert!(french.contains("Absence de parasites du paludisme à l’examen de 100 champs"), "{french}");
    let (_, english, _) = hemozoin(&[&args[..], &["--lang", "en"]].concat(), "");
    assert!(english.contains("No malaria parasites seen in 100 thick-film fields"), "{english}");
}

#[test]
fn many_counts_and_a_bad_line() {
    let table = "id,parasites,wbc_counted\nA,350,204\nB,x,204\nC,0,1600\n";
    let (code, out, err) = hemozoin(&["grade", "--input", "-", "--format", "json", "--lang", "en"], table);
    assert_eq!(code, 1);
    assert!(err.contains("line 3") && err.contains("parasites"), "{err}");
    let lines: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0]["id"], &lines[0]["density_per_ul"]), (&Value::from("A"), &Value::from(13725)));
    assert_eq!((&lines[1]["id"], &lines[1]["error"]["kind"]), (&Value::from("B"), &Value::from("usage")));
    assert_eq!(lines[2]["state"], "InsufficientFields");
    // As a French spreadsheet writes it.
    let semicolons = format!("\u{feff}{}", table.replace(',', ";"));
    let args = ["grade", "--input", "-", "--format", "json", "--lang", "en"];
    assert_eq!(hemozoin(&args, &semicolons).1, out);
}

#[test]
fn wrong_usage_is_refused_with_2() {
    for args in [
        &["grade", "--film", "thick", "--parasites", "3"][..],
        &["grade", "--film", "thin", "--parasites", "3", "--wbc-counted", "5"],
        &["grade", "--parasites", "3", "--wbc-counted", "5", "--profile", "niger-pnlp"],
        &["grade", "--parasites", "3", "--wbc-counted", "5", "--wbc-per-ul", "3"],
        &["grade", "--parasites", "-3", "--wbc-counted", "5"],
        &["grade", "--infected-rbc", "6", "--rbc-counted", "5"],
        &["grade", "--fields", "12y3"],
        &["grade"],
        &["readers", "5"],
        &["response", "--day0", "0", "3:0:36.5:0"],
        &["competence", "no-such-file.csv"],
    ] {
        let (code, out, err) = hemozoin(args, "");
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(!err.is_empty(), "{args:?}");
    }
}

#[test]
fn a_profile_of_one_s_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lab.toml");
    std::fs::write(&path, "[profile]\nname = \"lab\"\n[thick]\nwbc_per_ul_default = 6500\n").unwrap();
    let out =
        graded(&["--parasites", "100", "--wbc-counted", "500", "--profile-file", path.to_str().unwrap()]);
    assert_eq!((&out["density_per_ul"], &out["profile"]["name"]), (&Value::from(1300), &Value::from("lab")));
    std::fs::write(&path, "[thick]\nwbc = 6500\n").unwrap();
    let args = ["grade", "--parasites", "1", "--wbc-counted", "5", "--profile-file", path.to_str().unwrap()];
    let (code, _, err) = hemozoin(&args, "");
    assert!(code == 2 && err.contains("thick.wbc") && err.contains("lab.toml"), "{err}");
}

#[test]
fn readers_response_and_competence() {
    let (code, out, _) = hemozoin(&["readers", "5000", "9000", "20000", "--format", "json"], "");
    let out: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &out["final_rule"], &out["final_density"]),
        (0, &"mean_of_two_closest".into(), &7000.0.into())
    );
    let visits = ["response", "--day0", "10000", "3:0:36.5:0", "14:400:38.0:0", "--format", "json"];
    let (_, out, _) = hemozoin(&visits, "");
    let out: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&out["class"], &out["day"]), (&"LCF".into(), &14.into()));
    let panel = "true_positive,true_species,true_density,reader_positive,reader_species,reader_density\n\
                 1,falciparum,1000,1,falciparum,1100\n0,,,0,,\n";
    let (code, out, _) = hemozoin(&["competence", "-", "--format", "json"], panel);
    let out: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &out["levels"]["overall"], &out["detection"]["of"]), (0, &1.into(), &2.into()));
}
