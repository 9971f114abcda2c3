//! Numbers: parts, divisibility, roots, floats.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive};

use crate::builtins::groups::connected::connected_group;
use crate::builtins::{Arguments, Builtin, Context, Example, optional, required, rest};
use crate::diag::{Code, Diagnostic};
use crate::discover::{Step, Symbol};
use crate::lang::cyclotomic;
use crate::lang::kind::Kinds;
use crate::lang::tree::Operator;
use crate::lang::value::Value;
use crate::lang::{arithmetic, compare, powers};
use crate::num::{Cyclotomic, Gaussian, Rational};

type Outcome = Result<Value, Diagnostic>;

/// The rows of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "abs",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::SCALAR.or(Kinds::ORACLE))],
        returns: Kinds::SCALAR.or(Kinds::ORACLE),
        summary: "the absolute value",
        help: "Exact for exact numbers: of a Gaussian number it is the square root of its norm.",
        examples: &[
            Example { code: "abs(-3/4)", output: "3/4" },
            Example { code: "abs(3+4i)", output: "5" },
            Example { code: "abs(1+i)", output: "sqrt(2)" },
        ],
        run: absolute,
    },
    Builtin {
        name: "conj",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::SCALAR.or(Kinds::MATRIX).or(Kinds::CYCLOTOMIC_MATRIX).or(Kinds::ORACLE))],
        returns: Kinds::SCALAR.or(Kinds::MATRIX).or(Kinds::CYCLOTOMIC_MATRIX).or(Kinds::ORACLE),
        summary: "the complex conjugate of a number or of the entries of a matrix",
        help: "",
        examples: &[Example { code: "conj(2+3i)", output: "2-3i" }],
        run: |_, a| {
            Ok(match a.value("x")? {
                Value::Number(x) => Value::Number(x.conj()),
                Value::ComplexFloat(re, im) => Value::ComplexFloat(*re, -im),
                Value::Matrix(m) => Value::matrix(m.map(Gaussian::conj)),
                Value::Cyclotomic(x) => cyclotomic::value(x.conjugate()),
                Value::CyclotomicMatrix(m) => cyclotomic::matrix(m.map(Cyclotomic::conjugate)),
                Value::Symbol(x) => Value::Symbol(x.conj()),
                Value::Quadratic(q) if q.radicand < 0 => Value::Quadratic(std::sync::Arc::new(q.conjugate())),
                other => other.clone(),
            })
        },
    },
    Builtin {
        name: "re",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::SCALAR.or(Kinds::ORACLE))],
        returns: Kinds::SCALAR.or(Kinds::ORACLE),
        summary: "the real part",
        help: "",
        examples: &[Example { code: "re(2+3i)", output: "2" }],
        run: |_, a| {
            Ok(match a.value("x")? {
                Value::Number(x) => Value::rational(x.re.clone()),
                Value::Symbol(x) => Value::Symbol(x.re()),
                Value::ComplexFloat(re, _) => Value::Float(*re),
                Value::Cyclotomic(x) => cyclotomic::value(x.parts().0),
                Value::Quadratic(q) if q.radicand < 0 => Value::rational(q.rational.clone()),
                other => other.clone(),
            })
        },
    },
    Builtin {
        name: "im",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::SCALAR.or(Kinds::ORACLE))],
        returns: Kinds::SCALAR.or(Kinds::ORACLE),
        summary: "the imaginary part",
        help: "",
        examples: &[Example { code: "im(2+3i)", output: "3" }],
        run: |_, a| {
            Ok(match a.value("x")? {
                Value::Number(x) => Value::rational(x.im.clone()),
                Value::Symbol(x) => Value::Symbol(x.im()),
                Value::ComplexFloat(_, im) => Value::Float(*im),
                Value::Cyclotomic(x) => cyclotomic::value(x.parts().1),
                Value::Quadratic(q) if q.radicand < 0 => {
                    Value::quadratic(Rational::ZERO, q.coefficient.clone(), q.radicand.saturating_neg())
                }
                Value::Float(_) => Value::Float(0.0),
                _ => Value::integer(0),
            })
        },
    },
    Builtin {
        name: "sqrt",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::SCALAR.or(Kinds::ORACLE))],
        returns: Kinds::SCALAR.or(Kinds::ORACLE),
        summary: "the square root, exact for rational numbers",
        help: "The root of a rational number is rational, or a quadratic number a + b sqrt(d) with a square-free d. Numbers with one root d calculate exactly with each other.",
        examples: &[
            Example { code: "sqrt(9/4)", output: "3/2" },
            Example { code: "sqrt(12)", output: "2*sqrt(3)" },
            Example { code: "(1 + sqrt(5))/2 * (1 - sqrt(5))/2", output: "-1" },
            Example { code: "sqrt(-4)", output: "2i" },
            Example { code: "sqrt(2f)", output: "1.41421356237" },
        ],
        run: square_root,
    },
    Builtin {
        name: "root_of_unity",
        aliases: &["zeta"],
        topic: "numbers",
        params: &[required("n", Kinds::NUMBER), optional("k", Kinds::NUMBER, "1")],
        returns: Kinds::NUMBER,
        summary: "the root of unity exp(2πik/n), exact",
        help: "Sums and products of roots of unity, and of square roots, are exact: they have a canonical form in the field of all n-th \
roots of unity for the least n that will do, at most 2000. Matrices may have such entries: [0, -1; 1, 2*re(zeta(5))]. Quadratic \
numbers are written with their root, zeta(8) + zeta(8)^7 as sqrt(2).",
        examples: &[
            Example { code: "zeta(5) + zeta(5)^4", output: "-1/2+1/2*sqrt(5)" },
            Example { code: "zeta(7)^7", output: "1" },
            Example { code: "sqrt(2) * sqrt(3) == sqrt(6)", output: "true" },
            Example { code: "float(zeta(7) + zeta(7)^6)", output: "1.24697960372" },
            Example {
                code: "[zeta(7), 1/2; 0, (1 + sqrt(5))/2]", output: "⎡ ζ7       1/2 ⎤\n⎣  0  (1+√5)/2 ⎦"
            },
        ],
        run: |_, a| {
            let n = a.count("n", 1, cyclotomic::MOST_ROOTS as usize)?;
            let k = if a.get("k").is_some() { a.integer("k", -1_000_000_000, 1_000_000_000)? } else { 1 };
            Ok(cyclotomic::value(Cyclotomic::root_of_unity(n as u64, k)))
        },
    },
    Builtin {
        name: "numerator",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::NUMBER)],
        returns: Kinds::NUMBER,
        summary: "the numerator of a rational number in lowest terms",
        help: "",
        examples: &[Example { code: "numerator(-6/4)", output: "-3" }],
        run: |_, a| Ok(Value::rational(Rational::from(rational(a, "x")?.numerator()))),
    },
    Builtin {
        name: "denominator",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::NUMBER)],
        returns: Kinds::NUMBER,
        summary: "the denominator of a rational number in lowest terms, positive",
        help: "",
        examples: &[Example { code: "denominator(-6/4)", output: "2" }],
        run: |_, a| Ok(Value::rational(Rational::from(rational(a, "x")?.denominator()))),
    },
    Builtin {
        name: "gcd",
        aliases: &[],
        topic: "numbers",
        params: &[rest("n", Kinds::NUMBER)],
        returns: Kinds::NUMBER,
        summary: "the greatest common divisor of integers",
        help: "",
        examples: &[Example { code: "gcd(12, 18, 30)", output: "6" }],
        run: |_, a| fold_integers(a, BigInt::ZERO, |x, y| x.gcd(y)),
    },
    Builtin {
        name: "lcm",
        aliases: &[],
        topic: "numbers",
        params: &[rest("n", Kinds::NUMBER)],
        returns: Kinds::NUMBER,
        summary: "the least common multiple of integers",
        help: "",
        examples: &[Example { code: "lcm(4, 6)", output: "12" }],
        run: |_, a| fold_integers(a, BigInt::one(), |x, y| x.lcm(y)),
    },
    Builtin {
        name: "mod",
        aliases: &[],
        topic: "numbers",
        params: &[required("a", Kinds::NUMBER), required("b", Kinds::NUMBER)],
        returns: Kinds::NUMBER,
        summary: "the remainder of a division by b, from 0 to |b|-1",
        help: "",
        examples: &[Example { code: "mod(-7, 3)", output: "2" }],
        run: |_, a| {
            let (x, y) = (whole(a, "a")?, whole(a, "b")?);
            if y == BigInt::ZERO {
                return Err(a.wrong("b", Code::Number, "division by zero"));
            }
            let modulus = BigInt::from(y.magnitude().clone());
            Ok(Value::rational(Rational::from(x.mod_floor(&modulus))))
        },
    },
    Builtin {
        name: "factorial",
        aliases: &[],
        topic: "numbers",
        params: &[required("n", Kinds::NUMBER)],
        returns: Kinds::NUMBER,
        summary: "the factorial n!",
        help: "",
        examples: &[Example { code: "factorial(5)", output: "120" }],
        run: |c, a| {
            let n = a.integer("n", 0, 20_000)?;
            let mut product = BigInt::one();
            for k in 2..=n {
                c.limits.check()?;
                product *= k;
            }
            Ok(Value::rational(Rational::from(product)))
        },
    },
    Builtin {
        name: "binomial",
        aliases: &["choose"],
        topic: "numbers",
        params: &[required("n", Kinds::NUMBER), required("k", Kinds::NUMBER)],
        returns: Kinds::NUMBER,
        summary: "the binomial coefficient: how many subsets of k elements n elements have",
        help: "",
        examples: &[Example { code: "binomial(7, 3)", output: "35" }],
        run: |c, a| {
            let (n, k) = (a.integer("n", 0, 100_000)?, a.integer("k", 0, 100_000)?);
            let mut product = BigInt::from(u8::from(k <= n));
            for j in 0..k.min(n - k).max(0) {
                c.limits.check()?;
                product = product * (n - j) / (j + 1);
            }
            Ok(Value::rational(Rational::from(product)))
        },
    },
    Builtin {
        name: "floor",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::NUMBER)],
        returns: Kinds::NUMBER,
        summary: "the largest integer not above a rational number",
        help: "",
        examples: &[Example { code: "floor(-7/2)", output: "-4" }],
        run: |_, a| {
            let x = rational(a, "x")?;
            Ok(Value::rational(Rational::from(x.numerator().div_floor(&x.denominator()))))
        },
    },
    Builtin {
        name: "sign",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::SCALAR.or(Kinds::PERMUTATION))],
        returns: Kinds::NUMBER,
        summary: "the sign of a real number, or of a permutation: -1, 0 or 1",
        help: "",
        examples: &[
            Example { code: "sign(1 - sqrt(2))", output: "-1" },
            Example { code: "sign(permutation(3, \"(0 1 2)\"))", output: "1" },
        ],
        run: |_, a| {
            let x = a.value("x")?;
            if let Value::Permutation(p) = x {
                return Ok(Value::integer(p.sign()));
            }
            let order = compare::order(x, &Value::integer(0))
                .ok_or_else(|| a.wrong("x", Code::Argument, "a complex number has no sign"))?;
            Ok(Value::integer(order as i64))
        },
    },
    Builtin {
        name: "float",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::SCALAR.or(Kinds::MATRIX_LIKE).or(Kinds::CYCLOTOMIC_MATRIX).or(Kinds::TABLE))],
        returns: Kinds::FLOAT.or(Kinds::FLOAT_MATRIX).or(Kinds::LIST),
        summary: "the floating-point number or matrix nearest to an exact one",
        help: "The way back is `exact`, which has to be asked for: a float never becomes exact by itself.",
        examples: &[Example { code: "float(1/3)", output: "0.333333333333" }],
        run: |_, a| {
            let x = a.value("x")?;
            match x {
                Value::Number(z) if !z.is_real() => arithmetic::finite(z.re.to_f64(), z.im.to_f64()),
                Value::Cyclotomic(z) => {
                    let (re, im) = z.to_complex();
                    arithmetic::finite(re, if z.is_real() { 0.0 } else { im })
                }
                Value::Matrix(_) | Value::CyclotomicMatrix(_) | Value::Table(_) => {
                    a.float_matrix("x").map(Value::FloatMatrix)
                }
                Value::List(items) if items.iter().all(|v| v.to_f64().is_some()) => {
                    Ok(Value::list(items.iter().filter_map(Value::to_f64).map(Value::Float)))
                }
                Value::List(_) => a.float_matrix("x").map(Value::FloatMatrix),
                _ => match x.to_f64() {
                    Some(float) => arithmetic::finite(float, 0.0),
                    None => Ok(x.clone()),
                },
            }
        },
    },
    Builtin {
        name: "exp",
        aliases: &[],
        topic: "numbers",
        params: &[required(
            "x",
            Kinds::SCALAR
                .or(Kinds::MATRIX_LIKE)
                .or(Kinds::ALGEBRA)
                .or(Kinds::TYPE)
                .or(Kinds::DISCOVERY)
                .or(Kinds::ORACLE),
        )],
        returns: Kinds::FLOAT.or(Kinds::FLOAT_MATRIX).or(Kinds::GROUP).or(Kinds::ORACLE),
        summary: "connected group of a matrix algebra; exponential of a number or a square matrix, in floating point",
        help: "exp(g) is the group that the exponentials of a Lie algebra of matrices generate; it is exact and connected. So is that of \
discovered generators; where these are floats, so is the group. \
A single matrix is scaled, its Padé approximant taken, and squared back.",
        examples: &[
            Example { code: "exp(so(4))", output: "exp(so(4)): connected Lie group of dimension 6, 4×4 matrices" },
            Example { code: "exp(0)", output: "1.0" },
            Example { code: "exp([0, 1; 0, 0])", output: "⎡ 1.0  1.0 ⎤\n⎣ 0.0  1.0 ⎦" },
        ],
        run: |context, a| {
            if let Some(x) = a.value("x")?.to_f64() {
                return arithmetic::finite(x.exp(), 0.0);
            }
            if let Value::Symbol(x) = a.value("x")? {
                return symbolic(a, x, Step::Exponential);
            }
            if let Value::Algebra(_)
            | Value::QuadraticAlgebra(_)
            | Value::Type(_)
            | Value::Discovery(_)
            | Value::Training(_) = a.value("x")?
            {
                return connected_group(context.limits, a.value("x")?).map_err(|e| e.at(a.span("x")));
            }
            let m = a.float_matrix("x")?;
            let power = crate::float::dense::exponential(&m).map_err(|e| Diagnostic::from(e).at(a.span("x")))?;
            arithmetic::float_result(power)
        },
    },
    Builtin {
        name: "log",
        aliases: &["ln"],
        topic: "numbers",
        params: &[required("x", Kinds::SCALAR.or(Kinds::ORACLE))],
        returns: Kinds::FLOAT.or(Kinds::ORACLE),
        summary: "the natural logarithm of a positive number, in floating point",
        help: "",
        examples: &[Example { code: "log(1)", output: "0.0" }],
        run: |_, a| function(a, f64::ln, Step::Logarithm),
    },
    Builtin {
        name: "sin",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::SCALAR.or(Kinds::ORACLE))],
        returns: Kinds::FLOAT.or(Kinds::ORACLE),
        summary: "the sine, in floating point",
        help: "",
        examples: &[Example { code: "sin(0)", output: "0.0" }],
        run: |_, a| function(a, f64::sin, Step::Sine),
    },
    Builtin {
        name: "cos",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::SCALAR.or(Kinds::ORACLE))],
        returns: Kinds::FLOAT.or(Kinds::ORACLE),
        summary: "the cosine, in floating point",
        help: "",
        examples: &[Example { code: "cos(0)", output: "1.0" }],
        run: |_, a| function(a, f64::cos, Step::Cosine),
    },
    Builtin {
        name: "is_prime",
        aliases: &[],
        topic: "numbers",
        params: &[required("n", Kinds::NUMBER)],
        returns: Kinds::BOOLEAN,
        summary: "whether a number below 10^12 is prime",
        help: "",
        examples: &[Example { code: "[n for n in 1..20 if is_prime(n)]", output: "[2, 3, 5, 7, 11, 13, 17, 19]" }],
        run: |_, a| {
            let n = a.integer("n", 0, 1_000_000_000_000)?;
            let divides = |d: &i64| n % d == 0;
            Ok(Value::Boolean(n > 1 && !(2..).take_while(|d| d * d <= n).any(|d| divides(&d))))
        },
    },
    Builtin {
        name: "round",
        aliases: &[],
        topic: "numbers",
        params: &[required("x", Kinds::FLOAT), optional("digits", Kinds::NUMBER, "0")],
        returns: Kinds::FLOAT,
        summary: "a float rounded to so many digits after the point; it stays a float",
        help: "",
        examples: &[Example { code: "round(3.14159f, 2)", output: "3.14" }],
        run: |_, a| {
            let digits = if a.get("digits").is_some() { a.integer("digits", 0, 15)? } else { 0 };
            let scale = 10f64.powi(digits.to_i32().unwrap_or(0));
            match a.value("x")?.to_f64() {
                Some(x) if (x * scale).is_finite() => Ok(Value::Float((x * scale).round() / scale)),
                _ => Ok(a.value("x")?.clone()),
            }
        },
    },
];

