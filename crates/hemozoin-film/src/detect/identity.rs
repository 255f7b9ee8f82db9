//! What a bundle is: a digest over everything that can change a detection, and nothing else.
//!
//! A floor that a laboratory measured holds for the bundle of this digest. So a corrected credit, licence, name or
//! published floor leaves it as it is; another network, map, threshold, scale or calibration does not.

use std::fmt::Write;

use super::bundle::{Balance, Bundle, BundleClass, Input, Output, StageChannel};
use super::second::{SecondLogit, SecondLook};
use crate::intake::digest_of_bytes;

/// Name and version of the list below. It gets a new number where the same bundle would get another digest.
const LIST: &str = "hemozoin-bundle-identity/1";

/// SHA-256, lower-case hexadecimal, of [`list`].
pub(super) fn identity(bundle: &Bundle) -> String {
    digest_of_bytes(list(bundle).as_bytes())
}

/// One thing a line, in the order of `bundle.toml`; numbers that are not whole as the bits of IEEE 754, hexadecimal.
fn list(bundle: &Bundle) -> String {
    // Taken apart by name, so that a new key cannot be forgotten here.
    let Bundle {
        schema: _,
        name: _,
        version: _,
        film,
        um_per_px,
        licence: _,
        weights_sha256,
        input: Input { tile, other_tiles, halo, mean, std, balance },
        output: Output { stride, channels },
        second,
        third,
        classes,
        false_positive_floor: _,
        gametocyte_floor: _,
        suspects: _,
        credits: _,
    } = bundle;
    let mut list = Lines(format!("{LIST}\n"));
    list.put("film", [film.code()]);
    list.put("um_per_px", [double(um_per_px.get())]);
    list.put("weights", [weights_sha256.to_ascii_lowercase()]);
    list.put("tiles", std::iter::once(tile).chain(other_tiles));
    list.put("halo", [halo]);
    list.put("mean", mean.map(single));
    list.put("std", std.map(single));
    if let Some(Balance { percentile, target }) = balance {
        list.put("balance", [*percentile].into_iter().chain(*target).map(double));
    }
    list.put("stride", [stride]);
    list.put("channels", [channels]);
    for (name, look) in [("second", second), ("third", third)] {
        if let Some(SecondLook { weights_sha256, side, channels }) = look {
            list.put(name, [weights_sha256.to_ascii_lowercase(), side.to_string(), channels.to_string()]);
        }
    }
    for class in classes {
        let BundleClass {
            term,
            heat,
            size,
            offset,
            threshold,
            calibration,
            min_distance_um,
            dark_share,
            stages,
            second,
            third,
        } = class;
        list.put("class", [term.code()]);
        list.put("heat", [heat]);
        list.put("size", size);
        if let Some(offset) = offset {
            list.put("offset", offset);
        }
        list.put("threshold", [single(*threshold)]);
        list.put("calibration", calibration.map(single));
        list.put("min_distance_um", [double(*min_distance_um)]);
        if let Some(share) = dark_share {
            list.put("dark_share", [single(*share)]);
        }
        for StageChannel { name, channel } in stages {
            list.put("stage", [name.code().to_owned(), channel.to_string()]);
        }
        for (name, rule) in [("judged", second), ("judged_again", third)] {
            if let Some(SecondLogit { channel, from, weight }) = rule {
                list.put(name, [channel.to_string(), single(*from), single(*weight)]);
            }
        }
    }
    list.0
}

struct Lines(String);

impl Lines {
    fn put<T: std::fmt::Display>(&mut self, name: &str, values: impl IntoIterator<Item = T>) {
        self.0.push_str(name);
        for value in values {
            // Writing to a string cannot fail.
            let _ = write!(self.0, " {value}");
        }
        self.0.push('\n');
    }
}

fn single(value: f32) -> String {
    format!("{:08x}", value.to_bits())
}

fn double(value: f64) -> String {
    format!("{:016x}", value.to_bits())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::bundle::of_repository;
    use crate::terms::Film;

    /// Whether a change makes another thick and another thin bundle.
    fn changed(change: impl Fn(&mut Bundle)) -> [bool; 2] {
        [Film::Thick, Film::Thin].map(|film| {
            let bundle = of_repository(film);
            let mut other = bundle.clone();
            change(&mut other);
            assert_ne!(bundle, other, "nothing was changed");
            identity(&bundle) != identity(&other)
        })
    }

    #[test]
    fn words_leave_a_bundle_what_it_is() {
        assert_eq!(changed(|b| b.credits.clear()), [false; 2]);
        assert_eq!(changed(|b| b.licence.push('x')), [false; 2]);
        assert_eq!(changed(|b| b.version.push_str(".1")), [false; 2]);
        assert_eq!(changed(|b| b.name.push('x')), [false; 2]);
        assert_eq!(changed(|b| b.false_positive_floor = None), [false; 2]);
    }

    #[test]
    fn what_can_change_a_detection_makes_another_bundle() {
        let class = |b: &mut Bundle, change: fn(&mut BundleClass)| {
            b.classes.iter_mut().for_each(change);
        };
        assert_eq!(changed(|b| class(b, |c| c.threshold += 0.001)), [true; 2]);
        assert_eq!(changed(|b| class(b, |c| c.calibration[1] += 0.001)), [true; 2]);
        assert_eq!(changed(|b| class(b, |c| c.min_distance_um += 0.1)), [true; 2]);
        assert_eq!(changed(|b| class(b, |c| c.heat += 1)), [true; 2]);
        assert_eq!(changed(|b| class(b, |c| c.size.swap(0, 1))), [true; 2]);
        assert_eq!(changed(|b| b.classes.reverse()), [true; 2]);
        assert_eq!(changed(|b| b.weights_sha256 = "0".repeat(64)), [true; 2]);
        assert_eq!(changed(|b| b.second = None), [true; 2]);
        assert_eq!(changed(|b| b.third = None), [true; 2]);
        assert_eq!(changed(|b| b.input.halo += 4), [true; 2]);
        assert_eq!(changed(|b| b.input.other_tiles.push(64)), [true; 2]);
        assert_eq!(changed(|b| b.input.mean[0] += 0.001), [true; 2]);
        assert_eq!(changed(|b| b.output.stride *= 2), [true; 2]);
    }

    /// The list is versioned: where this fails, either the change is a fault, or [`LIST`] gets a new number.
    #[test]
    fn the_form_of_the_list_stays() {
        let bundle = of_repository(Film::Thin);
        let list = list(&bundle);
        let names: Vec<&str> = list.lines().take(11).filter_map(|line| line.split(' ').next()).collect();
        let expected = ["film", "um_per_px", "weights", "tiles", "halo", "mean", "std"];
        assert_eq!(names.first(), Some(&LIST));
        assert_eq!(names.get(1..8), Some(&expected[..]), "{list}");
        assert!(list.contains("\nfilm thin\n") && list.contains("\nclass asexual_parasite\n"), "{list}");
    }
}
