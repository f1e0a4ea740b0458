//! The talk's case: an engine whose user's logic is in Go. A message is a vote for a letter; the answer is how many votes the letter has.

use crate::batch::Context;
use std::ptr;

/// Bytes of a message: the letter, then the number of votes.
const MESSAGE: usize = 5;
/// Bytes of an answer: the letter, then all its votes.
const ANSWER: usize = 9;
/// So many letters.
const LETTERS: u64 = 26;

/// The user's logic as four functions, as Wallaroo's Go API had it. Go's values are known here by their ids.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Four {
    decode: unsafe extern "C" fn(message: *const u8, len: usize) -> u64,
    partition: unsafe extern "C" fn(vote: u64) -> u64,
    compute: unsafe extern "C" fn(vote: u64, letter: u64) -> u64,
    encode: unsafe extern "C" fn(total: u64, answer: *mut u8, room: usize) -> usize,
}

/// A message and the room for its answer.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Slot {
    message: [u8; 8],
    answer: [u8; 16],
}

/// The user's logic as one function for many messages.
pub type Together = unsafe extern "C" fn(slots: *mut Slot, n: usize);

fn message(i: u64) -> [u8; MESSAGE] {
    let mut message = [b'a' + (i * 7 % LETTERS) as u8, 0, 0, 0, 0];
    message[1..].copy_from_slice(&(i as u32 % 1000).to_le_bytes());
    message
}

/// Every answer counts, so that none is left out.
fn digest(sum: u64, answer: &[u8]) -> u64 {
    let total = u64::from_le_bytes(answer[1..ANSWER].try_into().expect("eight bytes"));
    sum.wrapping_mul(31).wrapping_add(total ^ u64::from(answer[0]))
}

/// `n` messages, four crossings each.
///
/// # Safety
///
/// The four are Go's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_votes_four(four: *const Four, n: u64) -> u64 {
    // SAFETY: the caller lends the table for the call.
    let Four { decode, partition, compute, encode } = unsafe { *four };
    let mut sum = 0;
    for i in 0..n {
        let message = message(i);
        let mut answer = [0; ANSWER];
        // SAFETY: message and answer have the lengths given; the ids are those that Go returned.
        let len = unsafe {
            let vote = decode(message.as_ptr(), MESSAGE);
            let letter = partition(vote);
            let total = compute(vote, letter);
            encode(total, answer.as_mut_ptr(), ANSWER)
        };
        assert_eq!(len, ANSWER, "the answer has another length");
        sum = digest(sum, &answer);
    }
    sum
}

/// Messages in batches, each batch a call of `together`.
fn votes(n: u64, batch: u64, together: impl Fn(*mut Slot, usize)) -> u64 {
    let mut slots = vec![Slot { message: [0; 8], answer: [0; 16] }; batch as usize];
    let (mut sum, mut done) = (0, 0);
    while done < n {
        let now = batch.min(n - done) as usize;
        for (i, slot) in slots[..now].iter_mut().enumerate() {
            slot.message[..MESSAGE].copy_from_slice(&message(done + i as u64));
        }
        together(slots.as_mut_ptr(), now);
        sum = slots[..now].iter().fold(sum, |sum, slot| digest(sum, &slot.answer));
        done += now as u64;
    }
    sum
}

/// `n` messages, `batch` of them in a crossing.
///
/// # Safety
///
/// `together` is Go's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_votes_together(together: Together, n: u64, batch: u64) -> u64 {
    // SAFETY: so many slots lie there, for the call.
    votes(n, batch, |slots, n| unsafe { together(slots, n) })
}

/// What the entry is asked for.
#[repr(C)]
pub struct Asked {
    callback: usize,
    n: u64,
    batch: u64,
}

/// [`engine_votes_together`] as an entry of the fast lane.
///
/// # Safety
///
/// `asked` is readable, and `context` is the lane's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_votes_fast(asked: *const Asked, _: usize, context: *mut Context) -> u64 {
    // SAFETY: the caller's first promise.
    let Asked { callback, n, batch } = unsafe { ptr::read(asked) };
    votes(n, batch, |slots, n| {
        // SAFETY: the context is that of this entry, on its thread; the callback takes an address and a count.
        unsafe { ((*context).call)(context, callback, slots as usize, n) };
    })
}
