//! YOLO: for each picture a line for each label, its category and its middle and sides as shares of the picture's.
//!
//! YOLO knows nothing of places that are neither right nor wrong: `ignore` is a category of its own, which a training
//! leaves out.

use std::path::PathBuf;

use super::label_set::{Label, LabelSet};
use crate::terms::LabelKind;

pub(super) fn files(labels: &LabelSet) -> Vec<(PathBuf, Vec<u8>)> {
    let mut data =
        "# Each file below labels/ belongs to the picture of its name below images/.\nnames:\n".to_owned();
    for &category in LabelKind::ALL {
        data.push_str(&format!("  {}: {}\n", category.number(), category.code()));
    }
    let mut files = vec![(PathBuf::from("data.yaml"), data.into_bytes())];
    for field in &labels.fields {
        let size = (f64::from(field.size.0), f64::from(field.size.1));
        let lines: String = field.labels.iter().map(|label| line(label, size)).collect();
        files.push((PathBuf::from(format!("labels/{}.txt", field.stem())), lines.into_bytes()));
    }
    files
}

fn line(label: &Label, (width, height): (f64, f64)) -> String {
    let (x, y) = label.at.centre();
    let shares = [x / width, y / height, label.at.width / width, label.at.height / height];
    let [x, y, across, down] = shares.map(|share| share.clamp(0.0, 1.0));
    format!("{} {x:.6} {y:.6} {across:.6} {down:.6}\n", label.category.number())
}
