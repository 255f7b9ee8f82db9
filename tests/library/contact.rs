//! The contact sheet: what stands on it, in which order, at one scale, and that many crops stay light.

use std::time::Instant;

use crate::support::slides::{detection, field};
use hemozoin::intake::Limits;
use hemozoin::locale::{Catalogue, Language};
use hemozoin::measure::{MicronsPerPixel, Probability};
use hemozoin::record::{DetectionRecord, SlideRecord};
use hemozoin::render::{Counts, FieldSpec, render};
use hemozoin::report::{
    CropScale, CsvStyle, Marks, ResultFolder, ShelfKind, contact_sheet, crop_jpeg, crops, shelves,
};
use hemozoin::terms::{CellClass, Film};

fn scored(class: CellClass, score: f32, x: f64) -> DetectionRecord {
    let mut found = detection(class, [x, 40.0, 20.0, 20.0]);
    found.score = Probability::new(score).expect("a probability");
    found
}

/// A thin slide of two fields, of which the second is left out.
fn slide() -> SlideRecord {
    let case = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/report/thin_none.toml"),
    );
    let mut record =
        toml::from_str::<crate::support::slides::Case>(&case.expect("a case")).expect("sound").record();
    let mut first = field(
        640,
        480,
        vec![
            scored(CellClass::AsexualParasite, 0.97, 100.0),
            scored(CellClass::AsexualParasite, 0.72, 200.0),
            scored(CellClass::Gametocyte, 0.95, 300.0),
        ],
    );
    first
        .detections
        .extend((0..200).map(|i| scored(CellClass::RedCell, 0.6 + 0.001 * i as f32, f64::from(i))));
    first.near_misses =
        vec![scored(CellClass::AsexualParasite, 0.3, 400.0), scored(CellClass::Gametocyte, 0.6, 500.0)];
    let mut second = field(640, 480, vec![scored(CellClass::AsexualParasite, 0.8, 150.0)]);
    second.counted = false;
    "b <1>.jpg".clone_into(&mut second.image);
    record.fields = vec![first, second];
    record
}

#[test]
fn the_doubtful_come_first_and_cells_by_sample() {
    let record = slide();
    let shelves = shelves(&record);
    let of = |kind: ShelfKind| shelves.iter().find(|s| s.kind == kind).expect("a shelf");
    let scores =
        |kind: ShelfKind| -> Vec<f32> { of(kind).entries.iter().map(|e| e.detection.score.get()).collect() };
    assert_eq!(scores(ShelfKind::Parasites), [0.72, 0.97]);
    assert_eq!(scores(ShelfKind::Gametocytes), [0.95]);
    assert_eq!(scores(ShelfKind::LeftOut), [0.8]);
    assert_eq!(scores(ShelfKind::NearMisses), [0.6, 0.3]);
    let cells = of(ShelfKind::RedCells);
    assert_eq!((cells.entries.len(), cells.all), (60, 200));
    assert!(cells.entries.windows(2).all(|w| w[0].detection.score.get() <= w[1].detection.score.get()));
    assert!(!shelves.iter().any(|s| s.kind == ShelfKind::WhiteCells));
}

#[test]
fn a_sheet_says_where_each_crop_was_and_needs_nothing_else() {
    let record = slide();
    let shelves = shelves(&record);
    let crops: Vec<Vec<Option<Vec<u8>>>> =
        shelves.iter().map(|s| vec![Some(vec![1, 2]); s.entries.len()]).collect();
    for &language in Language::ALL {
        let catalogue = Catalogue::new(language);
        let page = contact_sheet(&record, &shelves, &crops, &catalogue);
        let comma = if language == Language::French { "0,72" } else { "0.72" };
        assert!(page.contains(&format!("<b>{comma}</b>")), "the score as the reader writes it");
        assert!(page.contains("x 210, y 50") && page.contains("b &lt;1&gt;.jpg") && !page.contains("<1>"));
        assert!(!page.contains("http:") && !page.contains("<script"), "nothing from outside, no script");
        assert!(!page.contains("sheet-parasites-about") && !page.contains("{ $"));
        let missing = contact_sheet(&record, &shelves, &[], &catalogue);
        assert!(missing.contains(&catalogue.say("sheet-no-picture")));
    }
}

