//! Weight diagrams and root systems as scenes.
//!
//! Up to rank 2 the plane is the space of weights with its invariant scalar product. Above, a simple type is projected to
//! the Coxeter plane, on which a Coxeter element acts as the rotation by `2π/h` (Humphreys, *Reflection groups*, section
//! 3.17); a product above rank 2 has a panel for each factor, side by side, with the weights of that factor. Floating-point
//! numbers place the points and decide nothing else.

use std::collections::BTreeMap;
use std::ops::Range;

use num_bigint::BigInt;
use num_traits::Zero;

use super::root_data::RootData;
use super::{Decomposition, ReductiveType, Weight, WeightError, weights_of};
use crate::float::symmetric_eigen;
use crate::limits::Limits;
use crate::roots::SimpleType;
use crate::show::scene::{Label, Place, Scene, Segment, Spot, Tone};

/// Pictures with more points are refused: nobody could see them.
const MAX_POINTS: usize = 20_000;

/// Lines between neighbours are left out when there would be more.
const MAX_LINES: usize = 20_000;

/// A linear map from weights to the plane: the images of the coordinates.
struct Plane(Vec<Place>);

impl Plane {
    fn of(group: &ReductiveType, limits: &Limits) -> Result<Plane, WeightError> {
        let unit = |x: f64, y: f64| Place { x, y };
        match (group.simple(), group.rank()) {
            (Some(simple), rank) if rank > 1 => Plane::coxeter(simple, limits),
            // Orthogonal: nothing, one coordinate, or two factors of rank 1.
            (_, 0..=2) => Ok(Plane([unit(1.0, 0.0), unit(0.0, 1.0)][..group.rank()].to_vec())),
            _ => Err(WeightError::Check(format!("{group} was not divided into panels"))),
        }
    }

    /// With unit simple roots and their Gram matrix `G`, let `c` be the positive eigenvector for the least eigenvalue
    /// `1 − cos(π/h)`. Changing its sign on one of the two classes of the diagram's nodes gives an eigenvector for
    /// `1 + cos(π/h)`. The sums of the dual basis with these coefficients are orthogonal and span the Coxeter plane.
    fn coxeter(simple: SimpleType, limits: &Limits) -> Result<Plane, WeightError> {
        let data = RootData::of(simple, limits)?;
        let n = data.rank;
        let norm: Vec<f64> = data.half.iter().map(|&h| (2.0 * h as f64).sqrt()).collect();
        // (α_i, α_j) = A_ij (α_j, α_j)/2
        let gram = |i: usize, j: usize| data.cartan[i][j] as f64 * data.half[j] as f64 / (norm[i] * norm[j]);
        let failed = || WeightError::Check(format!("eigenvalues of the Cartan matrix of {simple}"));
        let (values, vectors) = symmetric_eigen(n, gram).ok_or_else(failed)?;
        let c: Vec<f64> = (0..n).map(|i| vectors[i * n].abs()).collect();
        let class = bipartition(&data.cartan);
        // Coordinates of the sum of the dual basis with coefficients c: coefficients in unit simple roots, weighted.
        let (least, other) = (values[0].max(f64::MIN_POSITIVE), 2.0 - values[0]);
        let up: Vec<f64> = (0..n).map(|i| norm[i] * c[i] * least.sqrt()).collect();
        let right: Vec<f64> =
            (0..n).map(|i| norm[i] * c[i] * other.sqrt() * if class[i] { -1.0 } else { 1.0 }).collect();
        let inverse = inverse_transposed(&data.cartan).ok_or_else(failed)?;
        // A fundamental weight is a row of the inverse Cartan matrix in simple roots.
        let image = |i: usize| Place {
            x: (0..n).map(|j| inverse[i][j] * right[j]).sum(),
            y: (0..n).map(|j| inverse[i][j] * up[j]).sum(),
        };
        let mut plane = Plane((0..n).map(image).collect());
        if n == 2 {
            plane.turn(&data.cartan);
        }
        Ok(plane)
    }

