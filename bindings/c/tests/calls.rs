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

const WATCHED: [&str; 2] = ["-fsanitize=address,undefined", "-fno-sanitize-recover"];

/// A slide as `examples/read.c` reads it: the JSON of its record. The program tells of no more pictures than there are.
fn read_by(program: &Path, film: Film, files: &[PathBuf]) -> String {
    let ran =
        Command::new(program).arg(film.code()).args(files).env("ASAN_OPTIONS", "detect_leaks=1").output();
    let ran = ran.expect("it runs");
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    let progress: Vec<(u64, u64)> = told
        .lines()
        .filter_map(|line| line.split_once(" / "))
        .filter_map(|(done, of)| done.parse().ok().zip(of.parse().ok()))
        .collect();
    assert!(progress.len() > files.len() && progress.iter().all(|(done, of)| done <= of), "{told}");
    sound(&ran)
}

fn read_here(film: Film, files: &[PathBuf]) -> String {
    let engine = Engine::builder().profile("who-2016").build().expect("an engine");
    let mut slide = engine.slide(Facts::of(film)).with_info(SlideInfo::named("N-17"));
    for file in files {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        slide.add(name, std::fs::read(file).expect("bytes"));
    }
    record_json(&slide.run(&Silent).expect("a record")).expect("JSON")
}

#[test]
fn a_program_in_c_gets_the_record_of_the_library() {
    let dir = tempfile::tempdir().expect("a folder");
    let Some(read) = program(dir.path(), "gcc", "examples/read.c", &["-std=c11"]) else { return };
    let other = tempfile::tempdir().expect("a folder");
    let flags = [&["-std=c11"][..], &WATCHED].concat();
    let Some(watched) = program(other.path(), "gcc", "examples/read.c", &flags) else { return };
    for film in [Film::Thick, Film::Thin] {
        let mut files = Vec::new();
        for seed in 0..2 {
            let file = dir.path().join(format!("{}-{seed}.jpg", film.code()));
            drawn(film, seed).save(&file).expect("written");
            files.push(file);
        }
        let cut = dir.path().join("cut.jpg");
        std::fs::write(&cut, &std::fs::read(&files[0]).expect("bytes")[..900]).expect("written");
        files.push(cut);
        let wanted = read_here(film, &files);
        assert!(wanted.contains("cut.jpg"));
        assert_eq!(read_by(&read, film, &files), wanted);
        assert_eq!(read_by(&watched, film, &files), wanted, "and nothing leaks");
    }
    let ran = Command::new(&read).args(["thik", "a.jpg"]).output().expect("it runs");
    assert_eq!(ran.status.code(), Some(2), "a film is never guessed");
}

/// The files of the library's own tests: odd forms of JPEG, pictures of other programs, files that are no pictures.
#[test]
fn odd_files_are_the_same_through_c() {
    let dir = tempfile::tempdir().expect("a folder");
    let flags = [&["-std=c11"][..], &WATCHED].concat();
    let Some(read) = program(dir.path(), "gcc", "examples/read.c", &flags) else { return };
    let tests = here().join("../../tests");
    let mut files: Vec<PathBuf> = ["jpeg", "pictures"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(tests.join(folder)).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    assert!(files.len() > 150, "{}", files.len());
    let wanted = read_here(Film::Thin, &files);
    assert!(wanted.contains("\"unread\""));
    assert_eq!(read_by(&read, Film::Thin, &files), wanted);
}

#[test]
fn a_child_of_the_process_goes_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let Some(forks) = program(dir.path(), "gcc", "tests/fork.c", &["-std=gnu11"]) else { return };
    assert!(Command::new(forks).status().expect("it runs").success());
}

/// As the page for C says it, with the library shared and inside.
#[test]
fn what_is_installed_is_found_by_pkg_config() {
    let dir = tempfile::tempdir().expect("a folder");
    let prefix = dir.path().join("usr");
    let installed = Command::new(here().join("install"))
        .arg(&prefix)
        .env("BUILT", library().parent().expect("a folder"))
        .status()
        .expect("it runs");
    assert!(installed.success());
    let config = |kind: &[&str]| -> Option<Vec<String>> {
        let asked = Command::new("pkg-config")
            .args(["--cflags", "--libs", "hemozoin"])
            .args(kind)
            .env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"))
            .output();
        let Ok(asked) = asked else {
            eprintln!("SKIPPED: no pkg-config");
            return None;
        };
        Some(sound(&asked).split_whitespace().map(str::to_owned).collect())
    };
    let Some(shared) = config(&[]) else { return };
    let inside: Vec<String> = config(&["--static"])
        .expect("as before")
        .into_iter()
        .map(|flag| if flag == "-lhemozoin_c" { "-l:libhemozoin_c.a".to_owned() } else { flag })
        .collect();
    let file = dir.path().join("1.jpg");
    drawn(Film::Thin, 1).save(&file).expect("written");
    let wanted = read_here(Film::Thin, std::slice::from_ref(&file));
    for (name, flags) in [("shared", shared), ("inside", inside)] {
        let out = dir.path().join(name);
        let built = Command::new("gcc")
            .args(["-std=c11", "-Wall", "-Wextra", "-Werror"])
            .arg(here().join("examples/read.c"))
            .args(flags)
            .arg("-o")
            .arg(&out)
            .output()
            .expect("a compiler");
        assert!(built.status.success(), "{name}: {}", String::from_utf8_lossy(&built.stderr));
        let ran = Command::new(&out)
            .arg("thin")
            .arg(&file)
            .env("LD_LIBRARY_PATH", if name == "shared" { prefix.join("lib") } else { PathBuf::new() })
            .output();
        assert_eq!(sound(&ran.expect("it runs")), wanted, "{name}");
    }
}

#[test]
fn a_program_in_cpp_hands_over_pixels() {
    let dir = tempfile::tempdir().expect("a folder");
    let flags = [&["-std=c++17"][..], &WATCHED].concat();
    let Some(read) = program(dir.path(), "g++", "examples/read.cpp", &flags) else { return };
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
    let flags = [&["-std=c11"][..], &WATCHED].concat();
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
