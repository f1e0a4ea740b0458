//! The state word of a slot; see the protocol in `mod.rs`. The transitions here are the only code that knows its bits. Each
//! gives the state to change to, or `None` if the slot is not in a state to change from.

use super::bits::GENERATION_BITS;

/// Generation, phase and pins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct State(u64);

const PIN_BITS: u32 = 38;
const PHASE_SHIFT: u32 = PIN_BITS;
const GENERATION_SHIFT: u32 = PHASE_SHIFT + 2;
const PINS: u64 = (1 << PIN_BITS) - 1;

const FREE: u64 = 0 << PHASE_SHIFT;
const RESERVED: u64 = 1 << PHASE_SHIFT;
const LIVE: u64 = 2 << PHASE_SHIFT;
const CLOSING: u64 = 3 << PHASE_SHIFT;
const PHASE: u64 = 3 << PHASE_SHIFT;

const _: () = assert!(GENERATION_SHIFT + GENERATION_BITS == u64::BITS);

/// One pin, to be taken away by subtraction.
pub(crate) const PIN: u64 = 1;

/// What a slot becomes when its handle ends.
#[must_use]
pub(crate) enum Closed {
    /// Nobody reads: the caller is to own the value.
    Owned(State),
    /// Somebody reads: the last of them is to own the value.
    InUse(State),
}

impl State {
    /// The slot was never used.
    pub(crate) const UNUSED: State = State(FREE);

    #[inline]
    pub(crate) fn to_bits(self) -> u64 {
        self.0
    }

    #[inline]
    pub(crate) fn from_bits(bits: u64) -> State {
        State(bits)
    }

    #[inline]
    pub(crate) fn generation(self) -> u64 {
        self.0 >> GENERATION_SHIFT
    }

    fn with(generation: u64, phase: u64) -> State {
        State(generation << GENERATION_SHIFT | phase)
    }

    pub(crate) fn is_live(self) -> bool {
        self.0 & PHASE == LIVE
    }

    pub(crate) fn is_free(self) -> bool {
        self.0 & PHASE == FREE
    }

    /// There is a value that nobody has taken or dropped.
    pub(crate) fn has_value(self) -> bool {
        self.0 & PHASE == LIVE || self.0 & PHASE == CLOSING
    }

    /// free(g) -> reserved(next generation). The caller of the compare-and-swap owns the slot then.
    #[inline]
    #[must_use]
    pub(crate) fn reserve(self, next: u64) -> Option<State> {
        self.is_free().then(|| State::with(next, RESERVED))
    }

    /// reserved(g) -> live(g), by the owner, who thereby gives the value away.
    #[inline]
    #[must_use]
    pub(crate) fn publish(self) -> State {
        debug_assert_eq!(self.0 & PHASE, RESERVED);
        State::with(self.generation(), LIVE)
    }

    /// reserved(g) or closing(g, 0) -> free(g), by the owner, when there is no value any more.
    #[inline]
    #[must_use]
    pub(crate) fn free(self) -> State {
        debug_assert!(!self.is_free() && !self.is_live());
        State::with(self.generation(), FREE)
    }

    /// live(g, n) -> live(g, n+1), for the generation that is asked for.
    #[inline]
    #[must_use]
    pub(crate) fn pin(self, generation: u64) -> Option<State> {
        // One comparison for generation, phase and room for another pin.
        let pins = self.0.wrapping_sub(State::with(generation, LIVE).0);
        (pins < PINS).then_some(State(self.0 + PIN))
    }

    /// The state before a pin was taken away -> the state after it.
    #[inline]
    #[must_use]
    pub(crate) fn unpinned(self) -> State {
        debug_assert!(self.has_value() && self.0 & PINS > 0);
        State(self.0 - PIN)
    }

    /// closing(g, 0): who brought the slot there owns it.
    #[inline]
    pub(crate) fn is_abandoned(self) -> bool {
        self.0 & (PHASE | PINS) == CLOSING
    }

    /// live(g, 0) -> reserved(g), live(g, n) -> closing(g, n).
    #[inline]
    pub(crate) fn close(self, generation: u64) -> Option<Closed> {
        if !self.is_live() || self.generation() != generation {
            return None;
        }
        Some(match self.0 & PINS {
            0 => Closed::Owned(State::with(generation, RESERVED)),
            pins => Closed::InUse(State(State::with(generation, CLOSING).0 | pins)),
        })
    }
}
