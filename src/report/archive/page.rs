//! `index.html`: every slide, in both languages, without a network.

use std::io::Write;

use super::bilingual::{Words, both, said_of, whole};
use super::figures::{Figures, Share, density_band};
use super::plot::{Bar, bars};
use super::shown::Places;
use crate::Result;
use crate::archive::{ReadBy, SlideRow};
use crate::files::AtomicFile;
use crate::locale::{Language, decimal, percent};
use crate::report::html::escaped;
use crate::standard::interval::Proportion;
use crate::standard::{Outcome, State};

/// At most so many sites are drawn; the table has all.
const MOST_SITES: usize = 40;

/// The page under construction.
pub(super) struct Page {
    out: AtomicFile,
    words: Words,
    /// Below the rows: the slides come first.
    plots: String,
}

impl Page {
    /// Writes everything above the rows; `mark` stands in the head.
    pub(super) fn begin(out: AtomicFile, figures: &Figures, language: Language, mark: &str) -> Result<Self> {
        let words = Words::new();
        let mut page = Self { out, words, plots: String::new() };
        let w = &page.words;
        let states: String = State::ALL
            .iter()
            .map(|s| option(w, s.code(), &format!("archive-state-{}", s.code())))
            .chain(std::iter::once(option(w, "failed", "archive-state-failed")))
            .collect();
        let standings: String = ReadBy::ALL
            .iter()
            .map(|by| option(w, by.code(), &format!("archive-page-read-by-{}", by.code().replace('_', "-"))))
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
            ("archive-page-date-site", ""),
        ];
        let heads: String =
            heads.iter().map(|(key, class)| format!("<th class=\"{class}\">{}</th>", w.both(key))).collect();
        let head = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">{mark}\
             <meta name=\"viewport\" content=\"width=device-width\"><title>hemozoin</title>\n<style>\n{}</style></head>\n\
             <body><header><h1>{}</h1><button id=\"lang\" type=\"button\">\
             <span class=\"fr\">English</span><span class=\"en\">Français</span></button></header>\n\
             {}<p class=\"note\">{}</p>\n<p class=\"tools\"><select id=\"state\" {}>{}{states}</select> \
             <select id=\"standing\" {}>{}{standings}</select> \
             <input id=\"text\" type=\"search\" {}> <span id=\"shown\"></span></p>\n\
             <div class=\"wide\"><table><thead><tr>{heads}</tr></thead><tbody>\n",
            language.code(),
            include_str!("page.css"),
            w.both("archive-page-title"),
            counts(w, figures),
            w.both("archive-page-note"),
            labelled(w, "archive-page-filter"),
            option(w, "", "archive-page-all"),
            labelled(w, "archive-page-filter-read"),
            option(w, "", "archive-page-all-read"),
            labelled(w, "archive-page-search"),
        );
        page.plots = plots(&page.words, figures);
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
            Some(record) => {
                format!("<a href=\"{}\">{}</a>", escaped(&Places::address(record)), escaped(&row.id))
            }
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
        let read_by = row.read_by();
        let suspects = row.counts().and_then(|o| o.suspects).map(|s| whole(s.total())).unwrap_or_default();
        let estimate = row.counts().and_then(|o| o.if_confirmed.as_ref()).and_then(|e| e.density_per_ul);
        let estimate = estimate.map(whole).unwrap_or_default();
        let density = outcome.and_then(|o| o.density_per_ul).map(whole).unwrap_or_default();
        let share = outcome
            .and_then(Outcome::parasitaemia_shown)
            .map(|p| both(&percent(p, Language::French), &percent(p, Language::English), "span"));
        let gametocytes = row.counts().and_then(|o| o.gametocytes).map(whole).unwrap_or_default();
        let mut counted = format!("{} / {}", whole(row.fields_counted), whole(row.fields));
        if row.files_unread > 0 {
            let unread = said_of(w, &w.both("archive-page-unread"), &whole(row.files_unread));
            counted.push_str(&format!("<br><small>{unread}</small>"));
        }
        let (date, site) = (row.case.date.as_deref(), row.case.site.as_deref());
        let day = date.map(|date| format!("<span class=\"d\">{}</span>", escaped(date)));
        let when_where: Vec<String> = day.into_iter().chain(site.map(escaped)).collect();
        let find = [Some(row.id.as_str()), date, site].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let line = format!(
            "<tr class=\"{class}\" data-state=\"{state}\" data-standing=\"{}\" data-find=\"{}\"><td>{name}</td>\
             <td>{said}<br><small class=\"by\">{}</small></td>\
             <td class=\"n\">{suspects}</td><td class=\"n machine\">{estimate}</td><td class=\"n\">{density}</td><td class=\"n\">{}</td><td class=\"n\">{gametocytes}</td>\
             <td class=\"n\">{counted}</td><td>{}</td></tr>\n",
            read_by.code(),
            escaped(&find.to_lowercase()),
            standing(w, row, read_by),
            share.unwrap_or_default(),
            when_where.join("<br>"),
        );
        self.put(&line)
    }

    /// Writes what stands below the rows.
    pub(super) fn finish(mut self) -> Result<AtomicFile> {
        let tail = format!(
            "</tbody></table></div>\n{}\n<script>\n{}{}</script></body></html>\n",
            self.plots,
            include_str!("language.js"),
            include_str!("page.js")
        );
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

/// Who has read a slide, and how far.
fn standing(w: &Words, row: &SlideRow, read_by: ReadBy) -> String {
    let key = format!("archive-read-by-{}", read_by.code().replace('_', "-"));
    match (&row.reader, &row.signed_at) {
        (Some(reader), Some(at)) => {
            let day = at.get(..10).unwrap_or(at);
            format!("{} ({}, {})", w.both(&key), escaped(reader), escaped(day))
        }
        _ => w.both(&key),
    }
}

/// How many slides there are of each kind; those read, read in part and not read are told apart.
fn counts(w: &Words, figures: &Figures) -> String {
    let [unread, in_part, signed, failed] = figures.read_by;
    let line = |counts: &[(&str, u64)]| {
        let counts: Vec<String> = counts
            .iter()
            .map(|(key, n)| said_of(w, &w.both(key), &format!("<b>{}</b>", whole(*n))))
            .collect();
        format!("<p class=\"counts\">{}</p>\n", counts.join(" · "))
    };
    let severe =
        [("archive-page-severe", figures.severe), ("archive-page-severe-unread", figures.severe_unread)];
    let severe = line(&severe).replace("class=\"counts\"", "class=\"counts severe\"");
    let slides = [
        ("archive-page-slides", figures.slides),
        ("archive-page-read-by-unread", unread),
        ("archive-page-read-by-in-part", in_part),
        ("archive-page-read-by-signed", signed),
        ("archive-page-read-by-failed", failed),
        ("archive-page-positive", figures.positive),
    ];
    let fields =
        [("archive-page-fields", figures.fields), ("archive-page-fields-counted", figures.fields_counted)];
    let severe = if figures.severe > 0 { severe } else { String::new() };
    format!("{severe}{}{}", line(&slides), line(&fields))
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
                let limits = Proportion::new(share.positive, share.tested, 0.95).map(|shown| {
                    let limit = |value: f64| decimal(value, 1, language);
                    format!(", {}–{}{space}%", limit(shown.percent_low()), limit(shown.percent_high()))
                });
                let limits = limits.unwrap_or_default();
                format!("{per_cent}{space}% ({} / {}{limits})", share.positive, share.tested)
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
