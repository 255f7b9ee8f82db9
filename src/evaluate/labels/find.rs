//! Which picture a file of labels belongs to.

use std::path::{Path, PathBuf};

use crate::intake::{Limits, Picture};
use crate::measure::PxSize;
use crate::text::plain_name;
use crate::{Error, ErrorKind, Result};

/// Most files of a folder of pictures.
const MAX_FILES: usize = 500_000;
/// Folders within each other.
const MAX_DEPTH: usize = 16;

/// A picture that labels belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is called where it lies.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Its size, where that is known without opening it.
    pub size: Option<PxSize>,
}

impl Found {
    /// Its upright size.
    pub(super) fn size(&self) -> Result<PxSize> {
        match self.size {
            Some(size) => Ok(size),
            None => Ok(Picture::open(&self.path, 0, &Limits::default())?.size()),
        }
    }
}

/// Where pictures are looked for.
pub trait Whereabouts {
    /// The picture that labels call `name`, with or without folders and ending; `None` where there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where several fit as well.
    fn find(&self, name: &str) -> Result<Option<Found>>;
}

/// Pictures by their very names below a folder, whether they are there or not.
pub(in crate::evaluate) struct Below<'a>(pub(in crate::evaluate) &'a Path);

impl Whereabouts for Below<'_> {
    fn find(&self, name: &str) -> Result<Option<Found>> {
        Ok(Some(Found { name: name.to_owned(), path: self.0.join(name), size: None }))
    }
}

/// The files of a folder and of the folders in it.
pub(in crate::evaluate) struct InFolder {
    folder: PathBuf,
    names: Vec<String>,
}

impl InFolder {
    pub(in crate::evaluate) fn of(folder: &Path) -> Result<Self> {
        let mut names = Vec::new();
        for path in files_below(folder)? {
            if !path
                .extension()
                .is_some_and(|e| ["txt", "xml", "json", "yaml", "yml"].iter().any(|t| e == *t))
            {
                let below = path.strip_prefix(folder).unwrap_or(&path);
                names.push(below.to_string_lossy().replace('\\', "/"));
            }
        }
        Ok(Self { folder: folder.to_path_buf(), names })
    }
}

impl Whereabouts for InFolder {
    fn find(&self, name: &str) -> Result<Option<Found>> {
        let found = best(name, self.names.iter().map(String::as_str))?;
        Ok(found.map(|name| Found { name: name.to_owned(), path: self.folder.join(name), size: None }))
    }
}

/// Every file of a folder and of the folders in it, by name.
pub(super) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_path_buf(), 0)];
    while let Some((dir, depth)) = open.pop() {
        let entries = std::fs::read_dir(&dir).map_err(|e| Error::io(&dir, "read the folder", e))?;
        for entry in entries {
            let entry = entry.map_err(|e| Error::io(&dir, "read the folder", e))?;
            let kind = entry.file_type().map_err(|e| Error::io(&dir, "read the folder", e))?;
            if kind.is_dir() && depth < MAX_DEPTH {
                open.push((entry.path(), depth + 1));
            } else if !kind.is_dir() {
                found.push(entry.path());
            }
        }
        if found.len() > MAX_FILES {
            let what = format!("more than {MAX_FILES} files");
            return Err(Error::new(ErrorKind::Limit, what).with_path(folder));
        }
    }
    found.sort();
    Ok(found)
}

/// The one of `names` that shares the most parts of its path with `wanted`, from the last backwards, without ending; `None`
/// where not even the last is the same. Parts are compared as exports write them.
pub fn best<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Result<Option<&'a str>> {
    let wanted = parts(wanted);
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    for name in names {
        let shared = wanted.iter().rev().zip(parts(name).iter().rev()).take_while(|(a, b)| a == b).count();
        match best {
            _ if shared == 0 => {}
            Some((most, _)) if shared == most => tied = true,
            Some((most, _)) if shared < most => {}
            _ => (best, tied) = (Some((shared, name)), false),
        }
    }
    if tied {
        let name = wanted.join("/");
        return Err(Error::new(ErrorKind::Usage, format!("several pictures may be \"{name}\""))
            .with_key("error-labels-several")
            .with_arg("name", name));
    }
    Ok(best.map(|(_, name)| name))
}

fn parts(name: &str) -> Vec<String> {
    let name = match name.rsplit_once('.') {
        Some((stem, ending)) if is_picture(ending) => stem,
        _ => name,
    };
    name.split(['/', '\\']).filter(|part| !part.trim_matches('.').is_empty()).map(plain_name).collect()
}

fn is_picture(ending: &str) -> bool {
    ["jpg", "jpeg", "jpe", "png", "tif", "tiff", "bmp", "webp"].iter().any(|e| ending.eq_ignore_ascii_case(e))
}

/// Labels whose picture is not there.
pub(super) fn no_picture(name: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!("labels of \"{name}\", and no such picture; say where the pictures lie"),
    )
    .with_key("error-labels-picture")
    .with_arg("name", name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_end_of_a_path_decides() {
        let names = ["a/thick/1.jpg", "b/thick/1.jpg", "b/thin/1.png", "c.d.jpg"];
        let find = |wanted: &str| best(wanted, names.into_iter());
        assert_eq!(find("b/thick/1").expect("one"), Some("b/thick/1.jpg"));
        assert_eq!(find("x/y/thin/1.PNG").expect("one"), Some("b/thin/1.png"));
        assert_eq!(find("c.d").expect("one"), Some("c.d.jpg"));
        assert_eq!(find("2").expect("none"), None);
        assert_eq!(find("thick/1").expect_err("two").key(), Some("error-labels-several"));
    }
}
