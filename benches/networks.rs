//! Evaluation of an equivariant network: prints a line "precision, parameters, seconds" for each precision.
//!
//! The network of the work for O5Synthetic: two vectors of R⁵ to a scalar, three hidden layers of 384 channels, bilinear and
//! gated, a batch of 500 samples. Seconds are processor time of all threads, the least of five runs.

use std::hint::black_box;
use std::time::Instant;

use symmetra::float::Random;
use symmetra::lie::named::Arg;
use symmetra::limits::Limits;
use symmetra::nets::{Architecture, Hidden, Network, Parameters, Real, emlp, initial_parameters};
use symmetra::reps::{Rep, group_by_name};

#[path = "common/processor.rs"]
mod processor;

use processor::processor;

const SAMPLES: usize = 500;

fn measure<R: Real>(name: &str, network: &Network, parameters: &Parameters<R>, samples: &[R]) {
    let limits = Limits::none();
    let begin = Instant::now();
    let seconds = (0..5).map(|_| {
        let start = processor(begin);
        black_box(network.apply(parameters, samples, &limits).unwrap());
        processor(begin) - start
    });
    println!("{name}\t{}\t{:.4}", network.parameters(), seconds.fold(f64::INFINITY, f64::min));
}

fn main() {
    let limits = Limits::none();
    let group = group_by_name("O", &[Arg::Integer(5)], &limits).unwrap();
    let from = Rep::vector(group.base()).unwrap().times(2).unwrap();
    let to = Rep::scalar(group.base());
    let hidden = vec![Hidden::Channels(384); 3];
    let network = emlp((&from, &to), &hidden, Architecture::Gated(true), &limits).unwrap();
    let parameters = initial_parameters(&network, &limits).unwrap();
    let mut random = Random::new(17, 1);
    let samples: Vec<f64> = (0..SAMPLES * 10).map(|_| random.normal()).collect();
    let narrow: Vec<f32> = samples.iter().map(|x| *x as f32).collect();
    measure("double", &network, &parameters, &samples);
    measure("single", &network, &parameters.to::<f32>(), &narrow);
}