/// Figures for the notes: how long 3,000 crops take, and how large their page is.
#[test]
fn three_thousand_crops() {
    let spec = FieldSpec {
        film: Film::Thin,
        um_per_px: 0.1,
        width: 1600,
        height: 1200,
        counts: Counts { red_cells: 150, rings: 60, ..Counts::default() },
        seed: 5,
        ..FieldSpec::default()
    };
    let drawn = render(&spec).expect("a field");
    let mut one = field(1600, 1200, Vec::new());
    one.detections = drawn
        .truth
        .iter()
        .filter(|t| t.class == CellClass::AsexualParasite && t.centre_in_view)
        .map(|t| detection(CellClass::AsexualParasite, [t.x, t.y, t.width, t.height]))
        .collect();
    let in_one = one.detections.len();
    assert!(in_one >= 50, "{in_one} parasites");
    let mut record = slide();
    record.fields = vec![one; 3000_usize.div_ceil(in_one)];
    let begun = Instant::now();
    let of_one: Vec<Option<Vec<u8>>> =
        crops(&drawn.image, &record.fields[0], &record.fields[0].detections, CropScale::SHEET)
            .expect("crops")
            .iter()
            .map(|crop| Some(crop_jpeg(crop, 80).expect("a JPEG")))
            .collect();
    let cut = begun.elapsed();
    let shelves = shelves(&record);
    assert_eq!(shelves[0].entries.len(), 3000);
    let all: Vec<Option<Vec<u8>>> = of_one.iter().cycle().take(3000).cloned().collect();
    let begun = Instant::now();
    let page = contact_sheet(&record, &shelves, &[all], &Catalogue::new(Language::French));
    eprintln!(
        "{in_one} crops cut in {cut:?}; a page of 3,000 written in {:?}, {:.1} MB",
        begun.elapsed(),
        page.len() as f64 / 1e6
    );
    if let Some(folder) = std::env::var_os("HEMOZOIN_SHEET") {
        std::fs::write(std::path::Path::new(&folder).join("contact.html"), &page).expect("written");
    }
    assert!(page.matches("<figure").count() == 3000);
}

#[test]
fn crops_of_a_picture_of_another_size_are_refused() {
    let picture = image::RgbImage::new(30, 20);
    let other = field(31, 20, vec![detection(CellClass::WhiteCell, [1.0, 1.0, 5.0, 5.0])]);
    assert!(crops(&picture, &other, &other.detections, CropScale::SHEET).is_err());
    let mut unscaled = field(30, 20, other.detections.clone());
    unscaled.scale = None;
    assert_eq!(crops(&picture, &unscaled, &unscaled.detections, CropScale::SHEET).expect("none").len(), 0);
    unscaled.scale = other.scale.clone();
    let um = MicronsPerPixel::new(10.0).expect("a scale");
    unscaled.scale.as_mut().expect("a scale").um_per_px = um;
    assert_eq!(crops(&picture, &unscaled, &unscaled.detections, CropScale::SHEET).expect("one").len(), 1);
}

/// A result's folder holds sheet and report beside the record, and they go with it when it is read again.
#[test]
fn sheet_and_report_stand_beside_the_record() {
    let dir = tempfile::tempdir().expect("a folder");
    let slide = dir.path().join("N-7");
    std::fs::create_dir(&slide).expect("made");
    let counts = Counts { red_cells: 60, rings: 4, ..Counts::default() };
    crate::support::drawn::small_field(Film::Thin, counts, 3).save(slide.join("1.png")).expect("saved");
    std::fs::write(slide.join("slide.toml"), "film = \"thin\"\num_per_px = 0.12\n").expect("written");
    std::fs::write(dir.path().join("laboratory.toml"), "name = \"CSI Madarounfa\"\n").expect("written");
    let engine = hemozoin::slide::Engine::builder().build().expect("an engine");
    let source =
        hemozoin::source::SlideSource::find(&slide, &hemozoin::record::Facts::default(), &Limits::default())
            .expect("a slide");
    let record = source.slide(&engine).run(&hemozoin::slide::Silent).expect("a record");
    let folder =
        ResultFolder { dir: slide.join("hemozoin-result"), csv: CsvStyle::Comma, marks: Marks::default() };
    let catalogue = Catalogue::new(Language::French);
    let written = folder.write(&record, &source, &Limits::default(), &catalogue).expect("written");
    assert!(written.is_whole() && written.marked == 1, "{written:?}");
    let read = |name: &str| std::fs::read(folder.dir.join(name)).expect(name);
    let (sheet, page, pdf) = (read("contact.html"), read("report.html"), read("report.pdf"));
    assert!(String::from_utf8(page).expect("text").contains("CSI Madarounfa"));
    assert!(pdf.starts_with(b"%PDF-1.7") && sheet.starts_with(b"<!DOCTYPE html>"));
    std::fs::write(dir.path().join("laboratory.toml"), "nom = \"?\"\n").expect("written");
    let again = folder.write(&record, &source, &Limits::default(), &catalogue).expect("written");
    assert_eq!(again.not_written.len(), 1, "what is wrong with laboratory.toml is told");
    assert!(!String::from_utf8(read("report.html")).expect("text").contains("Madarounfa"));
}
