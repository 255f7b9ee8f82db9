//! What the reading rests on: scale, bundles, program.

use super::words::Words;
use crate::optics::ScaleBasis;
use crate::record::{ScaleRecord, SlideRecord};
use crate::terms::Film;

/// The lines about scale, bundles and program.
pub(super) fn basis(record: &SlideRecord, words: Words<'_>) -> Vec<String> {
    let mut lines: Vec<String> =
        scales(record).into_iter().map(|(film, scale)| scale_line(film, scale, words)).collect();
    for bundle in &record.provenance.bundles {
        lines.push(words.with(
            "report-bundle",
            &[
                ("film", film_name(bundle.film, words)),
                ("name", bundle.name.clone()),
                ("version", bundle.version.clone()),
                ("digest", words.digest(&bundle.digest)),
            ],
        ));
    }
    for site in &record.settings.site_thresholds {
        let args =
            [("film", film_name(site.film, words)), ("score", words.decimal(f64::from(site.score.get()), 3))];
        lines.push(words.with("report-site-threshold", &args));
    }
    for bundle in &record.provenance.bundles {
        if let Some(marks) = &bundle.false_marks {
            lines.push(words.with(
                &format!("report-false-marks-{}", bundle.film.code()),
                &[("mean", words.short(marks.mean)), ("of", words.integer(marks.of_cells))],
            ));
        }
    }
    if record.settings.profile_overrides.is_some() {
        lines.push(words.say("report-profile-own"));
    }
    let made = &record.provenance;
    lines.push(
        words.with("report-program", &[("name", made.program.clone()), ("version", made.version.clone())]),
    );
    lines
}

/// The film's name in the reader's language.
pub(super) fn film_name(film: Film, words: Words<'_>) -> String {
    words.say(&format!("film-{}", film.code()))
}

/// The different scales in the order in which they first appear; what is a copy was not read.
fn scales(record: &SlideRecord) -> Vec<(Film, &ScaleRecord)> {
    let mut found: Vec<(Film, &ScaleRecord)> = Vec::new();
    for field in record.fields.iter().filter(|f| !f.is_shown_elsewhere()) {
        if let Some(scale) = &field.scale
            && !found.contains(&(field.film, scale))
        {
            found.push((field.film, scale));
        }
    }
    found
}

fn scale_line(film: Film, scale: &ScaleRecord, words: Words<'_>) -> String {
    let key = match scale.basis {
        ScaleBasis::Other(_) => "report-scale-other".to_owned(),
        known => format!("report-scale-{}", known.code().replace('_', "-")),
    };
    let basis = words.with(
        &key,
        &[
            ("cells", words.integer(scale.cells.unwrap_or(0))),
            ("spread", words.decimal(scale.spread.unwrap_or(f64::NAN) * 100.0, 0)),
        ],
    );
    words.with(
        "report-scale",
        &[("film", film_name(film, words)), ("scale", words.short(scale.um_per_px.get())), ("basis", basis)],
    )
}
