//! Reading NumPy's `.npy` and `.npz` files.
//!
//! Floats of every width are read as doubles, whole numbers and truth values as integers, in either order of bytes and of
//! indices; archives stored or compressed. Sources as in `numpy.rs`.

use super::inflate::inflate;
use super::numpy::{Array, Numbers};
use super::{DataError, Fault};
use crate::checksum::crc32;
use crate::limits::Limits;

fn wrong(what: impl Into<String>) -> DataError {
    DataError::new(Fault::Format, format!("not a NumPy file: {}", what.into()))
}

/// How numbers are stored.
#[derive(Clone, Copy)]
struct Kind {
    letter: u8,
    bytes: usize,
    big_endian: bool,
}

/// An array from the bytes of a `.npy` file.
pub fn read_npy(bytes: &[u8], limits: &Limits) -> Result<Array, DataError> {
    let rest = bytes.strip_prefix(b"\x93NUMPY").ok_or_else(|| wrong("it does not begin as one"))?;
    let (version, rest) = rest.split_at_checked(2).ok_or_else(|| wrong("it ends too soon"))?;
    // Versions 2 and 3 have four bytes for the length of the header.
    let width = if version[0] == 1 { 2 } else { 4 };
    let (length, rest) = rest.split_at_checked(width).ok_or_else(|| wrong("it ends too soon"))?;
    let length = length.iter().rev().fold(0usize, |sum, b| sum << 8 | usize::from(*b));
    let (header, data) = rest.split_at_checked(length).ok_or_else(|| wrong("its header goes beyond the end"))?;
    let header = std::str::from_utf8(header).map_err(|_| wrong("its header is no text"))?;
    let kind = kind(&text_after(header, "'descr'").ok_or_else(|| wrong("it names no type"))?)?;
    let fortran = match word_after(header, "'fortran_order'") {
        Some("True") => true,
        Some("False") => false,
        _ => return Err(wrong("it does not say in which order its entries stand")),
    };
    let shape = shape(header).ok_or_else(|| wrong("it has no shape"))?;
    let count = shape.iter().try_fold(1usize, |product, n| product.checked_mul(*n));
    let count = count.filter(|n| n.checked_mul(kind.bytes) == Some(data.len()));
    let count = count.ok_or_else(|| wrong(format!("{} bytes are no array of shape {shape:?}", data.len())))?;
    limits.reserve(16 * count as u128)?;
    let numbers = numbers(kind, data, limits)?;
    let numbers = match (fortran && shape.len() > 1, numbers) {
        (false, numbers) => numbers,
        (true, Numbers::Real(x)) => Numbers::Real(reordered(&shape, &x)),
        (true, Numbers::Whole(x)) => Numbers::Whole(reordered(&shape, &x)),
        (true, Numbers::Complex(x)) => Numbers::Complex(reordered(&shape, &x)),
    };
    Ok(Array { shape, numbers })
}

/// What stands after a key, up to the comma or brace, without spaces.
fn word_after<'a>(header: &'a str, key: &str) -> Option<&'a str> {
    let rest = &header[header.find(key)? + key.len()..];
    let rest = rest.trim_start().strip_prefix(':')?;
    rest.split([',', '}']).next().map(str::trim)
}

fn text_after(header: &str, key: &str) -> Option<String> {
    let word = word_after(header, key)?;
    let word = word.strip_prefix(['\'', '"'])?;
    word.strip_suffix(['\'', '"']).map(str::to_string)
}

fn shape(header: &str) -> Option<Vec<usize>> {
    let rest = &header[header.find("'shape'")?..];
    let inside = rest.split_once('(')?.1.split_once(')')?.0;
    inside.split(',').map(str::trim).filter(|n| !n.is_empty()).map(|n| n.trim_end_matches('L').parse().ok()).collect()
}

fn kind(description: &str) -> Result<Kind, DataError> {
    let unknown = || wrong(format!("numbers of type {description:?} are not understood"));
    let mut letters = description.bytes();
    let order = letters.next().ok_or_else(unknown)?;
    let (big_endian, letter) = match order {
        b'<' | b'|' | b'=' => (false, letters.next()),
        b'>' => (true, letters.next()),
        letter => (false, Some(letter)),
    };
    let bytes: usize = std::str::from_utf8(&letters.collect::<Vec<_>>()).ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    match (letter.ok_or_else(unknown)?, bytes) {
        (letter @ b'f', 2 | 4 | 8)
        | (letter @ b'c', 8 | 16)
        | (letter @ (b'i' | b'u'), 1 | 2 | 4 | 8)
        | (letter @ b'b', 1) => Ok(Kind { letter, bytes, big_endian }),
        _ => Err(unknown()),
    }
}

