//! A case or an answer that one person alone can open: encrypted to a public key (age, <https://age-encryption.org/v1>).

use std::fmt;
use std::io::{Read, Write};
use std::path::Path;
use std::str::FromStr;

use age::secrecy::ExposeSecret;
use age::x25519;

use super::pack::MAX_BYTES;
use crate::files::{read_text, write_new_private};
use crate::{Error, ErrorKind, Result};

/// The first bytes of a file that is encrypted so.
const HEAD: &[u8] = b"age-encryption.org/v1";
/// Most bytes of a file of keys.
const MAX_KEY_BYTES: u64 = 1 << 16;
/// What a file grows by: its head and some bytes for each recipient and each 64 kB, rounded up.
const GROWTH: [u64; 3] = [400, 200, 1 << 12];

/// The public key of the person to whom a file goes: `age1...`.
#[derive(Clone)]
pub struct Recipient(x25519::Recipient);

impl FromStr for Recipient {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        text.trim().parse().map(Self).map_err(|_| {
            Error::new(ErrorKind::Usage, "this is no public key; expected one that begins with age1")
                .with_key("error-case-recipient")
        })
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({})", self.0)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A person's secret key, which opens what was encrypted to its public one.
#[derive(Clone)]
pub struct SecretKey(x25519::Identity);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey")
    }
}

impl SecretKey {
    /// Makes a new one and writes it to a file, as `age-keygen` does: readable by this user alone, and never over another
    /// file.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where something lies there; [`ErrorKind::Io`] where it cannot be written.
    pub fn make(path: &Path) -> Result<Self> {
        let key = x25519::Identity::generate();
        let text = format!("# public key: {}\n{}\n", key.to_public(), key.to_string().expose_secret());
        write_new_private(path, text.as_bytes())?;
        Ok(Self(key))
    }

    /// Reads a file of keys, as `age-keygen` writes it: the first one in it.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a file without a key; [`ErrorKind::Io`] where it cannot be read.
    pub fn read(path: &Path) -> Result<Self> {
        let text = read_text(path, MAX_KEY_BYTES)?;
        let key = text.lines().find_map(|line| line.trim().parse().ok());
        key.map(Self).ok_or_else(|| {
            Error::new(ErrorKind::Usage, "no secret key stands in this file; hemozoin case key makes one")
                .with_key("error-case-key")
                .with_path(path)
        })
    }

    /// What others encrypt to.
    pub fn public(&self) -> Recipient {
        Recipient(self.0.to_public())
    }
}

/// How many bytes a file may have so that it has at most `most` once it is encrypted.
pub fn room(most: u64, recipients: &[Recipient]) -> u64 {
    let [head, each, part] = GROWTH;
    let count = u64::try_from(recipients.len()).unwrap_or(u64::MAX);
    let grown =
        if recipients.is_empty() { 0 } else { head.saturating_add(each.saturating_mul(count)) + most / part };
    most.saturating_sub(grown)
}

/// `bytes` encrypted to every one of `recipients`; as they are where there is none.
///
/// # Errors
/// [`ErrorKind::Internal`] where the system gives no random numbers.
pub fn sealed(bytes: Vec<u8>, recipients: &[Recipient]) -> Result<Vec<u8>> {
    if recipients.is_empty() {
        return Ok(bytes);
    }
    let internal = |reason: &dyn fmt::Display| Error::new(ErrorKind::Internal, reason.to_string());
    let all = recipients.iter().map(|one| &one.0 as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(all).map_err(|e| internal(&e))?;
    let mut out = Vec::new();
    let mut writer = encryptor.wrap_output(&mut out).map_err(|e| internal(&e))?;
    writer.write_all(&bytes).and_then(|()| writer.finish().map(drop)).map_err(|e| internal(&e))?;
    Ok(out)
}

/// Whether a file is encrypted, by its first bytes.
pub(super) fn is_sealed(first: &[u8]) -> bool {
    first.starts_with(HEAD)
}

/// Bytes of [`HEAD`].
pub(super) const HEAD_BYTES: usize = HEAD.len();

/// What was encrypted; `bytes` as they are where they are not.
///
/// # Errors
/// [`ErrorKind::Usage`] where no key was given, or another one opens it; [`ErrorKind::Unreadable`] for a file that is cut
/// off or was changed on the way.
pub(super) fn opened(bytes: Vec<u8>, key: Option<&SecretKey>) -> Result<Vec<u8>> {
    if !is_sealed(&bytes) {
        return Ok(bytes);
    }
    let Some(key) = key else {
        return Err(Error::new(
            ErrorKind::Usage,
            "this file is encrypted; give the file of your secret key with --key",
        )
        .with_key("error-case-needs-key"));
    };
    let cut = || {
        Error::new(
            ErrorKind::Unreadable,
            "this file is cut off or was changed on the way; have it sent again",
        )
        .with_key("error-case-sealed-cut")
    };
    let decryptor = age::Decryptor::new(bytes.as_slice()).map_err(|_| cut())?;
    let reader = match decryptor.decrypt(std::iter::once(&key.0 as &dyn age::Identity)) {
        Ok(reader) => reader,
        Err(age::DecryptError::NoMatchingKeys) => {
            return Err(Error::new(
                ErrorKind::Usage,
                "this file was encrypted to another key than yours; send your public key, and have it sent again",
            )
            .with_key("error-case-other-key"));
        }
        Err(_) => return Err(cut()),
    };
    let mut out = Vec::new();
    reader.take(MAX_BYTES).read_to_end(&mut out).map_err(|_| cut())?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_key_opens_all_of_it() {
        let (key, other) = (x25519::Identity::generate(), x25519::Identity::generate());
        let (key, other) = (SecretKey(key), SecretKey(other));
        for size in [0, 1, 70_000, 200_000] {
            let plain: Vec<u8> = (0..size).map(|n| n as u8).collect();
            let both = [key.public(), other.public()];
            for recipients in [&both[..1], &both[..]] {
                let most = room(size as u64 + 5_000, recipients);
                let sealed =
                    sealed(plain[..plain.len().min(most as usize)].to_vec(), recipients).expect("sealed");
                assert!(sealed.len() as u64 <= size as u64 + 5_000, "{}", sealed.len());
                assert_eq!(
                    opened(sealed.clone(), Some(&key)).expect("opened").len(),
                    size.min(most as usize)
                );
                let refused = |bytes: Vec<u8>, key| opened(bytes, key).expect_err("refused").key();
                if recipients.len() == 1 {
                    assert_eq!(refused(sealed.clone(), Some(&other)), Some("error-case-other-key"));
                }
                assert_eq!(refused(sealed.clone(), None), Some("error-case-needs-key"));
                for at in [sealed.len() - 1, sealed.len() / 2, HEAD_BYTES + 5] {
                    assert!(opened(sealed[..at].to_vec(), Some(&key)).is_err(), "cut at {at}");
                    let mut changed = sealed.clone();
                    changed[at] ^= 1;
                    assert!(opened(changed, Some(&key)).is_err(), "changed at {at}");
                }
            }
        }
        assert_eq!(opened(b"PK".to_vec(), None).expect("plain"), b"PK");
    }
}
