//! Iterators that cross: of Rust in Go's loops, of Go in Rust's, with errors, panics and early ends in all places.

use gangplank::{GoError, GoIter};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A line that was found.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub text: String,
    pub line: u32,
}

/// Some numbers.
#[gangplank::record]
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C)]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

/// Two forms.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Circle { radius: f64 },
    Named(String),
    Nothing,
}

/// Why an item fails.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum ItemError {
    #[error("item {at} is odd")]
    Odd { at: u64 },
    #[error("go: {0}")]
    Go(#[from] GoError),
}

/// Iterators that are alive, and items that they made.
static ALIVE: AtomicI64 = AtomicI64::new(0);
static MADE: AtomicU64 = AtomicU64::new(0);

struct Counted<I>(I);

impl<I> Counted<I> {
    fn new(items: I) -> Self {
        ALIVE.fetch_add(1, SeqCst);
        Counted(items)
    }
}

impl<I: Iterator> Iterator for Counted<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        MADE.fetch_add(1, SeqCst);
        self.0.next()
    }
}

impl<I> Drop for Counted<I> {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, SeqCst);
    }
}

/// How many iterators of Rust are alive.
#[gangplank::export]
pub fn alive() -> i64 {
    ALIVE.load(SeqCst)
}

/// How many items were asked of them since the last call.
#[gangplank::export]
pub fn made() -> u64 {
    MADE.swap(0, SeqCst)
}

/// The numbers below a limit.
#[gangplank::export]
pub fn below(limit: u64) -> impl Iterator<Item = u64> + Send {
    Counted::new(0..limit)
}

/// The lines of a text.
#[gangplank::export]
pub fn lines(text: &str) -> impl Iterator<Item = String> + Send + 'static {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    Counted::new(lines.into_iter())
}

/// Hits, boxed.
#[gangplank::export]
pub fn hits(n: u32) -> Box<dyn Iterator<Item = Hit> + Send> {
    Box::new(Counted::new((0..n).map(|line| Hit { text: format!("line {line}"), line })))
}

/// Even numbers, and an error for each odd one.
#[gangplank::export]
pub fn evens(limit: u64) -> impl Iterator<Item = Result<u64, ItemError>> + Send {
    Counted::new((0..limit).map(|at| if at % 2 == 0 { Ok(at) } else { Err(ItemError::Odd { at }) }))
}

/// An iterator, or an error instead.
#[gangplank::export]
pub fn perhaps(fails: bool) -> Result<impl Iterator<Item = Result<Hit, gangplank::Error>> + Send, ItemError> {
    if fails {
        return Err(ItemError::Odd { at: 7 });
    }
    let items = (0..2).map(|line| match line {
        0 => Ok(Hit { text: String::new(), line }),
        _ => Err(std::io::Error::other("disk").into()),
    });
    Ok(Counted::new(items))
}

/// Numbers, and a panic behind so many.
#[gangplank::export]
pub fn panics_behind(n: u64) -> impl Iterator<Item = u64> + Send {
    Counted::new((0..).map(move |at| if at < n { at } else { panic!("no item {at}") }))
}

/// The same with errors.
#[gangplank::export]
pub fn breaks_behind(n: u64) -> impl Iterator<Item = Result<u64, String>> + Send {
    Counted::new((0..).map(move |at| if at < n { Ok(at) } else { panic!("no item {at}") }))
}

/// A panic of its Drop.
#[gangplank::export]
pub fn bad_drop() -> impl Iterator<Item = u8> + Send {
    struct Bad;
    impl Drop for Bad {
        fn drop(&mut self) {
            panic!("bad drop");
        }
    }
    let bad = Bad;
    (0..100).inspect(move |_| _ = &bad)
}

/// Texts of so many bytes.
#[gangplank::export]
pub fn large(bytes: u64, n: u32) -> impl Iterator<Item = String> + Send {
    Counted::new((0..n).map(move |_| "x".repeat(bytes as usize)))
}

/// An item every so many microseconds.
#[gangplank::export]
pub fn slowly(micros: u64, n: u32) -> impl Iterator<Item = u32> + Send {
    Counted::new((0..n).inspect(move |_| thread::sleep(Duration::from_micros(micros))))
}

