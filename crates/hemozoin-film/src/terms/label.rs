//! What a label in a set of pictures bounds.

/// A category of labels, by the names that the sets, the training and exported labels share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr, strum::VariantArray)]
pub enum LabelKind {
    /// `parasite`: tight box around a parasite.
    #[strum(serialize = "parasite")]
    Parasite,
    /// `rbc`: uninfected red cell.
    #[strum(serialize = "rbc")]
    RedCell,
    /// `rbc_infected`: infected red cell, the whole cell.
    #[strum(serialize = "rbc_infected")]
    InfectedRedCell,
    /// `wbc`.
    #[strum(serialize = "wbc")]
    WhiteCell,
    /// `platelet`.
    #[strum(serialize = "platelet")]
    Platelet,
    /// `ignore`: undecided, neither right nor wrong there.
    #[strum(serialize = "ignore")]
    Ignore,
}

impl LabelKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable name.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// From its name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Its number, from 0.
    pub fn number(self) -> usize {
        self as usize
    }
}
