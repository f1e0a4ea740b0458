//! Rust awaits Go, which awaits Rust: calls and streams, given up and shut down in the middle.

use crate::HarbourError;
use crate::radio::Radio;
use crate::tuner::{ALIVE, CallError, Tuner};
use gangplank::{GoError, Imported};
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

fn tuner() -> Imported<dyn Tuner> {
    gangplank::imported::<dyn Tuner>().expect("Go is there")
}

fn radio() -> Imported<dyn Radio> {
    gangplank::imported::<dyn Radio>().expect("Go is there")
}

// One after the other: they count what is alive.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Waits until it holds.
async fn comes_true(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..20_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("{what}");
}

async fn silence() {
    comes_true("a future of Rust is alive", || ALIVE.load(SeqCst) == 0).await;
    comes_true("a sequence of Go runs", || tuner().sending() == 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn go_awaits_rust() {
    let _alone = ALONE.lock().await;
    assert_eq!(tuner().berth("Alma").await.unwrap(), "berth 4");
    let Err(CallError::Refused(error)) = tuner().berth("Titanic").await else { panic!("it floats") };
    assert_eq!(error, HarbourError::Sunk("Titanic".into()));
    let calls: Vec<_> = (0..200)
        .map(|n| {
            tokio::spawn(async move {
                for _ in 0..10 {
                    let berth = tuner().berth(&"x".repeat(n + 1)).await.unwrap();
                    assert_eq!(berth, format!("berth {}", n + 1));
                }
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
    silence().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_each_way() {
    let _alone = ALONE.lock().await;
    for n in [0, 1, 2, 255, 5000] {
        let sum = (0..n).sum::<u64>();
        assert_eq!(tuner().surf(u64::MAX, n).await.unwrap(), sum);
        let mut signals = tuner().signals(n);
        let mut heard = 0;
        for _ in 0..n {
            heard += signals.next().await.unwrap().unwrap();
        }
        assert_eq!(heard, sum);
    }
    silence().await;
}

/// A future that is dropped here ends a context in Go, and that drops a future here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn given_up() {
    let _alone = ALONE.lock().await;
    for times in 0..50 {
        let time = Duration::from_micros(times * 100);
        assert!(tokio::time::timeout(time, tuner().find(1)).await.is_err());
        assert!(tokio::time::timeout(time, tuner().surf(times, 100)).await.is_err());
        let mut signals = tuner().signals(0);
        assert!(tokio::time::timeout(time, signals.next()).await.is_err());
        let error = tuner().find(1).within(time).await.unwrap_err();
        assert_eq!(error.message(), "context deadline exceeded");
    }
    silence().await;
}

type Calls = Vec<JoinHandle<Result<(), GoError>>>;

fn start<F>(runtime: &Runtime, call: impl Fn() -> F) -> Calls
where
    F: Future<Output = Result<(), GoError>> + Send + 'static,
{
    (0..20).map(|_| runtime.spawn(call())).collect()
}

fn all_unavailable(runtime: &Runtime, calls: Calls) {
    for call in calls {
        let error = runtime.block_on(call).unwrap().unwrap_err();
        assert!(error.is_unavailable(), "{error:?}");
    }
}

/// In a process of its own: nothing can be called afterwards.
#[test]
fn shutdown() {
    const CHILD: &str = "GANGPLANK_TEST_SHUTDOWN";
    if std::env::var_os(CHILD).is_none() {
        let test = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tuner_tests::shutdown", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        assert!(test.status.success(), "{}", String::from_utf8_lossy(&test.stderr));
        return;
    }
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
    gangplank::task::set_runtime(runtime.handle().clone()).unwrap();
    let listens = start(&runtime, || async { radio().listen(1).await.map(drop) });
    let finds = start(&runtime, || async { tuner().find(1).await.map(drop) });
    let surfs = start(&runtime, || async { tuner().surf(3, 100).await.map(drop) });
    let endless = start(&runtime, || async { tuner().surf(u64::MAX, u64::MAX).await.map(drop) });
    let signals = start(&runtime, || async { tuner().signals(0).next().await.expect("an error").map(drop) });
    runtime.block_on(async {
        comes_true("not all listen", || radio().listening() == 20).await;
        comes_true("not all are awaited", || ALIVE.load(SeqCst) == 60).await;
        comes_true("not all signal", || tuner().sending() == 20).await;
    });
    // What Go asks of Rust fails there, and with it what Rust asked of Go.
    gangplank::task::shutdown();
    for calls in [finds, surfs, endless] {
        all_unavailable(&runtime, calls);
    }
    runtime.block_on(comes_true("a future of Rust is alive", || ALIVE.load(SeqCst) == 0));
    assert_eq!(radio().listening(), 20, "these do not depend on it");
    assert_eq!(gangplank::task::shutdown_calls(Duration::from_secs(30)), 0);
    for calls in [listens, signals] {
        all_unavailable(&runtime, calls);
    }
    runtime.block_on(async {
        comes_true("a sequence of Go runs", || tuner().sending() == 0).await;
        assert!(tuner().find(1).await.unwrap_err().is_unavailable());
        assert!(tuner().signals(1).next().await.unwrap().unwrap_err().is_unavailable());
    });
}
