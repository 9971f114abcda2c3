//! An independent checker of certificates. It reads what the program prints (a table of structure constants and an
//! identification) and verifies the claims by the definitions, with its own naive arithmetic: it shares no code and no
//! shortcut with the engine. Wrong certificates must be refused.

use assert_cmd::Command;
use num_bigint::BigInt;
use num_rational::BigRational as Q;
use num_traits::{One, Signed, ToPrimitive, Zero};
use serde_json::Value;

type Table<T> = Vec<Vec<Vec<T>>>;
type Rows = Vec<Vec<u64>>;
type Check = Result<(), String>;

fn claim(good: bool, what: &str) -> Check {
    if good { Ok(()) } else { Err(what.to_string()) }
}

fn rational(v: &Value) -> Q {
    v.as_str().unwrap().parse().unwrap()
}
fn size(v: &Value) -> usize {
    v.as_u64().unwrap() as usize
}
fn numbers(v: &Value) -> Vec<u64> {
    v.as_array().unwrap().iter().map(|x| x.as_u64().unwrap()).collect()
}
fn vectors(v: &Value) -> Vec<Vec<Q>> {
    v.as_array().unwrap().iter().map(|row| row.as_array().unwrap().iter().map(rational).collect()).collect()
}

/// The full table `c[i][j][k]` over Q.
fn table(json: &Value) -> Table<Q> {
    let n = size(&json["dim"]);
    let mut c = vec![vec![vec![Q::zero(); n]; n]; n];
    for entry in json["structure_constants"].as_array().unwrap() {
        let (i, j, k, v) = (size(&entry[0]), size(&entry[1]), size(&entry[2]), rational(&entry[3]));
        c[j][i][k] = -v.clone();
        c[i][j][k] = v;
    }
    c
}

fn power(mut a: u64, mut e: u64, p: u64) -> u64 {
    let mut r = 1;
    while e > 0 {
        if e & 1 == 1 {
            r = mul(r, a, p);
        }
        a = mul(a, a, p);
        e >>= 1;
    }
    r
}
fn mul(a: u64, b: u64, p: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(p)) as u64
}
fn residue(q: &Q, p: u64) -> u64 {
    let m = BigInt::from(p);
    let word = |x: &BigInt| (((x % &m) + &m) % &m).to_u64().unwrap();
    mul(word(q.numer()), power(word(q.denom()), p - 2, p), p)
}
fn combination(weights: &[u64], rows: &Rows, p: u64) -> Vec<u64> {
    let mut out = vec![0; rows.first().map_or(0, Vec::len)];
    for (w, row) in weights.iter().zip(rows).filter(|(w, _)| **w != 0) {
        out.iter_mut().zip(row).for_each(|(o, x)| *o = (*o + mul(*w, *x, p)) % p);
    }
    out
}
fn product(a: &Rows, b: &Rows, p: u64) -> Rows {
    a.iter().map(|row| combination(row, b, p)).collect()
}
/// Reduced echelon form without zero rows; pivots.
fn echelon(mut rows: Rows, p: u64) -> (Rows, Vec<usize>) {
    let mut pivots = Vec::new();
    for c in 0..rows.first().map_or(0, Vec::len) {
        let k = pivots.len();
        let Some(found) = (k..rows.len()).find(|&i| rows[i][c] != 0) else { continue };
        rows.swap(k, found);
        let inverse = power(rows[k][c], p - 2, p);
        rows[k].iter_mut().for_each(|x| *x = mul(*x, inverse, p));
        let pivot = rows[k].clone();
        for (i, row) in rows.iter_mut().enumerate() {
            let factor = row[c];
            if i != k && factor != 0 {
                row.iter_mut().zip(&pivot).for_each(|(x, y)| *x = (*x + p - mul(factor, *y, p)) % p);
            }
        }
        pivots.push(c);
    }
    rows.truncate(pivots.len());
    (rows, pivots)
}
fn rank(rows: &Rows, p: u64) -> usize {
    echelon(rows.clone(), p).1.len()
}
/// A basis of `{v : v M = 0}`, in reduced echelon form.
fn left_kernel(m: &Rows, p: u64) -> Rows {
    let n = m.len();
    let extended = (0..n).map(|i| [m[i].clone(), (0..n).map(|j| u64::from(i == j)).collect()].concat()).collect();
    let cols = m.first().map_or(0, Vec::len);
    let (rows, pivots) = echelon(extended, p);
    let kernel = rows.iter().zip(&pivots).filter(|(_, c)| **c >= cols).map(|(r, _)| r[cols..].to_vec()).collect();
    echelon(kernel, p).0
}
/// The rows `[x, e_j]`.
fn ad(c: &Table<u64>, x: &[u64], p: u64) -> Rows {
    (0..x.len()).map(|j| combination(x, &c.iter().map(|plane| plane[j].clone()).collect(), p)).collect()
}
/// `f(M)`, lowest coefficient first.
fn at_matrix(f: &[u64], m: &Rows, p: u64) -> Rows {
    let n = m.len();
    f.iter().rev().fold(vec![vec![0; n]; n], |value, &c| {
        let mut value = product(&value, m, p);
        (0..n).for_each(|i| value[i][i] = (value[i][i] + c) % p);
        value
    })
}
fn times(a: &[u64], b: &[u64], p: u64) -> Vec<u64> {
    let mut out = vec![0; a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        b.iter().enumerate().for_each(|(j, y)| out[i + j] = (out[i + j] + mul(*x, *y, p)) % p);
    }
    out
}
/// Signature of a symmetric matrix over Q by Lagrange's method.
fn signature(mut a: Vec<Vec<Q>>) -> [usize; 3] {
    let mut out = [0; 3];
    while let Some(n) = Some(a.len()).filter(|n| *n > 0) {
        let Some(i) = (0..n).find(|&i| !a[i][i].is_zero()) else {
            let pair = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).find(|&(i, j)| !a[i][j].is_zero());
            let Some((i, j)) = pair else {
                out[2] += n;
                break;
            };
            let other = a[j].clone();
            for (x, y) in a[i].iter_mut().zip(&other) {
                *x = &*x + y;
            }
            for row in &mut a {
                row[i] = &row[i] + &row[j];
            }
            continue;
        };
        out[usize::from(a[i][i].is_negative())] += 1;
        let rest: Vec<usize> = (0..n).filter(|&k| k != i).collect();
        a = rest.iter().map(|&k| rest.iter().map(|&l| &a[k][l] - &a[k][i] * &a[i][l] / &a[i][i]).collect()).collect();
    }
    out
}
fn dot(a: &[Q], b: &[Q]) -> Q {
    a.iter().zip(b).filter(|(x, y)| !x.is_zero() && !y.is_zero()).map(|(x, y)| x * y).sum()
}

