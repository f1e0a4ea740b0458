//! Batches of exported functions: the answer in the frame.

use crate::GoError;
use crate::batch::private::Item;
use crate::frame::{Header, Status};
use crate::message::{Malformed, Reader};
use crate::shim::Rejected;
use crate::value::Decode;
use std::time::Duration;

type Failures<T, E> = (Vec<T>, Vec<(u32, E)>, Vec<(u32, GoError)>);

/// The status of an answer, and its bytes.
fn answer<R: Item>(count: usize, mut item: impl FnMut(usize) -> R) -> (u64, u64, Vec<u8>) {
    let mut scratch = [0u64; 4096];
    let mut frame = [0, scratch.as_mut_ptr() as u64, 8 * 4096, 0];
    // SAFETY: a frame of four words, with scratch that outlives it (clause 1.4).
    R::answer("f", count, |at| Ok(item(at)), &mut unsafe { Header::at(frame.as_mut_ptr()) });
    assert_eq!(frame[3], 0, "the scratch has room");
    let bytes = scratch.iter().flat_map(|word| word.to_le_bytes()).collect();
    (frame[0], frame[2], bytes)
}

fn failures<T>(bytes: &[u8], len: u64) -> T
where
    T: for<'a> Decode<'a>,
{
    let mut input = Reader::new(&bytes[..len as usize]);
    let value = T::decode(&mut input).unwrap();
    input.finish().unwrap();
    value
}

#[test]
fn all_went_well() {
    let (status, len, bytes) = answer(3, |at| at as u32 * 10);
    assert_eq!((status, len), (Status::Ok as u64, 3));
    assert_eq!(&bytes[..12], [0, 0, 0, 0, 10, 0, 0, 0, 20, 0, 0, 0]);
    let (status, len, _) = answer(0, |_| -> u64 { unreachable!() });
    assert_eq!((status, len), (Status::Ok as u64, 0));
    let (status, ..) = answer(2, |_| Ok::<(), String>(()));
    assert_eq!(status, Status::Ok as u64);
}

#[test]
fn values_lie_in_lent_memory_if_they_fit() {
    for (room, in_scratch) in [(0, false), (31, false), (32, true), (33, true)] {
        let mut scratch = [0u64; 5];
        let address = scratch.as_mut_ptr() as u64;
        let mut frame = [0, address, room, 0];
        // SAFETY: a frame of four words, with scratch that outlives it (clause 1.4).
        u64::answer("f", 4, |at| Ok(at as u64 + 7), &mut unsafe { Header::at(frame.as_mut_ptr()) });
        assert_eq!((frame[0], frame[2], frame[3] == 0), (Status::Ok as u64, 4, in_scratch), "{room}");
        assert_eq!(frame[1] == address, in_scratch);
        // SAFETY: the answer is four numbers (clause 4.2).
        assert_eq!(unsafe { std::slice::from_raw_parts(frame[1] as *const u64, 4) }, [7, 8, 9, 10]);
        if !in_scratch {
            // SAFETY: the block is ours (clause 4.3).
            unsafe { crate::block::free(frame[1], frame[3]) };
        }
    }
}

#[test]
fn errors_and_panics_are_their_items_own() {
    let item = |at: usize| match at {
        1 => Err("one".to_owned()),
        3 => panic!("three"),
        5 => std::panic::panic_any(5),
        _ => Ok(at as u64),
    };
    let (status, len, bytes) = answer(6, item);
    assert_eq!(status, Status::Error as u64);
    let (values, failed, panicked): Failures<u64, String> = failures(&bytes, len);
    assert_eq!(values, [0, 2, 4]);
    assert_eq!(failed, [(1, "one".to_owned())]);
    let panicked: Vec<_> = panicked.iter().map(|(at, error)| (*at, error.message())).collect();
    assert_eq!(panicked, [(3, "three"), (5, "a panic whose payload is not a string")]);
}

