//! The type of an algebra whose generators are floats, by a Chevalley basis with integer structure constants.
//!
//! Coordinates that are not rational leave nothing to round in the generators; the structure constants in a Chevalley basis
//! are integers whatever the coordinates are. The values of the roots on a Cartan subalgebra give the Cartan integers
//! (`2 (β, α) / (α, α)` in the form dual to `Σ α ⊗ α`, Humphreys §8), these the type; root vectors scaled to
//! `[e_i, f_i] = h_i` and their brackets give the whole basis, and how far its brackets are from the integers is the bound
//! that is reported. `rigidity.rs` turns it into a theorem about all Lie algebras near the floats.

mod adjoint;
mod compact;
mod frame;
mod rigidity;
mod sums;
mod table;

use super::training::{FloatAlgebra, IdealError, ideals};
use crate::limits::{Limits, Stop};
use crate::roots::RealForm;
use frame::{RootBasis, root_basis};
pub use rigidity::Ball;

/// Elements drawn before giving up.
const DRAWS: u64 = 4;
/// The largest dimension: brackets take `dim³` numbers.
const MOST: usize = 260;
/// A closure defect above this part of the structure constants is no algebra.
const CLOSED: f64 = 1e-5;
/// Distances from integers above this decide nothing.
const FAR: f64 = 0.05;

/// A reductive algebra of floats, with how it was told.
#[derive(Clone, Debug, PartialEq)]
pub struct FloatStructure {
    /// Dimension of the centre.
    pub center: usize,
    /// The real forms that fit each simple ideal, the largest ideal first: one, except where type and Killing form leave two.
    pub ideals: Vec<Vec<RealForm>>,
    /// The largest distance of a Cartan integer from the integer it was rounded to.
    pub margin: f64,
    /// The largest distance of a bracket of the Chevalley basis from the integer combination it should be, relative to
    /// the longest vector of the basis.
    pub residual: f64,
    /// The part of a bracket that leaves the span, relative to the largest structure constant.
    pub defect: f64,
    /// What is proved of all Lie algebras near the generators; `None` where nothing is.
    pub ball: Option<Ball>,
}

