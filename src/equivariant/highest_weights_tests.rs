//! Invariants by highest weights against the exact null space of all equations, which shares no code with them.

use std::sync::Arc;

use super::choose::{basis, rank};
use super::highest_weights::by_highest_weights;
use super::{Completeness, Method};
use crate::exact::SparseVector;
use crate::lie::named::Arg;
use crate::limits::Limits;
use crate::reps::irreducible::{Irreducible, Orthogonal, compact_form};
use crate::reps::{ExactNullSpace, Rep, Terms, exp, group_by_name};

fn vector(name: &str, args: &[i64]) -> Rep {
    let args: Vec<Arg> = args.iter().map(|n| Arg::Integer(*n)).collect();
    Rep::vector(group_by_name(name, &args, &Limits::none()).unwrap().base()).unwrap()
}

fn hom(from: &Rep, to: &Rep) -> Rep {
    Rep::hom(from, to).unwrap()
}

/// The same span as the null space.
#[track_caller]
fn check(rep: &Rep) {
    let limits = Limits::none();
    let size = usize::try_from(rep.dim()).unwrap();
    let found = by_highest_weights(rep, (size, 1), &limits).unwrap().expect("no basis by highest weights");
    assert_eq!(found.method(), Method::Weights);
    assert!(matches!(found.completeness(), Completeness::Count(_)));
    let rows = found.sparse(&limits).unwrap().unwrap();
    let mut vectors: Vec<SparseVector> =
        (0..rows.len()).map(|k| rows.row(k).map(|(p, x)| (p as u32, x)).collect()).collect();
    let twin = ExactNullSpace.basis(rep, &limits).unwrap();
    assert_eq!(vectors.len(), twin.len(), "{rep} of {}", rep.base().name());
    assert_eq!(crate::exact::null_space::rank(size, &vectors, &limits).unwrap(), twin.len());
    vectors.extend(twin.iter().cloned());
    assert_eq!(crate::exact::null_space::rank(size, &vectors, &limits).unwrap(), twin.len(), "{rep}");
}

/// Real, complex and quaternionic vectors, sums of irreducibles as factors, duals, powers, real forms.
#[test]
fn highest_weights_give_the_null_space() {
    let su2 = vector("SU", &[2]);
    check(&hom(&su2.power(3).unwrap(), &su2.power(2).unwrap()));
    let sp1 = vector("Sp", &[1]);
    check(&hom(&sp1.power(2).unwrap(), &sp1.power(3).unwrap()));
    let su3 = vector("SU", &[3]);
    check(&hom(&su3.power(2).unwrap(), &su3.power(2).unwrap()));
    let sl3 = vector("SL", &[3]);
    let (ad, dual) = (Rep::adjoint(sl3.base()), sl3.dual().unwrap());
    check(&hom(&ad, &ad.tensor(&sl3).unwrap().tensor(&dual).unwrap()));
    check(&hom(
        &sl3.symmetric_power(2).unwrap().tensor(&sl3).unwrap(),
        &dual.exterior_power(2).unwrap().power(3).unwrap(),
    ));
    for v in [vector("SO", &[3]), vector("SO", &[2, 1]), vector("SO", &[5])] {
        let square = v.symmetric_power(2).unwrap().tensor(&v).unwrap();
        check(&hom(&square, &square));
        check(&hom(&v.plus(&Rep::scalar(v.base())).unwrap().power(2).unwrap(), &v.power(3).unwrap()));
    }
}

/// Charges of the centre: imaginary ones of compact and non-compact unitary groups, real ones of GL.
#[test]
fn reductive_groups() {
    for v in [vector("U", &[2]), vector("U", &[1, 1])] {
        let square = v.power(2).unwrap();
        check(&hom(&v.symmetric_power(2).unwrap(), &square.tensor(&Rep::adjoint(v.base())).unwrap()));
        check(&hom(&v.power(3).unwrap(), &v.symmetric_power(2).unwrap().tensor(&v).unwrap()));
    }
    let v = vector("GL", &[2]);
    let ad = Rep::adjoint(v.base());
    let (mixed, dual) = (ad.power(2).unwrap().tensor(&v).unwrap(), v.dual().unwrap());
    check(&hom(&mixed, &mixed));
    let turned = ad.power(2).unwrap().tensor(&dual).unwrap();
    check(&hom(&turned, &turned));
}

