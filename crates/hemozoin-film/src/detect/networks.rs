//! The network files of a bundle, and their digests.

use std::borrow::Cow;
use std::path::Path;

use crate::files::read_plain;
use crate::intake::digest_of_bytes;
use crate::{Error, ErrorKind, Result};

/// The largest network file taken, bytes.
const MAX_ONNX_BYTES: u64 = 256 << 20;

/// The network files of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Networks<'a> {
    /// `model.onnx`: finds objects on tiles.
    pub model: Cow<'a, [u8]>,
    /// `second.onnx`: judges candidates again, where the bundle declares a second look.
    pub second: Option<Cow<'a, [u8]>>,
    /// `third.onnx`: judges what is in doubt after that, where the bundle declares a third look.
    pub third: Option<Cow<'a, [u8]>>,
}

/// The `second` or `third` network is missing, or too many.
pub(super) fn look_differs(name: &str, which: &str, declared: bool) -> Error {
    let what = if declared { "is declared, but none was given" } else { "is not declared, but was given" };
    Error::new(ErrorKind::Model, format!("bundle {name}: a {which} network {what}"))
}

/// A network file of the declared digest.
pub(super) fn read_network(path: &Path, sha256: &str) -> Result<Vec<u8>> {
    let onnx = read_plain(path, MAX_ONNX_BYTES)?;
    check_digest(&onnx, sha256).map_err(|e| e.with_path(path))?;
    Ok(onnx)
}

/// Compares a digest with the declared one.
pub(super) fn check_digest(onnx: &[u8], declared: &str) -> Result<()> {
    let found = digest_of_bytes(onnx);
    if found == declared {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Model,
        format!(
            "the weights are not the declared ones: expected SHA-256 {declared}, found {found}; take all files from \
             the same release"
        ),
    ))
}

/// Whether a text can be a digest.
pub(super) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}