/// The structure of the span of real `n × n` matrices, given one after another; the reason in words when there is none that can
/// be told. `dim² n³ + dim⁴` operations.
pub fn float_structure(n: usize, matrices: &[f64], limits: &Limits) -> Result<Result<FloatStructure, String>, Stop> {
    let count = matrices.len().checked_div(n * n).unwrap_or(0);
    if count > MOST {
        return Ok(Err(format!("{count} generators are more than {MOST}")));
    }
    let (algebra, orthonormal, left) = FloatAlgebra::from_matrices(n, matrices, limits)?;
    let scale = algebra.scale();
    // Abelian algebras have nothing but rounding as constants: what leaves the span is judged by the generators.
    let defect = if scale > 1e-9 { left / scale } else { left };
    if defect > CLOSED {
        return Ok(Err(format!("a bracket leaves the span by {defect:.1e} of its size")));
    }
    if scale <= 1e-9 {
        return Ok(Ok(FloatStructure {
            center: algebra.dim(),
            ideals: Vec::new(),
            margin: 0.0,
            residual: 0.0,
            defect,
            ball: None,
        }));
    }
    let parts = match ideals(&algebra, defect, limits) {
        Ok(parts) => parts,
        Err(IdealError::Stop(stop)) => return Err(stop),
        Err(other) => return Ok(Err(other.to_string())),
    };
    let dim = algebra.dim().max(1);
    let center = parts.center.len() / dim;
    let mut out = FloatStructure { center, ideals: Vec::new(), margin: 0.0, residual: 0.0, defect, ball: None };
    let mut bases: Vec<(&[f64], RootBasis)> = Vec::new();
    for ideal in &parts.simple {
        let size = ideal.rows.len() / dim;
        let part = algebra.restricted(size, &ideal.rows);
        let found = match root_basis(&part, limits)? {
            Ok(found) => found,
            Err(why) => return Ok(Err(why)),
        };
        let [positive, negative, _] = ideal.invariants.killing;
        let forms = match (found.components.as_slice(), ideal.complex) {
            ([one], false) => RealForm::candidates(one.simple, positive as i64 - negative as i64),
            ([one, other], true) if one.simple == other.simple => vec![RealForm::complex(one.simple)],
            _ => Vec::new(),
        };
        if forms.is_empty() {
            return Ok(Err("type and Killing form of an ideal do not fit each other".to_string()));
        }
        out.ideals.push(forms);
        out.margin = out.margin.max(found.margin);
        out.residual = out.residual.max(found.chevalley.residual);
        bases.push((&ideal.rows, found));
    }
    if center == 0 {
        out.ball = rigidity::ball(n, &algebra, &orthonormal, left, &bases, limits)?;
    }
    Ok(Ok(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Matrix;
    use crate::float::{Random, dense};
    use crate::lie::{self, Algebra, named};

    /// The matrices of an algebra in coordinates turned by a generic real matrix.
    fn turned(algebra: &Algebra, seed: u64) -> (usize, Vec<f64>) {
        let realization = algebra.realization().unwrap();
        let n = realization.basis[0].rows();
        let mut random = Random::new(seed, 9);
        let frame = Matrix::from_fn(n, n, |i, j| f64::from(u8::from(i == j)) + 0.3 * random.normal());
        let inverse = dense::inverse(&frame).unwrap();
        let product = |a: &Matrix<f64>, b: &Matrix<f64>| {
            Matrix::from_fn(n, n, |i, j| (0..n).map(|k| a[(i, k)] * b[(k, j)]).sum())
        };
        let float = |m: &crate::exact::SparseMatrix| m.to_dense().map(crate::num::Rational::to_f64);
        let all = realization.basis.iter().map(|m| product(&product(&frame, &float(m)), &inverse));
        (n, all.flat_map(|m| m.entries().to_vec()).collect())
    }

    /// Algebras by their definition, in irrational coordinates: the type is in the name.
    #[test]
    fn types_in_irrational_coordinates() {
        let none = Limits::none();
        let g2 = lie::stabilizer(&[crate::forms::octonion_form(true).unwrap()], lie::Ansatz::real(), &none).unwrap();
        let cases = [
            (named::so(3, 0, &none).unwrap(), vec!["su(2)"], 0),
            (named::so(1, 3, &none).unwrap(), vec!["sl(2,C)_R"], 0),
            (named::so(2, 3, &none).unwrap(), vec!["so(3,2)"], 0),
            (named::so(4, 4, &none).unwrap(), vec!["so(4,4)"], 0),
            (named::u(2, 1, &none).unwrap(), vec!["su(2,1)"], 1),
            (named::so(2, 2, &none).unwrap(), vec!["sl(2,R)", "sl(2,R)"], 0),
            (named::sl_complex(3, &none).unwrap(), vec!["sl(3,C)_R"], 0),
            (g2, vec!["G2(2)"], 0),
        ];
        for (algebra, names, center) in cases {
            let (n, matrices) = turned(&algebra, 5);
            let found = float_structure(n, &matrices, &none).unwrap().unwrap();
            let own: Vec<String> = found.ideals.iter().map(|forms| forms[0].to_string()).collect();
            let names: Vec<String> = names.into_iter().map(String::from).collect();
            // Of a semisimple one this is a theorem for a ball around the floats; su(2,1) + R has none.
            assert_eq!(found.ball.is_some(), center == 0, "{names:?}");
            if let Some(ball) = &found.ball {
                assert!(ball.radius > 1e-8 && ball.distance < 1e-6, "{names:?} {ball:?}");
                let sums: Vec<String> = ball.sums.iter().map(|sum| crate::roots::name_of_sum(sum)).collect();
                // The index 0 of type A2+A2 is also that of su(2,1)+su(2,1).
                let expected = match names[0].as_str() {
                    "sl(3,C)_R" => vec!["sl(3,C)_R".to_string(), "su(2,1)+su(2,1)".to_string()],
                    _ => vec![names.join("+")],
                };
                assert_eq!(sums, expected);
            }
            assert_eq!((own, found.center), (names, center));
            assert!(found.residual < 1e-8 && found.margin < 1e-8, "{} {}", found.residual, found.margin);
        }
    }

    /// so(3) on coordinates of sizes 1, 1, s contracts to e(2) as s goes to 0 (Inönü and Wigner 1953): the orthonormal basis of
    /// (0, 0; −x/s, …) comes near to that of the translations, which the ball must not reach.
    #[test]
    fn a_ball_holds_no_contraction() {
        for s in [1.0, 0.5, 0.1, 0.03] {
            let generator = |i: usize, j: usize, a: f64, b: f64| {
                let mut w = vec![0.0; 9];
                (w[3 * i + j], w[3 * j + i]) = (a / (a * a + b * b).sqrt(), -b / (a * a + b * b).sqrt());
                w
            };
            let matrices =
                [generator(0, 1, 1.0, 1.0), generator(0, 2, s, 1.0 / s), generator(1, 2, s, 1.0 / s)].concat();
            let found = float_structure(3, &matrices, &Limits::none()).unwrap().unwrap();
            // Both last generators move to −E_31, −E_32.
            let cosine = (1.0 / s) / (s * s + 1.0 / (s * s)).sqrt();
            let contraction = (2.0 * (2.0 - 2.0 * cosine)).sqrt();
            match found.ball {
                Some(ball) => {
                    assert!(ball.radius < contraction, "{s}: {} {contraction}", ball.radius);
                    assert_eq!(ball.sums[0][0].to_string(), "su(2)");
                }
                None => assert!(s < 0.2, "{s}"),
            }
        }
    }

    #[test]
    fn what_is_no_reductive_algebra_is_said() {
        let none = Limits::none();
        let (n, matrices) = turned(&named::euclid(2, &none).unwrap(), 5);
        assert!(float_structure(n, &matrices, &none).unwrap().unwrap_err().contains("not reductive"));
        // Two generic matrices do not close.
        let mut random = Random::new(1, 1);
        let two: Vec<f64> = (0..18).map(|_| random.normal()).collect();
        assert!(float_structure(3, &two, &none).unwrap().unwrap_err().contains("leaves the span"));
    }
}
