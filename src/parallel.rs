//! The one place that names rayon: ordered parallel maps whose result does not depend on the number of threads.

use rayon::prelude::*;

/// `f(0), f(1), …, f(count - 1)`, computed on all threads, in order.
pub fn map<T: Send>(count: usize, f: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..count).into_par_iter().map(f).collect()
}

/// `f` of each item, computed on all threads, in order; the items may be disjoint parts of one array, to be filled.
pub fn map_items<I: Send, T: Send>(items: Vec<I>, f: impl Fn(I) -> T + Sync + Send) -> Vec<T> {
    items.into_par_iter().map(f).collect()
}

/// Runs `f` on each item in place, on all threads; nothing is allocated, and an item must not depend on another.
pub fn for_each<T: Send>(items: &mut [T], f: impl Fn(usize, &mut T) + Sync + Send) {
    items.par_iter_mut().enumerate().for_each(|(k, item)| f(k, item));
}

/// Runs `f` on consecutive parts of `size` numbers of an array, the last one perhaps shorter, like [`for_each`].
pub fn for_each_part(data: &mut [f64], size: usize, f: impl Fn(usize, &mut [f64]) + Sync + Send) {
    data.par_chunks_mut(size.max(1)).enumerate().for_each(|(k, part)| f(k, part));
}

/// Like [`map`], stopping at an error; among several errors the one with the smallest index is returned.
pub fn try_map<T: Send, E: Send>(count: usize, f: impl Fn(usize) -> Result<T, E> + Sync + Send) -> Result<Vec<T>, E> {
    map(count, f).into_iter().collect()
}

/// Like [`try_map`] with at most so many items in work, whatever the number of threads: for items that take much memory.
pub fn try_map_few<T: Send, E: Send>(
    count: usize,
    at_once: usize,
    f: impl Fn(usize) -> Result<T, E> + Sync + Send,
) -> Result<Vec<T>, E> {
    let mut out = Vec::with_capacity(count);
    while out.len() < count {
        let start = out.len();
        out.extend(try_map((count - start).min(at_once.max(1)), |k| f(start + k))?);
    }
    Ok(out)
}

/// Uses this many threads from now on instead of one per core. Threads start with the first parallel work or here;
/// a second call changes nothing.
pub fn limit_threads(count: usize) {
    // The only way this fails is that the threads are running already.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(count).build_global();
}
