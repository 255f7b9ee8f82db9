//! What an archive leaves behind: its tables, its page, its progress, what `resume` and `verify` make of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::{Duration, UNIX_EPOCH};

use crate::support::archive::{
    archive_of, assert_same, code, field, final_bytes, hemozoin, read_by_a_person, resume, run_archive, words,
};
use hemozoin::archive::{Journal, ReadBy, Standing};
use hemozoin::locale::{Language, integer};
use hemozoin::render::{Counts, FieldSpec, render};
use hemozoin::standard::State;
use hemozoin::terms::Film;
use parquet::basic::{LogicalType, Type};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

/// Counts that end after one field, so that its density is final and a film without parasites is decided.
const SHORT_RULES: &str = "[profile]\nname = \"short\"\nversion = 1\n\
    [thin]\nrbc_target = 10\nrbc_report_min = 10\n\
    [thick]\ncheckpoint_wbc = 0\nextend_wbc = 1\n\
    [negative]\nmin_fields = 1\nmin_volume_ul = 0.0\n";

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// `thin.png` and `thick.png` with many parasites, `clean.png` (thick) with none, `dark.png`, `text.jpg`.
fn pictures(root: &Path) {
    std::fs::create_dir_all(root).expect("a folder");
    for film in ["thin", "thick"] {
        let sample = samples().join(format!("reference-{film}.png"));
        std::fs::copy(sample, root.join(format!("{film}.png"))).expect("a sample");
    }
    let text = std::fs::read_to_string(samples().join("reference-thick.json")).expect("its specification");
    let spec: FieldSpec = serde_json::from_str(&text).expect("a specification");
    let counts = Counts { white_cells: 5, ..Counts::default() };
    let clean = render(&FieldSpec { counts, ..spec }).expect("a sound specification");
    clean.image.save(root.join("clean.png")).expect("a picture");
    let dark = image::RgbImage::from_pixel(300, 300, image::Rgb([12; 3]));
    dark.save(root.join("dark.png")).expect("a picture");
    std::fs::write(root.join("text.jpg"), b"not a picture at all").expect("written");
}

fn modified(path: &Path, seconds: u64) {
    let time = UNIX_EPOCH + Duration::from_secs(seconds);
    let file = std::fs::File::options().write(true).open(path).expect("open");
    file.set_modified(time).expect("a time");
}

/// All files below a folder, sorted.
fn files_below(root: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|e| e.expect("an entry").into_path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn read_csv(path: &Path, delimiter: u8) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_path(path).expect("a table");
    let heading = reader.headers().expect("a heading").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|r| r.expect("a row").iter().map(str::to_owned).collect()).collect();
    (heading, rows)
}

/// The rows of a CSV table, each by the names of its columns.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let (heading, rows) = read_csv(path, b',');
    rows.into_iter().map(|row| heading.iter().cloned().zip(row).collect()).collect()
}

/// A Parquet table as text; an empty cell is `None`.
struct ParquetTable {
    columns: Vec<(String, Described)>,
    rows: Vec<Vec<Option<String>>>,
}

/// What a column holds, as the file says.
type Described = (Type, Option<LogicalType>);

const TEXT: Described = (Type::BYTE_ARRAY, Some(LogicalType::String));
const REAL: Described = (Type::DOUBLE, None);
const FLAG: Described = (Type::BOOLEAN, None);

fn whole() -> Described {
    (Type::INT64, Some(LogicalType::integer(64, false)))
}

impl ParquetTable {
    fn read(path: &Path) -> Self {
        let file = std::fs::File::open(path).expect("a table");
        let reader = SerializedFileReader::new(file).expect("Parquet");
        let schema = reader.metadata().file_metadata().schema_descr();
        let columns = schema.columns().iter();
        let columns = columns
            .map(|c| (c.name().to_owned(), (c.physical_type(), c.logical_type_ref().cloned())))
            .collect();
        let rows = reader.get_row_iter(None).expect("rows");
        let rows = rows
            .map(|row| row.expect("a row").get_column_iter().map(|(_, value)| cell(value)).collect())
            .collect();
        Self { columns, rows }
    }

