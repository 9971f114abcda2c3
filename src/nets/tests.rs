//! Counts against the published ones and against ranks by formula; errors of equivariance; a dense twin.

use serde_json::Value as Json;

use super::solver::Solver;
use super::*;
use crate::equivariant;
use crate::float::Random;
use crate::lie::named::Arg;
use crate::limits::Limits;
use crate::reps::{Group, Rep, group_by_name};

fn limits() -> Limits {
    Limits::none().with_seed(5)
}

fn group(name: &str, args: &[i64]) -> Group {
    let args: Vec<Arg> = args.iter().map(|n| Arg::Integer(*n)).collect();
    group_by_name(name, &args, &limits()).unwrap()
}

fn vector(g: &Group) -> Rep {
    Rep::vector(g.base()).unwrap()
}

fn copies(rep: &Rep, n: u64) -> Rep {
    rep.times(n).unwrap()
}

fn normal(count: usize, stream: u64) -> Vec<f64> {
    let mut random = Random::new(17, stream);
    (0..count).map(|_| random.normal()).collect()
}

const GATED: Architecture = Architecture::Gated(true);

#[test]
fn the_default_layer_of_the_work_has_its_published_number_of_parameters() {
    // 134·1 ⊕ 25V ⊕ 5V² of O(5) to itself: 19 996 numbers instead of 384² (measured on the published library). By hand:
    // 134² + 2·134·5 + 25² + 3·5² with one invariant in V², none in V and V³, and three in V⁴.
    let g = group("O", &[5]);
    let limits = limits();
    let space = Space::uniform(g.base(), 384, &limits).unwrap();
    assert_eq!(space.name(), "134 ⊕ 25(V) ⊕ 5(V⊗V)");
    let mut solver = Solver::new(&limits);
    let layer = Linear::new(&space, &space, &mut solver).unwrap();
    assert_eq!(layer.weights(), 134 * 134 + 2 * 134 * 5 + 25 * 25 + 3 * 25);
    assert_eq!(layer.weights(), 19_996);
    // One invariant for each scalar and each V².
    assert_eq!(layer.parameters() - layer.weights(), 139);
    // The published network of three such blocks from 2V to 1 has 480 694 numbers, of which its linear layers, without
    // symmetry, take 10·414 + 414, 384·414 + 414 twice and 384 + 1; the rest is three bilinear layers.
    let gated = space.with_gates().unwrap();
    assert_eq!(gated.dim(), 414);
    let dense = (10 * 414 + 414) + 2 * (384 * 414 + 414) + 385;
    let bilinear = Bilinear::new(&gated, 0, &mut solver).unwrap();
    assert_eq!(3 * bilinear.parameters(), 480_694 - dense);
}

#[test]
fn plain_networks_have_their_published_numbers_of_parameters() {
    let g = group("O", &[5]);
    let (x, y) = (copies(&vector(&g), 2), Rep::scalar(g.base()));
    for (width, expected) in [(384, 300_289), (128, 34_561)] {
        let net = mlp((&x, &y), &[width; 3], Activation::Swish, &limits()).unwrap();
        assert_eq!(net.parameters(), expected);
    }
}

#[test]
fn weights_are_counted_by_formula() {
    let limits = limits();
    for g in [group("SO", &[3]), group("O", &[2]), group("S", &[4]), group("GL", &[2]), group("SO", &[1, 3])] {
        let v = vector(&g);
        let tensor = v.tensor(&v.dual().unwrap()).unwrap();
        let from = copies(&v, 2).plus(&copies(&tensor, 3)).unwrap();
        let to = Rep::scalar(g.base()).plus(&v).unwrap().plus(&copies(&tensor, 2)).unwrap();
        let (a, b) = (Space::of_rep(&from, &limits).unwrap(), Space::of_rep(&to, &limits).unwrap());
        let layer = Linear::new(&a, &b, &mut Solver::new(&limits)).unwrap();
        // Counted by characters or diagrams, without a basis.
        let rank = |rep: &Rep| usize::try_from(equivariant::rank(rep, &limits).unwrap()).unwrap();
        assert_eq!(layer.weights(), rank(&Rep::hom(&from, &to).unwrap()), "{}", g.name());
        assert_eq!(layer.parameters() - layer.weights(), rank(&to), "{}", g.name());
    }
}

