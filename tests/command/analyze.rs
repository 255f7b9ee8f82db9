//! `hemozoin analyze` as a user runs it: what it prints, what it writes, and what it makes of bad input.

#![cfg(unix)] // Links, odd names and limits on files are made the Unix way.

use std::path::{Path, PathBuf};

use crate::support::drawn::small_field;
use assert_cmd::Command;
use hemozoin::record::SlideRecord;
use hemozoin::render::Counts;
use hemozoin::standard::State;
use hemozoin::terms::Film;
use image::{DynamicImage, GrayImage, ImageFormat, Rgb, RgbImage};
use tempfile::TempDir;

fn hemozoin(arguments: &[&str], path: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
    command.args(arguments).arg(path).env("LANG", "en_GB.UTF-8").env_remove("LC_ALL");
    command
}

/// A run's exit code, stdout and stderr.
fn run(arguments: &[&str], path: &Path) -> (i32, String, String) {
    let output = hemozoin(arguments, path).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let code = output.status.code().expect("an exit code, not a signal");
    (code, text(output.stdout), text(output.stderr))
}

fn thin_field(seed: u64, rings: u32) -> RgbImage {
    let counts = Counts { red_cells: 30, rings, ..Counts::default() };
    small_field(Film::Thin, counts, seed)
}

fn thick_field(seed: u64) -> RgbImage {
    let counts = Counts { white_cells: 2, rings: 3, ..Counts::default() };
    small_field(Film::Thick, counts, seed)
}

/// A folder `thin` with fields named 1.png, 2.png, ...
fn thin_slide(fields: u64) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("thin")).expect("a folder");
    for i in 1..=fields {
        thin_field(i, 2).save(dir.path().join(format!("thin/{i}.png"))).expect("saved");
    }
    dir
}

