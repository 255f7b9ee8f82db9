//! A table with a line for each label, and one without a category for a picture that has none.

use super::label_set::{LabelSet, LabelledField};
use crate::report::text_cell;
use crate::{Error, ErrorKind, Result};

const COLUMNS: [&str; 16] = [
    "slide",
    "file",
    "page",
    "sha256",
    "picture_width",
    "picture_height",
    "film",
    "reader",
    "um_per_px",
    "complete",
    "category",
    "stage",
    "x",
    "y",
    "width",
    "height",
];

pub(super) fn lines(labels: &LabelSet) -> Result<Vec<u8>> {
    let refused = |e: &dyn std::fmt::Display| Error::new(ErrorKind::Internal, e.to_string());
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS).map_err(|e| refused(&e))?;
    for field in &labels.fields {
        let mut line = |rest: [String; 6]| {
            table.write_record(of_field(field).into_iter().chain(rest)).map_err(|e| refused(&e))
        };
        if field.labels.is_empty() {
            line(Default::default())?;
        }
        for label in &field.labels {
            let at = &label.at;
            let place = [at.x, at.y, at.width, at.height].map(|v| format!("{v:.2}"));
            let [x, y, width, height] = place;
            let stage = label.stage.map_or("", |stage| stage.code());
            line([label.category.code().to_owned(), stage.to_owned(), x, y, width, height])?;
        }
    }
    table.into_inner().map_err(|e| refused(&e))
}

fn of_field(field: &LabelledField) -> [String; 10] {
    [
        text_cell(&field.slide),
        text_cell(&field.file),
        (field.page + 1).to_string(),
        field.sha256.clone(),
        field.size.0.to_string(),
        field.size.1.to_string(),
        field.film.code().to_owned(),
        text_cell(&field.reader),
        field.um_per_px.map(|s| s.to_string()).unwrap_or_default(),
        field.complete.to_string(),
    ]
}