/// Networks over groups of every sort, with the largest error that rounding explains.
fn networks() -> Vec<(Network, f64)> {
    let limits = limits();
    let mut out = Vec::new();
    let mut push = |from: &Rep, to: &Rep, hidden: &[Hidden], architecture, bound| {
        out.push((emlp((from, to), hidden, architecture, &limits).unwrap(), bound));
    };
    let wide = |n: usize| vec![Hidden::Channels(n); 2];
    for (g, channels) in [
        (group("O", &[5]), 90),
        (group("SO", &[3]), 60),
        (group("Lorentz", &[]), 60),
        (group("O", &[1, 3]), 60),
        (group("SU", &[2]), 60),
        (group("SL", &[2]), 40),
        (group("Z", &[5]), 30),
        (group("Cube", &[]), 40),
    ] {
        let v = vector(&g);
        let square = v.power(2).unwrap();
        push(&copies(&v, 2), &Rep::scalar(g.base()).plus(&v).unwrap(), &wide(channels), GATED, 1e-9);
        push(&v.plus(&square).unwrap(), &v, &wide(channels), Architecture::Gated(false), 1e-9);
    }
    let s = group("S", &[4]);
    let v = vector(&s);
    let graph = v.power(2).unwrap();
    for activation in Activation::ALL {
        let hidden = vec![Hidden::Rep(copies(&v, 3).plus(&copies(&graph, 2)).unwrap()), Hidden::Channels(24)];
        push(&graph, &v, &hidden, Architecture::Pointwise(activation), 1e-12);
    }
    let rubik = group("RubiksCube", &[]);
    let v = vector(&rubik);
    let hidden = [Hidden::Rep(copies(&v, 4))];
    push(&v, &Rep::scalar(rubik.base()), &hidden, Architecture::Pointwise(Activation::Relu), 1e-12);
    out
}

#[test]
fn layers_and_networks_are_equivariant() {
    let limits = limits();
    for (net, bound) in networks() {
        let parameters = initial_parameters(&net, &limits).unwrap();
        let name = format!("{} of {}", net.from(), net.from().base().name());
        let errors = equivariance_errors(&net, &parameters, 4, &limits).unwrap();
        assert_eq!(errors.layers.len(), net.layers().len());
        for (error, (layer, _)) in errors.layers.iter().zip(net.layers()) {
            assert!(error.unwrap() < bound, "{name}: {layer} {error:?}");
        }
        assert!(errors.network < bound, "{name}: {}", errors.network);
        // In single precision the error is that of rounding.
        let single = equivariance_errors(&net, &parameters.to::<f32>(), 2, &limits).unwrap();
        assert!(single.network < 1e-3, "{name}: {}", single.network);
    }
}

#[test]
fn a_network_without_symmetry_is_found_out() {
    let g = group("SO", &[3]);
    let v = vector(&g);
    let net = mlp((&v, &v), &[16], Activation::Tanh, &limits()).unwrap();
    let parameters = initial_parameters(&net, &limits()).unwrap();
    let errors = equivariance_errors(&net, &parameters, 3, &limits()).unwrap();
    assert!(errors.network > 1e-2);
    assert!(errors.layers.iter().all(Option::is_none));
}

#[test]
fn bilinear_layers_are_not_linear() {
    let g = group("SO", &[3]);
    let v = vector(&g);
    let net = emlp((&copies(&v, 2), &v), &[Hidden::Channels(20)], GATED, &limits()).unwrap();
    let place = net.layers().iter().position(|(_, x)| matches!(x, Layer::Bilinear(_))).unwrap();
    let parameters = initial_parameters(&net, &limits()).unwrap();
    let x = normal(net.layers()[place].1.source().dim(), 1);
    let run = |scale: f64| {
        let x: Vec<f64> = x.iter().map(|x| scale * x).collect();
        net.run(place..place + 1, &parameters, &x, &limits()).unwrap()
    };
    // y = s x + s² B(x): B from s = 1 and s = −1, and then at s = 2.
    let (plus, minus, double) = (run(1.0), run(-1.0), run(2.0));
    let b: Vec<f64> = plus.iter().zip(&minus).map(|(a, c)| (a + c) / 2.0).collect();
    assert!(b.iter().any(|b| b.abs() > 1e-3));
    for ((x, b), y) in x.iter().zip(&b).zip(&double) {
        assert!((2.0 * x + 4.0 * b - y).abs() < 1e-10);
    }
}