    /// Rank 2: the first simple root to the right, the second one above it, as books have it.
    fn turn(&mut self, cartan: &[Vec<i64>]) {
        let (a, b) = (self.place(&cartan[0]), self.place(&cartan[1]));
        let length = a.x.hypot(a.y);
        let mirror = if a.x * b.y - a.y * b.x < 0.0 { -1.0 } else { 1.0 };
        for p in &mut self.0 {
            let (x, y) = (p.x, p.y);
            *p = Place { x: (a.x * x + a.y * y) / length, y: mirror * (a.x * y - a.y * x) / length };
        }
    }

    fn place(&self, weight: &[i64]) -> Place {
        weight.iter().zip(&self.0).fold(Place { x: 0.0, y: 0.0 }, |sum, (&w, p)| Place {
            x: sum.x + w as f64 * p.x,
            y: sum.y + w as f64 * p.y,
        })
    }
}

/// The two classes of nodes of a Dynkin diagram, a tree, such that neighbours differ.
fn bipartition(cartan: &[Vec<i64>]) -> Vec<bool> {
    let n = cartan.len();
    let mut class: Vec<Option<bool>> = vec![None; n];
    let mut todo = Vec::new();
    for start in 0..n {
        if class[start].is_none() {
            class[start] = Some(false);
            todo.push(start);
        }
        while let Some(i) = todo.pop() {
            for j in 0..n {
                if i != j && cartan[i][j] != 0 && class[j].is_none() {
                    class[j] = class[i].map(|c| !c);
                    todo.push(j);
                }
            }
        }
    }
    class.into_iter().map(|c| c.unwrap_or(false)).collect()
}

/// The inverse of a Cartan matrix in doubles, by Gauss and Jordan with pivots on the diagonal, which are positive: rows are
/// fundamental weights in simple roots.
fn inverse_transposed(cartan: &[Vec<i64>]) -> Option<Vec<Vec<f64>>> {
    let n = cartan.len();
    let mut a: Vec<Vec<f64>> = (0..n)
        .map(|i| {
            let unit = (0..n).map(|j| f64::from(u8::from(i == j)));
            cartan[i].iter().map(|&x| x as f64).chain(unit).collect()
        })
        .collect();
    for k in 0..n {
        let pivot = a[k][k];
        if pivot.abs() < 1e-12 {
            return None;
        }
        a[k].iter_mut().for_each(|x| *x /= pivot);
        let row = a[k].clone();
        for (i, other) in a.iter_mut().enumerate() {
            if i != k {
                let factor = other[k];
                other.iter_mut().zip(&row).for_each(|(x, r)| *x -= factor * r);
            }
        }
    }
    // α = A ω, hence ω = A⁻¹ α.
    Some(a.into_iter().map(|row| row[n..].to_vec()).collect())
}

/// What stands at one point of the plane.
struct Point {
    at: Place,
    count: BigInt,
    tone: Tone,
}

/// Points that coincide are counted together; the order depends on the weights alone.
fn gathered(plane: &Plane, weights: impl Iterator<Item = (Weight, BigInt, Tone)>) -> Vec<Point> {
    let mut places: BTreeMap<(i64, i64), Point> = BTreeMap::new();
    for (weight, count, tone) in weights {
        let at = plane.place(&weight);
        let key = ((at.y * -1e6).round() as i64, (at.x * 1e6).round() as i64);
        places.entry(key).and_modify(|p| p.count += &count).or_insert(Point { at, count, tone });
    }
    // Of a virtual representation the counts at a point may cancel.
    places.into_values().filter(|p| !p.count.is_zero()).collect()
}

fn spots(points: &[Point]) -> Vec<Spot> {
    points.iter().map(|p| Spot { at: p.at, tone: p.tone, count: p.count.to_string() }).collect()
}

/// The roots of a group with their lengths: short ones are of the second class.
fn all_roots(group: &ReductiveType, limits: &Limits) -> Result<Vec<(Weight, Tone)>, WeightError> {
    let mut out = Vec::new();
    let mut start = 0;
    for &simple in group.factors() {
        let data = RootData::of(simple, limits)?;
        let longest = data.roots.iter().map(|r| r.half).max().unwrap_or(1);
        for sign in [1, -1] {
            for root in &data.roots {
                let mut weight = vec![0; group.rank()];
                weight[start..start + data.rank]
                    .iter_mut()
                    .zip(&root.labels)
                    .for_each(|(w, &x)| *w = sign * i64::from(x));
                out.push((weight, if root.half < longest { Tone::Second } else { Tone::Main }));
            }
        }
        start += data.rank;
    }
    Ok(out)
}

