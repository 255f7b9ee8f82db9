//! What a caller hands over, checked as far as it can be; and text that goes out.

use std::ffi::{CStr, CString, c_char};

use hemozoin::{Error, ErrorKind, Result};

/// A refusal of a call; `key` names its sentence in both languages, `what` the parameter.
pub(crate) fn refused(key: &'static str, what: &str, message: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Usage, message.to_string()).with_key(key).with_arg("what", what)
}

fn null(what: &str) -> Error {
    refused("error-call-null", what, format!("{what} is NULL; give what the header asks for"))
}

/// Text of the caller; `what` names the parameter in a refusal.
///
/// # Safety
/// Null, or text that ends with a zero byte and stays for the call.
pub(crate) unsafe fn text<'a>(given: *const c_char, what: &str) -> Result<&'a str> {
    // SAFETY: as the caller promises.
    unsafe { text_or_none(given, what) }?.ok_or_else(|| null(what))
}

/// The same where there may be none.
///
/// # Safety
/// As [`text`].
pub(crate) unsafe fn text_or_none<'a>(given: *const c_char, what: &str) -> Result<Option<&'a str>> {
    if given.is_null() {
        return Ok(None);
    }
    // SAFETY: as the caller promises.
    let text = unsafe { CStr::from_ptr(given) }.to_str();
    text.map(Some).map_err(|_| refused("error-call-text", what, format!("{what} is not UTF-8; convert it")))
}

/// Bytes of the caller.
///
/// # Safety
/// Null, or so many bytes that stay for the call.
pub(crate) unsafe fn bytes<'a>(given: *const u8, length: usize, what: &str) -> Result<&'a [u8]> {
    if given.is_null() {
        return Err(null(what));
    }
    if isize::try_from(length).is_err() {
        return Err(refused(
            "error-call-length",
            what,
            format!("{what} cannot have {length} bytes; give the length of what it points to"),
        ));
    }
    // SAFETY: as the caller promises; the length is one that a slice may have.
    Ok(unsafe { std::slice::from_raw_parts(given, length) })
}

/// An object of this library.
///
/// # Safety
/// Null, or an object that was made by this library and is not freed.
pub(crate) unsafe fn object<'a, T>(given: *const T, what: &str) -> Result<&'a T> {
    // SAFETY: as the caller promises.
    unsafe { given.as_ref() }.ok_or_else(|| null(what))
}

/// An object that is changed.
///
/// # Safety
/// As [`object`], and nobody else uses it during the call.
pub(crate) unsafe fn object_mut<'a, T>(given: *mut T, what: &str) -> Result<&'a mut T> {
    // SAFETY: as the caller promises.
    unsafe { given.as_mut() }.ok_or_else(|| null(what))
}

/// Puts a new object where the caller wants it.
///
/// # Safety
/// `out` is null or can be written.
pub(crate) unsafe fn put<T>(out: *mut *mut T, value: T) -> Result<()> {
    if out.is_null() {
        return Err(null("out"));
    }
    // SAFETY: as the caller promises.
    unsafe { *out = Box::into_raw(Box::new(value)) };
    Ok(())
}

/// Puts text where the caller wants it.
///
/// # Safety
/// `out` is null or can be written.
pub(crate) unsafe fn put_text(out: *mut *mut c_char, value: &str) -> Result<()> {
    if out.is_null() {
        return Err(null("out"));
    }
    // SAFETY: as the caller promises.
    unsafe { *out = owned(value) };
    Ok(())
}

/// Text for the caller, without the zero bytes that it may hold.
pub(crate) fn owned(text: &str) -> *mut c_char {
    let plain: Vec<u8> = text.bytes().filter(|byte| *byte != 0).collect();
    CString::new(plain).map_or(std::ptr::null_mut(), CString::into_raw)
}

/// Frees text that a call of this library gave; any thread may, once.
///
/// # Safety
/// `text` is null, or was given by a call of this library and is not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_text_free(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: as the caller promises.
        drop(unsafe { CString::from_raw(text) });
    }
}
