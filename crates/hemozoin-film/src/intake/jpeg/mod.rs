//! JPEG: whether a stream is whole, and its pixels (ITU-T T.81, annexes B, F and G).
//!
//! Decoders fill what is missing with grey and go on where data is damaged; a grey or discoloured part would be read as
//! film without parasites. So the stream is walked first: its scans must hold every block and nothing else, and what it lacks
//! of its end-of-image marker is no harm. What decoders refuse by themselves is left to them; where one is wrong without a
//! word (`tests/jpeg`), another is asked.

mod bits;
mod pixels;
mod scan;
mod stream;
mod survey;

pub(super) use pixels::decode;