/// A number that nests too deep as a value of its own: a chain of boxes.
#[gangplank::record]
#[derive(Clone)]
pub struct Nest {
    pub inner: Option<Box<Nest>>,
}

/// Nests of growing depth; the last one is too deep to cross.
#[gangplank::export]
pub fn nests(n: u32) -> impl Iterator<Item = Result<Nest, String>> + Send {
    Counted::new((0..=n).map(move |i| {
        let mut nest = Nest { inner: None };
        for _ in 0..if i == n { 2000 } else { i } {
            nest = Nest { inner: Some(Box::new(nest)) };
        }
        Ok(nest)
    }))
}

/// The same with one too deep at a place: what is before and behind it crosses. Each holds a word.
#[gangplank::export]
pub fn nests_around(n: u32, bad: u32) -> impl Iterator<Item = Result<Held, String>> + Send {
    Counted::new((0..n).map(move |i| {
        let depth = if i == bad { 2000 } else { i % 4 };
        let nest = (0..depth).fold(Nest { inner: None }, |inner, _| Nest { inner: Some(Box::new(inner)) });
        Ok(Held { at: i, word: Arc::new(Word::new(i.to_string())), nest })
    }))
}

/// Something deep, behind a word.
#[gangplank::record]
pub struct Held {
    pub at: u32,
    pub word: Arc<Word>,
    pub nest: Nest,
}

/// The same where no item can be an error.
#[gangplank::export]
pub fn plain_nests(n: u32, bad: u32) -> impl Iterator<Item = Nest> + Send {
    Counted::new((0..n).map(move |i| {
        let depth = if i == bad { 2000 } else { i % 4 };
        (0..depth).fold(Nest { inner: None }, |inner, _| Nest { inner: Some(Box::new(inner)) })
    }))
}

/// Numbers, one at a time.
#[gangplank::export(unbuffered)]
pub fn singly(limit: u64) -> impl Iterator<Item = u64> + Send {
    Counted::new(0..limit)
}

/// The same in a box, with errors.
#[gangplank::export(unbuffered)]
pub fn singly_boxed(limit: u64) -> Result<Box<dyn Iterator<Item = Result<u64, ItemError>> + Send>, ItemError> {
    Ok(Box::new(Counted::new((0..limit).map(Ok))))
}

/// What became of each text.
#[gangplank::export]
pub fn texts(items: GoIter<Result<String, GoError>>) -> Vec<String> {
    items.map(|item| item.unwrap_or_else(|error| format!("{:?}", error.kind()))).collect()
}

/// How many texts came before the panic, and how many behind it.
#[gangplank::export]
pub fn plain_texts(items: GoIter<String>) -> (u64, String, u64) {
    let (mut items, mut seen) = (items, 0);
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| items.by_ref().for_each(|_| seen += 1)));
    let payload = panic.expect_err("an item cannot cross");
    let text = payload.downcast_ref::<String>().cloned().unwrap_or_default();
    (seen, text, items.count() as u64)
}

/// Calls Go for each item.
#[gangplank::export]
pub fn through(
    n: u64,
    f: Box<dyn Fn(u64) -> Result<u64, GoError> + Send + Sync>,
) -> impl Iterator<Item = Result<u64, GoError>> + Send {
    Counted::new((0..n).map(f))
}

/// Items of every family, given and taken: what comes back must be what went.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Mixed {
    pub flag: bool,
    pub letter: char,
    pub real: f32,
    pub bytes: Vec<u8>,
    pub points: Vec<Point>,
    pub shape: Shape,
    pub names: BTreeMap<String, Option<i64>>,
    pub pause: Duration,
    pub pair: (u8, String),
}

fn mixed(n: u32) -> Mixed {
    Mixed {
        flag: n % 2 == 0,
        letter: char::from_u32(0x3b1 + n % 20).unwrap(),
        real: n as f32 / 2.0,
        bytes: vec![n as u8; n as usize % 5],
        points: vec![Point { x: n as i32, y: -(n as i32) }; n as usize % 3],
        shape: match n % 3 {
            0 => Shape::Circle { radius: n.into() },
            1 => Shape::Named(n.to_string()),
            _ => Shape::Nothing,
        },
        names: (0..n % 4).map(|i| (i.to_string(), (i % 2 == 0).then_some(i.into()))).collect(),
        pause: Duration::from_nanos(n.into()),
        pair: (n as u8, "é".repeat(n as usize % 7)),
    }
}

