//! Every family of the type table through a message and back, and hostile messages.

use gangplank::message::{Malformed, Passed, Reader, Writer};
use gangplank::value::{Decode, Encode};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

fn encode<T: Encode>(value: &T) -> Vec<u8> {
    // SAFETY: nothing is lent.
    let mut writer = unsafe { Writer::lent(std::ptr::null_mut(), 0) };
    value.encode(&mut writer);
    assert_eq!(writer.check(), Ok(()));
    writer.written().to_vec()
}

fn decode<T: for<'a> Decode<'a>>(bytes: &[u8]) -> Result<T, Malformed> {
    let mut reader = Reader::new(bytes);
    let value = T::decode(&mut reader)?;
    reader.finish().map(|()| value)
}

fn back<T: Encode + for<'a> Decode<'a> + PartialEq + Debug>(value: T) {
    let bytes = encode(&value);
    assert_eq!(decode::<T>(&bytes).as_ref(), Ok(&value));
    // Each cut is noticed.
    for cut in 0..bytes.len().min(64) {
        assert!(decode::<T>(&bytes[..cut]).is_err(), "{value:?} cut at {cut}");
    }
    let mut long = bytes;
    long.push(0);
    assert_eq!(decode::<T>(&long), Err(Malformed::Long));
}

#[test]
fn the_bytes_are_as_clause_5_says() {
    assert_eq!(encode(&true), [1]);
    assert_eq!(encode(&-2i16), [0xfe, 0xff]);
    assert_eq!(encode(&'é'), [0xe9, 0, 0, 0]);
    assert_eq!(encode(&"hi".to_owned()), [2, 0, 0, 0, 0, 0, 0, 0, b'h', b'i']);
    assert_eq!(encode(&vec![1u16, 2]), [2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0]);
    assert_eq!(encode(&[1u8, 2]), [1, 2]);
    assert_eq!(encode(&Some(3u8)), [1, 3]);
    assert_eq!(encode(&None::<u8>), [0]);
    assert_eq!(encode(&(1u8, false)), [1, 0]);
    assert_eq!(encode(&Duration::from_nanos(258)), [2, 1, 0, 0, 0, 0, 0, 0]);
    let half_before_1970 = UNIX_EPOCH - Duration::from_millis(500);
    assert_eq!(encode(&half_before_1970), [[0xff; 8].as_slice(), &500_000_000u32.to_le_bytes()].concat());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn scalars(a: bool, b: char, c: u8, d: i8, e: u16, f: i16, g: u32, h: i32, i: u64, j: i64, k: usize, l: isize) {
        back(a); back(b); back(c); back(d); back(e); back(f); back(g); back(h); back(i); back(j); back(k); back(l);
    }

    #[test]
    fn words(b: char, d: i8, h: i32, j: i64, k: usize, f: f32, g: f64) {
        fn word<T: Encode + for<'a> Decode<'a> + PartialEq + Debug>(value: T) {
            assert_eq!(T::from_word(value.to_word(&mut Passed::new()).unwrap()), Ok(value));
        }
        word(b); word(d); word(h); word(j); word(k);
        prop_assert_eq!(f32::from_word(f.to_word(&mut Passed::new()).unwrap()).unwrap().to_bits(), f.to_bits());
        prop_assert_eq!(f64::from_word(g.to_word(&mut Passed::new()).unwrap()).unwrap().to_bits(), g.to_bits());
    }

    #[test]
    fn nested(
        a: String,
        b: Vec<Option<(String, Vec<u32>)>>,
        c: HashMap<String, Vec<Option<i64>>>,
        d: BTreeMap<u8, [u16; 3]>,
        e: Vec<[i32; 2]>,
        f: Option<Option<String>>,
        g: Option<Box<(u8, String, char)>>,
    ) {
        back(a); back(b); back(c); back(d); back(e); back(f); back(g);
    }

    #[test]
    fn times(nanos in 0..i64::MAX as u64, secs in -62_135_596_800i64..253_402_300_800, sub in 0u32..1_000_000_000) {
        back(Duration::from_nanos(nanos));
        let base = if secs < 0 { UNIX_EPOCH - Duration::from_secs(secs.unsigned_abs()) } else { UNIX_EPOCH + Duration::from_secs(secs as u64) };
        back::<SystemTime>(base + Duration::from_nanos(sub.into()));
    }

    #[test]
    fn any_bytes_are_a_value_or_an_error(bytes: Vec<u8>) {
        let _ = decode::<String>(&bytes);
        let _ = decode::<Vec<Vec<String>>>(&bytes);
        let _ = decode::<HashMap<u8, Option<bool>>>(&bytes);
        let _ = decode::<Vec<(char, SystemTime)>>(&bytes);
        let _ = decode::<Vec<()>>(&bytes[..bytes.len().min(6)]);
        let _ = decode::<gangplank::GoError>(&bytes);
    }
}

