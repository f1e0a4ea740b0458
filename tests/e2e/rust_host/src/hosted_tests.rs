//! Threads of this program that Go hosts.

use crate::{Chart, Pilot, Tides};
use gangplank::hosted;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// There are at most `GOMAXPROCS` hosted threads: one test at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn tides() -> gangplank::Imported<dyn Tides> {
    gangplank::imported::<dyn Tides>().unwrap()
}

#[test]
fn calls_go_as_any_thread_does() {
    let _alone = alone();
    let wanted: Vec<f64> = (0..1000).map(|hour| tides().high_water(f64::from(hour))).collect();
    let thread = hosted::Builder::new().name("gauge").spawn(|go| {
        assert_eq!(go.name(), "gauge");
        let pilot = gangplank::imported::<dyn Pilot>().unwrap();
        // A trait that is not fast, and it calls back into this program.
        assert_eq!(pilot.moor("Alma").unwrap(), "Alma lies at 4");
        assert_eq!(pilot.copy(&Chart::example()), Chart::example());
        assert_eq!(go.blocking(|| tides().heights(&[0, 3])), [1.0, -0.5]);
        let tides = tides();
        assert_eq!(tides.heights(&[0, 3]), [1.0, -0.5]);
        (0..1000).map(|hour| tides.high_water(f64::from(hour))).collect::<Vec<_>>()
    });
    assert_eq!(thread.unwrap().join().unwrap(), wanted);
}

#[test]
fn scoped_threads_borrow() {
    let _alone = alone();
    let hours: Vec<u32> = (0..100).collect();
    let called = AtomicUsize::new(0);
    let heights = hosted::scope(|scope| {
        let thread = scope.spawn(|_| {
            called.fetch_add(1, Ordering::Relaxed);
            tides().heights(&hours)
        });
        thread.unwrap().join().unwrap()
    });
    assert_eq!(heights, tides().heights(&hours));
    assert_eq!(called.into_inner(), 1);
}

#[test]
fn a_panic_is_reported() {
    let _alone = alone();
    let thread = hosted::Builder::new().name("leaky").spawn(|_| -> u32 { panic!("water in the bilge") });
    let error = thread.unwrap().join().unwrap_err();
    assert_eq!(error.to_string(), "hosted thread leaky panicked: water in the bilge");
    assert!(error.stack().contains("hosted_tests.rs"), "{}", error.stack());
    let scoped = std::panic::catch_unwind(|| {
        hosted::scope(|scope| drop(scope.spawn(|_| panic!("again")).unwrap()));
    });
    assert!(scoped.is_err());
}

#[test]
fn there_are_only_so_many() {
    let _alone = alone();
    let mut threads = Vec::new();
    let error = loop {
        match hosted::spawn(|go| go.park()) {
            Ok(thread) => threads.push(thread),
            Err(error) => break error,
        }
    };
    assert!(error.is_too_many() && error.to_string().contains("GOMAXPROCS"), "{error}");
    assert_eq!(hosted::running(), threads.len());
    for thread in threads {
        thread.unpark();
        thread.join().unwrap();
    }
    assert_eq!(hosted::running(), 0);
}

#[test]
fn those_that_wait_hold_nothing() {
    let _alone = alone();
    let from = Instant::now();
    let thread = hosted::spawn(|go| {
        go.sleep(Duration::from_millis(200));
        hosted::park_timeout(Duration::from_millis(1));
        // Joined by a hosted thread.
        std::thread::spawn(|| 7)
    });
    // A collection, and whatever else Go does meanwhile, does not wait for it.
    let mut called = 0;
    while from.elapsed() < Duration::from_millis(100) {
        tides().high_water(f64::from(called));
        called += 1;
    }
    assert!(called > 1000, "{called}");
    assert_eq!(thread.unwrap().join().unwrap().join().unwrap(), 7);
}

/// It is for good, so it has a process of its own.
#[test]
#[ignore = "run by shutdown_ends_them"]
fn shutting_down() {
    let counted = std::sync::Arc::new(AtomicUsize::new(0));
    let theirs = counted.clone();
    let thread = hosted::spawn(move |go| {
        while !go.stopping() {
            tides().high_water(1.0);
            theirs.fetch_add(1, Ordering::Relaxed);
        }
    });
    let thread = thread.unwrap();
    while counted.load(Ordering::Relaxed) == 0 {
        std::thread::yield_now();
    }
    hosted::shutdown(Duration::ZERO);
    assert_eq!(hosted::shutdown(Duration::from_secs(10)), 0);
    thread.join().unwrap();
    assert!(hosted::spawn(|_| ()).unwrap_err().is_shutting_down());
}

#[test]
fn shutdown_ends_them() {
    let program = std::env::current_exe().unwrap();
    let output = std::process::Command::new(program)
        .args(["--ignored", "--exact", "hosted_tests::shutting_down"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}