/// (dim, rank, long roots, dual Coxeter number) of a simple type: Bourbaki, Lie VI, plates I–IX.
fn facts(name: &str) -> [usize; 4] {
    let n: usize = name[1..].parse().unwrap();
    match &name[..1] {
        "A" => [n * (n + 2), n, n * (n + 1), n + 1],
        "B" => [n * (2 * n + 1), n, 2 * n * (n - 1), 2 * n - 1],
        "C" => [n * (2 * n + 1), n, 2 * n, n + 1],
        "D" => [n * (2 * n - 1), n, 2 * n * (n - 1), 2 * n - 2],
        "G" => [14, 2, 6, 4],
        "F" => [52, 4, 24, 9],
        _ => [[78, 6, 72, 12], [133, 7, 126, 18], [248, 8, 240, 30]][n - 6],
    }
}

/// All claims of an identification about a table.
fn check(constants: &Value, found: &Value) -> Check {
    let c = table(constants);
    let n = c.len();
    let q: u64 = (1 << 61) - 1;
    let image = |p: u64| -> Table<u64> {
        c.iter().map(|m| m.iter().map(|r| r.iter().map(|x| residue(x, p)).collect()).collect()).collect()
    };
    let modular = image(q);
    let witness = &found["certificate"]["witness"];
    claim(size(&found["dim"]) == n, "dimension")?;
    // Jacobi on all triples, over Q.
    for i in 0..n {
        for j in 0..i {
            for k in 0..j {
                let mut sum = vec![Q::zero(); n];
                for (a, b, d) in [(i, j, k), (j, k, i), (k, i, j)] {
                    for l in (0..n).filter(|&l| !c[a][b][l].is_zero()) {
                        for m in (0..n).filter(|&m| !c[l][d][m].is_zero()) {
                            sum[m] += &c[a][b][l] * &c[l][d][m];
                        }
                    }
                }
                claim(sum.iter().all(Zero::is_zero), "Jacobi identity")?;
            }
        }
    }
    // The Killing form by its definition, and its signature.
    let transposed: Table<Q> =
        (0..n).map(|j| (0..n).map(|b| (0..n).map(|a| c[j][a][b].clone()).collect()).collect()).collect();
    let killing: Vec<Vec<Q>> =
        (0..n).map(|i| (0..n).map(|j| (0..n).map(|a| dot(&c[i][a], &transposed[j][a])).sum()).collect()).collect();
    let expected: Vec<usize> = numbers(&found["killing_signature"]).iter().map(|&x| x as usize).collect();
    claim(signature(killing.clone()).to_vec() == expected, "signature of the Killing form")?;
    // The radical: orthogonal to all brackets, of the largest dimension.
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).collect();
    let radical = if witness["radical"].is_null() { Vec::new() } else { vectors(&witness["radical"]) };
    claim(radical.len() == size(&found["radical_dim"]), "dimension of the radical")?;
    for r in &radical {
        let covector: Vec<Q> = killing.iter().map(|row| dot(row, r)).collect();
        claim(pairs.iter().all(|&(i, j)| dot(&covector, &c[i][j]).is_zero()), "radical orthogonal to brackets")?;
    }
    let to_mod =
        |rows: &[Vec<Q>], p: u64| -> Rows { rows.iter().map(|r| r.iter().map(|x| residue(x, p)).collect()).collect() };
    let brackets: Rows = pairs.iter().map(|&(i, j)| modular[i][j].clone()).collect();
    let conditions = product(&echelon(brackets, q).0, &to_mod(&killing, q), q);
    claim(rank(&to_mod(&radical, q), q) == radical.len(), "independent basis of the radical")?;
    claim(n - rank(&conditions, q) == radical.len(), "the radical is not larger")?;
    nilradical(&modular, found, witness, &to_mod(&radical, q), &to_mod, q)?;
    levi(&image, found, witness, &radical, &to_mod)?;
    if radical.is_empty() {
        real_ideals(&c, &killing, witness)?;
    }
    Ok(())
}

