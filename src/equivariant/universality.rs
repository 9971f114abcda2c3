//! Whether equivariant networks with given permutation actions are universal.
//!
//! A network maps `R^N` through hidden layers indexed by sets `H_1, …, H_L` with a continuous nonlinearity that is no polynomial
//! to `R^M`; channels are free in number, all equivariant linear maps and biases are allowed. It is universal when every
//! continuous equivariant map is approximated on compact sets.
//!
//! **One hidden layer.** Universal exactly when some hidden point `h` has a stabiliser that fixes every input. *If* (Ravanbakhsh,
//! "Universal Equivariant Multilayer Perceptrons", 2020): the linear forms at `h` are all of them, and averaging a universal
//! network over the group needs no more. *Only if*: every network is a sum of functions of the projections of `x` to the fixed
//! vectors of the `G_h`, proper subspaces now; the product of differences in directions orthogonal to these annihilates all of
//! them (Lin and Pinkus, "Fundamentality of ridge functions", 1993), but not every equivariant map.
//!
//! **Deeper networks.** What a layer knows at a point `h` is an algebra `A_h` of continuous functions that `G_h` fixes. At the first
//! layer these are the functions of the projection of `x` to the fixed vectors of `G_h`; at the next one, by Stone and Weierstrass,
//! the functions of all sums over orbits of `G_h` of functions known before. So two inputs are told apart at `h` exactly when a
//! refinement of colours tells them apart, and `h` is *full*, `A_h` all that `G_h` fixes, when
//! 1. `G_h` fixes every input and the layer before carries every input, or
//! 2. a full point of the layer before has a stabiliser inside `G_h`, or
//! 3. `G_h` permutes its orbits on the inputs in all ways, independently, and the layer before carries every input:
//!    sums `Σ a(x_i)` over an orbit know its values up to their order.
//!
//! A point carries the inputs that its stabiliser fixes, as far as the layer before carries them. The network is universal when for
//! each output `m` some full point of the last layer has a stabiliser that fixes `m`, or all inputs. It is not when two inputs of
//! different orbits have equal colours; between the two the question is left open.

use num_bigint::BigUint;
use num_traits::One;

use super::tying::{action, error, size};
use super::{EquivariantError, SignedPermutation};
use crate::finite::{BaseSize, Permutation, PermutationGroup, signed_orbits};
use crate::limits::Limits;
use crate::reps::Rep;

/// An orbit of hidden points.
#[derive(Clone, Debug)]
pub struct HiddenOrbit {
    /// The least point of the orbit, in its layer.
    pub point: usize,
    /// How many points it has.
    pub size: usize,
    /// The order of the stabiliser of the point, in the group that acts on inputs, layers and outputs.
    pub stabilizer: BigUint,
    /// Whether the stabiliser fixes every input.
    pub fixes_input: bool,
    /// The dimension of the inputs that the stabiliser fixes: what the unit sees in one layer.
    pub sees: usize,
    /// Whether the unit is full.
    pub full: bool,
    /// A basis of the inputs that it sees, with disjoint supports: places with signs.
    pub(super) forms: Vec<Vec<(usize, bool)>>,
    /// Generators of the stabiliser.
    pub(super) generators: Vec<Permutation>,
}

/// Two inputs in different orbits that no network of these layers tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twins {
    /// One input.
    pub first: Vec<i64>,
    /// The other one.
    pub second: Vec<i64>,
    /// The output at which they agree, whatever the weights.
    pub output: usize,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Universality {
    /// Whether the networks are universal, when it is decided.
    pub universal: Option<bool>,
    /// The order of the group of all that acts.
    pub order: BigUint,
    /// The order of its kernel on the inputs.
    pub kernel: BigUint,
    /// The orbits of each hidden layer.
    pub layers: Vec<Vec<HiddenOrbit>>,
    /// A hidden layer (from 0) and a point of it that make the network universal.
    pub witness: Option<(usize, usize)>,
    /// Inputs that are not told apart, when some were found.
    pub twins: Option<Twins>,
    /// Of a network with one hidden layer that is not universal the least degree of polynomials that it misses, as far as it was
    /// looked for.
    pub missing_degree: Option<usize>,
    /// All lower degrees up to this one are reached.
    pub reached_degree: usize,
    /// The least order of tuples of inputs that suffices as one hidden layer, when the inputs are permuted without signs.
    pub least_order: Option<BaseSize>,
    /// The least order of tuples of points of the first hidden layer that suffices, when that layer and the inputs are faithful.
    pub hidden_order: Option<BaseSize>,
    /// Whether the group acts transitively and freely on some orbit of the last layer.
    pub regular: bool,
}

