//! What people read: golden texts of whole records, tables read back, marks where they belong.

use crate::support::golden::{self, cases, record};
use crate::support::slides::{detection, field};
use hemozoin::intake::Picture;
use hemozoin::locale::{Catalogue, Language};
use hemozoin::record::ViewRecord;
use hemozoin::report::{
    CsvStyle, Marks, chosen_fields, detections_csv, fields_csv, marked, marked_jpeg, marked_names, text,
};
use hemozoin::terms::CellClass;
use image::{Rgb, RgbImage};

/// `BLESS=1` writes the texts anew and still fails.
#[test]
fn texts_are_the_golden_ones() {
    golden::hold("txt", |record, language| text(record, &Catalogue::new(language)));
}

#[test]
fn texts_are_whole_sentences_in_print() {
    for case in cases() {
        for &language in Language::ALL {
            let said = text(&record(&case), &Catalogue::new(language));
            for line in said.lines() {
                let place = format!("{} {language:?}: {line}", case.display());
                assert!(line.chars().count() <= 100, "{place}");
                let key = ["report-", "state-", "outcome-", "advice-", "flag-", "quality-", "unread-", "{"];
                assert!(key.iter().all(|k| !line.contains(k)), "a key instead of words: {place}");
                if language == Language::French {
                    let loose = [" ;", " :", " !", " ?", " %"].iter().any(|s| line.contains(s));
                    assert!(!loose, "a space that may break: {place}");
                }
            }
        }
    }
}

#[test]
fn urgent_counts_are_said_first() {
    let severe = record(&cases().into_iter().find(|c| c.ends_with("thin_severe.toml")).expect("the case"));
    for (language, word) in [(Language::English, "URGENT"), (Language::French, "URGENT")] {
        let said = text(&severe, &Catalogue::new(language));
        let urgent = said.find(word).expect("the urgent note");
        assert!(said[urgent..].contains('%'), "the note stands before the numbers");
    }
}

#[test]
fn tables_read_back_as_they_were() {
    let mut slide = record(&cases()[0]);
    slide.fields[0].image = "a;b,\"c\"\né.jpg".to_owned();
    slide.fields[0].detections = vec![detection(CellClass::AsexualParasite, [10.5, 3.0, 7.2, 8.0])];
    for (style, delimiter, decimal) in [(CsvStyle::Comma, b',', "."), (CsvStyle::Semicolon, b';', ",")] {
        let read = |bytes: Vec<u8>| -> Vec<std::collections::BTreeMap<String, String>> {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let bare = text.trim_start_matches('\u{feff}').to_owned();
            assert_eq!(
                bare.len() == text.len(),
                style == CsvStyle::Comma,
                "the mark stands where it is wanted"
            );
            let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bare.as_bytes());
            reader.deserialize().map(|row| row.expect("a row")).collect()
        };
        let fields = read(fields_csv(&slide, style).expect("a table"));
        assert_eq!(fields.len(), slide.fields.len() + slide.unread.len());
        assert!(fields.iter().all(|row| row["slide"] == slide.slide.id), "{fields:?}");
        for (row, field) in fields.iter().zip(&slide.fields) {
            assert_eq!(row["image"], field.image);
            assert_eq!(row["white_cells"], field.tally.white_cells.to_string());
            assert_eq!(row["counted"], field.counted.to_string());
            let scale = field.scale.as_ref().map(|s| s.um_per_px.get());
            assert_eq!(row["um_per_px"].replace(',', ".").parse().ok(), scale);
        }
        let detections = read(detections_csv(&slide, style).expect("a table"));
        assert_eq!(detections.len(), 1);
        assert_eq!(detections[0]["x"], format!("10{decimal}5"));
        assert_eq!(detections[0]["score"], format!("0{decimal}93"));
        assert_eq!(detections[0]["stage"], "ring");
        assert_eq!(detections[0]["infected"], "");
    }
}

const VERMILLION: Rgb<u8> = Rgb([213, 94, 0]);
const ORANGE: Rgb<u8> = Rgb([230, 159, 0]);

/// Smallest box around the pixels of a colour above the legend: left, top, right, bottom.
fn extent(page: &RgbImage, colour: Rgb<u8>, bottom: u32) -> Option<[f64; 4]> {
    let mut extent: Option<[f64; 4]> = None;
    for (x, y, pixel) in page.enumerate_pixels().filter(|(_, y, _)| *y < bottom) {
        if *pixel == colour {
            let (x, y) = (f64::from(x), f64::from(y));
            let [l, t, r, b] = extent.unwrap_or([x, y, x + 1.0, y + 1.0]);
            extent = Some([l.min(x), t.min(y), r.max(x + 1.0), b.max(y + 1.0)]);
        }
    }
    extent
}

/// Neither square nor its own mirror image, shown enlarged, as it is, and reduced.
#[test]
fn marks_stand_where_things_are() {
    for (width, height, shown) in [(300, 200, 4.0), (1600, 700, 1.0), (4000, 1000, 0.4)] {
        let (w, h) = (f64::from(width), f64::from(height));
        let [x, y, dx, dy] = [w * 0.7, h * 0.2, w * 0.02, h * 0.05];
        let picture = Picture::from_pixels(RgbImage::from_pixel(width, height, Rgb([225, 210, 220])));
        let thing = field(width, height, vec![detection(CellClass::AsexualParasite, [x, y, dx, dy])]);
        let page = marked(&picture, &thing, &Catalogue::new(Language::French)).expect("a page");
        let film_height = (h * shown) as u32;
        let top = film_top(&page, film_height);
        let [left, upper, right, lower] =
            extent(&page, VERMILLION, top + film_height).expect("a mark on the film");
        let (cx, cy) = ((left + right) / 2.0, (upper + lower) / 2.0 - f64::from(top));
        assert!((cx - (x + dx / 2.0) * shown).abs() <= 1.0, "{width}: across {cx}");
        assert!((cy - (y + dy / 2.0) * shown).abs() <= 1.0, "{width}: down {cy}");
        assert!(right - left > dx * shown && lower - upper > dy * shown, "the mark goes around the thing");
        assert!(right - left < dx * shown * 2.0 + 40.0, "the mark stays near the thing");
    }
}

