//! A worker: a hosted thread with a timely `Worker`.

use crate::batch::release_all;
use crate::context::{Context, Shared};
use crate::error::EngineError;
use crate::flow::Flow;
use crate::operators;
use crate::status::Times;
use gangplank::Imported;
use gangplank::hosted::Hosted;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use timely::WorkerConfig;
use timely::communication::allocator::{AllocateBuilder, Generic, GenericBuilder};
use timely::worker::Worker;

/// A worker that is idle looks up this often by itself.
const LONGEST_PARK: Duration = Duration::from_millis(200);

/// A worker polls this long before it parks: another worker is about to have something for it, and to get back a place of Go's scheduler may take longer.
const POLL: Duration = Duration::from_micros(50);

/// What a worker starts with.
pub(crate) struct Start {
    pub(crate) shared: Arc<Shared>,
    pub(crate) times: Arc<Times>,
    pub(crate) builder: GenericBuilder,
    pub(crate) config: WorkerConfig,
    pub(crate) program: Imported<dyn crate::boundary::Program>,
    /// Among the workers of this process.
    pub(crate) slot: usize,
}

/// Runs a worker to its end. Its own panics are failures of the run.
pub(crate) fn run(start: Start, hosted: &Hosted) {
    let shared = start.shared.clone();
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| work(start, hosted))) {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic");
        let report = format!("worker {} of the engine panicked: {text}", hosted.name());
        shared.stop.fail(EngineError::Stopped { process: shared.process, report });
    }
}

fn work(start: Start, hosted: &Hosted) {
    let Start { shared, times, builder, config, program, slot } = start;
    // Workers wait for each other here.
    let allocator = hosted.blocking(|| builder.build());
    shared.stop.watch();
    let mut worker = Worker::new(config, allocator, Some(Instant::now()));
    let (index, peers) = (worker.index() as u32, worker.peers() as u32);
    let context = Rc::new(Context {
        shared,
        program,
        flow: Flow::default(),
        worker: index,
        workers: peers,
        handled: Cell::new(0),
    });

    let mut instances = Vec::new();
    for node in 0..context.shared.layout.nodes.len() {
        let open = |go: &dyn crate::boundary::Program| go.open(node as u32, index, peers, slot as u32);
        // All workers build the same dataflow, also one that is going to stop.
        instances.push(context.cross(node, open).unwrap_or(0));
    }
    worker.dataflow(|scope| operators::build(scope, &context, &instances));

    let begin = Instant::now();
    step_to_the_end(&mut worker, &context, &times, slot, hosted);
    times.running.fetch_add(begin.elapsed().as_nanos() as u64, Ordering::Relaxed);
    drop(worker);
    for (node, instance) in instances.into_iter().enumerate().filter(|(_, instance)| *instance != 0) {
        let counter = &context.shared.counters[node];
        match context.program.close(instance) {
            Ok((skipped, dead)) => {
                counter.skipped.fetch_add(skipped, Ordering::Relaxed);
                counter.dead.fetch_add(dead, Ordering::Relaxed);
            }
            Err(error) => context.fail(node, &error),
        }
    }
    release_all(&*context.program);
}

fn step_to_the_end(
    worker: &mut Worker<Generic>,
    context: &Context,
    times: &Times,
    slot: usize,
    hosted: &Hosted,
) {
    let woken = &context.shared.woken[slot];
    let mut alive = true;
    let mut idle: Option<Instant> = None;
    while alive && !context.shared.stop.is_set() {
        let before = context.handled.get();
        alive = worker.step();
        if woken.swap(false, Ordering::AcqRel) {
            context.flow.wake();
        }
        let released = context.flow.release();
        release_all(&*context.program);
        hosted.checkpoint();
        if !alive || released || context.handled.get() != before {
            idle = None;
            continue;
        }
        if idle.get_or_insert_with(Instant::now).elapsed() < POLL {
            std::hint::spin_loop();
            continue;
        }
        // Nothing happened, so nothing may happen for long: outside, where Go can use the place. The step that finds something new runs there, too.
        let begin = Instant::now();
        let handled = context.handled.get();
        alive = hosted.blocking(|| worker.step_or_park(Some(LONGEST_PARK)));
        if context.handled.get() == handled {
            times.parked.fetch_add(begin.elapsed().as_nanos() as u64, Ordering::Relaxed);
        } else {
            idle = None;
        }
    }
}