    fn column(&self, name: &str) -> Vec<Option<&str>> {
        let at = self.columns.iter().position(|(column, _)| column == name).expect(name);
        self.rows.iter().map(|row| row[at].as_deref()).collect()
    }
}

fn cell(value: &Field) -> Option<String> {
    match value {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        Field::ULong(number) => Some(number.to_string()),
        Field::Double(number) => Some(number.to_string()),
        Field::Bool(flag) => Some(flag.to_string()),
        other => panic!("text, whole numbers, numbers or flags: {other:?}"),
    }
}

#[test]
fn parquet_holds_what_csv_holds() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out, french) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("fr"));
    pictures(&root);
    let manifest = root.join("list.csv");
    std::fs::write(
        &manifest,
        "slide,film,pictures,um_per_px,date,site,age,sex,species,ward,state\n\
         A-1,thin,thin.png,0.1,2026-10-05,Dosso,4.5,F,Pf,\"Ward \"\"7\"\", north; é\",x\n\
         B-2,thick,thick.png|text.jpg,0.14,,,,,,,\n",
    )
    .expect("written");
    let done = run_archive(&manifest, &out, &[]);
    assert_eq!(code(&done), 1, "{}", words(&done));
    run_archive(&manifest, &french, &["--csv-locale", "fr"]);

    let mut tables = BTreeMap::new();
    for (name, number) in [("slides", 2), ("fields", 3)] {
        let (heading, kept) = read_csv(&out.join(format!("{name}.csv")), b',');
        let table = ParquetTable::read(&out.join(format!("{name}.parquet")));
        let columns: Vec<&str> = table.columns.iter().map(|(column, _)| column.as_str()).collect();
        assert_eq!(heading, columns, "{name}");
        assert_eq!((kept.len(), table.rows.len()), (number, number), "{name}");
        for (line, row) in kept.iter().zip(&table.rows) {
            let row: Vec<&str> = row.iter().map(|cell| cell.as_deref().unwrap_or_default()).collect();
            assert_eq!(*line, row, "{name}");
        }

        // A spreadsheet's habits are none of Parquet's business.
        let bytes = |folder: &Path| std::fs::read(folder.join(format!("{name}.parquet"))).expect("a table");
        assert!(bytes(&out) == bytes(&french), "{name}.parquet depends on --csv-locale");
        let (_, commas) = read_csv(&french.join(format!("{name}.csv")), b';');
        assert_eq!(commas.len(), number, "{name}");
        for (line, comma) in kept.iter().zip(&commas) {
            for ((cell, comma), (column, kind)) in line.iter().zip(comma).zip(&table.columns) {
                let wanted = if *kind == REAL { cell.replace('.', ",") } else { cell.to_owned() };
                assert_eq!(*comma, wanted, "{name}: {column}");
            }
        }
        tables.insert(name, table);
    }

    let (slides, fields) = (&tables["slides"], &tables["fields"]);
    for (table, column, kind) in [
        (slides, "slide", TEXT),
        (slides, "age_years", REAL),
        (slides, "density_raw", REAL),
        (slides, "fields_counted", whole()),
        (slides, "ward", TEXT),
        (fields, "image", TEXT),
        (fields, "width", whole()),
        (fields, "um_per_px", REAL),
        (fields, "counted", FLAG),
    ] {
        assert!(table.columns.contains(&(column.to_owned(), kind)), "{column}: {:?}", table.columns);
    }
    assert_eq!(slides.column("slide"), [Some("A-1"), Some("B-2")]);
    assert_eq!(slides.column("age_years"), [Some("4.5"), None]);
    assert_eq!(slides.column("date"), [Some("2026-10-05"), None]);
    assert_eq!(slides.column("ward"), [Some("Ward \"7\", north; é"), None]);
    assert_eq!(slides.column("manifest_state"), [Some("x"), None], "a column of ours keeps its name");
    assert_eq!(slides.column("files_unread"), [Some("0"), Some("1")]);
    assert!(slides.column("machine_density_raw")[0].is_some(), "{:?}", slides.rows);
    assert_eq!(fields.column("slide"), [Some("A-1"), Some("B-2"), Some("B-2")]);
    assert_eq!(
        fields.column("width"),
        [Some("480"), Some("480"), None],
        "nothing is known of an unread file"
    );
    assert_eq!(fields.column("verdict")[2], Some("unread"));
    assert_eq!(fields.column("counted")[2], Some("false"));
}

