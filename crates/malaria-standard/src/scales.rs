//! Semi-quantitative scales (section 8). Off by default, never alone, and never turned into a density (INV-11).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::counts::{Asexual, WbcUsed, WhiteCells};
use super::density::Density;
use super::profile::{Plus, Trape};

/// Plus grade of a thick film (section 8.1, B).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::IntoStaticStr,
)]
pub enum PlusGrade {
    /// No parasite in enough fields.
    #[serde(rename = "none")]
    #[strum(serialize = "none")]
    None,
    /// 1 to 10 per 100 fields.
    #[serde(rename = "+")]
    #[strum(serialize = "+")]
    One,
    /// 11 to 100 per 100 fields.
    #[serde(rename = "++")]
    #[strum(serialize = "++")]
    Two,
    /// 1 to 10 per field.
    #[serde(rename = "+++")]
    #[strum(serialize = "+++")]
    Three,
    /// More than 10 per field.
    #[serde(rename = "++++")]
    #[strum(serialize = "++++")]
    Four,
}

impl PlusGrade {
    /// As written: `none`, `+` to `++++`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Trape/ORSTOM class 0 to 5 (section 8.2, A).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct TrapeClass(#[schemars(range(min = 0, max = 5))] u8);

impl TrapeClass {
    /// 0 to 5.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// A place on a scale, or why there is none. Total: every pair of numbers has an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnScale<T> {
    /// The grade or class.
    At(T),
    /// Too few fields for this part of the scale.
    InsufficientFields,
    /// No white cell was counted.
    NotCalculable,
}

impl<T: Copy> OnScale<T> {
    /// The grade or class.
    pub fn at(self) -> Option<T> {
        match self {
            Self::At(grade) => Some(grade),
            _ => None,
        }
    }
}

/// Plus grade of T asexual parasites in n valid thick-film fields, in integers (section 8.1).
///
/// 100 per 100 fields is `++` (C decision): the class 11 to 100 is written inclusive. `+` and `++` need the
/// profile's number of fields; `+++` and `++++` are classes per field and may be given earlier.
pub fn plus_grade(parasites: Asexual, fields: u64, rule: &Plus) -> OnScale<PlusGrade> {
    let (t, n) = (u128::from(parasites.get()), u128::from(fields));
    if t > 10 * n && n > 0 {
        return OnScale::At(PlusGrade::Four);
    }
    if t > n && n > 0 {
        return OnScale::At(PlusGrade::Three);
    }
    if fields < u64::from(rule.min_fields) || n == 0 {
        return OnScale::InsufficientFields;
    }
    OnScale::At(match 100 * t {
        0 => PlusGrade::None,
        scaled if scaled <= 10 * n => PlusGrade::One,
        _ => PlusGrade::Two,
    })
}

/// Trape class of P asexual parasites on W white cells in n valid fields (section 8.2). The class is taken from the
/// unrounded density (49.6 is class 1), compared as products.
pub fn trape_class(
    parasites: Asexual,
    cells: WhiteCells,
    used: WbcUsed,
    fields: u64,
    rule: &Trape,
) -> OnScale<TrapeClass> {
    if fields < u64::from(rule.min_fields) {
        return OnScale::InsufficientFields;
    }
    let Some(density) = Density::thick(parasites, cells, used) else { return OnScale::NotCalculable };
    if parasites.get() == 0 {
        return OnScale::At(TrapeClass(0));
    }
    let passed = rule
        .class_limits_per_ul
        .iter()
        .filter(|limit| density.reaches(f64::from(**limit)))
        .fold(0_u8, |n, _| n + 1);
    OnScale::At(TrapeClass(1 + passed))
}
