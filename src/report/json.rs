//! The record as JSON.

use crate::error::{Error, ErrorKind, Result};
use crate::record::SlideRecord;

/// The record, indented, ending with a newline: what `hemozoin analyze --format json` prints.
///
/// # Errors
/// [`ErrorKind::Internal`] where the record has no JSON form, which does not happen.
pub fn record_json(record: &SlideRecord) -> Result<String> {
    let mut text = serde_json::to_string_pretty(record)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("the record has no JSON form: {e}")))?;
    text.push('\n');
    Ok(text)
}
