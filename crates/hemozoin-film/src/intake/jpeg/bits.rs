//! Bits and Huffman codes of one stretch of entropy-coded data (ITU-T T.81, annexes C and F).

/// The stretch holds no valid code here, or ended before it should.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unsound;

/// Bytes that some cameras leave between the last block and the marker.
const SPARE_BYTES: usize = 3;

/// The bits between two markers, stuffing taken out.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    buffer: u64,
    left: u32,
    /// Bits of `buffer` that the data no longer had.
    borrowed: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, buffer: 0, left: 0, borrowed: 0 }
    }

    /// At least 56 bits in the buffer, zeros where the data has ended.
    fn refill(&mut self) {
        if let Some(next) = self.data.get(self.at..).and_then(|d| d.first_chunk::<8>()) {
            let word = u64::from_be_bytes(*next);
            if !has_ff(word) {
                self.buffer |= word >> self.left;
                self.at += ((63 - self.left) >> 3) as usize;
                self.left |= 56;
                return;
            }
        }
        while self.left <= 56 {
            let byte = match self.data.get(self.at) {
                Some(&byte) => {
                    // Within the data 0xff is always followed by the 0 that was stuffed in.
                    self.at += if byte == 0xff { 2 } else { 1 };
                    byte
                }
                None => {
                    self.borrowed += 8;
                    0
                }
            };
            self.buffer |= u64::from(byte) << (56 - self.left);
            self.left += 8;
        }
    }

    /// Drops `count` of at least as many bits in the buffer.
    fn drop(&mut self, count: u32) {
        self.buffer <<= count;
        self.left -= count;
    }

    /// The next `count` bits, at most 16.
    pub(super) fn take(&mut self, count: u32) -> u32 {
        if self.left < 32 {
            self.refill();
        }
        // In two steps, since 64 places at once are no shift.
        let value = (self.buffer >> 1 >> (63 - count)) as u32;
        self.drop(count);
        value
    }

    /// The next symbol by `codes`.
    pub(super) fn symbol(&mut self, codes: &Codes) -> Result<u8, Unsound> {
        if self.left < 32 {
            self.refill();
        }
        let (symbol, length) = codes.find((self.buffer >> 48) as u16).ok_or(Unsound)?;
        self.drop(length);
        Ok(symbol)
    }

    /// The same, and as many bits after it as its low half counts are dropped.
    pub(super) fn symbol_and_value(&mut self, codes: &Codes) -> Result<u8, Unsound> {
        let symbol = self.symbol(codes)?;
        self.drop(u32::from(symbol & 15));
        Ok(symbol)
    }

    /// True where more bits were asked for than there were.
    pub(super) fn overdrawn(&self) -> bool {
        self.left < self.borrowed
    }

    /// True where nothing but padding is left: a few bytes, or any number of zeros.
    pub(super) fn at_end(&self) -> bool {
        let held = (self.left.saturating_sub(self.borrowed) / 8) as usize;
        let rest = self.data.get(self.at.saturating_sub(held)..).unwrap_or_default();
        rest.len() <= SPARE_BYTES || rest.iter().all(|byte| *byte == 0)
    }
}

/// True where one of the eight bytes is 0xff.
fn has_ff(word: u64) -> bool {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let inverse = !word;
    inverse.wrapping_sub(LOW) & word & HIGH != 0
}

/// Codes of up to this length are looked up at once.
const QUICK: u32 = 9;

/// One Huffman table.
#[derive(Clone)]
pub(super) struct Codes {
    /// By the first [`QUICK`] bits: symbol and length, or length 0 for a longer code.
    quick: Box<[(u8, u8); 1 << QUICK]>,
    /// By length: one past the largest code, aligned to 16 bits, and what to add to a code for its symbol's index.
    ends: [(u32, i32); 17],
    symbols: Vec<u8>,
}

impl Codes {
    /// The table of `counts` codes of each length from 1 to 16, of `symbols` in order.
    pub(super) fn new(counts: [u8; 16], symbols: &[u8]) -> Result<Self, Unsound> {
        let mut quick = Box::new([(0, 0); 1 << QUICK]);
        let mut ends = [(0, 0); 17];
        let (mut code, mut index) = (0u32, 0usize);
        for (length, count) in (1u32..).zip(counts) {
            ends[length as usize].1 = index as i32 - code as i32;
            for _ in 0..count {
                let symbol = *symbols.get(index).ok_or(Unsound)?;
                if length <= QUICK {
                    let first = (code << (QUICK - length)) as usize;
                    let last = first + (1 << (QUICK - length));
                    quick.get_mut(first..last).ok_or(Unsound)?.fill((symbol, length as u8));
                }
                code += 1;
                index += 1;
            }
            ends[length as usize].0 = code << (16 - length);
            code <<= 1;
        }
        Ok(Self { quick, ends, symbols: symbols.to_vec() })
    }

    /// Symbol and length of the code that `next` begins with.
    fn find(&self, next: u16) -> Option<(u8, u32)> {
        let (symbol, length) = self.quick[usize::from(next >> (16 - QUICK))];
        if length > 0 {
            return Some((symbol, u32::from(length)));
        }
        let next = u32::from(next);
        let length = (QUICK + 1..=16).find(|l| next < self.ends[*l as usize].0)?;
        let code = (next >> (16 - length)) as i32;
        let symbol = self.symbols.get(usize::try_from(code + self.ends[length as usize].1).ok()?)?;
        Some((*symbol, length))
    }
}
