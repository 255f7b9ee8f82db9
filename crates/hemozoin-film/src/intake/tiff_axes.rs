//! What the pages of a TIFF are to each other, in the words of ImageJ, tifffile, MetaMorph, Zeiss and Olympus.

use serde::Deserialize;

use super::fault;
use super::tiff_directory::{Directory, tag};
use super::tiff_layout::unmarked;
use crate::Result;

/// A direction in which pages follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// Colours of one picture.
    Channel,
    /// Planes of focus.
    Depth,
    /// Time, place, or whatever else tells fields apart.
    Other,
}

/// The pages of a file as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Axes {
    /// Who says so.
    pub(super) program: &'static str,
    /// From the one that changes most slowly.
    order: Vec<(Axis, usize)>,
    /// Whether the planes of [`Axis::Depth`] show one field, or are only a pile of pages.
    pub(super) same_place: bool,
    /// Which channel is red, green and blue.
    pub(super) colours: [usize; 3],
}

impl Axes {
    /// How many pages there should be.
    pub(super) fn planes(&self) -> usize {
        self.order.iter().fold(1, |all, (_, length)| all.saturating_mul(*length))
    }

    /// Pages along one axis.
    pub(super) fn length(&self, axis: Axis) -> usize {
        self.order.iter().filter(|(a, _)| *a == axis).fold(1, |all, (_, length)| all.saturating_mul(*length))
    }

    /// The page at a place.
    pub(super) fn place(&self, other: usize, depth: usize, channel: usize) -> usize {
        let (mut rest, mut step, mut place) = ([channel, depth, other], 1, 0);
        for (axis, length) in self.order.iter().rev() {
            let rest = &mut rest[*axis as usize];
            place += (*rest % length) * step;
            *rest /= length;
            step *= length;
        }
        place
    }
}

/// A file that says it holds more planes than pages: who says so, and how many.
pub(super) fn planes_behind(chain: &[Directory]) -> Option<(&'static str, usize)> {
    let first = chain.first()?;
    let metamorph = usize::try_from(first.count(tag::METAMORPH_PLANES)).unwrap_or(usize::MAX);
    if metamorph > 1 {
        return Some(("MetaMorph", metamorph));
    }
    let pages = unmarked(chain).count();
    let description = first.description();
    if let Some(said) = imagej(&description, "images")
        && pages == 1
        && said > 1
    {
        return Some(("ImageJ", said));
    }
    let shaped = Shaped::of(&description)?;
    let said = shaped.planes(first)?;
    (pages == 1 && said > 1).then_some(("tifffile", said))
}

/// The axes that the description of the first page names.
pub(super) fn axes_of(chain: &[Directory]) -> Result<Option<Axes>> {
    let Some(first) = chain.first() else { return Ok(None) };
    let description = first.description();
    if description.starts_with("ImageJ=") {
        return Ok(Some(of_imagej(first, &description)));
    }
    if let Some(shaped) = Shaped::of(&description) {
        return Ok(shaped.axes(first));
    }
    if first.has(tag::LSM) {
        return of_lsm(first).map(Some);
    }
    if first.has(tag::FLUOVIEW) && unmarked(chain).count() > 1 {
        return Err(fault::other_program("Olympus FluoView"));
    }
    Ok(None)
}

fn imagej(description: &str, name: &str) -> Option<usize> {
    if !description.starts_with("ImageJ=") {
        return None;
    }
    let value = description.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
    value.trim().parse().ok()
}

/// ImageJ writes channels closest together, then slices, then frames. A pile of pictures that was never a hyperstack is
/// called `slices`, too: only a hyperstack, or one with a distance between its slices, is one field.
fn of_imagej(first: &Directory, description: &str) -> Axes {
    let length = |name| imagej(description, name).unwrap_or(1).max(1);
    let said = |line: &str| description.lines().any(|l| l.trim() == line);
    let (channels, mut slices, frames) = (length("channels"), length("slices"), length("frames"));
    let images = length("images");
    if channels * slices * frames == 1 {
        slices = images;
    }
    Axes {
        program: "ImageJ",
        order: vec![(Axis::Other, frames), (Axis::Depth, slices), (Axis::Channel, channels)],
        same_place: said("hyperstack=true") || description.contains("\nspacing="),
        colours: imagej_colours(first).unwrap_or([0, 1, 2]),
    }
}

