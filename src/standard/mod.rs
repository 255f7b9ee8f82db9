//! The rules of the falciparum standard, on numbers alone.
