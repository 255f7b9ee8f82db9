//! What people enter, as they write it: numbers and dates of two countries, tables of a French Excel, yes and no.

use std::path::Path;

use crate::support::command::hemozoin;
use hemozoin::archive::{PlannedSlide, read_manifest};
use hemozoin::entry::Style;
use hemozoin::intake::Limits;
use hemozoin::measure::{MicronsPerPixel, WbcPerMicrolitre};
use hemozoin::record::Facts;
use hemozoin::terms::{Film, Sex};
use serde_json::Value;

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// Text as a French Windows saves it.
fn windows_1252(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '\u{2019}' => 0x92,
            'œ' => 0x9c,
            c => u8::try_from(u32::from(c)).expect("a sign of Latin-1"),
        })
        .collect()
}

fn planned(list: &Path) -> hemozoin::Result<Vec<PlannedSlide>> {
    read_manifest(list, Style::default(), &Facts::default(), &Limits::default())
}

const THICK: [&str; 4] = ["--parasites", "350", "--wbc-counted", "204"];

/// 120,000 white cells were 120: a thousandth of the density.
#[test]
fn a_flag_with_two_meanings_is_refused_with_both() {
    for (flag, value, readings) in [
        ("--wbc-per-ul", "120,000", ["120000", "120.0"]),
        ("--wbc-per-ul", "6.200", ["6200", "6.2"]),
        ("--rbc-per-ul", "4,500", ["4500", "4.5"]),
    ] {
        // English settles that a comma parts thousands, and nothing makes a thousand times fewer cells.
        let languages: &[&str] = if value.contains(',') { &["fr"] } else { &["en"] };
        for lang in languages {
            let args = [&["grade", "--lang", lang, flag, value], &THICK[..]].concat();
            let (code, out, err) = hemozoin(&args, "");
            assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
            let readings = readings.map(|r| if *lang == "fr" { r.replace('.', ",") } else { r.to_owned() });
            assert!(readings.iter().all(|r| err.contains(r)) && err.contains(flag), "{args:?}: {err}");
        }
    }
    let without_language = [&["grade", "--wbc-per-ul", "120,000"], &THICK[..]].concat();
    assert_eq!(hemozoin(&without_language, "").0, 2);
    for (lang, value) in
        [("en", "6,200"), ("fr", "6.200"), ("fr", "6 200"), ("en", "6\u{202f}200"), ("en", "6200")]
    {
        let args =
            [&["grade", "--format", "json", "--lang", lang, "--wbc-per-ul", value], &THICK[..]].concat();
        let (code, out, err) = hemozoin(&args, "");
        assert_eq!(code, 0, "{args:?}: {err}");
        let result: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(result["wbc_per_ul"], 6200.0, "{args:?}");
    }
}

/// No style and no language makes a thousand times fewer cells of it.
#[test]
fn the_two_meanings_in_both_languages() {
    let comma = "id;parasites;wbc_counted;wbc_per_ul\r\nA;350;204;120,000\r\n";
    let point = "id,parasites,wbc_counted,wbc_per_ul\r\nA,350,204,120.000\r\n";
    for (lang, table, said) in [
        (
            "en",
            point,
            "error: -: line 2: \"wbc_per_ul = 120.000\" is 120000 in one country and 120.0 in another; write 120000 \
             or 120.0\n",
        ),
        (
            "fr",
            comma,
            "erreur\u{a0}: -\u{a0}: ligne 2\u{a0}: «\u{a0}wbc_per_ul = 120,000\u{a0}» vaut 120000 dans un pays et \
             120,0 dans un autre\u{202f}; écrivez 120000 ou 120,0\n",
        ),
    ] {
        let (code, out, err) = hemozoin(&["grade", "--input", "-", "--lang", lang], table);
        assert_eq!((code, out.as_str(), err.as_str()), (1, "", said));
    }
    let settled = hemozoin(&["grade", "--input", "-", "--lang", "en"], comma);
    assert_eq!(settled.0, 0, "in English a comma parts thousands: {}", settled.2);
}

/// With CRLF every number was one too low.
#[test]
fn lines_of_a_table_have_the_numbers_of_an_editor() {
    for end in ["\n", "\r\n", "\r"] {
        let table = ["parasites,wbc_counted", "350,204", "x,204", "0,1600", ""].join(end);
        let (code, out, err) =
            hemozoin(&["grade", "--input", "-", "--lang", "en", "--format", "json"], &table);
        assert!(code == 1 && err.contains("-: line 3: ") && err.lines().count() == 1, "{end:?}: {err}");
        let ids: Vec<Value> =
            out.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].clone()).collect();
        assert_eq!(ids, ["2", "3", "4"], "{end:?}");
    }
}

