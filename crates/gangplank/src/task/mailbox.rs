//! Where completions go, and how Go is woken (clauses 10.1, 10.4, 10.5).

use crate::block;
use crate::frame::HEADER_WORDS;
use crate::handle::sync::{AtomicU64, Ordering, fence};
use std::alloc::{Layout, handle_alloc_error};

/// A package's mailbox. Go reads and writes its words too.
#[repr(C)]
#[derive(Debug)]
pub struct Mailbox {
    /// The newest completion, 0 if there is none.
    head: AtomicU64,
    /// 1 while Go waits for a byte, or is about to.
    sleeping: AtomicU64,
    wake: Wake,
}

/// A completion: a block that Go owns from the compare-and-swap that files it, and gives back on the return list.
#[repr(C)]
struct Completion {
    next: u64,
    ticket: u64,
    words: [u64; HEADER_WORDS],
}

const _: () = {
    assert!(size_of::<Completion>() == 48 && align_of::<Completion>() == 8);
    assert!(std::mem::offset_of!(Mailbox, head) == 0 && std::mem::offset_of!(Mailbox, sleeping) == 8);
};

impl Mailbox {
    /// The mailbox at an address that Go sent, `None` if it is 0.
    ///
    /// # Safety
    /// The address is 0 or from [`gangplank_abi_mailbox`](super::serve).
    pub(crate) unsafe fn at(address: u64) -> Option<&'static Mailbox> {
        // SAFETY: a mailbox lives for ever (clause 10.1).
        unsafe { (address as *const Mailbox).as_ref() }
    }

    pub(super) fn new(wake: Wake) -> Mailbox {
        Mailbox { head: AtomicU64::new(0), sleeping: AtomicU64::new(0), wake }
    }

    #[cfg(test)]
    pub(super) fn head(&self) -> &AtomicU64 {
        &self.head
    }

    #[cfg(test)]
    pub(super) fn sleeping(&self) -> &AtomicU64 {
        &self.sleeping
    }

    /// Files a completion, and wakes Go if it sleeps.
    pub(crate) fn push(&self, ticket: u64, words: [u64; HEADER_WORDS]) {
        let Some((address, _)) = block::allocate(size_of::<Completion>(), align_of::<Completion>()) else {
            handle_alloc_error(Layout::new::<Completion>());
        };
        let completion = address as *mut Completion;
        // SAFETY: a block of this size and alignment, which is ours until it is filed.
        unsafe { completion.write(Completion { next: 0, ticket, words }) };
        let mut head = self.head.load(Ordering::Relaxed);
        loop {
            // SAFETY: still ours.
            unsafe { (*completion).next = head };
            // Release pairs with the acquire of Go's swap that takes the list.
            match self.head.compare_exchange_weak(head, address, Ordering::Release, Ordering::Relaxed) {
                Ok(_) => break,
                Err(now) => head = now,
            }
        }
        // Go writes `sleeping` and then looks at the head; we write the head and then look at `sleeping`. One of the two sees the other: both are sequentially consistent.
        fence(Ordering::SeqCst);
        if self.sleeping.load(Ordering::SeqCst) != 0 && self.sleeping.swap(0, Ordering::SeqCst) != 0 {
            self.wake.wake();
        }
    }
}

#[cfg(not(all(test, loom)))]
pub(super) use pipe::Wake;

#[cfg(not(all(test, loom)))]
mod pipe {
    use std::fs::File;
    use std::io::Write;
    use std::mem::ManuallyDrop;

    /// The writing end of Go's pipe. It is open for ever, and never full: at most one byte is in it for each time that Go went to sleep.
    #[derive(Debug)]
    pub(in crate::task) struct Wake(ManuallyDrop<File>);

    impl Wake {
        /// # Safety
        /// `end` is the writing end of a pipe that stays open for ever (clause 10.1).
        #[cfg(unix)]
        pub(in crate::task) unsafe fn new(end: isize) -> Wake {
            use std::os::fd::FromRawFd;
            // SAFETY: the caller's promise; nobody closes it, least of all we.
            Wake(ManuallyDrop::new(unsafe { File::from_raw_fd(end as i32) }))
        }

        /// # Safety
        /// `end` is the writing end of a pipe that stays open for ever (clause 10.1).
        #[cfg(windows)]
        pub(in crate::task) unsafe fn new(end: isize) -> Wake {
            use std::os::windows::io::FromRawHandle;
            // SAFETY: the caller's promise; nobody closes it, least of all we.
            Wake(ManuallyDrop::new(unsafe { File::from_raw_handle(end as *mut _) }))
        }

        #[cold]
        pub(in crate::task) fn wake(&self) {
            // It cannot fail while the other end is open; and if it does, nobody is there to be told.
            let _ = (&*self.0).write_all(&[1]);
        }
    }
}

#[cfg(all(test, loom))]
pub(super) use super::tests::Wake;
