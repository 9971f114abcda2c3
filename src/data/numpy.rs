//! NumPy's array files: `.npy` (format 1.0) and `.npz`, a ZIP archive of them, stored without compression.
//!
//! Sources: NumPy Enhancement Proposal 1; PKWARE, APPNOTE.TXT 6.3, sections 4.3 and 4.4.

use super::{DataError, Fault};
use crate::checksum::crc32;

/// The numbers of an array, row after row.
#[derive(Clone, Debug, PartialEq)]
pub enum Numbers {
    /// Doubles, `<f8`.
    Real(Vec<f64>),
    /// Whole numbers, `<i8`.
    Whole(Vec<i64>),
    /// Pairs of doubles, `<c16`.
    Complex(Vec<(f64, f64)>),
}

/// An array of any number of dimensions.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// Its shape; the product is the number of entries.
    pub shape: Vec<usize>,
    /// Its entries, the last index fastest.
    pub numbers: Numbers,
}

/// The bytes of a `.npy` file: a header of a multiple of 64 bytes, then the numbers, least significant byte first.
pub fn npy(array: &Array) -> Vec<u8> {
    let (kind, data): (&str, Vec<u8>) = match &array.numbers {
        Numbers::Real(x) => ("<f8", x.iter().flat_map(|v| v.to_le_bytes()).collect()),
        Numbers::Whole(x) => ("<i8", x.iter().flat_map(|v| v.to_le_bytes()).collect()),
        Numbers::Complex(x) => {
            ("<c16", x.iter().flat_map(|(re, im)| [re.to_le_bytes(), im.to_le_bytes()].concat()).collect())
        }
    };
    let sizes: Vec<String> = array.shape.iter().map(|n| format!("{n},")).collect();
    let shape = sizes.join(" ");
    // Python writes (3,) but (2, 3).
    let shape = if sizes.len() > 1 { shape.trim_end_matches(',') } else { &shape };
    let mut header = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': ({shape}), }}");
    let before = 10;
    let padding = (64 - (before + header.len() + 1) % 64) % 64;
    header.push_str(&" ".repeat(padding));
    header.push('\n');
    let mut out = b"\x93NUMPY\x01\x00".to_vec();
    out.extend((header.len() as u16).to_le_bytes());
    out.extend(header.as_bytes());
    out.extend(data);
    out
}

/// The bytes of a `.npz` file with these arrays by name; an error beyond the sizes of the classic ZIP format.
pub fn npz(arrays: &[(String, Array)]) -> Result<Vec<u8>, DataError> {
    let too_large = || DataError::new(Fault::Io, "a .npz file holds at most 65535 arrays and 4 GiB");
    let size = |n: usize| u32::try_from(n).map_err(|_| too_large());
    let count = u16::try_from(arrays.len()).map_err(|_| too_large())?;
    let mut out: Vec<u8> = Vec::new();
    let mut directory: Vec<u8> = Vec::new();
    for (name, array) in arrays {
        let (name, data) = (format!("{name}.npy"), npy(array));
        let length = u16::try_from(name.len()).map_err(|_| too_large())?;
        let offset = size(out.len())?;
        // Version 2.0, no flags, stored, the first of January 1980: the same arrays give the same bytes.
        let mut common: Vec<u8> = Vec::new();
        for word in [20u16, 0, 0, 0, 0x21] {
            common.extend(word.to_le_bytes());
        }
        for word in [crc32(&data), size(data.len())?, size(data.len())?] {
            common.extend(word.to_le_bytes());
        }
        common.extend(length.to_le_bytes());
        common.extend(0u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(data);
        directory.extend(b"PK\x01\x02");
        directory.extend(20u16.to_le_bytes());
        directory.extend(&common);
        // No comment, disk 0, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, length) = (size(out.len())?, size(directory.len())?);
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(0u16.to_le_bytes());
    size(out.len())?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_those_of_numpy() {
        // numpy.save(f, numpy.array([[1., 2., 3.], [4., 5., 6.]])): 128 bytes of header, then 48 of data.
        let array = Array { shape: vec![2, 3], numbers: Numbers::Real(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]) };
        let bytes = npy(&array);
        assert_eq!(bytes.len(), 128 + 48);
        assert_eq!(&bytes[..10], b"\x93NUMPY\x01\x00v\x00");
        assert!(bytes[10..].starts_with(b"{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"));
        assert_eq!(bytes[127], b'\n');
        assert_eq!(&bytes[128..136], &1f64.to_le_bytes());
        let line = npy(&Array { shape: vec![2], numbers: Numbers::Real(vec![1.0, -1.0]) });
        assert!(line[10..].starts_with(b"{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }"));
        let point = npy(&Array { shape: vec![], numbers: Numbers::Complex(vec![(0.0, 1.0)]) });
        assert!(point[10..].starts_with(b"{'descr': '<c16', 'fortran_order': False, 'shape': (), }"));
        for bytes in [line, point] {
            assert_eq!((bytes.len() - 16) % 64, 0);
        }
    }

    #[test]
    fn archives_have_a_directory() {
        let array = Array { shape: vec![1], numbers: Numbers::Real(vec![0.5]) };
        let bytes = npz(&[("a".to_string(), array.clone()), ("b".to_string(), array)]).unwrap();
        let end = &bytes[bytes.len() - 22..];
        assert_eq!(&end[..4], b"PK\x05\x06");
        assert_eq!(u16::from_le_bytes([end[10], end[11]]), 2);
        let start = u32::from_le_bytes([end[16], end[17], end[18], end[19]]) as usize;
        let length = u32::from_le_bytes([end[12], end[13], end[14], end[15]]) as usize;
        assert_eq!(&bytes[start..start + 4], b"PK\x01\x02");
        assert_eq!(start + length + 22, bytes.len());
        // The second entry of the directory points to the second array.
        let second = start + 46 + 5;
        let offset = u32::from_le_bytes(bytes[second + 42..second + 46].try_into().unwrap()) as usize;
        assert_eq!(&bytes[offset..offset + 4], b"PK\x03\x04");
        assert_eq!(&bytes[offset + 30..offset + 35], b"b.npy");
    }
}
