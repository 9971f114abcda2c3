//! Matrices with one entry ±1 in every row and column.

use super::EquivariantError;
use crate::finite::Permutation;

/// The linear map `e_i ↦ ± e_{image(i)}`; such maps are orthogonal, so every representation by them is its own dual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedPermutation {
    /// `2 · image + negative`.
    packed: Vec<u32>,
}

impl SignedPermutation {
    /// From the images and signs; an error unless the images are a permutation and the lists equally long.
    pub fn new(images: &[usize], negative: &[bool]) -> Result<SignedPermutation, EquivariantError> {
        let wrong = || EquivariantError::Argument("the images of a signed permutation must be a permutation".into());
        if images.len() != negative.len() || images.len() >= (u32::MAX >> 1) as usize {
            return Err(wrong());
        }
        let mut seen = vec![false; images.len()];
        for &image in images {
            if std::mem::replace(seen.get_mut(image).ok_or_else(wrong)?, true) {
                return Err(wrong());
            }
        }
        let packed = images.iter().zip(negative).map(|(&i, &s)| (i as u32) << 1 | u32::from(s)).collect();
        Ok(SignedPermutation { packed })
    }

    /// The identity.
    pub fn identity(degree: usize) -> SignedPermutation {
        SignedPermutation { packed: (0..degree as u32).map(|i| i << 1).collect() }
    }

    /// The number of basis vectors.
    pub fn degree(&self) -> usize {
        self.packed.len()
    }

    /// The image of a basis vector and whether the sign changes.
    pub fn image(&self, i: usize) -> Option<(usize, bool)> {
        self.packed.get(i).map(|&x| ((x >> 1) as usize, x & 1 == 1))
    }

    /// `2 · image + negative` for each basis vector.
    pub(super) fn packed(&self) -> &[u32] {
        &self.packed
    }

    /// For each basis vector `2 · preimage + negative`, the sign being that with which the preimage is mapped.
    pub(super) fn packed_inverse(&self) -> Vec<u32> {
        let mut out = vec![0; self.packed.len()];
        for (i, &x) in self.packed.iter().enumerate() {
            out[(x >> 1) as usize] = (i as u32) << 1 | (x & 1);
        }
        out
    }

    /// The Kronecker product: `e_i ⊗ e_j` has number `i · other.degree() + j`.
    pub fn tensor(&self, other: &SignedPermutation) -> Result<SignedPermutation, EquivariantError> {
        let n = other.degree();
        let degree = self.degree().checked_mul(n).filter(|&d| d < (u32::MAX >> 1) as usize);
        let Some(degree) = degree else {
            return Err(EquivariantError::TooLarge("a tensor product of permutation representations".into()));
        };
        let mut packed = Vec::with_capacity(degree);
        for &a in &self.packed {
            let start = (a >> 1) * n as u32;
            packed.extend(other.packed.iter().map(|&b| (start + (b >> 1)) << 1 | ((a ^ b) & 1)));
        }
        Ok(SignedPermutation { packed })
    }

    /// The block-diagonal map on the direct sum.
    pub fn direct_sum(&self, other: &SignedPermutation) -> Result<SignedPermutation, EquivariantError> {
        if self.degree() + other.degree() >= (u32::MAX >> 1) as usize {
            return Err(EquivariantError::TooLarge("a sum of permutation representations".into()));
        }
        let shift = (self.degree() as u32) << 1;
        let packed = self.packed.iter().copied().chain(other.packed.iter().map(|x| x + shift)).collect();
        Ok(SignedPermutation { packed })
    }
}

impl From<&Permutation> for SignedPermutation {
    fn from(p: &Permutation) -> SignedPermutation {
        let images = (0..p.degree()).map(|i| p.image(i).unwrap_or(i) as u32);
        SignedPermutation { packed: images.map(|i| i << 1).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_and_sums_act_as_matrices_do() {
        let a = SignedPermutation::new(&[1, 0], &[false, true]).unwrap();
        let b = SignedPermutation::new(&[2, 0, 1], &[true, false, false]).unwrap();
        let ab = a.tensor(&b).unwrap();
        for i in 0..2 {
            for j in 0..3 {
                let ((x, s), (y, t)) = (a.image(i).unwrap(), b.image(j).unwrap());
                assert_eq!(ab.image(3 * i + j), Some((3 * x + y, s ^ t)));
            }
        }
        let sum = a.direct_sum(&b).unwrap();
        assert_eq!(sum.image(1), Some((0, true)));
        assert_eq!(sum.image(2), Some((4, true)));
        assert!(SignedPermutation::new(&[0, 0], &[false, false]).is_err());
        assert!(SignedPermutation::new(&[0, 2], &[false, false]).is_err());
    }
}