#[gangplank::export]
pub fn mixed_items(n: u32) -> impl Iterator<Item = Mixed> + Send {
    Counted::new((0..n).map(mixed))
}

/// How many items are as `mixed_items` makes them.
#[gangplank::export]
pub fn check_mixed(items: GoIter<Mixed>) -> u32 {
    items.zip(0..).filter(|(item, n)| *item == mixed(*n)).count() as u32
}

#[gangplank::export]
pub fn pass_numbers(items: GoIter<i16>) -> impl Iterator<Item = i16> + Send {
    Counted::new(items)
}

#[gangplank::export]
pub fn pass_bytes(items: GoIter<Vec<u8>>) -> Box<dyn Iterator<Item = Vec<u8>> + Send> {
    Box::new(items)
}

#[gangplank::export]
pub fn pass_units(items: GoIter<()>) -> GoIter<()> {
    items
}

#[gangplank::export]
pub fn pass_shapes(items: GoIter<Shape>) -> impl Iterator<Item = Shape> + Send {
    Counted::new(items)
}

#[gangplank::export]
pub fn pass_points(items: GoIter<Point>) -> impl Iterator<Item = Point> + Send {
    Counted::new(items)
}

#[gangplank::export]
pub fn pass_options(items: GoIter<Option<String>>) -> impl Iterator<Item = Option<String>> + Send {
    Counted::new(items)
}

#[gangplank::export]
pub fn pass_errors(
    items: GoIter<Result<String, GoError>>,
) -> impl Iterator<Item = Result<String, GoError>> + Send {
    Counted::new(items)
}

/// Rust's own error where it is one.
#[gangplank::export]
pub fn pass_own_errors(
    items: Box<dyn Iterator<Item = Result<u64, ItemError>> + Send>,
) -> impl Iterator<Item = Result<u64, ItemError>> + Send {
    Counted::new(items)
}

type Step = Box<dyn Fn(u64) -> u64 + Send + Sync>;

#[gangplank::export]
pub fn steps(n: u64) -> impl Iterator<Item = Step> + Send {
    Counted::new((0..n).map(|n| -> Step { Box::new(move |x| x + n) }))
}

#[gangplank::export]
pub fn apply(steps: GoIter<Step>, to: u64) -> u64 {
    steps.fold(to, |x, step| step(x))
}

/// Is in Rust.
#[gangplank::object]
pub struct Word {
    text: String,
}

static WORDS: AtomicI64 = AtomicI64::new(0);

impl Drop for Word {
    fn drop(&mut self) {
        WORDS.fetch_sub(1, SeqCst);
    }
}

#[gangplank::object]
impl Word {
    #[constructor]
    pub fn new(text: String) -> Word {
        WORDS.fetch_add(1, SeqCst);
        Word { text }
    }

    pub fn text(&self) -> String {
        self.text.clone()
    }

    /// How many are alive.
    pub fn count() -> i64 {
        WORDS.load(SeqCst)
    }

    /// Itself, again and again.
    pub fn forever(self: Arc<Self>) -> impl Iterator<Item = Arc<Word>> + Send {
        Counted::new(std::iter::repeat(self))
    }

    /// Its letters.
    pub fn letters(&self) -> impl Iterator<Item = char> + Send + 'static {
        Counted::new(self.text.chars().collect::<Vec<_>>().into_iter())
    }
}

#[gangplank::export]
pub fn words(n: u32) -> impl Iterator<Item = Word> + Send {
    Counted::new((0..n).map(|n| Word::new(n.to_string())))
}

#[gangplank::export]
pub fn join_words(words: GoIter<Arc<Word>>, most: u32) -> String {
    words.take(most as usize).map(|word| word.text.clone()).collect()
}

#[gangplank::export]
pub fn sum(items: GoIter<u64>) -> u64 {
    items.sum()
}

/// The first items, and drops the rest.
#[gangplank::export]
pub fn first(items: GoIter<u64>, n: u32) -> Vec<u64> {
    items.take(n as usize).collect()
}

