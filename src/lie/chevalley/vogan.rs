//! How complex conjugation acts on the roots of a fundamental Cartan subalgebra: the Vogan diagram, in a normal form.
//!
//! Positive roots are those with positive value at a generic element of the compact part, so θ permutes the simple ones.
//! Roots fixed by θ are imaginary, compact or not (painted). Diagrams of one real form are joined by reflections in
//! painted simple roots and automorphisms of the Dynkin diagram (Knapp, section VI.8–10); the least one is taken.

use std::collections::BTreeSet;

use crate::limits::Stop;
use crate::roots::{Letter, SimpleType};

use super::floats::abs;
use super::frame::Frame;
use super::numerical::{Given, Imprecise};
use super::system::{MARGIN, Part};

/// The Vogan diagram of an algebra, nodes counted from 0 through all components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vogan {
    /// Where θ sends each simple root.
    pub theta: Vec<usize>,
    /// The painted nodes: non-compact imaginary simple roots.
    pub painted: Vec<usize>,
    /// The number of imaginary roots (conjugate to their negatives) that are compact, of those that are not, and of
    /// complex roots. A fundamental Cartan subalgebra has no real roots.
    pub roots: [usize; 3],
}

/// The normal form with the simple roots that show it.
pub struct Canonical {
    /// The components with simple roots in Bourbaki's order.
    pub parts: Vec<Part>,
    /// The diagram.
    pub diagram: Vogan,
    /// The largest distance of a sign from ±1.
    pub margin: f64,
}

/// States looked at for one component: all of them up to rank 13.
const STATES: usize = 1 << 13;

/// Finds the normal form. `involution[a]` is approximately `⟨v_a, θ v_a⟩` for the root vector of norm 1.
pub(super) fn canonical(
    frame: &Frame,
    simple: &[usize],
    involution: &[f64],
    given: &Given<'_>,
) -> Result<Result<Canonical, Imprecise>, Stop> {
    let count = frame.values.len();
    // θα = −conj(α) on real elements.
    let mut theta = Vec::with_capacity(count);
    for values in &frame.values {
        given.limits.check()?;
        let distance = |other: &[(f64, f64)]| {
            values.iter().zip(other).map(|(a, b)| abs((a.0 + b.0, a.1 - b.1))).fold(0.0f64, f64::max)
        };
        let nearest = (0..count).min_by(|&a, &b| distance(&frame.values[a]).total_cmp(&distance(&frame.values[b])));
        theta.push(nearest.unwrap_or(0));
    }
    let roots = &frame.roots;
    let keeps = |&a: &usize| simple.iter().all(|&b| roots.integers[theta[a]][theta[b]] == roots.integers[a][b]);
    let fits = (0..count).all(|a| theta[theta[a]] == a) && simple.iter().all(keeps);
    if !fits || simple.iter().any(|a| !simple.contains(&theta[*a])) {
        return Ok(Err("complex conjugation does not act on the roots found".to_string()));
    }
    let mut margin = 0.0f64;
    let (mut compact, mut painted) = (0, BTreeSet::new());
    for a in (0..count).filter(|&a| theta[a] == a) {
        margin = margin.max((involution[a].abs() - 1.0).abs());
        if involution[a] < 0.0 {
            painted.insert(a);
        } else {
            compact += 1;
        }
    }
    if margin.is_nan() || margin > MARGIN {
        return Ok(Err(format!("signs of the Cartan involution are {margin:.1e} away from ±1")));
    }
    let complex = count - compact - painted.len();
    // dim p = non-compact roots + half the complex ones + the vector part of the Cartan subalgebra.
    let moved = simple.iter().filter(|&&a| theta[a] != a).count();
    if painted.len() + complex / 2 + moved / 2 != given.signature.positive {
        return Ok(Err("the roots do not add up to the signature of the Killing form".to_string()));
    }
    let Some(components) = roots.recognize(simple) else { return Ok(Err("no simple roots".to_string())) };
    let mut found: Vec<(Key, Vec<Part>)> = Vec::new();
    let mut done = BTreeSet::new();
    for (simple, nodes) in &components {
        if !done.insert(nodes[0]) {
            continue;
        }
        let image: Vec<usize> = nodes.iter().map(|&a| theta[a]).collect();
        if image.iter().all(|a| nodes.contains(a)) {
            let (key, nodes) = least(frame, *simple, nodes, &theta, &painted, given)?;
            found.push((key, vec![(*simple, nodes)]));
        } else {
            // Two components exchanged: a complex algebra seen as real.
            done.extend(components.iter().map(|c| c.1[0]).filter(|first| image.contains(first)));
            let key = (*simple, true, Vec::new(), Vec::new());
            found.push((key, vec![(*simple, nodes.clone()), (*simple, image)]));
        }
    }
    found.sort();
    let parts: Vec<Part> = found.into_iter().flat_map(|(_, parts)| parts).collect();
    let nodes: Vec<usize> = parts.iter().flat_map(|part| part.1.clone()).collect();
    let place = |a: usize| nodes.iter().position(|&b| b == a).unwrap_or(0);
    let diagram = Vogan {
        theta: nodes.iter().map(|&a| place(theta[a])).collect(),
        painted: (0..nodes.len()).filter(|&k| painted.contains(&nodes[k])).collect(),
        roots: [compact, painted.len(), complex],
    };
    Ok(Ok(Canonical { parts, diagram, margin }))
}

