//! A network, or a basis with coefficients, as a graph of operators on dense tensors.

use super::linear::Linear;
use super::onnx_convolution::write_convolution;
use super::{Activation, Bilinear, Gate, Layer, NetError, Network, Parameters, Space};
use crate::data::DataError;
use crate::data::onnx::{Attribute, Graph, Precision};
use crate::equivariant::Basis;
use crate::limits::Limits;

impl From<DataError> for NetError {
    fn from(error: DataError) -> NetError {
        match error.fault {
            crate::data::Fault::Stop(stop) => NetError::Stopped(stop),
            _ => NetError::Argument(error.message),
        }
    }
}

/// The bytes of a model with the argument `x` and the value `y`, both of shape (samples, dimension): every linear layer as one
/// dense matrix, bilinear ones as products of outer products, convolutions with polynomials for their harmonics.
pub fn onnx(
    network: &Network,
    parameters: &Parameters<f64>,
    precision: Precision,
    limits: &Limits,
) -> Result<Vec<u8>, NetError> {
    let mut graph = Graph::new(precision);
    graph.text("group", network.from().base().name());
    graph.text("from", &network.from().ascii_name());
    graph.text("to", &network.to().ascii_name());
    let mut value = graph.input("x", true, network.source().dim());
    for (place, (name, layer)) in network.layers().iter().enumerate() {
        limits.progress("layers", place as f64 / network.layers().len() as f64);
        let c = &parameters.values[network.parameters_of(place)];
        value = match layer {
            Layer::Linear(linear) => write_linear(&mut graph, (&value, name), linear, c, limits)?,
            Layer::Bilinear(bilinear) => write_bilinear(&mut graph, (&value, name), bilinear, c, limits)?,
            Layer::Convolution(layer) => write_convolution(&mut graph, (&value, name), layer, c, limits)?,
            Layer::Gate(gate) => write_gate(&mut graph, (&value, name), gate),
            Layer::Pointwise(pointwise) => write_pointwise(&mut graph, (&value, name), pointwise.activation),
        };
    }
    graph.output(&value, "y", network.target().dim());
    Ok(graph.bytes(limits)?)
}

/// The bytes of a model with the arguments `x` of shape (samples, columns) and `coefficients` of shape (rank), and the value
/// `y = Σ_k c_k B_k x`.
pub fn onnx_of_basis(basis: &Basis, precision: Precision, limits: &Limits) -> Result<Vec<u8>, NetError> {
    let (rank, rows, cols) = (basis.rank(), basis.rows(), basis.cols());
    let mut graph = Graph::new(precision);
    let x = graph.input("x", true, cols);
    let c = graph.input("coefficients", false, rank);
    let all = graph.floats("basis", &[rank, rows * cols], &basis.dense(limits)?, limits)?;
    let shape = graph.indices("shape", &[rows as i64, cols as i64]);
    let flat = graph.node("MatMul", &[&c, &all], "flat", &[]);
    let matrix = graph.node("Reshape", &[&flat, &shape], "matrix", &[]);
    let turned = graph.node("Transpose", &[&matrix], "transposed", &[("perm", Attribute::Ints(vec![1, 0]))]);
    let y = graph.node("MatMul", &[&x, &turned], "product", &[]);
    graph.output(&y, "y", rows);
    Ok(graph.bytes(limits)?)
}

