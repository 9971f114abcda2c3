//! From data to symmetries: samples, `discover`, and what can be asked of its answer.

use std::sync::Arc;

use crate::builtins::algebras::over_quadratic;
use crate::builtins::discovery::answer::{Background, answer};
use crate::builtins::discovery::labels;
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, optional, required, rest};
use crate::diag::{Code, Diagnostic};
use crate::discover::{self, Ansatz, Discovery, Generators, Law, Oracle, Points, Proof, Request, Shape, Surface};
use crate::exact::SparseMatrix;
use crate::forms::Form;
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::value::{DiscoveryValue, Field, NamedPolynomial, Value};
use crate::lie::{self, Algebra};

const TOPIC: &str = "discovery";
type Outcome = Result<Value, Diagnostic>;

/// Up to so many unknowns all singular values are computed, which costs no time that anybody notices.
const FEW: usize = 300;

/// The error of the derivatives of a fit, relative to their size, above which nothing is trained on them.
const UNKNOWN: f64 = 0.5;

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "discover",
        aliases: &[],
        topic: TOPIC,
        params: &[
            rest("oracles", Kinds::ORACLE.or(Kinds::FORM).or(Kinds::LIST).or(Kinds::FUNCTION).or(Kinds::TABLE)),
            keyword(
                "ansatz",
                Kinds::FIELD.or(Kinds::TEXT).or(Kinds::MATRIX_LIKE).or(Kinds::LIST),
                "R, or C for complex coordinates",
            ),
            keyword("copies", Kinds::NUMBER, "1"),
            keyword("points", Kinds::MATRIX_LIKE.or(Kinds::TABLE), "drawn from `law`"),
            keyword(
                "samples",
                Kinds::NUMBER,
                "a few more than there are unknowns, 300 or three times as many to train",
            ),
            keyword("law", Kinds::TEXT.or(Kinds::LIST), "\"normal\""),
            keyword("noise", Kinds::SCALAR, "0"),
            keyword("differences", Kinds::SCALAR, "exact derivatives"),
            keyword("prove", Kinds::BOOLEAN, "true"),
            keyword("all_values", Kinds::BOOLEAN, "true up to 300 unknowns"),
            keyword("label", Kinds::TEXT.or(Kinds::LIST), "the last column of a table"),
            keyword("vectors", Kinds::NUMBER, "1"),
            keyword("degree", Kinds::NUMBER, "the best of 1 to 4"),
            keyword("model", Kinds::TEXT, "the one with the least error on held-out rows"),
            keyword("hidden", Kinds::NUMBER, "12"),
            keyword("layers", Kinds::NUMBER, "2"),
            keyword("method", Kinds::TEXT, "\"closed\""),
            keyword("generators", Kinds::NUMBER, "all that there are"),
            keyword("epochs", Kinds::NUMBER, "5000 together, 20000 for each one"),
            keyword("rate", Kinds::SCALAR, "that of the method"),
            keyword("schedule", Kinds::TEXT.or(Kinds::LIST), "\"constant\""),
            keyword("optimiser", Kinds::TEXT, "\"adam\", or \"conjugate\" where it can be"),
            keyword("epsilon", Kinds::SCALAR, "its limit 0"),
            keyword("normalisation", Kinds::BOOLEAN, "true"),
            keyword("orthogonality", Kinds::BOOLEAN, "true"),
            keyword("closure", Kinds::BOOLEAN, "true"),
            keyword("sparsity", Kinds::SCALAR, "0"),
            keyword("blocks", Kinds::LIST, "one"),
            keyword("tolerance", Kinds::SCALAR, "10^-10, together 10^-25"),
            keyword("resume", Kinds::DISCOVERY.or(Kinds::TEXT), "a random start"),
            keyword("checkpoint", Kinds::TEXT, "no file"),
            keyword("every", Kinds::NUMBER, "1000"),
        ],
        returns: Kinds::DISCOVERY,
        summary: "Lie algebra of the matrices that leave oracles invariant, from samples; proved where possible",
        help: "A matrix W is a symmetry of f when ∇f(x)·(W x) = 0 for all x; every sample with its exact gradient gives one \
equation for the entries of W, summed over the vectors of f. The dimension is read from the singular values of the \
equations: those that are zero to rounding, or below the edge of the stated noise, or behind a gap of a factor 100; the gap and, \
when all values are computed, the next best dimension are reported. The null space is brought to echelon form and rounded to rationals, or to numbers of one field Q(√d). When the oracle is \
a rational function over Q or Q(√d) (or √, exp, … of one), every generator is checked as an identity of polynomials and the rank \
over Q of all identities bounds the dimension from above: the answer is then proved.\n\
`ansatz`: R, C (complex coordinates, or real parts followed by imaginary parts), H (matrices of quaternions, on coordinates in H or in fours), \"affine\", \
\"diagonal\", \"equivariant\" (pairs with df(x) A x = B f(x)), \
\"tensor\" (values that are a square matrix T, with df(x) A x = B T - T C; solutions with A = 0 are trivial and counted apart), [\"polynomial\", d] (vector fields v of degree d with ∇f(x)·v(x) = 0, as lists of polynomials; an algebra where their brackets stay among them), or a matrix whose non-zero entries are free. `copies` = k: one matrix \
of the ansatz on k blocks of coordinates. Of a table of points and labels: `label` names the columns of labels, `vectors` = k says that the others are the coordinates of k vectors that move together, and a fitted model stands in for the oracle: a polynomial (of the stated degree), or where that predicts held-out rows worse a small network of `layers` hidden layers with `hidden` neurons each; \
`model` = \"polynomial\" or \"network\" chooses. The error of the fit is measured on rows that were held out, that of its derivatives by how far fits to parts of the rows lie apart; values within it count as zero. A fit is no proof. \
Points that satisfy equations of degree up to 3, a cone or a sphere, tell nothing across them: a matrix has to keep the equations and, along them, the labels. Points that span a subspace only, for affine maps an affine one, are restricted to it. `law`: \"normal\", \"sphere\", [low, high], or such a pair for each coordinate. `noise`: standard deviation of what is added to every \
derivative, relative to their root mean square; of a table, of what is added to the labels before they are fitted, relative to their spread. `differences` = h takes central difference quotients in place of exact derivatives, with that step relative to the size of the coordinate. Attributes: dim, residual, gap, rational, certified, identification, algebra, \
generators, singular_values, …; the answer stands for its algebra in identify(d), exp(d), algebra g = d. With constants of one field Q(√d) generators, algebra and group are exact over that field: the real algebra is the one at the place √d > 0, and d.restricted is the one over Q that they span with their multiples by √d.\n\
`method` trains generators instead, on the losses of arXiv:2301.05638: \"joint\" all terms at once (invariance, \
`normalisation`, `orthogonality`, `closure` with learnt structure constants, on request `sparsity` of that weight and commuting `blocks`), the \
only one that finds fewer generators than there are as a subalgebra; \"sequential\" one generator after another with penalties; \
\"projected\" in batches with norm and overlap imposed at every step; \"parallel\" independent copies. `epsilon` takes the published finite \
step. The optimiser is Adam, its rate on the `schedule` \"constant\", \"cosine\" (down to a thousandth over the epochs; [\"cosine\", 200]: over 200 steps, then 400, …) or [\"exponential\", 1000] (halved every 1000 steps); \"projected\" and \"parallel\" take conjugate gradients, which need neither, where the loss is quadratic. A training writes its state to the file `checkpoint`, a joint one `every` so many steps and when it is stopped (Ctrl-C, --timeout), the others after every start, batch or set of copies, and goes on to the same bytes with resume = a training or a .npz file; `epochs` of a joint one counts the steps before. Attributes of a training: loss, steps, verdict (found, stuck, falling, short: too few steps to tell, vanished, none), metrics, generators, curve, algebra.",
        examples: &[
            Example {
                code: "oracle f(t, x, y, z) = t^2 - x^2 - y^2 - z^2\ndiscover(f).identification.real_form",
                output: "sl(2,C)_R",
            },
            Example { code: "identify(discover(octonion_form, noise = 0.1)).real_form", output: "G2(-14)" },
            Example {
                code: "oracle h(z[2] in C) = sum([abs(w)^2 for w in z])\n[discover(h).dim, discover(h, ansatz = R).dim]",
                output: "[4, 6]",
            },
            Example {
                code: "oracle c(x, y) = x^3 - y^2\ndiscover(c, ansatz = [\"polynomial\", 2]).generators",
                output: "[[y, 3/2*x^2]]",
            },
        ],
        run: discover_row,
    },
    Builtin {
        name: "points",
        aliases: &["sample_points"],
        topic: TOPIC,
        params: &[
            required("count", Kinds::NUMBER),
            required("dimension", Kinds::NUMBER),
            optional("law", Kinds::TEXT.or(Kinds::LIST), "\"normal\""),
        ],
        returns: Kinds::FLOAT_MATRIX,
        summary: "random points as the rows of a float matrix, the same for the same --seed",
        help: "`law`: \"normal\" (independent standard normal coordinates), \"sphere\" (uniform on the unit sphere), or [low, high] \
(independent uniform coordinates).",
        examples: &[Example { code: "len(points(300, 4)[1])", output: "4" }],
        run: |context, a| {
            let (count, dimension) = (a.count("count", 1, 1 << 40)?, a.count("dimension", 1, 100_000)?);
            let law = fitting(law(a)?, a, dimension, 1)?;
            let found = discover::sample(count, dimension, law, context.limits);
            Ok(Value::float_matrix(found.map_err(|e| Diagnostic::from(e).at(a.span("count")))?))
        },
    },
];