/// Lines between weights that differ by one of the positive roots given; none when there are very many.
fn neighbours(
    plane: &Plane,
    weights: &[Weight],
    steps: &[Weight],
    limits: &Limits,
) -> Result<Vec<Segment>, WeightError> {
    let known: std::collections::BTreeSet<&Weight> = weights.iter().collect();
    let mut out = Vec::new();
    for weight in weights {
        limits.check()?;
        for step in steps {
            let other: Weight = weight.iter().zip(step).map(|(a, b)| a + b).collect();
            if known.contains(&other) {
                let (from, to) = (plane.place(weight), plane.place(&other));
                out.push(Segment { from, to, tone: Tone::Faint, arrow: false });
            }
        }
        if out.len() > MAX_LINES {
            return Ok(Vec::new());
        }
    }
    Ok(out)
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn plane_words(group: &ReductiveType) -> &'static str {
    match (group.rank() > 2, group.simple()) {
        (false, _) => "in the plane of weights",
        (true, Some(_)) => "projected to the Coxeter plane",
        (true, None) => "for each factor in its own plane",
    }
}

/// The factors that are drawn beside each other, with the coordinates that belong to them: everything up to rank 2 and simple
/// types are one picture; otherwise each simple factor is one, and so are two charges or the last one.
fn panels(group: &ReductiveType) -> Vec<(ReductiveType, Range<usize>)> {
    if group.rank() <= 2 || group.simple().is_some() {
        return vec![(group.clone(), 0..group.rank())];
    }
    let mut out = Vec::new();
    let mut start = 0;
    for &factor in group.factors() {
        out.push((factor.into(), start..start + factor.rank()));
        start += factor.rank();
    }
    while start < group.rank() {
        let end = (start + 2).min(group.rank());
        out.push((ReductiveType::new(Vec::new(), end - start), start..end));
        start = end;
    }
    out
}

/// Pictures of the factors from left to right; when there are several, their names stand on one line below the tallest.
fn side_by_side(parts: Vec<(String, Scene)>, scene: &mut Scene) {
    let several = parts.len() > 1;
    let mut edge = 0.0;
    let tallest = parts.iter().map(|(_, part)| part.extent().2).fold(0.0, f64::max);
    let line_of_names = -tallest / 2.0 - (tallest / 8.0).max(0.5);
    for (name, part) in parts {
        let (center, width, height) = part.extent();
        let gap = (width.max(height) / 4.0).max(1.0);
        // A single picture keeps its origin.
        let moved = |p: Place| match several {
            true => Place { x: p.x - center.x + width / 2.0 + edge, y: p.y - center.y },
            false => p,
        };
        let line = |s: Segment| Segment { from: moved(s.from), to: moved(s.to), ..s };
        scene.segments.extend(part.segments.into_iter().map(line));
        scene.spots.extend(part.spots.into_iter().map(|s| Spot { at: moved(s.at), ..s }));
        scene.labels.extend(part.labels.into_iter().map(|l| Label { at: moved(l.at), ..l }));
        if several {
            let below = Place { x: edge + width / 2.0, y: line_of_names };
            scene.labels.push(Label { at: below, text: name });
        }
        edge += width + gap;
    }
}

/// The roots of a reductive algebra: all of them in rank 2 as arrows from the origin, above rank 2 in the Coxeter plane
/// with lines between roots that differ by a root. Short roots are of the second class; the simple roots are labelled up to rank 2.
pub fn root_scene(group: &ReductiveType, limits: &Limits) -> Result<Scene, WeightError> {
    let count: usize = group.factors().iter().map(|f| f.root_count()).sum();
    if count > MAX_POINTS {
        return Err(WeightError::TooLarge(format!("{count} roots are too many for a picture")));
    }
    let mut scene = Scene {
        title: format!("Root system {group}"),
        description: format!("The {} of {group}, {}.", counted(count, "root"), plane_words(group)),
        ..Scene::default()
    };
    let mut parts = Vec::new();
    for (part, _) in panels(group) {
        parts.push((part.to_string(), root_panel(&part, limits)?));
    }
    side_by_side(parts, &mut scene);
    Ok(scene)
}

