//! Values of Rust that Go holds.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum CounterError {
    #[error("below {limit}")]
    Below { limit: i64 },
    #[error("empty")]
    Empty,
}

/// Counts.
#[gangplank::object]
pub struct Counter {
    value: Mutex<i64>,
    name: String,
}

#[gangplank::object]
impl Counter {
    /// Begins at zero.
    #[constructor]
    pub fn new() -> Self {
        Counter { value: Mutex::new(0), name: String::new() }
    }

    /// Begins where it is told to, which may not be below zero.
    #[constructor]
    pub fn starting_at(value: i64, name: &str) -> Result<Self, CounterError> {
        match value {
            ..0 => Err(CounterError::Below { limit: 0 }),
            _ => Ok(Counter { value: Mutex::new(value), name: name.to_owned() }),
        }
    }

    /// Adds, and returns the sum.
    pub fn add(&self, n: i64) -> i64 {
        let mut value = self.value.lock().unwrap();
        *value += n;
        *value
    }

    pub fn name(&self) -> String {
        self.name.clone()
    }

    pub fn rename(&mut self, name: &str) -> Result<(), CounterError> {
        match name {
            "" => Err(CounterError::Empty),
            _ => {
                self.name = name.to_owned();
                Ok(())
            }
        }
    }

    /// Adds what the other one has.
    pub fn add_all(&self, other: &Counter, more: Vec<Arc<Counter>>, last: Option<Arc<Counter>>) -> i64 {
        let others: i64 = more.iter().chain(&last).map(|c| *c.value.lock().unwrap()).sum();
        let other = *other.value.lock().unwrap();
        self.add(other + others)
    }

    /// The end of it.
    pub fn finish(self) -> i64 {
        self.value.into_inner().unwrap()
    }

    /// How many there can be.
    pub fn most() -> u64 {
        1 << 40
    }
}

/// Two counters, one of them perhaps.
#[gangplank::record]
pub struct Pair {
    pub first: Arc<Counter>,
    pub second: Option<Arc<Counter>>,
}

/// Something with a size.
#[gangplank::object]
pub trait Shape: Send + Sync {
    /// How large it is.
    fn area(&self) -> f64;
    fn scaled(&self, by: f64) -> Box<dyn Shape>;
}

struct Square(f64);

impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
    fn scaled(&self, by: f64) -> Box<dyn Shape> {
        Box::new(Square(self.0 * by))
    }
}

#[gangplank::export]
pub fn square(side: f64) -> Arc<dyn Shape> {
    Arc::new(Square(side))
}

#[gangplank::export]
pub fn total_area(shapes: Vec<Arc<dyn Shape>>) -> f64 {
    shapes.iter().map(|shape| shape.area()).sum()
}

#[gangplank::export]
pub fn larger(a: &dyn Shape, b: &dyn Shape) -> bool {
    a.area() > b.area()
}

#[gangplank::export]
pub fn swap_pair(pair: Pair) -> Pair {
    match pair.second {
        Some(second) => Pair { first: second, second: Some(pair.first) },
        None => pair,
    }
}

#[gangplank::export]
pub fn find_counter(name: &str) -> Option<Counter> {
    (!name.is_empty()).then(|| Counter { value: Mutex::new(1), name: name.to_owned() })
}

#[gangplank::export]
pub fn counters(names: Vec<String>) -> HashMap<String, Arc<Counter>> {
    names
        .into_iter()
        .map(|name| (name.clone(), Arc::new(Counter { value: Mutex::new(0), name })))
        .collect()
}

#[gangplank::export]
pub fn merge(a: Counter, b: Counter) -> Result<Counter, CounterError> {
    let sum = a.finish() + b.finish();
    match sum {
        0 => Err(CounterError::Empty),
        _ => Ok(Counter { value: Mutex::new(sum), name: "merged".to_owned() }),
    }
}
