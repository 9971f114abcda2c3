//! Equivariant networks: made, evaluated, checked, described, saved.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::representations::rep;
use super::values::{arrays_of_file, resolve};
use super::{Arguments, Builtin, Context, Example, keyword, optional, required};
use crate::data::{self, numpy, safetensors};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::print;
use crate::lang::value::{NetworkValue, Value};
use crate::limits::Limits;
use crate::nets::{
    self, Activation, Architecture, Content, Errors, Hidden, Layer, NamedArray, NetError, Network, Parameters, Radial,
};
use crate::reps::Rep;

const TOPIC: &str = "networks";
type Outcome = Result<Value, Diagnostic>;

/// Channels of a hidden layer, and the number of those layers, where none are given.
const CHANNELS: usize = 384;
const LAYERS: usize = 3;
/// The largest file of parameters that is read.
const MAX_FILE: u64 = 1 << 32;
/// Group elements on which errors are measured.
const ELEMENTS: usize = 8;

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "emlp",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("map", Kinds::REP),
            keyword("hidden", Kinds::NUMBER.or(Kinds::REP).or(Kinds::LIST), "384"),
            keyword("layers", Kinds::NUMBER, "3"),
            keyword("nonlinearity", Kinds::TEXT, "\"gated\""),
            keyword("bilinear", Kinds::BOOLEAN, "true"),
        ],
        returns: Kinds::NETWORK,
        summary: "an equivariant network X -> Y with random parameters: linear, bilinear and gated layers",
        help: "Hidden spaces are sums of tensors of a given dimension: of all ranks up to the highest R with (R + 1) d^R ≤ hidden, \
equally many coordinates for each; or a representation; or a list of these, one for each layer. Linear layers have coefficients \
on a sparse basis of the equivariant maps for each pair of blocks, and a bias of invariants. Bilinear ones add 0.1 W(x) x with W(x) \
linear in a few copies of each block. Gates multiply each block that is no permutation representation by the sigmoid of a scalar \
of its own; the rest gets x sigmoid(x). nonlinearity = \"relu\", \"tanh\", \"swish\" or \"sigmoid\" acts on every coordinate; it is \
refused unless all hidden blocks are scalars or permutation representations. The same --seed gives the same parameters. After Finzi, \
Welling, Wilson (2021).",
        examples: &[
            Example {
                code: "group G = O(5)\nrep V = vector(G)\nnetwork N = emlp(2*V -> scalar(G), layers = 1)\nlen(parameters(N))",
                output: "52684",
            },
            Example {
                code: "rep V = vector(S(4))\nlen(parameters(emlp(V -> V, hidden = V, layers = 1, nonlinearity = \"relu\")))",
                output: "6",
            },
        ],
        run: emlp,
    },
    Builtin {
        name: "mlp",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("map", Kinds::REP),
            keyword("hidden", Kinds::NUMBER.or(Kinds::LIST), "384"),
            keyword("layers", Kinds::NUMBER, "3"),
            keyword("nonlinearity", Kinds::TEXT, "\"swish\""),
        ],
        returns: Kinds::NETWORK,
        summary: "a network X -> Y without symmetry, of the same width as emlp(X -> Y): to compare with",
        help: "Linear layers with bias, and the nonlinearity on every coordinate between them.",
        examples: &[Example {
            code: "rep V = vector(SO(3))\nlen(parameters(mlp(V -> V, hidden = 10, layers = 1)))",
            output: "73",
        }],
        run: mlp,
    },
    Builtin {
        name: "tensor_product",
        aliases: &[],
        topic: TOPIC,
        params: &[required("X", Kinds::REP), required("map", Kinds::REP)],
        returns: Kinds::NETWORK,
        summary: "the layer (x, y) -> z of all equivariant bilinear maps: tensor_product(X, Y -> Z)",
        help: "Its arguments are x and y one after the other. Every path from a copy of a block of X and one of Y to one of Z has a weight for \
each independent coupling: a fully connected tensor product. Linear in each argument.",
        examples: &[Example {
            code: "group G = O(3)\nrep X = irrep_sum(G, \"2x0e + 2x1o\")\nnetwork N = tensor_product(X, X -> irrep_sum(G, \"1x1o + 1x2e\"))\nlen(parameters(N))",
            output: "12",
        }],
        run: |context, a| {
            let (from, to) = sides(a)?;
            let made = nets::tensor_product((rep(a, "X")?, &from), &to, context.limits);
            finish(context, a, made)
        },
    },
    Builtin {
        name: "convolution",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("map", Kinds::REP),
            keyword("degree", Kinds::NUMBER, "2"),
            keyword("radius", Kinds::SCALAR, "1"),
            keyword("functions", Kinds::NUMBER, "8"),
            keyword("hidden", Kinds::NUMBER, "16"),
        ],
        returns: Kinds::NETWORK,
        summary: "the message (r, x) -> z of a convolution of points in space, for SO(3) or O(3)",
        help: "z = Σ w(|r|) B(Y_l(r), x) over all couplings B of harmonics of degree l ≤ degree with the blocks of x: a tensor product whose \
weights are functions of the length of r, as in tensor field networks. They come from so many Gaussians up to `radius`, a hidden layer with \
x sigmoid(x) and a linear one, and vanish smoothly at the radius. The arguments are r and x one after the other; the sum over the \
neighbours of a point is the user's.",
        examples: &[Example {
            code: "group G = O(3)\nnetwork N = convolution(irrep_sum(G, \"2x0e + 1x1o\") -> irrep_sum(G, \"1x0e + 2x1o\"))\nlen(parameters(N))\nround(equivariance_error(N), 9)",
            output: "331\n0.0",
        }],
        run: |context, a| {
            let (from, to) = sides(a)?;
            let cutoff = match a.get("radius") {
                None => 1.0,
                Some(value) => {
                    value.to_f64().ok_or_else(|| a.wrong("radius", Code::Kind, "a radius is a real number"))?
                }
            };
            let radial = Radial {
                degree: a.count_or("degree", 0, 12, 2)?,
                cutoff,
                functions: a.count_or("functions", 2, 10_000, 8)?,
                hidden: a.count_or("hidden", 1, 100_000, 16)?,
            };
            let made = nets::convolution(&from, &to, radial, context.limits);
            finish(context, a, made)
        },
    },
    Builtin {
        name: "uniform",
        aliases: &[],
        topic: TOPIC,
        params: &[required("G", Kinds::GROUP), required("channels", Kinds::NUMBER)],
        returns: Kinds::REP,
        summary: "the hidden representation of a given dimension that emlp uses: tensors of all ranks",
        help: "Equally many channels of each rank up to the highest R with (R + 1) d^R ≤ channels; what remains is filled the same way with lower ranks. Where V and \
its dual differ, tensors of one rank are spread over V^p dual(V)^q by binomial coefficients, remainders by --seed.",
        examples: &[Example {
            code: "uniform(O(5), 384)",
            output: "134(1) ⊕ 25V ⊕ 5V⊗V: representation of O(5) of dimension 384",
        }],
        run: |context, a| {
            let group = super::constructions::group(a, "G")?;
            let channels = a.count("channels", 1, 1 << 20)?;
            let made = nets::uniform(group.base(), channels, context.limits);
            made.map(Value::rep).map_err(|e| Diagnostic::from(e).at(a.span("G")))
        },
    },
    Builtin {
        name: "apply",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("N", Kinds::NETWORK),
            required("x", Kinds::MATRIX_LIKE),
            keyword("precision", Kinds::TEXT, "\"double\""),
        ],
        returns: Kinds::LIST.or(Kinds::FLOAT_MATRIX),
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
        help: "",
        examples: &[],
        run: |_, a| {
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

impl From<NetError> for Diagnostic {
    fn from(error: NetError) -> Diagnostic {
        let message = error.to_string();
        match error {
            NetError::Rep(error) => error.into(),
            NetError::Equivariant(error) => error.into(),
            NetError::Stopped(stop) => stop.into(),
            NetError::Argument(_) => Diagnostic::new(Code::Argument, message),
            NetError::Pointwise(_) => {
                Diagnostic::new(Code::Argument, message).hint("nonlinearity = \"gated\" is equivariant on every block")
            }
            NetError::Mismatch(_) => Diagnostic::new(Code::Shape, message),
            NetError::NotFinite(_) => Diagnostic::new(Code::Number, message),
        }
    }
}

fn network(a: &Arguments) -> Result<&Arc<NetworkValue>, Diagnostic> {
    match a.value("N")? {
        Value::Network(it) => Ok(it),
        _ => Err(a.wrong("N", Code::Kind, "expected a network")),
    }
}

/// The source and the target of `X -> Y`.
fn sides(a: &Arguments) -> Result<(Rep, Rep), Diagnostic> {
    let it = rep(a, "map")?;
    it.as_hom().ok_or_else(|| {
        let message = format!("a network goes from one representation to another, X -> Y; this is {}", it.name());
        a.wrong("map", Code::Argument, message)
    })
}

/// The hidden spaces as given, one value for each layer.
fn hidden_values(a: &Arguments) -> Result<Vec<Value>, Diagnostic> {
    let each = match a.get("hidden") {
        Some(Value::List(items)) => {
            if a.get("layers").is_some() && a.count("layers", 0, usize::MAX)? != items.len() {
                let message = format!("a list of {} hidden spaces makes as many layers", items.len());
                return Err(a.wrong("layers", Code::Argument, message));
            }
            return Ok(items.as_ref().clone());
        }
        Some(value) => value.clone(),
        None => Value::count(CHANNELS),
    };
    Ok(vec![each; a.count_or("layers", 0, 256, LAYERS)?])
}

fn channels(a: &Arguments, value: &Value) -> Result<usize, Diagnostic> {
    let found = value.to_i64().and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0);
    found.ok_or_else(|| {
        let message =
            format!("a hidden layer is a number of channels from 1 or a representation, not {}", value.line());
        a.wrong("hidden", Code::Argument, message)
    })
}

