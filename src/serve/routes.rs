//! Which address leads where.

use super::answers::{Answer, nothing};
use super::app::App;
use super::asked::Asked;
use super::{api, html, letter, opening, queue};
use crate::Result;
use crate::locale::Catalogue;

/// Answers what was asked in a language.
pub(super) fn worded(app: &App, asked: &Asked, parts: &[&str], words: &Catalogue) -> Result<Answer> {
    match (asked.changes, parts) {
        (false, []) => Ok(queue::home(app, words)),
        (false, ["words.json"]) => Ok(api::words(words)),
        (false, ["queue.json"]) => queue::list(app, words),
        (false, ["job.json"]) => opening::progress(app, words),
        (true, ["open"]) => opening::open(app, &asked.read()?, words),
        (true, ["drop", slide, film, name]) => app.dropped.take(slide, film, name, &asked.body),
        (false, ["slide", key]) => html::slide(app, key, words),
        (false, ["slide", key, rest @ ..]) => {
            let slide = app.shelf.slide(key)?;
            Ok(match rest {
                ["whole.json"] => api::whole(&slide, asked.number("reading"), words)?,
                ["since.json"] => api::since(&slide, asked, words)?,
                ["field", field] => match field.parse() {
                    Ok(field) => api::field(&slide, asked.number("reading"), field)?,
                    Err(_) => nothing(404),
                },
                ["crop", place @ ..] => api::crop(&slide, place)?.unwrap_or_else(|| nothing(404)),
                ["tile", place @ ..] => api::tile(&slide, place)?.unwrap_or_else(|| nothing(404)),
                [name] => letter::letter(&slide, asked.number("reading"), name, words)?
                    .unwrap_or_else(|| nothing(404)),
                _ => nothing(404),
            })
        }
        (true, ["slide", key, action]) => {
            let slide = app.shelf.slide(key)?;
            match *action {
                "begin" => api::begin(&slide, &asked.read()?, words),
                "decide" => api::decide(&slide, &asked.read()?, words),
                "undo" => api::undo(&slide, &asked.read()?),
                "sign" => {
                    let answer = api::sign(&slide, &asked.read()?)?;
                    app.upkeep.signed(&slide, words.language());
                    Ok(answer)
                }
                "correct" => api::correct(&slide, &asked.read()?),
                _ => Ok(nothing(404)),
            }
        }
        _ => Ok(nothing(404)),
    }
}
