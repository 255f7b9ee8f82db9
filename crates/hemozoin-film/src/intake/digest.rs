//! SHA-256 of a file's bytes, in constant memory.

use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::pages::open_regular;
use crate::{Error, Result};

/// Lower-case hexadecimal SHA-256 of bytes in memory.
pub fn of_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal SHA-256 of everything that is left to read.
pub(super) fn of_reader(bytes: &mut impl Read) -> std::io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match bytes.read(&mut buffer) {
            Ok(0) => return Ok(hex(&hasher.finalize())),
            Ok(n) => hasher.update(buffer.get(..n).unwrap_or_default()),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

/// Lower-case hexadecimal SHA-256 of the file at `path`, as in [`Picture::sha256`](super::Picture::sha256).
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where the system refuses, or where it is no plain file.
pub fn digest_of_file(path: impl AsRef<Path>) -> Result<String> {
    let path = path.as_ref();
    let read = open_regular(path).and_then(|opened| match opened {
        Some((mut file, _)) => of_reader(&mut file),
        None => Err(std::io::Error::other("not a plain file")),
    });
    read.map_err(|e| Error::io(path, "read", e))
}

/// Bytes as they stand in a digest: lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    /// FIPS 180-2, appendix B.1.
    #[test]
    fn known_answer() {
        assert_eq!(
            super::of_bytes(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