/// First line of the film, which is pale where title and legend are dark.
fn film_top(page: &RgbImage, film_height: u32) -> u32 {
    let middle = page.width() / 2;
    let top = (0..page.height())
        .find(|y| (0..page.width()).all(|x| page.get_pixel(x, *y).0[0] > 180))
        .unwrap_or_else(|| panic!("no film on the page; middle {:?}", page.get_pixel(middle, 0)));
    assert!(top + film_height < page.height(), "the legend stands below");
    top
}

#[test]
fn infected_cells_stand_out_and_others_are_thin() {
    let picture = Picture::from_pixels(RgbImage::from_pixel(1600, 700, Rgb([225, 210, 220])));
    let mut infected = detection(CellClass::RedCell, [300.0, 200.0, 80.0, 70.0]);
    infected.infected = Some(true);
    let plain = detection(CellClass::RedCell, [900.0, 300.0, 80.0, 70.0]);
    let page = marked(&picture, &field(1600, 700, vec![plain, infected]), &Catalogue::new(Language::English))
        .expect("a page");
    let top = film_top(&page, 700);
    let count =
        |colour: Rgb<u8>| page.enumerate_pixels().filter(|(_, y, p)| *y < top + 700 && **p == colour).count();
    assert!(count(ORANGE) > count(Rgb([86, 180, 233])), "an infected cell is drawn more strongly");
    assert!(count(Rgb([86, 180, 233])) > 50, "an uninfected cell is drawn too");
}

#[test]
fn a_field_left_out_says_so_in_colour_and_words() {
    let picture = Picture::from_pixels(RgbImage::from_pixel(800, 600, Rgb([225, 210, 220])));
    let mut left_out = field(800, 600, Vec::new());
    left_out.counted = false;
    left_out.scale = None;
    left_out.view = ViewRecord::Disc { x: 400.0, y: 300.0, radius: 900.0 };
    let page = marked(&picture, &left_out, &Catalogue::new(Language::French)).expect("a page");
    assert_eq!(*page.get_pixel(1, 1), VERMILLION);
    let other_size = field(801, 600, Vec::new());
    assert!(marked(&picture, &other_size, &Catalogue::new(Language::French)).is_err());
}

#[test]
fn any_size_and_any_box_can_be_drawn() {
    let boxes = [[0.0, 0.0, 0.1, 0.1], [-50.0, -50.0, 1e6, 1e6], [1e9, 1e9, 5.0, 5.0]];
    let all: Vec<_> = CellClass::ALL.iter().flat_map(|c| boxes.map(|b| detection(*c, b))).collect();
    for (width, height) in [(1, 1), (1, 3000), (2500, 1)] {
        let picture = Picture::from_pixels(RgbImage::new(width, height));
        let jpeg =
            marked_jpeg(&picture, &field(width, height, all.clone()), &Catalogue::new(Language::French))
                .expect("a page");
        assert!(image::load_from_memory(&jpeg).is_ok());
    }
}

#[test]
fn names_of_marked_pictures_never_meet() {
    let mut slide = record(&cases()[0]);
    let names = ["a.jpg", "A.png", "a.JPG", "x/a.jpg", "x-a.jpg", "q?.jpg", ".jpg", "a"];
    slide.fields.truncate(names.len());
    for (field, name) in slide.fields.iter_mut().zip(names) {
        field.image = name.to_owned();
    }
    let given = marked_names(&slide);
    let distinct: std::collections::HashSet<String> = given.iter().map(|n| n.to_lowercase()).collect();
    assert_eq!(distinct.len(), names.len(), "{given:?}");
    assert_eq!((given[0].as_str(), given[1].as_str()), ("a.jpg", "A.png.jpg"));
    assert!(given.iter().all(|n| !n.contains(['/', '?']) && n.ends_with(".jpg")), "{given:?}");
}

#[test]
fn a_reader_sees_the_richest_fields_and_those_left_out() {
    let of = |case: &str| record(&cases().into_iter().find(|c| c.ends_with(case)).expect("the case"));
    let positive = of("both_films.toml");
    let chosen = chosen_fields(&positive, Marks::Found);
    assert_eq!(chosen.len(), 20);
    assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]), "acquisition order: {chosen:?}");
    assert_eq!(chosen[..3], [0, 1, 2], "the richest are among them");
    let provisional = of("thick_provisional.toml");
    assert_eq!(chosen_fields(&provisional, Marks::Found).len(), 20);
    assert!(chosen_fields(&provisional, Marks::Found).contains(&21), "a field left out");
    assert_eq!(chosen_fields(&of("thick_none_seen.toml"), Marks::Found), [0, 1, 2]);
    assert_eq!(chosen_fields(&positive, Marks::All).len(), positive.fields.len());
    assert!(chosen_fields(&positive, Marks::None).is_empty());
    for case in [&positive, &provisional, &of("thick_none_seen.toml"), &of("thick_unreadable.toml")] {
        let (few, found) = (chosen_fields(case, Marks::Few), chosen_fields(case, Marks::Found));
        assert!(
            !few.is_empty() && few.len() <= 3 && few.iter().all(|field| found.contains(field)),
            "{few:?}"
        );
        assert!(few.iter().filter(|field| !case.fields[**field].counted).count() <= 1, "{few:?}");
    }
}
