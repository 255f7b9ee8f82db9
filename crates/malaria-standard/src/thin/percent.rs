//! Parasitaemia, which cannot exist without the cells it was counted on.

use std::num::NonZeroU64;

use crate::counts::{InfectedCells, RedCells};

/// 100·I/R, per cent of red cells infected (section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parasitaemia {
    infected: u64,
    of: NonZeroU64,
}

/// A percentage as shown: the rounded value and its decimals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReportedPercent {
    /// Rounded, halves upwards.
    pub value: f64,
    /// Decimals to show.
    pub decimals: u8,
}

impl ReportedPercent {
    /// Two decimals from 0.1 % up, two significant digits below (section 6, C decision), of a percentage that is
    /// no count of cells in cells, such as the limit of an interval. One that is counted has an exact rounding of
    /// its own: [`Parasitaemia::reported`].
    pub fn of(percent: f64) -> Self {
        let mut decimals: u8 = 2;
        if percent > 0.0 && percent < 0.1 {
            // At 13 decimals nothing is left of any count.
            while percent * 10_f64.powi(i32::from(decimals)) < 10.0 && decimals < 13 {
                decimals += 1;
            }
            // 0.0996 is 0.10, and 0.00996 is 0.010.
            if percent * 10_f64.powi(i32::from(decimals)) + 0.5 >= 100.0 {
                decimals -= 1;
            }
        }
        let scale = 10_f64.powi(i32::from(decimals));
        Self { value: (percent * scale + 0.5).floor() / scale, decimals }
    }
}

impl Parasitaemia {
    /// `None` where no red cell was counted (INV-7), or where more are infected than counted.
    pub fn new(infected: InfectedCells, of: RedCells) -> Option<Self> {
        let of = NonZeroU64::new(of.get())?;
        (infected.get() <= of.get()).then_some(Self { infected: infected.get(), of })
    }

    /// Per cent, unrounded.
    pub fn raw(&self) -> f64 {
        100.0 * self.infected as f64 / self.of.get() as f64
    }

    /// Whether 100·I > T·R, or >= for an inclusive limit, compared as products before any rounding (INV-4).
    pub fn crosses(&self, limit_percent: f64, inclusive: bool) -> bool {
        let (hundred_i, t_r) = (100.0 * self.infected as f64, limit_percent * self.of.get() as f64);
        if inclusive { hundred_i >= t_r } else { hundred_i > t_r }
    }

    /// Two decimals from 0.1 % up, two significant digits below (section 6, C decision). `None` for no infected
    /// cell, which is never reported as a percentage.
    pub fn reported(&self) -> Option<ReportedPercent> {
        let (i, r) = (u128::from(self.infected), u128::from(self.of.get()));
        if i == 0 {
            return None;
        }
        let mut decimals: u8 = 2;
        let mut scale: u128 = 100;
        // Two significant digits: the scaled value has to reach 10. I >= 1 and R < 2^64 end this in time.
        if 1000 * i < r {
            while 100 * i * scale < 10 * r {
                scale *= 10;
                decimals += 1;
            }
        }
        let mut digits = (200 * i * scale + r) / (2 * r);
        if decimals > 2 && digits == 100 {
            digits = 10;
            scale /= 10;
            decimals -= 1;
        }
        Some(ReportedPercent { value: digits as f64 / scale as f64, decimals })
    }

    /// Infected cells (I).
    pub fn infected(&self) -> u64 {
        self.infected
    }

    /// Red cells counted (R).
    pub fn of(&self) -> u64 {
        self.of.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(i: u64, r: u64) -> String {
        let p = Parasitaemia::new(InfectedCells(i), RedCells(r)).unwrap().reported().unwrap();
        format!("{:.*}", usize::from(p.decimals), p.value)
    }

    #[test]
    fn decimals_follow_the_size() {
        assert_eq!(shown(1, 1000), "0.10");
        assert_eq!(shown(999, 1_000_000), "0.10");
        assert_eq!(shown(1, 5000), "0.020");
        assert_eq!(shown(1, 3), "33.33");
        assert_eq!(shown(1, 8000), "0.013");
        assert_eq!(shown(2001, 20_000), "10.01");
        assert_eq!(shown(1, u64::MAX).len(), 21);
    }

    #[test]
    fn a_percentage_that_is_no_count_follows_the_same_rule() {
        let shown = |percent: f64| {
            let p = ReportedPercent::of(percent);
            format!("{:.*}", usize::from(p.decimals), p.value)
        };
        assert_eq!(shown(0.0), "0.00");
        assert_eq!(shown(14.893), "14.89");
        assert_eq!(shown(0.1), "0.10");
        assert_eq!(shown(0.0996), "0.10");
        assert_eq!(shown(0.02), "0.020");
        assert_eq!(shown(0.009_96), "0.010");
        assert_eq!(shown(0.003_456_7), "0.0035");
        assert_eq!(shown(1e-300), "0.0000000000000");
        for (i, r) in [(1, 10_010), (999, 1_000_000), (1, 8000), (7, 5000), (50, 5000), (1, 3)] {
            let counted = Parasitaemia::new(InfectedCells(i), RedCells(r)).unwrap();
            assert_eq!(Some(ReportedPercent::of(counted.raw())), counted.reported(), "{i} of {r}");
        }
    }
}
