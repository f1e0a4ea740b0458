//! Both directions with this test in Go's place: frames filled in by hand, tables of Rust functions.

use gangplank::private::{Shim, c_char};
use gangplank::{ErrorKind, GoError};

#[gangplank::export]
fn add(a: i32, b: i32) -> i32 {
    a.checked_add(b).expect("overflow")
}

#[gangplank::export]
fn shout(text: &str, times: u32) -> String {
    text.to_uppercase().repeat(times as usize)
}

#[derive(Debug, Clone, PartialEq)]
#[gangplank::record]
enum Reply {
    Nothing,
    Text(String),
}

#[gangplank::export]
fn pick(replies: &[Reply], index: usize) -> Result<Reply, String> {
    replies.get(index).cloned().ok_or_else(|| format!("only {} replies", replies.len()))
}

unsafe extern "C" {
    fn gangplank_gangplank_add(frames: *mut u64, n: usize);
    fn gangplank_gangplank_shout(frames: *mut u64, n: usize);
    fn gangplank_gangplank_pick(frames: *mut u64, n: usize);
    fn gangplank_abi_start(list: *mut *const std::sync::atomic::AtomicU64);
    fn gangplank_import_gangplank_Go(table: *const Shim, methods: usize, hash: u64) -> *const c_char;
    safe static gangplank_hash_gangplank_add: u64;
    safe static gangplank_hash_gangplank_shout: u64;
}

/// Reads the bytes of a result and gives a block back through the return list, as Go does (clause 4.4).
fn bytes(frame: &[u64], size: usize) -> Vec<u8> {
    let len = frame[2] as usize * size;
    if len == 0 {
        return Vec::new();
    }
    // SAFETY: a shim said so.
    let result = unsafe { std::slice::from_raw_parts(frame[1] as *const u8, len) }.to_vec();
    if frame[3] != 0 {
        let mut list = std::ptr::null();
        // SAFETY: `list` is writable.
        unsafe { gangplank_abi_start(&mut list) };
        // SAFETY: the list head lives for ever.
        let list = unsafe { &*list };
        let mut head = list.load(std::sync::atomic::Ordering::Relaxed);
        loop {
            let block = frame[1] as *mut u64;
            // SAFETY: the block is ours and at least 24 bytes long (clauses 4.3, 4.4).
            unsafe {
                block.write_unaligned(head);
                block.add(1).write_unaligned(frame[3]);
                block.add(2).write_unaligned(0);
            }
            match list.compare_exchange(
                head,
                frame[1],
                std::sync::atomic::Ordering::Release,
                std::sync::atomic::Ordering::Relaxed,
            ) {
                Ok(_) => break,
                Err(now) => head = now,
            }
        }
    }
    result
}

#[test]
fn scalars_and_a_batch_with_a_panic_in_the_middle() {
    let mut frames: Vec<u64> = [(1, 2), (i32::MAX, 1), (-5, 3)]
        .iter()
        .flat_map(|&(a, b)| [0, 0, 0, 0, a as i64 as u64, b as i64 as u64])
        .collect();
    // SAFETY: three frames of two scalars.
    unsafe { gangplank_gangplank_add(frames.as_mut_ptr(), 3) };
    assert_eq!((frames[0], frames[1] as i64), (0, 3));
    assert_eq!(frames[6], 2);
    assert!(String::from_utf8_lossy(&bytes(&frames[6..], 1)).contains("overflow"));
    assert_eq!((frames[12], frames[13] as i64), (0, -2));
}

#[test]
fn a_string_fits_in_the_scratch_or_becomes_a_block() {
    for (times, room) in [(0, 64), (3, 64), (30, 64), (1000, 64), (1, 0), (30, 0)] {
        let text = "añ";
        let mut scratch = [0u64; 8];
        let mut frame =
            [0, scratch.as_mut_ptr() as u64, room, 0, text.as_ptr() as u64, text.len() as u64, times];
        // SAFETY: a frame of a string and a number.
        unsafe { gangplank_gangplank_shout(frame.as_mut_ptr(), 1) };
        let expected = "AÑ".repeat(times as usize);
        assert_eq!((frame[0], bytes(&frame, 1)), (0, expected.clone().into_bytes()));
        assert_eq!(frame[3] != 0, expected.len() > room as usize);
    }
}