/// The roots of one panel.
fn root_panel(group: &ReductiveType, limits: &Limits) -> Result<Scene, WeightError> {
    let plane = Plane::of(group, limits)?;
    let roots = all_roots(group, limits)?;
    let weights: Vec<Weight> = roots.iter().map(|r| r.0.clone()).collect();
    let origin = Place { x: 0.0, y: 0.0 };
    let mut scene = Scene::default();
    if group.rank() <= 2 {
        for (root, tone) in &roots {
            scene.segments.push(Segment { from: origin, to: plane.place(root), tone: *tone, arrow: true });
        }
        let mut node = 0;
        for simple in group.factors() {
            for (i, row) in simple.cartan_matrix().iter().enumerate() {
                let mut root = vec![0; group.rank()];
                root[node..node + row.len()].copy_from_slice(row);
                let number = node + i + 1;
                scene.labels.push(Label { at: plane.place(&root), text: format!("α{number}") });
            }
            node += simple.rank();
        }
    } else {
        // Each pair once.
        let positive = &weights[..weights.len() / 2];
        scene.segments = neighbours(&plane, &weights, positive, limits)?;
    }
    scene.spots = spots(&gathered(&plane, roots.into_iter().map(|(w, tone)| (w, BigInt::from(1), tone))));
    Ok(scene)
}

/// The weights of a representation with their multiplicities, as rings or numbers, and lines between those that differ by a
/// root. Weights that fall on one point of the plane are counted together. `name` is how the representation is called.
pub fn weight_scene(representation: &Decomposition, name: &str, limits: &Limits) -> Result<Scene, WeightError> {
    let group = representation.group();
    let too_many = || WeightError::TooLarge(format!("more than {MAX_POINTS} weights are too many for a picture"));
    for highest in representation.terms().keys() {
        // V(λ) has more than λ_i weights, and λ_i²/2 when node i has a neighbour: those of a Levi subalgebra of rank 2. The
        // weights of a product are those of its factors in all combinations.
        let least = group.parts(highest).fold(1i64, |product, (factor, part)| {
            let largest = part.iter().copied().max().unwrap_or(0);
            let own = if factor.rank() == 1 { largest } else { largest.saturating_mul(largest) / 2 };
            product.saturating_mul(own.saturating_add(1))
        });
        if least > MAX_POINTS as i64 {
            return Err(too_many());
        }
    }
    let all: BTreeMap<Weight, BigInt> = weights_of(representation, false, limits)?
        .into_iter()
        .map(|found| (found.weight, found.multiplicity))
        .collect();
    if all.len() > MAX_POINTS {
        return Err(too_many());
    }
    let (count, total) = (all.len(), all.values().sum::<BigInt>());
    let mut parts = Vec::new();
    for (part, coordinates) in panels(group) {
        let mut own: BTreeMap<Weight, BigInt> = BTreeMap::new();
        for (weight, m) in &all {
            *own.entry(weight[coordinates.clone()].to_vec()).or_default() += m;
        }
        own.retain(|_, m| !m.is_zero());
        parts.push((part.to_string(), weight_panel(&part, own, limits)?));
    }
    let points: usize = parts.iter().map(|(_, part)| part.spots.len()).sum();
    let mut scene = Scene {
        title: format!("Weights of {name}"),
        description: format!(
            "The {} of {name} of {group}, of dimension {total}, {}: {}.",
            counted(count, "weight"),
            plane_words(group),
            counted(points, "point")
        ),
        ..Scene::default()
    };
    side_by_side(parts, &mut scene);
    Ok(scene)
}

