//! What a panel of slides says of a reader (section 10.1 of the standard).

use super::catalogue::Catalogue;
use super::number::decimal;
use crate::standard::Level;
use crate::standard::interval::Proportion;

/// A share with its 95 % interval, and the level that it stands for, in the words of `key`.
pub fn share_sentence(key: &str, share: &Proportion, level: Option<Level>, words: &Catalogue) -> String {
    let language = words.language();
    let args = [
        ("hits", share.hits().to_string()),
        ("of", share.of().to_string()),
        ("percent", decimal(share.percent(), 1, language)),
        ("low", decimal(share.percent_low(), 1, language)),
        ("high", decimal(share.percent_high(), 1, language)),
        ("level", level.map_or_else(String::new, |l| l.get().to_string())),
    ];
    words.say_with(key, &args)
}
