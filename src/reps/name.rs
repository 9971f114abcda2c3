//! Names of representations: as mathematicians write them, and as they are typed.

use super::node::Node;

/// How tightly an expression holds together; a part that binds less than its place asks for gets parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Arrow,
    Sum,
    Multiple,
    Product,
    Prefix,
    Postfix,
    Atom,
}

use Binding::{Arrow, Atom, Multiple, Postfix, Prefix, Product, Sum};

/// `V⊗V`, `V³`, `Sym²V`, `3Λ²V ⊕ V*`, `V → W`.
pub(super) fn unicode(node: &Node) -> String {
    unicode_parts(node).0
}

fn unicode_parts(node: &Node) -> (String, Binding) {
    let at = |x: &Node, least: Binding| enclosed(unicode_parts(x), least);
    match node {
        Node::Scalar => ("1".to_string(), Atom),
        Node::Vector => ("V".to_string(), Atom),
        Node::Conjugate => ("V̄".to_string(), Atom),
        Node::Adjoint => ("ad".to_string(), Atom),
        Node::Given(given) => (given.name.clone(), Atom),
        Node::Of(factor, x) => (of_factor(&at(x, Atom), *factor), Atom),
        Node::Dual(x) => (format!("{}*", at(x, Atom)), Postfix),
        Node::Symmetric(x, k) => (format!("Sym{}{}", superscript(*k), at(x, Atom)), Prefix),
        Node::Alternating(x, k) => (format!("Λ{}{}", superscript(*k), at(x, Atom)), Prefix),
        Node::Hom(x, y) => (format!("{} → {}", at(x, Sum), at(y, Sum)), Arrow),
        Node::Sum(terms) => {
            let parts = terms.iter().map(|(x, times)| match times {
                1 => at(x, Multiple),
                // A digit after the number would be read as part of it.
                _ if **x == Node::Scalar => format!("{times}(1)"),
                _ => format!("{times}{}", at(x, Product)),
            });
            sum(parts.collect(), " ⊕ ", "0")
        }
        Node::Tensor(factors) => {
            let parts = factors.iter().map(|(x, exponent)| match exponent {
                1 => at(x, Prefix),
                2 => [at(x, Prefix), at(x, Prefix)].join("⊗"),
                _ => format!("{}{}", at(x, Atom), superscript(*exponent)),
            });
            (parts.collect::<Vec<_>>().join("⊗"), Product)
        }
    }
}

/// `V*V`, `V^3`, `Sym(V,2)`, `3*Alt(V,2) + dual(V)`, `V -> W`; `base` is the name of the group.
pub(super) fn ascii(node: &Node, base: &str) -> String {
    ascii_parts(node, base).0
}

fn ascii_parts(node: &Node, base: &str) -> (String, Binding) {
    let at = |x: &Node, least: Binding| enclosed(ascii_parts(x, base), least);
    match node {
        Node::Scalar => (format!("scalar({base})"), Atom),
        Node::Vector => ("V".to_string(), Atom),
        Node::Conjugate => ("conjugate(V)".to_string(), Atom),
        Node::Adjoint => (format!("adjoint({base})"), Atom),
        Node::Given(given) => (given.name.clone(), Atom),
        Node::Of(factor, x) => (format!("{}_{}", at(x, Atom), factor + 1), Atom),
        Node::Dual(x) => (format!("dual({})", at(x, Arrow)), Atom),
        Node::Symmetric(x, k) => (format!("Sym({},{k})", at(x, Arrow)), Atom),
        Node::Alternating(x, k) => (format!("Alt({},{k})", at(x, Arrow)), Atom),
        Node::Hom(x, y) => (format!("{} -> {}", at(x, Sum), at(y, Sum)), Arrow),
        Node::Sum(terms) => {
            let parts = terms.iter().map(|(x, times)| match times {
                1 => at(x, Multiple),
                _ => format!("{times}*{}", at(x, Postfix)),
            });
            sum(parts.collect(), " + ", &format!("0*scalar({base})"))
        }
        Node::Tensor(factors) => {
            let parts = factors.iter().map(|(x, exponent)| match exponent {
                1 => at(x, Prefix),
                2 => [at(x, Prefix), at(x, Prefix)].join("*"),
                _ => format!("{}^{exponent}", at(x, Atom)),
            });
            (parts.collect::<Vec<_>>().join("*"), Product)
        }
    }
}