#[test]
fn slides_that_have_pictures_in_common_are_named() {
    let (dir, out) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let put = |slide: &str, name: &str, light: u8| {
        let folder = dir.path().join(slide).join("thick");
        std::fs::create_dir_all(&folder).expect("a folder");
        let dark = image::RgbImage::from_pixel(300, 300, image::Rgb([light; 3]));
        dark.save(folder.join(name)).expect("a picture");
    };
    for (slide, pictures) in
        [("a", &[10, 11, 12, 12][..]), ("b", &[11, 20]), ("c", &[30, 12, 11]), ("d", &[40, 40])]
    {
        pictures.iter().enumerate().for_each(|(at, light)| put(slide, &format!("{slide}{at}.png"), *light));
    }
    let said = words(&run_archive(dir.path(), out.path(), &[]));
    let shared: Vec<&str> = said.lines().filter(|line| line.contains("byte for byte")).collect();
    let starts = ["warning: a, b, c: ", "warning: a, c: "];
    let examples = ["(1, such as thick/a1.png)", "(1, such as thick/a2.png)"];
    assert_eq!(shared.len(), 2, "{said}");
    for (line, (start, example)) in shared.iter().zip(starts.into_iter().zip(examples)) {
        assert!(line.starts_with(start) && line.contains(example), "{line}");
    }
    let page = std::fs::read_to_string(out.path().join("index.html")).expect("a page");
    for said in
        ["les mêmes images, octet pour octet", "a, b, c: the same pictures", "a, c: the same pictures"]
    {
        assert!(page.contains(said), "{said}");
    }
    let journal = Journal::read(out.path()).expect("a journal");
    let slides = journal.shared_pictures().expect("read").into_iter().map(|shared| shared.slides.join(" "));
    assert_eq!(slides.collect::<Vec<_>>(), ["a b c", "a c"]);
}

#[test]
fn the_order_on_disk_and_the_times_of_files_change_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let (first, second) = (dir.path().join("1").join("in"), dir.path().join("2").join("in"));
    archive_of(&first, 4, 2, 300);
    std::fs::write(first.join("notes.txt"), b"foreign").expect("written");
    std::fs::write(first.join("site-0/s000/slide.toml"), b"wbc_per_ul = 7000\n").expect("written");
    let files = files_below(&first);
    assert_eq!(files.len(), 4 * 2 + 2);
    for (day, file) in (0_u64..).zip(files.iter().rev()) {
        let copy = second.join(file.strip_prefix(&first).expect("inside"));
        std::fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
        std::fs::copy(file, &copy).expect("copied");
        modified(&copy, 1_000_000_000 + day * 86_400);
    }
    let outs = [dir.path().join("out-1"), dir.path().join("out-2")];
    let codes = [(&first, &outs[0]), (&second, &outs[1])].map(|(root, out)| {
        let done = run_archive(root, out, &[]);
        assert!(code(&done) <= 1, "{}", words(&done));
        code(&done)
    });
    assert_eq!(codes[0], codes[1]);
    assert_same(&outs[0], &outs[1]);
    let wbc: Vec<String> =
        rows(&outs[1].join("slides.csv")).iter().map(|s| s["wbc_per_ul"].clone()).collect();
    assert_eq!(wbc.iter().filter(|w| *w == "7000").count(), 1, "the sheet was read: {wbc:?}");
}

