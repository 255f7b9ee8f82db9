//! Numbers as people write them, in any country: `6200`, `6 200`, `6'200`, `0,104`, `1.234,5`.

use super::misread::Misread;
use super::style::{DecimalSign, Style};

/// A number that may have decimals of any length, such as a scale or an age.
///
/// # Errors
/// [`Misread`] where it is none, or one of two that `style` does not settle.
pub fn real(text: &str, style: Style) -> Result<f64, Misread> {
    plain(text, style, Grain::Any)?.parse().map_err(|_| Misread::Nothing)
}

/// A number from `low` to `high`. A reading outside is none: of `1,234` µm per pixel one alone is possible. What lies
/// outside without a doubt is returned as it is.
///
/// # Errors
/// As [`real`].
pub fn real_within(text: &str, style: Style, (low, high): (f64, f64)) -> Result<f64, Misread> {
    let possible = |value: f64| (low..=high).contains(&value);
    match real(text, Style::default()).or_else(|misread| misread.settled(possible)) {
        Err(Misread::TwoNumbers { .. }) => real(text, style),
        read => read,
    }
}

/// A number of cells in a volume, which nobody writes to the thousandth: `120,000` is never taken for 120, whatever the
/// style; it is 120 thousand or it is refused.
///
/// # Errors
/// As [`real`].
pub fn quantity(text: &str, style: Style) -> Result<f64, Misread> {
    plain(text, style, Grain::Cells)?.parse().map_err(|_| Misread::Nothing)
}

/// A count: a whole number from 0 up. `1,350` is 1350, for nothing is counted to the thousandth, unless the comma is
/// the decimal sign around it; `2,000` may be 2.
///
/// # Errors
/// As [`quantity`].
pub fn whole(text: &str, style: Style) -> Result<u64, Misread> {
    let plain = match plain(text, style, Grain::Cells) {
        Err(Misread::TwoNumbers { thousands, part, .. }) if part.bytes().any(|b| b != b'0') => {
            match style.decimal {
                None => thousands,
                Some(_) => return Err(Misread::Nothing),
            }
        }
        plain => plain?,
    };
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_whole = part.bytes().all(|b| b == b'0') && !plain.contains(['e', 'E']);
    if is_whole { whole.parse().map_err(|_| Misread::Nothing) } else { Err(Misread::Nothing) }
}

/// How fine a number can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grain {
    Any,
    Cells,
}

/// The number as programs write it: digits, at most one point, perhaps an exponent.
fn plain(text: &str, style: Style, grain: Grain) -> Result<String, Misread> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        // With an exponent it was written by a program, which groups nothing.
        Some((mantissa, exponent)) => {
            (mantissa, is_exponent(exponent).then_some(exponent).ok_or(Misread::Nothing)?)
        }
        None => return Ok(format!("{sign}{}", ungrouped(digits, style, grain)?)),
    };
    match split(mantissa) {
        Some((whole, None)) if whole.len() == 1 => Ok(format!("{sign}{mantissa}e{exponent}")),
        Some((whole, Some((_, part)))) if whole.len() == 1 => {
            Ok(format!("{sign}{}.{part}e{exponent}", whole[0]))
        }
        _ => Err(Misread::Nothing),
    }
}

fn is_exponent(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Blanks and marks that part thousands and nothing else.
fn is_group_mark(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | '\'' | '\u{2019}')
}

