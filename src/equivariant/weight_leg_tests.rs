//! Exceptional groups: ranks by weights alone, which share nothing with the bases.

use super::{WeightLeg, weight_maps};
use crate::limits::Limits;
use crate::reps::irreducible::Irreducible;
use crate::weights::{Module, ReductiveType};

#[test]
fn exceptional_groups() {
    let limits = Limits::none();
    let cases: [(&str, &[i64], usize, usize); 6] = [
        ("G2", &[1, 0], 2, 2),
        ("G2", &[0, 1], 1, 2),
        ("F4", &[0, 0, 0, 1], 1, 2),
        ("F4", &[0, 0, 0, 1], 2, 2),
        ("E6", &[1, 0, 0, 0, 0, 0], 2, 2),
        ("C3", &[0, 0, 1], 1, 1),
    ];
    for (group, weight, out, into) in cases {
        let group: ReductiveType = group.parse().unwrap();
        let v = WeightLeg::of_irreducible(&Irreducible::new(&group, weight, &limits).unwrap());
        let module = Module::irreducible(&group, weight, &limits).unwrap();
        let maps = module.power(out as u32).unwrap().tensor(&module.dual().power(into as u32).unwrap()).unwrap();
        let found = weight_maps(&vec![&v; out], &vec![&v; into], &limits).unwrap();
        assert_eq!(maps.invariants(&limits).unwrap(), found.rank().into(), "{group} {out} {into}");
        assert_eq!((found.rows(), found.cols()), (v.dim().pow(out as u32), v.dim().pow(into as u32)));
    }
}