fn rational<'a>(a: &'a Arguments, name: &str) -> Result<&'a Rational, Diagnostic> {
    let x = a.number(name)?;
    if x.is_real() {
        Ok(&x.re)
    } else {
        Err(a.wrong(name, Code::Argument, format!("`{name}` must be rational, not {x}")))
    }
}

fn whole(a: &Arguments, name: &str) -> Result<BigInt, Diagnostic> {
    let x = rational(a, name)?;
    if x.is_integer() {
        return Ok(x.numerator());
    }
    Err(a.wrong(name, Code::Argument, format!("`{name}` must be a whole number, not {x}")))
}

fn fold_integers(a: &Arguments, start: BigInt, step: fn(&BigInt, &BigInt) -> BigInt) -> Outcome {
    let mut sum = start;
    for (value, span) in a.rest("n") {
        match value {
            Value::Number(x) if x.is_real() && x.re.is_integer() => sum = step(&sum, &x.re.numerator()),
            other => {
                return Err(Diagnostic::new(Code::Argument, format!("{} is not an integer", other.line())).at(span));
            }
        }
    }
    Ok(Value::rational(Rational::from(sum)))
}

/// A function of a real number that may depend on the coordinates of an oracle.
fn function(a: &Arguments, value: fn(f64) -> f64, step: fn(u32) -> Step) -> Outcome {
    if let Value::Symbol(x) = a.value("x")? {
        return symbolic(a, x, step);
    }
    let real = || a.wrong("x", Code::Kind, format!("{} takes a real number", a.row().name));
    arithmetic::finite(value(a.value("x")?.to_f64().ok_or_else(real)?), 0.0)
}

