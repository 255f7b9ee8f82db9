//! Dates as a reader writes them: `21/11/2026` in French; in English as they are stored, for there `03/04` has two meanings.

use super::Language;

/// A stored day (`2026-11-21`), a day with its time (`2026-11-21T07:15`) or a moment of a clock (`2026-11-29T15:59:10Z`),
/// to the minute at most. What is none of these is shown as it stands.
pub fn moment(stored: &str, language: Language) -> String {
    let (day, time) = stored.split_once('T').unwrap_or((stored, ""));
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, of_month] = parts.as_slice() else { return stored.to_owned() };
    let mut shown = match language {
        Language::French => format!("{of_month}/{month}/{year}"),
        Language::English => day.to_owned(),
    };
    if let Some(minute) = time.get(..5) {
        shown.push(' ');
        shown.push_str(minute);
    }
    if time.ends_with('Z') {
        shown.push_str(" UTC");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_told_as_they_are_written_where_they_are_read() {
        for (stored, french, english) in [
            ("2026-11-21", "21/11/2026", "2026-11-21"),
            ("2026-11-21T07:15", "21/11/2026 07:15", "2026-11-21 07:15"),
            ("2026-11-29T15:59:10Z", "29/11/2026 15:59 UTC", "2026-11-29 15:59 UTC"),
            ("2026-11-23T21:35:17.74Z", "23/11/2026 21:35 UTC", "2026-11-23 21:35 UTC"),
            ("yesterday", "yesterday", "yesterday"),
            ("", "", ""),
        ] {
            assert_eq!(moment(stored, Language::French), french);
            assert_eq!(moment(stored, Language::English), english);
        }
    }
}
