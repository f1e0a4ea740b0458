//! Batches on their way to another process.
//!
//! ```text
//! u64 count   u32 node   u32 state: 0 none, 1 bytes, 2 failed   u64 length   bytes, padded to 8
//! ```
//! timely asks for the length first and for the bytes then; the first question encodes, and the answer is kept with the slice until the second.

use super::{Data, GoBatch, Held};
use crate::boundary::Program;
use std::io::Write;
use timely::bytes::arc::{Bytes, BytesMut};
use timely::dataflow::channels::ContainerBytes;

const HEADER: usize = 24;
const NONE: u32 = 0;
const SOME: u32 = 1;
const FAILED: u32 = 2;

/// Bytes of another process, or of an operator in Rust.
#[derive(Clone)]
pub(crate) struct Arrived {
    pub(crate) node: u32,
    /// The codec there failed, and this is what it said.
    pub(crate) failed: bool,
    bytes: Bytes,
    length: usize,
}

impl std::fmt::Debug for Arrived {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes of node {}", self.length, self.node)
    }
}

impl Arrived {
    pub(super) fn written(node: u32, write: impl FnOnce(&mut Vec<u8>)) -> Arrived {
        let mut bytes = vec![0; HEADER];
        write(&mut bytes);
        let length = bytes.len() - HEADER;
        Arrived { node, failed: false, bytes: BytesMut::from(bytes).freeze(), length }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[HEADER..HEADER + self.length]
    }
}

impl Held {
    /// The slice as bytes, encoded once.
    pub(crate) fn encoded(&self) -> &Result<Vec<u8>, String> {
        self.encoded.get_or_init(|| {
            let program = gangplank::imported::<dyn Program>().map_err(|e| e.to_string())?;
            program.encode(self.handle()).map_err(|e| e.to_string())
        })
    }
}

impl GoBatch {
    fn parts(&self) -> (u32, u32, &[u8]) {
        match &self.data {
            Data::Empty => (0, NONE, &[]),
            Data::Here(held) => match held.encoded() {
                Ok(bytes) => (held.node, SOME, bytes),
                Err(why) => (held.node, FAILED, why.as_bytes()),
            },
            Data::Arrived(arrived) => {
                (arrived.node, if arrived.failed { FAILED } else { SOME }, arrived.bytes())
            }
        }
    }
}

impl ContainerBytes for GoBatch {
    fn from_bytes(bytes: Bytes) -> GoBatch {
        let word = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
        let (count, kind, length) = (word(0) as i64, word(8), word(16) as usize);
        let (node, state) = (kind as u32, (kind >> 32) as u32);
        assert!(HEADER + length <= bytes.len(), "a batch of {length} bytes arrived in {}", bytes.len());
        let data = match state {
            NONE => Data::Empty,
            _ => Data::Arrived(Arrived { node, failed: state == FAILED, bytes, length }),
        };
        GoBatch { count, data }
    }

    fn length_in_bytes(&self) -> usize {
        HEADER + self.parts().2.len().next_multiple_of(8)
    }

    fn into_bytes<W: Write>(&self, writer: &mut W) {
        let (node, state, bytes) = self.parts();
        let padding = bytes.len().next_multiple_of(8) - bytes.len();
        let words = [self.count as u64, u64::from(node) | u64::from(state) << 32, bytes.len() as u64];
        for word in words {
            writer.write_all(&word.to_le_bytes()).expect("timely reserved the room");
        }
        writer.write_all(bytes).expect("timely reserved the room");
        writer.write_all(&[0; 8][..padding]).expect("timely reserved the room");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use timely::Accountable;

    #[test]
    fn what_only_counts_arrives() {
        let mut bytes = Vec::new();
        let batch = GoBatch::counting(7);
        batch.into_bytes(&mut bytes);
        assert_eq!(bytes.len(), batch.length_in_bytes());
        let back = GoBatch::from_bytes(BytesMut::from(bytes).freeze());
        assert_eq!(back.record_count(), 7);
        assert!(matches!(back.data, Data::Empty));
    }

    #[test]
    fn bytes_pass_through() {
        let mut bytes = Vec::new();
        for word in [3u64, 5 | 1 << 32, 5] {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend(b"hello\0\0\0");
        let batch = GoBatch::from_bytes(BytesMut::from(bytes.clone()).freeze());
        let Data::Arrived(arrived) = &batch.data else { panic!("{batch:?}") };
        assert_eq!((arrived.node, arrived.failed, arrived.bytes()), (5, false, &b"hello"[..]));
        let mut again = Vec::new();
        batch.into_bytes(&mut again);
        assert_eq!(bytes, again);
    }
}
