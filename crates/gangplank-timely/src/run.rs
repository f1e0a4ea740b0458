//! A run, from the command line to the report.

use crate::boundary::Program;
use crate::build::Outside;
use crate::cluster::Cluster;
use crate::context::Shared;
use crate::counters::Counter;
use crate::error::EngineError;
use crate::layout::Layout;
use crate::options::Options;
use crate::status::{Report, Ticker, Times};
use crate::stop::Stop;
use crate::worker::{self, Start};
use gangplank::hosted;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::Thread;
use std::time::Instant;

/// Runs the registered [`Program`] to its end, on the workers that `args` ask for: timely's options `-w`, `-n`, `-p`, `-h`, `-r`, `-z`, `--progress-mode`, `--idle-spin`, and `--status`.
///
/// Blocks until all workers of all processes are done. One run at a time.
///
/// # Errors
/// [`EngineError`]: the command line, the layout, the connections, or the first failure whose policy is to stop. After a failure with several processes the threads of timely's connections
/// stay until this process ends.
#[gangplank::export]
pub fn run(args: Vec<String>) -> Result<Report, EngineError> {
    run_with(&args, |_| Ok(Vec::new()))
}

/// The same, with what is done in Rust: `prepare` says it, for each node.
pub(crate) fn run_with(
    args: &[String],
    prepare: impl FnOnce(&dyn Program) -> Result<Vec<Option<Outside>>, EngineError>,
) -> Result<Report, EngineError> {
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let options = Options::parse(args)?;
    let program = gangplank::imported::<dyn Program>().map_err(|e| EngineError::Layout(e.to_string()))?;
    let laying = laying();
    let mut outside = prepare(&*program)?;
    let threads = options.threads;

    let wakers: Arc<OnceLock<Wakers>> = Arc::default();
    let theirs = wakers.clone();
    let wake = Box::new(move |slot: u32| {
        if let Some(wakers) = theirs.get() {
            wakers.wake(slot as usize);
        }
    });
    let text = program.begin(threads as u32, wake).map_err(|e| EngineError::Layout(e.to_string()))?;
    drop(laying);
    let layout = Layout::parse(&text).map_err(EngineError::Layout)?;
    outside.resize_with(layout.nodes.len(), || None);
    let mut nodes = layout.nodes.iter().zip(&outside);
    if let Some((node, _)) = nodes.find(|(node, outside)| node.kind.is_outside() && outside.is_none()) {
        return Err(EngineError::Layout(format!(
            "`{}` is done in Rust: run the layout that has it",
            node.name
        )));
    }

    let stop = Arc::new(Stop::default());
    let shared = Arc::new(Shared {
        counters: layout.nodes.iter().map(|_| Counter::default()).collect(),
        layout,
        stop: stop.clone(),
        woken: (0..threads).map(|_| AtomicBool::new(false)).collect(),
        process: options.process as u32,
        outside,
    });
    let _ = wakers.set(Wakers { shared: shared.clone(), threads: Mutex::new(vec![None; threads]) });
    let mut cluster = Cluster::start(&options, &text, &stop)?;

    let times = Arc::new(Times::default());
    let ticker = options.status.map(|every| Ticker::start(shared.clone(), times.clone(), threads, every));
    let begin = Instant::now();
    let mut workers = Vec::new();
    for (slot, builder) in std::mem::take(&mut cluster.builders).into_iter().enumerate() {
        let start = Start {
            shared: shared.clone(),
            times: times.clone(),
            builder,
            config: options.worker.clone(),
            program: program.clone(),
            slot,
        };
        let wakers = wakers.clone();
        let body = move |hosted: &hosted::Hosted| {
            if let Some(wakers) = wakers.get() {
                wakers.lock()[slot] = Some(std::thread::current());
            }
            worker::run(start, hosted);
        };
        let name = format!("{}", options.process * threads + slot);
        match hosted::Builder::new().name(name).spawn(body) {
            Ok(worker) => workers.push(worker),
            // The others find that this one's channels are gone, and fail, too; this is the failure that is kept.
            Err(error) => {
                let report = format!("worker {slot} of {threads} could not start: {error}");
                stop.fail(EngineError::Stopped { process: shared.process, report });
                break;
            }
        }
    }
    for worker in workers {
        let _ = worker.join();
    }
    let elapsed = begin.elapsed();
    drop(ticker);
    if let Some(why) = stop.why() {
        cluster.abandon(&why);
        return Err(why);
    }
    cluster.done();
    Ok(Report::new(&shared, &times, (threads * options.processes()) as u32, elapsed))
}

/// From a layout to the run that begins with it, or to its mistakes: nothing else is laid out meanwhile.
pub(crate) fn laying() -> MutexGuard<'static, ()> {
    static LAYING: Mutex<()> = Mutex::new(());
    LAYING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How Go wakes a worker.
struct Wakers {
    shared: Arc<Shared>,
    threads: Mutex<Vec<Option<Thread>>>,
}

impl Wakers {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Option<Thread>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The flag first: the worker looks at it after it was unparked.
    fn wake(&self, slot: usize) {
        let Some(flag) = self.shared.woken.get(slot) else { return };
        if flag.swap(true, Ordering::AcqRel) {
            return;
        }
        if let Some(Some(thread)) = self.lock().get(slot) {
            thread.unpark();
        }
    }
}
