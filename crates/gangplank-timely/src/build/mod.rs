//! Layouts in Rust: an application out of roles that Go has registered, and of operators in Rust between them.
//!
//! ```no_run
//! use gangplank_timely::build::{Application, Key, Multi, Sink, Source, State};
//!
//! gangplank_timely::message! {
//!     /// How often a word was seen; in Go `type Count struct { Word string; N int }`.
//!     pub struct Count = "words.Count" { word: String, n: isize }
//! }
//!
//! const LINES: Source<String> = Source::go("lines");
//! const SPLIT: Multi<String, String> = Multi::go("split");
//! const BY_WORD: Key<String, String> = Key::go("by word");
//! const COUNT: State<String, String, Count> = State::go("count");
//!
//! let app = Application::new("wordcount");
//! let words = app.source(LINES.args(["/usr/src"])).multi(SPLIT);
//! words.key_by(BY_WORD).state(COUNT).sink(Sink::rust("print", |count: Count| {
//!     println!("{:8} {}", count.n, count.word);
//! }));
//! let report = app.run(std::env::args().skip(1))?;
//! # Ok::<(), gangplank_timely::EngineError>(())
//! ```
//!
//! A *handle* like `SPLIT` says what a role is and which types it has. A step that does not fit the step before it does not compile; that a handle says the truth about Go is checked by
//! [`Application::check`] and before a run, with all mistakes at once: a role that nobody registered, one of another kind, one with other types.
//!
//! # Ownership and cost
//!
//! Between roles in Go nothing changes: batches stay in Go's memory. A batch that an operator in Rust reads is encoded by Go, once, in one crossing, and decoded here; what Rust sends travels as bytes, also to
//! other processes and to other operators in Rust, and is decoded by the first role in Go that reads it, in one crossing more. Each worker has its own clone of a function in Rust, and of what it captured.

mod application;
mod message;
mod outside;
mod role;
mod stream;

pub use application::Application;
pub use message::{GoType, Malformed, Message};
pub(crate) use outside::{OnWorker, Outside};
pub use outside::{Out, Place};
pub use role::{Computation, Decoder, Encoder, Key, Multi, Route, Sink, Source, State};
pub use stream::{Keyed, Stream};
