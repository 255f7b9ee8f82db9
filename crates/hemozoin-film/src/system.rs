//! What operating systems do otherwise: rights, paths, addresses. Nothing else asks which one it runs on.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A temporary file gets the rights of any other new file: the umask takes away what it takes away.
pub fn as_open_as_others(builder: &mut tempfile::Builder<'_, '_>) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = builder;
}

/// A file made so can be read by its owner alone, where the rights of a file can be given when it is made; on Windows it
/// has those of its folder.
pub fn for_the_owner_alone(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Whether a folder can be opened and written to the disk, as a rename needs to outlive a power cut; Windows keeps a
/// journal of its own.
pub const SYNCS_FOLDERS: bool = cfg!(unix);

/// Whether a command line takes only double quotes around a word, as that of Windows does, in whose paths none can stand.
pub const QUOTES_ARE_DOUBLE: bool = cfg!(windows);

/// A path as it is stored: its bytes where paths are bytes, else none, and it is stored as text.
pub fn bytes_of(path: &Path) -> Option<&[u8]> {
    #[cfg(unix)]
    return Some(std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()));
    #[cfg(not(unix))]
    return Some(path).and(None);
}

/// A path that was stored as bytes, here or on another system; none where this one cannot have such a path.
pub fn path_of(bytes: &[u8]) -> Option<PathBuf> {
    #[cfg(unix)]
    return Some(PathBuf::from(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes)));
    #[cfg(not(unix))]
    return std::str::from_utf8(bytes).ok().map(PathBuf::from);
}

/// Which file system a path lies on, where the system numbers them.
pub fn device_of(path: &Path) -> Option<u64> {
    #[cfg(unix)]
    return std::fs::metadata(path).ok().map(|found| std::os::unix::fs::MetadataExt::dev(&found));
    #[cfg(not(unix))]
    return Some(path).and(None);
}

/// The address of a file (RFC 8089).
pub fn address_of(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    // A drive letter would be taken for the name of a machine.
    let mut address = if bytes.get(1) == Some(&b':') { "file:///" } else { "file:" }.to_owned();
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                address.push(char::from(*byte));
            }
            b'\\' if cfg!(windows) => address.push('/'),
            b':' if cfg!(windows) => address.push(':'),
            other => address.push_str(&format!("%{other:02x}")),
        }
    }
    address
}

/// Opens an address in the reader's browser.
///
/// # Errors
/// Where there is no program for that.
pub fn show(address: &str) -> std::io::Result<()> {
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_as_it_was_stored() {
        let path = Path::new("données/N 17.jpg");
        let stored = bytes_of(path).map_or_else(|| path.to_str().map(PathBuf::from), path_of);
        assert_eq!(stored.as_deref(), Some(path));
        // Written on a system where paths are bytes.
        assert_eq!(path_of("données/N 17.jpg".as_bytes()).as_deref(), Some(path));
    }
}
