//! Slides that have pictures in common, in words.

use maud::{Markup, html};

use super::bilingual::Words;
use crate::archive::SharedPictures;
use crate::locale::{Catalogue, integer};
use crate::text::one_line;

/// So many are named on the page; the journal has all.
const MOST: usize = 50;

/// Says which slides share how many pictures, and what to do.
pub fn shared_in_words(shared: &SharedPictures, words: &Catalogue) -> String {
    let slides: Vec<String> = shared.slides.iter().map(|id| one_line(id).into_owned()).collect();
    let args = [
        ("slides", slides.join(", ")),
        ("count", integer(shared.pictures, words.language())),
        ("example", one_line(&shared.example).into_owned()),
    ];
    words.say_with("archive-shared", &args)
}

/// All of them above the table of an archive.
pub(super) fn shared_list(shared: &[SharedPictures], words: &Words) -> Markup {
    html! {
        @if !shared.is_empty() {
            details.shared open[shared.len() <= 5] {
                summary { (words.said_of(&words.both("archive-page-shared"), &super::bilingual::whole(shared.len() as u64))) }
                ul {
                    @for of_slides in shared.iter().take(MOST) { li { (words.of(|words| shared_in_words(of_slides, words))) } }
                    @if shared.len() > MOST { li { "…" } }
                }
            }
        }
    }
}