/// The same, one at a time.
#[gangplank::export]
pub fn first_unbuffered(items: GoIter<u64>, n: u32) -> Vec<u64> {
    items.unbuffered().take(n as usize).collect()
}

/// Looks at none.
#[gangplank::export]
pub fn ignore(items: GoIter<u64>) {
    drop(items);
}

/// What became of each item.
#[gangplank::export]
pub fn describe(items: GoIter<Result<u64, GoError>>) -> Vec<String> {
    items
        .map(|item| item.map_or_else(|error| format!("{:?}: {error}", error.kind()), |n| n.to_string()))
        .collect()
}

/// Adds up from another thread for each number.
#[gangplank::export]
pub fn sum_on_threads(mut items: GoIter<u64>) -> u64 {
    let mut sum = 0;
    loop {
        let (back, some) = thread::spawn(move || {
            let some: Vec<u64> = items.by_ref().take(100).collect();
            (items, some)
        })
        .join()
        .unwrap();
        items = back;
        if some.is_empty() {
            return sum;
        }
        sum += some.iter().sum::<u64>();
    }
}

static KEPT: Mutex<Vec<GoIter<u64>>> = Mutex::new(Vec::new());

/// Keeps an iterator beyond the call.
#[gangplank::export]
pub fn keep(items: GoIter<u64>) {
    KEPT.lock().unwrap().push(items);
}

/// The next item of the first one that is kept.
#[gangplank::export]
pub fn next_kept() -> Option<u64> {
    KEPT.lock().unwrap().first_mut()?.next()
}

/// Drops all that are kept.
#[gangplank::export]
pub fn forget_kept() -> u32 {
    let kept = std::mem::take(&mut *KEPT.lock().unwrap());
    kept.len() as u32
}

/// Drops an iterator in a destructor of a thread that ends.
#[gangplank::export]
pub fn drop_at_thread_end(items: GoIter<u64>) {
    thread_local!(static LAST: std::cell::RefCell<Option<GoIter<u64>>> = const { std::cell::RefCell::new(None) });
    thread::spawn(move || {
        let mut items = items;
        items.next();
        LAST.with(|last| *last.borrow_mut() = Some(items));
    })
    .join()
    .unwrap();
}

/// Counts the bytes of items, with a pause behind each.
#[gangplank::export]
pub fn eat_slowly(items: GoIter<Vec<u8>>, micros: u64) -> u64 {
    items
        .map(|item| {
            thread::sleep(Duration::from_micros(micros));
            item.len() as u64
        })
        .sum()
}

/// Is in Go.
#[gangplank::import]
pub trait Store {
    fn scan(&self, n: u32) -> Result<GoIter<Result<Hit, ItemError>>, GoError>;
    fn numbers(&self, n: u64) -> GoIter<u64>;
    fn total(&self, items: Box<dyn Iterator<Item = u64> + Send>, most: u32) -> u64;
}

/// Asks the store.
#[gangplank::export]
pub fn scan(n: u32) -> Result<Vec<String>, GoError> {
    let store = gangplank::imported::<dyn Store>().map_err(|_| GoError::new("no store"))?;
    Ok(store
        .scan(n)?
        .map(|hit| hit.map_or_else(|error| error.to_string(), |hit| format!("{}: {}", hit.line, hit.text)))
        .collect())
}

/// Gives the store numbers, of which it looks at some.
#[gangplank::export]
pub fn total(n: u64, most: u32) -> u64 {
    gangplank::imported::<dyn Store>().unwrap().total(Box::new(Counted::new(0..n)), most)
}

/// The store's numbers, many times on many threads.
#[gangplank::export]
pub fn hammer(threads: u32, times: u32) -> u64 {
    let one = move || -> u64 {
        let store = gangplank::imported::<dyn Store>().unwrap();
        (0..times)
            .map(|i| match i % 4 {
                0 => store.numbers(1000).sum::<u64>(),
                1 => store.numbers(1000).take(10).sum::<u64>(),
                2 => store.numbers(1000).unbuffered().take(3).sum::<u64>(),
                _ => store.total(Box::new(Counted::new(0..1000)), 20),
            })
            .sum()
    };
    let running: Vec<_> = (0..threads).map(|_| thread::spawn(one)).collect();
    running.into_iter().map(|thread| thread.join().unwrap()).sum()
}
