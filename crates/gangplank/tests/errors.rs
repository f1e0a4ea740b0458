//! `GoError` and `gangplank::Error` keep message, type and chain on their way over.

use gangplank::message::{Reader, Writer};
use gangplank::value::{Decode, Encode};
use gangplank::{Error, GoError};
use std::error::Error as _;

fn over<T: Encode>(value: &T) -> GoError {
    // SAFETY: nothing is lent.
    let mut writer = unsafe { Writer::lent(std::ptr::null_mut(), 0) };
    value.encode(&mut writer);
    GoError::decode(&mut Reader::new(writer.written())).unwrap()
}

#[derive(Debug, thiserror::Error)]
#[error("outer")]
struct Outer(#[source] std::num::ParseIntError);

#[test]
fn a_rust_error_keeps_its_sources() {
    let error: Error = Outer("x".parse::<u8>().unwrap_err()).into();
    let seen = over(&error);
    assert_eq!(seen.message(), "outer");
    assert!(seen.type_name().ends_with("Outer"), "{}", seen.type_name());
    assert_eq!(seen.source().unwrap().to_string(), "invalid digit found in string");
    assert_eq!(seen.causes().count(), 1);
    assert!(format!("{seen:?}").contains("caused by: invalid digit"));
}

#[test]
fn a_go_error_that_goes_back_is_the_same() {
    let error: Error = GoError::new("from Go").into();
    assert_eq!(over(&error).message(), "from Go");
    assert_eq!(over(&error).type_name(), "");
}

#[test]
fn a_chain_that_is_too_long_is_cut_not_refused() {
    #[derive(Debug)]
    struct Link(u32);
    impl std::fmt::Display for Link {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "link {}", self.0)
        }
    }
    thread_local!(static LEAKED: &'static [Link] = Box::leak((0..500).map(Link).collect::<Vec<_>>().into_boxed_slice()));
    impl std::error::Error for Link {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            LEAKED.with(|all| all.get(self.0 as usize + 1)).map(|l| l as _)
        }
    }
    let seen = over(&Error::from(Link(0)));
    let mut depth = 0;
    let mut next = seen.source();
    while let Some(error) = next {
        depth += 1;
        assert_eq!(error.to_string(), format!("link {depth}"));
        next = error.source();
    }
    assert_eq!(depth, 63);
}
