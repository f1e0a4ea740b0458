//! Values that stay where they are: objects that Go calls, functions that go either way, errors that come back.

use crate::{Logic, step};
use gangplank::GoError;
use std::sync::Arc;

/// Takes steps from where it stands. It stands at 0 in the benchmark, so that its steps are [`step`]'s.
#[gangplank::object]
pub struct Stepper {
    offset: u64,
}

#[gangplank::object]
impl Stepper {
    /// One that stands at `offset`.
    #[constructor]
    pub fn new(offset: u64) -> Self {
        Stepper { offset }
    }

    /// [`step`](crate::step) on an object.
    pub fn step(&self, x: u64) -> u64 {
        step(x.wrapping_add(self.offset))
    }

    /// The sum of `n` steps that a Go function takes, from `x` on.
    pub fn each(&self, n: u64, x: u64, f: &dyn Fn(u64) -> u64) -> u64 {
        each(n, x.wrapping_add(self.offset), f)
    }

    /// The same with the method that Go has registered.
    pub fn each_registered(&self, n: u64, x: u64) -> u64 {
        let logic = gangplank::imported::<dyn Logic>().expect("Go registers its logic first");
        each(n, x.wrapping_add(self.offset), |x| logic.step(x))
    }
}

/// An object that changes.
#[gangplank::object]
pub struct Changing {
    steps: u64,
}

#[gangplank::object]
impl Changing {
    /// One that has taken no step.
    #[constructor]
    pub fn new() -> Self {
        Changing { steps: 0 }
    }

    /// [`step`](crate::step), which is counted.
    pub fn step(&mut self, x: u64) -> u64 {
        self.steps += 1;
        step(x)
    }

    /// [`step`](crate::step), by a reader.
    pub fn peek(&self, x: u64) -> u64 {
        step(x)
    }

    /// How many steps it has counted.
    pub fn steps(&self) -> u64 {
        self.steps
    }
}

/// [`step`](crate::step) with a borrowed object.
#[gangplank::export]
pub fn step_borrowed(stepper: &Stepper, x: u64) -> u64 {
    stepper.step(x)
}

/// [`step`](crate::step) with an object that Rust might keep.
#[gangplank::export]
pub fn step_shared(stepper: Arc<Stepper>, x: u64) -> u64 {
    stepper.step(x)
}

/// [`step`](crate::step), with a function that is lent and not called.
#[gangplank::export]
pub fn step_lent(x: u64, _f: &dyn Fn(u64) -> u64) -> u64 {
    step(x)
}

/// A step that a lent function takes.
#[gangplank::export]
pub fn call_lent(x: u64, f: &dyn Fn(u64) -> u64) -> u64 {
    f(x)
}

/// [`step`](crate::step), with a function that could be kept and is dropped.
#[gangplank::export]
pub fn step_kept(x: u64, f: Box<dyn Fn(u64) -> u64 + Send + Sync>) -> u64 {
    drop(f);
    step(x)
}

/// A step that such a function takes, before it is dropped.
#[gangplank::export]
pub fn call_kept(x: u64, f: Box<dyn Fn(u64) -> u64 + Send + Sync>) -> u64 {
    f(x)
}

/// [`step`](crate::step) as a function that Go keeps.
#[gangplank::export]
pub fn stepping() -> Box<dyn Fn(u64) -> u64 + Send + Sync> {
    Box::new(step)
}

/// What a lent function says, error or not.
#[gangplank::export]
pub fn pass(x: u64, f: &dyn Fn(u64) -> Result<u64, GoError>) -> Result<u64, GoError> {
    f(x)
}

/// [`Stepper::each`] with a C function: a callback of bare cgo.
///
/// # Safety
///
/// `f` takes and returns a number, on this thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_each(n: u64, x: u64, f: unsafe extern "C" fn(u64) -> u64) -> u64 {
    // SAFETY: the caller's promise.
    each(n, x, |x| unsafe { f(x) })
}

fn each(n: u64, x: u64, f: impl Fn(u64) -> u64) -> u64 {
    (0..n).map(|i| f(x.wrapping_add(i))).fold(0, u64::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    extern "C" fn c_step(x: u64) -> u64 {
        step(x)
    }

    #[test]
    fn all_steps_are_the_same() {
        let stepper = Arc::new(Stepper::new(0));
        let mut changing = Changing::new();
        let want = step(7);
        assert_eq!([stepper.step(7), step_borrowed(&stepper, 7), step_shared(stepper.clone(), 7)], [want; 3]);
        assert_eq!([changing.step(7), changing.peek(7), stepping()(7)], [want; 3]);
        assert_eq!(changing.steps(), 1);
        // SAFETY: the function takes and returns a number.
        assert_eq!(stepper.each(100, 7, &step), unsafe { engine_each(100, 7, c_step) });
    }
}
