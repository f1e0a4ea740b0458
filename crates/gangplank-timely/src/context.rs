//! What a worker's operators share: Go, the counters, the way to fail.

use crate::batch::{Data, GoBatch};
use crate::boundary::Program;
use crate::build::Outside;
use crate::counters::Counter;
use crate::error::EngineError;
use crate::flow::Flow;
use crate::layout::Layout;
use crate::stop::Stop;
use gangplank::{GoError, Imported};
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use timely::Accountable;

/// What all workers of a process share.
pub(crate) struct Shared {
    pub(crate) layout: Layout,
    pub(crate) stop: Arc<Stop>,
    /// One for each node.
    pub(crate) counters: Vec<Counter>,
    /// One for each worker of this process: Go has something for its sources.
    pub(crate) woken: Vec<AtomicBool>,
    pub(crate) process: u32,
    /// What is done in Rust, for each node.
    pub(crate) outside: Vec<Option<Outside>>,
}

/// What the operators of one worker share.
pub(crate) struct Context {
    pub(crate) shared: Arc<Shared>,
    pub(crate) program: Imported<dyn Program>,
    pub(crate) flow: Flow,
    /// Of all workers.
    pub(crate) worker: u32,
    /// How many there are.
    pub(crate) workers: u32,
    /// Batches that any operator handled: the worker's loop sees by it whether it is idle.
    pub(crate) handled: Cell<u64>,
}

impl Context {
    /// Calls Go for a node, counts that, and takes a failure for the end of the run.
    pub(crate) fn cross<R>(
        &self,
        node: usize,
        call: impl FnOnce(&dyn Program) -> Result<R, GoError>,
    ) -> Option<R> {
        if self.shared.stop.is_set() {
            return None;
        }
        let begin = Instant::now();
        let result = call(&*self.program);
        self.shared.counters[node].crossed(begin.elapsed());
        self.handled.set(self.handled.get() + 1);
        result.map_err(|error| self.fail(node, &error)).ok()
    }

    /// Ends the run.
    pub(crate) fn fail(&self, node: usize, error: &GoError) {
        let mut report = error.to_string();
        // Go names the operator in its own failures; anything else is named here.
        let name = &self.shared.layout.nodes[node].name;
        if !report.contains(&format!("`{name}`")) {
            report = format!("operator `{name}`, worker {}: {report}", self.worker);
        }
        self.shared.stop.fail(EngineError::Stopped { process: self.shared.process, report });
    }

    /// Takes a batch for a call: its handle, and whether Go gets it. Whoever lends it keeps the second half until the call is over. `None` is a batch without messages.
    pub(crate) fn take(&self, node: usize, batch: GoBatch) -> Option<Lent> {
        self.shared.counters[node].received(batch.record_count());
        match batch.data {
            Data::Empty => None,
            Data::Here(held) => Some(match Arc::try_unwrap(held) {
                Ok(held) => Lent { handle: held.give(), last: true, keep: None },
                Err(held) => Lent { handle: held.handle(), last: false, keep: Some(held) },
            }),
            Data::Arrived(arrived) => {
                if arrived.failed {
                    let text = String::from_utf8_lossy(arrived.bytes()).into_owned();
                    self.fail(arrived.node as usize, &GoError::new(text));
                    return None;
                }
                let decode = |go: &dyn Program| go.decode(arrived.node, self.worker, arrived.bytes());
                let (handle, _) = self.cross(arrived.node as usize, decode)?;
                (handle != 0).then_some(Lent { handle, last: true, keep: None })
            }
        }
    }

    /// What Go gave back as a batch of `node`.
    pub(crate) fn sent(&self, node: usize, (handle, length): (u64, u64)) -> Option<GoBatch> {
        if handle == 0 {
            return None;
        }
        self.shared.counters[node].sent(length);
        Some(GoBatch::new(handle, length, node as u32))
    }
}

/// A batch on its way into a call.
pub(crate) struct Lent {
    pub(crate) handle: u64,
    pub(crate) last: bool,
    /// Others read it, too: it lives as long as this.
    pub(crate) keep: Option<Arc<crate::batch::Held>>,
}
