//! A TIFF of one or more pages: opened and hashed once, its list of directories walked once.

use std::io::BufReader;

use image::metadata::Orientation;
use tiff::decoder::Decoder;

use super::resolution::Resolution;
use super::shared_file::{FileReader, Patch, Refusal, SharedFile};
use super::tiff_directory::{Directories, Directory, tag};
use super::tiff_layout::{FieldPlan, Layout, layout};
use super::tiff_reader::TiffReader;
use super::{Limits, digest, fault, pages};
use crate::{Error, Result};

/// Bytes of one decoded or encoded strip or tile.
const MAX_CHUNK_BYTES: usize = 64 << 20;
/// Bytes of one table of offsets: two million strips or tiles.
const MAX_TABLE_BYTES: usize = 16 << 20;

/// A decoder, and what the system refused it.
pub(super) struct Decoding {
    pub(super) decoder: Decoder<BufReader<FileReader>>,
    pub(super) refusal: Refusal,
    /// Where the decoder reads columns of tiles beyond the right edge: the picture's own width.
    pub(super) cut_to: Option<u32>,
}

/// An open page.
pub(super) struct Page {
    pub(super) reader: TiffReader,
    pub(super) orientation: Orientation,
    pub(super) resolution: Resolution,
}

/// An open TIFF.
pub(super) struct TiffFile {
    file: SharedFile,
    sha256: String,
    directories: Directories,
    layout: Layout,
}

impl TiffFile {
    /// Hashes the file and finds its fields.
    pub(super) fn open(file: SharedFile, limits: &Limits) -> Result<Self> {
        let (mut all, _) = file.reader();
        let refused = |e| Error::io(file.path(), "read the picture", e);
        let sha256 = digest::of_reader(&mut all).map_err(refused)?;
        let (reader, refusal) = file.reader();
        let found = fault::guarded(|| {
            let directories = Directories::read(&mut BufReader::new(reader), limits)?;
            let layout = layout(&directories)?;
            Ok((directories, layout))
        });
        let (directories, layout) = refusal.or(found)?;
        Ok(Self { file, sha256, directories, layout })
    }

    /// Fields in the file.
    pub(super) fn pages(&self) -> u32 {
        u32::try_from(self.layout.fields.len()).unwrap_or(u32::MAX)
    }

    /// Whether pages were left out that no tag marks as copies.
    pub(super) fn leaves_pages_out(&self) -> bool {
        self.layout.left_out
    }

    /// SHA-256 of the file.
    pub(super) fn sha256(&self) -> &str {
        &self.sha256
    }

    /// What makes up field `page`, from 0.
    pub(super) fn plan(&self, page: u32) -> Result<FieldPlan> {
        let plan = self.layout.fields.get(page as usize);
        plan.cloned().ok_or_else(|| pages::no_such_page(page, self.pages()))
    }

    /// Opens the page whose directory lies at `offset`, with limits checked on its header.
    pub(super) fn open_page(&self, offset: u64, limits: &Limits) -> Result<Page> {
        // The decoder knows only the list of directories: a header of ours makes this one the first.
        let mut patches = vec![Patch { at: 0, bytes: self.directories.style.header_for(offset) }];
        // The decoder loses its way in LZW tiles of which it leaves a part out: there it reads the columns beyond the
        // edge as well.
        let page = self.directories.at(offset);
        let edge = page.and_then(lzw_tiles_over_the_edge);
        let beyond = edge.and_then(|across| page?.read_as(tag::WIDTH, across));
        let cut_to = page.filter(|_| beyond.is_some()).map(|page| page.size().width);
        patches.extend(beyond);
        let (reader, refusal) = self.file.reader_behind(patches);
        let mut bounds = tiff::decoder::Limits::default();
        bounds.decoding_buffer_size = MAX_CHUNK_BYTES;
        bounds.intermediate_buffer_size = MAX_CHUNK_BYTES;
        bounds.ifd_value_size = MAX_TABLE_BYTES;
        let begun = fault::guarded(|| Decoder::new(BufReader::new(reader)).map_err(fault::from_tiff));
        let decoder = refusal.or(begun)?.with_limits(bounds);
        let description = self.directories.description_for(offset);
        TiffReader::open(Decoding { decoder, refusal, cut_to }, description, limits)
    }
}

/// For a page of LZW tiles that reach over the right edge: the width of all tiles beside each other.
fn lzw_tiles_over_the_edge(page: &Directory) -> Option<u64> {
    const LZW: u64 = 5;
    let tile = page.number(tag::TILE_WIDTH).filter(|width| *width > 0)?;
    let width = u64::from(page.size().width);
    let over = page.number(tag::COMPRESSION) == Some(LZW) && width % tile != 0;
    if over { width.checked_next_multiple_of(tile) } else { None }
}

