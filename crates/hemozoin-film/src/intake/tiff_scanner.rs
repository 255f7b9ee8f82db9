//! Files of slide scanners: which directory is the film, and which formats are refused by name.
//!
//! Known by what openslide.org's format pages say of each; levels, maps, labels and thumbnails are no fields.

use super::tiff_directory::{Directory, tag};
use super::tiff_layout::{FieldPlan, is_named_otherwise, of_depths};

/// What is known of a file by its scanner.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Scanner {
    /// No scanner that is known here.
    None,
    /// The film is there.
    Fields(Vec<FieldPlan>),
    /// A format whose tiles overlap or whose pages are told apart elsewhere; the name of the program.
    Refused(&'static str),
}

/// The scanner of a file.
pub(super) fn scanner_of(chain: &[Directory]) -> Scanner {
    let Some(first) = chain.first() else { return Scanner::None };
    let description = first.description();
    if description.starts_with("Aperio") || description.contains("DPUfsImport") {
        // Aperio and Philips: the film stands first; a stack of it has the same size.
        return Scanner::Fields(vec![same_size(chain.iter(), first)]);
    }
    if first.has(tag::NDPI_LENS) {
        let film = || chain.iter().filter(|d| d.float(tag::NDPI_LENS).is_some_and(|lens| lens > 0.0));
        return match film().max_by_key(|d| (d.size().area(), std::cmp::Reverse(d.offset))) {
            Some(largest) => Scanner::Fields(vec![same_size(film(), largest)]),
            None => Scanner::Refused("Hamamatsu NDPI"),
        };
    }
    if description.contains("leica-microsystems.com/scn") {
        return Scanner::Refused("Leica SCN");
    }
    let xmp = |d: &Directory| memchr::memmem::find(d.bytes(tag::XMP), b"<iScan").is_some();
    if chain.iter().any(xmp) {
        return Scanner::Refused("Ventana BIF");
    }
    if first.text(tag::SOFTWARE).starts_with("MedScan") {
        return Scanner::Refused("Trestle");
    }
    Scanner::None
}

/// The planes of a film: the directories of its size that are neither marked nor named as something else.
fn same_size<'a>(chain: impl Iterator<Item = &'a Directory>, film: &Directory) -> FieldPlan {
    let is_plane = |d: &&Directory| {
        d.offset == film.offset || d.size() == film.size() && !d.is_marked_as_copy() && !is_named_otherwise(d)
    };
    of_depths(chain.filter(is_plane).map(|d| FieldPlan::Page(d.offset)).collect())
}