/// What real forms are compared by: the type, whether two components are exchanged, painted nodes, θ on the nodes.
type Key = (SimpleType, bool, Vec<usize>, Vec<usize>);

/// The least diagram of one component, with its simple roots.
fn least(
    frame: &Frame,
    simple: SimpleType,
    nodes: &[usize],
    theta: &[usize],
    painted: &BTreeSet<usize>,
    given: &Given<'_>,
) -> Result<(Key, Vec<usize>), Stop> {
    let roots = &frame.roots;
    let automorphisms = automorphisms(simple);
    let mut queue = vec![nodes.to_vec()];
    let mut seen = BTreeSet::new();
    let mut best: Option<(usize, Key, Vec<usize>)> = None;
    let pattern = |nodes: &[usize]| (0..nodes.len()).filter(|&k| painted.contains(&nodes[k])).collect::<Vec<usize>>();
    seen.insert(pattern(nodes));
    while let Some(nodes) = queue.pop() {
        given.limits.check()?;
        for relabel in &automorphisms {
            let nodes: Vec<usize> = relabel.iter().map(|&k| nodes[k]).collect();
            let place = |a: usize| nodes.iter().position(|&b| b == a).unwrap_or(0);
            let moved = nodes.iter().map(|&a| place(theta[a])).collect();
            let marks = pattern(&nodes);
            let entry = (marks.len(), (simple, false, marks, moved), nodes);
            if best.as_ref().is_none_or(|b| (entry.0, &entry.1) < (b.0, &b.1)) {
                best = Some(entry);
            }
        }
        for i in pattern(&nodes) {
            let mirror = nodes[i];
            let reflected: Option<Vec<usize>> = nodes
                .iter()
                .map(|&a| match a == mirror {
                    true => roots.negative(a),
                    false => roots.combination(a, -roots.integers[a][mirror], mirror),
                })
                .collect();
            let Some(reflected) = reflected else { continue };
            if seen.len() < STATES && seen.insert(pattern(&reflected)) {
                queue.push(reflected);
            }
        }
    }
    Ok(match best {
        Some((_, key, nodes)) => (key, nodes),
        None => ((simple, false, Vec::new(), Vec::new()), nodes.to_vec()),
    })
}

/// The automorphisms of a connected Dynkin diagram, as lists of nodes from 0 (Bourbaki's numbering).
pub fn automorphisms(simple: SimpleType) -> Vec<Vec<usize>> {
    let n = simple.rank();
    let identity: Vec<usize> = (0..n).collect();
    let with = |change: &dyn Fn(&mut Vec<usize>)| {
        let mut list = identity.clone();
        change(&mut list);
        list
    };
    match (simple.letter(), n) {
        (Letter::A, 2..) => vec![identity.clone(), with(&|list| list.reverse())],
        (Letter::D, 4) => [[0, 2, 3], [0, 3, 2], [2, 0, 3], [2, 3, 0], [3, 0, 2], [3, 2, 0]]
            .into_iter()
            .map(|[a, b, c]| vec![a, 1, b, c])
            .collect(),
        (Letter::D, 5..) => vec![identity.clone(), with(&|list| list.swap(n - 2, n - 1))],
        (Letter::E, 6) => vec![identity, vec![5, 1, 4, 3, 2, 0]],
        _ => vec![identity],
    }
}
