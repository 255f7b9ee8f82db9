//! A program that embeds the engine: pictures from memory, no folder anywhere.
//!
//! `cargo run --release --example embed`

use hemozoin::{
    Catalogue, Control, Engine, Event, Facts, Film, Language, SlideInfo, WbcPerMicrolitre, report,
};

/// Says on stderr how far the slide is, and could stop it.
struct Watch;

impl Control for Watch {
    fn on(&self, event: &Event<'_>) {
        if let Event::File { counted, .. } = event {
            eprintln!("{} white cells", counted.white_cells);
        }
    }
}

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    // As a database would hand them over: a name and the bytes of a file.
    let rows: [(&str, &[u8]); 2] = [
        ("field-1", include_bytes!("../samples/patient-1/goutte-epaisse/01.jpg")),
        ("field-2", include_bytes!("../samples/patient-1/goutte-epaisse/02.jpg")),
    ];
    let engine = Engine::builder().profile("who-2016").build()?;
    let facts = Facts::of(Film::Thick).wbc_per_ul(WbcPerMicrolitre::try_from(6_400.0)?);
    let mut slide = engine.slide(facts).with_info(SlideInfo::named("N-17"));
    for (name, file) in rows {
        slide.add(name, file);
    }
    let record = slide.run(&Watch)?;
    print!("{}", report::text(&record, &Catalogue::new(Language::English)));
    Ok(())
}
