//! Equivariant networks: evaluated, checked, described, saved.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::builtins::values::files::{arrays_of_file, resolve};
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, optional, required};
use crate::data::{self, numpy, safetensors};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::print;
use crate::lang::shallow::ShallowValue;
use crate::lang::value::{NetworkValue, Value};
use crate::limits::Limits;
use crate::nets::{self, Content, Errors, Layer, NamedArray, NetError, Network, Parameters};
use crate::num::Rational;

const TOPIC: &str = "networks";
type Outcome = Result<Value, Diagnostic>;

/// The largest file of parameters that is read.
const MAX_FILE: u64 = 1 << 32;
/// Group elements on which errors are measured.
const ELEMENTS: usize = 8;

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "apply",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("N", Kinds::NETWORK),
            required("x", Kinds::MATRIX_LIKE),
            keyword("precision", Kinds::TEXT, "\"double\""),
        ],
        returns: Kinds::LIST.or(Kinds::FLOAT_MATRIX).or(Kinds::SCALAR),
        summary: "the values of a network: of a list of numbers as a list, of a matrix row by row",
        help: "N(x) is the same. precision = \"single\" calculates in 32-bit floats.",
        examples: &[Example {
            code: "rep V = vector(S(3))\nnetwork N = emlp(V -> V, hidden = 8, layers = 1)\nround(N([1, 2, 3])[1] - N([2, 3, 1])[3], 9)",
            output: "0.0",
        }],
        run: apply,
    },
    Builtin {
        name: "parameters",
        aliases: &[],
        topic: TOPIC,
        params: &[required("N", Kinds::NETWORK), optional("name", Kinds::TEXT, "all")],
        returns: Kinds::LIST,
        summary: "the parameters of a network as a list of floats: all, or those of one layer or one of its parts",
        help: "Names are those of describe(N) and of saved files: \"block0.linear\", \"output.bias.0\".",
        examples: &[Example {
            code: "rep V = vector(SO(3))\nlen(parameters(mlp(V -> V, hidden = 10, layers = 1), \"output.bias.0\"))",
            output: "3",
        }],
        run: parameters,
    },
    Builtin {
        name: "with_parameters",
        aliases: &[],
        topic: TOPIC,
        params: &[required("N", Kinds::NETWORK), required("values", Kinds::LIST.or(Kinds::TEXT))],
        returns: Kinds::NETWORK,
        summary: "the same network with other parameters: a list of numbers, or a .safetensors or .npz file",
        help: "A file is what save(N, \"file.safetensors\") or save(N, \"file.npz\") writes, or any other with arrays of the same names and \
shapes, in single or double precision; others in it are passed over.",
        examples: &[Example {
            code: "rep V = vector(S(3))\nnetwork N = emlp(V -> V, hidden = V, layers = 0)\nwith_parameters(N, [0, 0, 0])([1, 2, 6])",
            output: "[0.0, 0.0, 0.0]",
        }],
        run: with_parameters,
    },
    Builtin {
        name: "describe",
        aliases: &[],
        topic: TOPIC,
        params: &[required("N", Kinds::NETWORK)],
        returns: Kinds::RECORD,
        summary: "the layers of a network: spaces, dimensions and numbers of parameters",
        help: "Also says where the value cannot depend on the argument, because hidden spaces are too narrow for the products that invariants \
are made of.",
        examples: &[Example {
            code: "rep V = vector(SL(3))\ndescribe(emlp(3*V -> scalar(SL(3)), hidden = 5, layers = 1))",
            output: "network 3V → 1 of SL(3): gated and bilinear, 1 hidden layer, 11 parameters; its value does not depend on its argument\nblock0.linear    9 → 5, 0 weights, 5 biases: 3(V) → 5\nblock0.bilinear  5 → 5, 0 weights: 5 → 5\nblock0.gate      5 → 5, 0 gates: 5 → 5\noutput           5 → 1, 5 weights, 1 bias: 5 → 1",
        }],
        run: |_, a| {
            if let Value::Shallow(it) = a.value("N")? {
                return Ok(Value::record_with_markup("shallow_network", it.keys(), it.markup()));
            }
            let it = network(a)?;
            Ok(Value::record("network", print::network_keys(it), table(&it.network)))
        },
    },
    Builtin {
        name: "equivariance_errors",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("N", Kinds::NETWORK),
            keyword("elements", Kinds::NUMBER, "8"),
            keyword("precision", Kinds::TEXT, "\"double\""),
        ],
        returns: Kinds::RECORD,
        summary: "the errors of equivariance of a network and of each of its layers",
        help: "Relative errors |f(g x) - g f(x)| / max(|f(g x)|, |g f(x)|) in norms over four normal samples, the largest over random \
group elements g: exponentials of algebra elements of norm 1 (the largest sum of absolute values in a row) and words in the discrete \
generators. equivariance_error(N) is that of the network.",
        examples: &[Example {
            code: "rep V = vector(SO(3))\nround(equivariance_errors(emlp(V -> V, hidden = 20, layers = 1)).network, 9)",
            output: "0.0",
        }],
        run: |context, a| {
            let it = network(a)?;
            let elements = a.count_or("elements", 1, 10_000, ELEMENTS)?;
            let single = single(a)?;
            let errors =
                errors_of(it, elements, single, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("N")))?;
            Ok(errors_record(&it.network, &errors, single))
        },
    },
];

