//! The directories of a TIFF and what they say of themselves, before anything is decoded (TIFF 6.0 section 2, BigTIFF).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, SeekFrom};

use super::shared_file::Patch;
use super::{Limits, fault};
use crate::Result;
use crate::measure::PxSize;

/// Bytes of one value that are looked at; the rest is left where it is.
const MOST_BYTES: u64 = 64 << 10;
/// The same for a description, which may hold the planes of a whole stack.
const MOST_TEXT: u64 = 8 << 20;
/// Entries of one directory.
const MOST_ENTRIES: u64 = 4096;
/// Directories behind one directory.
const MOST_BEHIND: usize = 64;

/// Tags that tell what a page is (TIFF 6.0, and the vendors' private ones).
pub(super) mod tag {
    pub(in crate::intake) const NEW_SUBFILE_TYPE: u16 = 254;
    pub(in crate::intake) const SUBFILE_TYPE: u16 = 255;
    pub(in crate::intake) const WIDTH: u16 = 256;
    pub(in crate::intake) const HEIGHT: u16 = 257;
    pub(in crate::intake) const COMPRESSION: u16 = 259;
    pub(in crate::intake) const PHOTOMETRIC: u16 = 262;
    pub(in crate::intake) const DESCRIPTION: u16 = 270;
    pub(in crate::intake) const SAMPLES: u16 = 277;
    pub(in crate::intake) const PAGE_NAME: u16 = 285;
    pub(in crate::intake) const SOFTWARE: u16 = 305;
    pub(in crate::intake) const TILE_WIDTH: u16 = 322;
    pub(in crate::intake) const SUB_IFDS: u16 = 330;
    pub(in crate::intake) const XMP: u16 = 700;
    /// MetaMorph: one value for each plane behind the directory.
    pub(in crate::intake) const METAMORPH_PLANES: u16 = 33629;
    /// Olympus FluoView.
    pub(in crate::intake) const FLUOVIEW: u16 = 34361;
    /// Zeiss LSM.
    pub(in crate::intake) const LSM: u16 = 34412;
    pub(in crate::intake) const IMAGEJ_COUNTS: u16 = 50838;
    pub(in crate::intake) const IMAGEJ_METADATA: u16 = 50839;
    pub(in crate::intake) const DNG_VERSION: u16 = 50706;
    /// Hamamatsu: the objective; negative for the label and the map of tissue.
    pub(in crate::intake) const NDPI_LENS: u16 = 65421;
}

const LOADED: [u16; 18] = [
    tag::NEW_SUBFILE_TYPE,
    tag::SUBFILE_TYPE,
    tag::WIDTH,
    tag::HEIGHT,
    tag::COMPRESSION,
    tag::PHOTOMETRIC,
    tag::DESCRIPTION,
    tag::SAMPLES,
    tag::PAGE_NAME,
    tag::SOFTWARE,
    tag::TILE_WIDTH,
    tag::SUB_IFDS,
    tag::XMP,
    tag::LSM,
    tag::IMAGEJ_COUNTS,
    tag::IMAGEJ_METADATA,
    tag::DNG_VERSION,
    tag::NDPI_LENS,
];

/// How the numbers of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    little: bool,
    big: bool,
}

/// The directories of a file.
#[derive(Debug)]
pub(super) struct Directories {
    pub(super) style: Style,
    /// In the order of their list.
    pub(super) chain: Vec<Directory>,
}

/// One directory.
#[derive(Debug)]
pub(super) struct Directory {
    /// Where it lies in the file.
    pub(super) offset: u64,
    /// Directories behind it, their own left out.
    pub(super) behind: Vec<Directory>,
    entries: BTreeMap<u16, Entry>,
    style: Style,
}

#[derive(Debug)]
struct Entry {
    /// Where the value, or the place of the value, lies in the file.
    place: u64,
    kind: u16,
    count: u64,
    /// The value's bytes as they lie in the file, as far as they were read.
    bytes: Vec<u8>,
}