#[test]
fn a_french_register_is_graded_as_it_comes() {
    let table = "sep=;\r\nN° lame;Préparation;Parasites;Leucocytes comptés;Leucocytes/µL\r\n\
                 N-1;goutte épaisse;350;204;6.200\r\n\
                 N-2;Frottis;;;\r\n\
                 N-3;ge;1 350;204;6 200\r\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("registre.csv");
    for bytes in [table.as_bytes().to_vec(), windows_1252(table)] {
        std::fs::write(&path, bytes).unwrap();
        let args = ["grade", "--lang", "en", "--format", "json", "--input", path.to_str().unwrap()];
        let (code, out, err) = hemozoin(&args, "");
        assert!(
            code == 1 && err.contains("line 4") && err.lines().count() == 1,
            "a thin film without counts: {err}"
        );
        let rows: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let ids: Vec<&Value> = rows.iter().map(|row| &row["id"]).collect();
        assert_eq!(ids, ["N-1", "N-2", "N-3"], "what is refused keeps its place");
        assert!(rows[1]["error"].is_object() && rows[0].get("error").is_none(), "{out}");
        assert!([&rows[0], &rows[2]].iter().all(|row| row["wbc_per_ul"] == 6200.0), "{out}");
        assert_eq!(rows[2]["parasites"], 1350);
    }
}

#[test]
fn answers_and_films_in_any_words() {
    let panel = "id;true_positive;reader_positive\n1;oui;x\n2;NON;0\n3;vrai;non\n";
    let (code, out, err) = hemozoin(&["competence", "-", "--format", "json"], panel);
    assert_eq!(code, 0, "{err}");
    let score: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&score["detection"]["hits"], &score["detection"]["of"]), (&2.into(), &3.into()));
    let (code, _, err) = hemozoin(&["competence", "-", "--lang", "fr"], &panel.replace("oui", "peut-être"));
    assert!(code == 2 && err.contains("ligne 2") && err.contains("oui ou non"), "{err}");
    for film in ["thick", "goutte-epaisse", "Goutte épaisse", "ge", "GE"] {
        let args = [&["grade", "--film", film], &THICK[..]].concat();
        assert_eq!(hemozoin(&args, "").0, 0, "{film}");
    }
    let args = ["grade", "--film", "moyenne", "--parasites", "1", "--wbc-counted", "200", "--lang", "fr"];
    let (code, _, err) = hemozoin(&args, "");
    assert!(code == 2 && err.contains("goutte-epaisse (ge, thick)"), "{err}");
    let visits = ["response", "--day0", "10 000", "3:0:36,5:non", "14:400:38,0:oui", "--format", "json"];
    let (code, out, err) = hemozoin(&visits, "");
    assert_eq!(code, 0, "{err}");
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["class"], "LCF");
    // A density with two meanings is refused with both, as a flag and in a table; what the table settles is read.
    let (code, _, err) = hemozoin(&["response", "--day0", "10000", "3:2.000:36.5:non", "--lang", "en"], "");
    assert!(code == 2 && err.contains("2000") && err.contains("2.0 "), "{err}");
    let table = |day0: &str| format!("id;d0_density;visits\n17;{day0};3:2.000:36,5:non 14:0:36,5:non\n");
    let (code, _, err) = hemozoin(&["response", "--input", "-", "--lang", "en"], &table("10000"));
    assert!(code == 1 && err.contains("2000") && err.contains("2.0 "), "{err}");
}

