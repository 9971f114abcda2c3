//! Recognition of a Cartan matrix given in any order of its simple roots.

use std::collections::BTreeMap;

use super::{Letter, SimpleType};

/// A connected component of a Dynkin diagram: its type and where its nodes were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// The simple type.
    pub simple: SimpleType,
    /// `nodes[k]` is the row of the given matrix that is node `k + 1` of Bourbaki's numbering.
    pub nodes: Vec<usize>,
}

/// The matrix is not a Cartan matrix of finite type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a Cartan matrix of finite type: {0}")]
pub struct CartanMatrixError(String);

/// The simple roots of a root system that is known by the integers `rows[a][b] = ⟨a, b^∨⟩` for all roots: their components, and
/// their numbers among the roots, to which the nodes of the components refer. `None` when these are not the integers of a root
/// system. The rows add like roots; their lexicographic order is an order of the root lattice.
pub fn simple_system(rows: &[Vec<i64>]) -> Option<(Vec<Component>, Vec<usize>)> {
    let index: BTreeMap<&Vec<i64>, usize> = rows.iter().enumerate().map(|(a, row)| (row, a)).collect();
    let positive = |a: usize| rows[a].iter().find(|&&c| c != 0).is_some_and(|&c| c > 0);
    let is_sum = |a: usize| {
        (0..rows.len()).filter(|&b| positive(b)).any(|b| {
            let rest: Vec<i64> = rows[a].iter().zip(&rows[b]).map(|(x, y)| x - y).collect();
            index.get(&rest).is_some_and(|&c| positive(c))
        })
    };
    let simple: Vec<usize> = (0..rows.len()).filter(|&a| positive(a) && !is_sum(a)).collect();
    let cartan: Vec<Vec<i64>> = simple.iter().map(|&a| simple.iter().map(|&b| rows[a][b]).collect()).collect();
    let components = recognize_cartan_matrix(&cartan).ok()?;
    let count: usize = components.iter().map(|c| c.simple.root_count()).sum();
    (count == rows.len()).then_some((components, simple))
}

/// Finds the type of each connected component and Bourbaki's order of its nodes; components come in the order in
/// which their types are written. The convention is `a_ij = ⟨α_i, α_j^∨⟩`; with the transposed one, B and C change
/// places.
pub fn recognize_cartan_matrix(matrix: &[Vec<i64>]) -> Result<Vec<Component>, CartanMatrixError> {
    let n = matrix.len();
    if matrix.iter().any(|row| row.len() != n) {
        return Err(CartanMatrixError("it is not square".into()));
    }
    for (i, row) in matrix.iter().enumerate() {
        for (j, (&a, b)) in row.iter().zip(matrix.iter().map(|other| other[i])).enumerate() {
            let small = (-3..=0).contains(&a) && (-3..=0).contains(&b);
            let fits = if i == j { a == 2 } else { small && (a == 0) == (b == 0) && a * b <= 3 };
            if !fits {
                return Err(CartanMatrixError(format!("the entry {a} in row {}, column {}", i + 1, j + 1)));
            }
        }
    }
    let neighbours: Vec<Vec<usize>> =
        (0..n).map(|i| (0..n).filter(|&j| j != i && matrix[i][j] != 0).collect()).collect();
    let mut seen = vec![false; n];
    let mut components = Vec::new();
    for start in 0..n {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut members = vec![start];
        let mut at = 0;
        while let Some(&i) = members.get(at) {
            for &j in &neighbours[i] {
                if !seen[j] {
                    seen[j] = true;
                    members.push(j);
                }
            }
            at += 1;
        }
        members.sort_unstable();
        components.push(recognize_component(matrix, &neighbours, &members)?);
    }
    components.sort_by_key(|c| (c.simple, c.nodes.first().copied()));
    Ok(components)
}

fn recognize_component(
    matrix: &[Vec<i64>],
    neighbours: &[Vec<usize>],
    members: &[usize],
) -> Result<Component, CartanMatrixError> {
    // Every possible reading is proposed and compared entry by entry: the comparison is the proof.
    for (letter, nodes) in proposals(neighbours, members) {
        let Ok(simple) = SimpleType::new(letter, nodes.len()) else { continue };
        if simple.letter() != letter {
            continue;
        }
        let expected = simple.cartan_matrix();
        let agrees = expected
            .iter()
            .enumerate()
            .all(|(i, row)| row.iter().enumerate().all(|(j, &a)| a == matrix[nodes[i]][nodes[j]]));
        if agrees {
            return Ok(Component { simple, nodes });
        }
    }
    let rows: Vec<String> = members.iter().map(|i| (i + 1).to_string()).collect();
    Err(CartanMatrixError(format!("no type fits the component of rows {}", rows.join(", "))))
}

