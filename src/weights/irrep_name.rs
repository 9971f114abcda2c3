//! Irreducible representations by the names that physicists give them: `27`, `10'`, `8v`, `351'b`, `(3,2)(1)`.
//!
//! A name is the dimension, then what tells apart representations of equal dimension, in the convention of LieART 2 (Feger,
//! Kephart and Saskowski, arXiv:1912.10969) and the tables of Slansky (Physics Reports 79, 1981):
//!
//! * representations that a symmetry of the Dynkin diagram exchanges (with D_n for even n > 4 excepted) share dimension
//!   and index and are counted as one; the others get primes `'` by increasing Dynkin index;
//! * of a representation and its dual, the one with the smaller congruency class has no bar; when the classes are equal,
//!   the one whose labels (LieART's order) are lexicographically larger. By tradition the 6 of SU(3) is [2,0]; a bar is
//!   written `b`. So `27 ⊗ 27 = 27b + 351b + 351'b` for E6: Λ²27 has the labels (010000) in LieART's order, the dual of its 351
//!   (000100), and all three have class 2; without the bars the names would be those of the duals;
//! * for SO(8) letters `v`, `s`, `c` say which of the nodes 1, 4, 3 has the label that is unlike the two others, or list
//!   them by decreasing label;
//! * where dimension and index agree without any symmetry (LieART gives those one name), primes count on, by class and
//!   labels. So do the mirror images of SO(12), SO(16), …: they are self-dual, and are told apart by primes as in Slansky, where LieART
//!   writes a bar.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_bigint::BigUint;

use super::scalar_product::simple_casimir;
use super::{
    Enumeration, Numbering, ReductiveType, Weight, WeightError, congruency_class, dimension, dual_weight,
    irreducibles_up_to,
};
use crate::limits::Limits;
use crate::roots::{Letter, SimpleType};

/// Multiplications that one name may take, and all names of one namer together.
const WORK_OF_ONE: u64 = 10_000_000;
const WORK_OF_ALL: u64 = 300_000_000;

/// Multiplications for names that are looked up together, and from how many on they are.
const WORK_OF_MANY: u64 = 50_000_000;
const FEW: usize = 4;

/// What follows the dimension.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Marks {
    letters: String,
    primes: usize,
    bar: bool,
}

/// A name as text and as LaTeX.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// `351'b`, `(3,2)(1)`; `[1,0,2]`, the highest weight, when too many representations would have to be compared.
    pub plain: String,
    /// `\overline{\mathbf{351}}'`.
    pub latex: String,
}

/// Weights of one dimension with their marks.
type Marked = Arc<Vec<(Weight, Marks)>>;

/// Gives names; remembers what it found.
#[derive(Default)]
pub struct Namer {
    polynomials: BTreeMap<SimpleType, Arc<Enumeration>>,
    known: BTreeMap<(SimpleType, BigUint), Option<Marked>>,
    spent: u64,
}

impl Namer {
    /// A namer that knows nothing yet.
    pub fn new() -> Namer {
        Namer::default()
    }

    /// The name of an irreducible representation: those of the factors in parentheses, then the charges.
    pub fn name(&mut self, group: &ReductiveType, weight: &[i64], limits: &Limits) -> Result<Name, WeightError> {
        group.check_highest(weight)?;
        let mut parts = Vec::new();
        for (simple, part) in group.parts(weight) {
            parts.push(self.simple_name(simple, part, limits)?);
        }
        let join = |select: fn(&Name) -> &str, one: &str| match parts.as_slice() {
            [] => one.to_string(),
            [only] => select(only).to_string(),
            many => format!("({})", many.iter().map(select).collect::<Vec<_>>().join(",")),
        };
        let charges: Vec<String> = group.charges(weight).iter().map(i64::to_string).collect();
        let charges = if charges.is_empty() { String::new() } else { format!("({})", charges.join(",")) };
        Ok(Name {
            plain: join(|name| &name.plain, "1") + &charges,
            latex: join(|name| &name.latex, "\\mathbf{1}") + &charges,
        })
    }

    fn simple_name(&mut self, simple: SimpleType, part: &[i64], limits: &Limits) -> Result<Name, WeightError> {
        let dim = dimension(&simple.into(), part, limits)?;
        let marked = self.marked(simple, &dim, limits)?;
        let marks = marked.as_ref().and_then(|all| all.iter().find(|(w, _)| w == part)).map(|(_, marks)| marks);
        Ok(match marks {
            Some(marks) => marks.written(&dim),
            None => {
                let labels = part.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
                Name { plain: format!("[{labels}]"), latex: format!("[{labels}]") }
            }
        })
    }

