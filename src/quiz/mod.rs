//! The training corner: courses, what a trainee answers, and the level that comes of it.
//!
//! A [`Course`] says how many slides of which density are asked; [`questions`] makes them, drawn by our own renderer from
//! a seed or taken from signed readings, each with its truth. A trainee's answers are lines of a [`ResultsFile`] of their
//! own: nothing here opens decisions or records of patients for writing. [`Score`] holds a sitting against the rules of
//! section 10.1.

mod answer;
mod check;
mod course;
mod drawn;
mod entry;
mod lot;
mod marking;
mod question;
mod results;
mod score;
mod sheet;
mod signed;
mod table;
mod truth;
mod what;
mod words;

pub use answer::{Answer, FieldAnswer, SlideAnswer};
pub use course::{Answers, Ask, Camera, Course, CropGroup, Density, Origin, SlideGroup};
pub use drawn::objects_of as drawn_objects;
pub use entry::{Answered, Entry};
pub use marking::{Marked, MarkedState, marked};
pub use question::{CropPicture, CropQuestion, Question, SlidePictures, SlideQuestion, questions};
pub use results::{Read, ResultsFile, Sitting, is_within};
pub use score::{Outcome, Score, Scored, SlideOutcome};
pub use sheet::result_sheet;
pub use signed::{SignedSlide, SignedSlides, Whereabouts};
pub use table::{class_csv, class_text};
pub use truth::{FieldTruth, Object, Truth};
pub use what::What;
pub use words::{course_name, field_line, outcome_lines, score_lines};
