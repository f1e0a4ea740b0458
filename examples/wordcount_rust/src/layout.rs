//! The layout: what each role is, and how they follow each other.

use gangplank_timely::build::{Application, Computation, Key, Multi, Sink, Source, State};
use std::sync::{Arc, Mutex};

gangplank_timely::message! {
    /// How often a word was seen.
    #[derive(Debug, PartialEq)]
    pub struct Count = "words.Count" {
        /// The word.
        pub word: String,
        /// How often.
        pub n: isize,
    }
}

const LINES: Source<String> = Source::go("lines");
const SPLIT: Multi<String, String> = Multi::go("split");
const BY_WORD: Key<String, String> = Key::go("by word");
const COUNT: State<String, String, Count> = State::go("count");

/// Words of the files below a folder: Go reads, splits and counts, and two steps in Rust stand beside them.
pub fn layout(folder: &str, counts: Arc<Mutex<Vec<Count>>>) -> Application {
    let app = Application::new("wordcount");
    let words = app.source(LINES.args([folder])).multi(SPLIT);
    let found = words.key_by(BY_WORD).state(COUNT);
    // In Rust, between Go's state computation and the sink.
    let known =
        found.compute(Computation::rust("long", |count: Count| (count.word.len() > 1).then_some(count)));
    known.sink(Sink::rust("collect", move |count| counts.lock().expect("no sink panics").push(count)));
    app
}
