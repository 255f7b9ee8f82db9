//! A slide is a value: pictures from memory give the record that the same files give, field by field or at once.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::support::common::{dots, scripted};
use crate::support::drawn::small_field;
use hemozoin::intake::{Limits, Pages, Picture};
use hemozoin::optics::{Verdict, examine};
use hemozoin::render::Counts;
use hemozoin::{
    Control, Engine, ErrorKind, Event, Facts, Film, MicronsPerPixel, PictureSource, Silent, SlideInfo,
    SlideRecord, analyze,
};
use image::{ImageFormat, RgbImage};
use ndarray::{Array3, ShapeBuilder};

fn engine() -> Engine {
    Engine::builder().detector(scripted()).build().expect("an engine")
}

fn um(um: f64) -> MicronsPerPixel {
    MicronsPerPixel::new(um).expect("a scale")
}

/// Field number `i`, unlike the others: two parasites and three white cells.
fn drawn(i: u32) -> RgbImage {
    let at = |x: u32, y: u32, red: bool| (60 + x + 13 * i, 60 + y + 7 * i, red);
    dots(
        420,
        330,
        &[at(0, 0, true), at(90, 30, true), at(200, 20, false), at(30, 150, false), at(210, 160, false)],
    )
}

fn png(pixels: &RgbImage) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, ImageFormat::Png).expect("written");
    file.into_inner()
}

fn json(record: &SlideRecord) -> String {
    String::from_utf8(record.to_json().expect("JSON")).expect("UTF-8")
}

#[test]
fn bytes_give_the_record_that_their_folder_gives() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("N-1");
    std::fs::create_dir(&folder).expect("a folder");
    for i in 0..5 {
        std::fs::write(folder.join(format!("{i}.png")), png(&drawn(i))).expect("written");
    }
    std::fs::write(folder.join("5.png"), &png(&drawn(5))[..200]).expect("written");
    let engine = engine();
    // With a scale that is given, and with one that is estimated from all of the slide's pictures.
    for facts in [Facts::of(Film::Thick).um_per_px(um(0.2)), Facts::of(Film::Thick)] {
        let of_folder = analyze(&engine, &folder, &facts).expect("a record");
        assert_eq!((of_folder.fields.len(), of_folder.unread.len()), (5, 1));
        let mut slide = engine.slide(facts).with_info(SlideInfo::named("N-1"));
        for i in 0..6 {
            slide.add(format!("{i}.png"), std::fs::read(folder.join(format!("{i}.png"))).expect("read"));
        }
        assert_eq!(json(&slide.run(&Silent).expect("a record")), json(&of_folder));
    }
}

#[test]
fn whichever_way_pixels_come_they_are_the_same_field() {
    let (engine, pixels) = (engine(), drawn(1));
    let limits = Limits::default();
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let rows =
        Array3::from_shape_fn((height, width, 3), |(y, x, c)| pixels.get_pixel(x as u32, y as u32).0[c]);
    // Columns first in memory, as some cameras keep them.
    let mut columns = Array3::zeros((height, width, 3).f());
    columns.assign(&rows);
    let file = png(&pixels);
    let pictures = [
        Picture::from_pixels(pixels.clone()),
        Picture::from_view(rows.view(), &limits).expect("a view"),
        Picture::from_view(columns.view(), &limits).expect("a view"),
    ];
    let digests: Vec<&str> = pictures.iter().map(Picture::sha256).collect();
    assert!(digests.windows(2).all(|pair| pair[0] == pair[1]), "{digests:?}");
    let of_file = Picture::from_reader(Cursor::new(file.clone()), &limits).expect("a file");
    assert_eq!(of_file.sha256(), Picture::from_bytes(&file, &limits).expect("a file").sha256());
    let mut tallies = Vec::new();
    for picture in pictures.into_iter().chain([of_file]) {
        let mut slide = engine.slide(Facts::of(Film::Thick).um_per_px(um(0.2)));
        slide.add("1", picture);
        tallies.push(slide.run(&Silent).expect("a record").fields[0].tally);
    }
    assert!(tallies[0].asexual_parasites > 0 && tallies[0].white_cells > 0, "{tallies:?}");
    assert!(tallies.windows(2).all(|pair| pair[0] == pair[1]), "{tallies:?}");
    let grey = Array3::<u8>::zeros((4, 4, 1));
    assert_eq!(Picture::from_view(grey.view(), &limits).expect_err("grey").kind(), ErrorKind::Usage);
    let empty = Array3::<u8>::zeros((0, 4, 3));
    assert_eq!(Picture::from_view(empty.view(), &limits).expect_err("empty").kind(), ErrorKind::Usage);
}

/// A row of a database that counts how often it is fetched.
#[derive(Debug)]
struct Row {
    file: Vec<u8>,
    fetched: Arc<AtomicUsize>,
}

impl PictureSource for Row {
    fn open(&self, limits: &Limits) -> hemozoin::Result<Pages> {
        self.fetched.fetch_add(1, Relaxed);
        Pages::from_bytes(self.file.as_slice(), limits)
    }
}

