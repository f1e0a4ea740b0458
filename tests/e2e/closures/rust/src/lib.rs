//! Functions and implementations that cross as values: lent for a call, kept beyond it, called back at any depth, given the other way.

use gangplank::{GoError, GoRef};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::thread;

/// A line that was found.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What is in it.
    pub text: String,
    /// Its number.
    pub line: u32,
}

/// Why a search fails.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Nothing to look for.
    #[error("nothing to look for")]
    Empty,
    /// What Go said.
    #[error("go: {0}")]
    Go(#[from] GoError),
}

/// Visits the lines with `needle` until the visitor has enough.
#[gangplank::export]
pub fn each(text: &str, needle: &str, visit: &dyn Fn(Hit) -> bool) -> u32 {
    let mut visited = 0;
    for (line, text) in text.lines().enumerate().filter(|(_, line)| line.contains(needle)) {
        visited += 1;
        if !visit(Hit { text: text.into(), line: line as u32 + 1 }) {
            break;
        }
    }
    visited
}

/// The same with a visitor that may fail, and borrows its text.
#[gangplank::export]
pub fn try_each(
    text: &str,
    needle: &str,
    visit: &mut dyn FnMut(&str, u32) -> Result<(), GoError>,
) -> Result<u32, SearchError> {
    if needle.is_empty() {
        return Err(SearchError::Empty);
    }
    let mut visited = 0;
    for (line, text) in text.lines().enumerate().filter(|(_, line)| line.contains(needle)) {
        visit(text, line as u32 + 1)?;
        visited += 1;
    }
    Ok(visited)
}

/// Calls a function, and gives its error as it is.
#[gangplank::export]
pub fn pass(f: &dyn Fn() -> Result<u64, GoError>) -> Result<u64, GoError> {
    f()
}

/// Calls a function that calls back, so many levels deep.
#[gangplank::export]
pub fn descend(levels: u32, down: &dyn Fn(u32) -> Result<u32, GoError>) -> Result<u32, GoError> {
    if levels == 0 { Ok(0) } else { down(levels - 1).map(|n| n + 1) }
}

/// Calls a number of times: a bare callback.
#[gangplank::export]
pub fn sum_of(times: u64, f: &dyn Fn(u64) -> u64) -> u64 {
    (0..times).map(f).sum()
}

type Kept = Box<dyn Fn(u64) -> u64 + Send + Sync>;
static KEPT: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

/// Keeps a function beyond the call.
#[gangplank::export]
pub fn keep(f: Box<dyn Fn(u64) -> u64 + Send + Sync>) -> u64 {
    let mut kept = KEPT.lock().unwrap();
    kept.push(f);
    kept.len() as u64
}

/// Calls all that are kept, from a thread of its own.
#[gangplank::export]
pub fn call_kept(n: u64) -> u64 {
    thread::scope(|scope| scope.spawn(|| KEPT.lock().unwrap().iter().map(|f| f(n)).sum()).join().unwrap())
}

/// Forgets all that are kept.
#[gangplank::export]
pub fn forget_kept() -> u64 {
    std::mem::take(&mut *KEPT.lock().unwrap()).len() as u64
}

/// Keeps a function for a moment and drops it.
#[gangplank::export]
pub fn touch(f: Arc<dyn Fn(u64) -> u64 + Send + Sync>, n: u64) -> u64 {
    let again = f.clone();
    drop(f);
    again(n)
}

/// Calls a function that may be called once, or not.
#[gangplank::export]
pub fn once(f: Box<dyn FnOnce(String) -> String + Send>, call: bool) -> Option<String> {
    call.then(|| f("once".into()))
}

/// Calls a function if there is one.
#[gangplank::export]
pub fn maybe(f: Option<Box<dyn Fn(u64) -> u64 + Send + Sync>>, n: u64) -> Option<u64> {
    f.map(|f| f(n))
}

/// A function that adds `n`: Go keeps it.
#[gangplank::export]
pub fn adder(n: u64) -> Box<dyn Fn(u64) -> u64 + Send + Sync> {
    Box::new(move |m| n + m)
}

/// A function that counts how often it was called.
#[gangplank::export]
pub fn ticker() -> Box<dyn FnMut() -> u64 + Send> {
    let mut n = 0;
    Box::new(move || {
        n += 1;
        n
    })
}

/// A function that can be called once.
#[gangplank::export]
pub fn secret(text: String) -> Box<dyn FnOnce() -> String + Send> {
    Box::new(move || text)
}

/// A function that fails or panics.
#[gangplank::export]
pub fn failing(panics: bool) -> Arc<dyn Fn(&str) -> Result<u64, SearchError> + Send + Sync> {
    Arc::new(move |text| {
        if panics {
            panic!("asked to: {text}");
        }
        text.parse().map_err(|_| SearchError::Empty)
    })
}

/// The composition of two functions of Go: Go -> Rust -> Go -> Rust -> Go.
#[gangplank::export]
pub fn compose(
    f: Box<dyn Fn(u64) -> u64 + Send + Sync>,
    g: Box<dyn Fn(u64) -> u64 + Send + Sync>,
) -> Box<dyn Fn(u64) -> u64 + Send + Sync> {
    Box::new(move |n| g(f(n)))
}

