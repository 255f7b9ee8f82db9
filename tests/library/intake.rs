//! Everything that a folder of pictures can hold, sound and broken; all of it is made here.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use hemozoin::intake::{Folder, Limits, Note, PassedOverReason, Picture, film_folders, list_folder};
use hemozoin::terms::Film;
use hemozoin::{Error, ErrorKind};
use image::{DynamicImage, GrayImage, ImageFormat, Luma, LumaA, Rgb, RgbImage, Rgba};

/// 16 x 8, ink-free cyan and full magenta and yellow: red. Written by another encoder.
const CMYK_JPEG: &str = "ffd8ffee000e41646f626500640000000000ffdb0043000302020302020303030304030304050805050404050a070706080c0a0c0c0b0a0b0b0d0e12100d0e110e0b0b1016101113141515150c0f171816141812141514ffc000140800080010044311004d11005911004b1100ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda000e0443004d0059004b00003f00fd53afcaaafcaaafd53a28a28affd9";
/// 8 x 6, a red frame and a green one. Written by another encoder.
const ANIMATED_WEBP: &str = "524946468800000057454250565038580a00000002000000070000050000414e494d06000000000000000000414e4d462a000000000000000000070000050000000000025650384c110000002f074001000750852257a1ff8188e87f0000414e4d462a000000000000000000070000050000000000005650384c110000002f074001000750e42a54a1ff8188e87f0000";
/// The same as APNG.
const ANIMATED_PNG: &str = "89504e470d0a1a0a0000000d4948445200000008000000060802000000716748ac000000086163544c0000000200000000f38d93700000001a6663544c00000000000000080000000600000000000000000000000100002e0864460000001449444154789c633cc1c5c5800d306115a5930400840800e8bf5c76a50000001a6663544c0000000100000008000000060000000000000000000000010000b57b8e92000000186664415400000002789c63e43ac1c5800d306115a5930400834a00e8c9988f680000000049454e44ae426082";

fn bytes_of_hex(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
    digits.chunks_exact(2).map(|p| (p[0] * 16 + p[1]) as u8).collect()
}

/// Not square, and different along both axes.
fn pattern(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([(x * 5) as u8, (y * 9) as u8, 120]))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).expect("encodes");
    out.into_inner()
}

fn file(dir: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.join(name);
    fs::write(&path, bytes).expect("writes");
    path
}

fn open(path: &Path) -> hemozoin::Result<Picture> {
    Picture::open(path, 0, &Limits::default())
}

fn refusal(path: &Path) -> Error {
    open(path).map(|p| p.size()).expect_err("must be refused")
}

fn whole(picture: &Picture) -> RgbImage {
    picture.read(0, 0, picture.size().width, picture.size().height).expect("reads")
}

#[test]
fn every_format_gives_the_same_pixels() {
    let dir = tempfile::tempdir().expect("folder");
    let truth = pattern(31, 17);
    for (format, name) in [
        (ImageFormat::Png, "a.png"),
        (ImageFormat::Bmp, "a.bmp"),
        (ImageFormat::Tiff, "a.tif"),
        (ImageFormat::WebP, "a.webp"),
    ] {
        let picture = open(&file(dir.path(), name, &encoded(&truth.clone().into(), format))).expect(name);
        assert_eq!(whole(&picture), truth, "{name}");
        assert_eq!((picture.pages(), picture.notes()), (1, &[][..]), "{name}");
    }
    let jpeg = open(&file(dir.path(), "a.jpg", &encoded(&truth.clone().into(), ImageFormat::Jpeg)));
    let jpeg = whole(&jpeg.expect("JPEG"));
    let worst = jpeg.iter().zip(truth.iter()).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(worst < Some(40), "lossy, but the same picture: {worst:?}");
}