/// Windows-1252, semicolons, decimal commas, the day first, French headings, backslashes, CRLF.
#[test]
fn the_list_of_a_french_excel_is_read_as_it_comes() {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join("lames/N-17/ge/1.jpg"), b"x");
    write(&dir.path().join("lames/Aïssa/frottis/1.jpg"), b"x");
    let text = "Numéro de lame;Préparation;Photos;Leucocytes/mm³;µm/px;Date de prélèvement;Âge (ans);Sexe;Service;\
                N° patient;Nom et prénoms;Remarque\r\n\
                N-17;goutte épaisse;lames\\N-17\\ge;6 200;0,104;03/04/2026;4,5;F;Pédiatrie;P-1;A. M.;l’œdème\r\n\
                N-18;frottis;lames\\Aïssa\\frottis;;;;;;;;;\r\n";
    let list = dir.path().join("liste.csv");
    for bytes in [windows_1252(text), text.as_bytes().to_vec(), [b"\xef\xbb\xbf", text.as_bytes()].concat()] {
        std::fs::write(&list, bytes).unwrap();
        let slides = planned(&list).expect("read as it comes");
        let source = slides[0].source.as_ref().expect("its pictures are found");
        assert_eq!((slides[0].id.as_str(), source.files().len()), ("N-17", 1));
        assert_eq!(source.files()[0].film, Film::Thick);
        let (info, settings, case) = (source.info(), source.facts(), &slides[0].case);
        assert_eq!(settings.wbc_per_ul.map(WbcPerMicrolitre::get), Some(6200.0));
        assert_eq!(settings.um_per_px.map(MicronsPerPixel::get), Some(0.104));
        assert_eq!((info.blood_taken.as_deref(), info.age_years), (Some("2026-04-03"), Some(4.5)));
        assert_eq!((info.sex, info.ward.as_deref()), (Some(Sex::Female), Some("Pédiatrie")));
        assert_eq!((info.patient_id.as_deref(), &info.patient_name), (Some("P-1"), &None));
        assert_eq!((case.date.as_deref(), case.age_years), (Some("2026-04-03"), Some(4.5)));
        assert_eq!(case.free.get("Remarque").map(String::as_str), Some("l’œdème"));
        assert_eq!(case.free.len(), 1, "a name is carried nowhere: {:?}", case.free);
        assert!(slides[1].source.is_ok(), "{:?}", slides[1].source);
    }
}

#[test]
fn all_faults_of_a_list_are_named_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("list.csv");
    std::fs::write(&list, "slide,film,pictures,date\r\nA,medium,x,\r\nB,thin,x,03/04/2026\r\n,thin,x,\r\n")
        .unwrap();
    let out = dir.path().join("out");
    let args = ["archive", "run", list.to_str().unwrap(), "--out", out.to_str().unwrap(), "--lang", "en"];
    let (code, _, err) = hemozoin(&args, "");
    assert_eq!(code, 2, "{err}");
    for named in ["line 2", "medium", "line 3", "2026-04-03", "2026-03-04", "line 4"] {
        assert!(err.contains(named), "{named} in {err}");
    }
}

#[test]
fn a_row_without_its_folder_is_a_failed_slide() {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join("a/1.jpg"), b"x");
    write(&dir.path().join("e\u{301}/1.jpg"), b"x");
    let list = dir.path().join("list.csv");
    std::fs::write(
        &list,
        "slide,film,pictures\nA,thick,a\nB,thick,gone\nC,thick,gone.jpg|gone-2.jpg\nD,thick,a/1.jpg|a/2.jpg\n\
         E,thick,\u{e9}\nN-1,thick,a\nN\u{2011}1,thick,a\n",
    )
    .unwrap();
    let slides = planned(&list).expect("sound");
    let key = |slide: &PlannedSlide| {
        slide.source.as_ref().map(|s| s.files().len()).map_err(|e| e.key().unwrap_or(""))
    };
    let found: Vec<_> = slides.iter().map(|slide| (slide.id.as_str(), key(slide))).collect();
    let alike = Err("error-manifest-alike");
    assert_eq!(
        found,
        [
            ("A", Ok(1)),
            ("B", Err("error-manifest-not-found")),
            ("C", Err("error-manifest-not-found")),
            ("D", Ok(2)),
            ("E", Ok(1)),
            ("N-1", alike),
            ("N\u{2011}1", alike),
        ]
    );
}

/// A heading of nothing was taken for `id`: the whole table was lost to the sign behind its last column.
#[test]
fn a_column_without_a_name_takes_no_table_away() {
    for (command, table, unnamed) in [
        ("grade", "id;parasites;wbc_counted;\r\nA;350;204;\r\n", None),
        ("grade", ",id,parasites,wbc_counted\n0,A,350,204\n", Some("not used: 1 ")),
        ("grade", "id;parasites;wbc_counted;\r\nA;350;204;x\r\n", Some("not used: 4 ")),
        ("readers", "id;reader_a;reader_b;\r\nA;350;204;\r\n", None),
    ] {
        let (code, out, err) = hemozoin(&[command, "--lang", "en", "--input", "-"], table);
        assert!(code == 0 && out.starts_with("A\t"), "{table}: {err}");
        match unnamed {
            Some(said) => assert!(err.contains(said), "{err}"),
            None => assert_eq!(err, ""),
        }
    }
}