/// A value with functions in it.
#[gangplank::record]
pub struct Hooks {
    /// Before.
    pub before: Arc<dyn Fn(String) -> String + Send + Sync>,
    /// Perhaps after.
    pub after: Option<Arc<dyn Fn(String) -> String + Send + Sync>>,
    /// More, by name.
    pub named: HashMap<String, Arc<dyn Fn(String) -> String + Send + Sync>>,
}

/// Runs the hooks of a value.
#[gangplank::export]
pub fn run_hooks(hooks: Hooks, text: &str, name: &str) -> String {
    let mut text = (hooks.before)(text.into());
    if let Some(named) = hooks.named.get(name) {
        text = named(text);
    }
    match hooks.after {
        Some(after) => after(text),
        None => text,
    }
}

/// Hooks made in Rust.
#[gangplank::export]
pub fn make_hooks(mark: String) -> Hooks {
    let other = mark.clone();
    Hooks {
        before: Arc::new(move |text| format!("{mark}{text}")),
        after: Some(Arc::new(move |text| text + &other)),
        named: HashMap::new(),
    }
}

/// Implemented in Go, by several values.
#[gangplank::import]
pub trait Store {
    /// Gets the value of a key.
    fn get(&self, key: &str) -> Result<String, GoError>;
    /// Puts a value; gives how many there are.
    fn put(&self, key: String, value: String) -> u64;
    /// Calls a function of Rust with each entry.
    fn each(&self, visit: Arc<dyn Fn(String, String) -> bool + Send + Sync>) -> Result<u32, GoError>;
    /// A function of Go that looks up.
    fn getter(&self) -> Box<dyn Fn(String) -> Result<String, GoError> + Send + Sync>;
    /// Another store, below this one.
    fn below(&self, name: &str) -> Option<GoRef<dyn Store>>;
}

/// Uses a store for a call.
#[gangplank::export]
pub fn look_up(store: &dyn Store, key: &str) -> Result<String, GoError> {
    store.get(key)
}

/// Copies what the visitor shows of one store into another.
#[gangplank::export]
pub fn copy(from: &dyn Store, to: Arc<dyn Store>) -> Result<u32, GoError> {
    let into = to.clone();
    from.each(Arc::new(move |key, value| into.put(key, value) < 1000))
}

/// Uses what a store gives: its function, and a store below.
#[gangplank::export]
pub fn dig(store: GoRef<dyn Store>, name: &str, key: &str) -> Result<String, GoError> {
    let get = store.getter();
    let below = store.below(name).map(|below| below.get(key)).transpose()?;
    Ok(format!("{}/{}", get(key.into())?, below.unwrap_or_default()))
}

static STORES: Mutex<Vec<GoRef<dyn Store>>> = Mutex::new(Vec::new());

/// Keeps a store beyond the call.
#[gangplank::export]
pub fn keep_store(store: GoRef<dyn Store>) {
    STORES.lock().unwrap().push(store);
}

/// Gives Go its stores again: the same values.
#[gangplank::export]
pub fn kept_stores() -> Vec<GoRef<dyn Store>> {
    STORES.lock().unwrap().clone()
}

/// Gives Go its stores again and keeps them no longer.
#[gangplank::export]
pub fn take_stores() -> Vec<GoRef<dyn Store>> {
    std::mem::take(&mut *STORES.lock().unwrap())
}

/// A value with an implementation in it.
#[gangplank::record]
pub struct Shelf {
    /// The store.
    pub store: GoRef<dyn Store>,
    /// Where to look in it.
    pub key: String,
}

/// Looks up in each.
#[gangplank::export]
pub fn look_up_all(shelves: Vec<Shelf>) -> Vec<Option<String>> {
    shelves.iter().map(|shelf| shelf.store.get(&shelf.key).ok()).collect()
}

/// Implemented in Go and registered: gets a function while another call of Go is below it.
#[gangplank::import]
pub trait Host {
    /// Calls a function of Rust.
    fn run(&self, f: Box<dyn FnOnce(u64) -> Result<u64, SearchError> + Send>, n: u64)
    -> Result<u64, GoError>;
}

/// Rust -> Go -> Rust, which fails if told so.
#[gangplank::export]
pub fn host_run(n: u64, fail: bool) -> Result<u64, GoError> {
    let f = move |m| if fail { Err(SearchError::Empty) } else { Ok(n + m) };
    gangplank::imported::<dyn Host>()?.run(Box::new(f), 1)
}

/// An object that holds a function of Go: with the object inside that function it would be a cycle.
#[gangplank::object]
pub struct Listener {
    heard: Mutex<Vec<String>>,
    tell: Box<dyn Fn(String) + Send + Sync>,
}

static LISTENERS: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);

/// Listeners that live.
#[gangplank::export]
pub fn listeners() -> i64 {
    LISTENERS.load(std::sync::atomic::Ordering::SeqCst)
}

impl Drop for Listener {
    fn drop(&mut self) {
        LISTENERS.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
    }
}

#[gangplank::object]
impl Listener {
    /// One that tells what it hears.
    #[constructor]
    pub fn new(tell: Box<dyn Fn(String) + Send + Sync>) -> Listener {
        LISTENERS.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Listener { heard: Mutex::new(Vec::new()), tell }
    }

    /// Hears a word.
    pub fn hear(&self, word: &str) {
        self.heard.lock().unwrap().push(word.to_owned());
        (self.tell)(word.to_owned());
    }

    /// What it heard.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}
