//! The profile files that come with the crate (section 3.2).

/// Name of the default profile.
pub(super) const DEFAULT: &str = "who-2016";

/// Text of the default profile: every key with its number, clause and confidence.
pub(super) const BASE: &str = include_str!("../profiles/who-2016.toml");

/// Hyperparasitaemia limits by authority (section 11.2).
pub(super) const LIMITS: &str = include_str!("../profiles/limits.toml");

/// Differences from the default, in the order in which they are listed to a user.
pub(super) const OVERLAYS: &[(&str, &str)] = &[
    ("who-1991", include_str!("../profiles/who-1991.toml")),
    ("tes-2009", include_str!("../profiles/tes-2009.toml")),
    ("tdr-2015", include_str!("../profiles/tdr-2015.toml")),
    ("trape-1983", include_str!("../profiles/trape-1983.toml")),
    ("cdc", include_str!("../profiles/cdc.toml")),
    ("bsh", include_str!("../profiles/bsh.toml")),
    ("france", include_str!("../profiles/france.toml")),
    ("benin", include_str!("../profiles/benin.toml")),
];

/// Names kept for profiles whose numbers are not known, with what is missing (section 3.2, FR-1, CN-4).
pub(super) const RESERVED: &[(&str, &str)] = &[
    ("ws-t-569", "WS/T 569-2017 (China): its counting, grading and reporting clauses"),
    (
        "niger-pnlp",
        "the microscopy guideline of the PNLP, Niger: its white cell default and its severity limit",
    ),
];