#[test]
fn the_digest_is_that_of_the_file() {
    let dir = tempfile::tempdir().expect("folder");
    let bytes = bytes_of_hex(CMYK_JPEG);
    let digest: String = sha2_hex(&bytes);
    assert_eq!(open(&file(dir.path(), "a.jpg", &bytes)).expect("sound").sha256(), digest);
    let tiff = encoded(&pattern(9, 4).into(), ImageFormat::Tiff);
    assert_eq!(open(&file(dir.path(), "a.tif", &tiff)).expect("sound").sha256(), sha2_hex(&tiff));
}

fn sha2_hex(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn odd_pixels_become_eight_bit_rgb() {
    let dir = tempfile::tempdir().expect("folder");
    let grey = GrayImage::from_fn(9, 5, |x, _| Luma([(x * 20) as u8]));
    let deep = image::ImageBuffer::from_fn(9, 5, |_, y| Rgb([(y * 257 * 10) as u16, 65535, 0]));
    let clear = image::RgbaImage::from_fn(9, 5, |x, _| Rgba([200, 0, 0, if x < 4 { 0 } else { 255 }]));
    let veiled = image::GrayAlphaImage::from_pixel(9, 5, LumaA([0, 51]));
    type Case<'a> = (&'a str, DynamicImage, &'a [Note], [u8; 3], [u8; 3]);
    let cases: [Case<'_>; 4] = [
        ("grey", grey.into(), &[Note::Grey], [0; 3], [160; 3]),
        ("deep", DynamicImage::ImageRgb16(deep), &[Note::DeeperThanEightBits], [0, 255, 0], [40, 255, 0]),
        ("clear", clear.into(), &[Note::TransparentLeftOut], [0; 3], [200, 0, 0]),
        ("veiled", veiled.into(), &[Note::Grey, Note::OpacityIgnored], [0; 3], [0; 3]),
    ];
    for (name, picture, notes, first, last) in cases {
        for (format, ending) in [(ImageFormat::Png, "png"), (ImageFormat::Tiff, "tif")] {
            if name == "veiled" && ending == "tif" {
                continue; // the encoder writes none
            }
            let path = file(dir.path(), &format!("{name}.{ending}"), &encoded(&picture, format));
            let seen = open(&path).unwrap_or_else(|e| panic!("{e}"));
            let pixels = whole(&seen);
            assert_eq!(seen.notes(), notes, "{}", path.display());
            assert_eq!(
                (pixels.get_pixel(0, 0).0, pixels.get_pixel(8, 4).0),
                (first, last),
                "{name}.{ending}"
            );
        }
    }
}

#[test]
fn inks_become_light() {
    let dir = tempfile::tempdir().expect("folder");
    let picture = open(&file(dir.path(), "a.jpg", &bytes_of_hex(CMYK_JPEG))).expect("CMYK");
    let [r, g, b] = whole(&picture).get_pixel(5, 3).0;
    assert!(r > 245 && g < 10 && b < 10, "{r} {g} {b}");
}

#[test]
fn an_animation_is_its_first_frame() {
    let dir = tempfile::tempdir().expect("folder");
    for (name, hex) in [("a.webp", ANIMATED_WEBP), ("a.png", ANIMATED_PNG)] {
        let picture = open(&file(dir.path(), name, &bytes_of_hex(hex))).expect(name);
        assert_eq!(picture.notes(), [Note::FirstFrameOnly], "{name}");
        assert_eq!(whole(&picture).get_pixel(2, 2).0, [200, 10, 10], "{name}");
    }
}

#[test]
fn exif_turns_the_picture_once() {
    let dir = tempfile::tempdir().expect("folder");
    let stored = RgbImage::from_fn(48, 32, |x, _| Rgb([if x < 16 { 250 } else { 5 }; 3]));
    let jpeg = encoded(&stored.into(), ImageFormat::Jpeg);
    // APP1 with one entry, orientation 6: turn clockwise to see it upright.
    let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    let mut turned = jpeg[..2].to_vec();
    turned.extend([0xff, 0xe1, 0, (tiff.len() + 2) as u8]);
    turned.append(&mut tiff);
    turned.extend(&jpeg[2..]);
    let picture = open(&file(dir.path(), "a.jpg", &turned)).expect("sound");
    assert_eq!((picture.size().width, picture.size().height), (32, 48));
    assert_eq!(picture.notes(), [Note::Turned]);
    let upright = whole(&picture);
    assert!(
        upright.get_pixel(16, 4).0[0] > 200 && upright.get_pixel(16, 40).0[0] < 60,
        "left is now at the top"
    );
    assert_eq!(
        picture.read(3, 1, 7, 9).expect("inside"),
        image::imageops::crop_imm(&upright, 3, 1, 7, 9).to_image()
    );
}

#[test]
fn broken_files_are_refused_by_what_is_wrong_with_them() {
    let dir = tempfile::tempdir().expect("folder");
    let jpeg = encoded(&pattern(64, 48).into(), ImageFormat::Jpeg);
    let png = encoded(&pattern(64, 48).into(), ImageFormat::Png);
    let cases: [(&str, &[u8], ErrorKind, &str); 9] = [
        ("half.jpg", &jpeg[..jpeg.len() / 2], ErrorKind::Unreadable, "error-picture-truncated"),
        ("no-last-byte.jpg", &jpeg[..jpeg.len() - 4], ErrorKind::Unreadable, "error-picture-truncated"),
        ("start.jpg", &jpeg[..5], ErrorKind::Unreadable, "error-picture-truncated"),
        ("half.png", &png[..png.len() / 2], ErrorKind::Unreadable, "error-picture-truncated"),
        ("empty.jpg", b"", ErrorKind::Unreadable, "error-picture-empty"),
        ("text.jpg", b"patient 7, thick film, 14/09", ErrorKind::Unreadable, "error-not-a-picture"),
        ("page.html.jpg", b"<!doctype html><html>", ErrorKind::Unreadable, "error-not-a-picture"),
        (
            "phone.heic",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            ErrorKind::Unsupported,
            "error-picture-unsupported",
        ),
        ("film.gif", b"GIF89a\x01\0\x01\0", ErrorKind::Unsupported, "error-picture-unsupported"),
    ];
    for (name, bytes, kind, key) in cases {
        let path = file(dir.path(), name, bytes);
        let error = refusal(&path);
        assert_eq!((error.kind(), error.key()), (kind, Some(key)), "{error}");
        assert_eq!(error.path(), Some(path.as_path()));
    }
    let error = refusal(&dir.path().join("gone.jpg"));
    assert_eq!((error.kind(), error.key()), (ErrorKind::Io, Some("error-not-found")));
    assert_eq!(refusal(dir.path()).kind(), ErrorKind::Unreadable, "a folder");
}

/// A stretch of a file that a failing card gave back as zeros or as something else, its end in place: decoders fill in
/// grey or go on in other colours, and less film would be looked at than is said. Baseline, with restarts, progressive,
/// and progressive with restarts; what is whole is never refused.
#[test]
fn a_jpeg_with_a_lost_stretch_is_refused() {
    const LOST: usize = 512;
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/intake");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/patient-1/frottis/01.jpg");
    let dir = tempfile::tempdir().expect("folder");
    for path in [
        sample,
        seeds.join("field.restarts.jpg"),
        seeds.join("field.progressive.jpg"),
        seeds.join("field.scans.jpg"),
    ] {
        let sound = fs::read(&path).expect("a picture");
        assert!(open(&path).is_ok(), "{} is whole", path.display());
        let (mut lost, mut refused) = (0, 0);
        for at in (1024..sound.len() - LOST).step_by((sound.len() / 24).max(1)) {
            let elsewhere = sound[at / 2..at / 2 + LOST].iter().map(|b| b / 2).collect();
            for filling in [vec![0; LOST], elsewhere] {
                let mut damaged = sound.clone();
                damaged[at..at + LOST].copy_from_slice(&filling);
                lost += 1;
                match open(&file(dir.path(), "damaged.jpg", &damaged)) {
                    Ok(_) => {}
                    Err(error) => {
                        assert_eq!(error.kind(), ErrorKind::Unreadable, "{error}");
                        refused += 1;
                    }
                }
            }
        }
        assert!(lost >= 24 && refused + 1 >= lost, "{}: {refused} of {lost} refused", path.display());
    }
}

