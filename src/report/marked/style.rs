//! One colour, one shape and one line for each kind of thing.

use image::Rgb;

use crate::record::DetectionRecord;
use crate::terms::CellClass;

// M. Okabe and K. Ito, Color Universal Design, 2008.
const ORANGE: Rgb<u8> = Rgb([230, 159, 0]);
const SKY_BLUE: Rgb<u8> = Rgb([86, 180, 233]);
const BLUISH_GREEN: Rgb<u8> = Rgb([0, 158, 115]);
const YELLOW: Rgb<u8> = Rgb([240, 228, 66]);
const BLUE: Rgb<u8> = Rgb([0, 114, 178]);
/// Also the colour of a field that was left out.
pub(super) const VERMILLION: Rgb<u8> = Rgb([213, 94, 0]);
/// Lettering, and the edge of dark marks.
pub(super) const WHITE: Rgb<u8> = Rgb([255, 255, 255]);
/// Strips, and the edge of pale marks.
pub(super) const BLACK: Rgb<u8> = Rgb([0, 0, 0]);

/// Outline of a mark around a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Square,
    Diamond,
    Ellipse,
    Triangle,
}

/// How a kind of thing is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) shape: Shape,
    pub(super) colour: Rgb<u8>,
    /// Colour around the line, so that it shows on any stain; `None`: the line alone.
    pub(super) edge: Option<Rgb<u8>>,
    /// Width of the line in units of the page.
    pub(super) width: f64,
    /// Length of dashes and gaps in widths of the line; `None`: a solid line.
    pub(super) dash: Option<f64>,
    /// Side of the mark over that of the box, so that small things are not covered.
    pub(super) room: f64,
}

/// Kinds of marks, from the one drawn first to the one drawn over all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Cut by the edge of the view.
    CutCell,
    RedCell,
    Platelet,
    WhiteCell,
    InfectedCell,
    Gametocyte,
    Parasite,
}

impl Kind {
    pub(super) const ALL: [Self; 7] = [
        Self::Parasite,
        Self::Gametocyte,
        Self::InfectedCell,
        Self::RedCell,
        Self::CutCell,
        Self::WhiteCell,
        Self::Platelet,
    ];

    pub(super) fn of(detection: &DetectionRecord) -> Self {
        match detection.class {
            CellClass::AsexualParasite => Self::Parasite,
            CellClass::Gametocyte => Self::Gametocyte,
            CellClass::WhiteCell => Self::WhiteCell,
            CellClass::RedCell if detection.cut => Self::CutCell,
            CellClass::RedCell if detection.infected == Some(true) => Self::InfectedCell,
            CellClass::RedCell => Self::RedCell,
            CellClass::Platelet => Self::Platelet,
        }
    }

    /// Key of its line in the legend.
    pub(super) fn legend_key(self) -> &'static str {
        match self {
            Self::Parasite => "report-mark-legend-asexual-parasite",
            Self::Gametocyte => "report-mark-legend-gametocyte",
            Self::InfectedCell => "report-mark-legend-red-cell-infected",
            Self::RedCell => "report-mark-legend-red-cell",
            Self::CutCell => "report-mark-legend-red-cell-cut",
            Self::WhiteCell => "report-mark-legend-white-cell",
            Self::Platelet => "report-mark-legend-platelet",
        }
    }

    pub(super) fn style(self) -> Style {
        let style = |shape, colour, edge, width, dash, room| Style { shape, colour, edge, width, dash, room };
        match self {
            Self::Parasite => style(Shape::Square, VERMILLION, Some(WHITE), 1.5, None, 1.5),
            Self::Gametocyte => style(Shape::Diamond, YELLOW, Some(BLACK), 1.5, None, 1.6),
            Self::InfectedCell => style(Shape::Ellipse, ORANGE, Some(BLACK), 1.5, None, 1.05),
            Self::RedCell => style(Shape::Ellipse, SKY_BLUE, None, 1.0, None, 1.0),
            Self::CutCell => style(Shape::Ellipse, SKY_BLUE, None, 1.0, Some(4.0), 1.0),
            Self::WhiteCell => style(Shape::Ellipse, BLUE, Some(WHITE), 1.5, Some(4.0), 1.15),
            Self::Platelet => style(Shape::Triangle, BLUISH_GREEN, Some(WHITE), 1.0, None, 1.8),
        }
    }
}
