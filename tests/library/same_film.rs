//! What two pictures of a slide both show is counted once.

use hemozoin::render::{Counts, FieldSpec, render};
use hemozoin::{Engine, Facts, Film, MicronsPerPixel, Picture, Silent, SlideRecord};
use image::RgbImage;
use image::imageops::crop_imm;

fn strip(film: Film) -> RgbImage {
    let counts = match film {
        Film::Thin => Counts { red_cells: 300, rings: 30, white_cells: 3, platelets: 8, ..Counts::default() },
        Film::Thick => Counts { rings: 50, white_cells: 30, platelets: 20, ..Counts::default() },
    };
    let spec = FieldSpec {
        film,
        width: 2000,
        height: 900,
        um_per_px: 0.12,
        counts,
        seed: 5,
        ..FieldSpec::default()
    };
    render(&spec).expect("a sound specification").image
}

fn read(film: Film, pictures: &[RgbImage]) -> SlideRecord {
    let engine = Engine::builder().build().expect("an engine");
    let scale = MicronsPerPixel::new(0.12).expect("a scale");
    let mut slide = engine.slide(Facts::of(film).um_per_px(scale));
    for (i, pixels) in pictures.iter().enumerate() {
        slide.add(format!("{}.png", i + 1), Picture::from_pixels(pixels.clone()));
    }
    slide.run(&Silent).expect("a record")
}

#[test]
fn cells_of_two_fields_that_overlap_count_once() {
    for film in [Film::Thin, Film::Thick] {
        let whole = strip(film);
        let (left, right) =
            (crop_imm(&whole, 0, 0, 1100, 900).to_image(), crop_imm(&whole, 900, 0, 1100, 900).to_image());
        let both = read(film, &[left.clone(), right.clone()]);
        let [first, second] = &both.fields[..] else { panic!("two fields") };
        assert!(first.counted && second.counted, "{film:?}");
        assert_eq!(first.shared, [], "{film:?}");
        let [shared] = &second.shared[..] else { panic!("{film:?}: {:?}", second.shared) };
        assert!((shared.share - 200.0 / 1100.0).abs() < 0.03 && shared.image == "1.png", "{shared:?}");
        let cells =
            |record: &SlideRecord| -> u64 { record.fields.iter().map(|f| f.detections.len() as u64).sum() };
        let alone = cells(&read(film, &[left])) + cells(&read(film, &[right]));
        assert!(shared.seen_in_both > 3, "{shared:?}");
        assert_eq!(cells(&both) + shared.seen_in_both, alone);
        // No cell of the one lies on one of its kind in the other.
        let twice = second.detections.iter().filter(|d| {
            first.detections.iter().any(|e| {
                let apart = (d.x + d.width / 2.0 + 900.0 - e.x - e.width / 2.0)
                    .hypot(d.y + d.height / 2.0 - e.y - e.height / 2.0);
                d.class == e.class && apart < 8.0
            })
        });
        assert_eq!(twice.count(), 0, "{film:?}");
    }
}

/// Somebody pointed at what he saw, and sent both: what his pen covers is not lost, and nothing counts twice.
#[test]
fn of_a_clean_picture_and_one_that_is_drawn_on_the_clean_one_counts() {
    for film in [Film::Thin, Film::Thick] {
        let clean = crop_imm(&strip(film), 0, 0, 1100, 900).to_image();
        let drawn = crate::support::marks::marked(&clean, |pen| {
            pen.ring((0.45, 0.45), (60.0, 50.0), 7.0, [30, 200, 40], 1.0);
            pen.text((0.06, 0.08), 30.0, "PARASITE", [0, 0, 0]);
        });
        let alone = read(film, std::slice::from_ref(&clean));
        for (pictures, kept) in [([clean.clone(), drawn.clone()], 0), ([drawn, clean], 1)] {
            let record = read(film, &pictures);
            let counted: Vec<bool> = record.fields.iter().map(|f| f.counted).collect();
            assert_eq!(counted, [kept == 0, kept == 1], "{film:?}");
            assert!(!record.fields[1 - kept].marks.is_empty(), "{film:?}: the pen was seen");
            assert_eq!(record.fields[kept].tally, alone.fields[0].tally, "{film:?}");
        }
    }
}

#[test]
fn what_a_repeat_shows_and_was_counted_is_not_lost() {
    for film in [Film::Thin, Film::Thick] {
        let whole = crop_imm(&strip(film), 0, 0, 1100, 900).to_image();
        let part = crop_imm(&whole, 200, 150, 700, 600).to_image();
        let record = read(film, &[whole, part]);
        assert_eq!(record.fields[1].repeat_of.as_deref(), Some("1.png"), "{film:?}");
        assert!(record.fields[1].tally.asexual_parasites > 0, "{film:?}");
        let tally = match film {
            Film::Thin => record.tally.thin,
            Film::Thick => record.tally.thick,
        };
        let tally = tally.expect("a film");
        assert!(tally.counted.asexual_parasites > 0 && tally.rejected.asexual_parasites == 0, "{tally:?}");
    }
}