/// What cameras write that no manual asks for: zeros before the end, and the usual tables left out.
#[test]
fn a_jpeg_that_is_only_odd_is_read() {
    let dir = tempfile::tempdir().expect("folder");
    let sound = encoded(&pattern(64, 48).into(), ImageFormat::Jpeg);
    let end = sound.len() - 2;
    let padded = [&sound[..end], &[0; 29], &sound[end..]].concat();
    let mut bare = sound.clone();
    while let Some(at) = bare.windows(2).position(|w| w == [0xff, 0xc4]) {
        let length = usize::from(bare[at + 2]) << 8 | usize::from(bare[at + 3]);
        bare.drain(at..at + 2 + length);
    }
    assert!(bare.len() < sound.len());
    // A frame of a video of such pictures says so.
    let frame = [0xff, 0xe0, 0, 16, b'A', b'V', b'I', b'1', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    bare.splice(2..2, frame);
    for (name, bytes) in [("padded.jpg", &padded), ("without-tables.jpg", &bare)] {
        assert_eq!(
            whole(&open(&file(dir.path(), name, bytes)).expect(name)),
            whole(&open(&file(dir.path(), "a.jpg", &sound)).expect("sound"))
        );
    }
}

/// A sector that came twice: restarts number themselves by eight, so that the data lines up and the picture does not.
#[test]
fn a_jpeg_with_a_stretch_too_many_is_refused() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/intake");
    let sound = fs::read(seeds.join("field.restarts.jpg")).expect("a seed");
    let restarts: Vec<usize> = (0..sound.len() - 1)
        .filter(|at| sound[*at] == 0xff && (0xd0..=0xd7).contains(&sound[at + 1]))
        .collect();
    assert!(restarts.len() > 2, "{}", restarts.len());
    let dir = tempfile::tempdir().expect("folder");
    // All eight numbers once more, after the first of them.
    let stretch: Vec<u8> = (0..8u8)
        .flat_map(|n| {
            let data = &sound[restarts[0] + 2..restarts[1]];
            [data, &[0xff, 0xd0 + (n + 1) % 8]].concat()
        })
        .collect();
    let twice = [&sound[..restarts[0] + 2], &stretch, &sound[restarts[0] + 2..]].concat();
    assert_eq!(refusal(&file(dir.path(), "twice.jpg", &twice)).key(), Some("error-picture-overwritten"));
}