fn numbers(kind: Kind, data: &[u8], limits: &Limits) -> Result<Numbers, DataError> {
    limits.check()?;
    let half = kind.bytes / 2;
    let word = |bytes: &[u8]| {
        let join = |sum: u64, b: &u8| sum << 8 | u64::from(*b);
        if kind.big_endian { bytes.iter().fold(0, join) } else { bytes.iter().rev().fold(0, join) }
    };
    let float = |bytes: &[u8]| match bytes.len() {
        8 => f64::from_bits(word(bytes)),
        4 => f64::from(f32::from_bits(word(bytes) as u32)),
        _ => half_precision(word(bytes) as u16),
    };
    let whole = |bytes: &[u8]| -> Result<i64, DataError> {
        let bits = 8 * bytes.len() as u32;
        match kind.letter {
            // The sign is brought to the highest bit and back.
            b'i' => Ok((word(bytes) << (64 - bits)) as i64 >> (64 - bits)),
            _ => i64::try_from(word(bytes))
                .map_err(|_| DataError::new(Fault::Number, format!("{} is too large", word(bytes)))),
        }
    };
    let items = data.chunks_exact(kind.bytes);
    Ok(match kind.letter {
        b'f' => Numbers::Real(items.map(float).collect()),
        b'c' => Numbers::Complex(items.map(|z| (float(&z[..half]), float(&z[half..]))).collect()),
        _ => Numbers::Whole(items.map(whole).collect::<Result<_, _>>()?),
    })
}

/// IEEE 754 binary16: one bit of sign, five of exponent, ten of fraction.
fn half_precision(bits: u16) -> f64 {
    let fraction = f64::from(bits & 0x3FF);
    let size = match bits >> 10 & 0x1F {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        exponent => (1024.0 + fraction) * 2f64.powi(i32::from(exponent) - 25),
    };
    if bits >> 15 == 1 { -size } else { size }
}

/// Entries with the first index fastest as entries with the last one fastest.
fn reordered<T: Copy>(shape: &[usize], entries: &[T]) -> Vec<T> {
    let mut strides = Vec::with_capacity(shape.len());
    let mut stride = 1;
    for n in shape {
        strides.push(stride);
        stride *= n;
    }
    let mut index = vec![0usize; shape.len()];
    let mut out = Vec::with_capacity(entries.len());
    for _ in 0..entries.len() {
        out.push(entries[index.iter().zip(&strides).map(|(i, s)| i * s).sum::<usize>()]);
        for (i, n) in index.iter_mut().zip(shape).rev() {
            *i += 1;
            if *i < *n {
                break;
            }
            *i = 0;
        }
    }
    out
}