/// The algebra that discovered generators span.
pub(crate) fn algebra(it: &DiscoveryValue) -> Result<Arc<Algebra>, Diagnostic> {
    it.algebra.clone().ok_or_else(|| {
        let reason = match (it.discovery.dim(), &it.discovery.generators) {
            (0, _) => "nothing was discovered, so there is no algebra",
            (_, Generators::Exact(_) | Generators::Quadratic { .. }) => {
                "the discovered generators are not closed under brackets"
            }
            (_, Generators::Float(_)) => {
                "the discovered generators are floats, and a float never becomes exact by itself"
            }
        };
        Diagnostic::new(Code::Unsupported, reason)
    })
}

/// An attribute of a discovery.
pub fn attribute(it: &DiscoveryValue, word: &str) -> Option<Value> {
    match word {
        "algebra" => {
            let quadratic = || it.discovery.restricted.clone().map(Value::quadratic_algebra);
            it.algebra.clone().map(Value::Algebra).or_else(quadratic)
        }
        "restricted" => it.discovery.restricted.as_ref().map(|g| Value::Algebra(g.restricted().clone())),
        "generators" => Some(Value::list(generators(&it.discovery))),
        "singular_values" => Some(Value::list(it.discovery.spectrum.values.iter().map(|x| Value::Float(*x)))),
        _ => it.keys.get(word).map(|json| Value::attribute(word, json)),
    }
}