/// An ideal, nilpotent, and not smaller than `{x in the radical: tr(ad x (ad a)^k) = 0}` for an element `a` of it.
fn nilradical(
    c: &Table<u64>,
    found: &Value,
    witness: &Value,
    radical: &Rows,
    to_mod: &dyn Fn(&[Vec<Q>], u64) -> Rows,
    q: u64,
) -> Check {
    let n = c.len();
    let space = if witness["nilradical"].is_null() { Vec::new() } else { to_mod(&vectors(&witness["nilradical"]), q) };
    claim(rank(&space, q) == size(&found["nilradical_dim"]), "dimension of the nilradical")?;
    let mut step = space.clone();
    for round in 0..=n {
        let next: Rows = space.iter().flat_map(|x| product(&step, &ad(c, x, q), q)).collect();
        let next = echelon(next, q).0;
        claim(rank(&[step.clone(), next.clone()].concat(), q) == rank(&step, q), "nilradical closed")?;
        step = next;
        claim(step.is_empty() || round < n, "nilradical nilpotent")?;
    }
    let all: Rows = (0..n).flat_map(|i| product(&space, &c[i].clone(), q)).collect();
    claim(rank(&[space.clone(), all].concat(), q) == space.len(), "nilradical an ideal")?;
    let weights: Vec<u64> = (0..radical.len() as u64).map(|k| 7 * k * k + 3 * k + 1).collect();
    if radical.is_empty() {
        return Ok(());
    }
    let a = ad(c, &combination(&weights, radical, q), q);
    let adjoint: Vec<Rows> = radical.iter().map(|x| ad(c, x, q)).collect();
    let mut power: Rows = (0..n).map(|i| (0..n).map(|j| u64::from(i == j)).collect()).collect();
    let mut traces: Rows = vec![Vec::new(); radical.len()];
    for _ in 0..=n {
        for (row, x) in traces.iter_mut().zip(&adjoint) {
            let xa = product(x, &power, q);
            row.push((0..n).fold(0, |s, i| (s + xa[i][i]) % q));
        }
        power = product(&power, &a, q);
    }
    claim(radical.len() - rank(&traces, q) == space.len(), "the nilradical is not larger")
}

