//! The figures behind the plots, added up slide by slide.

use std::collections::BTreeMap;

use crate::archive::{ReadBy, SlideRow, Urgency};
use crate::record::FieldRow;
use crate::standard::Presence;

/// Tested and positive slides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) tested: u64,
    pub(super) positive: u64,
}

/// Everything that is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    /// Slides with a density, by half decades of parasites per µL: place 0 is below 10.
    pub(super) densities: [u64; 12],
    pub(super) by_site: BTreeMap<String, Share>,
    pub(super) by_month: BTreeMap<String, Share>,
    /// Fields by reason against them; a field with two reasons counts in both.
    pub(super) reasons: BTreeMap<String, u64>,
    pub(super) slides: u64,
    pub(super) severe: u64,
    /// Of these, not signed by a reader.
    pub(super) severe_unread: u64,
    /// Slides by [`ReadBy::ALL`].
    pub(super) read_by: [u64; 4],
    pub(super) positive: u64,
    pub(super) fields: u64,
    pub(super) fields_counted: u64,
}

/// Lowest and highest density of the band at `place`, parasites per µL; the last has no upper end.
pub(super) fn density_band(place: usize) -> (f64, Option<f64>) {
    let edge = |n: usize| 10_f64.powf(1.0 + n as f64 / 2.0);
    match place {
        0 => (0.0, Some(edge(0))),
        11 => (edge(10), None),
        n => (edge(n - 1), Some(edge(n))),
    }
}

impl Figures {
    pub(super) fn add(&mut self, row: &SlideRow, fields: &[FieldRow]) {
        self.slides += 1;
        self.fields += row.fields;
        self.fields_counted += row.fields_counted;
        for reason in fields.iter().filter(|f| !f.counted).flat_map(|f| &f.reasons) {
            *self.reasons.entry(reason.clone()).or_default() += 1;
        }
        self.severe += u64::from(row.urgency == Urgency::Severe);
        let read_by = row.read_by();
        self.severe_unread += u64::from(row.urgency == Urgency::Severe && read_by == ReadBy::Nobody);
        for (count, of) in self.read_by.iter_mut().zip(ReadBy::ALL.iter().copied()) {
            *count += u64::from(of == read_by);
        }
        let presence = row.outcome.as_ref().map(|o| o.presence);
        let positive = presence == Some(Presence::Positive);
        if positive {
            self.positive += 1;
            if let Some(density) = row.density().filter(|d| *d > 0.0) {
                let place = (0..11).filter(|n| density_band(*n).1.is_some_and(|top| density >= top)).count();
                if let Some(count) = self.densities.get_mut(place) {
                    *count += 1;
                }
            }
        }
        if positive || presence == Some(Presence::NoParasitesSeen) {
            let count = |share: &mut Share| {
                share.tested += 1;
                share.positive += u64::from(positive);
            };
            if let Some(site) = &row.case.site {
                count(self.by_site.entry(site.clone()).or_default());
            }
            if let Some(month) = row.case.month() {
                count(self.by_month.entry(month.to_owned()).or_default());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_meet_without_a_gap() {
        for n in 0..11 {
            assert_eq!(density_band(n).1, Some(density_band(n + 1).0));
        }
        assert_eq!(density_band(2), (10_f64.powf(1.5), Some(100.0)));
    }
}
