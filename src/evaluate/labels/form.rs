//! Which form a file or a folder of labels has.

use std::path::{Path, PathBuf};

use super::find::{Whereabouts, files_below};
use super::{coco, voc, yolo};
use crate::evaluate::truth::LabelledPicture;
use crate::files::read_text;
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// Most bytes of an annotations file in the COCO style.
const MAX_COCO_BYTES: u64 = 512 << 20;

/// Labels on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelFile {
    form: Form,
    path: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// One JSON file.
    Coco,
    /// `data.yaml` or `classes.txt`, and a text file for each picture.
    Yolo,
    /// An XML file for each picture.
    Voc,
}

impl LabelFile {
    /// By what lies there: a file that ends in `.json` is COCO's; `.yaml`, `classes.txt` or their folder YOLO's; `.xml` or a
    /// folder with such files Pascal VOC's.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where it is none of them; [`ErrorKind::Io`] where it cannot be looked at.
    pub fn of(path: &Path) -> Result<Self> {
        let found = |form, path: &Path| Ok(Self { form, path: path.to_path_buf() });
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        if !path.is_dir() {
            return match ending.to_str() {
                Some("yaml" | "yml") => found(Form::Yolo, path),
                Some("txt") if path.file_name().is_some_and(|name| name == "classes.txt") => {
                    found(Form::Yolo, path)
                }
                Some("xml") => found(Form::Voc, path),
                // What it is, the parser says.
                _ => found(Form::Coco, path),
            };
        }
        for (name, form) in [
            ("data.yaml", Form::Yolo),
            ("data.yml", Form::Yolo),
            ("classes.txt", Form::Yolo),
            ("annotations.json", Form::Coco),
        ] {
            if path.join(name).is_file() {
                return found(form, &path.join(name));
            }
        }
        if files_below(path)?.iter().any(|file| file.extension().is_some_and(|e| e == "xml")) {
            return found(Form::Voc, path);
        }
        Err(Error::new(ErrorKind::Usage, "neither data.yaml nor annotations.json nor a file .xml lies here")
            .with_key("error-labels-none")
            .with_path(path))
    }

    /// The folder of the labels.
    pub fn folder(&self) -> &Path {
        let is_folder = self.form == Form::Voc && self.path.is_dir();
        if is_folder { &self.path } else { self.path.parent().unwrap_or(Path::new("")) }
    }

    /// Whether it is COCO's, whose names are paths below the folder of pictures.
    pub fn is_coco(&self) -> bool {
        self.form == Form::Coco
    }

    /// Reads it. Pictures that are said to show another film than `film` are left out.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming what does not fit; [`ErrorKind::Io`] and [`ErrorKind::Limit`] as reading refuses.
    pub fn read(&self, film: Option<Film>, pictures: &dyn Whereabouts) -> Result<Vec<LabelledPicture>> {
        match self.form {
            Form::Coco => {
                let text = read_text(&self.path, MAX_COCO_BYTES)?;
                coco::parse(text.trim_start_matches('\u{feff}'), film, pictures)
            }
            Form::Yolo => yolo::read(&self.path, pictures),
            Form::Voc => voc::read(&self.path, pictures),
        }
    }
}
