//! A model and the slides that it has never seen.

use std::collections::BTreeMap;
use std::path::PathBuf;

use hemozoin::evaluate::Truth;
use hemozoin::{Error, ErrorKind, Result};

/// One fold: the folder of its bundle and a labelled set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fold {
    pub(super) model: PathBuf,
    pub(super) truth: PathBuf,
}

impl Fold {
    /// `MODEL_DIR:ANNOTATIONS`.
    pub(super) fn parse(text: &str) -> std::result::Result<Self, String> {
        match text.rsplit_once(':') {
            Some((model, truth)) if !model.is_empty() && !truth.is_empty() => {
                Ok(Self { model: model.into(), truth: truth.into() })
            }
            _ => Err("write MODEL_DIR:ANNOTATIONS".to_owned()),
        }
    }

    /// The pictures of `truth` that the fold's `test.json` holds out: set name to slides.
    pub(super) fn held_out(&self, truth: Truth) -> Result<Truth> {
        let path = self.model.join("test.json");
        let text = std::fs::read_to_string(&path).map_err(|e| Error::io(&path, "read", e))?;
        let sets: BTreeMap<String, Vec<String>> = serde_json::from_str(&text).map_err(|e| {
            Error::new(ErrorKind::Usage, format!("expected set names with lists of slides: {e}"))
                .with_path(&path)
        })?;
        let slides = sets.get(&truth.set).ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("the fold holds nothing of {} out", truth.set))
                .with_path(&path)
        })?;
        Ok(truth.only(slides))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_of_paths() {
        let fold = Fold::parse("a/b:c/annotations.json").expect("a pair");
        assert_eq!((fold.model, fold.truth), ("a/b".into(), "c/annotations.json".into()));
        assert!(Fold::parse("a/b").is_err() && Fold::parse(":c").is_err());
    }
}
