//! Hemozoin reads malaria blood films: photographs in, a graded result out.
//!
//! It takes the photographs that a laboratory already has, of a thick film, a thin film or both of one patient, finds
//! parasites and cells, counts them as a reader would, and says what the count allows to be said under the falciparum
//! standard: what was found, how sure it is, what it rests on and what to do next. It works offline.
//!
//! # What it is not
//!
//! - It does not diagnose. Every result is preliminary until a reader has looked at the marked pictures and signed.
//! - It looks for *P. falciparum* and does not tell species apart.
//! - A film without parasites is never "negative": the result says how much blood was examined, and whether that is
//!   enough ([`standard`]).
//! - A picture that is not fit to be counted is left out with its reasons, never repaired.
//!
//! # A slide in a dozen lines
//!
//! The engine takes pictures from anybody: bytes of a file, a reader, an `ndarray` view of a camera's frame, an
//! [`image::RgbImage`]. What a file carries (EXIF, scale, damage, digest) is kept for bytes as for files.
//!
//! ```
//! use hemozoin::intake::{Limits, Picture};
//! use hemozoin::report::{self, CsvStyle};
//! use hemozoin::{Catalogue, Engine, Facts, Film, Language, Silent, SlideInfo};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let counts = hemozoin::render::Counts { red_cells: 30, rings: 2, ..Default::default() };
//! # let spec = hemozoin::render::FieldSpec { width: 400, height: 300, counts, ..Default::default() };
//! # let mut jpeg = std::io::Cursor::new(Vec::new());
//! # hemozoin::render::render(&spec)?.image.write_to(&mut jpeg, image::ImageFormat::Jpeg)?;
//! # let jpeg = jpeg.into_inner();
//! let engine = Engine::builder().profile("who-2016").build()?; // rules and bundles: once
//! let mut slide = engine.slide(Facts::of(Film::Thin)).with_info(SlideInfo::named("N-17"));
//! slide.add("1.jpg", jpeg.as_slice());
//! let record = slide.run(&Silent)?; // plain data, see `record`
//!
//! let words = Catalogue::new(Language::French);
//! print!("{}", report::text(&record, &words));
//! let table = report::fields_csv(&record, CsvStyle::Semicolon)?;
//! let picture = Picture::from_bytes(&jpeg, &Limits::default())?;
//! let marked = report::marked_jpeg(&picture, &record.fields[0], &words)?;
//! # assert!(!table.is_empty() && !marked.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! | to | start with |
//! |---|---|
//! | read a slide | [`Engine::builder`], [`Engine::slide`], [`Slide::add`], [`Slide::run`] |
//! | say "12 more fields" while pictures come | [`Slide::look`], [`Standing`] |
//! | show progress, stop | [`Control`] |
//! | read a folder, as `hemozoin analyze` does | [`SlideSource::find`], [`analyze`] |
//! | read rows of a database | [`PictureSource`] |
//! | use another model | [`Detector::open`], [`EngineBuilder::detector`], [`Backend`] |
//! | apply the rules to a reader's counts | [`standard`] |
//! | store a result and read it again | [`record`] |
//! | show it | [`report`], [`Catalogue`] |
//!
//! `examples/embed.rs` is a whole program without folders, `examples/live.rs` one beside a microscope.
//!
//! # How a thick film is counted
//!
//! The rules work on numbers alone, a reader's as well as the engine's. Under `who-2016` (WHO MM-SOP-09, THK-2 to
//! THK-5) fields are taken in the order in which they were seen; at the first end of a field with 200 white cells the
//! count is over if 100 parasites were met, and goes on to 500 white cells if not:
//!
//! ```
//! use hemozoin::standard::{FieldCount, Profile, ThickState, WbcUsed, grade_fields};
//!
//! # fn main() -> Result<(), hemozoin::Error> {
//! let profile = Profile::named("who-2016")?;
//! let wbc = WbcUsed::assumed(&profile); // 8,000 per µL, and the result says that it is assumed
//!
//! // 10 parasites and 16 white cells in every field: over after 13 fields, 130 x 8,000 / 208.
//! let many = grade_fields(&vec![FieldCount::new(10, 16); 120], wbc, &profile);
//! assert_eq!((many.count.asexual.get(), many.count.wbc.get()), (130, 208));
//! assert_eq!(many.density.map(|d| d.reported()), Some(5000));
//!
//! // One in every field: 13 are too few at 208 white cells, so on to 512; 32 x 8,000 / 512.
//! let few = grade_fields(&vec![FieldCount::new(1, 16); 120], wbc, &profile);
//! assert_eq!((few.count.asexual.get(), few.count.wbc.get()), (32, 512));
//! assert_eq!((few.state, few.density.map(|d| d.reported())), (ThickState::Positive, Some(500)));
//!
//! // Five fields are a provisional count, and the result says what to do next.
//! let short = grade_fields(&vec![FieldCount::new(1, 16); 5], wbc, &profile);
//! assert_eq!(short.state, ThickState::ProvisionalCount);
//! assert!(short.need.wbc.is_some());
//! # Ok(())
//! # }
//! ```
//!
//! # What holds for all of it
//!
//! The same pictures with the same settings give the same bytes, for any number of threads. The engine works in the
//! caller's `rayon` pool if there is one. The library never prints, exits or panics on input; what cannot be done is an
//! [`Error`] whose [`kind`](Error::kind) says whose fault it is.
//!
//! What is documented here is the contract: this page's names and the rooms [`intake`], [`standard`], [`record`] and
//! [`report`]. Other rooms are public for the `hemozoin` command and may change with any version; `ARCHITECTURE.md`
//! tells the whole way of a picture.
//!
//! # Features
//!
//! | feature | default | what it adds | price |
//! |---|---|---|---|
//! | `bundled` | ☑ | the two bundles inside the library | about 12 MB of binary |
//! | `report` | ☑ | records as people read them: text, tables, pages, PDF, marked pictures | about 2 MB of binary |
//! | `cli` | ☑ | the `hemozoin` command | about 1 MB of binary |
//! | `archive` | ☑ | slide archives: the SQLite journal and the Parquet tables | about 5 MB of binary |
//! | `review` | ☑ | readers' decisions, and the page on which they are made | about 2 MB of binary |
//! | `send` | ☑ | results and figures to the servers of other systems | about 2 MB of binary |
//! | `service` | ☑ | the engine as a service over HTTP | about 3 MB of binary |
#![forbid(unsafe_code)]
#![deny(missing_docs, unreachable_pub)]
#![warn(missing_debug_implementations)]