fn network(a: &Arguments) -> Result<&Arc<NetworkValue>, Diagnostic> {
    match a.value("N")? {
        Value::Network(it) => Ok(it),
        Value::Shallow(_) => Err(a
            .wrong("N", Code::Unsupported, "this is a network with exact weights, not one of layers with parameters")
            .hint("N.weights, N.W, N.a, N.b, N.c, N.d are its weights; is_invariant(N) checks it exactly")),
        _ => Err(a.wrong("N", Code::Kind, "expected a network")),
    }
}

fn single(a: &Arguments) -> Result<bool, Diagnostic> {
    match a.get("precision") {
        None => Ok(false),
        Some(_) => match a.text("precision")? {
            "double" => Ok(false),
            "single" => Ok(true),
            other => {
                let message = format!("a precision is \"single\" or \"double\", not {other:?}");
                Err(a.wrong("precision", Code::Argument, message))
            }
        },
    }
}

/// The values of a shallow network: exact where the arguments are.
fn apply_shallow(a: &Arguments, it: &ShallowValue) -> Outcome {
    let wrong = |cols: usize| {
        let message = format!("this network takes {} numbers, not {cols}", it.inputs());
        a.wrong("x", Code::Shape, message)
    };
    let value = a.value("x")?;
    let exact: Option<Vec<Rational>> = value
        .to_numbers()
        .and_then(|all| all.into_iter().map(|x| if x.is_real() { Some(x.re) } else { None }).collect());
    if let Some(x) = exact {
        let fits = x.len() == it.inputs();
        return if fits { Ok(Value::rational(it.network.network.value(&x))) } else { Err(wrong(x.len())) };
    }
    if let Some(m) = value.to_matrix().filter(|m| m.entries().iter().all(|x| x.is_real())) {
        if m.cols() != it.inputs() {
            return Err(wrong(m.cols()));
        }
        let row = |i: usize| m.row(i).iter().map(|x| x.re.clone()).collect::<Vec<_>>();
        return Ok(Value::list((0..m.rows()).map(|i| Value::rational(it.network.network.value(&row(i))))));
    }
    let finite = |y: f64| {
        let large = || a.wrong("x", Code::Number, "a value of the network is too large for a float");
        if y.is_finite() { Ok(Value::Float(y)) } else { Err(large()) }
    };
    let flat: Option<Vec<f64>> = value.items().and_then(|items| items.iter().map(Value::to_f64).collect());
    if let Some(x) = flat {
        return if x.len() == it.inputs() { finite(it.network.network.float_value(&x)) } else { Err(wrong(x.len())) };
    }
    let m = a.float_matrix("x")?;
    if m.cols() != it.inputs() {
        return Err(wrong(m.cols()));
    }
    let values = (0..m.rows()).map(|i| finite(it.network.network.float_value(m.row(i))));
    Ok(Value::list(values.collect::<Result<Vec<_>, _>>()?))
}

