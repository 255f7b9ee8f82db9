//! A sheet about something else than a patient, set on paper as the report is.

use super::laboratory::Laboratory;
use super::letter::Letter;
use crate::locale::Language;

/// The words of such a sheet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlainSheet {
    pub(crate) title: String,
    /// What it is, in a frame at its head.
    pub(crate) status: String,
    /// Name of a fact, and the fact where it is known.
    pub(crate) facts: Vec<(String, Option<String>)>,
    pub(crate) result_heading: String,
    /// The sentence that says it all, then what belongs to it.
    pub(crate) result: Vec<String>,
    /// Headings with the lines below them.
    pub(crate) blocks: Vec<(String, Vec<String>)>,
    pub(crate) made: Vec<String>,
    /// Names of the lines to be filled in, with what stands there already.
    pub(crate) signature: Vec<(String, Option<String>)>,
    pub(crate) page: String,
}

impl PlainSheet {
    /// Sets it below the head of a laboratory.
    pub(crate) fn set(self, laboratory: &Laboratory, language: Language) -> Letter {
        let Self { title, status, facts, result_heading, result, blocks, made, signature, page } = self;
        Letter {
            language,
            laboratory: laboratory.clone(),
            title,
            alerts: Vec::new(),
            status,
            facts,
            result_heading,
            result,
            blocks,
            thumbnails_heading: String::new(),
            thumbnails: Vec::new(),
            thumbnails_note: String::new(),
            no_picture: String::new(),
            made,
            signature,
            page,
        }
    }
}
