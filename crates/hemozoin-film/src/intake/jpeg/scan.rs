//! Walks the entropy-coded data of a scan without decoding a pixel: every block must be there, and nothing else.
//!
//! A stretch of a file that was lost and filled with something else is still read as codes, but as another number of
//! blocks. So the data between two markers must end where its last block does.

use memchr::memchr;

use super::bits::{Bits, Codes, Unsound};

/// One component of the frame.
pub(super) struct Component {
    pub(super) id: u8,
    /// Blocks of a unit, across and down.
    pub(super) sampling: (usize, usize),
    /// Blocks that show something of the picture, across and down.
    pub(super) shown: (usize, usize),
    /// Blocks in a row of `known`.
    pub(super) stride: usize,
    /// Progressive: which coefficients of each block are not zero.
    pub(super) known: Vec<u64>,
    /// Whether a scan gave its constant coefficients.
    pub(super) begun: bool,
    /// Which coefficients came to their last bit.
    pub(super) exact: u64,
}

/// A component as a scan shows it.
pub(super) struct Part<'a> {
    pub(super) component: usize,
    pub(super) dc: Option<&'a Codes>,
    pub(super) ac: Option<&'a Codes>,
}

/// What the header of a scan says.
pub(super) struct Scan<'a> {
    pub(super) parts: Vec<Part<'a>>,
    pub(super) progressive: bool,
    /// First and last coefficient.
    pub(super) band: (u32, u32),
    /// True where bits are added to coefficients that came before.
    pub(super) refines: bool,
    /// True where no bits of the coefficients are left for later scans.
    pub(super) to_last_bit: bool,
    /// Units between two restarts, 0 for none.
    pub(super) interval: usize,
    /// Units of the whole frame, across and down.
    pub(super) units: (usize, usize),
}

impl Scan<'_> {
    /// Whether every table that the scan needs was defined; some cameras leave the usual ones out.
    pub(super) fn has_tables(&self) -> bool {
        let (dc, ac) = match (self.progressive, self.band.0) {
            (false, _) => (true, true),
            (true, 0) => (!self.refines, false),
            (true, _) => (false, true),
        };
        self.parts.iter().all(|part| (!dc || part.dc.is_some()) && (!ac || part.ac.is_some()))
    }

    /// Walks the scan that starts at `at`; where its data ends, a restart after the last unit included.
    pub(super) fn walk(
        &self,
        bytes: &[u8],
        mut at: usize,
        frame: &mut [Component],
    ) -> Result<usize, Unsound> {
        let (across, down) = match self.parts.as_slice() {
            [alone] => frame[alone.component].shown,
            _ => self.units,
        };
        let total = across * down;
        if !self.progressive || self.band.0 == 0 {
            self.parts.iter().for_each(|part| frame[part.component].begun = true);
        }
        if self.to_last_bit || !self.progressive {
            let (first, last) = if self.progressive { self.band } else { (0, 63) };
            let band = u64::MAX >> (63 - (last - first)) << first;
            self.parts.iter().for_each(|part| frame[part.component].exact |= band);
        }
        let interval = if self.interval == 0 { total } else { self.interval };
        let mut from = 0;
        let mut restart = 0;
        while from < total {
            let end = end_of_data(bytes, at);
            let mut bits = Bits::new(bytes.get(at..end).ok_or(Unsound)?);
            let until = (from + interval).min(total);
            let mut run = 0;
            for unit in from..until {
                // Asked now and then: what is missing is read as zeros, and there is no end to those.
                if unit % across == 0 && bits.overdrawn() {
                    return Err(Unsound);
                }
                self.unit(&mut bits, frame, (unit % across, unit / across), &mut run)?;
            }
            if run > 0 || bits.overdrawn() || !bits.at_end() {
                return Err(Unsound);
            }
            at = end;
            from = until;
            if from < total {
                at = after_restart(bytes, end, restart).ok_or(Unsound)?;
                restart = (restart + 1) % 8;
            }
        }
        // Some encoders write a restart after the last unit, too.
        Ok(after_restart(bytes, at, restart).filter(|_| self.interval > 0).unwrap_or(at))
    }

    fn unit(
        &self,
        bits: &mut Bits<'_>,
        frame: &mut [Component],
        (x, y): (usize, usize),
        run: &mut u32,
    ) -> Result<(), Unsound> {
        if let [alone] = self.parts.as_slice() {
            let component = &mut frame[alone.component];
            let at = y * component.stride + x;
            return self.block(bits, alone, component.known.get_mut(at), run);
        }
        for part in &self.parts {
            let component = &mut frame[part.component];
            let (wide, high) = component.sampling;
            for row in 0..high {
                for column in 0..wide {
                    let at = (y * high + row) * component.stride + x * wide + column;
                    self.block(bits, part, component.known.get_mut(at), run)?;
                }
            }
        }
        Ok(())
    }

    fn block(
        &self,
        bits: &mut Bits<'_>,
        part: &Part<'_>,
        known: Option<&mut u64>,
        run: &mut u32,
    ) -> Result<(), Unsound> {
        let mut nothing = 0;
        let known = known.unwrap_or(&mut nothing);
        if !self.progressive {
            constant(bits, part)?;
            return band(bits, part, (1, 63), &mut nothing, &mut 0);
        }
        match (self.band.0, self.refines) {
            (0, false) => constant(bits, part),
            (0, true) => {
                bits.take(1);
                Ok(())
            }
            (_, false) => band(bits, part, self.band, known, run),
            (_, true) => refined(bits, part, self.band, known, run),
        }
    }
}

