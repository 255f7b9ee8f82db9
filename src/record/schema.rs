//! JSON Schema of the record, generated from its types.

use serde_json::Value;

use super::slide::{SCHEMA, SlideRecord};

/// The JSON Schema (draft 2020-12) of [`SlideRecord`]; the file `schema/record.schema.json` is this value.
///
/// It allows keys that it does not name: a later version of this program may add some without a new number, and only
/// a change that an old reader would misread gets one.
pub fn json_schema() -> Value {
    let mut schema = schemars::schema_for!(SlideRecord).to_value();
    allow_additions(&mut schema);
    if let Some(root) = schema.as_object_mut() {
        // `urn:hemozoin-record:N`, with the number of the shape.
        root.insert("$id".to_owned(), Value::from(format!("urn:{}", SCHEMA.replace('/', ":"))));
    }
    schema
}

fn allow_additions(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            if keywords.get("additionalProperties") == Some(&Value::Bool(false)) {
                keywords.remove("additionalProperties");
            }
            keywords.values_mut().for_each(allow_additions);
        }
        Value::Array(list) => list.iter_mut().for_each(allow_additions),
        _ => {}
    }
}