#[test]
fn invalid_utf8_is_refused_with_function_and_argument() {
    let mut frame = [0, 0, 0, 0, b"\xff".as_ptr() as u64, 1, 1];
    // SAFETY: a frame of a string and a number.
    unsafe { gangplank_gangplank_shout(frame.as_mut_ptr(), 1) };
    let text = String::from_utf8(bytes(&frame, 1)[8..].to_vec()).unwrap();
    assert_eq!(frame[0], 3);
    assert!(text.starts_with("gangplank::shout: argument text: not valid UTF-8 at byte 0"), "{text}");
}

#[test]
fn compound_arguments_share_one_message() {
    let message =
        [2u64.to_le_bytes().as_slice(), &1u32.to_le_bytes(), &1u64.to_le_bytes(), b"x", &0u32.to_le_bytes()]
            .concat();
    let run = |index: u64, message: &[u8]| {
        let mut frame = [0, 0, 0, 0, index, message.as_ptr() as u64, message.len() as u64];
        // SAFETY: a frame of a message and a number.
        unsafe { gangplank_gangplank_pick(frame.as_mut_ptr(), 1) };
        (frame[0], bytes(&frame, 1))
    };
    assert_eq!(run(0, &message), (0, [1u32.to_le_bytes().as_slice(), &1u64.to_le_bytes(), b"x"].concat()));
    assert_eq!(run(1, &message), (0, 0u32.to_le_bytes().to_vec()));
    let (status, error) = run(2, &message);
    assert_eq!((status, &error[8..]), (1, b"only 2 replies".as_slice()));
    let nil = [1u64.to_le_bytes().as_slice(), &u32::MAX.to_le_bytes()].concat();
    let (status, text) = run(0, &nil);
    assert!(status == 3 && String::from_utf8_lossy(&text).contains("nil is not a value of Reply"));
    assert_eq!(run(0, &message[..9]).0, 3);
    assert_eq!(run(0, &[message.as_slice(), &[0]].concat()).0, 3);
}

#[test]
fn hashes_tell_signatures_apart() {
    assert_ne!(gangplank_hash_gangplank_add, gangplank_hash_gangplank_shout);
}

#[gangplank::import]
trait Go {
    fn double(&self, x: i64) -> i64;
    fn join(&self, parts: &[String], by: &str) -> Result<String, GoError>;
    fn sum(&self, numbers: &[f64]) -> f64;
}

unsafe extern "C-unwind" fn double(frames: *mut u64, n: usize) {
    for i in 0..n {
        // SAFETY: `n` frames of a handle and one scalar (clause 8.8).
        unsafe {
            let frame = frames.add(6 * i);
            if *frame.add(5) == 13 {
                *frame = 9;
            } else if *frame.add(5) == 14 {
                let text = b"gangplank: Go returned nil where Rust needs a value";
                let address = alloc(8 + text.len());
                address.cast::<u64>().write_unaligned(text.len() as u64);
                std::ptr::copy_nonoverlapping(text.as_ptr(), address.add(8), text.len());
                let size = 8 + text.len() as u64;
                (*frame, *frame.add(1), *frame.add(2), *frame.add(3)) = (3, address as u64, size, size << 6);
            } else {
                *frame.add(1) = (*frame.add(5)).wrapping_mul(2);
            }
        }
    }
}

unsafe extern "C-unwind" fn join(frame: *mut u64, _n: usize) {
    // SAFETY: a frame of a string and a message, with scratch.
    unsafe {
        let by = std::slice::from_raw_parts(*frame.add(5) as *const u8, *frame.add(6) as usize);
        let message = std::slice::from_raw_parts(*frame.add(7) as *const u8, *frame.add(8) as usize);
        if by == b"big" {
            // A block of ours instead of the scratch (clause 4.5).
            let size = 100_000;
            let address = alloc(size);
            std::ptr::write_bytes(address, b'z', size);
            (*frame.add(1), *frame.add(2), *frame.add(3)) = (address as u64, size as u64, (size as u64) << 6);
            return;
        }
        let scratch = *frame.add(1) as *mut u8;
        std::ptr::copy_nonoverlapping(message.as_ptr(), scratch, message.len());
        *frame.add(2) = message.len() as u64;
    }
}

