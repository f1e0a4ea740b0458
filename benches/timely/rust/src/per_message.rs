//! The design of Wallaroo's Go API: the engine holds ids of Go's messages and states, and calls Go through cgo once for each role and message.

use crate::{CHUNK, corpus};
use std::sync::mpsc::{Receiver, Sender, channel};

/// The roles.
#[gangplank::import]
pub trait Roles {
    /// Bytes to a message.
    fn decode(&self, line: &[u8]) -> u64;
    /// A message to many.
    fn compute(&self, message: u64) -> Vec<u64>;
    /// The hash of a message's key.
    fn partition(&self, message: u64) -> u64;
    /// A state.
    fn new_state(&self) -> u64;
    /// A message meets a state.
    fn compute_state(&self, message: u64, state: u64);
    /// A message is done.
    fn release(&self, message: u64);
    /// A state is done: its sum.
    fn end(&self, state: u64) -> u64;
}

/// Word count in that design, on `workers` native threads.
#[gangplank::export]
pub fn per_message(n: u64, workers: u32) -> u64 {
    let (senders, receivers): (Vec<Sender<Vec<u64>>>, Vec<_>) = (0..workers).map(|_| channel()).unzip();
    let threads: Vec<_> = receivers
        .into_iter()
        .enumerate()
        .map(|(index, receiver)| {
            let senders = senders.clone();
            std::thread::spawn(move || work(n as usize, index, senders, receiver))
        })
        .collect();
    drop(senders);
    threads.into_iter().map(|thread| thread.join().expect("no worker panics")).fold(0, u64::wrapping_add)
}

fn work(n: usize, index: usize, senders: Vec<Sender<Vec<u64>>>, receiver: Receiver<Vec<u64>>) -> u64 {
    let roles = gangplank::imported::<dyn Roles>().expect("Go registered them");
    let state = roles.new_state();
    let count = |ids: Vec<u64>| {
        for id in ids {
            roles.compute_state(id, state);
            roles.release(id);
        }
    };
    let workers = senders.len();
    for at in (index * CHUNK..n).step_by(workers * CHUNK) {
        let mut parts = vec![Vec::new(); workers];
        for i in at..n.min(at + CHUNK) {
            let line = roles.decode(corpus()[i % corpus().len()].as_bytes());
            for word in roles.compute(line) {
                let hash = roles.partition(word);
                parts[((u128::from(hash) * workers as u128) >> 64) as usize].push(word);
            }
            roles.release(line);
        }
        for (part, sender) in parts.into_iter().zip(&senders) {
            sender.send(part).expect("they wait for each other");
        }
        receiver.try_iter().for_each(count);
    }
    drop(senders);
    receiver.iter().for_each(count);
    roles.end(state)
}