fn names(dir: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_folder_gives_a_result_and_its_files() {
    let dir = thin_slide(2);
    let (code, printed, told) = run(&["analyze", "--um-per-px", "0.12"], dir.path());
    assert_eq!(code, 0, "{told}");
    assert!(printed.contains("RESULT") && printed.contains("Preliminary"), "{printed}");
    let result = dir.path().join("hemozoin-result");
    assert_eq!(
        names(&result),
        [
            "contact.html",
            "detections.csv",
            "fields.csv",
            "marked",
            "record.json",
            "report.html",
            "report.pdf",
            "result.txt"
        ]
    );
    assert_eq!(std::fs::read_to_string(result.join("result.txt")).expect("text"), printed);
    let marked = names(&result.join("marked"));
    assert!(!marked.is_empty() && marked.iter().all(|n| n.starts_with("thin-")), "{marked:?}");
    for name in &marked {
        image::open(result.join("marked").join(name)).expect("a picture");
    }
    let record: SlideRecord =
        serde_json::from_slice(&std::fs::read(result.join("record.json")).expect("a record")).expect("JSON");
    assert_eq!(record.fields.len(), 2);
    // The result of the first run is no film, and no stale picture stays.
    let (code, again, _) = run(&["analyze", "--um-per-px", "0.12", "--marks", "none"], dir.path());
    assert_eq!((code, again == printed), (0, true));
    assert!(names(&result.join("marked")).is_empty());
}

/// As a messenger sends them on: smaller, compressed anew, under another name. Other fields stay.
#[test]
fn a_field_that_comes_twice_counts_once() {
    let dir = thin_slide(3);
    let thin = dir.path().join("thin");
    let first = image::open(thin.join("1.png")).expect("a picture");
    let (width, height) = (first.width() * 4 / 5, first.height() * 4 / 5);
    let sent = first.resize_exact(width, height, image::imageops::FilterType::Triangle);
    sent.to_rgb8().save(thin.join("IMG-WA0001.jpg")).expect("saved");
    let (_, printed, told) = run(&["analyze", "--um-per-px", "0.12", "--format", "json"], dir.path());
    let record: SlideRecord = serde_json::from_str(&printed).expect("a record");
    let copies: Vec<(&str, Option<&str>, bool)> =
        record.fields.iter().map(|f| (f.image.as_str(), f.repeat_of.as_deref(), f.counted)).collect();
    assert_eq!(
        copies,
        [
            ("thin/1.png", None, true),
            ("thin/2.png", None, true),
            ("thin/3.png", None, true),
            ("thin/IMG-WA0001.jpg", Some("thin/1.png"), false)
        ],
        "{told}"
    );
}

#[test]
fn json_goes_to_stdout_and_nothing_is_written_unasked() {
    let dir = thin_slide(1);
    let arguments = ["analyze", "--format", "json", "--um-per-px", "0.12"];
    let (code, printed, told) = run(&arguments, dir.path());
    assert_eq!(code, 0, "{told}");
    let json: serde_json::Value = serde_json::from_str(&printed).expect("JSON and nothing else");
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/record.schema.json"))
            .expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let faults = crate::support::schema::faults(&schema, &schema, &json, "");
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(names(dir.path()), ["thin"]);
    let out = dir.path().join("elsewhere/deep");
    let with_out = [&arguments[..], &["--out", out.to_str().expect("UTF-8")]].concat();
    let (_, second, _) = run(&with_out, dir.path());
    assert_eq!(second, printed);
    assert_eq!(std::fs::read_to_string(out.join("record.json")).expect("a record"), printed);
}

#[test]
fn the_bytes_do_not_depend_on_threads() {
    let dir = thin_slide(3);
    let of = |threads: &str| {
        let out = tempfile::tempdir().expect("a folder");
        let path = out.path().to_str().expect("UTF-8").to_owned();
        let flags = ["analyze", "--format", "json", "--marks", "all", "--threads", threads, "--out", &path];
        let (_, printed, _) = run(&flags, dir.path());
        let marked = names(&out.path().join("marked"));
        assert_eq!(marked.len(), 3);
        let pictures: Vec<Vec<u8>> = marked
            .iter()
            .map(|n| std::fs::read(out.path().join("marked").join(n)).expect("a picture"))
            .collect();
        let pages = ["contact.html", "report.html", "report.pdf"]
            .map(|n| std::fs::read(out.path().join(n)).expect("a page"));
        (printed, pictures, pages)
    };
    let one = of("1");
    assert!(one == of("2") && one == of("8"));
}

/// The report again, in another language and with a head, of a result that lies where it was put.
#[test]
fn a_report_is_written_from_the_result_alone() {
    let dir = thin_slide(1);
    let (_, _, told) = run(&["analyze", "--lang", "fr", "--um-per-px", "0.12"], dir.path());
    assert!(dir.path().join("hemozoin-result/report.pdf").is_file(), "{told}");
    let head = dir.path().join("head.toml");
    std::fs::write(&head, "name = \"CSI Madarounfa\"\n").expect("written");
    let head = head.to_str().expect("UTF-8");
    let out = dir.path().join("page.html");
    let flags =
        ["report", "--lang", "en", "--html", "--laboratory", head, "--out", out.to_str().expect("UTF-8")];
    let (code, printed, told) = run(&flags, dir.path());
    assert_eq!((code, printed.as_str()), (0, ""), "{told}");
    let page = std::fs::read_to_string(&out).expect("a page");
    assert!(page.contains("CSI Madarounfa") && page.contains("PRELIMINARY RESULT"), "{page}");
    let french = std::fs::read_to_string(dir.path().join("hemozoin-result/report.html")).expect("a page");
    assert!(french.contains("PROVISOIRE") && !french.contains("Madarounfa"));
    let pictures = |page: &str| page.matches("data:image/jpeg").count();
    assert_eq!(pictures(&page), pictures(&french), "the same thumbnails");
    let (code, _, told) = run(&["report", "--lang", "fr"], dir.path());
    assert!(code == 2 && told.contains("--pdf"), "{told}");
    let empty = tempfile::tempdir().expect("a folder");
    let (code, _, told) = run(&["report", "--lang", "fr", "--pdf"], empty.path());
    assert!(code == 2 && told.contains("hemozoin analyze"), "{told}");
}

#[test]
fn both_languages_and_the_french_table() {
    let dir = thin_slide(1);
    let (_, french, told) = run(&["analyze", "--full", "--lang", "fr", "--um-per-px", "0,12"], dir.path());
    assert!(french.contains("RÉSULTAT") && french.contains("0,120"), "{french}");
    assert!(told.contains("Écrit dans"), "{told}");
    let table = std::fs::read_to_string(dir.path().join("hemozoin-result/fields.csv")).expect("a table");
    assert!(table.starts_with("\u{feff}slide;film;image;") && table.contains(";0,12;"), "{table}");
    let _ = run(&["analyze", "--lang", "fr", "--csv-locale", "en"], dir.path());
    let table = std::fs::read_to_string(dir.path().join("hemozoin-result/fields.csv")).expect("a table");
    assert!(table.starts_with("slide,film,image,"), "{table}");
}

#[test]
fn one_picture_has_its_result_beside_it() {
    let dir = thin_slide(2);
    let picture = dir.path().join("thin/2.png");
    let (code, printed, told) = run(&["analyze", "--um-per-px", "0.12"], &picture);
    assert_eq!(code, 0, "{told}");
    assert!(printed.contains("1 picture"), "{printed}");
    assert_eq!(names(&dir.path().join("thin")), ["1.png", "2.png", "hemozoin-result-2"]);
    // The new folder is not taken for a film or a picture of it.
    let (code, printed, _) = run(&["analyze", "--um-per-px", "0.12", "--no-files"], dir.path());
    assert!(code == 0 && printed.contains("2 pictures"), "{printed}");
    assert!(!dir.path().join("hemozoin-result").exists());
}

#[test]
fn quiet_says_nothing_but_the_result() {
    let dir = thin_slide(1);
    let (_, printed, told) = run(&["--quiet", "analyze", "--um-per-px", "0.12"], dir.path());
    assert!(!printed.is_empty() && told.is_empty(), "{told}");
}

/// A PNG file that claims to be 60,000 pixels square.
fn huge_png() -> Vec<u8> {
    let mut small = Vec::new();
    DynamicImage::ImageRgb8(RgbImage::new(1, 1))
        .write_to(&mut std::io::Cursor::new(&mut small), ImageFormat::Png)
        .expect("a PNG");
    let mut ihdr = b"IHDR".to_vec();
    ihdr.extend(60_000_u32.to_be_bytes());
    ihdr.extend(60_000_u32.to_be_bytes());
    ihdr.extend([8, 2, 0, 0, 0]);
    let crc = ihdr.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 })
    });
    small.splice(12..33, ihdr.into_iter().chain((!crc).to_be_bytes()));
    small
}