/// `V\otimes V`, `\mathrm{Sym}^{2}V`, `3\,\Lambda^{2}V \oplus V^{*}`, `V \to W`, for math mode.
pub(super) fn latex(node: &Node) -> String {
    latex_parts(node).0
}

fn latex_parts(node: &Node) -> (String, Binding) {
    let at = |x: &Node, least: Binding| {
        let (text, binding) = latex_parts(x);
        if binding < least { format!("\\left({text}\\right)") } else { text }
    };
    match node {
        Node::Scalar => ("\\mathbf{1}".to_string(), Atom),
        Node::Vector => ("V".to_string(), Atom),
        Node::Conjugate => ("\\overline{V}".to_string(), Atom),
        Node::Adjoint => ("\\mathrm{ad}".to_string(), Atom),
        Node::Given(given) => (format!("\\mathrm{{{}}}", escaped(&given.name)), Atom),
        Node::Of(factor, x) => (format!("{}_{{{}}}", at(x, Atom), factor + 1), Atom),
        Node::Dual(x) => (format!("{}^{{*}}", at(x, Atom)), Postfix),
        Node::Symmetric(x, k) => (format!("\\mathrm{{Sym}}^{{{k}}}{}", at(x, Atom)), Prefix),
        Node::Alternating(x, k) => (format!("\\Lambda^{{{k}}}{}", at(x, Atom)), Prefix),
        Node::Hom(x, y) => (format!("{} \\to {}", at(x, Sum), at(y, Sum)), Arrow),
        Node::Sum(terms) => {
            let parts = terms.iter().map(|(x, times)| match times {
                1 => at(x, Multiple),
                _ => format!("{times}\\,{}", at(x, Product)),
            });
            sum(parts.collect(), " \\oplus ", "0")
        }
        Node::Tensor(factors) => {
            let parts = factors.iter().map(|(x, exponent)| match exponent {
                1 => at(x, Prefix),
                _ => format!("{}^{{\\otimes {exponent}}}", at(x, Atom)),
            });
            (parts.collect::<Vec<_>>().join(" \\otimes "), Product)
        }
    }
}

/// A name in math mode: signs that mean something there are escaped.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '\\' | '{' | '}' | '^' | '~' => {}
            '_' | '&' | '%' | '$' | '#' => out.extend(['\\', c]),
            ' ' => out.push_str("\\ "),
            c => out.push(c),
        }
    }
    out
}

/// `V₁`: a representation of the first factor of a product of groups.
fn of_factor(name: &str, factor: usize) -> String {
    const DIGITS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let index: String = (factor + 1).to_string().bytes().map(|d| DIGITS[usize::from(d - b'0') % 10]).collect();
    format!("{name}{index}")
}

/// A name for a message: cut after some characters.
pub(super) fn brief(node: &Node) -> String {
    const LENGTH: usize = 60;
    let full = unicode(node);
    if full.chars().count() <= LENGTH {
        return full;
    }
    full.chars().take(LENGTH - 1).chain(['…']).collect()
}

fn sum(parts: Vec<String>, separator: &str, empty: &str) -> (String, Binding) {
    match parts.len() {
        0 => (empty.to_string(), Atom),
        1 => (parts.concat(), Multiple),
        _ => (parts.join(separator), Sum),
    }
}

fn enclosed((text, binding): (String, Binding), least: Binding) -> String {
    if binding < least { format!("({text})") } else { text }
}

fn superscript(k: u32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    k.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0') % 10]).collect()
}
