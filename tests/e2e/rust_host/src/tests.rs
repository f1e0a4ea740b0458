//! `cargo test` of a program with Go inside: the archive is linked into the test, too.

use crate::pilot::{Leg, PilotError};
use crate::{Chart, HarbourError, Pilot, Tides};
use gangplank::{ErrorKind, Imported};
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

fn pilot() -> Imported<dyn Pilot> {
    gangplank::imported::<dyn Pilot>().unwrap()
}

#[test]
fn every_kind_of_value_comes_back() {
    let chart = Chart::example();
    let back = pilot().copy(&chart);
    assert_eq!(back, chart);
    let course = pilot().plan(&chart).unwrap();
    assert_eq!(
        course.legs,
        [Leg::Stop, Leg::Sail { heading: 90, miles: 3.5 }, Leg::Wait(Duration::from_secs(60))]
    );
}

#[test]
fn two_packages_are_in_the_archive() {
    let tides = gangplank::imported::<dyn Tides>().unwrap();
    assert_eq!(tides.high_water(12.5), 24.92);
    assert_eq!(tides.heights(&[0, 3]), [1.0, -0.5]);
    assert_eq!(tides.heights(&[]), []);
}

#[test]
fn go_calls_back_into_its_host() {
    assert_eq!(pilot().moor("Alma").unwrap(), "Alma lies at 4");
    let ships: Vec<String> = (0..100).map(|i| "x".repeat(i)).collect();
    assert_eq!(pilot().moor_all(&ships).unwrap(), 99);
    assert_eq!(crate::harbour::down(20).unwrap(), 40);
}

#[test]
fn errors_come_back_with_their_type() {
    let Err(PilotError::Harbour(error)) = pilot().moor("Titanic") else { panic!("moored") };
    assert_eq!(error, HarbourError::Sunk("Titanic".into()));
    let error = pilot().moor("").unwrap_err();
    assert_eq!(error.to_string(), "no mooring: no berth is free");
    let error = pilot().plan(&Chart { legs: vec![], ..Chart::example() }).unwrap_err();
    assert_eq!(error.to_string(), "planning: no legs");
    assert_eq!(error.source().unwrap().to_string(), "no legs");
    assert_eq!(error.type_name(), "*fmt.wrapError");
}

#[test]
fn panics_and_exits_are_errors() {
    for (how, kind, text) in [
        ("fail", ErrorKind::Error, "as told"),
        ("panic", ErrorKind::Panic, "as told"),
        ("exit", ErrorKind::Goexit, "Goexit"),
        ("rust", ErrorKind::Panic, "the harbour sank"),
    ] {
        for _ in 0..20 {
            let error = pilot().misbehave(how).unwrap_err();
            assert_eq!(error.kind(), kind, "{error:?}");
            assert!(error.to_string().contains(text), "{error:?}");
        }
    }
    assert!(pilot().misbehave("not at all").is_ok());
}

#[test]
fn a_panic_of_the_host_stays_in_the_host() {
    // The hook that was there still gets panics that do not cross.
    let caught = catch_unwind(AssertUnwindSafe(|| panic!("at home")));
    assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"at home"));
}

#[test]
fn sixty_four_threads_while_the_collector_runs() {
    let chart = Chart::example();
    thread::scope(|scope| {
        for n in 0..64 {
            let chart = &chart;
            scope.spawn(move || {
                for i in 0..20 {
                    assert_eq!(pilot().copy(chart), *chart);
                    assert_eq!(crate::harbour::down(n % 4).unwrap(), n % 4 * 2);
                    if i % 10 == 0 {
                        pilot().collect();
                        assert!(pilot().misbehave("exit").unwrap_err().is_goexit());
                    }
                }
            });
        }
    });
}

#[test]
fn goroutines_of_go_call_rust_by_themselves() {
    while pilot().background() < 3 {
        thread::sleep(Duration::from_millis(1));
    }
    assert!(crate::harbour::calls() > 0);
}