fn cmyk_tiff(path: &Path) {
    let file = std::fs::File::create(path).expect("a file");
    let mut tiff = tiff::encoder::TiffEncoder::new(file).expect("a TIFF");
    let pixels: Vec<u8> = (0..64 * 48).flat_map(|i| [(i % 200) as u8, 20, 30, 0]).collect();
    tiff.write_image::<tiff::encoder::colortype::CMYK8>(64, 48, &pixels).expect("written");
}

#[test]
fn bad_pictures_are_named_and_the_rest_is_done() {
    let dir = thin_slide(1);
    let thin = dir.path().join("thin");
    let put = |name: &str, bytes: &[u8]| std::fs::write(thin.join(name), bytes).expect("written");
    let mut jpeg = Vec::new();
    thin_field(9, 1).write_to(&mut std::io::Cursor::new(&mut jpeg), ImageFormat::Jpeg).expect("a JPEG");
    put("truncated.jpg", &jpeg[..jpeg.len() / 2]);
    put("empty.jpg", b"");
    put("text.jpg", b"no picture at all\n");
    put("huge.png", &huge_png());
    put("notes.txt", b"seen by nobody");
    put(".hidden.png", b"x");
    std::os::unix::fs::symlink("nowhere.png", thin.join("dangling.png")).expect("a link");
    let named = ["truncated.jpg", "empty.jpg", "text.jpg", "huge.png", "dangling.png"];
    for lang in ["en", "fr"] {
        let (code, printed, told) = run(&["analyze", "--lang", lang, "--um-per-px", "0.12"], dir.path());
        assert_eq!(code, 1, "{told}");
        for name in named {
            assert!(printed.contains(name), "{name} is not in the result:\n{printed}");
            assert!(told.contains(name), "{name} is not told:\n{told}");
        }
        assert!(printed.contains("notes.txt") && printed.contains(".hidden.png"), "{printed}");
    }
    let record: SlideRecord = serde_json::from_slice(
        &std::fs::read(dir.path().join("hemozoin-result/record.json")).expect("a record"),
    )
    .expect("JSON");
    assert_eq!((record.fields.len(), record.unread.len()), (1, named.len()));
    assert!(record.fields[0].counted);
}

