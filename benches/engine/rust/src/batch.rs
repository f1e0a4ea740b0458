//! Many items in one crossing, in both directions.

use crate::{FastLogic, Logic, step, thread};
use gangplank::hosted;
use std::ptr;

/// Words of a frame with one argument (clause 1.2): four of the header, and it.
pub const STRIDE: usize = 5;

/// What Go gives to be called: a shim (clause 1.3).
pub type Shim = unsafe extern "C" fn(frames: *mut u64, n: usize);

/// A call context of the fast lane, as `gangplank_fastcall.h` has it.
#[repr(C)]
pub struct Context {
    pub call: unsafe extern "C" fn(context: *mut Context, callback: usize, a: usize, b: usize) -> usize,
    pub preempt: *const usize,
    state: u32,
    failed: u32,
    sp: usize,
    user: usize,
}

/// How native code gets to Go.
#[derive(Clone, Copy)]
pub enum Road {
    /// No further than a Rust function: the plain way.
    Stay,
    /// The generated trait, a call for each item.
    Trait,
    /// The generated trait of the fast lane, a call for each item.
    FastTrait,
    /// A shim, many items a call.
    Shim(Shim),
    /// A registered function of the fast lane, many items a call.
    Fast(*mut Context, usize),
}

/// Sends `x` through `n` steps that Go takes, `batch` of them side by side in a call, and returns where it ends.
///
/// Items of a batch do not depend on each other, so that every batch size does the same steps: item i begins with `x + i`.
pub fn walk(road: Road, n: usize, batch: usize, x: u64) -> u64 {
    if batch == 1 {
        // One at a time the items need no frames of ours: those would be measured, too.
        match road {
            Road::Stay => return walk_singly(n, x, step),
            Road::Trait => {
                let logic = gangplank::imported::<dyn Logic>().expect("Go registers its logic first");
                return walk_singly(n, x, |x| logic.step(x));
            }
            Road::FastTrait => {
                let logic = gangplank::imported::<dyn FastLogic>().expect("Go registers its logic first");
                return walk_singly(n, x, |x| logic.step(x));
            }
            Road::Shim(_) | Road::Fast(..) => {}
        }
    }
    let mut frames = vec![[0_u64; STRIDE]; batch];
    let mut sum = 0_u64;
    let logic = gangplank::imported::<dyn Logic>();
    let fast = gangplank::imported::<dyn FastLogic>();
    let mut done = 0;
    while done < n {
        let now = batch.min(n - done);
        for (i, frame) in frames[..now].iter_mut().enumerate() {
            *frame = [0, 0, 0, 0, x.wrapping_add((done + i) as u64)];
        }
        let first = frames.as_mut_ptr().cast();
        match road {
            Road::Stay => frames[..now].iter_mut().for_each(|frame| frame[1] = step(frame[4])),
            Road::Trait => {
                let logic = logic.as_ref().expect("Go registers its logic first");
                frames[..now].iter_mut().for_each(|frame| frame[1] = logic.step(frame[4]));
            }
            Road::FastTrait => {
                let logic = fast.as_ref().expect("Go registers its logic first");
                frames[..now].iter_mut().for_each(|frame| frame[1] = logic.step(frame[4]));
            }
            // SAFETY: Go gave the shim for frames of this stride, and `now` of them lie there (clauses 1.2, 1.3).
            Road::Shim(shim) => unsafe { shim(first, now) },
            // SAFETY: the context is of the entry that we are in, on its thread; the callback takes an address and a count.
            Road::Fast(context, callback) => unsafe {
                ((*context).call)(context, callback, first as usize, now);
            },
        }
        for frame in &frames[..now] {
            assert_eq!(frame[0], 0, "Go reports a status");
            sum = sum.wrapping_add(frame[1]);
        }
        done += now;
    }
    sum
}

fn walk_singly(n: usize, x: u64, step: impl Fn(u64) -> u64) -> u64 {
    (0..n as u64).fold(0, |sum, i| sum.wrapping_add(step(x.wrapping_add(i))))
}

/// [`walk`] in Rust alone.
#[unsafe(no_mangle)]
pub extern "C" fn engine_walk_stay(n: usize, batch: usize, x: u64) -> u64 {
    walk(Road::Stay, n, batch, x)
}

