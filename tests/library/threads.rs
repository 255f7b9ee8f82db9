//! The record has the same bytes for any number of threads, with the shipped bundles.

use std::path::Path;

use hemozoin::record::Facts;
use hemozoin::slide::Engine;
use hemozoin::source::analyze;

/// A slide with both films, few fields of each: fewer files than threads (tiles in parallel) and more (files).
fn slide(fields: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/patient-1");
    for film in ["goutte-epaisse", "frottis"] {
        let to = dir.path().join(film);
        std::fs::create_dir(&to).expect("a folder");
        let mut files: Vec<_> = std::fs::read_dir(samples.join(film))
            .expect("samples")
            .map(|e| e.expect("an entry").path())
            .filter(|p| p.extension().is_some_and(|e| e != "toml"))
            .collect();
        files.sort();
        for file in files.iter().take(fields) {
            std::fs::copy(file, to.join(file.file_name().expect("a name"))).expect("copied");
        }
    }
    dir
}

#[test]
fn one_two_and_eight_threads_give_the_same_bytes() {
    let dir = slide(2);
    let record = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let engine = Engine::builder().build().expect("an engine");
        let record = pool.install(|| analyze(&engine, dir.path(), &Facts::default())).expect("a record");
        serde_json::to_string(&record).expect("JSON")
    };
    let one = record(1);
    assert!(one.contains("\"detections\":[{"), "something was found");
    for threads in [2, 8] {
        assert!(record(threads) == one, "{threads} threads give other bytes than one");
    }
}