#[test]
fn odd_but_sound_pictures_are_read() {
    let dir = thin_slide(1);
    let thin = dir.path().join("thin");
    // Fields of their own, for a second picture of one field is a copy whatever its format.
    let field = |seed: u64| DynamicImage::ImageRgb8(thin_field(seed, 1));
    field(5).to_rgb16().save(thin.join("sixteen.png")).expect("saved");
    field(6).to_luma8().save(thin.join("grey.png")).expect("saved");
    field(7).to_rgba8().save(thin.join("alpha.png")).expect("saved");
    RgbImage::from_pixel(1, 1, Rgb([200, 180, 190])).save(thin.join("one.png")).expect("saved");
    RgbImage::new(420, 300).save(thin.join("black.png")).expect("saved");
    RgbImage::from_pixel(420, 300, Rgb([236, 228, 232])).save(thin.join("nothing.png")).expect("saved");
    cmyk_tiff(&thin.join("cmyk.tif"));
    let odd = odd_name(&thin);
    let (code, printed, told) = run(&["analyze", "--marks", "all", "--um-per-px", "0.12"], dir.path());
    assert_eq!(code, 1, "{told}");
    let record: SlideRecord = serde_json::from_slice(
        &std::fs::read(dir.path().join("hemozoin-result/record.json")).expect("a record"),
    )
    .expect("JSON");
    assert_eq!(record.unread, [], "all can be read: {told}");
    let counted = |name: &str| {
        record.fields.iter().find(|f| f.image.ends_with(name)).unwrap_or_else(|| panic!("{name}")).counted
    };
    assert!(counted("1.png") && counted("sixteen.png") && counted("alpha.png"), "{printed}");
    assert!(!counted("one.png") && !counted("black.png") && !counted("nothing.png"), "{printed}");
    let shown = record.fields.iter().any(|f| f.image.contains('\u{fffd}'));
    assert!(odd.is_none_or(|_| shown), "a name that is no UTF-8: {printed}");
    assert_eq!(names(&dir.path().join("hemozoin-result/marked")).len(), record.fields.len());
}

/// A picture whose name is no UTF-8, where the system takes one.
fn odd_name(dir: &Path) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    let path = dir.join(std::ffi::OsStr::from_bytes(b"champ-\xff.png"));
    let mut png = Vec::new();
    thin_field(6, 0).write_to(&mut std::io::Cursor::new(&mut png), ImageFormat::Png).expect("a PNG");
    std::fs::write(&path, png).ok().map(|()| path)
}

#[test]
fn three_fields_are_too_few_for_a_conclusion() {
    let dir = tempfile::tempdir().expect("a folder");
    for i in 1..=3 {
        thick_field(i).save(dir.path().join(format!("{i}.png"))).expect("saved");
    }
    let flags = ["analyze", "--film", "thick", "--format", "json", "--um-per-px", "0.12"];
    let (_, printed, told) = run(&flags, dir.path());
    let record: SlideRecord = serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{e}: {told}"));
    let state = record.result.patient.state;
    assert!(!matches!(state, State::Positive | State::NoParasitesSeen), "{state:?}");
    assert!(!record.result.patient.advice.is_empty(), "what to do next is said");
}

