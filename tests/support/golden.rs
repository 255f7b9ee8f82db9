//! Golden texts: what is said of the kept cases, beside them, in each language.

use std::path::{Path, PathBuf};

use hemozoin::locale::Language;
use hemozoin::record::SlideRecord;

use super::slides::Case;

/// The kept cases of reports.
pub fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/report");
    let entries = std::fs::read_dir(folder).expect("a folder of cases");
    let mut found: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
    found.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    found.sort();
    assert!(found.len() >= 8, "only {} cases were found", found.len());
    found
}

pub fn record(case: &Path) -> SlideRecord {
    let toml = std::fs::read_to_string(case).expect("a case");
    toml::from_str::<Case>(&toml).unwrap_or_else(|e| panic!("{}: {e}", case.display())).record()
}

/// Compares what is said of every case with the file of this ending beside it. `BLESS=1` writes the files anew and still
/// fails, so that a blessing run never passes.
pub fn hold(ending: &str, say: impl Fn(&SlideRecord, Language) -> String) {
    let bless = std::env::var_os("BLESS").is_some();
    let mut faults = Vec::new();
    for case in cases() {
        for &language in Language::ALL {
            let golden = case.with_extension(format!("{}.{ending}", language.code()));
            let said = say(&record(&case), language);
            let expected = std::fs::read_to_string(&golden).unwrap_or_default();
            if said != expected {
                let at = said.lines().zip(expected.lines()).position(|(a, b)| a != b);
                faults.push(format!("{} differs from line {}", golden.display(), at.unwrap_or(0) + 1));
                if bless {
                    std::fs::write(&golden, &said).expect("written");
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}\nBLESS=1 writes them anew", faults.join("\n"));
    assert!(!bless, "a blessing run never passes");
}
