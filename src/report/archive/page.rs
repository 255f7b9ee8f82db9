//! `index.html`: every slide, in both languages, without a network.

use std::io::Write;

use super::figures::{Figures, Share, density_band};
use super::plot::{Bar, bars};
use crate::Result;
use crate::archive::SlideRow;
use crate::files::AtomicFile;
use crate::locale::{Catalogue, Language, decimal, integer, percent};
use crate::report::html::escaped;
use crate::standard::{Outcome, State};

/// At most so many sites are drawn; the table has all.
const MOST_SITES: usize = 40;

/// The page under construction.
pub(super) struct Page {
    out: AtomicFile,
    words: Words,
}

/// Both languages side by side; a style sheet shows one.
struct Words {
    fr: Catalogue,
    en: Catalogue,
}

impl Words {
    fn new() -> Self {
        Self { fr: Catalogue::new(Language::French), en: Catalogue::new(Language::English) }
    }

    fn both(&self, key: &str) -> String {
        both(&self.fr.say(key), &self.en.say(key), "span")
    }

    /// For text inside an SVG.
    fn drawn(&self, key: &str) -> String {
        both(&self.fr.say(key), &self.en.say(key), "tspan")
    }
}

fn both(fr: &str, en: &str, element: &str) -> String {
    if fr == en {
        return escaped(fr);
    }
    format!(
        "<{element} class=\"fr\">{}</{element}><{element} class=\"en\">{}</{element}>",
        escaped(fr),
        escaped(en)
    )
}

impl Page {
    /// Writes everything above the rows.
    pub(super) fn begin(out: AtomicFile, figures: &Figures) -> Result<Self> {
        let words = Words::new();
        let mut page = Self { out, words };
        let w = &page.words;
        let states: String = State::ALL
            .iter()
            .map(|s| option(w, s.code(), &format!("archive-state-{}", s.code())))
            .chain(std::iter::once(option(w, "failed", "archive-state-failed")))
            .collect();
        let counts = [
            ("archive-page-slides", figures.slides),
            ("archive-page-severe", figures.severe),
            ("archive-page-to-read", figures.to_read),
            ("archive-page-read", figures.read),
            ("archive-page-positive", figures.positive),
            ("archive-page-fields", figures.fields),
            ("archive-page-fields-counted", figures.fields_counted),
        ];
        let counts: String = counts
            .iter()
            .map(|(key, n)| format!("<p>{}</p>", said_of(w, &w.both(key), &format!("<b>{}</b>", whole(*n)))))
            .collect();
        let heads = [
            ("archive-page-slide", ""),
            ("archive-page-state", ""),
            ("archive-page-suspects", "n"),
            ("archive-page-if-confirmed", "n"),
            ("archive-page-density", "n"),
            ("archive-page-percent", "n"),
            ("archive-page-gametocytes", "n"),
            ("archive-page-counted", "n"),
            ("archive-page-unread", "n"),
            ("archive-page-date", "d"),
            ("archive-page-site", ""),
        ];
        let heads: String =
            heads.iter().map(|(key, class)| format!("<th class=\"{class}\">{}</th>", w.both(key))).collect();
        let head = format!(
            "<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>hemozoin</title>\n<style>\n{}</style></head>\n\
             <body><header><h1>{}</h1>{counts}<button id=\"lang\" type=\"button\">\
             <span class=\"fr\">English</span><span class=\"en\">Français</span></button></header>\n\
             <p class=\"note\">{}</p>\n{}\n<p class=\"tools\"><select id=\"state\" {}>{}{states}</select> \
             <input id=\"text\" type=\"search\" {}> <span id=\"shown\"></span></p>\n\
             <div class=\"wide\"><table><thead><tr>{heads}</tr></thead><tbody>\n",
            include_str!("page.css"),
            w.both("archive-page-title"),
            w.both("archive-page-note"),
            plots(w, figures),
            labelled(w, "archive-page-filter"),
            option(w, "", "archive-page-all"),
            labelled(w, "archive-page-search"),
        );
        page.put(&head)?;
        Ok(page)
    }

    /// Adds one slide.
    pub(super) fn row(&mut self, row: &SlideRow) -> Result<()> {
        let w = &self.words;
        let class = row.urgency.code();
        let outcome = row.outcome.as_ref();
        let state = outcome.map_or("failed", |o| o.state.code());
        let name = match &row.record {
            Some(record) => format!("<a href=\"records/{}\">{}</a>", escaped(record), escaped(&row.id)),
            None => escaped(&row.id),
        };
        let mut said = w.both(&format!("archive-state-{state}"));
        // The alert stands before everything else (MCH-7).
        if let Some(alert) = outcome.and_then(|o| o.alerts.first()) {
            let alert = w.both(&format!("archive-alert-{}", alert.code.code()));
            said = said_of(w, &format!("<b class=\"alert\">{alert}</b>"), &said);
        }
        if let Some(fault) = &row.fault {
            said = said_of(w, &said, &both(&w.fr.fault(fault), &w.en.fault(fault), "span"));
        }
        let suspects = row.counts().and_then(|o| o.suspects).map(|s| whole(s.total())).unwrap_or_default();
        let estimate = row.counts().and_then(|o| o.if_confirmed.as_ref()).and_then(|e| e.density_per_ul);
        let estimate = estimate.map(whole).unwrap_or_default();
        let density = outcome.and_then(|o| o.density_per_ul).map(whole).unwrap_or_default();
        let share = outcome
            .and_then(Outcome::parasitaemia_shown)
            .map(|p| both(&percent(p, Language::French), &percent(p, Language::English), "span"));
        let gametocytes = row.counts().and_then(|o| o.gametocytes).map(whole).unwrap_or_default();
        let unread = if row.files_unread > 0 { whole(row.files_unread) } else { String::new() };
        let (date, site) = (row.case.date.as_deref(), row.case.site.as_deref());
        let find = [Some(row.id.as_str()), date, site].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let line = format!(
            "<tr class=\"{class}\" data-state=\"{state}\" data-find=\"{}\"><td>{name}</td><td>{said}</td>\
             <td class=\"n\">{suspects}</td><td class=\"n machine\">{estimate}</td><td class=\"n\">{density}</td><td class=\"n\">{}</td><td class=\"n\">{gametocytes}</td>\
             <td class=\"n\">{} / {}</td><td class=\"n\">{unread}</td><td class=\"d\">{}</td><td>{}</td></tr>\n",
            escaped(&find.to_lowercase()),
            share.unwrap_or_default(),
            whole(row.fields_counted),
            whole(row.fields),
            escaped(date.unwrap_or_default()),
            escaped(site.unwrap_or_default()),
        );
        self.put(&line)
    }

