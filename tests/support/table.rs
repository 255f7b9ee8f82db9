//! The one table of odd files, `tests/cases/odd.csv`: what each is, who makes it, what is expected.

/// One file, picture or folder.
pub struct Row {
    pub case: String,
    /// `thin`, `thick`, `both`; empty where no film matters.
    pub film: String,
    /// What its kind says: a code, or `key=value` with spaces between.
    pub expected: String,
}

/// The rows of a kind, in their order.
pub fn of_kind(kind: &str) -> Vec<Row> {
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/odd.csv");
    let mut rows = Vec::new();
    for line in csv::Reader::from_path(table).expect("a table").deserialize() {
        let [of, case, _, film, expected]: [String; 5] = line.expect("five cells");
        if of == kind {
            rows.push(Row { case, film, expected });
        }
    }
    rows
}

/// What `expected` says of a key.
pub fn said<'a>(expected: &'a str, key: &str) -> Option<&'a str> {
    expected.split(' ').find_map(|part| part.strip_prefix(key)?.strip_prefix('='))
}
