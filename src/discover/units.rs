//! Units of coordinates of very different sizes: kilograms of an electron beside those of the sun.

use super::ansatz::{Ansatz, Shape};

/// Coordinates whose sizes differ by more than this are taken in units of their own; others are fine as they are.
const UNEQUAL: f64 = 1e4;

/// Units of coordinates of very different sizes.
#[derive(Clone, Debug)]
pub(super) struct Units {
    /// Of each coordinate.
    pub rows: Vec<f64>,
    /// Of what each column of the matrices is multiplied by.
    pub columns: Vec<f64>,
}

/// The largest size of each coordinate in any vector of these points, as a power of two; `None` where all are of comparable
/// size, and comparable to the 1 of translations. An unknown that stands at several places of a matrix has to have one unit
/// at all of them.
pub(super) fn units<'a>(ansatz: &Ansatz, points: impl Iterator<Item = &'a Vec<f64>>) -> Option<Units> {
    let n = ansatz.dimension();
    let mut sizes = vec![0.0f64; n];
    for vector in points.flat_map(|block| block.chunks_exact(n)) {
        sizes.iter_mut().zip(vector).for_each(|(size, x)| *size = size.max(x.abs()));
    }
    let rows = linked(ansatz.shape(), &sizes);
    let seen = rows.iter().zip(&sizes).filter(|(_, size)| **size > 0.0).map(|(unit, _)| *unit);
    let one = (ansatz.is_affine() || ansatz.is_polynomial()).then_some(1.0);
    let (least, most) =
        seen.chain(one).fold((f64::INFINITY, 0.0f64), |(least, most), unit| (least.min(unit), most.max(unit)));
    if !(most.is_finite() && most > UNEQUAL * least) {
        return None;
    }
    let columns = match ansatz.is_polynomial() {
        false => rows.iter().copied().chain(std::iter::once(1.0)).collect(),
        true => ansatz.features().iter().map(|m| m.iter().map(|&v| rows[v as usize]).product()).collect(),
    };
    Some(Units { rows, columns })
}

/// The power of two next to a size, 1 of what was never seen.
fn power(size: f64) -> f64 {
    if size > 0.0 { size.log2().round().exp2() } else { 1.0 }
}

/// A unit for each coordinate: one for the parts of a complex number or a quaternion; of copies a product of one for the copy
/// and one for its coordinate.
fn linked(shape: &Shape, sizes: &[f64]) -> Vec<f64> {
    let (n, largest) = (sizes.len(), |own: &mut dyn Iterator<Item = f64>| own.fold(0.0, f64::max));
    match shape {
        Shape::Complex => (0..n).map(|a| power(sizes[a].max(sizes[(a + n / 2) % n]))).collect(),
        Shape::Quaternionic => {
            sizes.chunks(4).flat_map(|own| vec![power(largest(&mut own.iter().copied())); own.len()]).collect()
        }
        Shape::Copies(count, inner) => {
            let (count, size) = (*count, n / count);
            let at = |c: usize, a: usize| inner.place(count, c, size, a);
            let copies: Vec<f64> =
                (0..count).map(|c| power(largest(&mut (0..size).map(|a| sizes[at(c, a)])))).collect();
            let inside = |a: usize| largest(&mut (0..count).map(|c| sizes[at(c, a)] / copies[c]));
            let inside = linked(inner, &(0..size).map(inside).collect::<Vec<f64>>());
            let mut rows = vec![1.0; n];
            (0..count * size).for_each(|k| rows[at(k / size, k % size)] = copies[k / size] * inside[k % size]);
            rows
        }
        _ => sizes.iter().copied().map(power).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(shape: Shape, sizes: &[f64]) -> Option<Vec<f64>> {
        let ansatz = Ansatz::new(shape, sizes.len(), 1).unwrap();
        units(&ansatz, std::iter::once(&sizes.to_vec())).map(|units| units.rows)
    }

    /// Every unknown has one unit at all its places.
    #[test]
    fn one_unit_for_each_unknown() {
        let sizes = [2f64.powi(-20), 2f64.powi(20), 1.0, 1.0, 8.0, 2f64.powi(-30), 0.0, 4.0];
        let copies = |count: usize, inner: Shape| Shape::Copies(count, Box::new(inner));
        for shape in [
            Shape::Real,
            Shape::Complex,
            Shape::Quaternionic,
            copies(2, Shape::Real),
            copies(4, Shape::Real),
            copies(2, Shape::Complex),
            copies(4, Shape::Complex),
            copies(2, Shape::Quaternionic),
            copies(2, Shape::Diagonal),
        ] {
            let ansatz = Ansatz::new(shape.clone(), 8, 1).unwrap();
            let rows = of(shape.clone(), &sizes).unwrap();
            for entries in ansatz.unknowns() {
                let ratio = |e: &super::super::Entry| rows[e.column as usize] / rows[e.row as usize];
                assert!(entries.iter().all(|e| ratio(e) == ratio(&entries[0])), "{shape:?}: {rows:?}");
            }
        }
    }

    #[test]
    fn comparable_sizes_are_left_alone() {
        assert_eq!(of(Shape::Real, &[1.0, 300.0]), None);
        assert_eq!(of(Shape::Real, &[1e-8, 1e-8]), None);
        // Beside a translation by 1 they are small.
        assert!(of(Shape::Affine, &[1e-8, 1e-8]).is_some());
        assert_eq!(of(Shape::Complex, &[1.0, 1.0, 1e-9, 1e-9]), None);
    }
}
