//! What a single picture must not do to its slide: hang it, take it down, or be read over and over.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::support::archive::field;
use hemozoin::ErrorKind;
use hemozoin::archive::{
    Archive, ArchiveReader, Begun, Journal, Stamp, Tracker, read_manifest, run, sample, verify,
};
use hemozoin::detect::{Bundle, Detector, ScriptedBackend};
use hemozoin::entry::Style;
use hemozoin::evaluate::Truth;
use hemozoin::files::{read_plain, read_text};
use hemozoin::intake::{Limits, Pages, Picture, digest_of_file};
use hemozoin::measure::MicronsPerPixel;
use hemozoin::optics::ScaleBasis;
use hemozoin::record::{Facts, SiteFloor, SlideRecord};
use hemozoin::report::Laboratory;
use hemozoin::slide::{Engine, Parallel};
use hemozoin::source::{SlideSheet, analyze};
use hemozoin::terms::Film;
use image::RgbImage;
use tiff::encoder::{TiffEncoder, colortype};

/// An engine, and what is stated of the thick films that it reads.
struct Reader {
    engine: Engine,
    facts: Facts,
}

impl Reader {
    fn analyze(&self, path: &Path) -> hemozoin::Result<SlideRecord> {
        analyze(&self.engine, path, &self.facts)
    }
}

/// At a given scale, with a network that first does something with each tile, then answers with silence.
fn reader(um_per_px: f64, look: impl Fn(&[f32]) + Send + Sync + 'static) -> Reader {
    let bundle = Bundle::parse(crate::support::common::BUNDLE).expect("a sound bundle");
    let shape = bundle.map_shape();
    let backend = ScriptedBackend::new(shape, move |input| {
        look(input);
        vec![-8.0; shape.output_len()]
    });
    let detector = Detector::with_backend(bundle, Arc::new(backend)).expect("shapes agree");
    let facts = Facts::of(Film::Thick).um_per_px(MicronsPerPixel::new(um_per_px).expect("a scale"));
    Reader { engine: Engine::builder().detector(detector).build().expect("an engine"), facts }
}

/// A network that panics on any tile with pure green ink in it.
fn fragile() -> Reader {
    reader(0.2, |input| {
        let area = input.len() / 3;
        let green_ink = |i: usize| input[i] < -1.0 && input[area + i] > 1.0 && input[2 * area + i] < -1.0;
        assert!(!(0..area).any(green_ink), "the network met green ink");
    })
}

fn drawn(seed: u64, green: bool) -> RgbImage {
    let mut drawn = field(Film::Thick, 400, seed);
    if green {
        for (x, y) in (180..220).flat_map(|x| (180..220).map(move |y| (x, y))) {
            drawn.put_pixel(x, y, image::Rgb([0, 255, 0]));
        }
    }
    drawn
}

fn stack(path: &Path, pages: &[RgbImage]) -> PathBuf {
    let mut encoder = TiffEncoder::new(File::create(path).expect("creates")).expect("starts");
    for page in pages {
        encoder.write_image::<colortype::RGB8>(page.width(), page.height(), page.as_raw()).expect("writes");
    }
    path.to_path_buf()
}

/// Fails where `work` does not end.
fn ends<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, wait) = channel();
    std::thread::spawn(move || done.send(work()));
    wait.recv_timeout(Duration::from_secs(120)).expect("it must end")
}

#[test]
fn a_panic_costs_one_picture_with_any_number_of_threads() {
    let dir = tempfile::tempdir().expect("a folder");
    for i in 0..4 {
        drawn(i, i == 1).save(dir.path().join(format!("{i}.png"))).expect("saved");
    }
    let reader = fragile();
    for threads in [1, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let record = pool.install(|| reader.analyze(dir.path())).expect("three pictures are left");
        assert_eq!(record.fields.len(), 3);
        let [unread] = &record.unread[..] else { panic!("{:?}", record.unread) };
        assert_eq!((&*unread.image, &*unread.fault.kind), ("1.png", "internal"));
        assert_eq!(unread.fault.key.as_deref(), Some("error-archive-panic"));
        assert!(unread.fault.message.contains("the network met green ink"), "{unread:?}");
    }
    // Where a picture is examined alone, its panic is an error that names it.
    let picture = Picture::from_pixels(drawn(1, true));
    let um = MicronsPerPixel::new(0.2).expect("a scale");
    let scale = hemozoin::record::ScaleRecord::stated(um, ScaleBasis::Given);
    let error = reader
        .engine
        .examine_picture(Film::Thick, "1.png", 0, &picture, Some(scale), Parallel::Files)
        .expect_err("it panics");
    assert_eq!((error.kind(), error.path()), (ErrorKind::Internal, Some(Path::new("1.png"))));
}