/// Groups of digits, and the last sign with what stands behind it.
type Parts<'a> = (Vec<&'a str>, Option<(char, &'a str)>);

/// Groups of digits before the last point or comma, and that sign with the digits behind it. `None` for what is no
/// digits, or begins or ends with a sign other than a decimal sign (`,5`).
fn split(text: &str) -> Option<Parts<'_>> {
    let (before, last) = match text.rfind(['.', ',']) {
        Some(at) => {
            let (before, after) = text.split_at(at);
            let mut after = after.chars();
            let sign = after.next()?;
            (before, Some((sign, after.as_str())))
        }
        None => (text, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = before.split(|c| is_group_mark(c) || matches!(c, '.' | ',')).collect();
    let sound = groups.iter().all(|group| digits(group)) || (before.is_empty() && last.is_some());
    let sound = sound && last.is_none_or(|(_, part)| digits(part));
    sound.then_some((groups, last))
}

fn ungrouped(text: &str, style: Style, grain: Grain) -> Result<String, Misread> {
    let (groups, last) = split(text).ok_or(Misread::Nothing)?;
    let mut marks = text.chars().filter(|c| !c.is_ascii_digit()).collect::<Vec<char>>();
    if last.is_some() {
        marks.pop();
    }
    // One mark alone parts the thousands of one number.
    if marks.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err(Misread::Nothing);
    }
    let in_thousands = |groups: &[&str]| {
        let [first, rest @ ..] = groups else { return false };
        (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3)
    };
    let whole = groups.concat();
    let Some((sign, part)) = last else {
        return if groups.len() == 1 || in_thousands(&groups) { Ok(whole) } else { Err(Misread::Nothing) };
    };
    match marks.first() {
        // The same sign again and again: `1.234.567`.
        Some(mark) if *mark == sign => {
            let all = [&groups[..], &[part]].concat();
            if in_thousands(&all) { Ok(all.concat()) } else { Err(Misread::Nothing) }
        }
        // Other marks part the thousands, so the last sign is the decimal sign: `6 200,5`, `6.200,5`.
        Some(_) => {
            if in_thousands(&groups) {
                Ok(format!("{whole}.{part}"))
            } else {
                Err(Misread::Nothing)
            }
        }
        None => one_sign(&whole, sign, part, style, grain),
    }
}

/// One point or comma: the decimal sign, or that of thousands where three digits follow one to three.
fn one_sign(whole: &str, sign: char, part: &str, style: Style, grain: Grain) -> Result<String, Misread> {
    let decimal = || if whole.is_empty() { format!("0.{part}") } else { format!("{whole}.{part}") };
    let may_part_thousands = part.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if !may_part_thousands {
        return Ok(decimal());
    }
    let is_decimal_sign = match style.decimal {
        Some(DecimalSign::Point) => Some(sign == '.'),
        Some(DecimalSign::Comma) => Some(sign == ','),
        None => None,
    };
    match (is_decimal_sign, grain) {
        (Some(false), _) => Ok(format!("{whole}{part}")),
        (Some(true), Grain::Any) => Ok(decimal()),
        _ => Err(Misread::TwoNumbers {
            thousands: format!("{whole}{part}"),
            whole: whole.to_owned(),
            part: match part.trim_end_matches('0') {
                "" => "0".to_owned(),
                short if short.len() < 3 => short.to_owned(),
                full => format!("{full}0"),
            },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Style = Style { decimal: None, day_first: None };

    #[test]
    fn what_has_one_meaning_is_read() {
        for (text, value) in [
            ("6200", 6200.0),
            (" 6 200 ", 6200.0),
            ("6\u{a0}200", 6200.0),
            ("6\u{202f}200", 6200.0),
            ("6'200", 6200.0),
            ("1\u{202f}234\u{202f}567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1,234,567", 1_234_567.0),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("6 200,5", 6200.5),
            ("6 200,125", 6200.125),
            ("0,104", 0.104),
            ("0.104", 0.104),
            ("6,2", 6.2),
            ("6.25", 6.25),
            ("1234,567", 1234.567),
            ("1234.567", 1234.567),
            (",5", 0.5),
            ("4e6", 4e6),
            ("4.5E+6", 4.5e6),
            ("4,5e6", 4.5e6),
            ("-3", -3.0),
            ("\u{2212}3,5", -3.5),
        ] {
            for style in [OPEN, Style::FRENCH, Style::ENGLISH] {
                assert_eq!(real(text, style), Ok(value), "{text}");
                assert_eq!(quantity(text, style), Ok(value), "{text}");
            }
        }
    }

    #[test]
    fn what_has_two_meanings_names_both() {
        let two = |thousands: &str, whole: &str, part: &str| Misread::TwoNumbers {
            thousands: thousands.to_owned(),
            whole: whole.to_owned(),
            part: part.to_owned(),
        };
        for (text, readings) in [
            ("6.200", two("6200", "6", "2")),
            ("6,200", two("6200", "6", "2")),
            ("120,000", two("120000", "120", "0")),
            ("1.125", two("1125", "1", "1250")),
        ] {
            assert_eq!(real(text, OPEN), Err(readings.clone()), "{text}");
            assert_eq!(quantity(text, OPEN), Err(readings.clone()), "{text}");
            match readings {
                Misread::TwoNumbers { ref part, .. } if part == "0" => {
                    assert_eq!(whole(text, OPEN), Err(readings), "{text}");
                }
                Misread::TwoNumbers { ref thousands, .. } => {
                    assert_eq!(whole(text, OPEN).map(|n| n.to_string()).as_ref(), Ok(thousands), "{text}");
                }
                _ => unreachable!("two numbers"),
            }
        }
    }

    #[test]
    fn the_style_settles_and_never_makes_a_thousand_times_fewer_cells() {
        assert_eq!(real("1,250", Style::FRENCH), Ok(1.25));
        assert_eq!(real("1.250", Style::FRENCH), Ok(1250.0));
        assert_eq!(real("1,250", Style::ENGLISH), Ok(1250.0));
        assert_eq!(real("1.250", Style::ENGLISH), Ok(1.25));
        assert_eq!(quantity("6.200", Style::FRENCH), Ok(6200.0));
        assert_eq!(quantity("120,000", Style::ENGLISH), Ok(120_000.0));
        for (text, style) in [("120,000", Style::FRENCH), ("120.000", Style::ENGLISH)] {
            assert!(matches!(quantity(text, style), Err(Misread::TwoNumbers { .. })), "{text}");
            assert!(matches!(whole(text, style), Err(Misread::TwoNumbers { .. })), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "x",
            "6 2 00",
            "1,23,456",
            "12.34.56",
            "1 234.567.8",
            "6..2",
            "5.",
            "6,2,5",
            "NaN",
            "inf",
            "1e",
            "1e5.0",
            "1 000e3",
            "--3",
            "6 200'000",
            "0x10",
            "6_200",
            "12 3456",
        ] {
            assert_eq!(real(text, OPEN), Err(Misread::Nothing), "{text}");
        }
    }

    #[test]
    fn a_reading_outside_the_range_is_none() {
        let scale = (0.005, 10.0);
        for style in [OPEN, Style::FRENCH, Style::ENGLISH] {
            assert_eq!(real_within("1,234", style, scale), Ok(1.234));
            assert_eq!(real_within("1.234", style, scale), Ok(1.234));
            assert_eq!(real_within("6.200", style, (100.0, 500_000.0)), Ok(6200.0));
            assert_eq!(real_within("0,104", style, scale), Ok(0.104));
            // Outside, and said to be.
            assert_eq!(real_within("12,5", style, scale), Ok(12.5));
            assert_eq!(real_within("12,500", style, scale), Ok(12.5));
        }
        assert!(matches!(real_within("1,250", OPEN, (1.0, 2000.0)), Err(Misread::TwoNumbers { .. })));
        assert_eq!(real_within("1,250", Style::FRENCH, (1.0, 2000.0)), Ok(1.25));
    }

    #[test]
    fn counts_are_whole() {
        for text in ["1,350", "1.350"] {
            assert_eq!(whole(text, OPEN), Ok(1350), "{text}");
        }
        assert_eq!(whole("1,350", Style::ENGLISH), Ok(1350));
        // Where the comma is the decimal sign this is no count.
        assert_eq!(whole("1,350", Style::FRENCH), Err(Misread::Nothing));
        assert!(matches!(whole("2,000", OPEN), Err(Misread::TwoNumbers { .. })));
        assert_eq!(whole("1 250", OPEN), Ok(1250));
        assert_eq!(whole("200,0", OPEN), Ok(200));
        assert_eq!(whole("18446744073709551615", OPEN), Ok(u64::MAX));
        for text in ["12,5", "-3", "18446744073709551616", "2e3", ""] {
            assert_eq!(whole(text, OPEN), Err(Misread::Nothing), "{text}");
        }
    }
}