impl Style {
    fn number(self, bytes: &[u8]) -> u64 {
        let push = |n: u64, b: &u8| n << 8 | u64::from(*b);
        if self.little { bytes.iter().rev().fold(0, push) } else { bytes.iter().fold(0, push) }
    }

    /// The lowest `length` bytes of a number, at most 8, in the order of the file.
    fn written(self, n: u64, length: usize) -> Vec<u8> {
        let bytes = n.to_be_bytes();
        let bytes = bytes.get(8_usize.saturating_sub(length)..).unwrap_or_default();
        if self.little { bytes.iter().rev().copied().collect() } else { bytes.to_vec() }
    }

    /// A header that points to the directory at `offset`, so that it is the first of its file.
    pub(super) fn header_for(self, offset: u64) -> Vec<u8> {
        let order = |n, length| self.written(n, length);
        let mark = if self.little { b"II" } else { b"MM" }.to_vec();
        if self.big {
            [mark, order(43, 2), order(8, 2), order(0, 2), order(offset, 8)].concat()
        } else {
            [mark, order(42, 2), order(offset, 4)].concat()
        }
    }
}

impl Directories {
    /// Walks the list of directories.
    pub(super) fn read(file: &mut (impl Read + Seek), limits: &Limits) -> Result<Self> {
        let mut head = [0; 8];
        exactly(file, &mut head)?;
        let little = head[0] == b'I';
        let big = Style { little, big: false }.number(&head[2..4]) == 43;
        let style = Style { little, big };
        let mut offset = if style.big { number(file, style, 8)? } else { style.number(&head[4..]) };
        let mut seen = BTreeSet::new();
        let mut chain = Vec::new();
        while offset != 0 {
            if !seen.insert(offset) {
                return Err(fault::corrupt("its pages point to each other in a circle"));
            }
            let (mut directory, next) = directory(file, style, offset)?;
            for place in directory.numbers(tag::SUB_IFDS).into_iter().take(MOST_BEHIND) {
                // What cannot be followed is left out: many programs keep notes of their own there.
                if seen.insert(place)
                    && let Ok((behind, _)) = self::directory(file, style, place)
                {
                    directory.behind.push(behind);
                }
            }
            chain.push(directory);
            limits.check_pages(u32::try_from(chain.len()).unwrap_or(u32::MAX))?;
            offset = next;
        }
        Ok(Self { style, chain })
    }
}

impl Directories {
    /// The directory that lies at `offset`.
    pub(super) fn at(&self, offset: u64) -> Option<&Directory> {
        self.chain.iter().flat_map(|d| std::iter::once(d).chain(&d.behind)).find(|d| d.offset == offset)
    }

    /// What is said of the page at `offset`: by itself, else by the first, as ImageJ and OME-XML do for all.
    pub(super) fn description_for(&self, offset: u64) -> String {
        let own = self.at(offset).map(Directory::description).filter(|text| !text.is_empty());
        own.or_else(|| self.chain.first().map(Directory::description)).unwrap_or_default()
    }
}

impl Directory {
    /// Size of the picture as stored.
    pub(super) fn size(&self) -> PxSize {
        let side = |tag| self.number(tag).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        PxSize { width: side(tag::WIDTH), height: side(tag::HEIGHT) }
    }

    /// True for a reduced copy or a mask.
    pub(super) fn is_marked_as_copy(&self) -> bool {
        const REDUCED_COPY: u64 = 1;
        const MASK: u64 = 4;
        /// Of the older tag, which counts instead of adding.
        const OLD_REDUCED_COPY: u64 = 2;
        match self.number(tag::NEW_SUBFILE_TYPE) {
            Some(kind) => kind & (REDUCED_COPY | MASK) != 0,
            None => self.number(tag::SUBFILE_TYPE) == Some(OLD_REDUCED_COPY),
        }
    }

    /// Samples of each pixel.
    pub(super) fn samples(&self) -> u64 {
        self.number(tag::SAMPLES).unwrap_or(1)
    }

    /// True where the directory has the tag.
    pub(super) fn has(&self, tag: u16) -> bool {
        self.entries.contains_key(&tag)
    }

