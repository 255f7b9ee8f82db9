//! TIFF as microscopes write it: strips, tiles, BigTIFF, pages, planes; held and read region by region.

use std::fs::File;
use std::path::{Path, PathBuf};

use hemozoin::ErrorKind;
use hemozoin::intake::{DeclaredBy, Limits, Note, Picture};
use image::{Rgb, RgbImage};
use tiff::encoder::{DirectoryEncoder, Rational, TiffEncoder, TiffKind, colortype};
use tiff::tags::Tag;

fn pattern(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([(x * 3) as u8, (y * 7) as u8, (x / 5 + y) as u8]))
}

/// A limit that makes every picture stream.
fn streaming() -> Limits {
    Limits::default().with(|l| l.stream_above_pixels = 1)
}

struct Shape {
    tile: Option<(u32, u32)>,
    rows_per_strip: u32,
    orientation: u16,
    planar: bool,
}

const STRIPS: Shape = Shape { tile: None, rows_per_strip: 7, orientation: 1, planar: false };

/// Writes one page by hand, tag by tag (TIFF 6.0 sections 8 and 15).
fn write_page<K: TiffKind>(
    page: &mut DirectoryEncoder<'_, File, K>,
    pixels: &RgbImage,
    shape: &Shape,
) -> tiff::TiffResult<()> {
    let (width, height) = pixels.dimensions();
    let (across, down) = shape.tile.unwrap_or((width, shape.rows_per_strip));
    let planes: &[&[usize]] = if shape.planar { &[&[0], &[1], &[2]] } else { &[&[0, 1, 2]] };
    let (mut offsets, mut lengths) = (Vec::new(), Vec::new());
    for plane in planes {
        for y0 in (0..height).step_by(down as usize) {
            for x0 in (0..width).step_by(across as usize) {
                // Tiles are padded, strips are not.
                let y1 = if shape.tile.is_some() { y0 + down } else { (y0 + down).min(height) };
                let mut bytes = Vec::new();
                for y in y0..y1 {
                    for x in x0..x0 + across {
                        let p = pixels.get_pixel_checked(x, y).map_or([0; 3], |p| p.0);
                        bytes.extend(plane.iter().map(|c| p[*c]));
                    }
                }
                lengths.push(bytes.len() as u64);
                offsets.push(page.write_data(&bytes[..])?);
            }
        }
    }
    page.write_tag(Tag::ImageWidth, width)?;
    page.write_tag(Tag::ImageLength, height)?;
    page.write_tag(Tag::BitsPerSample, &[8_u16, 8, 8][..])?;
    page.write_tag(Tag::SamplesPerPixel, 3_u16)?;
    page.write_tag(Tag::PhotometricInterpretation, 2_u16)?;
    page.write_tag(Tag::Compression, 1_u16)?;
    page.write_tag(Tag::Orientation, shape.orientation)?;
    page.write_tag(Tag::PlanarConfiguration, if shape.planar { 2_u16 } else { 1 })?;
    let narrow = |v: &[u64]| v.iter().map(|o| *o as u32).collect::<Vec<u32>>();
    match shape.tile {
        Some((w, h)) => {
            page.write_tag(Tag::TileWidth, w)?;
            page.write_tag(Tag::TileLength, h)?;
            page.write_tag(Tag::TileOffsets, &offsets[..])?;
            page.write_tag(Tag::TileByteCounts, &narrow(&lengths)[..])?;
        }
        None => {
            page.write_tag(Tag::RowsPerStrip, shape.rows_per_strip)?;
            page.write_tag(Tag::StripOffsets, &offsets[..])?;
            page.write_tag(Tag::StripByteCounts, &narrow(&lengths)[..])?;
        }
    }
    Ok(())
}

fn big_tiff(path: &Path, pixels: &RgbImage, shape: &Shape) -> PathBuf {
    let mut encoder = TiffEncoder::new_big(File::create(path).expect("creates")).expect("starts");
    let mut page = encoder.image_directory().expect("page");
    write_page(&mut page, pixels, shape).expect("writes");
    page.finish().expect("finishes");
    path.to_path_buf()
}

