//! Reading NumPy's array files: real numbers of any width, `.npy`, and `.npz` archives without compression.

use super::numpy::{Array, Numbers};
use super::{DataError, Fault};
use crate::limits::Limits;

fn wrong(message: impl Into<String>) -> DataError {
    DataError::new(Fault::Format, message)
}

/// `N` bytes from a place, or an error: the file ends there.
fn bytes<const N: usize>(data: &[u8], at: usize) -> Result<[u8; N], DataError> {
    let end = at.checked_add(N).ok_or_else(|| wrong("the file ends too early"))?;
    let found = data.get(at..end).and_then(|b| <[u8; N]>::try_from(b).ok());
    found.ok_or_else(|| wrong("the file ends too early"))
}

fn word(data: &[u8], at: usize) -> Result<usize, DataError> {
    Ok(usize::from(u16::from_le_bytes(bytes(data, at)?)))
}

fn long(data: &[u8], at: usize) -> Result<usize, DataError> {
    Ok(u32::from_le_bytes(bytes(data, at)?) as usize)
}

/// The array of a `.npy` file.
pub fn npy(data: &[u8], limits: &Limits) -> Result<Array, DataError> {
    if data.get(..6) != Some(b"\x93NUMPY") {
        return Err(wrong("this is no NumPy array: it does not start with \\x93NUMPY"));
    }
    let (length, start): (usize, usize) = match data.get(6) {
        Some(1) => (word(data, 8)?, 10),
        Some(2 | 3) => (long(data, 8)?, 12),
        _ => return Err(wrong("this version of NumPy's format is not known")),
    };
    let header = data.get(start..start.saturating_add(length)).and_then(|h| std::str::from_utf8(h).ok());
    let header = header.ok_or_else(|| wrong("the header of the array is cut off"))?;
    let shape = shape(header)?;
    let count = shape.iter().try_fold(1usize, |product, &n| product.checked_mul(n));
    let count = count.ok_or_else(|| wrong("the shape of the array is too large"))?;
    let kind = quoted(header, "descr").ok_or_else(|| wrong("the header of the array names no type"))?;
    let width = width(kind)?;
    let body = data.get(start + length..).unwrap_or_default();
    if count.checked_mul(width) != Some(body.len()) {
        let message =
            format!("the array holds {} bytes, its shape {shape:?} needs {count} numbers of {width}", body.len());
        return Err(wrong(message));
    }
    limits.reserve(count as u128 * 16)?;
    let mut numbers: Vec<f64> = Vec::with_capacity(count);
    for chunk in body.chunks_exact(width) {
        numbers.push(number(kind, chunk).ok_or_else(|| wrong("a number of the array cannot be read"))?);
    }
    if numbers.iter().any(|x| !x.is_finite()) {
        return Err(DataError::new(Fault::Number, "the array holds numbers that are not finite"));
    }
    if header.contains("'fortran_order': True") && shape.len() == 2 {
        let (rows, cols) = (shape[0], shape[1]);
        numbers = (0..count).map(|k| numbers[k % cols * rows + k / cols]).collect();
    } else if header.contains("'fortran_order': True") && shape.len() > 2 {
        return Err(wrong("arrays of three or more dimensions are read in C order only"));
    }
    Ok(Array { shape, numbers: Numbers::Real(numbers) })
}

fn quoted<'a>(header: &'a str, key: &str) -> Option<&'a str> {
    let after = header.split_once(&format!("'{key}':"))?.1.trim_start();
    after.strip_prefix('\'')?.split_once('\'').map(|(value, _)| value)
}

fn shape(header: &str) -> Result<Vec<usize>, DataError> {
    let inside = header.split_once("'shape':").and_then(|(_, rest)| rest.trim_start().strip_prefix('('));
    let inside = inside.and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside);
    let sizes = inside.ok_or_else(|| wrong("the header of the array names no shape"))?.split(',').map(str::trim);
    sizes
        .filter(|s| !s.is_empty())
        .map(|s| s.parse().map_err(|_| wrong("the shape of the array cannot be read")))
        .collect()
}

/// Bytes of a number of this type.
fn width(kind: &str) -> Result<usize, DataError> {
    match kind {
        "|i1" | "|u1" | "|b1" => Ok(1),
        "<i2" | "<u2" => Ok(2),
        "<f4" | "<i4" | "<u4" => Ok(4),
        "<f8" | "<i8" | "<u8" => Ok(8),
        other => Err(wrong(format!("arrays of type {other} are not read; astype(float) makes one that is"))),
    }
}

