//! Pictures that stand under two slide numbers: one person's blood would be reported as that of two.

use std::collections::BTreeMap;

use super::open::Journal;
use crate::Result;

/// Pictures that several slides have in common, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPictures {
    /// Ids of the slides, two or more, sorted.
    pub slides: Vec<String>,
    /// So many pictures.
    pub pictures: u64,
    /// One of them, as it is called in the first of the slides.
    pub example: String,
}

impl Journal {
    /// Pictures that were read for more than one slide, by the slides that share them, in the order of their ids.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn shared_pictures(&self) -> Result<Vec<SharedPictures>> {
        let sql = "SELECT file.sha256, slide.id, file.name FROM file JOIN slide ON slide.number = file.slide \
                   WHERE file.sha256 IN (SELECT sha256 FROM file WHERE sha256 IS NOT NULL \
                   GROUP BY sha256 HAVING MIN(slide) < MAX(slide)) ORDER BY 1, 2, file.number";
        let mut query = self.db.prepare(sql).map_err(|e| self.refused(e))?;
        let mut rows = query.query([]).map_err(|e| self.refused(e))?;
        let mut found: BTreeMap<Vec<String>, (u64, String)> = BTreeMap::new();
        let mut picture: Option<(String, Vec<String>, String)> = None;
        let mut put = |picture: Option<(String, Vec<String>, String)>| {
            if let Some((_, slides, name)) = picture {
                found.entry(slides).or_insert((0, name)).0 += 1;
            }
        };
        while let Some(row) = rows.next().map_err(|e| self.refused(e))? {
            let (digest, slide, name): (String, String, String) =
                (|| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))().map_err(|e| self.refused(e))?;
            match &mut picture {
                Some((last, slides, _)) if *last == digest => {
                    if slides.last() != Some(&slide) {
                        slides.push(slide);
                    }
                }
                _ => put(picture.replace((digest, vec![slide], name))),
            }
        }
        put(picture);
        let shared = found.into_iter();
        Ok(shared.map(|(slides, (pictures, example))| SharedPictures { slides, pictures, example }).collect())
    }
}
