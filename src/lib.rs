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
//! - A picture that is not fit to be counted is left out with its reasons ([`optics`]), never repaired.
//!
//! # A slide in a dozen lines
//!
//! ```
//! use hemozoin::intake::{Limits, Picture};
//! use hemozoin::locale::{Catalogue, Language};
//! use hemozoin::record::Settings;
//! use hemozoin::report::{self, CsvStyle};
//! use hemozoin::slide::Engine;
//! use hemozoin::terms::Film;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let temporary = tempfile::tempdir()?;
//! # let folder = temporary.path();
//! # let counts = hemozoin::render::Counts { red_cells: 30, rings: 2, ..Default::default() };
//! # let spec = hemozoin::render::FieldSpec { width: 400, height: 300, counts, ..Default::default() };
//! # hemozoin::render::render(&spec)?.image.save(folder.join("1.png"))?;
//! let settings = Settings { film: Some(Film::Thin), ..Settings::default() };
//! let record = Engine::new(settings)?.analyze(folder)?; // the record is plain data, see `record`
//!
//! let words = Catalogue::new(Language::French);
//! print!("{}", report::text(&record, &words));
//! std::fs::write(folder.join("fields.csv"), report::fields_csv(&record, CsvStyle::Semicolon)?)?;
//! for (field, name) in record.fields.iter().zip(report::marked_names(&record)) {
//!     let picture = Picture::open(folder.join(&field.image), field.page, &Limits::default())?;
//!     std::fs::write(folder.join(format!("marked-{name}")), report::marked_jpeg(&picture, field, &words)?)?;
//! }
//! # assert!(folder.join("marked-1.jpg").exists());
//! # Ok(())
//! # }
//! ```
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
//! # The way of a picture
//!
//! Each room takes what the one before it gives, and imports only from rooms above it in this list.
//!
//! | room | what it does |
//! |---|---|
//! | [`terms`], [`measure`], [`text`], [`error`] | the words of the field, quantities with units, text from outside, one error type |
//! | [`intake`] | a file becomes an upright [`Picture`](intake::Picture), within [`Limits`](intake::Limits) |
//! | [`render`] | draws films whose truth is known, for tests, samples and training |
//! | [`optics`] | the examined view, the scale, and whether the picture is fit to be counted |
//! | [`tiling`] | tiles with overlap; each point has one owning tile |
//! | [`detect`] | a model bundle finds parasites and cells: [`Detection`](detect::Detection) |
//! | [`tally`] | whole numbers per field |
//! | [`standard`] | the rules, as data: counts become an [`Outcome`](standard::Outcome) |
//! | [`record`] | the versioned [`SlideRecord`](record::SlideRecord), the only shape that others may store |
//! | [`slide`] | the [`Engine`](slide::Engine): all fields of a slide, on all cores |
//! | [`evaluate`] | the engine measured on labelled pictures |
//! | `review` | what readers decided about a slide, and its result with it (feature `review`) |
//! | `archive` | many slides, restartable after a power cut (feature `archive`) |
//! | [`locale`] | codes into words, in French and English |
//! | [`report`] | text, tables, JSON, marked pictures |
//! | `serve` | the page on which a reader decides, served to this computer alone (feature `review`) |
//!
//! The same pictures with the same settings give the same bytes, for any number of threads. The engine works in the
//! caller's `rayon` pool if there is one. The library never prints, exits or panics on input.
//!
//! # Features
//!
//! | feature | default | what it adds | price |
//! |---|---|---|---|
//! | `cli` | ☑ | the `hemozoin` command | about 1 MB of binary |
//! | `archive` | ☑ | slide archives: the SQLite journal and the Parquet tables | about 5 MB of binary |
//! | `review` | ☑ | readers' decisions, and the page on which they are made | about 2 MB of binary |
#![forbid(unsafe_code)]
#![deny(missing_docs, unreachable_pub)]
#![warn(missing_debug_implementations)]

#[cfg(feature = "archive")]
pub mod archive;
pub mod detect;
pub mod error;
pub mod evaluate;
pub mod files;
pub mod intake;
pub mod locale;
pub mod measure;
pub mod optics;
pub mod record;
pub mod render;
pub mod report;
#[cfg(feature = "review")]
pub mod review;
#[cfg(feature = "review")]
pub mod serve;
pub mod slide;
pub mod standard;
pub mod tally;
pub mod terms;
pub mod text;
pub mod tiling;

pub use error::{Error, ErrorKind, Result};
