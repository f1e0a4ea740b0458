//! The rows of the table.

use crate::bridge::{Packet, Work as Bridge};
use crate::by_hand;
use measure::{Way, Work};
use std::hint::black_box;

/// 32 bytes.
pub const TEXT: &str = "gangway!gangway!gangway!gangway!";

/// Two strings and 64 bytes.
pub fn packet() -> Packet {
    Packet { from: TEXT[..16].into(), to: TEXT.into(), payload: [TEXT, TEXT].concat().into_bytes() }
}

/// Everything that is measured. The second way of each is the generated one.
pub fn works(go: &dyn Bridge) -> Vec<Work<'_>> {
    let packet = packet();
    vec![
        work("nothing", vec![bare_callback(), generated(1.15, || go.nop())]),
        work(
            "u64 -> u64",
            vec![
                way("cgo by hand", || _ = black_box(by_hand::scalar(black_box(1)))),
                generated(1.15, || _ = black_box(go.scalar(black_box(1)))),
            ],
        ),
        work(
            "string of 32 bytes -> string",
            vec![
                way("by hand, caller's buffer", || _ = black_box(by_hand::text(black_box(TEXT)))),
                generated(1.15, || _ = black_box(go.text(black_box(TEXT)))),
                way("by hand, C strings", || _ = black_box(by_hand::text_c(black_box(TEXT)))),
            ],
        ),
        work(
            "record -> record",
            vec![bare_callback(), generated(4.0, move || _ = black_box(go.answer(black_box(&packet))))],
        ),
        work(
            "error with a string",
            vec![bare_callback(), way("gangplank", || _ = black_box(go.refuse(black_box(1))))],
        ),
    ]
}

fn work<'a>(name: &str, ways: Vec<Way<'a>>) -> Work<'a> {
    Work { name: name.into(), ways, ..Work::default() }
}

fn bare_callback<'a>() -> Way<'a> {
    way("bare callback", by_hand::nop)
}

fn generated<'a>(limit: f64, call: impl Fn() + 'a) -> Way<'a> {
    way("gangplank", call).at_most(limit)
}

fn way<'a>(name: &'static str, call: impl Fn() + 'a) -> Way<'a> {
    Way::new(name, move |n| (0..n).for_each(|_| call())).crossing("cgo", 1.0)
}
