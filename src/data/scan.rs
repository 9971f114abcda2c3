//! The fast reader of data files: one pass over the bytes, straight to what the engine uses.
//!
//! It knows the usual ways to write a file of the contract and reads those as the general reader does
//! ([`super::read`]); at anything else, right or wrong, it gives up with [`Halt::Odd`] and the general reader starts
//! again from the first byte. So there is one place that says what is wrong with a file.

use std::io::Read;

use super::number::exact;
use super::read::{Data, MAX_DIM};
use super::rows::Rows;
use super::source::{Halt, Source};
use crate::exact::Matrix;
use crate::limits::Limits;
use crate::num::{Gaussian, Rational};

/// Values of other keys may be nested so deep.
const DEEPEST: usize = 60;

/// Reads a whole file of at most `largest` bytes; `length` is its expected length, for estimates.
pub(super) fn data(input: impl Read, length: u64, largest: u64, limits: &Limits) -> Result<Data, Halt> {
    let mut source = Source::new(input, largest, limits);
    if source.peek()? == Some(0xEF) {
        if [source.next()?, source.next()?, source.next()?] != [0xEF, 0xBB, 0xBF] {
            return Err(Halt::Odd);
        }
    }
    let (mut dim, mut rows, mut generators) = (None, None, None);
    source.expect(b'{')?;
    loop {
        match source.key()?.as_slice() {
            b"dim" if dim.is_none() => dim = Some(dimension(&mut source)?),
            b"structure_constants" if rows.is_none() => rows = Some(constants(&mut source, length)?),
            b"generators" if generators.is_none() => generators = Some(matrices(&mut source, length)?),
            b"dim" | b"structure_constants" | b"generators" => return Err(Halt::Odd),
            _ => source.skip_value(DEEPEST)?,
        }
        match source.token()? {
            Some(b',') => source.pass(1),
            Some(b'}') => break,
            _ => return Err(Halt::Odd),
        }
    }
    source.pass(1);
    if source.token()?.is_some() {
        return Err(Halt::Odd);
    }
    match (dim, rows, generators) {
        (Some(n), Some(rows), None) => rows.table(n, limits).map(Data::Constants),
        (_, None, Some(matrices)) => Ok(Data::Generators(matrices)),
        _ => Err(Halt::Odd),
    }
}

fn dimension<R: Read>(source: &mut Source<R>) -> Result<usize, Halt> {
    let part = |text: &mut Text| {
        let n = text.index()?;
        // Something has to come after it: a number may go on in the next piece of the file.
        text.blanks();
        text.peek().map(|_| n)
    };
    let n = piece(source, part)? as usize;
    if n <= MAX_DIM { Ok(n) } else { Err(Halt::Odd) }
}

/// The list of entries, from its opening bracket to its closing one.
fn constants<'a, R: Read>(source: &mut Source<'a, R>, length: u64) -> Result<Rows<'a>, Halt> {
    let mut rows = Rows::new(source.limits());
    source.expect(b'[')?;
    if source.token()? == Some(b']') {
        source.pass(1);
        return Ok(rows);
    }
    loop {
        // As many entries as the window holds.
        let mut text = Text::of(source.rest());
        let stopped = loop {
            // Along the row that `entry` began.
            while let Some((k, numerator, denominator)) = text.usual_entry() {
                rows.push_along(k, numerator, denominator);
            }
            let start = text.at;
            match text.entry() {
                Ok((at, value, last)) => {
                    rows.push(at, value)?;
                    if last {
                        break None;
                    }
                }
                Err(end) => {
                    text.at = start;
                    break Some(end);
                }
            }
        };
        let count = text.at;
        source.pass(count);
        match stopped {
            None => return Ok(rows),
            Some(End::Odd) => return Err(Halt::Odd),
            Some(End::Short) => {
                rows.check(source.passed(), length)?;
                if !source.more()? {
                    return Err(Halt::Odd);
                }
            }
        }
    }
}