/// Rank, ideals and types of the quotient by the radical, modulo the prime of the witness.
fn levi(
    image: &dyn Fn(u64) -> Table<u64>,
    found: &Value,
    witness: &Value,
    radical: &[Vec<Q>],
    to_mod: &dyn Fn(&[Vec<Q>], u64) -> Rows,
) -> Check {
    let columns: Vec<usize> = numbers(&witness["levi_columns"]).iter().map(|&x| x as usize).collect();
    let ideals = witness["ideals"].as_array().unwrap();
    let dims: usize = ideals.iter().map(|i| size(&i["dim"])).sum();
    claim(dims == columns.len() && dims == size(&found["levi_dim"]), "dimensions of the ideals")?;
    let mut types: Vec<String> = Vec::new();
    for ideal in ideals {
        types.extend(vec![ideal["type"].as_str().unwrap().to_string(); size(&ideal["degree"])]);
    }
    let mut listed: Vec<&str> = found["levi_type"].as_str().unwrap().split('+').filter(|t| *t != "0").collect();
    listed.sort_unstable();
    types.sort_unstable();
    claim(listed == types, "types listed")?;
    if columns.is_empty() {
        return Ok(());
    }
    let regular = &witness["regular"];
    let p = regular["prime"].as_u64().unwrap();
    let (full, radical) = (image(p), echelon(to_mod(radical, p), p));
    let reduce = |v: &[u64]| -> Vec<u64> {
        let mut v = v.to_vec();
        for (row, &c) in radical.0.iter().zip(&radical.1) {
            let factor = v[c];
            v.iter_mut().zip(row).for_each(|(x, y)| *x = (*x + p - mul(factor, *y, p)) % p);
        }
        columns.iter().map(|&c| v[c]).collect()
    };
    let c: Table<u64> = columns.iter().map(|&i| columns.iter().map(|&j| reduce(&full[i][j])).collect()).collect();
    let n = columns.len();
    let signed = |v: &Value| -> Vec<u64> {
        v.as_array().unwrap().iter().map(|x| x.as_i64().unwrap().rem_euclid(p as i64) as u64).collect()
    };
    let (x, w, f) = (signed(&regular["x"]), signed(&regular["w"]), numbers(&regular["root_polynomial"]));
    let (a, m) = (ad(&c, &x, p), f.len() - 1);
    // V, the image of ad x, is cyclic with the polynomial f, which is squarefree: the roots are distinct.
    let mut chain = vec![combination(&w, &a, p)];
    for k in 1..m {
        chain.push(combination(&chain[k - 1], &a, p));
    }
    claim(rank(&chain, p) == m && rank(&a, p) == m, "the image of ad x is cyclic")?;
    let annihilated = product(&chain, &at_matrix(&f, &a, p), p);
    claim(f[0] != 0 && annihilated.iter().flatten().all(|v| *v == 0), "polynomial of the roots")?;
    let derivative: Vec<u64> = (1..=m).map(|k| mul(f[k], k as u64, p)).collect();
    claim(rank(&product(&chain, &at_matrix(&derivative, &a, p), p), p) == m, "distinct roots")?;
    // H = ker ad x is abelian and the Killing form is not degenerate on it.
    let cartan = left_kernel(&a, p);
    let on: Vec<Rows> = cartan.iter().map(|h| ad(&c, h, p)).collect();
    claim(cartan.len() + m == n, "dimension of the Cartan subalgebra")?;
    claim(on.iter().all(|h| product(&cartan, h, p).iter().flatten().all(|v| *v == 0)), "abelian Cartan subalgebra")?;
    let trace = |s: &Rows, t: &Rows| (0..n).fold(0, |sum, i| (sum + combination(&s[i], t, p)[i]) % p);
    let gram: Rows = on.iter().map(|s| on.iter().map(|t| trace(s, t)).collect()).collect();
    let r = cartan.len();
    claim(rank(&gram, p) == r, "Killing form on the Cartan subalgebra")?;
    let extended: Rows =
        (0..r).map(|i| [gram[i].clone(), (0..r).map(|j| u64::from(i == j)).collect()].concat()).collect();
    let inverse: Rows = echelon(extended, p).0.iter().map(|row| row[r..].to_vec()).collect();
    // The operator with the eigenvalue (α, α) on the root space of α.
    let mut norm = vec![vec![0; n]; n];
    for i in 0..r {
        for j in 0..r {
            for (row, add) in norm.iter_mut().zip(product(&on[i], &on[j], p)) {
                row.iter_mut().zip(add).for_each(|(s, y)| *s = (*s + mul(inverse[i][j], y, p)) % p);
            }
        }
    }
    // Each ideal: its root spaces, orthogonal to the others, with the numbers that belong to the type.
    let (mut whole, mut ranks, mut spaces) = (vec![1], 0, Vec::<Rows>::new());
    for ideal in ideals {
        let (degree, part) = (size(&ideal["degree"]), numbers(&ideal["root_polynomial"]));
        let [dim, rank_of_type, long, h] = facts(ideal["type"].as_str().unwrap());
        claim(size(&ideal["dim"]) == degree * dim && size(&ideal["long_roots"]) == long, "facts of the type")?;
        claim(part.len() - 1 == degree * (dim - rank_of_type), "number of roots")?;
        let space = product(&left_kernel(&at_matrix(&part, &a, p), p), &a, p);
        let space = echelon(space, p).0;
        let brackets: Rows = space.iter().flat_map(|v| product(&space, &ad(&c, v, p), p)).collect();
        claim(rank(&[space.clone(), brackets].concat(), p) == degree * dim, "dimension of the ideal")?;
        for other in &spaces {
            let zero = space.iter().all(|v| product(other, &ad(&c, v, p), p).iter().flatten().all(|x| *x == 0));
            claim(zero, "ideals commute")?;
        }
        let shift = p - power(h as u64, p - 2, p);
        let shifted: Rows =
            (0..n).map(|i| (0..n).map(|j| (norm[i][j] + if i == j { shift } else { 0 }) % p).collect()).collect();
        let short = rank(&product(&space, &shifted, p), p);
        claim(space.len() - short == degree * long, "number of long roots")?;
        whole = times(&whole, &part, p);
        ranks += degree * rank_of_type;
        spaces.push(space);
    }
    claim(whole == f && ranks == r, "the ideals have all the roots")?;
    claim(!radical.0.is_empty() || size(&found["rank"]) == r, "rank")?;
    // Not more absolutely simple ideals than claimed: S [x, v] = [h, v] with [S u, v] = [u, S v].
    let mut equations: Rows = vec![Vec::new(); r];
    let mut seed = 1u64;
    let mut draw = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) % p
    };
    for _ in 0..4 {
        let (u, v): (Vec<u64>, Vec<u64>) = ((0..n).map(|_| draw()).collect(), (0..n).map(|_| draw()).collect());
        let (au, av) = (combination(&u, &a, p), combination(&v, &a, p));
        let (ad_au, ad_av) = (ad(&c, &au, p), ad(&c, &av, p));
        for (row, h) in equations.iter_mut().zip(&on) {
            let left = combination(&combination(&u, h, p), &ad_av, p);
            let right = combination(&combination(&v, h, p), &ad_au, p);
            row.extend(left.iter().zip(&right).map(|(s, t)| (s + t) % p));
        }
    }
    claim(r - rank(&equations, p) == types.len(), "number of absolutely simple ideals")
}

