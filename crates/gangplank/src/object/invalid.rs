//! What is wrong with a handle that Go passed, in the words of those who use objects.

use super::Object;
use crate::handle::Error;
use crate::message::Malformed;

/// What stands for a closed object in a message (clause 8.2).
const CLOSED: u64 = 1;

#[cold]
#[inline(never)]
pub(super) fn invalid<S: ?Sized + Object>(word: u64, error: Error) -> Malformed {
    if word == CLOSED || error == Error::Stale {
        return Malformed::Closed { of: S::NAME };
    }
    refused(text(S::NAME, error))
}

#[cold]
pub(super) fn refused(text: String) -> Malformed {
    Malformed::Refused(text.into())
}

fn text(name: &str, error: Error) -> String {
    match error {
        Error::Zero => {
            format!("the {name} is nil: pass one that a constructor or a function of Rust returned")
        }
        Error::Foreign => format!("this is no {name} but an object of another type"),
        Error::Forged | Error::Stale => format!("this is no {name}: its handle was never issued"),
        Error::InUse => in_use(name),
    }
}

pub(super) fn in_use(name: &str) -> String {
    format!("the {name} is in use, so it cannot be given away: wait until no call uses it")
}

pub(super) fn referred_to(name: &str, to: &str) -> String {
    format!(
        "the {name} cannot be {to} while there are other references to it (another handle that Go has not closed, an Arc or a Weak in Rust): close or drop them first"
    )
}

pub(super) fn entered(name: &str) -> String {
    format!(
        "the {name} is in use, by this call or by one that led to it, and one of the two needs it for itself: do not pass an object twice, and do not call back into it from its own method"
    )
}

/// An argument that is part of another one cannot be taken out of its table: the call may still be refused.
#[cold]
pub(super) fn nested<S: Object>() -> Malformed {
    refused(format!("a {0} inside another value cannot be given away: write Arc<{0}> there", S::NAME))
}

#[cold]
pub(super) fn shared<S: Object>() -> Malformed {
    refused(referred_to(S::NAME, "returned as a value"))
}

#[cold]
pub(super) fn boxed(name: &str) -> Malformed {
    refused(format!("a Box<dyn {name}> only goes to Go: write Arc<dyn {name}> for one that comes back"))
}
