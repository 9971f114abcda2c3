//! Frames of eigenspaces that match on both sides of equivariant maps; the idea stands in `float_sides.rs`.

use super::EquivariantError;
use super::float_sides::{Side, words};
use crate::float::Random;
use crate::float::gemm::{multiply, multiply_transposed};
use crate::float::symmetric_eigen;
use crate::limits::Limits;

/// Multiplicities beyond this, of both sides together, are not solved for.
const MAX_UNKNOWNS: usize = 900;
/// Eigenvalues nearer than this part of the largest are one.
const SAME: f64 = 1e-10;
/// Entries of `Y` below this part of its norm are none.
const CONNECTED: f64 = 1e-8;
/// Blocks of one eigenspace that are looked at for what the generators leave.
const MAX_PAIRS: usize = 16;

/// Eigenspaces of both sides for one value: columns of the first, columns of the second.
pub(super) type Cluster = [std::ops::Range<usize>; 2];

/// The eigenspaces of one irreducible, the matching frames on both sides, and the matrices `w` of the maps.
pub(super) struct Component {
    pub members: Vec<usize>,
    pub maps: Vec<Vec<f64>>,
}

/// What is known of the maps before they are written out.
pub(super) struct Plan {
    /// Eigenvectors as columns.
    pub vectors: [Vec<f64>; 2],
    /// Those of the eigenvalues that occur on both sides.
    pub clusters: Vec<Cluster>,
    /// For each cluster the orthogonal matrices that make its frames match.
    pub frames: Vec<[Vec<f64>; 2]>,
    /// The irreducibles.
    pub components: Vec<Component>,
    /// The largest relative difference of eigenvalues that were taken for one, or value taken for zero.
    pub noise: f64,
    /// The smallest of those that were not.
    pub edge: f64,
}

/// The frames and the matrices of the maps; `None` when the polynomials were not generic enough.
pub(super) fn plan(sides: &[Side; 2], random: &mut Random, limits: &Limits) -> Result<Option<Plan>, EquivariantError> {
    let letters = sides[0].letters.len();
    let (first, second) = (words(letters, random), words(letters, random));
    let mut values: Vec<(f64, usize)> = Vec::new();
    let mut vectors = [Vec::new(), Vec::new()];
    // Equal sides, as those of maps from a tensor to itself over an orthogonal group, are taken apart once.
    let same = sides[0] == sides[1];
    for (s, side) in sides.iter().enumerate() {
        if same && s == 1 {
            values.extend(values.clone().into_iter().map(|(value, _)| (value, 1)));
            vectors[1] = vectors[0].clone();
            continue;
        }
        let n = side.size;
        let m = side.polynomial(&first, limits)?;
        limits.progress("eigenvectors", 0.2 + 0.2 * s as f64);
        let Some(found) = symmetric_eigen(n, |i, j| m[i * n + j]) else { return Ok(None) };
        values.extend(found.0.iter().map(|v| (*v, s)));
        vectors[s] = found.1;
        limits.check()?;
    }
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let Some((all, mut noise, mut edge)) = clusters(&values) else { return Ok(None) };
    let clusters: Vec<Cluster> = all.into_iter().filter(|c| c.iter().all(|side| !side.is_empty())).collect();
    let mut blocks = [Vec::new(), Vec::new()];
    for (s, side) in sides.iter().enumerate() {
        if same && s == 1 {
            blocks[1] = blocks[0].clone();
            continue;
        }
        let y = side.polynomial(&second, limits)?;
        blocks[s] = conjugated(&y, &vectors[s], side.size);
        limits.check()?;
    }
    let sizes = [sides[0].size, sides[1].size];
    let Some(matched) = matched(&clusters, &blocks, sizes) else { return Ok(None) };
    let (groups, frames) = matched;
    let mut components: Vec<Component> =
        groups.into_iter().map(|members| Component { members, maps: Vec::new() }).collect();
    // What the generators leave after matching: the same random combination of blocks on both sides.
    let mut left: Vec<Vec<[Vec<f64>; 2]>> = vec![Vec::new(); components.len()];
    for letter in 0..letters {
        let mut on_sides = [Vec::new(), Vec::new()];
        for (s, side) in sides.iter().enumerate() {
            limits.check()?;
            if same && s == 1 {
                on_sides[1] = on_sides[0].clone();
                continue;
            }
            let image = side.apply((letter, false), &vectors[s]);
            on_sides[s] = vec![0.0; side.size * side.size];
            multiply_transposed(
                (side.size, side.size, side.size),
                (&vectors[s], side.size),
                (&image, side.size),
                &mut on_sides[s],
            );
        }
        // What rounding leaves of a letter that acts as zero on an irreducible is no equation.
        let floor =
            (0..2).map(|s| size_of_block(&on_sides[s]) / (sizes[s] as f64).sqrt()).fold(0.0, f64::max) * CONNECTED;
        for (component, left) in components.iter().zip(&mut left) {
            let pair = contraction(component, &clusters, &frames, &on_sides, sizes, random);
            if pair.iter().any(|m| size_of_block(m) > floor) {
                left.push(pair);
            }
        }
    }
    for (component, left) in components.iter_mut().zip(&left) {
        let Some(first) = component.members.first() else { continue };
        let (a, b) = (clusters[*first][0].len(), clusters[*first][1].len());
        let Some((maps, zero, other)) = commuting((a, b), left) else { return Ok(None) };
        // All of them for an irreducible of real type, a half for complex and a quarter for quaternionic type.
        if ![1, 2, 4].iter().any(|parts| maps.len() * parts == a * b) {
            return Ok(None);
        }
        component.maps = maps;
        noise = f64::max(noise, zero);
        edge = f64::min(edge, other);
    }
    if edge < 100.0 * noise.max(f64::EPSILON) {
        return Ok(None);
    }
    Ok(Some(Plan { vectors, clusters, frames, components, noise, edge }))
}

