//! Names of files that are nearly those of a settings file: Windows saves `slide.toml.txt` and shows `slide.toml`.

use strsim::osa_distance;

use super::alike::{look_alike, one_form};

/// What a text editor may put behind the name, in the place of `toml`.
const ENDINGS: [&str; 7] = ["toml", "toml.txt", "toml.toml", "toml.rtf", "toml.doc", "toml.docx", "toml.odt"];

/// What a program puts before the name of a copy.
const COPIES: [&str; 4] = ["copy of", "copie de", "copy", "copie"];

/// What a name means for a folder's settings file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// The name itself.
    Exact,
    /// A name that a program made of it: the file, where there is no other.
    Same,
    /// A name that a person may have meant for it.
    Near,
    /// Any other.
    Other,
}

/// How near `name` is to `STEM.toml`; `also` are stems that mean the same to a person, and `endings` those that one may
/// write behind the very stem instead, none (`""`) among them.
pub fn nearness(name: &str, stem: &str, also: &[&str], endings: &[&str]) -> Nearness {
    let wanted = format!("{stem}.toml");
    if name == wanted {
        return Nearness::Exact;
    }
    let saved_as =
        |name: &str| name.strip_prefix(&wanted).is_some_and(|behind| ["", ".txt", ".toml"].contains(&behind));
    if saved_as(&one_form(name).to_lowercase()) {
        return Nearness::Same;
    }
    // Letters of another width or alphabet look the same on the screen.
    let name = look_alike(name).to_lowercase();
    if saved_as(&name) {
        return Nearness::Near;
    }
    let name = COPIES.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(&name);
    let name = name.trim_start_matches([' ', '-', '_']);
    // `slide_toml.txt`, of a program that takes no second point.
    let name = match ["_toml", "-toml", " toml"].iter().find_map(|sign| name.split_once(sign)) {
        Some((before, behind)) => format!("{before}.toml{behind}"),
        None => name.to_owned(),
    };
    let (first, ending) = name.split_once('.').unwrap_or((&name, ""));
    let first = first.trim_end_matches(|c: char| c.is_ascii_digit() || " ()-_".contains(c));
    let first = ["copie", "copy"].iter().find_map(|word| first.strip_suffix(word)).unwrap_or(first);
    let first = first.trim_end_matches([' ', '-', '_']);
    let named = also.contains(&first) || osa_distance(first, stem) <= 1;
    let ended = ENDINGS.contains(&ending) || osa_distance(ending, "toml") <= 1;
    // `slide 2` without an ending may be a folder or a picture of its own.
    let bare = endings.contains(&ending) && if ending.is_empty() { name == stem } else { first == stem };
    if named && ended || bare { Nearness::Near } else { Nearness::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_nearly_right() {
        for (name, wanted) in [
            ("slide.toml", Nearness::Exact),
            ("Slide.toml", Nearness::Same),
            ("SLIDE.TOML", Nearness::Same),
            ("slide.toml.txt", Nearness::Same),
            ("Slide.toml.TXT", Nearness::Same),
            ("slide.toml.toml", Nearness::Same),
            ("slide (1).toml", Nearness::Near),
            ("slide - Copie.toml", Nearness::Near),
            ("Copy of slide.toml", Nearness::Near),
            ("Copie de slide.toml", Nearness::Near),
            ("Copie de Slide.toml.txt", Nearness::Near),
            ("slides.toml", Nearness::Near),
            ("silde.toml", Nearness::Near),
            ("slide.tolm", Nearness::Near),
            ("slide.tom", Nearness::Near),
            ("slide.txt", Nearness::Near),
            ("slide", Nearness::Near),
            ("Slide", Nearness::Near),
            ("slide_toml.txt", Nearness::Near),
            ("slide-toml", Nearness::Near),
            ("slide.ini", Nearness::Near),
            ("slide.json", Nearness::Near),
            ("slide.csv", Nearness::Near),
            (
                "\u{ff53}\u{ff4c}\u{ff49}\u{ff44}\u{ff45}\u{ff0e}\u{ff54}\u{ff4f}\u{ff4d}\u{ff4c}",
                Nearness::Near,
            ),
            ("sl\u{456}de.toml", Nearness::Near),
            ("lame.toml", Nearness::Near),
            ("slide.toml.docx", Nearness::Near),
            ("slide.jpg", Nearness::Other),
            ("slide 2", Nearness::Other),
            ("slides", Nearness::Other),
            ("slides.csv", Nearness::Other),
            ("slide.tif", Nearness::Other),
            ("Copie de slide.jpg", Nearness::Other),
            ("floor.toml", Nearness::Other),
            ("slide.toml.bak", Nearness::Other),
            ("notes.txt", Nearness::Other),
            ("1.jpg", Nearness::Other),
            ("laboratory.toml", Nearness::Other),
        ] {
            assert_eq!(
                nearness(name, "slide", &["lame", "fiche"], &["", "txt", "ini", "json", "csv"]),
                wanted,
                "{name}"
            );
        }
    }

    #[test]
    fn the_same_of_another_file() {
        for (name, wanted) in [
            ("laboratory.toml", Nearness::Exact),
            ("Laboratory.toml", Nearness::Same),
            ("laboratory.toml.txt", Nearness::Same),
            ("laboratoire.toml", Nearness::Near),
            ("Laboratoire.toml.txt", Nearness::Near),
            ("laboratory.txt", Nearness::Near),
            ("labo.toml", Nearness::Near),
            ("slide.toml", Nearness::Other),
            ("laboratoire", Nearness::Other),
            ("laboratory", Nearness::Other),
            ("laboratory.csv", Nearness::Other),
        ] {
            assert_eq!(nearness(name, "laboratory", &["laboratoire", "labo"], &["txt"]), wanted, "{name}");
        }
    }
}
