//! What a trainee answers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::truth::{FieldTruth, Truth};
use super::what::What;
use crate::{Error, ErrorKind, Result};

/// Most of one kind that a field can be said to hold, and most places marked in one.
const MAX_COUNT: u32 = 20_000;
const MAX_MARKS: usize = 2_000;

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// To a slide.
    Slide(SlideAnswer),
    /// To a crop.
    Crop {
        /// What it is said to be.
        thing: What,
    },
}

/// What is said of a slide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SlideAnswer {
    /// Whether it holds parasites, where that is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub positive: Option<bool>,
    /// How many fields were looked at.
    #[serde(default)]
    pub looked: u32,
    /// What was counted, field by field; fields in which nothing was counted are left out.
    #[serde(default)]
    pub fields: Vec<FieldAnswer>,
}

/// What was counted in one field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldAnswer {
    /// Number of the field, from 0.
    pub field: u32,
    /// How many of each of [`What::TALLIED`].
    pub counts: [u32; 5],
    /// Where, for those that were pointed at: what, and pixels of the picture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<(What, i32, i32)>,
}

impl FieldAnswer {
    /// The same as asexual parasites, gametocytes and white cells.
    pub fn sums(&self) -> FieldTruth {
        let [ring, trophozoite, schizont, gametocytes, white_cells] = self.counts;
        FieldTruth {
            asexual: ring.saturating_add(trophozoite).saturating_add(schizont),
            gametocytes,
            white_cells,
        }
    }
}

impl Answer {
    /// Refuses what no page of this program sends, and what contradicts itself.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming it.
    pub fn check(&self, truth: &Truth) -> Result<()> {
        match (self, truth) {
            (Self::Crop { .. }, Truth::Crop { .. }) => Ok(()),
            (Self::Slide(answer), Truth::Slide { ask, fields, .. }) => {
                if ask.detection() != answer.positive.is_some() {
                    let text = "say first whether you see parasites (A) or none (R)";
                    return Err(Error::new(ErrorKind::Usage, text).with_key("error-quiz-say"));
                }
                answer.check(fields.len())?;
                let counted = answer.fields.iter().any(|field| field.sums().parasites() > 0);
                if answer.positive == Some(false) && counted {
                    let text = "you counted parasites, and say that there are none";
                    return Err(Error::new(ErrorKind::Usage, text).with_key("error-quiz-contradiction"));
                }
                Ok(())
            }
            _ => Err(odd()),
        }
    }
}

impl SlideAnswer {
    fn check(&self, fields: usize) -> Result<()> {
        let mut named = BTreeSet::new();
        for field in &self.fields {
            let marked = |thing: What| field.marks.iter().filter(|(what, ..)| *what == thing).count();
            let sound = (field.field as usize) < fields
                && named.insert(field.field)
                && field.counts.iter().all(|n| *n <= MAX_COUNT)
                && field.marks.len() <= MAX_MARKS
                && field.marks.iter().all(|(what, ..)| What::TALLIED.contains(what))
                && What::TALLIED.iter().zip(field.counts).all(|(thing, n)| marked(*thing) <= n as usize);
            if !sound {
                return Err(odd());
            }
        }
        if self.looked as usize > fields { Err(odd()) } else { Ok(()) }
    }
}

fn odd() -> Error {
    Error::new(ErrorKind::Usage, "this answer does not fit its question; load the page again")
        .with_key("error-quiz-answer")
}

#[cfg(test)]
mod tests {
    use super::super::course::Ask;
    use super::*;
    use crate::terms::Film;

    #[test]
    fn an_answer_fits_its_question_or_is_refused() {
        let truth = |ask| Truth::Slide {
            film: Film::Thick,
            ask,
            wbc_per_ul: None,
            fields: vec![FieldTruth::default(); 3],
        };
        let slide =
            |positive, fields: Vec<FieldAnswer>| Answer::Slide(SlideAnswer { positive, looked: 3, fields });
        let field = |field, counts, marks| FieldAnswer { field, counts, marks };
        let two = field(2, [1, 0, 0, 0, 9], vec![(What::Ring, 5, 5)]);
        slide(Some(true), vec![two.clone()]).check(&truth(Ask::Both)).expect("sound");
        slide(None, vec![two.clone()]).check(&truth(Ask::Count)).expect("sound");
        slide(Some(false), vec![field(0, [0, 0, 0, 0, 9], vec![])])
            .check(&truth(Ask::Detection))
            .expect("sound");
        for (answer, ask, key) in [
            (slide(None, vec![]), Ask::Detection, "error-quiz-say"),
            (slide(Some(true), vec![]), Ask::Count, "error-quiz-say"),
            (slide(Some(false), vec![two.clone()]), Ask::Both, "error-quiz-contradiction"),
            (slide(Some(true), vec![two.clone(), two.clone()]), Ask::Both, "error-quiz-answer"),
            (slide(Some(true), vec![field(3, [1; 5], vec![])]), Ask::Both, "error-quiz-answer"),
            (slide(Some(true), vec![field(0, [u32::MAX; 5], vec![])]), Ask::Both, "error-quiz-answer"),
            (
                slide(Some(true), vec![field(0, [0; 5], vec![(What::Ring, 1, 1)])]),
                Ask::Both,
                "error-quiz-answer",
            ),
            (Answer::Crop { thing: What::Ring }, Ask::Both, "error-quiz-answer"),
        ] {
            assert_eq!(answer.check(&truth(ask)).expect_err(key).key(), Some(key));
        }
    }
}