/// The difference of a constant coefficient.
fn constant(bits: &mut Bits<'_>, part: &Part<'_>) -> Result<(), Unsound> {
    let length = bits.symbol_and_value(part.dc.ok_or(Unsound)?)?;
    if length > 15 { Err(Unsound) } else { Ok(()) }
}

/// Zeros before a coefficient and its bits, of a symbol; no bits for a long run of zeros and for the end of a band.
fn zeros_and_length(symbol: u8) -> (u32, u32) {
    (u32::from(symbol >> 4), u32::from(symbol & 15))
}

/// The coefficients of a band, seen for the first time.
fn band(
    bits: &mut Bits<'_>,
    part: &Part<'_>,
    (first, last): (u32, u32),
    known: &mut u64,
    run: &mut u32,
) -> Result<(), Unsound> {
    if *run > 0 {
        *run -= 1;
        return Ok(());
    }
    let codes = part.ac.ok_or(Unsound)?;
    let mut k = first;
    while k <= last {
        let (zeros, length) = zeros_and_length(bits.symbol_and_value(codes)?);
        if length == 0 && zeros < 15 {
            *run = (1 << zeros) - 1 + bits.take(zeros);
            return Ok(());
        }
        k += zeros;
        if k > last {
            return Err(Unsound);
        }
        if length > 0 {
            *known |= 1 << k;
        }
        k += 1;
    }
    Ok(())
}

/// One more bit of the coefficients of a band.
fn refined(
    bits: &mut Bits<'_>,
    part: &Part<'_>,
    (first, last): (u32, u32),
    known: &mut u64,
    run: &mut u32,
) -> Result<(), Unsound> {
    let mut k = first;
    if *run == 0 {
        let codes = part.ac.ok_or(Unsound)?;
        while k <= last {
            let (mut zeros, length) = zeros_and_length(bits.symbol(codes)?);
            if length == 0 && zeros < 15 {
                *run = (1 << zeros) + bits.take(zeros);
                break;
            }
            if length > 0 {
                bits.take(1);
            }
            while k <= last {
                if is_known(*known, k) {
                    bits.take(1);
                } else if zeros == 0 {
                    break;
                } else {
                    zeros -= 1;
                }
                k += 1;
            }
            if length > 0 {
                if k > last {
                    return Err(Unsound);
                }
                *known |= 1 << k;
            }
            k += 1;
        }
    }
    if *run > 0 {
        for _ in (k..=last).filter(|k| is_known(*known, *k)) {
            bits.take(1);
        }
        *run -= 1;
    }
    Ok(())
}

fn is_known(known: u64, k: u32) -> bool {
    known >> k & 1 == 1
}

/// The next marker, or filling byte before one, at or after `at`.
fn end_of_data(bytes: &[u8], mut at: usize) -> usize {
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(0xff, rest)) {
        at += found;
        match bytes.get(at + 1) {
            Some(0) => at += 2,
            Some(_) => return at,
            None => break,
        }
    }
    bytes.len()
}

/// Where the data goes on after the restart that is due.
fn after_restart(bytes: &[u8], mut at: usize, number: u8) -> Option<usize> {
    while bytes.get(at + 1) == Some(&0xff) {
        at += 1;
    }
    (bytes.get(at + 1) == Some(&(0xd0 + number))).then_some(at + 2)
}
