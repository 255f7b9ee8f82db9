//! What several readers of one slide give together, in words.

use crate::locale::{Catalogue, integer};
use crate::record::SlideRecord;
use crate::report::Signature;
use crate::review::{Reading, Together};

/// Who read which density, in the order in which they signed, and what the rules for two and three readers make of it.
pub fn together_lines(together: &Together, words: &Catalogue) -> Vec<String> {
    let number = |n: u64| integer(n, words.language());
    let mut lines: Vec<String> = together
        .read
        .iter()
        .map(|(reader, density)| {
            let values = [("reader", reader.clone()), ("density", number(*density))];
            words.say_with("review-read-by", &values)
        })
        .collect();
    if let Some(conclusion) = &together.conclusion {
        lines.push(words.say(&format!("final-rule-{}", conclusion.final_rule.code().replace('_', "-"))));
        if let Some(density) = conclusion.final_density {
            let density = number(density.round() as u64);
            lines.push(words.say_with("review-final-density", &[("density", density)]));
        }
    }
    lines
}

/// The signature under a reading, with what all signed readings of the slide give together where there are several.
pub fn signature_of(
    record: &SlideRecord,
    readings: &[Reading],
    reading: &Reading,
    signed: &crate::review::Signature,
    words: &Catalogue,
) -> Signature {
    let all = Together::of(record, readings);
    let together = if all.read.len() > 1 { together_lines(&all, words) } else { Vec::new() };
    Signature { reader: reading.reader.clone(), at: signed.at.clone(), together }
}
