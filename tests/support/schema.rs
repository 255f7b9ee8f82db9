//! Holds a JSON value against a JSON Schema, as far as the schemas generated here go.
//!
//! The crates that know all of JSON Schema change the features of crates under the inference runtime, so that
//! running and testing would each build it. A keyword that is not handled here is a fault, never passed over.

use serde_json::Value;

/// Keywords that say something to people and nothing to a validator.
const WORDS: [&str; 8] = ["$schema", "$id", "$defs", "title", "description", "default", "format", "$comment"];

/// Everything in `value` that `schema` does not allow, with the place; `root` holds the definitions.
pub fn faults(root: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let Some(keywords) = schema.as_object() else {
        return if schema == &Value::Bool(false) {
            vec![format!("{place}: not allowed")]
        } else {
            Vec::new()
        };
    };
    let mut found = Vec::new();
    let mut fault = |what: String| found.push(format!("{place}: {what}"));
    for (keyword, rule) in keywords {
        match keyword.as_str() {
            "type" if !is_of_type(rule, value) => fault(format!("{value} is not {rule}")),
            "const" if rule != value => fault(format!("{value} is not {rule}")),
            "enum" if !list(rule).contains(value) => fault(format!("{value} is none of {rule}")),
            "minimum" if value.as_f64() < rule.as_f64() && value.is_number() => {
                fault(format!("{value} < {rule}"))
            }
            "maximum" if value.as_f64() > rule.as_f64() && value.is_number() => {
                fault(format!("{value} > {rule}"))
            }
            "required" if value.is_object() => {
                for key in list(rule).iter().filter_map(Value::as_str) {
                    if value.get(key).is_none() {
                        fault(format!("{key} is missing"));
                    }
                }
            }
            "pattern" if value.is_string() && !fits(rule, value) => {
                fault(format!("{value} does not fit {rule}"))
            }
            "uniqueItems" if rule == &Value::Bool(true) => {
                let items = list(value);
                if items.iter().enumerate().any(|(i, item)| items.iter().take(i).any(|other| other == item)) {
                    fault("an item stands twice".to_owned());
                }
            }
            "pattern" | "uniqueItems" => {}
            "type"
            | "const"
            | "enum"
            | "minimum"
            | "maximum"
            | "required"
            | "properties"
            | "additionalProperties"
            | "items"
            | "anyOf"
            | "oneOf"
            | "allOf"
            | "$ref" => {}
            other if WORDS.contains(&other) => {}
            other => fault(format!("the keyword {other} is not handled by this validator")),
        }
    }
    if let Some(name) = keywords.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Bool(false));
        found.extend(faults(root, target, value, place));
    }
    for (keyword, wanted) in [("anyOf", 1..=usize::MAX), ("oneOf", 1..=1)] {
        let Some(rule) = keywords.get(keyword) else { continue };
        let fitting = list(rule).iter().filter(|s| faults(root, s, value, place).is_empty()).count();
        if !wanted.contains(&fitting) {
            found.push(format!("{place}: {fitting} of the {keyword} alternatives fit {value}"));
        }
    }
    for part in keywords.get("allOf").map(list).unwrap_or_default() {
        found.extend(faults(root, part, value, place));
    }
    if let (Some(rule), Some(items)) = (keywords.get("items"), value.as_array()) {
        for (i, item) in items.iter().enumerate() {
            found.extend(faults(root, rule, item, &format!("{place}/{i}")));
        }
    }
    if let Some(object) = value.as_object() {
        let known = keywords.get("properties").and_then(Value::as_object);
        for (key, inner) in object {
            let rule = known.and_then(|k| k.get(key)).or_else(|| keywords.get("additionalProperties"));
            if let Some(rule) = rule {
                found.extend(faults(root, rule, inner, &format!("{place}/{key}")));
            }
        }
    }
    found
}

fn fits(rule: &Value, value: &Value) -> bool {
    let (Some(pattern), Some(word)) = (rule.as_str(), value.as_str()) else { return false };
    regex_lite::Regex::new(pattern).is_ok_and(|known| known.is_match(word))
}

fn list(rule: &Value) -> &[Value] {
    rule.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn is_of_type(rule: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        _ => false,
    };
    match rule {
        Value::String(name) => is(name),
        names => list(names).iter().filter_map(Value::as_str).any(is),
    }
}
