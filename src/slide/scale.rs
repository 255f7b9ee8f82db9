//! One scale for all pictures of a slide that were taken alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::refine::refine;
use crate::Result;
use crate::detect::Detector;
use crate::intake::Picture;
use crate::measure::PxSize;
use crate::optics::{ScaleBasis, ScaleEvidence, View, examine, pool_scales};
use crate::record::ScaleRecord;
use crate::terms::Film;

/// At most so many pictures of a slide are looked at for its scale, evenly spread over it.
const SAMPLE: usize = 9;

/// Pictures of a thick film that the network looks at for its scale.
const LOOKED_AT_AGAIN: usize = 4;

/// Pictures with the same film and the same pixel size, upright or turned, were taken alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ScaleKey {
    /// The film.
    pub film: Film,
    /// The longer side.
    pub longer: u32,
    /// The shorter side.
    pub shorter: u32,
}

impl ScaleKey {
    /// The key of a picture.
    pub fn of(film: Film, size: PxSize) -> Self {
        Self { film, longer: size.width.max(size.height), shorter: size.width.min(size.height) }
    }
}

/// Estimated scales of a slide. A scale that is given or stands in the file is used before these.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ScaleTable {
    estimates: Vec<(ScaleKey, ScaleRecord)>,
}

impl ScaleTable {
    /// The scale of a picture: written in its file, else the estimate for its size.
    pub fn of_picture(&self, film: Film, picture: &Picture) -> Option<ScaleRecord> {
        let declared = picture.declared_scale().map(|(um, _)| ScaleRecord::stated(um, ScaleBasis::File));
        declared.or_else(|| self.of(film, picture.size()).cloned())
    }

    /// The estimate for a picture, where there is one.
    pub fn of(&self, film: Film, size: PxSize) -> Option<&ScaleRecord> {
        let key = ScaleKey::of(film, size);
        self.estimates.iter().find(|(k, _)| *k == key).map(|(_, scale)| scale)
    }

    /// Which of `pictures` alike pictures an estimate is made from: evenly spread over them.
    pub(super) fn sample(pictures: usize) -> impl Iterator<Item = usize> {
        let take = pictures.min(SAMPLE);
        (0..take).map(move |i| i * pictures / take)
    }

    /// Looks at a sample of `pictures` pictures of one film, which `open` gives; pictures that cannot be read
    /// are passed over here and named when they are examined. With a `network`, a thick film's estimate is
    /// looked at again through it; a network that cannot be run is told when the pictures are examined.
    pub(super) fn estimate(
        film: Film,
        pictures: usize,
        open: &(dyn Fn(usize) -> Result<Arc<Picture>> + Sync),
        network: Option<&Detector>,
    ) -> Self {
        let sample: Vec<usize> = Self::sample(pictures).collect();
        let evidence: Vec<Option<Looked>> = sample
            .into_par_iter()
            .with_max_len(1)
            .map(|i| {
                let picture = open(i).ok()?;
                if picture.declared_scale().is_some() {
                    return None;
                }
                let examination = examine(&picture, film, None).ok()?;
                let key = ScaleKey::of(film, picture.size());
                Some(Looked { key, number: i, evidence: examination.evidence, view: examination.view })
            })
            .collect();
        let mut groups: BTreeMap<ScaleKey, Vec<&Looked>> = BTreeMap::new();
        for found in evidence.iter().flatten() {
            groups.entry(found.key).or_default().push(found);
        }
        let mut estimates = Vec::new();
        for (key, group) in groups {
            let pooled = pool_scales(&group.iter().map(|l| &l.evidence).collect::<Vec<_>>());
            let record = pooled.as_ref().map(ScaleRecord::estimated);
            let looked_at = match network {
                Some(detector) => {
                    let pictures = || again(&group, open);
                    refine(detector, pictures, key.longer, record.as_ref()).ok().flatten()
                }
                None => None,
            };
            estimates.extend(looked_at.or(record).map(|scale| (key, scale)));
        }
        Self { estimates }
    }

    /// The estimates of both tables.
    #[must_use]
    pub(super) fn with(mut self, other: Self) -> Self {
        self.estimates.extend(other.estimates);
        self
    }
}

/// A picture that was looked at for its scale.
struct Looked {
    key: ScaleKey,
    number: usize,
    evidence: ScaleEvidence,
    view: View,
}

/// A few of the pictures once more, with the part of each that shows film; each is opened when it is asked for.
fn again(
    looked: &[&Looked],
    open: &(dyn Fn(usize) -> Result<Arc<Picture>> + Sync),
) -> impl Iterator<Item = (Arc<Picture>, View)> {
    let take = looked.len().min(LOOKED_AT_AGAIN);
    (0..take)
        .filter_map(move |i| looked.get(i * looked.len() / take))
        .filter_map(move |l| open(l.number).ok().map(|picture| (picture, l.view.clone())))
}
