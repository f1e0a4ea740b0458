//! Objects: Rust values that Go holds, calls, passes on, closes and forgets.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

static ALIVE: AtomicI64 = AtomicI64::new(0);

/// Counters and stacks that were made and not destroyed.
#[gangplank::export]
pub fn alive() -> i64 {
    ALIVE.load(Ordering::SeqCst)
}

/// Counted by [`alive`].
struct Life;

impl Life {
    fn new() -> Life {
        ALIVE.fetch_add(1, Ordering::SeqCst);
        Life
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Why a counter refuses.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum CounterError {
    /// It does not count so far.
    #[error("over the limit of {limit}")]
    Over {
        /// How far it counts.
        limit: i64,
    },
}

/// Counts, from as many goroutines as there are.
#[gangplank::object]
pub struct Counter {
    value: AtomicI64,
    limit: i64,
    name: String,
    _life: Life,
}

#[gangplank::object]
impl Counter {
    /// A counter that begins at `start`.
    #[constructor]
    pub fn new(start: i64) -> Counter {
        Counter { value: AtomicI64::new(start), limit: i64::MAX, name: String::new(), _life: Life::new() }
    }

    /// A counter with a limit.
    #[constructor]
    pub fn limited(start: i64, limit: i64) -> Result<Self, CounterError> {
        if start > limit {
            return Err(CounterError::Over { limit });
        }
        Ok(Counter { limit, ..Counter::new(start) })
    }

    /// Adds, and gives the sum.
    pub fn add(&self, n: i64) -> i64 {
        self.value.fetch_add(n, Ordering::SeqCst) + n
    }

    /// Adds, if the limit allows.
    pub fn try_add(&self, n: i64) -> Result<i64, CounterError> {
        let sum = self.value.load(Ordering::SeqCst) + n;
        if sum > self.limit {
            return Err(CounterError::Over { limit: self.limit });
        }
        Ok(self.add(n))
    }

    /// The sum.
    pub fn value(&self) -> i64 {
        self.value.load(Ordering::SeqCst)
    }

    /// Waits, and then gives the sum.
    pub fn value_after(&self, wait: Duration) -> i64 {
        std::thread::sleep(wait);
        self.value()
    }

    /// Adds what another one counted.
    pub fn absorb(&self, other: &Counter) -> i64 {
        self.add(other.value())
    }

    /// Ends the counter.
    pub fn finish(self) -> i64 {
        self.value()
    }

    /// Panics.
    pub fn crash(&self, text: &str) -> Result<(), CounterError> {
        panic!("{text}")
    }

    /// Its name, or what it is called.
    pub fn greet(&self, whom: &str) -> String {
        format!("{}{whom} {}", self.name, self.value())
    }

    /// The sum of two counters, without one in hand.
    pub fn sum(a: &Counter, b: &Counter) -> i64 {
        a.value() + b.value()
    }

    /// Not for Go.
    #[go(skip)]
    pub fn raw(&self) -> &AtomicI64 {
        &self.value
    }
}

/// Two counters and a text, as a value.
#[gangplank::record]
#[derive(Clone)]
pub struct Pair {
    /// The first.
    pub first: Arc<Counter>,
    /// Perhaps a second.
    pub second: Option<Arc<Counter>>,
    /// A text.
    pub label: String,
}

static KEPT: Mutex<Vec<Arc<Counter>>> = Mutex::new(Vec::new());

/// Keeps a counter beyond the call.
#[gangplank::export]
pub fn keep(counter: Arc<Counter>) {
    KEPT.lock().unwrap().push(counter);
}

/// The counters that were kept, not kept any longer.
#[gangplank::export]
pub fn take_kept() -> Vec<Arc<Counter>> {
    std::mem::take(&mut *KEPT.lock().unwrap())
}

/// The values of the counters that are there.
#[gangplank::export]
pub fn values(counters: Vec<Arc<Counter>>) -> Vec<i64> {
    counters.iter().map(|c| c.value()).collect()
}

/// The value, if there is a counter.
#[gangplank::export]
pub fn maybe(counter: Option<Arc<Counter>>) -> Option<i64> {
    counter.map(|c| c.value())
}

/// The same pair, with the counters exchanged if there are two.
#[gangplank::export]
pub fn swap(pair: Pair) -> Pair {
    match pair.second {
        Some(second) => Pair { first: second, second: Some(pair.first), label: pair.label },
        None => pair,
    }
}

/// Counters up to a number.
#[gangplank::export]
pub fn many(n: u32) -> Vec<Counter> {
    (0..n).map(|i| Counter::new(i.into())).collect()
}

/// A counter if asked.
#[gangplank::export]
pub fn perhaps(yes: bool) -> Option<Counter> {
    yes.then(|| Counter::new(7))
}

/// Consumes two counters, or none.
#[gangplank::export]
pub fn consume_both(one: Counter, other: Counter) -> Result<i64, CounterError> {
    Ok(one.add(0) + other.add(0))
}

/// Consumes a counter.
#[gangplank::export]
pub fn consume(counter: Counter) -> Result<i64, CounterError> {
    counter.try_add(1)
}

/// A stack: its methods change it.
#[gangplank::object]
pub struct Stack {
    items: Vec<String>,
    _life: Life,
}

#[gangplank::object]
impl Stack {
    /// An empty one.
    #[constructor]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Stack { items: Vec::new(), _life: Life::new() }
    }

    /// Puts an item on top; gives the height.
    pub fn push(&mut self, item: String) -> u64 {
        self.items.push(item);
        self.items.len() as u64
    }

    /// Takes the item from the top.
    pub fn pop(&mut self) -> Option<String> {
        self.items.pop()
    }

    /// The height.
    pub fn height(&self) -> u64 {
        self.items.len() as u64
    }

    /// Lets the other side look while the stack is being changed.
    pub fn push_while(&mut self, item: &str, look: &dyn Fn(u64) -> u64) -> u64 {
        self.items.push(item.to_owned());
        look(self.items.len() as u64)
    }

    /// Lets the other side look while the stack is being read.
    pub fn read_while(&self, look: &dyn Fn(u64) -> u64) -> u64 {
        look(self.items.len() as u64)
    }
}

/// Puts an item on a stack that is an argument.
#[gangplank::export]
pub fn push_on(stack: &mut Stack, item: &str) -> u64 {
    stack.push(item.to_owned())
}

/// Something with an area.
#[gangplank::object]
pub trait Shape {
    /// How large it is.
    fn area(&self) -> f64;
    /// What it is called.
    fn name(&self) -> String;
}

struct Square(f64, #[allow(dead_code)] Life);
struct Circle(f64, #[allow(dead_code)] Life);

impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }

    fn name(&self) -> String {
        "square".into()
    }
}

impl Shape for Circle {
    fn area(&self) -> f64 {
        3.0 * self.0 * self.0
    }

