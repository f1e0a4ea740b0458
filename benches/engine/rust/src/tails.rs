//! How long single calls from native threads to Go take.

use crate::batch::{Road, Shim, walk};
use gangplank::hosted;
use std::slice;
use std::thread;
use std::time::{Duration, Instant};

/// `threads` native threads call Go for some time, as often as they get there, `batch` items a call; without a shim through the generated
/// trait. What each call took in nanoseconds is written to `took`, up to `room` calls, evenly from all threads. Returns how many there are.
///
/// # Safety
///
/// `shim` is one for frames of one argument, or null. `room` words are writable at `took`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_tails(
    shim: Option<Shim>,
    threads: usize,
    batch: usize,
    milliseconds: u64,
    took: *mut u64,
    room: usize,
) -> usize {
    let road = shim.map_or(Road::Trait, Road::Shim);
    let until = Instant::now() + Duration::from_millis(milliseconds);
    let share = room / threads;
    // SAFETY: the caller's second promise.
    let took = unsafe { slice::from_raw_parts_mut(took, share * threads) };
    let counts: Vec<usize> = thread::scope(|scope| {
        let call = |part: &mut [u64]| call_until(until, road, batch, part);
        let threads: Vec<_> = took.chunks_mut(share).map(|part| scope.spawn(move || call(part))).collect();
        threads.into_iter().map(|thread| thread.join().expect("calls do not panic")).collect()
    });
    // Together, without gaps.
    let mut end = counts[0];
    for (i, count) in counts.iter().enumerate().skip(1) {
        took.copy_within(i * share..i * share + count, end);
        end += count;
    }
    end
}

/// [`engine_tails`] from hosted threads, a call for each item. There are at most as many as Go has Ps: what is refused does not call.
///
/// # Safety
///
/// `room` words are writable at `took`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_tails_hosted(
    threads: usize,
    milliseconds: u64,
    took: *mut u64,
    room: usize,
) -> usize {
    let until = Instant::now() + Duration::from_millis(milliseconds);
    let share = room / threads;
    let call = move || {
        let mut part = vec![0; share];
        let n = call_until(until, Road::FastTrait, 1, &mut part);
        part.truncate(n);
        part
    };
    let threads: Vec<_> = (0..threads).filter_map(|_| hosted::spawn(move |_| call()).ok()).collect();
    // SAFETY: the caller's promise.
    let took = unsafe { slice::from_raw_parts_mut(took, room) };
    let mut end = 0;
    for part in threads.into_iter().filter_map(|thread| thread.join().ok()) {
        took[end..end + part.len()].copy_from_slice(&part);
        end += part.len();
    }
    end
}

// SAFETY: a road that is no entry's is a function pointer, or nothing.
unsafe impl Send for Road {}
// SAFETY: as above.
unsafe impl Sync for Road {}

/// A thread's first call is not counted: it costs more, and it is measured elsewhere.
fn call_until(until: Instant, road: Road, batch: usize, took: &mut [u64]) -> usize {
    walk(road, batch, batch, 0);
    let mut n = 0;
    let mut start = Instant::now();
    while start < until && n < took.len() {
        let got = walk(road, batch, batch, n as u64);
        took[n] = start.elapsed().as_nanos() as u64;
        assert_eq!(got, walk(Road::Stay, batch, batch, n as u64), "Go takes other steps");
        n += 1;
        start = Instant::now();
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    unsafe extern "C" fn shim(frames: *mut u64, n: usize) {
        for i in 0..n {
            // SAFETY: `walk` passes so many frames of five words.
            unsafe { *frames.add(5 * i + 1) = crate::step(*frames.add(5 * i + 4)) };
        }
    }

    #[test]
    fn all_threads_are_heard() {
        let mut took = vec![u64::MAX; 4000];
        // SAFETY: the shim is one, and there is that much room.
        let n = unsafe { engine_tails(Some(shim), 4, 3, 500, took.as_mut_ptr(), took.len()) };
        assert!(n > 4 && n <= 4000, "{n}");
        assert!(took[..n].iter().all(|&ns| ns < u64::MAX));
    }
}
