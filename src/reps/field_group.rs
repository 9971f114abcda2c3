//! Groups of matrices over cyclotomic fields: doubles for their bases, exact characters for the number of invariants.
//!
//! Matrices over Q(ζ_n) are rational matrices on φ(n) coordinates for each entry of a vector. A finite group permutes the
//! vectors of some orbits there, which makes it a group of permutations; the trace of an element over the field is read from
//! its rational matrix. So characters are exact, and the invariants of any expression are counted by
//! `1/|G| Σ_g χ(g)` with `χ` of sums, products, duals and powers by their formulas (Serre, *Linear Representations of Finite
//! Groups*, 2.1; Fulton–Harris, exercise 2.2 and B.22).

use std::collections::HashMap;
use std::sync::Arc;

use num_bigint::BigUint;

use super::node::Node;
use super::{Base, Group, Rep, RepError};
use crate::exact::{Matrix, solve};
use crate::finite::{
    CharacterTable, ConjugacyClasses, FiniteError, Permutation, PermutationGroup, restrict_scalars, vector_action,
};
use crate::lie::QuadraticAlgebra;
use crate::limits::Limits;
use crate::num::{AbelianField, Cyclotomic, PowerBasis, Rational, try_power};

/// Powers beyond this one are not counted by characters.
const MOST_POWER: u32 = 4096;
/// Rational matrices of a larger size are refused.
const MOST_SIZE: usize = 256;

/// Generators of a group over a cyclotomic field, and what was found of the group.
#[derive(Debug)]
pub struct FieldGenerators {
    /// The matrices, as they were given.
    pub matrices: Vec<Matrix<Cyclotomic>>,
    /// Matrices whose exponentials belong to the group.
    pub algebra: Vec<Matrix<Cyclotomic>>,
    /// The algebra over a real quadratic field that the exponentials generate, where it is known.
    pub closed: Option<QuadraticAlgebra>,
    /// The field of all entries.
    pub field: PowerBasis,
    /// Whether some entry is not real: then the defining representation has twice the size of the matrices.
    pub complex: bool,
    /// The numbers of the defining representation.
    pub(super) numbers: std::sync::OnceLock<Option<AbelianField>>,
    /// The group and its characters, or why there are none.
    finite: std::sync::OnceLock<Result<FieldAction, FiniteError>>,
}

impl PartialEq for FieldGenerators {
    fn eq(&self, other: &FieldGenerators) -> bool {
        self.matrices == other.matrices && self.algebra == other.algebra && self.complex == other.complex
    }
}

/// A finite group over a cyclotomic field with the character of its defining representation.
#[derive(Debug)]
pub struct FieldCharacters {
    /// The group as permutations of vectors; generator k is matrix k.
    pub group: Arc<PermutationGroup>,
    /// Its classes.
    pub classes: ConjugacyClasses,
    /// The trace on the real space of the defining representation, class by class.
    pub traces: Vec<Cyclotomic>,
    /// The factors of a product, each with the first of its points.
    factors: Vec<(usize, FieldCharacters)>,
}

/// A finite group over a cyclotomic field as it permutes vectors.
#[derive(Debug)]
pub struct FieldAction {
    /// The group and its characters.
    pub characters: FieldCharacters,
    /// The permuted vectors, by point: φ(n) coordinates for each entry.
    pub(super) vectors: Vec<Vec<Rational>>,
    /// The unit vectors as combinations of these.
    pub(super) units: Vec<Vec<Rational>>,
}

/// The group that matrices over a cyclotomic field generate. Complex matrices act on R^2n, real parts first.
/// Beside them stand matrices whose exponentials belong to the group.
pub fn field_group(
    name: &str,
    matrices: Vec<Matrix<Cyclotomic>>,
    algebra: Vec<Matrix<Cyclotomic>>,
    limits: &Limits,
) -> Result<Group, RepError> {
    let size = matrices.first().or(algebra.first()).map_or(0, Matrix::rows);
    for (index, m) in matrices.iter().chain(&algebra).enumerate() {
        if (m.rows(), m.cols()) != (size, size) {
            return Err(RepError::Shape { index, rows: m.rows(), cols: m.cols(), size });
        }
    }
    let entries = || matrices.iter().chain(&algebra).flat_map(|m| m.entries());
    let root = entries().fold(1, |n, x| num_integer::lcm(n, x.conductor()));
    let field = PowerBasis::new(root);
    let degree = field.degree();
    if size.saturating_mul(degree) > MOST_SIZE {
        let message = format!(
            "{size}×{size} matrices over a field of degree {degree} are too large: at most {MOST_SIZE} coordinates"
        );
        return Err(RepError::Method(message));
    }
    limits.check()?;
    let complex = !entries().all(Cyclotomic::is_real);
    of_generators(name, matrices, algebra, None, field, complex)
}

