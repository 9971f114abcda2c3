//! A network as named arrays and a description, from which any program can evaluate it.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::maps::{SparseCouplings, SparseMaps};
use super::{Architecture, Layer, NetError, Network, Parameters, Space};
use crate::limits::Limits;

/// The numbers of an array.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Doubles.
    Real(Vec<f64>),
    /// Indices.
    Index(Vec<u32>),
}

/// An array with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedArray {
    /// Its name.
    pub name: String,
    /// Its shape, the last index fastest.
    pub shape: Vec<usize>,
    /// Its numbers.
    pub content: Content,
}

/// The distinct bases of a network, in the order of their first use.
#[derive(Default)]
struct Bases {
    maps: Vec<Arc<SparseMaps>>,
    couplings: Vec<Arc<SparseCouplings>>,
}

/// The place of a shared object in a list, where it is put if it is new.
fn place<T>(list: &mut Vec<Arc<T>>, it: &Arc<T>) -> usize {
    list.iter().position(|known| Arc::ptr_eq(known, it)).unwrap_or_else(|| {
        list.push(it.clone());
        list.len() - 1
    })
}

/// The parameters under the names of their slices; the bases as `maps.N.entries` with rows (map, row, column) and
/// `maps.N.values`, `couplings.N.entries` with rows (map, result, first, second) and `couplings.N.values`; and a description of
/// the layers that names them.
pub fn arrays(
    network: &Network,
    parameters: &Parameters<f64>,
    limits: &Limits,
) -> Result<(Vec<NamedArray>, Json), NetError> {
    let mut bases = Bases::default();
    let layers: Vec<Json> = network.layers().iter().map(|(name, layer)| describe(name, layer, &mut bases)).collect();
    let entries = bases.maps.iter().map(|b| b.entries.len()).sum::<usize>()
        + bases.couplings.iter().map(|b| b.entries.len()).sum::<usize>();
    limits.reserve((network.parameters() * 8 + entries * 24) as u128)?;
    let mut out = Vec::new();
    for slice in parameters.slices() {
        let content = Content::Real(parameters.get(slice).to_vec());
        out.push(NamedArray { name: slice.name.clone(), shape: slice.shape.clone(), content });
    }
    let mut push = |name: String, indices: Vec<u32>, width: usize, values: Vec<f64>| {
        let shape = vec![values.len(), width];
        out.push(NamedArray { name: format!("{name}.entries"), shape, content: Content::Index(indices) });
        let shape = vec![values.len()];
        out.push(NamedArray { name: format!("{name}.values"), shape, content: Content::Real(values) });
    };
    for (number, basis) in bases.maps.iter().enumerate() {
        limits.check()?;
        let of_map = |k: usize| basis.map(k).iter().flat_map(move |(i, j, _)| [k as u32, *i, *j]);
        let indices = (0..basis.rank()).flat_map(of_map).collect();
        push(format!("maps.{number}"), indices, 3, basis.entries.iter().map(|e| e.2).collect());
    }
    for (number, basis) in bases.couplings.iter().enumerate() {
        limits.check()?;
        let of_map = |k: usize| basis.map(k).iter().flat_map(move |(i, a, b, _)| [k as u32, *i, *a, *b]);
        let indices = (0..basis.rank()).flat_map(of_map).collect();
        push(format!("couplings.{number}"), indices, 4, basis.entries.iter().map(|e| e.3).collect());
    }
    let description = json!({
        "group": network.from().base().name(),
        "from": network.from().ascii_name(),
        "to": network.to().ascii_name(),
        "architecture": architecture(network.architecture()),
        "layers": layers,
    });
    Ok((out, description))
}

fn architecture(it: Architecture) -> String {
    match it {
        Architecture::Gated(true) => "gated, bilinear".to_string(),
        Architecture::Gated(false) => "gated".to_string(),
        Architecture::Pointwise(activation) => activation.name().to_string(),
        Architecture::Plain(activation) => format!("{}, without symmetry", activation.name()),
        Architecture::TensorProduct => "tensor product".to_string(),
        Architecture::Convolution => "convolution".to_string(),
    }
}

fn space(it: &Space) -> Json {
    let block = |b: &super::Block| {
        json!({"rep": b.rep.ascii_name(), "dim": b.dim, "copies": b.copies, "start": b.start,
            "gated": b.kind == super::BlockKind::Tensor})
    };
    it.blocks().iter().map(block).collect()
}

fn describe(name: &str, layer: &Layer, bases: &mut Bases) -> Json {
    let mut out =
        json!({"name": name, "type": layer.kind(), "from": space(layer.source()), "to": space(layer.target())});
    let terms: Vec<Json> = match layer {
        Layer::Linear(linear) => {
            let mut terms: Vec<Json> = Vec::new();
            for m in linear.maps() {
                terms.push(json!({"from": m.from, "to": m.to, "maps": place(&mut bases.maps, &m.basis),
                    "parameters": format!("{name}.weight.{}.{}", m.to, m.from)}));
            }
            for b in linear.biases() {
                terms.push(json!({"from": null, "to": b.to, "maps": place(&mut bases.maps, &b.basis),
                    "parameters": format!("{name}.bias.{}", b.to)}));
            }
            terms
        }
        Layer::Bilinear(bilinear) => bilinear
            .couplings()
            .iter()
            .map(|c| {
                json!({"first": c.first, "second": c.second, "to": c.to, "chosen": c.chosen.as_ref(),
                    "couplings": place(&mut bases.couplings, &c.basis), "factor": bilinear.factor(),
                    "parameters": format!("{name}.weight.{}.{}.{}", c.to, c.second, c.first)})
            })
            .collect(),
        Layer::Convolution(x) => {
            if let Json::Object(keys) = &mut out {
                keys.insert("radial".to_string(), x.description());
            }
            let term = |path: &super::convolution::Path| {
                json!({"degree": path.degree, "second": path.second, "to": path.to, "weights": path.start,
                    "couplings": place(&mut bases.couplings, &path.basis)})
            };
            x.paths().iter().map(term).collect()
        }
        Layer::Gate(_) | Layer::Pointwise(_) => Vec::new(),
    };
    if let (Json::Object(keys), false) = (&mut out, terms.is_empty()) {
        keys.insert("terms".to_string(), Json::Array(terms));
    }
    out
}

/// The parameters of a network from named arrays; others are passed over.
pub fn parameters_from(network: &Network, arrays: &[NamedArray]) -> Result<Parameters<f64>, NetError> {
    let mut values = vec![0.0; network.parameters()];
    for slice in network.slices() {
        let found = arrays.iter().find(|a| a.name == slice.name);
        let found = found.ok_or_else(|| NetError::Mismatch(format!("there is no array `{}`", slice.name)))?;
        let numbers = match &found.content {
            Content::Real(numbers) if found.shape == slice.shape && numbers.len() == slice.range().len() => numbers,
            _ => {
                let message =
                    format!("`{}` has shape {:?}, this network needs {:?}", slice.name, found.shape, slice.shape);
                return Err(NetError::Mismatch(message));
            }
        };
        if let Some(bad) = numbers.iter().find(|x| !x.is_finite()) {
            return Err(NetError::NotFinite(format!("`{}` holds {bad}", slice.name)));
        }
        values[slice.range()].copy_from_slice(numbers);
    }
    network.with_values(values)
}
