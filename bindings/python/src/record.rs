//! Stored records: checked, and said in words.

use hemozoin::record::read;
use hemozoin::{Catalogue, Language, report};
use pyo3::prelude::*;

use crate::error::{call, no_language};

/// Refuses what is no record, or one that this version does not read.
#[pyfunction]
pub(crate) fn record_check(py: Python<'_>, json: &[u8]) -> PyResult<()> {
    call(py, || read(json).map(drop))
}

/// The result as a laboratory reads it.
#[pyfunction]
pub(crate) fn record_text(py: Python<'_>, json: &[u8], language: &str) -> PyResult<String> {
    call(py, || {
        let language = match language {
            "en" => Language::English,
            "fr" => Language::French,
            other => return Err(no_language(other)),
        };
        Ok(report::text(&read(json)?, &Catalogue::new(language)))
    })
}

/// Of each field: what keeps it out of the count, and whether its parasites have stages.
#[pyfunction]
pub(crate) fn record_fields(py: Python<'_>, json: &[u8]) -> PyResult<Vec<(Vec<String>, bool)>> {
    call(py, || {
        let record = read(json)?;
        Ok(record.fields.iter().map(|field| (field.reasons_against(), field.tally.is_staged())).collect())
    })
}
