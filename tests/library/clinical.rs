//! The page for whoever treats the patient: golden pages of whole records, and a PDF that says the same.

use std::process::{Command, Stdio};

use crate::support::golden::{self, cases, record};
use hemozoin::intake::Limits;
use hemozoin::locale::{Catalogue, Language};
use hemozoin::record::SlideRecord;
use hemozoin::report::{Laboratory, Letter, Signature};

fn laboratory() -> Laboratory {
    Laboratory {
        name: Some("Hôpital de district <Guidan Roumdji>".to_owned()),
        lines: vec!["BP 12, Guidan Roumdji".to_owned(), "+227 20 00 00 00".to_owned()],
        logo: None,
    }
}

fn letter(record: &SlideRecord, language: Language) -> Letter {
    Letter::of(record, None, &Limits::default(), &laboratory(), &Catalogue::new(language)).0
}

/// The words of a page, one element a line.
fn words_of(html: &str) -> String {
    let body = html.split_once("<body>").expect("a body").1;
    let mut text = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push('\n');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&quot;", "\"");
    let text = text.replace("&amp;", "&");
    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(|l| format!("{l}\n")).collect()
}

/// `BLESS=1` writes the pages' words anew and still fails.
#[test]
fn reports_are_the_golden_ones() {
    golden::hold("report.txt", |record, language| words_of(&letter(record, language).html()));
}

#[test]
fn no_key_stands_instead_of_words_and_names_are_no_markup() {
    for case in cases() {
        for &language in Language::ALL {
            let html = letter(&record(&case), language).html();
            assert!(html.contains("&lt;Guidan Roumdji&gt;") && !html.contains("<Guidan"));
            assert!(!html.contains("http:") && !html.contains("https:"), "nothing from outside");
            for line in words_of(&html).lines() {
                let keys =
                    ["clinical-", "report-", "state-", "outcome-", "advice-", "flag-", "quality-", "{"];
                assert!(keys.iter().all(|key| !line.contains(key)), "{}: {line}", case.display());
            }
        }
    }
}

#[test]
fn a_report_is_preliminary_until_it_is_signed() {
    let case = |name: &str| record(&cases().into_iter().find(|c| c.ends_with(name)).expect("the case"));
    let both = [
        (case("machine_both.toml"), "clinical-preliminary"),
        (case("thick_positive.toml"), "clinical-preliminary-read"),
    ];
    for (record, key) in both {
        for &language in Language::ALL {
            let catalogue = Catalogue::new(language);
            let open = letter(&record, language);
            let preliminary = catalogue.say(key);
            assert!(words_of(&open.html()).contains(&preliminary), "{key}");
            let by = Signature { reader: "Dr A. Ɓ".to_owned(), at: "2026-11-29T15:04:10Z".to_owned() };
            let signed = words_of(&open.signed(&by, &catalogue).html());
            assert!(!signed.contains(&preliminary) && signed.matches("Dr A. Ɓ").count() == 2, "{signed}");
        }
    }
}

/// What the format demands of every file (ISO 19005-2, level B) and bytes alone can show.
#[test]
fn a_pdf_is_made_for_archives_and_is_the_same_each_time() {
    let record = record(&cases()[0]);
    let pdf = letter(&record, Language::French).pdf().expect("a PDF");
    assert_eq!(pdf, letter(&record, Language::French).pdf().expect("a PDF"));
    assert_eq!(&pdf[..9], b"%PDF-1.7\n");
    assert!(pdf[9] == b'%' && pdf[10..14].iter().all(|b| *b > 127), "the second line says: no text");
    let has = |wanted: &str| pdf.windows(wanted.len()).any(|w| w == wanted.as_bytes());
    for wanted in [
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>",
        "/GTS_PDFA1",
        "/DestOutputProfile",
        "/FontFile2",
        "/ToUnicode",
        "/ID [",
        "/Lang (fr)",
    ] {
        assert!(has(wanted), "{wanted} is missing");
    }
    for refused in ["/Encrypt", "/JavaScript", "/JS", "/SMask", "/LZWDecode", "/Launch", "/EmbeddedFiles"] {
        assert!(!has(refused), "{refused}");
    }
}

/// Every word of the HTML page stands in the PDF too, where a search finds it, and all on one page.
#[test]
fn a_pdf_says_what_the_page_says() {
    let dir = tempfile::tempdir().expect("a folder");
    for case in cases() {
        for &language in Language::ALL {
            let letter = letter(&record(&case), language);
            let file = dir.path().join("report.pdf");
            std::fs::write(&file, letter.pdf().expect("a PDF")).expect("written");
            let ran = Command::new("pdftotext")
                .args(["-raw", "-enc", "UTF-8"])
                .args([&file, &dir.path().join("report.txt")])
                .stderr(Stdio::null())
                .status();
            if ran.is_err() {
                eprintln!("skipped: pdftotext (poppler-utils) is not installed");
                return;
            }
            let text = std::fs::read_to_string(dir.path().join("report.txt")).expect("extracted");
            assert_eq!(text.matches('\u{c}').count(), 1, "{} takes more than one page", case.display());
            let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
            let found = bare(&text);
            for line in words_of(&letter.html()).lines() {
                // Laboratory lines are joined alike on both.
                assert!(found.contains(&bare(line)), "{} {language:?} lacks: {line}", case.display());
            }
        }
    }
}

/// By a checker that is not ours; what it finds where something was taken away shows that it looks.
#[test]
fn another_program_takes_the_pdf_for_pdf_a_2b() {
    let Some(python) = std::env::var_os("HEMOZOIN_LABELS_PYTHON") else {
        eprintln!("SKIPPED: no Python with pdf_oxide; set HEMOZOIN_LABELS_PYTHON");
        return;
    };
    let dir = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    let mut put = |name: &str, bytes: &[u8]| {
        files.push(dir.path().join(name));
        std::fs::write(dir.path().join(name), bytes).expect("written");
    };
    let logo = image::RgbImage::from_pixel(60, 40, image::Rgb([10, 120, 60]));
    let logo = hemozoin::report::crop_jpeg(&logo, 90).expect("a JPEG");
    let laboratory = Laboratory { logo: Some((logo, 60, 40)), ..laboratory() };
    for (n, case) in cases().iter().enumerate() {
        let record = record(case);
        for &language in Language::ALL {
            let words = Catalogue::new(language);
            let letter = Letter::of(&record, None, &Limits::default(), &laboratory, &words).0;
            put(&format!("{n}.{}.pdf", language.code()), &letter.pdf().expect("a PDF"));
        }
    }
    let sound = letter(&record(&cases()[0]), Language::French).pdf().expect("a PDF");
    let taken = ["/OutputIntents", "/Metadata", "pdfaid:part", "/FontFile2"];
    for (n, what) in taken.iter().enumerate() {
        let mut bytes = sound.clone();
        for at in 0..=bytes.len() - what.len() {
            if bytes[at..].starts_with(what.as_bytes()) {
                bytes[at + what.len() - 1] = b'x';
            }
        }
        put(&format!("without-{n}.pdf"), &bytes);
    }
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pdf/conforms.py");
    let ran = Command::new(python).arg(script).args(&files).output().expect("Python runs");
    let said = String::from_utf8(ran.stdout).expect("text");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let found: Vec<&str> = said.lines().collect();
    assert_eq!(found.len(), files.len());
    let (whole, broken) = found.split_at(files.len() - taken.len());
    assert!(whole.iter().all(|errors| *errors == "[]"), "{whole:#?}");
    for (what, errors) in taken.iter().zip(broken) {
        assert_ne!(*errors, "[]", "the checker does not miss {what}");
    }
}
