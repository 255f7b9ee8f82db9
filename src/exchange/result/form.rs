//! Which forms a result has.

use super::codes::Codes;
use super::released::Released;
use super::{fhir, hl7};
use crate::Result;
use crate::locale::Catalogue;

/// A form in which other systems take a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum ResultForm {
    /// A FHIR R4 bundle, one JSON file for each slide.
    Fhir,
    /// An HL7 v2.5.1 message ORU^R01, one file for each slide.
    Hl7,
}

impl ResultForm {
    /// All forms.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code, and the folder that the files go to unless another is wanted.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Ending of a file.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Fhir => "json",
            Self::Hl7 => "hl7",
        }
    }

    /// A result in this form. `moment` is when the message is made (UTC, ISO 8601); only a message about a result that nobody
    /// has signed holds it.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`](crate::ErrorKind::Internal) where a code is missing.
    pub fn write(
        self,
        released: &Released,
        codes: &Codes,
        moment: &str,
        words: &Catalogue,
    ) -> Result<Vec<u8>> {
        match self {
            Self::Fhir => fhir::bundle(released, codes, words),
            Self::Hl7 => hl7::message(released, codes, moment, words).map(String::into_bytes),
        }
    }
}
