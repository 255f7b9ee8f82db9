//! Files in, upright 8-bit RGB out; after this room nobody asks about formats, EXIF or file names.
//!
//! Nothing is allocated before [`Limits`] has been asked, and no decoder's panic leaves this room.

mod decode;
mod digest;
mod fault;
mod film_folders;
mod jpeg;
mod limits;
mod listing;
mod orient;
mod pages;
mod picture;
mod pixels;
mod range;
mod reduce;
mod resolution;
mod shared_file;
mod sniff;
mod tiff_axes;
mod tiff_directory;
mod tiff_field;
mod tiff_file;
mod tiff_layout;
mod tiff_ome;
mod tiff_pixels;
mod tiff_reader;
mod tiff_scanner;

pub use digest::digest_of_file;
#[doc(hidden)]
pub use digest::{hex, of_bytes as digest_of_bytes};
pub use film_folders::{film_folders, film_of_name};
pub use limits::Limits;
#[doc(hidden)]
pub use listing::folders_opened;
pub use listing::{Folder, Folders, Listing, PassedOver, PassedOverReason, check_picture, list_folder};
pub use pages::Pages;
pub use picture::{Note, Picture};
pub use pixels::Pixels;
pub use reduce::reduced_size;
pub use resolution::DeclaredBy;
pub use sniff::Format;