    /// Looks up the names of many representations at once, which takes one walk through all weights up to the largest
    /// dimension instead of one for each. The largest ones are left without a dimension's name when that is too much work.
    pub fn prepare<'a>(
        &mut self,
        group: &ReductiveType,
        highest: impl Iterator<Item = &'a Weight>,
        limits: &Limits,
    ) -> Result<(), WeightError> {
        let mut wanted: BTreeMap<SimpleType, std::collections::BTreeSet<BigUint>> = BTreeMap::new();
        for weight in highest {
            for (simple, part) in group.parts(weight) {
                let dim = dimension(&simple.into(), part, limits)?;
                if !self.known.contains_key(&(simple, dim.clone())) {
                    wanted.entry(simple).or_default().insert(dim);
                }
            }
        }
        for (simple, dims) in wanted {
            let mut dims: Vec<BigUint> = dims.into_iter().collect();
            if dims.len() < FEW {
                continue;
            }
            let polynomial = self.polynomial(simple, limits)?;
            while !dims.is_empty() {
                let granted = WORK_OF_MANY.min(WORK_OF_ALL - self.spent);
                let mut work = granted;
                let found = polynomial.of_dimensions(&dims, &mut work, limits)?;
                self.spent += granted - work;
                if let Some(found) = found {
                    for (dim, weights) in dims.drain(..).zip(found) {
                        self.known.insert((simple, dim), Some(Arc::new(mark(simple, weights))));
                    }
                    break;
                }
                for dim in dims.split_off(dims.len() / 2) {
                    self.known.insert((simple, dim), None);
                }
            }
        }
        Ok(())
    }

    fn polynomial(&mut self, simple: SimpleType, limits: &Limits) -> Result<Arc<Enumeration>, WeightError> {
        if let Some(known) = self.polynomials.get(&simple) {
            return Ok(known.clone());
        }
        let made = Arc::new(Enumeration::new(simple, limits)?);
        self.polynomials.insert(simple, made.clone());
        Ok(made)
    }

    /// All highest weights of this dimension with their marks, unmarked ones first; `None` when there are too many to compare.
    fn marked(&mut self, simple: SimpleType, dim: &BigUint, limits: &Limits) -> Result<Option<Marked>, WeightError> {
        if let Some(known) = self.known.get(&(simple, dim.clone())) {
            return Ok(known.clone());
        }
        let polynomial = self.polynomial(simple, limits)?;
        let granted = WORK_OF_ONE.min(WORK_OF_ALL - self.spent);
        let mut work = granted;
        let found = polynomial.of_dimension(dim, &mut work, limits)?;
        self.spent += granted - work;
        let marked = found.map(|weights| Arc::new(mark(simple, weights)));
        self.known.insert((simple, dim.clone()), marked.clone());
        Ok(marked)
    }

    /// The highest weight of this name: `27`, `27b` (also `27*`, `27bar`), `10'`, `8v`; for products and charges
    /// `(3,2)(1)`, `(3b,1)(-4)`.
    pub fn find(&mut self, group: &ReductiveType, name: &str, limits: &Limits) -> Result<Weight, WeightError> {
        let wrong = |near: String| WeightError::NoSuchName {
            group: group.to_string(),
            name: name.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect(),
            near,
        };
        let compact: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        let (names, charges) =
            split(&compact, group.factors().len(), group.torus()).ok_or_else(|| wrong(shape(group)))?;
        let mut weight = Vec::with_capacity(group.rank());
        for (&simple, text) in group.factors().iter().zip(&names) {
            let (dim, marks) = read(text).ok_or_else(|| wrong(shape(group)))?;
            let Some(marked) = self.marked(simple, &dim, limits)? else {
                return Err(WeightError::TooLarge(format!(
                    "too many representations of {simple} would have to be compared to find {text}; give its highest weight"
                )));
            };
            match marked.iter().find(|(_, found)| *found == marks) {
                Some((found, _)) => weight.extend(found),
                None => return Err(wrong(near(simple, &dim, &marked, limits)?)),
            }
        }
        weight.extend(charges);
        group.check_highest(&weight)?;
        Ok(weight)
    }
}

impl Marks {
    fn written(&self, dim: &BigUint) -> Name {
        let primes = "'".repeat(self.primes);
        let bold = format!("\\mathbf{{{dim}}}");
        let bold = if self.bar { format!("\\overline{{{bold}}}") } else { bold };
        let below = if self.letters.is_empty() { String::new() } else { format!("_{{{}}}", self.letters) };
        Name {
            plain: format!("{dim}{}{primes}{}", self.letters, if self.bar { "b" } else { "" }),
            latex: format!("{bold}{below}{primes}"),
        }
    }
}

