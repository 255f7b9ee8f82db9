//! The plan: every slide with its files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::naming::{file_facts, path_of, path_value, record_name, short_digest};
use super::open::{Journal, damaged};
use super::read::SlideState;
use super::shard::{keep_part, note_replanned};
use crate::archive::case::Case;
use crate::archive::plan::{Claims, PlannedSlide, place_of};
use crate::archive::rows::SlideRow;
use crate::archive::shard::Shard;
use crate::record::{Facts, Fault, PassedOver, SlideInfo};
use crate::slide::ScaleTable;
use crate::source::{PictureFile, SlideSource};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// A planned slide as the journal knows it.
#[derive(Clone, Debug)]
pub struct StoredSlide {
    /// In the order in which slides were found; slides are told in the order of ids.
    pub number: i64,
    /// Its pictures and what was said about it.
    pub source: SlideSource,
    /// Who, when, where.
    pub case: Case,
    /// File name of its record.
    pub record_name: String,
    /// The scales, where they were estimated before.
    pub scales: Option<ScaleTable>,
    /// Places of the files without an outcome.
    pub todo: Vec<usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plan {
    pub(super) info: SlideInfo,
    pub(super) facts: Facts,
    passed_over: Vec<PassedOver>,
    pub(super) case: Case,
    /// The folder below the root, where the id does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// The id that it asked for, where another slide did too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claim: Option<String>,
}

impl Journal {
    /// True where the plan is complete.
    pub(in crate::archive) fn is_planned(&self) -> Result<bool> {
        Ok(self.meta("planned")?.is_some())
    }

    /// Stores the plan that `each` hands over, with the links that it passed over: all of it or nothing.
    /// Paths below `base` are kept relative to it. Of the list only the slides of `shard` are kept.
    pub(in crate::archive) fn plan(
        &mut self,
        base: &Path,
        shard: Option<Shard>,
        each: impl FnOnce(&mut dyn FnMut(PlannedSlide) -> Result<()>) -> Result<(u64, Vec<PathBuf>)>,
    ) -> Result<u64> {
        let path = self.path.clone();
        let refused = |e| super::open::refused(&path, e);
        self.db.pragma_update(None, "synchronous", "FULL").map_err(refused)?;
        let transaction = self.db.transaction().map_err(refused)?;
        transaction
            .execute_batch("DELETE FROM slide; DELETE FROM file; DELETE FROM outcome;")
            .map_err(refused)?;
        let mut arrival = 0;
        let (found, links) = each(&mut |slide| {
            arrival += 1;
            put_slide(&transaction, arrival, base, &slide).map_err(|fault| fault.of(&path))
        })?;
        put_links(&transaction, base, &links).map_err(|fault| fault.of(&path))?;
        let found = match shard {
            Some(shard) => keep_part(&transaction, shard).map_err(refused)?,
            None => found,
        };
        transaction
            .execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('planned', ?1)", [found.to_string()])
            .map_err(refused)?;
        transaction.commit().map_err(refused)?;
        self.db.pragma_update(None, "synchronous", "NORMAL").map_err(refused)?;
        Ok(found)
    }

    /// Puts the slides that `each` hands over in the place of those `gone`, all of them or none. Returns how
    /// many.
    pub(in crate::archive) fn replan(
        &mut self,
        base: &Path,
        gone: &[(i64, String)],
        each: impl FnOnce(&mut dyn FnMut(PlannedSlide) -> Result<()>) -> Result<Vec<PathBuf>>,
    ) -> Result<usize> {
        let path = self.path.clone();
        let refused = |e| super::open::refused(&path, e);
        let mut known = self.skipped_links()?;
        self.db.pragma_update(None, "synchronous", "FULL").map_err(refused)?;
        let transaction = self.db.transaction().map_err(refused)?;
        let mut last: i64 = transaction
            .query_row("SELECT COALESCE(MAX(number), 0) FROM slide", [], |r| r.get(0))
            .map_err(refused)?;
        for (number, id) in gone {
            // What readers signed waits for the slide to come back.
            for (table, column) in NUMBERED.into_iter().filter(|(table, _)| *table != "reading") {
                let sql = format!("DELETE FROM {table} WHERE {column} = ?1");
                transaction.execute(&sql, [number]).map_err(refused)?;
            }
            transaction
                .execute("DELETE FROM meta WHERE name = ?1", [format!("refused:{id}")])
                .map_err(refused)?;
        }
        let earlier: BTreeMap<&str, i64> = gone.iter().map(|(number, id)| (id.as_str(), *number)).collect();
        let mut came = 0;
        let links = each(&mut |slide| {
            came += 1;
            // A slide that is back has the number that its readings have.
            let number = earlier.get(slide.id.as_str()).copied().unwrap_or_else(|| {
                last += 1;
                last
            });
            put_slide(&transaction, number, base, &slide).map_err(|fault| fault.of(&path))
        })?;
        note_replanned(&transaction, gone).map_err(refused)?;
        known.extend(links.iter().map(|link| shown_link(link, base)));
        put_shown(&transaction, &known).map_err(|fault| fault.of(&path))?;
        transaction
            .execute("UPDATE meta SET value = (SELECT COUNT(*) FROM slide) || '' WHERE name = 'planned'", [])
            .map_err(refused)?;
        transaction.commit().map_err(refused)?;
        self.db.pragma_update(None, "synchronous", "NORMAL").map_err(refused)?;
        Ok(came)
    }

