//! Rule profiles: named, versioned sets of numbers, each with its source beside it in a TOML file.

mod choices;
mod embedded;
mod identity;
mod limits;
mod load;
mod ranges;
mod values;

pub use choices::{Authority, Denominator, MultiplyInfected, ReaderRule, Rounding, ThickMethod, ThinMethod};
pub use identity::{Profile, ProfileId};
pub use limits::{Limit, LimitRole};
pub use values::{
    Competence, FloorTest, Negative, Quality, Readers, Report, Response, Severity, Statistics, Switch,
    SwitchToThin, Thick, Thin, Values,
};

pub(crate) use limits::limits;
