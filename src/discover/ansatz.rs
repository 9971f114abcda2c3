//! The matrices among which symmetries are sought: a linear space with a basis of sparse integer matrices.

use super::error::DiscoverError;
use super::polynomial_fit::monomials;
use crate::forms::quaternion_algebra;
use crate::num::Rational;

/// One entry of a basis matrix: row, column, value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The row.
    pub row: u32,
    /// The column.
    pub column: u32,
    /// The value.
    pub value: i32,
}

/// What kind of matrices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All real matrices.
    Real,
    /// Complex matrices, on coordinates that are real parts followed by imaginary parts: `[[A, −B], [B, A]]`.
    Complex,
    /// Quaternionic matrices `q → W q`, which commute with i, j, k from the right, on coordinates in fours `1, i, j, k`.
    Quaternionic,
    /// Affine maps `x → A x + b`, as matrices with one more row and column.
    Affine,
    /// Diagonal matrices: scalings of the coordinates (dimensional analysis).
    Diagonal,
    /// The same matrix, of a shape of its own, on several blocks of coordinates one after the other; of complex coordinates real
    /// and imaginary parts have their blocks apart.
    Copies(usize, Box<Shape>),
    /// Only the entries that are not zero here, row by row.
    Pattern(Vec<bool>),
    /// `df(x) A x = B f(x)`: a matrix for the vectors and one for the outputs, in two blocks.
    Equivariant,
    /// The same for outputs that are a square matrix T, row by row: `df(x) A x = B T − T C`, in three blocks.
    Tensor,
    /// Polynomial vector fields of at most this degree, as the matrices of their coefficients: a row for each component, a
    /// column for each monomial.
    Polynomial(u32),
}

impl Shape {
    /// Whether it is one of linear maps of one vector, which several blocks can share.
    pub fn can_be_copied(&self) -> bool {
        matches!(self, Shape::Real | Shape::Complex | Shape::Quaternionic | Shape::Diagonal | Shape::Pattern(_))
    }

    /// Whether its matrices are complex ones of half the size.
    fn is_complex(&self) -> bool {
        match self {
            Shape::Complex => true,
            Shape::Copies(_, inner) => inner.is_complex(),
            _ => false,
        }
    }

    /// Which coordinate of all is coordinate `a` in copy `c` of `count` blocks of this `size` and shape.
    pub(super) fn place(&self, count: usize, c: usize, size: usize, a: usize) -> usize {
        match (self.is_complex(), size / 2) {
            (true, half) if a < half => c * half + a,
            (true, half) => (count + c - 1) * half + a,
            (false, _) => c * size + a,
        }
    }
}

/// A linear space of matrices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ansatz {
    shape: Shape,
    dimension: usize,
    outputs: usize,
    unknowns: Vec<Vec<Entry>>,
    /// How each unknown moves the outputs: rows and columns number them.
    moved_outputs: Vec<Vec<Entry>>,
    /// The monomials of vector fields: lists of coordinates with repetition.
    features: Vec<Vec<u32>>,
    /// The names of the coordinates, where they are known.
    names: Vec<String>,
}