/// The weights of one panel with their multiplicities.
fn weight_panel(group: &ReductiveType, all: BTreeMap<Weight, BigInt>, limits: &Limits) -> Result<Scene, WeightError> {
    let plane = Plane::of(group, limits)?;
    let weights: Vec<Weight> = all.keys().cloned().collect();
    let roots = all_roots(group, limits)?;
    let mut positive = Vec::new();
    let mut start = 0;
    for factor in group.factors() {
        positive.extend(roots[start..start + factor.root_count() / 2].iter().map(|r| r.0.clone()));
        start += factor.root_count();
    }
    let points = gathered(&plane, all.into_iter().map(|(w, m)| (w, m, Tone::Main)));
    let segments = neighbours(&plane, &weights, &positive, limits)?;
    Ok(Scene { segments, spots: spots(&points), ..Scene::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene(text: &str) -> Scene {
        root_scene(&text.parse().unwrap(), &Limits::none()).unwrap()
    }

    fn has(scene: &Scene, x: f64, y: f64) -> bool {
        scene.spots.iter().any(|s| (s.at.x - x).hypot(s.at.y - y) < 1e-6)
    }

    /// Whether the rotation by `2π/h` maps the points to themselves, with their counts.
    fn turns_by(scene: &Scene, h: usize) -> bool {
        let (s, c) = (std::f64::consts::TAU / h as f64).sin_cos();
        scene.spots.iter().all(|p| {
            let (x, y) = (c * p.at.x - s * p.at.y, s * p.at.x + c * p.at.y);
            scene.spots.iter().any(|q| (q.at.x - x).hypot(q.at.y - y) < 1e-6 && q.count == p.count)
        })
    }

    #[test]
    fn products_with_too_many_weights_are_refused_at_once() {
        let group: ReductiveType = "A1+A1+A1".parse().unwrap();
        for labels in [[10_000, 10_000, 10_000], [30, 30, 30], [i64::from(u32::MAX), 0, 1]] {
            // (30 + 1)³ = 29791 weights.
            let v = Decomposition::irreducible(&group, &labels);
            let refused = v.and_then(|v| weight_scene(&v, "V", &Limits::none()));
            assert!(refused.is_err(), "{labels:?}");
        }
        let v = Decomposition::irreducible(&group, &[20, 20, 20]).unwrap();
        assert!(weight_scene(&v, "V", &Limits::none()).is_ok());
    }

    #[test]
    fn coxeter_elements_turn_the_plane() {
        // Coxeter numbers: Bourbaki VI, plates I–IX. E8's 240 roots form eight rings of 30.
        for (text, h, points) in [
            ("E8", 30, 240),
            ("E7", 18, 126),
            ("E6", 12, 72),
            ("F4", 12, 48),
            ("A3", 4, 12),
            ("D4", 6, 24),
            ("B3", 6, 18),
        ] {
            let scene = scene(text);
            assert!(turns_by(&scene, h), "{text}");
            assert!(!turns_by(&scene, h + 1), "{text}");
            let total: usize = scene.spots.iter().map(|s| s.count.parse::<usize>().unwrap()).sum();
            assert_eq!(total, points, "{text}");
        }
        let e8 = scene("E8");
        let mut radii: Vec<i64> = e8.spots.iter().map(|s| (s.at.x.hypot(s.at.y) * 1e6).round() as i64).collect();
        radii.sort_unstable();
        radii.dedup_by(|a, b| (*a - *b).abs() <= 2);
        assert_eq!((e8.spots.len(), radii.len()), (240, 8));
        // Each root has 56 others at 60 degrees: 240 · 56 / 2 lines.
        assert_eq!(e8.segments.len(), 6720);
    }

    #[test]
    fn rank_two_is_drawn_to_scale() {
        let g2 = scene("G2");
        // Long roots have √3 times the length of short ones; the first simple root is short.
        let (short, long) = (2f64.sqrt(), 6f64.sqrt());
        assert!(has(&g2, short, 0.0) && has(&g2, 0.0, long));
        assert!(has(&g2, long * (150f64).to_radians().cos(), long * (150f64).to_radians().sin()));
        assert_eq!(g2.spots.iter().filter(|s| s.tone == Tone::Second).count(), 6);
        assert!(turns_by(&scene("A2"), 6) && !turns_by(&scene("A2"), 12));
        assert!(turns_by(&scene("B2"), 4));
        assert_eq!(scene("A1+A1").spots.len(), 4);
        assert_eq!(scene("A1").spots.len(), 2);
        assert!(scene("T1").spots.is_empty());
    }

    #[test]
    fn multiplicities_of_weights() {
        let limits = Limits::none();
        let group: ReductiveType = "A2".parse().unwrap();
        let of = |w: &[i64]| weight_scene(&Decomposition::irreducible(&group, w).unwrap(), "V", &limits).unwrap();
        // The eightfold way: six roots and zero twice; horizontal edges above and below.
        let octet = of(&[1, 1]);
        assert_eq!(octet.spots.len(), 7);
        assert_eq!(octet.spots.iter().filter(|s| s.count == "2").count(), 1);
        assert!(has(&octet, 0.5 * 2f64.sqrt(), 1.5f64.sqrt()) && has(&octet, -0.5 * 2f64.sqrt(), 1.5f64.sqrt()));
        // The decuplet: a triangle of 10 points, 18 lines.
        let decuplet = of(&[3, 0]);
        assert_eq!((decuplet.spots.len(), decuplet.segments.len()), (10, 18));
        assert!(turns_by(&decuplet, 3) && !turns_by(&decuplet, 6));
        // Multiplicities of [2,2] grow from 1 on the hexagon to 3 at the centre (Fulton–Harris, section 13.2).
        let counts: Vec<usize> = of(&[2, 2]).spots.iter().map(|s| s.count.parse().unwrap()).collect();
        assert_eq!((counts.iter().sum::<usize>(), counts.iter().max()), (27, Some(&3)));
    }

    #[test]
    fn products_have_a_panel_for_each_factor() {
        let limits = Limits::none();
        // (8, 2)(1): the octet with its seven points, each weight twice, then a doublet, each eight times, then a charge.
        let group: ReductiveType = "A2+A1+T1".parse().unwrap();
        let v = Decomposition::irreducible(&group, &[1, 1, 1, 1]).unwrap();
        let scene = weight_scene(&v, "V", &limits).unwrap();
        let mut spots: Vec<(i64, i64, &str)> =
            scene.spots.iter().map(|s| ((s.at.x * 1e3) as i64, (s.at.y * 1e3) as i64, s.count.as_str())).collect();
        spots.sort_unstable();
        let counts: Vec<&str> = spots.iter().map(|s| s.2).collect();
        assert_eq!(counts, ["2", "2", "2", "4", "2", "2", "2", "8", "8", "16"]);
        assert_eq!(scene.labels.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["A2", "A1", "T1"]);
        // The names stand on one line below all points.
        let line = scene.labels[0].at.y;
        assert!(scene.labels.iter().all(|l| l.at.y == line) && scene.spots.iter().all(|s| s.at.y > line));
        // The lines of the octet, and one of the doublet.
        let octet = weight_scene(&Decomposition::irreducible(&"A2".parse().unwrap(), &[1, 1]).unwrap(), "V", &limits);
        assert_eq!(scene.segments.len(), octet.unwrap().segments.len() + 1);
        let roots = root_scene(&"A3+G2".parse().unwrap(), &limits).unwrap();
        let total: usize = roots.spots.iter().map(|s| s.count.parse::<usize>().unwrap()).sum();
        assert_eq!((total, roots.labels.iter().filter(|l| !l.text.starts_with('α')).count()), (12 + 12, 2));
    }

    #[test]
    fn weights_that_cancel_are_not_drawn() {
        let group: ReductiveType = "A2+A2".parse().unwrap();
        let of = |w: &[i64]| Decomposition::irreducible(&group, w).unwrap();
        let difference = of(&[1, 1, 0, 0]).plus(&BigInt::from(-8), &of(&[0; 4])).unwrap();
        let scene = weight_scene(&difference, "V", &Limits::none()).unwrap();
        // Six roots, zero 2 − 8 times; at the point of the second factor 8 − 8 = 0.
        let mut counts: Vec<&str> = scene.spots.iter().map(|s| s.count.as_str()).collect();
        counts.sort_unstable();
        assert_eq!(counts, ["-6", "1", "1", "1", "1", "1", "1"]);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let limits = Limits::none();
        for text in ["A150", "A1+A150"] {
            assert!(root_scene(&text.parse().unwrap(), &limits).is_err(), "{text}");
        }
        let a2: ReductiveType = "A2".parse().unwrap();
        let huge = Decomposition::irreducible(&a2, &[5000, 5000]).unwrap();
        assert!(weight_scene(&huge, "V", &limits).is_err());
    }
}
