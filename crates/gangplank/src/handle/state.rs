//! The state word of a slot; see the protocol in `mod.rs`. The transitions here are the only code that knows its bits. Each
//! gives the state to change to, or `None` if the slot is not in a state to change from.

use super::bits::GENERATION_BITS;

/// Generation, phase and pins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct State(u64);

const PIN_BITS: u32 = 37;
const PHASE_SHIFT: u32 = PIN_BITS;
const GENERATION_SHIFT: u32 = PHASE_SHIFT + 3;
const PINS: u64 = (1 << PIN_BITS) - 1;

const FREE: u64 = 0 << PHASE_SHIFT;
const RESERVED: u64 = 1 << PHASE_SHIFT;
const LIVE: u64 = 2 << PHASE_SHIFT;
const CLOSING: u64 = 3 << PHASE_SHIFT;
const HELD: u64 = 4 << PHASE_SHIFT;
const PHASE: u64 = 7 << PHASE_SHIFT;

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

    /// There is a handle that is valid, or may be.
    pub(crate) fn is_live(self) -> bool {
        self.0 & PHASE == LIVE || self.0 & PHASE == HELD
    }

    /// held(g), for the generation that is asked for.
    #[inline]
    pub(crate) fn is_held(self, generation: u64) -> bool {
        self == State::with(generation, HELD)
    }

    /// live(g, 0), for the generation that is asked for.
    #[inline]
    pub(crate) fn is_unused(self, generation: u64) -> bool {
        self == State::with(generation, LIVE)
    }

    /// live(g, n), for the generation that is asked for.
    #[inline]
    pub(crate) fn is_live_in(self, generation: u64) -> bool {
        self.0 & !PINS == State::with(generation, LIVE).0
    }

    pub(crate) fn is_free(self) -> bool {
        self.0 & PHASE == FREE
    }

    /// There is a value that nobody has taken or dropped.
    pub(crate) fn has_value(self) -> bool {
        matches!(self.0 & PHASE, LIVE | CLOSING | HELD)
    }

    /// free(g) -> reserved(next generation). The caller of the compare-and-swap owns the slot then.
    #[inline]
    #[must_use]
    pub(crate) fn reserve(self, next: u64) -> Option<State> {
        self.is_free().then(|| State::with(next, RESERVED))
    }

    /// live(g, 0) -> held(g). The caller of the compare-and-swap owns the value, for now.
    #[inline]
    #[must_use]
    pub(crate) fn hold(self, generation: u64) -> Option<State> {
        self.is_unused(generation).then(|| State::with(generation, HELD))
    }

    /// reserved(g) or held(g) -> live(g), by the owner, who thereby gives the value away.
    #[inline]
    #[must_use]
    pub(crate) fn publish(self) -> State {
        debug_assert!(matches!(self.0 & PHASE, RESERVED | HELD));
        State::with(self.generation(), LIVE)
    }

    /// reserved(g), held(g) or closing(g, 0) -> free(g), by the owner, when there is no value any more.
    #[inline]
    #[must_use]
    pub(crate) fn free(self) -> State {
        debug_assert!(!self.is_free() && self.0 & PHASE != LIVE);
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
        if !self.is_live_in(generation) {
            return None;
        }
        Some(match self.0 & PINS {
            0 => Closed::Owned(State::with(generation, RESERVED)),
            pins => Closed::InUse(State(State::with(generation, CLOSING).0 | pins)),
        })
    }
}