/// All that acts: inputs first, as signed points, then layers and outputs.
pub(super) struct Scene {
    pub group: PermutationGroup,
    pub input: Vec<SignedPermutation>,
    pub n: usize,
    /// Where each layer starts among the points, and its size; the outputs come last.
    pub layers: Vec<(usize, usize)>,
}

impl Scene {
    /// How an element acts on the inputs.
    pub fn on_input(&self, g: &Permutation) -> Vec<(usize, bool)> {
        let image = |i: usize| g.image(2 * i).map_or((i, false), |p| (p / 2, p % 2 == 1));
        (0..self.n).map(image).collect()
    }

    fn fixes_input(&self, generators: &[Permutation]) -> bool {
        generators.iter().all(|g| (0..self.n).all(|i| g.image(2 * i) == Some(2 * i)))
    }

    /// A point of a layer among all points; hidden points and outputs have two signs, of which the first is meant.
    pub fn place(&self, layer: usize, point: usize) -> usize {
        self.layers[layer].0 + 2 * point
    }

    /// The fixed vectors of these elements on the inputs, with disjoint supports.
    pub fn fixed_forms(&self, generators: &[Permutation]) -> Vec<Vec<(usize, bool)>> {
        let maps: Vec<Vec<(usize, bool)>> = generators.iter().map(|g| self.on_input(g)).collect();
        signed_orbits(self.n, maps.len(), |g, at| maps[g].get(at).copied())
    }
}