/// Runs of equal eigenvalues, the largest difference within one and the smallest between two, relative to the largest value.
fn clusters(values: &[(f64, usize)]) -> Option<(Vec<Cluster>, f64, f64)> {
    let largest = values.iter().fold(0.0f64, |most, v| most.max(v.0.abs()));
    let (mut out, mut noise, mut edge) = (Vec::new(), 0.0f64, f64::INFINITY);
    let mut counts = [0usize; 2];
    let mut current: Cluster = [0..0, 0..0];
    for (k, (value, side)) in values.iter().enumerate() {
        if k > 0 {
            let step = (value - values[k - 1].0) / largest.max(f64::MIN_POSITIVE);
            if step > SAME {
                edge = edge.min(step);
                let next = [counts[0]..counts[0], counts[1]..counts[1]];
                out.push(std::mem::replace(&mut current, next));
            } else {
                noise = noise.max(step);
            }
        }
        counts[*side] += 1;
        current[*side].end += 1;
    }
    out.push(current);
    (edge > 100.0 * noise).then_some((out, noise, edge))
}

/// `Uᵀ Y U`.
fn conjugated(y: &[f64], u: &[f64], n: usize) -> Vec<f64> {
    let mut image = vec![0.0; n * n];
    multiply((n, n, n), y, u, &mut image, false);
    let mut out = vec![0.0; n * n];
    multiply_transposed((n, n, n), (u, n), (&image, n), &mut out);
    out
}

/// A block of a square array of width `n`, row by row.
pub(super) fn block(m: &[f64], n: usize, rows: &std::ops::Range<usize>, cols: &std::ops::Range<usize>) -> Vec<f64> {
    rows.clone().flat_map(|i| m[i * n + cols.start..i * n + cols.end].iter().copied()).collect()
}

fn size_of_block(m: &[f64]) -> f64 {
    m.iter().map(|x| x * x).sum::<f64>().sqrt()
}

type Matched = (Vec<Vec<usize>>, Vec<[Vec<f64>; 2]>);

/// The clusters of each irreducible, and frames in which `Y` is a multiple of the identity along a tree of its largest blocks;
/// `None` where a block is no multiple of an orthogonal matrix, or both sides differ: then `M` was not generic.
fn matched(clusters: &[Cluster], blocks: &[Vec<f64>; 2], sizes: [usize; 2]) -> Option<Matched> {
    let between = |s: usize, x: usize, y: usize| block(&blocks[s], sizes[s], &clusters[x][s], &clusters[y][s]);
    let floor = CONNECTED * size_of_block(&blocks[0]).max(size_of_block(&blocks[1]));
    let mut frames: Vec<[Vec<f64>; 2]> = vec![[Vec::new(), Vec::new()]; clusters.len()];
    let mut groups = Vec::new();
    let mut open: Vec<usize> = (0..clusters.len()).collect();
    while !open.is_empty() {
        let start = open.remove(0);
        frames[start] = [unit(clusters[start][0].len()), unit(clusters[start][1].len())];
        let mut members = vec![start];
        // For each cluster outside the strongest connection to one inside.
        let strength = |x: usize, y: usize| {
            let m = between(0, x, y);
            size_of_block(&m) / (clusters[x][0].len().max(1) as f64).sqrt()
        };
        let mut nearest: Vec<(f64, usize)> = open.iter().map(|&x| (strength(x, start), start)).collect();
        loop {
            let strongest = (0..open.len()).max_by(|&i, &j| nearest[i].0.total_cmp(&nearest[j].0));
            let Some(at) = strongest.filter(|&at| nearest[at].0 > floor) else { break };
            let (new, (_, from)) = (open.remove(at), nearest.remove(at));
            let mut scales = [0.0; 2];
            for s in 0..2 {
                let m = clusters[new][s].len();
                if m != clusters[from][s].len() {
                    return None;
                }
                let mut turned = vec![0.0; m * m];
                multiply((m, m, m), &between(s, new, from), &frames[from][s], &mut turned, false);
                let scale = size_of_block(&turned) / (m as f64).sqrt();
                if scale == 0.0 {
                    return None;
                }
                turned.iter_mut().for_each(|x| *x /= scale);
                let mut gram = vec![0.0; m * m];
                multiply_transposed((m, m, m), (&turned, m), (&turned, m), &mut gram);
                let defect = gram.iter().zip(unit(m)).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
                if defect > 1e-6 {
                    return None;
                }
                scales[s] = scale;
                frames[new][s] = turned;
            }
            if (scales[0] - scales[1]).abs() > 1e-6 * scales[0].max(scales[1]) {
                return None;
            }
            members.push(new);
            for (k, &x) in open.iter().enumerate() {
                let now = strength(x, new);
                if now > nearest[k].0 {
                    nearest[k] = (now, new);
                }
            }
        }
        members.sort_unstable();
        groups.push(members);
    }
    Some((groups, frames))
}

