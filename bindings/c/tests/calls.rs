//! Programs in C and C++ against this library: the same records as in Rust, an answer to everything that is wrong, nothing
//! leaked, and a header that is made from the code.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use hemozoin::render::{Counts, FieldSpec, render};
use hemozoin::report::record_json;
use hemozoin::{Engine, Facts, Film, MicronsPerPixel, Silent, SlideInfo};
use image::RgbImage;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The shared library. Cargo builds none for tests, which cannot be linked with it.
fn library() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        // Together with the engine's own package, so that the engine is not built once more with fewer features.
        // Where the tests of the whole workspace run, together with all of it.
        let packages: &[&str] = match std::env::var_os("HEMOZOIN_WORKSPACE") {
            Some(_) => &["--workspace"],
            None => &["--package", "hemozoin", "--package", "hemozoin-c"],
        };
        let done = Command::new(env!("CARGO"))
            .args(["build", "--locked", "--quiet", "--lib"])
            .args(packages)
            .status();
        assert!(done.expect("cargo runs").success());
        let test = std::env::current_exe().expect("a test program");
        test.parent().and_then(Path::parent).expect("a folder").join("libhemozoin_c.so")
    })
}

/// Compiles a program; `None` where there is no compiler, which is said.
fn program(dir: &Path, compiler: &str, source: &str, flags: &[&str]) -> Option<PathBuf> {
    let out = dir.join(Path::new(source).file_stem().expect("a name"));
    let built = Command::new(compiler)
        .args(["-Wall", "-Wextra", "-Werror", "-g"])
        .args(flags)
        .arg("-I")
        .arg(here().join("include"))
        .arg(here().join(source))
        .arg("-o")
        .arg(&out)
        .arg(library())
        .arg(format!("-Wl,-rpath,{}", dir.display()))
        .output();
    let Ok(built) = built else {
        eprintln!("SKIPPED: no {compiler}");
        return None;
    };
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    // It is found by the name that its programs ask for.
    std::os::unix::fs::symlink(library(), dir.join("libhemozoin_c.so.0")).expect("a link");
    Some(out)
}

fn sound(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn drawn(film: Film, seed: u64) -> RgbImage {
    let counts = match film {
        Film::Thin => Counts { red_cells: 40, rings: 4, white_cells: 1, ..Counts::default() },
        Film::Thick => Counts { rings: 6, white_cells: 5, ..Counts::default() },
    };
    let spec = FieldSpec { film, width: 640, height: 480, counts, seed, ..FieldSpec::default() };
    render(&spec).expect("drawn").image
}

#[test]
fn a_program_in_c_gets_the_record_of_the_library() {
    let dir = tempfile::tempdir().expect("a folder");
    let Some(read) = program(dir.path(), "gcc", "examples/read.c", &["-std=c11"]) else { return };
    let engine = Engine::builder().profile("who-2016").build().expect("an engine");
    for film in [Film::Thick, Film::Thin] {
        let mut slide = engine.slide(Facts::of(film)).with_info(SlideInfo::named("N-17"));
        let mut files = Vec::new();
        for seed in 0..2 {
            let file = dir.path().join(format!("{}-{seed}.jpg", film.code()));
            drawn(film, seed).save(&file).expect("written");
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            slide.add(name, std::fs::read(&file).expect("bytes"));
            files.push(file);
        }
        let cut = dir.path().join("cut.jpg");
        std::fs::write(&cut, &std::fs::read(&files[0]).expect("bytes")[..900]).expect("written");
        slide.add("cut.jpg", std::fs::read(&cut).expect("bytes"));
        files.push(cut);
        let said = sound(&Command::new(&read).arg(film.code()).args(&files).output().expect("it runs"));
        let record = slide.run(&Silent).expect("a record");
        assert_eq!(record.unread.len(), 1);
        assert_eq!(said, record_json(&record).expect("JSON"));
    }
}

#[test]
fn a_program_in_cpp_hands_over_pixels() {
    let dir = tempfile::tempdir().expect("a folder");
    let Some(read) = program(dir.path(), "g++", "examples/read.cpp", &["-std=c++17"]) else { return };
    let frame = drawn(Film::Thin, 3);
    let mut ppm = format!("P6 {} {} 255\n", frame.width(), frame.height()).into_bytes();
    ppm.extend_from_slice(frame.as_raw());
    std::fs::write(dir.path().join("frame.ppm"), ppm).expect("written");
    let ran = Command::new(read).arg(dir.path().join("frame.ppm")).arg("0.1").output().expect("it runs");
    let said = sound(&ran);
    let engine = Engine::builder().build().expect("an engine");
    let mut info = SlideInfo::named("N-18");
    info.patient_id = Some("P-7".to_owned());
    let mut slide = engine.slide(Facts::of(Film::Thin)).with_info(info);
    slide.add("frame-1", frame).um_per_px(MicronsPerPixel::try_from(0.1).expect("a scale"));
    assert_eq!(said, record_json(&slide.run(&Silent).expect("a record")).expect("JSON"));
}

#[test]
fn whatever_is_wrong_is_an_answer_and_nothing_leaks() {
    let dir = tempfile::tempdir().expect("a folder");
    let Some(wrong) = program(dir.path(), "gcc", "tests/wrong.c", &["-std=c11"]) else { return };
    let said = sound(&Command::new(&wrong).output().expect("it runs"));
    assert_eq!(said, "");
    let valgrind = Command::new("valgrind")
        .args(["--leak-check=full", "--errors-for-leak-kinds=definite", "--error-exitcode=99", "-q"])
        .arg(&wrong)
        .output();
    match valgrind {
        Ok(ran) => assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr)),
        Err(_) => eprintln!("SKIPPED: no valgrind"),
    }
    let dir = tempfile::tempdir().expect("a folder");
    let flags = ["-std=c11", "-fsanitize=address,undefined", "-fno-sanitize-recover"];
    let Some(watched) = program(dir.path(), "gcc", "tests/wrong.c", &flags) else { return };
    let ran = Command::new(watched).env("ASAN_OPTIONS", "detect_leaks=1").output().expect("it runs");
    assert_eq!(sound(&ran), "");
}

/// `BLESS=1` writes the header anew and still fails.
#[test]
fn the_header_is_made_from_the_code() {
    let config = cbindgen::Config::from_file(here().join("cbindgen.toml")).expect("settings");
    let mut made = Vec::new();
    cbindgen::generate_with_config(here(), config).expect("a header").write(&mut made);
    let made = String::from_utf8(made).expect("text");
    let file = here().join("include/hemozoin.h");
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    if made != kept && std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, &made).expect("written");
    }
    assert!(made == kept, "bindings/c/include/hemozoin.h is not what the code says; BLESS=1 writes it anew");
}
