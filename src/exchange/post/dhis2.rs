//! Surveillance figures to a DHIS2 server (`/api/dataValueSets`).

use serde::Deserialize;
use serde_json::Value as Json;

use super::line::Line;
use crate::{Error, ErrorKind, Result};

/// What a server made of the values, or would make of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// New values.
    pub imported: u64,
    /// Values that took the place of others.
    pub updated: u64,
    /// Values that were not taken.
    pub ignored: u64,
    /// Why, in the server's words.
    pub conflicts: Vec<String>,
}

impl Imported {
    /// Whether every value was taken.
    pub fn is_whole(&self) -> bool {
        self.ignored == 0 && self.conflicts.is_empty()
    }
}

/// Sends values, as `report::archive::data_values` makes them; with `dry_run` the server only says what it would do.
///
/// # Errors
/// [`ErrorKind::Io`] where the server is not reached or cannot answer now; [`ErrorKind::Usage`] where it refuses, as for a
/// wrong password; [`ErrorKind::Unreadable`] where what answers is no DHIS2 server.
pub fn push(line: &Line, payload: &Json, dry_run: bool) -> Result<Imported> {
    let body = serde_json::to_vec(payload)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("the values cannot be written: {e}")))?;
    let path = format!("api/dataValueSets?importStrategy=CREATE_AND_UPDATE&dryRun={dry_run}");
    let answer = line.post(&path, "application/json", &body).map_err(|why| not_reached(line, &why))?;
    // 409 carries the same summary, with what was not taken.
    let found = serde_json::from_slice::<Json>(&answer.body).ok().and_then(summary);
    match (answer.status, found) {
        (200..=299 | 409, Some(imported)) => Ok(imported),
        (200..=299, None) => Err(Error::new(
            ErrorKind::Unreadable,
            format!("what answers at {} is no DHIS2 server; check the address", line.address()),
        )
        .with_key("error-send-no-dhis2")
        .with_arg("address", line.address())),
        (status, _) if super::line::is_for_now(status) => Err(not_reached(line, &status.to_string())),
        (status, _) => Err(Error::new(
            ErrorKind::Usage,
            format!(
                "the server at {} refuses with status {status}; check address and authorization",
                line.address()
            ),
        )
        .with_key("error-send-refused")
        .with_arg("address", line.address())
        .with_arg("status", status)),
    }
}

fn not_reached(line: &Line, why: &str) -> Error {
    Error::new(
        ErrorKind::Io,
        format!("the server at {} cannot be reached ({why}); send again later", line.address()),
    )
    .with_key("error-send-not-reached")
    .with_arg("address", line.address())
    .with_arg("reason", why)
}

/// The import summary; since version 2.38 it lies inside `response`.
fn summary(json: Json) -> Option<Imported> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Summary {
        import_count: Count,
        #[serde(default)]
        conflicts: Vec<Conflict>,
    }
    #[derive(Deserialize)]
    struct Count {
        imported: u64,
        updated: u64,
        ignored: u64,
    }
    #[derive(Deserialize)]
    struct Conflict {
        #[serde(default)]
        object: String,
        #[serde(default)]
        value: String,
    }
    let inner = json.get("response").filter(|inner| inner.get("importCount").is_some()).cloned();
    let found: Summary = serde_json::from_value(inner.unwrap_or(json)).ok()?;
    let Count { imported, updated, ignored } = found.import_count;
    let said = |c: Conflict| format!("{}: {}", c.object, c.value).trim_start_matches(": ").to_owned();
    Some(Imported { imported, updated, ignored, conflicts: found.conflicts.into_iter().map(said).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_old_and_new_servers() {
        let old = serde_json::json!({
            "responseType": "ImportSummary", "status": "WARNING",
            "importCount": { "imported": 2, "updated": 1, "ignored": 1, "deleted": 0 },
            "conflicts": [{ "object": "abc", "value": "No such data element" }],
        });
        let wanted = Imported {
            imported: 2,
            updated: 1,
            ignored: 1,
            conflicts: vec!["abc: No such data element".to_owned()],
        };
        assert_eq!(summary(old.clone()), Some(wanted.clone()));
        let new = serde_json::json!({ "httpStatus": "Conflict", "status": "WARNING", "response": old });
        assert_eq!(summary(new), Some(wanted));
        assert_eq!(summary(serde_json::json!({ "status": "OK" })), None);
    }
}
