//! This process in Go's place: frames filled in by hand, and a keeper of values (clauses 1, 4.4, 8).
#![allow(dead_code)]

use gangplank::private::{Shim, c_char};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};

unsafe extern "C" {
    fn gangplank_abi_start(list: *mut *const AtomicU64);
    fn gangplank_abi_alloc(size: usize, align: usize) -> *mut u8;
}

/// How a call ended.
#[derive(Debug, PartialEq)]
pub struct Answer {
    pub status: u64,
    pub word: u64,
    pub second: u64,
    /// The result as bytes; for `call_bytes` only, or the text of a status above 0.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The first string of the message.
    pub fn text(&self) -> &str {
        let len = u64::from_le_bytes(self.bytes[..8].try_into().unwrap()) as usize;
        std::str::from_utf8(&self.bytes[8..8 + len]).unwrap()
    }

    pub fn ok(self) -> u64 {
        assert_eq!(self.status, 0, "{:?}", String::from_utf8_lossy(&self.bytes));
        self.word
    }

    pub fn rejected(&self) -> &str {
        assert_eq!(self.status, 3);
        self.text()
    }

    pub fn closed(&self) -> &str {
        assert_eq!(self.status, 10);
        self.text()
    }
}

type RustShim = unsafe extern "C" fn(*mut u64, usize);

fn run(shim: RustShim, arguments: &[u64], is_bytes: bool) -> Answer {
    let mut scratch = [0u64; 64];
    let mut frame = vec![0, scratch.as_mut_ptr() as u64, 512, 0];
    frame.extend(arguments);
    // SAFETY: the tests pass what the shims take.
    unsafe { shim(frame.as_mut_ptr(), 1) };
    let bytes = if is_bytes || frame[0] != 0 { take_bytes(&frame) } else { Vec::new() };
    Answer { status: frame[0], word: frame[1], second: frame[2], bytes }
}

/// Calls a shim whose result is a scalar, a pair or nothing.
pub fn call(shim: RustShim, arguments: &[u64]) -> Answer {
    run(shim, arguments, false)
}

/// Calls a shim whose result is bytes or a message.
pub fn call_bytes(shim: RustShim, arguments: &[u64]) -> Answer {
    run(shim, arguments, true)
}

/// Releases handles, as Go does.
pub fn release(keeper: *const u64, handles: &[u64]) {
    let mut frames = vec![handles.len() as u64];
    frames.extend(handles);
    // SAFETY: word 0 of a keeper is its shim (clauses 8.1, 8.5).
    unsafe { (*keeper.cast::<RustShim>())(frames.as_mut_ptr(), 0) };
}

/// Makes another handle (clause 8.6).
pub fn another(keeper: *const u64, handle: u64) -> Answer {
    // SAFETY: as above.
    call(unsafe { *keeper.cast::<RustShim>() }, &[handle])
}

/// Calls a function of Rust's that was given as a pair (clause 8.7).
pub fn call_pair(pair: (u64, u64), arguments: &[u64]) -> Answer {
    let arguments = [&[pair.1], arguments].concat();
    // SAFETY: as above.
    call(unsafe { *(pair.0 as *const RustShim) }, &arguments)
}

fn take_bytes(frame: &[u64]) -> Vec<u8> {
    let len = frame[2] as usize;
    if len == 0 {
        return Vec::new();
    }
    // SAFETY: a shim said so.
    let bytes = unsafe { std::slice::from_raw_parts(frame[1] as *const u8, len) }.to_vec();
    if frame[3] != 0 {
        give_back(frame[1], frame[3]);
    }
    bytes
}

/// Pushes a block on the return list (clause 4.4).
pub fn give_back(block: u64, packed: u64) {
    let mut list = std::ptr::null();
    // SAFETY: `list` is writable, and the list head lives for ever.
    let list = unsafe {
        gangplank_abi_start(&mut list);
        &*list
    };
    let mut head = list.load(Ordering::Relaxed);
    loop {
        // SAFETY: the block is ours and at least 24 bytes long.
        unsafe {
            (block as *mut u64).write_unaligned(head);
            (block as *mut u64).add(1).write_unaligned(packed);
            (block as *mut u64).add(2).write_unaligned(0);
        }
        match list.compare_exchange(head, block, Ordering::Release, Ordering::Relaxed) {
            Ok(_) => return,
            Err(now) => head = now,
        }
    }
}

/// What a Go function does with its frame: `words[0]` is the handle's word, the arguments follow; the result goes into the header.
type Body = dyn Fn(&mut Frame) + Send + Sync;

