//! Folders of pictures as people have them: what lies in `folder` for a row `folder` of `tests/cases/odd.csv`.

use std::path::Path;

use hemozoin::render::{Counts, FieldSpec, render};
use hemozoin::terms::Film;
use image::RgbImage;
use image::imageops::{FilterType, crop_imm, flip_horizontal, resize};

/// A field of 1000 x 750 pixels at 0.12 µm.
fn field(film: Film, seed: u64) -> RgbImage {
    let counts = match film {
        Film::Thin => Counts { red_cells: 90, rings: 6, white_cells: 2, platelets: 4, ..Counts::default() },
        Film::Thick => Counts { rings: 10, white_cells: 12, platelets: 6, ..Counts::default() },
    };
    let size = FieldSpec { film, width: 1000, height: 750, um_per_px: 0.12, ..FieldSpec::default() };
    render(&FieldSpec { counts, seed, ..size }).expect("drawn").image
}

/// Turned around its middle by some degrees, the corners filled with what is nearest.
fn turned(picture: &RgbImage, degrees: f64) -> RgbImage {
    let (width, height) = picture.dimensions();
    let (cx, cy) = (f64::from(width) / 2.0, f64::from(height) / 2.0);
    let (sin, cos) = degrees.to_radians().sin_cos();
    RgbImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (f64::from(x) - cx, f64::from(y) - cy);
        let at = |v: f64, most: u32| (v.round().max(0.0) as u32).min(most - 1);
        *picture.get_pixel(at(cx + cos * dx - sin * dy, width), at(cy + sin * dx + cos * dy, height))
    })
}

fn part(picture: &RgbImage, x: u32, y: u32, width: u32, height: u32) -> RgbImage {
    crop_imm(picture, x, y, width, height).to_image()
}

/// Makes the folder of a case; false where it is not known.
pub fn made(case: &str, film: Film, folder: &Path) -> bool {
    let other = if film == Film::Thin { Film::Thick } else { Film::Thin };
    let place = |film: Film| folder.join(film.code());
    std::fs::create_dir_all(place(film)).expect("a folder");
    let put = |name: &str, picture: &RgbImage| picture.save(place(film).join(name)).expect("saved");
    let sheet = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).expect("written");
    let [one, two, three] = [1, 2, 3].map(|seed| field(film, seed));
    put("1.png", &one);
    put("2.png", &two);
    match case {
        "as-it-should-be" => put("3.png", &three),
        "a-folder-whose-name-says-no-film" => {
            let beside = folder.join("frottis 2");
            std::fs::create_dir_all(&beside).expect("a folder");
            three.save(beside.join("3.png")).expect("saved");
        }
        "one-of-the-other-film" => put("3.png", &field(other, 7)),
        "all-of-the-other-film" => {
            put("1.png", &field(other, 1));
            put("2.png", &field(other, 2));
        }
        "the-same-files-for-both-films" => {
            std::fs::create_dir_all(place(other)).expect("a folder");
            for name in ["1.png", "2.png"] {
                std::fs::copy(place(film).join(name), place(other).join(name)).expect("copied");
            }
        }
        "a-copy-as-jpeg" => put("1-copy.jpg", &one),
        "a-copy-reduced-and-enlarged" => {
            let small = resize(&one, 700, 525, FilterType::CatmullRom);
            put("3.png", &resize(&small, 1000, 750, FilterType::CatmullRom));
        }
        "a-brighter-copy" => {
            let mut bright = one.clone();
            bright.iter_mut().for_each(|v| *v = v.saturating_add(12));
            put("3.png", &bright);
        }
        "a-mirrored-copy" => put("3.png", &flip_horizontal(&one)),
        "turned-by-4-degrees" => put("3.png", &part(&turned(&one, 4.0), 40, 40, 920, 670)),
        "a-part" => put("3.png", &part(&one, 150, 100, 700, 560)),
        "half-of-it-new" | "three-quarters-of-it-new" => {
            let shared = if case == "half-of-it-new" { 500 } else { 250 };
            let wide = {
                let size =
                    FieldSpec { film, width: 1500, height: 750, um_per_px: 0.12, ..FieldSpec::default() };
                let many =
                    Counts { red_cells: 130, rings: 20, white_cells: 14, platelets: 8, ..Counts::default() };
                render(&FieldSpec { counts: many, seed: 9, ..size }).expect("drawn").image
            };
            put("1.png", &part(&wide, 0, 0, 750 + shared / 2, 750));
            put("2.png", &part(&wide, 750 - shared / 2, 0, 750 + shared / 2, 750));
        }
        "cut-off" => {
            put("3.jpg", &three);
            let whole = std::fs::read(place(film).join("3.jpg")).expect("bytes");
            std::fs::write(place(film).join("3.jpg"), &whole[..whole.len() / 3]).expect("written");
        }
        "files-of-other-programs" => {
            for name in ["Thumbs.db", ".DS_Store", "desktop.ini", "._1.png", "notes.docx"] {
                std::fs::write(place(film).join(name), b"\0\x01nothing").expect("written");
            }
        }
        "a-sheet-as-windows-saves-it" => sheet("slide.toml.txt", b"\xef\xbb\xbfpatient_id = \"P-7\"\r\n"),
        "a-sheet-in-capitals" => sheet("Slide.TOML", b"patient_id = P-7\n"),
        "a-sheet-with-nearly-that-name" => sheet("slides.toml", b"patient_id = \"P-7\"\n"),
        "a-number-of-two-meanings" => sheet("slide.toml", b"wbc_per_ul = 6,200\n"),
        "a-number-of-one-meaning" => sheet("slide.toml", b"wbc_per_ul = 6 200,0\npatient_id = P-7\n"),
        "a-date-of-two-meanings" => sheet("slide.toml", b"read_on = 03/04/2026\n"),
        "a-name-of-many-letters" => put(&format!("{}.png", "n".repeat(240)), &three),
        _ => return false,
    }
    true
}
