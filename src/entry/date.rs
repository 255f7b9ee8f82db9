//! Dates as people write them: `2026-11-21`, `21/11/2026`, `21.11.2026 07:15`, `21 novembre 2026`.

use jiff::civil::{Date, Time};

use super::headings::plain;
use super::misread::Misread;
use super::style::Style;

/// Names of the months in French and English, without accents; three letters at least say which, four in French where
/// three do not (`juin`, `juillet`).
const MONTHS: [[&str; 2]; 12] = [
    ["janvier", "january"],
    ["fevrier", "february"],
    ["mars", "march"],
    ["avril", "april"],
    ["mai", "may"],
    ["juin", "june"],
    ["juillet", "july"],
    ["aout", "august"],
    ["septembre", "september"],
    ["octobre", "october"],
    ["novembre", "november"],
    ["decembre", "december"],
];

/// A day as ISO 8601 writes it, `2026-11-21`; a time behind it is left out.
///
/// # Errors
/// [`Misread`] where it is none, or one of two that `style` does not settle.
pub fn day(text: &str, style: Style) -> Result<String, Misread> {
    parts(text, style).map(|(date, _)| date.to_string())
}

/// A day with its time where one is given: `2026-11-21` or `2026-11-21T07:15`.
///
/// # Errors
/// As [`day`].
pub fn moment(text: &str, style: Style) -> Result<String, Misread> {
    parts(text, style).map(|(date, time)| with_time(date, time))
}

fn with_time(date: Date, time: Option<Time>) -> String {
    match time {
        Some(time) if time.second() == 0 => format!("{date}T{:02}:{:02}", time.hour(), time.minute()),
        Some(time) => format!("{date}T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second()),
        None => date.to_string(),
    }
}

/// Which comes first in a date of two numbers and a year, where the date itself says so.
pub(super) fn order_of(text: &str) -> Option<bool> {
    let (date, _) = parted(text)?;
    match numbers(date)?.as_slice() {
        [a, b, _] if a.len() <= 2 && a != b => {
            let (a, b): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
            match (a > 12, b > 12) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => None,
            }
        }
        _ => None,
    }
}

fn parts(text: &str, style: Style) -> Result<(Date, Option<Time>), Misread> {
    let (date, time) = parted(text).ok_or(Misread::Nothing)?;
    Ok((date_of(date, style)?, time))
}

/// The date and its time. `None` for a time that is none.
fn parted(text: &str) -> Option<(&str, Option<Time>)> {
    let text = text.trim();
    let colon = text.find(':').or_else(|| text.rfind(['h', 'H']).filter(|at| *at > 0));
    let Some(colon) = colon else { return Some((text, None)) };
    let before = text.get(..colon)?;
    let at = before.rfind(|c: char| !c.is_ascii_digit())?;
    let parting = before.get(at..)?.chars().next()?;
    if !matches!(parting, 'T' | 't' | ' ' | '\u{a0}' | '\u{202f}') {
        // `21 march 2026` has an h and no time.
        return if text.contains(':') { None } else { Some((text, None)) };
    }
    let time = time_of(text.get(at + parting.len_utf8()..)?)?;
    Some((text.get(..at)?.trim(), Some(time)))
}

fn time_of(text: &str) -> Option<Time> {
    let mut numbers = text.split([':', 'h', 'H']).filter(|n| !n.is_empty()).map(str::parse::<i8>);
    let hour = numbers.next()?.ok()?;
    let minute = numbers.next().transpose().ok()?.unwrap_or(0);
    let second = numbers.next().transpose().ok()?.unwrap_or(0);
    if numbers.next().is_some() {
        return None;
    }
    Time::new(hour, minute, second, 0).ok()
}

/// The three numbers of a date, the same sign between them.
fn numbers(date: &str) -> Option<Vec<&str>> {
    let sign = date.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(sign, '/' | '-' | '.' | '\u{2010}' | '\u{2011}' | '\u{2013}') {
        return None;
    }
    let parts: Vec<&str> = date.split(sign).collect();
    let digits =
        |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    (parts.len() == 3 && parts.iter().all(digits)).then_some(parts)
}

fn date_of(text: &str, style: Style) -> Result<Date, Misread> {
    let Some(numbers) = numbers(text) else { return named_month(text).ok_or(Misread::Nothing) };
    let of = |year: &str, month: &str, day: &str| {
        in_years(Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?)
    };
    match numbers.as_slice() {
        // A year of two digits could be a day.
        [year, month, day] if year.len() == 4 => of(year, month, day).ok_or(Misread::Nothing),
        [a, b, year] if year.len() == 4 && a.len() <= 2 && b.len() <= 2 => {
            match (of(year, b, a), of(year, a, b)) {
                (Some(date), None) | (None, Some(date)) => Ok(date),
                (None, None) => Err(Misread::Nothing),
                (Some(day_first), Some(month_first)) if day_first == month_first => Ok(day_first),
                (Some(day_first), Some(month_first)) => match style.day_first {
                    Some(true) => Ok(day_first),
                    Some(false) => Ok(month_first),
                    None => Err(Misread::TwoDays {
                        day_first: day_first.to_string(),
                        month_first: month_first.to_string(),
                    }),
                },
            }
        }
        _ => Err(Misread::Nothing),
    }
}

