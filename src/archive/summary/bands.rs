//! Bands of a number: from rising edges.

use serde::{Deserialize, Serialize};

use crate::{Error, ErrorKind, Result};

/// Half-open bands between rising edges: below the first, `[first, second)`, ..., from the last up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<u32>", into = "Vec<u32>")]
pub struct Bands(Vec<u32>);

/// Bands of age, completed years.
pub type AgeBands = Bands;

impl Bands {
    /// At least one edge above 0, each above the one before.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for other edges.
    pub fn new(edges: Vec<u32>) -> Result<Self> {
        let rising = edges.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
        if edges.first().is_some_and(|e| *e > 0) && rising {
            return Ok(Self(edges));
        }
        Err(Error::new(
            ErrorKind::Usage,
            format!("band edges must rise and start above 0, such as [5, 15]; found {edges:?}"),
        )
        .with_key("error-summary-bands")
        .with_arg("found", format!("{edges:?}")))
    }

    /// 0 to 4, 5 to 14, 15 and more years: the bands of the DHIS2 malaria package (MAL-BR).
    pub fn dhis2_ages() -> Self {
        Self(vec![5, 15])
    }

    /// Parasites per µL, by powers of ten from 1,000 up (project decision; no authority sets them).
    pub fn densities() -> Self {
        Self(vec![1_000, 10_000, 100_000])
    }

    /// Place of the band that holds `value`.
    pub fn of(&self, value: f64) -> usize {
        self.0.iter().filter(|edge| value >= f64::from(**edge)).count()
    }

    /// Number of bands.
    pub fn count(&self) -> usize {
        self.0.len() + 1
    }

    /// `0-4`, `5-14`, `15+`: whole numbers in the band at `place`, starting from `least`.
    pub fn name(&self, place: usize, least: u32) -> String {
        let from = match place.checked_sub(1) {
            None => least,
            Some(before) => self.0.get(before).copied().unwrap_or_default(),
        };
        match self.0.get(place) {
            Some(to) => format!("{from}-{}", to.saturating_sub(1)),
            None => format!("{from}+"),
        }
    }
}

impl TryFrom<Vec<u32>> for Bands {
    type Error = String;

    fn try_from(edges: Vec<u32>) -> std::result::Result<Self, String> {
        Self::new(edges).map_err(|e| e.message().to_owned())
    }
}

impl From<Bands> for Vec<u32> {
    fn from(bands: Bands) -> Self {
        bands.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_of_four_years_and_eleven_months_is_below_five() {
        let ages = Bands::dhis2_ages();
        let names: Vec<String> = [0.0, 4.92, 5.0, 14.9, 15.0].map(|a| ages.name(ages.of(a), 0)).into();
        assert_eq!(names, ["0-4", "0-4", "5-14", "5-14", "15+"]);
    }

    #[test]
    fn edges_must_rise() {
        for wrong in [vec![], vec![0], vec![5, 5], vec![15, 5]] {
            assert!(Bands::new(wrong).is_err());
        }
    }
}
