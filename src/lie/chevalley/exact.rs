//! Exact Chevalley bases over Q or a quadratic field.

use crate::exact::Subspace;
use crate::lie::named::{self, ChevalleyBasis, NamedError};
use crate::lie::structure::combination;
use crate::lie::{Semisimple, StructureConstants};
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::roots::CartanType;

use super::roots::{SimpleRoots, Torus};
use super::spectrum::{Nature, Spectra};
use super::surd::{Surd, SurdVector};
use super::system::step_down;
use super::torus::{Search, Vectors, restricted};

/// Fields tried besides Q.
const FIELDS: usize = 6;

/// A Chevalley basis over Q(√field), checked exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactBasis {
    /// The type, its summands in the order of the basis.
    pub cartan_type: CartanType,
    /// The square-free `d` of the field Q(√d), 1 for Q.
    pub field: i64,
    /// The basis in the order of the standard one: for each summand `h_i`, then `e_r`, then `f_r`.
    pub vectors: Vec<SurdVector>,
    /// The numbers of real, imaginary and complex roots of the Cartan subalgebra, over R.
    pub conjugation: [usize; 3],
}

/// An exact Chevalley basis, when a Cartan subalgebra is found that splits over Q or one quadratic field.
pub fn exact_basis(
    constants: &StructureConstants,
    parts: &Semisimple,
    spaces: &[Subspace],
    limits: &Limits,
) -> Result<Option<ExactBasis>, Stop> {
    if constants.dim() == 0 {
        let cartan_type = CartanType::new(Vec::new());
        return Ok(Some(ExactBasis { cartan_type, field: 1, vectors: Vec::new(), conjugation: [0; 3] }));
    }
    limits.progress("split Cartan subalgebra", 0.5);
    let Some((field, basis)) = split_cartan(constants, parts, spaces, limits)? else { return Ok(None) };
    let mut spectra = Spectra::new(constants, limits);
    let mut eigenvalues = Vec::with_capacity(basis.len());
    for h in &basis {
        match spectra.nature(h)? {
            Nature::Split { field: d, eigenvalues: values } if d == 1 || d == field => eigenvalues.push(values),
            _ => return Ok(None),
        }
    }
    limits.progress("root spaces", 0.7);
    let torus = Torus { field, basis, eigenvalues };
    let Some(simple) = torus.simple_roots(constants, limits)? else { return Ok(None) };
    limits.progress("Chevalley basis", 0.9);
    let Some(vectors) = complete(constants, &simple, field, limits)? else { return Ok(None) };
    let cartan_type = CartanType::new(simple.components.iter().map(|c| c.simple).collect());
    let Some(standard) = standard(&cartan_type, limits)? else { return Ok(None) };
    let found = ExactBasis { cartan_type, field, vectors, conjugation: simple.conjugation };
    Ok(found.agrees(constants, &standard, limits)?.then_some(found))
}

/// The table of the split form of a type in its Chevalley basis.
pub fn standard(cartan_type: &CartanType, limits: &Limits) -> Result<Option<StructureConstants>, Stop> {
    match named::split(cartan_type, limits) {
        Ok(algebra) => Ok(Some(algebra.constants().clone())),
        Err(NamedError::Stopped(stop)) => Err(stop),
        Err(_) => Ok(None),
    }
}

/// A Cartan subalgebra that splits over Q, or else over one quadratic field, with its `d`.
fn split_cartan(
    constants: &StructureConstants,
    parts: &Semisimple,
    spaces: &[Subspace],
    limits: &Limits,
) -> Result<Option<(i64, Vectors)>, Stop> {
    let n = constants.dim();
    let mut tables = Vec::new();
    for space in spaces {
        let Some(table) = restricted(constants, space, limits)? else { return Ok(None) };
        tables.push(table);
    }
    let lifted = |k: usize, vectors: Vec<Vec<Rational>>| {
        vectors.into_iter().map(|v| combination(&v, spaces[k].basis(), n)).collect::<Vec<_>>()
    };
    let mut basis = Vec::new();
    let mut open = Vec::new();
    let mut fields: Vec<i64> = Vec::new();
    let mut all_split = true;
    for (k, table) in tables.iter().enumerate() {
        // An algebra that is not split over R is not split over Q.
        if parts.ideals[k].real.iter().all(|real| real.form.is_split()) {
            let mut search = Search::new(1, limits);
            if let Some(found) = search.cartan(table)? {
                basis.extend(lifted(k, found));
                continue;
            }
            fields.extend(search.met);
        } else {
            all_split = false;
            fields.push(-1);
        }
        open.push(k);
    }
    if open.is_empty() {
        return Ok(Some((1, basis)));
    }
    let mut next = 0;
    while next < fields.len().min(FIELDS) {
        let field = fields[next];
        next += 1;
        // A real field leaves what is not split over R as it is.
        if fields[..next - 1].contains(&field) || (!all_split && field > 0) {
            continue;
        }
        let mut more = Vec::new();
        let mut complete = true;
        for &k in &open {
            let mut search = Search::new(field, limits);
            let found = search.cartan(&tables[k])?;
            fields.extend(search.met.into_iter().take(2));
            match found {
                Some(found) => more.extend(lifted(k, found)),
                None => {
                    complete = false;
                    break;
                }
            }
        }
        if complete {
            basis.extend(more);
            return Ok(Some((field, basis)));
        }
    }
    Ok(None)
}