/// The list of generators: exact square matrices of one size.
fn matrices<R: Read>(source: &mut Source<R>, length: u64) -> Result<Vec<Matrix<Gaussian>>, Halt> {
    let mut out: Vec<Matrix<Gaussian>> = Vec::new();
    source.expect(b'[')?;
    if source.token()? == Some(b']') {
        source.pass(1);
        return Ok(out);
    }
    loop {
        let matrix = matrix(source)?;
        if matrix.rows() == 0 || out.first().is_some_and(|first| first.rows() != matrix.rows()) {
            return Err(Halt::Odd);
        }
        out.push(matrix);
        let taken = (out.len() * size_of::<Gaussian>()) as u128 * (out.first().map_or(0, Matrix::rows) as u128).pow(2);
        estimated(source.limits(), taken, source.passed(), length)?;
        source.limits().check()?;
        match source.token()? {
            Some(b',') => source.pass(1),
            Some(b']') => break,
            _ => return Err(Halt::Odd),
        }
    }
    source.pass(1);
    Ok(out)
}

fn matrix<R: Read>(source: &mut Source<R>) -> Result<Matrix<Gaussian>, Halt> {
    let mut rows: Vec<Vec<Gaussian>> = Vec::new();
    source.expect(b'[')?;
    loop {
        source.expect(b'[')?;
        let mut row = Vec::with_capacity(rows.first().map_or(0, Vec::len));
        loop {
            let (value, last) = piece(source, |text| text.cell())?;
            row.push(value);
            if last {
                break;
            }
        }
        rows.push(row);
        match source.token()? {
            Some(b',') => source.pass(1),
            Some(b']') => break,
            _ => return Err(Halt::Odd),
        }
    }
    source.pass(1);
    if rows.iter().any(|row| row.len() != rows.len()) {
        return Err(Halt::Odd);
    }
    Matrix::from_rows(rows).ok_or(Halt::Odd)
}

/// Refuses when so many bytes of memory, taken for a part of the file, pass the budget; the refusal names what the
/// whole file would take at that rate.
pub(super) fn estimated(limits: &Limits, taken: u128, passed: u64, length: u64) -> Result<(), Halt> {
    if limits.reserve(taken).is_err() {
        limits.reserve(taken * u128::from(length.max(passed)) / u128::from(passed.max(1)))?;
        limits.reserve(taken)?;
    }
    Ok(())
}

/// Reads a small part of the text, with more of it when the window ends in its middle.
fn piece<R: Read, T>(source: &mut Source<R>, read: impl Fn(&mut Text) -> Result<T, End>) -> Result<T, Halt> {
    loop {
        let mut text = Text::of(source.rest());
        match read(&mut text) {
            Ok(value) => {
                let count = text.at;
                source.pass(count);
                return Ok(value);
            }
            Err(End::Odd) => return Err(Halt::Odd),
            Err(End::Short) if source.more()? => {}
            Err(End::Short) => return Err(Halt::Odd),
        }
    }
}

/// Why a part of the text could not be read.
enum End {
    /// It is not what the fast reader knows.
    Odd,
    /// The window ends in its middle.
    Short,
}

/// `[i, j,` as the last entry began: in most files the next one begins with the same bytes.
#[derive(Clone, Copy)]
struct Beginning {
    /// At most 16 bytes, the first in the lowest place, and the places they fill.
    bytes: u128,
    mask: u128,
    length: usize,
}

/// The window of the source, with the place reached.
struct Text<'a> {
    bytes: &'a [u8],
    at: usize,
    beginning: Beginning,
}

/// More digits than this may not fit a machine word.
const WORD_DIGITS: usize = 18;

impl<'a> Text<'a> {
    fn of(bytes: &'a [u8]) -> Text<'a> {
        Text { bytes, at: 0, beginning: Beginning { bytes: 1, mask: 0, length: 0 } }
    }

    #[inline]
    fn peek(&self) -> Result<u8, End> {
        self.bytes.get(self.at).copied().ok_or(End::Short)
    }

    #[inline]
    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    /// Takes this byte, after blanks.
    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), End> {
        if self.bytes.get(self.at) != Some(&byte) {
            self.blanks();
            if self.peek()? != byte {
                return Err(End::Odd);
            }
        }
        self.at += 1;
        Ok(())
    }