/// The lines of progress on stderr: every line that begins like JSON must be JSON.
fn progress(output: &Output) -> Vec<Value> {
    let said = words(output);
    let lines = said.lines().filter(|line| line.starts_with('{'));
    lines.map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn count(line: &Value, name: &str) -> u64 {
    line[name].as_u64().expect(name)
}

fn is_finished(line: &Value) -> bool {
    count(line, "slides_done") == count(line, "slides") && count(line, "files_done") == count(line, "files")
}

#[test]
fn progress_as_json_never_falls_and_without_it_a_log_stays_short() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    archive_of(&root, 6, 2, 300);
    let told = run_archive(&root, &out, &["--json-progress", "--threads", "1"]);
    assert!(code(&told) <= 1, "{}", words(&told));
    let lines = progress(&told);
    let last = lines.last().expect("a line of progress");
    assert!(is_finished(last), "{last}");
    for line in &lines {
        assert_eq!((count(line, "slides"), count(line, "files")), (6, 12), "{line}");
    }
    for pair in lines.windows(2) {
        for name in ["slides_done", "files_done", "suspect", "slides_failed", "files_failed", "fields_unfit"]
        {
            assert!(count(&pair[0], name) <= count(&pair[1], name), "{name} fell: {pair:?}");
        }
        assert!(pair[0]["seconds"].as_f64() <= pair[1]["seconds"].as_f64(), "{pair:?}");
    }
    // What the last line says is what the journal holds.
    let status = hemozoin().args(["archive", "status", "--json"]).arg(&out).output().expect("runs");
    let standing: Value = serde_json::from_slice(&status.stdout).expect("JSON");
    assert_eq!(standing["running"], false, "{standing}");
    assert_eq!(standing["written"], true, "{standing}");
    let counts = standing.as_object().expect("counts by name").iter();
    for (name, value) in counts.filter(|(name, _)| !matches!(name.as_str(), "running" | "written")) {
        assert_eq!(&last[name.as_str()], value, "{name}");
    }

    // stderr is no terminal here.
    let plain = |said: &str| {
        let lines: Vec<String> = said.lines().map(str::to_owned).collect();
        lines.into_iter().filter(|line| !line.starts_with("warning: ")).collect::<Vec<_>>()
    };
    let short = dir.path().join("short");
    archive_of(&short, 2, 1, 300);
    let log = words(&run_archive(&short, &dir.path().join("log"), &[]));
    assert!(!log.contains('{') && !log.contains('\r') && !log.contains('\u{1b}'), "{log}");
    assert!((1..=3).contains(&plain(&log).len()), "{log}");
    assert!(log.contains("slides 2/2, pictures 2/2"), "the end is told once: {log}");
    let quiet = words(&run_archive(&short, &dir.path().join("quiet"), &["--quiet"]));
    assert!(plain(&quiet).is_empty(), "{quiet}");
}

fn journal(out: &Path) -> Connection {
    Connection::open_with_flags(out.join("journal.sqlite"), OpenFlags::SQLITE_OPEN_READ_ONLY)
        .expect("the journal")
}

/// Names, relative to the root, of the files that the journal holds an outcome of.
fn done_files(out: &Path) -> Vec<PathBuf> {
    let db = journal(out);
    let mut query = db.prepare("SELECT path FROM file WHERE done = 1").expect("a query");
    let names = query.query_map([], |row| Ok(row.get_ref(0)?.as_bytes()?.to_vec())).expect("rows");
    let text = |bytes| String::from_utf8(bytes).expect("a plain name");
    names.map(|name| PathBuf::from(text(name.expect("a row")))).collect()
}

