//! What an archive was begun with.

use std::path::{Path, PathBuf};

use rusqlite::OptionalExtension;
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};

use super::naming::{path_of, path_value};
use super::open::{Journal, damaged, nothing_begun};
use crate::archive::shard::Shard;
use crate::archive::stamp::Stamp;
use crate::entry::Style;
use crate::intake::digest_of_file;
use crate::{Error, ErrorKind, Result};

/// Under this name stands what tables and pages were last made of.
const WRITTEN: &str = "written";

/// What a later process needs to go on where this one stops.
#[derive(Clone, Debug, PartialEq)]
pub struct Begun {
    /// What can change a record.
    pub stamp: Stamp,
    /// The folder tree or the manifest.
    pub root: PathBuf,
    /// Folders of the bundles used instead of those in the build.
    pub models: Vec<PathBuf>,
    /// Whether tables are written for a French spreadsheet (`;` and decimal comma).
    pub french_tables: bool,
    /// Whether the page opens in French; it holds both languages.
    pub french_page: bool,
    /// How numbers and dates of a manifest are written, as far as its own cells do not say it.
    pub style: Style,
    /// Which of several parts of the slides is read here; `None` for all slides.
    pub shard: Option<Shard>,
}

impl Begun {
    /// Refuses a manifest whose bytes are not those of `known` any more.
    pub(in crate::archive) fn check_manifest(&self, known: Option<&str>) -> Result<()> {
        match (manifest_digest(&self.root)?, known) {
            (Some(digest), Some(known)) if digest != known => Err(other_manifest(&self.root)),
            // A manifest that is gone has been planned from.
            _ => Ok(()),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    stamp: Stamp,
    french_tables: bool,
    #[serde(default)]
    french_page: bool,
    models: usize,
    #[serde(default)]
    style: Style,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shard: Option<Shard>,
}

impl Journal {
    /// Keeps what the archive is begun with, before anything is planned; instead of what was kept before.
    pub(in crate::archive) fn begin(&mut self, begun: &Begun) -> Result<()> {
        let kept = Kept {
            stamp: begun.stamp.clone(),
            french_tables: begun.french_tables,
            french_page: begun.french_page,
            models: begun.models.len(),
            style: begun.style,
            shard: begun.shard,
        };
        let kept = serde_json::to_string(&kept).map_err(|e| damaged(&self.path, &e))?;
        let root = path_value(&begun.root);
        let manifest = manifest_digest(&begun.root)?;
        let models: Vec<Value> = begun.models.iter().map(|m| path_value(m)).collect();
        self.durably(|db| {
            let mut put = db.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")?;
            put.execute(("begun", kept))?;
            put.execute(("root", root))?;
            db.execute("DELETE FROM meta WHERE name = 'manifest_sha256'", [])?;
            if let Some(digest) = manifest {
                put.execute(("manifest_sha256", digest))?;
            }
            for (i, model) in models.into_iter().enumerate() {
                put.execute((format!("model-{i}"), model))?;
            }
            put.execute(("begun_at", jiff::Timestamp::now().to_string()))?;
            Ok(())
        })
    }

    /// What the archive was begun with; `None` where nothing was.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] for a damaged journal.
    pub fn begun(&self) -> Result<Option<Begun>> {
        let Some(Value::Text(kept)) = self.meta("begun")? else { return Ok(None) };
        let kept: Kept = serde_json::from_str(&kept).map_err(|e| damaged(&self.path, &e))?;
        let path = |name: &str| -> Result<PathBuf> {
            let value = self.meta(name)?.ok_or_else(|| damaged(&self.path, &format!("{name} is missing")))?;
            path_of(&value).ok_or_else(|| damaged(&self.path, &format!("{name} is not a path")))
        };
        Ok(Some(Begun {
            root: path("root")?,
            models: (0..kept.models).map(|i| path(&format!("model-{i}"))).collect::<Result<_>>()?,
            stamp: kept.stamp,
            french_tables: kept.french_tables,
            french_page: kept.french_page,
            style: kept.style,
            shard: kept.shard,
        }))
    }

    /// What the archive was begun with, where something must have been.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where nothing was; else as [`Self::begun`].
    pub fn begun_before(&self) -> Result<Begun> {
        self.begun()?.ok_or_else(|| nothing_begun(self.folder()))
    }

    /// SHA-256 of the manifest that the archive was begun with; `None` for a folder of slides.
    pub(in crate::archive) fn manifest_begun(&self) -> Result<Option<String>> {
        Ok(match self.meta("manifest_sha256")? {
            Some(Value::Text(known)) => Some(known),
            _ => None,
        })
    }

    /// The clock when the archive was begun, for a person; nothing depends on it.
    ///
    /// # Errors
    /// As [`Self::begun`].
    pub fn begun_at(&self) -> Result<Option<String>> {
        Ok(match self.meta("begun_at")? {
            Some(Value::Text(at)) => Some(at),
            _ => None,
        })
    }

    /// What the tables and pages would be made of now: another text wherever they would be others.
    pub(in crate::archive) fn mark(&self) -> Result<String> {
        let sql = "SELECT COUNT(*) || ' ' || TOTAL(ended) || ' ' || COALESCE(MAX(number), 0) || ' ' || \
                   COALESCE(MAX(ended_at), '') FROM slide";
        let slides: String = self.db.query_row(sql, [], |r| r.get(0)).map_err(|e| self.refused(e))?;
        Ok(format!("{slides} {}", self.last_reading()?))
    }

    /// What [`Self::mark`] was when the tables and pages were written.
    pub(in crate::archive) fn mark_written(&self) -> Result<Option<String>> {
        Ok(match self.meta(WRITTEN)? {
            Some(Value::Text(mark)) => Some(mark),
            _ => None,
        })
    }

    /// Tables and pages show what this [`Self::mark`] says.
    pub(in crate::archive) fn put_mark(&mut self, mark: &str) -> Result<()> {
        self.at_once(|db| {
            db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)", (WRITTEN, mark)).map(drop)
        })
    }

    pub(super) fn meta(&self, name: &str) -> Result<Option<Value>> {
        self.db
            .query_row("SELECT value FROM meta WHERE name = ?1", [name], |r| r.get(0))
            .optional()
            .map_err(|e| self.refused(e))
    }
}

fn other_manifest(root: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        "the manifest has changed since this archive was begun; begin another one with a new --out, or put the earlier \
         manifest back",
    )
    .with_key("error-archive-other-manifest")
    .with_path(root)
}

/// SHA-256 of a manifest; `None` for a folder of slides, or where nothing is there.
fn manifest_digest(root: &Path) -> Result<Option<String>> {
    if root.is_file() { digest_of_file(root).map(Some) } else { Ok(None) }
}