/// Gives all weights of one dimension their marks.
fn mark(simple: SimpleType, weights: Vec<Weight>) -> Vec<(Weight, Marks)> {
    let group = ReductiveType::from(simple);
    let triality = (simple.letter(), simple.rank()) == (Letter::D, 4);
    // What a symmetry of the diagram exchanges stands under one key.
    let orbit_key = |w: &Weight| -> Weight {
        if triality {
            let mut outer = [w[0], w[2], w[3]];
            outer.sort_unstable();
            return vec![outer[0], w[1], outer[1], outer[2]];
        }
        w.clone().max(dual_weight(&group, w))
    };
    let mut orbits: BTreeMap<Weight, Vec<Weight>> = BTreeMap::new();
    for weight in weights {
        orbits.entry(orbit_key(&weight)).or_default().push(weight);
    }
    // The last entry of the class, then larger labels first, in LieART's order.
    let place = |w: &Weight| {
        let class = congruency_class(simple, w).pop().unwrap_or(0);
        let six = simple.letter() == Letter::A && *w == [2, 0];
        let labels = Numbering::LieArt.from_bourbaki(&group, w);
        (!six, class, std::cmp::Reverse(labels))
    };
    let mut members: Vec<Vec<Weight>> = orbits.into_values().collect();
    members.iter_mut().for_each(|orbit| orbit.sort_by_cached_key(place));
    members.sort_by_cached_key(|orbit| (simple_casimir(simple, &orbit[0]), place(&orbit[0])));
    let mut out = Vec::new();
    for (primes, orbit) in members.into_iter().enumerate() {
        for (k, weight) in orbit.into_iter().enumerate() {
            let letters = if triality { letters(&weight) } else { String::new() };
            out.push((weight, Marks { letters, primes, bar: !triality && k > 0 }));
        }
    }
    out
}

/// The letters of a representation of SO(8): vector, spinor, conjugate spinor.
fn letters(weight: &[i64]) -> String {
    let mut outer = [(weight[0], 'v'), (weight[3], 's'), (weight[2], 'c')];
    outer.sort_by_key(|&(label, _)| std::cmp::Reverse(label));
    match outer.map(|x| x.0) {
        [a, b, c] if a == b && b == c => String::new(),
        [a, b, _] if a == b => outer[2].1.to_string(),
        [_, b, c] if b == c => outer[0].1.to_string(),
        _ => outer.iter().filter(|x| x.0 > 0).map(|x| x.1).collect(),
    }
}

/// `(3,2)(1)` as the names of the factors and the charges.
fn split(text: &str, factors: usize, torus: usize) -> Option<(Vec<&str>, Vec<i64>)> {
    let (names, charges) = match torus {
        0 => (text, Vec::new()),
        _ => {
            let (names, rest) = text.strip_suffix(')')?.rsplit_once('(')?;
            let charges: Vec<i64> = rest.split(',').map(|q| q.parse().ok()).collect::<Option<_>>()?;
            (names, charges)
        }
    };
    let inside = names.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(names);
    let names: Vec<&str> = match factors {
        // A torus alone: only the trivial representation of the rest.
        0 if matches!(inside, "1" | "") => Vec::new(),
        _ => inside.split(',').collect(),
    };
    (names.len() == factors && charges.len() == torus).then_some((names, charges))
}

/// How names of this algebra look, for messages.
fn shape(group: &ReductiveType) -> String {
    match (group.factors().len(), group.torus()) {
        (1, 0) => "a name is a dimension with marks: 27, 27b (the dual), 10', 8v".to_string(),
        (factors, torus) => {
            let charges = if torus == 0 { String::new() } else { format!("({})", vec!["0"; torus].join(",")) };
            let dims = if factors == 1 { "1".to_string() } else { format!("({})", vec!["1"; factors].join(",")) };
            format!("a name of {group} looks like {dims}{charges}")
        }
    }
}

/// `351'b`: the dimension and its marks, in any order after it.
fn read(text: &str) -> Option<(BigUint, Marks)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() || digits.len() > 400 {
        return None;
    }
    let mut marks = Marks::default();
    let rest = rest.replace("bar", "b").replace('″', "''");
    for c in rest.chars() {
        match c {
            '\'' | '′' => marks.primes += 1,
            'b' | '*' | '~' | '\u{304}' if !marks.bar => marks.bar = true,
            'v' | 's' | 'c' => marks.letters.push(c),
            _ => return None,
        }
    }
    Some((digits.parse().ok()?, marks))
}

/// What has this dimension under other marks, or the nearest dimensions.
fn near(simple: SimpleType, dim: &BigUint, marked: &Marked, limits: &Limits) -> Result<String, WeightError> {
    let list = |names: &[String]| names.join(", ");
    if !marked.is_empty() {
        let names: Vec<String> =
            marked.iter().take(8).map(|(w, marks)| format!("{} = {w:?}", marks.written(dim).plain)).collect();
        return Ok(format!("of dimension {dim} {simple} has {}", list(&names)));
    }
    let Ok(bound) = u64::try_from(dim) else { return Ok(format!("no dimension of {simple} is {dim}")) };
    let around = match irreducibles_up_to(simple, bound.saturating_mul(2).max(10_000), 20_000, limits) {
        Ok(all) => all,
        Err(WeightError::TooLarge(_)) => {
            return Ok(format!("no irreducible representation of {simple} has dimension {dim}"));
        }
        Err(other) => return Err(other),
    };
    let mut dims: Vec<&BigUint> = around.iter().map(|x| &x.0).collect();
    dims.dedup();
    let at = dims.partition_point(|d| *d < dim);
    let nearby: Vec<String> =
        dims[at.saturating_sub(2)..(at + 2).min(dims.len())].iter().map(|d| d.to_string()).collect();
    Ok(format!("the nearest dimensions of {simple} are {}", list(&nearby)))
}

#[cfg(test)]
#[path = "irrep_name_tests.rs"]
mod tests;