/// The connected group of an algebra over a real quadratic field, by its matrices that span it over the field; complex ones act
/// on R^2n, real parts first.
pub fn quadratic_group(
    name: &str,
    spanning: Vec<Matrix<Cyclotomic>>,
    algebra: QuadraticAlgebra,
) -> Result<Group, RepError> {
    let root = spanning.iter().flat_map(|m| m.entries()).fold(1, |n, x| num_integer::lcm(n, x.conductor()));
    let complex = algebra.is_complex();
    of_generators(name, Vec::new(), spanning, Some(algebra), PowerBasis::new(root), complex)
}

fn of_generators(
    name: &str,
    matrices: Vec<Matrix<Cyclotomic>>,
    algebra: Vec<Matrix<Cyclotomic>>,
    closed: Option<QuadraticAlgebra>,
    field: PowerBasis,
    complex: bool,
) -> Result<Group, RepError> {
    let floats = |all: &[Matrix<Cyclotomic>]| all.iter().map(|m| real_form(m, complex)).collect();
    let group = Group::of_floats(name, floats(&matrices), floats(&algebra))?;
    let (numbers, finite) = Default::default();
    let generators = FieldGenerators { matrices, algebra, closed, field, complex, numbers, finite };
    Ok(group.over_field(Arc::new(generators)))
}

/// The matrix in doubles on real coordinates: `[A, −B; B, A]` for `A + iB`.
fn real_form(m: &Matrix<Cyclotomic>, complex: bool) -> Matrix<f64> {
    let n = m.rows();
    if !complex {
        return m.map(|x| x.to_complex().0);
    }
    let parts = m.map(Cyclotomic::to_complex);
    Matrix::from_fn(2 * n, 2 * n, |i, j| {
        let (re, im) = parts[(i % n, j % n)];
        match (i < n, j < n) {
            (true, true) | (false, false) => re,
            (true, false) => -im,
            (false, true) => im,
        }
    })
}

impl FieldGenerators {
    /// The size of the matrices.
    pub fn size(&self) -> usize {
        self.matrices.first().or(self.algebra.first()).map_or(0, Matrix::rows)
    }

    /// Whether an algebra stands beside the matrices.
    pub fn has_algebra(&self) -> bool {
        self.algebra.iter().any(|m| m.entries().iter().any(|x| !x.is_zero()))
    }

    /// The finite group and its characters; an error for an infinite group.
    pub fn characters(&self, name: &str, limits: &Limits) -> Result<&FieldCharacters, FiniteError> {
        Ok(&self.action(name, limits)?.characters)
    }

    /// The finite group as it permutes vectors, found at the first call; an error for an infinite group.
    pub fn action(&self, name: &str, limits: &Limits) -> Result<&FieldAction, FiniteError> {
        if let Some(known) = self.finite.get() {
            return known.as_ref().map_err(Clone::clone);
        }
        let found = match self.find(name, limits) {
            // What was not finished may succeed another time.
            Err(FiniteError::Stop(stop)) => return Err(FiniteError::Stop(stop)),
            found => found,
        };
        self.finite.get_or_init(|| found).as_ref().map_err(Clone::clone)
    }

