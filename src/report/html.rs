//! What every page in HTML needs: text that is no markup, pictures inside the page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Nothing from outside, no script, no form: a page is read, and that is all.
pub(super) const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
     img-src data:; style-src 'unsafe-inline'\">";

/// The text with everything that could be read as markup written out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
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
        assert_eq!(escaped("a<b>'\"&.jpg"), "a&lt;b&gt;&#39;&quot;&amp;.jpg");
        assert_eq!(data_uri("image/jpeg", b"ab"), "data:image/jpeg;base64,YWI=");
    }
}
