//! What equivariant networks cannot tell apart: small inputs with equal colours, and polynomials beyond their reach.

use std::collections::BTreeMap;

use super::EquivariantError;
use super::tying::error;
use super::universality::{HiddenOrbit, Scene, Twins};
use crate::exact::SparseVector;
use crate::exact::null_space::Span;
use crate::finite::{Permutation, PermutationGroup};
use crate::limits::Limits;
use crate::num::Rational;

/// Inputs that are tried.
const MOST_INPUTS: usize = 6000;
/// Inputs times hidden points times numbers that each of these sees.
const MOST_WORK: usize = 1 << 27;
/// Hidden points of all layers together.
const MOST_POINTS: usize = 1 << 14;
/// Monomials of one degree, and the largest degree.
const MOST_MONOMIALS: usize = 4000;
const LARGEST_DEGREE: usize = 16;

/// Outputs: a point of each orbit with its stabiliser.
type Outputs = [(usize, PermutationGroup)];
/// A linear form: places with signs.
type Form = Vec<(usize, bool)>;

/// A point of a layer and an element that leads there from the first point of its orbit.
struct Placed {
    orbit: usize,
    point: usize,
    element: Permutation,
}

/// All points of a layer, by their numbers.
fn placed(
    scene: &Scene,
    layer: usize,
    orbits: &[HiddenOrbit],
    limits: &Limits,
) -> Result<Vec<Placed>, EquivariantError> {
    let start = scene.layers[layer].0;
    let mut out = Vec::new();
    for (orbit, first) in orbits.iter().enumerate() {
        let all = scene.group.transversal(scene.place(layer, first.point), limits).map_err(error)?;
        out.extend(all.into_iter().map(|(p, element)| Placed { orbit, point: (p - start) / 2, element }));
    }
    out.sort_by_key(|p| p.point);
    Ok(out)
}

/// The orbits of these elements on the points of a layer.
fn blocks(scene: &Scene, layer: usize, generators: &[Permutation]) -> Vec<Vec<usize>> {
    let (start, count) = scene.layers[layer];
    let mut seen = vec![false; count];
    let mut out = Vec::new();
    for first in 0..count {
        if std::mem::replace(&mut seen[first], true) {
            continue;
        }
        let (mut block, mut next) = (vec![first], 0);
        while let Some(&at) = block.get(next) {
            next += 1;
            for g in generators {
                let image = g.image(start + 2 * at).map_or(at, |p| (p - start) / 2);
                if !std::mem::replace(&mut seen[image], true) {
                    block.push(image);
                }
            }
        }
        out.push(block);
    }
    out
}

fn moved(scene: &Scene, form: &[(usize, bool)], g: &Permutation) -> Form {
    let map = scene.on_input(g);
    form.iter().map(|&(i, negative)| (map[i].0, negative ^ map[i].1)).collect()
}

/// What is summed up at each point of a layer: forms of the inputs, or blocks of points of the layer before.
enum Seen {
    Forms(Vec<Vec<Form>>),
    Blocks(Vec<Vec<Vec<usize>>>),
}

/// The number of each colour of a layer: the orbit of the point and what is summed up there.
type Names = BTreeMap<(usize, Vec<Vec<i64>>), u32>;