/// `y = x Wᵀ + b` with `W = Σ c B`.
fn write_linear(
    graph: &mut Graph,
    (x, name): (&str, &str),
    layer: &Linear,
    c: &[f64],
    limits: &Limits,
) -> Result<String, NetError> {
    let (from, to) = (layer.source(), layer.target());
    let (n, m) = (from.dim(), to.dim());
    let size = n.checked_mul(m).filter(|size| *size <= 1 << 40);
    let size = size.ok_or_else(|| NetError::Argument(format!("a dense {m}×{n} matrix is too large to be written")))?;
    limits.reserve(8 * size as u128)?;
    // Stored as (from, to).
    let mut weights = vec![0.0; size];
    for map in layer.maps() {
        let (source, target) = (&from.blocks()[map.from], &to.blocks()[map.to]);
        let rank = map.basis.rank();
        for q in 0..target.copies {
            limits.check()?;
            for p in 0..source.copies {
                for k in 0..rank {
                    let factor = c[map.start + (q * source.copies + p) * rank + k];
                    for (i, j, v) in map.basis.map(k) {
                        let row = source.start + p * source.dim + *j as usize;
                        weights[row * m + target.start + q * target.dim + *i as usize] += factor * v;
                    }
                }
            }
        }
    }
    let mut bias = vec![0.0; m];
    for own in layer.biases() {
        let target = &to.blocks()[own.to];
        let rank = own.basis.rank();
        for q in 0..target.copies {
            for k in 0..rank {
                for (i, _, v) in own.basis.map(k) {
                    bias[target.start + q * target.dim + *i as usize] += c[own.start + q * rank + k] * v;
                }
            }
        }
    }
    let weights = graph.floats(&format!("{name}.weight"), &[n, m], &weights, limits)?;
    let product = graph.node("MatMul", &[x, &weights], &format!("{name}.product"), &[]);
    let bias = graph.floats(&format!("{name}.bias"), &[m], &bias, limits)?;
    Ok(graph.node("Add", &[&product, &bias], &format!("{name}.value"), &[]))
}

/// Columns of `x`.
pub(super) fn gather(graph: &mut Graph, x: &str, name: &str, columns: impl Iterator<Item = usize>) -> String {
    let columns: Vec<i64> = columns.map(|c| c as i64).collect();
    let columns = graph.indices(&format!("{name}.columns"), &columns);
    graph.node("Gather", &[x, &columns], name, &[("axis", Attribute::Int(1))])
}

pub(super) fn reshape(graph: &mut Graph, x: &str, name: &str, shape: &[usize]) -> String {
    let shape: Vec<i64> = std::iter::once(-1).chain(shape.iter().map(|n| *n as i64)).collect();
    let shape = graph.indices(&format!("{name}.shape"), &shape);
    graph.node("Reshape", &[x, &shape], name, &[])
}

