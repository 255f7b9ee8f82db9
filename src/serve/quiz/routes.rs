//! Which address of the training corner leads where.

use super::app::QuizApp;
use super::{api, html};
use crate::Result;
use crate::locale::Catalogue;
use crate::serve::answers::{Answer, json, nothing};
use crate::serve::asked::Asked;
use crate::serve::words::page_words;

/// Answers what was asked in a language.
pub(super) fn worded(app: &QuizApp, asked: &Asked, parts: &[&str], words: &Catalogue) -> Result<Answer> {
    match (asked.changes, parts) {
        (false, []) => Ok(html::home(app, words)),
        (false, ["words.json"]) => Ok(json(&page_words("quiz", words))),
        (true, ["begin"]) => api::begin(app, &asked.read()?),
        (false, ["sitting", id]) => Ok(html::sitting(app, id, words)),
        (false, ["sitting", id, "state.json"]) => Ok(api::state(app, &*app.sitting(id)?, words)),
        (_, ["sitting", id, "question", number, rest @ ..]) => {
            let Ok(number) = number.parse() else { return Ok(nothing(404)) };
            of_question(app, asked, id, number, rest, words)
        }
        (false, ["sitting", id, name]) => {
            Ok(api::sheet(app, &app.sitting(id)?, name, words)?.unwrap_or_else(|| nothing(404)))
        }
        _ => Ok(nothing(404)),
    }
}

fn of_question(
    app: &QuizApp,
    asked: &Asked,
    id: &str,
    number: u32,
    rest: &[&str],
    words: &Catalogue,
) -> Result<Answer> {
    let open = app.sitting(id)?;
    match (asked.changes, rest) {
        (false, ["question.json"]) => api::question(app, &open, number, words),
        (true, ["answer"]) => api::answer(app, &open, number, asked.read()?, words),
        (false, ["thing.jpg"]) => api::thing(app, &open, number),
        (false, ["marks", field]) => match field.parse() {
            Ok(field) => api::marks(app, &open, number, field),
            Err(_) => Ok(nothing(404)),
        },
        (false, ["tile", place @ ..]) => {
            let numbers: Option<Vec<u32>> = place.iter().map(|part| part.parse().ok()).collect();
            match numbers.and_then(|numbers| <[u32; 4]>::try_from(numbers).ok()) {
                Some(place) => api::tile(app, &open, number, place),
                None => Ok(nothing(404)),
            }
        }
        _ => Ok(nothing(404)),
    }
}
