//! Any program ends within its limits, in results or in an error that is not a bug.
#![no_main]

use std::path::Path;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use symmetra::diag::Code;
use symmetra::limits::Limits;
use symmetra::session::Session;

fuzz_target!(|text: &str| {
    // A program can read and write files; the fuzzer should not.
    if ["include", "load", "save"].iter().any(|word| text.contains(word)) {
        return;
    }
    let limits = Limits::none().with_timeout(Duration::from_millis(200)).with_memory(256);
    let mut session = Session::new();
    let result = session.run("fuzz.sym", text, Path::new("/nonexistent"), &limits, &mut |printed| {
        let _ = (printed.text(), printed.json());
    });
    if let Err(error) = result {
        assert!(error.code != Code::Internal, "{error:?}");
    }
});