#[test]
fn pointwise_functions_are_refused_where_they_break_the_symmetry() {
    let g = group("SO", &[3]);
    let v = vector(&g);
    let made = emlp((&v, &v), &[Hidden::Rep(v.clone())], Architecture::Pointwise(Activation::Relu), &limits());
    assert!(matches!(made, Err(NetError::Pointwise(_))));
    // Signs are no permutations.
    let d = group("D", &[4]);
    let sign = Rep::determinant(d.base(), &limits()).unwrap();
    let made = emlp((&sign, &sign), &[Hidden::Rep(sign.clone())], Architecture::Pointwise(Activation::Tanh), &limits());
    assert_eq!(made.is_err(), !sign.discrete_matrices(&limits()).unwrap().iter().all(|m| m.entry(0, 0) == 1.into()));
    let other = group("SO", &[4]);
    let made = emlp((&v, &v), &[Hidden::Rep(vector(&other))], GATED, &limits());
    assert!(matches!(made, Err(NetError::Rep(_))));
}

#[test]
fn precisions_agree_and_samples_do_not_see_each_other() {
    for (net, _) in networks() {
        let parameters = initial_parameters(&net, &limits()).unwrap();
        let (from, to) = (net.source().dim(), net.target().dim());
        let count = 150;
        let x = normal(count * from, 3);
        let double = net.apply(&parameters, &x, &limits()).unwrap();
        let narrow: Vec<f32> = x.iter().map(|x| *x as f32).collect();
        let single = net.apply(&parameters.to::<f32>(), &narrow, &limits()).unwrap();
        let size = double.iter().fold(0.0f64, |a, x| a.max(x.abs()));
        for (a, b) in double.iter().zip(&single) {
            assert!((a - f64::from(*b)).abs() < 1e-4 * size, "{} of {}: {a} {b}", net.from(), net.from().base().name());
        }
        for sample in [0, 17, 128, count - 1] {
            let alone = net.apply(&parameters, &x[sample * from..(sample + 1) * from], &limits()).unwrap();
            assert_eq!(alone, double[sample * to..(sample + 1) * to]);
        }
        assert!(net.apply(&parameters, &x[..from - 1], &limits()).is_err() || from == 1);
    }
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

fn size(json: &Json) -> usize {
    usize::try_from(json.as_u64().unwrap()).unwrap()
}

fn numbers<'a>(arrays: &'a [NamedArray], name: &str) -> (&'a [f64], &'a [usize]) {
    let found = arrays.iter().find(|a| a.name == name).unwrap_or_else(|| panic!("no array {name}"));
    let Content::Real(values) = &found.content else { panic!("{name} holds indices") };
    (values, &found.shape)
}

fn indices<'a>(arrays: &'a [NamedArray], name: &str) -> Vec<&'a [u32]> {
    let found = arrays.iter().find(|a| a.name == name).unwrap();
    let Content::Index(values) = &found.content else { panic!("{name} holds no indices") };
    values.chunks(found.shape[1]).collect()
}

