//! What a pull of a sequence of Go brings.

use crate::error::{ErrorKind, GoError};
use crate::import::{Answer, FromGo, Input};
use crate::value::{Class, Decode};

/// The answer of a pull (clause 12.3).
pub(super) struct Pulled<T, E> {
    pub(super) items: Vec<T>,
    pub(super) error: Option<E>,
    pub(super) ended: bool,
}

impl<T: for<'a> Decode<'a>, E: for<'a> Decode<'a> + FromGo> Input for Pulled<T, E> {
    const PRINT: u64 = 0;
    const CLASS: Class = Class::Compound;
    const ALIGN: usize = 8;

    fn take(answer: Answer<'_>) -> Result<Self, GoError> {
        if answer.is_error() {
            let error = answer.message(|input| E::decode(input), |input| E::skip(input))?;
            return Ok(Pulled { items: Vec::new(), error: Some(error), ended: false });
        }
        let (items, ended) = answer.value::<(Vec<T>, bool)>()?;
        Ok(Pulled { items, error: None, ended })
    }

    #[cold]
    fn fail(error: GoError) -> Self {
        // An error of Go's is an item; all else ends the sequence.
        let ended = error.kind() != ErrorKind::Error;
        Pulled { items: Vec::new(), error: Some(E::from_go(error)), ended }
    }
}