fn activation(a: &Arguments, default: Option<Activation>) -> Result<Option<Activation>, Diagnostic> {
    let names = Activation::ALL.iter().map(|x| x.name());
    let text = match a.get("nonlinearity") {
        None => return Ok(default),
        Some(_) => a.text("nonlinearity")?,
    };
    if default.is_none() && text == "gated" {
        return Ok(None);
    }
    Activation::ALL.into_iter().find(|x| x.name() == text).map(Some).ok_or_else(|| {
        let gated = if default.is_none() { "\"gated\", " } else { "" };
        let message = format!("a nonlinearity is {gated}\"swish\", \"relu\", \"tanh\" or \"sigmoid\", not {text:?}");
        let mut error = a.wrong("nonlinearity", Code::Argument, message);
        if let Some(near) = nearest(text, names.chain(["gated"])) {
            error = error.label(format!("did you mean {near:?}?"));
        }
        error
    })
}

fn emlp(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let (from, to) = sides(a)?;
    let hidden = hidden_values(a)?
        .iter()
        .map(|value| match value {
            Value::Rep(rep) => Ok(Hidden::Rep(rep.as_ref().clone())),
            other => channels(a, other).map(Hidden::Channels),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let architecture = match activation(a, None)? {
        None => Architecture::Gated(a.flag("bilinear", true)?),
        Some(_) if a.get("bilinear").is_some() => {
            let message = "bilinear layers belong to nonlinearity = \"gated\"";
            return Err(a.wrong("bilinear", Code::Argument, message));
        }
        Some(activation) => Architecture::Pointwise(activation),
    };
    let made = nets::emlp((&from, &to), &hidden, architecture, context.limits);
    finish(context, a, made)
}

fn mlp(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let (from, to) = sides(a)?;
    let hidden = hidden_values(a)?.iter().map(|value| channels(a, value)).collect::<Result<Vec<_>, _>>()?;
    let activation = activation(a, Some(Activation::Swish))?.unwrap_or(Activation::Swish);
    let made = nets::mlp((&from, &to), &hidden, activation, context.limits);
    finish(context, a, made)
}

fn finish(context: &Context<'_>, a: &Arguments, made: Result<Network, NetError>) -> Outcome {
    let network = made.map_err(|e| Diagnostic::from(e).at(a.span("map")))?;
    let parameters = nets::initial_parameters(&network, context.limits)?;
    Ok(Value::Network(Arc::new(NetworkValue { network, parameters })))
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

fn apply(context: &mut Context<'_>, a: &Arguments) -> Outcome {
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
pub(super) fn error(it: &NetworkValue, limits: &Limits) -> Result<f64, Diagnostic> {
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
pub(super) fn safetensors_file(it: &NetworkValue, limits: &Limits) -> Result<Vec<u8>, Diagnostic> {
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
pub(super) fn npz_file(it: &NetworkValue, limits: &Limits) -> Result<Vec<u8>, Diagnostic> {
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
