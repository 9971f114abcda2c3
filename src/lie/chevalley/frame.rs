//! Root vectors of a Cartan subalgebra in doubles, and the basis that they give.

use crate::float::complex::{Complex, ComplexMatrix};
use crate::lie::named::ChevalleyBasis;
use crate::limits::Stop;
use crate::roots::CartanType;

use super::floats::{
    Metric, adjoint_matrices, complex_adjoint_matrices, complexified, div, from_columns, inner, norm, scaled,
};
use super::numerical::{Given, Imprecise};
use super::system::{Part, Roots, step_down};

/// Root vectors of a Cartan subalgebra.
pub struct Frame {
    /// Root vectors, of norm 1.
    pub vectors: Vec<Vec<Complex>>,
    /// The values of each root on the basis.
    pub values: Vec<Vec<Complex>>,
    /// Their integers.
    pub roots: Roots,
}

/// `e_i` and `f_i`.
pub type Pair = (Vec<Complex>, Vec<Complex>);

impl Given<'_> {
    /// The values of root vectors on a Cartan subalgebra and the integers they give.
    pub(super) fn frame(
        &self,
        metric: &Metric,
        cartan: Vec<Vec<f64>>,
        vectors: Vec<Vec<Complex>>,
    ) -> Result<Result<Frame, Imprecise>, Stop> {
        let n = self.constants.dim();
        let columns = from_columns(n, &vectors);
        let to = complexified(&metric.to);
        let coordinates: Vec<Vec<Complex>> = vectors.iter().map(|v| metric.coordinates(v)).collect();
        let mut values = vec![Vec::with_capacity(cartan.len()); vectors.len()];
        for ad in adjoint_matrices(self.constants, &cartan, self.limits)? {
            self.limits.check()?;
            let image = to.times(&complexified(&ad).times(&columns));
            for (k, v) in coordinates.iter().enumerate() {
                values[k].push(div(inner(v, &image.column(k)), inner(v, v)));
            }
        }
        Ok(match Roots::new(&values) {
            Ok(roots) => Ok(Frame { vectors, values, roots }),
            Err(margin) => Err(format!("Cartan numbers are {margin:.1e} away from integers")),
        })
    }

    /// The numbering of the roots, when their integers are those of the proved type.
    pub(super) fn proved(&self, frame: &Frame, parts: &[Part]) -> Result<Option<Vec<Vec<usize>>>, Stop> {
        let found = CartanType::new(parts.iter().map(|part| part.0).collect());
        if found != self.cartan_type {
            return Ok(None);
        }
        frame.roots.numbered(parts, self.limits)
    }

    /// The whole basis from the vectors of the simple roots: `e_{α_i + s} = [e_i, e_s]/N_is`, each put back on the line
    /// of its root vector so that errors do not grow with the height.
    pub(super) fn complete(
        &self,
        metric: &Metric,
        frame: &Frame,
        parts: &[Part],
        numbers: &[Vec<usize>],
        pairs: Vec<Pair>,
    ) -> Result<Vec<Vec<Complex>>, Stop> {
        let n = self.constants.dim();
        let flat: Vec<Vec<Complex>> = pairs.into_iter().flat_map(|(e, f)| [e, f]).collect();
        let adjoint = complex_adjoint_matrices(self.constants, &flat, self.limits)?;
        let times = |m: &ComplexMatrix, v: &[Complex]| m.times(&from_columns(n, &[v.to_vec()])).column(0);
        let mut out = Vec::with_capacity(n);
        let mut start = 0;
        for ((simple, _), numbers) in parts.iter().zip(numbers) {
            let table = ChevalleyBasis::new(*simple, self.limits)?;
            let system = table.root_system();
            let (rank, count) = (system.rank(), system.positive_count());
            let pair = |i: usize| 2 * (start + i);
            out.extend((0..rank).map(|i| times(&adjoint[pair(i)], &flat[pair(i) + 1])));
            for (down, sign) in [(0, 0), (1, count)] {
                let mut vectors: Vec<Vec<Complex>> = (0..rank).map(|i| flat[pair(i) + down].clone()).collect();
                for t in rank..count {
                    self.limits.check()?;
                    let Some((i, s)) = step_down(system, t) else { continue };
                    let factor = 1.0 / table.n(i + sign, s + sign) as f64;
                    let product = scaled(&times(&adjoint[pair(i) + down], &vectors[s]), (factor, 0.0));
                    let line = &frame.vectors[numbers[t + sign]];
                    let (u, v) = (metric.coordinates(line), metric.coordinates(&product));
                    vectors.push(scaled(line, div(inner(&u, &v), inner(&u, &u))));
                }
                out.extend(vectors);
            }
            start += rank;
        }
        Ok(out)
    }
}

impl Frame {
    /// `e_i`, `f_i` for the simple roots: `[[e_i, f_i], e_i] = 2 e_i` and both of one norm. `choose` gives the vector on
    /// the line of `e_i` from the number of the node; a root vector of norm 1 is offered, and scaled afterwards unless
    /// `choose` belongs to a pair.
    pub(super) fn pairs(
        &self,
        given: &Given<'_>,
        metric: &Metric,
        parts: &[Part],
        choose: impl Fn(usize, Vec<Complex>) -> Vec<Complex>,
    ) -> Result<Vec<Pair>, Stop> {
        let n = given.constants.dim();
        let nodes: Vec<usize> = parts.iter().flat_map(|part| part.1.clone()).collect();
        let up: Vec<Vec<Complex>> =
            nodes.iter().enumerate().map(|(at, &node)| choose(at, self.vectors[node].clone())).collect();
        let adjoint = complex_adjoint_matrices(given.constants, &up, given.limits)?;
        let mut out = Vec::with_capacity(up.len());
        for ((node, e), ad) in nodes.iter().zip(&up).zip(&adjoint) {
            let f = &self.vectors[self.roots.negative(*node).unwrap_or(*node)];
            // [e, [e, f]] = −c e with c = 2 for a triple.
            let once = ad.times(&from_columns(n, std::slice::from_ref(f)));
            let twice = ad.times(&once).column(0);
            let u = metric.coordinates(e);
            let c = div(inner(&u, &metric.coordinates(&twice)), inner(&u, &u));
            let f = scaled(f, div((-2.0, 0.0), c));
            let ratio = (norm(&metric.coordinates(&f)) / norm(&u)).sqrt();
            out.push((scaled(e, (ratio, 0.0)), scaled(&f, (1.0 / ratio, 0.0))));
        }
        Ok(out)
    }
}
