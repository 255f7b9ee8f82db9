//! A slide for a far expert in one file, and the expert's reading back in a smaller one.
//!
//! A case is a ZIP file, so that a telephone opens it too: the record, crops of what is doubted and reduced fields, the page
//! for the clinician as PDF, and the question. It holds nothing that another reader decided: the expert is blind to it by
//! what is sent. The same slide gives the same bytes.
//!
//! Every entry has its digest in `case.json`, and the digest of that stands in the comment at the end of the file: whoever
//! opens it has all of what was sent, or is told that it was changed on the way. That finds accidents; whoever wants to
//! forge a case can write all digests anew.

mod answer;
mod bare;
mod in_archive;
mod manifest;
mod open;
mod pack;
mod pictures;
mod seal;
mod send;

pub use answer::{Answer, answer_of};
pub use in_archive::{slide_of_archive, tell_archive};
pub use open::Case;
pub use seal::{Recipient, SecretKey, room, sealed};
pub use send::{CaseFile, CaseOptions};
