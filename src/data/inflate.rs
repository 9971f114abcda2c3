//! Decompression of the DEFLATE format, in which `numpy.savez_compressed` stores arrays (RFC 1951).

use super::{DataError, Fault};
use crate::limits::Limits;

/// Codes are at most this long.
const MAX_BITS: usize = 15;

/// Extra bits and first values of lengths (symbols 257–285) and of distances (RFC 1951, section 3.2.5).
const LENGTH_BITS: [u8; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BITS: [u8; 30] =
    [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
/// The order in which the lengths of the code for code lengths stand.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

fn wrong() -> DataError {
    DataError::new(Fault::Format, "the compressed data are damaged")
}

/// A canonical Huffman code: how many codes have each length, and the symbols in the order of their codes.
struct Code {
    counts: [u16; MAX_BITS + 1],
    symbols: Vec<u16>,
}

impl Code {
    /// From the length of the code of each symbol, 0 for none; an error when there are more codes than fit.
    fn new(lengths: &[u8]) -> Result<Code, DataError> {
        let mut counts = [0u16; MAX_BITS + 1];
        for &length in lengths {
            *counts.get_mut(usize::from(length)).ok_or_else(wrong)? += 1;
        }
        counts[0] = 0;
        let mut left = 1i32;
        for count in &counts[1..] {
            left = 2 * left - i32::from(*count);
            if left < 0 {
                return Err(wrong());
            }
        }
        let mut symbols: Vec<u16> = (0..lengths.len() as u16).filter(|s| lengths[usize::from(*s)] > 0).collect();
        symbols.sort_by_key(|s| lengths[usize::from(*s)]);
        Ok(Code { counts, symbols })
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    buffer: u32,
    filled: u32,
}

impl Reader<'_> {
    fn bits(&mut self, count: u8) -> Result<u32, DataError> {
        while self.filled < u32::from(count) {
            self.buffer |= u32::from(*self.bytes.get(self.at).ok_or_else(wrong)?) << self.filled;
            self.at += 1;
            self.filled += 8;
        }
        let value = self.buffer & ((1 << count) - 1);
        self.buffer >>= count;
        self.filled -= u32::from(count);
        Ok(value)
    }

    /// Bit by bit: the codes of one length are consecutive numbers.
    fn symbol(&mut self, code: &Code) -> Result<usize, DataError> {
        let (mut value, mut first, mut start) = (0i32, 0i32, 0i32);
        for count in &code.counts[1..] {
            value |= self.bits(1)? as i32;
            let count = i32::from(*count);
            if value - first < count {
                let place = usize::try_from(start + value - first).map_err(|_| wrong())?;
                return code.symbols.get(place).map(|s| usize::from(*s)).ok_or_else(wrong);
            }
            start += count;
            first = (first + count) << 1;
            value <<= 1;
        }
        Err(wrong())
    }
}

/// What was compressed; an error unless it has exactly `size` bytes.
pub(super) fn inflate(bytes: &[u8], size: usize, limits: &Limits) -> Result<Vec<u8>, DataError> {
    limits.reserve(size as u128)?;
    let mut out: Vec<u8> = Vec::with_capacity(size);
    let mut reader = Reader { bytes, at: 0, buffer: 0, filled: 0 };
    loop {
        limits.check()?;
        let last = reader.bits(1)? == 1;
        match reader.bits(2)? {
            0 => stored(&mut reader, &mut out, size)?,
            1 => {
                let (literals, distances) = fixed()?;
                block(&mut reader, &literals, &distances, &mut out, size)?;
            }
            2 => {
                let (literals, distances) = dynamic(&mut reader)?;
                block(&mut reader, &literals, &distances, &mut out, size)?;
            }
            _ => return Err(wrong()),
        }
        if last {
            return if out.len() == size { Ok(out) } else { Err(wrong()) };
        }
    }
}

/// Bytes as they are, after the next full byte: their number, its complement, the bytes.
fn stored(reader: &mut Reader<'_>, out: &mut Vec<u8>, size: usize) -> Result<(), DataError> {
    reader.bits((reader.filled % 8) as u8)?;
    let (length, complement) = (reader.bits(16)?, reader.bits(16)?);
    if length != !complement & 0xFFFF || out.len() + length as usize > size {
        return Err(wrong());
    }
    for _ in 0..length {
        out.push(reader.bits(8)? as u8);
    }
    Ok(())
}

fn fixed() -> Result<(Code, Code), DataError> {
    let length = |s: usize| match s {
        0..=143 | 280..=287 => 8,
        144..=255 => 9,
        _ => 7,
    };
    // The fixed lengths of 280–287 are 8, of 256–279 they are 7.
    let literals: Vec<u8> = (0..288).map(length).collect();
    Ok((Code::new(&literals)?, Code::new(&[5; 30])?))
}

/// Codes whose lengths stand in front of the block, themselves coded.
fn dynamic(reader: &mut Reader<'_>) -> Result<(Code, Code), DataError> {
    let literals = reader.bits(5)? as usize + 257;
    let distances = reader.bits(5)? as usize + 1;
    let coded = reader.bits(4)? as usize + 4;
    let mut lengths = [0u8; 19];
    for place in &ORDER[..coded] {
        lengths[*place] = reader.bits(3)? as u8;
    }
    let code = Code::new(&lengths)?;
    let mut all: Vec<u8> = Vec::with_capacity(literals + distances);
    while all.len() < literals + distances {
        let (value, times) = match reader.symbol(&code)? {
            16 => (*all.last().ok_or_else(wrong)?, 3 + reader.bits(2)?),
            17 => (0, 3 + reader.bits(3)?),
            18 => (0, 11 + reader.bits(7)?),
            length => (length as u8, 1),
        };
        all.extend(std::iter::repeat_n(value, times as usize));
    }
    if all.len() > literals + distances {
        return Err(wrong());
    }
    Ok((Code::new(&all[..literals])?, Code::new(&all[literals..])?))
}

/// Literals, and copies of what was written before.
fn block(
    reader: &mut Reader<'_>,
    literals: &Code,
    distances: &Code,
    out: &mut Vec<u8>,
    size: usize,
) -> Result<(), DataError> {
    loop {
        let symbol = reader.symbol(literals)?;
        match symbol {
            0..=255 if out.len() < size => out.push(symbol as u8),
            256 => return Ok(()),
            257..=285 => {
                let length = value(&LENGTH_BITS, symbol - 257, 3, reader)?;
                // The last symbol is the longest length alone.
                let length = if symbol == 285 { 258 } else { length };
                let place = reader.symbol(distances)?;
                let distance = value(&DISTANCE_BITS, place, 1, reader)?;
                let start = out.len().checked_sub(distance).ok_or_else(wrong)?;
                if out.len() + length > size {
                    return Err(wrong());
                }
                // The copy may overlap what it writes.
                for k in 0..length {
                    let byte = out[start + k];
                    out.push(byte);
                }
            }
            _ => return Err(wrong()),
        }
    }
}

/// `first` plus the sizes of the ranges before this place, plus as many extra bits as this range has.
fn value(bits: &[u8], place: usize, first: usize, reader: &mut Reader<'_>) -> Result<usize, DataError> {
    let own = *bits.get(place).ok_or_else(wrong)?;
    let start: usize = bits[..place].iter().map(|b| 1usize << b).sum();
    Ok(first + start + reader.bits(own)? as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with zlib (Python: `zlib.compressobj(9, zlib.DEFLATED, -15)`).
    #[test]
    fn what_zlib_compressed() {
        let limits = Limits::none();
        // b"symmetry " * 12: a fixed code.
        let fixed = [0x2b, 0xae, 0xcc, 0xcd, 0x4d, 0x2d, 0x29, 0xaa, 0x54, 0x28, 0xa6, 0x3d, 0x03, 0x00];
        assert_eq!(inflate(&fixed, 108, &limits).unwrap(), b"symmetry ".repeat(12));
        // A stored block: last, type 0, then 3 bytes.
        assert_eq!(inflate(&[1, 3, 0, 0xFC, 0xFF, 7, 8, 9], 3, &limits).unwrap(), [7, 8, 9]);
        for (bytes, size) in [(&fixed[..5], 108), (&fixed[..], 107), (&fixed[..], 109), (&[7][..], 1), (&[][..], 0)] {
            assert_eq!(inflate(bytes, size, &limits).unwrap_err().fault, Fault::Format);
        }
    }

    #[test]
    fn a_dynamic_code() {
        // Bytes of which small ones are frequent, as above.
        let packed = concat!(
            "1590ed6eda401444cfbdbbebf57a6d2f3681500713da1020182aaa7e8836547dffb7eae6fe18e94aa319cd197d69e57ebeeb",
            "edd3c9330506ded421d606ed037a55fc4b99f6a8c283d10345b33d535466df44e0bb14c2fbd01d2ea13a62e59f4e8e7b5c28",
            "71e4a8db1e69f4455bd275f9048d2c604ea055a91d516f39e33db85be351595957e174c3c7c527ba0f6fe54de4ab751d8b75",
            "4d6f36c7e793997e0d60676712849d197bf1f9afd383ed9322ae5c7e16ba8efdfc9ebe3d16e42a29c7ae2b1f5fab78991b51",
            "7b6ee18fe957ce18717ee82bc5ad9fcd257706b5c917d634f6875349e8c8ef5594c1b164cbdf5566e1a9a97d5cefc6ce6432",
            "74c3cfac6d49b99bd9e0d392438d54e4b92aaf93cee622fa16cc1526daace66832644e94e2e4506f3c5fe012ff03"
        );
        let packed: Vec<u8> =
            (0..packed.len() / 2).map(|k| u8::from_str_radix(&packed[2 * k..2 * k + 2], 16).unwrap()).collect();
        assert_eq!(packed[0] >> 1 & 3, 2);
        let mut x = 1u64;
        let expected: Vec<u8> = (0..400)
            .map(|_| {
                x = (1_103_515_245 * x + 12_345) % (1 << 31);
                let y = x >> 16 & 0xFF;
                ((y * y * y) >> 18) as u8
            })
            .collect();
        assert_eq!(inflate(&packed, 400, &Limits::none()).unwrap(), expected);
    }
}
