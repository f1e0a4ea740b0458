//! Objects, functions and implementations in a program whose `main` is Rust's.

use crate::crew::{AFLOAT, Crew, Ship};
use gangplank::{GoError, Imported};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Go keeps one ship and one order: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn crew() -> (MutexGuard<'static, ()>, Imported<dyn Crew>) {
    let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    (alone, gangplank::imported::<dyn Crew>().unwrap())
}

#[track_caller]
fn comes_true(what: &str, crew: &dyn Crew, mut is_true: impl FnMut() -> bool) {
    for _ in 0..400 {
        if is_true() {
            return;
        }
        crew.forget();
        thread::sleep(Duration::from_millis(5));
    }
    panic!("{what}");
}

#[test]
fn sailors_are_held_and_let_go() {
    let (_alone, crew) = crew();
    let anna = crew.hire("Anna").unwrap();
    let boris = crew.hire("Boris").unwrap();
    assert_eq!((anna.name(), boris.name()), ("Anna".into(), "Boris".into()));
    assert!(crew.knows(boris.clone()), "the same value comes back to Go");
    assert!(!crew.knows(anna.clone()));
    // Any thread may use them and drop them.
    let names: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = [anna.clone(), boris.clone()].map(|s| scope.spawn(move || s.name())).into();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(names, ["Anna", "Boris"]);
    let error = crew.hire("").unwrap_err();
    assert_eq!(error.to_string(), "a sailor has a name");
    drop((anna, boris));
    comes_true("sailors are kept that nobody holds", &*crew, || crew.reached() == 0);
}

#[test]
fn ships_go_to_go_and_come_back() {
    let (_alone, crew) = crew();
    let afloat = AFLOAT.load(Ordering::SeqCst);
    let ship = Arc::new(Ship::new("Alma".into()));
    let anna = crew.hire("Anna").unwrap();
    assert_eq!(anna.sail(ship.clone(), 5).unwrap(), 5);
    assert_eq!(anna.sail(ship.clone(), 6).unwrap(), 11);
    crew.keep(ship.clone(), None);
    let kept = crew.kept().unwrap();
    assert!(Arc::ptr_eq(&kept, &ship), "it is the same ship");
    let weak = Arc::downgrade(&ship);
    drop((ship, kept));
    assert_eq!(weak.upgrade().unwrap().name(), "Alma", "Go holds it");
    let built = crew.build("Berta").unwrap();
    assert_eq!((built.name(), built.sail(1)), ("Berta".into(), 1));
    assert!(crew.build("").is_none());
    drop(built);
    comes_true("a ship floats that nobody holds", &*crew, || AFLOAT.load(Ordering::SeqCst) == afloat);
    assert!(weak.upgrade().is_none());
}

#[test]
fn orders_of_rust_are_kept_by_go() {
    let (_alone, crew) = crew();
    let given = Arc::new(AtomicU64::new(0));
    let counts = given.clone();
    let ship = Arc::new(Ship::new("Clara".into()));
    let order = move |text: String| {
        counts.fetch_add(1, Ordering::SeqCst);
        if text.is_empty() { Err(GoError::new("no order")) } else { Ok(text.to_uppercase()) }
    };
    crew.keep(ship, Some(Arc::new(order)));
    assert_eq!(crew.obey("ahoy".into()).unwrap(), "AHOY");
    assert_eq!(crew.obey(String::new()).unwrap_err().to_string(), "no order");
    assert_eq!(given.load(Ordering::SeqCst), 2);
    assert_eq!(Arc::strong_count(&given), 2);
    comes_true("an order is kept that nobody holds", &*crew, || Arc::strong_count(&given) == 1);
    assert_eq!(crew.obey("x".into()).unwrap_err().to_string(), "no order is kept");
}

#[test]
fn orders_of_go_are_kept_by_rust() {
    let (_alone, crew) = crew();
    let orders: Vec<_> = (0..100).map(|i| crew.order(format!("{i} "))).collect();
    thread::scope(|scope| {
        for (i, order) in orders.iter().enumerate() {
            scope.spawn(move || assert_eq!(order("ahoy".into()).unwrap(), format!("{i} ahoy")));
        }
    });
    assert_eq!(orders[0](String::new()).unwrap_err().to_string(), "nothing to say");
    drop(orders);
    comes_true("orders are kept that nobody holds", &*crew, || crew.reached() == 0);
}

#[test]
fn functions_are_called_back_while_go_is_called() {
    let (_alone, crew) = crew();
    let sum = Arc::new(AtomicU64::new(0));
    let each = {
        let sum = sum.clone();
        move |n| {
            sum.fetch_add(n, Ordering::Relaxed);
            n < 10
        }
    };
    assert_eq!(crew.count(100, Arc::new(each)), 11);
    assert_eq!(sum.load(Ordering::Relaxed), 55);
    // A panic goes through Go and arrives as one.
    let panics = std::panic::AssertUnwindSafe(|| crew.count(3, Arc::new(|_| panic!("overboard"))));
    let payload = std::panic::catch_unwind(panics).unwrap_err();
    let text = payload.downcast_ref::<String>().cloned().unwrap_or_default();
    assert!(text.contains("overboard"), "{text}");
}