/// Kills a run after its first slide; `None` where it was over before.
fn killed_in_the_middle(root: &Path, out: &Path) -> Option<Standing> {
    let mut child = hemozoin()
        .args(["archive", "run", "--threads", "1"])
        .arg(root)
        .arg("--out")
        .arg(out)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let records = out.join("records");
    while child.try_wait().expect("a state").is_none() {
        if std::fs::read_dir(&records).is_ok_and(|entries| entries.count() > 0) {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    // SIGKILL: nothing in the process can react to it.
    let _ = child.kill();
    child.wait().expect("an end");
    let standing = Journal::read(out).expect("a journal").standing().expect("a standing");
    (standing.files_done > 0 && standing.files_done < standing.files).then_some(standing)
}

#[test]
fn a_killed_run_reads_nothing_again_but_what_was_in_flight() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, calm, away) = (dir.path().join("in"), dir.path().join("calm"), dir.path().join("away"));
    archive_of(&root, 6, 2, 300);
    let undisturbed = run_archive(&root, &calm, &[]);
    assert!(code(&undisturbed) <= 1, "{}", words(&undisturbed));
    let (out, before) = (0..10)
        .map(|attempt| dir.path().join(format!("killed-{attempt}")))
        .find_map(|out| killed_in_the_middle(&root, &out).map(|standing| (out, standing)))
        .expect("a kill in the middle of one run of ten");

    // What is done is not needed any more for any result: the pictures are gone.
    let done = done_files(&out);
    assert_eq!(u64::try_from(done.len()).expect("a number"), before.files_done);
    std::fs::create_dir(&away).expect("a folder");
    for (i, name) in done.iter().enumerate() {
        std::fs::rename(root.join(name), away.join(format!("{i}.png"))).expect("moved away");
    }
    let resumed = resume(&out, &["--json-progress"]);
    assert_eq!(code(&resumed), 1, "{}", words(&resumed));
    let lines = progress(&resumed);
    let (first, last) = (lines.first().expect("a line"), lines.last().expect("a line"));
    for (name, known) in [("files_done", before.files_done), ("slides_done", before.slides_done)] {
        assert!(count(first, name) >= known, "{name} begins below {known}: {first}");
    }
    assert_eq!(count(first, "files"), before.files);
    assert!(is_finished(last), "{last}");
    let results = |out: &Path| {
        let mut files = final_bytes(out);
        files.retain(|name, _| !name.starts_with("slides"));
        files
    };
    assert!(results(&calm) == results(&out), "a result depends on a picture that was read before");
    // The pages of their slides have their pictures when those are back.
    assert!(words(&resumed).contains("not shown on its page"), "{}", words(&resumed));
    for (i, name) in done.iter().enumerate() {
        std::fs::rename(away.join(format!("{i}.png")), root.join(name)).expect("moved back");
    }
    let shown = resume(&out, &[]);
    assert_eq!(code(&shown), code(&undisturbed), "{}", words(&shown));
    assert_same(&calm, &out);
}

fn verify(out: &Path, flags: &[&str]) -> Output {
    hemozoin().args(["archive", "verify"]).arg(out).args(flags).output().expect("runs")
}

/// What `verify` says of each slide that differs.
fn differences(output: &Output) -> Vec<(String, String)> {
    let said = words(output);
    let lines = said.lines().filter_map(|line| line.strip_prefix("warning: "));
    let pairs = lines.map(|line| line.split_once(": ").expect("a slide and what is wrong"));
    pairs.map(|(slide, what)| (slide.to_owned(), what.to_owned())).collect()
}

fn answer(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn verify_names_what_was_changed_and_draws_the_same_sample_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    archive_of(&root, 5, 1, 300);
    let done = run_archive(&root, &out, &[]);
    assert!(code(&done) <= 1, "{}", words(&done));
    let mut slides = rows(&out.join("slides.csv"));
    slides.sort_by(|a, b| a["slide"].cmp(&b["slide"]));
    let record = |place: usize| out.join(&slides[place]["record"]);
    let id = |place: usize| slides[place]["slide"].clone();

    // One record is changed, one is gone, and one slide has another picture; two are as they were.
    let mut bytes = std::fs::read(record(0)).expect("a record");
    bytes.push(b' ');
    std::fs::write(record(0), bytes).expect("written");
    std::fs::remove_file(record(1)).expect("removed");
    assert_eq!(id(2), "site-1/s001");
    field(Film::Thin, 300, 999).save(root.join("site-1/s001/thin/0.png")).expect("another picture");
    let all = verify(&out, &["--all"]);
    assert_eq!(code(&all), 1, "{}", words(&all));
    let found = differences(&all);
    let named: Vec<&str> = found.iter().map(|(slide, _)| slide.as_str()).collect();
    assert_eq!(named, [id(0), id(1), id(2)], "{found:?}");
    for ((_, what), wanted) in found.iter().zip(["was changed", "is gone", "its pictures have changed"]) {
        assert!(what.contains(wanted), "{wanted} in {found:?}");
    }
    assert_eq!(answer(&all), "slides read again: 5; different: 3");

    // With every record changed, a sample names exactly the slides that it drew.
    for place in 0..slides.len() {
        std::fs::write(record(place), b"{}").expect("written");
    }
    let drawn = |seed: &str| {
        let sample = verify(&out, &["--sample", "2", "--seed", seed]);
        assert_eq!(code(&sample), 1, "{}", words(&sample));
        assert_eq!(answer(&sample), "slides read again: 2; different: 2");
        let slides: BTreeSet<String> = differences(&sample).into_iter().map(|(slide, _)| slide).collect();
        assert_eq!(slides.len(), 2, "{}", words(&sample));
        slides
    };
    let (zero, one) = (drawn("0"), drawn("1"));
    assert_eq!(one, drawn("1"), "the same seed draws the same slides");
    assert_ne!(zero, one, "another seed draws others");
}

