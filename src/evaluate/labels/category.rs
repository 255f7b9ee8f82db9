//! Which category a name means.

use crate::terms::{LabelKind, Stage};
use crate::{Error, ErrorKind, Result};

/// A category, with the stage of a parasite where the name is that of one: our own names, and those of the public sets.
pub(super) fn category(name: &str) -> Result<(LabelKind, Option<Stage>)> {
    let plain = name.trim().to_lowercase().replace(['_', '-'], " ");
    let stage = |stage| (LabelKind::Parasite, Some(stage));
    Ok(match plain.as_str() {
        "parasite" | "parasites" | "plasmodium" => (LabelKind::Parasite, None),
        "ring" => stage(Stage::Ring),
        "trophozoite" => stage(Stage::Trophozoite),
        "schizont" => stage(Stage::Schizont),
        "gametocyte" => stage(Stage::Gametocyte),
        "rbc" | "red blood cell" | "red cell" => (LabelKind::RedCell, None),
        "rbc infected" | "infected red cell" => (LabelKind::InfectedRedCell, None),
        "wbc" | "white blood cell" | "white cell" | "leukocyte" => (LabelKind::WhiteCell, None),
        "platelet" | "platelets" => (LabelKind::Platelet, None),
        "ignore" | "difficult" => (LabelKind::Ignore, None),
        _ => {
            let what = format!(
                "category \"{name}\" is unknown; expected parasite, rbc, rbc_infected, wbc, platelet, ignore or a stage"
            );
            return Err(Error::new(ErrorKind::Usage, what)
                .with_key("error-truth-category")
                .with_arg("category", name));
        }
    })
}

/// A stage by its name in labels.
pub(super) fn stage_of(name: &str) -> Option<Stage> {
    [Stage::Ring, Stage::Trophozoite, Stage::Schizont, Stage::Gametocyte]
        .into_iter()
        .find(|stage| stage.code() == name)
}

/// Whether a stage, by its name in labels, is that of a gametocyte; `asexual` is any other.
pub(super) fn is_gametocyte(stage: &str) -> Option<bool> {
    match stage {
        "ring" | "trophozoite" | "schizont" | "asexual" => Some(false),
        "gametocyte" => Some(true),
        _ => None,
    }
}
