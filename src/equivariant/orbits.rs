//! Orbits of signed permutations on pairs of basis vectors.
//!
//! An invariant matrix takes the same value, up to the signs of the action, along each orbit of `G` on pairs (row, column),
//! and vanishes where an element of `G` fixes a pair and changes its sign. Orbits on pairs are found row by row: a walk
//! through the orbit of a row `r_0` carries every row `r` back to `r_0`, by which `(r, c)` becomes a pair `(r_0, c')`; the
//! steps that close a cycle of the walk say which pairs `(r_0, c')` are equal. All random accesses stay within one row.

use super::basis::Basis;
use super::entries::Labels;
use super::method::Method;
use super::{EquivariantError, SignedPermutation};
use crate::limits::Limits;

/// The equivariant matrices between two representations by signed permutations, generator `s` acting as `from[s]` and
/// `to[s]`: one basis matrix with entries 0, ±1 for each orbit that is not annihilated, in the order of first entries, which
/// are 1. Cost: generators × rows × columns steps.
pub fn orbits_of_maps(
    from: &[SignedPermutation],
    to: &[SignedPermutation],
    (rows, cols): (usize, usize),
    limits: &Limits,
) -> Result<Basis, EquivariantError> {
    let labels = pairs(to, from, (rows, cols), limits)?;
    Ok(Basis::of_labels((rows, cols), Method::Orbits, labels))
}

/// The invariant tensors of a product of representations by signed permutations: `legs[l][s]` is how generator `s` acts on
/// leg `l` of dimension `dims[l]`; the tensor with indices `i_0 i_1 …` is read with the last index running fastest. With
/// `split` legs for the rows and the others for the columns it is a matrix.
pub fn orbits_of_tensors(
    legs: &[&[SignedPermutation]],
    dims: &[usize],
    generators: usize,
    split: usize,
    limits: &Limits,
) -> Result<Basis, EquivariantError> {
    if legs.len() != dims.len() || split > dims.len() || legs.iter().any(|leg| leg.len() != generators) {
        return Err(EquivariantError::Argument("every leg needs the action of every generator".into()));
    }
    let size = |legs: &[usize]| legs.iter().try_fold(1usize, |product, &d| product.checked_mul(d));
    let large = || EquivariantError::TooLarge("a tensor product of permutation representations".into());
    let shape = (size(&dims[..split]).ok_or_else(large)?, size(&dims[split..]).ok_or_else(large)?);
    // The best place to cut is where both parts are about equally large.
    let cut = (0..=dims.len())
        .filter_map(|cut| Some((size(&dims[..cut])?.max(size(&dims[cut..])?), cut)))
        .min()
        .map_or(split, |found| found.1);
    let sizes = (size(&dims[..cut]).ok_or_else(large)?, size(&dims[cut..]).ok_or_else(large)?);
    let (left, right) = (sizes.0 as u128, sizes.1 as u128);
    let actions = (generators as u128 + 1).saturating_mul((left + right) * 8);
    limits.reserve(left.saturating_mul(right).saturating_mul(4).saturating_add(actions))?;
    let part = |range: std::ops::Range<usize>| -> Result<Vec<SignedPermutation>, EquivariantError> {
        (0..generators)
            .map(|s| {
                legs[range.clone()]
                    .iter()
                    .try_fold(SignedPermutation::identity(1), |product, leg| product.tensor(&leg[s]))
            })
            .collect()
    };
    let (left, right) = (part(0..cut)?, part(cut..dims.len())?);
    let labels = pairs(&left, &right, sizes, limits)?;
    Ok(Basis::of_labels(shape, Method::Orbits, labels))
}

/// The orbits on pairs (row, column), with signs.
fn pairs(
    on_rows: &[SignedPermutation],
    on_cols: &[SignedPermutation],
    (rows, cols): (usize, usize),
    limits: &Limits,
) -> Result<Labels, EquivariantError> {
    let fits = on_rows.len() == on_cols.len()
        && on_rows.iter().all(|s| s.degree() == rows)
        && on_cols.iter().all(|s| s.degree() == cols);
    if !fits {
        return Err(EquivariantError::Argument("every generator must act on all rows and on all columns".into()));
    }
    if cols == 1 && rows > 1 {
        // One long row is walked faster than many rows of length one, and is read in the same order.
        return pairs(on_cols, on_rows, (cols, rows), limits);
    }
    let count = rows.checked_mul(cols).filter(|_| cols < (u32::MAX >> 2) as usize);
    let Some(count) = count else {
        return Err(EquivariantError::TooLarge("the matrix of a map between permutation representations".into()));
    };
    limits.reserve(count as u128 * 4 + 16 * (rows + cols) as u128 * (on_rows.len() as u128 + 1))?;
    let inverses: Vec<Vec<u32>> = on_cols.iter().map(SignedPermutation::packed_inverse).collect();
    let mut walk = Walk { cols, packed: vec![0; count], classes: 0, visited: vec![false; rows] };
    for start in 0..rows {
        if !walk.visited[start] {
            walk.orbit_of_row(start, on_rows, &inverses, limits)?;
            limits.progress("orbits", (start + 1) as f64 / rows as f64);
        }
    }
    Ok(Labels { packed: walk.packed, classes: walk.classes })
}

