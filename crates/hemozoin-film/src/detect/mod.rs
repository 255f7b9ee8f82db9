//! From a picture to detections in its own pixels. No later room knows that tiles or models exist.

mod assign;
mod backend;
mod bundle;
mod cut;
mod decode;
mod detection;
mod detector;
mod expect;
mod identity;
mod ink;
mod merge;
mod networks;
mod plane;
mod second;
mod tract;

pub use assign::{place_in_red_cells, red_cells_around};
pub use backend::{Backend, MapShape, ScriptedBackend};
pub use bundle::{Balance, Bundle, BundleClass, StageChannel};
pub use detection::{Detection, Found};
pub use detector::{DetectionTuning, Detector};
pub use expect::{Credit, FalsePositiveFloor, Suspects};
pub use networks::Networks;
pub use second::{SecondLogit, SecondLook};
