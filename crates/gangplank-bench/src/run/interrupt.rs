//! Ctrl-C: what was measured is reported.

use gangplank_build::{Error, Result};
use std::process::exit;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How often the user has asked.
static ASKED: AtomicUsize = AtomicUsize::new(0);
static LISTENING: Once = Once::new();

/// From now on the first Ctrl-C ends the measuring, and the second the command.
pub fn listen() -> Result<()> {
    let mut result = Ok(());
    LISTENING.call_once(|| {
        result = ctrlc::set_handler(|| {
            if ASKED.fetch_add(1, Ordering::Relaxed) > 0 {
                exit(130);
            }
            eprintln!("\ninterrupted: what was measured until now is reported; a second Ctrl-C ends the command at once");
        });
    });
    result.map_err(|cause| Error::new(format!("cannot listen to Ctrl-C: {cause}")))
}

/// Has the user asked to stop?
pub fn was_interrupted() -> bool {
    ASKED.load(Ordering::Relaxed) > 0
}