    /// Digits, at least one and at most as many as a machine word takes, and how many.
    #[inline]
    fn digits(&mut self) -> Result<(i64, usize), End> {
        let (value, count) = match self.bytes.get(self.at..self.at + 8) {
            Some(&[a, b, c, d, e, f, g, h]) => match eight_digits(u64::from_le_bytes([a, b, c, d, e, f, g, h])) {
                (_, 8) => self.many_digits(),
                found => found,
            },
            _ => self.many_digits(),
        };
        self.at += count;
        match count {
            0 if self.at == self.bytes.len() => Err(End::Short),
            1..=WORD_DIGITS => Ok((value, count)),
            _ => Err(End::Odd),
        }
    }

    /// The same for any number of digits; the value is right for as many as a machine word takes.
    fn many_digits(&self) -> (i64, usize) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit());
        digits.fold((0, 0), |(value, count), digit| {
            (value.wrapping_mul(10).wrapping_add(i64::from(digit - b'0')), count + 1)
        })
    }

    /// A whole number as JSON writes it: no zero in front.
    #[inline]
    fn whole(&mut self) -> Result<i64, End> {
        let first = self.peek()?;
        let (value, count) = self.digits()?;
        if first == b'0' && count > 1 { Err(End::Odd) } else { Ok(value) }
    }

    /// A whole number that can be an index.
    #[inline]
    fn index(&mut self) -> Result<u32, End> {
        self.blanks();
        let value = self.whole()?;
        u32::try_from(value).ok().filter(|v| *v as usize <= MAX_DIM).ok_or(End::Odd)
    }

    /// What most entries are: the same beginning as the last one, short numbers, few blanks, and another one after it.
    /// The index along, numerator and denominator (not zero); `None`, with the place unchanged, for everything else.
    #[inline(always)]
    fn usual_entry(&mut self) -> Option<(u32, i64, i64)> {
        let text: &[u8; 64] = self.bytes.get(self.at..)?.first_chunk()?;
        // The masks change nothing: the parts read below have at most 16 + 7 + 2 + 1 + 7 + 1 + 7 bytes.
        let byte = |at: usize| text.get(at & 63).copied().unwrap_or_default();
        let number = |at: usize| {
            let part = text.get(at & 63..)?.first_chunk()?;
            let (value, count) = eight_digits(u64::from_le_bytes(*part));
            (1..8).contains(&count).then_some((value, count))
        };
        let Beginning { bytes, mask, length, .. } = self.beginning;
        if u128::from_le_bytes(*text.first_chunk()?) & mask != bytes {
            return None;
        }
        let mut at = length + usize::from(byte(length) == b' ');
        let (k, count) = number(at)?;
        if byte(at) == b'0' && count > 1 || k > MAX_DIM as i64 {
            return None;
        }
        at += count;
        if byte(at) != b',' {
            return None;
        }
        at += 1 + usize::from(byte(at + 1) == b' ');
        if byte(at) != b'"' {
            return None;
        }
        let negative = byte(at + 1) == b'-';
        at += 1 + usize::from(negative);
        let (size, count) = number(at)?;
        at += count;
        let mut denominator = 1;
        if byte(at) == b'/' {
            let (value, count) = number(at + 1)?;
            denominator = value;
            at += 1 + count;
        }
        if [byte(at), byte(at + 1), byte(at + 2)] != *b"\"]," || denominator == 0 {
            return None;
        }
        self.at += at + 3;
        Some((k as u32, if negative { -size } else { size }, denominator))
    }

    /// An entry `[i, j, k, "p/q"]` and the comma or bracket after it: indices, value, whether it was the last.
    fn entry(&mut self) -> Result<([u32; 3], Rational, bool), End> {
        let start = self.at;
        self.expect(b'[')?;
        let i = self.index()?;
        self.expect(b',')?;
        let j = self.index()?;
        self.expect(b',')?;
        let beginning = self.bytes.get(start..self.at).unwrap_or_default();
        if beginning.len() <= 16 && i != j {
            let joined = |byte: &dyn Fn(&u8) -> u8| {
                beginning.iter().rev().fold(0, |all: u128, found| all << 8 | u128::from(byte(found)))
            };
            let (bytes, mask) = (joined(&|byte| *byte), joined(&|_| 0xFF));
            self.beginning = Beginning { bytes, mask, length: beginning.len() };
        }
        let k = self.index()?;
        self.expect(b',')?;
        self.blanks();
        let value = match self.fraction()? {
            Some(value) => value,
            None => Some(self.literal()?).filter(Gaussian::is_real).map(|z| z.re).ok_or(End::Odd)?,
        };
        self.expect(b']')?;
        Ok(([i, j, k], value, self.last()?))
    }

    /// A cell of a matrix and the comma or bracket after it.
    fn cell(&mut self) -> Result<(Gaussian, bool), End> {
        self.blanks();
        let value = match self.fraction()? {
            Some(value) => Gaussian::from(value),
            None => self.literal()?,
        };
        Ok((value, self.last()?))
    }

    /// The comma after an element, or the bracket that says it was the last.
    #[inline]
    fn last(&mut self) -> Result<bool, End> {
        self.blanks();
        let last = match self.peek()? {
            b',' => false,
            b']' => true,
            _ => return Err(End::Odd),
        };
        self.at += 1;
        Ok(last)
    }

    /// `-12`, `"-12"` or `"3/4"` with few digits; `None`, with the place unchanged, for any other string.
    #[inline]
    fn fraction(&mut self) -> Result<Option<Rational>, End> {
        let start = self.at;
        let quoted = self.peek()? == b'"';
        self.at += usize::from(quoted);
        let negative = self.peek()? == b'-';
        self.at += usize::from(negative);
        let sign = if negative { -1 } else { 1 };
        if !quoted {
            let size = self.whole()?;
            // JSON's -0 is a float.
            return if negative && size == 0 { Err(End::Odd) } else { Ok(Some(Rational::from(sign * size))) };
        }
        match self.quotient() {
            Ok((size, denominator)) => Rational::new(sign * size, denominator).map(Some).ok_or(End::Odd),
            Err(End::Odd) => {
                self.at = start;
                Ok(None)
            }
            Err(End::Short) => Err(End::Short),
        }
    }

    /// `12"` or `3/4"` with few digits.
    #[inline]
    fn quotient(&mut self) -> Result<(i64, i64), End> {
        let (size, _) = self.digits()?;
        let mut denominator = 1;
        if self.peek()? == b'/' {
            self.at += 1;
            (denominator, _) = self.digits()?;
        }
        if self.peek()? != b'"' {
            return Err(End::Odd);
        }
        self.at += 1;
        Ok((size, denominator))
    }

    /// Any other string that holds a number.
    fn literal(&mut self) -> Result<Gaussian, End> {
        let inside = self.bytes.get(self.at + 1..).unwrap_or_default();
        let length = inside.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).ok_or(End::Short)?;
        if inside.get(length) != Some(&b'"') {
            return Err(End::Odd);
        }
        let text = inside.get(..length).and_then(|text| std::str::from_utf8(text).ok()).ok_or(End::Odd)?;
        let value = exact(text).ok_or(End::Odd)?;
        self.at += length + 2;
        Ok(value)
    }
}

/// The value of the digits with which eight bytes begin (the first in the lowest place), and how many they are; the
/// value is right for fewer than eight.
#[inline]
fn eight_digits(bytes: u64) -> (i64, usize) {
    let ones = 0x0101_0101_0101_0101_u64;
    // A digit becomes its value; then the high bit of each byte says that it is none.
    let values = bytes ^ (0x30 * ones);
    let others = (((values & (0x7F * ones)) + 0x76 * ones) | values) & (0x80 * ones);
    let count = (others.trailing_zeros() / 8) as usize;
    // Zeros in front, so that there are eight; then pairs, fours and all are joined at once.
    let all = if count == 0 { 0 } else { values << (64 - 8 * count) };
    let pairs = all.wrapping_mul(10).wrapping_add(all >> 8);
    let low = (pairs & 0x0000_00FF_0000_00FF).wrapping_mul(100 + (1_000_000 << 32));
    let high = ((pairs >> 16) & 0x0000_00FF_0000_00FF).wrapping_mul(1 + (10_000 << 32));
    ((low.wrapping_add(high) >> 32) as i64, count)
}