/// The readings worth trying: along a path from either end, or the three arms of a branch.
fn proposals(neighbours: &[Vec<usize>], members: &[usize]) -> Vec<(Letter, Vec<usize>)> {
    let degree = |i: usize| neighbours[i].len();
    let edges: usize = members.iter().map(|&i| degree(i)).sum::<usize>() / 2;
    if edges + 1 != members.len() || members.iter().any(|&i| degree(i) > 3) {
        return Vec::new();
    }
    let branches: Vec<usize> = members.iter().copied().filter(|&i| degree(i) == 3).collect();
    match branches[..] {
        [] => {
            let ends = members.iter().copied().filter(|&i| degree(i) <= 1);
            let mut out = Vec::new();
            for end in ends {
                let path = walk(neighbours, end, None);
                for letter in [Letter::A, Letter::B, Letter::C, Letter::F, Letter::G] {
                    out.push((letter, path.clone()));
                }
            }
            out
        }
        [branch] => {
            let mut arms: Vec<Vec<usize>> =
                neighbours[branch].iter().map(|&first| walk(neighbours, first, Some(branch))).collect();
            arms.sort_by_key(|arm| (arm.len(), arm.first().copied()));
            let [short, middle, long] = &arms[..] else { return Vec::new() };
            // E: the tip 2, then 3-1, then 5-6-…; D: the long arm read inwards, then the two tips. In D4 all arms
            // have one node, and the earliest stands for node 1.
            let mut e = vec![middle.last().copied().unwrap_or(branch), short[0], middle[0], branch];
            e.extend(long);
            let (chain, tips) =
                if long.len() == 1 { (short, [middle[0], long[0]]) } else { (long, [short[0], middle[0]]) };
            let mut d: Vec<usize> = chain.iter().rev().copied().collect();
            d.push(branch);
            d.extend(tips);
            vec![(Letter::D, d), (Letter::E, e)].into_iter().filter(|(_, nodes)| nodes.len() == members.len()).collect()
        }
        _ => Vec::new(),
    }
}

/// The nodes of a path starting at `from`, away from `avoid`; stops where the path branches or ends.
fn walk(neighbours: &[Vec<usize>], from: usize, avoid: Option<usize>) -> Vec<usize> {
    let (mut previous, mut at) = (avoid, from);
    let mut path = vec![at];
    while let Some(&next) = neighbours[at].iter().find(|&&j| Some(j) != previous) {
        if path.len() > neighbours.len() {
            break;
        }
        previous = Some(at);
        at = next;
        path.push(at);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roots::CartanType;

    /// Deterministic shuffles: multiply by a unit modulo a prime above n.
    fn shuffled(n: usize, turn: usize) -> Vec<usize> {
        let prime = (n + 1..).find(|p| (2..*p).all(|d| p % d != 0)).unwrap();
        (1..prime).map(|k| k * (turn + 1) % prime).filter(|&k| k >= 1 && k <= n).map(|k| k - 1).collect()
    }

    #[test]
    fn every_type_is_found_in_any_order() {
        let types = [
            "A1",
            "A2",
            "A3",
            "A7",
            "B2",
            "B3",
            "B5",
            "C3",
            "C4",
            "C6",
            "D4",
            "D5",
            "D9",
            "E6",
            "E7",
            "E8",
            "F4",
            "G2",
            "A1+A1",
            "C3+B2",
            "E6+F4+G2+A2+A1+A1",
            "D4+D4",
        ];
        for text in types {
            let t: CartanType = text.parse().unwrap();
            let a = t.cartan_matrix();
            for turn in 1..12 {
                let order = shuffled(t.rank(), turn);
                if order.len() != t.rank() {
                    continue;
                }
                let given: Vec<Vec<i64>> = order.iter().map(|&i| order.iter().map(|&j| a[i][j]).collect()).collect();
                let found = recognize_cartan_matrix(&given).unwrap();
                assert_eq!(CartanType::new(found.iter().map(|c| c.simple).collect()).to_string(), text);
                for c in &found {
                    for (i, row) in c.simple.cartan_matrix().iter().enumerate() {
                        for (j, entry) in row.iter().enumerate() {
                            assert_eq!(*entry, given[c.nodes[i]][c.nodes[j]]);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn affine_and_malformed_matrices_are_refused() {
        let affine_a2 = vec![vec![2, -1, -1], vec![-1, 2, -1], vec![-1, -1, 2]];
        let affine_d4: Vec<Vec<i64>> = (0..5)
            .map(|i| {
                (0..5)
                    .map(|j| {
                        if i == j {
                            2
                        } else if i == 0 || j == 0 {
                            -1
                        } else {
                            0
                        }
                    })
                    .collect()
            })
            .collect();
        let affine_a1 = vec![vec![2, -2], vec![-2, 2]];
        let affine_c2 = vec![vec![2, -1, 0], vec![-2, 2, -2], vec![0, -1, 2]];
        let lopsided = vec![vec![2, -1], vec![0, 2]];
        let ragged = vec![vec![2, 0], vec![0]];
        for wrong in [affine_a2, affine_d4, affine_a1, affine_c2, lopsided, ragged] {
            assert!(recognize_cartan_matrix(&wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(recognize_cartan_matrix(&[]), Ok(vec![]));
    }
}