fn apply(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    if let Value::Shallow(it) = a.value("N")? {
        return apply_shallow(a, it);
    }
    let it = network(a)?;
    let (from, to) = (it.network.source().dim(), it.network.target().dim());
    let flat: Option<Vec<f64>> = match a.value("x")? {
        Value::List(items) => items.iter().map(Value::to_f64).collect(),
        _ => None,
    };
    let (one, cols, x) = match flat {
        Some(x) => (true, x.len(), x),
        None => {
            let m = a.float_matrix("x")?;
            (false, m.cols(), m.entries().to_vec())
        }
    };
    if cols != from {
        let message =
            format!("this network takes {from} numbers, not {cols}: its arguments lie in {}", it.network.from());
        return Err(a.wrong("x", Code::Shape, message));
    }
    let values: Vec<f64> = if single(a)? {
        let narrow: Vec<f32> = x.iter().map(|x| *x as f32).collect();
        let values = it.network.apply(&it.parameters.to::<f32>(), &narrow, context.limits)?;
        values.into_iter().map(f64::from).collect()
    } else {
        it.network.apply(&it.parameters, &x, context.limits)?
    };
    if !values.iter().all(|x| x.is_finite()) {
        return Err(a.wrong("x", Code::Number, "a value of the network is too large for a float"));
    }
    if one {
        return Ok(Value::list(values.into_iter().map(Value::Float)));
    }
    Ok(Value::float_matrix(Matrix::from_fn(values.len() / to, to, |i, j| values[i * to + j])))
}

fn parameters(_: &mut Context<'_>, a: &Arguments) -> Outcome {
    let it = network(a)?;
    if a.get("name").is_none() {
        return Ok(Value::list(it.parameters.values.iter().map(|x| Value::Float(*x))));
    }
    let name = a.text("name")?;
    let belongs = |slice: &&nets::Slice| {
        slice.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let found: Vec<&nets::Slice> = it.parameters.slices().iter().filter(belongs).collect();
    if found.is_empty() {
        let names: Vec<&str> = it.parameters.slices().iter().map(|s| s.name.as_str()).collect();
        let layers = it.network.layers().iter().map(|(name, _)| name.as_str());
        let mut error = a.wrong("name", Code::Name, format!("this network has no parameters called {name:?}"));
        if let Some(near) = nearest(name, names.into_iter().chain(layers)) {
            error = error.label(format!("did you mean {near:?}?"));
        }
        return Err(error.hint("describe(N) lists the layers"));
    }
    let values = found.into_iter().flat_map(|slice| it.parameters.get(slice).iter().map(|x| Value::Float(*x)));
    Ok(Value::list(values))
}

fn with_parameters(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let it = network(a)?;
    let made = match a.value("values")? {
        Value::Text(_) => read(context, a, &it.network)?,
        _ => {
            let values: Option<Vec<f64>> = a.items("values")?.iter().map(Value::to_f64).collect();
            let values = values.ok_or_else(|| a.wrong("values", Code::Kind, "parameters are real numbers"))?;
            it.network.with_values(values).map_err(|e| Diagnostic::from(e).at(a.span("values")))?
        }
    };
    Ok(Value::Network(Arc::new(NetworkValue { network: it.network.clone(), parameters: made })))
}

fn read(context: &Context<'_>, a: &Arguments, network: &Network) -> Result<Parameters<f64>, Diagnostic> {
    let path = resolve(context, a, "values")?;
    let at = a.span("values");
    let here = |e: data::DataError| Diagnostic::from(e).at(at);
    if let Some(arrays) = arrays_of_file(context, a, "values")? {
        let real = |(name, array): (String, numpy::Array)| {
            let content = match array.numbers {
                numpy::Numbers::Real(x) => Content::Real(x),
                numpy::Numbers::Whole(x) => Content::Real(x.into_iter().map(|x| x as f64).collect()),
                numpy::Numbers::Complex(_) => return None,
            };
            Some(NamedArray { name, shape: array.shape, content })
        };
        let arrays: Vec<NamedArray> = arrays.into_iter().filter_map(real).collect();
        return nets::parameters_from(network, &arrays).map_err(|e| Diagnostic::from(e).at(at));
    }
    let bytes = data::file::bytes(&path, MAX_FILE).map_err(here)?;
    let (tensors, _) = safetensors::read(&bytes, context.limits).map_err(here)?;
    let arrays: Vec<NamedArray> = tensors
        .into_iter()
        .map(|t| NamedArray {
            name: t.name,
            shape: t.shape,
            content: match t.numbers {
                safetensors::Numbers::Real(x) => Content::Real(x),
                safetensors::Numbers::Index(x) => Content::Index(x),
            },
        })
        .collect();
    nets::parameters_from(network, &arrays).map_err(|e| Diagnostic::from(e).at(at))
}

/// The errors in either precision.
fn errors_of(it: &NetworkValue, elements: usize, single: bool, limits: &Limits) -> Result<Errors, NetError> {
    if single {
        nets::equivariance_errors(&it.network, &it.parameters.to::<f32>(), elements, limits)
    } else {
        nets::equivariance_errors(&it.network, &it.parameters, elements, limits)
    }
}

/// The error of the whole network, for `equivariance_error(N)`.
pub(crate) fn error(it: &NetworkValue, limits: &Limits) -> Result<f64, Diagnostic> {
    Ok(errors_of(it, ELEMENTS, false, limits)?.network)
}

fn errors_record(network: &Network, errors: &Errors, single: bool) -> Value {
    let names = network.layers().iter().map(|(name, _)| name.as_str());
    let rows: Vec<(&str, Option<f64>)> = names.zip(errors.layers.iter().copied()).collect();
    let width = rows.iter().map(|r| r.0.len()).max().unwrap_or(0).max("network".len());
    let shown = |x: Option<f64>| x.map_or("no group acts between the layers".to_string(), |x| format!("{x:.1e}"));
    let mut text: Vec<String> = rows.iter().map(|(name, x)| format!("{name:width$}  {}", shown(*x))).collect();
    text.push(format!("{:width$}  {}", "network", shown(Some(errors.network))));
    let layers: Vec<Json> = rows.iter().map(|(name, x)| json!({"name": name, "error": x})).collect();
    let keys = [
        ("network", json!(errors.network)),
        ("elements", json!(errors.elements)),
        ("precision", json!(if single { "single" } else { "double" })),
        ("layers", json!(layers)),
    ];
    let keys: Map<String, Json> = keys.into_iter().map(|(k, v)| (k.to_string(), v)).collect();
    Value::record("equivariance_errors", keys, text.join("\n"))
}

/// `1 bias`, `2 biases`, `0 gates`.
fn counted(count: usize, word: &str) -> String {
    match (count, word) {
        (1, _) => format!("1 {word}"),
        (_, "bias") => format!("{count} biases"),
        _ => format!("{count} {word}s"),
    }
}

/// The layers of a network, one a line.
fn table(network: &Network) -> String {
    let mut lines = vec![print::network_line(network)];
    let name_width = network.layers().iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, layer) in network.layers() {
        let (from, to) = (layer.source(), layer.target());
        let spaces =
            if network.is_equivariant() { format!(": {} → {}", from.name(), to.name()) } else { String::new() };
        let count = match layer {
            Layer::Linear(x) => {
                format!(", {}, {}", counted(x.weights(), "weight"), counted(x.parameters() - x.weights(), "bias"))
            }
            Layer::Bilinear(x) => format!(", {}", counted(x.parameters(), "weight")),
            Layer::Convolution(x) => format!(
                ", {} of degree up to {}, {}",
                counted(x.weights(), "path"),
                x.radial().degree,
                counted(x.parameters(), "weight")
            ),
            Layer::Gate(x) => format!(", {}", counted(x.target().gates(), "gate")),
            Layer::Pointwise(_) => String::new(),
        };
        lines.push(format!("{name:name_width$}  {} → {}{count}{spaces}", from.dim(), to.dim()));
    }
    lines.join("\n")
}