/// The arrays of a `.npz` file with their names, in the order of its directory; other files in it are passed over.
pub fn read_npz(bytes: &[u8], limits: &Limits) -> Result<Vec<(String, Array)>, DataError> {
    let damaged = || wrong("its directory is damaged");
    let number = |at: usize, width: usize| -> Result<usize, DataError> {
        let field = at.checked_add(width).and_then(|end| bytes.get(at..end)).ok_or_else(damaged)?;
        Ok(field.iter().rev().fold(0usize, |sum, b| sum << 8 | usize::from(*b)))
    };
    // The end of the directory is followed by a comment of at most 65535 bytes.
    let first = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(first..).unwrap_or(&[]);
    let end = tail.windows(4).rposition(|w| w == b"PK\x05\x06").ok_or_else(|| wrong("it is no archive"))? + first;
    // The length of the comment ends the record: without it the file is cut.
    number(end + 20, 2)?;
    let (count, mut at) = (number(end + 10, 2)?, number(end + 16, 4)?);
    let mut out = Vec::new();
    for _ in 0..count {
        limits.check()?;
        if number(at, 4)? != 0x0201_4b50 {
            return Err(damaged());
        }
        let (flags, method, sum) = (number(at + 8, 2)?, number(at + 10, 2)?, number(at + 16, 4)?);
        let (packed, size) = (number(at + 20, 4)?, number(at + 24, 4)?);
        let (name, extra, comment) = (number(at + 28, 2)?, number(at + 30, 2)?, number(at + 32, 2)?);
        let place = number(at + 42, 4)?;
        let title = bytes.get(at + 46..at + 46 + name).ok_or_else(damaged)?;
        let title = String::from_utf8_lossy(title).into_owned();
        at += 46 + name + extra + comment;
        let Some(title) = title.strip_suffix(".npy") else { continue };
        if flags & 1 == 1 || [packed, size, place].contains(&0xFFFF_FFFF) {
            return Err(wrong(format!("`{title}` is encrypted or above 4 GiB")));
        }
        // The local header has a name and an extra field of its own.
        let start = place + 30 + number(place + 26, 2)? + number(place + 28, 2)?;
        let own = start.checked_add(packed).and_then(|end| bytes.get(start..end)).ok_or_else(damaged)?;
        let array = match method {
            0 if crc32(own) as usize == sum => read_npy(own, limits),
            8 => {
                let data = inflate(own, size, limits)?;
                if crc32(&data) as usize != sum {
                    return Err(wrong(format!("the check sum of `{title}` is another one")));
                }
                read_npy(&data, limits)
            }
            0 => return Err(wrong(format!("the check sum of `{title}` is another one"))),
            _ => return Err(wrong(format!("`{title}` is compressed in an unknown way"))),
        };
        let array = array.map_err(|e| DataError::new(e.fault, format!("`{title}`: {}", e.message)))?;
        out.push((title.to_string(), array));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::numpy::{npy, npz};
    use super::*;

    fn file(descr: &str, fortran: bool, shape: &str, data: &[u8]) -> Vec<u8> {
        let fortran = if fortran { "True" } else { "False" };
        let header = format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n");
        let mut out = b"\x93NUMPY\x01\x00".to_vec();
        out.extend((header.len() as u16).to_le_bytes());
        out.extend(header.as_bytes());
        out.extend(data);
        out
    }

    fn real(bytes: &[u8]) -> Vec<f64> {
        match read_npy(bytes, &Limits::none()).unwrap().numbers {
            Numbers::Real(x) => x,
            other => panic!("{other:?} is not real"),
        }
    }

    fn whole(bytes: &[u8]) -> Vec<i64> {
        match read_npy(bytes, &Limits::none()).unwrap().numbers {
            Numbers::Whole(x) => x,
            other => panic!("{other:?} is not whole"),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let a = Array { shape: vec![2, 3], numbers: Numbers::Real(vec![1.0, 2.0, 3.0, 4.0, 5.0, -6.5]) };
        let b = Array { shape: vec![], numbers: Numbers::Complex(vec![(0.0, 1.0)]) };
        let limits = Limits::none();
        assert_eq!(read_npy(&npy(&a), &limits).unwrap(), a);
        assert_eq!(read_npy(&npy(&b), &limits).unwrap(), b);
        let archive = npz(&[("a".to_string(), a.clone()), ("b".to_string(), b.clone())]).unwrap();
        assert_eq!(read_npz(&archive, &limits).unwrap(), [("a".to_string(), a), ("b".to_string(), b)]);
    }

    #[test]
    fn types_and_orders() {
        // The encodings are those of IEEE 754 and of two's complement.
        assert_eq!(real(&file("<f4", false, "(1,)", &1.5f32.to_le_bytes())), [1.5]);
        assert_eq!(real(&file(">f8", false, "(1,)", &(-2.25f64).to_be_bytes())), [-2.25]);
        assert_eq!(
            real(&file("<f2", false, "(3,)", &[0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00])),
            [1.0, -2.0, 2f64.powi(-24)]
        );
        assert_eq!(whole(&file("<i2", false, "(2,)", &[0xFF, 0xFF, 2, 0])), [-1, 2]);
        assert_eq!(whole(&file(">i4", false, "(1,)", &[0xFF, 0xFF, 0xFF, 0xFE])), [-2]);
        assert_eq!(whole(&file("|u1", false, "(2,)", &[0xFF, 1])), [255, 1]);
        assert_eq!(whole(&file("|b1", false, "(2,)", &[1, 0])), [1, 0]);
        // Columns first: [[1, 2, 3], [4, 5, 6]].
        assert_eq!(whole(&file("|i1", true, "(2, 3)", &[1, 4, 2, 5, 3, 6])), [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn hostile_files_are_refused() {
        let good = npy(&Array { shape: vec![2], numbers: Numbers::Real(vec![1.0, 2.0]) });
        let limits = Limits::none();
        let cases = [
            Vec::new(),
            good[..7].to_vec(),
            good[..40].to_vec(),
            good[..good.len() - 1].to_vec(),
            file("<f8", false, "(3,)", &[0; 16]),
            file("<f8", false, "(18446744073709551615, 2)", &[0; 16]),
            file("<f8", false, "(-1,)", &[0; 8]),
            file("|O", false, "(1,)", &[0; 8]),
            file("<U4", false, "(1,)", &[0; 16]),
        ];
        for bytes in cases {
            assert_eq!(read_npy(&bytes, &limits).unwrap_err().fault, Fault::Format);
        }
        let large = file("<u8", false, "(1,)", &u64::MAX.to_le_bytes());
        assert_eq!(read_npy(&large, &limits).unwrap_err().fault, Fault::Number);
        let archive = npz(&[("a".to_string(), read_npy(&good, &limits).unwrap())]).unwrap();
        for cut in [0, 10, 21, archive.len() - 30, archive.len() - 1] {
            assert!(read_npz(&archive[..cut], &limits).is_err());
        }
        let mut damaged = archive.clone();
        damaged[120] ^= 1;
        assert_eq!(read_npz(&damaged, &limits).unwrap_err().fault, Fault::Format);
    }
}
