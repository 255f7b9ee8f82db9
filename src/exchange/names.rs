//! Names of files that are made from names of slides and pictures.

/// A part of a path that stays in its folder, whatever the name holds; `_` where nothing of it is left.
pub fn plain_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ') { c } else { '_' })
        .collect();
    if plain.trim_matches(['.', ' ']).is_empty() { "_".to_owned() } else { plain }
}