/// Decides for networks `from → hidden… → to`; all of one group, hidden layers and outputs by permutations without signs.
///
/// Cost: a stabiliser for each orbit of hidden points and outputs; polynomials and small inputs are tried within fixed bounds.
pub fn universality(from: &Rep, hidden: &[Rep], to: &Rep, limits: &Limits) -> Result<Universality, EquivariantError> {
    let scene = scene(from, hidden, to, limits)?;
    let whole = &scene.group;
    let order = whole.order(limits).map_err(error)?;
    let inputs: Vec<Permutation> = scene.input.iter().filter_map(signed_points).collect();
    let on_input = PermutationGroup::new("the inputs", 2 * scene.n, inputs).map_err(error)?;
    let input_order = on_input.order(limits).map_err(error)?;
    let kernel = &order / &input_order;
    let depth = hidden.len();
    let mut layers: Vec<Vec<HiddenOrbit>> = Vec::new();
    for layer in 0..depth {
        limits.progress("stabilizers of hidden points", layer as f64 / depth as f64);
        layers.push(orbits_of_layer(&scene, layer, &order, limits)?);
    }
    mark_full(&scene, &mut layers, limits)?;
    let outputs = stabilizers(&scene, depth, limits)?;
    let mut found = Universality {
        universal: None,
        kernel,
        witness: None,
        twins: None,
        missing_degree: None,
        reached_degree: 0,
        least_order: None,
        hidden_order: None,
        regular: layers.last().is_some_and(|last| last.iter().any(|o| BigUint::from(o.size) == order)),
        order,
        layers,
    };
    let last = depth - 1;
    let serves = |orbit: &HiddenOrbit, m: usize| {
        let at = scene.place(depth, m);
        let fixes = |point: usize, g: &Permutation| g.image(point) == Some(point);
        orbit.full && (orbit.fixes_input || orbit.generators.iter().all(|g| fixes(at, g)))
    };
    // Conjugate points serve conjugate outputs; each output asks for one in some orbit whose stabiliser fixes it.
    let served = |m: usize| -> Result<Option<usize>, EquivariantError> {
        for orbit in &found.layers[last] {
            if serves(orbit, m) {
                return Ok(Some(orbit.point));
            }
            if orbit.full && !orbit.fixes_input {
                for (g, point) in conjugates(&scene, last, orbit, limits)? {
                    let inverse = g.inverse();
                    let at = inverse.image(scene.place(depth, m)).unwrap_or(0);
                    if orbit.generators.iter().all(|s| s.image(at) == Some(at)) {
                        return Ok(Some(point));
                    }
                }
            }
        }
        Ok(None)
    };
    let mut witness = None;
    let mut all = true;
    for (m, _) in &outputs {
        match served(*m)? {
            Some(point) => witness = witness.or(Some((last, point))),
            None => all = false,
        }
    }
    if all {
        found.universal = Some(true);
        found.witness = witness;
    } else if depth == 1 {
        found.universal = Some(false);
    }
    if found.universal != Some(true) {
        let unsigned: Vec<Permutation> = scene.input.iter().filter_map(unsigned).collect();
        if unsigned.len() == scene.input.len() {
            let group = PermutationGroup::new("inputs", scene.n, unsigned).map_err(error)?;
            found.least_order = Some(group.least_base(limits).map_err(error)?);
            found.hidden_order = hidden_order(&scene, &found, limits)?;
        }
        found.twins = super::separation::twins(&scene, &found.layers, &outputs, limits)?;
        if found.twins.is_some() {
            found.universal = Some(false);
        }
        if depth == 1 {
            let (missing, reached) = super::separation::missing_degree(&scene, &found.layers[0], &outputs, limits)?;
            (found.missing_degree, found.reached_degree) = (missing, reached);
        }
    }
    Ok(found)
}

/// The least base of the action on the first hidden layer, when that action and the one on the inputs are faithful.
fn hidden_order(scene: &Scene, found: &Universality, limits: &Limits) -> Result<Option<BaseSize>, EquivariantError> {
    if !found.kernel.is_one() || scene.layers.len() != 2 {
        return Ok(None);
    }
    let (start, size) = scene.layers[0];
    let restricted = |g: &Permutation| {
        let image = |i: usize| g.image(start + 2 * i).map(|p| ((p - start) / 2) as u32);
        Permutation::from_images((0..size).map(|i| image(i).unwrap_or(0)).collect())
    };
    let generators: Option<Vec<Permutation>> = scene.group.generators().iter().map(restricted).collect();
    let Some(generators) = generators else { return Ok(None) };
    let group = PermutationGroup::new("hidden points", size, generators).map_err(error)?;
    if group.order(limits).map_err(error)? != found.order {
        return Ok(None);
    }
    Ok(Some(group.least_base(limits).map_err(error)?))
}

fn scene(from: &Rep, hidden: &[Rep], to: &Rep, limits: &Limits) -> Result<Scene, EquivariantError> {
    if hidden.is_empty() {
        return Err(EquivariantError::Argument("a network needs a hidden layer".into()));
    }
    let (from, to) = Rep::matched(from, to, limits)?;
    let (input, n) = (action(&from, limits)?, size(&from)?);
    let wrong = || EquivariantError::Check("an action is no permutation".into());
    let points = input.iter().map(signed_points).collect::<Option<Vec<_>>>().ok_or_else(wrong)?;
    let mut group = PermutationGroup::new("the inputs", 2 * n, points).map_err(error)?;
    let mut layers = Vec::new();
    for side in hidden.iter().chain([&to]) {
        let (_, side) = Rep::matched(&from, side, limits)?;
        let (acting, count) = (action(&side, limits)?, size(&side)?);
        if acting.iter().any(|g| (0..count).any(|i| g.image(i).is_some_and(|x| x.1))) {
            return Err(EquivariantError::Argument(format!(
                "{} acts on {} with signs: nonlinearities on every coordinate need permutations",
                side.base().name(),
                side.name()
            )));
        }
        layers.push((group.degree(), count));
        group = joint_group_with(&group, (&acting, count))?;
    }
    // Elements that fix all of these are seen by the defining representation.
    if let Ok(own) = Rep::vector(from.base())
        && let Ok(acting) = action(&own, limits)
    {
        group = joint_group_with(&group, (&acting, size(&own)?))?;
    }
    Ok(Scene { group, input, n, layers })
}