/// What is said of a word that a discovery does not answer to.
pub fn no_attribute(it: &DiscoveryValue, word: &str) -> Diagnostic {
    if let ("algebra", Err(why)) = (word, algebra(it)) {
        return why;
    }
    let error = Diagnostic::new(Code::Name, format!("a discovery has no `{word}`"));
    let own = ["algebra", "generators", "singular_values"];
    match nearest(word, it.keys.keys().map(String::as_str).chain(own)) {
        Some(near) => error.label(format!("did you mean `{near}`?")),
        None => error.hint("?discover lists its attributes"),
    }
}

/// The generators as matrices, complex ones where the ansatz is complex.
pub(crate) fn generators(found: &Discovery) -> Vec<Value> {
    if let (true, Generators::Exact(all)) = (found.ansatz.is_polynomial(), &found.generators) {
        let (n, names) = (found.ansatz.dimension(), found.ansatz.names());
        let name = |a: usize| names.get(a).cloned().unwrap_or_else(|| format!("x{}", a + 1));
        let vectors = Arc::new(vec![(0..n).map(name).collect::<Vec<String>>()]);
        let one = |polynomial| Value::Polynomial(Arc::new(NamedPolynomial { vectors: vectors.clone(), polynomial }));
        return all.iter().map(|m| Value::list(discover::components(&found.ansatz, m).into_iter().map(one))).collect();
    }
    coefficients(found)
}