/// Two inputs in different orbits of the stabiliser of an output that no network tells apart there: small whole numbers are tried
/// within fixed bounds, so that `None` says nothing.
pub(super) fn twins(
    scene: &Scene,
    layers: &[Vec<HiddenOrbit>],
    outputs: &Outputs,
    limits: &Limits,
) -> Result<Option<Twins>, EquivariantError> {
    let points: usize = scene.layers.iter().map(|l| l.1).sum();
    if points > MOST_POINTS || scene.n == 0 {
        return Ok(None);
    }
    let mut seen = Vec::new();
    let mut numbers = scene.n;
    for (layer, orbits) in layers.iter().enumerate() {
        let all = placed(scene, layer, orbits, limits)?;
        numbers += all.len() * if layer == 0 { scene.n } else { scene.layers[layer - 1].1 };
        if numbers > MOST_WORK / 64 {
            return Ok(None);
        }
        seen.push(if layer == 0 {
            let forms = |p: &Placed| orbits[p.orbit].forms.iter().map(|f| moved(scene, f, &p.element)).collect();
            Seen::Forms(all.iter().map(forms).collect())
        } else {
            let start = scene.layers[layer - 1].0;
            let own: Vec<_> = orbits.iter().map(|o| blocks(scene, layer - 1, &o.generators)).collect();
            let image = |g: &Permutation, x: usize| g.image(start + 2 * x).map_or(x, |p| (p - start) / 2);
            let blocks = |p: &Placed| {
                let moved = |block: &Vec<usize>| block.iter().map(|&x| image(&p.element, x)).collect();
                own[p.orbit].iter().map(moved).collect()
            };
            Seen::Blocks(all.iter().map(blocks).collect())
        });
    }
    let orbit_of: Vec<Vec<usize>> =
        layers.iter().enumerate().map(|(l, orbits)| orbit_numbers(scene, l, orbits)).collect();
    let signed = scene.input.iter().any(|g| (0..scene.n).any(|i| g.image(i).is_some_and(|x| x.1)));
    let families: &[&[i64]] = if signed { &[&[1, -1]] } else { &[&[1], &[1, 2]] };
    for values in families {
        let most = MOST_INPUTS.min(MOST_WORK / numbers.max(1));
        let inputs = small_inputs(scene.n, values, most);
        let mut colours: Vec<Vec<u32>> = Vec::with_capacity(inputs.len());
        let mut names: Vec<Names> = vec![Names::new(); layers.len()];
        for x in &inputs {
            limits.check()?;
            colours.push(colours_of(x, &seen, &orbit_of, &mut names));
        }
        for (m, stabilizer) in outputs {
            let own = blocks(scene, layers.len() - 1, stabilizer.generators());
            let classes = input_orbits(scene, &inputs, stabilizer.generators(), limits)?;
            let mut first: BTreeMap<Vec<Vec<u32>>, usize> = BTreeMap::new();
            for (at, colour) in colours.iter().enumerate() {
                let multiset = |block: &Vec<usize>| {
                    let mut all: Vec<u32> = block.iter().map(|&p| colour[p]).collect();
                    all.sort_unstable();
                    all
                };
                let known = *first.entry(own.iter().map(multiset).collect()).or_insert(at);
                if classes[known] != classes[at] {
                    let (first, second) = (inputs[known].clone(), inputs[at].clone());
                    return Ok(Some(Twins { first, second, output: *m }));
                }
            }
        }
    }
    Ok(None)
}

fn orbit_numbers(scene: &Scene, layer: usize, orbits: &[HiddenOrbit]) -> Vec<usize> {
    let own = blocks(scene, layer, scene.group.generators());
    let mut out = vec![0; scene.layers[layer].1];
    for block in own {
        let number = orbits.iter().position(|o| block.contains(&o.point)).unwrap_or(0);
        block.into_iter().for_each(|p| out[p] = number);
    }
    out
}

/// The colours of the points of the last layer.
fn colours_of(x: &[i64], seen: &[Seen], orbit_of: &[Vec<usize>], names: &mut [Names]) -> Vec<u32> {
    let mut colours: Vec<u32> = Vec::new();
    for (layer, seen) in seen.iter().enumerate() {
        let mut name = |point: usize, key: Vec<Vec<i64>>| {
            let next = names[layer].len() as u32;
            *names[layer].entry((orbit_of[layer][point], key)).or_insert(next)
        };
        let value = |form: &Form| form.iter().map(|&(i, negative)| if negative { -x[i] } else { x[i] }).sum::<i64>();
        colours = match seen {
            Seen::Forms(all) => {
                let key = |forms: &Vec<Form>| vec![forms.iter().map(value).collect::<Vec<i64>>()];
                all.iter().enumerate().map(|(point, forms)| name(point, key(forms))).collect()
            }
            Seen::Blocks(all) => {
                let multiset = |block: &Vec<usize>| {
                    let mut list: Vec<i64> = block.iter().map(|&p| i64::from(colours[p])).collect();
                    list.sort_unstable();
                    list
                };
                let key = |blocks: &Vec<Vec<usize>>| blocks.iter().map(multiset).collect::<Vec<_>>();
                all.iter().enumerate().map(|(point, blocks)| name(point, key(blocks))).collect()
            }
        };
    }
    colours
}

