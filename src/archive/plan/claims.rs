//! Which slide has which id. One that several slides claim is given to none: nobody knows whose result it would be.

use std::collections::{BTreeMap, BTreeSet};

use super::{Disputed, PlannedSlide};
use crate::archive::case::Case;
use crate::{Error, ErrorKind, Result};

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
        for id in std::mem::take(&mut self.disputed) {
            let mut claims = self.by_id.remove(&id).unwrap_or_default();
            claims.sort_by(|a, b| a.place.cmp(&b.place));
            let places: Vec<String> = claims.iter().map(|claim| claim.place.clone()).collect();
            for claim in &mut claims {
                // Whoever takes the slides may know the rows of the others still: they are not free yet.
                if let Some(row) = &claim.row {
                    self.rows.remove(row);
                }
                let place = claim.place.clone();
                let row = self.free(&place);
                let others = places.iter().filter(|other| **other != place).map(String::as_str);
                take(PlannedSlide {
                    id: row.clone(),
                    case: Case::default(),
                    source: Err(claimed_twice(
                        &id,
                        &match places.len() {
                            // The name of a folder that could not be read itself.
                            0 | 1 => id.clone(),
                            _ => some_of(others),
                        },
                    )),
                    folder: None,
                    disputed: Some(Disputed { id: id.clone(), place }),
                    instead_of: claim.row.replace(row),
                })?;
            }
            self.by_id.insert(id, claims);
        }
        for (place, mut slide) in std::mem::take(&mut self.faulty) {
            slide.id = self.free(&place);
            take(slide)?;
        }
        Ok(())
    }

    /// An id for the slide at `place` that no other has: another slide's number may be the name of this one's folder.
    fn free(&mut self, place: &str) -> String {
        let mut id = place.to_owned();
        while !self.rows.insert(id.clone()) {
            id.push('/');
        }
        id
    }
}

/// A few names of many, and how many more there are: a sheet may have been copied into thousands of folders.
pub(in crate::archive) fn some_of<T: std::fmt::Display>(names: impl Iterator<Item = T>) -> String {
    const SHOWN: usize = 5;
    let mut names = names.fuse();
    let mut shown: Vec<String> = names.by_ref().take(SHOWN).map(|name| name.to_string()).collect();
    match names.count() {
        0 => {}
        more => shown.push(format!("\u{2026} (+{more})")),
    }
    shown.join(", ")
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
    fn no_id_is_given_while_an_earlier_slide_has_it() {
        let mut claims = Claims::default();
        for (id, place) in [("N-1", "a"), ("N-1", "b"), ("a", "y"), ("a", "z")] {
            claims.claim(id, place);
        }
        let mut there = BTreeSet::from(["N-1".to_owned(), "a".to_owned()]);
        claims
            .settle(&mut |slide| {
                if let Some(earlier) = &slide.instead_of {
                    assert!(there.remove(earlier));
                }
                assert!(there.insert(slide.id.clone()), "{} twice", slide.id);
                Ok(())
            })
            .expect("taken");
        assert_eq!(there.into_iter().collect::<Vec<_>>(), ["a/", "b", "y", "z"]);
    }

    #[test]
    fn a_sheet_that_was_copied_everywhere_does_not_name_everything_everywhere() {
        assert_eq!(some_of(1..=5), "1, 2, 3, 4, 5");
        assert_eq!(some_of(1..=10_000), "1, 2, 3, 4, 5, \u{2026} (+9995)");
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
