//! `index.html`: every slide, in both languages, without a network.

use std::io::Write;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::bilingual::{Both, Words, whole};
use super::figures::{Figures, Share, density_band};
use super::plot::{Bar, bars};
use super::shared::shared_list;
use super::shown::Places;
use crate::Result;
use crate::archive::{ReadBy, SharedPictures, SlideRow};
use crate::files::AtomicFile;
use crate::locale::{Language, decimal, integer, moment, percent};
use crate::standard::interval::Proportion;
use crate::standard::{Outcome, State};

/// At most so many sites are drawn; the table has all.
const MOST_SITES: usize = 40;

/// What closes the head's markup behind the place of the rows.
const END_OF_ROWS: &str = "</tbody></table></div></body></html>";

/// The page under construction.
pub(super) struct Page {
    out: AtomicFile,
    words: Words,
    /// Below the rows: the slides come first.
    plots: String,
}

impl Page {
    /// Writes everything above the rows; `mark` stands in the head.
    pub(super) fn begin(
        out: AtomicFile,
        figures: &Figures,
        shared: &[SharedPictures],
        language: Language,
        mark: &str,
    ) -> Result<Self> {
        let words = Words::new();
        let mut page = Self { out, words, plots: String::new() };
        page.plots = plots(&page.words, figures).into_string();
        let head = page.head(figures, shared, language, mark);
        // The table stays open for the rows.
        page.put(head.into_string().trim_end_matches(END_OF_ROWS))?;
        page.put("\n")?;
        Ok(page)
    }

    fn head(&self, figures: &Figures, shared: &[SharedPictures], language: Language, mark: &str) -> Markup {
        let w = &self.words;
        let states = State::ALL.iter().map(|state| state.code()).chain(["failed"]);
        let heads = [
            ("archive-page-slide", None),
            ("archive-page-state", None),
            ("archive-page-suspects", Some("n")),
            ("archive-page-if-confirmed", Some("n")),
            ("archive-page-density", Some("n")),
            ("archive-page-percent", Some("n")),
            ("archive-page-gametocytes", Some("n")),
            ("archive-page-counted", Some("n")),
            ("archive-page-date-site", None),
        ];
        html! {
            (DOCTYPE)
            html lang=(language.code()) {
                (head_of("hemozoin", mark, include_str!("page.css")))
                body {
                    header { h1 { (w.both("archive-page-title")) } (language_button()) }
                    (counts(w, figures))
                    (shared_list(shared, w))
                    p.note { (w.both("archive-page-note")) }
                    p.tools {
                        (choice("state", "archive-page-filter", w, "archive-page-all",
                            states.map(|code| (code, format!("archive-state-{code}")))))
                        " "
                        (choice("standing", "archive-page-filter-read", w, "archive-page-all-read",
                            ReadBy::ALL.iter().map(|by| (by.code(), key_of("archive-page-read-by", by.code())))))
                        " "
                        @let label = w.both("archive-page-search");
                        input #text type="search" data-label-fr=(label.fr) data-label-en=(label.en) aria-label=(label.fr);
                        " " span #shown {}
                    }
                    div.wide { table {
                        thead { tr { @for (key, class) in heads { th class=[class] { (w.both(key)) } } } }
                        tbody {}
                    } }
                }
            }
        }
    }

    /// Adds one slide.
    pub(super) fn row(&mut self, row: &SlideRow) -> Result<()> {
        let w = &self.words;
        let outcome = row.outcome.as_ref();
        let state = outcome.map_or("failed", |o| o.state.code());
        let mut said = html! { (w.both(&format!("archive-state-{state}"))) };
        // The alert stands before everything else (MCH-7).
        if let Some(alert) = outcome.and_then(|o| o.alerts.first()) {
            let alert = w.both(&format!("archive-alert-{}", alert.code.code()));
            said = w.said_of(&html! { b.alert { (alert) } }, &said);
        }
        if let Some(fault) = &row.fault {
            said = w.said_of(&said, &w.of(|words| words.fault(fault)));
        }
        let suspects = row.counts().and_then(|o| o.suspects).map(|s| whole(s.total()));
        let estimate = row.counts().and_then(|o| o.if_confirmed.as_ref()).and_then(|e| e.density_per_ul);
        let density = outcome.and_then(|o| o.density_per_ul);
        let share = outcome.and_then(Outcome::parasitaemia_shown);
        let gametocytes = row.counts().and_then(|o| o.gametocytes);
        let (date, site) = (row.case.date.as_deref(), row.case.site.as_deref());
        let find = [Some(row.id.as_str()), date, site].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let read_by = row.read_by();
        let line = html! {
            tr class=(row.urgency.code()) data-state=(state) data-standing=(read_by.code()) data-find=(find.to_lowercase()) {
                td {
                    @match &row.record {
                        Some(record) => a href=(Places::address(record)) { (row.id) },
                        None => (row.id),
                    }
                }
                td { (said) br; small.by { (standing(w, row, read_by)) } }
                td.n { @if let Some(n) = suspects { (n) } }
                td."n machine" { @if let Some(n) = estimate { (whole(n)) } }
                td.n { @if let Some(n) = density { (whole(n)) } }
                td.n { @if let Some(p) = share { (Both::of(|language| percent(p, language))) } }
                td.n { @if let Some(n) = gametocytes { (whole(n)) } }
                td.n {
                    (whole(row.fields_counted)) " / " (whole(row.fields))
                    @if row.files_unread > 0 {
                        br; small { (w.said_of(&w.both("archive-page-unread"), &whole(row.files_unread))) }
                    }
                }
                td {
                    @if let Some(date) = date { span.d { (Both::of(|language| moment(date, language))) } }
                    @if date.is_some() && site.is_some() { br; }
                    (site.unwrap_or_default())
                }
            }
        };
        self.put(&line.into_string())?;
        self.put("\n")
    }

