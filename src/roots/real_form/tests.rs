use super::*;

fn names(text: &str) -> String {
    name_of_sum(&parse_sum(text).unwrap())
}

fn one(text: &str) -> RealForm {
    let forms = parse_sum(text).unwrap();
    assert_eq!(forms.len(), 1, "{text}");
    forms[0]
}

/// All simple types up to this rank.
fn types(rank: usize) -> Vec<SimpleType> {
    let mut out = Vec::new();
    for letter in [Letter::A, Letter::B, Letter::C, Letter::D, Letter::E, Letter::F, Letter::G] {
        out.extend((1..=rank).filter_map(|r| SimpleType::new(letter, r).ok()).filter(|t| t.letter() == letter));
    }
    out
}

#[test]
fn coincidences_are_named_as_the_contract_says() {
    for (written, canonical) in [
        ("so(3)", "su(2)"),
        ("sp(1)", "su(2)"),
        ("su*(2)", "su(2)"),
        ("so(2,1)", "sl(2,R)"),
        ("su(1,1)", "sl(2,R)"),
        ("sp(2,R)", "sl(2,R)"),
        ("so(1,2)", "sl(2,R)"),
        ("so(4)", "su(2)+su(2)"),
        ("so(3,1)", "sl(2,C)_R"),
        ("so(1,3)", "sl(2,C)_R"),
        ("so(3,C)", "sl(2,C)_R"),
        ("sp(2,C)_R", "sl(2,C)_R"),
        ("so(2,2)", "sl(2,R)+sl(2,R)"),
        ("so*(4)", "su(2)+sl(2,R)"),
        ("so(4,C)_R", "sl(2,C)_R+sl(2,C)_R"),
        ("so(5)", "so(5)"),
        ("sp(2)", "so(5)"),
        ("so(4,1)", "so(4,1)"),
        ("sp(1,1)", "so(4,1)"),
        ("sp(4,R)", "so(3,2)"),
        ("sp(4,C)", "so(5,C)_R"),
        ("so(6)", "su(4)"),
        ("so(5,1)", "su*(4)"),
        ("sl(2,H)", "su*(4)"),
        ("so(4,2)", "su(2,2)"),
        ("so(3,3)", "sl(4,R)"),
        ("so*(6)", "su(3,1)"),
        ("so(6,C)_R", "sl(4,C)_R"),
        ("so*(8)", "so(6,2)"),
        ("so(8)", "so(8)"),
        ("sp(6,R)", "sp(6,R)"),
        ("usp(6)", "sp(3)"),
        ("su*(6)", "su*(6)"),
        ("so(1,9)", "so(9,1)"),
        ("EIV", "E6(-26)"),
        ("E6(−26)", "E6(-26)"),
        ("F4(+4)", "F4(4)"),
        ("G2(C)", "G2(C)_R"),
        ("compact(F4+A1)", "F4(-52)+su(2)"),
        ("split(E8)", "E8(8)"),
        ("A3(-5)", "su*(4)"),
        ("sl(2,R)+su(2)", "su(2)+sl(2,R)"),
        ("su(2) + so(3,1)", "sl(2,C)_R+su(2)"),
        ("sl(2,R)+so(2,1)+G2(2)+E8(-24)", "E8(-24)+G2(2)+sl(2,R)+sl(2,R)"),
        ("0", "0"),
    ] {
        assert_eq!(names(written), canonical, "{written}");
    }
}

