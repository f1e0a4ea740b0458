//! What a word is.

use crate::hash::hash;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use timely::ExchangeData;

/// A word that can cross between workers.
pub(crate) trait Word: ExchangeData + std::hash::Hash + Eq {
    fn new(text: &'static str) -> Self;
    fn scatter(&self) -> u64;
}

/// The usual way: a word owns its text.
impl Word for String {
    fn new(text: &'static str) -> String {
        text.to_owned()
    }

    fn scatter(&self) -> u64 {
        hash(self.as_bytes())
    }
}

/// The cheapest way: a part of the text, which lives for ever. Go's strings are this, without the last condition.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Part(&'static str);

impl Word for Part {
    fn new(text: &'static str) -> Part {
        Part(text)
    }

    fn scatter(&self) -> u64 {
        hash(self.0.as_bytes())
    }
}

// timely wants to know how it would go to another process, where it does not go here.
impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Part, D::Error> {
        String::deserialize(deserializer).map(|text| Part(text.leak()))
    }
}