#[doc(hidden)]
#[cfg(feature = "archive")]
pub mod archive;
mod bundled;
#[cfg(feature = "archive")]
mod database;
#[doc(hidden)]
pub mod detect {
    //! From a picture to detections in its own pixels, and the bundles inside the binary.
    pub use hemozoin_film::detect::*;

    pub use crate::bundled::{BundleCard, bundled, bundled_names};
}
#[doc(hidden)]
pub mod entry;
#[doc(hidden)]
pub mod evaluate;
#[doc(hidden)]
#[cfg(feature = "review")]
pub mod exchange;
#[doc(hidden)]
#[cfg(feature = "report")]
pub mod locale;
#[doc(hidden)]
#[cfg(feature = "review")]
pub mod quiz;
pub mod record;
#[cfg(feature = "report")]
pub mod report;
#[doc(hidden)]
#[cfg(feature = "review")]
pub mod review;
#[doc(hidden)]
#[cfg(feature = "review")]
pub mod serve;
#[doc(hidden)]
#[cfg(feature = "service")]
pub mod service;
#[doc(hidden)]
pub mod slide;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod tally;

pub use detect::{Backend, Bundle, Detector, MapShape, Networks};
#[doc(inline)]
pub use hemozoin_film::intake;
#[doc(hidden)]
pub use hemozoin_film::{files, measure, optics, raster, render, system, terms, text, tiling};
pub use intake::{Limits, Picture};
#[cfg(feature = "report")]
pub use locale::{Catalogue, Language};
#[doc(no_inline)]
pub use malaria_standard as standard;
pub use malaria_standard::{Error, ErrorKind, Result};
pub use measure::{MicronsPerPixel, Probability, RbcPerMicrolitre, WbcPerMicrolitre};
pub use record::{Facts, Rules, SlideInfo, SlideRecord};
pub use slide::{
    Content, Control, Engine, EngineBuilder, Event, PictureInput, PictureSource, Silent, Slide, SlideInput,
    Standing,
};
pub use source::{SlideSource, analyze};
pub use tally::FieldTally;
pub use terms::{CellClass, Film, Species, Stage};