/// The action on the points of a group and on those of a further side.
fn joint_group_with(
    group: &PermutationGroup,
    (acting, count): (&[SignedPermutation], usize),
) -> Result<PermutationGroup, EquivariantError> {
    let start = group.degree();
    let wrong = || EquivariantError::Check("two actions together are no permutation".into());
    if acting.len() != group.generators().len() {
        return Err(EquivariantError::Argument("all layers must be representations of one group".into()));
    }
    let mut generators = Vec::new();
    for (before, next) in group.generators().iter().zip(acting) {
        let mut images = before.images().to_vec();
        for i in 0..count {
            let (image, negative) = next.image(i).unwrap_or((i, false));
            let at = (start + 2 * image) as u32;
            images.extend(if negative { [at + 1, at] } else { [at, at + 1] });
        }
        generators.push(Permutation::from_images(images).ok_or_else(wrong)?);
    }
    PermutationGroup::new("all that acts", start + 2 * count, generators).map_err(error)
}

pub(super) fn signed_points(g: &SignedPermutation) -> Option<Permutation> {
    let pair = |i: usize| {
        let (image, negative) = g.image(i).unwrap_or((i, false));
        let at = 2 * image as u32;
        if negative { [at + 1, at] } else { [at, at + 1] }
    };
    Permutation::from_images((0..g.degree()).flat_map(pair).collect())
}

fn unsigned(g: &SignedPermutation) -> Option<Permutation> {
    let images: Option<Vec<u32>> = (0..g.degree()).map(|i| g.image(i).filter(|x| !x.1).map(|x| x.0 as u32)).collect();
    Permutation::from_images(images?)
}

/// One point of each orbit of a layer (or of the outputs, the last one), with its stabiliser.
fn stabilizers(
    scene: &Scene,
    layer: usize,
    limits: &Limits,
) -> Result<Vec<(usize, PermutationGroup)>, EquivariantError> {
    let (start, count) = scene.layers[layer];
    let mut seen = vec![false; count];
    let mut out = Vec::new();
    for point in 0..count {
        if seen[point] {
            continue;
        }
        limits.check()?;
        for p in scene.group.orbit(scene.place(layer, point)).map_err(error)?.points {
            seen[(p - start) / 2] = true;
        }
        out.push((point, scene.group.stabilizer(scene.place(layer, point), limits).map_err(error)?));
    }
    Ok(out)
}

fn orbits_of_layer(
    scene: &Scene,
    layer: usize,
    order: &BigUint,
    limits: &Limits,
) -> Result<Vec<HiddenOrbit>, EquivariantError> {
    let mut out = Vec::new();
    for (point, fixed) in stabilizers(scene, layer, limits)? {
        let stabilizer = fixed.order(limits).map_err(error)?;
        let generators = fixed.generators().to_vec();
        let forms = scene.fixed_forms(&generators);
        out.push(HiddenOrbit {
            point,
            size: usize::try_from(order / &stabilizer).unwrap_or(usize::MAX),
            stabilizer,
            fixes_input: scene.fixes_input(&generators),
            sees: forms.len(),
            full: false,
            forms,
            generators,
        });
    }
    Ok(out)
}