#[test]
fn what_is_no_simple_algebra_is_refused() {
    for wrong in [
        "so(2)",
        "so(1,1)",
        "so(1)",
        "su(1)",
        "so*(2)",
        "sl(1,R)",
        "sl(1,C)",
        "so(2,C)",
        "sp(0)",
        "sp(3,R)",
        "su*(3)",
        "so*(5)",
        "E6(3)",
        "E6",
        "E9(1)",
        "su()",
        "su(a)",
        "su(2",
        "su 2",
        "",
        "+",
        "su(2)+",
        "su(99999999)",
        "so(3,R,1)",
        "sl(3)",
        "gl(3,R)",
        "E6(-26)_R",
        "su(3)_R",
        "sl(3,R)_R",
        "(3)",
        "su(-1)",
        "su(2,-1)",
        "A13(-15)",
        "é(3)",
    ] {
        assert!(parse_sum(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn aliases_are_the_other_usual_names() {
    for (name, expected) in [
        ("su(2)", "so(3) sp(1) su*(2)"),
        ("sl(2,R)", "so(2,1) sp(2,R) su(1,1)"),
        ("sl(2,C)_R", "so(3,1) so(3,C)_R sp(2,C)_R"),
        ("su(4)", "so(6)"),
        ("su(2,2)", "so(4,2)"),
        ("su(3,1)", "so*(6)"),
        ("su*(4)", "so(5,1)"),
        ("sl(4,R)", "so(3,3)"),
        ("sl(4,C)_R", "so(6,C)_R"),
        ("so(5)", "sp(2)"),
        ("so(4,1)", "sp(1,1)"),
        ("so(3,2)", "sp(4,R)"),
        ("so(5,C)_R", "sp(4,C)_R"),
        ("so(6,2)", "so*(8)"),
        ("so(8)", ""),
        ("E8(8)", ""),
        ("su(3)", ""),
    ] {
        assert_eq!(one(name).aliases().join(" "), expected, "{name}");
    }
    assert_eq!(aliases_of_sum(&parse_sum("so(4)").unwrap()), ["so(4)"]);
    assert_eq!(aliases_of_sum(&parse_sum("sl(2,R)+su(2)").unwrap()), ["so*(4)"]);
    assert_eq!(aliases_of_sum(&parse_sum("so(2,2)").unwrap()), ["so(2,2)"]);
    assert_eq!(aliases_of_sum(&parse_sum("so(4,C)").unwrap()), ["so(4,C)_R"]);
    assert_eq!(aliases_of_sum(&parse_sum("su(2)+su(3)").unwrap()), [""; 0]);
}

#[test]
fn every_form_is_consistent_and_its_name_reads_back() {
    for t in types(20) {
        let mut forms = real_forms(t);
        assert_eq!(forms[0], RealForm::compact(t), "{t}");
        assert!(forms.contains(&RealForm::split(t)), "{t}");
        forms.push(RealForm::complex(t));
        for form in forms {
            assert_eq!(form.simple_type(), t, "{form}");
            assert_eq!(parse_sum(&form.to_string()), Ok(vec![form]));
            assert_eq!(form.name().simple_forms(), Ok(vec![form]));
            let [positive, negative, zero] = form.killing_signature();
            assert_eq!((positive + negative, zero), (form.dim(), 0));
            assert_eq!(positive as i64 - negative as i64, form.killing_index());
            assert!(positive >= form.real_rank() && form.real_rank() <= form.rank(), "{form}");
            assert_eq!(form.is_compact(), positive == 0, "{form}");
            for alias in form.aliases() {
                assert_eq!(parse_sum(&alias), Ok(vec![form]));
            }
        }
        // Split: σ is the rank, and only then.
        for form in real_forms(t) {
            assert_eq!(form.is_split(), form.killing_index() == t.rank() as i64, "{form}");
        }
        assert_eq!(RealForm::compact(t).killing_index(), -(t.dim() as i64));
        assert_eq!(RealForm::split(t).real_rank(), t.rank());
    }
}

/// `dim k` of the maximal compact subalgebra, from its name in Helgason's table V; independent of the σ formulas.
fn compact_dim(form: RealForm) -> usize {
    use RealName::*;
    let so = |n: usize| n * n.saturating_sub(1) / 2;
    let sp = |n: usize| n * (2 * n + 1);
    match form.name() {
        Su(p, 0) => p * p - 1,
        Su(p, q) => p * p + q * q - 1,
        SlR(n) => so(n),
        SuStar(m) => sp(m),
        So(p, q) => so(p) + so(q),
        SoStar(m) => m * m,
        SpR(n) => n * n,
        Sp(p, q) => sp(p) + sp(q),
        ExceptionalC(t) => t.dim(),
        SlC(_) | SoC(_) | SpC(_) => form.simple_type().dim(),
        Exceptional(t, index) => match (t.letter(), t.rank(), index) {
            (Letter::G, _, 2) => 6,            // su(2) + su(2)
            (Letter::F, _, 4) => sp(3) + 3,    // sp(3) + su(2)
            (Letter::F, _, -20) => so(9),      // so(9)
            (Letter::E, 6, 6) => sp(4),        // sp(4)
            (Letter::E, 6, 2) => 35 + 3,       // su(6) + su(2)
            (Letter::E, 6, -14) => so(10) + 1, // so(10) + so(2)
            (Letter::E, 6, -26) => 52,         // F4
            (Letter::E, 7, 7) => 63,           // su(8)
            (Letter::E, 7, -5) => so(12) + 3,  // so(12) + su(2)
            (Letter::E, 7, -25) => 78 + 1,     // E6 + so(2)
            (Letter::E, 8, 8) => so(16),       // so(16)
            (Letter::E, 8, -24) => 133 + 3,    // E7 + su(2)
            _ => t.dim(),
        },
    }
}

#[test]
fn signatures_agree_with_the_maximal_compact_subalgebras() {
    for t in types(16) {
        for form in real_forms(t).into_iter().chain([RealForm::complex(t)]) {
            assert_eq!(form.killing_signature()[1], compact_dim(form), "{form}");
        }
    }
}

#[test]
fn the_killing_index_names_the_form_with_the_known_exceptions() {
    let mut clashes = Vec::new();
    for t in types(35) {
        for form in real_forms(t) {
            let same = RealForm::candidates(t, form.killing_index());
            assert!(same.contains(&form));
            if same.len() > 1 && same[0] == form {
                // The real rank decides.
                assert_eq!(same.len(), 2);
                assert_ne!(same[0].real_rank(), same[1].real_rank());
                let mut pair: Vec<String> = same.iter().map(RealForm::to_string).collect();
                pair.sort();
                clashes.push(format!("{t}: {} σ={}", pair.join(" "), form.killing_index()));
            }
        }
    }
    assert_eq!(
        clashes,
        [
            "A13: su(9,5) su*(14) σ=-15",
            "A33: su(20,14) su*(34) σ=-35",
            "D9: so(12,6) so*(18) σ=-9",
            "D16: so(20,12) so*(32) σ=-16",
            "D25: so(30,20) so*(50) σ=-25",
        ]
    );
}

#[test]
fn the_number_of_real_forms_is_the_classical_one() {
    let count = |t: &str| real_forms(t.parse().unwrap()).len();
    assert_eq!(["A1", "A2", "A3", "A4", "A5"].map(count), [2, 3, 5, 4, 6]);
    assert_eq!(["B2", "B3", "C3", "C4", "D4", "D5"].map(count), [3, 4, 3, 4, 5, 7]);
    assert_eq!(["G2", "F4", "E6", "E7", "E8"].map(count), [2, 3, 5, 4, 3]);
}
