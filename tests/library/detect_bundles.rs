//! A bundle that does not fit is refused at load, with what was expected and what was found.

use std::path::{Path, PathBuf};

use hemozoin::ErrorKind;
use hemozoin::detect::{Bundle, Detector, ScriptedBackend};

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(name)
}

/// A copy of a shipped bundle with its description edited.
fn edited(edit: impl Fn(String) -> String) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let from = shipped("thick-falciparum");
    for network in ["model.onnx", "second.onnx", "third.onnx"] {
        std::fs::copy(from.join(network), dir.path().join(network)).expect("copied");
    }
    let text = std::fs::read_to_string(from.join("bundle.toml")).expect("read");
    std::fs::write(dir.path().join("bundle.toml"), edit(text)).expect("written");
    dir
}

fn refusal(dir: &Path) -> String {
    let error = Detector::open(dir).expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Model, "{error}");
    let text = error.to_string();
    assert!(text.contains(&dir.display().to_string()), "the file is named: {text}");
    text
}

#[test]
fn shipped_bundles_load() {
    for name in ["thick-falciparum", "thin-falciparum"] {
        let detector = Detector::open(&shipped(name)).expect("a sound bundle");
        assert_eq!(detector.bundle().name, name);
    }
}

#[test]
fn a_wrong_digest_is_refused_with_both() {
    let wrong = "1".repeat(64);
    let sound = Bundle::read(&shipped("thick-falciparum")).expect("sound").0.weights_sha256;
    let dir = edited(|t| t.replace(&sound, &wrong));
    let text = refusal(dir.path());
    assert!(text.contains(&wrong) && text.contains(&sound), "{text}");
}

#[test]
fn a_missing_map_is_refused() {
    let dir = edited(|t| t.replacen("heat = 0", "heat = 97", 1));
    let text = refusal(dir.path());
    assert!(text.contains("97") && text.contains("asexual_parasite"), "{text}");
}

#[test]
fn other_shapes_than_declared_are_refused() {
    let dir = edited(|t| {
        let line = t.lines().find(|l| l.starts_with("channels")).expect("declared").to_owned();
        t.replace(&line, "channels = 63")
    });
    let text = refusal(dir.path());
    assert!(text.contains("expected") && text.contains("63") && text.contains("found"), "{text}");
}

#[test]
fn a_second_network_that_does_not_fit_is_refused() {
    let second = Bundle::read(&shipped("thick-falciparum")).expect("sound").0.second.expect("declared");
    let wrong = "2".repeat(64);
    let text = refusal(edited(|t| t.replace(&second.weights_sha256, &wrong)).path());
    assert!(text.contains("second.onnx") && text.contains(&wrong), "{text}");
    let side = format!("side = {}", second.side);
    let text = refusal(edited(|t| t.replace(&side, "side = 34")).path());
    assert!(text.contains("second.onnx"), "{text}");
    let gone = edited(|t| t);
    std::fs::remove_file(gone.path().join("second.onnx")).expect("removed");
    let error = Detector::open(gone.path()).expect_err("refused");
    assert!(error.kind() == ErrorKind::Io && error.to_string().contains("second.onnx"), "{error}");
    let sound = crate::support::common::bundle_with_second();
    for (from, to, named) in [
        ("side = 48", "side = 50", "twice the halo (48)"),
        ("side = 48", "side = 47", "second.side"),
        ("channels = 1\n", "channels = 0\n", "second network"),
        ("channel = 0", "channel = 1", "second.channel 1"),
        ("from = -1.0", "from = nan", "from"),
        ("weight = 0.5", "weight = -0.5", "weight"),
    ] {
        let text = sound.replacen(from, to, 1);
        let error = Bundle::parse(&text).expect_err(named);
        assert!(error.to_string().contains(named), "{named}: {error}");
    }
    let thrice = crate::support::common::bundle_with_third();
    for (from, to, named) in [
        ("side = 40", "side = 50", "third.side"),
        ("channel = 1\nfrom = 0.5", "channel = 2\nfrom = 0.5", "third.channel 2"),
        ("from = 0.5", "from = inf", "third needs a finite 'from'"),
    ] {
        let error = Bundle::parse(&thrice.replacen(from, to, 1)).expect_err(named);
        assert!(error.to_string().contains(named), "{named}: {error}");
    }
    let bundle = || Bundle::parse(&sound).expect("sound");
    let shape = bundle().map_shape();
    let first = std::sync::Arc::new(ScriptedBackend::new(shape, move |_| vec![0.0; shape.output_len()]));
    let error = Detector::with_backend(bundle(), first).expect_err("one network is missing");
    assert!(error.to_string().contains("second network"), "{error}");
}

