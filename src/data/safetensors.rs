//! The safetensors format: eight bytes with the length of a JSON header, the header, then the numbers of all tensors.
//!
//! Source: the format's description in the repository huggingface/safetensors. Names, types, shapes and places are checked
//! when a file is read, before anything is taken from it.

use serde_json::{Map, Value as Json, json};

use super::{DataError, Fault};
use crate::limits::Limits;

/// Longer headers are refused, as the format asks.
const MAX_HEADER: u64 = 100_000_000;

/// The numbers of a tensor.
#[derive(Clone, Debug, PartialEq)]
pub enum Numbers {
    /// `F64`, or `F32` read as doubles.
    Real(Vec<f64>),
    /// `U32`.
    Index(Vec<u32>),
}

/// A named tensor.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// Its name.
    pub name: String,
    /// Its shape; the product is the number of entries.
    pub shape: Vec<usize>,
    /// Its entries, the last index fastest.
    pub numbers: Numbers,
}

/// The types read and written: name, bytes of a number.
const TYPES: &[(&str, usize)] = &[("F64", 8), ("F32", 4), ("U32", 4)];

/// The bytes of a file with these tensors, in this order, and these texts.
pub fn write(tensors: &[Tensor], metadata: &[(&str, String)], limits: &Limits) -> Result<Vec<u8>, DataError> {
    let mut header = Map::new();
    let texts: Map<String, Json> = metadata.iter().map(|(key, text)| (key.to_string(), json!(text))).collect();
    header.insert("__metadata__".to_string(), Json::Object(texts));
    let mut end = 0usize;
    for tensor in tensors {
        let (name, bytes) = match &tensor.numbers {
            Numbers::Real(x) => ("F64", 8 * x.len()),
            Numbers::Index(x) => ("U32", 4 * x.len()),
        };
        let offsets = [end, end + bytes];
        end += bytes;
        let value = json!({"dtype": name, "shape": tensor.shape, "data_offsets": offsets});
        if header.insert(tensor.name.clone(), value).is_some() {
            return Err(DataError::new(Fault::Duplicate, format!("two tensors are called `{}`", tensor.name)));
        }
    }
    // Spaces after the header bring the numbers to a multiple of eight bytes.
    let mut header = Json::Object(header).to_string();
    header.push_str(&" ".repeat(header.len().next_multiple_of(8) - header.len()));
    limits.reserve((8 + header.len() + end) as u128)?;
    let mut out = Vec::with_capacity(8 + header.len() + end);
    out.extend((header.len() as u64).to_le_bytes());
    out.extend(header.as_bytes());
    for tensor in tensors {
        limits.check()?;
        match &tensor.numbers {
            Numbers::Real(x) => out.extend(x.iter().flat_map(|v| v.to_le_bytes())),
            Numbers::Index(x) => out.extend(x.iter().flat_map(|v| v.to_le_bytes())),
        }
    }
    Ok(out)
}

fn wrong(what: impl Into<String>) -> DataError {
    DataError::new(Fault::Format, format!("not a safetensors file: {}", what.into()))
}

