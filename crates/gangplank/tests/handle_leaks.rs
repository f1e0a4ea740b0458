//! The leak report. One test, in a process of its own: it counts the handles of all tables.

use gangplank::handle::{NoLeaks, Table, leaks, track_leaks};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

struct Logger;

#[inline(never)]
fn create_here(table: &Table<Logger>) -> gangplank::handle::Handle {
    table.insert(Logger)
}

fn guard() -> NoLeaks {
    NoLeaks::new().patience(Duration::from_millis(20))
}

fn message(result: thread::Result<()>) -> String {
    *result.expect_err("nothing was reported").downcast::<String>().expect("a text")
}

#[test]
fn leaks_are_reported() {
    let table = Table::new();
    let untracked = table.insert(Logger);
    assert!(leaks().is_empty());
    assert!(!track_leaks(true));
    let before = table.insert(Logger);

    {
        let _guard = guard();
        table.delete(create_here(&table)).unwrap();
        table.take(create_here(&table)).ok().unwrap();
        table.delete(before).unwrap();
    }

    let mut leaked = None;
    let report = message(catch_unwind(AssertUnwindSafe(|| {
        let _guard = guard();
        leaked = Some(create_here(&table));
    })));
    let leaked = leaked.unwrap();
    for want in ["1 handles", &format!("{leaked:?}"), "handle_leaks::Logger", "create_here"] {
        assert!(report.contains(want), "the report lacks {want}:\n{report}");
    }
    assert!(!report.contains("gangplank::handle::"), "the report shows the table's own functions:\n{report}");
    assert_eq!(leaks().len(), 1);

    // Deleted a little late.
    thread::scope(|scope| {
        let guard = NoLeaks::new();
        let (table, handle) = (&table, create_here(&table));
        scope.spawn(move || {
            thread::sleep(Duration::from_millis(5));
            table.delete(handle).unwrap();
        });
        drop(guard);
    });

    // Another panic is not hidden.
    let report = catch_unwind(AssertUnwindSafe(|| {
        let _guard = guard();
        create_here(&table);
        panic!("the test's own");
    }));
    assert_eq!(*report.unwrap_err().downcast::<&str>().unwrap(), "the test's own");

    let mut many = Vec::new();
    let report = message(catch_unwind(AssertUnwindSafe(|| {
        let _guard = guard();
        many.extend((0..12).map(|_| create_here(&table)));
    })));
    assert!(report.contains("and 2 more"), "{report}");

    // A guard switches tracking back to what it was.
    track_leaks(false);
    drop(guard());
    assert!(!track_leaks(false));
    let count = leaks().len();
    table.delete(create_here(&table)).unwrap();
    assert_eq!(leaks().len(), count);
    table.delete(untracked).unwrap();

    // The values of a dropped table are gone.
    drop(table);
    assert!(leaks().is_empty());
}
