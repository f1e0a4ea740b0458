//! Batches of exported functions: the answer in the frame.

use crate::GoError;
use crate::batch::private::Item;
use crate::frame::{Header, Status};
use crate::message::Reader;
use crate::value::Decode;

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
