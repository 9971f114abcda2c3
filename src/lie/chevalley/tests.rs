use super::*;
use crate::lie::{StructureConstants, named, parts};

fn split(text: &str) -> Algebra {
    named::split(&text.parse().unwrap(), &Limits::none()).unwrap()
}

/// Every bracket of the basis found against the standard table, by the definition.
fn check(g: &StructureConstants, found: &ExactBasis) {
    let (n, d) = (g.dim(), found.field);
    let standard = named::split(&found.cartan_type, &Limits::none()).unwrap();
    let dense: Vec<Vec<Surd>> = found.vectors.iter().map(|v| v.dense(n)).collect();
    for i in 0..n {
        for j in i + 1..n {
            let mut rest = vec![Surd::default(); n];
            for (a, b, k, c) in g.iter() {
                let minor = dense[i][a].times(&dense[j][b], d).plus(&dense[i][b].times(&dense[j][a], d).negated());
                rest[k] = rest[k].plus(&minor.times(&Surd::rational(c.clone()), d));
            }
            for (k, c) in standard.constants().upper(i, j) {
                for at in 0..n {
                    let term = dense[*k as usize][at].times(&Surd::rational(-c), d);
                    rest[at] = rest[at].plus(&term);
                }
            }
            assert!(rest.iter().all(Surd::is_zero), "[{i}, {j}]");
        }
    }
}

fn exact_basis(g: &Algebra) -> ExactBasis {
    match chevalley(g, &Limits::none()).unwrap().basis {
        Basis::Exact(basis) => basis,
        Basis::Numerical(basis) => panic!("numerical, residual {}", basis.residual),
    }
}

#[test]
fn split_algebras_light_scrambles() {
    let limits = Limits::none();
    for text in ["A1", "A2", "A3", "B2", "B3", "C3", "G2", "D4"] {
        let g = split(text);
        let found = exact_basis(&g);
        assert_eq!(found.field, 1);
        check(g.constants(), &found);
        let h = parts::scramble(&g, 3, g.dim() / 2, true, &limits).unwrap();
        let found = exact_basis(&h);
        assert_eq!((found.field, found.cartan_type.to_string()), (1, text.to_string()));
        check(h.constants(), &found);
    }
}
