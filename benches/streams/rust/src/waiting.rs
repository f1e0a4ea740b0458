//! Async functions that Go calls, and what they are compared with.

use std::sync::LazyLock;
use tokio::runtime::{Builder, Runtime};

/// What polls: tokio, with two threads.
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).build().expect("threads can be made"));

/// Gives gangplank the runtime of this program. It is called once, before any async function.
#[gangplank::export]
pub fn begin() {
    gangplank::task::set_runtime(RUNTIME.handle().clone()).expect("no async function was called");
}

/// One more than `n`.
#[gangplank::export]
pub fn add(n: u64) -> u64 {
    n.wrapping_add(1)
}

/// One more than `n`, ready at once.
#[gangplank::export]
pub async fn ready(n: u64) -> u64 {
    n.wrapping_add(1)
}

/// One more than `n`, from a task of tokio.
#[gangplank::export]
pub async fn hop(n: u64) -> u64 {
    through_a_task(n).await
}

/// The plain way: the same task, and the thread of the caller waits for it.
#[gangplank::export]
pub fn hop_and_block(n: u64) -> u64 {
    RUNTIME.block_on(through_a_task(n))
}

async fn through_a_task(n: u64) -> u64 {
    tokio::spawn(async move { n.wrapping_add(1) }).await.expect("the task ends")
}
