//! Derivations of a Lie algebra modulo a prime, from their values on generators.
//!
//! A derivation `D` is known from its values on generators `x_1, …, x_k`: the algebra has a basis of *words*, generators
//! and brackets `[x_g, w]` of a generator with an earlier word, and `D [x_g, w] = [D x_g, w] + [x_g, D w]`. So there are
//! `k n` unknowns. Any values give a linear map `D`; it is a derivation when the same rule holds for every generator and
//! every word: the elements `x` for which `[D, ad x] = ad Dx` form a subalgebra, by the Jacobi identity.
//!
//! An equation is the rule for one `[x_g, w]` under a random functional. Rounds of one functional each are made until
//! one brings nothing new. More than all derivations may come out of that, never less.

use super::ResidueTable;
use crate::exact::{ModMatrix, ModSpan};
use crate::limits::{Limits, Stop};
use rand_chacha::ChaCha8Rng;

/// How an element of the basis of words is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// A generator.
    Generator(usize),
    /// The bracket of a generator with an earlier word.
    Bracket(usize, usize),
}

/// Generators with a basis of words in them, modulo a prime.
struct Words<'a> {
    table: &'a ResidueTable,
    /// For each generator, the matrix with rows `[x_g, e_j]`.
    adjoint: Vec<ModMatrix>,
    words: Vec<Word>,
    /// Row `a` is word `a`.
    vectors: ModMatrix,
    /// Row `i` holds the coordinates of `e_i` in the words.
    inverse: ModMatrix,
}

