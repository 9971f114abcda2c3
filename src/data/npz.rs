//! NumPy's NPZ archives: ZIP files of NPY arrays, stored without compression.
//!
//! Formats: NPY version 1.0 (NumPy enhancement proposal 1), ZIP (APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16), with its
//! 64-bit extensions where sizes need them.

use super::DataError;
use crate::limits::Limits;

/// An array in double precision, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct FloatArray {
    /// Its lengths.
    pub shape: Vec<usize>,
    /// As many numbers as their product.
    pub values: Vec<f64>,
}

/// The bytes of an archive with one array under this name.
pub fn npz(name: &str, array: &FloatArray, limits: &Limits) -> Result<Vec<u8>, DataError> {
    let data = npy(array, limits)?;
    let file = format!("{name}.npy");
    let large = data.len() as u64 >= u64::from(u32::MAX);
    // Date: 1 January 1980, the first that the format knows, so that equal arrays give equal files.
    let (time, date) = (0u16, 0x21u16);
    let version: u16 = if large { 45 } else { 20 };
    let size = if large { u32::MAX } else { data.len() as u32 };
    let checksum = crc32(&data);
    let extra: Vec<u8> = if large {
        let sizes = [data.len() as u64; 2].iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
        [&1u16.to_le_bytes()[..], &16u16.to_le_bytes(), &sizes].concat()
    } else {
        Vec::new()
    };
    let common = |out: &mut Vec<u8>| {
        for half in [version, 0, 0, time, date] {
            out.extend(half.to_le_bytes());
        }
        for word in [checksum, size, size] {
            out.extend(word.to_le_bytes());
        }
        out.extend((file.len() as u16).to_le_bytes());
        out.extend((extra.len() as u16).to_le_bytes());
    };
    limits.reserve(data.len() as u128 + 1024)?;
    let mut out = Vec::with_capacity(data.len() + 1024);
    out.extend(b"PK\x03\x04");
    common(&mut out);
    out.extend(file.as_bytes());
    out.extend(&extra);
    out.extend(&data);
    let directory = out.len() as u64;
    out.extend(b"PK\x01\x02");
    out.extend(version.to_le_bytes());
    common(&mut out);
    // Comment length, disk, attributes, and where the entry starts.
    out.extend([0; 14]);
    out.extend(file.as_bytes());
    out.extend(&extra);
    let length = out.len() as u64 - directory;
    if directory >= u64::from(u32::MAX) {
        let end = out.len() as u64;
        out.extend(b"PK\x06\x06");
        out.extend(44u64.to_le_bytes());
        out.extend([version.to_le_bytes(), version.to_le_bytes()].concat());
        out.extend([0; 8]);
        for number in [1, 1, length, directory] {
            out.extend(number.to_le_bytes());
        }
        out.extend(b"PK\x06\x07");
        out.extend(0u32.to_le_bytes());
        out.extend(end.to_le_bytes());
        out.extend(1u32.to_le_bytes());
    }
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    out.extend([1u16.to_le_bytes(), 1u16.to_le_bytes()].concat());
    out.extend((length as u32).to_le_bytes());
    out.extend((directory.min(u64::from(u32::MAX)) as u32).to_le_bytes());
    out.extend([0; 2]);
    Ok(out)
}

/// The bytes of an NPY file: a header of a multiple of 64 bytes, then the numbers, little end first.
pub fn npy(array: &FloatArray, limits: &Limits) -> Result<Vec<u8>, DataError> {
    let lengths: Vec<String> = array.shape.iter().map(usize::to_string).collect();
    let comma = if lengths.len() == 1 { "," } else { "" };
    let text = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({}{comma}), }}", lengths.join(", "));
    let padding = (64 - (10 + text.len() + 1) % 64) % 64;
    let header = format!("{text}{}\n", " ".repeat(padding));
    limits.reserve(8 * array.values.len() as u128 + 1024)?;
    let mut out = Vec::with_capacity(8 * array.values.len() + 10 + header.len());
    out.extend(b"\x93NUMPY\x01\x00");
    out.extend((header.len() as u16).to_le_bytes());
    out.extend(header.as_bytes());
    for chunk in array.values.chunks(1 << 16) {
        limits.check()?;
        out.extend(chunk.iter().flat_map(|x| x.to_le_bytes()));
    }
    Ok(out)
}

/// The checksum of ZIP: the remainder by the polynomial 0x04C11DB7, bits reversed.
fn crc32(bytes: &[u8]) -> u32 {
    let mut table = [0u32; 256];
    for (i, slot) in table.iter_mut().enumerate() {
        *slot = (0..8).fold(i as u32, |c, _| if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 });
    }
    let step = |c: u32, byte: &u8| table[((c ^ u32::from(*byte)) & 0xFF) as usize] ^ (c >> 8);
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_published_one() {
        // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised algorithms.
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn an_archive_has_its_parts_in_place() {
        let array = FloatArray { shape: vec![1, 2, 3], values: vec![1.0, 0.0, -0.5, 2.0, 3.0, 4.0] };
        let bytes = npz("basis", &array, &Limits::none()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(bytes.starts_with(b"PK\x03\x04") && text.contains("basis.npy"));
        assert!(text.contains("'shape': (1, 2, 3)"));
        // The data starts at a multiple of 64 bytes after the local header and ends before the directory.
        let data = npy(&array, &Limits::none()).unwrap();
        assert_eq!((data.len() - 48) % 64, 0);
        let start = 30 + "basis.npy".len();
        assert_eq!(&bytes[start..start + data.len()], &data[..]);
        assert_eq!(&bytes[start + data.len()..start + data.len() + 4], b"PK\x01\x02");
        assert_eq!(&data[data.len() - 8..], &4.0f64.to_le_bytes());
        let end = bytes.len() - 22;
        assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
        let directory = u32::from_le_bytes(bytes[end + 16..end + 20].try_into().unwrap());
        assert_eq!(directory as usize, start + data.len());
    }
}