/// Each byte of the head and many of the rest are overwritten in turn: an answer or an error, never a panic.
#[test]
fn no_damage_brings_it_down() {
    let dir = tempfile::tempdir().expect("folder");
    for format in
        [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Tiff, ImageFormat::Bmp, ImageFormat::WebP]
    {
        let sound = encoded(&pattern(13, 7).into(), format);
        for at in (0..sound.len()).filter(|at| *at < 96 || at % 7 == 0) {
            for value in [0, 0x7f, 0xff] {
                let mut damaged = sound.clone();
                damaged[at] = value;
                if let Ok(picture) = open(&file(dir.path(), "damaged", &damaged)) {
                    assert!(picture.size().area() > 0);
                }
            }
        }
    }
}

#[test]
fn each_limit_can_be_tripped() {
    let dir = tempfile::tempdir().expect("folder");
    let path = file(dir.path(), "a.png", &encoded(&pattern(40, 20).into(), ImageFormat::Png));
    let tiff = file(dir.path(), "a.tif", &encoded(&pattern(40, 20).into(), ImageFormat::Tiff));
    let sound = Limits::default();
    let cases = [
        (&path, sound.with(|l| l.max_file_bytes = 50), "error-limit-bytes"),
        (&path, sound.with(|l| l.max_side = 39), "error-limit-side"),
        (&path, sound.with(|l| l.max_pixels_in_memory = 799), "error-limit-pixels"),
        (&tiff, sound.with(|l| l.max_pixels_in_memory = 799), "error-limit-pixels"),
        (&tiff, sound.with(|l| l.max_pixels_streamed = 799), "error-limit-pixels"),
        (&tiff, sound.with(|l| l.max_side = 39), "error-limit-side"),
        (&tiff, sound.with(|l| l.max_pages = 0), "error-limit-pages"),
    ];
    for (path, limits, key) in cases {
        let error = Picture::open(path, 0, &limits).map(|p| p.size()).expect_err(key);
        assert_eq!((error.kind(), error.key()), (ErrorKind::Limit, Some(key)), "{error}");
        assert!(error.args().iter().any(|(name, _)| *name == "limit"), "{error}");
    }
    let at_the_limit = sound.with(|l| {
        l.max_side = 40;
        l.max_pixels_in_memory = 800;
        l.max_pages = 1;
    });
    assert!(Picture::open(&path, 0, &at_the_limit).is_ok() && Picture::open(&tiff, 0, &at_the_limit).is_ok());
    let error = list_folder(dir.path(), &sound.with(|l| l.max_entries = 1)).expect_err("two files");
    assert_eq!(error.key(), Some("error-limit-entries"));
}

