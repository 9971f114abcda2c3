//! Evaluation on a thread of its own: with a deep stack, under a deadline, and never able to take the program down.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::limits::Stop;

/// Stack sizes to try, in MiB. It is address space until it is used; a tight system may refuse the first.
const STACKS: [usize; 3] = [256, 64, 8];

/// How long work may go on after it was told to stop.
const GRACE: Duration = Duration::from_secs(1);

/// How often the deadline is looked at and progress is drawn.
const TICK: Duration = Duration::from_millis(50);

/// Results that may wait to be printed; then the work waits, and memory stays bounded.
const WAITING: usize = 256;

/// When work has to stop.
#[derive(Clone, Default)]
pub struct Bounds {
    /// Raised by Ctrl-C.
    pub stop: Arc<AtomicBool>,
    /// The moment after which the work is over, and the time that was allowed.
    pub deadline: Option<(Instant, Duration)>,
}

/// How work ended.
pub enum Ending<R> {
    /// It came back.
    Returned(R),
    /// It panicked: a bug; [`last_panic`] has the words.
    Panicked,
    /// It did not stop when told to, and was left to itself.
    Abandoned(Stop),
    /// Nobody reads the results any more, or they cannot be written.
    Unread(io::Error),
    /// There was no thread for it.
    NotStarted(io::Error),
}

/// What receives results while the work runs.
pub trait Audience {
    /// One result.
    fn hear(&mut self, result: String) -> io::Result<()>;
    /// Nothing more waits at the moment: a good time to flush.
    fn pause(&mut self) -> io::Result<()>;
    /// Some time has passed.
    fn tick(&mut self) {}
}

enum Event<R> {
    Result(String),
    Done(thread::Result<R>),
}

/// Runs `job` on a thread of its own and hands its results to the audience in order, until it ends or is abandoned.
/// The job gets a function to which it gives each result.
pub fn supervise<R: Send + 'static>(
    bounds: &Bounds,
    audience: &mut dyn Audience,
    job: impl FnOnce(&mut dyn FnMut(String)) -> R + Send + 'static,
) -> Ending<R> {
    let (sender, events) = sync_channel(WAITING);
    match spawn(sender, job) {
        Ok(()) => follow(bounds, audience, &events),
        Err(error) => Ending::NotStarted(error),
    }
}

fn spawn<R: Send + 'static>(
    sender: SyncSender<Event<R>>,
    job: impl FnOnce(&mut dyn FnMut(String)) -> R + Send + 'static,
) -> io::Result<()> {
    // The job can be moved only once, so the thread that is refused must leave it here.
    let job = Arc::new(Mutex::new(Some(job)));
    let mut refused = io::Error::other("no thread");
    for size in STACKS {
        let (job, sender) = (job.clone(), sender.clone());
        let body = move || {
            let Some(job) = job.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
            let results = sender.clone();
            // A closed channel means that this work was abandoned: its results are nobody's.
            let mut emit = |result| drop(results.send(Event::Result(result)));
            let done = catch_unwind(AssertUnwindSafe(|| job(&mut emit)));
            drop(sender.send(Event::Done(done)));
        };
        match thread::Builder::new().name("evaluation".to_owned()).stack_size(size << 20).spawn(body) {
            Ok(_) => return Ok(()),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn follow<R>(bounds: &Bounds, audience: &mut dyn Audience, events: &Receiver<Event<R>>) -> Ending<R> {
    let mut told_to_stop = None;
    loop {
        let event = match events.try_recv() {
            Ok(event) => Some(event),
            Err(TryRecvError::Disconnected) => return Ending::Panicked,
            Err(TryRecvError::Empty) => {
                if let Err(error) = audience.pause() {
                    return unread(bounds, error);
                }
                match events.recv_timeout(TICK) {
                    Ok(event) => Some(event),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => {
                        return Ending::Panicked;
                    }
                }
            }
        };
        match event {
            Some(Event::Result(result)) => {
                if let Err(error) = audience.hear(result) {
                    return unread(bounds, error);
                }
            }
            Some(Event::Done(done)) => {
                if let Err(error) = audience.pause() {
                    return unread(bounds, error);
                }
                return match done {
                    Ok(value) => Ending::Returned(value),
                    Err(_) => Ending::Panicked,
                };
            }
            None => audience.tick(),
        }
        if let Some(stop) = overdue(bounds, &mut told_to_stop) {
            return Ending::Abandoned(stop);
        }
    }
}

/// The reason to abandon work that goes on after it was told to stop.
fn overdue(bounds: &Bounds, told_to_stop: &mut Option<Instant>) -> Option<Stop> {
    let now = Instant::now();
    if bounds.stop.load(Ordering::SeqCst) && now.duration_since(*told_to_stop.get_or_insert(now)) >= GRACE {
        return Some(Stop::Interrupted);
    }
    match bounds.deadline {
        Some((deadline, allowed)) if now.saturating_duration_since(deadline) >= GRACE => {
            Some(Stop::Timeout(format!("{}", allowed.as_secs_f64())))
        }
        _ => None,
    }
}

/// Results that cannot be written stop the work.
fn unread<R>(bounds: &Bounds, error: io::Error) -> Ending<R> {
    bounds.stop.store(true, Ordering::SeqCst);
    Ending::Unread(error)
}

/// The last panic, in words with its place; kept here because the default hook would write over the terminal.
static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Makes panics silent and remembers them. A panic is a bug; it is reported as an error like any other.
pub fn remember_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
        let words = format!("{}{place}", words_of(panic.payload()));
        *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
    }));
}

