//! `Arc<S>` of an object.

use super::Object;
use crate::message::{Malformed, Passed};
use crate::value::{DecodeArc, EncodeArc};
use std::sync::Arc;

impl<S: Object + ?Sized> EncodeArc for S {
    #[inline]
    fn file(this: Arc<S>, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        Ok((0, S::objects().give(this, passed)))
    }
}

impl<S: Object + ?Sized> DecodeArc for S {
    #[inline]
    fn from_word(word: u64) -> Result<Arc<S>, Malformed> {
        S::objects().share(word)
    }

    fn from_result(word: u64) -> Result<Arc<S>, Malformed> {
        S::objects().take(word)
    }

    fn release(word: u64) {
        S::objects().release(word);
    }
}
