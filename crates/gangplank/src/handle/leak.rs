use super::Handle;
use std::backtrace::Backtrace;
use std::collections::BTreeMap;
use std::fmt;
// Not loom's: this is no part of the protocol.
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// A live handle whose creation was recorded.
#[derive(Clone, Debug)]
pub struct Leak {
    /// The handle.
    pub handle: Handle,
    /// The type of the values of its table.
    pub type_name: &'static str,
    /// Which of all recorded creations it was.
    pub order: u64,
    /// Where it was created.
    pub stack: Arc<Backtrace>,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} keeps a {}, created by\n{}", self.handle, self.type_name, self.callers())
    }
}

impl Leak {
    /// The stack without this module's own functions and without what is below the thread's first.
    fn callers(&self) -> String {
        let own = module_path!().trim_end_matches("leak");
        let stack = self.stack.to_string();
        let mut text = String::new();
        let mut shown = true;
        for line in stack.lines() {
            // A function, or (not numbered) where it is.
            if let Some((number, function)) = line.trim_start().split_once(": ") {
                if number.bytes().all(|digit| digit.is_ascii_digit()) {
                    if function.contains("__rust_begin_short_backtrace") {
                        break;
                    }
                    shown = !text.is_empty() || !function.starts_with(own);
                }
            }
            if shown {
                text.push_str(line);
                text.push('\n');
            }
        }
        if text.is_empty() { stack } else { text }
    }
}

static TRACKING: AtomicBool = AtomicBool::new(false);
static TABLES: AtomicU64 = AtomicU64::new(0);
static LEAKS: Mutex<Leaks> = Mutex::new(Leaks { live: BTreeMap::new(), created: 0 });

struct Leaks {
    live: BTreeMap<(u64, Handle), Leak>,
    created: u64,
}

fn lock() -> MutexGuard<'static, Leaks> {
    LEAKS.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Switches the recording of creations on or off, for all tables, and returns what it was.
///
/// While it is on, an insert captures its stack and takes a lock: it is for tests and for hunting a leak. Handles that were created
/// while it was off are not recorded.
pub fn track_leaks(on: bool) -> bool {
    TRACKING.swap(on, Ordering::Relaxed)
}

/// The handles that were created while leaks were tracked and are still live, in the order of their creation. The handles of a
/// table that was dropped are no longer live.
pub fn leaks() -> Vec<Leak> {
    let mut all: Vec<Leak> = lock().live.values().cloned().collect();
    all.sort_by_key(|leak| leak.order);
    all
}

/// A table's part in the tracking of leaks.
#[derive(Debug)]
pub(crate) struct Tracked {
    table: u64,
    /// Whether something was recorded.
    some: AtomicBool,
}

impl Tracked {
    pub(crate) fn new() -> Tracked {
        Tracked { table: TABLES.fetch_add(1, Ordering::Relaxed), some: AtomicBool::new(false) }
    }

    // Relaxed throughout: who deletes a handle got it from the thread that created it, and so sees what that did before.

    #[inline]
    pub(crate) fn created<T>(&self, handle: Handle) {
        if TRACKING.load(Ordering::Relaxed) {
            self.record(handle, std::any::type_name::<T>());
        }
    }

    #[inline]
    pub(crate) fn ended(&self, handle: Handle) {
        if self.some.load(Ordering::Relaxed) {
            self.forget(handle);
        }
    }

    #[cold]
    #[inline(never)]
    fn record(&self, handle: Handle, type_name: &'static str) {
        let stack = Arc::new(Backtrace::force_capture());
        self.some.store(true, Ordering::Relaxed);
        let mut leaks = lock();
        leaks.created += 1;
        let order = leaks.created;
        leaks.live.insert((self.table, handle), Leak { handle, type_name, order, stack });
    }

    #[cold]
    #[inline(never)]
    fn forget(&self, handle: Handle) {
        lock().live.remove(&(self.table, handle));
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        if *self.some.get_mut() {
            lock().live.retain(|(table, _), _| *table != self.table);
        }
    }
}