/// `y_q = x_q + 0.1 Σ c[q, p, s, k] B_k(x_s, x_p)`: outer products, then the maps, then the coefficients.
fn write_bilinear(
    graph: &mut Graph,
    (x, name): (&str, &str),
    layer: &Bilinear,
    c: &[f64],
    limits: &Limits,
) -> Result<String, NetError> {
    let space: &Space = layer.source();
    let mut sums: Vec<String> = Vec::new();
    for (to, target) in layer.target().blocks().iter().enumerate() {
        let start = format!("{name}.block{to}");
        let mut sum = match layer.is_shortcut() {
            true => gather(graph, x, &start, target.range()),
            // Zeros for every sample: a column of the argument times a row of zeros.
            false => {
                let size = target.copies * target.dim;
                let column = gather(graph, x, &format!("{start}.first"), 0..1);
                let zeros = graph.floats(&format!("{start}.zeros"), &[1, size], &vec![0.0; size], limits)?;
                graph.node("MatMul", &[&column, &zeros], &start, &[])
            }
        };
        for (number, coupling) in layer.couplings().iter().enumerate().filter(|(_, coupling)| coupling.to == to) {
            limits.check()?;
            let (first, second) = (&space.blocks()[coupling.first], &space.blocks()[coupling.second]);
            let (s, p, k) = (coupling.chosen.len(), second.copies, coupling.basis.rank());
            let (a, b, d) = (first.dim, second.dim, target.dim);
            let own = |word: &str| format!("{name}.{number}.{word}");
            let chosen = coupling.chosen.iter().flat_map(|s| (0..a).map(move |i| first.start + s * a + i));
            let left = gather(graph, x, &own("first"), chosen);
            let left = reshape(graph, &left, &own("left"), &[s, 1, a, 1]);
            let right = gather(graph, x, &own("second"), second.range());
            let right = reshape(graph, &right, &own("right"), &[1, p, 1, b]);
            let outer = graph.node("Mul", &[&left, &right], &own("outer"), &[]);
            let outer = reshape(graph, &outer, &own("pairs"), &[s * p, a * b]);
            // (a, b) → (k, d).
            let mut maps = vec![0.0; a * b * k * d];
            for (at, entries) in (0..k).map(|at| (at, coupling.basis.map(at))) {
                for (i, u, v, value) in entries {
                    maps[(*u as usize * b + *v as usize) * k * d + at * d + *i as usize] += value;
                }
            }
            let maps = graph.floats(&own("maps"), &[a * b, k * d], &maps, limits)?;
            let images = graph.node("MatMul", &[&outer, &maps], &own("images"), &[]);
            let images = reshape(graph, &images, &own("copies"), &[s * p * k, d]);
            let turned = [("perm", Attribute::Ints(vec![0, 2, 1]))];
            let images = graph.node("Transpose", &[&images], &own("turned"), &turned);
            // (s, p, k) → q, from (q, p, s, k).
            let copies = target.copies;
            let mut mixing = vec![0.0; s * p * k * copies];
            for q in 0..copies {
                for at in 0..p * s * k {
                    let (pp, ss, kk) = (at / (s * k), at / k % s, at % k);
                    let value = c[coupling.start + q * p * s * k + at];
                    mixing[((ss * p + pp) * k + kk) * copies + q] = layer.factor() * value;
                }
            }
            let mixing = graph.floats(&own("weight"), &[s * p * k, copies], &mixing, limits)?;
            let mixed = graph.node("MatMul", &[&images, &mixing], &own("mixed"), &[]);
            let mixed = graph.node("Transpose", &[&mixed], &own("back"), &turned);
            let term = reshape(graph, &mixed, &own("term"), &[copies * d]);
            sum = graph.node("Add", &[&sum, &term], &own("sum"), &[]);
        }
        sums.push(sum);
    }
    let parts: Vec<&str> = sums.iter().map(String::as_str).collect();
    Ok(graph.node("Concat", &parts, &format!("{name}.value"), &[("axis", Attribute::Int(1))]))
}

/// Each coordinate times the sigmoid of its gate, or of itself where it has none.
fn write_gate(graph: &mut Graph, (x, name): (&str, &str), layer: &Gate) -> String {
    let to = layer.target();
    let mut next = to.dim();
    let mut gates = Vec::with_capacity(to.dim());
    for block in to.blocks() {
        for copy in 0..block.copies {
            let start = block.start + copy * block.dim;
            if block.kind == super::BlockKind::Tensor {
                gates.extend(std::iter::repeat_n(next, block.dim));
                next += 1;
            } else {
                gates.extend(start..start + block.dim);
            }
        }
    }
    let main = gather(graph, x, &format!("{name}.main"), 0..to.dim());
    let gates = gather(graph, x, &format!("{name}.gates"), gates.into_iter());
    let open = graph.node("Sigmoid", &[&gates], &format!("{name}.open"), &[]);
    graph.node("Mul", &[&main, &open], &format!("{name}.value"), &[])
}

fn write_pointwise(graph: &mut Graph, (x, name): (&str, &str), activation: Activation) -> String {
    let value = format!("{name}.value");
    match activation {
        Activation::Swish => {
            let open = graph.node("Sigmoid", &[x], &format!("{name}.open"), &[]);
            graph.node("Mul", &[x, &open], &value, &[])
        }
        Activation::Relu => graph.node("Relu", &[x], &value, &[]),
        Activation::Tanh => graph.node("Tanh", &[x], &value, &[]),
        Activation::Sigmoid => graph.node("Sigmoid", &[x], &value, &[]),
    }
}