struct Walk {
    cols: usize,
    /// First `2 c' + sign`, where the pair `(r, c)` comes from `(r_0, c')`; then the labels.
    packed: Vec<u32>,
    classes: usize,
    visited: Vec<bool>,
}

impl Walk {
    fn orbit_of_row(
        &mut self,
        start: usize,
        on_rows: &[SignedPermutation],
        inverses: &[Vec<u32>],
        limits: &Limits,
    ) -> Result<(), EquivariantError> {
        let cols = self.cols;
        self.visited[start] = true;
        for (c, x) in self.packed[start * cols..][..cols].iter_mut().enumerate() {
            *x = (c as u32) << 1;
        }
        let mut merged = Classes::new(cols);
        let mut orbit = vec![start];
        let mut next = 0;
        while let Some(&row) = orbit.get(next) {
            next += 1;
            limits.check()?;
            for (generator, inverse) in on_rows.iter().zip(inverses) {
                // One row may be long.
                limits.check()?;
                let packed = generator.packed()[row];
                let (image, sign) = ((packed >> 1) as usize, packed & 1);
                if self.visited[image] {
                    let (old, new) = (&self.packed[row * cols..][..cols], &self.packed[image * cols..][..cols]);
                    for (&target, &from) in new.iter().zip(inverse) {
                        merged.unite(target, old[(from >> 1) as usize] ^ (from & 1) ^ sign);
                    }
                } else {
                    self.visited[image] = true;
                    orbit.push(image);
                    let (old, new) = disjoint(&mut self.packed, row * cols, image * cols, cols);
                    for (target, &from) in new.iter_mut().zip(inverse) {
                        *target = old[(from >> 1) as usize] ^ (from & 1) ^ sign;
                    }
                }
            }
        }
        // The least row of the orbit comes first, and every class meets it: numbering there is numbering by first entries.
        let labels = merged.number(&mut self.classes)?;
        for row in orbit {
            for x in &mut self.packed[row * cols..][..cols] {
                let label = labels[(*x >> 1) as usize];
                *x = if label == Labels::NONE { label } else { label ^ (*x & 1) };
            }
        }
        Ok(())
    }
}

/// Two disjoint parts of one array, the first to be read.
fn disjoint(data: &mut [u32], read: usize, write: usize, length: usize) -> (&[u32], &mut [u32]) {
    if read < write {
        let (low, high) = data.split_at_mut(write);
        (&low[read..][..length], &mut high[..length])
    } else {
        let (low, high) = data.split_at_mut(read);
        (&high[..length], &mut low[write..][..length])
    }
}

/// Classes of columns up to sign, always fully resolved: `of[c]` is `2 · representative + sign`.
struct Classes {
    of: Vec<u32>,
    members: Vec<Vec<u32>>,
    annihilated: Vec<bool>,
}

impl Classes {
    fn new(count: usize) -> Classes {
        Classes {
            of: (0..count as u32).map(|c| c << 1).collect(),
            members: vec![Vec::new(); count],
            annihilated: vec![false; count],
        }
    }

    /// Makes the values at two signed columns equal.
    #[inline]
    fn unite(&mut self, a: u32, b: u32) {
        let (x, y) = (self.of[(a >> 1) as usize] ^ (a & 1), self.of[(b >> 1) as usize] ^ (b & 1));
        if x != y {
            self.merge(x, y);
        }
    }

    #[cold]
    fn merge(&mut self, x: u32, y: u32) {
        let (a, b) = ((x >> 1) as usize, (y >> 1) as usize);
        if a == b {
            self.annihilated[a] = true;
            return;
        }
        let (keep, gone) = if self.members[a].len() >= self.members[b].len() { (a, b) } else { (b, a) };
        let sign = (x ^ y) & 1;
        let moved = std::mem::take(&mut self.members[gone]);
        for c in moved.into_iter().chain([gone as u32]) {
            let old = self.of[c as usize];
            self.of[c as usize] = (keep as u32) << 1 | ((old & 1) ^ sign);
            self.members[keep].push(c);
        }
        self.annihilated[keep] |= self.annihilated[gone];
    }

