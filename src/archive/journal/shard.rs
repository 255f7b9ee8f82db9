//! The part of a list of slides that one machine reads, and what it takes to put the parts together.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::open::{Journal, damaged};
use super::work::packed;
use crate::Result;
use crate::archive::shard::Shard;
use crate::intake::digest_of_bytes;

/// A slide of the whole list, as each machine has found it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(in crate::archive) struct Listed {
    pub(in crate::archive) id: String,
    /// How many files it has.
    pub(in crate::archive) files: i64,
    /// SHA-256 of their films, names and sizes.
    pub(in crate::archive) pictures: String,
}

/// What of a slide lies in which table: the column of its number, and the others.
const TABLES: [(&str, &str, &str); 4] = [
    (
        "slide",
        "number",
        "id, record_name, plan, files, scales, ended, suspect, unfit, urgency, density, row, fields, ended_at",
    ),
    ("file", "slide", "number, film, path, name, bytes, modified_ns, sha256, done, fault"),
    ("outcome", "slide", "number, body"),
    ("reading", "slide", "body"),
];

impl Journal {
    /// The slides of all parts in the order of ids, as they were when the slides of this part were listed.
    pub(in crate::archive) fn listed(&self) -> Result<Vec<Listed>> {
        match self.meta("listed")? {
            Some(Value::Blob(list)) => self.unpacked(&list),
            _ => Err(damaged(&self.path, &"the list of all parts is missing")),
        }
    }

    /// Slides of the list in whose place others have come, since the system showed what it had refused.
    pub(in crate::archive) fn replanned(&self) -> Result<BTreeSet<String>> {
        match self.meta("replanned")? {
            Some(Value::Text(ids)) => serde_json::from_str(&ids).map_err(|e| damaged(&self.path, &e)),
            _ => Ok(BTreeSet::new()),
        }
    }

    /// Takes over every slide of `parts` with all that is known of it, as the plan of an archive that has none: all of
    /// them or nothing.
    pub(in crate::archive) fn take_parts(&mut self, parts: &[&Self]) -> Result<u64> {
        let path = self.path.clone();
        let refused = |e| super::open::refused(&path, e);
        self.db.pragma_update(None, "synchronous", "FULL").map_err(refused)?;
        let transaction = self.db.transaction().map_err(refused)?;
        let mut arrival = 0;
        for part in parts {
            part.slides(|state| {
                arrival += 1;
                copy_slide(&part.db, state.number, &transaction, arrival).map_err(refused)
            })?;
        }
        for name in ["manifest_sha256", "skipped_links"] {
            if let Some(value) = parts.first().and_then(|part| part.meta(name).transpose()).transpose()? {
                put(&transaction, name, value).map_err(refused)?;
            }
        }
        for part in parts {
            copy_refused(&part.db, &transaction).map_err(refused)?;
        }
        put(&transaction, "planned", Value::Text(arrival.to_string())).map_err(refused)?;
        transaction.commit().map_err(refused)?;
        self.patient()?;
        Ok(u64::try_from(arrival).unwrap_or(0))
    }
}

/// Leaves the slides of one part in a list that is complete, and keeps what the whole list was.
pub(super) fn keep_part(db: &Connection, shard: Shard) -> rusqlite::Result<u64> {
    let mut query = db.prepare("SELECT number, id, files FROM slide ORDER BY id")?;
    let mut rows = query.query([])?;
    let mut listed = Vec::new();
    while let Some(row) = rows.next()? {
        listed.push(Listed { id: row.get(1)?, files: row.get(2)?, pictures: pictures(db, row.get(0)?)? });
    }
    let list = packed(&listed).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    put(db, "listed", Value::Blob(list))?;
    let mut own = 0;
    for (place, Listed { id, .. }) in listed.iter().enumerate() {
        if shard.has(place) {
            own += 1;
            continue;
        }
        db.prepare_cached("DELETE FROM file WHERE slide = (SELECT number FROM slide WHERE id = ?1)")?
            .execute([id])?;
        db.prepare_cached("DELETE FROM slide WHERE id = ?1")?.execute([id])?;
        db.prepare_cached("DELETE FROM meta WHERE name = 'refused:' || ?1")?.execute([id])?;
    }
    Ok(own)
}

fn pictures(db: &Connection, slide: i64) -> rusqlite::Result<String> {
    let mut query =
        db.prepare_cached("SELECT film, name, bytes FROM file WHERE slide = ?1 ORDER BY number")?;
    let mut rows = query.query([slide])?;
    let mut all = String::new();
    while let Some(row) = rows.next()? {
        let (film, name, bytes): (String, String, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        // No name holds a zero byte.
        all.push_str(&format!("{film}\0{name}\0{}\0", bytes.unwrap_or(-1)));
    }
    Ok(digest_of_bytes(all.as_bytes()))
}

/// Notes the slides of a part that others have replaced.
pub(super) fn note_replanned(db: &Connection, gone: &[(i64, String)]) -> rusqlite::Result<()> {
    let known: bool =
        db.query_row("SELECT EXISTS (SELECT 1 FROM meta WHERE name = 'listed')", [], |r| r.get(0))?;
    if !known {
        return Ok(());
    }
    let text: Option<String> =
        db.query_row("SELECT value FROM meta WHERE name = 'replanned'", [], |r| r.get(0)).optional()?;
    let mut ids: BTreeSet<String> =
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    ids.extend(gone.iter().map(|(_, id)| id.clone()));
    put(db, "replanned", Value::Text(serde_json::json!(ids).to_string()))
}

fn put(db: &Connection, name: &str, value: Value) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")?.execute((name, value))?;
    Ok(())
}

fn copy_slide(from: &Connection, number: i64, to: &Connection, arrival: i64) -> rusqlite::Result<()> {
    for (table, key, columns) in TABLES {
        let width = columns.split(',').count();
        let order = if table == "reading" { "version" } else { key };
        let sql = format!("SELECT {columns} FROM {table} WHERE {key} = ?1 ORDER BY {order}");
        let marks = vec!["?"; width + 1].join(", ");
        let insert = format!("INSERT INTO {table} ({key}, {columns}) VALUES ({marks})");
        let (mut query, mut insert) = (from.prepare_cached(&sql)?, to.prepare_cached(&insert)?);
        let mut rows = query.query([number])?;
        while let Some(row) = rows.next()? {
            let mut values = vec![Value::Integer(arrival)];
            for column in 0..width {
                values.push(row.get(column)?);
            }
            insert.execute(rusqlite::params_from_iter(values))?;
        }
    }
    Ok(())
}

/// Where the slides lie that the system refused.
fn copy_refused(from: &Connection, to: &Connection) -> rusqlite::Result<()> {
    let mut query = from.prepare("SELECT name, value FROM meta WHERE name LIKE 'refused:%'")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        put(to, &row.get::<_, String>(0)?, row.get(1)?)?;
    }
    Ok(())
}
