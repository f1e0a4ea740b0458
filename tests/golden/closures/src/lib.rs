//! Functions as values, in both directions.

use gangplank::GoError;
use std::sync::{Arc, Mutex};

#[gangplank::record]
pub struct Hit {
    pub path: String,
    pub line: u32,
}

#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    #[error("stopped")]
    Stopped,
    #[error(transparent)]
    Go(#[from] GoError),
}

/// Calls the function for each line until it says false.
#[gangplank::export]
pub fn each(text: &str, visit: &dyn Fn(Hit) -> bool) -> u32 {
    let mut seen = 0;
    for (at, line) in text.lines().enumerate() {
        seen += 1;
        if !visit(Hit { path: line.to_owned(), line: at as u32 + 1 }) {
            break;
        }
    }
    seen
}

#[gangplank::export]
pub fn fold(numbers: &[i64], step: &mut dyn FnMut(i64) -> Result<(), WalkError>) -> Result<(), WalkError> {
    numbers.iter().try_for_each(|n| step(*n))
}

#[gangplank::export]
pub fn call_once(then: Box<dyn FnOnce(&str) -> String + Send>) -> String {
    then("once")
}

/// Two functions make one.
#[gangplank::export]
pub fn compose(
    first: Box<dyn Fn(i64) -> i64 + Send + Sync>,
    second: Option<Box<dyn Fn(i64) -> i64 + Send + Sync>>,
) -> Box<dyn Fn(i64) -> i64 + Send + Sync> {
    match second {
        Some(second) => Box::new(move |n| second(first(n))),
        None => first,
    }
}

#[gangplank::export]
pub fn counter(from: u64) -> Box<dyn FnMut() -> u64 + Send> {
    let mut next = from;
    Box::new(move || {
        next += 1;
        next
    })
}

#[gangplank::export]
pub fn maybe(some: bool) -> Option<Arc<dyn Fn(&str, &[u8]) -> Result<(String, Hit), GoError> + Send + Sync>> {
    some.then(|| {
        let f: Arc<dyn Fn(&str, &[u8]) -> Result<(String, Hit), GoError> + Send + Sync> =
            Arc::new(|text, bytes| {
                Ok((text.to_uppercase(), Hit { path: String::new(), line: bytes.len() as u32 }))
            });
        f
    })
}

#[gangplank::record]
pub struct Rule {
    pub name: String,
    pub check: Box<dyn Fn(&str) -> bool + Send + Sync>,
    pub fix: Option<Box<dyn Fn(String) -> Result<String, GoError> + Send + Sync>>,
}

#[gangplank::export]
pub fn apply(rules: Vec<Rule>, text: &str) -> Result<Vec<String>, GoError> {
    let mut said = Vec::new();
    for rule in rules {
        if (rule.check)(text) {
            said.push(match &rule.fix {
                Some(fix) => fix(text.to_owned())?,
                None => rule.name,
            });
        }
    }
    Ok(said)
}

/// Keeps functions.
#[gangplank::object]
pub struct Bus {
    listeners: Mutex<Vec<Arc<dyn Fn(&Hit) + Send + Sync>>>,
}

#[gangplank::object]
impl Bus {
    #[constructor]
    pub fn new() -> Self {
        Bus { listeners: Mutex::new(Vec::new()) }
    }

    pub fn listen(&self, listener: Arc<dyn Fn(&Hit) + Send + Sync>) {
        self.listeners.lock().unwrap().push(listener);
    }

    pub fn send(&self, hit: Hit) -> usize {
        let listeners = self.listeners.lock().unwrap().clone();
        listeners.iter().for_each(|listener| listener(&hit));
        listeners.len()
    }

    pub fn clear(&self) {
        self.listeners.lock().unwrap().clear();
    }
}

/// Go makes the bus.
#[gangplank::export]
pub fn with_bus(make: &dyn Fn(Arc<Bus>) -> Result<Arc<Bus>, GoError>) -> Result<usize, GoError> {
    let bus = make(Arc::new(Bus::new()))?;
    Ok(bus.send(Hit { path: "with".to_owned(), line: 0 }))
}

/// The same error again.
#[gangplank::export]
pub fn pass_error(fail: &dyn Fn() -> Result<(), GoError>) -> Result<(), GoError> {
    fail()
}