/// The points of an orbit with elements that lead there from its first point; bounded by the memory they take.
fn conjugates(
    scene: &Scene,
    layer: usize,
    orbit: &HiddenOrbit,
    limits: &Limits,
) -> Result<Vec<(Permutation, usize)>, EquivariantError> {
    let start = scene.layers[layer].0;
    let all = scene.group.transversal(scene.place(layer, orbit.point), limits).map_err(error)?;
    Ok(all.into_iter().map(|(p, g)| (g, (p - start) / 2)).collect())
}

/// Says which orbits are full, by the three rules.
fn mark_full(scene: &Scene, layers: &mut [Vec<HiddenOrbit>], limits: &Limits) -> Result<(), EquivariantError> {
    // The inputs, as orbits under the group, that some point of the layer before carries.
    let classes = input_classes(scene);
    let mut carried = vec![true; scene.n];
    for layer in 0..layers.len() {
        let all_carried = carried.iter().all(|c| *c);
        for place in 0..layers[layer].len() {
            limits.check()?;
            let orbit = &layers[layer][place];
            let by_itself = orbit.fixes_input && all_carried;
            let by_values = layer > 0 && all_carried && is_symmetric_on_inputs(scene, &orbit.generators, limits)?;
            let from_before = layer > 0 && contains_full(scene, (layer - 1, &layers[layer - 1]), layer, orbit, limits)?;
            layers[layer][place].full = by_itself || by_values || from_before;
        }
        let mut next = vec![false; scene.n];
        for orbit in &layers[layer] {
            for i in (0..scene.n).filter(|&i| carried[i]) {
                let kept = |g: &Permutation| g.image(2 * i) == Some(2 * i);
                if orbit.generators.iter().all(kept) {
                    (0..scene.n).filter(|&j| classes[j] == classes[i]).for_each(|j| next[j] = true);
                }
            }
        }
        carried = next;
    }
    Ok(())
}

/// The number of the orbit of each input.
fn input_classes(scene: &Scene) -> Vec<usize> {
    let mut classes = vec![usize::MAX; scene.n];
    for start in 0..scene.n {
        if classes[start] != usize::MAX {
            continue;
        }
        let mut pending = vec![start];
        while let Some(at) = pending.pop() {
            if std::mem::replace(&mut classes[at], start) == usize::MAX {
                pending.extend(scene.input.iter().filter_map(|g| g.image(at)).map(|x| x.0));
            }
        }
    }
    classes
}

/// Whether these elements permute each of their orbits on the inputs in all ways, independently of the others.
fn is_symmetric_on_inputs(
    scene: &Scene,
    generators: &[Permutation],
    limits: &Limits,
) -> Result<bool, EquivariantError> {
    let mut images = Vec::new();
    for g in generators {
        let map = scene.on_input(g);
        if map.iter().any(|x| x.1) {
            return Ok(false);
        }
        let Some(p) = Permutation::from_images(map.iter().map(|x| x.0 as u32).collect()) else { return Ok(false) };
        images.push(p);
    }
    let group = PermutationGroup::new("stabilizer", scene.n, images).map_err(error)?;
    let factorial = |k: usize| (2..=k).fold(BigUint::one(), |product, i| product * i);
    let all: BigUint = group.orbits().iter().map(|orbit| factorial(orbit.len())).product();
    Ok(group.order(limits).map_err(error)? == all)
}

/// Whether a full point of the layer before has a stabiliser inside that of the point.
fn contains_full(
    scene: &Scene,
    (before, orbits): (usize, &[HiddenOrbit]),
    layer: usize,
    orbit: &HiddenOrbit,
    limits: &Limits,
) -> Result<bool, EquivariantError> {
    let at = scene.place(layer, orbit.point);
    for full in orbits.iter().filter(|o| o.full && &orbit.stabilizer % &o.stabilizer == BigUint::ZERO) {
        for (g, _) in conjugates(scene, before, full, limits)? {
            limits.check()?;
            // g⁻¹ G_q g fixes the point when G_q fixes its preimage.
            let from = g.inverse().image(at).unwrap_or(at);
            if full.generators.iter().all(|s| s.image(from) == Some(from)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

#[cfg(test)]
#[path = "universality_tests.rs"]
mod tests;
