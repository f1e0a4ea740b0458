//! The fast lane with callbacks: every function is called on both lanes, with equal results. Hosted threads, which do the same from the other side.

use gangplank::{CheckpointExt, GoError, hosted};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What travels.
#[gangplank::record]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// How deep it was.
    pub depth: u32,
    /// A line of each level.
    pub lines: Vec<String>,
    /// Bytes, more on each level.
    pub bytes: Vec<u8>,
    /// Numbers by name.
    pub numbers: BTreeMap<String, f64>,
}

/// Why not.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Too much.
    #[error("{0} is too much")]
    TooMuch(u64),
    /// Go said so.
    #[error("Go: {0}")]
    Go(#[from] GoError),
}

/// Callable on the fast lane.
#[gangplank::import(fast)]
pub trait Level {
    /// Goes deeper with a record.
    fn log(&self, left: u32, log: &Log) -> Result<Log, GoError>;
    /// Goes deeper with text, lent and owned.
    fn text(&self, left: u32, #[borrow] text: &str) -> String;
    /// Goes deeper with a number.
    fn number(&self, left: u32, n: i64) -> i64;
    /// Does as it is told: 0 returns, 1 is an error, 2 a panic, 3 Goexit.
    fn end(&self, how: u32) -> Result<u32, GoError>;
    /// Adds one.
    fn next(&self, n: u64) -> u64;
    /// As `end`, and in batches.
    #[import(batch)]
    fn end_each(&self, how: u32) -> Result<u32, GoError>;
}

/// Called through cgo, wherever the caller is.
#[gangplank::import]
pub trait Plain {
    /// Does as `Level::end` does.
    fn end(&self, how: u32) -> Result<u32, GoError>;
    /// Calls `number`, which is fast, with what is left.
    fn deeper(&self, left: u32, n: i64) -> i64;
}

fn level() -> gangplank::Imported<dyn Level> {
    gangplank::imported::<dyn Level>().expect("the test registers one")
}

fn plain() -> gangplank::Imported<dyn Plain> {
    gangplank::imported::<dyn Plain>().expect("the test registers one")
}

/// Writes into the log and goes deeper.
#[gangplank::export(fast)]
pub fn log_down(left: u32, log: Log) -> Result<Log, gangplank::Error> {
    let mut next = Log { depth: log.depth + 1, ..log };
    next.lines.push(format!("Rust at {}", next.depth));
    next.bytes.extend(vec![next.depth as u8; 100]);
    next.numbers.insert(format!("rust {}", next.depth), f64::from(next.depth) / 2.0);
    if left == 0 {
        return Ok(next);
    }
    let sent = next.clone();
    let back = level().log(left, &next)?;
    if next != sent {
        return Err(gangplank::Error::new("the record changed while Go had it"));
    }
    Ok(back)
}

/// Doubles the text on each level.
#[gangplank::export(fast)]
pub fn text(left: u32, text: &str) -> String {
    let before = text.to_owned();
    let longer = format!("{text}r{text}");
    let back = if left == 0 { longer } else { level().text(left, &longer) };
    assert_eq!(before, text, "the lent text changed");
    back
}

/// Adds on each level. Every third goes through cgo.
#[gangplank::export(fast)]
pub fn number(left: u32, n: i64) -> i64 {
    match left {
        0 => n,
        _ if left % 3 == 0 => plain().deeper(left, n * 3) + 1,
        _ => level().number(left, n * 3) + 1,
    }
}

/// The same, entered through cgo.
#[gangplank::export]
pub fn number_slow(left: u32, n: i64) -> i64 {
    number(left, n)
}

/// What became of a call in Go, and of a second one after it; through the fast trait or the plain one.
#[gangplank::export(fast)]
pub fn ends(how: u32, through_cgo: bool) -> Vec<String> {
    let call = |how| {
        let end = if through_cgo { plain().end(how) } else { level().end(how) };
        match end {
            Ok(n) => format!("{n}"),
            Err(e) => format!("{:?}: {}", e.kind(), e.to_string().lines().next().unwrap_or_default()),
        }
    };
    vec![call(how), call(0)]
}

/// Takes note of [`ends`] where nobody is left to take its result.
#[gangplank::export(fast)]
pub fn ends_noted(how: u32, through_cgo: bool) {
    *gangplank::brief(|| NOTED.lock()).unwrap() = ends(how, through_cgo);
}

/// Notes what became of a batch in Go, and of another one after it: on the fast lane, or where everything is as if there were none.
#[gangplank::export(fast)]
pub fn ends_in_batch(hows: &[u32], outside: bool) {
    let text = |end: Result<u32, GoError>| match end {
        Ok(n) => format!("{n}"),
        Err(e) => format!("{:?}: {}", e.kind(), e.to_string().lines().next().unwrap_or_default()),
    };
    let batches = || -> Vec<String> {
        let both = [level().end_each_batch(hows), level().end_each_batch(&[0, 1])];
        both.into_iter().flatten().map(text).collect()
    };
    let said = if outside { hosted::blocking(batches) } else { batches() };
    *gangplank::brief(|| NOTED.lock()).unwrap() = said;
}

static NOTED: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());

