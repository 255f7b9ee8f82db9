//! A slide comes in: its pictures go to the disk as they arrive.

use std::path::{Path, PathBuf};

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;

use super::facts;
use crate::files::{make_folder, sync_folder, write_whole};
use crate::intake::hex;
use crate::source::{SlideSheet, is_no_pictures_name};
use crate::terms::Film;
use crate::text::{file_name, one_line};
use crate::{Error, ErrorKind, Result};

/// A slide that lies whole in a folder of its own, and is not accepted yet.
pub(super) struct Received {
    /// Its pictures in folders named for their films, and what was said about it.
    pub(super) folder: TempDir,
    /// Digest over all of it.
    pub(super) id: String,
    /// The number that its facts give it.
    pub(super) slide: Option<String>,
}

/// How large a slide may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Most {
    pub(super) pictures: usize,
    /// Of all parts together.
    pub(super) bytes: u64,
}

/// What has come so far.
struct Coming {
    folder: TempDir,
    most: Most,
    bytes: u64,
    /// Film, name and digest of each picture.
    pictures: Vec<(Film, String, String)>,
    sheet: Option<(String, Option<String>)>,
}

/// Takes a form with the parts `thick` and `thin`, a picture each, and at most one part `facts`.
///
/// # Errors
/// [`ErrorKind::Usage`] for another form, [`ErrorKind::Limit`] for more than is allowed, [`ErrorKind::Io`] where the disk refuses.
pub(super) async fn receive(form: &mut Multipart, incoming: &Path, most: Most) -> Result<Received> {
    let folder = tempfile::tempdir_in(incoming).map_err(|e| Error::io(incoming, "write", e))?;
    let mut coming = Coming { folder, most, bytes: 0, pictures: Vec::new(), sheet: None };
    while let Some(field) = form.next_field().await.map_err(|e| of_form(&e))? {
        match field.name() {
            Some("thick") => coming.picture(Film::Thick, field).await?,
            Some("thin") => coming.picture(Film::Thin, field).await?,
            Some("facts") if coming.sheet.is_none() => coming.facts(field).await?,
            other => {
                let part = other.unwrap_or_default().to_owned();
                let text = format!(
                    "no part {part} is expected here (again): give thick and thin for each picture, and facts once"
                );
                return Err(Error::new(ErrorKind::Usage, text)
                    .with_key("error-service-part")
                    .with_arg("part", one_line(&part)));
            }
        }
    }
    coming.whole()
}

impl Coming {
    fn place(&self, film: Film) -> PathBuf {
        self.folder.path().join(film.code())
    }

    /// The next bytes of a part; of all parts together there are no more than is allowed.
    async fn chunk(&mut self, field: &mut Field<'_>) -> Result<Option<Bytes>> {
        let chunk = field.chunk().await.map_err(|e| of_form(&e))?;
        if let Some(chunk) = &chunk {
            self.bytes = self.bytes.saturating_add(chunk.len() as u64);
            if self.bytes > self.most.bytes {
                return Err(too_large());
            }
        }
        Ok(chunk)
    }

    async fn picture(&mut self, film: Film, mut field: Field<'_>) -> Result<()> {
        if self.pictures.len() >= self.most.pictures {
            let text = format!("a slide has at most {} pictures here", self.most.pictures);
            return Err(Error::new(ErrorKind::Limit, text)
                .with_key("error-service-pictures")
                .with_arg("limit", self.most.pictures));
        }
        let name = self.name(film, field.file_name())?;
        let folder = self.place(film);
        make_folder(&folder)?;
        let path = folder.join(&name);
        let io = |e| Error::io(&path, "write", e);
        let mut file = tokio::fs::File::create_new(&path).await.map_err(io)?;
        let mut digest = Sha256::new();
        while let Some(chunk) = self.chunk(&mut field).await? {
            digest.update(&chunk);
            file.write_all(&chunk).await.map_err(io)?;
        }
        file.sync_all().await.map_err(io)?;
        self.pictures.push((film, name, hex(&digest.finalize())));
        Ok(())
    }

    /// What the next picture is called, by the name that it was given.
    fn name(&self, film: Film, given: Option<&str>) -> Result<String> {
        let numbered = format!("{:04}.jpg", self.pictures.len() + 1);
        let name = given.map_or(Some(numbered.as_str()), file_name).ok_or_else(|| {
            refused("error-service-name", "give each picture a plain file name, without folders")
        })?;
        if is_no_pictures_name(name) {
            let text = format!(
                "{name}, sent as a part {}, is not taken: a file of this name is read as a sheet; give the picture another \
                 name, and say what is known about the slide in the part facts",
                film.code()
            );
            return Err(refused("error-service-sheet", &text)
                .with_arg("name", name)
                .with_arg("part", film.code()));
        }
        if self.pictures.iter().any(|(of, known, _)| *of == film && *known == name) {
            return Err(
                refused("error-service-twice", "two pictures of a film have one name").with_arg("name", name)
            );
        }
        Ok(name.to_owned())
    }

    async fn facts(&mut self, mut field: Field<'_>) -> Result<()> {
        let mut json = Vec::new();
        while let Some(chunk) = self.chunk(&mut field).await? {
            json.extend_from_slice(&chunk);
            if json.len() > facts::MAX_BYTES {
                return Err(Error::new(ErrorKind::Limit, "the part facts is too long")
                    .with_key("error-service-facts-long"));
            }
        }
        self.sheet = Some(facts::sheet_of(&json)?);
        Ok(())
    }

    /// All of it, on the disk.
    fn whole(mut self) -> Result<Received> {
        if self.pictures.is_empty() {
            return Err(refused(
                "error-service-empty",
                "there is no picture: send each as a part thick or thin",
            ));
        }
        for film in [Film::Thick, Film::Thin] {
            if let Some((_, name, _)) = self.pictures.iter().find(|(of, ..)| *of == film) {
                sync_folder(&self.place(film).join(name));
            }
        }
        let (text, slide) = self.sheet.take().unwrap_or_default();
        write_whole(&self.folder.path().join(SlideSheet::NAME), text.as_bytes())?;
        self.pictures.sort();
        let mut digest = Sha256::new();
        for (film, name, of) in &self.pictures {
            digest.update(format!("{} {of} {name}\n", film.code()));
        }
        digest.update(text.as_bytes());
        let id: String = hex(&digest.finalize()).chars().take(32).collect();
        Ok(Received { folder: self.folder, id, slide })
    }
}

fn refused(key: &'static str, text: &str) -> Error {
    Error::new(ErrorKind::Usage, text.to_owned()).with_key(key)
}

/// More than is allowed.
pub(super) fn too_large() -> Error {
    Error::new(ErrorKind::Limit, "the slide is larger than is allowed here").with_key("error-service-large")
}

/// What is wrong with the form itself, or with its length.
fn of_form(error: &MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    Error::new(ErrorKind::Usage, format!("the form is cut off or none: {error}"))
        .with_key("error-service-form")
        .with_arg("reason", error)
}