/// The signatures of the ideals over R, where the centroid is a sum of copies of Q or a real or imaginary quadratic field.
fn real_ideals(c: &Table<Q>, killing: &[Vec<Q>], witness: &Value) -> Check {
    let n = c.len();
    let ideals = witness["ideals"].as_array().unwrap();
    let mut total = [0; 3];
    let one_of = |v: &Value| -> Vec<usize> { numbers(v).iter().map(|&x| x as usize).collect() };
    for ideal in ideals {
        let real: Vec<Vec<usize>> = ideal["killing_signatures"].as_array().unwrap().iter().map(one_of).collect();
        for s in &real {
            (0..3).for_each(|k| total[k] += s[k]);
        }
        let field: Vec<Q> = ideal["field"].as_array().unwrap().iter().map(rational).collect();
        if let [c0, c1, _] = &field[..] {
            let discriminant = c1 * c1 - c0 * Q::from(BigInt::from(4));
            claim(real.len() == if discriminant.is_positive() { 2 } else { 1 }, "places of a quadratic field")?;
        }
    }
    claim(signature(killing.to_vec()).to_vec() == total, "signatures of the ideals add up")?;
    if witness["centroid"].is_null() {
        return claim(ideals.len() == 1 && size(&ideals[0]["degree"]) == 1, "one ideal");
    }
    // S commutes with all ad e_i, exactly.
    let s = vectors(&witness["centroid"]);
    let apply = |v: &[Q]| -> Vec<Q> { (0..n).map(|k| (0..n).map(|j| &v[j] * &s[j][k]).sum()).collect() };
    for ad in c {
        for j in 0..n {
            let right: Vec<Q> = (0..n).map(|k| (0..n).map(|l| &s[j][l] * &ad[l][k]).sum()).collect();
            claim(apply(&ad[j]) == right, "centroid")?;
        }
    }
    for ideal in ideals {
        let field: Vec<Q> = ideal["field"].as_array().unwrap().iter().map(rational).collect();
        // Images of the product of the other fields: the ideal; f(S) vanishes on it.
        let evaluate = |f: &[Q], v: &[Q]| {
            f.iter().rev().fold(vec![Q::zero(); n], |value, k| {
                apply(&value).iter().zip(v).map(|(a, b)| a + k * b).collect::<Vec<Q>>()
            })
        };
        let unit = |i: usize| (0..n).map(|j| if i == j { Q::one() } else { Q::zero() }).collect::<Vec<Q>>();
        let others = ideals.iter().filter(|o| *o != ideal);
        let others: Vec<Vec<Q>> =
            others.map(|o| o["field"].as_array().unwrap().iter().map(rational).collect()).collect();
        let image: Vec<Vec<Q>> = (0..n).map(|i| others.iter().fold(unit(i), |v, f| evaluate(f, &v))).collect();
        claim(image.iter().all(|v| evaluate(&field, v).iter().all(Zero::is_zero)), "polynomial of the centroid")?;
        let gram: Vec<Vec<Q>> = image
            .iter()
            .map(|u| {
                let covector: Vec<Q> = killing.iter().map(|row| dot(row, u)).collect();
                image.iter().map(|v| dot(&covector, v)).collect()
            })
            .collect();
        let [plus, minus, _] = signature(gram);
        let real = ideal["killing_signatures"].as_array().unwrap();
        let sum = |k: usize| real.iter().map(|s| size(&s[k])).sum::<usize>();
        claim([plus, minus] == [sum(0), sum(1)], "signature of an ideal")?;
    }
    Ok(())
}