/// What [`ends_noted`] noted.
#[gangplank::export]
pub fn noted() -> Vec<String> {
    std::mem::take(&mut NOTED.lock().unwrap())
}

/// Fails in all ways that a function has.
#[gangplank::export(fast)]
pub fn fails(how: u32, n: u64) -> Result<u64, Refusal> {
    match how {
        0 => Ok(n),
        1 => Err(Refusal::TooMuch(n)),
        2 => Err(level().end(1).expect_err("Go fails").into()),
        3 => panic!("it was asked to panic with {n}"),
        _ => Ok(level().end(2).map(u64::from)?),
    }
}

/// Many callbacks in one entry.
#[gangplank::export(fast)]
pub fn count(n: u64) -> u64 {
    let level = level();
    (0..n).fold(0, |sum, _| level.next(sum))
}

/// Spins for some milliseconds, and gives way.
#[gangplank::export(fast, checkpoints)]
pub fn spin(ms: u64) -> u64 {
    let end = Instant::now() + Duration::from_millis(ms);
    std::iter::from_fn(|| (Instant::now() < end).then_some(1)).checkpointed().sum()
}

/// Waits for some milliseconds, outside.
#[gangplank::export(fast)]
pub fn wait(ms: u64) -> u32 {
    hosted::sleep(Duration::from_millis(ms));
    hosted::blocking(|| level().end(0).unwrap_or(99))
}

/// Counts on hosted threads, all at once, and returns what each got; or why one could not be started.
#[gangplank::export]
pub fn count_hosted(threads: u32, n: u64) -> Result<Vec<u64>, String> {
    hosted::scope(|scope| {
        let threads: Result<Vec<_>, _> = (0..threads).map(|_| scope.spawn(|_| count(n))).collect();
        let threads = threads.map_err(|e| e.to_string())?;
        threads.into_iter().map(|thread| thread.join().map_err(|e| e.to_string())).collect()
    })
}

/// The same from threads of Rust, and from a fast entry.
#[gangplank::export(fast)]
pub fn count_hosted_inside(threads: u32, n: u64) -> Result<Vec<u64>, String> {
    hosted::blocking(|| std::thread::spawn(move || count_hosted(threads, n)).join().expect("no panic"))?;
    count_hosted(threads, n)
}

/// What becomes of hosted threads that end in other ways than by returning.
#[gangplank::export]
pub fn hosted_ends() -> Vec<String> {
    let spawn = |name: &str, run: fn(&hosted::Hosted) -> String| match hosted::Builder::new()
        .name(name)
        .spawn(run)
        .map(|thread| thread.join())
    {
        Ok(Ok(text)) => text,
        Ok(Err(panicked)) => panicked.to_string(),
        Err(e) => e.to_string(),
    };
    vec![
        spawn("returns", |go| go.name().to_owned()),
        spawn("panics", |_| panic!("ahoy")),
        spawn("fails", |_| ends(1, false).join(", ")),
        spawn("goes on after a panic", |_| ends(2, false).join(", ")),
        spawn("exits", |_| ends(3, false).join(", ")),
        spawn("exits through cgo", |_| ends(3, true).join(", ")),
        spawn("goes deep", |_| number(10, 1).to_string()),
        spawn("blocks", |go| go.blocking(|| number(4, 1)).to_string()),
        spawn("panics outside", |go| go.blocking(|| panic!("overboard"))),
    ]
}

/// A hosted thread that parks until it is unparked, again and again: how often it was.
#[gangplank::export]
pub fn parked(times: u64) -> u64 {
    static WOKEN: AtomicU64 = AtomicU64::new(0);
    WOKEN.store(0, Ordering::SeqCst);
    let Ok(thread) = hosted::spawn(move |go| {
        while WOKEN.load(Ordering::SeqCst) < times {
            go.park();
        }
        go.park_timeout(Duration::from_micros(10));
        WOKEN.load(Ordering::SeqCst)
    }) else {
        return 0;
    };
    for _ in 0..times {
        WOKEN.fetch_add(1, Ordering::SeqCst);
        thread.unpark();
        std::thread::yield_now();
    }
    thread.join().unwrap_or(0)
}