#[test]
fn other_contents_are_refused_by_name() {
    let with = |from: &str, to: &str| crate::support::common::BUNDLE.replacen(from, to, 1);
    for (text, named) in [
        (with("schema = 1", "schema = 2"), "schema"),
        (with("tile = 256", "tile = 250"), "250"),
        (with("halo = 32", "halo = 128"), "128"),
        (with("stride = 4", "stride = 3"), "stride"),
        (with("halo = 32", "halo = 24").replace("stride = 4", "stride = 16"), "halo (24)"),
        (with("std = [0.25", "std = [0.0"), "std"),
        (with("threshold = 0.5", "threshold = 1.5"), "1.5"),
        (with("calibration = [1.0", "calibration = [-1.0"), "calibration"),
        (with("min_distance_um = 1.2", "min_distance_um = 0.0"), "min_distance_um"),
        (with("\"white_cell\"", "\"asexual_parasite\""), "asexual_parasite"),
        (with("\"white_cell\"", "\"red_cell\""), "white_cell"),
        (with("min_distance_um = 6.0", "min_distance_um = 6.0\ndark_share = 1.5"), "dark_share"),
        (with("min_distance_um = 6.0", "min_distance_um = 6.0\ndark_share = nan"), "dark_share"),
        (with("licence", "license"), "license"),
        (with("um_per_px = 0.2", "um_per_px = nan"), "um_per_px"),
        (with("0000000000", "00000000zz"), "hexadecimal"),
    ] {
        let error = Bundle::parse(&text).expect_err(named);
        assert_eq!(error.kind(), ErrorKind::Model);
        assert!(error.to_string().contains(named), "{named}: {error}");
    }
}

#[test]
fn missing_files_and_rubbish_are_refused() {
    let empty = tempfile::tempdir().expect("a folder");
    assert_eq!(Detector::open(empty.path()).expect_err("empty").kind(), ErrorKind::Io);
    let dir = edited(|t| t);
    let rubbish = b"not a network";
    std::fs::write(dir.path().join("model.onnx"), rubbish).expect("written");
    refusal(dir.path());
}