/// Classes of the rows in reading order.
const CLASSES: [&str; 8] =
    ["severe", "parasites", "likely", "review", "unread", "incomplete", "no_suspect", "clear"];

/// Place of a slide in the reading order.
fn rank(slide: &BTreeMap<String, String>) -> usize {
    if !slide["alert"].is_empty() {
        return 0;
    }
    if slide["presence"] == "positive" {
        return 1;
    }
    match slide["state"].as_str() {
        "ParasitesLikely" => 2,
        "SuspectsToReview" | "ReviewRequired" | "ReviewIncomplete" => 3,
        "NotReadable" | "" => 4,
        "NoSuspectFound" => 6,
        "NoParasitesSeen" => 7,
        _ => 5,
    }
}

fn density(slide: &BTreeMap<String, String>) -> Option<f64> {
    slide["density_raw"].parse().or_else(|_| slide["machine_density_raw"].parse()).ok()
}

/// The plot under this caption.
fn figure<'a>(page: &'a str, caption: &str) -> &'a str {
    let wanted = format!("<span class=\"en\">{caption}</span></figcaption>");
    let mut plots = page.split("<figure>").skip(1).filter_map(|plot| plot.split("</figure>").next());
    plots.find(|plot| plot.contains(&wanted)).expect(caption)
}

/// Asserts that a plot has one bar for each group, labelled, with "positive / tested" beside it.
fn assert_shares(plot: &str, slides: &[BTreeMap<String, String>], group: fn(&str) -> &str, column: &str) {
    let mut shares: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for slide in slides {
        let positive = slide["presence"] == "positive";
        if (positive || slide["presence"] == "no_parasites_seen") && !slide[column].is_empty() {
            let share = shares.entry(group(&slide[column])).or_default();
            share.0 += u64::from(positive);
            share.1 += 1;
        }
    }
    assert!(shares.len() >= 2, "{shares:?}");
    assert_eq!(plot.matches("<rect ").count(), shares.len(), "{plot}");
    for (name, (positive, tested)) in shares {
        let name = name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert!(plot.contains(&format!(">{name}</text>")), "{name}: {plot}");
        assert!(plot.contains(&format!(" % ({positive} / {tested}")), "{name}: {plot}");
    }
}

