//! Signal handlers that would kill a process with Go inside.
//!
//! Go's goroutines run on stacks of their own, which are small. A handler that was installed without `SA_ONSTACK` runs on the stack of whatever it interrupts; on a goroutine that ends the process.

/// The signals whose handlers were installed without `SA_ONSTACK`: on Linux, by name or number. Elsewhere nobody looks.
///
/// gangplank looks itself when Go starts and when async functions get their runtime, and says on standard error what it found. A handler that is installed later is found by calling this again; [`repair_signals`]
/// makes it one that is harmless.
pub fn unsafe_signals() -> Vec<String> {
    linux::unsafe_signals().map(linux::name).collect()
}

/// Adds `SA_ONSTACK` to the handlers that lack it, and says how many they were. It changes nothing else about them.
pub fn repair_signals() -> usize {
    linux::unsafe_signals().filter(|&signal| linux::repair(signal)).count()
}

/// Says what is wrong, once for each time that it changes.
pub(crate) fn report(when: &str) {
    let found = unsafe_signals();
    if !found.is_empty() {
        let signals = found.join(", ");
        eprintln!(
            "gangplank: {when}: handlers without SA_ONSTACK for {signals}: one that runs on a goroutine's stack ends the process. Call gangplank::task::repair_signals() after whatever installed them, or install them with SA_ONSTACK"
        );
    }
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"), not(miri)))]
mod linux {
    use std::ffi::{c_int, c_void};
    use std::ptr;

    /// `struct sigaction` of glibc and musl, on these targets.
    #[repr(C)]
    #[derive(Clone, Copy)]
    struct SigAction {
        handler: usize,
        mask: [u64; 16],
        flags: c_int,
        restorer: *const c_void,
    }

    unsafe extern "C" {
        fn sigaction(signal: c_int, new: *const SigAction, old: *mut SigAction) -> c_int;
    }

    const SA_ONSTACK: c_int = 0x0800_0000;
    /// `SIG_DFL` and `SIG_IGN` are no handlers.
    const LAST_SPECIAL: usize = 1;
    const SIGNALS: std::ops::Range<c_int> = 1..65;

    fn action(signal: c_int) -> Option<SigAction> {
        let mut action = SigAction { handler: 0, mask: [0; 16], flags: 0, restorer: ptr::null() };
        // SAFETY: it only writes to `action`, whose layout is libc's.
        (unsafe { sigaction(signal, ptr::null(), &mut action) } == 0).then_some(action)
    }

    pub(super) fn unsafe_signals() -> impl Iterator<Item = c_int> {
        SIGNALS.filter(|&signal| {
            action(signal).is_some_and(|a| a.handler > LAST_SPECIAL && a.flags & SA_ONSTACK == 0)
        })
    }

    pub(super) fn repair(signal: c_int) -> bool {
        let Some(mut action) = action(signal) else { return false };
        action.flags |= SA_ONSTACK;
        // SAFETY: the action that libc gave, with a flag that only moves the handler to the thread's signal stack if it has one.
        unsafe { sigaction(signal, &action, ptr::null_mut()) == 0 }
    }

    pub(super) fn name(signal: c_int) -> String {
        let name = match signal {
            1 => "SIGHUP",
            2 => "SIGINT",
            3 => "SIGQUIT",
            6 => "SIGABRT",
            7 => "SIGBUS",
            8 => "SIGFPE",
            10 => "SIGUSR1",
            11 => "SIGSEGV",
            12 => "SIGUSR2",
            13 => "SIGPIPE",
            14 => "SIGALRM",
            15 => "SIGTERM",
            17 => "SIGCHLD",
            23 => "SIGURG",
            27 => "SIGPROF",
            28 => "SIGWINCH",
            29 => "SIGIO",
            n => return format!("signal {n}"),
        };
        name.to_owned()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        extern "C" fn nothing(_: c_int) {}

        #[test]
        fn a_handler_on_the_wrong_stack_is_found_and_repaired() {
            const SIGUSR2: c_int = 12;
            let before = action(SIGUSR2).unwrap();
            let bad = SigAction { handler: nothing as *const () as usize, ..before };
            // SAFETY: a handler that does nothing, for a signal that nobody sends.
            assert_eq!(unsafe { sigaction(SIGUSR2, &bad, ptr::null_mut()) }, 0);
            assert!(super::super::unsafe_signals().contains(&"SIGUSR2".to_owned()));
            assert!(super::super::repair_signals() >= 1);
            assert!(!super::super::unsafe_signals().contains(&"SIGUSR2".to_owned()));
            assert_eq!(action(SIGUSR2).unwrap().handler, bad.handler);
            // SAFETY: what was there.
            assert_eq!(unsafe { sigaction(SIGUSR2, &before, ptr::null_mut()) }, 0);
        }
    }
}

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"), not(miri))))]
mod linux {
    use std::ffi::c_int;

    pub(super) fn unsafe_signals() -> impl Iterator<Item = c_int> {
        std::iter::empty()
    }

    pub(super) fn repair(_: c_int) -> bool {
        false
    }

    pub(super) fn name(_: c_int) -> String {
        String::new()
    }
}