/// Fewer values than promised would be fewer detections.
#[test]
fn an_answer_of_another_length_is_a_fault_of_the_model() {
    use crate::support::common::{BUNDLE, bundle_with_second, dots};
    use hemozoin::detect::ScriptedBackend;
    use hemozoin::{Engine, Facts, Film, Silent};
    use std::sync::Arc;

    let run = |detector: Detector| {
        let engine = Engine::builder().detector(detector).build().expect("an engine");
        let um = hemozoin::MicronsPerPixel::new(0.2).expect("a scale");
        let mut slide = engine.slide(Facts::of(Film::Thick).um_per_px(um));
        slide.add("1", dots(420, 330, &[(150, 150, true), (250, 200, false)]));
        slide.run(&Silent)
    };
    let bundle = Bundle::parse(BUNDLE).expect("a sound bundle");
    let shape = bundle.map_shape();
    for length in [0, shape.output_len() - 1, shape.output_len() + 1] {
        let backend = ScriptedBackend::new(shape, move |_| vec![0.0; length]);
        let detector = Detector::with_backend(bundle.clone(), Arc::new(backend)).expect("shapes agree");
        let error = run(detector).expect_err("another length");
        assert_eq!(error.kind(), ErrorKind::Model, "{error}");
        assert!(error.message().contains(&length.to_string()), "{error}");
    }
    // A value that is no number would be no peak.
    for odd in [f32::NAN, f32::INFINITY] {
        let backend = ScriptedBackend::new(shape, move |_| {
            let mut maps = vec![-8.0; shape.output_len()];
            maps[shape.output_len() / 2] = odd;
            maps
        });
        let detector = Detector::with_backend(bundle.clone(), Arc::new(backend)).expect("shapes agree");
        let error = run(detector).expect_err("no number");
        assert_eq!(error.kind(), ErrorKind::Model, "{error}");
        assert!(error.message().contains("1 of the"), "{error}");
    }
    let twice = Bundle::parse(&bundle_with_second()).expect("a sound bundle");
    let second = twice.second.as_ref().expect("declared").map_shape();
    let shape = twice.map_shape();
    // One candidate in the middle of each tile.
    let one = move |_: &[f32]| {
        let mut maps = vec![-8.0; shape.output_len()];
        maps[shape.cells / 2 * shape.cells + shape.cells / 2] = 8.0;
        maps
    };
    for answer in [Vec::new(), vec![f32::NAN; second.output_len()]] {
        let again = ScriptedBackend::new(second, move |_| answer.clone());
        let first = Arc::new(ScriptedBackend::new(shape, one));
        let detector = Detector::with_backends(twice.clone(), first, Some(Arc::new(again)), None);
        let error = run(detector.expect("shapes agree")).expect_err("no logit");
        assert_eq!(error.kind(), ErrorKind::Model, "{error}");
    }
}

#[test]
fn a_bundle_that_was_changed_after_it_was_read_is_checked_again() {
    use hemozoin::detect::ScriptedBackend;

    let mut bundle = Bundle::parse(crate::support::common::BUNDLE).expect("a sound bundle");
    bundle.classes[0].heat = 99;
    let shape = bundle.map_shape();
    let backend = std::sync::Arc::new(ScriptedBackend::new(shape, move |_| vec![0.0; shape.output_len()]));
    let error = Detector::with_backend(bundle, backend).expect_err("map 99 does not exist");
    assert_eq!(error.kind(), ErrorKind::Model);
    assert!(error.message().contains("99"), "{error}");
}

/// Networks come from anybody. Whatever their bytes are, they are refused or run, and the program goes on.
#[test]
fn a_damaged_network_is_a_fault_of_the_model() {
    use sha2::{Digest, Sha256};

    let sound = std::fs::read(shipped("thick-falciparum").join("model.onnx")).expect("a network");
    let declared = Bundle::read(&shipped("thick-falciparum")).expect("a bundle").0.weights_sha256;
    let damaged = |network: &[u8]| {
        let digest: String = Sha256::digest(network).iter().map(|b| format!("{b:02x}")).collect();
        let dir = edited(|text| text.replace(&declared, &digest));
        std::fs::write(dir.path().join("model.onnx"), network).expect("written");
        Detector::open(dir.path()).map(|_| ()).map_err(|e| e.kind())
    };
    for network in [&b""[..], b"not a network", &sound[..sound.len() / 2]] {
        assert_eq!(damaged(network), Err(ErrorKind::Model), "{} bytes", network.len());
    }
    for at in 1..8 {
        // The graph stands among the first bytes and the last ones, weights between them.
        for place in [at * 7, sound.len() - at * 11] {
            let mut network = sound.clone();
            network[place] ^= 0x55;
            assert!(matches!(damaged(&network), Ok(()) | Err(ErrorKind::Model)), "byte {place}");
        }
    }
}