/// A function of Go.
type Kept = Box<dyn Fn(u64) -> Result<u64, GoError> + Send + Sync>;

static KEPT: std::sync::Mutex<Option<Kept>> = std::sync::Mutex::new(None);

/// Keeps a function of Go.
#[gangplank::export]
pub fn keep(function: Kept) {
    *KEPT.lock().unwrap() = Some(function);
}

/// Calls the function that is kept, from the fast lane, where it is not at home.
#[gangplank::export(fast)]
pub fn call_kept(n: u64) -> Result<u64, GoError> {
    let kept = gangplank::brief(|| KEPT.lock()).unwrap().take().expect("one is kept");
    let result = kept(n).and_then(|n| kept(n));
    *gangplank::brief(|| KEPT.lock()).unwrap() = Some(kept);
    result
}

/// Notes what became of it, where nobody takes the result.
#[gangplank::export(fast)]
pub fn call_kept_noted(n: u64) {
    *gangplank::brief(|| NOTED.lock()).unwrap() = vec![call_kept(n).map_or_else(|e| format!("{:?}", e.kind()), |n| n.to_string())];
}

/// Calls an implementation that it is lent.
#[gangplank::export(fast)]
pub fn lent(level: &dyn Level, n: u64) -> u64 {
    (0..n).fold(0, |sum, _| level.next(sum))
}

/// Stays in Rust.
#[gangplank::object]
pub struct Counter(AtomicU64);

#[gangplank::object]
impl Counter {
    /// Counts from there.
    #[constructor]
    pub fn new(from: u64) -> Counter {
        Counter(AtomicU64::new(from))
    }
}

/// Takes an object.
#[gangplank::export(fast)]
pub fn count_up(counter: &Counter, by: u64) -> u64 {
    counter.0.fetch_add(by, Ordering::Relaxed) + by
}

/// An object that one call at a time changes.
#[gangplank::object]
pub struct Board(u64);

#[gangplank::object]
impl Board {
    /// An empty one.
    #[constructor]
    pub fn new() -> Board {
        Board(0)
    }

    /// Changes it, and calls Go meanwhile.
    pub fn play(&mut self, meanwhile: &dyn Fn()) {
        meanwhile();
        self.0 += 1;
    }
}

/// Looks at it: waits while it is changed.
#[gangplank::export(fast)]
pub fn moves(board: &Board) -> u64 {
    board.0
}

/// How long the slowest of `n` calls of Go took, in nanoseconds: from a hosted thread, or from one of Rust.
#[gangplank::export]
pub fn slowest(n: u64, from_hosted: bool) -> u64 {
    let run = move || {
        let level = level();
        let mut slowest = Duration::ZERO;
        for i in 0..n {
            let from = Instant::now();
            level.next(i);
            slowest = slowest.max(from.elapsed());
        }
        slowest.as_nanos() as u64
    };
    match from_hosted {
        true => hosted::spawn(move |_| run()).map_or(0, |thread| thread.join().unwrap_or(0)),
        false => std::thread::spawn(run).join().unwrap_or(0),
    }
}

/// Fast for one, and in a batch for many.
#[gangplank::export(fast, batch)]
pub fn halve(x: i64) -> Result<i64, gangplank::Error> {
    match x % 2 {
        0 => Ok(x / 2),
        1 | -1 => Err(std::io::Error::other(format!("{x} is odd")).into()),
        _ => unreachable!("a remainder of 2"),
    }
}

/// The same with arguments and results of all kinds, and what may call back.
#[gangplank::export(fast, batch)]
pub fn note(#[shared] suffix: &str, log: &Log, n: i64) -> Result<Log, Refusal> {
    match level().next(n as u64) {
        13 => Err(Refusal::TooMuch(13)),
        14 => panic!("fourteen"),
        n => Ok(Log { depth: n as u32, lines: vec![format!("{n}{suffix}"), format!("{}", log.lines.len())], ..log.clone() }),
    }
}

/// As many words as travel in registers, and as short a result as there is.
#[gangplank::export(fast)]
pub fn four_words(text: &str, small: i8, yes: bool) -> Result<(), gangplank::Error> {
    match text.len() as i64 == i64::from(small) && yes {
        true => Ok(()),
        false => Err(std::io::Error::other(format!("{text:?}, {small}, {yes}")).into()),
    }
}
