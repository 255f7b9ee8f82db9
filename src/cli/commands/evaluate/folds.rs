//! A model and the slides that it has never seen.

use std::path::PathBuf;

use serde::Deserialize;

use hemozoin::evaluate::Truth;
use hemozoin::files::read_text;
use hemozoin::{Error, ErrorKind, Result};

/// One fold: the folder of its bundle and a labelled set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fold {
    pub(super) model: PathBuf,
    pub(super) truth: PathBuf,
}

/// Most bytes of a fold's list of pictures.
const MAX_BYTES: u64 = 64 << 20;

impl Fold {
    /// `MODEL_DIR:ANNOTATIONS`.
    pub(super) fn parse(text: &str) -> Result<Self> {
        match text.rsplit_once(':') {
            Some((model, truth)) if !model.is_empty() && !truth.is_empty() => {
                Ok(Self { model: model.into(), truth: truth.into() })
            }
            _ => {
                Err(Error::new(ErrorKind::Usage, "write MODEL_DIR:ANNOTATIONS")
                    .with_key("error-evaluate-fold"))
            }
        }
    }

    /// The pictures of `truth` that the fold's `test-SET.json` lists: annotations in the same style, cut down to
    /// what the fold has never seen.
    pub(super) fn held_out(&self, truth: Truth) -> Result<Truth> {
        let path = self.model.join(format!("test-{}.json", truth.set));
        let text = read_text(&path, MAX_BYTES)?;
        let part: HeldOut = serde_json::from_str(&text).map_err(|e| {
            Error::new(ErrorKind::Usage, format!("expected a list of images with file_name: {e}"))
                .with_key("error-evaluate-held-out")
                .with_arg("line", e.line())
                .with_arg("column", e.column())
                .with_arg("reason", e)
                .with_path(&path)
        })?;
        let names: Vec<String> = part.images.into_iter().map(|i| i.file_name).collect();
        Ok(truth.only(&names))
    }
}

#[derive(Deserialize)]
struct HeldOut {
    images: Vec<HeldOutImage>,
}

#[derive(Deserialize)]
struct HeldOutImage {
    file_name: String,
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
