use symmetra::lie::*;
use symmetra::limits::Limits;
use symmetra::num::Rational;

fn so(p: usize, q: usize) -> Algebra {
    let n = p + q;
    let eta = |i: usize| if i < p { 1i64 } else { -1 };
    let mut index = std::collections::BTreeMap::new();
    let mut pairs = vec![];
    for a in 0..n {
        for b in a + 1..n {
            index.insert((a, b), pairs.len());
            pairs.push((a, b));
        }
    }
    // J_ab = E_ab eta_b - E_ba eta_a
    let mat = |&(a, b): &(usize, usize)| {
        let mut m = vec![vec![0i64; n]; n];
        m[a][b] = eta(b);
        m[b][a] = -eta(a);
        m
    };
    let mul = |x: &Vec<Vec<i64>>, y: &Vec<Vec<i64>>| {
        (0..n)
            .map(|i| (0..n).map(|j| (0..n).map(|k| x[i][k] * y[k][j]).sum::<i64>()).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    let mut terms = vec![];
    for (i, x) in pairs.iter().enumerate() {
        for (j, y) in pairs.iter().enumerate().skip(i + 1) {
            let (x, y) = (mat(x), mat(y));
            let (u, v) = (mul(&x, &y), mul(&y, &x));
            for (k, &(a, b)) in pairs.iter().enumerate() {
                let c = (u[a][b] - v[a][b]) * eta(b);
                if c != 0 {
                    terms.push((i, j, k, Rational::from(c)));
                }
            }
        }
    }
    Algebra::new(StructureConstants::from_terms(pairs.len(), terms), JacobiProof::Commutators, "so")
}

#[test]
fn orthogonal() {
    for (p, q) in [
        (3, 0),
        (2, 1),
        (4, 0),
        (3, 1),
        (2, 2),
        (5, 0),
        (4, 1),
        (3, 2),
        (6, 0),
        (4, 2),
        (3, 3),
        (7, 0),
        (4, 3),
        (8, 0),
        (5, 4),
        (7, 5),
        (13, 0),
    ] {
        let g = so(p, q);
        let t = std::time::Instant::now();
        let id = identify(&g, &Limits::none()).unwrap();
        println!(
            "so({p},{q}) dim {} rank {} {:?} {:?} {:?} {:?}",
            id.dim,
            id.rank,
            id.cartan_type(),
            id.real_form(),
            id.killing_signature,
            t.elapsed()
        );
        let t = std::time::Instant::now();
        let j = prove_jacobi(g.constants(), &Limits::none()).unwrap();
        println!("  {:?} {:?}", j.is_ok(), t.elapsed());
    }
}
