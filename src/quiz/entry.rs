//! One line of a file of results.

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::truth::Truth;

/// What a line says. Lines of many sittings, and of several files put together, may stand in any order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case", deny_unknown_fields)]
pub enum Entry {
    /// A sitting begins.
    Began {
        /// Form of the lines of this sitting: [`Entry::FORM`].
        form: String,
        /// Its name, as good as unique.
        sitting: String,
        /// Who sits.
        trainee: String,
        /// Name of the course.
        course: String,
        /// SHA-256 of the course.
        course_sha256: String,
        /// What was drawn.
        seed: u32,
        /// How many questions.
        questions: u32,
        /// When (ISO 8601).
        at: String,
    },
    /// A question is answered.
    Answered {
        /// Of which sitting.
        sitting: String,
        /// Its number, from 0.
        question: u32,
        /// When, how long it took, what is right and what was said.
        #[serde(flatten)]
        answered: Answered,
    },
}

impl Entry {
    /// Form of the lines that this program writes.
    pub const FORM: &'static str = "hemozoin-quiz/1";
}

/// An answer with all that scores it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// When (ISO 8601).
    pub at: String,
    /// From when the question was first shown, seconds.
    pub seconds: u32,
    /// What is right.
    pub truth: Truth,
    /// What was said.
    pub answer: Answer,
}
