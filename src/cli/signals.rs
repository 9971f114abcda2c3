//! Ctrl-C: a flag that computations look at. The one file that knows the signal crate.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The exit status of an interrupted call.
pub const INTERRUPTED: u8 = 130;

/// Presses after which a script that does not react is left without further ado (it may hang in a write).
const PATIENCE: u32 = 3;

/// Knows which flag Ctrl-C raises at the moment. Every computation gets a flag of its own, so that one that
/// was abandoned stays told to stop while the next one runs.
#[derive(Clone, Default)]
pub struct Interrupts {
    current: Arc<Mutex<Arc<AtomicBool>>>,
}

impl Interrupts {
    /// Starts to listen. A REPL (`patient`) is never ended by Ctrl-C, however often it is pressed.
    pub fn listen(patient: bool) -> Interrupts {
        let interrupts = Interrupts::default();
        let current = interrupts.current.clone();
        let presses = AtomicU32::new(0);
        // Without a handler Ctrl-C ends the process as usual: less friendly, still right.
        let _ = ctrlc::set_handler(move || {
            current.lock().unwrap_or_else(PoisonError::into_inner).store(true, Ordering::SeqCst);
            if presses.fetch_add(1, Ordering::SeqCst) + 1 >= PATIENCE && !patient {
                std::process::exit(i32::from(INTERRUPTED));
            }
        });
        interrupts
    }

    /// A lowered flag for the next computation.
    pub fn fresh_flag(&self) -> Arc<AtomicBool> {
        let flag = Arc::new(AtomicBool::new(false));
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = flag.clone();
        flag
    }
}
