//! Competence of a reader from a panel of slides (section 10.1, QA-v2).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::interval::Proportion;
use super::profile::{self, Profile};
use crate::Species;

/// Level 1 (expert) to 4 (below all bands).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Level(#[schemars(range(min = 1, max = 4))] u8);

impl Level {
    /// 1 to 4; 1 is the best.
    pub fn get(self) -> u8 {
        self.0
    }

    /// Level of a percentage among the falling lower limits of levels 1 to 3, inclusive: a decimal between two
    /// printed bands falls to the lower one (C decision).
    fn of_percent(percent: f64, bands: &[f64; 3]) -> Self {
        Self::first(bands, |band| percent >= band)
    }

    /// As [`Self::of_percent`] for `hits` of `of`, compared as products (INV-4).
    fn of_ratio(ratio: &Proportion, bands: &[f64; 3]) -> Self {
        Self::first(bands, |band| 100.0 * ratio.hits() as f64 >= band * ratio.of() as f64)
    }

    fn first(bands: &[f64; 3], reached: impl Fn(f64) -> bool) -> Self {
        let missed = bands.iter().take_while(|band| !reached(**band)).fold(0_u8, |n, _| n + 1);
        Self(1 + missed)
    }
}

/// Levels of the three skills and of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Levels {
    /// Parasite detection.
    pub detection: Level,
    /// Species identification; `None` where the panel does not test it.
    #[serde(default)]
    pub species: Option<Level>,
    /// Counts within the tolerance; `None` where the panel does not test it.
    #[serde(default)]
    pub count: Option<Level>,
    /// The worst of them (D-med).
    pub overall: Level,
}

impl Levels {
    /// Levels of three percentages.
    pub fn of_percentages(detection: f64, species: f64, count: f64, rule: &profile::Competence) -> Self {
        Self::worst(
            Level::of_percent(detection, &rule.detection_percent),
            Some(Level::of_percent(species, &rule.species_percent)),
            Some(Level::of_percent(count, &rule.count_percent)),
        )
    }

    fn worst(detection: Level, species: Option<Level>, count: Option<Level>) -> Self {
        let overall = [Some(detection), species, count].into_iter().flatten().max().unwrap_or(detection);
        Self { detection, species, count, overall }
    }
}

/// What a slide holds, or what a reader said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SlideCall {
    /// Parasites present.
    pub positive: bool,
    /// Species; empty where not known or not tested.
    #[serde(default)]
    pub species: BTreeSet<Species>,
    /// Asexual density per µL; `None` where not known or not tested.
    #[serde(default)]
    pub density: Option<u64>,
}

/// One slide of a panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PanelSlide {
    /// What it holds.
    pub truth: SlideCall,
    /// What the reader said.
    pub reader: SlideCall,
}

/// Score of a reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct PanelScore {
    /// Slides called rightly positive or negative, of all.
    pub detection: Proportion,
    /// Positive slides of known species named rightly; a missed slide is a wrong one (C decision).
    #[serde(default)]
    pub species: Option<Proportion>,
    /// Positive slides of known density counted within the tolerance; a missed slide is a wrong one (C decision).
    #[serde(default)]
    pub count: Option<Proportion>,
    /// Agreement of the calls.
    pub agreement: Agreement,
    /// Levels.
    pub levels: Levels,
}

/// Agreement of two sets of calls, as in a cross-check (section 10.1). No authority gives acceptance limits, so
/// the rates come with their Clopper–Pearson intervals and numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Agreement {
    /// Same call, of all slides.
    pub agreement: Proportion,
    /// Called positive, of the slides without parasites; `None` without such slides.
    #[serde(default)]
    pub false_positive: Option<Proportion>,
    /// Called without parasites, of the positive slides; `None` without such slides.
    #[serde(default)]
    pub false_negative: Option<Proportion>,
}

