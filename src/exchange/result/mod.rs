//! A result as other systems of a laboratory take it: FHIR R4 and HL7 v2.5.1, from one list of findings.
//!
//! Nothing is counted here. A result that no reader has judged is `preliminary` and says no presence, density or percentage
//! (MCH-1); what is signed is `final`, and what was signed anew after that `corrected`.

mod attached;
mod codes;
mod fhir;
mod findings;
mod form;
mod hl7;
mod released;

pub use attached::Attached;
pub use codes::Codes;
pub use form::ResultForm;
pub use released::{Released, Standing};
