//! What this build is made of, as a number: results of two builds are never mixed (`archive/stamp.rs`), and a version stands
//! for many commits.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// What decides on a result. Of a crate that was packaged the lower crates lie elsewhere, under a version that no other
/// sources have.
const MADE_OF: [&str; 4] = ["Cargo.lock", "src", "crates/hemozoin-film/src", "crates/malaria-standard/src"];

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| files(&entry.path(), found)),
        Err(_) => found.push(path.to_path_buf()),
    }
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let mut sources = Vec::new();
    for path in MADE_OF.map(Path::new).into_iter().filter(|path| path.exists()) {
        println!("cargo::rerun-if-changed={}", path.display());
        files(path, &mut sources);
    }
    sources.sort();
    let mut made_of = DefaultHasher::new();
    for file in sources {
        let Ok(mut bytes) = std::fs::read(&file) else { continue };
        // A checkout may have lines that end as Windows ends them.
        bytes.retain(|byte| *byte != b'\r');
        file.components().for_each(|part| part.as_os_str().to_string_lossy().hash(&mut made_of));
        bytes.hash(&mut made_of);
    }
    println!("cargo::rustc-env=HEMOZOIN_MADE_OF={:016x}", made_of.finish());
}