/// The tensors of a file whose types are known here, sorted by name, and the texts beside them.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<(Vec<Tensor>, Map<String, Json>), DataError> {
    let length = bytes.get(..8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
    let length = length.ok_or_else(|| wrong("it is shorter than eight bytes"))?;
    let header = usize::try_from(length).ok().filter(|_| length <= MAX_HEADER).and_then(|n| bytes.get(8..8 + n));
    let header = header.ok_or_else(|| wrong(format!("its header of {length} bytes goes beyond the end")))?;
    let data = &bytes[8 + header.len()..];
    let header: Map<String, Json> = serde_json::from_slice(header).map_err(|e| wrong(format!("its header: {e}")))?;
    limits.reserve(data.len() as u128 * 2)?;
    let mut out = Vec::new();
    let mut texts = Map::new();
    for (name, value) in header {
        limits.check()?;
        if name == "__metadata__" {
            texts = value.as_object().cloned().unwrap_or_default();
        } else if let Some(tensor) = tensor(name, &value, data)? {
            out.push(tensor);
        }
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    Ok((out, texts))
}

/// One tensor; `None` for a type that is not read.
fn tensor(name: String, value: &Json, data: &[u8]) -> Result<Option<Tensor>, DataError> {
    let numbers = |key: &str| -> Option<Vec<usize>> {
        value.get(key)?.as_array()?.iter().map(|n| n.as_u64().and_then(|n| usize::try_from(n).ok())).collect()
    };
    let found = (value.get("dtype").and_then(Json::as_str), numbers("shape"), numbers("data_offsets"));
    let (Some(dtype), Some(shape), Some(offsets)) = found else {
        return Err(wrong(format!("`{name}` has no dtype, shape and data_offsets")));
    };
    let own = match offsets[..] {
        [start, end] if start <= end => data.get(start..end),
        _ => None,
    };
    let own = own.ok_or_else(|| wrong(format!("`{name}` lies outside the file")))?;
    let Some((_, size)) = TYPES.iter().find(|t| t.0 == dtype) else { return Ok(None) };
    let count = shape.iter().try_fold(*size, |product, n| product.checked_mul(*n));
    if count != Some(own.len()) {
        return Err(wrong(format!("`{name}` of shape {shape:?} and type {dtype} does not have {} bytes", own.len())));
    }
    let numbers = match dtype {
        "F64" => Numbers::Real(own.as_chunks().0.iter().map(|b| f64::from_le_bytes(*b)).collect()),
        "F32" => Numbers::Real(own.as_chunks().0.iter().map(|b| f64::from(f32::from_le_bytes(*b))).collect()),
        _ => Numbers::Index(own.as_chunks().0.iter().map(|b| u32::from_le_bytes(*b)).collect()),
    };
    Ok(Some(Tensor { name, shape, numbers }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Vec<Tensor> {
        vec![
            Tensor { name: "a".to_string(), shape: vec![2, 1], numbers: Numbers::Real(vec![0.5, -3.0]) },
            Tensor { name: "b.c".to_string(), shape: vec![3], numbers: Numbers::Index(vec![1, 2, 4_000_000_000]) },
            Tensor { name: "none".to_string(), shape: vec![0, 7], numbers: Numbers::Real(Vec::new()) },
        ]
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = write(&example(), &[("format", "x".to_string())], &Limits::none()).unwrap();
        let length = u64::from_le_bytes(bytes[..8].try_into().unwrap());
        assert_eq!(length % 8, 0);
        assert_eq!(bytes.len() as u64, 8 + length + 16 + 12);
        let (tensors, texts) = read(&bytes, &Limits::none()).unwrap();
        assert_eq!(tensors, example());
        assert_eq!(texts.get("format"), Some(&json!("x")));
    }

    #[test]
    fn the_example_of_the_format_by_hand() {
        // One tensor of two single-precision numbers, its header padded by a space.
        let header = br#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} "#;
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header);
        bytes.extend(1.5f32.to_le_bytes());
        bytes.extend((-2.0f32).to_le_bytes());
        let (tensors, _) = read(&bytes, &Limits::none()).unwrap();
        assert_eq!(tensors[0].numbers, Numbers::Real(vec![1.5, -2.0]));
    }

    #[test]
    fn hostile_files_are_refused() {
        let good = write(&example(), &[], &Limits::none()).unwrap();
        let header = |text: &str| [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat();
        let cases = [
            Vec::new(),
            good[..7].to_vec(),
            good[..20].to_vec(),
            good[..good.len() - 1].to_vec(),
            u64::MAX.to_le_bytes().to_vec(),
            header("[]"),
            header(r#"{"x":3}"#),
            header(r#"{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#),
            header(r#"{"x":{"dtype":"F64","shape":[1],"data_offsets":[8,0]}}"#),
            header(r#"{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,0]}}"#),
            header(r#"{"x":{"dtype":"F64","shape":[18446744073709551615,2],"data_offsets":[0,0]}}"#),
            header(r#"{"x":{"dtype":"F64","shape":[-1],"data_offsets":[0,0]}}"#),
        ];
        for bytes in cases {
            assert_eq!(read(&bytes, &Limits::none()).unwrap_err().fault, Fault::Format);
        }
    }
}