/// Vectors with entries 0 or one of these, by the number of entries that are not 0: as many numbers of entries as stay below
/// the bound, so that the list is closed under permutations.
fn small_inputs(n: usize, values: &[i64], most: usize) -> Vec<Vec<i64>> {
    let mut out = vec![vec![0; n]];
    let mut last = vec![(vec![0; n], 0)];
    for size in 1..=n {
        let choose = (0..size).try_fold(1usize, |c, i| Some(c.checked_mul(n - i)? / (i + 1)));
        let count = choose.and_then(|c| c.checked_mul(values.len().checked_pow(size as u32)?));
        if count.is_none_or(|count| out.len() + count > most) {
            break;
        }
        let mut next = Vec::new();
        for (vector, free) in &last {
            for i in *free..n {
                for &value in values {
                    let mut more: Vec<i64> = vector.clone();
                    more[i] = value;
                    next.push((more, i + 1));
                }
            }
        }
        out.extend(next.iter().map(|x| x.0.clone()));
        last = next;
    }
    out
}

/// The number of the orbit of each of a list of inputs that the elements permute.
fn input_orbits(
    scene: &Scene,
    inputs: &[Vec<i64>],
    generators: &[Permutation],
    limits: &Limits,
) -> Result<Vec<usize>, EquivariantError> {
    let place: BTreeMap<&Vec<i64>, usize> = inputs.iter().zip(0..).collect();
    let maps: Vec<Vec<(usize, bool)>> = generators.iter().map(|g| scene.on_input(g)).collect();
    let mut class = vec![usize::MAX; inputs.len()];
    for start in 0..inputs.len() {
        if class[start] != usize::MAX {
            continue;
        }
        limits.check()?;
        class[start] = start;
        let mut pending = vec![start];
        while let Some(at) = pending.pop() {
            for map in &maps {
                let mut image = vec![0; scene.n];
                for (x, &(to, negative)) in inputs[at].iter().zip(map) {
                    image[to] = if negative { -x } else { *x };
                }
                if let Some(&to) = place.get(&image)
                    && class[to] == usize::MAX
                {
                    class[to] = start;
                    pending.push(to);
                }
            }
        }
    }
    Ok(class)
}

/// The least degree of a homogeneous equivariant polynomial map that one hidden layer does not produce, and the degree up to which
/// all are. The polynomials of degree `d` that a unit contributes are those in the forms that it sees, averaged: the coefficient at
/// an orbit of monomials counts the members with given degrees in each form. Ranks are exact.
pub(super) fn missing_degree(
    scene: &Scene,
    orbits: &[HiddenOrbit],
    outputs: &Outputs,
    limits: &Limits,
) -> Result<(Option<usize>, usize), EquivariantError> {
    let n = scene.n;
    if n == 0 || scene.layers[0].1 > MOST_POINTS {
        return Ok((None, 0));
    }
    let all = placed(scene, 0, orbits, limits)?;
    for degree in 1..=LARGEST_DEGREE {
        let count = (0..degree).try_fold(1usize, |c, i| Some(c.checked_mul(n + i)? / (i + 1)));
        if count.is_none_or(|count| count > MOST_MONOMIALS) {
            return Ok((None, degree - 1));
        }
        limits.progress("polynomials", degree as f64 / LARGEST_DEGREE as f64);
        let monomials = monomials(n, degree);
        for (_, stabilizer) in outputs {
            let (classes, count) = monomial_orbits(scene, &monomials, stabilizer.generators(), limits)?;
            let mut span = Span::new(count);
            let mut done: Vec<Vec<Form>> = Vec::new();
            for block in blocks(scene, 0, stabilizer.generators()) {
                let unit = &all[block[0]];
                let forms: Vec<Form> =
                    orbits[unit.orbit].forms.iter().map(|f| moved(scene, f, &unit.element)).collect();
                // Units that see the same contribute the same.
                if done.contains(&forms) {
                    continue;
                }
                for row in contributions(&forms, n, &monomials, &classes, limits)? {
                    limits.check()?;
                    if span.dim() == count {
                        break;
                    }
                    span.insert(&row);
                }
                done.push(forms);
            }
            if span.dim() < count {
                return Ok((Some(degree), degree - 1));
            }
        }
    }
    Ok((None, LARGEST_DEGREE))
}

