//! Word count with operators in Rust.

use crate::hash::Map;
use crate::word::{Part, Word};
use crate::{CHUNK, corpus, split};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use timely::container::CapacityContainerBuilder;
use timely::dataflow::channels::pact::{Exchange, Pipeline};
use timely::dataflow::operators::Operator;
use timely::dataflow::operators::generic::source;
use timely::scheduling::Scheduler;

type Lines = CapacityContainerBuilder<Vec<&'static str>>;
type Words<W> = CapacityContainerBuilder<Vec<W>>;
type Counts<W> = CapacityContainerBuilder<Vec<(W, u64)>>;

/// Counts the words of `n` lines on `workers` workers: the sum over all words of hash times count. Words are parts of the text.
#[gangplank::export]
pub fn words(n: u64, workers: u32) -> u64 {
    count::<Part>(n, workers)
}

/// The same. Words are `String`s.
#[gangplank::export]
pub fn words_owned(n: u64, workers: u32) -> u64 {
    count::<String>(n, workers)
}

fn count<W: Word>(n: u64, workers: u32) -> u64 {
    let total = Arc::new(AtomicU64::new(0));
    let result = total.clone();
    let n = n as usize;
    let guards = timely::execute(timely::Config::process(workers as usize), move |worker| {
        let total = total.clone();
        let (index, peers) = (worker.index(), worker.peers());
        worker.dataflow::<u64, _, _>(|scope| {
            let lines = source::<_, Lines, _, _>(scope, "lines", |capability, info| {
                let activator = scope.activator_for(info.address);
                let mut capability = Some(capability);
                let mut at = index * CHUNK;
                move |output| {
                    if at >= n {
                        capability = None;
                    }
                    let Some(capability) = &mut capability else { return };
                    let corpus = corpus();
                    let mut session = output.session(&*capability);
                    session.give_iterator((at..n.min(at + CHUNK)).map(|i| corpus[i % corpus.len()]));
                    drop(session);
                    at += peers * CHUNK;
                    activator.activate();
                }
            });
            let words = lines.unary::<Words<W>, _, _, _>(Pipeline, "split", |_, _| {
                |input, output| {
                    input.for_each_time(|time, lines| {
                        let mut session = output.session(&time);
                        for line in lines.flat_map(|lines| lines.drain(..)) {
                            split(line, |word| session.give(W::new(word)));
                        }
                    })
                }
            });
            let by_word = Exchange::new(W::scatter);
            let counts = words.unary_frontier::<Counts<W>, _, _, _>(by_word, "count", |capability, _| {
                let mut capability = Some(capability);
                let mut counts: Map<W, u64> = Map::default();
                move |(input, frontier), output| {
                    input.for_each_time(|_, words| {
                        for word in words.flat_map(|words| words.drain(..)) {
                            *counts.entry(word).or_default() += 1;
                        }
                    });
                    if frontier.is_empty() {
                        if let Some(capability) = capability.take() {
                            output.session(&capability).give_iterator(counts.drain());
                        }
                    }
                }
            });
            counts.sink(Pipeline, "sum", move |(input, _)| {
                input.for_each_time(|_, counts| {
                    for (word, count) in counts.flat_map(|counts| counts.drain(..)) {
                        total.fetch_add(word.scatter().wrapping_mul(count), Ordering::Relaxed);
                    }
                })
            });
        });
    });
    for outcome in guards.expect("threads start").join() {
        outcome.expect("no worker panics");
    }
    result.load(Ordering::Relaxed)
}