#[test]
fn a_lying_count_reserves_nothing() {
    let lie = u64::MAX.to_le_bytes();
    assert_eq!(decode::<Vec<u64>>(&lie), Err(Malformed::Short));
    assert_eq!(decode::<Vec<String>>(&lie), Err(Malformed::Short));
    assert_eq!(decode::<Vec<()>>(&lie), Err(Malformed::Short));
    assert_eq!(decode::<HashMap<(), ()>>(&lie), Err(Malformed::Short));
    // Enough bytes for the elements on the wire, but each is large in memory.
    type Large = Option<[u64; 1 << 14]>;
    let many = [(1u64 << 16).to_le_bytes().as_slice(), &[0; 1 << 16]].concat();
    let mut reader = Reader::new(&many);
    assert_eq!(reader.count(Large::LEAST), Ok(1 << 16));
}

#[test]
fn what_is_no_value_is_refused_by_name() {
    assert_eq!(decode::<bool>(&[2]), Err(Malformed::Value { of: "bool", got: 2 }));
    assert_eq!(decode::<char>(&0xd800u32.to_le_bytes()), Err(Malformed::Value { of: "char", got: 0xd800 }));
    assert_eq!(u8::from_word(256), Err(Malformed::Value { of: "u8", got: 256 }));
    assert_eq!(i8::from_word(-129i64 as u64), Err(Malformed::Value { of: "i8", got: -129 }));
    assert!(Duration::from_word(-1i64 as u64).is_err());
    assert!(Duration::from_secs(300 * 366 * 86_400).to_word(&mut Passed::new()).is_err());
    let bad = [[2, 0, 0, 0, 0, 0, 0, 0].as_slice(), &[b'a', 0xff]].concat();
    assert_eq!(decode::<String>(&bad), Err(Malformed::Utf8 { at: 1 }));
}

#[derive(Debug, PartialEq)]
#[gangplank::record]
struct Chain {
    next: Option<Box<Chain>>,
}

#[test]
fn nesting_has_a_limit_on_both_ways() {
    fn chain(length: usize) -> Chain {
        let mut chain = Chain { next: None };
        for _ in 0..length {
            chain = Chain { next: Some(Box::new(chain)) };
        }
        chain
    }
    back(chain(1000));
    // SAFETY: nothing is lent.
    let mut writer = unsafe { Writer::lent(std::ptr::null_mut(), 0) };
    chain(1001).encode(&mut writer);
    assert!(writer.check().unwrap_err().contains("nested"));
    let mut deep = vec![1u8; 1_000_000];
    deep.push(0);
    assert_eq!(decode::<Chain>(&deep), Err(Malformed::Deep));
}

#[test]
fn a_writer_starts_in_lent_memory_and_outgrows_it() {
    let mut lent = [0u8; 16];
    for len in 0..64usize {
        // SAFETY: `lent` outlives the writer and is not used meanwhile.
        let mut writer = unsafe { Writer::lent(lent.as_mut_ptr(), lent.len()) };
        for i in 0..len {
            writer.bytes(&[i as u8]);
        }
        let expected: Vec<u8> = (0..len).map(|i| i as u8).collect();
        assert_eq!(writer.written(), expected);
        let [address, written, block] = if len <= 16 { writer.finish().unwrap() } else { continue };
        assert_eq!((written as usize, block), (len, 0));
        assert_eq!(address as usize, lent.as_ptr() as usize);
    }
}
