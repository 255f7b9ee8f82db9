//! The result sheet of a trainee: one page, set as the clinician's report is, and no report on a patient.

use super::results::Sitting;
use super::score::{Outcome, Score};
use super::words::{course_name, fields_line, outcome_lines, score_lines};
use crate::locale::{Catalogue, decimal, integer, moment};
use crate::report::{Laboratory, Letter, PlainSheet};
use crate::standard::Profile;

/// The sheet of one sitting, as PDF or HTML.
pub fn result_sheet(
    sitting: &Sitting,
    laboratory: &Laboratory,
    profile: &Profile,
    words: &Catalogue,
) -> Letter {
    let score = Score::of(sitting, profile);
    let language = words.language();
    let minutes = integer(score.seconds.div_ceil(60), language);
    let answered = [
        ("answered", integer(u64::from(score.answered), language)),
        ("questions", integer(u64::from(score.questions), language)),
    ];
    let facts = [
        ("quiz-sheet-trainee", sitting.trainee.clone()),
        ("quiz-sheet-course", course_name(&sitting.course, words)),
        ("quiz-sheet-date", moment(&sitting.began, language)),
        ("quiz-sheet-seed", sitting.seed.to_string()),
        ("quiz-sheet-answered", words.say_with("quiz-sheet-answered-of", &answered)),
        ("quiz-sheet-time", words.say_with("quiz-sheet-minutes", &[("minutes", minutes)])),
    ];
    let wrong = sitting.answers.iter().filter_map(|(question, answered)| {
        let outcome = Outcome::of(answered, profile).filter(|outcome| !outcome.is_right())?;
        let number = integer(u64::from(*question) + 1, language);
        let mut said = outcome_lines(&outcome, profile, words);
        if let Outcome::Slide(slide) = &outcome {
            said.extend(fields_line(slide, words));
        }
        Some(words.say_with("quiz-sheet-question", &[("number", number), ("said", said.join(" "))]))
    });
    let blocks = [
        (words.say("quiz-sheet-missed"), wrong.collect::<Vec<_>>()),
        (words.say("quiz-sheet-rule"), vec![levels_line(profile, words), words.say("quiz-sheet-truth")]),
    ];
    // What comes of it all stands first.
    let mut result = score_lines(&score, words);
    result.rotate_right(1);
    let made = concat!("hemozoin ", env!("CARGO_PKG_VERSION"));
    PlainSheet {
        title: words.say("quiz-sheet-title"),
        status: words.say("quiz-sheet-status"),
        facts: facts.map(|(key, value)| (words.say(key), Some(value))).to_vec(),
        result_heading: words.say("quiz-sheet-result"),
        result,
        blocks: blocks.into_iter().filter(|(_, lines)| !lines.is_empty()).collect(),
        made: vec![words.say_with(
            "quiz-sheet-made",
            &[("program", made.to_owned()), ("profile", profile.id().name.clone())],
        )],
        signature: ["quiz-sheet-trainer", "clinical-sign-date", "clinical-sign-signature"]
            .map(|key| (words.say(key), None))
            .to_vec(),
        page: words.say_with("quiz-sheet-page", &[("trainee", sitting.trainee.clone())]),
    }
    .set(laboratory, language)
}

/// From which shares on there is which level, as the profile has them.
fn levels_line(profile: &Profile, words: &Catalogue) -> String {
    let rules = &profile.values().competence;
    let percent = |value: f64| {
        let decimals = if value.fract() == 0.0 { 0 } else { 1 };
        decimal(value, decimals, words.language())
    };
    let steps = |from: [f64; 3]| from.map(percent).join(" / ");
    words.say_with(
        "quiz-sheet-levels",
        &[
            ("detection", steps(rules.detection_percent)),
            ("count", steps(rules.count_percent)),
            ("tolerance", percent(rules.count_tolerance_percent)),
        ],
    )
}