    fn find(&self, name: &str, limits: &Limits) -> Result<FieldAction, FiniteError> {
        if self.has_algebra() {
            return Err(FiniteError::Infinite("its algebra is not zero".to_string()));
        }
        let outside = FiniteError::Internal("an entry lies outside its field");
        let rational = self.matrices.iter().map(|m| restrict_scalars(&self.field, m)).collect::<Option<Vec<_>>>();
        let rational = rational.ok_or(outside)?;
        let (n, degree) = (self.size(), self.field.degree());
        let size = n * degree;
        let action = vector_action(name, size, &rational, limits)?;
        let classes = ConjugacyClasses::new(&action.group, limits)?;
        // e_i as a combination of the permuted vectors: an element moves these, and so e_i.
        let count = action.vectors.len();
        let columns = Matrix::from_fn(size, count, |i, j| action.vectors[j][i].clone());
        let mut units = Vec::with_capacity(n);
        for i in 0..n {
            let unit: Vec<Rational> = (0..size).map(|k| Rational::from(i64::from(k == i * degree))).collect();
            let found = solve(&columns, &unit, limits)?;
            units.push(found.ok_or(FiniteError::Internal("orbits of vectors do not span"))?);
        }
        let mut traces = Vec::with_capacity(classes.len());
        for class in classes.classes() {
            limits.check()?;
            let mut sum = vec![Rational::ZERO; degree];
            for (i, unit) in units.iter().enumerate() {
                for (point, c) in unit.iter().enumerate().filter(|(_, c)| !c.is_zero()) {
                    let image = class.representative.image(point).unwrap_or(point);
                    for (slot, x) in sum.iter_mut().zip(&action.vectors[image][i * degree..]) {
                        slot.add_product(c, x);
                    }
                }
            }
            let trace = self.field.number(&sum);
            traces.push(if self.complex { trace.add(&trace.conjugate()) } else { trace });
        }
        let characters = FieldCharacters { group: Arc::new(action.group), classes, traces, factors: Vec::new() };
        Ok(FieldAction { characters, vectors: action.vectors, units })
    }
}

/// Larger groups are not asked for their characters.
const MOST_LISTED: u64 = 20_000;

impl FieldCharacters {
    /// A finite group of permutations, of the plane or over a cyclotomic field, up to order 20 000; `None` for others.
    fn of_base(base: &Base, limits: &Limits) -> Result<Option<FieldCharacters>, RepError> {
        let Some(group) = Group::of(base).filter(|_| base.algebra().dim() == 0) else { return Ok(None) };
        if !base.factors().is_empty() {
            return FieldCharacters::of_product(base, &group, limits);
        }
        let (plane, field) = (base.plane(), base.field());
        if base.permutations().is_none() && plane.is_none() && field.is_none() {
            return Ok(None);
        }
        let group = match group.as_permutations(limits) {
            Err(FiniteError::Stop(stop)) => return Err(stop.into()),
            Ok(Some(group)) => group,
            _ => return Ok(None),
        };
        if group.order(limits)? > BigUint::from(MOST_LISTED) {
            return Ok(None);
        }
        if let Some(generators) = field {
            let known = generators.characters(base.name(), limits)?;
            return Ok(Some(FieldCharacters {
                group: known.group.clone(),
                classes: ConjugacyClasses::new(&known.group, limits)?,
                traces: known.traces.clone(),
                factors: Vec::new(),
            }));
        }
        let classes = ConjugacyClasses::new(&group, limits)?;
        let degree = group.degree();
        let trace = |p: &Permutation| match plane {
            // The rotation by k corners has the trace ζ^k + ζ^−k, a reflection the trace 0.
            Some((n, _)) => {
                let at = |corner: usize| p.image(corner).unwrap_or(corner);
                match at(1 % n) == (at(0) + 1) % n {
                    true => {
                        let root = Cyclotomic::root_of_unity(n as u64, at(0) as i64);
                        root.add(&root.conjugate())
                    }
                    false => Cyclotomic::from(0),
                }
            }
            None => Cyclotomic::from((0..degree).filter(|&i| p.image(i) == Some(i)).count() as i64),
        };
        let traces = classes.classes().iter().map(|class| trace(&class.representative)).collect();
        Ok(Some(FieldCharacters { group, classes, traces, factors: Vec::new() }))
    }