/// All vectors from those of the simple roots, by the rules of the standard table: `f_i` scaled to `[[e_i, f_i], e_i] =
/// 2 e_i`, then `e_{α_i + s} = [e_i, e_s] / N_is`, root by root.
fn complete(
    constants: &StructureConstants,
    simple: &SimpleRoots,
    d: i64,
    limits: &Limits,
) -> Result<Option<Vec<SurdVector>>, Stop> {
    let mut out = Vec::with_capacity(constants.dim());
    let mut pairs = simple.vectors.iter();
    for component in &simple.components {
        let table = ChevalleyBasis::new(component.simple, limits)?;
        let system = table.root_system();
        let (rank, count) = (system.rank(), system.positive_count());
        let (mut h, mut e, mut f): (Vec<SurdVector>, Vec<SurdVector>, Vec<SurdVector>) = Default::default();
        for (up, down) in pairs.by_ref().take(rank) {
            let product = up.bracket(down, constants, d);
            let twice = product.bracket(up, constants, d);
            let Some((at, value)) = twice.leading() else { return Ok(None) };
            let scale = up.entry(at).times(&Surd::rational(Rational::from(2)), d);
            let Some(scale) = value.recip(d).map(|inverse| inverse.times(&scale, d)) else { return Ok(None) };
            h.push(product.scale(&scale, d));
            e.push(up.clone());
            f.push(down.scale(&scale, d));
        }
        for t in rank..count {
            limits.check()?;
            let Some((i, s)) = step_down(system, t) else { return Ok(None) };
            let scaled = |n: i64| Rational::new(1, n).map(Surd::rational);
            let (minus_i, minus_s) = (system.negative_of(i), system.negative_of(s));
            let (Some(up), Some(down)) = (scaled(table.n(i, s)), scaled(table.n(minus_i, minus_s))) else {
                return Ok(None);
            };
            e.push(e[i].bracket(&e[s], constants, d).scale(&up, d));
            f.push(f[i].bracket(&f[s], constants, d).scale(&down, d));
        }
        out.extend(h);
        out.extend(e);
        out.extend(f);
    }
    Ok(Some(out))
}

impl ExactBasis {
    /// Whether the linear map that sends the standard basis to this one is an isomorphism, exactly.
    ///
    /// The elements x with `ψ[x, y] = [ψx, ψy]` for all y form a subalgebra by the Jacobi identity, so it is enough to
    /// test the generators `e_i`, `f_i`. The kernel of ψ is an ideal, a sum of simple summands, and contains no `e_i`.
    fn agrees(
        &self,
        constants: &StructureConstants,
        standard: &StructureConstants,
        limits: &Limits,
    ) -> Result<bool, Stop> {
        let n = constants.dim();
        if self.vectors.len() != n || standard.dim() != n {
            return Ok(false);
        }
        for x in self.generators() {
            limits.check()?;
            if self.vectors[x].is_zero() {
                return Ok(false);
            }
            for y in 0..n {
                let mut expected = SurdVector::default();
                for (k, v) in standard.bracket_of_basis(x, y) {
                    let factor = Surd::rational(v);
                    expected = expected.add_scaled(&factor, &self.vectors[k as usize], self.field);
                }
                if self.vectors[x].bracket(&self.vectors[y], constants, self.field) != expected {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Where the `e_i` and `f_i` of the simple roots stand in the basis.
    pub fn generators(&self) -> Vec<usize> {
        generators(&self.cartan_type)
    }
}

/// Where the `e_i` and `f_i` of the simple roots stand in the standard basis of a type.
pub fn generators(cartan_type: &CartanType) -> Vec<usize> {
    let mut out = Vec::new();
    let mut start = 0;
    for simple in cartan_type.summands() {
        let (rank, count) = (simple.rank(), simple.root_count() / 2);
        out.extend((0..rank).flat_map(|i| [start + rank + i, start + rank + count + i]));
        start += simple.dim();
    }
    out
}