/// Stops after so many files.
struct StopAfter {
    files: usize,
    seen: AtomicUsize,
}

impl Control for StopAfter {
    fn on(&self, event: &Event<'_>) {
        if let Event::File { .. } = event {
            self.seen.fetch_add(1, Relaxed);
        }
    }

    fn is_stopped(&self) -> bool {
        self.seen.load(Relaxed) >= self.files
    }
}

#[test]
fn a_stopped_slide_has_no_result_and_goes_on_where_it_stopped() {
    let engine = engine();
    let fetched = Arc::new(AtomicUsize::new(0));
    let slide = |fetched: &Arc<AtomicUsize>| {
        let mut slide = engine.slide(Facts::of(Film::Thick).um_per_px(um(0.2)));
        for i in 0..4 {
            let row = Row { file: png(&drawn(i)), fetched: Arc::clone(fetched) };
            slide.add(format!("{i}"), hemozoin::Content::source(row));
        }
        slide
    };
    let whole = slide(&Arc::default()).run(&Silent).expect("a record");
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let mut stopped = slide(&fetched);
    let error = one_thread
        .install(|| stopped.run(&StopAfter { files: 2, seen: AtomicUsize::new(0) }))
        .expect_err("stopped");
    assert_eq!((error.kind(), error.key()), (ErrorKind::Stopped, Some("error-stopped")));
    assert_eq!(fetched.load(Relaxed), 2);
    let record = stopped.run(&Silent).expect("a record");
    assert_eq!(fetched.load(Relaxed), 4, "nothing is read twice");
    assert_eq!(json(&record), json(&whole));
    // Stopped before anything: not even its scale is looked for.
    let fetched = Arc::new(AtomicUsize::new(0));
    let mut slide = engine.slide(Facts::of(Film::Thick));
    slide.add("1", hemozoin::Content::source(Row { file: png(&drawn(1)), fetched: Arc::clone(&fetched) }));
    let error = slide.run(&StopAfter { files: 0, seen: AtomicUsize::new(0) }).expect_err("stopped");
    assert_eq!((error.kind(), fetched.load(Relaxed)), (ErrorKind::Stopped, 0));
}

/// Drawn fields that are fit to be counted, with parasites and white cells.
fn fit_fields(fields: usize) -> Vec<RgbImage> {
    let counts = Counts { white_cells: 4, rings: 5, ..Counts::default() };
    let is_fit = |drawn: &RgbImage| {
        let picture = Picture::from_pixels(drawn.clone());
        let seen = examine(&picture, Film::Thick, Some(um(0.12))).expect("it can be read");
        seen.quality.verdict == Verdict::Fit
    };
    (1..).map(|seed| small_field(Film::Thick, counts, seed)).filter(is_fit).take(fields).collect()
}

#[test]
fn field_by_field_the_need_falls_and_the_end_is_that_of_all_at_once() {
    let engine = Engine::builder().build().expect("an engine");
    let fields = fit_fields(4);
    for facts in [Facts::of(Film::Thick).um_per_px(um(0.12)), Facts::of(Film::Thick)] {
        let is_stated = facts.um_per_px.is_some();
        let mut live = engine.slide(facts.clone());
        let mut at_once = engine.slide(facts);
        let mut needs = Vec::new();
        for (i, field) in fields.iter().enumerate().take(3) {
            live.add(format!("{i}"), png(field));
            at_once.add(format!("{i}"), png(field));
            let standing = live.look(&Silent).expect("it can be looked at");
            assert_eq!(standing.fields.len(), 1);
            assert_eq!(standing.fields[0].image, format!("{i}"));
            let thick = standing.result.thick.expect("a thick film");
            needs.push((thick.need_wbc, thick.need_fields));
        }
        if is_stated {
            let ((wbc, fields), (last_wbc, last_fields)) = (needs[0], needs[2]);
            let falls = |from: Option<u64>, to: Option<u64>| from.zip(to).is_some_and(|(from, to)| to < from);
            assert!(falls(wbc, last_wbc) || falls(fields, last_fields), "{needs:?}");
        }
        let (record, expected) =
            (live.run(&Silent).expect("a record"), at_once.run(&Silent).expect("a record"));
        assert_eq!(json(&record), json(&expected));
        // One more, and the slide is read again only where it must be.
        live.add("late", png(&fields[3]));
        at_once.add("late", png(&fields[3]));
        let (record, expected) =
            (live.run(&Silent).expect("a record"), at_once.run(&Silent).expect("a record"));
        assert_eq!(json(&record), json(&expected));
        assert_eq!(record.fields.len(), 4);
    }
}