#[test]
fn strips_and_tiles_stream_the_same_pixels() {
    let dir = tempfile::tempdir().expect("folder");
    let truth = pattern(150, 83);
    for (name, shape) in [
        ("strips", STRIPS),
        ("tiles", Shape { tile: Some((64, 32)), ..STRIPS }),
        ("planes", Shape { planar: true, ..STRIPS }),
        ("tiled planes", Shape { tile: Some((32, 48)), planar: true, ..STRIPS }),
    ] {
        let path = big_tiff(&dir.path().join(name), &truth, &shape);
        let held = Picture::open(&path, 0, &Limits::default()).unwrap_or_else(|e| panic!("{e}"));
        let streamed = Picture::open(&path, 0, &streaming()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!((held.notes(), streamed.notes()), (&[][..], &[Note::Streamed][..]), "{name}");
        assert_eq!(held.sha256(), streamed.sha256());
        for (x, y, w, h) in [(0, 0, 150, 83), (63, 31, 2, 2), (149, 82, 1, 1), (5, 6, 70, 40)] {
            let expected = image::imageops::crop_imm(&truth, x, y, w, h).to_image();
            assert_eq!(streamed.read(x, y, w, h).expect("reads"), expected, "{name} at {x},{y}");
            assert_eq!(held.read(x, y, w, h).expect("reads"), expected, "{name} at {x},{y}");
        }
        for side in [1, 40, 500] {
            assert_eq!(
                held.overview(side).expect("reads"),
                streamed.overview(side).expect("reads"),
                "{name}"
            );
        }
    }
}

#[test]
fn a_turned_tiff_is_turned_in_every_region() {
    let dir = tempfile::tempdir().expect("folder");
    for orientation in 2..=8 {
        let shape = Shape { tile: Some((16, 32)), orientation, ..STRIPS };
        let path = big_tiff(&dir.path().join("a.tif"), &pattern(50, 34), &shape);
        let held = Picture::open(&path, 0, &Limits::default()).expect("sound");
        let streamed = Picture::open(&path, 0, &streaming()).expect("sound");
        assert_eq!(held.size(), streamed.size());
        let (width, height) = (held.size().width, held.size().height);
        assert_eq!(width < height, orientation >= 5, "orientation {orientation}");
        for (x, y, w, h) in [(0, 0, width, height), (3, 5, 20, 11)] {
            assert_eq!(held.read(x, y, w, h).expect("reads"), streamed.read(x, y, w, h).expect("reads"));
        }
        assert_eq!(
            held.overview(20).expect("reads").dimensions(),
            streamed.overview(20).expect("reads").dimensions()
        );
    }
}

#[test]
fn each_page_is_a_field_and_reduced_copies_are_none() {
    let dir = tempfile::tempdir().expect("folder");
    let path = dir.path().join("pages.tif");
    let mut encoder = TiffEncoder::new(File::create(&path).expect("creates")).expect("starts");
    for (i, reduced) in [false, true, false].into_iter().enumerate() {
        let (width, height) = (20 + i as u32, 10);
        let mut page = encoder.new_image::<colortype::RGB8>(width, height).expect("page");
        page.encoder().write_tag(Tag::NewSubfileType, u32::from(reduced)).expect("tag");
        page.write_data(pattern(width, height).as_raw()).expect("writes");
    }
    drop(encoder);
    let open = |page| Picture::open(&path, page, &Limits::default());
    let (first, second) = (open(0).expect("page 1"), open(1).expect("page 2"));
    assert_eq!((first.pages(), first.size().width, second.size().width), (2, 20, 22));
    let error = open(2).expect_err("no third field");
    assert_eq!((error.kind(), error.key()), (ErrorKind::Usage, Some("error-no-such-page")));
    let error = Picture::open(&path, 0, &Limits::default().with(|l| l.max_pages = 1)).expect_err("limit");
    assert_eq!(error.key(), Some("error-limit-pages"));
}

#[test]
fn the_scale_of_the_file_is_read() {
    let dir = tempfile::tempdir().expect("folder");
    let path = dir.path().join("a.tif");
    for (per_cm, expected) in [(125_000, Some(0.08)), (118, None)] {
        let mut encoder = TiffEncoder::new(File::create(&path).expect("creates")).expect("starts");
        let mut page = encoder.new_image::<colortype::RGB8>(6, 4).expect("page");
        page.resolution(tiff::tags::ResolutionUnit::Centimeter, Rational { n: per_cm, d: 1 });
        page.write_data(pattern(6, 4).as_raw()).expect("writes");
        let declared = Picture::open(&path, 0, &Limits::default()).expect("sound").declared_scale();
        assert_eq!(declared.map(|(s, by)| (s.get(), by)), expected.map(|e| (e, DeclaredBy::TiffResolution)));
    }
}

#[test]
fn a_cut_tiff_is_refused() {
    let dir = tempfile::tempdir().expect("folder");
    let path = big_tiff(&dir.path().join("a.tif"), &pattern(90, 60), &STRIPS);
    let bytes = std::fs::read(&path).expect("reads");
    // The directory lies at the end.
    std::fs::write(&path, &bytes[..bytes.len() / 2]).expect("writes");
    let error = Picture::open(&path, 0, &Limits::default()).expect_err("cut");
    assert_eq!(error.kind(), ErrorKind::Unreadable, "{error}");
}

/// `cargo test --release --test intake_tiff -- --ignored gigapixel`; watch the memory from outside.
#[test]
#[ignore = "writes 3 GB"]
fn a_gigapixel_is_read_region_by_region() {
    let dir = tempfile::tempdir_in(std::env::var("HEMOZOIN_SCRATCH").unwrap_or_else(|_| ".".into()))
        .expect("folder");
    for tiled in [true, false] {
        let path = dir.path().join("giga.tif");
        let (side, chunk) = (32_768_u32, if tiled { (512_u32, 512_u32) } else { (32_768, 8) });
        let mut encoder = TiffEncoder::new_big(File::create(&path).expect("creates")).expect("starts");
        let mut page = encoder.image_directory().expect("page");
        let (mut offsets, mut lengths) = (Vec::new(), Vec::new());
        let count = (side / chunk.0) * (side / chunk.1);
        for i in 0..count {
            let bytes = vec![(i % 251) as u8; (chunk.0 * chunk.1 * 3) as usize];
            offsets.push(page.write_data(&bytes[..]).expect("writes"));
            lengths.push(bytes.len() as u32);
        }
        page.write_tag(Tag::ImageWidth, side).expect("tag");
        page.write_tag(Tag::ImageLength, side).expect("tag");
        page.write_tag(Tag::BitsPerSample, &[8_u16, 8, 8][..]).expect("tag");
        page.write_tag(Tag::SamplesPerPixel, 3_u16).expect("tag");
        page.write_tag(Tag::PhotometricInterpretation, 2_u16).expect("tag");
        page.write_tag(Tag::Compression, 1_u16).expect("tag");
        let (offset_tag, length_tag) = if tiled {
            page.write_tag(Tag::TileWidth, chunk.0).expect("tag");
            page.write_tag(Tag::TileLength, chunk.1).expect("tag");
            (Tag::TileOffsets, Tag::TileByteCounts)
        } else {
            page.write_tag(Tag::RowsPerStrip, chunk.1).expect("tag");
            (Tag::StripOffsets, Tag::StripByteCounts)
        };
        page.write_tag(offset_tag, &offsets[..]).expect("tag");
        page.write_tag(length_tag, &lengths[..]).expect("tag");
        page.finish().expect("finishes");
        drop(encoder);
        let started = std::time::Instant::now();
        let picture = Picture::open(&path, 0, &Limits::default()).expect("opens");
        println!("open {:?}", started.elapsed());
        let overview = picture.overview(1000).expect("reads");
        println!("overview {:?}", started.elapsed());
        assert_eq!(overview.dimensions(), (1000, 1000));
        for y in (0..side).step_by(512) {
            for x in (0..side).step_by(512) {
                let region = picture.read(x, y, 512, 512).expect("reads");
                let index = if tiled { y / 512 * (side / 512) + x / 512 } else { y / 8 };
                assert_eq!(region.get_pixel(0, 0).0[0], (index % 251) as u8, "{x},{y}");
            }
        }
        println!("all regions {:?}", started.elapsed());
    }
}
