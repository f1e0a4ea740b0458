//! The fast lane while others look at it, and in every way a program can be linked: one function of each shape, hosted threads, and frames as large as one likes.

use gangplank::{CheckpointExt, GoError, hosted};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};

/// What travels in frames.
#[gangplank::record]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sounding {
    /// How often it was passed on.
    pub depth: u32,
    /// Of all who had it.
    pub names: Vec<String>,
    /// Bytes, so many that they do not fit into scratch memory.
    pub echo: Vec<u8>,
    /// By name.
    pub fathoms: BTreeMap<String, f64>,
    /// The one before.
    pub before: Option<Box<Sounding>>,
}

/// Why not.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum Aground {
    /// Too shallow.
    #[error("{0} fathoms")]
    Shallow(u64),
    /// Go said so.
    #[error("Go: {0}")]
    Go(#[from] GoError),
}

/// Callable on the fast lane.
#[gangplank::import(fast)]
pub trait Crew {
    /// Adds one.
    fn add(&self, n: u64) -> u64;
    /// Adds one, and does meanwhile what a goroutine can do: waits, allocates, moves its stack, collects.
    fn work(&self, n: u64) -> u64;
    /// Passes a record on.
    fn pass(&self, sounding: &Sounding) -> Result<Sounding, GoError>;
    /// Repeats a text that is lent.
    fn say(&self, #[borrow] text: &str) -> String;
    /// Goes deeper, with so much more of its stack in use.
    fn down(&self, left: u32, n: i64, kib: u32) -> i64;
    /// Waits until all are there.
    fn meet(&self);
    /// Does as it is told: 0 returns, 1 is an error, 2 a panic, 3 Goexit.
    fn end(&self, how: u32) -> Result<u32, GoError>;
}

/// Called through cgo, wherever the caller is.
#[gangplank::import]
pub trait Shore {
    /// Adds one.
    fn add(&self, n: u64) -> u64;
    /// Goes deeper.
    fn down(&self, left: u32, n: i64, kib: u32) -> i64;
}

fn crew() -> gangplank::Imported<dyn Crew> {
    gangplank::imported::<dyn Crew>().expect("the suite registers one")
}

fn shore() -> gangplank::Imported<dyn Shore> {
    gangplank::imported::<dyn Shore>().expect("the suite registers one")
}

/// Four words, and no callback.
#[gangplank::export(fast)]
pub fn weigh(a: u64, b: i32, c: u8, d: bool) -> u64 {
    a.wrapping_mul(31) ^ (b as u64) << 8 ^ u64::from(c) << 1 ^ u64::from(d)
}

/// Many callbacks in one entry.
#[gangplank::export(fast)]
pub fn count(n: u64) -> u64 {
    let crew = crew();
    (0..n).fold(0, |sum, _| crew.add(sum))
}

/// The same with callbacks that take their time.
#[gangplank::export(fast)]
pub fn work(n: u64) -> u64 {
    let crew = crew();
    (0..n).fold(0, |sum, _| crew.work(sum))
}

/// Waits in a callback.
#[gangplank::export(fast)]
pub fn meet() {
    crew().meet();
}

/// Computes, and gives way.
#[gangplank::export(fast, checkpoints)]
pub fn hash(n: u64) -> u64 {
    (0..n).checkpointed().fold(14_695_981_039_346_656_037, |hash, i| (black_box(hash) ^ i).wrapping_mul(1_099_511_628_211))
}

/// A record there and back, so many times.
#[gangplank::export(fast)]
pub fn pass(times: u32, sounding: Sounding) -> Result<Sounding, gangplank::Error> {
    let mut sounding = sounding;
    for _ in 0..times {
        let mut next = Sounding { depth: sounding.depth + 1, before: None, ..sounding.clone() };
        next.names.push(format!("Rust {}", next.depth));
        next.echo.extend((0..200).map(|i| (i ^ next.depth) as u8));
        next.fathoms.insert(format!("{}", next.depth), f64::from(next.depth) / 4.0);
        next.before = Some(Box::new(Sounding { before: None, echo: Vec::new(), ..sounding }));
        sounding = crew().pass(&next)?;
    }
    Ok(sounding)
}

/// A text there and back, longer each time.
#[gangplank::export(fast)]
pub fn say(times: u32, text: &str) -> String {
    (0..times).fold(text.to_owned(), |text, _| crew().say(&text))
}

/// Goes down: Go, Rust, Go, .. with so many KiB of the stack in use on each level, on either side. Every third level goes through cgo.
#[gangplank::export(fast)]
pub fn down(left: u32, n: i64, kib: u32) -> i64 {
    if left == 0 {
        return n;
    }
    with_room(kib, &mut || match left % 3 {
        0 => shore().down(left, n * 3 % 1_000_003, kib) + 1,
        _ => crew().down(left, n * 3 % 1_000_003, kib) + 1,
    })
}

/// The same without an end.
#[gangplank::export(fast)]
pub fn down_for_ever(kib: u32) -> i64 {
    with_room(kib, &mut || crew().down(u32::MAX, 0, kib))
}

#[inline(never)]
fn with_room(kib: u32, f: &mut dyn FnMut() -> i64) -> i64 {
    let mut room = black_box([0u8; 1 << 10]);
    room[kib as usize % room.len()] = 1;
    let n = if kib == 0 { f() } else { with_room(kib - 1, f) };
    n + i64::from(black_box(&room)[kib as usize % room.len()]) - 1
}

/// Ends in all ways that a function has, at a callback of this number: early ones and late ones are guarded otherwise.
#[gangplank::export(fast)]
pub fn fails(how: u32, at: u64) -> Result<u64, Aground> {
    let crew = crew();
    let sum = (0..at).fold(0, |sum, _| crew.add(sum));
    match how {
        0 => Ok(sum),
        1 => Err(Aground::Shallow(sum)),
        2 => Err(crew.end(1).expect_err("Go fails").into()),
        3 => panic!("it was asked to panic at {sum}"),
        _ => Ok(crew.end(how - 2).map(u64::from)?),
    }
}

static LEFT: AtomicU64 = AtomicU64::new(0);

/// Counts what is dropped.
struct Leaves;

impl Drop for Leaves {
    fn drop(&mut self) {
        LEFT.fetch_add(1, Ordering::SeqCst);
    }
}

/// Calls Go at `at` in a way that ends the goroutine, after which there is nobody to take a result.
#[gangplank::export(fast)]
pub fn exits(at: u64) {
    let _leaves = Leaves;
    let crew = crew();
    (0..at).fold(0, |sum, _| crew.add(sum));
    let _ = crew.end(3);
    // Refused from here on.
    let _ = crew.end(0);
}

/// How often [`exits`] left: destructors ran.
#[gangplank::export(fast)]
pub fn left() -> u64 {
    LEFT.swap(0, Ordering::SeqCst)
}

/// Stays in Rust.
#[gangplank::object]
pub struct Log(AtomicU64);

#[gangplank::object]
impl Log {
    /// Begins there.
    #[constructor]
    pub fn new(from: u64) -> Log {
        Log(AtomicU64::new(from))
    }