/// The generators as matrices; of vector fields those of their coefficients.
pub(crate) fn coefficients(found: &Discovery) -> Vec<Value> {
    let dense = |m: &SparseMatrix| match found.ansatz.is_complex() {
        true => Value::matrix(lie::as_gaussian(m, m.rows() / 2)),
        false => Value::rational_matrix(&m.to_dense()),
    };
    match &found.generators {
        Generators::Exact(all) => all.iter().map(dense).collect(),
        Generators::Quadratic { radicand, matrices } => {
            matrices.iter().map(|parts| over_quadratic::matrix(parts, *radicand, found.ansatz.is_complex())).collect()
        }
        Generators::Float(all) => all.iter().cloned().map(Value::float_matrix).collect(),
    }
}

fn law(a: &Arguments) -> Result<Law, Diagnostic> {
    match a.get("law") {
        None => Ok(Law::Normal),
        Some(Value::Text(word)) => match word.as_ref() {
            "normal" => Ok(Law::Normal),
            "sphere" => Ok(Law::Sphere),
            other => {
                let error = a.wrong("law", Code::Argument, format!("there is no law \"{other}\""));
                Err(match nearest(other, ["normal", "sphere"]) {
                    Some(near) => error.label(format!("did you mean \"{near}\"?")),
                    None => error.hint("there are \"normal\", \"sphere\" and [low, high]"),
                })
            }
        },
        Some(value) => {
            let pair = |v: &Value| match v.items()?.iter().map(Value::to_f64).collect::<Option<Vec<f64>>>()?[..] {
                [low, high] if low < high && (high - low).is_finite() => Some((low, high)),
                _ => None,
            };
            let boxes = || value.items()?.iter().map(pair).collect::<Option<Vec<_>>>().filter(|all| !all.is_empty());
            match (pair(value), boxes()) {
                (Some((low, high)), _) => Ok(Law::Box(low, high)),
                (None, Some(bounds)) => Ok(Law::Boxes(bounds)),
                (None, None) => Err(a
                    .wrong("law", Code::Argument, "a box is written [low, high] with low < high")
                    .hint("or one such pair for each coordinate: law = [[0, 1], [-2, 2]]")),
            }
        }
    }
}

/// A box with bounds for each coordinate has as many of them as a vector or all vectors together.
fn fitting(law: Law, a: &Arguments, dimension: usize, vectors: usize) -> Result<Law, Diagnostic> {
    match &law {
        Law::Boxes(bounds) if bounds.len() != dimension && bounds.len() != dimension * vectors => {
            let message = format!("{} pairs of bounds for {dimension} coordinates", bounds.len());
            Err(a.wrong("law", Code::Shape, message))
        }
        _ => Ok(law),
    }
}

/// The oracle of the arguments: one from the language, or all forms together.
fn oracle(context: &Context<'_>, a: &Arguments) -> Result<Arc<Oracle>, Diagnostic> {
    let mut forms: Vec<Form> = Vec::new();
    let mut oracles = Vec::new();
    let mut queue = a.rest("oracles");
    queue.reverse();
    let mut place = context.span;
    while let Some((value, span)) = queue.pop() {
        place = span;
        match value {
            Value::Oracle(oracle) => oracles.push(oracle),
            Value::Form(form) => forms.push(form.as_ref().clone()),
            Value::Polynomial(polynomial) => {
                forms.push(crate::builtins::algebras::building::form_of(&polynomial).map_err(|e| e.at(span))?);
            }
            Value::List(items) => queue.extend(items.iter().rev().map(|item| (item.clone(), span))),
            other => {
                let message = format!("discover takes oracles, forms or a table, not {}", other.kind());
                return Err(Diagnostic::new(Code::Kind, message).at(span).hint("oracle f(x[3]) = x1^2 + x2^2 + x3^2"));
            }
        }
    }
    match (oracles.len(), forms.len()) {
        (1, 0) => Ok(oracles.remove(0)),
        (0, 0) => Err(Diagnostic::new(Code::Arity, "discover needs an oracle or a form").at(place)),
        (0, _) => {
            let complex = match a.get("ansatz") {
                Some(Value::Field(field)) => *field == Field::Complex,
                Some(Value::Text(word)) if word.as_ref() == "complex" => true,
                _ => forms.iter().any(Form::is_complex),
            };
            let oracle = discover::oracle_of_forms(&forms, complex, context.limits);
            oracle.map(Arc::new).map_err(|e| Diagnostic::from(e).at(place))
        }
        _ => Err(Diagnostic::new(Code::Argument, "discover takes one oracle, or several forms")
            .at(place)
            .hint("an oracle can have several values: oracle f(x[3]) = [x1^2 + x2^2, x3]")),
    }
}

