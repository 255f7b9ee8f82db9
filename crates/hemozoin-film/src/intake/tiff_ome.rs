//! OME-XML: which page of a TIFF is which channel and plane of which picture (OME model 2016-06, OME-TIFF).

use roxmltree::{Document, Node};

use super::fault;
use super::tiff_directory::Directory;
use super::tiff_layout::{FieldPlan, is_other_name, joined, of_depths};
use crate::Result;

const PROGRAM: &str = "OME-TIFF";

/// Planes of one picture, those in other files of its set among them.
const MOST_PLANES: usize = 100_000;

/// The pictures that the description of a file names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ome {
    images: Vec<OmeImage>,
}

#[derive(Debug, PartialEq, Eq)]
struct OmeImage {
    /// Depths and times.
    depths: usize,
    times: usize,
    /// Channels that are pages of their own, and which of them is red, green and blue.
    channels: usize,
    colours: [usize; 3],
    /// By channel, then depth, then time: the directory's place in the list.
    pages: Vec<Option<usize>>,
}

impl Ome {
    /// Reads the description of the first page; none where it is not OME-XML, or names no picture.
    pub(super) fn of(chain: &[Directory]) -> Result<Option<Self>> {
        let Some(first) = chain.first() else { return Ok(None) };
        let description = first.description();
        if !description.contains("<OME") {
            return Ok(None);
        }
        let alone = chain.len() == 1;
        let Ok(document) = Document::parse(description.trim()) else {
            return if alone { Ok(None) } else { Err(fault::description_unread(PROGRAM)) };
        };
        let mut images = Vec::new();
        let mut next = 0;
        let named = document.descendants().filter(|node| node.tag_name().name() == "Image");
        for (image, pixels) in named.filter_map(|image| Some((image, child(image, "Pixels")?))) {
            let read = OmeImage::read(pixels, &mut next, chain.len())?;
            if !image.attribute("Name").is_some_and(is_other_name) {
                images.push(read);
            }
        }
        Ok((!images.is_empty()).then_some(Self { images }))
    }

    /// The fields, of the directories in the list.
    pub(super) fn fields(&self, chain: &[Directory]) -> Result<Vec<FieldPlan>> {
        let mut fields = Vec::new();
        for image in &self.images {
            for time in 0..image.times {
                if image.lies_elsewhere(time) {
                    continue;
                }
                let planes = (0..image.depths).map(|depth| image.field(chain, depth, time));
                fields.push(of_depths(planes.collect::<Result<_>>()?));
            }
        }
        Ok(fields)
    }
}

impl OmeImage {
    /// The picture of a `Pixels` element; pages that it does not number follow those of the picture before.
    fn read(pixels: Node<'_, '_>, next: &mut usize, pages: usize) -> Result<Self> {
        let size =
            |name| pixels.attribute(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1_usize).max(1);
        let named: Vec<Node<'_, '_>> =
            pixels.children().filter(|node| node.tag_name().name() == "Channel").collect();
        let samples = named
            .first()
            .and_then(|channel| channel.attribute("SamplesPerPixel")?.trim().parse().ok())
            .unwrap_or(1_usize)
            .max(1);
        let (channels, depths, times) = ((size("SizeC") / samples).max(1), size("SizeZ"), size("SizeT"));
        let planes = channels.saturating_mul(depths).saturating_mul(times);
        if planes > MOST_PLANES {
            return Err(fault::does_not_fit(PROGRAM, planes, pages));
        }
        let order = pixels.attribute("DimensionOrder").unwrap_or("XYZCT");
        let pages = numbered(pixels, order, [channels, depths, times], samples, next)
            .ok_or_else(|| fault::description_unread(PROGRAM))?;
        let colours = colours(&named).unwrap_or([0, 1, 2]);
        Ok(Self { depths, times, channels, colours, pages })
    }

