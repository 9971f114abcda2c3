//! Equivariant networks: how they are made.

use std::sync::Arc;

use crate::builtins::groups::representations::rep;
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::tree::{Argument, Expression, Literal, Name, Node, Step, StepNode};
use crate::lang::value::{Function, NetworkValue, Value};
use crate::nets::{self, Activation, Architecture, Hidden, NetError, Network, Radial};
use crate::num::Rational;
use crate::reps::{Base, Group, Rep};

const TOPIC: &str = "networks";
type Outcome = Result<Value, Diagnostic>;

/// Channels of a hidden layer, and the number of those layers, where none are given.
const CHANNELS: usize = 384;
const LAYERS: usize = 3;

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "emlp",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("map", Kinds::REP),
            keyword("hidden", Kinds::NUMBER.or(Kinds::REP).or(Kinds::FUNCTION).or(Kinds::LIST), "384"),
            keyword("layers", Kinds::NUMBER, "3"),
            keyword("nonlinearity", Kinds::TEXT, "\"gated\""),
            keyword("bilinear", Kinds::BOOLEAN, "true"),
        ],
        returns: Kinds::NETWORK,
        summary: "an equivariant network X -> Y with random parameters: linear, bilinear and gated layers",
        help: "Hidden spaces are sums of tensors of a given dimension: of all ranks up to the highest R with (R + 1) d^R ≤ hidden, \
equally many coordinates for each; or a representation; or a function that makes one from the group, such as uniform(384); or a list of \
these, one for each layer. Over a product of groups that is given no space of its own, V is the sum of the spaces of its factors. Linear layers have coefficients \
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
            Example {
                code: "let hidden(G) = 4*vector(G) + 8*scalar(G)\nrep V = vector(C(5))\nemlp(V*vector(S(3)) -> V, hidden = [uniform(20), hidden])",
                output: "network V₁⊗V₂ → V₁ of Cyclic(5)×S(3): gated and bilinear, 2 hidden layers, 3834 parameters",
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
        params: &[
            required("G", Kinds::GROUP.or(Kinds::NUMBER)),
            optional("channels", Kinds::NUMBER, "uniform(n) is a function of the group"),
        ],
        returns: Kinds::REP.or(Kinds::FUNCTION),
        summary: "the hidden representation of a given dimension that emlp uses: tensors of all ranks",
        help: "Equally many channels of each rank up to the highest R with (R + 1) d^R ≤ channels; what remains is filled the same way with lower ranks. Where V and \
its dual differ, tensors of one rank are spread over V^p dual(V)^q by binomial coefficients, remainders by --seed. uniform(channels) is \
the function of the group that gives it, for emlp(X -> Y, hidden = uniform(16)).",
        examples: &[
            Example {
                code: "uniform(O(5), 384)",
                output: "134(1) ⊕ 25V ⊕ 5V⊗V: representation of O(5) of dimension 384",
            },
            Example {
                code: "rep V = vector(O(3))\nemlp(V -> V, hidden = uniform(16)) == emlp(V -> V, hidden = uniform(O(3), 16))",
                output: "true",
            },
        ],
        run: |context, a| {
            if let Value::Number(_) = a.value("G")? {
                return of_any_group(a);
            }
            let group = crate::builtins::groups::constructions::group(a, "G")?;
            if a.get("channels").is_none() {
                return Err(a.wrong("G", Code::Arity, "uniform needs a number of channels after the group"));
            }
            let channels = a.count("channels", 1, 1 << 20)?;
            let made = nets::uniform(group.base(), channels, context.limits);
            made.map(Value::rep).map_err(|e| Diagnostic::from(e).at(a.span("G")))
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

/// `uniform(n)`: the function of a group that gives its representation of this dimension.
fn of_any_group(a: &Arguments) -> Outcome {
    let channels = a.count("G", 1, 1 << 20)?;
    if a.get("channels").is_some() {
        return Err(a.wrong("G", Code::Kind, "uniform takes the group first, then the channels"));
    }
    let at = a.span("G");
    let word = |text: &str| Expression { node: Node::Name(text.to_string()), span: at };
    let number = Expression { node: Node::Number(Literal::Exact(Rational::from(channels as i64))), span: at };
    let arguments = [word("G"), number].map(|value| Argument { keyword: None, value });
    let call = Step { node: StepNode::Call(arguments.to_vec()), span: at };
    let body = Expression { node: Node::Postfix(Box::new(word("uniform")), vec![call]), span: at };
    let parameters = vec![Name { text: "G".to_string(), span: at }];
    Ok(Value::Function(Arc::new(Function { name: format!("uniform({channels})"), parameters, body })))
}

/// A hidden representation by a function of the group to which the network belongs.
fn hidden_of_group(context: &mut Context<'_>, a: &Arguments, function: &Value, base: &Base) -> Result<Rep, Diagnostic> {
    let group = Group::of(base).ok_or_else(|| {
        let message = format!("{} is an algebra: a function makes a hidden space from a group", base.name());
        a.wrong("hidden", Code::Argument, message)
    })?;
    match (context.call)(function, vec![Value::group(group)])? {
        Value::Rep(rep) => Ok(rep.as_ref().clone()),
        other => {
            let message = format!("a hidden space is a representation of the group, not {}", other.line());
            Err(a.wrong("hidden", Code::Kind, message))
        }
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
    let mut hidden = Vec::new();
    for value in hidden_values(a)? {
        hidden.push(match &value {
            Value::Rep(rep) => Hidden::Rep(rep.as_ref().clone()),
            function @ (Value::Function(_) | Value::Builtin(_)) => {
                Hidden::Rep(hidden_of_group(context, a, function, from.base())?)
            }
            other => channels(a, other).map(Hidden::Channels)?,
        });
    }
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
    let network = network.examined(&parameters, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("map")))?;
    Ok(Value::Network(Arc::new(NetworkValue { network, parameters })))
}