#[test]
fn what_is_stated_of_one_picture_goes_before_what_is_stated_of_all() {
    let engine = engine();
    let mut slide = engine.slide(Facts::of(Film::Thick).um_per_px(um(0.2)));
    slide.add("a", png(&drawn(1)));
    slide.add("b", png(&drawn(2))).um_per_px(um(0.25)).page(0);
    slide.add("c", png(&drawn(3))).page(1);
    let record = slide.run(&Silent).expect("a record");
    let scales: Vec<f64> =
        record.fields.iter().map(|f| f.scale.as_ref().expect("a scale").um_per_px.get()).collect();
    assert_eq!(scales, [0.2, 0.25]);
    assert_eq!(record.unread[0].fault.key.as_deref(), Some("error-no-such-page"));
    // A film is never guessed.
    let mut slide = engine.slide(Facts::default());
    slide.add("a", png(&drawn(1))).film(Film::Thick);
    slide.add("b", png(&drawn(2)));
    for refused in [slide.look(&Silent).map(|_| ()), slide.run(&Silent).map(|_| ())] {
        let error = refused.expect_err("no film");
        assert_eq!((error.kind(), error.key()), (ErrorKind::Usage, Some("error-film-not-stated")));
        assert_eq!(error.path(), Some(std::path::Path::new("b")));
    }
    let nothing = engine.slide(Facts::of(Film::Thick)).run(&Silent).expect_err("no picture");
    assert_eq!(nothing.kind(), ErrorKind::Usage);
}

#[test]
fn the_record_keeps_the_rules_that_were_used() {
    let engine = Engine::builder().profile("benin").detector(scripted()).build().expect("an engine");
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("1.png"), png(&drawn(1))).expect("written");
    let record = analyze(&engine, dir.path(), &Facts::of(Film::Thick).um_per_px(um(0.2))).expect("a record");
    assert_eq!((&*record.settings.profile, &*record.result.patient.profile.name), ("benin", "benin"));
    assert_eq!(Engine::builder().profile("no such").build().expect_err("unknown").kind(), ErrorKind::Profile);
}

#[test]
fn a_single_picture_is_examined_at_the_scale_that_its_file_states() {
    use hemozoin::slide::Parallel;
    use tiff::encoder::{Rational, TiffEncoder, colortype};

    let pixels = drawn(1);
    let mut file = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).expect("starts");
    let mut page = encoder.new_image::<colortype::RGB8>(pixels.width(), pixels.height()).expect("a page");
    page.resolution(tiff::tags::ResolutionUnit::Centimeter, Rational { n: 50_000, d: 1 });
    page.write_data(pixels.as_raw()).expect("written");
    let picture = Picture::from_bytes(&file.into_inner(), &Limits::default()).expect("a picture");
    let seen = engine()
        .examine_picture(Film::Thick, "1.tif", 0, &picture, None, Parallel::Tiles)
        .expect("it can be examined");
    let scale = seen.field.scale.expect("a scale");
    assert_eq!((scale.um_per_px.get(), scale.basis.code()), (0.2, "file"));
}

/// A row that another program writes anew while the slide is read.
#[derive(Debug)]
struct Changing(AtomicUsize);

impl PictureSource for Changing {
    fn open(&self, limits: &Limits) -> hemozoin::Result<Pages> {
        Pages::from_bytes(png(&drawn(self.0.fetch_add(1, Relaxed) as u32)), limits)
    }
}

/// Else the scale would be that of one picture, and the count that of another.
#[test]
fn a_source_that_gives_other_bytes_is_a_picture_that_cannot_be_read() {
    let engine = engine();
    let mut slide = engine.slide(Facts::of(Film::Thick));
    slide.add("1.png", hemozoin::Content::source(Changing(AtomicUsize::new(0))));
    slide.add("2.png", png(&drawn(7)));
    let record = slide.run(&Silent).expect("a record");
    assert_eq!(record.fields.iter().map(|f| &*f.image).collect::<Vec<_>>(), ["2.png"]);
    let [unread] = &record.unread[..] else { panic!("{:?}", record.unread) };
    assert_eq!((&*unread.image, &*unread.fault.kind), ("1.png", "io"));
    assert_eq!(unread.fault.key.as_deref(), Some("error-picture-changed"));
}

/// Who photographs field by field hears of the wrong film at once, and the slide is refused at its end alone.
#[test]
fn a_field_of_the_other_film_is_named_when_it_is_looked_at() {
    let thin = |seed| {
        let counts = Counts { red_cells: 90, rings: 6, white_cells: 2, ..Counts::default() };
        let size =
            hemozoin::render::FieldSpec { width: 1000, height: 750, um_per_px: 0.12, ..Default::default() };
        hemozoin::render::render(&hemozoin::render::FieldSpec { film: Film::Thin, counts, seed, ..size })
            .expect("drawn")
            .image
    };
    let engine = engine();
    let mut slide = engine.slide(Facts::of(Film::Thick).um_per_px(um(0.12)));
    slide.add("1", thin(1));
    let standing = slide.look(&Silent).expect("it is looked at");
    let codes: Vec<&str> = standing.fields[0].quality.reasons.iter().map(|r| r.code.code()).collect();
    assert!(codes.contains(&"other_film") && !standing.fields[0].counted, "{codes:?}");
    assert_eq!(slide.run(&Silent).expect_err("the wrong film").key(), Some("error-other-film"));
}
