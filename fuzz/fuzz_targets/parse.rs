//! Any text ends in a tree or an error; a tree prints to text that parses to the same print.
#![no_main]

use libfuzzer_sys::fuzz_target;
use symmetra::lang::parse::{completeness, parse};
use symmetra::lang::unparse;

fuzz_target!(|text: &str| {
    let _ = completeness(text);
    if let Ok(program) = parse(text, 0) {
        let printed = unparse::program(&program);
        match parse(&printed, 0) {
            Ok(again) => assert_eq!(unparse::program(&again), printed),
            Err(error) => panic!("{printed:?} does not parse: {error:?}"),
        }
    }
});