    /// A product, on the points of one factor after the other.
    fn of_product(base: &Base, group: &Group, limits: &Limits) -> Result<Option<FieldCharacters>, RepError> {
        let (mut factors, mut before) = (Vec::new(), 0);
        for factor in base.factors() {
            let Some(found) = FieldCharacters::of_base(factor, limits)? else { return Ok(None) };
            let degree = found.group.degree();
            factors.push((before, found));
            before += degree;
        }
        let Ok(Some(group)) = group.as_permutations(limits) else { return Ok(None) };
        if group.degree() != before || group.order(limits)? > BigUint::from(MOST_LISTED) {
            return Ok(None);
        }
        let classes = ConjugacyClasses::new(&group, limits)?;
        Ok(Some(FieldCharacters { group, classes, traces: Vec::new(), factors }))
    }

    /// The class in a factor of what a class of the product is there.
    fn class_in_factor(&self, place: usize, class: usize) -> Option<(&FieldCharacters, usize)> {
        let (start, factor) = self.factors.get(place)?;
        let p = &self.classes.classes().get(class)?.representative;
        let own = (0..factor.group.degree()).map(|i| p.image(start + i).and_then(|to| to.checked_sub(*start)));
        let own: Option<Vec<u32>> = own.map(|to| to.and_then(|to| u32::try_from(to).ok())).collect();
        Some((factor, factor.classes.class_of_permutation(&Permutation::from_images(own?)?)?))
    }

    /// The number of invariants: the mean of the character over the group.
    fn invariants(&self, node: &Arc<Node>, name: &str, limits: &Limits) -> Result<BigUint, RepError> {
        let order = Rational::from(self.classes.table().order() as i64);
        let mut sum = Cyclotomic::from(0);
        let (values, powers) = (HashMap::new(), HashMap::new());
        let mut known = Known { characters: self, limits, name, defining: None, values, powers };
        for (class, it) in self.classes.classes().iter().enumerate() {
            sum = sum.add(&known.at(node, class)?.scale(&Rational::from(it.size as i64)));
        }
        let count = sum.as_rational().and_then(|x| x.checked_div(&order)).filter(Rational::is_integer);
        count
            .and_then(|x| x.numerator().to_biguint())
            .ok_or_else(|| RepError::Method("a mean of characters is no number".into()))
    }
}

/// Values of characters that were found; nodes are told apart by their address, as they live as long as the tree.
struct Known<'a> {
    characters: &'a FieldCharacters,
    limits: &'a Limits,
    name: &'a str,
    /// The defining representation of a product, in those of its factors.
    defining: Option<&'a Arc<Node>>,
    values: HashMap<(*const Node, usize), Cyclotomic>,
    powers: HashMap<u32, Vec<usize>>,
}

