//! What is particular to algebras with a Levi factor: simple ideals, roots, Dynkin diagram, real form.

use super::{Step, count, list};
use crate::diag::Diagnostic;
use crate::lie::semisimple::{RationalIdeal, RealIdeal, Semisimple};
use crate::lie::{Identification, Signature};
use crate::limits::Limits;
use crate::num::{Quadratic, Rational};
use crate::roots::{RealForm, RootSystem, SimpleType, Style, draw, real_forms};

/// Real forms of one type are listed up to this many around the one that was found.
const SHOWN_FORMS: usize = 8;
/// The highest root is written up to this rank.
const SHOWN_RANK: usize = 8;

pub(super) fn steps(found: &Identification, levi: &Semisimple, limits: &Limits) -> Result<Vec<Step>, Diagnostic> {
    let name = if found.is_semisimple() { "g" } else { "the Levi factor" };
    let mut out = vec![cartan_subalgebra(found, levi, name), ideals(levi, name)];
    let mut types: Vec<SimpleType> = levi.ideals.iter().map(|ideal| ideal.factor).collect();
    types.sort();
    types.dedup();
    types.reverse();
    for t in types {
        out.push(diagram(t, levi, limits)?);
    }
    let mut told: Vec<RealForm> = Vec::new();
    for ideal in &found.ideals {
        if !told.contains(&ideal.form) {
            told.push(ideal.form);
            let times = found.ideals.iter().filter(|other| other.form == ideal.form).count();
            let step = real_form(ideal);
            out.push(if times == 1 { step } else { step.say(format!("This real ideal occurs {times} times.")) });
        }
    }
    Ok(out)
}

fn cartan_subalgebra(found: &Identification, levi: &Semisimple, name: &str) -> Step {
    let (n, r) = (found.levi_dim(), levi.rank);
    let step = Step::new("Cartan subalgebra and roots");
    let step = if found.is_semisimple() {
        step
    } else {
        step.say(format!(
            "From here on the story is about the Levi factor, of dimension {n}. (A Cartan subalgebra of all of g has \
             dimension {}.)",
            found.rank
        ))
    };
    step.say(format!(
        "A generic element commutes with as few others as possible. In {name} they form an abelian subalgebra H of dimension \
         {r}, a Cartan subalgebra: the rank is {r}."
    ))
    .say(format!(
        "Over the complex numbers the maps ad h, h in H, can be diagonalized together. The simultaneous eigenvalues besides \
         0 are linear forms on H, the roots. Each has an eigenspace of dimension 1, so there are {n} - {r} = {} roots, in \
         pairs α and -α. They are never computed as numbers here, since the eigenvalues of a generic ad h are rarely rational.",
        n - r
    ))
}

fn ideals(levi: &Semisimple, name: &str) -> Step {
    let step = Step::new("Simple ideals").say(format!(
        "The linear maps of {name} that commute with all ad x form its centroid. A simple algebra over C has only the \
         multiples of 1, so the centroid counts the simple parts: here it has dimension {}.",
        levi.ideals.iter().map(|ideal| ideal.field.degree().unwrap_or(1)).sum::<usize>()
    ));
    let step = match levi.ideals.len() {
        1 => step.say("Over Q there is one simple ideal: all of it."),
        k => step.say(format!(
            "Over Q it splits into {k} simple ideals, of the dimensions {}.",
            list(&levi.ideals.iter().map(|ideal| ideal.dim().to_string()).collect::<Vec<_>>())
        )),
    };
    levi.ideals.iter().filter(|ideal| ideal.field.degree() > Some(1)).fold(step, |step, ideal| step.say(field(ideal)))
}

/// An ideal that is simple over Q and falls apart over C: it comes from a number field.
fn field(ideal: &RationalIdeal) -> String {
    let degree = ideal.field.degree().unwrap_or(1);
    // A quadratic field is known by the discriminant of its polynomial.
    let quadratic = match ideal.field.coefficients() {
        [c, b, _] => Quadratic::root(&(&(b * b) - &(&Rational::from(4) * c))).map(|(_, d)| format!(" = Q(√{d})")),
        _ => None,
    };
    let complex = ideal.real.iter().filter(|real| real.form.is_complex()).count();
    let real = ideal.real.len() - complex;
    let mut places = Vec::new();
    if real > 0 {
        places.push(format!("{}, where it becomes a real form of {}", count(real, "real place"), ideal.factor));
    }
    if complex > 0 {
        places.push(format!(
            "{}, where it becomes the complex algebra of type {} seen as real",
            count(complex, "complex place"),
            ideal.factor
        ));
    }
    format!(
        "The ideal of dimension {} is simple over Q although its centroid is larger: the number field Q[t]/({}){} of \
         degree {degree}. It is an algebra of type {} over that field, counted over Q. The field has {}.",
        ideal.dim(),
        ideal.field,
        quadratic.unwrap_or_default(),
        ideal.factor,
        list(&places)
    )
}

/// The other simple types of this dimension and rank.
fn rivals(t: SimpleType) -> Vec<SimpleType> {
    SimpleType::from_dim_rank(t.dim(), t.rank()).into_iter().filter(|other| *other != t).collect()
}

fn lengths(t: SimpleType) -> String {
    let (long, all) = (t.long_root_count(), t.root_count());
    if long == all {
        format!("{all} roots of one length")
    } else {
        format!("{long} long and {} short roots", all - long)
    }
}

