//! What a label in a set of pictures bounds.

/// A category of labels, by the names that the sets, the training and exported labels share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelKind {
    /// `parasite`: tight box around a parasite.
    Parasite,
    /// `rbc`: uninfected red cell.
    RedCell,
    /// `rbc_infected`: infected red cell, the whole cell.
    InfectedRedCell,
    /// `wbc`.
    WhiteCell,
    /// `platelet`.
    Platelet,
    /// `ignore`: undecided, neither right nor wrong there.
    Ignore,
}

impl LabelKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Parasite, Self::RedCell, Self::InfectedRedCell, Self::WhiteCell, Self::Platelet, Self::Ignore];

    /// Stable name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Parasite => "parasite",
            Self::RedCell => "rbc",
            Self::InfectedRedCell => "rbc_infected",
            Self::WhiteCell => "wbc",
            Self::Platelet => "platelet",
            Self::Ignore => "ignore",
        }
    }

    /// From its name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Its number, from 0.
    pub fn number(self) -> usize {
        self as usize
    }
}
