//! The checksum of PNG chunks and ZIP entries.

/// CRC-32 with the polynomial of ISO 3309, by table.
pub fn crc32<'a>(data: impl IntoIterator<Item = &'a u8>) -> u32 {
    let mut table = [0u32; 256];
    for (k, entry) in table.iter_mut().enumerate() {
        *entry = (0..8).fold(k as u32, |s, _| if s & 1 == 1 { (s >> 1) ^ 0xEDB8_8320 } else { s >> 1 });
    }
    !data.into_iter().fold(u32::MAX, |sum, &byte| {
        let at = (sum ^ u32::from(byte)) & 0xFF;
        (sum >> 8) ^ table.get(at as usize).copied().unwrap_or(0)
    })
}

#[cfg(test)]
mod tests {
    use super::crc32;

    /// The check value of CRC-32/ISO-HDLC in the catalogue of parametrised algorithms.
    #[test]
    fn the_check_value() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
