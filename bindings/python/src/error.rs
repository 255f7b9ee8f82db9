//! Errors of the engine as exceptions of the package.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hemozoin::{Catalogue, Error, ErrorKind, Language, Result};
use pyo3::prelude::*;

/// The exception of an error: its class says the kind, its parts the rest.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    let french = catch_unwind(AssertUnwindSafe(|| Catalogue::new(Language::French).error(error)));
    let key = error.key().map(|key| key.strip_prefix("error-").unwrap_or(key));
    let parts = (
        error.kind().code(),
        error.to_string(),
        french.unwrap_or_else(|_| error.to_string()),
        key,
        error.path().map(|path| path.to_string_lossy().into_owned()),
        error.line(),
    );
    let made = py.import("hemozoin._errors").and_then(|errors| errors.call_method1("made", parts));
    made.map_or_else(|failed| failed, |exception| PyErr::from_value(exception))
}

/// Does short work of a call with Python's lock held; an error or a panic becomes an exception.
pub(crate) fn call<T>(py: Python<'_>, work: impl FnOnce() -> Result<T>) -> PyResult<T> {
    let ended = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(panicked()));
    ended.map_err(|error| raised(py, &error))
}

/// The same without Python's lock.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    let ended = py.detach(|| catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(panicked())));
    ended.map_err(|error| raised(py, &error))
}

pub(crate) fn panicked() -> Error {
    Error::new(ErrorKind::Internal, "the engine panicked; this is a fault of the program, please report it")
}

/// A wrong call; `key` names its sentence in both languages.
pub(crate) fn usage(key: &'static str, why: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Usage, why.to_string()).with_key(key)
}

/// A language of the results that there is not.
pub(crate) fn no_language(name: &str) -> Error {
    usage("error-call-language", format!("\"{name}\" is no language of the results; say \"en\" or \"fr\""))
        .with_arg("value", name)
}

/// A sentence of the catalogue with its values, in English and in French.
#[pyfunction]
pub(crate) fn words(key: &str, values: Vec<(String, String)>) -> (String, String) {
    let values: Vec<(&str, String)> =
        values.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let said = |language| Catalogue::new(language).say_with(key, &values);
    (said(Language::English), said(Language::French))
}
