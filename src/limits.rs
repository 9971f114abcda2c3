//! Limits of a computation: a stop flag, a deadline, a memory budget, and the channel for progress.
//!
//! Engines never look at a clock, a terminal or the environment: they call [`Limits::check`] in every loop
//! that can exceed some milliseconds, [`Limits::reserve`] before they take a large block, and
//! [`Limits::progress`] to say how far they are. The caller decides what these mean.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Why a computation stopped before its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// The user asked for it (Ctrl-C).
    #[error("interrupted")]
    Interrupted,
    /// The deadline passed.
    #[error("the time limit of {0} seconds has passed")]
    Timeout(String),
    /// The next step would need more memory than the budget allows.
    #[error("this needs about {needed_mib} MiB, more than the memory limit of {budget_mib} MiB")]
    Memory {
        /// Estimated need, in MiB.
        needed_mib: u64,
        /// The budget, in MiB.
        budget_mib: u64,
    },
}

/// The most that is taken when no budget is set, in MiB: what is larger is refused, not tried until the machine gives up.
const UNSET_MIB: u64 = 1 << 16;

/// No single block can be larger than an address: in MiB.
const ADDRESSABLE_MIB: u64 = (isize::MAX as u64) >> 20;

/// Receives progress messages: a stage and how far it is, from 0 to 1.
pub type ProgressSink = dyn Fn(&str, f64) + Send + Sync;

/// The limits of one computation; cheap to clone and to share between threads.
#[derive(Clone, Default)]
pub struct Limits {
    stop: Arc<AtomicBool>,
    deadline: Option<(Instant, Duration)>,
    memory_mib: Option<u64>,
    progress: Option<Arc<ProgressSink>>,
    seed: u64,
}

impl Limits {
    /// No limit at all.
    pub fn none() -> Limits {
        Limits::default()
    }

    /// Uses the given flag: setting it to `true` from anywhere stops the computation.
    pub fn with_stop_flag(mut self, flag: Arc<AtomicBool>) -> Limits {
        self.stop = flag;
        self
    }

    /// Stops once `allowed` has passed, counted from now.
    pub fn with_timeout(mut self, allowed: Duration) -> Limits {
        self.deadline = Some((Instant::now() + allowed, allowed));
        self
    }

    /// Refuses work estimated above this many MiB.
    pub fn with_memory(mut self, mib: u64) -> Limits {
        self.memory_mib = Some(mib);
        self
    }

    /// Sends progress to this sink.
    pub fn with_progress(mut self, sink: Arc<ProgressSink>) -> Limits {
        self.progress = Some(sink);
        self
    }

    /// The seed from which engines draw their random choices.
    pub fn with_seed(mut self, seed: u64) -> Limits {
        self.seed = seed;
        self
    }

    /// The seed from which engines draw their random choices (primes, generic elements).
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// `Err` when the computation has to stop; cheap enough for every few thousand operations.
    pub fn check(&self) -> Result<(), Stop> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Stop::Interrupted);
        }
        match self.deadline {
            Some((deadline, allowed)) if Instant::now() >= deadline => {
                Err(Stop::Timeout(format!("{}", allowed.as_secs_f64())))
            }
            _ => Ok(()),
        }
    }

    /// `Err` when taking `bytes` more would pass the memory budget, or 64 GiB when none is set. Call it before a large
    /// allocation.
    pub fn reserve(&self, bytes: u128) -> Result<(), Stop> {
        let needed_mib = u64::try_from(bytes >> 20).unwrap_or(u64::MAX);
        let budget_mib = self.memory_mib.unwrap_or(UNSET_MIB).min(ADDRESSABLE_MIB);
        if needed_mib >= budget_mib { Err(Stop::Memory { needed_mib, budget_mib }) } else { Ok(()) }
    }

    /// Reports progress: the stage and the fraction done.
    pub fn progress(&self, stage: &str, fraction: f64) {
        if let Some(sink) = &self.progress {
            sink(stage, fraction);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_flag_stops() {
        let flag = Arc::new(AtomicBool::new(false));
        let limits = Limits::none().with_stop_flag(flag.clone());
        assert_eq!(limits.check(), Ok(()));
        flag.store(true, Ordering::Relaxed);
        assert_eq!(limits.check(), Err(Stop::Interrupted));
    }

    #[test]
    fn a_past_deadline_stops() {
        assert!(matches!(Limits::none().with_timeout(Duration::ZERO).check(), Err(Stop::Timeout(_))));
    }

    #[test]
    fn memory_is_refused_before_it_is_taken() {
        let limits = Limits::none().with_memory(64);
        assert_eq!(limits.reserve(63 << 20), Ok(()));
        assert!(matches!(limits.reserve(65 << 20), Err(Stop::Memory { needed_mib: 65, budget_mib: 64 })));
        // Without a budget, and with one beyond all addresses, there is a bound too.
        assert_eq!(Limits::none().reserve(1 << 30), Ok(()));
        assert!(Limits::none().reserve(1 << 40).is_err());
        assert!(Limits::none().with_memory(u64::MAX).reserve(u128::MAX).is_err());
        assert!(Limits::none().with_memory(u64::MAX).reserve(1 << 63).is_err());
    }
}
