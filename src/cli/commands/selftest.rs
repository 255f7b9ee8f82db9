//! `hemozoin selftest`: does this build do what the release does?

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::{Format, json};
use crate::cli::session::Session;
use hemozoin::evaluate::{Check, SelfTestResult, self_test};
use hemozoin::locale::decimal;
use hemozoin::terms::Film;

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let mut results = Vec::new();
    for film in [Film::Thick, Film::Thin] {
        let of_film = self_test(film)?;
        if flags.format == Format::Text {
            for result in &of_film {
                session.print(&(line(result, session) + "\n"))?;
            }
        }
        results.extend(of_film);
    }
    let failed = results.iter().filter(|r| !r.passed).count();
    if flags.format == Format::Json {
        session.print(&json(&results, false)?)?;
    }
    let counts = [("checks", results.len().to_string()), ("failed", failed.to_string())];
    let key = if failed == 0 { "selftest-sound" } else { "selftest-unsound" };
    session.tell(&session.catalogue().say_with(key, &counts));
    Ok(if failed == 0 { Exit::Done } else { Exit::SomeFailed })
}

fn line(result: &SelfTestResult, session: &Session) -> String {
    let words = session.catalogue();
    let class = match result.check {
        Check::Found(subject) => words.say(&format!("evaluate-subject-{}", subject.code().replace('_', "-"))),
        _ => String::new(),
    };
    let figure = |text: &String| match (result.check, text.parse()) {
        (Check::Found(_), Ok(f1)) => decimal(f1, 2, words.language()),
        _ => text.clone(),
    };
    let expected = ("expected", figure(&result.expected));
    let check =
        words.say_with(&format!("selftest-{}", result.check.code()), &[("class", class), expected.clone()]);
    let verdict = words.say(if result.passed { "selftest-passed" } else { "selftest-failed" });
    let args = [
        ("verdict", verdict),
        ("film", words.say(&format!("film-{}", result.film.code()))),
        ("check", check),
        expected,
        ("found", figure(&result.found)),
    ];
    words.say_with(if result.passed { "selftest-line" } else { "selftest-line-expected" }, &args)
}