#[test]
fn the_page_has_its_rows_in_reading_order_a_filter_and_the_plots() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    pictures(&root);
    std::fs::create_dir(root.join("empty")).expect("a folder");
    std::fs::copy(samples().join("patient-1/frottis/01.jpg"), root.join("few.jpg")).expect("copied");
    let (manifest, rules) = (root.join("list.csv"), root.join("rules.toml"));
    std::fs::write(&rules, SHORT_RULES).expect("written");
    std::fs::write(
        &manifest,
        "slide,film,pictures,um_per_px,date,site\n\
         A-low,thick,thick.png,0.14,2026-10-05,Dosso\n\
         B-high,thin,thin.png,0.1,2026-11-02,Gaya <&> b\n\
         C-clean,thick,clean.png,0.14,2026-11-03,Dosso\n\
         D-dark,thick,dark.png,0.14,2026-11-04,Dosso\n\
         E-none,thick,empty,0.14,2026-11-05,Dosso\n\
         F-text,thick,text.jpg,0.14,2026-11-06,Dosso\n\
         G-few,thin,few.jpg,0.09,2026-11-07,Dosso\n",
    )
    .expect("written");
    let done = run_archive(&manifest, &out, &["--profile-file", rules.to_str().expect("a name")]);
    assert_eq!(code(&done), 1, "{}", words(&done));
    let page = std::fs::read_to_string(out.join("index.html")).expect("a page");
    let slides = rows(&out.join("slides.csv"));
    assert_eq!(slides.len(), 7);

    let mut wanted: Vec<&BTreeMap<String, String>> = slides.iter().collect();
    // Stable: what is left equal stays in the order of ids.
    wanted.sort_by(|a, b| a["slide"].cmp(&b["slide"]));
    wanted.sort_by(|a, b| {
        let lowest = f64::NEG_INFINITY;
        let falling = density(b).unwrap_or(lowest).total_cmp(&density(a).unwrap_or(lowest));
        rank(a).cmp(&rank(b)).then(falling)
    });
    let lines: Vec<&str> = page.lines().filter(|line| line.starts_with("<tr class=")).collect();
    assert_eq!(lines.len(), slides.len(), "{lines:#?}");
    for (line, slide) in lines.iter().zip(&wanted) {
        let class = CLASSES[rank(slide)];
        let state = if slide["state"].is_empty() { "failed" } else { slide["state"].as_str() };
        let begin = format!("<tr class=\"{class}\" data-state=\"{state}\" data-standing=\"");
        let id = &slide["slide"];
        assert!(line.starts_with(&begin) && line.contains(&format!(">{id}<")), "{begin} {id}: {lines:#?}");
        assert_eq!(line.contains("class=\"alert\""), !slide["alert"].is_empty(), "{line}");
        if let Ok(density) = slide["density_per_ul"].parse() {
            let shown = integer(density, Language::English);
            assert!(line.contains(&format!(">{shown}<")), "{shown}: {line}");
        }
    }
    let ids: Vec<&str> = wanted.iter().map(|slide| slide["slide"].as_str()).collect();
    assert_eq!(ids[0], "B-high", "more parasites come first: {ids:?}");
    let read: Vec<String> = slides.iter().map(|slide| slide["slide"].clone()).collect();
    assert_eq!(read, ids, "the table too");

    assert!(page.contains("<span id=\"shown\"></span>"));
    for control in
        ["<select id=\"state\" ", "<select id=\"standing\" ", "<input id=\"text\" type=\"search\" "]
    {
        let tag = page.split(control).nth(1).and_then(|rest| rest.split('>').next()).expect(control);
        for label in ["data-label-fr=\"", "data-label-en=\"", "aria-label=\""] {
            let said = tag.split(label).nth(1).and_then(|rest| rest.split('"').next());
            assert!(said.is_some_and(|said| said.contains(' ')), "{control} {label}: {tag}");
        }
    }
    let states = State::ALL.iter().map(|state| state.code()).chain(["", "failed"]);
    for state in states {
        assert!(page.contains(&format!("<option value=\"{state}\" data-fr=\"")), "no option {state}");
    }
    for &by in ReadBy::ALL {
        assert!(page.contains(&format!("<option value=\"{}\" data-fr=\"", by.code())), "{by:?}");
    }
    // "failed" stands in both lists.
    assert_eq!(page.matches("<option ").count(), State::ALL.len() + 2 + ReadBy::ALL.len() + 1);
    assert!(!page.contains("<&>"), "a name is text, whatever it looks like");

    // Nobody has read anything yet: nothing is positive or tested (MCH-9).
    assert!(!page.contains("Positivity by site"));
    read_by_a_person(&out);
    let page = std::fs::read_to_string(out.join("index.html")).expect("a page");
    let slides = rows(&out.join("slides.csv"));
    assert_shares(figure(&page, "Positivity by site"), &slides, |site| site, "site");
    assert_shares(figure(&page, "Positivity by month"), &slides, |date| &date[..7], "date");
    let densities = figure(&page, "Slides by density (asexual parasites/µL)");
    assert_eq!(densities.matches("<rect ").count(), 12);
    // Half decades: two to each power of ten.
    let positive = slides.iter().filter(|slide| slide["presence"] == "positive");
    let bands: BTreeSet<i64> =
        positive.filter_map(density).map(|d| (2.0 * d.log10()).floor() as i64).collect();
    assert!(bands.len() >= 2, "{bands:?}");
    let empty = densities.matches("width=\"0\" height=\"18\"").count();
    assert_eq!(12 - empty, bands.len(), "{densities}");
    let fields = rows(&out.join("fields.csv"));
    let uncounted = fields.iter().filter(|field| field["counted"] == "false");
    let reasons: BTreeSet<&str> = uncounted.flat_map(|field| field["reasons"].split_whitespace()).collect();
    let quality = figure(&page, "Fields not counted, by reason");
    assert!(reasons.len() >= 2, "{reasons:?}");
    assert_eq!(quality.matches("<rect ").count(), reasons.len(), "{reasons:?}: {quality}");
}