/// A function of a coordinate of an oracle, or of what depends on it.
fn symbolic(a: &Arguments, x: &Symbol, step: fn(u32) -> Step) -> Outcome {
    let complex = || {
        a.wrong("x", Code::Unsupported, format!("{} of a complex coordinate is not supported", a.row().name))
            .hint("re(z), im(z) and abs(z) are real")
    };
    x.apply(step).map(Value::Symbol).ok_or_else(complex)
}

fn absolute(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let x = a.value("x")?;
    match x {
        Value::Symbol(x) => Ok(Value::Symbol(x.absolute())),
        Value::Number(z) if z.is_real() => Ok(Value::rational(z.re.abs())),
        Value::Number(z) => powers::square_root(&z.norm()),
        Value::Float(x) => Ok(Value::Float(x.abs())),
        Value::ComplexFloat(re, im) => arithmetic::finite(re.hypot(*im), 0.0),
        Value::Quadratic(q) if q.radicand < 0 => powers::square_root(&q.norm()),
        Value::Cyclotomic(z) if !z.is_real() => match z.mul(&z.conjugate()).as_rational() {
            Some(norm) => powers::square_root(&norm),
            None => Err(a
                .wrong("x", Code::Unsupported, "the absolute value of this number is no square root of a rational one")
                .hint("for a float write abs(float(x))")),
        },
        other if compare::order(other, &Value::integer(0)) == Some(std::cmp::Ordering::Less) => {
            let zero = Value::integer(0);
            arithmetic::binary(Operator::Minus, &zero, other, context.limits).unwrap_or_else(|| Ok(other.clone()))
        }
        other => Ok(other.clone()),
    }
}

fn square_root(_: &mut Context<'_>, a: &Arguments) -> Outcome {
    match a.value("x")? {
        Value::Symbol(x) => symbolic(a, x, Step::Root),
        Value::Number(z) if z.is_real() => powers::square_root(&z.re).map_err(|e| e.at(a.span("x"))),
        Value::Float(x) if *x >= 0.0 => Ok(Value::Float(x.sqrt())),
        Value::Float(x) => arithmetic::finite(0.0, (-x).sqrt()),
        Value::ComplexFloat(re, im) => {
            let size = re.hypot(*im);
            arithmetic::finite(((size + re) / 2.0).sqrt(), ((size - re) / 2.0).sqrt().copysign(*im))
        }
        _ => Err(a
            .wrong("x", Code::Unsupported, "exact square roots are taken of rational numbers only")
            .hint("for a float write sqrt(float(x))")),
    }
}