/// The place √d > 0 of an algebra over Q(√d), from the identification of the algebra over Q with the basis x_1, √d x_1, …, which
/// [`check`] confirms: √d commutes with brackets, dimensions are halves, the signature is that of the Killing form there, and
/// each real ideal that is listed lies at a root of its field where √d is positive.
fn check_place(constants: &Value, whole: &Value, found: &Value) -> Check {
    let c = table(constants);
    let n = c.len();
    let place = &found["certificate"]["witness"]["place"];
    let d = Q::from(BigInt::from(place["radicand"].as_i64().unwrap()));
    let times_root =
        |v: &[Q]| -> Vec<Q> { (0..n).map(|i| if i % 2 == 0 { &v[i + 1] * &d } else { v[i - 1].clone() }).collect() };
    for i in (0..n).step_by(2) {
        for (twice, once) in c[i + 1].iter().zip(&c[i]) {
            claim(*twice == times_root(once), "√d commutes with brackets")?;
        }
    }
    for key in ["dim", "rank", "center_dim", "derived_dim", "radical_dim", "nilradical_dim", "levi_dim"] {
        claim(2 * size(&found[key]) == size(&whole[key]), key)?;
    }
    for key in ["derived_series", "lower_central_series"] {
        let double: Vec<u64> = numbers(&found[key]).iter().map(|x| 2 * x).collect();
        claim(double == numbers(&whole[key]), key)?;
    }
    // Tr K(x, y) and Tr √d K(x, y) are the sum and the difference of the forms at both places, up to positive factors.
    let trace = |x: &[Vec<Q>], y: &[Vec<Q>]| -> Q {
        (0..n).flat_map(|a| (0..n).map(move |b| (a, b))).map(|(a, b)| &x[a][b] * &y[b][a]).sum()
    };
    let killing: Vec<Vec<Q>> = (0..n).map(|i| (0..n).map(|j| trace(&c[i], &c[j])).collect()).collect();
    let twisted: Vec<Vec<Q>> = (0..n)
        .map(|i| {
            let factor = if i % 2 == 0 { Q::one() } else { d.clone() };
            killing[i ^ 1].iter().map(|x| x * &factor).collect()
        })
        .collect();
    let index = |s: [usize; 3]| s[0] as i64 - s[1] as i64;
    let [plus, minus, zero] = signature(killing.clone());
    let at_place = (index([plus, minus, zero]) + index(signature(twisted))) / 2;
    let listed = numbers(&found["killing_signature"]);
    claim(listed.iter().sum::<u64>() as usize * 2 == n, "rank of the Killing form at the place")?;
    claim(2 * listed[2] as usize == zero, "kernel of the Killing form at the place")?;
    claim(listed[0] as i64 - listed[1] as i64 == at_place, "signature of the Killing form at the place")?;
    // √d = p(S) for the generator S of the centroid of a semisimple algebra.
    let ideals = found["ideals"].as_array().unwrap();
    if size(&found["radical_dim"]) > 0 {
        return Ok(());
    }
    let s = vectors(&found["certificate"]["witness"]["centroid"]);
    let p: Vec<Q> = place["root"].as_array().unwrap().iter().map(rational).collect();
    let apply = |v: &[Q]| -> Vec<Q> { (0..n).map(|k| (0..n).map(|j| &v[j] * &s[j][k]).sum()).collect() };
    for i in 0..n {
        let unit: Vec<Q> = (0..n).map(|j| if i == j { Q::one() } else { Q::zero() }).collect();
        let value = p.iter().rev().fold(vec![Q::zero(); n], |value, k| {
            apply(&value).iter().zip(&unit).map(|(a, b)| a + k * b).collect::<Vec<Q>>()
        });
        claim(value == times_root(&unit), "√d as a polynomial in the centroid")?;
    }
    // A real ideal for each real root of a field where p is positive, a complex one for each pair of other roots: half of the roots
    // of a field lie above each place.
    let mut expected = Vec::new();
    for ideal in found["certificate"]["witness"]["ideals"].as_array().unwrap() {
        let field: Vec<Q> = ideal["field"].as_array().unwrap().iter().map(rational).collect();
        let real = positive_roots(&field, &p);
        let pairs = ((field.len() - 1) / 2 - real) / 2;
        let simple = ideal["type"].as_str().unwrap();
        expected.extend(vec![simple.to_string(); real]);
        expected.extend(vec![format!("{simple}+{simple}"); pairs]);
    }
    let mut types: Vec<String> = ideals.iter().map(|i| i["type"].as_str().unwrap().to_string()).collect();
    expected.sort_unstable();
    types.sort_unstable();
    claim(expected == types, "ideals at the place")?;
    let sums: Vec<u64> = (0..3).map(|k| ideals.iter().map(|i| numbers(&i["killing_signature"])[k]).sum()).collect();
    claim(sums == listed, "signatures of the ideals at the place")
}

