//! The same page as HTML.

use maud::{Markup, html};

use super::laboratory::Laboratory;
use super::letter::{Letter, Thumbnail};
use crate::report::html::{data_uri, page};

pub(super) fn write(letter: &Letter) -> String {
    let title = format!("{} · {}", letter.title, letter.page);
    let body = html! {
        (head(&letter.laboratory))
        h1 { (letter.title) }
        @if !letter.alerts.is_empty() { div.alert role="alert" { (paragraphs(&letter.alerts)) } }
        p.status { (letter.status) }
        dl {
            @for (name, value) in &letter.facts {
                div { dt { (name) } dd { (value.as_deref().unwrap_or_default()) } }
            }
        }
        section.result { h2 { (letter.result_heading) } (paragraphs(&letter.result)) }
        @for (name, lines) in &letter.blocks {
            section { h2 { (name) } ul { @for line in lines { li { (line) } } } }
        }
        @if !letter.thumbnails.is_empty() {
            section {
                h2 { (letter.thumbnails_heading) }
                div.six { @for thumbnail in &letter.thumbnails { (figure(thumbnail, &letter.no_picture)) } }
                p.small { (letter.thumbnails_note) }
            }
        }
        footer {
            div.sign {
                @for (name, value) in &letter.signature {
                    p { (name) b { (value.as_deref().unwrap_or_default()) } }
                }
            }
            (paragraphs(&letter.made))
            p { (letter.page) }
        }
    };
    page(letter.language, &title, include_str!("page.css"), &body)
}

fn head(laboratory: &Laboratory) -> Markup {
    html! {
        header {
            @if let Some((jpeg, width, height)) = &laboratory.logo {
                img alt="" width=(width) height=(height) src=(data_uri("image/jpeg", jpeg));
            }
            p {
                @if let Some(name) = &laboratory.name { b { (name) } }
                @if laboratory.name.is_some() && !laboratory.lines.is_empty() { br; }
                @if !laboratory.lines.is_empty() { span { (laboratory.lines.join(" · ")) } }
            }
        }
    }
}

fn paragraphs(lines: &[String]) -> Markup {
    html! { @for line in lines { p { (line) } } }
}

fn figure(thumbnail: &Thumbnail, no_picture: &str) -> Markup {
    html! {
        figure {
            @match &thumbnail.jpeg {
                Some(jpeg) => img alt=(thumbnail.caption) src=(data_uri("image/jpeg", jpeg));,
                None => span.none { (no_picture) },
            }
            figcaption { (thumbnail.caption) }
        }
    }
}