/// The network by what was exported alone, with dense matrices, one for each sample where it depends on the sample.
fn twin(arrays: &[NamedArray], description: &Json, x: &[f64]) -> Vec<f64> {
    let swish = |x: f64| x / (1.0 + (-x).exp());
    let mut x = x.to_vec();
    for layer in list(&description["layers"]) {
        let (from, to) = (list(&layer["from"]), list(&layer["to"]));
        let width = |blocks: &[Json]| blocks.iter().map(|b| size(&b["dim"]) * size(&b["copies"])).sum::<usize>();
        let place = |blocks: &[Json], block: &Json, copy: usize, index: u32| {
            let block = &blocks[size(block)];
            size(&block["start"]) + copy * size(&block["dim"]) + index as usize
        };
        assert_eq!(width(from), x.len());
        let (rows, cols) = (width(to), width(from));
        x = match layer["type"].as_str().unwrap() {
            "linear" => {
                let mut w = vec![vec![0.0; cols]; rows];
                let mut y = vec![0.0; rows];
                for term in list(&layer["terms"]) {
                    let (c, shape) = numbers(arrays, term["parameters"].as_str().unwrap());
                    let name = format!("maps.{}", size(&term["maps"]));
                    let (values, _) = numbers(arrays, &format!("{name}.values"));
                    let entries = indices(arrays, &format!("{name}.entries"));
                    for (entry, value) in entries.iter().zip(values) {
                        let (k, i, j) = (entry[0] as usize, entry[1], entry[2]);
                        for q in 0..shape[0] {
                            let row = place(to, &term["to"], q, i);
                            if term["from"].is_null() {
                                y[row] += c[q * shape[1] + k] * value;
                                continue;
                            }
                            for p in 0..shape[1] {
                                let column = place(from, &term["from"], p, j);
                                w[row][column] += c[(q * shape[1] + p) * shape[2] + k] * value;
                            }
                        }
                    }
                }
                for (y, row) in y.iter_mut().zip(&w) {
                    *y += row.iter().zip(&x).map(|(w, x)| w * x).sum::<f64>();
                }
                y
            }
            "bilinear" => {
                let mut w = vec![vec![0.0; cols]; rows];
                for term in list(&layer["terms"]) {
                    let (c, shape) = numbers(arrays, term["parameters"].as_str().unwrap());
                    let name = format!("couplings.{}", size(&term["couplings"]));
                    let (values, _) = numbers(arrays, &format!("{name}.values"));
                    let entries = indices(arrays, &format!("{name}.entries"));
                    let chosen: Vec<usize> = list(&term["chosen"]).iter().map(size).collect();
                    for (entry, value) in entries.iter().zip(values) {
                        for q in 0..shape[0] {
                            for p in 0..shape[1] {
                                for (s, copy) in chosen.iter().enumerate() {
                                    let c = c[((q * shape[1] + p) * shape[2] + s) * shape[3] + entry[0] as usize];
                                    let acting = x[place(from, &term["first"], *copy, entry[2])];
                                    let row = place(to, &term["to"], q, entry[1]);
                                    let column = place(from, &term["second"], p, entry[3]);
                                    w[row][column] += 0.1 * c * value * acting;
                                }
                            }
                        }
                    }
                }
                let image = |row: &Vec<f64>| row.iter().zip(&x).map(|(w, x)| w * x).sum::<f64>();
                x.iter().zip(&w).map(|(x, row)| x + image(row)).collect()
            }
            "gate" => {
                let mut y = Vec::new();
                let mut gate = rows;
                for block in to {
                    for _ in 0..size(&block["copies"]) {
                        let gated = block["gated"] == true;
                        for _ in 0..size(&block["dim"]) {
                            let v = x[y.len()];
                            y.push(if gated { v / (1.0 + (-x[gate]).exp()) } else { swish(v) });
                        }
                        gate += usize::from(gated);
                    }
                }
                assert_eq!(gate, x.len());
                y
            }
            "swish" => x.into_iter().map(swish).collect(),
            "relu" => x.into_iter().map(|x| x.max(0.0)).collect(),
            "tanh" => x.into_iter().map(f64::tanh).collect(),
            "sigmoid" => x.into_iter().map(|x| 1.0 / (1.0 + (-x).exp())).collect(),
            other => panic!("{other}"),
        };
    }
    x
}

#[test]
fn a_dense_twin_of_what_is_exported_gives_the_same_values() {
    for (net, _) in networks() {
        let parameters = initial_parameters(&net, &limits()).unwrap();
        let (arrays, description) = arrays(&net, &parameters, &limits()).unwrap();
        let (from, to) = (net.source().dim(), net.target().dim());
        let x = normal(3 * from, 4);
        let values = net.apply(&parameters, &x, &limits()).unwrap();
        for (x, y) in x.chunks(from).zip(values.chunks(to)) {
            let slow = twin(&arrays, &description, x);
            let size = slow.iter().fold(1.0f64, |a, x| a.max(x.abs()));
            for (a, b) in slow.iter().zip(y) {
                assert!((a - b).abs() < 1e-10 * size, "{} of {}: {a} {b}", net.from(), net.from().base().name());
            }
        }
        // Back: the same parameters; a missing array, another shape and a number that is none are refused.
        assert_eq!(parameters_from(&net, &arrays).unwrap(), parameters);
        assert!(matches!(parameters_from(&net, &arrays[1..]), Err(NetError::Mismatch(_))));
        let mut wrong = arrays.clone();
        wrong[0].shape.push(1);
        assert!(matches!(parameters_from(&net, &wrong), Err(NetError::Mismatch(_))));
        let mut wrong = arrays.clone();
        if let Content::Real(values) = &mut wrong[0].content {
            values[0] = f64::NAN;
        }
        assert!(matches!(parameters_from(&net, &wrong), Err(NetError::NotFinite(_))));
    }
}

#[test]
fn first_parameters_have_their_stated_variance() {
    let g = group("O", &[3]);
    let v = vector(&g);
    let net = emlp((&v, &v), &vec![Hidden::Channels(100); 2], GATED, &limits()).unwrap();
    let parameters = initial_parameters(&net, &limits()).unwrap();
    assert_eq!(initial_parameters(&net, &limits()).unwrap(), parameters);
    assert_ne!(initial_parameters(&net, &limits().with_seed(6)).unwrap(), parameters);
    let Some((place, Layer::Linear(linear))) =
        net.layers().iter().map(|l| &l.1).enumerate().filter(|(_, x)| matches!(x, Layer::Linear(_))).nth(1)
    else {
        panic!("the second block has a linear layer")
    };
    let start = net.parameters_of(place).start;
    let weights = &parameters.values[start..start + linear.weights()];
    let variance = weights.iter().map(|x| x * x).sum::<f64>() / weights.len() as f64;
    let expected = 1.0 / linear.source().dim().max(linear.target().dim()) as f64;
    // Of n squares of normal numbers the mean has relative deviation √(2/n).
    assert!((variance / expected - 1.0).abs() < 5.0 * (2.0 / weights.len() as f64).sqrt());
}

