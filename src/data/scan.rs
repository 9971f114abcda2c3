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
        text.blanks();
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
        let mut text = Text { bytes: source.rest(), at: 0 };
        let stopped = loop {
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
        let mut text = Text { bytes: source.rest(), at: 0 };
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

/// The window of the source, with the place reached.
struct Text<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// More digits than this may not fit a machine word.
const WORD_DIGITS: usize = 18;

impl Text<'_> {
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
        let start = self.at;
        let mut value: i64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.bytes.get(self.at) {
            // Wraps only after more digits than are accepted below.
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            self.at += 1;
        }
        let count = self.at - start;
        if count == 0 {
            return Err(if self.at == self.bytes.len() { End::Short } else { End::Odd });
        }
        if count <= WORD_DIGITS { Ok((value, count)) } else { Err(End::Odd) }
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
        let value = self.whole()?;
        u32::try_from(value).ok().filter(|v| *v as usize <= MAX_DIM).ok_or(End::Odd)
    }

    /// An entry `[i, j, k, "p/q"]` and the comma or bracket after it: indices, value, whether it was the last.
    #[inline]
    fn entry(&mut self) -> Result<([u32; 3], Rational, bool), End> {
        self.expect(b'[')?;
        let mut at = [0; 3];
        for index in &mut at {
            self.blanks();
            *index = self.index()?;
            self.expect(b',')?;
        }
        self.blanks();
        let value = match self.fraction()? {
            Some(value) => value,
            None => Some(self.literal()?).filter(Gaussian::is_real).map(|z| z.re).ok_or(End::Odd)?,
        };
        self.expect(b']')?;
        Ok((at, value, self.last()?))
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
        let mut parts = || -> Result<Option<Rational>, End> {
            let (size, _) = self.digits()?;
            let denominator = match self.peek()? {
                b'/' => {
                    self.at += 1;
                    self.digits()?.0
                }
                _ => 1,
            };
            if self.peek()? != b'"' {
                return Ok(None);
            }
            self.at += 1;
            Rational::new(sign * size, denominator).map(Some).ok_or(End::Odd)
        };
        match parts() {
            Ok(Some(value)) => Ok(Some(value)),
            Ok(None) | Err(End::Odd) => {
                self.at = start;
                Ok(None)
            }
            Err(End::Short) => Err(End::Short),
        }
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