    /// Writes what stands below the rows.
    pub(super) fn finish(mut self) -> Result<AtomicFile> {
        let tail =
            format!("</tbody></table></div>\n<script>\n{}</script></body></html>\n", include_str!("page.js"));
        self.put(&tail)?;
        Ok(self.out)
    }

    fn put(&mut self, text: &str) -> Result<()> {
        match self.out.write_all(text.as_bytes()) {
            Ok(()) => Ok(()),
            Err(e) => Err(self.out.refused(e)),
        }
    }
}

/// `place: text` of markup in both languages.
fn said_of(words: &Words, place: &str, text: &str) -> String {
    let colon = |w: &Catalogue| w.said_of("", "").trim_end().to_owned();
    format!("{place}{} {text}", both(&colon(&words.fr), &colon(&words.en), "span"))
}

/// What a control is for, for those who hear the page, in both languages; the script sets the one that is shown.
fn labelled(words: &Words, key: &str) -> String {
    let (fr, en) = (escaped(&words.fr.say(key)), escaped(&words.en.say(key)));
    format!("data-label-fr=\"{fr}\" data-label-en=\"{en}\" aria-label=\"{fr}\"")
}

fn option(words: &Words, value: &str, key: &str) -> String {
    let (fr, en) = (escaped(&words.fr.say(key)), escaped(&words.en.say(key)));
    format!("<option value=\"{value}\" data-fr=\"{fr}\" data-en=\"{en}\">{fr}</option>")
}

fn plots(w: &Words, figures: &Figures) -> String {
    let most = figures.densities.iter().copied().max().unwrap_or(0);
    let densities: Vec<Bar> = figures
        .densities
        .iter()
        .enumerate()
        .map(|(place, n)| Bar { label: band(place), share: part(*n, most), value: drawn(&whole(*n)) })
        .collect();
    let worst = figures.reasons.values().copied().max().unwrap_or(0);
    let reasons: Vec<Bar> = figures
        .reasons
        .iter()
        .map(|(code, n)| Bar {
            label: w.drawn(&format!("archive-reason-{}", code.replace('_', "-"))),
            share: part(*n, worst),
            value: drawn(&whole(*n)),
        })
        .collect();
    let mut sites: Vec<(&String, &Share)> = figures.by_site.iter().collect();
    sites.sort_by(|a, b| b.1.tested.cmp(&a.1.tested).then_with(|| a.0.cmp(b.0)));
    sites.truncate(MOST_SITES);
    let of_sites = positivity(sites.into_iter());
    let of_months = positivity(figures.by_month.iter());
    [
        ("archive-plot-density", densities, figures.densities.iter().sum::<u64>() > 0),
        ("archive-plot-site", of_sites, true),
        ("archive-plot-month", of_months, true),
        ("archive-plot-quality", reasons, true),
    ]
    .into_iter()
    .filter(|(_, list, any)| *any && !list.is_empty())
    .map(|(key, list, _)| format!("<figure><figcaption>{}</figcaption>{}</figure>", w.both(key), bars(&list)))
    .collect()
}

fn positivity<'a>(groups: impl Iterator<Item = (&'a String, &'a Share)>) -> Vec<Bar> {
    groups
        .map(|(name, share)| {
            let of = part(share.positive, share.tested);
            let value = |language| {
                let per_cent = decimal(of * 100.0, 1, language);
                let space = if language == Language::French { '\u{202f}' } else { ' ' };
                format!("{per_cent}{space}% ({} / {})", share.positive, share.tested)
            };
            Bar {
                label: escaped(name),
                share: of,
                value: both(&value(Language::French), &value(Language::English), "tspan"),
            }
        })
        .collect()
}

fn band(place: usize) -> String {
    let number = |v: f64| whole(v.round() as u64);
    match density_band(place) {
        (from, Some(to)) if from <= 0.0 => format!("&lt; {}", drawn(&number(to))),
        (from, Some(to)) => format!("{} – {}", drawn(&number(from)), drawn(&number(to))),
        (from, None) => format!("≥ {}", drawn(&number(from))),
    }
}

/// The same inside an SVG.
fn drawn(html: &str) -> String {
    html.replace("<span", "<tspan").replace("</span", "</tspan")
}

fn part(n: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { n as f64 / of as f64 }
}

fn whole(value: u64) -> String {
    both(&integer(value, Language::French), &integer(value, Language::English), "span")
}