#[test]
fn other_representations_than_tensors_couple_by_all_bilinear_maps() {
    // The traceless symmetric square of SO(3) has spin 2: with spins 1 and 2 each of 1⊗1, 1⊗2, 2⊗2 contains 1 and 2 once.
    let g = group("SO", &[3]);
    let v = vector(&g);
    let symmetric = v.symmetric_power(2).unwrap();
    let net =
        emlp((&copies(&v, 2), &v), &[Hidden::Rep(copies(&v, 2).plus(&symmetric).unwrap())], GATED, &limits()).unwrap();
    let parameters = initial_parameters(&net, &limits()).unwrap();
    let errors = equivariance_errors(&net, &parameters, 3, &limits()).unwrap();
    assert!(errors.network < 1e-10);
    let Some(Layer::Bilinear(bilinear)) = net.layers().iter().map(|l| &l.1).find(|x| matches!(x, Layer::Bilinear(_)))
    else {
        panic!("it has a bilinear layer")
    };
    // Sym² = 0 + 2. Acting Sym² on V → Sym²: (0 + 2) ⊗ 1 = 1 + (1 + 2 + 3), which meets 0 + 2 once.
    let ranks: Vec<usize> = bilinear
        .couplings()
        .iter()
        .filter(|c| (c.first, c.second, c.to) == (1, 0, 1))
        .map(|c| c.basis.rank())
        .collect();
    assert_eq!(ranks, [1]);
}

/// The message of a convolution by its definition: `Σ w B(Y, x)` with dense arrays and the harmonics of low degree by hand.
#[test]
fn a_convolution_is_its_definition() {
    let g = group("SO", &[3]);
    let v = vector(&g);
    let x = Rep::scalar(g.base()).plus(&v).unwrap();
    let radial = Radial { degree: 1, cutoff: 3.0, functions: 4, hidden: 5 };
    let net = convolution(&x, &v, radial, &limits()).unwrap();
    let parameters = initial_parameters(&net, &limits()).unwrap();
    let Layer::Convolution(layer) = &net.layers()[0].1 else { panic!("it is a convolution") };
    // 1 ⊗ Y1, V ⊗ Y0, V ⊗ Y1 → V.
    assert_eq!((layer.paths().len(), layer.weights()), (3, 3));
    let input = [0.4, -1.1, 0.7, 0.9, 0.3, -0.2, 1.4];
    let found = net.apply(&parameters, &input, &limits()).unwrap();
    let radius = (0.4f64 * 0.4 + 1.1 * 1.1 + 0.7 * 0.7).sqrt();
    let part = |name: &str| {
        let slice = parameters.slices().iter().find(|s| s.name.ends_with(name)).unwrap();
        parameters.get(slice).to_vec()
    };
    let (w1, b1, w2, b2) = (part("0.weight"), part("0.bias"), part("1.weight"), part("1.bias"));
    let features: Vec<f64> = (0..4).map(|k| (-0.5 * (radius - k as f64).powi(2)).exp()).collect();
    let hidden: Vec<f64> = (0..5)
        .map(|i| {
            let s = b1[i] + (0..4).map(|k| w1[4 * i + k] * features[k]).sum::<f64>();
            s / (1.0 + (-s).exp())
        })
        .collect();
    let window = 0.5 * (1.0 + (std::f64::consts::PI * radius / 3.0).cos());
    let weight = |i: usize| window * (b2[i] + (0..5).map(|k| w2[5 * i + k] * hidden[k]).sum::<f64>());
    // Mean square 1 in the order y, z, x.
    let unit = [-1.1, 0.7, 0.4].map(|c| 3f64.sqrt() * c / radius);
    let mut expected = [0.0; 3];
    for path in layer.paths() {
        let harmonics: &[f64] = if path.degree == 0 { &[1.0] } else { &unit };
        let argument = if path.second == 1 { &input[3..4] } else { &input[4..7] };
        for (i, a, b, value) in path.basis.map(0) {
            expected[*i as usize] +=
                weight(path.start) * value * harmonics[*a as usize] * argument[*b as usize] / 3f64.sqrt();
        }
    }
    assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?} {expected:?}");
}
