//! YOLO: names of the categories in `data.yaml` or `classes.txt`, and for each picture a text file with a line for each label:
//! its category and its middle and sides, or the corners around it, as shares of the picture's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::category::category;
use super::find::{Whereabouts, files_below, no_picture};
use crate::evaluate::truth::{Label, LabelledPicture};
use crate::files::read_text;
use crate::measure::{PxRect, PxSize};
use crate::terms::{LabelKind, Stage};
use crate::{Error, ErrorKind, Result};

/// Most bytes of the labels of one picture, or of the names.
const MAX_BYTES: u64 = 64 << 20;

type Categories = BTreeMap<usize, (LabelKind, Option<Stage>)>;

/// The pictures of the set that `names` (`data.yaml` or `classes.txt`) belongs to.
pub(super) fn read(names: &Path, pictures: &dyn Whereabouts) -> Result<Vec<LabelledPicture>> {
    let text = read_text(names, MAX_BYTES)?;
    let listed = match names.extension().is_some_and(|e| e == "txt") {
        true => {
            text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).enumerate().collect()
        }
        false => names_of(&text),
    };
    let mut categories = Categories::new();
    for (number, name) in &listed {
        categories.insert(*number, category(name).map_err(|e| e.with_path(names))?);
    }
    let folder = names.parent().unwrap_or(Path::new(""));
    let labels = folder.join("labels");
    let root = if labels.is_dir() { labels } else { folder.to_path_buf() };
    let mut found = Vec::new();
    for file in files_below(&root)? {
        let is_text = file.extension().is_some_and(|e| e == "txt");
        if !is_text || file.file_name().is_some_and(|name| name == "classes.txt") {
            continue;
        }
        let below = file.strip_prefix(&root).unwrap_or(&file).with_extension("");
        let name = below.to_string_lossy();
        let place = pictures.find(&name)?.ok_or_else(|| no_picture(&name).with_path(&file))?;
        let size = place.size()?;
        let labels =
            parse(&read_text(&file, MAX_BYTES)?, size, &categories).map_err(|e| e.with_path(&file))?;
        found.push(LabelledPicture {
            name: place.name,
            path: place.path,
            slide: String::new(),
            um_per_px: None,
            complete: BTreeSet::new(),
            labels,
            rejected: Vec::new(),
            size: Some(size),
        });
    }
    Ok(found)
}

/// The names in `data.yaml`: a list, or numbers with names, on one line or on several.
fn names_of(yaml: &str) -> BTreeMap<usize, String> {
    let mut names = BTreeMap::new();
    let plain = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
    let mut take = |text: &str| {
        let text = text.trim().trim_start_matches("- ").trim();
        if text.is_empty() || text.starts_with('#') {
            return;
        }
        let numbered = text.split_once(':').and_then(|(n, name)| Some((n.trim().parse().ok()?, plain(name))));
        let (number, name) = numbered.unwrap_or_else(|| (names.len(), plain(text)));
        names.insert(number, name);
    };
    let mut lines = yaml.lines().skip_while(|line| !line.starts_with("names:"));
    let first = lines.next().and_then(|line| line.strip_prefix("names:")).unwrap_or_default().trim();
    let within: Vec<&str> = lines.take_while(|l| l.starts_with([' ', '\t', '-', ']', '}'])).collect();
    if first.starts_with(['[', '{']) {
        let all = std::iter::once(first).chain(within).collect::<String>();
        all.trim_matches(['[', ']', '{', '}', ' ']).split(',').for_each(&mut take);
    } else {
        within.into_iter().for_each(&mut take);
    }
    names
}

fn parse(text: &str, size: PxSize, categories: &Categories) -> Result<Vec<Label>> {
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let mut labels = Vec::new();
    for (line, number) in text.lines().zip(1_usize..) {
        let wrong = |what: &str| {
            Error::new(ErrorKind::Usage, format!("line {number}: {what}"))
                .with_key("error-labels-yolo")
                .with_arg("line", number)
                .with_arg("reason", what)
        };
        let parts: Vec<&str> = line.split_whitespace().collect();
        let Some((class, rest)) = parts.split_first() else { continue };
        let class: usize = class.parse().map_err(|_| wrong(line))?;
        let shares: Vec<f64> = rest.iter().filter_map(|share| share.parse().ok()).collect();
        if shares.len() != rest.len() || shares.iter().any(|share| !(-0.01..=1.01).contains(share)) {
            return Err(wrong(line));
        }
        let bounds = match shares.as_slice() {
            // A fifth number is a score.
            [x, y, across, down] | [x, y, across, down, _] => {
                PxRect::around(x * width, y * height, across * width, down * height)
            }
            // Corners around it.
            [_, _, _, _, _, _, ..] if shares.len().is_multiple_of(2) => {
                let along = |axis: usize, side: f64| {
                    let all = shares.iter().skip(axis).step_by(2).map(|share| share * side);
                    all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
                };
                let ((left, right), (top, bottom)) = (along(0, width), along(1, height));
                PxRect::new(left, top, right - left, bottom - top)
            }
            _ => None,
        };
        let bounds = bounds.ok_or_else(|| wrong(line))?;
        let (kind, stage) = *categories.get(&class).ok_or_else(|| wrong(&format!("no category {class}")))?;
        labels.push(Label { kind, bounds, gametocyte: stage.map(|s| s == Stage::Gametocyte), stage });
    }
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_several_ways() {
        let wanted: BTreeMap<usize, String> =
            [(0, "ring".to_owned()), (1, "wbc".to_owned())].into_iter().collect();
        for yaml in [
            "names:\n  0: ring\n  1: wbc\n",
            "path: x\nnames: [ring, 'wbc']\nnc: 2\n",
            "nc: 2\nnames:\n- ring\n- \"wbc\"\ntrain: images\n",
            "names: {0: ring, 1: wbc}\n",
            "names: [\n  ring,\n  wbc\n]\n",
        ] {
            assert_eq!(names_of(yaml), wanted, "{yaml}");
        }
    }

    #[test]
    fn boxes_and_corners_are_shares_of_the_picture() {
        let categories = Categories::from([(0, (LabelKind::Parasite, Some(Stage::Ring)))]);
        let size = PxSize { width: 200, height: 100 };
        let boxes = |text: &str| parse(text, size, &categories);
        let read = boxes("0 0.5 0.5 0.1 0.2\n\n0 0.1 0.2 0.3 0.2 0.3 0.4 0.1 0.4\n").expect("sound");
        let at = |n: usize| {
            [read[n].bounds.x(), read[n].bounds.y(), read[n].bounds.width(), read[n].bounds.height()]
        };
        assert_eq!(at(0), [90.0, 40.0, 20.0, 20.0]);
        let near = at(1).iter().zip([20.0, 20.0, 40.0, 20.0]).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(near && read[1].gametocyte == Some(false), "{:?}", at(1));
        for wrong in ["0 0.5 0.5 0.1", "1 0.5 0.5 0.1 0.1", "x 1 1 1 1", "0 50 50 10 10", "0 0.5 0.5 0 0.1"] {
            assert_eq!(boxes(wrong).expect_err(wrong).key(), Some("error-labels-yolo"));
        }
    }
}