unsafe extern "C" {
    fn gangplank_abi_alloc(size: usize, align: usize) -> *mut u8;
}

fn alloc(size: usize) -> *mut u8 {
    // SAFETY: it takes any size and this alignment.
    unsafe { gangplank_abi_alloc(size, 1) }
}

unsafe extern "C-unwind" fn sum(frame: *mut u64, _n: usize) {
    // SAFETY: a frame of a span of f64.
    unsafe {
        let numbers = if *frame.add(6) == 0 {
            &[]
        } else {
            std::slice::from_raw_parts(*frame.add(5) as *const f64, *frame.add(6) as usize)
        };
        *frame.add(1) = numbers.iter().sum::<f64>().to_bits();
    }
}

static SHIMS: [Shim; 3] = [double, join, sum];

fn go() -> gangplank::Imported<dyn Go> {
    // SAFETY: three shims that live for ever.
    let said = unsafe {
        gangplank_import_gangplank_Go(
            SHIMS.as_ptr(),
            3,
            <dyn Go as gangplank::private::Import>::table().hash(),
        )
    };
    assert!(said.is_null());
    gangplank::imported::<dyn Go>().unwrap()
}

#[test]
fn imported_methods_reach_their_shims() {
    let go = go();
    assert_eq!(go.double(-4), -8);
    assert_eq!(go.sum(&[1.5, 2.5]), 4.0);
    assert_eq!(go.sum(&[]), 0.0);
    let joined = go.join(&["ab".into(), "".into()], ",").unwrap();
    assert_eq!(
        joined.as_bytes(),
        [2u64.to_le_bytes().as_slice(), &2u64.to_le_bytes(), b"ab", &0u64.to_le_bytes()].concat()
    );
    for _ in 0..3 {
        assert_eq!(go.join(&[], "big").unwrap().len(), 100_000);
    }
    assert_eq!(go.join(&["ab".into()], ",").unwrap().len(), 18);
}

#[test]
fn a_status_from_nowhere_is_an_error_or_a_panic() {
    let go = go();
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| go.double(13))).unwrap_err();
    assert!(panic.downcast_ref::<String>().unwrap().contains("Go answered with status 9"));
}

#[test]
fn what_go_cannot_answer_names_the_method() {
    let go = go();
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| go.double(14))).unwrap_err();
    let said = panic.downcast_ref::<String>().unwrap();
    assert!(said.starts_with("Go.double: Go returned nil where"), "{said}");
}

#[test]
fn another_interface_is_refused_with_both_names() {
    // SAFETY: refused before it is looked at.
    let said = unsafe { gangplank_import_gangplank_Go(SHIMS.as_ptr(), 3, 1) };
    // SAFETY: a text that lives for ever (clause 6.3).
    let said = unsafe { std::ffi::CStr::from_ptr(said) }.to_str().unwrap();
    assert!(said.contains("trait Go") && said.contains("crate gangplank 0.1.0"), "{said}");
}

#[gangplank::import]
trait Missing {
    fn ask(&self) -> Result<u8, GoError>;
}

#[test]
fn without_go_there_is_a_clear_error() {
    let Err(error) = gangplank::imported::<dyn Missing>() else { panic!("nothing is registered") };
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert!(error.to_string().contains("no implementation of Missing is registered"));
    struct Mock;
    impl Missing for Mock {
        fn ask(&self) -> Result<u8, GoError> {
            Ok(7)
        }
    }
    let registration = gangplank::register::<dyn Missing>(std::sync::Arc::new(Mock));
    assert_eq!(gangplank::imported::<dyn Missing>().unwrap().ask().unwrap(), 7);
    drop(registration);
    assert!(gangplank::imported::<dyn Missing>().is_err());
}
