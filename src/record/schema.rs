//! JSON Schema of the record, generated from its types.

use super::slide::SlideRecord;

/// The JSON Schema (draft 2020-12) of [`SlideRecord`]; the file `schema/record.schema.json` is this value.
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(SlideRecord).to_value()
}
