//! What an item of a batch costs, with bodies that do next to nothing.

use gangplank::{GoError, Imported, imported};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

/// One more.
#[gangplank::export(batch)]
pub fn next(n: u64) -> u64 {
    n.wrapping_add(1)
}

/// The same, and could fail.
#[gangplank::export(batch)]
pub fn try_next(n: u64) -> Result<u64, gangplank::Error> {
    match n {
        u64::MAX => Err(gangplank::Error::new("there is none")),
        n => Ok(n + 1),
    }
}

/// How many bytes.
#[gangplank::export(batch)]
pub fn length(text: &str) -> u32 {
    text.len() as u32
}

/// What Go does for Rust.
#[gangplank::import(batch)]
pub trait Counter {
    /// One more.
    fn next(&self, n: u64) -> u64;

    /// The same, and could fail.
    fn try_next(&self, n: u64) -> Result<u64, GoError>;

    /// How many bytes.
    fn length(&self, text: &str) -> u32;
}

/// What a run of [`call_go`] does.
#[gangplank::record]
#[derive(Clone, Copy)]
pub enum Call {
    /// `next`
    Next,
    /// `try_next`
    TryNext,
    /// `length`
    Length,
}

/// A text of 32 bytes.
const TEXT: &str = "thirty-two bytes make up a text.";

/// Calls Go for `items` items on a thread of Rust, `size` at a time, and one by one if it is 0. Returns the sum of what came back.
#[gangplank::export]
pub fn call_go(call: Call, items: u64, size: u64) -> u64 {
    let mut caller = CALLER.lock().expect("nobody panics with it");
    let (asked, answers) = caller.get_or_insert_with(start_caller);
    asked.send((call, items, size)).expect("the thread lives for ever");
    answers.recv().expect("the thread lives for ever")
}

/// A thread that calls Go: a new one would cost more than what is measured.
type Caller = (Sender<(Call, u64, u64)>, Receiver<u64>);

static CALLER: Mutex<Option<Caller>> = Mutex::new(None);

fn start_caller() -> Caller {
    let (asked, questions) = channel();
    let (results, answers) = channel();
    std::thread::spawn(move || {
        let counter: Imported<dyn Counter> = imported().expect("Go registers it at start");
        for (call, items, size) in questions {
            let sum = match size {
                0 => one_by_one(&*counter, call, items),
                size => in_batches(&*counter, call, items, size),
            };
            results.send(sum).expect("who asks waits for the answer");
        }
    });
    (asked, answers)
}

fn one_by_one(counter: &dyn Counter, call: Call, items: u64) -> u64 {
    let mut sum = 0u64;
    for n in 0..items {
        sum = sum.wrapping_add(match call {
            Call::Next => counter.next(n),
            Call::TryNext => counter.try_next(n).unwrap_or(0),
            Call::Length => counter.length(TEXT).into(),
        });
    }
    sum
}

fn in_batches(counter: &dyn Counter, call: Call, items: u64, size: u64) -> u64 {
    let numbers: Vec<u64> = (0..size).collect();
    let texts = vec![TEXT; size as usize];
    let (mut sum, mut left) = (0u64, items);
    while left > 0 {
        let count = left.min(size) as usize;
        left -= count as u64;
        let of_batch: u64 = match call {
            Call::Next => counter.next_batch(&numbers[..count]).iter().sum(),
            Call::TryNext => counter.try_next_batch(&numbers[..count]).iter().flatten().sum(),
            Call::Length => counter.length_batch(&texts[..count]).into_iter().map(u64::from).sum(),
        };
        sum = sum.wrapping_add(of_batch);
    }
    sum
}
