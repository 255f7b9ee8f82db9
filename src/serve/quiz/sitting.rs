//! A sitting while its page is open.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::app::no_question;
use crate::quiz::{Answer, Answered, Course, Entry, Question, ResultsFile, SignedSlides, Sitting, questions};
use crate::standard::Profile;
use crate::text::is_one_line;
use crate::{Error, ErrorKind, Result};

/// Longest name of a trainee, letters.
const MAX_NAME: usize = 80;
/// Most seconds that a question is said to have taken: a page that stays open over night is no slow reader.
const MAX_SECONDS: u64 = 3600;

/// A sitting with its questions.
#[derive(Debug)]
pub(super) struct OpenSitting {
    pub(super) id: String,
    pub(super) course: Course,
    pub(super) questions: Vec<Question>,
    begun: Sitting,
    answers: Mutex<BTreeMap<u32, Answered>>,
    shown: Mutex<BTreeMap<u32, Instant>>,
}

impl OpenSitting {
    /// Begins a sitting, or goes on with one that this trainee left open.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a name that is none; what the course or the file of results refuses.
    pub(super) fn begin(
        trainee: &str,
        course: &Course,
        signed: Option<&SignedSlides>,
        results: &ResultsFile,
        profile: &Profile,
    ) -> Result<Self> {
        let trainee = trainee.trim();
        if trainee.is_empty() || !is_one_line(trainee) || trainee.chars().count() > MAX_NAME {
            return Err(
                Error::new(ErrorKind::Usage, "type a name of at most 80 letters").with_key("error-quiz-name")
            );
        }
        let open = results.read()?.sittings.into_iter().rev().find(|sitting| {
            sitting.trainee == trainee && sitting.course_sha256 == course.sha256 && !sitting.is_complete()
        });
        let begun = match open {
            Some(open) => open,
            None => {
                let [id, seed] = [random()?, random()?];
                let begun = Sitting {
                    id: format!("{id:016x}"),
                    trainee: trainee.to_owned(),
                    course: course.name.clone(),
                    course_sha256: course.sha256.clone(),
                    seed: course.seed.unwrap_or(seed as u32),
                    questions: course.len(),
                    began: now(),
                    answers: BTreeMap::new(),
                };
                // What cannot be asked is said before anything is written.
                questions(course, begun.seed, signed, profile)?;
                results.add(&entry(&begun))?;
                begun
            }
        };
        let questions = questions(course, begun.seed, signed, profile)?;
        Ok(Self {
            id: begun.id.clone(),
            course: course.clone(),
            questions,
            answers: Mutex::new(begun.answers.clone()),
            begun,
            shown: Mutex::default(),
        })
    }

    /// The sitting with all that was answered.
    pub(super) fn sitting(&self) -> Sitting {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Sitting { answers, ..self.begun.clone() }
    }

    /// A question; from here on the time runs.
    pub(super) fn question(&self, number: u32) -> Result<&Question> {
        let question = self.questions.get(number as usize).ok_or_else(no_question)?;
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.entry(number).or_insert_with(Instant::now);
        Ok(question)
    }

    /// The answer to a question, where it was given and what was right may be seen.
    pub(super) fn seen(&self, number: u32) -> Option<Answered> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let may = self.course.shows_each() || answers.len() >= self.questions.len();
        answers.get(&number).filter(|_| may).cloned()
    }

    /// Keeps an answer; when this returns it is on the disk.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for one that does not fit, and where the question is answered already.
    pub(super) fn answer(&self, number: u32, answer: Answer, results: &ResultsFile) -> Result<()> {
        let truth = self.questions.get(number as usize).ok_or_else(no_question)?.truth();
        answer.check(&truth)?;
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.contains_key(&number) {
            let text = "this question is answered already, and stays so";
            return Err(Error::new(ErrorKind::Usage, text).with_key("error-quiz-answered"));
        }
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner).get(&number).copied();
        let seconds = shown.map_or(0, |since| since.elapsed().as_secs().min(MAX_SECONDS)) as u32;
        let answered = Answered { at: now(), seconds, truth, answer };
        results.add(&Entry::Answered {
            sitting: self.id.clone(),
            question: number,
            answered: answered.clone(),
        })?;
        answers.insert(number, answered);
        Ok(())
    }
}

fn entry(begun: &Sitting) -> Entry {
    Entry::Began {
        form: Entry::FORM.to_owned(),
        sitting: begun.id.clone(),
        trainee: begun.trainee.clone(),
        course: begun.course.clone(),
        course_sha256: begun.course_sha256.clone(),
        seed: begun.seed,
        questions: begun.questions,
        at: begun.began.clone(),
    }
}

fn random() -> Result<u64> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)
        .map_err(|e| Error::new(ErrorKind::Io, format!("the system gives no random numbers: {e}")))?;
    Ok(u64::from_le_bytes(bytes))
}

fn now() -> String {
    jiff::Timestamp::from_second(jiff::Timestamp::now().as_second()).unwrap_or_default().to_string()
}