    fn name(&self) -> String {
        "circle".into()
    }
}

/// A shape by its name.
#[gangplank::export]
pub fn make_shape(name: &str, size: f64) -> Option<Arc<dyn Shape>> {
    match name {
        "square" => Some(Arc::new(Square(size, Life::new()))),
        "circle" => Some(Arc::new(Circle(size, Life::new()))),
        _ => None,
    }
}

/// All shapes.
#[gangplank::export]
pub fn shapes(size: f64) -> Vec<Box<dyn Shape>> {
    vec![Box::new(Square(size, Life::new())), Box::new(Circle(size, Life::new()))]
}

/// Which is larger.
#[gangplank::export]
pub fn larger(a: &dyn Shape, b: Arc<dyn Shape>) -> String {
    if a.area() > b.area() { a.name() } else { b.name() }
}

/// Implemented in Go: gets objects and gives objects.
#[gangplank::import]
pub trait Clerk {
    /// Looks at a counter that it is given.
    fn look(&self, counter: Arc<Counter>) -> Result<i64, gangplank::GoError>;
    /// Makes or finds a counter.
    fn find(&self, start: i64) -> Result<Arc<Counter>, gangplank::GoError>;
    /// Perhaps finds some.
    fn find_some(&self, n: u32) -> Vec<Arc<Counter>>;
}

/// Gives Go a counter.
#[gangplank::export]
pub fn ask_look(start: i64) -> Result<i64, gangplank::GoError> {
    gangplank::imported::<dyn Clerk>()?.look(Arc::new(Counter::new(start)))
}

/// Gets a counter from Go, keeps it beyond the call if asked, and adds 1.
#[gangplank::export]
pub fn ask_find(start: i64, keep_it: bool) -> Result<i64, gangplank::GoError> {
    let counter = gangplank::imported::<dyn Clerk>()?.find(start)?;
    let sum = counter.add(1);
    if keep_it {
        keep(counter);
    }
    Ok(sum)
}

/// Gets counters from Go: the sum of their values.
#[gangplank::export]
pub fn ask_find_some(n: u32) -> i64 {
    let clerk = gangplank::imported::<dyn Clerk>().expect("the test registers one");
    clerk.find_some(n).iter().map(|c| c.value()).sum()
}
