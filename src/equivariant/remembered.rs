//! Solved terms, kept for the life of the process: the same question is answered once, whoever asks.

use std::collections::VecDeque;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::Method;
use crate::exact::SparseVector;
use crate::reps::Rep;

/// Entries of all remembered bases together; the oldest are forgotten first.
const MAX_ENTRIES: usize = 4_000_000;
/// Bases with more entries are not kept.
const MAX_OWN: usize = 1_000_000;
/// The most terms that are kept.
const MAX_TERMS: usize = 512;

#[derive(Default)]
struct Memory {
    solved: VecDeque<(Rep, Method, Vec<SparseVector>)>,
    entries: usize,
}

static MEMORY: LazyLock<Mutex<Memory>> = LazyLock::new(Mutex::default);

fn entries(vectors: &[SparseVector]) -> usize {
    vectors.iter().map(|v| v.len() + 4).sum()
}

/// The basis of a representation with the same expression over the same group, found before.
pub(super) fn recall(rep: &Rep) -> Option<(Method, Vec<SparseVector>)> {
    let memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    // The family chooses the method: the same matrices without it are another question.
    let same = |known: &Rep| known.base().family() == rep.base().family() && known.is_identical(rep);
    let found = memory.solved.iter().find(|(known, ..)| same(known))?;
    Some((found.1, found.2.clone()))
}

/// Keeps a basis that depends on nothing but the representation.
pub(super) fn remember(rep: &Rep, method: Method, vectors: &[SparseVector]) {
    let size = entries(vectors);
    if size > MAX_OWN {
        return;
    }
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    memory.solved.push_back((rep.clone(), method, vectors.to_vec()));
    memory.entries += size;
    while memory.entries > MAX_ENTRIES || memory.solved.len() > MAX_TERMS {
        let Some((.., oldest)) = memory.solved.pop_front() else { break };
        memory.entries -= entries(&oldest);
    }
}