/// Compact F4 has one product 26 ⊗ 26 → 26 up to factors. E6 has an invariant cubic form on C^27 (Cartan), so its real and imaginary
/// part on R^54, and no other invariant of three legs up to their conjugates: two maps. The matrices commute with the algebra.
#[test]
fn products_of_exceptional_groups() {
    let limits = Limits::none();
    for (name, expected) in [("F4", 1), ("E6", 2)] {
        let t: crate::roots::CartanType = name.parse().unwrap();
        let group = crate::reps::exceptional(t.simple().unwrap(), crate::reps::RealForm::Compact, &limits).unwrap();
        let v = Rep::vector(group.base()).unwrap();
        let square = v.power(2).unwrap();
        let found = basis(&hom(&square, &v), &limits).unwrap();
        assert_eq!((found.rank(), found.method()), (expected, Method::Weights), "{name}");
        let matrices = found.matrices(&limits).unwrap().unwrap();
        let (from, to) = (square.generator_matrices(&limits).unwrap(), v.generator_matrices(&limits).unwrap());
        for (x, y) in from.iter().zip(&to) {
            assert!(matrices.iter().all(|w| !w.is_zero() && y.mul(w) == w.mul(x)), "{name}");
        }
    }
}

/// Ranks of groups whose defining representation is known by name are those of the same matrices without a name; of E8 on 248 there
/// are 1, 1, 5 invariants of two, three and four legs: 248 ⊗ 248 has five different summands.
#[test]
fn ranks_from_names() {
    let limits = Limits::none();
    let of = |name: &str, form| {
        let t: crate::roots::CartanType = name.parse().unwrap();
        crate::reps::exceptional(t.simple().unwrap(), form, &limits).unwrap()
    };
    use crate::reps::RealForm::{Compact, Split};
    for (name, form) in [("G2", Compact), ("G2", Split), ("F4", Split), ("E6", Compact)] {
        let named = of(name, form);
        let plain = exp(named.algebra()).unwrap();
        let ranks = [named.base(), plain.base()].map(|base| {
            let (v, ad) = (Rep::vector(base).unwrap(), Rep::adjoint(base));
            let alternating = v.exterior_power(2).unwrap();
            let products = hom(&alternating.tensor(&v).unwrap(), &ad.tensor(&v).unwrap());
            [v.power(4).unwrap(), products, hom(&ad, &alternating)].map(|x| rank(&x, &limits).unwrap())
        });
        assert_eq!(ranks[0], ranks[1], "{name}");
        assert!(ranks[0].iter().all(|r| *r >= 1u32.into()), "{name}");
    }
    let e8 = Rep::vector(of("E8", Compact).base()).unwrap();
    for (k, expected) in [(2, 1u32), (3, 1), (4, 5)] {
        assert_eq!(rank(&e8.power(k).unwrap(), &limits).unwrap(), expected.into());
    }
}

/// G2 by its 7 in the split form, in the compact one, and on octonions: 1, 4, 10 invariants of 2, 4, 5 legs (OEIS A059710).
#[test]
fn forms_of_g2() {
    let limits = Limits::none();
    let seven = Irreducible::new(&"G2".parse().unwrap(), &[1, 0], &limits).unwrap();
    let split = seven.to_rep("7", &limits).unwrap();
    let octonions = crate::forms::octonion_form(false).unwrap();
    let algebra = crate::lie::stabilizer(&[octonions], crate::lie::Ansatz::real(), &limits).unwrap();
    let compact = Rep::vector(exp(&Arc::new(algebra)).unwrap().base()).unwrap();
    for v in [&split, &compact] {
        for (k, l, expected) in [(1, 2, 1u32), (2, 2, 4), (2, 3, 10)] {
            let rep = hom(&v.power(k).unwrap(), &v.power(l).unwrap());
            assert_eq!(rank(&rep, &limits).unwrap(), expected.into());
            let found = basis(&rep, &limits).unwrap();
            assert_eq!(found.rank(), expected as usize);
            if 7usize.pow(k + l) > 300 {
                assert_eq!(found.method(), Method::Weights);
            }
        }
        check(&hom(v, &v.power(2).unwrap()));
        check(&hom(&v.power(2).unwrap(), &v.power(2).unwrap()));
    }
    // The compact form on the real space of twice the dimension: eight times as many maps.
    let orthogonal = Orthogonal::new(Arc::new(seven), &limits).unwrap();
    let doubled =
        compact_form(&orthogonal, &limits).unwrap().to_rep(orthogonal.module().group(), "14", &limits).unwrap();
    let rep = hom(&doubled.power(2).unwrap(), &doubled);
    assert_eq!(basis(&rep, &limits).unwrap().rank(), 8);
    assert_eq!(rank(&rep, &limits).unwrap(), 8u32.into());
}