#[test]
fn an_infallible_item_may_panic_and_the_others_run() {
    let mut seen = Vec::new();
    let (status, len, bytes) = answer(4, |at| {
        seen.push(at);
        assert!(at != 0 && at != 3, "at {at}");
        at as u8
    });
    assert_eq!(seen, [0, 1, 2, 3]);
    assert_eq!(status, Status::Error as u64);
    let (values, panicked): (Vec<u8>, Vec<(u32, GoError)>) = failures(&bytes, len);
    assert_eq!(values, [1, 2]);
    assert_eq!(panicked.iter().map(|p| p.0).collect::<Vec<_>>(), [0, 3]);
}

#[test]
fn what_cannot_cross_is_its_items_own() {
    let item = |at: usize| match at {
        0 | 6 => Ok(("fine".to_owned(), Duration::from_secs(at as u64))),
        1 | 4 => Ok(("too long".to_owned(), Duration::MAX)),
        2 => Err(Duration::MAX),
        3 => Err(Duration::from_secs(3)),
        _ => panic!("five"),
    };
    let (status, len, bytes) = answer(7, item);
    assert_eq!(status, Status::Error as u64);
    let (values, failed, others): Failures<(String, Duration), Duration> = failures(&bytes, len);
    assert_eq!(values.iter().map(|(_, d)| d.as_secs()).collect::<Vec<_>>(), [0, 6]);
    assert_eq!(failed, [(3, Duration::from_secs(3))]);
    let mut others: Vec<_> = others.iter().map(|(at, error)| (*at, error.message())).collect();
    others.sort_unstable_by_key(|(at, _)| *at);
    let [(1, one), (2, two), (4, four), (5, "five")] = others[..] else { panic!("{others:?}") };
    assert!(one.starts_with("the result cannot cross: ") && one == two && one == four, "{one}");
}

#[test]
fn an_error_that_panics_while_it_is_written_is_its_items_own() {
    struct Loud(bool);
    impl std::fmt::Display for Loud {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            assert!(!self.0, "loud");
            f.write_str("quiet")
        }
    }
    impl crate::value::Shape for Loud {
        const CLASS: crate::value::Class = crate::value::Class::Compound;
        const PRINT: u64 = <String as crate::value::Shape>::PRINT;
    }
    impl crate::value::Encode for Loud {
        fn encode(&self, out: &mut crate::message::Writer) {
            out.nested(|out| out.display(self));
        }
    }
    let (status, len, bytes) = answer(4, |at| Loud(at % 2 == 1));
    assert_eq!(status, Status::Error as u64);
    let (values, others): (Vec<String>, Vec<(u32, GoError)>) = failures(&bytes, len);
    assert_eq!(values, ["quiet", "quiet"]);
    let others: Vec<_> = others.iter().map(|(at, error)| (*at, error.message(), error.is_panic())).collect();
    assert_eq!(others, [(1, "loud", true), (3, "loud", true)]);
}

#[test]
fn a_closed_object_is_its_items_own() {
    let mut scratch = [0u64; 64];
    let mut frame = [0, scratch.as_mut_ptr() as u64, 8 * 64, 0];
    let item = |at| match at {
        0 => Ok(1u64),
        _ => Err(Rejected::argument("pattern", Malformed::Closed { of: "Pattern" })),
    };
    // SAFETY: a frame of four words, with scratch that outlives it (clause 1.4).
    u64::answer("f", 2, item, &mut unsafe { Header::at(frame.as_mut_ptr()) });
    let bytes: Vec<u8> = scratch.iter().flat_map(|word| word.to_le_bytes()).collect();
    let mut input = Reader::new(&bytes[..frame[2] as usize]);
    let values = Vec::<u64>::decode(&mut input).unwrap();
    let [count, at]: [u32; 2] = [input.count(1).unwrap() as u32, u32::decode(&mut input).unwrap()];
    assert_eq!((values, count, at), (vec![1], 1, 1));
    // The chain of clause 5.8: text, type, argument, kind 5, no causes.
    let text = input.string().unwrap().to_owned();
    assert_eq!((input.string().unwrap(), input.string().unwrap()), ("Pattern", "pattern"));
    assert_eq!((input.array::<5>().unwrap(), input.finish().is_ok()), ([5, 0, 0, 0, 0], true), "{text}");
}
