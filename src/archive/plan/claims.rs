//! Which slide has which id. One that several slides claim is given to none: nobody knows whose result it would be.

use std::collections::{BTreeMap, BTreeSet};

use super::{Disputed, PlannedSlide};
use crate::archive::case::Case;
use crate::error::{Error, ErrorKind, Result};

/// A slide that claims an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::archive) struct Claim {
    /// Its folder, below the root.
    pub(in crate::archive) place: String,
    /// The id under which it was handed over, where it was.
    pub(in crate::archive) row: Option<String>,
}

/// The ids that were claimed so far, and by whom.
#[derive(Debug, Default)]
pub(in crate::archive) struct Claims {
    by_id: BTreeMap<String, Vec<Claim>>,
    /// Ids that a slide was handed over with; a slide that cannot be read claims none, but has one.
    rows: BTreeSet<String>,
    /// Ids with a claim that the slides handed over do not know of.
    disputed: BTreeSet<String>,
    /// Slides that cannot be read: they take an id that is left.
    faulty: Vec<(String, PlannedSlide)>,
}

impl Claims {
    /// A slide of an archive that was begun: what it claims, where it claims something.
    pub(in crate::archive) fn know(&mut self, row: String, place: String, claimed: Option<String>) {
        if let Some(id) = claimed {
            self.by_id.entry(id).or_default().push(Claim { place, row: Some(row.clone()) });
        }
        self.rows.insert(row);
    }

    /// A slide that is no longer part of the archive.
    pub(in crate::archive) fn forget(&mut self, row: &str) {
        self.rows.remove(row);
    }

    /// A sound slide at `place` claims `id`: true where it can be handed over with it.
    pub(super) fn claim(&mut self, id: &str, place: &str) -> bool {
        let claims = self.by_id.entry(id.to_owned()).or_default();
        // An id that a slide without a claim bears is as good as claimed.
        let alone = claims.is_empty() && !self.rows.contains(id);
        claims.push(Claim { place: place.to_owned(), row: alone.then(|| id.to_owned()) });
        if alone {
            self.rows.insert(id.to_owned());
        } else {
            self.disputed.insert(id.to_owned());
        }
        alone
    }

    /// A slide that cannot be read, which is handed over at the end.
    pub(super) fn faulty(&mut self, place: String, slide: PlannedSlide) {
        self.faulty.push((place, slide));
    }

    /// How many slides were handed over.
    pub(super) fn count(&self) -> u64 {
        u64::try_from(self.rows.len()).unwrap_or(u64::MAX)
    }

    /// Hands over what cannot be read: every slide with a disputed id, also where it was handed over before, and
    /// those with another fault. Each has its place for an id.
    pub(super) fn settle(&mut self, take: &mut dyn FnMut(PlannedSlide) -> Result<()>) -> Result<()> {
        let mut refused: Vec<(String, PlannedSlide)> = Vec::new();
        for id in std::mem::take(&mut self.disputed) {
            let Some(claims) = self.by_id.get_mut(&id) else { continue };
            claims.sort_by(|a, b| a.place.cmp(&b.place));
            let places: Vec<String> = claims.iter().map(|claim| claim.place.clone()).collect();
            for claim in claims {
                let others: Vec<&str> =
                    places.iter().map(String::as_str).filter(|place| *place != claim.place).collect();
                let row = claim.row.take();
                if let Some(row) = &row {
                    self.rows.remove(row);
                }
                let slide = PlannedSlide {
                    id: String::new(),
                    case: Case::default(),
                    source: Err(claimed_twice(&id, &others.join(", "))),
                    folder: None,
                    disputed: Some(Disputed { id: id.clone(), place: claim.place.clone() }),
                    instead_of: row,
                };
                refused.push((claim.place.clone(), slide));
            }
        }
        refused.append(&mut self.faulty);
        for (place, mut slide) in refused {
            let mut id = place.clone();
            // Another slide's number may be the name of this one's folder.
            while !self.rows.insert(id.clone()) {
                id.push('/');
            }
            let claims = slide.disputed.as_ref().and_then(|disputed| self.by_id.get_mut(&disputed.id));
            if let Some(claim) = claims.and_then(|claims| claims.iter_mut().find(|c| c.place == place)) {
                claim.row = Some(id.clone());
            }
            slide.id = id;
            take(slide)?;
        }
        Ok(())
    }
}

fn claimed_twice(id: &str, others: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "slide number {id} is also that of {others}; none of them is read, for nobody could say whose result it \
             is: give each its own number, and read these folders into another --out"
        ),
    )
    .with_key("error-archive-id-claimed")
    .with_arg("slide", id)
    .with_arg("others", others)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(claims: &mut Claims) -> Vec<(String, Option<String>)> {
        let mut found = Vec::new();
        claims
            .settle(&mut |slide| {
                found.push((slide.id, slide.instead_of));
                Ok(())
            })
            .expect("taken");
        found
    }

    #[test]
    fn a_disputed_id_is_given_to_nobody_whoever_comes_later() {
        let mut claims = Claims::default();
        assert!(claims.claim("N-1", "a") && claims.claim("N-2", "b"));
        assert!(!claims.claim("N-1", "c"));
        let given = |place: &str, row: Option<&str>| (place.to_owned(), row.map(str::to_owned));
        assert_eq!(settled(&mut claims), [given("a", Some("N-1")), given("c", None)]);
        assert_eq!(claims.count(), 3);
        assert!(!claims.claim("N-1", "d"), "still disputed");
        assert_eq!(
            settled(&mut claims),
            [given("a", Some("a")), given("c", Some("c")), given("d", None)],
            "each names all others"
        );
    }

    #[test]
    fn a_number_that_is_the_name_of_another_folder_stays_apart() {
        let mut claims = Claims::default();
        assert!(claims.claim("N-1", "a") && !claims.claim("N-1", "b"));
        assert!(claims.claim("a", "z"), "only the number counts");
        let names: Vec<String> = settled(&mut claims).into_iter().map(|(id, _)| id).collect();
        assert_eq!(names, ["a/", "b"]);
    }
}
