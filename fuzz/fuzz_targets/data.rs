//! Any bytes end in data or in an error; what is read as a table of brackets survives the proof of Jacobi's identity.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::time::Duration;
use symmetra::data::read::{Data, json};
use symmetra::lie::prove_jacobi;
use symmetra::limits::Limits;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::none().with_timeout(Duration::from_millis(200)).with_memory(256);
    if let Ok(Data::Constants(constants)) = json(bytes, &limits) {
        let _ = prove_jacobi(&constants, &limits);
    }
});
