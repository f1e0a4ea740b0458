//! `Duration` and `SystemTime` (clauses 2.1 and 5.2). Go's have other ranges; what does not fit is refused.

use super::{Class, Decode, Encode, Shape};
use crate::message::{Malformed, Passed, Reader, Writer};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const TOO_LONG: &str = "a Duration of more than 292 years does not fit in Go's time.Duration";
const TOO_FAR: &str = "a SystemTime so far from 1970 does not fit in Go's time.Time";

impl Shape for Duration {
    const CLASS: Class = Class::Scalar;
    const PRINT: u64 = super::print::named("duration");
}

impl Encode for Duration {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        match nanos(self) {
            Ok(word) => out.bytes(&word.to_le_bytes()),
            Err(fault) => out.fault(fault),
        }
    }

    #[inline]
    fn to_word(&self, _passed: &mut Passed) -> Result<u64, &'static str> {
        nanos(self)
    }
}

#[inline]
fn nanos(duration: &Duration) -> Result<u64, &'static str> {
    i64::try_from(duration.as_nanos()).map(|n| n as u64).map_err(|_| TOO_LONG)
}

impl<'a> Decode<'a> for Duration {
    const LEAST: usize = 8;

    #[inline]
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        Self::from_word(u64::from_le_bytes(input.array()?))
    }

    #[inline]
    fn from_word(word: u64) -> Result<Self, Malformed> {
        let nanos = word as i64;
        let bad = || Malformed::Value { of: "Duration (it is never negative)", got: nanos.into() };
        u64::try_from(nanos).map(Duration::from_nanos).map_err(|_| bad())
    }
}

impl Shape for SystemTime {
    const CLASS: Class = Class::Compound;
    const PRINT: u64 = super::print::named("time");
}

const NANOS: u32 = 1_000_000_000;

impl Encode for SystemTime {
    fn encode(&self, out: &mut Writer) {
        let parts = match self.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).ok().map(|s| (s, after.subsec_nanos())),
            Err(error) => {
                let before = error.duration();
                let up = u64::from(before.subsec_nanos() > 0);
                let secs = before.as_secs().checked_add(up).and_then(|s| 0i64.checked_sub_unsigned(s));
                secs.map(|s| (s, (NANOS - before.subsec_nanos()) % NANOS))
            }
        };
        match parts {
            Some((secs, nanos)) => {
                out.bytes(&secs.to_le_bytes());
                out.bytes(&nanos.to_le_bytes());
            }
            None => out.fault(TOO_FAR),
        }
    }
}

impl<'a> Decode<'a> for SystemTime {
    const LEAST: usize = 12;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let secs = i64::from_le_bytes(input.array()?);
        let nanos = u32::from_le_bytes(input.array()?);
        let bad = || Malformed::Value { of: "SystemTime", got: secs.into() };
        if nanos >= NANOS {
            return Err(Malformed::Value { of: "the nanoseconds of a SystemTime", got: nanos.into() });
        }
        let whole = Duration::from_secs(secs.unsigned_abs());
        let base = if secs < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        base.and_then(|t| t.checked_add(Duration::from_nanos(nanos.into()))).ok_or_else(bad)
    }
}
