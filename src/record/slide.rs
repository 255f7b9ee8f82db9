//! One slide, or both films of one patient.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::field::{FieldRecord, PassedOver};
use super::info::SlideInfo;
use super::provenance::Provenance;
use super::settings::Settings;
use crate::standard::Outcome;
use crate::tally::FieldTally;
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// Name and version of this shape. A change that an old reader would misread gets a new number.
pub const SCHEMA: &str = "hemozoin-record/2";

/// Everything known about a slide: what was examined, how, and what came of it.
///
/// It holds no clock time, no folder outside the slide and no order of threads, so that the same pictures with
/// the same settings give the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct SlideRecord {
    /// [`SCHEMA`].
    pub schema: String,
    /// What the laboratory said about the slide.
    pub slide: SlideInfo,
    /// The settings used.
    pub settings: Settings,
    /// Every readable picture in acquisition order, thick film first.
    pub fields: Vec<FieldRecord>,
    /// Pictures that could not be read.
    pub unread: Vec<Unread>,
    /// Files that are no pictures.
    pub passed_over: Vec<PassedOver>,
    /// What was counted, per film.
    pub tally: Tallies,
    /// What the standard makes of it, per film and for the patient.
    pub result: Results,
    /// What made this record.
    pub provenance: Provenance,
}

impl SlideRecord {
    /// The record as it is written everywhere: indented JSON in UTF-8 with a line end; same record, same bytes.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] where a value has no JSON form, which no value of this shape lacks.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)
            .map_err(|e| Error::new(ErrorKind::Internal, format!("the record cannot be written: {e}")))?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// A picture that could not be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct Unread {
    /// File, relative to the slide's folder.
    pub image: String,
    /// Why.
    #[serde(flatten)]
    pub fault: Fault,
}

/// Counts of both films.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct Tallies {
    /// Of the thick film, where there is one.
    pub thick: Option<FilmTally>,
    /// Of the thin film, where there is one.
    pub thin: Option<FilmTally>,
}

/// Counts of one film.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct FilmTally {
    /// Fields that are part of the count.
    pub fields_counted: u64,
    /// Fields left out for their quality, as copies, or for want of a scale.
    pub fields_rejected: u64,
    /// Sum over the counted fields.
    pub counted: FieldTally,
    /// Sum over the rejected fields: never part of a figure, but asexual candidates there forbid the statement
    /// that no parasite was seen (DET-12).
    pub rejected: FieldTally,
}

impl FilmTally {
    /// Of the fields of a slide that show a film.
    pub fn of(film: Film, fields: &[FieldRecord]) -> Self {
        let mut total = Self::default();
        for field in fields.iter().filter(|field| field.film == film) {
            if field.counted {
                total.fields_counted += 1;
                total.counted += field.tally;
            } else {
                total.fields_rejected += 1;
                if field.copy_of.is_none() {
                    total.rejected += field.not_counted_elsewhere(fields);
                }
            }
        }
        total
    }
}

/// Outcomes under the standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct Results {
    /// Of the thick film.
    pub thick: Option<Outcome>,
    /// Of the thin film.
    pub thin: Option<Outcome>,
    /// Of the patient (section 7 of the standard).
    pub patient: Outcome,
}