impl std::fmt::Debug for TiffFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TiffFile").field("pages", &self.pages()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Error as IoError, Read, Result as IoResult, Seek, SeekFrom};
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    use tiff::encoder::{Compression, DeflateLevel, TiffEncoder, colortype};

    use super::*;
    use crate::ErrorKind;
    use crate::intake::Picture;
    use tiff::tags::Tag;

    /// A disk that refuses one read (EIO), and counts bytes.
    struct Disk {
        bytes: Cursor<Arc<[u8]>>,
        reads: usize,
        refused: usize,
        given: Arc<AtomicUsize>,
    }

    impl Read for Disk {
        fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
            self.reads += 1;
            if self.reads == self.refused {
                return Err(IoError::from_raw_os_error(5));
            }
            let n = self.bytes.read(buffer)?;
            self.given.fetch_add(n, Relaxed);
            Ok(n)
        }
    }

    impl Seek for Disk {
        fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
            self.bytes.seek(to)
        }
    }

    fn stack(pages: u32, side: u32) -> Arc<[u8]> {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file)
            .expect("starts")
            .with_compression(Compression::Deflate(DeflateLevel::Fast));
        for page in 0..pages {
            // Noise, so that the strips stay large.
            let noise =
                (0..side * side * 3).map(|i| (i.wrapping_mul(2_654_435_761) >> 20) as u8 ^ page as u8);
            let mut image = encoder.new_image::<colortype::RGB8>(side, side).expect("page");
            image.rows_per_strip(40).expect("strips");
            image.encoder().write_tag(Tag::NewSubfileType, 0_u32).expect("tag");
            image.encoder().write_tag(Tag::Orientation, 1_u16).expect("tag");
            image.write_data(&noise.collect::<Vec<u8>>()).expect("writes");
        }
        file.into_inner().into()
    }

    fn disk(bytes: &Arc<[u8]>, refused: usize) -> (SharedFile, Arc<AtomicUsize>) {
        let given = Arc::new(AtomicUsize::new(0));
        let bytes = Cursor::new(Arc::clone(bytes));
        let length = bytes.get_ref().len() as u64;
        let disk = Disk { bytes, reads: 0, refused, given: Arc::clone(&given) };
        (SharedFile::new(disk, length, Path::new("stack.tif")), given)
    }

    #[test]
    fn a_refusal_of_the_system_is_never_a_damaged_or_a_whole_picture() {
        let bytes = stack(2, 120);
        for limits in [Limits::default(), Limits { stream_above_pixels: 1, ..Limits::default() }] {
            let read_all = |refused| -> Result<usize> {
                let file = TiffFile::open(disk(&bytes, refused).0, &limits)?;
                for page in 0..file.pages() {
                    let picture = Picture::of_page(&file, page, &limits)?;
                    picture.overview(50)?;
                    picture.read(30, 30, 60, 60)?;
                }
                Ok(file.layout.fields.len())
            };
            let mut refused = 1;
            while let Err(error) = read_all(refused) {
                assert_eq!(error.kind(), ErrorKind::Io, "read {refused}: {error}");
                assert_eq!(error.path(), Some(Path::new("stack.tif")));
                refused += 1;
            }
            assert!(refused > 10, "only {refused} reads");
            assert_eq!(read_all(0).expect("sound"), 2);
        }
    }

    #[test]
    fn tiles_of_any_width_are_reckoned_with() {
        let of = |kind: u16, tile: [u8; 4]| {
            let entry = |tag: u16, kind: u16, value: [u8; 4]| {
                [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &1_u32.to_le_bytes(), &value].concat()
            };
            let entries = [
                entry(tag::WIDTH, 4, 640_u32.to_le_bytes()),
                entry(tag::COMPRESSION, 3, [5, 0, 0, 0]),
                entry(tag::TILE_WIDTH, kind, tile),
            ];
            let file = [b"II\x2a\0\x08\0\0\0\x03\0".to_vec(), entries.concat(), vec![0; 4]].concat();
            let read = Directories::read(&mut Cursor::new(file), &Limits::default()).expect("sound");
            read.chain.first().and_then(lzw_tiles_over_the_edge)
        };
        assert_eq!(of(4, 256_u32.to_le_bytes()), Some(768));
        assert_eq!(of(4, 640_u32.to_le_bytes()), None);
        assert_eq!(of(4, [0; 4]), None);
        assert_eq!(of(4, [255; 4]), Some(u64::from(u32::MAX)));
        // LONG8, eight bytes at a place of the file: the entries themselves, far beyond any picture.
        assert_eq!(of(16, [20, 0, 0, 0]).filter(|width| *width < 1 << 32), None);
    }

    #[test]
    fn the_last_page_costs_no_more_than_the_first() {
        let bytes = stack(150, 16);
        let (file, given) = disk(&bytes, 0);
        let limits = Limits::default();
        let file = TiffFile::open(file, &limits).expect("sound");
        let costs: Vec<usize> = (0..file.pages())
            .map(|page| {
                let before = given.load(Relaxed);
                Picture::of_page(&file, page, &limits).expect("sound");
                given.load(Relaxed) - before
            })
            .collect();
        let (first, most) = (costs.iter().take(20).max(), costs.iter().max());
        assert!(most <= first.map(|f| 2 * f).as_ref(), "{costs:?}");
    }
}