    /// The label of each column; classes are numbered from `next` on by their first columns, where they are positive.
    fn number(&self, next: &mut usize) -> Result<Vec<u32>, EquivariantError> {
        let mut names = vec![None; self.of.len()];
        let mut labels = Vec::with_capacity(self.of.len());
        for &x in &self.of {
            let class = (x >> 1) as usize;
            if self.annihilated[class] {
                labels.push(Labels::NONE);
                continue;
            }
            let name = match names[class] {
                Some(name) => name,
                None => {
                    if *next >= (Labels::NONE >> 1) as usize {
                        return Err(EquivariantError::TooLarge("the list of orbits".into()));
                    }
                    let name = (*next as u32) << 1 | (x & 1);
                    names[class] = Some(name);
                    *next += 1;
                    name
                }
            };
            labels.push(name ^ (x & 1));
        }
        Ok(labels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equivariant::partitions::symmetric_maps;
    use crate::exact::null_space::null_space;
    use crate::exact::sparse::collect_terms;
    use crate::exact::{Matrix, SparseMatrix};
    use crate::finite::Permutation;
    use crate::num::Rational;

    fn cycles(n: usize, text: &[&str]) -> Vec<SignedPermutation> {
        text.iter().map(|t| SignedPermutation::from(&Permutation::from_cycles(n, t).unwrap())).collect()
    }

    fn powers(generators: &[SignedPermutation], k: usize) -> Vec<SignedPermutation> {
        let one = |g: &SignedPermutation| (0..k).fold(SignedPermutation::identity(1), |p, _| p.tensor(g).unwrap());
        generators.iter().map(one).collect()
    }

    /// The invariant matrices by exact linear algebra: the null space of `ρ(s) − 1` on pairs.
    fn twin(from: &[SignedPermutation], to: &[SignedPermutation], rows: usize, cols: usize) -> Vec<SparseMatrix> {
        let mut equations = Vec::new();
        for (f, t) in from.iter().zip(to) {
            for r in 0..rows {
                for c in 0..cols {
                    let ((x, s), (y, u)) = (t.image(r).unwrap(), f.image(c).unwrap());
                    let sign = Rational::from(if s ^ u { 1 } else { -1 });
                    let terms = vec![((r * cols + c) as u32, sign), ((x * cols + y) as u32, Rational::ONE)];
                    equations.push(collect_terms(terms));
                }
            }
        }
        equations.retain(|row| !row.is_empty());
        let found = null_space(rows * cols, &equations, &Limits::none()).unwrap();
        found.basis.iter().map(|v| SparseMatrix::unflatten(rows, cols, v)).collect()
    }

    /// The six face turns of the cube on its 48 stickers, from the geometry: a sticker is a place and a normal.
    pub(crate) fn cube_turns() -> Vec<SignedPermutation> {
        let mut stickers: Vec<([i32; 3], [i32; 3])> = Vec::new();
        for axis in 0..3 {
            for side in [1, -1] {
                for a in -1..=1 {
                    for b in -1..=1 {
                        let (mut place, mut normal) = ([0; 3], [0; 3]);
                        (place[axis], place[(axis + 1) % 3], place[(axis + 2) % 3]) = (side, a, b);
                        normal[axis] = side;
                        if (a, b) != (0, 0) {
                            stickers.push((place, normal));
                        }
                    }
                }
            }
        }
        let mut turns = Vec::new();
        for axis in 0..3 {
            for side in [1, -1] {
                let turn = |v: [i32; 3]| {
                    let mut w = v;
                    (w[(axis + 1) % 3], w[(axis + 2) % 3]) = (-v[(axis + 2) % 3], v[(axis + 1) % 3]);
                    w
                };
                let image = |&(place, normal): &([i32; 3], [i32; 3])| {
                    let moved = if place[axis] == side { (turn(place), turn(normal)) } else { (place, normal) };
                    stickers.iter().position(|s| *s == moved).unwrap()
                };
                let images: Vec<usize> = stickers.iter().map(image).collect();
                turns.push(SignedPermutation::new(&images, &[false; 48]).unwrap());
            }
        }
        turns
    }

    /// Ranks of the Rubik group: 9, 51, 350 (by Burnside and by brute force); 8 of them come
    /// from corners and edges.
    #[test]
    fn the_cube() {
        let v = cube_turns();
        let limits = Limits::none();
        let v2 = powers(&v, 2);
        assert_eq!(orbits_of_maps(&v, &v, (48, 48), &limits).unwrap().rank(), 9);
        assert_eq!(orbits_of_maps(&v2, &v, (48, 2304), &limits).unwrap().rank(), 51);
        assert_eq!(orbits_of_maps(&v2, &v2, (2304, 2304), &limits).unwrap().rank(), 350);
    }

    /// Cyclic groups: `n^{k−1}` orbits; symmetric groups give the labels of set partitions, number by number.
    #[test]
    fn cyclic_and_symmetric_groups() {
        let limits = Limits::none();
        let z = vec![
            SignedPermutation::new(&(0..1000).map(|i| (i + 1) % 1000).collect::<Vec<_>>(), &[false; 1000]).unwrap(),
        ];
        let found = orbits_of_maps(&z, &z, (1000, 1000), &limits).unwrap();
        assert_eq!((found.rank(), found.nonzeros()), (1000, 1_000_000));
        let s = cycles(10, &["(0 1)", "(0 1 2 3 4 5 6 7 8 9)"]);
        let s3 = powers(&s, 3);
        let found = orbits_of_maps(&s3, &s3, (1000, 1000), &limits).unwrap();
        assert_eq!(found.rank(), 203);
        assert_eq!(found.labels(), symmetric_maps(10, 3, 3, &limits).unwrap().labels());
    }

    /// Signed permutations of several kinds on several shapes, with exact linear algebra; every basis has disjoint supports,
    /// so it is the same as the echelon basis.
    #[test]
    fn signs_agree_with_linear_algebra() {
        let limits = Limits::none();
        let s = |images: &[usize], negative: &[usize]| {
            let signs: Vec<bool> = (0..images.len()).map(|i| negative.contains(&i)).collect();
            SignedPermutation::new(images, &signs).unwrap()
        };
        let cases: Vec<(Vec<SignedPermutation>, usize)> = vec![
            // The hyperoctahedral group on R^3, its rotation subgroup, the quaternion group on R^4, one sign change, nothing.
            (vec![s(&[1, 0, 2], &[]), s(&[1, 2, 0], &[]), s(&[0, 1, 2], &[0])], 3),
            (vec![s(&[1, 0, 2], &[1]), s(&[0, 2, 1], &[2])], 3),
            (vec![s(&[1, 0, 3, 2], &[1, 2]), s(&[2, 3, 0, 1], &[2, 3])], 4),
            (vec![s(&[0, 1], &[1])], 2),
            (vec![], 2),
        ];
        for (generators, n) in cases {
            for (out, into) in [(0, 1), (1, 0), (1, 1), (2, 1), (2, 2), (0, 3), (3, 0)] {
                let (from, to) = (powers(&generators, into), powers(&generators, out));
                let shape = (n.pow(out as u32), n.pow(into as u32));
                let found = orbits_of_maps(&from, &to, shape, &limits).unwrap();
                assert_eq!(found.matrices(&limits).unwrap().unwrap(), twin(&from, &to, shape.0, shape.1));
                let legs = vec![generators.as_slice(); out + into];
                let again = orbits_of_tensors(&legs, &vec![n; out + into], generators.len(), out, &limits).unwrap();
                assert_eq!(found, again);
            }
            // Sums of blocks: V + V² to V.
            let sum: Vec<SignedPermutation> =
                generators.iter().map(|g| g.direct_sum(&g.tensor(g).unwrap()).unwrap()).collect();
            let shape = (n, n + n * n);
            let found = orbits_of_maps(&sum, &generators, shape, &limits).unwrap();
            assert_eq!(found.matrices(&limits).unwrap().unwrap(), twin(&sum, &generators, shape.0, shape.1));
        }
    }

    #[test]
    fn orthonormal_and_dense_forms() {
        let limits = Limits::none();
        let g = cycles(4, &["(0 1)(2 3)"]);
        let found = orbits_of_maps(&g, &g, (4, 4), &limits).unwrap();
        let dense = found.dense(&limits).unwrap();
        let unit = found.orthonormal(&limits).unwrap().unwrap();
        for k in 0..found.rank() {
            let norm: f64 = unit[k * 16..][..16].iter().map(|x| x * x).sum();
            assert!((norm - 1.0).abs() < 1e-14);
            assert!(dense[k * 16..][..16].iter().zip(&unit[k * 16..]).all(|(d, u)| (*d != 0.0) == (*u != 0.0)));
        }
        let first = Matrix::from_fn(4, 4, |i, j| Rational::from(dense[4 * i + j] as i64));
        assert_eq!(found.matrices(&limits).unwrap().unwrap()[0].to_dense(), first);
        assert!(orbits_of_maps(&g, &[], (4, 4), &limits).is_err());
        assert!(orbits_of_maps(&g, &g, (4, 5), &limits).is_err());
        assert!(matches!(
            orbits_of_maps(&[], &[], (1 << 20, 1 << 20), &Limits::none().with_memory(64)),
            Err(EquivariantError::Stopped(_))
        ));
    }
}