impl<'a> Words<'a> {
    /// `None` when these elements are dependent or do not generate the algebra modulo the prime.
    fn new(table: &'a ResidueTable, generators: &[Vec<i64>], limits: &Limits) -> Result<Option<Words<'a>>, Stop> {
        let (p, n) = (table.prime(), table.dim());
        let mut span = ModSpan::new(p);
        let mut vectors = ModMatrix::zero(0, n);
        let mut words = Vec::new();
        for (g, x) in generators.iter().enumerate() {
            let x: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
            if !span.insert(x.clone()) {
                return Ok(None);
            }
            vectors.push_row(&x);
            words.push(Word::Generator(g));
        }
        let adjoint: Vec<ModMatrix> = (0..words.len()).map(|g| table.ad(vectors.row(g))).collect();
        // Breadth first: words stay short.
        let mut next = 0;
        while next < words.len() && words.len() < n {
            for (g, ad) in adjoint.iter().enumerate() {
                limits.check()?;
                let image = ad.left_mul(p, vectors.row(next));
                if words.len() < n && span.insert(image.clone()) {
                    vectors.push_row(&image);
                    words.push(Word::Bracket(g, next));
                }
            }
            next += 1;
        }
        if words.len() < n {
            return Ok(None);
        }
        let inverse = vectors.inverse(p, limits)?;
        Ok(inverse.map(|inverse| Words { table, adjoint, words, vectors, inverse }))
    }

    /// The images of all words under each unknown: row `(g, r)` of matrix `a` is what `x_g ↦ e_r`, other generators to zero,
    /// makes of word `a`.
    fn images(&self, limits: &Limits) -> Result<Vec<ModMatrix>, Stop> {
        let (p, n) = (self.table.prime(), self.table.dim());
        let unknowns = self.adjoint.len() * n;
        limits.reserve(4 * unknowns as u128 * (n * n + unknowns) as u128)?;
        let mut images: Vec<ModMatrix> = Vec::with_capacity(n);
        for word in &self.words {
            limits.check()?;
            images.push(match *word {
                Word::Generator(g) => {
                    let mut image = ModMatrix::zero(unknowns, n);
                    (0..n).for_each(|r| image.row_mut(g * n + r)[r] = 1);
                    image
                }
                Word::Bracket(g, w) => {
                    let mut image = images[w].mul(p, &self.adjoint[g]);
                    let ad = self.table.ad(self.vectors.row(w));
                    // [e_r, w] = -[w, e_r]
                    for r in 0..n {
                        p.add_scaled(image.row_mut(g * n + r), p.neg(1), ad.row(r));
                    }
                    image
                }
            });
        }
        Ok(images)
    }
}

/// A space of linear maps that contains all derivations modulo the prime and, but for bad luck, nothing else: row `j` is
/// map `j`, the coordinates of `D e_0`, `D e_1`, … one after another. `None` when the generators do not generate the
/// algebra modulo the prime.
///
/// About `k² n³` operations for the equations and `(k n)³` for their solution; `4 k n³` bytes.
pub(super) fn derivations_modulo(
    table: &ResidueTable,
    generators: &[Vec<i64>],
    rng: &mut ChaCha8Rng,
    limits: &Limits,
) -> Result<Option<ModMatrix>, Stop> {
    let (p, n) = (table.prime(), table.dim());
    let Some(words) = Words::new(table, generators, limits)? else { return Ok(None) };
    let mut images = words.images(limits)?;
    // What `images` are taken of: combinations of unknowns, at first each by itself.
    let mut values: Option<ModMatrix> = None;
    loop {
        let functional: Vec<u32> = (0..n).map(|_| p.random_residue(rng)).collect();
        let equations = words.equations(&images, values.as_ref(), &functional, limits)?;
        if equations.rows() == 0 {
            break;
        }
        let (kernel, _) = equations.kernel(p, limits)?;
        let combined = match values {
            None => kernel.clone(),
            Some(before) => kernel.mul(p, &before),
        };
        for (word, image) in words.words.iter().zip(&mut images) {
            limits.check()?;
            *image = match *word {
                Word::Generator(g) => {
                    let part = |j: usize| combined.row(j)[g * n..(g + 1) * n].to_vec();
                    ModMatrix::from_rows(n, (0..combined.rows()).map(part))
                }
                Word::Bracket(..) => kernel.mul(p, image),
            };
        }
        values = Some(combined);
    }
    // D e_i = Σ_a inverse_ia D w_a
    let maps = images.first().map_or(0, ModMatrix::rows);
    limits.reserve(8 * (maps * n * n) as u128)?;
    let mut out = ModMatrix::zero(maps, n * n);
    for j in 0..maps {
        limits.check()?;
        let of_words = ModMatrix::from_rows(n, images.iter().map(|image| image.row(j).to_vec()));
        out.row_mut(j).copy_from_slice(words.inverse.mul(p, &of_words).entries());
    }
    Ok(Some(out))
}

impl Words<'_> {
    /// The rule for every `[x_g, w]` under a functional, where it is not zero.
    fn equations(
        &self,
        images: &[ModMatrix],
        values: Option<&ModMatrix>,
        functional: &[u32],
        limits: &Limits,
    ) -> Result<ModMatrix, Stop> {
        let (p, n) = (self.table.prime(), self.table.dim());
        let apply = |m: &ModMatrix, f: &[u32]| -> Vec<u32> { (0..m.rows()).map(|i| p.dot(m.row(i), f)).collect() };
        let unknowns = images.first().map_or(0, ModMatrix::rows);
        // Row a: the functional of the images of word a.
        let of_words = ModMatrix::from_rows(unknowns, images.iter().map(|image| apply(image, functional)));
        let pulled: Vec<Vec<u32>> = self.adjoint.iter().map(|ad| apply(ad, functional)).collect();
        let mut equations = ModMatrix::zero(0, unknowns);
        for (w, image) in images.iter().enumerate() {
            // λ([w, e_r])
            let against = apply(&self.table.ad(self.vectors.row(w)), functional);
            for (g, ad) in self.adjoint.iter().enumerate() {
                limits.check()?;
                if self.words.contains(&Word::Bracket(g, w)) || self.words[w] == Word::Generator(g) {
                    continue; // holds by definition
                }
                // [x_g, D w] + [D x_g, w] − D [x_g, w]
                let mut equation = apply(image, &pulled[g]);
                match values {
                    None => {
                        for (e, &a) in equation[g * n..(g + 1) * n].iter_mut().zip(&against) {
                            *e = p.sub(*e, a);
                        }
                    }
                    Some(values) => {
                        for (j, e) in equation.iter_mut().enumerate() {
                            *e = p.sub(*e, p.dot(&values.row(j)[g * n..(g + 1) * n], &against));
                        }
                    }
                }
                let bracket = self.inverse.left_mul(p, &ad.left_mul(p, self.vectors.row(w)));
                let image_of_bracket = of_words.left_mul(p, &bracket);
                p.add_scaled(&mut equation, p.neg(1), &image_of_bracket);
                if equation.iter().any(|&e| e != 0) {
                    equations.push_row(&equation);
                }
            }
        }
        Ok(equations)
    }
}