    /// How many values the tag has.
    pub(super) fn count(&self, tag: u16) -> u64 {
        self.entries.get(&tag).map_or(0, |entry| entry.count)
    }

    /// The first value of the tag, where it is a whole number.
    pub(super) fn number(&self, tag: u16) -> Option<u64> {
        self.numbers(tag).first().copied()
    }

    /// What makes the tag's only value, a whole number, be read as `value`; none where its type cannot hold that.
    pub(super) fn read_as(&self, tag: u16, value: u64) -> Option<Patch> {
        let entry = self.entries.get(&tag).filter(|entry| entry.count == 1 && is_whole(entry.kind))?;
        let bytes = self.style.written(value, size_of(entry.kind)?);
        (self.style.number(&bytes) == value).then_some(Patch { at: entry.place, bytes })
    }

    /// All values of the tag, where they are whole numbers; as far as they were read.
    pub(super) fn numbers(&self, tag: u16) -> Vec<u64> {
        let Some(entry) = self.entries.get(&tag) else { return Vec::new() };
        match size_of(entry.kind) {
            Some(size) if is_whole(entry.kind) => {
                entry.bytes.chunks_exact(size).map(|bytes| self.style.number(bytes)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The value as a 32-bit float.
    pub(super) fn float(&self, tag: u16) -> Option<f32> {
        const FLOAT: u16 = 11;
        let entry = self.entries.get(&tag).filter(|entry| entry.kind == FLOAT)?;
        let bits = u32::try_from(self.style.number(entry.bytes.get(..4)?)).ok()?;
        Some(f32::from_bits(bits))
    }

    /// The bytes of the value.
    pub(super) fn bytes(&self, tag: u16) -> &[u8] {
        self.entries.get(&tag).map_or(&[], |entry| &entry.bytes)
    }

    /// A whole number inside the bytes of a value; none where they end before it.
    pub(super) fn number_at(&self, tag: u16, at: usize, length: usize) -> Option<u64> {
        self.bytes(tag).get(at..at.checked_add(length)?).map(|bytes| self.style.number(bytes))
    }

    /// The value as text: UTF-8, else Latin-1, as ImageJ writes it.
    pub(super) fn text(&self, tag: u16) -> String {
        text_of(self.bytes(tag))
    }

    /// What the page is said to be.
    pub(super) fn description(&self) -> String {
        self.text(tag::DESCRIPTION)
    }
}

/// UTF-8, else Latin-1, up to the NUL that ends it.
fn text_of(bytes: &[u8]) -> String {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let bytes = bytes.get(..end).unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Bytes of one value of a type (TIFF 6.0 section 2; 13 and 16 to 18 of later notes and BigTIFF).
fn size_of(kind: u16) -> Option<usize> {
    match kind {
        1 | 2 | 6 | 7 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 | 13 => Some(4),
        5 | 10 | 12 | 16..=18 => Some(8),
        _ => None,
    }
}

/// BYTE, SHORT, LONG, IFD, LONG8 and IFD8.
fn is_whole(kind: u16) -> bool {
    matches!(kind, 1 | 3 | 4 | 13 | 16 | 18)
}

/// The directory at `offset`, and where the next one lies.
fn directory(file: &mut (impl Read + Seek), style: Style, offset: u64) -> Result<(Directory, u64)> {
    let (counted, entry_bytes, inline) = if style.big { (8, 20, 8) } else { (2, 12, 4) };
    seek(file, offset)?;
    let count = number(file, style, counted)?;
    if count > MOST_ENTRIES {
        return Err(fault::corrupt("a page with too many entries"));
    }
    let mut table = vec![0; usize::try_from(count).unwrap_or(0) * entry_bytes];
    exactly(file, &mut table)?;
    // Where the file ends right after its last directory, there is no other.
    let next = number(file, style, inline).unwrap_or(0);
    let mut entries = BTreeMap::new();
    for (raw, at) in table.chunks_exact(entry_bytes).zip((offset + counted as u64..).step_by(entry_bytes)) {
        let part = |from: usize, length: usize| raw.get(from..from + length).unwrap_or_default();
        let (tag, kind) = (style.number(part(0, 2)) as u16, style.number(part(2, 2)) as u16);
        let count = style.number(part(4, entry_bytes - 4 - inline));
        let value = part(entry_bytes - inline, inline);
        let place = at + (entry_bytes - inline) as u64;
        let mut entry = Entry { place, kind, count, bytes: Vec::new() };
        if LOADED.contains(&tag)
            && let Some(size) = size_of(kind)
        {
            let most = if tag == tag::DESCRIPTION { MOST_TEXT } else { MOST_BYTES };
            let length = count.saturating_mul(size as u64);
            let wanted = usize::try_from(length.min(most)).unwrap_or(0);
            entry.bytes = match value.get(..wanted).filter(|_| length <= inline as u64) {
                Some(here) => here.to_vec(),
                None => {
                    seek(file, style.number(value))?;
                    let mut there = Vec::new();
                    file.by_ref().take(wanted as u64).read_to_end(&mut there).map_err(refused)?;
                    there
                }
            };
        }
        entries.entry(tag).or_insert(entry);
    }
    Ok((Directory { offset, behind: Vec::new(), entries, style }, next))
}

fn seek(file: &mut impl Seek, offset: u64) -> Result<()> {
    file.seek(SeekFrom::Start(offset)).map(drop).map_err(refused)
}

fn number(file: &mut impl Read, style: Style, length: usize) -> Result<u64> {
    let mut bytes = [0; 8];
    let wanted = bytes.get_mut(..length).unwrap_or_default();
    exactly(file, wanted)?;
    Ok(style.number(wanted))
}

fn exactly<'a>(file: &mut impl Read, bytes: &'a mut [u8]) -> Result<&'a [u8]> {
    file.read_exact(bytes).map_err(refused)?;
    Ok(bytes)
}

/// The system's own refusals are kept by the file (`shared_file`); what is left is a file that ends too early.
fn refused(error: std::io::Error) -> crate::Error {
    fault::truncated().with_source(error)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn the_same_directory_in_every_style() {
        for (little, big) in [(true, false), (false, false), (true, true), (false, true)] {
            let style = Style { little, big };
            let order = |n: u64, length: usize| -> Vec<u8> {
                let bytes = n.to_be_bytes()[8 - length..].to_vec();
                if little { bytes.into_iter().rev().collect() } else { bytes }
            };
            let (counted, wide) = if big { (8, 8) } else { (2, 4) };
            let text = b"unit=\xb5m and more than eight bytes\0";
            let at = style.header_for(0).len() as u64;
            let mut file = style.header_for(at + text.len() as u64);
            file.extend(text);
            file.extend(order(2, counted));
            file.extend(
                [order(256, 2), order(3, 2), order(1, wide), order(640, 2), vec![0; wide - 2]].concat(),
            );
            file.extend(
                [order(270, 2), order(2, 2), order(text.len() as u64, wide), order(at, wide)].concat(),
            );
            file.extend(order(0, wide));
            let read = Directories::read(&mut Cursor::new(&file), &Limits::default()).expect("sound");
            assert_eq!((read.style, read.chain.len()), (style, 1));
            let page = &read.chain[0];
            assert_eq!(page.size(), PxSize { width: 640, height: 0 });
            let mut other = file.clone();
            let patch = page.read_as(256, 768).expect("fits");
            other[patch.at as usize..][..patch.bytes.len()].copy_from_slice(&patch.bytes);
            let other = Directories::read(&mut Cursor::new(&other), &Limits::default()).expect("sound");
            assert_eq!(other.chain[0].size(), PxSize { width: 768, height: 0 });
            assert_eq!(page.read_as(256, 1 << 16), None, "a SHORT holds no more");
            assert_eq!(page.description(), "unit=µm and more than eight bytes");
            for cut in 0..file.len() - wide {
                let cut = Directories::read(&mut Cursor::new(&file[..cut]), &Limits::default());
                assert!(cut.is_err() || cut.is_ok_and(|read| read.chain.is_empty()), "cut short");
            }
        }
    }
}