fn number(kind: &str, chunk: &[u8]) -> Option<f64> {
    Some(match kind {
        "<f8" => f64::from_le_bytes(chunk.try_into().ok()?),
        "<f4" => f64::from(f32::from_le_bytes(chunk.try_into().ok()?)),
        "<i8" => i64::from_le_bytes(chunk.try_into().ok()?) as f64,
        "<u8" => u64::from_le_bytes(chunk.try_into().ok()?) as f64,
        "<i4" => f64::from(i32::from_le_bytes(chunk.try_into().ok()?)),
        "<u4" => f64::from(u32::from_le_bytes(chunk.try_into().ok()?)),
        "<i2" => f64::from(i16::from_le_bytes(chunk.try_into().ok()?)),
        "<u2" => f64::from(u16::from_le_bytes(chunk.try_into().ok()?)),
        "|i1" => f64::from(i8::from_le_bytes(chunk.try_into().ok()?)),
        _ => f64::from(*chunk.first()?),
    })
}

/// The arrays of a `.npz` file by name, in the order of its directory.
pub fn npz(data: &[u8], limits: &Limits) -> Result<Vec<(String, Array)>, DataError> {
    // The end record has 22 bytes and a comment of at most 65535.
    let from = data.len().saturating_sub(22 + 65_535);
    let tail = data.get(from..).unwrap_or_default();
    let end = tail.windows(4).rposition(|w| w == b"PK\x05\x06").map(|at| from + at);
    let end = end.ok_or_else(|| wrong("this is no archive of arrays: it has no directory"))?;
    let (count, mut at) = (word(data, end + 10)?, long(data, end + 16)?);
    let mut out = Vec::new();
    for _ in 0..count {
        limits.check()?;
        if bytes(data, at)? != *b"PK\x01\x02" {
            return Err(wrong("the directory of the archive is damaged"));
        }
        if word(data, at + 10)? != 0 {
            return Err(wrong("the archive is compressed; numpy.savez writes one that is not"));
        }
        let (size, name_length) = (long(data, at + 24)?, word(data, at + 28)?);
        let (extra, comment, offset) = (word(data, at + 30)?, word(data, at + 32)?, long(data, at + 42)?);
        let name = data.get(at + 46..at + 46 + name_length).and_then(|n| std::str::from_utf8(n).ok());
        let name = name.ok_or_else(|| wrong("a name in the archive cannot be read"))?;
        let start = offset + 30 + word(data, offset + 26)? + word(data, offset + 28)?;
        let file = data.get(start..start.saturating_add(size)).ok_or_else(|| wrong("the archive is cut off"))?;
        out.push((name.strip_suffix(".npy").unwrap_or(name).to_string(), npy(file, limits)?));
        at += 46 + name_length + extra + comment;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::numpy;
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let a = Array { shape: vec![2, 3], numbers: Numbers::Real(vec![1.0, -2.5, 3.0, 4.0, 5.0, 1e-300]) };
        let b = Array { shape: vec![2], numbers: Numbers::Real(vec![0.0, 7.0]) };
        let limits = Limits::none();
        assert_eq!(npy(&numpy::npy(&a), &limits), Ok(a.clone()));
        let both = [("a".to_string(), a), ("b c".to_string(), b)];
        assert_eq!(npz(&numpy::npz(&both).unwrap(), &limits).unwrap(), both);
    }

    /// The bytes of `numpy.save(f, numpy.asfortranarray([[1, 2], [3, 4]], dtype="<i2"))`.
    #[test]
    fn columns_first_and_integers() {
        let header = format!("{:<117}\n", "{'descr': '<i2', 'fortran_order': True, 'shape': (2, 2), }");
        let mut file = b"\x93NUMPY\x01\x00v\x00".to_vec();
        file.extend(header.as_bytes());
        file.extend([1i16, 3, 2, 4].iter().flat_map(|x| x.to_le_bytes()));
        let array = npy(&file, &Limits::none()).unwrap();
        assert_eq!(array.numbers, Numbers::Real(vec![1.0, 2.0, 3.0, 4.0]));
    }

    #[test]
    fn every_cut_is_an_error() {
        let a = Array { shape: vec![3], numbers: Numbers::Real(vec![1.0, 2.0, 3.0]) };
        let (one, all) = (numpy::npy(&a), numpy::npz(&[("a".to_string(), a)]).unwrap());
        let limits = Limits::none();
        assert!((0..one.len()).all(|n| npy(&one[..n], &limits).is_err()));
        assert!((0..all.len()).all(|n| npz(&all[..n], &limits).is_err()));
        for at in 0..one.len() - 24 {
            // Whatever byte of the header changes, there is an answer or an error.
            let mut changed = one.clone();
            changed[at] ^= 0x5f;
            let _ = npy(&changed, &limits);
        }
    }
}