#[test]
fn wrong_use_is_refused_with_the_remedy() {
    let dir = thin_slide(1);
    let path = |p: &str| dir.path().join(p);
    std::fs::create_dir(path("bare")).expect("a folder");
    let no_picture = run(&["analyze", "--film", "thin"], &path("bare"));
    assert!(no_picture.0 == 2 && no_picture.2.contains("no picture found"), "{no_picture:?}");
    thin_field(1, 0).save(path("bare/1.png")).expect("saved");
    let unstated = run(&["analyze"], &path("bare"));
    assert!(unstated.0 == 2 && unstated.2.contains("--film thick"), "{unstated:?}");
    assert_eq!(names(&path("bare")), ["1.png"], "nothing was written");
    let wrong_film = run(&["analyze", "--film", "thick"], dir.path());
    assert!(wrong_film.0 == 2 && wrong_film.2.contains("only holds a thin one"), "{wrong_film:?}");
    let missing = run(&["analyze"], &path("absent"));
    assert!(missing.0 == 2 && missing.2.contains("absent: not found"), "{missing:?}");
    let both = run(&["analyze", "--no-files", "--out", "x"], dir.path());
    assert!(both.0 == 2 && both.2.contains("--no-files"), "{both:?}");
    std::fs::write(path("file"), "x").expect("written");
    let out = path("file/below");
    let in_a_file = run(&["analyze", "--out", out.to_str().expect("UTF-8")], dir.path());
    assert!(in_a_file.0 == 2 && in_a_file.2.contains("--out DIR"), "{in_a_file:?}");
    for (sheet, line) in [
        ("wbc_per_ul = 0\n", "line 1"),
        ("slide = \"a\"\nwbc_per_ul = -1\n", "line 2"),
        ("\nwbc_per_ul = \"8,000\"\n", "line 2"),
    ] {
        std::fs::write(path("slide.toml"), sheet).expect("written");
        for (lang, word) in [("en", line.to_owned()), ("fr", line.replace("line", "slide.toml\u{a0}: ligne"))]
        {
            let (code, printed, told) = run(&["analyze", "--lang", lang], dir.path());
            assert!(code == 2 && printed.is_empty() && told.contains(&word), "{sheet}: {told}");
        }
    }
}

/// Nine pictures are looked at for the scale; the tenth alone has its size.
#[test]
fn a_picture_of_an_unlooked_at_size_takes_its_own_cells_scale() {
    let dir = thin_slide(9);
    let field = image::imageops::crop_imm(&thin_field(10, 2), 0, 0, 400, 300).to_image();
    field.save(dir.path().join("thin/10.png")).expect("saved");
    let (_, printed, told) = run(&["analyze", "--format", "json", "--no-files"], dir.path());
    let record: SlideRecord = serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{e}: {told}"));
    let last = record.fields.last().expect("a field");
    assert_eq!((last.width, last.height), (400, 300));
    let scale = last.scale.as_ref().expect("a scale");
    assert!((scale.um_per_px.get() / 0.12 - 1.0).abs() < 0.15, "{scale:?}");
    assert!(last.counted && !last.detections.is_empty(), "{:?}", last.quality);
}

#[test]
fn a_bundle_that_does_not_fit_is_refused() {
    let dir = thin_slide(1);
    let bundle = dir.path().join("bundle");
    std::fs::create_dir(&bundle).expect("a folder");
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/thin-falciparum");
    for name in ["model.onnx", "second.onnx", "third.onnx", "bundle.toml", "CARD.md"] {
        std::fs::copy(ours.join(name), bundle.join(name)).expect("copied");
    }
    let sound = std::fs::read_to_string(ours.join("bundle.toml")).expect("a bundle");
    let digest = sound.lines().find(|l| l.starts_with("weights_sha256")).expect("a digest").to_owned();
    let wrong_digest = sound.replace(&digest, &format!("weights_sha256 = \"{}\"", "0".repeat(64)));
    let missing_map = sound.replacen("heat = 1\n", "heat = 99\n", 1);
    assert!(wrong_digest != sound && missing_map != sound);
    for (toml, named) in [(wrong_digest, "0000"), (missing_map, "99")] {
        std::fs::write(bundle.join("bundle.toml"), toml).expect("written");
        let model = bundle.to_str().expect("UTF-8");
        let (code, printed, told) = run(&["analyze", "--model", model], dir.path());
        assert!(code == 2 && printed.is_empty() && told.contains(named), "{told}");
        assert!(!dir.path().join("hemozoin-result").exists());
    }
}

