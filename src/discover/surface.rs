//! Equations that the points of a table satisfy: a cone of light-like vectors, a sphere. There the labels say nothing of
//! derivatives across; a matrix is a symmetry when it keeps the equations and, along them, the labels.

use super::error::DiscoverError;
use super::from_form::write;
use super::polynomial_fit::{FloatPolynomials, UpTo, independent, monomials, scales, vanishing};
use super::steps::Draft;
use crate::exact::Matrix;
use crate::forms::Polynomial;
use crate::limits::Limits;

/// Degrees of the equations that are looked for.
const DEGREES: u32 = 3;
/// Monomials beyond which no equations are looked for.
const MOST_MONOMIALS: usize = 300;
/// Equations beyond which the points are taken to be isolated.
const MOST_EQUATIONS: usize = 60;

/// Polynomials that vanish on points, of the lowest degree in which there are any.
#[derive(Clone, Debug)]
pub struct Surface {
    floats: FloatPolynomials,
    exact: Option<Vec<Polynomial>>,
    scales: Vec<f64>,
}

impl Surface {
    /// The equations of the points, or `None` when they satisfy none of low degree.
    pub fn of(points: &Matrix<f64>, limits: &Limits) -> Result<Option<Surface>, DiscoverError> {
        let scales = scales(points);
        for degree in 1..=DEGREES {
            let all = monomials(points.cols(), degree);
            let Some(all) = all.filter(|m| m.len() <= MOST_MONOMIALS && 2 * m.len() <= points.rows()) else { break };
            let [kept, others] = independent(points, &scales, &all, limits)?;
            if others.is_empty() {
                continue;
            }
            if others.len() > MOST_EQUATIONS {
                let message = format!(
                    "the points satisfy {} equations of degree {degree}: they are too special to tell derivatives of labels",
                    others.len()
                );
                return Err(DiscoverError::Argument(message));
            }
            let floats = vanishing(points, &scales, (&kept, &others), limits)?;
            let exact = floats.round(&scales, 1e-6, UpTo::Factors);
            return Ok(Some(Surface { floats, exact, scales }));
        }
        Ok(None)
    }

    /// The steps of the polynomials.
    pub(super) fn write(&self, draft: &Draft) -> Vec<u32> {
        match &self.exact {
            Some(exact) => exact.iter().map(|p| write(p, draft)).collect(),
            None => self.floats.write(draft),
        }
    }

    /// Number of equations.
    pub fn len(&self) -> usize {
        self.floats.coefficients.len()
    }

    /// Whether there are none: never.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The polynomials with these names of variables; float coefficients with four digits, negligible terms left out.
    pub fn texts(&self, names: &[String]) -> Vec<String> {
        match &self.exact {
            Some(exact) => exact.iter().map(|p| p.display(names)).collect(),
            None => self.floats.texts(names, &self.scales),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::{Law, sample};

    #[test]
    fn cones_spheres_and_planes() {
        let limits = Limits::none();
        let names: Vec<String> = ["t", "x", "y"].map(String::from).to_vec();
        let drawn = sample(100, 2, Law::Normal, &limits).unwrap();
        let cone = Matrix::from_fn(100, 3, |i, j| match j {
            0 => drawn[(i, 0)].hypot(drawn[(i, 1)]),
            j => drawn[(i, j - 1)],
        });
        let found = Surface::of(&cone, &limits).unwrap().unwrap();
        assert!(
            ["t^2 - x^2 - y^2", "-t^2 + x^2 + y^2"].contains(&found.texts(&names)[0].as_str()),
            "{:?}",
            found.texts(&names)
        );
        // Rounded to five decimals, as in a file.
        let rounded = Matrix::from_fn(100, 3, |i, j| (cone[(i, j)] * 1e5).round() / 1e5);
        assert_eq!(Surface::of(&rounded, &limits).unwrap().map(|s| s.len()), Some(1));
        let sphere = sample(100, 3, Law::Sphere, &limits).unwrap();
        assert_eq!(Surface::of(&sphere, &limits).unwrap().unwrap().texts(&names)[0].matches('1').count(), 1);
        // x + y = 1, of degree 1.
        let plane = Matrix::from_fn(100, 2, |i, j| if j == 0 { drawn[(i, 0)] } else { 1.0 - drawn[(i, 0)] });
        let text = Surface::of(&plane, &limits).unwrap().unwrap().texts(&names)[0].clone();
        assert!(["t + x - 1", "-t - x + 1"].contains(&text.as_str()), "{text}");
        for generic in [sample(100, 3, Law::Normal, &limits), sample(100, 3, Law::Box(10.0, 11.0), &limits)] {
            assert!(Surface::of(&generic.unwrap(), &limits).unwrap().is_none());
        }
    }
}
