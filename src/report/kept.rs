//! What somebody wrote into a result by hand is never written over in silence: it is put aside under a name of its own.

use std::path::{Path, PathBuf};

use super::{CsvStyle, detections_csv, fields_csv, text};
use crate::files::{MAX_RECORD_BYTES, read_plain};
use crate::locale::{Catalogue, Language};
use crate::record::SlideRecord;

/// The forms that a file may have.
type Made<'a> = &'a dyn Fn(&SlideRecord) -> Vec<Vec<u8>>;

/// Puts aside what in `dir` is not what the result of `before`, the record that lies there, reads as in any language and
/// any style of tables. Answers with the new names; what cannot be put aside stays and is written over.
pub(super) fn keep_edited(dir: &Path, before: Option<&SlideRecord>) -> Vec<PathBuf> {
    let texts = |record: &SlideRecord| {
        Language::ALL.iter().map(|l| text(record, &Catalogue::new(*l)).into_bytes()).collect()
    };
    let styles = [CsvStyle::Comma, CsvStyle::Semicolon];
    let fields = |record: &SlideRecord| styles.iter().filter_map(|s| fields_csv(record, *s).ok()).collect();
    let found =
        |record: &SlideRecord| styles.iter().filter_map(|s| detections_csv(record, *s).ok()).collect();
    let files: [(&str, Made<'_>); 3] =
        [("result.txt", &texts), ("fields.csv", &fields), ("detections.csv", &found)];
    files
        .into_iter()
        .filter_map(|(name, written)| {
            let path = dir.join(name);
            let bytes = read_plain(&path, MAX_RECORD_BYTES).ok()?;
            let ours = before.is_some_and(|record| written(record).contains(&bytes));
            if ours { None } else { put_aside(&path) }
        })
        .collect()
}

/// `result.txt` becomes `result.kept-1.txt`, or the next number that is free.
pub(in crate::report) fn put_aside(path: &Path) -> Option<PathBuf> {
    let (stem, ending) = (path.file_stem()?.to_str()?, path.extension()?.to_str()?);
    let aside = (1..1000)
        .map(|n| path.with_file_name(format!("{stem}.kept-{n}.{ending}")))
        .find(|aside| aside.symlink_metadata().is_err())?;
    std::fs::rename(path, &aside).ok()?;
    Some(aside)
}