#[test]
fn a_panic_on_a_later_page_keeps_the_earlier_ones() {
    let dir = tempfile::tempdir().expect("a folder");
    stack(&dir.path().join("a.tif"), &[drawn(1, false), drawn(2, true), drawn(3, false)]);
    let record = fragile().analyze(dir.path()).expect("a record");
    assert_eq!((record.fields.len(), record.unread.len()), (1, 1));
    assert_eq!(record.unread[0].fault.kind, "internal");
}

#[test]
fn an_archive_with_a_panic_is_verified_like_any_other() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    let film = root.join("a").join("thick");
    std::fs::create_dir_all(&film).expect("a folder");
    for i in 0..3 {
        drawn(i, i == 1).save(film.join(format!("{i}.png"))).expect("saved");
    }
    let Reader { engine, facts } = fragile();
    let stamp = Stamp::of(&engine, &facts).expect("a stamp");
    let begun = Begun {
        stamp,
        root,
        models: Vec::new(),
        french_tables: false,
        french_page: false,
        style: Style::default(),
        shard: None,
    };
    let (mut archive, _) = Archive::open(&out, begun).expect("an archive");
    archive.plan(engine.limits()).expect("a plan");
    run(&mut archive, &engine, &Tracker::default()).expect("runs to its end");
    let archive = ArchiveReader::open(Journal::read(&out).expect("a journal"), archive.begun())
        .expect("readable beside its holder");
    let numbers = sample(&archive, None, 0).expect("slides");
    assert_eq!(numbers.len(), 1);
    let verified = verify(&archive, &engine, numbers[0]).expect("readable");
    assert!(verified.differences.is_empty(), "{verified:?}");
}

#[cfg(unix)]
#[test]
fn a_pipe_with_the_name_of_a_picture_is_named_and_never_waited_for() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    let slide = root.join("a").join("thick");
    std::fs::create_dir_all(&slide).expect("a folder");
    for i in 0..4 {
        drawn(i, false).save(slide.join(format!("{i}.png"))).expect("saved");
    }
    let pipe = slide.join("9.jpg");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let error = ends({
        let pipe = pipe.clone();
        move || Picture::open(pipe, 0, &Limits::default()).map(|p| p.size()).expect_err("a pipe")
    });
    assert_eq!((error.key(), error.path()), (Some("error-not-a-picture"), Some(&*pipe)));
    let error = ends(move || digest_of_file(pipe).expect_err("a pipe"));
    assert_eq!(error.kind(), ErrorKind::Io);
    let record = ends({
        let slide = slide.clone();
        move || reader(0.2, |_| ()).analyze(&slide).expect("a record")
    });
    assert_eq!((record.fields.len(), record.unread.len()), (4, 1));
    assert_eq!(record.unread[0].image, "9.jpg");
    // The thread that reads ahead meets it too.
    let standing = ends(move || {
        let Reader { engine, facts } = reader(0.2, |_| ());
        let stamp = Stamp::of(&engine, &facts).expect("a stamp");
        let begun = Begun {
            stamp,
            root,
            models: Vec::new(),
            french_tables: false,
            french_page: false,
            style: Style::default(),
            shard: None,
        };
        let (mut archive, _) = Archive::open(&out, begun).expect("an archive");
        archive.plan(engine.limits()).expect("a plan");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("threads");
        pool.install(|| run(&mut archive, &engine, &Tracker::default())).expect("runs to its end");
        archive.journal().standing().expect("counts")
    });
    assert_eq!((standing.files_done, standing.files_failed), (5, 1), "{standing:?}");
}