    /// Takes slides out of the plan, with all that was found in them and signed of them.
    pub(in crate::archive) fn take_out(&mut self, gone: &[SlideState]) -> Result<()> {
        self.durably(|db| {
            for slide in gone {
                for (table, column) in NUMBERED {
                    db.execute(&format!("DELETE FROM {table} WHERE {column} = ?1"), [slide.number])?;
                }
                db.execute("DELETE FROM meta WHERE name = ?1", [format!("refused:{}", slide.id)])?;
            }
            let count = "UPDATE meta SET value = (SELECT COUNT(*) FROM slide) || '' WHERE name = 'planned'";
            db.execute(count, []).map(drop)
        })
    }

    /// Who claims which id, and the record of each slide that may have one.
    pub(in crate::archive) fn claims(&self) -> Result<(Claims, BTreeMap<String, String>)> {
        let sql = "SELECT id, coalesce(json_extract(plan, '$.place'), id), json_extract(plan, '$.claim'), files, \
                   record_name FROM slide";
        let mut query = self.db.prepare(sql).map_err(|e| self.refused(e))?;
        let mut rows = query.query([]).map_err(|e| self.refused(e))?;
        let (mut claims, mut records) = (Claims::default(), BTreeMap::new());
        while let Some(row) = rows.next().map_err(|e| self.refused(e))? {
            type Known = (String, String, Option<String>, i64, String);
            let (id, place, claim, files, record): Known =
                (|| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))()
                    .map_err(|e| self.refused(e))?;
            // A slide that could not be listed claims nothing.
            let claim = claim.or_else(|| (files > 0).then(|| id.clone()));
            records.insert(id.clone(), record);
            claims.know(id, place, claim);
        }
        Ok((claims, records))
    }

    /// Links to folders that were not followed, for the folder that they lead to is read under its own name.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn skipped_links(&self) -> Result<Vec<String>> {
        match self.meta("skipped_links")? {
            Some(Value::Text(list)) => serde_json::from_str(&list).map_err(|e| damaged(&self.path, &e)),
            _ => Ok(Vec::new()),
        }
    }

    /// Number of the first slide at or after `from` that has not ended.
    pub(in crate::archive) fn next_unended(&self, from: i64) -> Result<Option<i64>> {
        self.db
            .prepare_cached(
                "SELECT number FROM slide WHERE ended = 0 AND number >= ?1 ORDER BY number LIMIT 1",
            )
            .and_then(|mut q| q.query_row([from], |r| r.get(0)).optional())
            .map_err(|e| self.refused(e))
    }

    /// The slide of this number; paths are joined to `base`.
    pub(in crate::archive) fn slide(&self, number: i64, base: &Path) -> Result<StoredSlide> {
        let (plan, record_name, scales): (String, String, Option<String>) = self
            .db
            .prepare_cached("SELECT plan, record_name, scales FROM slide WHERE number = ?1")
            .and_then(|mut q| q.query_row([number], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))))
            .map_err(|e| self.refused(e))?;
        let plan: Plan = serde_json::from_str(&plan).map_err(|e| damaged(&self.path, &e))?;
        let scales =
            scales.map(|s| serde_json::from_str(&s)).transpose().map_err(|e| damaged(&self.path, &e))?;
        let mut files = Vec::new();
        let mut todo = Vec::new();
        let mut query = self
            .db
            .prepare_cached("SELECT film, path, name, done FROM file WHERE slide = ?1 ORDER BY number")
            .map_err(|e| self.refused(e))?;
        let mut rows = query.query([number]).map_err(|e| self.refused(e))?;
        while let Some(row) = rows.next().map_err(|e| self.refused(e))? {
            let (film, path, name, done): (String, Value, String, bool) =
                (|| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))()
                    .map_err(|e| self.refused(e))?;
            let film = if film == Film::Thick.code() { Film::Thick } else { Film::Thin };
            let path = path_of(&path).ok_or_else(|| damaged(&self.path, &"a path cannot be read"))?;
            if !done {
                todo.push(files.len());
            }
            files.push(PictureFile { film, path: base.join(path), name });
        }
        let source = SlideSource::of_parts(plan.info, plan.facts, files, plan.passed_over);
        Ok(StoredSlide { number, source, case: plan.case, record_name, scales, todo })
    }
}