fn shape(a: &Arguments, oracle: &Oracle) -> Result<Shape, Diagnostic> {
    if a.get("copies").is_none() {
        return one_shape(a, oracle, oracle.dimension());
    }
    let copies = a.count("copies", 1, 1000)?;
    // What does not divide is told by the ansatz itself.
    let inner = one_shape(a, oracle, oracle.dimension() / copies)?;
    if !inner.can_be_copied() {
        return Err(a
            .wrong("ansatz", Code::Argument, "`copies` are of real, complex, quaternionic, diagonal or sparse matrices")
            .hint("vectors that move together can be arguments of the oracle: oracle f(x[3]; y[3]) = …"));
    }
    Ok(Shape::Copies(copies, Box::new(inner)))
}

/// The shape of matrices on `n` real coordinates that the arguments name.
fn one_shape(a: &Arguments, oracle: &Oracle, n: usize) -> Result<Shape, Diagnostic> {
    let complex = |value: &Value| {
        matches!(value, Value::Field(Field::Complex))
            || matches!(value, Value::Text(word) if word.as_ref() == "complex")
    };
    if oracle.is_quaternionic() && a.get("ansatz").is_some_and(complex) {
        return Err(a
            .wrong(
                "ansatz",
                Code::Unsupported,
                "complex matrices take real parts followed by imaginary ones, not quaternions",
            )
            .hint("ansatz = H, the default here, or ansatz = R, which has all complex ones among its matrices"));
    }
    match a.get("ansatz") {
        None if oracle.is_complex() => Ok(Shape::Complex),
        None if oracle.is_quaternionic() => Ok(Shape::Quaternionic),
        None => Ok(Shape::Real),
        Some(Value::Field(Field::Real)) => Ok(Shape::Real),
        Some(Value::Field(Field::Complex)) => Ok(Shape::Complex),
        Some(Value::Field(Field::Quaternion)) => Ok(Shape::Quaternionic),
        Some(Value::Text(word)) => {
            const WORDS: [&str; 7] = ["affine", "diagonal", "equivariant", "tensor", "real", "complex", "quaternionic"];
            match word.as_ref() {
                "real" => Ok(Shape::Real),
                "complex" => Ok(Shape::Complex),
                "quaternionic" => Ok(Shape::Quaternionic),
                "affine" => Ok(Shape::Affine),
                "diagonal" => Ok(Shape::Diagonal),
                "equivariant" => Ok(Shape::Equivariant),
                "tensor" => Ok(Shape::Tensor),
                "polynomial" => Ok(Shape::Polynomial(2)),
                other => {
                    let error = a.wrong("ansatz", Code::Argument, format!("there is no ansatz \"{other}\""));
                    Err(match nearest(other, WORDS) {
                        Some(near) => error.label(format!("did you mean \"{near}\"?")),
                        None => error.hint(
                            "there are R, C, H, \"affine\", \"diagonal\", \"equivariant\", \"tensor\", [\"polynomial\", 2] and a matrix",
                        ),
                    })
                }
            }
        }
        Some(Value::List(items)) if matches!(items.first(), Some(Value::Text(_))) => polynomial_shape(a, items),
        Some(_) => {
            let mask = a.matrix("ansatz")?;
            if mask.rows() != n || mask.cols() != n {
                let message =
                    format!("the pattern is {}×{}, but the space has dimension {n}", mask.rows(), mask.cols());
                return Err(a.wrong("ansatz", Code::Shape, message));
            }
            Ok(Shape::Pattern(mask.entries().iter().map(|x| !x.is_zero()).collect()))
        }
    }
}

