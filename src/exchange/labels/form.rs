//! Which forms there are, and the files of each.

use std::path::PathBuf;

use super::label_set::LabelSet;
use super::{coco, cvat, geojson, table, voc, yolo};
use crate::Result;

/// A form in which other programs open labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum LabelForm {
    /// COCO's annotations, one file, as `evaluate` and the training read it.
    Coco,
    /// YOLO: a text file for each picture, in shares of its sides, and `data.yaml`.
    Yolo,
    /// Pascal VOC: an XML file for each picture.
    Voc,
    /// GeoJSON as QuPath imports it: a file for each picture.
    GeoJson,
    /// CVAT for images 1.1: one XML file.
    Cvat,
    /// A table with a line for each label.
    Csv,
}

impl LabelForm {
    /// All forms.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Name of the file, or of the folder where it takes several, unless another is wanted.
    pub fn usual_name(self) -> &'static str {
        match self {
            Self::Coco => "annotations.json",
            Self::Cvat => "annotations.xml",
            Self::Csv => "annotations.csv",
            Self::Yolo | Self::Voc | Self::GeoJson => "labels",
        }
    }

    /// Whether it is one file.
    pub fn is_one_file(self) -> bool {
        matches!(self, Self::Coco | Self::Cvat | Self::Csv)
    }

    /// The files, each with its path within the folder; one file has none.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`](crate::ErrorKind::Internal) where a form cannot hold the labels.
    pub fn files(self, labels: &LabelSet) -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let one = |content: Vec<u8>| vec![(PathBuf::new(), content)];
        Ok(match self {
            Self::Coco => one(coco::annotations(labels)?),
            Self::Yolo => yolo::files(labels),
            Self::Voc => voc::files(labels),
            Self::GeoJson => geojson::files(labels)?,
            Self::Cvat => one(cvat::annotations(labels)),
            Self::Csv => one(table::lines(labels)?),
        })
    }
}

/// JSON for other programs, over several lines.
pub(super) fn pretty(value: &serde_json::Value) -> Result<Vec<u8>> {
    serde_json::to_vec_pretty(value).map_err(|e| crate::Error::new(crate::ErrorKind::Internal, e.to_string()))
}
