//! The same page as HTML.

use super::letter::Letter;
use crate::report::html::{POLICY, data_uri, escaped};

pub(super) fn write(letter: &Letter) -> String {
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">{POLICY}\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{} · {}</title>\n<style>\n{}</style></head>\n\
         <body>\n",
        letter.language.code(),
        escaped(&letter.title),
        escaped(&letter.page),
        include_str!("page.css"),
    );
    page.push_str(&head(letter));
    page.push_str(&format!("<h1>{}</h1>\n", escaped(&letter.title)));
    if !letter.alerts.is_empty() {
        page.push_str(&format!("<div class=\"alert\" role=\"alert\">{}</div>\n", paragraphs(&letter.alerts)));
    }
    page.push_str(&format!("<p class=\"status\">{}</p>\n<dl>\n", escaped(&letter.status)));
    for (name, value) in &letter.facts {
        let value = value.as_deref().map(escaped).unwrap_or_default();
        page.push_str(&format!("<div><dt>{}</dt><dd>{value}</dd></div>\n", escaped(name)));
    }
    page.push_str("</dl>\n");
    page.push_str(&format!(
        "<section class=\"result\"><h2>{}</h2>{}</section>\n",
        escaped(&letter.result_heading),
        paragraphs(&letter.result)
    ));
    for (name, lines) in &letter.blocks {
        let items: String = lines.iter().map(|line| format!("<li>{}</li>", escaped(line))).collect();
        page.push_str(&format!("<section><h2>{}</h2><ul>{items}</ul></section>\n", escaped(name)));
    }
    page.push_str(&thumbnails(letter));
    page.push_str("<footer><div class=\"sign\">");
    for (name, value) in &letter.signature {
        let value = value.as_deref().map(escaped).unwrap_or_default();
        page.push_str(&format!("<p>{}<b>{value}</b></p>", escaped(name)));
    }
    page.push_str(&format!(
        "</div>{}<p>{}</p></footer>\n</body></html>\n",
        paragraphs(&letter.made),
        escaped(&letter.page)
    ));
    page
}

fn head(letter: &Letter) -> String {
    let laboratory = &letter.laboratory;
    let logo = laboratory.logo.as_ref().map(|(jpeg, width, height)| {
        format!(
            "<img alt=\"\" width=\"{width}\" height=\"{height}\" src=\"{}\">",
            data_uri("image/jpeg", jpeg)
        )
    });
    let name = laboratory.name.as_ref().map(|name| format!("<b>{}</b>", escaped(name)));
    let lines = (!laboratory.lines.is_empty())
        .then(|| format!("<span>{}</span>", escaped(&laboratory.lines.join(" · "))));
    let text = [name, lines].into_iter().flatten().collect::<Vec<_>>().join("<br>");
    format!("<header>{}<p>{text}</p></header>\n", logo.unwrap_or_default())
}

fn paragraphs(lines: &[String]) -> String {
    lines.iter().map(|line| format!("<p>{}</p>", escaped(line))).collect()
}

fn thumbnails(letter: &Letter) -> String {
    if letter.thumbnails.is_empty() {
        return String::new();
    }
    let figures: String = letter
        .thumbnails
        .iter()
        .map(|thumbnail| {
            let caption = escaped(&thumbnail.caption);
            let image = match &thumbnail.jpeg {
                Some(jpeg) => format!("<img alt=\"{caption}\" src=\"{}\">", data_uri("image/jpeg", jpeg)),
                None => format!("<span class=\"none\">{}</span>", escaped(&letter.no_picture)),
            };
            format!("<figure>{image}<figcaption>{caption}</figcaption></figure>")
        })
        .collect();
    format!(
        "<section><h2>{}</h2><div class=\"six\">{figures}</div><p class=\"small\">{}</p></section>\n",
        escaped(&letter.thumbnails_heading),
        escaped(&letter.thumbnails_note)
    )
}
