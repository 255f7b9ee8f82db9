//! What changes over time, as tables and as plots.

use super::panels::{Panel, Point, Scale, panels};
use crate::Result;
use crate::archive::{ByMonth, Part, PatientSlide, Trends};
use crate::locale::Catalogue;
use crate::report::cell::{Cell, Column, Kind};
use crate::report::csv::CsvStyle;
use crate::report::csv_table::CsvTable;

/// Sites, reasons or patients that are drawn, at most; the tables have all.
const MOST: usize = 24;

/// Every file of the trends of an archive, each with its name; what there is nothing of has none.
///
/// # Errors
/// [`ErrorKind::Internal`](crate::ErrorKind::Internal) where a table cannot be built, which no table causes.
pub fn trend_files(
    trends: &Trends,
    style: CsvStyle,
    words: &Catalogue,
) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let mut files = Vec::new();
    let all = |name: &str| if name.is_empty() { words.say("trends-all") } else { name.to_owned() };
    let reason = |code: &str| match code {
        "" => words.say("trends-any-reason"),
        code => words.say(&format!("archive-reason-{}", code.replace('_', "-"))),
    };
    if !trends.positivity.is_empty() {
        let parts = trends.positivity.iter().map(|(site, by_month)| (site.as_str(), by_month));
        files.push(("positivity.csv", table("site", parts.clone(), style)?));
        let drawn = most(parts).into_iter().map(|(site, by_month)| panel(all(site), by_month));
        files.push(("positivity.svg", svg("trends-positivity", drawn.collect(), words)));
    }
    if !trends.patients.is_empty() {
        files.push(("density.csv", density_table(trends, style)?));
        let drawn = trends.patients.iter().take(MOST).map(|(patient, slides)| Panel {
            name: patient.clone(),
            scale: Scale::Density,
            points: slides.iter().map(density_point).collect(),
        });
        files.push(("density.svg", svg("trends-density", drawn.collect(), words)));
    }
    if !trends.agreement.is_empty() {
        let parts = [("", &trends.agreement)].into_iter();
        files.push(("agreement.csv", table("readers", parts, style)?));
        let drawn = panel(words.say("trends-readers"), &trends.agreement);
        files.push(("agreement.svg", svg("trends-agreement", vec![drawn], words)));
    }
    if !trends.quality.is_empty() {
        let parts = trends.quality.iter().map(|(code, by_month)| (code.as_str(), by_month));
        files.push(("quality.csv", table("reason", parts.clone(), style)?));
        let drawn = most(parts).into_iter().map(|(code, by_month)| panel(reason(code), by_month));
        files.push(("quality.svg", svg("trends-quality", drawn.collect(), words)));
    }
    Ok(files)
}

fn svg(title: &str, drawn: Vec<Panel>, words: &Catalogue) -> Vec<u8> {
    panels(&words.say(title), &drawn, words).into_bytes()
}

/// All together first, then those with the most, by name where they are equal.
fn most<'a>(parts: impl Iterator<Item = (&'a str, &'a ByMonth)>) -> Vec<(&'a str, &'a ByMonth)> {
    let mut parts: Vec<(&str, &ByMonth)> = parts.collect();
    let weight = |(name, by_month): &(&str, &ByMonth)| {
        (name.is_empty(), by_month.values().map(|part| part.hits.max(1) * part.of).sum::<u64>())
    };
    parts.sort_by(|a, b| weight(b).cmp(&weight(a)).then(a.0.cmp(b.0)));
    parts.truncate(MOST);
    parts
}

fn panel(name: String, by_month: &ByMonth) -> Panel {
    let point = |(month, part): (&String, &Part)| {
        let share = part.share()?;
        Some(Point {
            at: month.clone(),
            value: share.percent(),
            limits: Some((share.percent_low(), share.percent_high())),
            said: format!("{} / {}", part.hits, part.of),
        })
    };
    Panel { name, scale: Scale::Percent, points: by_month.iter().filter_map(point).collect() }
}

fn density_point(slide: &PatientSlide) -> Point {
    let value = slide.density_per_ul as f64;
    Point { at: slide.date.clone(), value, limits: None, said: slide.slide.clone() }
}

fn columns(names: &[(&str, Kind)]) -> Vec<Column> {
    names.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect()
}

fn table<'a>(
    of: &str,
    parts: impl Iterator<Item = (&'a str, &'a ByMonth)>,
    style: CsvStyle,
) -> Result<Vec<u8>> {
    let columns = columns(&[
        (of, Kind::Text),
        ("month", Kind::Text),
        ("hits", Kind::Whole),
        ("of", Kind::Whole),
        ("percent", Kind::Real),
        ("ci_low", Kind::Real),
        ("ci_high", Kind::Real),
    ]);
    let mut csv = CsvTable::begin(Vec::new(), style, &columns)?;
    for (name, by_month) in parts {
        for (month, part) in by_month {
            let share = part.share();
            // An exact interval has more digits than a table has use for.
            let limit = |value: Option<f64>| Cell::Real(value.map(|v| (v * 100.0).round() / 100.0));
            csv.row(&[
                Cell::text(name),
                Cell::text(month.clone()),
                Cell::whole(part.hits),
                Cell::whole(part.of),
                limit(share.as_ref().map(|s| s.percent())),
                limit(share.as_ref().map(|s| s.percent_low())),
                limit(share.as_ref().map(|s| s.percent_high())),
            ])?;
        }
    }
    csv.finish()
}

fn density_table(trends: &Trends, style: CsvStyle) -> Result<Vec<u8>> {
    let columns = columns(&[
        ("patient_id", Kind::Text),
        ("date", Kind::Text),
        ("slide", Kind::Text),
        ("density_per_ul", Kind::Whole),
    ]);
    let mut csv = CsvTable::begin(Vec::new(), style, &columns)?;
    for (patient, slides) in &trends.patients {
        for slide in slides {
            csv.row(&[
                Cell::text(patient.clone()),
                Cell::text(slide.date.clone()),
                Cell::text(slide.slide.clone()),
                Cell::whole(slide.density_per_ul),
            ])?;
        }
    }
    csv.finish()
}