impl Ansatz {
    /// The space of this shape for vectors of real dimension `n` and `outputs` values.
    pub fn new(shape: Shape, n: usize, outputs: usize) -> Result<Ansatz, DiscoverError> {
        let entry = |row: usize, column: usize, value: i32| Entry { row: row as u32, column: column as u32, value };
        let all = |rows: usize, columns: usize| (0..rows).flat_map(move |a| (0..columns).map(move |b| (a, b)));
        let divided = |by: usize, what: &str| match n.checked_div(by) {
            Some(size) if n.is_multiple_of(by) && size > 0 => Ok(size),
            _ => Err(DiscoverError::Shape(format!("{what} needs a dimension divisible by {by}, not {n}"))),
        };
        let features = match &shape {
            Shape::Polynomial(degree) => monomials(n, *degree).ok_or_else(|| {
                let message = format!("there are too many monomials of degree {degree} in {n} coordinates");
                DiscoverError::Argument(message)
            })?,
            _ => Vec::new(),
        };
        let unknowns = match &shape {
            Shape::Polynomial(_) => all(n, features.len()).map(|(a, b)| vec![entry(a, b, 1)]).collect(),
            Shape::Real => all(n, n).map(|(a, b)| vec![entry(a, b, 1)]).collect(),
            Shape::Affine => all(n, n + 1).map(|(a, b)| vec![entry(a, b, 1)]).collect(),
            Shape::Diagonal => (0..n).map(|a| vec![entry(a, a, 1)]).collect(),
            Shape::Complex => {
                let size = divided(2, "a complex ansatz")?;
                all(size, size)
                    .flat_map(|(a, b)| {
                        let real = vec![entry(a, b, 1), entry(a + size, b + size, 1)];
                        [real, vec![entry(a, b + size, -1), entry(a + size, b, 1)]]
                    })
                    .collect()
            }
            Shape::Quaternionic => {
                let size = divided(4, "a quaternionic ansatz")?;
                all(size, size).flat_map(|(a, b)| (0..4).map(move |unit| left_unit(a, b, unit))).collect()
            }
            Shape::Copies(count, inner) => {
                let size = divided(*count, &format!("an ansatz of {count} copies"))?;
                if !inner.can_be_copied() {
                    return Err(DiscoverError::Unsupported("copies are of linear maps of one vector".into()));
                }
                let one = Ansatz::new(inner.as_ref().clone(), size, outputs)?;
                let copied = |entries: &Vec<Entry>| {
                    let at = |c: usize, a: u32| inner.place(*count, c, size, a as usize);
                    let copy = |c: usize, e: &Entry| entry(at(c, e.row), at(c, e.column), e.value);
                    (0..*count).flat_map(|c| entries.iter().map(move |e| copy(c, e))).collect()
                };
                one.unknowns.iter().map(copied).collect()
            }
            Shape::Pattern(mask) => {
                if mask.len() != n * n {
                    return Err(DiscoverError::Shape(format!("the pattern of an ansatz here is {n}×{n}")));
                }
                all(n, n).filter(|&(a, b)| mask[a * n + b]).map(|(a, b)| vec![entry(a, b, 1)]).collect()
            }
            Shape::Equivariant => {
                let second = all(outputs, outputs).map(|(o, p)| vec![entry(n + o, n + p, 1)]);
                all(n, n).map(|(a, b)| vec![entry(a, b, 1)]).chain(second).collect()
            }
            Shape::Tensor => {
                let size = outputs.isqrt();
                if size * size != outputs {
                    let message = format!("a tensor ansatz needs the values of a square matrix, not {outputs}");
                    return Err(DiscoverError::Shape(message));
                }
                let blocks = [(0, n), (n, size), (n + size, size)];
                let block = |(start, size): (usize, usize)| {
                    all(size, size).map(move |(a, b)| vec![entry(start + a, start + b, 1)])
                };
                blocks.into_iter().flat_map(block).collect()
            }
        };
        let moved_outputs = moved_outputs(&shape, n, outputs);
        Ok(Ansatz { shape, dimension: n, outputs, unknowns, moved_outputs, features, names: Vec::new() })
    }

    /// The same with names of the coordinates.
    pub fn named(self, names: Vec<String>) -> Ansatz {
        Ansatz { names, ..self }
    }

    /// The names of the coordinates of one vector; none where they are not known.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The monomials of vector fields, the constant first.
    pub fn features(&self) -> &[Vec<u32>] {
        &self.features
    }

    /// Whether it is one of vector fields and not of matrices.
    pub fn is_polynomial(&self) -> bool {
        matches!(self.shape, Shape::Polynomial(_))
    }

    /// Rows and columns of the matrices.
    pub fn rows_and_columns(&self) -> (usize, usize) {
        if self.is_polynomial() { (self.dimension, self.features.len()) } else { (self.size(), self.size()) }
    }

    /// What kind of matrices.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Number of real unknowns.
    pub fn len(&self) -> usize {
        self.unknowns.len()
    }

    /// Whether there is no unknown.
    pub fn is_empty(&self) -> bool {
        self.unknowns.is_empty()
    }

    /// The entries of each unknown.
    pub fn unknowns(&self) -> &[Vec<Entry>] {
        &self.unknowns
    }

    /// The real size of the matrices.
    pub fn size(&self) -> usize {
        match self.shape {
            Shape::Affine => self.dimension + 1,
            Shape::Equivariant => self.dimension + self.outputs,
            Shape::Tensor => self.dimension + 2 * self.outputs.isqrt(),
            Shape::Polynomial(_) => self.dimension.max(self.features.len()),
            _ => self.dimension,
        }
    }