/// Which channel is red, green and blue by the colour tables in ImageJ's own tag (`IJMetadata`: a head of four letters
/// and a number for each kind of entry, then the entries one after the other).
fn imagej_colours(first: &Directory) -> Option<[usize; 3]> {
    const TABLE: usize = 3 * 256;
    let counts = first.numbers(tag::IMAGEJ_COUNTS);
    let head = usize::try_from(*counts.first()?).ok()?;
    let bytes = first.bytes(tag::IMAGEJ_METADATA);
    let mut at = head;
    let mut sizes = counts.iter().skip(1);
    let mut brightest = Vec::new();
    for entry in (4..head).step_by(8) {
        // The letters stand in the order of the file's bytes, so a little-endian file has them backwards.
        let kind = bytes.get(entry..entry + 4)?;
        let many = first.number_at(tag::IMAGEJ_METADATA, entry + 4, 4)?;
        for _ in 0..many {
            let size = usize::try_from(*sizes.next()?).ok()?;
            let table = bytes.get(at..at.checked_add(size)?)?;
            if (kind == b"luts" || kind == b"stul") && size == TABLE {
                brightest.push([table[255], table[511], table[767]]);
            }
            at += size;
        }
    }
    let pure = |channel: usize| {
        brightest.iter().position(|colour| (0..3).all(|c| (colour[c] == 255) == (c == channel)))
    };
    Some([pure(0)?, pure(1)?, pure(2)?])
}

/// What tifffile writes about an array that it saved.
#[derive(Deserialize)]
struct Shaped {
    shape: Vec<usize>,
    axes: Option<String>,
}

impl Shaped {
    fn of(description: &str) -> Option<Self> {
        description.starts_with("{\"shape\"").then(|| serde_json::from_str(description).ok())?
    }

    /// The axes before those of a page, which are `YX` or `YXS`, or `SYX`.
    fn leading(&self, page: &Directory) -> Option<&[usize]> {
        let own = if page.samples() > 1 { 3 } else { 2 };
        self.shape.get(..self.shape.len().checked_sub(own)?)
    }

    fn planes(&self, page: &Directory) -> Option<usize> {
        Some(self.leading(page)?.iter().fold(1, |all, length| all.saturating_mul(*length)))
    }

    fn axes(&self, page: &Directory) -> Option<Axes> {
        let leading = self.leading(page)?;
        let named = self.axes.as_ref()?.chars().map(|name| match name {
            'C' => Axis::Channel,
            'Z' => Axis::Depth,
            _ => Axis::Other,
        });
        let order: Vec<(Axis, usize)> = named.zip(leading.iter().map(|l| (*l).max(1))).collect();
        let colours = [0, 1, 2];
        (order.len() == leading.len()).then_some(Axes {
            program: "tifffile",
            order,
            same_place: true,
            colours,
        })
    }
}

/// Zeiss LSM: the sizes of its stack stand at the start of its own tag. Channels lie inside a page.
fn of_lsm(first: &Directory) -> Result<Axes> {
    let length =
        |at| first.number_at(tag::LSM, at, 4).and_then(|n| usize::try_from(n).ok()).unwrap_or(1).max(1);
    let (depths, channels, times) = (length(16), length(20), length(24));
    if channels == 2 || channels > 3 {
        return Err(fault::channels("Zeiss LSM", channels));
    }
    Ok(Axes {
        program: "Zeiss LSM",
        order: vec![(Axis::Other, times), (Axis::Depth, depths)],
        same_place: true,
        colours: [0, 1, 2],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_in_any_order() {
        let axes = |order| Axes { program: "a test", order, same_place: true, colours: [0, 1, 2] };
        let close = axes(vec![(Axis::Other, 2), (Axis::Depth, 4), (Axis::Channel, 3)]);
        assert_eq!((close.planes(), close.place(1, 2, 1)), (24, 12 + 6 + 1));
        let apart = axes(vec![(Axis::Channel, 3), (Axis::Depth, 4), (Axis::Other, 2)]);
        assert_eq!(apart.place(1, 2, 1), 8 + 4 + 1);
        let twice = axes(vec![(Axis::Other, 2), (Axis::Other, 5)]);
        assert_eq!((twice.length(Axis::Other), twice.place(7, 0, 0)), (10, 7));
    }
}
