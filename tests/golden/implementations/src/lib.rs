//! Implementations of imported traits, as values.

use gangplank::{GoError, GoRef};
use std::sync::{Arc, Mutex};

/// Takes what is logged.
#[gangplank::import]
pub trait Sink: Send + Sync {
    fn write(&self, line: &str) -> Result<(), GoError>;
    /// Another one, that writes elsewhere.
    fn child(&self, name: &str) -> Result<Box<dyn Sink>, GoError>;
    fn filter(&self, keep: Box<dyn Fn(&str) -> bool + Send + Sync>) -> u32;
    fn lines(&self, from: Arc<Log>) -> Arc<Log>;
}

#[gangplank::object]
pub struct Log {
    sinks: Mutex<Vec<GoRef<dyn Sink>>>,
}

#[gangplank::object]
impl Log {
    #[constructor]
    pub fn new(first: Option<GoRef<dyn Sink>>) -> Self {
        Log { sinks: Mutex::new(first.into_iter().collect()) }
    }

    pub fn add(&self, sink: GoRef<dyn Sink>) {
        self.sinks.lock().unwrap().push(sink);
    }

    pub fn write(&self, line: &str) -> Result<(), GoError> {
        let sinks = self.sinks.lock().unwrap().clone();
        sinks.iter().try_for_each(|sink| sink.write(line))
    }

    /// The same value that was added.
    pub fn last(&self) -> Option<GoRef<dyn Sink>> {
        self.sinks.lock().unwrap().last().cloned()
    }
}

#[gangplank::record]
pub struct Route {
    pub name: String,
    pub to: GoRef<dyn Sink>,
}

#[gangplank::export]
pub fn reverse(mut routes: Vec<Route>) -> Vec<Route> {
    routes.reverse();
    routes
}

#[gangplank::export]
pub fn write_once(sink: &dyn Sink, line: &str) -> Result<(), GoError> {
    sink.write(line)
}

#[gangplank::export]
pub fn write_child(sink: Arc<dyn Sink>, line: &str) -> Result<u32, GoError> {
    let child = sink.child(line)?;
    child.write(line)?;
    Ok(child.filter(Box::new(|line| line.len() > 3)))
}

#[gangplank::export]
pub fn same(sink: GoRef<dyn Sink>) -> GoRef<dyn Sink> {
    sink
}

#[gangplank::export]
pub fn write_registered(line: &str) -> Result<(), GoError> {
    gangplank::imported::<dyn Sink>()?.write(line)
}