/// `["polynomial", d]`: vector fields of degree d.
fn polynomial_shape(a: &Arguments, items: &[Value]) -> Result<Shape, Diagnostic> {
    const HINT: &str = "ansatz = [\"polynomial\", 2]: vector fields of degree 2";
    match items {
        [Value::Text(word), degree] if word.as_ref() == "polynomial" => match degree.to_i64() {
            Some(degree @ 0..=12) => Ok(Shape::Polynomial(degree as u32)),
            _ => Err(a
                .wrong("ansatz", Code::Argument, "the degree of vector fields is a whole number from 0 to 12")
                .hint(HINT)),
        },
        _ => Err(a.wrong("ansatz", Code::Argument, "a list as `ansatz` is \"polynomial\" and a degree").hint(HINT)),
    }
}

fn discover_row(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let at = |e: discover::DiscoverError| Diagnostic::from(e).at(context.span);
    let (oracle, mut background) = match labels::table(a)? {
        Some(table) => labels::fitted(context, a, &table, noise(a)?)?,
        None => restricted(context, a)?,
    };
    let oracle = match differences(a)? {
        None => oracle,
        step => Arc::new(oracle.as_ref().clone().with_differences(step)),
    };
    let ansatz = Ansatz::new(shape(a, &oracle)?, oracle.dimension(), oracle.outputs().len())
        .map_err(|e| Diagnostic::from(e).at(a.span("ansatz")))?
        .named(oracle.names().to_vec());
    if background.kept.is_some() && !matches!(ansatz.shape(), Shape::Real | Shape::Diagonal | Shape::Affine) {
        let message = format!("the points span a subspace only, where {} make no sense", ansatz.description());
        return Err(Diagnostic::new(Code::Unsupported, message).at(context.span));
    }
    let on_surface = background.on_surface();
    if ansatz.is_polynomial() {
        polynomial_points(context, a, &background)?;
    }
    if on_surface && (ansatz.is_equivariant() || ansatz.is_polynomial()) {
        let message = format!("the points satisfy equations, where {} make no sense", ansatz.description());
        return Err(Diagnostic::new(Code::Unsupported, message).at(context.span));
    }
    // That of labels has its part in the fit, whose own errors are estimated.
    let noise = if background.fitted.is_some() { 0.0 } else { noise(a)? };
    let train = crate::builtins::discovery::training::wanted(a)?;
    let points = match &background.points {
        Some(points) => Points::Given(points.clone()),
        None => match drawn(a, &oracle, &ansatz, noise)? {
            // As many as the papers take; where there are more unknowns, three times as many as tell them apart, because
            // steps go with the root of the condition number of the form.
            Points::Drawn(count, law) if train && a.get("samples").is_none() => {
                Points::Drawn(if count <= 300 { 300 } else { 3 * count }, law)
            }
            points => points,
        },
    };
    if train {
        trainable(context, &oracle, &points, &background)?;
        return crate::builtins::discovery::training::train(context, a, &oracle, &ansatz, &points, &background);
    }
    let all_values = a.flag("all_values", ansatz.len() <= FEW)?;
    // Identities hold everywhere, the labels of such points on their equations only.
    let prove = a.flag("prove", true)? && !on_surface;
    let request = Request { ansatz, points, noise, all_values, snap: true, prove };
    let found = discover::discover(&oracle, &request, context.limits).map_err(at)?;
    if let (Proof::Other { dim }, Some(points)) = (&found.proof, &background.points)
        && *dim < found.dim()
        && let Some(surface) = Surface::of(points, context.limits).map_err(at)?
    {
        background.equations = surface.texts(&[]);
    }
    answer(context, &oracle, &background, found)
}

/// Whether derivatives are known well enough to train on them.
fn trainable(
    context: &Context<'_>,
    oracle: &Oracle,
    points: &Points,
    background: &Background,
) -> Result<(), Diagnostic> {
    let at = |e: discover::DiscoverError| Diagnostic::from(e).at(context.span);
    discover::in_range(oracle, points, context.limits.seed()).map_err(at)?;
    match background.fitted.as_ref().and_then(|fit| fit.slope_error) {
        Some(error) if error > UNKNOWN => {
            let message = format!(
                "the derivatives of the fit err by {error:.1} of their own size: a training on them tells no symmetry from another matrix"
            );
            Err(Diagnostic::new(Code::Argument, message).at(context.span).hint(
                "more rows or more exact labels sharpen the fit; so does `degree` or `model` where the family is known",
            ))
        }
        _ => Ok(()),
    }
}

