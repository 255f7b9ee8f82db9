//! The record as JSON.

use crate::record::SlideRecord;
use crate::{Error, ErrorKind, Result};

/// The record, indented, ending with a newline: what `hemozoin analyze --format json` prints.
///
/// # Errors
/// [`ErrorKind::Internal`] where the record has no JSON form, which does not happen.
pub fn record_json(record: &SlideRecord) -> Result<String> {
    String::from_utf8(record.to_json()?)
        .map_err(|_| Error::new(ErrorKind::Internal, "the record's JSON is no UTF-8"))
}
