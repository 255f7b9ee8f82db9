//! What a score and an answer say, in the trainee's language.

use super::score::{Outcome, Score, SlideOutcome};
use super::what::What;
use crate::locale::{Catalogue, decimal, integer, share_sentence};
use crate::standard::Profile;
use crate::standard::interval::Proportion;

/// Fields named one by one where parasites were missed; of more, how many.
const NAMED: usize = 12;

/// Name of a course: of those in this binary in the reader's language, of others as its file says it.
pub fn course_name(name: &str, words: &Catalogue) -> String {
    let key = format!("quiz-course-{name}");
    if words.has(&key) { words.say(&key) } else { name.to_owned() }
}

/// The score in sentences: shares with intervals and levels, last the level of all.
pub fn score_lines(score: &Score, words: &Catalogue) -> Vec<String> {
    let say = |key: &str, share: &Proportion, level| share_sentence(key, share, level, words);
    let mut lines = Vec::new();
    lines.extend(score.detection.iter().map(|s| say("competence-detection", &s.ratio, Some(s.level))));
    lines.extend(score.count.iter().map(|s| say("competence-count", &s.ratio, Some(s.level))));
    lines.extend(score.false_positive.iter().map(|r| say("competence-false-positive", r, None)));
    lines.extend(score.false_negative.iter().map(|r| say("competence-false-negative", r, None)));
    lines.extend(score.things.iter().map(|r| say("quiz-things", r, None)));
    match score.level {
        Some(level) => {
            lines.push(words.say_with("competence-overall", &[("level", level.get().to_string())]))
        }
        None if score.answered < score.questions => {
            let number = |n: u32| integer(u64::from(n), words.language());
            let args = [("answered", number(score.answered)), ("questions", number(score.questions))];
            lines.push(words.say_with("quiz-not-complete", &args));
        }
        None => {}
    }
    lines
}

/// What an answer is worth.
pub fn outcome_lines(outcome: &Outcome, profile: &Profile, words: &Catalogue) -> Vec<String> {
    match outcome {
        Outcome::Crop(thing, said) if thing == said => {
            vec![words.say_with("quiz-crop-right", &[("thing", name_of(*thing, words))])]
        }
        Outcome::Crop(thing, said) => {
            let args = [("thing", name_of(*thing, words)), ("said", name_of(*said, words))];
            vec![words.say_with("quiz-crop-wrong", &args)]
        }
        Outcome::Slide(slide) => slide_lines(slide, profile, words),
    }
}

/// In which fields a slide was counted otherwise than it is, in one sentence; `None` where it was not.
pub(super) fn fields_line(slide: &SlideOutcome, words: &Catalogue) -> Option<String> {
    let list: Vec<String> = slide.fields_off.iter().take(NAMED).map(|off| field_line(*off, words)).collect();
    let key = if slide.fields_off.len() > NAMED { "quiz-fields-off-more" } else { "quiz-fields-off" };
    let more = integer(slide.fields_off.len().saturating_sub(NAMED) as u64, words.language());
    (!list.is_empty()).then(|| words.say_with(key, &[("list", list.join(", ")), ("more", more)]))
}

/// One field of such a slide: number, parasites there, parasites counted.
pub fn field_line((field, there, counted): (u32, u32, u32), words: &Catalogue) -> String {
    let number = |n: u32| integer(u64::from(n), words.language());
    let args =
        [("field", number(field.saturating_add(1))), ("there", number(there)), ("counted", number(counted))];
    words.say_with("quiz-field-off", &args)
}

/// Name of a thing.
fn name_of(thing: What, words: &Catalogue) -> String {
    words.say(&format!("quiz-page-{}", thing.code().replace('_', "-")))
}

fn slide_lines(slide: &SlideOutcome, profile: &Profile, words: &Catalogue) -> Vec<String> {
    let number = |n: u64| integer(n, words.language());
    let mut lines = Vec::new();
    match (slide.said, slide.positive) {
        (Some(true), true) => lines.push(words.say("quiz-right-positive")),
        (Some(false), false) => lines.push(words.say("quiz-right-negative")),
        (Some(false), true) => lines.push(words.say("quiz-missed")),
        (Some(true), false) => lines.push(words.say("quiz-invented")),
        (None, _) => {}
    }
    let tolerance = decimal(profile.values().competence.count_tolerance_percent, 0, words.language());
    if let (Some(density), Some(within)) = (slide.density, slide.within) {
        let key = match (slide.counted, within) {
            (Some(_), true) => "quiz-count-within",
            (Some(_), false) => "quiz-count-off",
            (None, _) => "quiz-count-none",
        };
        let counted = slide.counted.map(number).unwrap_or_default();
        lines.push(
            words.say_with(
                key,
                &[("counted", counted), ("density", number(density)), ("tolerance", tolerance)],
            ),
        );
    } else if let Some(density) = slide.density {
        lines.push(words.say_with("quiz-density", &[("density", number(density))]));
    }
    if let Some(cells) = slide.white_cells_short {
        lines.push(words.say_with("quiz-count-short", &[("cells", number(cells))]));
    }
    lines
}