fn diagram(t: SimpleType, levi: &Semisimple, limits: &Limits) -> Result<Step, Diagnostic> {
    let several = levi.ideals.len() > 1 || levi.ideals.iter().any(|ideal| ideal.field.degree() > Some(1));
    let part = if several { "A simple part" } else { "The algebra" };
    let step = Step::new(format!("The type {t} and its Dynkin diagram")).say(format!(
        "{part} has dimension {} and rank {} over C, hence {} roots.",
        t.dim(),
        t.rank(),
        t.root_count()
    ));
    let rivals = rivals(t);
    let step = if rivals.is_empty() {
        step.say(format!("Only one simple type has this dimension and this rank: {t}."))
    } else {
        let names: Vec<String> = rivals.iter().map(SimpleType::to_string).collect();
        let theirs: Vec<String> = rivals.iter().map(|other| format!("{other} has {}", lengths(*other))).collect();
        step.say(format!(
            "Dimension and rank alone do not decide: {} would fit as well. The lengths of the roots do. {t} has {}, while \
             {}. Counting the roots of the length of the long ones gave {}.",
            list(&names),
            lengths(t),
            list(&theirs),
            t.long_root_count()
        ))
    };
    let h = Rational::from(t.dual_coxeter_number() as i64);
    let long = h.recip().unwrap_or(Rational::ONE);
    let short = &long / &Rational::from(t.lacing());
    let step = if t.lacing() == 1 {
        step.say(format!(
            "All roots have the same length. In the form that K induces on them the square of the length is 1/h = {long}, \
             where h = {h} is the dual Coxeter number of {t}."
        ))
    } else {
        step.say(format!(
            "There are {}. In the form that K induces on them a long root has squared length 1/h = {long}, where h = {h} is \
             the dual Coxeter number, and a short one {short}: the ratio is {}.",
            lengths(t),
            t.lacing()
        ))
    };
    if t.rank() == 1 {
        return Ok(step
            .say("The two roots are α and -α. The Dynkin diagram, which has a node for each simple root, is a single node:")
            .show(draw(t, Style::Unicode, true)));
    }
    let step = step
        .say(format!(
            "Every root is a sum of multiples of {} simple roots with whole coefficients of one sign. The Dynkin diagram draws \
             a node for each simple root and joins those that are not orthogonal (one line for 120°{}), in Bourbaki's \
             numbering:",
            t.rank(),
            match t.lacing() {
                3 => ", three for 150°, the arrow towards the shorter root",
                2 => ", two for 135°, the arrow towards the shorter root",
                _ => "",
            }
        ))
        .show(draw(t, Style::Unicode, true));
    if t.rank() > SHOWN_RANK {
        return Ok(step);
    }
    let system = RootSystem::new(t, limits)?;
    let terms = system.highest().iter().enumerate();
    let highest: Vec<String> =
        terms.map(|(i, c)| if *c == 1 { format!("α{}", i + 1) } else { format!("{c} α{}", i + 1) }).collect();
    Ok(step.say(format!("The highest root is {}.", highest.join(" + "))))
}

fn signature(s: &Signature) -> String {
    format!("({}, {}, {})", s.positive, s.negative, s.zero)
}

fn real_form(ideal: &RealIdeal) -> Step {
    let form = ideal.form;
    let t = form.simple_type();
    let s = &ideal.signature;
    let step = Step::new(format!("The real form {form}"));
    if form.is_complex() {
        return step
            .say(format!(
                "This ideal is not a real form of one complex algebra: it is the complex algebra of type {t} itself, its \
                 {} complex dimensions counted as {} real ones. Over C it becomes {t}+{t}.",
                t.dim(),
                form.dim()
            ))
            .say(format!(
                "Its Killing form is twice the real part of the complex one and takes as many positive as negative values: \
                 its signature is {}. Multiplication by i exchanges the two halves.",
                signature(s)
            ))
            .say(format!("Its name is {form}; its real rank is {}, the complex rank.", form.real_rank()));
    }
    let forms = real_forms(t);
    let step = step.say(format!(
        "Several real algebras become {t} over C. The Killing form tells them apart. On this ideal it has signature {}: \
         {} and {}.",
        signature(s),
        count(s.positive, "positive square"),
        count(s.negative, "negative square")
    ));
    let step = if form.is_compact() {
        step.say(
            "It is negative definite: the ideal is the compact form, the Lie algebra of a compact group. (Then exp(ad x) \
             preserves a definite form, so all ad x have imaginary eigenvalues.)",
        )
    } else {
        step.say(format!(
            "So in a Cartan decomposition k + p the maximal compact subalgebra k has dimension {} and p has dimension {}. The \
             largest abelian subalgebra in p has dimension {}, the real rank{}.",
            s.negative,
            s.positive,
            form.real_rank(),
            if form.is_split() {
                ": it equals the rank, so the form is split, with all roots real"
            } else {
                ""
            }
        ))
    };
    let at = forms.iter().position(|other| *other == form).unwrap_or(0);
    let start = at.saturating_sub(SHOWN_FORMS / 2).min(forms.len().saturating_sub(SHOWN_FORMS));
    let end = (start + SHOWN_FORMS).min(forms.len());
    let width = forms[start..end].iter().map(|other| other.to_string().chars().count()).max().unwrap_or(0);
    let mut lines: Vec<String> = forms[start..end]
        .iter()
        .map(|other| {
            let [p, q, _] = other.killing_signature();
            let mark = if *other == form { "   <- here" } else { "" };
            format!("{:<width$}   ({p}, {q}){mark}", other.to_string())
        })
        .collect();
    if end - start < forms.len() {
        lines.push(format!("… {} in all", forms.len()));
    }
    let step = step.say(format!("The real forms of {t} with their squares, the most compact first:")).show(lines);
    let same = forms.iter().filter(|other| other.killing_index() == form.killing_index()).count();
    if same > 1 {
        step.say("Two forms share this signature; the real rank tells them apart.")
    } else {
        step.say(format!("Only one has this signature: {form}."))
    }
}