/// The words of the last panic, once.
pub fn last_panic() -> Option<String> {
    LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).take()
}

fn words_of(payload: &(dyn Any + Send)) -> String {
    let words = payload.downcast_ref::<&str>().map(|words| (*words).to_owned());
    words.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without words".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Listener {
        heard: Vec<String>,
        deaf_after: Option<usize>,
    }

    impl Audience for Listener {
        fn hear(&mut self, result: String) -> io::Result<()> {
            if self.deaf_after.is_some_and(|most| self.heard.len() >= most) {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            self.heard.push(result);
            Ok(())
        }

        fn pause(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn results_arrive_in_order_and_the_value_comes_back() {
        let mut listener = Listener::default();
        let ending = supervise(&Bounds::default(), &mut listener, |emit| {
            (0..1000).for_each(|index| emit(index.to_string()));
            7
        });
        assert!(matches!(ending, Ending::Returned(7)));
        assert!(listener.heard.iter().enumerate().all(|(index, text)| *text == index.to_string()));
        assert_eq!(listener.heard.len(), 1000);
    }

    #[test]
    fn a_panic_is_an_ending() {
        let ending: Ending<()> = supervise(&Bounds::default(), &mut Listener::default(), |_| panic!("a bug"));
        assert!(matches!(ending, Ending::Panicked));
    }

    #[test]
    fn work_that_does_not_look_at_its_limits_is_abandoned() {
        let hang = |_: &mut dyn FnMut(String)| thread::sleep(Duration::from_secs(30));
        let start = Instant::now();
        let allowed = Duration::from_millis(100);
        let bounds = Bounds { deadline: Some((start + allowed, allowed)), ..Bounds::default() };
        let ending = supervise(&bounds, &mut Listener::default(), hang);
        assert!(matches!(ending, Ending::Abandoned(Stop::Timeout(allowed)) if allowed == "0.1"));
        let bounds = Bounds::default();
        bounds.stop.store(true, Ordering::SeqCst);
        let ending = supervise(&bounds, &mut Listener::default(), hang);
        assert!(matches!(ending, Ending::Abandoned(Stop::Interrupted)));
        assert!(start.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn endless_results_are_abandoned_too() {
        let start = Instant::now();
        let bounds = Bounds { deadline: Some((start, Duration::ZERO)), ..Bounds::default() };
        let mut sink = Forgetful;
        let ending: Ending<()> = supervise(&bounds, &mut sink, move |emit| {
            while start.elapsed() < Duration::from_secs(30) {
                emit(String::new());
            }
        });
        assert!(matches!(ending, Ending::Abandoned(Stop::Timeout(_))));
        assert!(start.elapsed() < Duration::from_secs(5));
    }

    struct Forgetful;

    impl Audience for Forgetful {
        fn hear(&mut self, _: String) -> io::Result<()> {
            Ok(())
        }

        fn pause(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_leaves_stops_the_work() {
        let bounds = Bounds::default();
        let stop = bounds.stop.clone();
        let mut listener = Listener { deaf_after: Some(3), ..Listener::default() };
        let ending: Ending<()> = supervise(&bounds, &mut listener, move |emit| {
            while !stop.load(Ordering::SeqCst) {
                emit("more".to_owned());
            }
        });
        assert!(matches!(ending, Ending::Unread(error) if error.kind() == io::ErrorKind::BrokenPipe));
        assert_eq!(listener.heard.len(), 3);
    }
}
