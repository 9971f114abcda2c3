//! How a representation is written: the expression a person made it with, for reading, for LaTeX, for typing again.

use num_bigint::BigInt;
use num_traits::{One, Signed};

use super::module::Node;
use super::{Decomposition, Module, Namer, Weight, WeightError};
use crate::limits::Limits;

/// One expression in three spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// `27 ⊗ 27b`, `Λ²(10)`, `8 + 2(10)`.
    pub plain: String,
    /// The same in LaTeX, for math mode.
    pub latex: String,
    /// As it can be typed: `irrep("E6", [1,0,0,0,0,0])`.
    pub typed: String,
}

/// Longer expressions are not written out.
const LONGEST: usize = 400;

/// Irreducibles that a given representation lists.
const LISTED: usize = 12;

/// How tightly an expression holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Atom,
}

/// The expression of a module, `None` when it is too long to be read.
pub fn expression(module: &Module, namer: &mut Namer, limits: &Limits) -> Result<Option<Written>, WeightError> {
    Ok(write(module, namer, limits)?.map(|(written, _)| written))
}

type Part = Option<(Written, Binding)>;

fn write(module: &Module, namer: &mut Namer, limits: &Limits) -> Result<Part, WeightError> {
    limits.check()?;
    let part = match module.node() {
        Node::Irreducible(weight) => Some((irreducible(module, weight, namer, limits)?, Binding::Atom)),
        Node::Given(decomposition) => given(decomposition, namer, limits)?,
        Node::Sum(terms) => {
            let mut parts = Vec::new();
            for (term, times) in terms {
                let Some(part) = write(term, namer, limits)? else { return Ok(None) };
                parts.push((part, times.clone()));
            }
            Some((sum(parts), Binding::Sum))
        }
        Node::Tensor(factors) => {
            let mut parts = Vec::new();
            for (factor, exponent) in factors {
                let Some(part) = write(factor, namer, limits)? else { return Ok(None) };
                parts.push((part, *exponent));
            }
            Some((product(parts), Binding::Product))
        }
        Node::Symmetric(inner, k) => prefixed(
            inner,
            &format!("Sym{}", superscript(*k)),
            &format!("S^{{{k}}}"),
            |x| format!("Sym({x}, {k})"),
            namer,
            limits,
        )?,
        Node::Exterior(inner, k) => {
            let latex = format!("\\Lambda^{{{k}}}");
            prefixed(inner, &format!("Λ{}", superscript(*k)), &latex, |x| format!("Alt({x}, {k})"), namer, limits)?
        }
        Node::Schur(inner, partition) => {
            let rows = partition.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
            let latex = format!("S_{{({rows})}}");
            prefixed(inner, &format!("S[{rows}]"), &latex, |x| format!("schur({x}, [{rows}])"), namer, limits)?
        }
        Node::Dual(inner) => write(inner, namer, limits)?.map(|(x, _)| {
            let written = Written {
                plain: format!("({})*", x.plain),
                latex: format!("\\left({}\\right)^*", x.latex),
                typed: format!("dual({})", x.typed),
            };
            (written, Binding::Atom)
        }),
    };
    Ok(part.filter(|(written, _)| written.plain.len() <= LONGEST))
}

fn irreducible(module: &Module, weight: &Weight, namer: &mut Namer, limits: &Limits) -> Result<Written, WeightError> {
    let group = module.group();
    let name = namer.name(group, weight, limits)?;
    let labels = weight.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    Ok(Written { plain: name.plain, latex: name.latex, typed: format!("irrep(\"{group}\", [{labels}])") })
}

fn given(decomposition: &Decomposition, namer: &mut Namer, limits: &Limits) -> Result<Part, WeightError> {
    if decomposition.terms().len() > LISTED {
        return Ok(None);
    }
    let mut parts = Vec::new();
    for (weight, times) in decomposition.terms() {
        let module = Module::irreducible(decomposition.group(), weight, limits)?;
        let written = irreducible(&module, weight, namer, limits)?;
        parts.push((module.dim().clone(), ((written, Binding::Atom), times.clone())));
    }
    // As decompositions are shown: 10 + 10b.
    parts.sort_by(|(m, ((a, _), _)), (n, ((b, _), _))| (m, a.plain.len(), &a.plain).cmp(&(n, b.plain.len(), &b.plain)));
    let parts = parts.into_iter().map(|(_, part)| part).collect();
    Ok(Some((sum(parts), Binding::Sum)))
}

fn prefixed(
    inner: &Module,
    plain: &str,
    latex: &str,
    typed: impl Fn(&str) -> String,
    namer: &mut Namer,
    limits: &Limits,
) -> Result<Part, WeightError> {
    Ok(write(inner, namer, limits)?.map(|(x, _)| {
        let written = Written {
            plain: format!("{plain}({})", x.plain),
            latex: format!("{latex}\\left({}\\right)", x.latex),
            typed: typed(&x.typed),
        };
        (written, Binding::Atom)
    }))
}

