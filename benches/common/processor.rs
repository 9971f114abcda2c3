//! Processor time of a benchmark.

use std::time::Instant;

/// Processor seconds of this process where Linux tells them, else the clock's.
pub fn processor(start: Instant) -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let each = tasks.filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    let sum: f64 = each.sum();
    if sum > 0.0 { sum * 1e-9 } else { start.elapsed().as_secs_f64() }
}