impl Known<'_> {
    fn at(&mut self, node: &Arc<Node>, class: usize) -> Result<Cyclotomic, RepError> {
        let key = (Arc::as_ptr(node), class);
        if let Some(known) = self.values.get(&key) {
            return Ok(known.clone());
        }
        self.limits.check()?;
        let found = match &**node {
            Node::Scalar => Cyclotomic::from(1),
            Node::Vector => match (self.characters.traces.get(class), self.defining) {
                (Some(trace), _) => trace.clone(),
                (None, Some(node)) => self.at(node, class)?,
                (None, None) => return Err(RepError::Floats(self.name.to_string())),
            },
            Node::Of(place, x) => {
                let Some((characters, class)) = self.characters.class_in_factor(*place, class) else {
                    return Err(RepError::Floats(self.name.to_string()));
                };
                let (values, powers) = (HashMap::new(), HashMap::new());
                Known { characters, limits: self.limits, name: self.name, defining: None, values, powers }
                    .at(x, class)?
            }
            // The algebra of a finite group is zero.
            Node::Adjoint => Cyclotomic::from(0),
            Node::Dual(x) => self.at(x, class)?.conjugate(),
            Node::Sum(terms) => {
                let mut sum = Cyclotomic::from(0);
                for (x, times) in terms {
                    let times = Rational::from(num_bigint::BigInt::from(*times));
                    sum = sum.add(&self.at(x, class)?.scale(&times));
                }
                sum
            }
            Node::Tensor(factors) => {
                let mut product = Cyclotomic::from(1);
                for (x, exponent) in factors {
                    let base = self.at(x, class)?;
                    product = try_power(product, &base, u64::from(*exponent), |a, b| {
                        self.limits.check()?;
                        Ok::<Cyclotomic, RepError>(a.mul(b))
                    })?;
                }
                product
            }
            Node::Hom(x, y) => self.at(y, class)?.mul(&self.at(x, class)?.conjugate()),
            Node::Symmetric(x, k) => self.power(x, class, *k, false)?,
            Node::Alternating(x, k) => self.power(x, class, *k, true)?,
            Node::Conjugate | Node::Given(_) => return Err(RepError::Floats(self.name.to_string())),
        };
        self.values.insert(key, found.clone());
        Ok(found)
    }

    /// The class of the j-th powers, for each class.
    fn power_of(&mut self, j: u32) -> &[usize] {
        self.powers.entry(j).or_insert_with(|| self.characters.classes.power_map(i64::from(j)))
    }

    /// Newton's identities: `k h_k = Σ_j p_j h_(k−j)`, `k e_k = Σ_j (−1)^(j−1) p_j e_(k−j)` with `p_j = χ(g^j)`.
    fn power(&mut self, x: &Arc<Node>, class: usize, k: u32, alternating: bool) -> Result<Cyclotomic, RepError> {
        if k > MOST_POWER {
            return Err(RepError::TooComplicated);
        }
        let order = self.characters.classes.classes()[class].order as u32;
        let mut sums = Vec::with_capacity(order as usize);
        for j in 0..order.min(k + 1) {
            let target = self.power_of(j)[class];
            sums.push(self.at(x, target)?);
        }
        let mut found = vec![Cyclotomic::from(1)];
        for m in 1..=k as usize {
            self.limits.check()?;
            let mut sum = Cyclotomic::from(0);
            for j in 1..=m {
                let term = sums[j % order as usize].mul(&found[m - j]);
                let odd = alternating && j % 2 == 0;
                sum = sum.add(&if odd { term.scale(&Rational::from(-1)) } else { term });
            }
            let inverse = Rational::new(1, m as i64).unwrap_or_default();
            found.push(sum.scale(&inverse));
        }
        Ok(found.swap_remove(k as usize))
    }
}

impl Rep {
    /// The character table of a finite group and the multiplicities of its rows in this representation, for groups of
    /// permutations, of the plane, over cyclotomic fields and their products up to order 20 000, and expressions in `V`; `None` for others.
    pub fn irreducible_characters(&self, limits: &Limits) -> Result<Option<(CharacterTable, Vec<Rational>)>, RepError> {
        let Some(characters) = FieldCharacters::of_base(self.base(), limits)? else { return Ok(None) };
        let table = CharacterTable::new(&characters.group, limits)?;
        let name = self.base().name();
        let (values, powers) = (HashMap::new(), HashMap::new());
        let mut known =
            Known { characters: &characters, limits, name, defining: self.base().defining(), values, powers };
        let mut values = Vec::with_capacity(table.classes.len());
        for it in &table.classes {
            let Some(class) = characters.classes.class_of_permutation(&it.representative) else { return Ok(None) };
            values.push(match known.at(&self.node, class) {
                Err(RepError::Floats(_)) => return Ok(None),
                found => found?,
            });
        }
        Ok(table.decompose(&values, limits)?.map(|found| (table, found)))
    }

    /// The number of invariants under a finite group over a cyclotomic field, by its exact characters. `None` for other groups,
    /// an infinite one among them.
    pub fn field_rank(&self, limits: &Limits) -> Result<Option<BigUint>, RepError> {
        let Some(generators) = self.base().field() else { return Ok(None) };
        let name = self.base().name();
        match generators.characters(name, limits) {
            Ok(characters) => characters.invariants(&self.node, name, limits).map(Some),
            Err(FiniteError::Stop(stop)) => Err(stop.into()),
            Err(_) => Ok(None),
        }
    }
}