/// `21 novembre 2026`, `21-nov-2026`, `1er mars 2026`, `November 21, 2026`.
fn named_month(text: &str) -> Option<Date> {
    let plain = plain(text);
    let words: Vec<&str> = plain.split('_').filter(|word| !word.is_empty()).collect();
    let [a, b, year] = words.as_slice() else { return None };
    let (day, month) = if a.starts_with(|c: char| c.is_ascii_digit()) { (a, b) } else { (b, a) };
    let day = day.strip_suffix("er").unwrap_or(day);
    let mut named = MONTHS.iter().zip(1_i8..).filter(|(names, _)| {
        names.iter().any(|name| *name == *month || month.len() >= 3 && name.starts_with(month))
    });
    let month = named.next().filter(|_| named.next().is_none())?.1;
    if year.len() != 4 {
        return None;
    }
    in_years(Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()?)
}

/// `0026-11-21` and `3026-11-21` are slips of the hand.
fn in_years(date: Date) -> Option<Date> {
    (1900..=2100).contains(&date.year()).then_some(date)
}

/// Whether a moment lies before another, both as [`moment`] writes them; of one day without its time nothing is known.
pub fn is_before(moment: &str, other: &str) -> bool {
    let known = moment.len().min(other.len());
    matches!((moment.get(..known), other.get(..known)), (Some(moment), Some(other)) if moment < other)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Style = Style { decimal: None, day_first: None };

    #[test]
    fn what_has_one_meaning_is_read() {
        for (text, wanted) in [
            ("2026-11-21", "2026-11-21"),
            ("2026-11-21T08:30", "2026-11-21T08:30"),
            ("2026-11-21 08:30:05", "2026-11-21T08:30:05"),
            ("2026/11/21", "2026-11-21"),
            ("21/11/2026", "2026-11-21"),
            ("21-11-2026", "2026-11-21"),
            ("21.11.2026", "2026-11-21"),
            ("11/21/2026", "2026-11-21"),
            ("11/11/2026", "2026-11-11"),
            ("21/11/2026 7:15", "2026-11-21T07:15"),
            ("21/11/2026 07h15", "2026-11-21T07:15"),
            ("21/11/2026 07h", "2026-11-21T07:00"),
            ("21 novembre 2026", "2026-11-21"),
            ("1er mars 2026", "2026-03-01"),
            ("21-nov-2026", "2026-11-21"),
            ("3 août 2026", "2026-08-03"),
            ("November 21, 2026", "2026-11-21"),
            ("21 march 2026", "2026-03-21"),
        ] {
            assert_eq!(moment(text, OPEN).as_deref(), Ok(wanted), "{text}");
            assert_eq!(day(text, OPEN).as_deref(), Ok(&wanted[..10]), "{text}");
        }
    }

    #[test]
    fn what_has_two_meanings_names_both() {
        let two =
            Misread::TwoDays { day_first: "2026-04-03".to_owned(), month_first: "2026-03-04".to_owned() };
        assert_eq!(day("03/04/2026", OPEN), Err(two.clone()));
        assert_eq!(day("3.4.2026 08:00", Style::ENGLISH), Err(two));
        assert_eq!(day("03/04/2026", Style::FRENCH).as_deref(), Ok("2026-04-03"));
        let us = Style { day_first: Some(false), ..OPEN };
        assert_eq!(day("03/04/2026", us).as_deref(), Ok("2026-03-04"));
        // What a date says itself goes before the style.
        assert_eq!(day("11/21/2026", Style::FRENCH).as_deref(), Ok("2026-11-21"));
        assert_eq!((order_of("21/11/2026"), order_of("11/21/2026")), (Some(true), Some(false)));
        assert_eq!((order_of("03/04/2026"), order_of("2026-11-21")), (None, None));
    }

    #[test]
    fn one_moment_is_before_another() {
        for (moment, other, before) in [
            ("2026-11-20", "2026-11-21", true),
            ("2026-11-21", "2026-11-21T08:30", false),
            ("2026-11-21T08:30", "2026-11-21", false),
            ("2026-11-21T07:15", "2026-11-21T08:30:05", true),
            ("2026-11-22", "2026-11-21T08:30", false),
        ] {
            assert_eq!(is_before(moment, other), before, "{moment} {other}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "21/11",
            "21/11/26",
            "26/11/21",
            "31/02/2026",
            "0026-11-21",
            "3026-11-21",
            "21/11/1026",
            "21 novembre 2206",
            "2026-13-01",
            "21/11/2026 25:00",
            "46347",
            "21/11-2026",
            "21 ju 2026",
            "21 ma 2026",
            "2026-11-21T",
            "08:30",
        ] {
            assert_eq!(moment(text, OPEN), Err(Misread::Nothing), "{text}");
        }
    }
}
