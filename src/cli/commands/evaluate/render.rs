//! An evaluation in the reader's words: tables and sentences, never pictures.

use super::table::Table;
use super::{Evaluation, SetFigures};
use hemozoin::evaluate::{Calibration, FalseRate, Figures, Range, ScaleMode, Subject, SubjectFigures};
use hemozoin::locale::{Catalogue, decimal, integer};
use hemozoin::terms::Film;

pub(super) fn text(evaluation: &Evaluation, catalogue: &Catalogue) -> String {
    render(evaluation, catalogue, &|title| format!("{title}\n"), &Table::text)
}

pub(super) fn markdown(evaluation: &Evaluation, catalogue: &Catalogue) -> String {
    render(evaluation, catalogue, &|title| format!("### {title}\n"), &Table::markdown)
}

fn render(
    evaluation: &Evaluation,
    words: &Catalogue,
    title: &dyn Fn(&str) -> String,
    shape: &dyn Fn(&Table) -> String,
) -> String {
    let mut out = String::new();
    for set in &evaluation.sets {
        out.push_str(&title(&set.set));
        out.push('\n');
        out.push_str(&heading(evaluation, set, words));
        out.push_str("\n\n");
        let table = rows(&set.figures, words);
        if !table.is_empty() {
            out.push_str(&shape(&table));
            out.push('\n');
        }
        for sentence in sentences(&set.figures, words) {
            out.push_str(&sentence);
            out.push_str("\n\n");
        }
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out.push('\n');
    out
}

fn heading(evaluation: &Evaluation, set: &SetFigures, words: &Catalogue) -> String {
    let language = words.language();
    let figures = &set.figures;
    let bundles: Vec<String> = set
        .bundles
        .iter()
        .map(|b| format!("{} {} ({})", b.name, b.version, b.weights_sha256.get(..12).unwrap_or_default()))
        .collect();
    let scale = match evaluation.plan.scale {
        ScaleMode::Given => words.say("evaluate-scale-given"),
        ScaleMode::Estimated => words.say("evaluate-scale-estimated"),
        ScaleMode::Fixed(um) => {
            words.say_with("evaluate-scale-fixed", &[("um", decimal(um.get(), 3, language))])
        }
    };
    let mut out = words.say_with(
        "evaluate-heading",
        &[
            ("film", words.say(&format!("film-{}", figures.film.code()))),
            ("pictures", integer(figures.pictures, language)),
            ("slides", integer(figures.slides, language)),
            ("loose", integer(figures.pictures_without_slide, language)),
            ("scale", scale),
            ("bundles", bundles.join(", ")),
        ],
    );
    let d = &evaluation.plan.distortion;
    let mut changes = Vec::new();
    if let Some(f) = d.resize {
        changes.push(words.say_with("evaluate-changed-resize", &[("factor", decimal(f, 2, language))]));
    }
    if let Some(f) = d.scale_factor {
        changes.push(words.say_with("evaluate-changed-scale", &[("factor", decimal(f, 2, language))]));
    }
    if let Some(q) = d.jpeg_quality {
        changes.push(words.say_with("evaluate-changed-jpeg", &[("quality", q.to_string())]));
    }
    if let Some(um) = d.blur_um {
        changes.push(words.say_with("evaluate-changed-blur", &[("um", decimal(um, 2, language))]));
    }
    if let Some(tint) = d.tint {
        let key = match tint {
            hemozoin::evaluate::Tint::Warm => "evaluate-changed-warm",
            hemozoin::evaluate::Tint::Cold => "evaluate-changed-cold",
        };
        changes.push(words.say(key));
    }
    if !changes.is_empty() {
        out.push(' ');
        out.push_str(&words.say_with("evaluate-changed", &[("changes", changes.join(", "))]));
    }
    out
}

fn rows(figures: &Figures, words: &Catalogue) -> Table {
    let head =
        ["class", "labelled", "precision", "recall", "f1", "count", "count-slide", "calibration", "best"];
    let mut table = Table::new(head.iter().map(|h| words.say(&format!("evaluate-head-{h}"))).collect());
    for row in &figures.subjects {
        table.row(cells(row, words));
    }
    table
}

fn cells(row: &SubjectFigures, words: &Catalogue) -> Vec<String> {
    let language = words.language();
    let with_range = |value: Option<f64>, range: Option<Range>| match (value, range) {
        (Some(v), Some(r)) => format!(
            "{} ({}\u{2013}{})",
            decimal(v, 3, language),
            decimal(r.low, 3, language),
            decimal(r.high, 3, language)
        ),
        (Some(v), None) => decimal(v, 3, language),
        (None, _) => "\u{2013}".to_owned(),
    };
    let count = row.count_error;
    let percent = |value: Option<f64>| {
        value.map_or_else(|| "\u{2013}".to_owned(), |v| format!("{} %", decimal(v, 1, language)))
    };
    vec![
        subject(row.subject, words),
        integer(row.labelled, language),
        with_range(row.precision, row.precision_range),
        with_range(row.recall, row.recall_range),
        with_range(row.f1, row.f1_range),
        count.map_or_else(
            || "\u{2013}".to_owned(),
            |c| {
                let sum = percent(c.percent);
                format!("{} ({sum})", decimal(c.mean_absolute_per_field, 2, language))
            },
        ),
        percent(count.and_then(|c| c.median_absolute_percent_per_slide)),
        row.calibration
            .as_ref()
            .map_or_else(|| "\u{2013}".to_owned(), |c| decimal(c.expected_error, 3, language)),
        row.sweep.map_or_else(
            || "\u{2013}".to_owned(),
            |s| format!("{} @ {}", decimal(s.best_f1, 3, language), decimal(s.best_threshold, 2, language)),
        ),
    ]
}

fn subject(subject: Subject, words: &Catalogue) -> String {
    words.say(&format!("evaluate-subject-{}", subject.code().replace('_', "-")))
}

fn sentences(figures: &Figures, words: &Catalogue) -> Vec<String> {
    let language = words.language();
    let mut out = Vec::new();
    let cells = match figures.film {
        Film::Thin => "evaluate-per-red-cells",
        Film::Thick => "evaluate-per-white-cells",
    };
    let mut rate = |key: &str, rate: Option<FalseRate>| {
        let Some(rate) = rate else { return };
        out.push(words.say_with(
            key,
            &[
                ("false", integer(rate.false_parasites, language)),
                ("fields", integer(rate.fields, language)),
                ("cells", integer(rate.cells, language)),
                ("counted", integer(rate.cells_counted_by_engine, language)),
                ("rate", rate.rate.map_or_else(|| "\u{2013}".to_owned(), |r| decimal(r, 2, language))),
                ("per", words.say(cells)),
            ],
        ));
    };
    rate("evaluate-false", figures.false_parasites);
    rate("evaluate-false-free", figures.false_parasites_on_free_fields);
    for row in &figures.subjects {
        if let Some(c) = &row.calibration {
            out.push(words.say_with(
                "evaluate-reliability",
                &[("class", subject(row.subject, words)), ("bins", bins(c, words))],
            ));
        }
    }
    let reason = |code: &str| words.say(&format!("quality-{}", code.replace('_', "-")));
    let reasons: Vec<String> = figures
        .unfit
        .iter()
        .map(|v| format!("{} {}", reason(&v.reason), integer(v.pictures, language)))
        .collect();
    out.push(words.say_with(
        "evaluate-quality",
        &[
            ("fit", integer(figures.fit, language)),
            ("pictures", integer(figures.pictures, language)),
            ("reasons", if reasons.is_empty() { "\u{2013}".to_owned() } else { reasons.join(", ") }),
        ],
    ));
    if let Some(s) = figures.scale_error {
        let ratio = |r: Option<f64>| r.map_or_else(|| "\u{2013}".to_owned(), |r| decimal(r, 2, language));
        out.push(words.say_with(
            "evaluate-scale-error",
            &[
                ("pictures", integer(s.pictures, language)),
                ("without", integer(s.without, language)),
                ("median", ratio(s.median_ratio)),
                ("lowest", ratio(s.lowest_ratio)),
                ("highest", ratio(s.highest_ratio)),
                ("within", decimal(100.0 * s.within_15_percent, 0, language)),
            ],
        ));
    }
    out
}

fn bins(calibration: &Calibration, words: &Catalogue) -> String {
    let language = words.language();
    let each: Vec<String> = calibration
        .bins
        .iter()
        .map(|b| {
            format!(
                "{} \u{2192} {} (n = {})",
                decimal(b.mean_score, 2, language),
                decimal(b.right, 2, language),
                integer(b.detections, language)
            )
        })
        .collect();
    words.clauses(&each)
}