impl Agreement {
    /// Agreement of pairs (truth positive, called positive). `None` for no pair.
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>, level: f64) -> Option<Self> {
        let (mut positive, mut negative, mut missed, mut invented) = (0_u64, 0_u64, 0_u64, 0_u64);
        for (truth, called) in pairs {
            match (truth, called) {
                (true, true) => positive += 1,
                (true, false) => (positive, missed) = (positive + 1, missed + 1),
                (false, false) => negative += 1,
                (false, true) => (negative, invented) = (negative + 1, invented + 1),
            }
        }
        let all = positive + negative;
        Some(Self {
            agreement: Proportion::new(all - missed - invented, all, level)?,
            false_positive: Proportion::new(invented, negative, level),
            false_negative: Proportion::new(missed, positive, level),
        })
    }
}

/// Whether a reported density lies within the tolerance of the true one, limits included (C decision). `None` for
/// a slide without parasites, where a percentage has no meaning.
pub fn within_tolerance(truth: u64, reported: u64, rule: &profile::Competence) -> Option<bool> {
    (truth > 0)
        .then(|| 100.0 * truth.abs_diff(reported) as f64 <= rule.count_tolerance_percent * truth as f64)
}

/// Scores a panel. `None` for a panel without a slide.
pub fn score_panel(slides: &[PanelSlide], profile: &Profile) -> Option<PanelScore> {
    let rule = &profile.values().competence;
    let confidence = profile.values().statistics.level;
    let agreement = Agreement::of(slides.iter().map(|s| (s.truth.positive, s.reader.positive)), confidence)?;
    let of = |right: &mut dyn Iterator<Item = bool>| {
        let (hits, all) = right.fold((0, 0), |(hits, all), ok| (hits + u64::from(ok), all + 1));
        Proportion::new(hits, all, confidence)
    };
    let positive = || slides.iter().filter(|s| s.truth.positive);
    let species = of(&mut positive()
        .filter(|s| !s.truth.species.is_empty())
        .map(|s| s.reader.positive && s.reader.species == s.truth.species));
    let count = of(&mut positive().filter_map(|s| {
        let said = if s.reader.positive { s.reader.density.unwrap_or(0) } else { 0 };
        within_tolerance(s.truth.density?, said, rule)
    }));
    let levels = Levels::worst(
        Level::of_ratio(&agreement.agreement, &rule.detection_percent),
        species.as_ref().map(|p| Level::of_ratio(p, &rule.species_percent)),
        count.as_ref().map(|p| Level::of_ratio(p, &rule.count_percent)),
    );
    Some(PanelScore { detection: agreement.agreement, species, count, agreement, levels })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(species: Option<Species>, density: u64) -> SlideCall {
        SlideCall { positive: density > 0, species: species.into_iter().collect(), density: Some(density) }
    }

    #[test]
    fn a_panel_is_scored() {
        let profile = Profile::standard().unwrap();
        let pf = Some(Species::Falciparum);
        let slides: Vec<PanelSlide> = [
            (call(pf, 1000), call(pf, 1250)),
            (call(pf, 1000), call(Some(Species::Vivax), 700)),
            (call(pf, 1000), call(None, 0)),
            (call(None, 0), call(None, 0)),
            (call(None, 0), call(pf, 40)),
        ]
        .map(|(truth, reader)| PanelSlide { truth, reader })
        .to_vec();
        let score = score_panel(&slides, &profile).unwrap();
        assert_eq!((score.detection.hits(), score.detection.of()), (3, 5));
        let (species, count) = (score.species.unwrap(), score.count.unwrap());
        assert_eq!((species.hits(), species.of()), (1, 3));
        assert_eq!((count.hits(), count.of()), (1, 3));
        let wrong = score.agreement.false_positive.unwrap();
        assert_eq!((wrong.hits(), wrong.of()), (1, 2));
        assert_eq!(score.levels.overall.get(), 4);
        assert_eq!(score.levels.count.map(Level::get), Some(3));
        assert_eq!(score_panel(&[], &profile), None);
    }
}
