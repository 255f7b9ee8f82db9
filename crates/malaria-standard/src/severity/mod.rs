//! Parasite conditions of severity criteria (section 11). Never a clinical verdict: severe or uncomplicated malaria
//! is a clinician's finding (INV-10).

mod conditions;
mod report;

pub use conditions::{Anaemia, hyperparasitaemia_knowlesi, jaundice_condition, severe_anaemia_condition};
pub use report::{Certainty, LimitCheck, SeverityBasis, SeverityReport, check_limit, severity_of_films};