enum Refusal {
    Store(rusqlite::Error),
    Shape(serde_json::Error),
}

impl Refusal {
    fn of(self, path: &Path) -> Error {
        match self {
            Self::Store(e) => super::open::refused(path, e),
            Self::Shape(e) => damaged(path, &e),
        }
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error)
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Self::Shape(error)
    }
}

/// Where the number of a slide stands, the slide itself first.
const NUMBERED: [(&str, &str); 4] =
    [("slide", "number"), ("file", "slide"), ("outcome", "slide"), ("reading", "slide")];

fn put_slide(
    db: &Connection,
    number: i64,
    base: &Path,
    slide: &PlannedSlide,
) -> std::result::Result<(), Refusal> {
    let (plan, files): (Plan, &[PictureFile]) = match &slide.source {
        Ok(source) => (
            Plan {
                info: source.info().clone(),
                facts: source.facts().clone(),
                passed_over: source.passed_over().to_vec(),
                case: slide.case.clone(),
                place: slide
                    .folder
                    .as_deref()
                    .map(|dir| place_of(dir, base))
                    .filter(|place| *place != slide.id),
                claim: None,
            },
            source.files(),
        ),
        Err(_) => (
            Plan {
                info: SlideInfo { id: slide.id.clone(), ..SlideInfo::default() },
                facts: Facts::default(),
                passed_over: Vec::new(),
                case: slide.case.clone(),
                place: match &slide.disputed {
                    Some(disputed) => Some(disputed.place.clone()),
                    None => slide.folder.as_deref().map(|dir| place_of(dir, base)),
                }
                .filter(|place| *place != slide.id),
                claim: slide.disputed.as_ref().map(|disputed| disputed.id.clone()),
            },
            &[],
        ),
    };
    if let Some(earlier) = &slide.instead_of {
        for (table, column) in NUMBERED.into_iter().rev() {
            let sql =
                format!("DELETE FROM {table} WHERE {column} = (SELECT number FROM slide WHERE id = ?1)");
            db.prepare_cached(&sql)?.execute([earlier])?;
        }
    }
    let count = i64::try_from(files.len()).unwrap_or(i64::MAX);
    let mut name = record_name(&slide.id);
    let taken: bool = db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM slide WHERE record_name = ?1)")?
        .query_row([&name], |r| r.get(0))?;
    if taken {
        name = format!("{}-{}.json", name.trim_end_matches(".json"), short_digest(&slide.id));
    }
    db.prepare_cached(
        "INSERT INTO slide (number, id, record_name, plan, files) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((number, &slide.id, name, serde_json::to_string(&plan)?, count))?;
    let mut put = db.prepare_cached(
        "INSERT INTO file (slide, number, film, path, name, bytes, modified_ns) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (i, file) in files.iter().enumerate() {
        let (bytes, modified) = file_facts(&file.path);
        let path = path_value(file.path.strip_prefix(base).unwrap_or(&file.path));
        let at = i64::try_from(i).unwrap_or(i64::MAX);
        put.execute((number, at, file.film.code(), path, &file.name, bytes, modified))?;
    }
    let fault = match &slide.source {
        Err(error) => Some(Fault::from(error)),
        Ok(_) if files.is_empty() => {
            Some(Fault::from(&Error::new(ErrorKind::Usage, "the slide has no pictures")))
        }
        Ok(_) => None,
    };
    if let (Some(fault), Some(folder)) = (&fault, &slide.folder)
        && fault.may_mend()
    {
        let value = path_value(folder.strip_prefix(base).unwrap_or(folder));
        db.prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")?
            .execute((format!("refused:{}", slide.id), value))?;
    }
    if let Some(fault) = fault {
        let row = SlideRow::failed(slide.id.clone(), slide.case.clone(), 0, fault);
        db.prepare_cached(
            "UPDATE slide SET ended = 1, suspect = 0, unfit = 0, urgency = ?2, row = ?3 WHERE number = ?1",
        )?
        .execute((number, row.urgency.rank(), serde_json::to_string(&row)?))?;
    }
    Ok(())
}

fn put_links(db: &Connection, base: &Path, links: &[PathBuf]) -> std::result::Result<(), Refusal> {
    put_shown(db, &links.iter().map(|link| shown_link(link, base)).collect::<Vec<_>>())
}

fn put_shown(db: &Connection, links: &[String]) -> std::result::Result<(), Refusal> {
    db.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('skipped_links', ?1)",
        [serde_json::to_string(links)?],
    )?;
    Ok(())
}

fn shown_link(link: &Path, base: &Path) -> String {
    link.strip_prefix(base).unwrap_or(link).display().to_string()
}
