//! Hyperparasitaemia limits of all authorities (section 11.2), from `profiles/limits.toml`.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choices::Authority;
use super::embedded;

/// What an authority says about a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitRole {
    /// Named among the signs of severe malaria. Crossing it is a parasite condition, not a verdict (INV-10).
    Severe,
    /// Parenteral treatment is considered.
    Parenteral,
    /// Raised risk.
    Risk,
}

/// One limit of one authority.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Limit {
    /// Who states it.
    pub authority: Authority,
    /// Rule id of the falciparum standard.
    pub rule: String,
    /// The limit, % of red cells.
    pub percent: f64,
    /// Whether the limit itself counts.
    pub inclusive: bool,
    /// What it stands for.
    pub role: LimitRole,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    limit: Vec<Limit>,
}

static TABLE: LazyLock<Vec<Limit>> =
    LazyLock::new(|| toml::from_str::<File>(embedded::LIMITS).map(|f| f.limit).unwrap_or_default());

/// All limits, in rising order of percentage.
pub(crate) fn limits() -> &'static [Limit] {
    &TABLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_authority_has_one_severe_limit() {
        for authority in Authority::KNOWN {
            let severe = limits().iter().filter(|l| l.authority == authority && l.role == LimitRole::Severe);
            assert_eq!(severe.count(), 1, "{authority:?}");
        }
        assert!(limits().windows(2).all(|pair| pair[0].percent <= pair[1].percent));
    }
}