/// `a + 2(b) - c`, zero as `0`.
fn sum(parts: Vec<((Written, Binding), BigInt)>) -> Written {
    let mut out = Written { plain: String::new(), latex: String::new(), typed: String::new() };
    for ((x, binding), times) in &parts {
        let (first, negative) = (out.plain.is_empty(), times.is_negative());
        let sign = match (first, negative) {
            (true, false) => "",
            (true, true) => "-",
            (false, false) => " + ",
            (false, true) => " - ",
        };
        let latex_sign = match (first, negative) {
            (true, false) => "",
            (_, true) => "\\ominus ",
            (false, false) => "\\oplus ",
        };
        let count = times.magnitude();
        if count.is_one() && first && negative {
            // Not to be read as a number.
            out.plain = format!("-({})", x.plain);
            out.latex = format!("\\ominus \\left({}\\right)", x.latex);
        } else if count.is_one() && negative && *binding == Binding::Sum {
            out.plain += &format!("{sign}({})", x.plain);
            out.latex += &format!("{latex_sign}\\left({}\\right)", x.latex);
        } else if count.is_one() {
            out.plain += &format!("{sign}{}", x.plain);
            out.latex += &format!("{latex_sign}{}", x.latex);
        } else {
            out.plain += &format!("{sign}{count}({})", x.plain);
            out.latex += &format!("{latex_sign}{count}({})", x.latex);
        }
        let body = if *binding == Binding::Sum { format!("({})", x.typed) } else { x.typed.clone() };
        // A leading minus is a factor: there is no unary minus of a product.
        let body = if count.is_one() { body } else { format!("{count}*{body}") };
        out.typed += &if first && negative { format!("-1*{body}") } else { format!("{sign}{body}") };
    }
    if parts.is_empty() {
        return Written { plain: "0".into(), latex: "0".into(), typed: "0".into() };
    }
    out
}

/// `a ⊗ b`; powers above the third as `(a)^5`.
fn product(parts: Vec<((Written, Binding), u32)>) -> Written {
    let (mut plain, mut latex, mut typed) = (Vec::new(), Vec::new(), Vec::new());
    for ((x, binding), exponent) in parts {
        let loose = binding == Binding::Sum;
        let bracket = |text: &str| if loose { format!("({text})") } else { text.to_string() };
        match exponent {
            1..=3 => {
                plain.extend((0..exponent).map(|_| bracket(&x.plain)));
                latex.extend((0..exponent).map(|_| bracket(&x.latex)));
            }
            _ => {
                plain.push(format!("({})^{exponent}", x.plain));
                latex.push(format!("\\left({}\\right)^{{\\otimes {exponent}}}", x.latex));
            }
        }
        let base = if binding == Binding::Atom { x.typed } else { format!("({})", x.typed) };
        typed.push(if exponent == 1 { base } else { format!("{base}^{exponent}") });
    }
    Written { plain: plain.join(" ⊗ "), latex: latex.join(" \\otimes "), typed: typed.join("*") }
}

fn superscript(k: u32) -> String {
    k.to_string().bytes().map(|b| ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][usize::from(b - b'0')]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::ReductiveType;

    #[test]
    fn expressions_are_written_as_they_were_made() {
        let limits = Limits::none();
        let mut namer = Namer::new();
        let group: ReductiveType = "E6".parse().unwrap();
        let v = Module::irreducible(&group, &[1, 0, 0, 0, 0, 0], &limits).unwrap();
        let w = v.dual();
        let mut text = |m: &Module| expression(m, &mut namer, &limits).unwrap().unwrap();
        assert_eq!(text(&v.tensor(&w).unwrap()).plain, "27 ⊗ 27b");
        assert_eq!(text(&v.tensor(&v).unwrap()).latex, "\\mathbf{27} \\otimes \\mathbf{27}");
        assert_eq!(text(&v.tensor(&v).unwrap()).typed, "irrep(\"E6\", [1,0,0,0,0,0])^2");
        assert_eq!(text(&v.power(5).unwrap()).plain, "(27)^5");
        let sum = v.times(&3.into()).plus(&BigInt::from(-1), &w).unwrap();
        assert_eq!(text(&sum).plain, "3(27) - 27b");
        assert_eq!(text(&sum.tensor(&v).unwrap()).plain, "(3(27) - 27b) ⊗ 27");
        assert_eq!(text(&v.symmetric_power(12).unwrap()).plain, "Sym¹²(27)");
        assert_eq!(text(&sum.exterior_power(2).unwrap().dual()).plain, "(Λ²(3(27) - 27b))*");
        assert_eq!(text(&v.schur_functor(&[2, 1]).unwrap()).typed, "schur(irrep(\"E6\", [1,0,0,0,0,0]), [2,1])");
    }

    #[test]
    fn an_endless_expression_is_not_written_out() {
        let limits = Limits::none();
        let mut namer = Namer::new();
        let group: ReductiveType = "A1".parse().unwrap();
        let mut v = Module::irreducible(&group, &[1], &limits).unwrap();
        for k in 1..40 {
            let next = Module::irreducible(&group, &[k], &limits).unwrap();
            v = v.plus(&BigInt::from(1), &next.symmetric_power(2).unwrap()).unwrap();
        }
        assert_eq!(expression(&v, &mut namer, &limits).unwrap(), None);
    }
}
