//! What must not be called on the fast lane, and what says that it may.

use std::sync::Mutex;

#[gangplank::import]
pub trait Slow {
    fn step(&self, x: u64) -> u64;
}

#[gangplank::import(fast)]
pub trait Quick {
    fn step(&self, x: u64) -> u64;
}

static COUNTER: Mutex<u64> = Mutex::new(0);

#[gangplank::export(fast)]
pub fn waits() -> u64 {
    *COUNTER.lock().unwrap()
}

#[gangplank::export(fast)]
pub fn crosses_twice(x: u64) -> u64 {
    gangplank::imported::<dyn Slow>().map_or(0, |slow| slow.step(x))
}

#[gangplank::export(fast)]
pub fn fine(x: u64) -> u64 {
    let quick = gangplank::imported::<dyn Quick>().map_or(0, |quick| quick.step(x));
    let slow = gangplank::hosted::blocking(|| gangplank::imported::<dyn Slow>().map_or(0, |slow| slow.step(x)));
    let wanted = gangplank::brief(|| gangplank::imported::<dyn Slow>()).map_or(0, |slow| slow.step(x));
    quick + slow + wanted + *gangplank::brief(|| COUNTER.lock()).unwrap()
}

fn main() {}