fn unit(n: usize) -> Vec<f64> {
    (0..n * n).map(|k| f64::from(u8::from(k / n == k % n))).collect()
}

/// `Σ r_{xy} Q_xᵀ X_{xy} Q_y` over pairs of eigenspaces of one irreducible, with the same random numbers on both sides.
fn contraction(
    component: &Component,
    clusters: &[Cluster],
    frames: &[[Vec<f64>; 2]],
    matrices: &[Vec<f64>; 2],
    sizes: [usize; 2],
    random: &mut Random,
) -> [Vec<f64>; 2] {
    let Some(first) = component.members.first() else { return [Vec::new(), Vec::new()] };
    let widths = [clusters[*first][0].len(), clusters[*first][1].len()];
    let mut sums = [vec![0.0; widths[0] * widths[0]], vec![0.0; widths[1] * widths[1]]];
    let count = component.members.len();
    for &x in &component.members {
        // Some pairs for each are as generic as all of them.
        for k in 0..count.min(MAX_PAIRS) {
            let y = component.members[if count <= MAX_PAIRS { k } else { random.below(count) }];
            let factor = random.normal();
            for s in 0..2 {
                let m = widths[s];
                let own = block(&matrices[s], sizes[s], &clusters[x][s], &clusters[y][s]);
                let (mut half, mut whole) = (vec![0.0; m * m], vec![0.0; m * m]);
                multiply((m, m, m), &own, &frames[y][s], &mut half, false);
                multiply_transposed((m, m, m), (&frames[x][s], m), (&half, m), &mut whole);
                sums[s].iter_mut().zip(&whole).for_each(|(sum, v)| *sum += factor * v);
            }
        }
    }
    sums
}

/// The matrices `w` with `R_A w = w R_B` for all pairs, orthonormal; with the largest value taken for zero and the smallest of
/// the others, relative to the size of the pairs. `None` when there are too many unknowns.
fn commuting((a, b): (usize, usize), pairs: &[[Vec<f64>; 2]]) -> Option<(Vec<Vec<f64>>, f64, f64)> {
    let unknowns = a * b;
    if unknowns > MAX_UNKNOWNS {
        return None;
    }
    let mut gram = vec![0.0; unknowns * unknowns];
    let mut equations: Vec<Vec<f64>> = Vec::new();
    for [left, right] in pairs {
        let scale = size_of_block(left).max(size_of_block(right));
        if scale == 0.0 {
            continue;
        }
        // Row (i, j), column (k, l): δ_jl R_A[i, k] − δ_ik R_B[l, j].
        let mut k = vec![0.0; unknowns * unknowns];
        for i in 0..a {
            for j in 0..b {
                let row = (i * b + j) * unknowns;
                (0..a).for_each(|m| k[row + m * b + j] += left[i * a + m] / scale);
                (0..b).for_each(|m| k[row + i * b + m] -= right[m * b + j] / scale);
            }
        }
        let mut own = vec![0.0; unknowns * unknowns];
        multiply_transposed((unknowns, unknowns, unknowns), (&k, unknowns), (&k, unknowns), &mut own);
        gram.iter_mut().zip(&own).for_each(|(sum, x)| *sum += x);
        equations.push(k);
    }
    let (values, vectors) = symmetric_eigen(unknowns, |i, j| gram[i * unknowns + j])?;
    let size = |w: &[f64]| {
        let mut image = vec![0.0; unknowns];
        let squares = equations.iter().map(|k| {
            multiply((unknowns, unknowns, 1), k, w, &mut image, false);
            image.iter().map(|x| x * x).sum::<f64>()
        });
        squares.sum::<f64>().sqrt()
    };
    let count = values.iter().take_while(|v| v.max(0.0).sqrt() < 1e-6).count();
    let edge = values.get(count).map_or(f64::INFINITY, |v| v.sqrt());
    if count == unknowns {
        // Everything commutes: elementary matrices, which are sparse.
        let elementary: Vec<Vec<f64>> =
            (0..unknowns).map(|k| (0..unknowns).map(|i| f64::from(u8::from(i == k))).collect()).collect();
        let noise = elementary.iter().map(|w| size(w)).fold(0.0, f64::max);
        return Some((elementary, noise, edge));
    }
    let maps: Vec<Vec<f64>> = (0..count).map(|k| (0..unknowns).map(|i| vectors[i * unknowns + k]).collect()).collect();
    let noise = maps.iter().map(|w| size(w)).fold(0.0, f64::max);
    Some((maps, noise, edge))
}
