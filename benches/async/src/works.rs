//! The rows of the table.

use crate::bridge::Work as Bridge;
use crate::by_hand;
use measure::{Way, Work};
use std::future::Future;
use std::hint::black_box;
use tokio::runtime::{Builder, Runtime};

/// 32 bytes.
pub const TEXT: &str = "gangway!gangway!gangway!gangway!";

/// Calls and results lie on lists that both sides look at. Only to wake a side that sleeps takes a crossing.
const POSTED: &str = "posted";

/// What awaits: tokio, with two threads.
pub fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(2).build()
}

fn go() -> gangplank::Imported<dyn Bridge> {
    gangplank::imported::<dyn Bridge>().expect("Go is there")
}

/// Everything that is measured.
pub fn works(runtime: &Runtime) -> Vec<Work<'_>> {
    let add = || async { _ = black_box(go().add(black_box(1)).await) };
    let hand = || async { _ = black_box(by_hand::add(black_box(1)).await) };
    let text = || async { _ = black_box(go().text(black_box(TEXT)).await) };
    let mut works = Vec::new();
    for (tasks, limit) in [(1, 1.0), (64, 0.5), (1000, 0.5)] {
        let name = format!("u64 -> u64, {tasks} in flight");
        let generated = way(runtime, "gangplank", tasks, add).crossing(POSTED, 0.0).at_most(limit);
        works.push(work(&name, vec![way(runtime, "by hand, a goroutine and a callback", tasks, hand), generated]));
    }
    works.push(work(
        "string of 32 bytes -> string, 64 in flight",
        vec![way(runtime, "by hand, a number", 64, hand), way(runtime, "gangplank", 64, text).crossing(POSTED, 0.0)],
    ));
    let plain = move |n| runtime.block_on(async { (0..n).for_each(|_| _ = black_box(go().plain(black_box(1)))) });
    works.push(work(
        "u64 -> u64, a Go function that does not block",
        vec![
            Way::new("a synchronous call", plain).crossing("cgo", 1.0),
            way(runtime, "gangplank", 1, || async { _ = black_box(go().add_at_once(black_box(1)).await) })
                .crossing("cgo", 1.0)
                .at_most(2.0),
        ],
    ));
    works
}

fn work<'a>(name: &str, ways: Vec<Way<'a>>) -> Work<'a> {
    Work { name: format!("Rust awaits Go: {name}"), ways, ..Work::default() }
}

/// So many tasks share the calls.
fn way<'a, F>(runtime: &'a Runtime, name: &str, tasks: u64, call: impl Fn() -> F + Copy + Send + Sync + 'static) -> Way<'a>
where
    F: Future<Output = ()> + Send + 'static,
{
    let run = move |n: u64| {
        let each = move |n| async move {
            for _ in 0..n {
                call().await;
            }
        };
        runtime.block_on(async {
            let running: Vec<_> = (0..tasks).map(|i| runtime.spawn(each(n / tasks + u64::from(i < n % tasks)))).collect();
            for task in running {
                task.await.expect("it does not panic");
            }
        });
    };
    Way::new(name, run).crossing("cgo", 2.0)
}
