use crate::go_value::GoValue;

/// What stays in its language and goes over in a message or a word: handles that were made for it, and Go values that are sent (clauses 8.3, 8.4).
///
/// If what they belong to goes over, [`commit`](Passed::commit); dropped before, all comes back: the handles end, and nothing was sent.
pub struct Passed {
    /// Most calls pass none, or one: that takes no memory.
    first: Option<Step>,
    rest: Vec<Step>,
}

struct Step {
    /// Ends the step: did the value go over?
    end: unsafe fn(u64, bool),
    word: u64,
}

impl Passed {
    /// Nothing yet.
    #[inline]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Passed {
        Passed { first: None, rest: Vec::new() }
    }

    /// A handle was made. `end` is called with it and with whether it went over.
    #[inline]
    pub(crate) fn made(&mut self, handle: u64, end: fn(u64, bool)) {
        self.push(Step { end, word: handle });
    }

    /// Counts a Go value as sent, and keeps it until that is settled.
    pub(crate) fn send(&mut self, value: GoValue) -> (u64, u64) {
        let pair = value.send();
        self.push(Step { end: sent, word: value.into_word() });
        pair
    }

    /// Takes over what goes over with another message.
    #[inline]
    pub(crate) fn absorb(&mut self, mut other: Passed) {
        for step in other.first.take().into_iter().chain(other.rest.drain(..)) {
            self.push(step);
        }
    }

    /// Is it nothing?
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// How many.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        usize::from(self.first.is_some()) + self.rest.len()
    }

    /// What came behind the first `count` does not go over.
    pub(crate) fn take_back(&mut self, count: usize) {
        while self.len() > count {
            if let Some(step) = self.rest.pop().or_else(|| self.first.take()) {
                // SAFETY: as in `end`.
                unsafe { (step.end)(step.word, false) };
            }
        }
    }

    fn push(&mut self, step: Step) {
        match self.first {
            None => self.first = Some(step),
            Some(_) => self.rest.push(step),
        }
    }

    /// It went over. Afterwards nothing here takes memory.
    #[inline]
    pub fn commit(&mut self) {
        if self.first.is_some() {
            self.end(true);
        }
    }

    #[cold]
    fn end(&mut self, over: bool) {
        for step in self.first.take().into_iter().chain(self.rest.drain(..)) {
            // SAFETY: the step's word is what its function was pushed with, and each step is ended once.
            unsafe { (step.end)(step.word, over) };
        }
        self.rest = Vec::new();
    }
}

impl Drop for Passed {
    #[inline]
    fn drop(&mut self) {
        if self.first.is_some() {
            self.end(false);
        }
    }
}

/// # Safety
/// `word` is a value's, from `into_word`, and used once.
unsafe fn sent(word: u64, over: bool) {
    // SAFETY: the caller's promise.
    let value = unsafe { GoValue::from_word(word) };
    if !over {
        value.unsend();
    }
}
