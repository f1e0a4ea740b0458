//! Layouts that fit, and what is said of those that do not.

use crate::layout::{Count, layout};
use gangplank_timely::build::{Application, Computation, Key, Multi, Sink, Source, State};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

const LINES: Source<String> = Source::go("lines");
const SPLIT: Multi<String, String> = Multi::go("split");

/// What is wrong with a layout.
fn wrong(lay: impl FnOnce(&Application)) -> String {
    let app = Application::new("wrong");
    lay(&app);
    app.check().expect_err("it is wrong").to_string()
}

fn says(lay: impl FnOnce(&Application), wanted: &str) {
    let said = wrong(lay);
    assert!(said.contains(wanted), "no `{wanted}` in: {said}");
}

#[test]
fn a_role_that_nobody_registered() {
    let spilt: Multi<String, String> = Multi::go("spilt");
    says(
        |app| app.source(LINES.args(["go"])).multi(spilt).sink(Sink::rust("end", |_| ())),
        "`spilt` is used as a multi computation, and Go has registered no such role; it has `by word`, `count`, `lines`, `split`",
    );
}

#[test]
fn a_role_of_another_kind() {
    let count: Computation<String, Count> = Computation::go("count");
    says(
        |app| app.source(LINES.args(["go"])).compute(count).sink(Sink::rust("end", |_| ())),
        "`count` is used as a computation, and Go has registered it as a state computation",
    );
}

#[test]
fn types_that_are_not_go_s() {
    let split: Multi<Vec<u8>, i64> = Multi::go("split");
    let lines: Source<Vec<u8>> = Source::go("lines");
    let said = wrong(|app| app.source(lines.args(["go"])).multi(split).sink(Sink::rust("end", |_| ())));
    assert!(
        said.contains("`lines` sends string in Go, and is laid out in Rust as if it sends []uint8"),
        "{said}"
    );
    // All mistakes at once, as far as they can be seen.
    let key: Key<isize, String> = Key::go("by word");
    let state: State<isize, String, String> = State::go("count");
    let said = wrong(|app| {
        let words = app.source(LINES.args(["go"])).multi(SPLIT);
        words.key_by(key).state(state).sink(Sink::rust("end", |_| ()));
        words.multi(Multi::<String, Count>::go("split").named("again")).sink(Sink::rust("other end", |_| ()));
    });
    assert!(
        said.contains("`by word` has keys of string in Go, and is laid out in Rust as if it has keys of int"),
        "{said}"
    );
    assert!(
        said.contains("`split` sends string in Go, and is laid out in Rust as if it sends words.Count"),
        "{said}"
    );
}

#[test]
fn what_is_wrong_with_any_layout() {
    says(|_| (), "there is no source");
    says(|app| drop(app.source(LINES.args(["go"]))), "nobody reads \"lines\"");
    says(
        |app| app.source(LINES).sink(Sink::rust("end", |_| ())),
        "`lines` cannot be made: it takes one argument, a folder",
    );
    says(
        |app| {
            let lines = app.source(LINES.args(["go"]));
            lines.multi(SPLIT).multi(SPLIT).sink(Sink::rust("end", |_| ()));
        },
        "two nodes are named \"split\"",
    );
}

/// Rust, Go and Rust again, with a merge and a stream that two steps read.
#[test]
fn operators_in_rust_and_in_go() {
    let counts: Arc<Mutex<BTreeMap<String, isize>>> = Arc::default();
    let lengths: Arc<Mutex<Vec<usize>>> = Arc::default();
    let app = Application::new("both");
    let numbers = Source::rust("numbers", |place| {
        (0..5000usize)
            .filter(move |n| *n as u32 % place.workers == place.worker)
            .map(|n| format!("n{} even{}", n % 7, n % 2))
    });
    let lines = app.source(numbers);
    let upper = lines.multi(Multi::rust("upper", |line: String, out| {
        if line.ends_with('0') {
            out.send(line.to_uppercase());
        }
    }));
    let words = lines.merge("all", [&upper]).multi(SPLIT);
    let to = counts.clone();
    words
        .key_by(Key::<String, String>::go("by word"))
        .state(State::<String, String, Count>::go("count"))
        .sink(Sink::rust("collect", move |count: Count| {
            // Each word is counted on one worker.
            assert_eq!(to.lock().unwrap().insert(count.word, count.n), None);
        }));
    let to = lengths.clone();
    words.sink(Sink::rust("lengths", move |word: String| to.lock().unwrap().push(word.len())));
    let report = app.run(["-w", "2"]).unwrap();

    let counts = counts.lock().unwrap();
    assert_eq!(
        (counts["even0"], counts["even1"], counts["EVEN0"], counts.get("EVEN1")),
        (2500, 2500, 2500, None)
    );
    assert_eq!((counts["n0"], counts["N6"]), (715, 357));
    let lengths = lengths.lock().unwrap();
    assert_eq!((lengths.len(), lengths.iter().sum::<usize>()), (15_000, 7500 * 7));
    let node = |name: &str| report.nodes.iter().find(|node| node.name == name).unwrap();
    assert_eq!((node("numbers").received, node("numbers").sent), (0, 5000));
    assert_eq!((node("upper").received, node("upper").sent), (5000, 2500));
}

/// The layout that ran last has an operator in Rust, which is not there when Go's own layout is asked for.
#[test]
fn an_operator_in_rust_belongs_to_its_layout() {
    let app = Application::new("once");
    let lines = app.source(Source::rust("one line", |_| ["a".to_owned()].into_iter()));
    lines.sink(Sink::rust("end", |_: String| ()));
    app.run(["-w", "1"]).unwrap();
    let error = gangplank_timely::run(Vec::new()).unwrap_err().to_string();
    assert!(error.contains("is done in Rust: run the layout that has it"), "{error}");
}

#[test]
fn a_panic_in_rust_names_operator_and_worker() {
    let app = Application::new("panic");
    let lines = app.source(Source::rust("lines", |_| (0..10).map(|n| n.to_string())));
    lines.multi(SPLIT).sink(Sink::rust("angry", |word: String| assert_ne!(word, "7", "no sevens")));
    let error = app.run(["-w", "2"]).unwrap_err().to_string();
    assert!(
        error.contains("operator `angry`, worker ")
            && error.contains("panic in Rust: ")
            && error.contains("no sevens"),
        "{error}"
    );
}

/// The example itself, on its own Go package.
#[test]
fn the_example() {
    let counts = Arc::default();
    layout(concat!(env!("CARGO_MANIFEST_DIR"), "/go/words"), Arc::clone(&counts)).run(["-w", "1"]).unwrap();
    let counts: Vec<Count> = std::mem::take(&mut *counts.lock().unwrap());
    assert!(counts.contains(&Count { word: "RegisterFold".into(), n: 1 }), "{counts:?}");
}