/// The exponents of all monomials of a degree, in lexicographic order.
fn monomials(n: usize, degree: usize) -> Vec<Vec<u8>> {
    let mut out = vec![Vec::new()];
    for i in 0..n {
        let mut next = Vec::new();
        for start in &out {
            let used: usize = start.iter().map(|&e| usize::from(e)).sum();
            let range = if i + 1 == n { degree - used..=degree - used } else { 0..=degree - used };
            next.extend(range.map(|e| [start.as_slice(), &[e as u8]].concat()));
        }
        out = next;
    }
    out
}

/// For each monomial the number of its orbit and its sign there; `None` where the sign is not determined.
type Classes = Vec<Option<(u32, bool)>>;

fn monomial_orbits(
    scene: &Scene,
    monomials: &[Vec<u8>],
    generators: &[Permutation],
    limits: &Limits,
) -> Result<(Classes, usize), EquivariantError> {
    let place: BTreeMap<&Vec<u8>, usize> = monomials.iter().zip(0..).collect();
    let maps: Vec<Vec<(usize, bool)>> = generators.iter().map(|g| scene.on_input(g)).collect();
    let mut sign: Vec<Option<bool>> = vec![None; monomials.len()];
    let mut classes: Classes = vec![None; monomials.len()];
    let mut count = 0u32;
    for start in 0..monomials.len() {
        if sign[start].is_some() {
            continue;
        }
        limits.check()?;
        sign[start] = Some(false);
        let (mut orbit, mut next, mut clash) = (vec![(start, false)], 0, false);
        while let Some(&(at, negative)) = orbit.get(next) {
            next += 1;
            for map in &maps {
                let mut image = vec![0; scene.n];
                let mut flips = negative;
                for (&e, &(to, minus)) in monomials[at].iter().zip(map) {
                    image[to] = e;
                    flips ^= minus && e % 2 == 1;
                }
                let Some(&to) = place.get(&image) else { continue };
                match sign[to] {
                    None => {
                        sign[to] = Some(flips);
                        orbit.push((to, flips));
                    }
                    Some(known) => clash |= known != flips,
                }
            }
        }
        if !clash {
            orbit.into_iter().for_each(|(at, negative)| classes[at] = Some((count, negative)));
            count += 1;
        }
    }
    Ok((classes, count as usize))
}

/// One row for each way to distribute the degree over the forms.
fn contributions(
    forms: &[Form],
    n: usize,
    monomials: &[Vec<u8>],
    classes: &[Option<(u32, bool)>],
    limits: &Limits,
) -> Result<Vec<SparseVector>, EquivariantError> {
    let mut form_of = vec![None; n];
    for (k, form) in forms.iter().enumerate() {
        form.iter().for_each(|&(i, negative)| form_of[i] = Some((k, negative)));
    }
    let mut found: BTreeMap<Vec<u8>, BTreeMap<u32, i64>> = BTreeMap::new();
    for (at, (monomial, class)) in monomials.iter().zip(classes).enumerate() {
        if at.is_multiple_of(4096) {
            limits.check()?;
        }
        let Some((class, mut negative)) = *class else { continue };
        let mut degrees = vec![0u8; forms.len()];
        let mut inside = true;
        for (&e, place) in monomial.iter().zip(&form_of) {
            match place {
                Some((k, minus)) => {
                    degrees[*k] += e;
                    negative ^= *minus && e % 2 == 1;
                }
                None => inside &= e == 0,
            }
        }
        if inside {
            *found.entry(degrees).or_default().entry(class).or_insert(0) += if negative { -1 } else { 1 };
        }
    }
    let row = |row: BTreeMap<u32, i64>| -> SparseVector {
        row.into_iter().filter(|x| x.1 != 0).map(|(class, c)| (class, Rational::from(c))).collect()
    };
    Ok(found.into_values().map(row).filter(|row| !row.is_empty()).collect())
}