#[test]
fn a_header_of_60000_by_60000_is_refused_before_anything_is_allocated() {
    let dir = tempfile::tempdir().expect("folder");
    let mut png = encoded(&pattern(4, 4).into(), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let crc = png_crc(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    let error = refusal(&file(dir.path(), "huge.png", &png));
    assert_eq!((error.kind(), error.key()), (ErrorKind::Limit, Some("error-limit-pixels")), "{error}");
    let mut bmp = encoded(&pattern(4, 4).into(), ImageFormat::Bmp);
    bmp[18..22].copy_from_slice(&60_000_u32.to_le_bytes());
    bmp[22..26].copy_from_slice(&60_000_u32.to_le_bytes());
    let error = refusal(&file(dir.path(), "huge.bmp", &bmp));
    assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
}

/// CRC-32 as in PNG, annex D.
fn png_crc(bytes: &[u8]) -> u32 {
    let step = |c: u32, b: &u8| (0..8).fold(c ^ u32::from(*b), |c, _| (c >> 1) ^ ((c & 1) * 0xedb8_8320));
    !bytes.iter().fold(u32::MAX, step)
}

#[test]
fn one_pixel_is_a_picture() {
    let dir = tempfile::tempdir().expect("folder");
    let path = file(dir.path(), "dot.png", &encoded(&pattern(1, 1).into(), ImageFormat::Png));
    let picture = open(&path).expect("sound");
    assert_eq!(picture.overview(1000).expect("reads").dimensions(), (1, 1));
    assert_eq!(picture.read(0, 0, 2, 1).expect_err("outside").kind(), ErrorKind::Internal);
    assert_eq!(
        Picture::open(&path, 1, &Limits::default()).expect_err("one page").key(),
        Some("error-no-such-page")
    );
}

#[test]
fn a_folder_is_read_as_a_person_would() {
    let dir = tempfile::tempdir().expect("folder");
    let picture = encoded(&pattern(4, 4).into(), ImageFormat::Png);
    let sound =
        ["field 10.png", "field 2.png", "Field 1.JPG", "hemozoin-1.png", "wrong-ending.txt", "no ending"];
    for name in sound {
        file(dir.path(), name, &picture);
    }
    for name in [".hidden.png", "notes.txt", "slide.toml", "broken.jpg"] {
        file(dir.path(), name, b"words");
    }
    file(dir.path(), "phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic");
    fs::create_dir_all(dir.path().join("hemozoin-result-2")).expect("folder");
    fs::create_dir_all(dir.path().join("thick")).expect("folder");
    let listing = list_folder(dir.path(), &Limits::default()).expect("pictures");
    let name = |p: &PathBuf| p.file_name().expect("named").to_string_lossy().into_owned();
    let names: Vec<String> = listing.pictures.iter().map(name).collect();
    let expected = [
        "broken.jpg",
        "Field 1.JPG",
        "field 2.png",
        "field 10.png",
        "hemozoin-1.png",
        "no ending",
        "phone.heic",
        "wrong-ending.txt",
    ];
    assert_eq!(names, expected);
    let passed: Vec<_> = listing.passed_over.iter().map(|p| (name(&p.path), p.reason)).collect();
    let expected = [
        (".hidden.png", PassedOverReason::Hidden),
        ("notes.txt", PassedOverReason::Foreign),
        ("thick", PassedOverReason::Folder),
    ];
    assert_eq!(passed, expected.map(|(n, r)| (n.to_owned(), r)));
}

#[test]
fn nothing_found_says_where_and_what() {
    let dir = tempfile::tempdir().expect("folder");
    file(dir.path(), "notes.txt", b"words");
    let error = list_folder(dir.path(), &Limits::default()).expect_err("no picture");
    assert_eq!((error.kind(), error.key()), (ErrorKind::Usage, Some("error-no-pictures")));
    assert!(
        error.to_string().contains(&*dir.path().to_string_lossy()) && error.message().contains("JPEG"),
        "{error}"
    );
    let gone = list_folder(dir.path().join("gone"), &Limits::default()).expect_err("no folder");
    assert_eq!(gone.key(), Some("error-not-found"));
    let not_one = list_folder(dir.path().join("notes.txt"), &Limits::default()).expect_err("a file");
    assert_eq!(not_one.key(), Some("error-not-a-folder"));
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text() {
    use std::os::unix::ffi::OsStringExt;
    let dir = tempfile::tempdir().expect("folder");
    let name = std::ffi::OsString::from_vec(b"champ \xe9\xff.png".to_vec());
    fs::write(dir.path().join(name), encoded(&pattern(4, 3).into(), ImageFormat::Png)).expect("writes");
    let listing = list_folder(dir.path(), &Limits::default()).expect("one picture");
    assert_eq!(open(&listing.pictures[0]).expect("opens").size().width, 4);
}

/// The superuser may read everything, so there this can only see that nothing panics.
#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().expect("folder");
    let path = file(dir.path(), "a.png", &encoded(&pattern(4, 3).into(), ImageFormat::Png));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("changes");
    assert_eq!(
        list_folder(dir.path(), &Limits::default()).expect("listed").pictures,
        std::slice::from_ref(&path)
    );
    if fs::File::open(&path).is_err() {
        let error = refusal(&path);
        assert_eq!((error.kind(), error.key()), (ErrorKind::Io, Some("error-permission")), "{error}");
    }
}

#[test]
fn films_are_told_by_folder_names_only() {
    let dir = tempfile::tempdir().expect("folder");
    let patient = dir.path().join("patient 7");
    for name in ["Frottis-Mince", "goutte_\u{e9}paisse", "other"] {
        fs::create_dir_all(patient.join(name)).expect("folder");
    }
    file(&patient, "thin", b"a file named like a film");
    let films = |dir: &Path| {
        film_folders(&Folder::open(dir, &Limits::default()).expect("opened")).expect("looked at")
    };
    let found = films(&patient);
    let expected =
        [(Film::Thick, patient.join("goutte_\u{e9}paisse")), (Film::Thin, patient.join("Frottis-Mince"))];
    assert_eq!(found, expected);
    let itself = patient.join("Frottis-Mince");
    assert_eq!(films(&itself), [(Film::Thin, itself.clone())]);
    assert_eq!(films(&patient.join("other")), []);
}
