//! What a call from Rust to Go costs with rust2go, beside an export written by hand in the same archive. The work is that of
//! `crossing-rust`.

#[allow(missing_docs, clippy::undocumented_unsafe_blocks, clippy::ptr_arg)]
mod bridge;

use bridge::{Packet, Work as _, WorkImpl};
use measure::{Conditions, Flags, Way, Work};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

/// rust2go, with the version that `Cargo.lock` holds.
const PEER: &str = "rust2go 0.4.3";

/// 32 bytes.
const TEXT: &str = "gangway!gangway!gangway!gangway!";

/// How long an answer may be to come in one crossing.
const ROOM: usize = 64;

#[allow(clashing_extern_declarations, reason = "rust2go's binding declares every export of the archive, too")]
unsafe extern "C" {
    safe fn hand_go_nop();
    safe fn hand_go_scalar(x: u64) -> u64;
    fn hand_go_text(text: *const u8, len: usize, out: *mut u8, room: usize) -> usize;
}

fn main() -> ExitCode {
    let flags = match Flags::parse(61, Duration::from_millis(5)) {
        Ok(flags) => flags,
        Err(usage) => {
            eprintln!("peers-rust2go: {usage}");
            return ExitCode::from(2);
        }
    };
    println!("{}", Conditions::here());
    // On a thread that Go has never seen before.
    let run = move || flags.run(&works(), Some(&WorkImpl::mallocs));
    match std::thread::spawn(run).join() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn works() -> Vec<Work<'static>> {
    let (owned, packet) = (TEXT.to_owned(), packet());
    vec![
        work("nothing", vec![way("bare callback", || hand_go_nop()), peer(|| _ = black_box(WorkImpl::nop()))]),
        work(
            "u64 -> u64",
            vec![
                way("cgo by hand", || _ = black_box(hand_go_scalar(black_box(1)))),
                peer(|| _ = black_box(WorkImpl::scalar(black_box(1)))),
            ],
        ),
        work(
            "string of 32 bytes -> string",
            vec![
                way("by hand, caller's buffer", || _ = black_box(hand_text(black_box(TEXT)))),
                peer(move || _ = black_box(WorkImpl::text(black_box(&owned)))),
            ],
        ),
        work(
            "record -> record",
            vec![
                way("bare callback", || hand_go_nop()),
                peer(move || _ = black_box(WorkImpl::answer(black_box(&packet)))),
            ],
        ),
    ]
}

/// Two strings and 64 bytes.
fn packet() -> Packet {
    Packet { from: TEXT[..16].into(), to: TEXT.into(), payload: [TEXT, TEXT].concat().into_bytes() }
}

fn work(name: &str, ways: Vec<Way<'static>>) -> Work<'static> {
    Work { name: name.into(), ways, ..Work::default() }
}

fn peer(call: impl Fn() + 'static) -> Way<'static> {
    way(PEER, call)
}

fn way(name: &str, call: impl Fn() + 'static) -> Way<'static> {
    Way::new(name, move |n| (0..n).for_each(|_| call())).crossing("cgo", 1.0)
}

/// The best way: one crossing, the answer goes straight into the new string's buffer.
fn hand_text(text: &str) -> String {
    let mut room = ROOM;
    loop {
        let mut out = Vec::with_capacity(room);
        // SAFETY: `text` is readable and `out` writable for the lengths given, until the call returns.
        let len = unsafe { hand_go_text(text.as_ptr(), text.len(), out.as_mut_ptr(), room) };
        if len <= room {
            // SAFETY: an answer of `len` bytes, no more than `room`, was written.
            unsafe { out.set_len(len) };
            return String::from_utf8(out).expect("Go returned UTF-8");
        }
        room = len;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All ways do the same, or their times would mean nothing.
    #[test]
    fn the_peer_answers_as_we_do() {
        for x in [0, 41, u64::MAX - 1] {
            assert_eq!((hand_go_scalar(x), WorkImpl::scalar(x)), (x + 1, x + 1));
        }
        for text in ["a", TEXT, &"b".repeat(100)] {
            assert_eq!((hand_text(text).as_str(), WorkImpl::text(&text.to_owned()).as_str()), (text, text));
        }
        let packet = packet();
        let answer = WorkImpl::answer(&packet);
        assert_eq!((answer.from, answer.to, answer.payload), (packet.to, packet.from, packet.payload));
        works().iter().for_each(|work| work.ways.iter().for_each(|way| (way.run)(3)));
    }
}