pub struct Frame(*mut u64);

impl Frame {
    pub fn argument(&self, at: usize) -> u64 {
        // SAFETY: the frame has this argument.
        unsafe { *self.0.add(5 + at) }
    }

    pub fn handle(&self) -> u64 {
        // SAFETY: word 4 (clause 8.7).
        unsafe { *self.0.add(4) }
    }

    pub fn bytes(&self, at: usize) -> Vec<u8> {
        if self.argument(at + 1) == 0 {
            return Vec::new();
        }
        // SAFETY: a span (clause 2.2).
        unsafe { std::slice::from_raw_parts(self.argument(at) as *const u8, self.argument(at + 1) as usize) }
            .to_vec()
    }

    pub fn bytes_of<T: Copy>(&self, at: usize) -> Vec<T> {
        // SAFETY: a span of `T` (clause 2.2), not empty in the tests.
        unsafe { std::slice::from_raw_parts(self.argument(at) as *const T, self.argument(at + 1) as usize) }
            .to_vec()
    }

    pub fn answer(&mut self, words: [u64; 3]) {
        // SAFETY: the header.
        unsafe {
            *self.0 = 0;
            std::slice::from_raw_parts_mut(self.0.add(1), 3).copy_from_slice(&words);
        }
    }

    /// Answers with a message in the scratch, or in a block.
    pub fn message(&mut self, status: u64, bytes: &[u8]) {
        // SAFETY: the scratch is as large as word 2 says (clause 1.4), the block as was asked for (clause 4.5).
        unsafe {
            let (mut target, mut packed) = (*self.0.add(1) as *mut u8, 0);
            if *self.0.add(2) < bytes.len() as u64 {
                let capacity = bytes.len().max(24);
                target = gangplank_abi_alloc(capacity, 1);
                packed = (capacity as u64) << 6;
            }
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), target, bytes.len());
            *self.0 = status;
            *self.0.add(1) = target as u64;
            *self.0.add(2) = bytes.len() as u64;
            *self.0.add(3) = packed;
        }
    }
}

static VALUES: LazyLock<Mutex<HashMap<u64, Arc<Body>>>> = LazyLock::new(Mutex::default);
static NEXT: AtomicU64 = AtomicU64::new(1);

/// A Go package: its keeper (clause 8.1).
#[repr(C)]
pub struct Package {
    shim: Shim,
    released: AtomicU64,
}

unsafe extern "C-unwind" fn answer(frames: *mut u64, n: usize) {
    assert_eq!(n, 1);
    let mut frame = Frame(frames);
    let body = VALUES.lock().unwrap()[&frame.handle()].clone();
    body(&mut frame);
}

impl Package {
    pub fn new() -> &'static Package {
        Box::leak(Box::new(Package { shim: answer, released: AtomicU64::new(0) }))
    }

    pub fn address(&self) -> u64 {
        std::ptr::from_ref(self) as u64
    }

    /// Keeps a function: the pair.
    pub fn function(&self, body: impl Fn(&mut Frame) + Send + Sync + 'static) -> [u64; 2] {
        let handle = NEXT.fetch_add(1, Ordering::Relaxed);
        VALUES.lock().unwrap().insert(handle, Arc::new(body));
        [self.address(), handle]
    }

    /// Takes the release list: handles, and how often each was sent.
    pub fn released(&self) -> Vec<(u64, u64)> {
        let mut next = self.released.swap(0, Ordering::Acquire);
        let mut all = Vec::new();
        while next != 0 {
            // SAFETY: five words (clause 8.5), ours since the swap.
            let words: [u64; 5] = unsafe { *(next as *const [u64; 5]) };
            assert_eq!(words[4], 0);
            all.push((words[2], words[3]));
            give_back(next, words[1]);
            next = words[0];
        }
        all.sort_unstable();
        all
    }
}

/// A message.
#[derive(Default)]
pub struct Message(pub Vec<u8>);

impl Message {
    pub fn words(mut self, words: &[u64]) -> Message {
        self.0.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        self
    }

    pub fn bytes(mut self, bytes: &[u8]) -> Message {
        self.0.extend(bytes);
        self
    }

    pub fn string(self, text: &[u8]) -> Message {
        self.words(&[text.len() as u64]).bytes(text)
    }

    pub fn span(&self) -> [u64; 2] {
        [self.0.as_ptr() as u64, self.0.len() as u64]
    }
}

/// Tests that count handles run alone.
pub fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// What registers the shims of a trait.
pub type Register = unsafe extern "C" fn(*const Shim, usize, u64) -> *const c_char;
