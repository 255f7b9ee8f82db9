//! One field as a flat row: what the table of fields, plots and summaries are made of.

use serde::{Deserialize, Serialize};

use super::{FieldRecord, SlideRecord};
use crate::optics::Verdict;
use crate::tally::FieldTally;
use crate::terms::Film;

/// One field, or one file that could not be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRow {
    /// The film.
    pub film: Option<Film>,
    /// File, relative to the slide's folder.
    pub image: String,
    /// Page within the file.
    pub page: Option<u32>,
    /// SHA-256 of the file.
    pub sha256: Option<String>,
    /// Pixels across.
    pub width: Option<u32>,
    /// Pixels down.
    pub height: Option<u32>,
    /// Scale used, µm per pixel.
    pub um_per_px: Option<f64>,
    /// How the scale is known.
    pub scale_basis: Option<String>,
    /// `fit` or `unfit`; `unread` for a file that could not be read.
    pub verdict: String,
    /// Codes of every reason against it.
    pub reasons: Vec<String>,
    /// Whether it is part of the count.
    pub counted: bool,
    /// The earlier picture with the same bytes.
    pub copy_of: Option<String>,
    /// The picture that shows the same field and is counted instead.
    #[serde(default)]
    pub repeat_of: Option<String>,
    /// What was counted, had it been counted.
    pub tally: Option<FieldTally>,
}

impl FieldRow {
    /// The rows of a record: its fields, then its unread files.
    pub fn all_of(record: &SlideRecord) -> Vec<Self> {
        let unread = record.unread.iter().map(|unread| Self {
            film: None,
            image: unread.image.clone(),
            page: None,
            sha256: None,
            width: None,
            height: None,
            um_per_px: None,
            scale_basis: None,
            verdict: "unread".to_owned(),
            reasons: vec![unread.fault.kind.clone()],
            counted: false,
            copy_of: None,
            repeat_of: None,
            tally: None,
        });
        record.fields.iter().map(Self::of).chain(unread).collect()
    }

    /// Whether it was read and is not fit to be counted. A copy of an earlier picture is left out of the count, and
    /// nothing is wrong with it.
    pub fn is_unfit(&self) -> bool {
        !self.counted && self.tally.is_some() && self.copy_of.is_none() && self.repeat_of.is_none()
    }

    fn of(field: &FieldRecord) -> Self {
        Self {
            film: Some(field.film),
            image: field.image.clone(),
            page: Some(field.page),
            sha256: Some(field.sha256.clone()),
            width: Some(field.width),
            height: Some(field.height),
            um_per_px: field.scale.as_ref().map(|s| s.um_per_px.get()),
            scale_basis: field.scale.as_ref().map(|s| s.basis.code().to_owned()),
            verdict: match field.quality.verdict {
                Verdict::Fit => "fit",
                Verdict::Unfit => "unfit",
            }
            .to_owned(),
            reasons: field.reasons_against(),
            counted: field.counted,
            copy_of: field.copy_of.clone(),
            repeat_of: field.repeat_of.clone(),
            tally: Some(field.tally),
        }
    }
}