/// Sheets, floors, labels, lists and bundles are plain files or links to them: a pipe would be waited for for ever, and
/// a device never ends.
#[cfg(unix)]
#[test]
fn text_from_outside_is_never_waited_for_and_never_without_end() {
    type Reader = fn(&Path) -> hemozoin::Result<()>;
    let readers: [(&str, Reader); 8] = [
        ("slide.toml", |file| SlideSheet::read(file.parent().expect("a folder")).map(drop)),
        ("floor.toml", |file| SiteFloor::read(file).map(drop)),
        ("slides.csv", |file| {
            read_manifest(file, Style::default(), &Facts::default(), &Limits::default()).map(drop)
        }),
        ("annotations.json", |file| Truth::read(file, None, Film::Thin).map(drop)),
        ("bundle.toml", |file| Bundle::read(file.parent().expect("a folder")).map(drop)),
        ("laboratory.toml", |file| Laboratory::read(file).map(drop)),
        ("any.toml", |file| read_text(file, 1 << 20).map(drop)),
        ("any.onnx", |file| read_plain(file, 1 << 20).map(drop)),
    ];
    for (name, read) in readers {
        for pipe in [true, false] {
            let dir = tempfile::tempdir().expect("a folder");
            let file = dir.path().join(name);
            if pipe {
                assert!(std::process::Command::new("mkfifo").arg(&file).status().expect("mkfifo").success());
            } else {
                std::os::unix::fs::symlink("/dev/zero", &file).expect("linked");
            }
            let found = file.clone();
            let error = ends(move || read(&found).expect_err("no plain file"));
            assert_eq!((error.key(), error.path()), (Some("error-not-a-plain-file"), Some(&*file)), "{name}");
        }
    }
}

/// The same through the command: the slide is refused by what is wrong, and the sheet is named.
#[cfg(unix)]
#[test]
fn a_pipe_named_slide_toml_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    drawn(1, false).save(dir.path().join("1.png")).expect("saved");
    let sheet = dir.path().join("slide.toml");
    assert!(std::process::Command::new("mkfifo").arg(&sheet).status().expect("mkfifo").success());
    let folder = dir.path().to_string_lossy().into_owned();
    let (code, _, said) = ends(move || {
        crate::support::command::hemozoin(&["analyze", &folder, "--film", "thick", "--lang", "en"], "")
    });
    assert_ne!(code, 0, "{said}");
    assert!(said.contains("slide.toml") && said.contains("not a plain file"), "{said}");
}

#[test]
fn a_scale_that_would_blow_a_picture_up_is_refused_before_any_work() {
    let dir = tempfile::tempdir().expect("a folder");
    field(Film::Thick, 1200, 1).save(dir.path().join("1.png")).expect("saved");
    let record = reader(5.0, |_| panic!("the network was run")).analyze(dir.path()).expect("a record");
    let [unread] = &record.unread[..] else { panic!("{:?}", record.unread) };
    assert_eq!((&*unread.fault.kind, unread.fault.key.as_deref()), ("limit", Some("error-limit-scale")));
    assert!(unread.fault.message.contains("--um-per-px"), "{unread:?}");
    // The coarsest scale that a quality gate admits is searched.
    let record = reader(0.45, |_| ()).analyze(dir.path()).expect("a record");
    assert_eq!((record.fields.len(), record.unread.len()), (1, 0));
}

#[test]
fn the_pages_of_a_file_are_read_from_one_open_file() {
    let dir = tempfile::tempdir().expect("a folder");
    let pages: Vec<RgbImage> = (0..3).map(|i| drawn(i, false)).collect();
    let path = stack(&dir.path().join("a.tif"), &pages);
    let sha256 = digest_of_file(&path).expect("readable");
    for stream_above_pixels in [1, u64::MAX] {
        let limits = Limits::default().with(|l| l.stream_above_pixels = stream_above_pixels);
        let mut open = Pages::open(&path, &limits).expect("sound");
        assert_eq!(open.count(), 3);
        // In any order, and several at once.
        let held: Vec<(usize, Picture)> =
            [2, 0, 1, 2].into_iter().map(|i| (i, open.picture(i as u32).expect("a page"))).collect();
        for (i, picture) in &held {
            assert_eq!(picture.read(0, 0, 400, 400).expect("reads"), pages[*i]);
            assert_eq!((picture.sha256(), picture.pages()), (&*sha256, 3));
        }
        assert_eq!(open.picture(3).expect_err("no fourth page").key(), Some("error-no-such-page"));
    }
}

/// A file that is taken away after its first page was examined is still whole where it is open.
#[cfg(unix)]
#[test]
fn an_examination_opens_its_file_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let pages: Vec<RgbImage> = (0..3).map(|i| drawn(i, false)).collect();
    let path = stack(&dir.path().join("a.tif"), &pages);
    let taken = path.clone();
    let reader = reader(0.2, move |_| {
        let _gone_already = std::fs::remove_file(&taken);
    });
    let record = reader.analyze(dir.path()).expect("a record");
    assert!(!path.exists());
    assert_eq!((record.fields.len(), record.unread.len()), (3, 0), "{:?}", record.unread);
}