/// How many real roots of a polynomial with single roots have a positive value of another, by their changes of sign on a fine
/// grid.
fn positive_roots(f: &[Q], p: &[Q]) -> usize {
    let value = |f: &[Q], x: f64| f.iter().rev().fold(0.0, |sum, c| sum * x + c.to_f64().unwrap());
    let bound = 1.0 + f.iter().map(|c| c.to_f64().unwrap().abs()).fold(0.0, f64::max);
    let step = bound / 200_000.0;
    let points = (-200_000..200_000).map(|k| (f64::from(k) + 0.37) * step);
    points.filter(|&x| value(f, x) * value(f, x + step) < 0.0 && value(p, x + step / 2.0) > 0.0).count()
}

/// The table and the identification that the program prints for an expression.
fn printed(expression: &str) -> (Value, Value) {
    let lines = run(&format!("algebra g = {expression}\nstructure_constants(g)\nidentify(g)"));
    (lines[0].clone(), lines[1].clone())
}

/// What a program prints.
fn run(code: &str) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_symmetra"));
    let output = command.args(["--json", "--quiet", "-e", code]).output().unwrap();
    assert!(output.status.success(), "{code}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// Of a discovery over Q(√d): the table over Q, its identification, and the one at the place √d > 0 with its certificate, which
/// `certificate` prints alone.
fn printed_at_place(oracle: &str, arguments: &str) -> [Value; 3] {
    let code = format!(
        "oracle f({oracle}\nlet d = discover(f{arguments})\nstructure_constants(d.restricted)\nidentify(d.restricted)\nidentify(d)\n\
         certificate(d)\ncertificate(d.algebra)"
    );
    let lines = run(&code);
    for line in &lines[3..] {
        for key in ["jacobi", "steps", "primes", "witness"] {
            assert_eq!(line[key], lines[2]["certificate"][key], "{oracle}");
        }
    }
    [lines[0].clone(), lines[1].clone(), lines[2].clone()]
}

#[test]
fn certificates_are_confirmed() {
    for expression in [
        "su(2)",
        "sl(2)",
        "scramble(sl(3), 1)",
        "scramble(su(2,1), 2)",
        "scramble(so(5), 3)",
        "scramble(so(3,2), 4)",
        "scramble(G2, 5)",
        "scramble(so(4,3), 6)",
        "scramble(sp(6,R), 7)",
        "scramble(sp(2,1), 8)",
        "scramble(sl(4), 9)",
        "su*(4)",
        "scramble(so(7), 10)",
        "scramble(so(8), 11, operations = 10)",
        // Sums, Weil restrictions, complex algebras seen as real, quaternion forms.
        "scramble(so(4), 1)",
        "scramble(su(2) + sl(3), 2)",
        "scramble(sl(2) + sl(2) + su(2), 3)",
        "scramble(weil_restriction(sl(2), sqrt(2)), 4)",
        "scramble(weil_restriction(su(2), sqrt(-3)), 5)",
        "scramble(so(3,1), 6)",
        "quaternion_derivations(-1, 3)",
        "quaternion_derivations(-1, -1)",
        "scramble(weil_restriction(sl(2), sqrt(5)) + su(2), 7)",
        // With a radical.
        "abelian(3)",
        "scramble(heisenberg(2), 1)",
        "scramble(poincare(3,1), 2)",
        "scramble(galilei(3), 3)",
        "scramble(euclid(3), 4)",
        "scramble(gl(3), 5)",
        "scramble(oscillator(1), 6)",
        "scramble(affine(2), 7)",
    ] {
        let (constants, found) = printed(expression);
        assert_eq!(check(&constants, &found), Ok(()), "{expression}");
    }
}

/// Real forms by the signs of diagonal forms at √d > 0 (Sylvester). Forms of signature (3, 1) over Q(√d) with a discriminant that is
/// no square have an ideal that is simple over the field and complex at a place.
#[test]
fn certificates_over_quadratic_fields_are_confirmed() {
    for (oracle, arguments, name) in [
        ("x[3]) = x1^2 + x2^2 + sqrt(2)*x3^2", "", "su(2)"),
        ("x[3]) = x1^2 - x2^2 + sqrt(3)*x3^2", "", "sl(2,R)"),
        ("x[3]) = x1^2 + x2^2 + (2 - sqrt(5))*x3^2", "", "sl(2,R)"),
        ("x[4]) = x1^2 + x2^2 + x3^2 - sqrt(2)*x4^2", "", "sl(2,C)_R"),
        ("x[4]) = x1^2 + x2^2 + x3^2 + sqrt(2)*x4^2", "", "su(2)+su(2)"),
        ("x[4]) = x1^2 + x2^2 + sqrt(2)*x3^2 + sqrt(2)*x4^2", "", "su(2)+su(2)"),
        ("x[5]) = x1^2 + x2^2 - sqrt(2)*x3^2 + x4^2 + (1 - sqrt(2))*x5^2", "", "so(3,2)"),
        ("z[2] in C) = abs(z1)^2 + sqrt(2)*abs(z2)^2", "", "su(2)"),
        ("x[3]; y[3]) = (x1-y1)^2 + sqrt(2)*(x2-y2)^2 - (x3-y3)^2", ", ansatz = \"affine\"", "sl(2,R)"),
        ("x, y, z) = x^2 + sqrt(2)*y^2 - z^2", ", ansatz = [\"polynomial\", 1]", "sl(2,R)"),
    ] {
        let [constants, whole, found] = printed_at_place(oracle, arguments);
        assert_eq!(check(&constants, &whole), Ok(()), "{oracle}");
        assert_eq!(check_place(&constants, &whole, &found), Ok(()), "{oracle}");
        assert_eq!(found["levi_real_form"], name, "{oracle}");
    }
    // The other place, or no place.
    let [constants, whole, found] = printed_at_place("x[3]) = x1^2 + x2^2 + sqrt(2)*x3^2", "");
    let refused = |change: &dyn Fn(&mut Value), reason: &str| {
        let mut wrong = found.clone();
        change(&mut wrong);
        assert_eq!(check_place(&constants, &whole, &wrong), Err(reason.to_string()));
    };
    let other = |found: &mut Value| found["killing_signature"] = serde_json::json!([2, 1, 0]);
    refused(&other, "signature of the Killing form at the place");
    let conjugate = |found: &mut Value| {
        let root = found["certificate"]["witness"]["place"]["root"].as_array_mut().unwrap();
        root.iter_mut().for_each(|c| *c = (-rational(c)).to_string().into());
    };
    refused(&conjugate, "√d as a polynomial in the centroid");
    refused(&|found| found["certificate"]["witness"]["place"]["radicand"] = 3.into(), "√d commutes with brackets");
}

#[test]
fn wrong_certificates_are_refused() {
    let refused = |expression: &str, change: &dyn Fn(&mut Value), reason: &str| {
        let (constants, mut found) = printed(expression);
        change(&mut found);
        assert_eq!(check(&constants, &found), Err(reason.to_string()), "{expression}");
    };
    // B3 and C3 have dimension and rank in common.
    let c3 = |found: &mut Value| {
        found["levi_type"] = "C3".into();
        let ideal = &mut found["certificate"]["witness"]["ideals"][0];
        ideal["type"] = "C3".into();
        ideal["long_roots"] = 6.into();
        ideal["dual_coxeter"] = 4.into();
    };
    refused("so(4,3)", &c3, "number of long roots");
    refused("so(4,3)", &|found| found["levi_type"] = "C3".into(), "types listed");
    refused("sl(3)", &|found| found["rank"] = 3.into(), "rank");
    refused(
        "su(2,1)",
        &|found| found["killing_signature"] = serde_json::json!([5, 3, 0]),
        "signature of the Killing form",
    );
    let swapped = |found: &mut Value| {
        let ideals = &mut found["certificate"]["witness"]["ideals"];
        let first = ideals[0]["killing_signatures"].clone();
        ideals[0]["killing_signatures"] = ideals[1]["killing_signatures"].clone();
        ideals[1]["killing_signatures"] = first;
    };
    refused("scramble(su(2) + sl(2), 1)", &swapped, "signature of an ideal");
    let fewer = |key: &'static str| {
        move |found: &mut Value| {
            found["certificate"]["witness"][key].as_array_mut().unwrap().pop();
            let dim = size(&found[format!("{key}_dim")]) - 1;
            found[format!("{key}_dim")] = dim.into();
        }
    };
    refused("scramble(poincare(3,1), 2)", &fewer("radical"), "the radical is not larger");
    refused("scramble(galilei(3), 3)", &fewer("nilradical"), "nilradical closed");
    let wrong_root = |found: &mut Value| {
        let f = &mut found["certificate"]["witness"]["regular"]["root_polynomial"];
        f[0] = (f[0].as_u64().unwrap() + 1).into();
    };
    refused("sl(3)", &wrong_root, "polynomial of the roots");
    // sl2 + sl2 is not simple over an extension of degree 2 only because someone says so, and the other way round.
    let one_field = |found: &mut Value| found["certificate"]["witness"]["centroid"] = Value::Null;
    refused("scramble(so(4), 1)", &one_field, "one ideal");
    let (mut constants, found) = printed("sl(3)");
    constants["structure_constants"][0][3] = "1/7".into();
    assert_eq!(check(&constants, &found), Err("Jacobi identity".to_string()));
}
