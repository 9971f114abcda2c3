use std::time::Instant;
use symmetra::forms::*;
use symmetra::lie::*;
use symmetra::limits::Limits;

fn show(name: &str, forms: &[Form]) {
    let t = Instant::now();
    let g = stabilizer(forms, Ansatz::for_forms(forms), &Limits::none()).unwrap();
    let built = t.elapsed();
    let t = Instant::now();
    let id = identify(&g, &Limits::none()).unwrap();
    println!(
        "{name}: dim {} {:?} {:?} {:?} built {built:?} identified {:?}",
        id.dim,
        id.cartan_type(),
        id.real_form(),
        id.killing_signature,
        t.elapsed()
    );
}

#[test]
fn exceptional() {
    show("e7", &[freudenthal_quartic(false).unwrap()]);
    show("g2", &[octonion_form(false).unwrap()]);
    show("g2s", &[octonion_form(true).unwrap()]);
    show("f4", &[albert_cubic_trace_free(false).unwrap()]);
    show("f4s", &[albert_cubic_trace_free(true).unwrap()]);
    show("f4t", &[albert_cubic_twisted().unwrap()]);
    show("e6", &[albert_cubic(false).unwrap()]);
    show("e6s", &[albert_cubic(true).unwrap()]);
    for t in [Twist::None, Twist::Corner, Twist::Quaternion] {
        show("e6h", &[albert_cubic(false).unwrap(), albert_hermitian(t).unwrap()]);
    }
}
