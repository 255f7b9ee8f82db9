//! What every page in HTML needs: its head, pictures inside the page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::locale::Language;

/// Nothing from outside, no script, no form: a page is read, and that is all.
const POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/// A page that needs no other file.
pub(super) fn page(language: Language, title: &str, style: &'static str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    }
    .into_string()
}

/// The bytes of a picture as an address that needs no file.
pub(super) fn data_uri(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", STANDARD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_text() {
        let name = "a<b>'\"&.jpg";
        let page = page(Language::French, name, "p > b { }", &html! { p title=(name) { (name) } });
        assert!(page.contains("<p title=\"a&lt;b&gt;'&quot;&amp;.jpg\">a&lt;b&gt;'&quot;&amp;.jpg</p>"));
        assert!(page.contains("<style>p > b { }</style>") && page.contains("<html lang=\"fr\">"), "{page}");
        assert_eq!(data_uri("image/jpeg", b"ab"), "data:image/jpeg;base64,YWI=");
    }
}