/// A limit on the size of files stands for a disk that fills: writing fails half-way.
#[test]
fn a_write_that_fails_leaves_nothing_half_written() {
    let dir = thin_slide(1);
    let out = dir.path().join("out");
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec '{}' analyze --lang en --um-per-px 0.12 --marks all --out '{}' '{}'",
        env!("CARGO_BIN_EXE_hemozoin"),
        out.display(),
        dir.path().display()
    );
    let output = std::process::Command::new("sh").args(["-c", &script]).output().expect("a shell");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("record.json"), "the file is named: {told}");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("RESULT"), "the result was shown all the same: {printed}");
    assert!(names(&out).is_empty(), "{:?}", names(&out));
}

/// What comes out of a picture whose name is as long as a disk takes has a shorter one.
#[test]
fn a_very_long_name_loses_nothing() {
    let dir = thin_slide(1);
    for letter in ["é", "x"] {
        let long = format!("{}.png", letter.repeat(240 / letter.len()));
        thin_field(letter.len() as u64 + 5, 2).save(dir.path().join("thin").join(long)).expect("saved");
    }
    let (code, _, said) = run(&["analyze", "--um-per-px", "0.12", "--marks", "all"], dir.path());
    assert_eq!(code, 0, "{said}");
    let marked = names(&dir.path().join("hemozoin-result/marked"));
    assert_eq!(marked.len(), 3, "{marked:?}");
    assert!(marked.iter().all(|name| name.len() <= 200), "{marked:?}");
}

#[test]
fn grey_pictures_are_named_as_grey() {
    let dir = thin_slide(1);
    GrayImage::from_pixel(420, 300, image::Luma([200]))
        .save(dir.path().join("thin/grey.png"))
        .expect("saved");
    let (_, printed, _) = run(&["analyze", "--no-files", "--um-per-px", "0.12"], dir.path());
    assert!(printed.contains("grey picture"), "{printed}");
}

/// What a person wrote into a result is put aside, in either language, and said; what the program wrote is replaced.
#[test]
fn what_was_written_into_a_result_by_hand_is_kept() {
    let dir = TempDir::new().expect("a folder");
    let slide = dir.path().join("N-9");
    std::fs::create_dir(&slide).expect("made");
    thin_field(3, 2).save(slide.join("1.png")).expect("saved");
    let flags = ["analyze", "--film", "thin", "--um-per-px", "0.12", "--marks", "none"];
    let result = slide.join("hemozoin-result");
    let kept = || {
        let names = std::fs::read_dir(&result).expect("a folder").map(|e| e.expect("an entry").file_name());
        names.filter(|name| name.to_string_lossy().contains("kept")).count()
    };
    assert_eq!(run(&flags, &slide).0, 0);
    assert_eq!(run(&flags, &slide).0, 0);
    assert_eq!(kept(), 0, "nobody had changed anything");
    let text = std::fs::read_to_string(result.join("result.txt")).expect("a result");
    let mine = format!("{text}\nSigned: A. Moussa\n");
    std::fs::write(result.join("result.txt"), &mine).expect("written");
    let (code, _, said) = run(&flags, &slide);
    assert!(code == 0 && said.contains("result.kept-1.txt"), "{said}");
    assert_eq!(std::fs::read_to_string(result.join("result.kept-1.txt")).expect("kept"), mine);
    assert_eq!(std::fs::read_to_string(result.join("result.txt")).expect("a result"), text);
    assert_eq!(kept(), 1);
}