#[test]
fn a_line_refused_at_its_first_cell_leaves_no_column_unused() {
    let table = "id,parasites,wbc_counted,wbc_per_ul\nA,\u{663}\u{665}\u{660},204,8000\n";
    let (code, out, err) = hemozoin(&["grade", "--lang", "en", "--input", "-"], table);
    assert_eq!((code, out.as_str(), err.lines().count()), (1, "", 1), "{err}");
    let misnamed = table.replace("wbc_counted", "cells");
    let (_, _, err) = hemozoin(&["grade", "--lang", "en", "--input", "-"], &misnamed);
    assert!(err.lines().count() == 2 && err.contains("not used: cells;"), "{err}");
}

#[test]
fn what_excel_writes_is_read_and_what_is_no_text_says_so() {
    let excel = "id,parasites,wbc_counted\n=\"0012\",=\"350\",204\n";
    let (code, out, err) = hemozoin(&["grade", "--lang", "en", "--input", "-"], excel);
    assert!(code == 0 && out.starts_with("0012\t") && err.is_empty(), "{out}{err}");
    let grouped = "id,parasites,wbc_counted,wbc_per_ul,rbc_per_ul\nA,350,204,\"6,200\",\"4,500,000\"\n";
    let (code, out, err) = hemozoin(&["grade", "--format", "json", "--input", "-"], grouped);
    assert_eq!(code, 0, "{err}");
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["wbc_per_ul"], 6200.0);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    let wide: Vec<u8> = excel.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(&path, wide).unwrap();
    let (code, _, err) = hemozoin(&["grade", "--lang", "en", "--input", path.to_str().unwrap()], "");
    assert!(code != 0 && err.contains("UTF-8"), "{err}");
}

#[test]
fn an_empty_cell_is_not_a_missing_column() {
    let said = |lang: &str, table: &str| hemozoin(&["readers", "--lang", lang, "--input", "-"], table).2;
    let empty = "id,reader_a,reader_b\nA,350,\n";
    assert!(said("en", empty).contains("the cell of the column reader_b is empty"), "{}", said("en", empty));
    assert!(said("fr", empty).contains("la case de la colonne reader_b est vide"), "{}", said("fr", empty));
    assert!(said("en", "id,reader_a\nA,350\n").contains("the column reader_b is missing"));
}

/// `1,350` parasites are no 1.35, and a scale of 1234 µm is none.
#[test]
fn what_can_have_one_meaning_alone_is_read() {
    let args = ["grade", "--parasites", "1,350", "--wbc-counted", "204", "--format", "json"];
    let (code, out, err) = hemozoin(&args, "");
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("1350"), "{out}");
    let averages = "id;parasites;wbc_counted\nA;12,5;204\nB;12,500;204\n";
    let (code, out, err) = hemozoin(&["grade", "--input", "-", "--lang", "en"], averages);
    assert_eq!((code, out.as_str(), err.lines().count()), (1, "", 2), "{err}");
}

#[test]
fn a_french_refusal_writes_numbers_as_french_does_and_names_the_file() {
    let (_, _, err) = hemozoin(
        &["grade", "--lang", "fr", "--wbc-per-ul", "6,2", "--parasites", "350", "--wbc-counted", "204"],
        "",
    );
    assert!(err.contains("6,2 leucocytes") && !err.contains("6.2"), "{err}");
    let (code, _, err) = hemozoin(&["evaluate", "--lang", "fr", "/nix"], "");
    assert!(code == 2 && err.contains("/nix est de trop"), "{err}");
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join("1.jpg"), b"x");
    let rules = dir.path().join("nos-regles.toml");
    write(&rules, b"[thick]\nfirst_stop = maybe\n");
    let folder = dir.path().to_str().unwrap();
    let args =
        ["analyze", folder, "--film", "thick", "--lang", "fr", "--profile-file", rules.to_str().unwrap()];
    let (code, _, err) = hemozoin(&args, "");
    assert!(code == 2 && err.contains("nos-regles.toml"), "{err}");
}

#[test]
fn a_list_says_which_path_it_does_not_find_and_when_its_case_alone_differs() {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join("Lames/A/1.jpg"), b"x");
    let list = dir.path().join("lames.csv");
    for (named, key, said) in [
        ("lames/a", "error-manifest-case", "Lames/A is there"),
        ("Lames/a/1.JPG", "error-manifest-case", "Lames/A/1.jpg is there"),
        ("Lames/B", "error-manifest-not-found", "Lames/B is not there"),
    ] {
        write(&list, format!("slide,film,pictures\nA,thin,{named}\n").as_bytes());
        let slides = planned(&list).expect("a sound list");
        let error = slides[0].source.as_ref().expect_err("not there");
        assert_eq!(error.key(), Some(key), "{error}");
        assert!(error.message().contains(said) && error.message().contains("line 2"), "{error}");
    }
}
