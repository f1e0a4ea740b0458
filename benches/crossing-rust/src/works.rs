//! The rows of the table.

use crate::bridge::{Packet, Work as Bridge};
use crate::by_hand;
use crate::measure::{Way, Work};
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
        Work { name: "nothing", ways: vec![bare_callback(), generated(1.15, || go.nop())] },
        Work {
            name: "u64 -> u64",
            ways: vec![
                way("cgo by hand", || _ = black_box(by_hand::scalar(black_box(1)))),
                generated(1.15, || _ = black_box(go.scalar(black_box(1)))),
            ],
        },
        Work {
            name: "string of 32 bytes -> string",
            ways: vec![
                way("by hand, caller's buffer", || _ = black_box(by_hand::text(black_box(TEXT)))),
                generated(1.15, || _ = black_box(go.text(black_box(TEXT)))),
                way("by hand, C strings", || _ = black_box(by_hand::text_c(black_box(TEXT)))),
            ],
        },
        Work {
            name: "record -> record",
            ways: vec![bare_callback(), generated(4.0, move || _ = black_box(go.answer(black_box(&packet))))],
        },
        Work {
            name: "error with a string",
            ways: vec![
                bare_callback(),
                Way { limit: None, ..generated(0.0, || _ = black_box(go.refuse(black_box(1)))) },
            ],
        },
    ]
}

fn bare_callback<'a>() -> Way<'a> {
    way("bare callback", by_hand::nop)
}

fn generated<'a>(limit: f64, call: impl Fn() + 'a) -> Way<'a> {
    Way { limit: Some(limit), ..way("gangplank", call) }
}

fn way<'a>(name: &'static str, call: impl Fn() + 'a) -> Way<'a> {
    Way { name, run: Box::new(move |n| (0..n).for_each(|_| call())), limit: None }
}
