//! Bytes from a reader in large pieces: what the fast reader of data files looks at, never the whole file at once.

use std::io::{ErrorKind, Read};

use crate::limits::{Limits, Stop};

/// Why the fast reader gives up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Halt {
    /// Something it does not know: the general reader has to look, and says what is wrong if anything is.
    Odd,
    /// A limit was met.
    Stop(Stop),
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Halt {
        Halt::Stop(stop)
    }
}

/// What is read at once.
const PIECE: usize = 1 << 18;

/// The longest single number or entry that is kept in the buffer.
const LONGEST: usize = 1 << 22;

/// A reader with a window on what comes next.
pub(super) struct Source<'a, R> {
    input: R,
    limits: &'a Limits,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    /// Bytes taken from the reader so far, and how many are allowed.
    taken: u64,
    largest: u64,
}

impl<'a, R: Read> Source<'a, R> {
    /// A source of at most `largest` bytes.
    pub(super) fn new(input: R, largest: u64, limits: &'a Limits) -> Source<'a, R> {
        Source { input, limits, buffer: vec![0; PIECE], at: 0, end: 0, taken: 0, largest }
    }

    /// The limits of the computation.
    pub(super) fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// How many bytes lie behind the window.
    pub(super) fn passed(&self) -> u64 {
        self.taken - (self.end - self.at) as u64
    }

    /// The window.
    pub(super) fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..self.end).unwrap_or_default()
    }

    /// Moves the window forward.
    pub(super) fn pass(&mut self, count: usize) {
        self.at = (self.at + count).min(self.end);
    }

    /// Lengthens the window; `false` at the end of the input.
    pub(super) fn more(&mut self) -> Result<bool, Halt> {
        self.limits.check()?;
        self.buffer.copy_within(self.at..self.end, 0);
        self.end -= self.at;
        self.at = 0;
        if 2 * self.end > self.buffer.len() {
            if self.buffer.len() >= LONGEST {
                return Err(Halt::Odd);
            }
            self.buffer.resize(2 * self.buffer.len(), 0);
        }
        let free = self.buffer.get_mut(self.end..).unwrap_or_default();
        let count = loop {
            match self.input.read(free) {
                Ok(count) => break count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Err(Halt::Odd),
            }
        };
        self.end += count;
        self.taken += count as u64;
        if self.taken > self.largest { Err(Halt::Odd) } else { Ok(count > 0) }
    }

    /// The next byte, which stays in the window; `None` at the end of the input.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, Halt> {
        loop {
            if let Some(byte) = self.rest().first() {
                return Ok(Some(*byte));
            }
            if !self.more()? {
                return Ok(None);
            }
        }
    }

    /// Takes the next byte, which must be there.
    pub(super) fn next(&mut self) -> Result<u8, Halt> {
        let byte = self.peek()?.ok_or(Halt::Odd)?;
        self.pass(1);
        Ok(byte)
    }

    /// Passes blanks and returns the byte after them, which stays in the window.
    pub(super) fn token(&mut self) -> Result<Option<u8>, Halt> {
        loop {
            match self.peek()? {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.pass(1),
                other => return Ok(other),
            }
        }
    }

    /// Takes this byte, after blanks.
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Halt> {
        if self.token()? != Some(byte) {
            return Err(Halt::Odd);
        }
        self.pass(1);
        Ok(())
    }

    /// Takes this word.
    fn word(&mut self, word: &[u8]) -> Result<(), Halt> {
        word.iter().try_for_each(|byte| if self.next()? == *byte { Ok(()) } else { Err(Halt::Odd) })
    }

    /// A key without escapes, from its opening quote to the colon after it.
    pub(super) fn key(&mut self) -> Result<Vec<u8>, Halt> {
        self.expect(b'"')?;
        let mut key = Vec::new();
        loop {
            match self.next()? {
                b'"' => break,
                byte @ b' '..=b'~' if byte != b'\\' && key.len() < PIECE => key.push(byte),
                _ => return Err(Halt::Odd),
            }
        }
        self.expect(b':')?;
        Ok(key)
    }

    /// Passes one value of any shape, nested at most this deep.
    pub(super) fn skip_value(&mut self, deepest: usize) -> Result<(), Halt> {
        let mut open = Vec::new();
        loop {
            match self.token()?.ok_or(Halt::Odd)? {
                b'[' => {
                    self.pass(1);
                    if self.token()? != Some(b']') {
                        open.push(b']');
                        if open.len() > deepest {
                            return Err(Halt::Odd);
                        }
                        continue;
                    }
                    self.pass(1);
                }
                b'{' => {
                    self.pass(1);
                    if self.token()? != Some(b'}') {
                        open.push(b'}');
                        if open.len() > deepest {
                            return Err(Halt::Odd);
                        }
                        self.key()?;
                        continue;
                    }
                    self.pass(1);
                }
                b'"' => self.skip_string()?,
                b't' => self.word(b"true")?,
                b'f' => self.word(b"false")?,
                b'n' => self.word(b"null")?,
                _ => self.skip_number()?,
            }
            // The value is complete: what surrounds it goes on or ends.
            loop {
                let Some(closing) = open.last().copied() else { return Ok(()) };
                match self.token()? {
                    Some(b',') => {
                        self.pass(1);
                        if closing == b'}' {
                            self.key()?;
                        }
                        break;
                    }
                    Some(byte) if byte == closing => {
                        self.pass(1);
                        open.pop();
                    }
                    _ => return Err(Halt::Odd),
                }
            }
        }
    }

    fn skip_string(&mut self) -> Result<(), Halt> {
        self.pass(1);
        loop {
            let rest = self.rest();
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
            match plain.map(|count| (count, rest.get(count))) {
                Some((count, Some(b'"'))) => {
                    self.pass(count + 1);
                    return Ok(());
                }
                Some(_) => return Err(Halt::Odd),
                None => {
                    self.pass(rest.len());
                    if !self.more()? {
                        return Err(Halt::Odd);
                    }
                }
            }
        }
    }

    fn skip_number(&mut self) -> Result<(), Halt> {
        if self.peek()? == Some(b'-') {
            self.pass(1);
        }
        match self.peek()? {
            Some(b'0') => self.pass(1),
            _ => self.skip_digits()?,
        }
        if self.peek()? == Some(b'.') {
            self.pass(1);
            self.skip_digits()?;
        }
        if matches!(self.peek()?, Some(b'e' | b'E')) {
            self.pass(1);
            if matches!(self.peek()?, Some(b'+' | b'-')) {
                self.pass(1);
            }
            self.skip_digits()?;
        }
        Ok(())
    }

    fn skip_digits(&mut self) -> Result<(), Halt> {
        let mut any = false;
        while self.peek()?.is_some_and(|byte| byte.is_ascii_digit()) {
            self.pass(1);
            any = true;
        }
        if any { Ok(()) } else { Err(Halt::Odd) }
    }
}