/// The bytes of a .safetensors file.
pub(crate) fn safetensors_file(it: &NetworkValue, limits: &Limits) -> Result<Vec<u8>, Diagnostic> {
    let (arrays, description) = nets::arrays(&it.network, &it.parameters, limits)?;
    let tensor = |a: NamedArray| safetensors::Tensor {
        name: a.name,
        shape: a.shape,
        numbers: match a.content {
            Content::Real(x) => safetensors::Numbers::Real(x),
            Content::Index(x) => safetensors::Numbers::Index(x),
        },
    };
    let tensors: Vec<_> = arrays.into_iter().map(tensor).collect();
    let texts = [("format", "symmetra network 1".to_string()), ("network", description.to_string())];
    Ok(safetensors::write(&tensors, &texts, limits)?)
}

/// The bytes of a .npz file; indices are whole numbers in double precision there.
pub(crate) fn npz_file(it: &NetworkValue, limits: &Limits) -> Result<Vec<u8>, Diagnostic> {
    let (arrays, _) = nets::arrays(&it.network, &it.parameters, limits)?;
    let array = |a: NamedArray| {
        let values = match a.content {
            Content::Real(x) => x,
            Content::Index(x) => x.into_iter().map(f64::from).collect(),
        };
        (a.name, numpy::Array { shape: a.shape, numbers: numpy::Numbers::Real(values) })
    };
    let arrays: Vec<_> = arrays.into_iter().map(array).collect();
    Ok(numpy::npz(&arrays)?)
}