    /// The real dimension of the vectors.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// Whether a 1 is appended to each vector.
    pub fn is_affine(&self) -> bool {
        self.shape == Shape::Affine
    }

    /// Whether the unknowns are all entries row by row of a matrix with `dimension` rows, a translation included, or all
    /// coefficients of vector fields.
    pub fn is_full(&self) -> bool {
        matches!(self.shape, Shape::Real | Shape::Affine | Shape::Polynomial(_))
    }

    /// Whether the outputs transform too.
    pub fn is_equivariant(&self) -> bool {
        matches!(self.shape, Shape::Equivariant | Shape::Tensor)
    }

    /// How an unknown moves the outputs: entries of the matrix that acts on them.
    pub fn moved_outputs(&self, unknown: usize) -> &[Entry] {
        self.moved_outputs.get(unknown).map_or(&[], Vec::as_slice)
    }

    /// Whether the matrices are complex ones of half the size.
    pub fn is_complex(&self) -> bool {
        self.shape.is_complex()
    }

    /// In words: `real 4×4 matrices`.
    pub fn description(&self) -> String {
        let n = self.dimension;
        let plural = if n == 1 { "" } else { "s" };
        match &self.shape {
            Shape::Real => format!("real {n}×{n} matrices"),
            Shape::Complex => format!("complex {0}×{0} matrices", n / 2),
            Shape::Quaternionic => format!("quaternionic {0}×{0} matrices", n / 4),
            Shape::Affine => format!("affine maps of {n} coordinate{plural}"),
            Shape::Diagonal => format!("diagonal {n}×{n} matrices"),
            Shape::Copies(count, inner) => {
                let one = Ansatz::new(inner.as_ref().clone(), n / count, self.outputs);
                let one = one.map_or_else(|_| "matrices".to_string(), |one| one.description());
                format!("{one} on {count} {}", if *count == 1 { "copy" } else { "copies" })
            }
            Shape::Pattern(_) => format!("{n}×{n} matrices with {} free entries", self.len()),
            Shape::Equivariant => format!("pairs of {n}×{n} and {0}×{0} matrices", self.outputs),
            Shape::Polynomial(degree) => {
                format!("polynomial vector fields of degree {degree} in {n} coordinate{plural}")
            }
            Shape::Tensor => format!("{n}×{n} matrices with two {0}×{0} ones on the values", self.outputs.isqrt()),
        }
    }
}

/// The matrix on the outputs that each unknown is: of B and C in `B T − T C` with T row by row.
fn moved_outputs(shape: &Shape, n: usize, outputs: usize) -> Vec<Vec<Entry>> {
    let size = outputs.isqrt();
    let entry = |row: usize, column: usize, value: i32| Entry { row: row as u32, column: column as u32, value };
    let still = vec![Vec::new(); n * n];
    match shape {
        Shape::Equivariant => {
            let pairs = (0..outputs).flat_map(|o| (0..outputs).map(move |p| (o, p)));
            still.into_iter().chain(pairs.map(|(o, p)| vec![entry(o, p, 1)])).collect()
        }
        Shape::Tensor => {
            let pairs = || (0..size).flat_map(|a| (0..size).map(move |b| (a, b)));
            let left = |(a, b)| (0..size).map(|s| entry(a * size + s, b * size + s, 1)).collect::<Vec<Entry>>();
            let right = |(a, b)| (0..size).map(|s| entry(s * size + b, s * size + a, -1)).collect();
            still.into_iter().chain(pairs().map(left)).chain(pairs().map(right)).collect()
        }
        _ => Vec::new(),
    }
}

/// The matrix with the quaternion `unit` at (a, b), multiplied from the left: it commutes with the units from the right.
fn left_unit(a: usize, b: usize, unit: usize) -> Vec<Entry> {
    let minus = Rational::from(-1);
    let table = quaternion_algebra(&minus, &minus);
    let column = |k: usize| {
        let product = table.basis_product(unit, k);
        product.iter().map(move |(row, value)| Entry {
            row: (4 * a) as u32 + *row,
            column: (4 * b + k) as u32,
            value: value.to_i64().unwrap_or(0) as i32,
        })
    };
    (0..4).flat_map(column).collect()
}
