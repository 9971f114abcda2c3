//! Progress of long work: a line on the terminal that goes away. The one file that knows the progress crate.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::limits::Limits;

/// Work shorter than this shows nothing.
const SILENT: Duration = Duration::from_millis(400);

/// What the work said last: its stage and how far it is.
type Report = Arc<Mutex<Option<(String, f64)>>>;

/// Draws the progress of one computation; engines only leave word, the main thread draws.
pub struct Progress {
    shown: bool,
    started: Instant,
    report: Report,
    line: Option<ProgressBar>,
}

impl Progress {
    /// Progress that is drawn when `shown` (standard error is a terminal and nobody asked for quiet).
    pub fn new(shown: bool) -> Progress {
        Progress { shown, started: Instant::now(), report: Report::default(), line: None }
    }

    /// Limits that report here.
    pub fn listen(&self, limits: Limits) -> Limits {
        if !self.shown {
            return limits;
        }
        let report = self.report.clone();
        limits.with_progress(Arc::new(move |stage, fraction| {
            let mut last = report.lock().unwrap_or_else(PoisonError::into_inner);
            match last.as_mut() {
                Some((known, done)) if known == stage => *done = fraction,
                _ => *last = Some((stage.to_owned(), fraction)),
            }
        }))
    }

    /// Draws what is known now, once the work has become long.
    pub fn tick(&mut self) {
        if !self.shown || self.started.elapsed() < SILENT {
            return;
        }
        let last = self.report.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let line = self.line.get_or_insert_with(new_line);
        match last {
            Some((stage, fraction)) if fraction > 0.0 => {
                line.set_message(format!("{stage}  {}", bar(fraction.clamp(0.0, 1.0))));
            }
            Some((stage, _)) => line.set_message(stage),
            None => line.set_message("working"),
        }
        line.tick();
    }

    /// Removes the line: something else is about to be written.
    pub fn clear(&mut self) {
        if let Some(line) = self.line.take() {
            line.finish_and_clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// A fraction as a bar and in percent.
fn bar(fraction: f64) -> String {
    const WIDTH: usize = 24;
    let done = ((fraction * WIDTH as f64) as usize).min(WIDTH);
    format!("{}{} {:3.0} %", "━".repeat(done), "─".repeat(WIDTH - done), fraction * 100.0)
}

fn new_line() -> ProgressBar {
    let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    // A template that does not parse would be a bug without consequence: the default style serves.
    if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
        line.set_style(style.tick_chars("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ "));
    }
    line
}
