//! What Rust makes of the answer of a pull, without Go.

use crate::block;
use crate::error::{ErrorKind, GoError};
use crate::frame::Status;
use crate::import::{Answer, Input};
use crate::message::Writer;
use crate::stream::pulled::{Pulled, Taken};
use crate::value::Encode;

/// An answer whose message lies in a block, as that of a call that settles later.
fn answer(status: Status, message: &[u8]) -> Answer<'static> {
    let (address, packed) = block::allocate(message.len(), 8).unwrap();
    // SAFETY: the block is as long, and ours until the answer has it.
    unsafe { std::ptr::copy_nonoverlapping(message.as_ptr(), address as *mut u8, message.len()) };
    Answer::settled("a test", [status as u64, address, message.len() as u64, packed])
}

fn write(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    // SAFETY: nothing is lent.
    let mut out = unsafe { Writer::lent(std::ptr::null_mut(), 0) };
    write(&mut out);
    out.written().to_vec()
}

/// A batch of texts, as bytes, so that they need not be UTF-8.
fn texts(texts: &[&[u8]], ended: bool) -> Answer<'static> {
    let message = write(|out| {
        out.count(texts.len());
        for text in texts {
            out.count(text.len());
            out.bytes(text);
        }
        out.bytes(&[u8::from(ended)]);
    });
    answer(Status::Ok, &message)
}

type Item = Result<String, GoError>;

fn take(taken: &mut Taken<Item>, answer: Answer<'static>) -> (Vec<String>, bool) {
    let ended = taken.refill(Pulled::take(answer).unwrap_or_else(Pulled::fail));
    let count = taken.len();
    let mut all = Vec::new();
    loop {
        match taken.value() {
            Some(item) => all.push(item.unwrap()),
            None => match taken.error() {
                Some(error) => all.push(format!("{:?}", error.kind())),
                None => break,
            },
        }
    }
    assert_eq!((all.len(), taken.len()), (count, 0));
    (all, ended)
}

#[test]
fn one_that_is_refused_spoils_only_itself() {
    let mut taken = Taken::nothing();
    const BAD: &[u8] = b"\xff";
    for (batch, want) in [
        (&[b"a" as &[u8], b"b"] as &[&[u8]], "a b"),
        (&[], ""),
        (&[BAD], "Rejected"),
        (&[BAD, b"a"], "Rejected a"),
        (&[b"a", BAD], "a Rejected"),
        (&[b"a", BAD, BAD, b"b", b"c", BAD, b"d"], "a Rejected Rejected b c Rejected d"),
    ] {
        for ended in [false, true] {
            assert_eq!(take(&mut taken, texts(batch, ended)).0.join(" "), want);
            assert_eq!(take(&mut taken, texts(batch, ended)).1, ended);
        }
    }
}

#[test]
fn errors_are_items_and_other_ends_are_ends() {
    let mut taken = Taken::nothing();
    let chain = |kind| write(|out| GoError::of(kind, "text").encode(out));
    for kind in [ErrorKind::Error, ErrorKind::Rejected, ErrorKind::Panic] {
        let told = format!("{kind:?}");
        assert_eq!(take(&mut taken, answer(Status::Error, &chain(kind))), (vec![told.clone()], false));
        assert_eq!(take(&mut taken, answer(Status::Foreign, &chain(kind))), (vec![told], false));
    }
    let text = write(|out| out.string("text"));
    for (status, told) in [(Status::Rejected, "Rejected"), (Status::Unavailable, "Unavailable")] {
        assert_eq!(take(&mut taken, answer(status, &text)), (vec![told.to_owned()], true));
    }
    let two = write(|out| (out.string("text"), out.string("stack")).1);
    assert_eq!(take(&mut taken, answer(Status::Panic, &two)), (vec!["Panic".to_owned()], true));
    // What is no batch at all.
    assert_eq!(take(&mut taken, answer(Status::Ok, &[9; 40])), (vec!["Rejected".to_owned()], true));
}
