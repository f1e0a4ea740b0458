use super::leak::{Leak, leaks, track_leaks};
use std::collections::HashSet;
use std::fmt::Write;
use std::thread;
use std::time::{Duration, Instant};

/// Fails a test that leaves handles behind.
///
/// When it is dropped, it panics if a handle that was created since it was made is still live, and reports type and stack. It waits
/// a second for handles that another thread is about to delete. It counts the handles of all tables of the process, so it does not fit
/// tests that run at the same time as others that use tables.
///
/// # Examples
/// ```
/// use gangplank::handle::{NoLeaks, Table};
/// use std::sync::LazyLock;
///
/// static TABLE: LazyLock<Table<String>> = LazyLock::new(Table::new);
///
/// let _guard = NoLeaks::new();
/// let handle = TABLE.insert("value".into());
/// TABLE.delete(handle)?; // without this, the guard panics
/// # Ok::<(), gangplank::handle::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "handles are counted when it is dropped"]
pub struct NoLeaks {
    before: HashSet<u64>,
    was: bool,
    patience: Duration,
}

impl NoLeaks {
    /// Counts from now on.
    pub fn new() -> NoLeaks {
        let was = track_leaks(true);
        let before = leaks().iter().map(|leak| leak.order).collect();
        NoLeaks { before, was, patience: Duration::from_secs(1) }
    }

    /// Waits longer, or less, than a second.
    pub fn patience(mut self, patience: Duration) -> NoLeaks {
        self.patience = patience;
        self
    }

    fn since(&self) -> Vec<Leak> {
        leaks().into_iter().filter(|leak| !self.before.contains(&leak.order)).collect()
    }

    fn wait(&self) -> Vec<Leak> {
        let deadline = Instant::now() + self.patience;
        loop {
            let leaks = self.since();
            if leaks.is_empty() || Instant::now() >= deadline {
                return leaks;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Default for NoLeaks {
    fn default() -> NoLeaks {
        NoLeaks::new()
    }
}

impl Drop for NoLeaks {
    fn drop(&mut self) {
        if thread::panicking() {
            track_leaks(self.was);
            return;
        }
        let leaks = self.wait();
        track_leaks(self.was);
        if !leaks.is_empty() {
            panic!("{}", report(&leaks));
        }
    }
}

fn report(leaks: &[Leak]) -> String {
    const MOST: usize = 10;
    let mut text =
        format!("gangplank: {} handles are still live at the end of the test; delete them:", leaks.len());
    for leak in leaks.iter().take(MOST) {
        let _ = write!(text, "\n{leak}");
    }
    if leaks.len() > MOST {
        let _ = write!(text, "\nand {} more", leaks.len() - MOST);
    }
    text
}