/// Points that satisfy an equation tell vector fields apart only up to multiples of it.
fn polynomial_points(context: &Context<'_>, a: &Arguments, background: &Background) -> Result<(), Diagnostic> {
    const HINT: &str = "points that fill the space: law = \"normal\" or a box";
    if matches!(a.get("law"), Some(Value::Text(word)) if word.as_ref() == "sphere") {
        let message = "on a sphere there are vector fields that vanish there and nowhere else";
        return Err(a.wrong("law", Code::Argument, message).hint(HINT));
    }
    let (Some(points), None) = (&background.points, &background.fitted) else { return Ok(()) };
    let surface = Surface::of(points, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("points")))?;
    match surface.and_then(|surface| surface.texts(&[]).into_iter().next()) {
        Some(equation) => {
            let message = format!("the points satisfy {equation} = 0: multiples of it would count as vector fields");
            Err(a.wrong("points", Code::Unsupported, message).hint(HINT))
        }
        None => Ok(()),
    }
}

/// The oracle of the arguments on the space that the given points span.
fn restricted(context: &Context<'_>, a: &Arguments) -> Result<(Arc<Oracle>, Background), Diagnostic> {
    let oracle = oracle(context, a)?;
    if a.get("points").is_none() {
        return Ok((oracle, Background::default()));
    }
    let points = a.float_matrix("points")?;
    if points.cols() != oracle.variables() {
        let message = format!("the points have {} coordinates, the oracle has {}", points.cols(), oracle.variables());
        return Err(a.wrong("points", Code::Shape, message));
    }
    let vectors = oracle.arguments().len();
    let affine = matches!(a.get("ansatz"), Some(Value::Text(word)) if word.as_ref() == "affine");
    match discover::subspace(&points, vectors, affine) {
        None => Ok((oracle, Background { points: Some(points.as_ref().clone()), ..Background::default() })),
        Some(subspace) => {
            let names = subspace.coordinates.iter().map(|k| (k + 1).to_string()).collect();
            let kept = Some((oracle.dimension(), names));
            let points = Some(subspace.restrict(&points, vectors));
            let oracle = subspace.oracle(&oracle).map_err(|e| Diagnostic::from(e).at(a.span("points")))?;
            Ok((Arc::new(oracle), Background { points, kept, ..Background::default() }))
        }
    }
}

fn differences(a: &Arguments) -> Result<Option<f64>, Diagnostic> {
    match a.get("differences").map(Value::to_f64) {
        None => Ok(None),
        Some(Some(step)) if (1e-12..=1.0).contains(&step) => Ok(Some(step)),
        Some(_) => Err(a
            .wrong("differences", Code::Argument, "`differences` is the relative step, from 10^-12 to 1")
            .hint("10^-5 is a good one")),
    }
}

fn noise(a: &Arguments) -> Result<f64, Diagnostic> {
    match a.get("noise").map(Value::to_f64) {
        None => Ok(0.0),
        Some(Some(noise)) if (0.0..=100.0).contains(&noise) => Ok(noise),
        Some(_) => Err(a.wrong("noise", Code::Argument, "`noise` is a number from 0 to 100")),
    }
}

/// Where the oracle is asked: by default at some points more than there are unknowns, with noise at eight times as many.
fn drawn(a: &Arguments, oracle: &Oracle, ansatz: &Ansatz, noise: f64) -> Result<Points, Diagnostic> {
    let m = ansatz.len();
    let equations = if noise > 0.0 { 8 * m + 300 } else { m + m / 10 + 20 };
    let default = equations.div_ceil(oracle.moving_outputs(0).max(1));
    let law = fitting(law(a)?, a, oracle.dimension(), oracle.arguments().len())?;
    Ok(Points::Drawn(a.count_or("samples", 1, 1 << 40, default)?, law))
}
