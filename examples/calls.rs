//! What calls cost in the library itself: the other half of `bindings/python/bench.py`, which runs it.
//!
//! `cargo run --release --example calls -- PICTURE`: the median of many calls on one thread, in seconds, as JSON.

use std::time::Instant;

use hemozoin::{Engine, Facts, Film, MicronsPerPixel, Picture, Silent, SlideInfo, SlideRecord, record};
use image::RgbImage;

/// Median over `rounds` calls, after one that warms up, seconds.
fn median(rounds: usize, mut call: impl FnMut()) -> f64 {
    call();
    let mut took: Vec<f64> = (0..rounds)
        .map(|_| {
            let began = Instant::now();
            call();
            began.elapsed().as_secs_f64()
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took.get(rounds / 2).copied().unwrap_or_default()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give a picture of a thick film")?;
    let file = std::fs::read(path)?;
    let pixels = image::load_from_memory(&file)?.into_rgb8();
    let engine = Engine::builder().build()?;
    let facts = Facts::of(Film::Thick).um_per_px(MicronsPerPixel::try_from(0.125)?);
    let read = |content: hemozoin::Content| -> hemozoin::Result<SlideRecord> {
        let mut slide = engine.slide(facts.clone()).with_info(SlideInfo::named("N-1"));
        slide.add("1.jpg", content);
        slide.run(&Silent)
    };
    let whole = |content: hemozoin::Content| {
        let json = read(content).and_then(|record| record.to_json()).expect("a record");
        std::hint::black_box(json);
    };
    let as_frame = |pixels: &RgbImage| {
        let shape = (pixels.height() as usize, pixels.width() as usize, 3);
        let view = ndarray::ArrayView3::from_shape(shape, pixels.as_raw()).expect("a view");
        Picture::from_view(view, engine.limits()).expect("a picture")
    };
    let json = read(file.as_slice().into())?.to_json()?;
    let tiny = RgbImage::new(64, 64);
    let mut tiny_file = std::io::Cursor::new(Vec::new());
    tiny.write_to(&mut tiny_file, image::ImageFormat::Png)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let times = pool.install(|| {
        [
            ("tiny", median(400, || whole(as_frame(&tiny).into()))),
            ("tiny_file", median(400, || whole(tiny_file.get_ref().as_slice().into()))),
            ("file", median(9, || whole(file.as_slice().into()))),
            ("pixels", median(9, || whole(as_frame(&pixels).into()))),
            ("record", median(400, || drop(std::hint::black_box(record::read(&json))))),
        ]
    });
    println!("{}", serde_json::Value::from_iter(times));
    Ok(())
}
