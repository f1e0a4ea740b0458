//! tokio awaits Go.

use crate::radio::Radio;
use gangplank::Imported;
use std::time::{Duration, Instant};

fn radio() -> Imported<dyn Radio> {
    gangplank::imported::<dyn Radio>().expect("Go is there")
}

/// Waits until nobody listens any more.
async fn silence() {
    for _ in 0..5000 {
        if radio().listening() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("{} still listen", radio().listening());
}

// One after the other: they count who listens.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

#[tokio::test]
async fn on_one_thread() {
    assert_eq!(radio().call("Alma").await.unwrap(), "Alma answers");
    assert_eq!(radio().volume().await, 7);
    let heard = radio().all(vec!["Alma".into(), "Ever Given".into()]).await;
    assert_eq!(heard, ["Alma answers", "Ever Given answers"]);
    let error = radio().call("").await.unwrap_err();
    assert_eq!((error.message(), error.kind()), ("no ship", gangplank::ErrorKind::Error));
    let error = radio().call("panic").await.unwrap_err();
    assert!(error.is_panic() && error.message() == "as told", "{error}");
    let error = radio().call("exit").await.unwrap_err();
    assert!(error.is_goexit(), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once() {
    let calls: Vec<_> = (0..500)
        .map(|i| {
            tokio::spawn(async move {
                for round in 0..20 {
                    let ship = format!("{i}.{round}");
                    assert_eq!(radio().call(&ship).await.unwrap(), format!("{ship} answers"));
                }
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_is_up() {
    let _alone = ALONE.lock().await;
    // tokio drops the future: Go's context is cancelled.
    for channel in 0..50 {
        let listens = radio();
        let heard = tokio::time::timeout(Duration::from_millis(2), listens.listen(channel)).await;
        assert!(heard.is_err(), "{heard:?}");
    }
    silence().await;
    assert_eq!(radio().last(), "context canceled");
    // Go knows the deadline.
    let begin = Instant::now();
    let error = radio().listen(1).within(Duration::from_millis(20)).await.unwrap_err();
    assert_eq!(error.message(), "context deadline exceeded");
    assert!(begin.elapsed() >= Duration::from_millis(20), "{:?}", begin.elapsed());
    silence().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_wins() {
    let _alone = ALONE.lock().await;
    for channel in 0..100 {
        let (one, two) = (radio(), radio());
        tokio::select! {
            heard = one.listen(channel) => panic!("{heard:?}"),
            answer = two.call("Alma") => assert_eq!(answer.unwrap(), "Alma answers"),
        }
    }
    silence().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn aborted_tasks() {
    let _alone = ALONE.lock().await;
    let tasks: Vec<_> = (0..100).map(|channel| tokio::spawn(async move { radio().listen(channel).await })).collect();
    while radio().listening() < 100 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    for task in &tasks {
        task.abort();
    }
    for task in tasks {
        assert!(task.await.unwrap_err().is_cancelled());
    }
    silence().await;
}

#[tokio::test]
async fn back_and_forth() {
    assert_eq!(radio().relay(12).await.unwrap(), 12);
}

/// A thread that is ending has no signal stack any more.
#[test]
fn destructors_of_threads_are_refused() {
    use std::cell::RefCell;
    use std::sync::mpsc::{Sender, channel};

    struct Late(Sender<[String; 2]>);
    impl Drop for Late {
        fn drop(&mut self) {
            let pilot = gangplank::imported::<dyn crate::Pilot>().expect("Go is there");
            let moored = pilot.moor("Alma").unwrap_err().to_string();
            let mut call = radio().call("Alma").await_once();
            self.0.send([moored, call.take().expect("it is refused at once").unwrap_err().to_string()]).unwrap();
        }
    }

    trait AwaitOnce: Future + Unpin + Sized {
        fn await_once(mut self) -> Option<Self::Output> {
            let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
            match std::pin::Pin::new(&mut self).poll(&mut cx) {
                std::task::Poll::Ready(value) => Some(value),
                std::task::Poll::Pending => None,
            }
        }
    }
    impl<F: Future + Unpin> AwaitOnce for F {}

    thread_local! {
        static LATE: RefCell<Option<Late>> = const { RefCell::new(None) };
    }
    let (send, receive) = channel();
    std::thread::spawn(move || {
        LATE.with(|late| *late.borrow_mut() = Some(Late(send)));
        _ = radio().last();
    })
    .join()
    .unwrap();
    for said in receive.recv().unwrap() {
        assert!(said.contains("this thread is ending"), "{said}");
    }
}

/// In a process of its own: nothing can be called afterwards.
#[test]
fn shutdown() {
    const CHILD: &str = "GANGPLANK_TEST_SHUTDOWN";
    if std::env::var_os(CHILD).is_none() {
        let test = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "radio_tests::shutdown", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        assert!(test.status.success(), "{}", String::from_utf8_lossy(&test.stderr));
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
    let tasks: Vec<_> =
        (0..50).map(|channel| runtime.spawn(async move { radio().listen(channel).await })).collect();
    while radio().listening() < 50 {
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(gangplank::task::shutdown(Duration::from_secs(30)), 0);
    assert_eq!(radio().listening(), 0);
    runtime.block_on(async {
        for task in tasks {
            let error = task.await.unwrap().unwrap_err();
            assert!(error.is_unavailable(), "{error}");
        }
        let error = radio().call("Alma").await.unwrap_err();
        assert!(error.is_unavailable(), "{error}");
    });
}
