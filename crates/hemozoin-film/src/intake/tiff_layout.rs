//! Which directories of a TIFF are fields: pages, channels of one picture, planes of focus, smaller copies, labels.
//!
//! What a program says in its descriptions decides (`tiff_axes`, `tiff_scanner`); what contradicts it, or cannot be a blood
//! film, is refused by name. Else a page is a field, but for smaller copies of another page that stand in tiles.

use super::fault;
use super::tiff_axes::{Axes, Axis, axes_of, planes_behind};
use super::tiff_directory::{Directories, Directory, tag};
use super::tiff_ome::Ome;
use super::tiff_scanner::{Scanner, scanner_of};
use crate::Result;
use crate::measure::PxSize;

/// One field, by the places of its directories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FieldPlan {
    /// A page.
    Page(u64),
    /// Red, green and blue, each a grey page.
    Channels([u64; 3]),
    /// The same field in several planes of focus, in their order.
    Depths(Vec<FieldPlan>),
}

/// The fields of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) fields: Vec<FieldPlan>,
    /// Whether pages were left out that no tag marks as copies or masks.
    pub(super) left_out: bool,
}

/// Tells the fields of a file.
pub(super) fn layout(directories: &Directories) -> Result<Layout> {
    let chain = &directories.chain;
    if let Some(kind) = raw_kind(chain) {
        return Err(fault::camera_raw(kind));
    }
    match scanner_of(chain) {
        Scanner::None => {}
        Scanner::Refused(program) => return Err(fault::other_program(program)),
        Scanner::Fields(fields) => {
            let left_out = fields.iter().map(planes).sum::<usize>() < unmarked(chain).count();
            return Ok(Layout { fields, left_out });
        }
    }
    if let Some((program, planes)) = planes_behind(chain) {
        return Err(fault::planes_behind(program, planes));
    }
    if let Some(ome) = Ome::of(chain)? {
        return Ok(Layout { fields: ome.fields(chain)?, left_out: false });
    }
    let mut pages = pages(chain);
    if pages.is_empty() {
        // Some programs call their only page a copy.
        pages.extend(chain.iter().max_by_key(|d| (d.size().area(), std::cmp::Reverse(d.offset))));
    }
    let left_out = pages.len() < pages_all(chain);
    let fields = match axes_of(chain)? {
        Some(axes) => arranged(&axes, &pages)?,
        None => pages.iter().map(|page| FieldPlan::Page(page.offset)).collect(),
    };
    Ok(Layout { fields, left_out })
}

fn planes(field: &FieldPlan) -> usize {
    match field {
        FieldPlan::Page(_) => 1,
        FieldPlan::Channels(_) => 3,
        FieldPlan::Depths(depths) => depths.iter().map(planes).sum(),
    }
}

/// Directories that no tag marks as copies or masks.
pub(super) fn unmarked(chain: &[Directory]) -> impl Iterator<Item = &Directory> {
    chain.iter().filter(|directory| !directory.is_marked_as_copy())
}

fn pages_all(chain: &[Directory]) -> usize {
    unmarked(chain).count()
}

/// The pages that may be fields: neither marked nor named as something else, nor smaller copies in tiles; with those
/// behind a directory that is itself only a copy, and those beside it that are no smaller.
fn pages(chain: &[Directory]) -> Vec<&Directory> {
    let mut pages: Vec<&Directory> = Vec::new();
    for directory in chain {
        let own = !directory.is_marked_as_copy() && !is_named_otherwise(directory);
        let area = directory.size().area();
        let behind = directory
            .behind
            .iter()
            .filter(|b| !b.is_marked_as_copy() && !is_named_otherwise(b) && b.size().area() >= area.max(1));
        pages.extend(own.then_some(directory).into_iter().chain(behind));
    }
    let largest = pages
        .iter()
        .map(|page| page.size())
        .max_by_key(|size| size.area())
        .unwrap_or(PxSize { width: 0, height: 0 });
    pages.retain(|page| !page.has(tag::TILE_WIDTH) || !is_smaller_copy(page.size(), largest));
    pages
}

/// True for a label, an overview or a thumbnail by its own words.
pub(super) fn is_named_otherwise(directory: &Directory) -> bool {
    let names = [directory.text(tag::PAGE_NAME), directory.description()];
    names.iter().any(|name| name.len() < 200 && is_other_name(name))
}

/// A name that slide scanners give to what is no field.
pub(super) fn is_other_name(name: &str) -> bool {
    const OTHERS: [&str; 6] = ["label", "macro", "thumbnail", "overview", "barcode", "preview"];
    let name = name.to_lowercase();
    name.split(|c: char| !c.is_alphabetic()).any(|word| OTHERS.contains(&word))
}

/// The same shape, at most half as large: a level of a pyramid.
fn is_smaller_copy(size: PxSize, largest: PxSize) -> bool {
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let (across, down) = (f64::from(largest.width), f64::from(largest.height));
    /// Levels are rounded up or down, and once more for each level.
    const ROUNDED: f64 = 3.0;
    2.0 * width <= across + ROUNDED && (width * down / across.max(1.0) - height).abs() <= ROUNDED
}

/// Pages laid out along the axes that their program names.
fn arranged(axes: &Axes, pages: &[&Directory]) -> Result<Vec<FieldPlan>> {
    if axes.planes() != pages.len() {
        return Err(fault::does_not_fit(axes.program, axes.planes(), pages.len()));
    }
    let at = |time, depth, channel| pages.get(axes.place(time, depth, channel)).copied();
    let channels = axes.length(Axis::Channel);
    let depths = axes.length(Axis::Depth);
    let field = |time, depth| -> Result<FieldPlan> {
        let of_channel: Vec<&Directory> = (0..channels).filter_map(|c| at(time, depth, c)).collect();
        joined(axes.program, &of_channel, axes.colours)
    };
    let mut fields = Vec::new();
    for time in 0..axes.length(Axis::Other) {
        let planes = (0..depths).map(|depth| field(time, depth)).collect::<Result<Vec<_>>>()?;
        if axes.same_place {
            fields.push(of_depths(planes));
        } else {
            fields.extend(planes);
        }
    }
    Ok(fields)
}

/// One plane, or several of one field.
pub(super) fn of_depths(mut planes: Vec<FieldPlan>) -> FieldPlan {
    match (planes.len(), planes.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            planes.extend(last);
            FieldPlan::Depths(planes)
        }
    }
}

/// A picture of its channels: one page, or three grey ones; `colours` names the page of red, of green and of blue.
pub(super) fn joined(program: &str, channels: &[&Directory], colours: [usize; 3]) -> Result<FieldPlan> {
    match channels {
        [page] => Ok(FieldPlan::Page(page.offset)),
        [_, _, _] if channels.iter().all(|page| page.samples() == 1) => {
            let place = |at: usize| channels.get(at).map_or(0, |page| page.offset);
            Ok(FieldPlan::Channels(colours.map(place)))
        }
        _ => Err(fault::channels(program, channels.len())),
    }
}

/// What a camera's raw file is, where it is one.
fn raw_kind(chain: &[Directory]) -> Option<&'static str> {
    const FILTERS: u64 = 32803;
    const LINEAR_RAW: u64 = 34892;
    let all = || chain.iter().flat_map(|d| std::iter::once(d).chain(&d.behind));
    if all().any(|d| d.has(tag::DNG_VERSION)) {
        return Some("DNG");
    }
    all().any(|d| matches!(d.number(tag::PHOTOMETRIC), Some(FILTERS | LINEAR_RAW))).then_some("RAW")
}