/// [`walk`] through the generated trait, on the caller's thread.
#[unsafe(no_mangle)]
pub extern "C" fn engine_walk_trait(n: usize, batch: usize, x: u64) -> u64 {
    walk(Road::Trait, n, batch, x)
}

/// [`walk`] through a shim, on the caller's thread.
///
/// # Safety
///
/// `shim` is one for frames of one argument.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_walk_shim(shim: Shim, n: usize, batch: usize, x: u64) -> u64 {
    walk(Road::Shim(shim), n, batch, x)
}

/// [`walk`] through the generated trait, on a thread that Go has not made.
#[unsafe(no_mangle)]
pub extern "C" fn engine_walk_thread(n: usize, batch: usize, x: u64) -> u64 {
    thread::run(move || walk(Road::Trait, n, batch, x))
}

/// [`walk`] through a shim, on a thread that Go has not made.
///
/// # Safety
///
/// `shim` is one for frames of one argument.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_walk_thread_shim(shim: Shim, n: usize, batch: usize, x: u64) -> u64 {
    thread::run(move || walk(Road::Shim(shim), n, batch, x))
}

/// [`walk`] through the generated trait of the fast lane, on a hosted thread. All bits set if there can be none.
#[unsafe(no_mangle)]
pub extern "C" fn engine_walk_hosted(n: usize, batch: usize, x: u64) -> u64 {
    let thread = hosted::spawn(move |_| walk(Road::FastTrait, n, batch, x));
    thread.map_or(u64::MAX, |thread| thread.join().unwrap_or(u64::MAX))
}

/// `n` new threads, one after the other; each takes one step through the generated trait, or stays in Rust.
#[unsafe(no_mangle)]
pub extern "C" fn engine_new_threads(n: usize, calls: bool, x: u64) -> u64 {
    let road = if calls { Road::Trait } else { Road::Stay };
    let walk = |i: usize| move || walk(road, 1, 1, x.wrapping_add(i as u64));
    (0..n).map(|i| thread::run_on_new(walk(i))).fold(0, u64::wrapping_add)
}

/// What an entry of the fast lane is asked for: arguments there are only two.
#[repr(C)]
pub struct Asked {
    callback: usize,
    n: usize,
    batch: usize,
    x: u64,
}

/// [`walk`] as an entry of the fast lane.
///
/// # Safety
///
/// `asked` is readable, and `context` is the lane's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_walk_fast(asked: *const Asked, _: usize, context: *mut Context) -> u64 {
    // SAFETY: the caller's first promise.
    let Asked { callback, n, batch, x } = unsafe { ptr::read(asked) };
    walk(Road::Fast(context, callback), n, batch, x)
}

/// By hand: the items of a batch as two arrays.
///
/// # Safety
///
/// `n` words are readable at `items` and writable at `results`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_hand_steps(items: *const u64, results: *mut u64, n: usize) {
    for i in 0..n {
        // SAFETY: the caller's promise.
        unsafe { *results.add(i) = step(*items.add(i)) };
    }
}

/// By hand: one item.
#[unsafe(no_mangle)]
pub extern "C" fn engine_hand_step(x: u64) -> u64 {
    step(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shim as Go would write it.
    unsafe extern "C" fn shim(frames: *mut u64, n: usize) {
        // SAFETY: `walk` passes so many frames.
        let frames = unsafe { std::slice::from_raw_parts_mut(frames.cast::<[u64; STRIDE]>(), n) };
        frames.iter_mut().for_each(|frame| frame[1] = step(frame[4]));
    }

    #[test]
    fn every_batch_size_takes_the_same_steps() {
        let want = (0..1000).map(|i| step(7 + i)).fold(0, u64::wrapping_add);
        for batch in [1, 3, 64, 1000, 4096] {
            assert_eq!(walk(Road::Stay, 1000, batch, 7), want);
            assert_eq!(walk(Road::Shim(shim), 1000, batch, 7), want);
            assert_eq!(thread::run(move || walk(Road::Shim(shim), 1000, batch, 7)), want);
        }
        assert_eq!(engine_new_threads(10, false, 7), (0..10).map(|i| step(7 + i)).fold(0, u64::wrapping_add));
    }
}