    /// Writes what stands below the rows.
    pub(super) fn finish(mut self) -> Result<AtomicFile> {
        let scripts = html! {
            script { (PreEscaped(include_str!("language.js"))) (PreEscaped(include_str!("page.js"))) }
        };
        let tail =
            format!("</tbody></table></div>\n{}\n{}</body></html>\n", self.plots, scripts.into_string());
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

/// The head of a page whose scripts and styles are its own; `mark` is markup.
pub(super) fn head_of(title: &str, mark: &str, style: &'static str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            (PreEscaped(mark))
            meta name="viewport" content="width=device-width";
            title { (title) }
            style { (PreEscaped(style)) }
        }
    }
}

/// Changes to the other language.
pub(super) fn language_button() -> Markup {
    html! { button #lang type="button" { span.fr { "English" } span.en { "Français" } } }
}

fn key_of(start: &str, code: &str) -> String {
    format!("{start}-{}", code.replace('_', "-"))
}

/// A list of which one is chosen. The script says what it is for, to those who hear the page, in the language that is shown.
fn choice<'a>(
    id: &str,
    label: &str,
    w: &Words,
    all: &str,
    options: impl Iterator<Item = (&'a str, String)>,
) -> Markup {
    let label = w.both(label);
    html! {
        select id=(id) data-label-fr=(label.fr) data-label-en=(label.en) aria-label=(label.fr) {
            @for (value, key) in std::iter::once(("", all.to_owned())).chain(options) {
                @let said = w.both(&key);
                option value=(value) data-fr=(said.fr) data-en=(said.en) { (said.fr) }
            }
        }
    }
}

/// Who has read a slide, and how far.
fn standing(w: &Words, row: &SlideRow, read_by: ReadBy) -> Markup {
    let said = w.both(&key_of("archive-read-by", read_by.code()));
    html! {
        (said)
        @if let (Some(reader), Some(at)) = (&row.reader, &row.signed_at) {
            @let day = at.get(..10).unwrap_or(at);
            " (" (reader) ", " (Both::of(|language| moment(day, language))) ")"
        }
    }
}

/// How many slides there are of each kind; those read, read in part and not read are told apart.
fn counts(w: &Words, figures: &Figures) -> Markup {
    let [unread, in_part, signed, failed] = figures.read_by;
    let line = |class: &str, counts: &[(&str, u64)]| {
        html! {
            p class=(class) {
                @for (at, (key, n)) in counts.iter().enumerate() {
                    @if at > 0 { " · " }
                    (w.said_of(&w.both(key), &html! { b { (whole(*n)) } }))
                }
            }
        }
    };
    let severe =
        [("archive-page-severe", figures.severe), ("archive-page-severe-unread", figures.severe_unread)];
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
    html! {
        @if figures.severe > 0 { (line("counts severe", &severe)) }
        (line("counts", &slides))
        (line("counts", &fields))
    }
}

fn plots(w: &Words, figures: &Figures) -> Markup {
    let most = figures.densities.iter().copied().max().unwrap_or(0);
    let densities: Vec<Bar> = figures
        .densities
        .iter()
        .enumerate()
        .map(|(place, n)| Bar { label: band(place), share: part(*n, most), value: whole(*n) })
        .collect();
    let worst = figures.reasons.values().copied().max().unwrap_or(0);
    let reasons: Vec<Bar> = figures
        .reasons
        .iter()
        .map(|(code, n)| Bar {
            label: w.both(&key_of("archive-reason", code)),
            share: part(*n, worst),
            value: whole(*n),
        })
        .collect();
    let mut sites: Vec<(&String, &Share)> = figures.by_site.iter().collect();
    sites.sort_by(|a, b| b.1.tested.cmp(&a.1.tested).then_with(|| a.0.cmp(b.0)));
    sites.truncate(MOST_SITES);
    let of_sites = positivity(sites.into_iter());
    let of_months = positivity(figures.by_month.iter());
    let all = [
        ("archive-plot-density", densities, figures.densities.iter().sum::<u64>() > 0),
        ("archive-plot-site", of_sites, true),
        ("archive-plot-month", of_months, true),
        ("archive-plot-quality", reasons, true),
    ];
    html! {
        @for (key, list, _) in all.iter().filter(|(_, list, any)| *any && !list.is_empty()) {
            figure { figcaption { (w.both(key)) } (bars(list)) }
        }
    }
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
            Bar { label: Both::name(name), share: of, value: Both::of(value) }
        })
        .collect()
}

fn band(place: usize) -> Both {
    Both::of(|language| {
        let number = |v: f64| integer(v.round() as u64, language);
        match density_band(place) {
            (from, Some(to)) if from <= 0.0 => format!("< {}", number(to)),
            (from, Some(to)) => format!("{} – {}", number(from), number(to)),
            (from, None) => format!("≥ {}", number(from)),
        }
    })
}

fn part(n: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { n as f64 / of as f64 }
}