#[cfg(unix)]
#[test]
fn a_read_only_output_is_refused_by_name() {
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().expect("a folder");
    let (root, empty, begun) = (dir.path().join("in"), dir.path().join("empty"), dir.path().join("begun"));
    archive_of(&root, 1, 1, 300);
    std::fs::create_dir(&empty).expect("a folder");
    let done = run_archive(&root, &begun, &[]);
    assert!(code(&done) <= 1, "{}", words(&done));
    let before = final_bytes(&begun);
    let permit = |mode: u32| {
        for folder in [&empty, &begun] {
            let rights = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(folder, rights).expect("rights");
        }
    };
    permit(0o555);
    if std::fs::File::create(empty.join("probe")).is_ok() {
        permit(0o755);
        println!("SKIPPED: this user writes into folders that are read-only (root)");
        return;
    }
    let refusals = [(run_archive(&root, &empty, &[]), &empty), (resume(&begun, &[]), &begun)];
    let asked = ["status", "summary", "verify"]
        .map(|verb| hemozoin().args(["archive", verb]).arg(&begun).output().expect("the command runs"));
    // Else the temporary folder could not be removed.
    permit(0o755);
    for (refused, folder) in refusals {
        let said = words(&refused);
        assert_eq!(code(&refused), 2, "{said}");
        assert!(said.contains(folder.to_str().expect("a name")), "{said}");
        assert!(said.contains("permission"), "{said}");
    }
    assert_eq!(std::fs::read_dir(&empty).expect("a folder").count(), 0, "nothing is left behind");
    assert_eq!(final_bytes(&begun), before);
    for answer in asked {
        assert_eq!(code(&answer), 0, "what is finished can be read: {}", words(&answer));
        assert!(!answer.stdout.is_empty());
    }
}

/// When each slide ended, by the clock of that time.
fn ended(out: &Path) -> Vec<(i64, String)> {
    let db = journal(out);
    let mut query = db.prepare("SELECT number, ended_at FROM slide ORDER BY number").expect("a query");
    let times = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
    times.map(|time| time.expect("a row")).collect()
}

#[test]
fn a_clock_that_jumps_makes_nothing_be_read_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    archive_of(&root, 3, 2, 300);
    let done = run_archive(&root, &out, &[]);
    assert!(code(&done) <= 1, "{}", words(&done));
    let (before, times) = (final_bytes(&out), ended(&out));
    assert_eq!(times.len(), 3);
    // The year 1970 for every second file, 2096 for the others: pictures, records, journal and lock alike.
    let mut files = files_below(&root);
    files.extend(files_below(&out));
    assert!(files.contains(&out.join("archive.lock")) && files.contains(&out.join("journal.sqlite")));
    for shift in 0..2 {
        std::fs::write(out.join(".hemozoin-x.part"), b"half-written").expect("written");
        for (i, file) in files.iter().enumerate().filter(|(_, file)| file.is_file()) {
            modified(file, if (i + shift) % 2 == 0 { 1 } else { 3_976_214_400 });
        }
        modified(&out.join(".hemozoin-x.part"), 3_976_214_400);
        let resumed = resume(&out, &["--json-progress"]);
        let said = words(&resumed);
        assert_eq!(code(&resumed), code(&done), "{said}");
        assert!(!said.contains("has changed"), "{said}");
        let lines = progress(&resumed);
        assert!(is_finished(lines.first().expect("a line of progress")), "{said}");
        assert_eq!(ended(&out), times, "no slide was ended again");
        assert_eq!(final_bytes(&out), before, "and what was half-written is gone");
    }
}