    /// Whether all planes of one time lie in other files of a set.
    fn lies_elsewhere(&self, time: usize) -> bool {
        let length = self.depths * self.channels;
        self.pages
            .get(time * length..(time + 1) * length)
            .is_some_and(|pages| pages.iter().all(Option::is_none))
    }

    fn field(&self, chain: &[Directory], depth: usize, time: usize) -> Result<FieldPlan> {
        let of_channel = |channel: usize| {
            let place = (time * self.depths + depth) * self.channels + channel;
            chain.get((*self.pages.get(place)?)?)
        };
        let channels: Option<Vec<&Directory>> = (0..self.channels).map(of_channel).collect();
        let channels = channels.ok_or_else(|| fault::does_not_fit(PROGRAM, self.pages.len(), chain.len()))?;
        joined(PROGRAM, &channels, self.colours)
    }
}

/// By channel, then depth, then time: the directory of each plane, none where it lies in another file. Pages that are not
/// numbered follow those of the picture before. `order` is XY and the axes from the one that changes fastest.
fn numbered(
    pixels: Node<'_, '_>,
    order: &str,
    lengths: [usize; 3],
    samples: usize,
    next: &mut usize,
) -> Option<Vec<Option<usize>>> {
    let axes: Vec<usize> = order.get(2..)?.chars().map(|axis| "CZT".find(axis)).collect::<Option<_>>()?;
    let ours = |[channel, depth, time]: [usize; 3]| (time * lengths[1] + depth) * lengths[0] + channel;
    // The place in our order of the n-th plane in the file's, and the other way round.
    let place = |mut n: usize| {
        let mut at = [0; 3];
        for axis in &axes {
            at[*axis] = n % lengths[*axis];
            n /= lengths[*axis];
        }
        ours(at)
    };
    let number_of = |at: [usize; 3]| {
        let steps =
            axes.iter().scan(1, |step, axis| Some((*axis, std::mem::replace(step, *step * lengths[*axis]))));
        steps.map(|(axis, step)| at[axis].saturating_mul(step)).fold(0, usize::saturating_add)
    };
    let planes = lengths.iter().product::<usize>();
    let mut pages = vec![None; planes];
    let own = pixels.document().root_element().attribute("UUID");
    let mut said = pixels.children().filter(|node| node.tag_name().name() == "TiffData").peekable();
    if said.peek().is_none() {
        (0..planes).for_each(|n| pages[place(n)] = Some(next.saturating_add(n)));
        *next = next.saturating_add(planes);
        return Some(pages);
    }
    let mut numbered = 0;
    for data in said {
        let value = |name| data.attribute(name).and_then(|n| n.trim().parse::<usize>().ok());
        let first = |name| value(name).unwrap_or(0);
        let from = number_of([first("FirstC") / samples, first("FirstZ"), first("FirstT")]);
        let rest = planes.checked_sub(from)?;
        let count = value("PlaneCount").unwrap_or(if value("IFD").is_some() { 1 } else { rest }).min(rest);
        numbered += count;
        // Each plane is said once.
        if numbered > planes {
            return None;
        }
        let elsewhere = child(data, "UUID").and_then(|uuid| uuid.text()).map(str::trim);
        if elsewhere.is_some() && own.is_some() && elsewhere != own {
            continue;
        }
        for n in 0..count {
            pages[place(from + n)] = Some(first("IFD").saturating_add(n));
        }
        *next = (*next).max(first("IFD").saturating_add(count));
    }
    Some(pages)
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// Which channel is red, green and blue: `Color` is red, green, blue and opacity in one signed number.
fn colours(channels: &[Node<'_, '_>]) -> Option<[usize; 3]> {
    let shown: Vec<u32> = channels
        .iter()
        .map(|channel| channel.attribute("Color")?.trim().parse::<i32>().ok().map(|c| c.cast_unsigned() >> 8))
        .collect::<Option<_>>()?;
    let pure = |colour: u32| shown.iter().position(|shown| *shown == colour);
    Some([pure(0xff_0000)?, pure(0x00_ff00)?, pure(0x00_00ff)?])
}