    /// Where it is.
    pub fn at(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Takes an object, and calls Go for it on both ways.
#[gangplank::export(fast)]
pub fn sail(log: &Log, by: u64) -> u64 {
    let (crew, shore) = (crew(), shore());
    for i in 0..by {
        let n = log.0.load(Ordering::Relaxed);
        log.0.store(if i % 4 == 3 { shore.add(n) } else { crew.add(n) }, Ordering::Relaxed);
    }
    log.0.load(Ordering::Relaxed)
}

/// An object that is made on the lane.
#[gangplank::export(fast)]
pub fn begin(at: u64) -> Log {
    Log(AtomicU64::new(crew().add(at)))
}

/// A hosted thread that does all of it, and starts over outside: lanes in lanes.
#[gangplank::export]
pub fn hosted(n: u64) -> Result<Vec<u64>, String> {
    let thread = hosted::spawn(move |go| {
        let outside = go.blocking(|| count(n));
        go.checkpoint();
        let deep = down(6, 1, 1) as u64;
        let outside_deep = go.blocking(|| down(6, 1, 1)) as u64;
        vec![count(n), outside, work(n.min(50)), deep, outside_deep, say(3, "ahoy").len() as u64]
    });
    thread.map_err(|e| e.to_string())?.join().map_err(|e| e.to_string())
}

/// Items in one crossing.
#[gangplank::export(batch)]
pub fn halve(n: i64) -> Result<i64, gangplank::Error> {
    match n % 2 {
        0 => Ok(n / 2),
        _ => Err(std::io::Error::other(format!("{n} is odd")).into()),
    }
}

/// Where a debugger stops: in Rust, and in the Go function that Rust calls.
#[gangplank::export(fast)]
pub fn stop(n: u64) -> u64 {
    observed_breakpoint(crew().add(n))
}

#[unsafe(no_mangle)]
#[inline(never)]
extern "C" fn observed_breakpoint(n: u64) -> u64 {
    black_box(n)
}
