//! Remarks on a count (section 5, section 6).

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::OtherCode;

/// One remark. The code of each is what the vectors, the records and the catalogue use.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum Flag {
    /// Totals only: 200 to 499 white cells, and nobody knows whether the checkpoint was met in time.
    CheckpointUnknown,
    /// Provisional count: the parasites passed the checkpoint number only after the checkpoint.
    CheckpointMissed,
    /// The count ended at the parasite limit (THK-5, US-1).
    ParasiteLimitStop,
    /// The first parasite came after the count would have ended, so every field counts (THK-11).
    LatePositive,
    /// The thin film gives the better count (THN-5, THN-6, THN-9).
    RecommendThin,
    /// Few white cells per counted field (DET-10): small frame, thin or badly stained film, or leucopenia.
    LowWbcPerField,
    /// Parasite candidates in rejected fields (DET-12).
    RejectedCandidates,
    /// Gametocytes only, while the search for asexual forms is not complete (DET-1, DET-11).
    AsexualSearchIncomplete,
    /// Totals without a number of fields, which the profile asks for before no parasites may be reported (DET-1).
    FieldsUnknown,
    /// Thin film: fewer red cells than the target (THN-1).
    ShortCount,
    /// The interval contains this limit, in tenths of a per cent: indeterminate at this count (section 11.2).
    Straddles(u16),
    /// The count was judged by a random sample of its suspects (MCH-6).
    ReadBySample,
    /// A remark that a newer program made; this one never does.
    Other(OtherCode),
}

impl Flag {
    /// Flags without a number.
    pub const PLAIN: [Self; 11] = [
        Self::CheckpointUnknown,
        Self::CheckpointMissed,
        Self::ParasiteLimitStop,
        Self::LatePositive,
        Self::RecommendThin,
        Self::LowWbcPerField,
        Self::RejectedCandidates,
        Self::AsexualSearchIncomplete,
        Self::FieldsUnknown,
        Self::ShortCount,
        Self::ReadBySample,
    ];

    /// Stable code, such as `late_positive` or `straddles_4pct`.
    pub fn code(self) -> Cow<'static, str> {
        match self {
            Self::Other(code) => Cow::Owned(code.into()),
            Self::Straddles(tenths) => Cow::Owned(format!("straddles_{}pct", f64::from(tenths) / 10.0)),
            plain => Cow::Borrowed(plain.into()),
        }
    }

    /// The limit in per cent, for [`Flag::Straddles`].
    pub fn limit_percent(self) -> Option<f64> {
        match self {
            Self::Straddles(tenths) => Some(f64::from(tenths) / 10.0),
            _ => None,
        }
    }

    /// The flag for a limit of `percent`, kept to tenths.
    pub(super) fn straddles(percent: f64) -> Self {
        // Limits lie within 0 to 100, checked when the profile was read.
        Self::Straddles((percent * 10.0).round() as u16)
    }
}

impl fmt::Display for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl From<Flag> for String {
    fn from(flag: Flag) -> Self {
        flag.code().into_owned()
    }
}

impl TryFrom<String> for Flag {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        if let Some(flag) = Self::PLAIN.into_iter().find(|f| f.code() == code) {
            return Ok(flag);
        }
        let percent = code
            .strip_prefix("straddles_")
            .and_then(|rest| rest.strip_suffix("pct"))
            .and_then(|number| number.parse::<f64>().ok())
            .filter(|p| (0.0..=100.0).contains(p));
        percent
            .map(Self::straddles)
            .or_else(|| OtherCode::new(&code).map(Self::Other))
            .ok_or_else(|| format!("{code} is not a flag"))
    }
}

impl JsonSchema for Flag {
    fn schema_name() -> Cow<'static, str> {
        "Flag".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let plain = Self::PLAIN.map(|f| f.code().into_owned()).join("|");
        schemars::json_schema!({
            "type": "string",
            "description": "A remark on a count.",
            "pattern": format!("^({plain}|straddles_[0-9]+(\\.[0-9])?pct)$"),
        })
    }
}