impl Base {
    /// The order of a finite group over a cyclotomic field whose characters were found.
    pub fn field_order(&self, limits: &Limits) -> Result<Option<usize>, RepError> {
        let Some(generators) = self.field() else { return Ok(None) };
        match generators.characters(self.name(), limits) {
            Ok(characters) => Ok(Some(characters.classes.table().order())),
            Err(FiniteError::Stop(stop)) => Err(stop.into()),
            Err(_) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reps::icosahedral;

    fn ranks(rep: impl Fn(u32) -> Rep, most: u32) -> Vec<u32> {
        let count = |k| rep(k).field_rank(&Limits::none()).unwrap().unwrap().iter_u32_digits().next().unwrap_or(0);
        (0..=most).map(count).collect()
    }

    /// Molien's series of the rotations of the icosahedron is (1 + t^15)/((1 − t^2)(1 − t^6)(1 − t^10)), with reflections
    /// without the numerator (Meyer 1954; Stanley 1979, "Invariants of finite groups", section 1).
    #[test]
    fn the_icosahedron_has_the_invariants_of_klein() {
        for (name, odd) in [("I", true), ("Ih", false)] {
            let group = icosahedral(name, &Limits::none()).unwrap().unwrap();
            let v = Rep::vector(group.base()).unwrap();
            let found = ranks(|k| v.symmetric_power(k).unwrap(), 16);
            let degrees = [2usize, 6, 10];
            let mut series = vec![0u32; 17];
            series[0] = 1;
            if odd {
                series[15] = 1;
            }
            for d in degrees {
                for k in d..17 {
                    series[k] += series[k - d];
                }
            }
            assert_eq!(found, series, "{name}");
            assert_eq!(group.base().field_order(&Limits::none()).unwrap(), Some(if odd { 60 } else { 120 }));
        }
    }

    /// V⊗k of the rotations of the icosahedron: 3 ⊗ 3 = 1 + 3 + 5, so 1, 0, 1, 1, 3, 6, 16 from the characters
    /// 3, −1, 0, (1 ± √5)/2 on classes of 1, 15, 20, 12 and 12 elements.
    #[test]
    fn tensors_of_the_icosahedron() {
        let group = icosahedral("I", &Limits::none()).unwrap().unwrap();
        let v = Rep::vector(group.base()).unwrap();
        let golden = (1.0 + 5f64.sqrt()) / 2.0;
        let expected: Vec<u32> = (0..9)
            .map(|k| {
                let mean = 3f64.powi(k) + 15.0 * (-1f64).powi(k) + if k == 0 { 20.0 } else { 0.0 };
                ((mean + 12.0 * golden.powi(k) + 12.0 * (1.0 - golden).powi(k)) / 60.0).round() as u32
            })
            .collect();
        assert_eq!(ranks(|k| v.power(k).unwrap(), 8), expected);
        assert_eq!(ranks(|k| v.exterior_power(k).unwrap(), 3), [1, 0, 0, 1]);
    }

    /// The binary icosahedral group on C² as R⁴: quaternions are its endomorphisms, and its first invariant polynomials beside
    /// powers of the norm have degree 12 (Klein 1884).
    #[test]
    fn the_binary_icosahedral_group() {
        let group = icosahedral("2I", &Limits::none()).unwrap().unwrap();
        assert_eq!(group.base().field_order(&Limits::none()).unwrap(), Some(120));
        let v = Rep::vector(group.base()).unwrap();
        assert_eq!(*v.dim(), BigUint::from(4u32));
        assert_eq!(Rep::hom(&v, &v).unwrap().field_rank(&Limits::none()).unwrap(), Some(4u32.into()));
        // On R⁴ = C²: the harmonics of degree k are the product of two copies of dimension k + 1 of SU(2), one of them fixed.
        let found = ranks(|k| v.symmetric_power(k).unwrap(), 12);
        assert_eq!(found, [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 14]);
    }

    /// An infinite group has no characters here: the rotation by the angle with cosine √2/4.
    #[test]
    fn an_infinite_group_is_not_counted() {
        let half = |x: &Cyclotomic, d: i64| x.scale(&Rational::new(1, d).unwrap());
        let (c, s) = (half(&Cyclotomic::square_root(2), 4), half(&Cyclotomic::square_root(14), 4));
        let minus = s.scale(&Rational::from(-1));
        let m = Matrix::from_rows(vec![vec![c.clone(), minus], vec![s, c]]).unwrap();
        let group = field_group("G", vec![m], Vec::new(), &Limits::none()).unwrap();
        let v = Rep::vector(group.base()).unwrap();
        assert_eq!(v.field_rank(&Limits::none()).unwrap(), None);
    }
}
