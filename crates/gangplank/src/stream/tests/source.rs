//! What a pull of an iterator of Rust answers (clause 12.3), without Go.

use crate::block;
use crate::error::GoError;
use crate::frame::{Header, Status};
use crate::message::Reader;
use crate::stream::ToGoItem;
use crate::stream::items::Waits;
use crate::stream::source::Source;
use crate::value::Decode;
use std::sync::Arc;
use std::task::{Context, Waker};
use std::time::Duration;

#[derive(Debug, PartialEq)]
enum Answer<T> {
    Items(Vec<T>, bool),
    Error(String),
    Refused(String),
    Panic(String),
}

/// Pulls once. A small scratch is lent, so that longer batches come in blocks.
fn pull<I, T>(source: &mut Source<Waits<I>>, most: u32) -> Answer<T>
where
    I: Iterator<Item: ToGoItem> + Send + 'static,
    T: for<'a> Decode<'a>,
{
    let mut scratch = [0u64; 8];
    let mut words = [0, scratch.as_mut_ptr() as u64, size_of_val(&scratch) as u64, 0];
    // SAFETY: a header as clause 1.4 says, whose scratch outlives it.
    let mut header = unsafe { Header::at(words.as_mut_ptr()) };
    assert!(source.pull(most, &mut header, &mut Context::from_waker(Waker::noop())).is_ready());
    let [status, address, len, packed] = words;
    // SAFETY: the message lies there (clause 4.2), in the scratch or in a block, which is freed below.
    let message = unsafe { crate::value::memory::<u8>(address, len) };
    let mut input = Reader::new(message);
    let answer = match Status::from_word(status).unwrap() {
        Status::Ok => Answer::Items(Vec::decode(&mut input).unwrap(), bool::decode(&mut input).unwrap()),
        Status::Error => Answer::Error(input.string().unwrap().to_owned()),
        Status::Foreign => {
            let error = GoError::decode(&mut input).unwrap();
            assert_eq!(error.kind(), crate::ErrorKind::Rejected);
            Answer::Refused(error.message().to_owned())
        }
        Status::Panic => {
            let text = input.string().unwrap().to_owned();
            input.string().unwrap();
            Answer::Panic(text)
        }
        other => panic!("status {other:?}"),
    };
    input.finish().unwrap();
    if packed != 0 {
        // SAFETY: the block is ours (clause 4.3), and what was read from it does not borrow.
        unsafe { block::free(address, packed) };
    }
    answer
}

fn source<I: Iterator<Item: ToGoItem> + Send + 'static>(items: I) -> Source<Waits<I>> {
    Source::new(Waits(items))
}

#[test]
fn as_many_as_are_wanted() {
    let mut all = source(0..10u64);
    assert_eq!(pull(&mut all, 1), Answer::Items(vec![0u64], false));
    assert_eq!(pull(&mut all, 4), Answer::Items(vec![1u64, 2, 3, 4], false));
    assert_eq!(pull(&mut all, 100), Answer::Items(vec![5u64, 6, 7, 8, 9], true));
    assert_eq!(pull(&mut all, 100), Answer::Items(Vec::<u64>::new(), true));
    let mut stopped = source(0..10u64);
    assert_eq!(pull(&mut stopped, 0), Answer::Items(Vec::<u64>::new(), true));
    assert_eq!(pull(&mut stopped, 1), Answer::Items(Vec::<u64>::new(), true));
}

#[test]
fn large_items_come_one_by_one() {
    let mut large = source((0..3).map(|_| "x".repeat(70_000)));
    for _ in 0..3 {
        let Answer::Items(items, false) = pull::<_, String>(&mut large, 100) else { panic!("no items") };
        assert_eq!(items.len(), 1);
    }
}

#[test]
fn errors_and_panics_come_in_their_place() {
    let mut items = source((0..6u64).map(|n| match n {
        1 | 2 => Err(format!("no {n}")),
        5 => panic!("five"),
        _ => Ok(n),
    }));
    assert_eq!(pull(&mut items, 100), Answer::Items(vec![0u64], false));
    assert_eq!(pull::<_, u64>(&mut items, 100), Answer::Error("no 1".into()));
    assert_eq!(pull::<_, u64>(&mut items, 100), Answer::Error("no 2".into()));
    assert_eq!(pull(&mut items, 100), Answer::Items(vec![3u64, 4], false));
    assert_eq!(pull::<_, u64>(&mut items, 100), Answer::Panic("five".into()));
    assert_eq!(pull(&mut items, 100), Answer::Items(Vec::<u64>::new(), true));
}

/// Each item has a function, which is filed; the duration may be one that cannot cross.
#[test]
fn what_cannot_cross_takes_back_what_it_passed() {
    type Item = (Box<dyn Fn() -> u64 + Send + Sync>, Duration);
    for bad in 0..6u64 {
        let counted = Arc::new(());
        let made = counted.clone();
        let mut items = source((0..6).map(move |n| -> Item {
            let held = made.clone();
            let f = Box::new(move || {
                let _ = &held;
                n
            });
            (f, if n == bad { Duration::MAX } else { Duration::from_secs(n) })
        }));
        let mut given = 0;
        loop {
            // A function that goes over is a pair of words.
            match pull::<_, ((u64, u64), Duration)>(&mut items, 4) {
                Answer::Items(batch, ended) => {
                    for (_, time) in batch {
                        given += u64::from(given == bad);
                        assert_eq!(time, Duration::from_secs(given));
                        given += 1;
                    }
                    if ended {
                        break;
                    }
                }
                Answer::Refused(text) => {
                    assert!(text.starts_with("an item cannot cross"), "{text}");
                    // The functions that went over, the iterator's own, and ours.
                    assert_eq!(Arc::strong_count(&counted) as u64, bad + 2);
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(given.max(bad + 1), 6);
        // Nobody releases those that went over: five functions, and ours.
        assert_eq!(Arc::strong_count(&counted), 6);
    }
}

/// An item that panics in the middle of its message loses itself only.
#[test]
fn a_panic_in_the_middle_of_an_item() {
    struct Shown(u64);
    impl std::fmt::Display for Shown {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("some of it")?;
            assert!(self.0 != 3, "three");
            Ok(())
        }
    }
    struct Item(u64);
    impl crate::value::Shape for Item {
        const CLASS: crate::value::Class = crate::value::Class::Compound;
        const PRINT: u64 = 0;
    }
    impl crate::value::Encode for Item {
        fn encode(&self, out: &mut crate::message::Writer) {
            out.display(&Shown(self.0));
        }
    }
    let mut items = source((0..6).map(Item));
    assert_eq!(pull(&mut items, 100), Answer::Items(vec!["some of it".to_owned(); 3], false));
    assert_eq!(pull::<_, String>(&mut items, 100), Answer::Panic("three".into()));
    assert_eq!(pull(&mut items, 100), Answer::Items(Vec::<String>::new(), true));
}
