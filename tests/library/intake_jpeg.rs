//! Every form that libjpeg-turbo's tools write, against the picture that libjpeg-turbo itself makes of it
//! (`tests/jpeg/make.py`).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hemozoin::ErrorKind;
use hemozoin::intake::{Limits, Note, Picture};
use image::RgbImage;

use crate::support::table::of_kind;

/// Two sound decoders differ by their rounding: most of a channel, and in the mean.
const MOST: u8 = 3;
const MEAN: f64 = 0.3;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jpeg")
}

fn open(path: &Path) -> hemozoin::Result<RgbImage> {
    let picture = Picture::open(path, 0, &Limits::default())?;
    picture.read(0, 0, picture.size().width, picture.size().height)
}

/// Why a form is not what is expected of it.
fn fault(form: &str, expected: &str) -> Option<String> {
    let read = open(&corpus().join(format!("{form}.jpg")));
    let (seen, picture) = match (read, expected.strip_prefix("read as ")) {
        (Err(error), Some(_)) => return Some(error.to_string()),
        (Err(error), None) => return (error.key() != Some(expected)).then(|| error.to_string()),
        (Ok(_), None) => return Some(format!("read, but it is {expected}")),
        (Ok(seen), Some(picture)) => (seen, picture),
    };
    let wanted = image::open(corpus().join(format!("{picture}.png"))).expect("a picture").into_rgb8();
    if seen.dimensions() != wanted.dimensions() {
        return Some(format!("{:?} instead of {:?}", seen.dimensions(), wanted.dimensions()));
    }
    let apart: Vec<u8> = seen.iter().zip(wanted.iter()).map(|(a, b)| a.abs_diff(*b)).collect();
    let mean = apart.iter().map(|d| f64::from(*d)).sum::<f64>() / apart.len() as f64;
    let most = apart.iter().max().copied().unwrap_or_default();
    (most > MOST || mean > MEAN).then(|| format!("{most} apart at most, {mean:.2} in the mean"))
}

#[test]
fn each_form_is_read_as_libjpeg_reads_it_or_said_not_to_be_read() {
    let rows = of_kind("jpeg");
    let faults: Vec<String> = rows
        .iter()
        .filter_map(|row| fault(&row.case, &row.expected).map(|fault| format!("{}: {fault}", row.case)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let named: BTreeSet<String> = rows.iter().map(|row| format!("{}.jpg", row.case)).collect();
    let lying: BTreeSet<String> = std::fs::read_dir(corpus())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".jpg"))
        .collect();
    assert_eq!(named, lying, "the table names every form");
    assert!(rows.len() > 100, "{}", rows.len());
}

/// The forms for which the usual decoder is not asked lose nothing that the others keep.
#[test]
fn an_odd_form_is_turned_as_its_camera_noted() {
    let dir = tempfile::tempdir().expect("a folder");
    for form in ["baseline-420", "one-scan-each-420"] {
        let stored = std::fs::read(corpus().join(format!("{form}.jpg"))).expect("a form");
        let tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let turned =
            [&stored[..2], &[0xff, 0xe1, 0, (tiff.len() + 2) as u8], &tiff[..], &stored[2..]].concat();
        let path = dir.path().join("a.jpg");
        std::fs::write(&path, turned).expect("written");
        let picture = Picture::open(&path, 0, &Limits::default()).expect(form);
        assert_eq!((picture.size().width, picture.size().height), (41, 53), "{form}");
        assert_eq!(picture.notes(), [Note::Turned], "{form}");
    }
}

/// What is not read is said to be so, never to be damaged, and a limit is asked first in every form.
#[test]
fn what_is_not_read_is_not_called_damaged() {
    for form in ["arithmetic", "bits-12", "lossless", "hierarchical", "jpeg-ls"] {
        let error = open(&corpus().join(format!("{form}.jpg"))).expect_err(form);
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
        assert!(error.message().contains("PNG"), "{error}");
    }
    let small = Limits::default().with(|l| l.max_pixels_in_memory = 100);
    for form in ["baseline-420", "one-scan-each-420", "baseline-311", "height-comes-later"] {
        let error = Picture::open(corpus().join(format!("{form}.jpg")), 0, &small).expect_err(form);
        assert_eq!(error.key(), Some("error-limit-pixels"), "{form}: {error}");
    }
}
