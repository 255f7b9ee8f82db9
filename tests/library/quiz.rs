//! The training corner: a class of known skill, its file, its sheets, and what is drawn for it.

use hemozoin::locale::{Catalogue, Language};
use hemozoin::quiz::{
    Course, CropPicture, Question, Read, Score, SlidePictures, Truth, What, drawn_objects, questions,
    result_sheet,
};
use hemozoin::render::render;
use hemozoin::report::Laboratory;
use hemozoin::standard::Profile;

use crate::quiz_class::{MARKS, tables, write_class};

/// Both documents hold the table as the command prints it: `cargo run --release --example quiz_class -- --docs`.
#[test]
fn the_documents_show_the_class_as_it_is() {
    let documents = [include_str!("../../docs/quiz.md"), include_str!("../../docs/exercices.md")];
    for (text, table) in documents.into_iter().zip(tables().expect("simulated")) {
        let (_, rest) = text.split_once(MARKS.0).expect("a place for the table");
        let (shown, _) = rest.split_once(MARKS.1).expect("its end");
        assert_eq!(shown, table);
    }
}

#[test]
fn a_class_of_twenty_is_read_back_from_its_file() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("class.jsonl");
    write_class(&path).expect("written");
    let read = Read::of(&[&path]).expect("read");
    assert_eq!((read.sittings.len(), read.refused.len()), (20, 0));
    let profile = Profile::standard().expect("sound");
    let levels: Vec<u8> = read
        .sittings
        .iter()
        .map(|sitting| Score::of(sitting, &profile).level.expect("complete").get())
        .collect();
    // Who sees nearly all is an expert, who sees little and invents much is below all bands.
    assert_eq!((levels[0], levels[17], levels[19]), (1, 4, 4));
    let sitting = &read.sittings[17];
    for &language in Language::ALL {
        let words = Catalogue::new(language);
        let sheet = result_sheet(sitting, &Laboratory::default(), &profile, &words);
        let (html, pdf) = (sheet.html(), sheet.pdf().expect("set"));
        assert!(html.contains("Trainee 18") && html.contains(&words.say("quiz-sheet-status")), "{html}");
        assert!(!html.contains("quiz-"), "a message without words: {html}");
        assert!(pdf.starts_with(b"%PDF-1.7"));
    }
}

/// What is asked lies in the drawing, on both films and for every stain and camera.
#[test]
fn every_thing_that_is_asked_is_drawn() {
    let profile = Profile::standard().expect("sound");
    let text =
        "name = \"x\"\n[[crops]]\nnumber = 12\nfilm = \"thick\"\n[[crops]]\nnumber = 12\nfilm = \"thin\"";
    let course = Course::parse(text).expect("sound");
    let mut seen = Vec::new();
    for question in questions(&course, 3, None, &profile).expect("drawn") {
        let Question::Crop(crop) = question else { panic!("only crops are asked") };
        let CropPicture::Drawn(spec) = &crop.picture else { panic!("drawn") };
        let objects = drawn_objects(&render(spec).expect("drawn").truth);
        assert!(objects.iter().any(|object| object.thing == Some(crop.thing)), "{crop:?}");
        seen.push(crop.thing);
    }
    assert!(What::ALL.iter().filter(|t| **t != What::Nothing).all(|thing| seen.contains(thing)));
}

/// The truth of a slide, known before anything is drawn, is what is drawn then.
#[test]
fn the_truth_of_a_slide_is_what_is_drawn() {
    let profile = Profile::standard().expect("sound");
    let text = "name = \"x\"\n[[slides]]\nnumber = 3\nfields = 2\nask = \"both\"\nparasites_per_ul = 9000\ngametocytes_per_ul = 500";
    for question in questions(&Course::parse(text).expect("sound"), 5, None, &profile).expect("drawn") {
        let Question::Slide(slide) = question else { panic!("only slides are asked") };
        let (Truth::Slide { fields, .. }, SlidePictures::Drawn(specs)) = (&slide.truth, &slide.pictures)
        else {
            panic!("a drawn slide")
        };
        for (truth, spec) in fields.iter().zip(specs) {
            let objects = drawn_objects(&render(spec).expect("drawn").truth);
            let of = |wanted: fn(What) -> bool| {
                objects.iter().filter(|o| o.thing.is_some_and(wanted)).count() as u32
            };
            let asexual = of(|t| t.is_parasite() && t != What::Gametocyte);
            let counted = (asexual, of(|t| t == What::Gametocyte), of(|t| t == What::WhiteCell));
            assert_eq!(counted, (truth.asexual, truth.gametocytes, truth.white_cells));
        }
    }
}
