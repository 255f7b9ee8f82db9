//! Rule profiles: named, versioned sets of numbers, each with its source beside it in a TOML file.

mod choices;
mod demand;
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
    Competence, FloorTest, Machine, Negative, Plus, Quality, Readers, Report, Response, Severity, Statistics,
    SwitchToThin, Thick, Thin, Trape, Values,
};

pub(crate) use limits::limits;
