//! What `cargo package` takes along: a crate without a bundle's networks would not build for those who embed it.

use std::path::Path;
use std::process::Command;

#[test]
fn the_packaged_crate_holds_every_file_of_the_bundles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(root)
        .output()
        .expect("cargo runs");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let listed = String::from_utf8(listed.stdout).expect("paths in UTF-8");
    for bundle in ["thick-falciparum", "thin-falciparum"] {
        for file in std::fs::read_dir(root.join("models").join(bundle)).expect("a bundle") {
            let name = file.expect("a file").file_name();
            let path = format!("models/{bundle}/{}", name.to_string_lossy());
            assert!(
                listed.lines().any(|line| line == path),
                "{path} is not packaged: see `include` in Cargo.toml"
            );
        }
    }
}

#[test]
fn a_bundle_takes_at_most_eight_megabytes() {
    for bundle in ["thick-falciparum", "thin-falciparum"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(bundle);
        let bytes: u64 = std::fs::read_dir(&folder)
            .expect("a bundle")
            .map(|file| file.expect("a file").metadata().expect("its size").len())
            .sum();
        assert!((1_000_000..=8_000_000).contains(&bytes), "{bundle}: {bytes} bytes");
    }
}
