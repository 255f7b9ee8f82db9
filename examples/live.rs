//! Beside a microscope: frames of a camera arrive one by one, and what is still to be counted falls.
//!
//! `cargo run --release --example live`

use hemozoin::{Engine, Facts, Film, MicronsPerPixel, Picture, Silent, SlideInfo};
use ndarray::Array3;

/// The frames as a camera hands them over: height x width x 3. Here they are the drawn samples.
fn camera() -> impl Iterator<Item = Result<Array3<u8>, Box<dyn std::error::Error>>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/patient-1/goutte-epaisse");
    (1..=6).map(move |number| {
        let frame = image::open(format!("{folder}/{number:02}.jpg"))?.into_rgb8();
        let (width, height) = (frame.width() as usize, frame.height() as usize);
        Ok(Array3::from_shape_vec((height, width, 3), frame.into_raw())?)
    })
}

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::builder().build()?;
    // The scale of a mounted camera is known, so each frame is looked at once and let go.
    let facts = Facts::of(Film::Thick).um_per_px(MicronsPerPixel::try_from(0.125)?);
    let mut slide = engine.slide(facts).with_info(SlideInfo::named("N-18"));
    for (number, frame) in camera().enumerate() {
        slide.add(format!("frame-{}", number + 1), Picture::from_view(frame?.view(), engine.limits())?);
        let now = slide.look(&Silent)?;
        let (Some(field), Some(thick)) = (now.fields.first(), &now.result.thick) else { continue };
        let seen = (field.tally.asexual_parasites, field.tally.white_cells, field.counted);
        let need = (thick.need_wbc, thick.need_fields, thick.need_fields_estimate);
        println!(
            "{}: (parasites, white cells, counted) {seen:?}; still (white cells, fields, estimate) {need:?}",
            field.image
        );
    }
    let record = slide.run(&Silent)?;
    println!("{} fields, {:?}", record.fields.len(), record.result.patient.state);
    Ok(())
}
