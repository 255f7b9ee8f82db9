//! Whether a JPEG stream is whole (ITU-T T.81, annexes B, F and G).
//!
//! Decoders fill what is missing with grey and go on where data is damaged; a grey or discoloured part would be read as
//! film without parasites. So the stream is walked first: it must reach its end-of-image marker, and its scans must
//! hold every block and nothing else. What decoders refuse by themselves is left to them.

mod bits;
mod scan;
mod stream;

pub(super) use stream::{is_complete, is_sound};
